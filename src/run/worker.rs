//! Builds documents in worker processes that can be killed: a template may loop forever, and Typst has no way to
//! cancel a layout.
//!
//! A worker is this program with the option `--worker`. It reads its [`Instructions`] from the first line of standard
//! input, and a [`Request`] from each further line. It answers a request with a line that contains a [`Response`],
//! followed by the bytes of the document. It exits when its standard input ends, even in the middle of a document.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::builder::{Builder, BuiltDocument};
use super::child_process::{ChildProcess, read_bytes, read_json_line, receive_requests, respond};
use super::inputs::{Inputs, hash_facts};
use super::plan::{Job, Selection, Subject};
use super::{LoadedProject, time_limit};
use crate::diagnostic::{Diagnostic, Location, Place, Problems, code};
use crate::document::Languages;
use crate::hash::Hash128;
use crate::project::{self, Project};
use crate::trust::{Seal, Signer};
use crate::typeset::{self, FileHashes, Variant};

/// Limits the private memory of this process, in mebibytes.
#[cfg(unix)]
pub fn limit_memory(mebibytes: u64) {
    // Some systems do not support this limit. The time limit still applies.
    let _ = rlimit::Resource::DATA.set(mebibytes << 20, mebibytes << 20);
}

/// What a worker must know before it builds its first document. It may contain a secret key, so it has no `Debug`.
#[derive(Serialize, Deserialize)]
pub struct Instructions {
    pub project_folder: PathBuf,
    pub results: Option<PathBuf>,
    pub records: Option<PathBuf>,
    /// The languages of the run.
    pub languages: Vec<String>,
    /// The reports whose templates the run has loaded; empty for all.
    pub reports: Vec<String>,
    pub strict: bool,
    /// Signs the codes of certificates.
    pub signer: Option<Signer>,
    /// Seals the documents.
    pub seal: Option<Seal>,
    /// The limit on its private memory, in mebibytes.
    pub memory: Option<u64>,
    /// The hash of all files that the run reads before its first document. A worker whose files differ builds nothing.
    pub files_hash: Hash128,
}

impl Instructions {
    /// Returns the instructions for the workers of a run. `reports` are those whose templates it has
    /// loaded, or empty for all; `memory` is in mebibytes.
    pub fn new(builder: &Builder, reports: &[String], strict: bool, memory: Option<u64>) -> Self {
        let LoadedProject { files, templates, seal, .. } = &builder.project;
        Self {
            project_folder: files.folder().to_owned(),
            results: files.results_file().map(Path::to_owned),
            records: files.records.clone(),
            languages: builder.plan.languages.iter().map(ToString::to_string).collect(),
            reports: reports.to_vec(),
            strict,
            signer: templates.signer.clone(),
            seal: seal.clone(),
            memory,
            files_hash: files.hash_files_read(""),
        }
    }
}

/// A request to build one document.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    report: String,
    languages: Languages,
    subject: RequestSubject,
    /// The hash of the facts that the run has read. A worker whose facts differ does not build the document.
    facts: Hash128,
    /// The source hash of the existing document, see [`Builder::build_if_changed`].
    known_source_hash: Option<Hash128>,
}

/// A [`Subject`] that can be sent to another process.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RequestSubject {
    Edition,
    /// The id of a city in the results file.
    City(String),
    /// A record with its position in its file.
    Record(Json),
}

/// The result of a request. If a document was built, its bytes follow.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Response {
    /// The length of the document; `None` if it failed or is unchanged.
    bytes: Option<u64>,
    is_unchanged: bool,
    pages: usize,
    source_hash: Hash128,
    report_files: FileHashes,
    diagnostics: Vec<Json>,
    /// All uses of fallback locales so far; empty if this request added none.
    fallback_uses: Vec<Json>,
}

impl Request {
    fn new(builder: &Builder, job: &Job, known_source_hash: Option<Hash128>) -> Self {
        let subject = match (&job.subject, &job.id.city) {
            (Subject::Record(record), _) => RequestSubject::Record(record.to_wire()),
            (Subject::City(_), Some(id)) => RequestSubject::City(id.clone()),
            (Subject::City(_) | Subject::Edition, _) => RequestSubject::Edition,
        };
        let (report, languages) = (job.id.report.clone(), job.id.languages.clone());
        Self { report, languages, subject, facts: hash_facts(builder, job), known_source_hash }
    }

