//! `gen-report build`: builds the documents.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::open_project;
#[cfg(feature = "cloud")]
use super::signing::connect_time_stamps;
use super::signing::set_signer;
use crate::cli::{BuildArgs, CommonArgs};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::document::DocumentId;
use crate::exit;
use crate::proof::find_hard_wired_text;
use crate::run::dry_run::{Change, list_builds, list_removals};
use crate::run::manifest::collect_in_archives;
use crate::run::worker::{self, Instructions, WorkerPool};
use crate::run::{self, BuildOptions, Builder, Concurrency, LoadedProject, Plan, StaleAction};
use crate::store::{Store, StoreOptions};
use crate::typeset::Variant;
use crate::ui::{Console, ProgressReporter, document_event, interrupt_flag};

/// Printed by a build without a project, because the user may be in the wrong folder.
const EMBEDDED_EDITION_REMARK: &str =
    "this folder has no reports/, locales/ or fonts/: building the edition embedded in the program";

pub fn run(args: &BuildArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let start = Instant::now();
    if args.worker {
        return worker::serve().map(|()| exit::OK);
    }
    let project = open_project(common)?;
    if project.is_embedded_edition() {
        if args.prune {
            // In the wrong folder, all documents of the user's project would look stale.
            let message = "`--prune` requires a project, but this folder has no reports/, locales/ or fonts/";
            let help = "name the folder of the project with `--project`";
            return Err(Diagnostic::error(code::PROJECT_FILE, message).help(help).into());
        }
        console.write_remark(EMBEDDED_EDITION_REMARK);
    }
    // A report whose templates are not loaded would look removed.
    let reports: &[String] = if args.prune { &[] } else { &args.selection.report };
    let mut project = LoadedProject::load_for(project, reports)?;
    if args.seal.signing.sign.is_some() {
        project.check_can_be_signed(&args.selection.lang)?;
    }
    if !args.dry_run {
        set_signer(&mut project, &args.seal, args.archive)?;
    }
    let plan = plan(args, &project)?;
    let store = open_store(args, &plan)?;
    if args.dry_run {
        return list_documents(args, &project, &plan, &*store, console).map(|()| exit::OK);
    }
    #[cfg(feature = "cloud")]
    if !args.credential_only {
        connect_time_stamps(&mut project, args)?;
    }
    let builder = Builder::new(project, plan, args.strict, Variant::default())?;
    console.write_detail(&format!("read the project in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0));
    if args.credential_only {
        return write_credentials(&builder, args, &*store, console);
    }
    let pool = args.timeout.map(|timeout| WorkerPool::new(timeout, instructions(args, common, &builder)));
    let totals = builder.project.count_by_language(&builder.plan);
    let options = BuildOptions {
        total: totals.values().sum(),
        concurrency: Concurrency::new(args.jobs),
        resume: args.resume,
        fail_fast: args.fail_fast,
        stale: stale_action(args),
        pool: pool.as_ref(),
    };
    let mut reporter = ProgressReporter::new(console, totals, start);
    let summary = run::build(&builder, &*store, &options, interrupt_flag(), &mut |event| reporter.observe(event))?;
    reporter.finish(&summary);
    console.report_diagnostics(pool.as_ref().map_or_else(|| builder.fallback_uses(), WorkerPool::fallback_uses));
    if !summary.is_interrupted && !summary.has_run_error {
        console.report_diagnostics(find_hard_wired_text(&builder));
    }
    Ok(summary.exit_code())
}

/// Returns what worker processes must know.
fn instructions(args: &BuildArgs, common: &CommonArgs, builder: &Builder) -> Instructions {
    Instructions {
        project: common.folder().to_owned(),
        results: common.results.clone(),
        records: common.records.clone(),
        languages: builder.plan.languages.iter().map(ToString::to_string).collect(),
        reports: args.selection.report.clone(),
        strict: args.strict,
        signer: builder.project.templates.signer.clone(),
        seal: builder.project.seal.clone(),
        memory: args.memory_limit(),
        files: builder.project.files.hash_files_read(""),
    }
}

/// Writes the credentials of certificates and nothing else.
fn write_credentials(
    builder: &Builder,
    args: &BuildArgs,
    store: &dyn Store,
    console: &mut Console,
) -> Result<u8, Problems> {
    let written = run::write_credentials(builder, store, Concurrency::new(args.jobs), interrupt_flag(), |id, key| {
        let location = store.location(key);
        console.write_data(&document_event("credential", id, &location), &location);
    })?;
    console.report_diagnostics(builder.fallback_uses());
    console.write_remark(&format!("wrote {}", count(written, "credential")));
    Ok(if interrupt_flag().load(Ordering::Relaxed) { exit::INTERRUPTED } else { exit::OK })
}

/// Returns what to do about stale documents. A run that builds only some of the documents does not
/// look for stale ones.
fn stale_action(args: &BuildArgs) -> StaleAction {
    let is_partial = args.only.is_some()
        || args.pseudo
        || args.shard.is_some()
        || !args.cities.city.is_empty()
        || !args.selection.report.is_empty()
        || !args.selection.lang.is_empty();
    match args.prune {
        true => StaleAction::Remove(args.selection.selection(&[])),
        false if is_partial || args.archive.is_some() => StaleAction::Ignore,
        false => StaleAction::Report,
    }
}

/// Lists the documents that a build would write and remove.
fn list_documents(
    args: &BuildArgs,
    project: &LoadedProject,
    plan: &Plan,
    store: &dyn Store,
    console: &mut Console,
) -> Result<(), Problems> {
    let report = |change: Change, id: &DocumentId, location: &str| match change {
        Change::Build => console.write_data(&document_event("would-build", id, location), location),
        Change::Remove => {
            console.write_data(&document_event("would-remove", id, location), &format!("would remove {location}"));
        }
    };
    list_builds(project, plan, store, report)?;
    if args.prune {
        let kept = list_removals(project, &args.selection.selection(&[]), store, report)?;
        console.report_diagnostics(kept);
    }
    Ok(())
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
