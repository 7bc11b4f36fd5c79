//! What the documents say and how they look.

mod documents;
mod drawings;
mod golden;
mod variant;
