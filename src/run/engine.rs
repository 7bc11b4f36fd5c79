//! Runs jobs on threads: builds documents and sheets in parallel, and delivers the results in job order.

use std::collections::BTreeMap;
use std::iter::Enumerate;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;

use crate::diagnostic::{BUG_HELP, Diagnostic, Problems, code};
use crate::{panic, typeset};

/// How many threads a run uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concurrency {
    /// Threads that build. Each of them keeps a core busy.
    pub workers: usize,
    /// Threads that store what was built. They mostly wait for a disk or a network.
    pub writers: usize,
}

impl Concurrency {
    /// Uses the given number of workers, or one for each core, and one writer.
    pub fn new(workers: Option<std::num::NonZeroUsize>) -> Self {
        let workers = workers.or_else(|| thread::available_parallelism().ok()).map_or(1, usize::from);
        Self { workers, writers: 1 }
    }
}

/// A job with its result, or the reasons why the job could not be read.
pub type Delivery<J, R> = Result<(J, R), Problems>;

/// How far the newest started job may be ahead of the next one to deliver. Limits the memory of a run.
const MAX_IN_FLIGHT: usize = 64;

/// Builds each job on a worker, stores it on a writer, and delivers the results in job order. Each call of `deliver` gets
/// all results that are ready.
///
/// No new job is started once `interrupt` is set, `store` or `deliver` returns [`ControlFlow::Break`], or a job cannot
/// be read. Jobs that were started are still finished and delivered. If the system cannot start a thread, that is
/// delivered as a problem.
pub fn run<J: Send, B: Send, R: Send>(
    jobs: impl Iterator<Item = Result<J, Problems>> + Send,
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    build: impl Fn(&J) -> B + Sync,
    store: impl Fn(&J, B) -> (R, ControlFlow<()>) + Sync,
    mut deliver: impl FnMut(Vec<Delivery<J, R>>) -> ControlFlow<()>,
) {
    let (is_stopped, backpressure) = (AtomicBool::new(false), Backpressure::default());
    let queue = Queue { jobs: Mutex::new(jobs.enumerate()), interrupt, is_stopped, backpressure };
    let (sender, receiver) = mpsc::channel::<(usize, Delivery<J, R>)>();
    let (to_writers, built) = mpsc::sync_channel::<(usize, J, B)>(concurrency.workers);
    let built = Arc::new(Mutex::new(built));
    let (queue, build, store) = (&queue, &build, &store);
    thread::scope(|scope| {
        let start_writer = |_: &usize| {
            let (sender, built) = (sender.clone(), built.clone());
            thread::Builder::new().spawn_scoped(scope, move || store_results(&built, queue, store, &sender)).is_ok()
        };
        let start_worker = |_: &usize| {
            let (sender, to_writers) = (sender.clone(), to_writers.clone());
            typeset::spawn_worker(scope, move || build_jobs(queue, build, &to_writers, &sender))
        };
        let writer_count = (0..concurrency.writers.max(1)).take_while(start_writer).count();
        // Without a writer, nothing would be stored.
        let max_workers = if writer_count == 0 { 0 } else { concurrency.workers.max(1) };
        if (0..max_workers).take_while(start_worker).count() == 0 {
            let _ = deliver(vec![Err(no_thread().into())]);
        }
        // The channels close when the last thread ends.
        drop((built, to_writers, sender));
        deliver_in_order(&receiver, queue, &mut deliver);
    });
}

/// Returns the problem that the system cannot start a thread.
pub fn no_thread() -> Diagnostic {
    Diagnostic::error(code::NO_THREAD, "the system cannot start another thread for this process")
        .help("raise the limit on processes or on memory (`ulimit -u`, `ulimit -v`), or end other programs")
}

/// The jobs of a run, and what keeps them from being started.
struct Queue<'a, I> {
    jobs: Mutex<Enumerate<I>>,
    interrupt: &'a AtomicBool,
    is_stopped: AtomicBool,
    backpressure: Backpressure,
}

impl<J, I: Iterator<Item = Result<J, Problems>>> Queue<'_, I> {
    /// Waits until a job may be started. Returns it with its number, or `None` if no other job is started.
    fn next_job(&self) -> Option<(usize, Result<J, Problems>)> {
        if self.interrupt.load(Ordering::Relaxed) || self.is_stopped.load(Ordering::Relaxed) {
            return None;
        }
        let (index, job) = self.jobs.lock().ok()?.next()?;
        self.backpressure.wait(index, &self.is_stopped);
        Some((index, job))
    }

    fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }
}

