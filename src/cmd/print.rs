//! `gen-report print`: imposes the documents on sheets.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::open_project;
use super::print_options::parse_print_job;
use super::signing::read_code_signer;
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Problems, count};
use crate::exit;
use crate::print::{self, PrintJob};
use crate::run::print_files::{PrintFile, write_print_files};
use crate::run::{Builder, Concurrency, Job, LoadedProject, Plan};
use crate::store::Folder;
use crate::typeset::Variant;
use crate::ui::{Console, DocumentBar, install_interrupt_handler};

/// The report that is printed if the command line names none.
const DEFAULT_REPORT: &str = "certificate";

pub fn run(args: &PrintArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let start = Instant::now();
    let mut project = LoadedProject::load(open_project(common)?)?;
    project.templates.signer = read_code_signer(&args.sign)?;
    let (print_job, plan) = parse_job_and_plan(args, &project)?;
    let jobs: Vec<Job> = project.jobs(&plan).collect::<Result<_, _>>()?;
    let job_count = jobs.len();
    let variant = Variant::Print { bleed: print_job.request.bleed, finishes: print_job.finishes.clone() };
    let builder = Builder::new(project, plan, args.strict, variant)?;
    let bar = DocumentBar::new(console, job_count);
    let advance = bar.clone();
    let on_laid_out = move || advance.advance();
    let imposed =
        print::impose(builder, jobs, print_job, Concurrency::new(args.jobs), install_interrupt_handler(), on_laid_out);
    bar.clear();
    let Some(imposed) = imposed? else { return Ok(exit::INTERRUPTED) };
    console.report_diagnostics(imposed.warnings);
    write_files(&imposed.files, "sheets", &args.out, console)?;
    let (documents, sheets) = (count(job_count, "document"), count(imposed.sheets, "sheet"));
    console.write_remark(&format!("placed {documents} on {sheets} in {:.2} s", start.elapsed().as_secs_f64()));
    Ok(exit::OK)
}

/// Writes files for the print shop to a folder, and reports each.
pub fn write_files(files: &[PrintFile], manifest: &str, out: &Path, console: &Console) -> Result<(), Problems> {
    for (file, path) in files.iter().zip(write_print_files(&Folder::new(out), manifest, files)?) {
        console.report_file(&file.metadata_with(&json!({ "path": path })), &path);
    }
    Ok(())
}

/// Parses what to print from the command line, and how. Reports the problems of both.
fn parse_job_and_plan(args: &PrintArgs, project: &LoadedProject) -> Result<(PrintJob, Plan), Problems> {
    let mut selection = args.selection.selection(&args.cities.city);
    if selection.reports.is_empty() && project.reports().iter().any(|report| report.name == DEFAULT_REPORT) {
        selection.reports.push(DEFAULT_REPORT.to_owned());
    }
    Problems::both(parse_print_job(args, project), project.plan(&selection))
}
