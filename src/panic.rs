//! Panics: inside a document they become a diagnostic, anywhere else a request for a report.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Replaces the default hook, which prints a trace that means nothing to a user.
///
/// A panic that nothing catches ends the program with exit code 101, as with the default hook.
pub fn install_hook() {
    // A panic in a worker thread ends the main thread with a second one.
    static ONCE: Once = Once::new();
    std::panic::set_hook(Box::new(|info| {
        if IS_CAUGHT.get() {
            return;
        }
        ONCE.call_once(|| {
            let location = info.location().map(ToString::to_string).unwrap_or_default();
            let message = reason(info.payload());
            eprintln!(
                "error: gen-report {} stopped because of a bug: {message}\n  --> {location}\n  \
                 = help: report this message, the command line and, if possible, the files of the project",
                env!("CARGO_PKG_VERSION")
            );
        });
    }));
}

/// Runs `work`; a panic in it is an error with the reason of the panic.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = IS_CAUGHT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(before);
    result.map_err(|payload| reason(&*payload))
}

fn reason(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown reason".to_owned())
}