/// Builds jobs on a worker, and sends what was built to the writers.
fn build_jobs<J, B, R>(
    queue: &Queue<'_, impl Iterator<Item = Result<J, Problems>>>,
    build: impl Fn(&J) -> B,
    to_writers: &mpsc::SyncSender<(usize, J, B)>,
    sender: &mpsc::Sender<(usize, Delivery<J, R>)>,
) {
    let mut count = 0;
    while let Some((index, job)) = queue.next_job() {
        let is_sent = match job {
            Ok(job) => {
                let built = build(&job);
                to_writers.send((index, job, built)).is_ok()
            }
            Err(problems) => {
                queue.stop();
                sender.send((index, Err(problems))).is_ok()
            }
        };
        if !is_sent {
            break;
        }
        count += 1;
        // Typst memoises what it lays out: without this, memory would grow with the number of documents.
        typeset::evict_cache(count);
    }
}

/// Stores on a writer what the workers have built.
fn store_results<J, B, R>(
    built: &Mutex<mpsc::Receiver<(usize, J, B)>>,
    queue: &Queue<'_, impl Iterator<Item = Result<J, Problems>>>,
    store: impl Fn(&J, B) -> (R, ControlFlow<()>),
    sender: &mpsc::Sender<(usize, Delivery<J, R>)>,
) {
    let next = || built.lock().ok().and_then(|built| built.recv().ok());
    while let Some((index, job, built)) = next() {
        let (result, flow) = store(&job, built);
        if flow.is_break() {
            queue.stop();
        }
        if sender.send((index, Ok((job, result)))).is_err() {
            break;
        }
    }
}

/// Delivers results in job order until all threads have ended.
fn deliver_in_order<J, R>(
    receiver: &mpsc::Receiver<(usize, Delivery<J, R>)>,
    queue: &Queue<'_, impl Iterator<Item = Result<J, Problems>>>,
    mut deliver: impl FnMut(Vec<Delivery<J, R>>) -> ControlFlow<()>,
) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    while let Ok(first) = receiver.recv() {
        waiting.extend([first].into_iter().chain(receiver.try_iter()));
        let mut ready = Vec::new();
        while let Some(delivery) = waiting.remove(&next) {
            ready.push(delivery);
            next += 1;
        }
        if !ready.is_empty() && deliver(ready).is_break() {
            queue.stop();
        }
        queue.backpressure.advance(next);
    }
    // A run that stopped early has gaps. Jobs after a gap were finished too.
    let rest: Vec<Delivery<J, R>> = waiting.into_values().collect();
    if !rest.is_empty() {
        let _ = deliver(rest);
    }
}

/// Calls `build` for each item in parallel. Returns the results in the order of the items, `None` if `interrupt` was
/// set before the last one, or the problems of all items.
///
/// `name` returns the name of an item for diagnostics; `on_done` is called after each item.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    build: impl Fn(&T) -> Result<R, Problems> + Sync,
    name: impl Fn(&T) -> String + Sync,
    mut on_done: impl FnMut(),
) -> Result<Option<Vec<R>>, Problems> {
    let (mut results, mut problems) = (Vec::with_capacity(items.len()), Problems::new());
    run(
        items.iter().map(Ok),
        concurrency,
        interrupt,
        |item| catch_panic(&name(item), || build(item)),
        |_, built| (built, ControlFlow::Continue(())),
        |ready| {
            for delivery in ready {
                match delivery {
                    Ok((_, Ok(result))) => results.push(result),
                    Ok((_, Err(found))) | Err(found) => problems.extend(found),
                }
                on_done();
            }
            ControlFlow::Continue(())
        },
    );
    problems.into_result((results.len() == items.len()).then_some(results))
}

