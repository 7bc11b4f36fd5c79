//! Runs: build the files of a project into documents in a store.
//!
//! A [`LoadedProject`] holds the files that were read, a [`Plan`] selects the documents, a [`Builder`] builds one of
//! them, and the [`engine`] builds many in parallel. [`build()`] also stores them: a document is reported only after
//! its [`manifest`] entry was written. [`stale`] finds and removes documents that the project no longer has.

pub mod builder;
mod child_process;
mod credentials;
pub mod dry_run;
pub mod engine;
pub mod event;
mod inputs;
mod loaded_project;
pub mod manifest;
pub mod merge;
mod plan;
pub mod print_files;
pub mod register;
pub mod shard;
pub mod stale;
pub mod time_limit;
pub mod verify;
pub mod worker;

mod build;

pub use build::{BuildOptions, Resume, Summary, build};
pub use builder::{Builder, BuiltDocument, Outcome, StoredDocument};
pub use credentials::write_credentials;
pub use engine::{Concurrency, catch_panic};
pub use event::Event;
pub use loaded_project::{LoadedProject, ProjectParts, Report, select};
pub use plan::{Job, Plan, Selection, Subject};
pub use stale::{StaleAction, StaleDocument, find_stale};
pub use time_limit::TimeLimit;
