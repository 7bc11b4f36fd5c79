//! Builds documents in worker processes that can be killed: a template may loop for ever, and Typst cannot be asked to
//! stop.
//!
//! A worker is this program with the same arguments and `--worker`. It reads one [`Request`] on each line of its standard
//! input, and answers each with a [`Response`] on a line and the bytes of the document.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::LoadedProject;
use super::builder::{Builder, BuiltDocument};
use super::plan::{Job, Subject};
use crate::diagnostic::{Diagnostic, Location, Place, Problems, code};
use crate::document::Languages;
use crate::project;
use crate::typeset;

/// Limits the private memory of this process, in mebibytes.
#[cfg(unix)]
pub fn limit_memory(mebibytes: u64) {
    // On a system without this limit, the one on time still holds.
    let _ = rlimit::Resource::DATA.set(mebibytes << 20, mebibytes << 20);
}

/// One document to build.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    report: String,
    languages: Languages,
    subject: RequestSubject,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RequestSubject {
    Edition,
    /// Index among the cities of the results file.
    City(usize),
    /// A record with its place in its file.
    Record(Json),
}

/// What became of a document. Its bytes follow on the wire.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Response {
    /// `None` if the document failed.
    bytes: Option<u64>,
    pages: usize,
    diagnostics: Vec<Json>,
    /// All uses of fallback locales so far; empty if there is no new one.
    fallback_uses: Vec<Json>,
}

impl Request {
    fn new(job: &Job) -> Self {
        let subject = match &job.subject {
            Subject::Edition => RequestSubject::Edition,
            Subject::City(index) => RequestSubject::City(*index),
            Subject::Record(record) => RequestSubject::Record(record.to_wire()),
        };
        Self { report: job.id.report.clone(), languages: job.id.languages.clone(), subject }
    }

    fn into_job(self, project: &LoadedProject) -> Option<Job> {
        let results = &project.results;
        let subject = match self.subject {
            RequestSubject::Edition => Subject::Edition,
            RequestSubject::City(index) => Subject::City(index),
            RequestSubject::Record(record) => {
                let bulk = results.bulk.as_ref()?;
                Subject::Record(bulk.from_wire(&record, &results.facts).ok()?.into())
            }
        };
        Job::new(&self.report, &self.languages, subject, results)
    }
}

/// Runs this process as a worker, until its standard input ends.
pub fn serve(builder: &Builder) {
    typeset::in_own_pool(|| answer_requests(builder));
}

fn answer_requests(builder: &Builder) {
    let to_wire = |list: &[Diagnostic]| list.iter().map(Diagnostic::to_wire).collect::<Vec<Json>>();
    let mut known_fallback_uses = 0;
    for (count, line) in (1..).zip(std::io::stdin().lock().lines()) {
        let request = line.ok().and_then(|line| serde_json::from_str::<Request>(&line).ok());
        let Some(job) = request.and_then(|request| request.into_job(&builder.project)) else { break };
        let built = builder.build(&job);
        typeset::evict_cache(count);
        let (pdf, mut response) = match built {
            Ok(BuiltDocument { pdf, pages, warnings }) => {
                let bytes = Some(pdf.len() as u64);
                (pdf, Response { bytes, pages, diagnostics: to_wire(&warnings), fallback_uses: Vec::new() })
            }
            Err(problems) => (Vec::new(), Response { diagnostics: to_wire(&problems), ..Response::default() }),
        };
        let fallback_uses = builder.fallback_uses();
        if fallback_uses.len() > known_fallback_uses {
            known_fallback_uses = fallback_uses.len();
            response.fallback_uses = to_wire(&fallback_uses);
        }
        let Ok(line) = serde_json::to_string(&response) else { break };
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{line}").and_then(|()| out.write_all(&pdf)).and_then(|()| out.flush()).is_err() {
            break;
        }
    }
}

/// Worker processes. One that fails is replaced.
pub struct WorkerPool {
    timeout: Duration,
    arguments: Vec<OsString>,
    idle: Mutex<Vec<Worker>>,
    fallback_uses: Mutex<BTreeMap<(Vec<Location>, String), Diagnostic>>,
}

struct Worker {
    child: Child,
    input: ChildStdin,
    responses: mpsc::Receiver<(Response, Vec<u8>)>,
}

impl WorkerPool {
    /// `timeout` is for one document; `arguments` are those of this process, which each worker gets too.
    pub fn new(timeout: Duration, arguments: Vec<OsString>) -> Self {
        Self { timeout, arguments, idle: Mutex::default(), fallback_uses: Mutex::default() }
    }

    /// Builds a document in a worker process.
    pub fn build(&self, job: &Job) -> Result<BuiltDocument, Problems> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut worker = idle.map_or_else(|| self.start_worker(), Ok).map_err(|error| {
            let message = format!("a worker process cannot be started: {}", project::reason(&error));
            Diagnostic::error(code::WORKER, message).help("run again without `--timeout`")
        })?;
        let request = serde_json::to_string(&Request::new(job)).unwrap_or_default();
        let sent = writeln!(worker.input, "{request}").and_then(|()| worker.input.flush());
        match sent.ok().map(|()| worker.responses.recv_timeout(self.timeout)) {
            Some(Ok((response, pdf))) => {
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(worker);
                }
                self.remember_fallback_uses(&response.fallback_uses);
                let diagnostics = read_diagnostics(&response.diagnostics);
                match response.bytes {
                    None => Err(diagnostics),
                    Some(_) => Ok(BuiltDocument { pdf, pages: response.pages, warnings: diagnostics }),
                }
            }
            Some(Err(mpsc::RecvTimeoutError::Timeout)) => {
                kill(worker.child);
                let seconds = self.timeout.as_secs_f64();
                Err(Diagnostic::error(code::TIMEOUT, format!("{} took longer than {seconds} s", job.id))
                    .help("look for an endless loop in its template, or allow more time with `--timeout`")
                    .into())
            }
            _ => {
                kill(worker.child);
                Err(Diagnostic::error(code::WORKER, format!("the process that built {} ended unexpectedly", job.id))
                    .note("most often it ran out of memory")
                    .help("look for a loop in its template that grows without end, or allow more with `--memory`")
                    .into())
            }
        }
    }

    fn start_worker(&self) -> std::io::Result<Worker> {
        let mut command = Command::new(std::env::current_exe()?);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // Ctrl-C must reach this process alone, which lets the workers finish the documents in hand.
            command.process_group(0);
        }
        // By default the allocator reserves a gibibyte of addresses at once. The limit on memory counts them, and would be
        // exceeded from the start.
        command.env("MIMALLOC_ARENA_RESERVE", "65536");
        let mut child = command
            .args(&self.arguments)
            .arg("--worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        let (sender, responses) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(response) = read_response(&mut output) {
                if sender.send(response).is_err() {
                    break;
                }
            }
        });
        Ok(Worker { child, input, responses })
    }

    /// Returns the texts that came from a fallback locale so far, each once.
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
fn read_response(output: &mut impl BufRead) -> Option<(Response, Vec<u8>)> {
    let mut line = String::new();
    output.read_line(&mut line).ok()?;
    let response: Response = serde_json::from_str(&line).ok()?;
    let mut pdf = Vec::new();
    output.take(response.bytes.unwrap_or_default()).read_to_end(&mut pdf).ok()?;
    Some((response, pdf))
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        if let Ok(idle) = self.idle.get_mut() {
            idle.drain(..).for_each(|worker| kill(worker.child));
        }
    }
}

/// Kills a process that may be busy, and waits for its end.
fn kill(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}
