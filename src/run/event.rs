//! What a run reports while it goes on.

use super::builder::Outcome;
use crate::diagnostic::Problems;
use crate::document::DocumentId;

/// One step of a run. Events come in the order of the documents.
pub enum Event<'a> {
    /// A document is done. A built one is in the store, and its manifest entry too.
    Document {
        id: &'a DocumentId,
        /// Where the store keeps the document, as a user would name it.
        location: String,
        outcome: &'a Outcome,
        diagnostics: Problems,
    },
    /// Something that concerns no single document.
    Problems(Problems),
    /// Several documents are done: a good moment to show the progress.
    Progress,
}
