//! Embeds the edition (reports, locales, fonts) in the binary, uncompressed and sorted by path; and its drawings as they
//! go into a PDF.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a build script asks cargo for its folders, and stops the build when it must"
)]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

#[path = "src/pdf/form.rs"]
mod form;
#[allow(dead_code, reason = "the program uses all of it")]
#[path = "src/hash.rs"]
mod hash;

fn main() {
    let package = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    // The package of the fuzz targets is a folder inside, and uses this script too.
    let root = Path::new(&package).ancestors().find(|folder| folder.join("reports").is_dir()).expect("it is ours");
    let root = root.display().to_string();
    let mut files = Vec::new();
    for folder in ["fonts", "locales", "reports"] {
        println!("cargo::rerun-if-changed={root}/{folder}");
        collect(Path::new(&root), Path::new(folder), &mut files);
    }
    files.sort();
    let mut table = String::from("&[\n");
    let mut forms = String::from("&[\n");
    for path in files {
        let bytes = fs::read(Path::new(&root).join(&path)).expect("a listed file can be read");
        if Path::new(&path).starts_with(form::FOLDER)
            && let Some(form) = std::str::from_utf8(&bytes).ok().and_then(form::parse_svg)
        {
            writeln!(forms, "    ({path:?}, {}),", literal(&form)).expect("a string grows");
        }
        let (file, hash) = (format!("{root}/{path}"), hash::hash(&bytes));
        writeln!(table, "    ({path:?}, include_bytes!({file:?}), {hash:?}),").expect("a string grows");
    }
    table.push_str("]\n");
    forms.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("embedded.rs"), table).expect("cargo's folder can be written");
    fs::write(Path::new(&out).join("forms.rs"), forms).expect("cargo's folder can be written");
}

/// Returns the form as a Rust expression.
fn literal(form: &form::DrawingForm) -> String {
    let form::DrawingForm { view_box, content } = form;
    let form::DeflatedContent { body, length, checksum: form::Adler32(a, b) } = content;
    let body = body.escape_ascii();
    format!(
        "DrawingForm {{ view_box: {view_box:?}, content: DeflatedContent {{ body: Cow::Borrowed(b\"{body}\"), \
         length: {length}, checksum: Adler32({a}, {b}) }} }}"
    )
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) {
    let entries = fs::read_dir(root.join(folder)).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = folder.join(entry.expect("a listed file").file_name());
        if root.join(&path).is_dir() {
            collect(root, &path, files);
        } else if embedded(&path) {
            files.push(path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"));
        }
    }
}

/// What a project may hold; licences and notes beside it stay on disk.
fn embedded(path: &Path) -> bool {
    let known = ["ttf", "otf", "ttc", "ftl", "typ", "hbs", "yaml", "svg", "png", "jpg", "jpeg"];
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| known.contains(&e))
}
