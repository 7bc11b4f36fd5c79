//! `gen-report check`: what is wrong with the project.

use serde_json::json;

use super::{Voice, project};
use crate::cli::{CheckArgs, CommonArgs, Deny};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::{Edition, chosen};
use crate::exit;
use crate::{audit, check};

pub fn run(args: &CheckArgs, common: &CommonArgs) -> u8 {
    let mut voice = Voice::new(common);
    match check(args, common, &mut voice) {
        Ok(code) => code,
        Err(problems) => {
            voice.tell_all(problems);
            exit::FAILED
        }
    }
}

fn check(args: &CheckArgs, common: &CommonArgs, voice: &mut Voice) -> Result<u8, Vec<Diagnostic>> {
    let project = std::sync::Arc::new(project(common)?);
    let known = Edition::languages(&project);
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut problems = Vec::new();
    // Documents may be in two languages: both are checked.
    let asked = match args.out {
        Some(_) => args.lang.iter().flat_map(|l| l.split('+')).map(str::to_owned).collect(),
        None => args.lang.clone(),
    };
    let languages = chosen(&asked, &names, "language", &names, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut found = check::project(&project, &languages);
    if let Some(out) = &args.out {
        match audit::documents(super::project(common)?, &args.lang, out) {
            Ok(audit) => {
                voice.say(&match audit.documents {
                    1 => "read 1 document back".to_owned(),
                    n => format!("read {n} documents back"),
                });
                found.extend(audit.found);
            }
            // What keeps the project from being read was told by the check.
            Err(problems) => {
                let known: Vec<String> = found.iter().map(|d| d.message.clone()).collect();
                found.extend(problems.into_iter().filter(|problem| !known.contains(&problem.message)));
            }
        }
    }
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = found.len() - errors;
    voice.tell_all(found);
    if voice.is_json() {
        voice.data(&json!({ "type": "summary", "errors": errors, "warnings": warnings }), "");
    }
    let count = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    voice.say(&match (errors, warnings) {
        (0, 0) => "nothing is wrong".to_owned(),
        _ => format!("found {} and {}", count(errors, "error"), count(warnings, "warning")),
    });
    let denied = args.deny == Some(Deny::Warnings) && warnings > 0;
    Ok(if errors > 0 || denied { exit::FAILED } else { exit::OK })
}
