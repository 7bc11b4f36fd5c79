//! The output of a command, for people and programs. Consumes events; keeps no durable state.

mod console;
mod progress;
mod sarif;

pub use console::Console;
pub use progress::{DocumentBar, ProgressReporter, document_event};
