//! What a build would do.

use super::plan::{Plan, Selection};
use super::stale::{StaleFile, kept_warning};
use super::{LoadedProject, StaleDocument, find_stale};
use crate::diagnostic::Problems;
use crate::document::DocumentId;
use crate::store::Store;

/// Calls `report` for each document that a build would write, with its location.
pub fn list_documents_to_build(
    project: &LoadedProject,
    plan: &Plan,
    store: &dyn Store,
    mut report: impl FnMut(&DocumentId, &str),
) -> Result<(), Problems> {
    for job in project.jobs(plan) {
        let job = job?;
        report(&job.id, &store.location(&job.key()));
    }
    Ok(())
}

/// Calls `report` for each stale document that `--prune` would remove, with its location. Returns a warning about those that
/// it would keep, because their files were changed.
pub fn list_documents_to_remove(
    project: &LoadedProject,
    selection: &Selection,
    store: &dyn Store,
    mut report: impl FnMut(&DocumentId, &str),
) -> Result<Problems, Problems> {
    let stale = find_stale(project, store, selection)?;
    let mut kept: Vec<&StaleDocument> = Vec::new();
    for document in &stale {
        match document.check(store)? {
            StaleFile::Missing => {}
            StaleFile::Unchanged => report(&document.id, &store.location(&document.key())),
            StaleFile::Changed => kept.push(document),
        }
    }
    Ok(kept_warning(&kept, store).into_iter().collect())
}
