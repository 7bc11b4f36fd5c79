//! What a build would do.

use super::plan::{Plan, Selection};
use super::stale::{StaleFile, kept_warning};
use super::{LoadedProject, StaleDocument, find_stale};
use crate::diagnostic::Problems;
use crate::document::DocumentId;
use crate::store::Store;

/// What would happen to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Build,
    Remove,
}

/// Calls `report` for each document that a build would write, with its place in the store.
pub fn list_builds(
    project: &LoadedProject,
    plan: &Plan,
    store: &dyn Store,
    mut report: impl FnMut(Change, &DocumentId, &str),
) -> Result<(), Problems> {
    for job in project.jobs(plan) {
        let job = job?;
        report(Change::Build, &job.id, &store.location(&job.key()));
    }
    Ok(())
}

/// Calls `report` for each stale document that `--prune` would remove. Returns a warning about those that were changed, which
/// stay.
pub fn list_removals(
    project: &LoadedProject,
    selection: &Selection,
    store: &dyn Store,
    mut report: impl FnMut(Change, &DocumentId, &str),
) -> Result<Problems, Problems> {
    let stale = find_stale(project, store, selection)?;
    let mut kept: Vec<&StaleDocument> = Vec::new();
    for document in &stale {
        match document.check(store)? {
            StaleFile::Missing => {}
            StaleFile::Unchanged => report(Change::Remove, &document.id, &store.location(&document.key())),
            StaleFile::Changed => kept.push(document),
        }
    }
    Ok(kept_warning(&kept, store).into_iter().collect())
}
