//! The manual in docs/: its examples run as written, and its list of diagnostics is complete.

use std::fs;
use std::path::Path;

use crate::support::{assert_snapshot, copy_folder};
use gen_report::diagnostic::code;

const MANUAL: &str = "docs/src";

/// Each `console` block of a page is run in a copy of the folder `PAGE.in`. To accept a change of the output:
/// `TRYCMD=overwrite cargo test manual`.
#[test]
#[expect(clippy::disallowed_methods, reason = "trycmd reads the same variable")]
fn the_examples_of_the_manual_print_what_it_shows() {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(Path::new(MANUAL), copy.path());
    let cases = trycmd::TestCases::new();
    cases.register_bin("gen-report", Path::new(env!("CARGO_BIN_EXE_gen-report")));
    cases.env("NO_COLOR", "1");
    cases.env("GEN_REPORT_KEY_PASSWORD", "only for the manual");
    let config = copy.path().join("config");
    cases.env("XDG_CONFIG_HOME", config.to_str().unwrap());
    cases.case(copy.path().join("**/*.md").to_str().unwrap());
    cases.run();
    if std::env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        copy_pages(copy.path(), Path::new(MANUAL));
    }
}

/// To accept a change: `SNAPSHOTS=overwrite cargo test manual`.
#[test]
fn the_list_of_diagnostics_in_the_manual_is_complete() {
    let page = Path::new(MANUAL).join("reference/diagnostics.md");
    let text = fs::read_to_string(&page).unwrap();
    let introduction = text.split("\n## ").next().unwrap();
    let mut expected = format!("{}\n", introduction.trim_end());
    for (code, title, explanation) in code::ALL {
        expected.push_str(&format!("\n## {}\n\n{}\n\n{}\n", code.0, markdown(title.trim()), markdown(explanation)));
    }
    assert_snapshot(page, &expected);
}

/// Escapes what Markdown would take for HTML outside code spans.
fn markdown(text: &str) -> String {
    let escape = |(index, part): (usize, &str)| if index % 2 == 0 { part.replace('<', "\\<") } else { part.to_owned() };
    text.split('`').enumerate().map(escape).collect::<Vec<_>>().join("`")
}

/// Copies the pages back, but not what the examples wrote into their folders.
fn copy_pages(from: &Path, to: &Path) {
    for entry in fs::read_dir(to).unwrap() {
        let path = entry.unwrap().path();
        let source = from.join(path.file_name().unwrap());
        if path.is_dir() && path.extension().is_none() {
            copy_pages(&source, &path);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            fs::copy(&source, &path).unwrap();
        }
    }
}
