//! Signals that ask the program to end.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::exit;

/// Returns a flag that Ctrl-C, SIGTERM and SIGHUP set from now on: a run then ends after the documents in progress. The
/// second signal ends the program at once; worker processes end with it.
pub fn interrupt_flag() -> &'static AtomicBool {
    static INTERRUPT: AtomicBool = AtomicBool::new(false);
    on_signal(|| {
        if INTERRUPT.swap(true, Ordering::Relaxed) {
            std::process::exit(exit::INTERRUPTED.into());
        }
        if std::io::stderr().is_terminal() {
            eprintln!("\nfinishing the documents in progress; press Ctrl-C again to stop at once");
        }
    });
    &INTERRUPT
}

/// Calls `handler` for each signal that asks the program to end. If no handler can be installed, a signal ends the program
/// at once, which loses no finished document.
#[cfg(unix)]
pub fn on_signal(handler: impl Fn() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored_signals();
    let to_handle = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    if let Ok(mut signals) = signal_hook::iterator::Signals::new(to_handle) {
        // The thread ends with the program.
        let _ = std::thread::Builder::new().spawn(move || signals.forever().for_each(|_| handler()));
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
