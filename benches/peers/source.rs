//! Writes the Typst source of documents as gen-report typesets it, for peers that run Typst themselves.
//!
//!     cargo bench -p gen-report-benches --bench typst-source -- PROJECT LANG DIR
//!
//! DIR becomes a Typst project: `reports/` with the style modules and a source for each city, `fonts/`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a program that cannot continue has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};

use gen_report::project::Project;
use gen_report::run::LoadedProject;
use gen_report::typeset::{Fonts, Typesetter, Variant};

/// The style module that reads `reports/design.yaml` from `sys.inputs`.
const DESIGN: &str = "reports/shared/design.typ";

fn main() {
    // `cargo bench` adds this flag.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [project, language, out] = arguments.as_slice() else { panic!("PROJECT LANG DIR") };
    let edition =
        LoadedProject::load(Project::open(Path::new(project), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
    let locale = edition.read_locale(language).unwrap_or_else(|e| panic!("{}", e[0]));
    let put = |path: PathBuf, bytes: &[u8]| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let shared = edition.files.list("reports").filter(|path| path.ends_with(".typ") || path.ends_with(".svg"));
    for path in shared.chain(edition.files.list("fonts")) {
        put(Path::new(out).join(path), &edition.files.read(path).unwrap());
    }
    // Other programs have only strings in `sys.inputs`, so the design becomes part of its module.
    let fonts = Fonts::load(&edition.files).unwrap_or_else(|e| panic!("{}", e[0]));
    let typesetter = Typesetter::new(edition.files.clone(), &edition.design, fonts, Variant::default());
    let module = edition.files.read(DESIGN).unwrap();
    let module =
        String::from_utf8_lossy(&module).replace("sys.inputs.design", &format!("{}.design", typesetter.settings()));
    put(Path::new(out).join(DESIGN), module.as_bytes());
    for report in ["certificate", "press-release"] {
        for city in edition.results.selected() {
            let rendered = edition
                .templates
                .render(&format!("{report}/city"), &edition.files, &edition.results, &[&locale], Some(city))
                .unwrap_or_else(|e| panic!("{}", e[0]));
            put(Path::new(out).join(format!("reports/{report}/{}.typ", city.id)), rendered.source.as_bytes());
        }
    }
}
