//! `gen-report print`: lays the documents on sheets for the press.

use std::collections::BTreeMap;
use std::time::Instant;

use indicatif::ProgressBar;
use serde_json::json;

use super::build::{WORTH_A_BAR, bar};
use super::{Voice, project, stock, stop, workers};
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Diagnostic, code};
use crate::edition::{Choice, Edition, Job, Works};
use crate::exit;
use crate::print::folio::Crew;
use crate::print::plan::{ImpositionRequest as Request, Layout};
use crate::print::profile::Profile;
use crate::print::sheet::SheetSize as Sheet;
use crate::print::{self, PrintJob as Order};
use crate::store::{Folder, Store};
use crate::typeset::Variant;

/// The report that is printed on sheets when none is named.
const CERTIFICATE: &str = "certificate";

pub fn run(args: &PrintArgs, common: &CommonArgs) -> u8 {
    let mut voice = Voice::new(common);
    let made = match &args.stock.stock {
        Some(file) => stock::print(file, args, common, &mut voice),
        None => sheets(args, common, &mut voice),
    };
    match made {
        Ok(code) => code,
        Err(problems) => {
            voice.tell_all(problems);
            exit::FAILED
        }
    }
}

fn sheets(args: &PrintArgs, common: &CommonArgs, voice: &mut Voice) -> Result<u8, Vec<Diagnostic>> {
    let start = Instant::now();
    let edition = Edition::load(project(common)?)?;
    let mut problems = Vec::new();
    let order = order(args, &edition, &mut problems);
    let mut choice = Choice { languages: args.lang.clone(), reports: args.report.clone(), cities: args.city.clone() };
    if choice.reports.is_empty() && edition.reports().iter().any(|report| report.name == CERTIFICATE) {
        choice.reports.push(CERTIFICATE.to_owned());
    }
    let plan = edition.plan(&choice).map_err(|found| problems.extend(found)).ok();
    let (Some(order), Some(plan)) = (order.filter(|_| problems.is_empty()), plan) else { return Err(problems) };
    let jobs: Vec<Job> = edition.documents(&plan).collect::<Result<_, _>>()?;
    let variant = Variant::Press { bleed: order.request.bleed, finishes: order.finishes.clone() };
    let works = Works::prepare(edition, plan, args.strict, variant)?;
    let (stop, workers) = (stop(), workers(args.jobs));
    let progress = if voice.watched() && jobs.len() >= WORTH_A_BAR {
        bar(jobs.len(), "{bar:24} {pos}/{len} documents")
    } else {
        ProgressBar::hidden()
    };
    let crew = Crew { workers, stop };
    let made = print::run(&works, &jobs, &order, &crew, || progress.inc(1));
    progress.finish_and_clear();
    let Some((files, warnings)) = made? else { return Ok(exit::INTERRUPTED) };
    voice.tell_all(warnings);
    voice.tell_all(works.borrowed());
    let folder = Folder::new(&args.out);
    for file in &files {
        folder.put(&file.key, &file.bytes).map_err(|problem| vec![problem])?;
        let path = folder.shown(&file.key);
        let object = json!({
            "type": if file.sides > 0 { "sheets" } else { "ticket" },
            "path": path, "sheets": file.sheets, "sides": file.sides, "bytes": file.bytes.len(),
        });
        if !voice.quiet || voice.is_json() {
            voice.data(&object, &path);
        }
    }
    let sheets: usize = files.iter().map(|file| file.sheets).sum();
    let some = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let (documents, sheets) = (some(jobs.len(), "document"), some(sheets, "sheet"));
    voice.say(&format!("laid {documents} on {sheets} in {:.2} s", start.elapsed().as_secs_f64()));
    Ok(exit::OK)
}

/// What the command line asks for.
fn order(args: &PrintArgs, edition: &Edition, problems: &mut Vec<Diagnostic>) -> Option<Order> {
    let mut keep = |problem: Diagnostic| problems.push(problem);
    let sheet = args.sheet.as_ref().map(|name| Sheet::parse(name)).transpose().map_err(&mut keep);
    let profile =
        args.icc.as_ref().map_or_else(|| Ok(Profile::default()), |path| Profile::read(path)).map_err(&mut keep);
    let (copies, city_copies) = copies(args, edition, &mut keep);
    if args.creep > 0.0 && args.layout != Layout::Booklet {
        keep(
            Diagnostic::error(code::PLAN, "--creep moves the pages of a booklet, and this is none")
                .help("add --layout booklet, or take --creep away"),
        );
    }
    let request = Request {
        sheet: sheet.ok()?,
        layout: args.layout,
        up: args.up.and_then(|up| up.0),
        duplex: args.duplex,
        gutter: args.gutter,
        bleed: args.bleed,
        creep: args.creep,
        marks: !args.no_marks,
        from_right: false,
    };
    Some(Order {
        request,
        group: args.group,
        copies,
        city_copies,
        finishes: args.finish.clone(),
        profile: profile.ok()?,
        max_ink: args.max_ink,
        cover: args.cover,
    })
}

/// Copies of each document, and of those of some cities.
pub fn copies(
    args: &PrintArgs,
    edition: &Edition,
    keep: &mut impl FnMut(Diagnostic),
) -> (usize, BTreeMap<String, usize>) {
    let (mut copies, mut city_copies) = (1, BTreeMap::new());
    let known: Vec<&str> = edition.results.selected().iter().map(|city| city.id.as_str()).collect();
    for wish in &args.copies {
        match &wish.city {
            None => copies = wish.number,
            Some(city) if known.contains(&city.as_str()) => {
                if city_copies.insert(city.clone(), wish.number).is_some() {
                    keep(
                        Diagnostic::error(code::DUPLICATE, format!("--copies names `{city}` twice"))
                            .help("say once how many copies of it are wanted"),
                    );
                }
            }
            Some(city) => keep(
                Diagnostic::error(
                    code::NOT_IN_PROJECT,
                    format!("--copies names `{city}`, no selected city of the project"),
                )
                .suggest(city, known.iter().copied()),
            ),
        }
    }
    (copies, city_copies)
}
