//! What a person or a program sees of a command. Consumes events; owns nothing durable.

mod console;
mod progress;
mod sarif;

pub use console::{Console, count};
pub use progress::{DocumentBar, ProgressReporter, document_event};
