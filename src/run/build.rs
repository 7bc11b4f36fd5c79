//! Builds the documents of a plan into a store, with a manifest that survives a crash.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::builder::{Builder, BuiltDocument, Outcome};
use super::engine::{self, Concurrency, Delivery};
use super::event::Event;
use super::manifest::ManifestWriter;
use super::plan::{Job, Selection};
use super::stale::{StaleAction, find_stale, remove_stale, stale_warning};
use super::worker::WorkerPool;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::DocumentId;
use crate::exit;
use crate::store::Store;
use crate::trust::Seal;

/// Time stamps that are requested at the same time. Few, because servers limit their customers.
const MAX_CONCURRENT_TIME_STAMPS: usize = 8;

/// The options of [`build`].
pub struct BuildOptions<'a> {
    /// Number of documents of the plan. Counting them may read every record, so the caller does it once.
    pub total: usize,
    pub concurrency: Concurrency,
    /// Skips documents that are up to date, after checking in this way that they still exist; `None` builds all.
    pub resume: Option<Resume>,
    /// Whether to stop at the first document that fails.
    pub fail_fast: bool,
    pub stale: StaleAction,
    /// The processes that build the documents, and can be killed; `None` builds in this process.
    pub pool: Option<&'a WorkerPool>,
}

/// How to check that the document of an earlier run is still in the store, unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Resume {
    /// Compare its length with the manifest
    Size,
    /// Read it and compare its hash with the manifest
    Verify,
}

/// The result of a run. The numbers count documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub built: usize,
    pub up_to_date: usize,
    pub failed: usize,
    /// Stale documents that were removed.
    pub removed: usize,
    /// Documents that were not started because the run stopped early.
    pub not_started: usize,
    pub is_interrupted: bool,
    /// Whether the run itself failed, not only single documents: its facts, manifest or store.
    pub has_run_error: bool,
    /// Whether the store failed, but may work again later.
    pub is_retryable: bool,
}

impl Summary {
    /// Returns the exit code of the program.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self { is_interrupted: true, .. } => exit::INTERRUPTED,
            Self { is_retryable: true, .. } => exit::TRY_AGAIN,
            Self { failed: 0, has_run_error: false, .. } => exit::OK,
            _ => exit::FAILED,
        }
    }

    /// Records that the run itself failed.
    fn record_error(&mut self, problems: &Problems) {
        self.has_run_error = true;
        self.is_retryable |= problems.iter().any(|problem| problem.code == code::TRY_AGAIN);
    }

    /// Returns whether the run stopped before it had tried every document. With `fail_fast`, the first failed document
    /// stops it.
    fn has_stopped_early(&self, fail_fast: bool) -> bool {
        self.is_interrupted || self.has_run_error || self.is_retryable || (fail_fast && self.failed > 0)
    }
}

