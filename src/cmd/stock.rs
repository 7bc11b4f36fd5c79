//! `gen-report print --stock`: the fields of certificates on sheets that were printed beforehand.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;

use super::print::copies;
use super::{Voice, project};
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Diagnostic, code};
use crate::edition::{Choice, Edition, Job, Made, Outcome, Pace, Works};
use crate::print::stock::{Kind, Sheets, Stock};
use crate::results::City;
use crate::typeset::Variant;
use crate::{exit, store};

/// Makes the pages of each language.
pub fn print(file: &Path, args: &PrintArgs, common: &CommonArgs, voice: &mut Voice) -> Result<u8, Vec<Diagnostic>> {
    let mut edition = Edition::load(project(common)?)?;
    let stock = Stock::read(file, &edition.languages)?;
    let one = |problem| vec![problem];
    let printer = args.stock.printer.as_deref().map(|name| stock.printer(name)).transpose().map_err(one)?;
    let printer = printer.unwrap_or_default();
    // A proof shows where the fields shall come, not how a printer must be led there.
    let offset = match args.stock.proof {
        true => (0.0, 0.0),
        false => (args.stock.offset_x.unwrap_or(printer.0), args.stock.offset_y.unwrap_or(printer.1)),
    };
    if let Some(pair) = args.lang.iter().find(|l| l.contains('+')) {
        return Err(vec![
            Diagnostic::error(code::NOT_IN_PROJECT, format!("a stock is printed in one language, not in `{pair}`"))
                .help("name the languages with commas between them"),
        ]);
    }
    let mut problems = Vec::new();
    let copies = copies(args, &edition, &mut |problem| problems.push(problem));
    problems.extend(stock.compile(&mut edition).err().into_iter().flatten());
    if !problems.is_empty() {
        return Err(problems);
    }
    let kind = match (args.stock.calibration, args.stock.proof) {
        (true, _) => Kind::Calibration,
        (_, true) => Kind::Proof,
        _ => Kind::Print,
    };
    let jobs = jobs(&edition, &stock, kind, args)?;
    let works = Works::prepare(edition, &jobs, args.strict, Variant::Press { bleed: 0.0, finishes: Vec::new() })?;
    let selected = works.edition.results.selected();
    let chosen = |city: &&City| args.city.is_empty() || args.city.contains(&city.id);
    let cities: Vec<&City> = selected.into_iter().filter(chosen).collect();
    let sheets = Sheets { stock: &stock, works: &works, kind, offset, copies };
    sheets.lend_scan(file).map_err(one)?;

    let workers = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from);
    let pace = Pace { workers, fail_fast: false, stop: &AtomicBool::new(false) };
    let shrunk = AtomicUsize::new(0);
    let one = |_: usize, job: &Job| {
        let made = sheets.make(&job.language, &cities).and_then(|made| {
            store::write(&job.path, &made.pdf).map_err(|problem| vec![problem])?;
            Ok(made)
        });
        match made {
            Ok(made) => {
                shrunk.fetch_add(made.shrunk, Ordering::Relaxed);
                Outcome { made: Some(Made { pages: made.pages, bytes: made.pdf.len() }), diagnostics: made.warnings }
            }
            Err(diagnostics) => Outcome { made: None, diagnostics },
        }
    };
    let mut failed = false;
    let mut told = Vec::new();
    Works::run(&jobs, &pace, one, |job, mut outcome| {
        // What is wrong with the stock is wrong in every language.
        outcome.diagnostics.retain(|problem| {
            let key = problem.sort_key();
            let new = !told.contains(&key);
            told.push(key);
            new
        });
        voice.tell_all(outcome.diagnostics);
        let Some(made) = outcome.made else {
            failed = true;
            return;
        };
        let path = job.path.display().to_string();
        let object = json!({ "type": "sheets", "lang": job.language, "stock": stock.name, "path": path,
                             "pages": made.pages, "bytes": made.bytes });
        if !voice.quiet || voice.is_json() {
            voice.data(&object, &path);
        }
    });
    voice.tell_all(works.borrowed());
    match shrunk.into_inner() {
        0 => {}
        1 => voice.say("one text was set smaller to fit its field"),
        n => voice.say(&format!("{n} texts were set smaller to fit their fields")),
    }
    Ok(if failed { exit::FAILED } else { exit::OK })
}

/// One job for each language.
fn jobs(edition: &Edition, stock: &Stock, kind: Kind, args: &PrintArgs) -> Result<Vec<Job>, Vec<Diagnostic>> {
    let choice = Choice { languages: args.lang.clone(), cities: args.city.clone(), ..Choice::default() };
    let mut jobs = edition.jobs(&choice, Path::new(""))?;
    jobs.dedup_by_key(|job| job.language.clone());
    let suffix = match kind {
        Kind::Print => "",
        Kind::Proof => "-proof",
        Kind::Calibration => "-calibration",
    };
    for job in &mut jobs {
        let mut path = PathBuf::from(&args.out);
        path.push(&job.language);
        path.push(format!("stock-{}{suffix}.pdf", stock.name));
        job.path = path;
    }
    Ok(jobs)
}
