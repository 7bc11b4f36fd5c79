//! `gen-report build`: makes the documents.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value as Json, json};

use super::progress::Progress;
use super::{Voice, project, stop};
use crate::cli::{BuildArgs, CommonArgs};
use crate::diagnostic::{Diagnostic, code};
use crate::edition::{self, Choice, Done, Edition, Job, Outcome, Pace, Plan, Status, Works};
use crate::exit;
use crate::manifest::{self, Ledger};
use crate::store::{Archive, Manner, Store};
use crate::typeset::Variant;
use crate::workers::{self, Crew, Limits};

/// Fewer documents than these are done before a bar could be read.
pub(super) const WORTH_A_BAR: usize = 12;

pub fn run(args: &BuildArgs, common: &CommonArgs) -> u8 {
    let mut voice = Voice::new(common);
    match build(args, common, &mut voice) {
        Ok(code) => code,
        Err(problems) => {
            let again = problems.iter().any(|problem| problem.code == code::TRY_AGAIN);
            voice.tell_all(problems);
            if again { exit::TRY_AGAIN } else { exit::FAILED }
        }
    }
}

fn build(args: &BuildArgs, common: &CommonArgs, voice: &mut Voice) -> Result<u8, Vec<Diagnostic>> {
    let start = Instant::now();
    let mut project = project(common)?;
    project.trusted = args.worker;
    let edition = Edition::load_for(project, &args.report)?;
    let plan = planned(args, &edition)?;
    if args.worker {
        let works = Works::prepare(edition, plan, args.strict, Variant::default())?;
        #[cfg(unix)]
        if let Some(mebibytes) = args.memory {
            workers::confine(mebibytes);
        }
        workers::serve(&works);
        return Ok(exit::OK);
    }
    let store = store(args, &edition, &plan).map_err(|problem| vec![problem])?;
    if args.dry_run {
        for job in edition.documents(&plan) {
            let job = job?;
            voice.data(&described(&job, "would-make", &*store), &store.shown(&job.key));
        }
        return Ok(exit::OK);
    }
    let works = Works::prepare(edition, plan, args.strict, Variant::default())?;
    if voice.verbose {
        voice.say(&format!("read the project in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0));
    }
    let ledger = Ledger::open(&*store, works.plan.shard, args.resume).map_err(|problem| vec![problem])?;
    let (stop, workers) = (stop(), super::workers(args.jobs));
    // Threads that wait for a bucket, or for a disk to sync, leave the cores to those that make pages.
    let pace = Pace { workers, keepers: store.lanes().max(workers), fail_fast: args.fail_fast, stop };
    let crew = args
        .timeout
        .map(|time| Crew::new(&works.edition.project, Limits { time }, std::env::args_os().skip(1).collect()));
    // `None`: an earlier run made it.
    let make = |job: &Job| {
        let kept = args.resume && ledger.has(job, &works.input(job));
        (!kept).then(|| crew.as_ref().map_or_else(|| works.made(job), |crew| crew.made(job)))
    };
    let keep = |job: &Job, made: Option<_>| match made {
        Some(made) => works.keep(job, made, &*store),
        None => Outcome { status: Status::Kept, diagnostics: Vec::new() },
    };
    let mut teller = Teller::new(voice, &*store, Progress::new(works.edition.count(&works.plan)), start);
    edition::run(works.edition.documents(&works.plan), &pace, make, keep, |ready| teller.report(ready, &ledger));
    let told = teller.end();
    voice.tell_all(crew.as_ref().map_or_else(|| works.borrowed(), Crew::borrowed));
    let interrupted = stop.load(Ordering::Relaxed);
    let whole = told.failed == 0 && told.left == 0;
    let closed = store.finish(whole).and_then(|()| ledger.close(told.failed == 0)).err();
    let unclosed = closed.as_ref().map(|problem| problem.code == code::TRY_AGAIN);
    voice.tell_all(closed.into_iter().collect());
    if voice.is_json() {
        voice.data(
            &json!({ "type": "summary", "made": told.made, "kept": told.kept, "failed": told.failed, "left": told.left }),
            "",
        );
    }
    voice.say(&told.summary(start.elapsed().as_secs_f64()));
    Ok(match told {
        _ if interrupted => exit::INTERRUPTED,
        Told { again, .. } if again || unclosed == Some(true) => exit::TRY_AGAIN,
        Told { failed, broken, .. } if failed > 0 || broken || unclosed.is_some() => exit::FAILED,
        _ => exit::OK,
    })
}

/// Where the documents go.
fn store(args: &BuildArgs, edition: &Edition, plan: &Plan) -> Result<Arc<dyn Store>, Diagnostic> {
    let manner = Manner { overwrite: args.overwrite, spread: args.spread, patience: args.patience };
    let store = args.out.open(manner)?;
    let Some(kind) = args.archive else { return Ok(store) };
    let reports: Vec<String> = edition.reports().into_iter().map(|report| report.name).collect();
    Ok(Arc::new(Archive::new(store, kind, &reports, plan.shard)?))
}

/// What the command line asks for.
fn planned(args: &BuildArgs, edition: &Edition) -> Result<Plan, Vec<Diagnostic>> {
    let mut choice = Choice { languages: args.lang.clone(), reports: args.report.clone(), cities: args.city.clone() };
    let only = args.only.as_deref().map(manifest::only).transpose().map_err(|problem| vec![problem])?;
    let only = only.map(|(keys, languages)| {
        if choice.languages.is_empty() {
            choice.languages = languages;
        }
        keys
    });
    let shard =
        args.shard.map(|asked| asked.part(args.shards, &variable)).transpose().map_err(|problem| vec![problem])?;
    let mut plan = edition.plan(&choice)?;
    (plan.only, plan.shard) = (only, shard);
    if plan.only.is_some() && edition.documents(&plan).next().is_none() {
        return Err(vec![
            Diagnostic::error(code::NOTHING_TO_MAKE, "the project makes none of the documents that --only names")
                .help("their cities or reports are gone, or in another shard: leave --only out"),
        ]);
    }
    Ok(plan)
}

#[expect(clippy::disallowed_methods, reason = "which part of a run this is stands nowhere else, and in no document")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Tells what became of each document, once the manifest holds it.
struct Teller<'v, 's> {
    voice: &'v mut Voice,
    store: &'s dyn Store,
    progress: Progress,
    start: Instant,
    bar: Option<ProgressBar>,
    told: Told,
}

#[derive(Default)]
struct Told {
    made: usize,
    kept: usize,
    failed: usize,
    left: usize,
    /// The facts or the manifest could not be read or written.
    broken: bool,
    /// A store asks to be tried again.
    again: bool,
}

impl<'v, 's> Teller<'v, 's> {
    fn new(voice: &'v mut Voice, store: &'s dyn Store, progress: Progress, start: Instant) -> Self {
        let watched = voice.watched() && progress.total() >= WORTH_A_BAR;
        let bar = watched.then(|| bar(progress.total(), "{bar:24} {msg}"));
        Self { voice, store, progress, start, bar, told: Told::default() }
    }

    fn report(&mut self, ready: Vec<Done<Job>>, ledger: &Ledger<'_>) -> ControlFlow<()> {
        let lines: Vec<(&Job, &Outcome)> =
            ready.iter().filter_map(|(job, outcome)| Some((job.as_ref().ok()?, outcome))).collect();
        if let Err(problem) = ledger.write(&lines) {
            // Nothing is told to be made that no manifest holds.
            self.problems(vec![problem]);
            return ControlFlow::Break(());
        }
        for (job, outcome) in ready {
            match job {
                Ok(job) => self.document(&job, outcome),
                Err(problems) => self.problems(problems),
            }
        }
        self.tick();
        if self.told.broken || self.told.again { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn document(&mut self, job: &Job, outcome: Outcome) {
        self.progress.count(&job.language, &outcome.status);
        self.told.again |= outcome.diagnostics.iter().any(|problem| problem.code == code::TRY_AGAIN);
        // A bucket that is closed to one document is closed to all.
        self.told.broken |= outcome.diagnostics.iter().any(|problem| problem.code == code::STORE);
        let path = self.store.shown(&job.key);
        let kind = match outcome.status {
            Status::Made(_) => "document",
            Status::Kept => "kept",
            Status::Failed => "failed",
        };
        let mut event = described(job, kind, self.store);
        match &outcome.status {
            Status::Made(made) => {
                self.told.made += 1;
                event["pages"] = made.pages.into();
                event["bytes"] = made.bytes.into();
            }
            Status::Kept => self.told.kept += 1,
            Status::Failed => self.told.failed += 1,
        }
        let voice = &mut *self.voice;
        let shown = match outcome.status {
            Status::Made(_) => voice.is_json() || !voice.quiet,
            _ => voice.is_json(),
        };
        let tell = || {
            voice.tell_all(outcome.diagnostics);
            if shown {
                voice.data(&event, &path);
            }
        };
        match &self.bar {
            Some(bar) => bar.suspend(tell),
            None => tell(),
        }
    }

    fn problems(&mut self, problems: Vec<Diagnostic>) {
        self.told.broken = true;
        self.told.again |= problems.iter().any(|problem| problem.code == code::TRY_AGAIN);
        self.voice.tell_all(problems);
    }

    fn tick(&mut self) {
        let now: Duration = self.start.elapsed();
        if let Some(bar) = &self.bar {
            bar.set_position(self.progress.past() as u64);
            bar.set_message(self.progress.line(now));
        } else if self.progress.due(now) {
            if self.voice.is_json() {
                let event = self.progress.event(now);
                self.voice.data(&event, "");
            } else {
                let line = self.progress.line(now);
                self.voice.say(&line);
            }
        }
    }

    fn end(self) -> Told {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        let left = self.progress.total().saturating_sub(self.progress.past());
        Told { left, ..self.told }
    }
}

fn described(job: &Job, kind: &str, store: &dyn Store) -> Json {
    json!({ "type": kind, "lang": job.language, "report": job.report, "city": job.city_id, "path": store.shown(&job.key) })
}

impl Told {
    fn summary(&self, seconds: f64) -> String {
        let documents = |n: usize| if n == 1 { "1 document".to_owned() } else { format!("{n} documents") };
        let mut text = format!("made {} in {seconds:.2} s", documents(self.made));
        for (count, what) in [(self.kept, "made before"), (self.failed, "failed"), (self.left, "left")] {
            if count > 0 {
                text.push_str(&format!("; {} {what}", documents(count)));
            }
        }
        text
    }
}

pub(super) fn bar(length: usize, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template);
    ProgressBar::new(length as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
