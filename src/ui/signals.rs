//! Signals that ask the program to end.

use std::io::IsTerminal;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit;

/// Installs a handler for Ctrl-C, SIGTERM and SIGHUP, unless an earlier call did, and returns the flag that it sets: a run
/// then ends after the documents in progress. The second signal ends the program at once; worker processes end with it.
pub fn install_interrupt_handler() -> &'static AtomicBool {
    static INTERRUPT: AtomicBool = AtomicBool::new(false);
    // With two handlers, one signal would count as two.
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        on_signal(|| {
            if INTERRUPT.swap(true, Ordering::Relaxed) {
                std::process::exit(exit::INTERRUPTED.into());
            }
            if std::io::stderr().is_terminal() {
                eprintln!("\nfinishing the documents in progress; press Ctrl-C again to stop at once");
            }
        });
    });
    &INTERRUPT
}

/// The name of a thread that waits for signals.
#[cfg(unix)]
const THREAD: &str = "signals";

/// Calls `handler` for each signal that asks the program to end. If no handler can be installed, a signal ends the program
/// at once, which loses no finished document.
#[cfg(unix)]
pub fn on_signal(handler: impl Fn() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored_signals();
    let to_handle = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    if let Ok(mut signals) = signal_hook::iterator::Signals::new(to_handle) {
        // The thread ends with the program.
        let _ = std::thread::Builder::new()
            .name(THREAD.to_owned())
            .spawn(move || signals.forever().for_each(|_| handler()));
    }
}

#[cfg(not(unix))]
pub fn on_signal(handler: impl FnMut() + Send + 'static) {
    let _ = ctrlc::set_handler(handler);
}

/// Returns the signals that this process was started to ignore, for example by `nohup`, as a bit mask. It is 0 on systems
/// without `/proc`.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_handler_is_installed_once() {
        for _ in 0..100 {
            install_interrupt_handler();
        }
        let tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
        let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
        assert!(names.filter(|name| name.trim() == THREAD).count() <= 1);
    }
}
