//! The output of a command, for people and programs: `console` writes data and diagnostics, `progress` the events of a build,
//! `sarif` the log of diagnostics. `password` asks for passwords, and `signals` receives Ctrl-C.

mod console;
pub mod password;
mod progress;
mod sarif;
mod signals;

pub use console::Console;
pub use progress::{DocumentBar, ProgressReporter, document_event};
pub use signals::{install_interrupt_handler, on_signal};
