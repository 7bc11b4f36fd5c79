//! `gen-report print --stock`: prints the fields of certificates on pre-printed sheets.

use std::path::Path;

use serde_json::json;

use super::open_project;
use super::print::{self, parse_copies, parse_shop_language};
use super::signing::read_signer;
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::exit;
use crate::print::plan::{ImpositionRequest, Layout};
use crate::print::profile::Profile;
use crate::print::stock::{Stock, StockJob, StockOutput};
use crate::run::publish::publish;
use crate::run::{Builder, Concurrency, LoadedProject, Selection};
use crate::store::Folder;
use crate::typeset::Variant;
use crate::ui::{Console, interrupt_flag};

pub fn run(file: &Path, args: &PrintArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let mut project = LoadedProject::load(open_project(common)?)?;
    project.templates.signer = read_signer(&args.sign)?;
    let stock = Stock::read(file, &project.languages)?;
    let job = parse_job(&stock, file, args, &mut project)?;
    let plan = project.plan(&Selection { reports: Vec::new(), ..args.selection.selection(&args.cities.city) })?;
    let builder = Builder::new(project, plan, args.strict, Variant::Press { bleed: 0.0, finishes: Vec::new() })?;
    let built = job.build(&builder, Concurrency::new(args.jobs), interrupt_flag())?;
    let Some(built) = built else { return Ok(exit::INTERRUPTED) };
    for (file, path) in built.files.iter().zip(publish(&Folder::new(&args.out), "stock", &built.files)?) {
        console.report_file(&file.describe(&json!({ "path": path })), &path);
    }
    console.report_diagnostics(built.warnings);
    console.report_diagnostics(builder.fallback_uses());
    if built.shrunk > 0 {
        let fields = count(built.shrunk, "field");
        console.write_remark(&format!("reduced the font size in {fields} to make the text fit"));
    }
    Ok(exit::OK)
}

/// Reads the job from the command line, and compiles the texts of the stock.
fn parse_job<'a>(
    stock: &'a Stock,
    file: &'a Path,
    args: &'a PrintArgs,
    project: &mut LoadedProject,
) -> Result<StockJob<'a>, Problems> {
    let offset = parse_offset(stock, args)?;
    if let Some(pair) = args.selection.lang.iter().find(|languages| languages.contains('+')) {
        let message = format!("stock is printed in one language at a time, but `{pair}` is a pair of languages");
        return Err(Diagnostic::error(code::NOT_IN_PROJECT, message)
            .help("separate the languages with a comma, to write one file for each")
            .into());
    }
    let mut problems = Problems::new();
    let request = parse_request(args, &mut problems);
    let profile = Profile::choose(args.condition.as_deref(), args.icc.as_deref());
    let job = StockJob {
        stock,
        file,
        output: match (args.stock.calibration, args.stock.proof) {
            (true, _) => StockOutput::Calibration,
            (_, true) => StockOutput::Proof,
            _ => StockOutput::Print,
        },
        offset,
        request,
        profile: profile.map_err(|problem| problems.push(problem)).unwrap_or_default(),
        shop_language: parse_shop_language(args, project, &mut problems),
        copies: parse_copies(args, project, &mut problems),
        job_number: args.job_number.clone(),
        cities: &args.cities.city,
    };
    problems.extend(stock.compile(project).err().into_iter().flatten());
    problems.into_result(job)
}

/// Returns the offset of the printer, in millimetres to the right and down.
fn parse_offset(stock: &Stock, args: &PrintArgs) -> Result<(f64, f64), Diagnostic> {
    let printer = args.stock.printer.as_deref().map(|name| stock.printer(name)).transpose()?.unwrap_or_default();
    Ok(match args.stock.proof {
        // A proof shows where the fields belong, without the correction for a printer.
        true => (0.0, 0.0),
        false => (args.stock.offset_x.unwrap_or(printer.0), args.stock.offset_y.unwrap_or(printer.1)),
    })
}

/// Parses how to place pages on sheets; `None` if the command line does not ask for that.
fn parse_request(args: &PrintArgs, problems: &mut Problems) -> Option<ImpositionRequest> {
    // More than one page on a sheet is what `n-up` is about.
    let layout = match args.layout {
        Layout::OneUp if args.up.is_some() => Layout::NUp,
        layout => layout,
    };
    if args.sheet.is_none() && layout == Layout::OneUp {
        return None;
    }
    if layout == Layout::Booklet {
        let problem = Diagnostic::error(code::PLAN, "pre-printed stock cannot be folded as a booklet");
        problems.push(problem.help("use --layout n-up, step-repeat or cut-stack"));
    }
    // The bleed is printed already.
    let request = print::parse_request(args, 0.0).map_err(|problem| problems.push(problem)).ok()?;
    Some(ImpositionRequest { layout, ..request })
}
