//! `gen-report build --dry-run`: lists the documents that a build would write and remove.

use crate::cli::BuildArgs;
use crate::diagnostic::Problems;
use crate::document::DocumentId;
use crate::exit;
use crate::run::dry_run::{Change, list_builds, list_removals};
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
    let report = |change: Change, id: &DocumentId, location: &str| match change {
        Change::Build => console.write_data(&document_event("would-build", id, location), location),
        Change::Remove => {
            console.write_data(&document_event("would-remove", id, location), &format!("would remove {location}"));
        }
    };
    list_builds(project, plan, store, report)?;
    if args.prune {
        let kept = list_removals(project, &args.selection.selection(&[]), store, report)?;
        console.report_diagnostics(kept);
    }
    Ok(exit::OK)
}
