//! `gen-report print --stock`: prints the fields of certificates on pre-printed sheets.

use std::path::Path;

use super::open_project;
use super::print::write_files;
use super::print_options::parse_stock_job;
use super::signing::read_code_signer;
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Problems, count};
use crate::exit;
use crate::print::stock::Stock;
use crate::run::{Builder, Concurrency, LoadedProject, Selection};
use crate::typeset::Variant;
use crate::ui::{Console, install_interrupt_handler};

pub fn run(file: &Path, args: &PrintArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let mut project = LoadedProject::load(open_project(common)?)?;
    project.templates.signer = read_code_signer(&args.sign)?;
    let stock = Stock::read(file, &project.languages)?;
    Stock::check_languages(&args.selection.lang)?;
    let job = parse_stock_job(&stock, file, args, &project);
    let (job, ()) = Problems::both(job, stock.compile(&mut project))?;
    let plan = project.plan(&Selection { reports: Vec::new(), ..args.selection.selection(&args.cities.city) })?;
    let builder = Builder::new(project, plan, args.strict, Variant::Print { bleed: 0.0, finishes: Vec::new() })?;
    let built = job.build(&builder, Concurrency::new(args.jobs), install_interrupt_handler())?;
    let Some(built) = built else { return Ok(exit::INTERRUPTED) };
    write_files(&built.files, "stock", &args.out, console)?;
    console.report_diagnostics(built.warnings);
    console.report_diagnostics(builder.fallback_uses());
    if built.shrunk > 0 {
        let fields = count(built.shrunk, "field");
        console.write_remark(&format!("reduced the font size in {fields} to make the text fit"));
    }
    Ok(exit::OK)
}
