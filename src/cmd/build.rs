//! `gen-report build`: builds the documents.

use std::sync::Arc;
use std::time::Instant;

#[cfg(feature = "cloud")]
use super::signing::connect_time_stamps;
use super::signing::set_signer;
use super::{credentials, dry_run, open_project};
use crate::cli::{BuildArgs, CommonArgs};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::exit;
use crate::project::Project;
use crate::proof::find_hard_coded_text;
use crate::run::manifest::collect_in_archives;
use crate::run::worker::{self, Instructions, WorkerPool};
use crate::run::{self, BuildOptions, Builder, Concurrency, LoadedProject, Plan};
use crate::store::{Store, StoreOptions};
use crate::typeset::Variant;
use crate::ui::{Console, ProgressReporter, install_interrupt_handler};

pub fn run(args: &BuildArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let start = Instant::now();
    if args.worker {
        return worker::serve().map(|()| exit::OK);
    }
    let project = open(args, common, console)?;
    let mut project = LoadedProject::load_for(project, reports_to_load(args))?;
    if args.seal.signing.sign.is_some() {
        project.check_languages_can_be_signed(&args.selection.lang)?;
    }
    if !args.dry_run {
        set_signer(&mut project, &args.seal, args.archive)?;
    }
    let plan = plan(args, &project)?;
    let store = open_store(args, &plan)?;
    if args.dry_run {
        return dry_run::run(args, &project, &plan, &*store, console);
    }
    #[cfg(feature = "cloud")]
    if !args.credential_only {
        connect_time_stamps(&mut project, args)?;
    }
    let builder = Builder::new(project, plan, args.strict, Variant::default())?;
    console.write_detail(&format!("read the project in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0));
    if args.credential_only {
        return credentials::run(&builder, args, &*store, console);
    }
    build(args, &builder, &*store, console, start)
}

/// Builds all documents of the plan.
fn build(
    args: &BuildArgs,
    builder: &Builder,
    store: &dyn Store,
    console: &mut Console,
    start: Instant,
) -> Result<u8, Problems> {
    let pool = args.timeout.map(|timeout| {
        let instructions = Instructions::new(builder, reports_to_load(args), args.strict, args.memory_limit());
        WorkerPool::new(timeout, instructions)
    });
    let totals = builder.project.count_by_language(&builder.plan);
    let options = BuildOptions {
        total: totals.values().sum(),
        concurrency: Concurrency::new(args.jobs),
        resume: args.resume,
        fail_fast: args.fail_fast,
        stale: args.stale_action(),
        pool: pool.as_ref(),
    };
    let mut reporter = ProgressReporter::new(console, totals, start);
    let summary =
        run::build(builder, store, &options, install_interrupt_handler(), &mut |event| reporter.observe(event))?;
    reporter.finish(&summary);
    console.report_diagnostics(pool.as_ref().map_or_else(|| builder.fallback_uses(), WorkerPool::fallback_uses));
    if !summary.is_interrupted && !summary.has_run_error {
        console.report_diagnostics(find_hard_coded_text(builder));
    }
    Ok(summary.exit_code())
}

/// Returns the reports whose templates this process and its workers load; empty for all.
fn reports_to_load(args: &BuildArgs) -> &[String] {
    // A report whose templates are not loaded would look removed.
    if args.prune { &[] } else { &args.selection.report }
}

/// Opens the project, and notes that it is the embedded edition, because the user may be in the wrong folder.
fn open(args: &BuildArgs, common: &CommonArgs, console: &Console) -> Result<Project, Problems> {
    let project = open_project(common)?;
    if project.is_embedded_edition() {
        if args.prune {
            // In the wrong folder, all documents of the user's project would look stale.
            let message = "`--prune` requires a project, but this folder has no reports/, locales/ or fonts/";
            let help = "name the folder of the project with `--project`";
            return Err(Diagnostic::error(code::PROJECT_FILE, message).help(help).into());
        }
        console.write_remark(
            "this folder has no reports/, locales/ or fonts/: building the edition embedded in the program",
        );
    }
    Ok(project)
}

fn open_store(args: &BuildArgs, plan: &Plan) -> Result<Arc<dyn Store>, Diagnostic> {
    let store = args.out.open(StoreOptions { overwrite: args.overwrite, ..args.store.options() })?;
    match args.archive {
        Some(format) => Ok(Arc::new(collect_in_archives(store, format, plan.shard)?)),
        None => Ok(store),
    }
}

fn plan(args: &BuildArgs, project: &LoadedProject) -> Result<Plan, Problems> {
    let mut selection = args.selection.selection(&args.cities.city);
    if args.pseudo {
        selection.languages = project.pseudo_languages();
    }
    let shard = args.shard.map(|spec| spec.resolve_here(args.shards)).transpose()?;
    project.plan_part(selection, args.only.as_deref(), shard)
}