    /// Returns the job to build; `None` if this process has read other facts than the one that sent the request.
    fn to_job(&self, builder: &Builder) -> Option<Job> {
        let results = &builder.project.results;
        let subject = match &self.subject {
            RequestSubject::Edition => Subject::Edition,
            RequestSubject::City(id) => Subject::City(results.cities.iter().position(|city| city.id == *id)?),
            RequestSubject::Record(record) => {
                let record_source = results.record_source.as_ref()?;
                Subject::Record(record_source.from_wire(record, &results.facts).ok()?.into())
            }
        };
        let job = Job::new(&self.report, &self.languages, subject, results)?;
        (hash_facts(builder, &job) == self.facts).then_some(job)
    }

    /// Returns a name of the document for diagnostics.
    fn describe(&self) -> String {
        let city = match &self.subject {
            RequestSubject::Edition => String::new(),
            RequestSubject::City(id) => format!("-{id}"),
            RequestSubject::Record(_) => " of a record".to_owned(),
        };
        format!("{}{city} in `{}`", self.report, self.languages)
    }
}

/// Runs this process as a worker: builds the documents that the parent process requests.
///
/// # Errors
/// This process was not started by gen-report itself.
pub fn serve() -> Result<(), Problems> {
    let instructions = read_instructions()?;
    // If the project cannot be read, each request is answered with the problems; this process reports nothing itself.
    let builder = create_builder(&instructions);
    #[cfg(unix)]
    instructions.memory.into_iter().for_each(limit_memory);
    if let Some(requests) = receive_requests(read_json_line) {
        typeset::run_in_own_pool(|| answer_requests(builder.as_ref(), &instructions, requests));
    }
    Ok(())
}

/// Reads the project as the parent process has read it.
fn create_builder(instructions: &Instructions) -> Result<Builder, Problems> {
    let mut project = Project::open(&instructions.project_folder, instructions.results.as_deref())?;
    project.records.clone_from(&instructions.records);
    // The parent process has checked the records.
    project.skip_record_checks = true;
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
}

/// Reads the first line of standard input.
fn read_instructions() -> Result<Instructions, Problems> {
    read_json_line(&mut std::io::stdin().lock()).ok_or_else(|| {
        Diagnostic::error(code::WORKER, "`--worker` is reserved for processes that gen-report starts itself")
            .help("run without `--worker`")
            .into()
    })
}

fn input_changed(what: &str) -> Diagnostic {
    Diagnostic::error(code::INPUT_CHANGED, format!("{what} was not built: the project changed during the run"))
        .help("run again with `--resume`")
}

/// Answers requests until the parent process closes the pipe. If `builder` is an error, each answer contains its problems.
fn answer_requests(
    builder: Result<&Builder, &Problems>,
    instructions: &Instructions,
    requests: mpsc::Receiver<Request>,
) {
    let to_wire = |list: &[Diagnostic]| list.iter().map(Diagnostic::to_wire).collect::<Vec<Json>>();
    // The files in reports/ are read only during layout: `WorkerPool::build` compares those of each document.
    let has_same_files =
        builder.is_ok_and(|builder| builder.project.files.hash_files_read("") == instructions.files_hash);
    let mut reported_fallback_uses = 0;
    for (count, request) in (1..).zip(requests) {
        let built = match builder {
            Ok(builder) if has_same_files => {
                request.to_job(builder).map(|job| builder.build_if_changed(&job, request.known_source_hash.as_ref()))
            }
            Ok(_) => None,
            Err(problems) => Some(Err(problems.clone())),
        };
        let built = built.unwrap_or_else(|| Err(input_changed(&request.describe()).into()));
        typeset::evict_cache(count);
        let (pdf, mut response) = match built {
            Ok(Some(BuiltDocument { pdf, pages, inputs: Inputs { source_hash, report_files }, warnings })) => {
                let (bytes, diagnostics) = (Some(pdf.len() as u64), to_wire(&warnings));
                (pdf, Response { bytes, pages, source_hash, report_files, diagnostics, ..Response::default() })
            }
            Ok(None) => (Vec::new(), Response { is_unchanged: true, ..Response::default() }),
            Err(problems) => (Vec::new(), Response { diagnostics: to_wire(&problems), ..Response::default() }),
        };
        let fallback_uses = builder.map(Builder::fallback_uses).unwrap_or_default();
        if fallback_uses.len() > reported_fallback_uses {
            reported_fallback_uses = fallback_uses.len();
            response.fallback_uses = to_wire(&fallback_uses);
        }
        if respond(&response, &pdf).is_err() {
            break;
        }
    }
}

