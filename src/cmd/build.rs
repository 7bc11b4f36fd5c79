//! `gen-report build`: builds the documents.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

#[cfg(feature = "cloud")]
use super::seal::connect_time_stamps;
use super::seal::set_signer;
use super::{interrupt_flag, open_project};
use crate::cli::{BuildArgs, CommonArgs};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::exit;
use crate::project::Project;
use crate::proof::find_hard_wired_text;
use crate::run::manifest::{ARCHIVES, MANIFEST, journal_name, read_document_list};
use crate::run::stale::{StaleFile, kept_warning};
use crate::run::worker::{self, Instructions, WorkerPool};
use crate::run::{
    self, BuildOptions, Builder, Concurrency, LoadedProject, Plan, Selection, StaleAction, StaleDocument, find_stale,
};
use crate::store::{ArchiveStore, Store, StoreOptions};
use crate::typeset::Variant;
use crate::ui::{Console, ProgressReporter, document_event};

/// Printed by a build without a project, because the user may be in the wrong folder.
const EMBEDDED_EDITION_REMARK: &str =
    "this folder has no reports/, locales/ or fonts/: building the edition embedded in the program";

pub fn run(args: &BuildArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let start = Instant::now();
    if args.worker {
        return serve();
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
    refuse_signed_pseudo_documents(args, &project)?;
    if !args.dry_run {
        set_signer(&mut project, &args.sign, args.archive)?;
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
    let instructions = || Instructions {
        project: common.folder().to_owned(),
        results: common.results.clone(),
        records: common.records.clone(),
        languages: builder.plan.languages.iter().map(ToString::to_string).collect(),
        reports: reports.to_vec(),
        strict: args.strict,
        signer: builder.project.templates.signer.clone(),
        seal: builder.project.seal.clone(),
        memory: args.memory_limit(),
        files: builder.project.files.hash_files_read(""),
    };
    let pool = args.timeout.map(|timeout| WorkerPool::new(timeout, instructions()));
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

/// Returns an error if documents in a pseudo-locale would be signed: they would be genuine.
fn refuse_signed_pseudo_documents(args: &BuildArgs, project: &LoadedProject) -> Result<(), Diagnostic> {
    let pseudo = project.pseudo_languages();
    let mut requested = args.selection.lang.iter().flat_map(|languages| languages.split('+'));
    match requested.find(|language| pseudo.iter().any(|name| name == language)) {
        Some(language) if args.sign.sign.sign.is_some() => {
            let message = format!("documents in the pseudo-locale `{language}` are not signed");
            Err(Diagnostic::error(code::NOT_IN_PROJECT, message).help("leave out `--sign`, or this language"))
        }
        _ => Ok(()),
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
    for job in project.jobs(plan) {
        let job = job?;
        let location = store.location(&job.key());
        console.write_data(&document_event("would-build", &job.id, &location), &location);
    }
    if args.prune {
        list_stale(project, args, store, console)?;
    }
    Ok(())
}

/// Lists the stale documents that `--prune` would remove.
fn list_stale(
    project: &LoadedProject,
    args: &BuildArgs,
    store: &dyn Store,
    console: &mut Console,
) -> Result<(), Problems> {
    let stale = find_stale(project, store, &args.selection.selection(&[]))?;
    let mut kept: Vec<&StaleDocument> = Vec::new();
    for document in &stale {
        match document.check(store)? {
            StaleFile::Missing => {}
            StaleFile::Unchanged => {
                let location = store.location(&document.key());
                let event = document_event("would-remove", &document.id, &location);
                console.write_data(&event, &format!("would remove {location}"));
            }
            StaleFile::Changed => kept.push(document),
        }
    }
    console.report_diagnostics(kept_warning(&kept, store).into_iter().collect());
    Ok(())
}

/// Runs as a worker process: builds the documents that the parent process requests.
fn serve() -> Result<u8, Problems> {
    let instructions = worker::read_instructions()?;
    // Errors are reported to the parent process, not by this one.
    let builder = (|| {
        let mut project = Project::open(&instructions.project, instructions.results.as_deref())?;
        project.records.clone_from(&instructions.records);
        // The parent process has checked the records.
        project.records_are_checked = true;
        let mut project = LoadedProject::load_for(project, &instructions.reports)?;
        project.templates.signer.clone_from(&instructions.signer);
        project.seal.clone_from(&instructions.seal);
        let selection = Selection {
            languages: instructions.languages.clone(),
            reports: instructions.reports.clone(),
            cities: Vec::new(),
        };
        let plan = project.plan(&selection)?;
        Builder::new(project, plan, instructions.strict, Variant::default())
    })();
    #[cfg(unix)]
    instructions.memory.into_iter().for_each(worker::limit_memory);
    worker::serve(builder.as_ref(), &instructions);
    Ok(exit::OK)
}

fn open_store(args: &BuildArgs, plan: &Plan) -> Result<Arc<dyn Store>, Diagnostic> {
    let store = args.out.open(StoreOptions { overwrite: args.overwrite, ..args.store.options() })?;
    let Some(format) = args.archive else { return Ok(store) };
    let suffix = plan.shard.map(|shard| shard.suffix()).unwrap_or_default();
    let [manifest, archives] = [MANIFEST, ARCHIVES].map(|name| journal_name(name, plan.shard));
    Ok(Arc::new(ArchiveStore::new(store, format, suffix, manifest, archives)?))
}

fn plan(args: &BuildArgs, project: &LoadedProject) -> Result<Plan, Problems> {
    let mut selection = args.selection.selection(&args.cities.city);
    if args.pseudo {
        selection.languages = project.pseudo_languages();
    }
    let only = args.only.as_deref().map(read_document_list).transpose()?;
    let only = only.map(|(documents, languages)| {
        if selection.languages.is_empty() {
            selection.languages = languages;
        }
        documents
    });
    let shard = args.shard.map(|spec| spec.resolve(args.shards, &read_environment_variable)).transpose()?;
    let mut plan = project.plan(&selection)?;
    (plan.only, plan.shard) = (only, shard);
    if plan.only.is_some() && project.jobs(&plan).next().is_none() {
        return Err(Diagnostic::error(code::NO_DOCUMENTS, "the project has none of the documents listed in `--only`")
            .note("their cities or reports were removed, or belong to another shard")
            .help("remove `--only`")
            .into());
    }
    Ok(plan)
}

#[expect(
    clippy::disallowed_methods,
    reason = "only the scheduler knows which shard this is, and no document depends on it"
)]
fn read_environment_variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
