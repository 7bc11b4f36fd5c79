//! Converts the options of `print` that describe sheets to types of the library.

use std::path::Path;

use crate::cli::PrintArgs;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::print::PrintJob;
use crate::print::copies::Copies;
use crate::print::imposition::{ImpositionRequest, Layout};
use crate::print::profile::Profile;
use crate::print::sheet::SheetSize;
use crate::print::stock::{Stock, StockJob, StockOutput};
use crate::print::ticket::Order;
use crate::run::{LoadedProject, TimeLimit, select};

/// Converts the options into a job that prints documents.
pub fn parse_print_job(args: &PrintArgs, project: &LoadedProject) -> Result<PrintJob, Problems> {
    let mut problems = Problems::new();
    let request = parse_request(args, args.bleed).map_err(|problem| problems.push(problem)).ok();
    let profile = parse_profile(args, &mut problems);
    let copies = parse_copies(args, project, &mut problems);
    if args.creep > 0.0 && args.layout() != Layout::Booklet {
        problems.push(
            Diagnostic::error(code::IMPOSITION, "`--creep` requires `--layout booklet`")
                .help("add `--layout booklet`, or remove `--creep`"),
        );
    }
    let shop_language = parse_shop_language(args, project, &mut problems);
    let limits = project.design.print.clone();
    let print_job = request.map(|request| PrintJob {
        request,
        split: args.split,
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
    });
    match print_job.filter(|_| problems.is_empty()) {
        Some(print_job) => Ok(print_job),
        None => Err(problems),
    }
}

/// Converts the options into a job that prints on pre-printed stock, which `file` describes.
pub fn parse_stock_job<'a>(
    stock: &'a Stock,
    file: &'a Path,
    args: &'a PrintArgs,
    project: &LoadedProject,
) -> Result<StockJob<'a>, Problems> {
    let mut problems = Problems::new();
    let output = match (args.stock.calibration, args.stock.proof) {
        (true, _) => StockOutput::Calibration,
        (_, true) => StockOutput::Proof,
        _ => StockOutput::Print,
    };
    let (printer, requested) = (args.stock.printer.as_deref(), (args.stock.offset_x, args.stock.offset_y));
    let offset = stock.offset(output, printer, requested).map_err(|problem| problems.push(problem));
    let job = StockJob {
        stock,
        file,
        output,
        offset: offset.unwrap_or_default(),
        request: parse_stock_request(args).map_err(|problem| problems.push(problem)).ok().flatten(),
        profile: parse_profile(args, &mut problems),
        shop_language: parse_shop_language(args, project, &mut problems),
        copies: parse_copies(args, project, &mut problems),
        job_number: args.job_number.clone(),
    };
    problems.into_result(job)
}

/// Parses how to place pages on sheets.
fn parse_request(args: &PrintArgs, bleed: f64) -> Result<ImpositionRequest, Diagnostic> {
    Ok(ImpositionRequest {
        sheet: args.sheet.as_ref().map(|name| SheetSize::parse(name)).transpose()?,
        layout: args.layout(),
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

/// Parses how to place pages of stock on sheets; `None` if the command line does not ask for that.
fn parse_stock_request(args: &PrintArgs) -> Result<Option<ImpositionRequest>, Diagnostic> {
    let layout = args.layout();
    if args.sheet.is_none() && args.up.is_none() && layout == Layout::OneUp {
        return Ok(None);
    }
    if layout == Layout::Booklet {
        return Err(Diagnostic::error(code::IMPOSITION, "pre-printed stock cannot be folded as a booklet")
            .help("use --layout n-up, step-repeat or cut-stack"));
    }
    // The bleed is part of the pre-printed stock.
    parse_request(args, 0.0).map(Some)
}

/// Reads the ICC profile of the printing condition. On failure, adds the problem to `problems` and returns the default
/// profile.
fn parse_profile(args: &PrintArgs, problems: &mut Problems) -> Profile {
    let profile = Profile::choose(args.condition.as_deref(), args.icc.as_deref());
    profile.map_err(|problem| problems.push(problem)).unwrap_or_default()
}

/// Returns the language of the print shop, if the command line names one.
fn parse_shop_language(args: &PrintArgs, project: &LoadedProject, problems: &mut Problems) -> Option<String> {
    let requested: Vec<String> = args.shop_lang.iter().cloned().collect();
    select(&requested, &[], "language", &project.languages, problems).into_iter().next()
}

/// Reads how many copies are printed of each document.
fn parse_copies(args: &PrintArgs, project: &LoadedProject, problems: &mut Problems) -> Copies {
    let names_cities = args.copies.iter().any(|copies| copies.city.is_some());
    let cities: Vec<String> = if names_cities { project.selected_ids().collect() } else { Vec::new() };
    let cities: Vec<&str> = cities.iter().map(String::as_str).collect();
    Copies::new(&args.copies, &cities, problems)
}
