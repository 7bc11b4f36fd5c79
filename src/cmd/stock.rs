//! `gen-report print --stock`: prints the fields of certificates on pre-printed sheets.

use std::path::Path;

use serde_json::json;
use sha2::{Digest, Sha256};

use super::keys::read_signer;
use super::print::{self, parse_copies, parse_shop_language};
use super::{interrupt_flag, open_project};
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::exit;
use crate::hash::hex;
use crate::print::labels::LabelLocales;
use crate::print::plan::{ImpositionRequest, Layout};
use crate::print::profile::Profile;
use crate::print::stock::{Stock, StockBuilder, StockOutput, StockSheets};
use crate::results::City;
use crate::run::publish::{PrintFile, publish};
use crate::run::{Builder, Concurrency, LoadedProject, Selection, engine};
use crate::store::Folder;
use crate::typeset::Variant;
use crate::ui::Console;

pub fn run(file: &Path, args: &PrintArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let mut project = LoadedProject::load(open_project(common)?)?;
    project.templates.signer = read_signer(&args.sign)?;
    let stock = Stock::read(file, &project.languages)?;
    let printer_offset = args.stock.printer.as_deref().map(|name| stock.printer(name)).transpose()?;
    let printer_offset = printer_offset.unwrap_or_default();
    // A proof shows where the fields belong, without the correction for a printer.
    let offset = match args.stock.proof {
        true => (0.0, 0.0),
        false => (args.stock.offset_x.unwrap_or(printer_offset.0), args.stock.offset_y.unwrap_or(printer_offset.1)),
    };
    if let Some(pair) = args.selection.lang.iter().find(|l| l.contains('+')) {
        return Err(Diagnostic::error(
            code::NOT_IN_PROJECT,
            format!("stock is printed in one language at a time, but `{pair}` is a pair of languages"),
        )
        .help("separate the languages with a comma, to write one file for each")
        .into());
    }
    let mut problems = Problems::new();
    let request = parse_request(args, &mut problems);
    let profile = Profile::choose(args.condition.as_deref(), args.icc.as_deref());
    let profile = profile.map_err(|problem| problems.push(problem)).unwrap_or_default();
    let shop_language = parse_shop_language(args, &project, &mut problems);
    let copies = parse_copies(args, &project, &mut problems);
    problems.extend(stock.compile(&mut project).err().into_iter().flatten());
    if !problems.is_empty() {
        return Err(problems);
    }
    let output = match (args.stock.calibration, args.stock.proof) {
        (true, _) => StockOutput::Calibration,
        (_, true) => StockOutput::Proof,
        _ => StockOutput::Print,
    };
    let selection = Selection { reports: Vec::new(), ..args.selection.selection(&args.cities.city) };
    let plan = project.plan(&selection)?;
    let languages = plan.languages.clone();
    let builder = Builder::new(project, plan, args.strict, Variant::Press { bleed: 0.0, finishes: Vec::new() })?;
    let selected = builder.project.results.selected();
    let wanted = &args.cities.city;
    let is_wanted = |city: &&City| wanted.is_empty() || wanted.contains(&city.id);
    let cities: Vec<&City> = selected.into_iter().filter(is_wanted).collect();
    let labels = LabelLocales::read(&builder, shop_language.as_deref())?;
    let sheets = StockSheets { request, profile, job_number: args.job_number.clone(), labels };
    let stock_builder = StockBuilder { stock: &stock, builder: &builder, output, offset, copies, sheets };
    stock_builder.add_scan(file)?;

    let printed = engine::map(
        &languages,
        Concurrency::new(args.jobs),
        interrupt_flag(),
        |languages| stock_builder.build(languages.first(), &cities),
        |languages| format!("{} in `{languages}`", stock.name),
        || (),
    );
    let printed = printed.map_err(|mut problems| {
        // A mistake in the stock file is found again for every language.
        problems.remove_duplicates();
        problems
    });
    let Some(printed) = printed? else { return Ok(exit::INTERRUPTED) };
    let suffix = match output {
        StockOutput::Print => "",
        StockOutput::Proof => "-proof",
        StockOutput::Calibration => "-calibration",
    };
    let mut shrunk = 0;
    let mut warnings = Problems::new();
    let mut files = Vec::new();
    for (language, result) in languages.iter().zip(printed) {
        let name = format!("{language}/stock-{}{suffix}.pdf", stock.name);
        shrunk += result.shrunk;
        warnings.extend(result.warnings);
        let about = json!({
            "type": "sheets", "lang": language, "stock": stock.name, "pages": result.pages, "sheets": result.sheets,
        });
        let sha256 = hex(&Sha256::digest(&result.pdf));
        files.push(PrintFile { name, bytes: result.pdf, sha256, about });
    }
    for (file, path) in files.iter().zip(publish(&Folder::new(&args.out), "stock", &files)?) {
        console.report_file(&file.describe(&json!({ "path": path })), &path);
    }
    warnings.remove_duplicates();
    console.report_diagnostics(warnings);
    console.report_diagnostics(builder.fallback_uses());
    if shrunk > 0 {
        console.write_remark(&format!("reduced the font size in {} to make the text fit", count(shrunk, "field")));
    }
    Ok(exit::OK)
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
