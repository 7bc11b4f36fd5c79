//! Handles panics: while a document is built, a panic becomes a diagnostic; anywhere else, a request for a bug report.

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
    // A panic in a worker thread causes a second one in the main thread.
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

/// Runs `work`. If it panics, returns the reason as an error.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caught_panic_is_an_error_with_its_reason() {
        assert_eq!(catch(|| 1), Ok(1));
        assert_eq!(catch(|| panic!("no {}", "paper")), Err::<(), _>("no paper".to_owned()));
    }

    /// Started by the test below, in another process: it ends with a panic.
    #[test]
    #[ignore = "panics on purpose"]
    fn crash() {
        install_hook();
        let _ = catch(|| panic!("a silent one"));
        panic!("the loud one");
    }

    #[test]
    fn a_panic_that_nothing_catches_asks_for_a_report() {
        let program = std::env::current_exe().unwrap();
        let output = std::process::Command::new(program)
            .args(["--exact", "panic::tests::crash", "--ignored", "--nocapture"])
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(101), "{stderr}");
        assert!(stderr.contains("stopped because of a bug: the loud one\n  --> src/panic.rs:"), "{stderr}");
        assert!(stderr.contains("= help: report this message"), "{stderr}");
        assert!(!stderr.contains("a silent one"), "{stderr}");
    }
}
