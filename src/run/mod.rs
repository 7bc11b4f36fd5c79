//! A run: from the files of a project to documents in a store.
//!
//! [`LoadedProject`] holds what was read, a [`Plan`] lists the documents as a stream, a [`Builder`] makes one of them, the
//! [`engine`] makes many. [`build`] adds what lasts: a document is reported only after its [`manifest`] entry is on disk.

pub mod builder;
pub mod engine;
pub mod event;
mod inputs;
mod loaded_project;
pub mod manifest;
pub mod merge;
mod plan;
pub mod publish;
pub mod shard;
pub mod worker;

mod build;

pub use build::{BuildOptions, Resume, Summary, build};
pub use builder::{Builder, BuiltDocument, Outcome, StoredDocument};
pub use engine::{Concurrency, catch_panic};
pub use event::Event;
pub use loaded_project::{LoadedProject, ProjectParts, Report, select};
pub use plan::{Job, Plan, Selection, Subject};
