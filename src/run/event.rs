//! Events that a run reports while it is in progress.

use super::builder::Outcome;
use crate::diagnostic::Problems;
use crate::document::DocumentId;

/// One step of a run. Documents are reported in the order of the plan.
pub enum Event<'a> {
    /// A document is finished. If it was built, it was stored and its manifest entry passed to
    /// [`Store::append`](crate::store::Store::append) first.
    Document {
        id: &'a DocumentId,
        /// The path or URL of the document.
        location: String,
        outcome: &'a Outcome,
        diagnostics: Problems,
    },
    /// A document that the project no longer has. It is reported if it was removed, or is left in the store.
    StaleDocument {
        id: &'a DocumentId,
        /// The path or URL of the document.
        location: String,
        is_removed: bool,
    },
    /// Problems that do not concern a single document.
    Problems(Problems),
    /// One or more documents were reported: a good moment to redraw the progress bar.
    Progress,
}
