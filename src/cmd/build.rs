//! `gen-report build`: makes the documents.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{Voice, project};
use crate::cli::{BuildArgs, CommonArgs};
use crate::diagnostic::Diagnostic;
use crate::edition::{Choice, Edition, Job, Pace, Works};
use crate::exit;
use crate::typeset::Variant;
use crate::workers::{self, Crew, Limits};

/// Fewer documents than these are done before a bar could be read.
pub(super) const WORTH_A_BAR: usize = 12;

static STOP: AtomicBool = AtomicBool::new(false);

pub fn run(args: &BuildArgs, common: &CommonArgs) -> u8 {
    let mut voice = Voice::new(common);
    match build(args, common, &mut voice) {
        Ok(code) => code,
        Err(problems) => {
            voice.tell_all(problems);
            exit::FAILED
        }
    }
}

fn build(args: &BuildArgs, common: &CommonArgs, voice: &mut Voice) -> Result<u8, Vec<Diagnostic>> {
    let start = Instant::now();
    let edition = Edition::load(project(common)?)?;
    let choice = Choice { languages: args.lang.clone(), reports: args.report.clone(), cities: args.city.clone() };
    let jobs = edition.jobs(&choice, &args.out)?;
    if args.dry_run {
        for job in &jobs {
            let mut object = described(job);
            object["type"] = "would-make".into();
            voice.data(&object, &job.path.display().to_string());
        }
        return Ok(exit::OK);
    }
    let project = edition.project.clone();
    let works = Works::prepare(edition, &jobs, args.strict, Variant::default())?;
    if args.worker {
        #[cfg(unix)]
        if let Some(mebibytes) = args.memory {
            workers::confine(mebibytes);
        }
        workers::serve(&works, &jobs);
        return Ok(exit::OK);
    }
    if voice.verbose {
        voice.say(&format!("read the project in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0));
    }
    // A second handler would only fail to be set; the default, which ends at once, is then as good.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    let pace = Pace {
        workers: args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from),
        fail_fast: args.fail_fast,
        stop: &STOP,
    };
    let bar = if voice.watched() && jobs.len() >= WORTH_A_BAR { bar(jobs.len()) } else { ProgressBar::hidden() };
    let (mut made, mut failed) = (0, 0);
    let crew = args.timeout.map(|time| Crew::new(&project, Limits { time }, std::env::args_os().skip(1).collect()));
    let one = |index: usize, job: &Job| match &crew {
        Some(crew) => crew.press(index, job),
        None => works.press(job),
    };
    Works::run(&jobs, &pace, one, |job, outcome| {
        bar.suspend(|| {
            voice.tell_all(outcome.diagnostics);
            match outcome.made {
                Some(document) => {
                    made += 1;
                    let mut object = described(job);
                    object["type"] = "document".into();
                    object["pages"] = document.pages.into();
                    object["bytes"] = document.bytes.into();
                    if !voice.quiet || voice.is_json() {
                        voice.data(&object, &job.path.display().to_string());
                    }
                }
                None => failed += 1,
            }
        });
        bar.inc(1);
    });
    bar.finish_and_clear();
    voice.tell_all(works.borrowed());
    let interrupted = STOP.load(Ordering::Relaxed);
    let left = jobs.len() - made - failed;
    if voice.is_json() {
        voice.data(&json!({ "type": "summary", "made": made, "failed": failed, "left": left }), "");
    }
    voice.say(&summary(made, failed, left, start.elapsed().as_secs_f64()));
    Ok(if interrupted {
        exit::INTERRUPTED
    } else if failed > 0 {
        exit::FAILED
    } else {
        exit::OK
    })
}

fn described(job: &Job) -> serde_json::Value {
    json!({ "lang": job.language, "report": job.report, "city": job.city_id, "path": job.path.display().to_string() })
}

fn summary(made: usize, failed: usize, left: usize, seconds: f64) -> String {
    let documents = |n: usize| if n == 1 { "1 document".to_owned() } else { format!("{n} documents") };
    let mut text = format!("made {} in {seconds:.2} s", documents(made));
    if failed > 0 {
        text.push_str(&format!("; {} failed", documents(failed)));
    }
    if left > 0 {
        text.push_str(&format!("; {} left", documents(left)));
    }
    text
}

pub(super) fn bar(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} documents, {eta} left");
    ProgressBar::new(length as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