/// Runs `on_thread` on a second thread while `here` runs on this one. If the system cannot start a thread, `on_thread` runs
/// after `here`. A panic in `on_thread` is returned as its message.
pub fn join<A: Send, B>(on_thread: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (Result<A, String>, B) {
    let on_thread = || panic::catch(&on_thread);
    thread::scope(|scope| {
        let handle = thread::Builder::new().spawn_scoped(scope, on_thread);
        let result = here();
        (handle.ok().and_then(|handle| handle.join().ok()).unwrap_or_else(on_thread), result)
    })
}

/// Runs `work`. A panic becomes a diagnostic about the document `name`, so that the other documents are still built.
pub fn catch_panic<T>(name: &str, work: impl FnOnce() -> Result<T, Problems>) -> Result<T, Problems> {
    panic::catch(work).unwrap_or_else(|reason| {
        Err(Diagnostic::error(code::CRASH, format!("gen-report crashed while it built {name}: {reason}"))
            .help(BUG_HELP)
            .into())
    })
}

/// Blocks workers that are too far ahead of the next document to deliver.
#[derive(Default)]
struct Backpressure {
    /// The index of the next document to deliver.
    next: Mutex<usize>,
    advanced: Condvar,
}

impl Backpressure {
    fn wait(&self, index: usize, is_stopped: &AtomicBool) {
        let Ok(next) = self.next.lock() else { return };
        let is_too_far = |next: &mut usize| index >= *next + MAX_IN_FLIGHT && !is_stopped.load(Ordering::Relaxed);
        drop(self.advanced.wait_while(next, is_too_far));
    }

    fn advance(&self, to: usize) {
        if let Ok(mut next) = self.next.lock() {
            *next = to;
        }
        self.advanced.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    const CONTINUE: ControlFlow<()> = ControlFlow::Continue(());
    const TWO: Concurrency = Concurrency { workers: 2, writers: 2 };

    fn store_nothing<J>(_: &J, (): ()) -> ((), ControlFlow<()>) {
        ((), CONTINUE)
    }

    #[test]
    fn results_are_delivered_in_job_order() {
        let concurrency = Concurrency { workers: 4, writers: 2 };
        let mut seen = Vec::new();
        let deliver = |ready: Vec<Delivery<i32, ()>>| {
            seen.extend(ready.into_iter().filter_map(|delivery| Some(delivery.ok()?.0)));
            CONTINUE
        };
        run((0..1000).map(Ok), concurrency, &AtomicBool::new(false), |_| (), store_nothing, deliver);
        assert_eq!(seen, (0..1000).collect::<Vec<_>>());
    }

    /// While one document is slow, only a few jobs after it are read.
    #[test]
    fn few_jobs_are_in_flight() {
        let (taken, delivered) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let jobs = (0..10_000).map(|job| {
            let in_flight = taken.fetch_add(1, Ordering::Relaxed) + 1 - delivered.load(Ordering::Relaxed);
            assert!(in_flight <= MAX_IN_FLIGHT + 2 * TWO.workers, "{in_flight} jobs are in flight");
            Ok(job)
        });
        // The first job ends when no other can start.
        let first_is_slow = |job: &usize| {
            while *job == 0 && taken.load(Ordering::Relaxed) <= MAX_IN_FLIGHT {
                thread::yield_now();
            }
        };
        run(jobs, TWO, &AtomicBool::new(false), first_is_slow, store_nothing, |ready| {
            delivered.fetch_add(ready.len(), Ordering::Relaxed);
            CONTINUE
        });
        assert_eq!(delivered.load(Ordering::Relaxed), 10_000);
    }

    #[test]
    fn an_interrupted_run_delivers_the_documents_that_were_started() {
        let interrupt = AtomicBool::new(false);
        let mut delivered = 0;
        run(
            (0..).map(Ok),
            TWO,
            &interrupt,
            |_: &usize| (),
            store_nothing,
            |ready| {
                delivered += ready.len();
                interrupt.store(delivered > 20, Ordering::Relaxed);
                CONTINUE
            },
        );
        assert!(delivered > 20);
    }

    #[test]
    fn a_break_from_a_writer_or_from_the_receiver_ends_an_endless_run() {
        let interrupt = AtomicBool::new(false);
        let fail = |_: &usize, ()| ((), ControlFlow::Break(()));
        run((0..).map(Ok), TWO, &interrupt, |_: &usize| (), fail, |_| CONTINUE);
        run((0..).map(Ok), TWO, &interrupt, |_: &usize| (), store_nothing, |_| ControlFlow::Break(()));
    }

    #[test]
    fn map_returns_all_results_or_all_problems() {
        let interrupt = AtomicBool::new(false);
        let double = |n: &i32| Ok(n * 2);
        assert_eq!(map(&[1, 2, 3], TWO, &interrupt, double, |_| String::new(), || ()).unwrap(), Some(vec![2, 4, 6]));
        let odd = |n: &i32| match n % 2 {
            0 => Ok(*n),
            _ => Err(Diagnostic::error(code::LAYOUT, n.to_string()).into()),
        };
        let problems = map(&[1, 2, 3], TWO, &interrupt, odd, |_| String::new(), || ()).unwrap_err();
        assert_eq!(problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(map(&[1], TWO, &AtomicBool::new(true), double, |_| String::new(), || ()).unwrap(), None);
    }
}
