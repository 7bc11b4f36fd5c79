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
    // More writers than cores do no harm: they mostly wait for the network or the disk.
    let workers = options.concurrency.workers;
    let is_stamped = builder.typesetter.seal.as_ref().is_some_and(Seal::has_time_stamps);
    let time_stamps = if is_stamped { MAX_CONCURRENT_TIME_STAMPS } else { 0 };
    let writers = store.max_concurrent_requests().unwrap_or_default().max(time_stamps).max(workers);
    let concurrency = Concurrency { workers, writers };
    // Returns `None` if the document is up to date.
    let build = |job: &Job| -> Option<Result<BuiltDocument, Problems>> {
        let verify = options.resume == Some(Resume::Verify);
        let known = options.resume.and_then(|_| manifest.known_source_hash(job, &builder.typesetter, verify));
        match options.pool {
            Some(pool) => pool.build(builder, job, known).transpose(),
            None => builder.build_if_changed(job, known.as_ref()).transpose(),
        }
    };
    let write = |job: &Job, built: Option<Result<BuiltDocument, Problems>>| {
        let result = match built {
            Some(built) => builder.store(job, built, store),
            None => (Outcome::UpToDate, Problems::new()),
        };
        let must_stop = options.fail_fast && result.0 == Outcome::Failed;
        (result, if must_stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let mut receiver = Receiver { store, manifest: &manifest, observe, summary: Summary::default() };
    let jobs = builder.project.jobs(&builder.plan);
    engine::run(jobs, concurrency, interrupt, build, write, |ready| receiver.receive(ready));
    let Receiver { mut summary, observe, .. } = receiver;
    summary.not_started = options.total.saturating_sub(summary.built + summary.up_to_date + summary.failed);
    summary.is_interrupted = interrupt.load(Ordering::Relaxed);
    if summary.not_started > 0 && !summary.has_stopped_early(options.fail_fast) {
        let message = format!(
            "the facts changed during the run: {} of {} documents were not built",
            summary.not_started, options.total
        );
        let problems = Diagnostic::error(code::INPUT_CHANGED, message).help("run again").into();
        summary.record_error(&problems);
        observe(Event::Problems(problems));
    }
    let is_complete = summary.failed == 0 && summary.not_started == 0;
    let closed = store.finish(is_complete).and_then(|()| manifest.close(summary.failed > 0));
    if let Err(problem) = closed {
        let problems = problem.into();
        summary.record_error(&problems);
        observe(Event::Problems(problems));
    }
    if !summary.has_stopped_early(options.fail_fast) && options.stale != StaleAction::Ignore {
        match handle_stale(builder, store, &options.stale, interrupt, observe) {
            Ok(removed) => summary.removed = removed,
            Err(problems) => {
                summary.record_error(&problems);
                observe(Event::Problems(problems));
            }
        }
        summary.is_interrupted = interrupt.load(Ordering::Relaxed);
    }
    Ok(summary)
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

/// Writes the manifest entries of the documents that the engine delivers, then reports the documents.
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

    fn report_problems(&mut self, problems: Problems) {
        self.summary.record_error(&problems);
        (self.observe)(Event::Problems(problems));
    }
}
