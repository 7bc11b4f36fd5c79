//! The output of a command, for people and programs: `console` writes data and diagnostics, `progress` the events of a build,
//! `sarif` the log of diagnostics.

mod console;
mod progress;
mod sarif;

pub use console::Console;
pub use progress::{DocumentBar, ProgressReporter, document_event};