/// Builds every document of the builder's plan, and reports each through `observe`.
///
/// A document is reported only after its manifest entry was written, see [`Store::append`].
///
/// # Errors
/// The manifest cannot be opened. Any later error is reported as an event.
pub fn build(
    builder: &Builder,
    store: &dyn Store,
    options: &BuildOptions<'_>,
    interrupt: &AtomicBool,
    observe: &mut dyn FnMut(Event<'_>),
) -> Result<Summary, Problems> {
    let manifest = ManifestWriter::open(store, builder.plan.shard, options.resume.is_some())?;
    if let Some(warning) = &manifest.lock.warning {
        observe(Event::Problems(warning.clone().into()));
    }
    let build_job = |job: &Job| -> Option<Result<BuiltDocument, Problems>> {
        let verify = options.resume == Some(Resume::Verify);
        let known = options.resume.and_then(|_| manifest.known_source_hash(job, &builder.typesetter, verify));
        match options.pool {
            Some(pool) => pool.build(builder, job, known).transpose(),
            None => builder.build_if_changed(job, known.as_ref()).transpose(),
        }
    };
    // `None`: the document is up to date.
    let store_result = |job: &Job, built: Option<Result<BuiltDocument, Problems>>| {
        let result = match built {
            Some(built) => builder.store(job, built, store),
            None => (Outcome::UpToDate, Problems::new()),
        };
        let must_stop = options.fail_fast && result.0 == Outcome::Failed;
        (result, if must_stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let concurrency = choose_concurrency(builder, store, options.concurrency.workers);
    let mut receiver = Receiver { store, manifest: &manifest, observe, summary: Summary::default() };
    let jobs = builder.project.jobs(&builder.plan);
    engine::run(jobs, concurrency, interrupt, build_job, store_result, |ready| receiver.receive(ready));
    receiver.count_not_started(options, interrupt);
    receiver.close();
    if options.stale != StaleAction::Ignore && !receiver.summary.has_stopped_early(options.fail_fast) {
        receiver.handle_stale(builder, &options.stale, interrupt);
    }
    Ok(receiver.summary)
}

/// Returns the number of threads. More writers than cores do no harm: they mostly wait for the network or the disk.
fn choose_concurrency(builder: &Builder, store: &dyn Store, workers: usize) -> Concurrency {
    let is_stamped = builder.typesetter.seal.as_ref().is_some_and(Seal::has_time_stamps);
    let time_stamps = if is_stamped { MAX_CONCURRENT_TIME_STAMPS } else { 0 };
    let writers = store.max_concurrent_requests().unwrap_or_default().max(time_stamps).max(workers);
    Concurrency { workers, writers }
}

/// Reports or removes the documents that the project no longer has. Returns the number removed.
fn handle_stale(
    builder: &Builder,
    store: &dyn Store,
    action: &StaleAction,
    interrupt: &AtomicBool,
    observe: &mut dyn FnMut(Event<'_>),
) -> Result<usize, Problems> {
    if let StaleAction::Remove(selection) = action {
        return remove_stale(find_stale(&builder.project, store, selection)?, store, interrupt, observe);
    }
    let stale = find_stale(&builder.project, store, &Selection::default())?;
    for document in stale.iter().filter(|document| document.exists) {
        let location = store.location(&document.key());
        observe(Event::StaleDocument { id: &document.id, location, is_removed: false });
    }
    if let Some(warning) = stale_warning(&stale, store, "remove them with `--prune`") {
        observe(Event::Problems(warning.into()));
    }
    Ok(0)
}

/// Writes the manifest entries of the documents that the engine delivers, then reports the documents. At the end of the run,
/// completes what it has written.
struct Receiver<'a> {
    store: &'a dyn Store,
    manifest: &'a ManifestWriter<'a>,
    observe: &'a mut dyn FnMut(Event<'_>),
    summary: Summary,
}

impl Receiver<'_> {
    fn receive(&mut self, ready: Vec<Delivery<Job, (Outcome, Problems)>>) -> ControlFlow<()> {
        let entries: Vec<(&DocumentId, &Outcome, &[Diagnostic])> = ready
            .iter()
            .filter_map(|delivery| {
                let (job, (outcome, diagnostics)) = delivery.as_ref().ok()?;
                Some((&job.id, outcome, diagnostics.as_slice()))
            })
            .collect();
        if let Err(problem) = self.manifest.write_entries(&entries) {
            self.report_problems(problem.into());
            return ControlFlow::Break(());
        }
        for delivery in ready {
            match delivery {
                Ok((job, (outcome, diagnostics))) => self.report_document(&job, &outcome, diagnostics),
                Err(problems) => self.report_problems(problems),
            }
        }
        (self.observe)(Event::Progress);
        match self.summary {
            Summary { has_run_error: false, is_retryable: false, .. } => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }

    fn report_document(&mut self, job: &Job, outcome: &Outcome, diagnostics: Problems) {
        match outcome {
            Outcome::Built(_) => self.summary.built += 1,
            Outcome::UpToDate => self.summary.up_to_date += 1,
            Outcome::Failed => self.summary.failed += 1,
        }
        self.summary.is_retryable |= diagnostics.iter().any(|problem| problem.code == code::TRY_AGAIN);
        // A store or a time-stamp server that refuses one document refuses all.
        self.summary.has_run_error |=
            diagnostics.iter().any(|problem| [code::STORE, code::TIME_STAMP].contains(&problem.code));
        let location = self.store.location(&job.key());
        (self.observe)(Event::Document { id: &job.id, location, outcome, diagnostics });
    }

    /// Counts the documents that were not started, and reports an error if the run has no reason for them.
    fn count_not_started(&mut self, options: &BuildOptions<'_>, interrupt: &AtomicBool) {
        let Summary { built, up_to_date, failed, .. } = self.summary;
        let not_started = options.total.saturating_sub(built + up_to_date + failed);
        self.summary.not_started = not_started;
        self.summary.is_interrupted = interrupt.load(Ordering::Relaxed);
        if not_started > 0 && !self.summary.has_stopped_early(options.fail_fast) {
            let total = options.total;
            let message =
                format!("the facts changed during the run: {not_started} of {total} documents were not built");
            self.report_problems(Diagnostic::error(code::INPUT_CHANGED, message).help("run again").into());
        }
    }

    /// Completes the store and the manifest.
    fn close(&mut self) {
        let Summary { failed, not_started, .. } = self.summary;
        let is_complete = failed == 0 && not_started == 0;
        let closed = self.store.finish(is_complete).and_then(|()| self.manifest.close(failed > 0));
        if let Err(problem) = closed {
            self.report_problems(problem.into());
        }
    }

    fn handle_stale(&mut self, builder: &Builder, action: &StaleAction, interrupt: &AtomicBool) {
        match handle_stale(builder, self.store, action, interrupt, self.observe) {
            Ok(removed) => self.summary.removed = removed,
            Err(problems) => self.report_problems(problems),
        }
        self.summary.is_interrupted = interrupt.load(Ordering::Relaxed);
    }

    fn report_problems(&mut self, problems: Problems) {
        self.summary.record_error(&problems);
        (self.observe)(Event::Problems(problems));
    }
}
