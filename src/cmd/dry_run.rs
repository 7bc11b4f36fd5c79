//! `gen-report build --dry-run`: lists the documents that a build would write and remove.

use crate::cli::BuildArgs;
use crate::diagnostic::Problems;
use crate::exit;
use crate::run::dry_run::{list_documents_to_build, list_documents_to_remove};
use crate::run::{LoadedProject, Plan};
use crate::store::Store;
use crate::ui::{Console, document_event};

pub fn run(
    args: &BuildArgs,
    project: &LoadedProject,
    plan: &Plan,
    store: &dyn Store,
    console: &mut Console,
) -> Result<u8, Problems> {
    list_documents_to_build(project, plan, store, |id, location| {
        console.write_data(&document_event("would-build", id, location), location);
    })?;
    if args.prune {
        let kept = list_documents_to_remove(project, &args.selection.selection(&[]), store, |id, location| {
            console.write_data(&document_event("would-remove", id, location), &format!("would remove {location}"));
        })?;
        console.report_diagnostics(kept);
    }
    Ok(exit::OK)
}