/// Worker processes, started when they are needed. A process that fails is replaced.
pub struct WorkerPool {
    timeout: Duration,
    instructions: Instructions,
    idle: Mutex<Vec<Worker>>,
    fallback_uses: Mutex<BTreeMap<(Vec<Location>, String), Diagnostic>>,
}

type Worker = ChildProcess<(Response, Vec<u8>)>;

impl WorkerPool {
    /// Creates a pool without processes. `timeout` limits the time for one document.
    pub fn new(timeout: Duration, instructions: Instructions) -> Self {
        Self { timeout, instructions, idle: Mutex::default(), fallback_uses: Mutex::default() }
    }

    /// Builds a document in a worker process. Returns `None` if its [`Inputs::source_hash`] equals `known_source_hash`.
    pub fn build(
        &self,
        builder: &Builder,
        job: &Job,
        known_source_hash: Option<Hash128>,
    ) -> Result<Option<BuiltDocument>, Problems> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut worker = idle.map_or_else(|| self.start_worker(), Ok).map_err(|error| {
            let message = format!("a worker process cannot be started: {}", project::reason(&error));
            Diagnostic::error(code::WORKER, message).help("run again without `--timeout`")
        })?;
        let sent = worker.send(&Request::new(builder, job, known_source_hash), &[]);
        match sent.ok().map(|()| worker.responses.recv_timeout(self.timeout)) {
            Some(Ok((response, pdf))) => {
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(worker);
                }
                self.remember_fallback_uses(&response.fallback_uses);
                let diagnostics = read_diagnostics(&response.diagnostics);
                let Response { bytes, is_unchanged, pages, source_hash, report_files, .. } = response;
                match bytes {
                    None if is_unchanged => Ok(None),
                    None => Err(diagnostics),
                    // All documents of a run must be built from the same files.
                    Some(_) if report_files.iter().any(|(path, hash)| builder.typesetter.hash_of(path) != *hash) => {
                        Err(input_changed(&job.id.to_string()).into())
                    }
                    Some(_) => {
                        let inputs = Inputs { source_hash, report_files };
                        Ok(Some(BuiltDocument { pdf, pages, inputs, warnings: diagnostics }))
                    }
                }
            }
            Some(Err(mpsc::RecvTimeoutError::Timeout)) => {
                Err(time_limit::exceeded(&job.id.to_string(), self.timeout).into())
            }
            _ => Err(Diagnostic::error(code::WORKER, format!("the process that built {} ended unexpectedly", job.id))
                .note("it probably ran out of memory")
                .help(
                    "look for a loop in its template that produces endless output, or allow more memory with `--memory`",
                )
                .into()),
        }
    }

    fn start_worker(&self) -> std::io::Result<Worker> {
        let mut worker = Worker::start(["--worker"], read_response)?;
        // If the worker has exited already, sending the first request fails too, and is reported.
        let _ = worker.send(&self.instructions, &[]);
        Ok(worker)
    }

    /// Returns a diagnostic for each text that has come from a fallback locale so far.
    pub fn fallback_uses(&self) -> Problems {
        self.fallback_uses.lock().map(|list| list.values().cloned().collect()).unwrap_or_default()
    }

    fn remember_fallback_uses(&self, list: &[Json]) {
        if let Ok(mut known) = self.fallback_uses.lock() {
            let key = |it: &Diagnostic| (it.places.iter().map(Place::location).collect(), it.message.clone());
            known.extend(read_diagnostics(list).into_iter().map(|it| (key(&it), it)));
        }
    }
}

fn read_diagnostics(list: &[Json]) -> Problems {
    list.iter().filter_map(|problem| Diagnostic::from_wire(problem, &project::reread)).collect()
}

/// Reads a response and the document after it; `None` at the end of the stream.
fn read_response(output: &mut dyn BufRead) -> Option<(Response, Vec<u8>)> {
    let response: Response = read_json_line(output)?;
    let pdf = read_bytes(output, response.bytes.unwrap_or_default())?;
    Some((response, pdf))
}
