//! `gen-report print`: imposes the documents on sheets.

use std::time::Instant;

use serde_json::json;

use super::open_project;
use super::signing::read_signer;
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::exit;
use crate::print::copies::Copies;
use crate::print::plan::{ImpositionRequest, Layout};
use crate::print::profile::Profile;
use crate::print::sheet::SheetSize;
use crate::print::ticket::Order;
use crate::print::{self, OutputKind, PrintJob, PrintOutput};
use crate::run::publish::{PrintFile, publish};
use crate::run::{Builder, Concurrency, Job, LoadedProject, TimeLimit, select};
use crate::store::Folder;
use crate::typeset::Variant;
use crate::ui::{Console, DocumentBar, interrupt_flag};

/// The report that is printed if the command line names none.
const DEFAULT_REPORT: &str = "certificate";

pub fn run(args: &PrintArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let start = Instant::now();
    let mut project = LoadedProject::load(open_project(common)?)?;
    project.templates.signer = read_signer(&args.sign)?;
    let mut problems = Problems::new();
    let print_job = parse_print_job(args, &project, &mut problems);
    let mut selection = args.selection.selection(&args.cities.city);
    if selection.reports.is_empty() && project.reports().iter().any(|report| report.name == DEFAULT_REPORT) {
        selection.reports.push(DEFAULT_REPORT.to_owned());
    }
    let plan = project.plan(&selection).map_err(|found| problems.extend(found)).ok();
    let (Some(print_job), Some(plan)) = (print_job.filter(|_| problems.is_empty()), plan) else { return Err(problems) };
    let jobs: Vec<Job> = project.jobs(&plan).collect::<Result<_, _>>()?;
    let variant = Variant::Press { bleed: print_job.request.bleed, finishes: print_job.finishes.clone() };
    let builder = Builder::new(project, plan, args.strict, variant)?;
    let bar = DocumentBar::new(console, jobs.len());
    let (concurrency, time_limit, advance) = (Concurrency::new(args.jobs), print_job.time_limit.clone(), bar.clone());
    let impose = move || {
        let on_laid_out = || advance.advance();
        let printed = print::impose(&builder, &jobs, &print_job, concurrency, interrupt_flag(), on_laid_out);
        (builder, jobs, printed)
    };
    let imposed = match time_limit {
        Some(limit) => limit.run(impose),
        None => Ok(impose()),
    };
    bar.clear();
    let (builder, jobs, printed) = imposed?;
    let Some((files, warnings)) = printed? else { return Ok(exit::INTERRUPTED) };
    console.report_diagnostics(warnings);
    console.report_diagnostics(builder.fallback_uses());
    let mut sheet_count = 0;
    let print_file = |file: PrintOutput| {
        let (kind, sheets, sides) = match file.kind {
            OutputKind::Sheets { sheets, sides } => ("sheets", sheets, sides),
            OutputKind::Ticket => ("ticket", 0, 0),
        };
        sheet_count += sheets;
        let about = json!({ "type": kind, "sheets": sheets, "sides": sides });
        PrintFile { name: file.name, bytes: file.bytes, sha256: file.sha256, about }
    };
    let files: Vec<PrintFile> = files.into_iter().map(print_file).collect();
    for (file, path) in files.iter().zip(publish(&Folder::new(&args.out), "sheets", &files)?) {
        console.report_file(&file.describe(&json!({ "path": path })), &path);
    }
    let (documents, sheets) = (count(jobs.len(), "document"), count(sheet_count, "sheet"));
    console.write_remark(&format!("placed {documents} on {sheets} in {:.2} s", start.elapsed().as_secs_f64()));
    Ok(exit::OK)
}

/// Parses the print job from the command line. Returns `None` after adding to `problems` if part of it is unusable.
fn parse_print_job(args: &PrintArgs, project: &LoadedProject, problems: &mut Problems) -> Option<PrintJob> {
    let request = parse_request(args, args.bleed).map_err(|problem| problems.push(problem));
    let profile = Profile::choose(args.condition.as_deref(), args.icc.as_deref());
    let profile = profile.map_err(|problem| problems.push(problem));
    let copies = parse_copies(args, project, problems);
    if args.creep > 0.0 && args.layout != Layout::Booklet {
        problems.push(
            Diagnostic::error(code::PLAN, "`--creep` requires `--layout booklet`")
                .help("add `--layout booklet`, or remove `--creep`"),
        );
    }
    let shop_language = parse_shop_language(args, project, problems);
    let profile = profile.ok()?;
    let limits = project.design.print.clone();
    Some(PrintJob {
        request: request.ok()?,
        split: args.group,
        copies,
        finishes: args.finish.clone(),
        has_die_lines: args.cut_contour,
        max_ink: args.max_ink.or(limits.max_ink.map(|percent| percent.round() as u32)).unwrap_or(profile.max_ink()),
        limits,
        profile,
        cover: args.cover,
        order: Order { job_number: args.job_number.clone(), paper: args.paper.clone(), weight: args.weight },
        shop_language,
        only_sheets: args.only_sheets.clone(),
        time_limit: args.timeout.map(TimeLimit::new),
    })
}

/// Parses how to place pages on sheets.
pub fn parse_request(args: &PrintArgs, bleed: f64) -> Result<ImpositionRequest, Diagnostic> {
    Ok(ImpositionRequest {
        sheet: args.sheet.as_ref().map(|name| SheetSize::parse(name)).transpose()?,
        layout: args.layout,
        up: args.up.and_then(|up| up.0),
        duplex: args.duplex,
        gutter: args.gutter,
        bleed,
        creep: args.creep,
        has_marks: !args.no_marks,
        margin: args.margin,
        gripper: args.gripper,
        binds_on_right: false,
    })
}

/// Returns the language of the print shop, if the command line names one.
pub fn parse_shop_language(args: &PrintArgs, project: &LoadedProject, problems: &mut Problems) -> Option<String> {
    let wanted: Vec<String> = args.shop_lang.iter().cloned().collect();
    select(&wanted, &[], "language", &project.languages, problems).into_iter().next()
}

/// Reads how many copies are printed of each document.
pub fn parse_copies(args: &PrintArgs, project: &LoadedProject, problems: &mut Problems) -> Copies {
    let cities: Vec<&str> = project.results.selected().iter().map(|city| city.id.as_str()).collect();
    Copies::new(&args.copies, &cities, problems)
}
