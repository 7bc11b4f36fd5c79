//! Many documents on many workers, in the order of the jobs as far as anyone can see.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, mpsc};
use std::thread;

use super::works::{Outcome, Status};
use crate::diagnostic::Diagnostic;
use crate::typeset;

/// How a run goes.
pub struct Pace<'a> {
    pub workers: usize,
    pub fail_fast: bool,
    /// Raised from outside to stop between two documents.
    pub stop: &'a AtomicBool,
}

/// A job, unless its facts could not be read, and what became of it.
pub type Done<J> = (Result<J, Vec<Diagnostic>>, Outcome);

/// Documents after which a worker sweeps Typst's memory.
const SWEEP: usize = 5;
/// So many documents may be finished while an earlier one is still in hand: the memory of a run stays flat.
const WINDOW: usize = 64;

/// Does `one` with each job, on as many workers as there are. Hands on the outcomes in the order of the jobs, as many
/// at once as are ready.
pub fn run<J: Send + Sync>(
    jobs: impl Iterator<Item = Result<J, Vec<Diagnostic>>> + Send,
    pace: &Pace<'_>,
    one: impl Fn(&J) -> Outcome + Sync,
    mut report: impl FnMut(Vec<Done<J>>) -> ControlFlow<()>,
) {
    let jobs = Mutex::new(jobs.enumerate());
    let (stopped, turn) = (AtomicBool::new(false), Turn::default());
    let (sender, receiver) = mpsc::channel::<(usize, Done<J>)>();
    thread::scope(|scope| {
        for _ in 0..pace.workers.max(1) {
            let sender = sender.clone();
            let (jobs, stopped, turn, one) = (&jobs, &stopped, &turn, &one);
            let work = move || {
                let mut since = 0;
                while !pace.stop.load(Ordering::Relaxed) && !stopped.load(Ordering::Relaxed) {
                    let Some((index, job)) = jobs.lock().ok().and_then(|mut jobs| jobs.next()) else { break };
                    turn.wait(index, stopped);
                    let done = match job {
                        Ok(job) => {
                            let outcome = one(&job);
                            (Ok(job), outcome)
                        }
                        Err(problems) => (Err(problems), Outcome { status: Status::Failed, diagnostics: Vec::new() }),
                    };
                    let failed = done.1.status == Status::Failed;
                    stopped.fetch_or(done.0.is_err() || (failed && pace.fail_fast), Ordering::Relaxed);
                    since += 1;
                    if since == SWEEP {
                        typeset::forget();
                        since = 0;
                    }
                    if sender.send((index, done)).is_err() {
                        break;
                    }
                }
            };
            if !typeset::worker(scope, work) {
                break;
            }
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        while let Ok(first) = receiver.recv() {
            waiting.extend([first].into_iter().chain(receiver.try_iter()));
            let mut ready = Vec::new();
            while let Some(done) = waiting.remove(&due) {
                ready.push(done);
                due += 1;
            }
            if !ready.is_empty() && report(ready).is_break() {
                stopped.store(true, Ordering::Relaxed);
            }
            turn.pass(due);
        }
        // After a stop there are gaps: what was made is still told.
        let rest: Vec<Done<J>> = waiting.into_values().collect();
        if !rest.is_empty() {
            let _ = report(rest);
        }
    });
}

/// Lets a few threads work while others wait for a network.
pub struct Gate {
    free: Mutex<usize>,
    left: Condvar,
}

impl Gate {
    pub fn new(places: usize) -> Self {
        Self { free: Mutex::new(places), left: Condvar::new() }
    }

    /// Does the work when there is a place. It must not panic.
    pub fn pass<T>(&self, work: impl FnOnce() -> T) -> T {
        if let Ok(free) = self.free.lock()
            && let Ok(mut free) = self.left.wait_while(free, |free| *free == 0)
        {
            *free -= 1;
        }
        let done = work();
        if let Ok(mut free) = self.free.lock() {
            *free += 1;
        }
        self.left.notify_one();
        done
    }
}

/// How far the outcomes were handed on.
#[derive(Default)]
struct Turn {
    due: Mutex<usize>,
    passed: Condvar,
}

impl Turn {
    /// Waits while an earlier document is too far behind.
    fn wait(&self, index: usize, stopped: &AtomicBool) {
        let Ok(due) = self.due.lock() else { return };
        let far = |due: &mut usize| index >= *due + WINDOW && !stopped.load(Ordering::Relaxed);
        drop(self.passed.wait_while(due, far));
    }

    fn pass(&self, due: usize) {
        if let Ok(mut now) = self.due.lock() {
            *now = due;
        }
        self.passed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    fn outcome(status: Status) -> Outcome {
        Outcome { status, diagnostics: Vec::new() }
    }

    #[test]
    fn outcomes_come_in_the_order_of_the_jobs() {
        let pace = Pace { workers: 4, fail_fast: false, stop: &AtomicBool::new(false) };
        let mut seen = Vec::new();
        run(
            (0..1000).map(Ok),
            &pace,
            |_| outcome(Status::Kept),
            |ready| {
                seen.extend(ready.into_iter().filter_map(|(job, _)| job.ok()));
                ControlFlow::Continue(())
            },
        );
        assert_eq!(seen, (0..1000).collect::<Vec<_>>());
    }

    /// One slow document does not let the others pile up: the jobs are a stream, and few are taken from it.
    #[test]
    fn few_jobs_are_in_hand_at_a_time() {
        let (taken, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let pace = Pace { workers: 2, fail_fast: false, stop: &AtomicBool::new(false) };
        let jobs = (0..10_000).map(|job| {
            let ahead = taken.fetch_add(1, Ordering::Relaxed) + 1 - told.load(Ordering::Relaxed);
            assert!(ahead <= WINDOW + 2 * pace.workers, "{ahead} jobs are in hand");
            Ok(job)
        });
        // The first one ends when no other can begin.
        let first = |job: &usize| {
            while *job == 0 && taken.load(Ordering::Relaxed) <= WINDOW {
                thread::yield_now();
            }
            outcome(Status::Kept)
        };
        run(jobs, &pace, first, |ready| {
            told.fetch_add(ready.len(), Ordering::Relaxed);
            ControlFlow::Continue(())
        });
        assert_eq!(told.load(Ordering::Relaxed), 10_000);
    }

    #[test]
    fn a_gate_lets_few_in() {
        let (gate, inside) = (Gate::new(2), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        gate.pass(|| {
                            assert!(inside.fetch_add(1, Ordering::SeqCst) < 2);
                            thread::yield_now();
                            inside.fetch_sub(1, Ordering::SeqCst);
                        });
                    }
                });
            }
        });
    }

    #[test]
    fn a_run_that_is_stopped_ends_after_the_documents_in_hand() {
        let stop = AtomicBool::new(false);
        let pace = Pace { workers: 3, fail_fast: false, stop: &stop };
        let mut told = 0;
        run(
            (0..).map(Ok),
            &pace,
            |_: &usize| outcome(Status::Kept),
            |ready| {
                told += ready.len();
                stop.store(told > 20, Ordering::Relaxed);
                ControlFlow::Continue(())
            },
        );
        assert!(told > 20);
        // A report that cannot go on ends it too, and so does a failure where it should.
        let pace = Pace { workers: 3, fail_fast: true, stop: &AtomicBool::new(false) };
        run((0..).map(Ok), &pace, |_: &usize| outcome(Status::Kept), |_| ControlFlow::Break(()));
        run((0..).map(Ok), &pace, |_: &usize| outcome(Status::Failed), |_| ControlFlow::Continue(()));
    }
}
