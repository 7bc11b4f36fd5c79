//! `gen-report check`: reports the problems of the project and of finished documents.

use std::sync::Arc;

use serde_json::json;

use super::open_project;
use crate::cli::{CheckArgs, CommonArgs, Deny};
use crate::diagnostic::{Problems, Severity, count};
use crate::exit;
use crate::locale::Pseudo;
use crate::project::Project;
use crate::run::stale::stale_warning;
use crate::run::{LoadedProject, Selection, find_stale};
use crate::store::Store;
use crate::ui::{Console, document_event};
use crate::{audit, check};

pub fn run(args: &CheckArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let project = Arc::new(open_project(common)?);
    let known = known_languages(&project, args, common)?;
    let mut problems = Problems::new();
    let languages = LoadedProject::parse_languages(&args.lang, &known, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut found = check::check_project(&project, &languages);
    if let Some(out) = &args.out {
        let store = out.open(args.store.options())?;
        let document_problems = match LoadedProject::load(open_project(common)?) {
            Ok(project) => check_documents(&project, args, &*store, console),
            Err(problems) => problems,
        };
        // If the project cannot be read, the check has usually found the same errors.
        let messages: Vec<String> = found.iter().map(|d| d.message.clone()).collect();
        found.extend(document_problems.into_iter().filter(|problem| !messages.contains(&problem.message)));
    }
    let errors = found.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = found.len() - errors;
    console.report_diagnostics(found);
    console.write_event(&json!({ "type": "summary", "errors": errors, "warnings": warnings }));
    console.write_remark(&match (errors, warnings) {
        (0, 0) => "no problems found".to_owned(),
        _ => format!("found {} and {}", count(errors, "error"), count(warnings, "warning")),
    });
    let is_denied = args.deny == Some(Deny::Warnings) && warnings > 0;
    Ok(if errors > 0 || is_denied { exit::FAILED } else { exit::OK })
}

/// Returns the languages that can be checked: those of the project, and pseudo-locales if the user asks for them.
fn known_languages(project: &Project, args: &CheckArgs, common: &CommonArgs) -> Result<Vec<String>, Problems> {
    let mut known = LoadedProject::find_languages(project);
    let is_pseudo = |name: &&str| Pseudo::parse(name).is_some() && !known.iter().any(|language| language == name);
    let requested_pseudo: Vec<String> =
        args.lang.iter().flat_map(|text| text.split('+')).filter(is_pseudo).map(str::to_owned).collect();
    if requested_pseudo.is_empty() {
        return Ok(known);
    }
    match LoadedProject::load(open_project(common)?) {
        Ok(project) => known.extend(project.pseudo_languages()),
        // The check reports why the project cannot be read.
        Err(_) => known.extend(requested_pseudo),
    }
    Ok(known)
}

/// Audits finished documents, and reports those that the project no longer has, unless only some languages are checked.
fn check_documents(project: &LoadedProject, args: &CheckArgs, store: &dyn Store, console: &Console) -> Problems {
    let mut found = Problems::new();
    match audit::audit_documents(project, &args.lang, store) {
        Ok(audit) => {
            console.write_remark(&format!("read {}", count(audit.documents, "finished document")));
            if audit.omitted > 0 {
                let problems = count(audit.omitted, "more problem");
                console.write_remark(&format!("{problems} in documents about records, not shown here"));
            }
            found.extend(audit.found);
        }
        Err(problems) => found.extend(problems),
    }
    if !args.lang.is_empty() {
        return found;
    }
    match find_stale(project, store, &Selection::default()) {
        Ok(stale) => {
            for document in stale.iter().filter(|document| document.exists) {
                let location = store.location(&document.key());
                console.write_event(&document_event("stale-document", &document.id, &location));
            }
            found.extend(stale_warning(&stale, store, "remove them with `gen-report build --resume --prune`"));
        }
        Err(problems) => found.extend(problems),
    }
    found
}
