//! Ends a command in which a document takes too long. Typst has no way to cancel a layout, and a thread cannot be killed: the
//! thread of the command stops waiting, and the process ends with it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, Problems, code};

/// How often the documents in progress are checked.
const INTERVAL: Duration = Duration::from_millis(50);

/// Time limit for commands that fail as a whole if one document takes too long. `build`, which goes on with the others, uses
/// [`super::worker::WorkerPool`].
#[derive(Debug)]
pub struct TimeLimit {
    limit: Duration,
    /// The names of the documents in progress, and when each was started.
    started: Mutex<BTreeMap<String, Instant>>,
}

/// Removes a document from those in progress, even after a panic.
struct InProgressGuard<'a> {
    limit: &'a TimeLimit,
    name: &'a str,
}

impl Drop for InProgressGuard<'_> {
    fn drop(&mut self) {
        if let Ok(mut started) = self.limit.started.lock() {
            started.remove(self.name);
        }
    }
}

impl TimeLimit {
    pub fn new(limit: Duration) -> Arc<Self> {
        Arc::new(Self { limit, started: Mutex::default() })
    }

    /// Runs `work`, which builds the document `name`.
    pub fn watch<T>(&self, name: &str, work: impl FnOnce() -> T) -> T {
        let _in_progress = InProgressGuard { limit: self, name };
        if let Ok(mut started) = self.started.lock() {
            started.insert(name.to_owned(), Instant::now());
        }
        work()
    }

    /// Runs `work` on a thread, and returns its result.
    ///
    /// # Errors
    /// A document that [`Self::watch`] watches takes longer than the limit. `work` then goes on until the process ends.
    pub fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problems> {
        let (sender, receiver) = mpsc::channel();
        let spawned = thread::Builder::new().spawn(move || drop(sender.send(work())));
        let thread = spawned.map_err(|error| {
            Diagnostic::error(code::NO_THREAD, format!("the system cannot start another thread: {error}"))
                .help("run again without `--timeout`")
        })?;
        loop {
            match receiver.recv_timeout(INTERVAL) {
                Ok(result) => return Ok(result),
                Err(mpsc::RecvTimeoutError::Timeout) => self.check()?,
                Err(mpsc::RecvTimeoutError::Disconnected) => match thread.join() {
                    Err(panic) => std::panic::resume_unwind(panic),
                    Ok(()) => return Err(Diagnostic::error(code::CRASH, "a thread ended without a result").into()),
                },
            }
        }
    }

    /// Returns an error if a document takes too long.
    fn check(&self) -> Result<(), Problems> {
        let Ok(started) = self.started.lock() else { return Ok(()) };
        match started.iter().find(|(_, started)| started.elapsed() > self.limit) {
            Some((name, _)) => Err(exceeded(name, self.limit).into()),
            None => Ok(()),
        }
    }
}

/// Returns the diagnostic for a document that takes longer than `limit`.
pub(super) fn exceeded(name: &str, limit: Duration) -> Diagnostic {
    Diagnostic::error(code::TIMEOUT, format!("{name} took longer than {} s", limit.as_secs_f64()))
        .help("look for an endless loop in its template, or allow more time with `--timeout`")
}
