//! Many documents on many workers, in the order of the jobs as far as anyone can see.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;

use super::works::{Outcome, Status};
use crate::diagnostic::Diagnostic;
use crate::typeset;

/// How a run goes.
pub struct Pace<'a> {
    pub workers: usize,
    /// Threads that keep what the workers make.
    pub keepers: usize,
    pub fail_fast: bool,
    /// Raised from outside to stop between two documents.
    pub stop: &'a AtomicBool,
}

/// A job, unless its facts could not be read, and what became of it.
pub type Done<J> = (Result<J, Vec<Diagnostic>>, Outcome);

/// So many documents may be finished while an earlier one is still in hand: the memory of a run stays flat.
const WINDOW: usize = 64;

/// Makes what each job asks for, on as many workers as there are. Other threads keep it, and wait for a disk or a
/// network meanwhile. Hands on the outcomes in the order of the jobs, as many at once as are ready.
pub fn run<J: Send, M: Send>(
    jobs: impl Iterator<Item = Result<J, Vec<Diagnostic>>> + Send,
    pace: &Pace<'_>,
    make: impl Fn(&J) -> M + Sync,
    keep: impl Fn(&J, M) -> Outcome + Sync,
    mut report: impl FnMut(Vec<Done<J>>) -> ControlFlow<()>,
) {
    let jobs = Mutex::new(jobs.enumerate());
    let (stopped, turn) = (AtomicBool::new(false), Turn::default());
    let (sender, receiver) = mpsc::channel::<(usize, Done<J>)>();
    let (hand_over, made) = mpsc::sync_channel::<(usize, J, M)>(pace.workers);
    let made = Arc::new(Mutex::new(made));
    thread::scope(|scope| {
        for _ in 0..pace.keepers.max(1) {
            let (sender, made) = (sender.clone(), made.clone());
            let (stopped, keep) = (&stopped, &keep);
            let work = move || {
                let next = || made.lock().ok().and_then(|made| made.recv().ok());
                while let Some((index, job, made)) = next() {
                    let outcome = keep(&job, made);
                    stopped.fetch_or(outcome.status == Status::Failed && pace.fail_fast, Ordering::Relaxed);
                    if sender.send((index, (Ok(job), outcome))).is_err() {
                        break;
                    }
                }
            };
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        drop(made);
        for _ in 0..pace.workers.max(1) {
            let (sender, hand_over) = (sender.clone(), hand_over.clone());
            let (jobs, stopped, turn, make) = (&jobs, &stopped, &turn, &make);
            let work = move || {
                let mut count = 0;
                while !pace.stop.load(Ordering::Relaxed) && !stopped.load(Ordering::Relaxed) {
                    let Some((index, job)) = jobs.lock().ok().and_then(|mut jobs| jobs.next()) else { break };
                    turn.wait(index, stopped);
                    let gone = match job {
                        Ok(job) => {
                            let made = make(&job);
                            hand_over.send((index, job, made)).is_err()
                        }
                        Err(problems) => {
                            stopped.store(true, Ordering::Relaxed);
                            let outcome = Outcome { status: Status::Failed, diagnostics: Vec::new() };
                            sender.send((index, (Err(problems), outcome))).is_err()
                        }
                    };
                    if gone {
                        break;
                    }
                    count += 1;
                    typeset::sweep(count);
                }
            };
            if !typeset::worker(scope, work) {
                break;
            }
        }
        drop(hand_over);
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

    fn kept<J>(_: &J, (): ()) -> Outcome {
        outcome(Status::Kept)
    }

    #[test]
    fn outcomes_come_in_the_order_of_the_jobs() {
        let pace = Pace { workers: 4, keepers: 2, fail_fast: false, stop: &AtomicBool::new(false) };
        let mut seen = Vec::new();
        run(
            (0..1000).map(Ok),
            &pace,
            |_| (),
            kept,
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
        let pace = Pace { workers: 2, keepers: 2, fail_fast: false, stop: &AtomicBool::new(false) };
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
        };
        run(jobs, &pace, first, kept, |ready| {
            told.fetch_add(ready.len(), Ordering::Relaxed);
            ControlFlow::Continue(())
        });
        assert_eq!(told.load(Ordering::Relaxed), 10_000);
    }

    #[test]
    fn a_run_that_is_stopped_ends_after_the_documents_in_hand() {
        let stop = AtomicBool::new(false);
        let pace = Pace { workers: 3, keepers: 2, fail_fast: false, stop: &stop };
        let mut told = 0;
        run(
            (0..).map(Ok),
            &pace,
            |_: &usize| (),
            kept,
            |ready| {
                told += ready.len();
                stop.store(told > 20, Ordering::Relaxed);
                ControlFlow::Continue(())
            },
        );
        assert!(told > 20);
        // A report that cannot go on ends it too, and so does a failure where it should.
        let pace = Pace { workers: 3, keepers: 2, fail_fast: true, stop: &AtomicBool::new(false) };
        run((0..).map(Ok), &pace, |_: &usize| (), kept, |_| ControlFlow::Break(()));
        let failed = |_: &usize, ()| outcome(Status::Failed);
        run((0..).map(Ok), &pace, |_: &usize| (), failed, |_| ControlFlow::Continue(()));
    }
}
