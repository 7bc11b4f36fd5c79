//! What the documents say and how they look.

mod archive_files;
mod design;
mod documents;
mod drawings;
mod examples;
mod geometry;
mod golden;
mod story;
mod variant;
