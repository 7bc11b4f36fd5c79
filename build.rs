//! Embeds the default project (reports, locales, fonts) in the binary, uncompressed and sorted by path, and its drawings as
//! ready-made PDF objects.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a build script reads its folders from environment variables, and stops the build on errors"
)]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

#[path = "src/pdf/form.rs"]
mod form;
#[allow(dead_code, reason = "the build script uses only a part of the module")]
#[path = "src/hash.rs"]
mod hash;

fn main() {
    let manifest_dir = env::var("CARGO_MANIFEST_DIR").expect("Cargo sets this variable");
    // The package of the fuzz targets, in a subfolder, uses this script too.
    let root = Path::new(&manifest_dir)
        .ancestors()
        .find(|folder| folder.join("reports").is_dir())
        .expect("the package is inside the repository");
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
        let bytes = fs::read(Path::new(&root).join(&path)).expect("a listed file is readable");
        if Path::new(&path).starts_with(form::FOLDER)
            && let Some(form) = std::str::from_utf8(&bytes).ok().and_then(form::parse_svg)
        {
            writeln!(forms, "    ({path:?}, {}),", to_rust(&form)).expect("writing to a string cannot fail");
        }
        let (file, hash) = (format!("{root}/{path}"), hash::hash(&bytes));
        writeln!(table, "    ({path:?}, include_bytes!({file:?}), {hash:?}),")
            .expect("writing to a string cannot fail");
    }
    table.push_str("]\n");
    forms.push_str("]\n");
    let out = env::var("OUT_DIR").expect("Cargo sets this variable");
    fs::write(Path::new(&out).join("embedded.rs"), table).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("forms.rs"), forms).expect("OUT_DIR is writable");
}

/// Returns the form as a Rust expression.
fn to_rust(form: &form::DrawingForm) -> String {
    let form::DrawingForm { view_box, content } = form;
    let form::DeflatedContent { body, length, checksum: form::Adler32(a, b) } = content;
    let body = body.escape_ascii();
    format!(
        "DrawingForm {{ view_box: {view_box:?}, content: DeflatedContent {{ body: Cow::Borrowed(b\"{body}\"), \
         length: {length}, checksum: Adler32({a}, {b}) }} }}"
    )
}

/// Appends the paths of the files to embed below `folder`, with `/` as separator.
fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) {
    let entries = fs::read_dir(root.join(folder)).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = folder.join(entry.expect("the folder is readable").file_name());
        if root.join(&path).is_dir() {
            collect(root, &path, files);
        } else if is_embedded(&path) {
            files.push(path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"));
        }
    }
}

/// Returns whether a file is embedded. Licences and notes are not.
fn is_embedded(path: &Path) -> bool {
    let extensions = ["ttf", "otf", "ttc", "ftl", "typ", "hbs", "yaml", "svg", "png", "jpg", "jpeg"];
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e))
}
