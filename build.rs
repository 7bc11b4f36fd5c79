//! Embeds the default project (reports, locales, fonts) in the binary, uncompressed and sorted by path, and its drawings as
//! ready-made PDF objects.

#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a build script reads its folders from environment variables, and stops the build on errors"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code, reason = "the build script uses only a part of the module")]
#[path = "src/hash.rs"]
mod hash;
#[path = "src/pdf/svg.rs"]
mod svg;

fn main() {
    let manifest_dir = env::var("CARGO_MANIFEST_DIR").expect("Cargo sets this variable");
    // The package of the fuzz targets, in a subfolder, uses this script too.
    let root = Path::new(&manifest_dir)
        .ancestors()
        .find(|folder| folder.join("reports").is_dir())
        .expect("the package is inside the repository");
    let mut files = Vec::new();
    for folder in ["locales", "reports"] {
        collect(&root.join(folder), Path::new(folder), &mut files);
    }
    // Each package of fonts sets a variable to its folder, which is elsewhere if the package comes from a registry.
    for (name, folder) in env::vars() {
        if let Some(family) = name.strip_prefix("DEP_GEN_REPORT_FONTS_").and_then(|name| name.strip_suffix("_FOLDER")) {
            let family = family.to_lowercase().replace('_', "-");
            collect(Path::new(&folder), &Path::new("fonts").join(family), &mut files);
        }
    }
    files.sort();
    let mut table = String::from("&[\n");
    let mut forms = String::from("&[\n");
    for (path, file) in files {
        let bytes = fs::read(&file).expect("a listed file is readable");
        if Path::new(&path).starts_with(svg::DRAWINGS_FOLDER)
            && let Some(form) = std::str::from_utf8(&bytes).ok().and_then(svg::parse_svg)
        {
            writeln!(forms, "    ({path:?}, {}),", to_rust(&form)).expect("writing to a string cannot fail");
        }
        let hash = hash::hash(&bytes);
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
fn to_rust(form: &svg::DrawingForm) -> String {
    let svg::DrawingForm { view_box, content } = form;
    let svg::DeflatedContent { body, length, checksum: svg::Adler32(a, b) } = content;
    let body = body.escape_ascii();
    format!(
        "DrawingForm {{ view_box: {view_box:?}, content: DeflatedContent {{ body: Cow::Borrowed(b\"{body}\"), \
         length: {length}, checksum: Adler32({a}, {b}) }} }}"
    )
}

/// Appends the files to embed in a folder and below it: for each, its path in the project, with `/` as separator, and the
/// file itself.
fn collect(folder: &Path, path: &Path, files: &mut Vec<(String, PathBuf)>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let name = entry.expect("the folder is readable").file_name();
        let (file, path) = (folder.join(&name), path.join(&name));
        if file.is_dir() {
            collect(&file, &path, files);
        } else if is_embedded(&path) {
            let parts = path.components().map(|part| part.as_os_str().to_string_lossy());
            files.push((parts.collect::<Vec<_>>().join("/"), file));
        }
    }
}

/// Returns whether a file is embedded. Licences and notes are not.
fn is_embedded(path: &Path) -> bool {
    let extensions = ["ttf", "otf", "ttc", "ftl", "typ", "hbs", "yaml", "svg", "png", "jpg", "jpeg"];
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e))
}
