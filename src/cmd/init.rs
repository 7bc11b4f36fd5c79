//! `gen-report init`: a new project.

use std::path::PathBuf;

use serde_json::json;

use super::Voice;
use crate::cli::{CommonArgs, InitArgs};
use crate::diagnostic::{Diagnostic, code};
use crate::exit;
use crate::init;

pub fn run(args: &InitArgs, common: &CommonArgs) -> u8 {
    let mut voice = Voice::new(common);
    match make(args) {
        Ok(paths) => {
            if !voice.quiet || voice.is_json() {
                for path in paths {
                    let path = path.display().to_string();
                    voice.data(&json!({ "type": "file", "path": path }), &path);
                }
            }
            exit::OK
        }
        Err(problems) => {
            voice.tell_all(problems);
            exit::FAILED
        }
    }
}

fn make(args: &InitArgs) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for path in &args.eject {
        match init::eject(path) {
            Ok(found) => files.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    let known = init::languages();
    for language in args.lang.iter().filter(|l| !known.contains(&l.as_str())) {
        problems.push(
            Diagnostic::error(code::NOT_IN_PROJECT, format!("no language `{language}` is embedded in the program"))
                .help(format!("there is: {}; any other is a folder of yours in locales/", known.join(", "))),
        );
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if args.eject.is_empty() {
        let asked: Vec<&str> = args.lang.iter().map(String::as_str).collect();
        files = init::skeleton(if asked.is_empty() { &known } else { &asked });
    }
    // Two paths may hold the same file.
    files.sort();
    files.dedup();
    init::write(&args.dir, &files)
}
