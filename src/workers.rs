//! Documents made in processes of their own, each of which can be ended: a template may loop for ever, and Typst
//! cannot be asked to stop.
//!
//! A worker is this program with the same arguments and `--worker`. It reads the index of a job on each line of
//! its standard input, and answers each with one JSON line.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostic, SourceFile, code};
use crate::edition::{Job, Made, Outcome, Works};
use crate::project::{EMBEDDED_MARK, Project};
use crate::store::Store;
use crate::typeset;

/// Jobs after which a worker sweeps the memory of Typst.
const SWEEP: usize = 10;

/// Lets this process have no more private memory than that.
#[cfg(unix)]
pub fn confine(mebibytes: u64) {
    // Where the system knows no such limit, the one on time still holds.
    let _ = rlimit::Resource::DATA.set(mebibytes << 20, mebibytes << 20);
}

/// The life of a worker: from its first job to the end of its input.
pub fn serve(works: &Works, jobs: &[Job], store: &dyn Store) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    for (count, line) in std::io::stdin().lock().lines().enumerate() {
        let Some(job) = line.ok().and_then(|line| jobs.get(line.trim().parse::<usize>().ok()?)) else { break };
        let outcome = match &pool {
            Ok(pool) => pool.install(|| works.press(job, store)),
            Err(_) => works.press(job, store),
        };
        if count % SWEEP == SWEEP - 1 {
            typeset::forget();
        }
        let made = outcome.made.map(|made| json!({ "pages": made.pages, "bytes": made.bytes }));
        let told: Vec<Json> = outcome.diagnostics.iter().map(Diagnostic::to_wire).collect();
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{}", json!({ "made": made, "diagnostics": told })).and_then(|()| out.flush()).is_err() {
            break;
        }
    }
}

/// Limits of one document.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub time: Duration,
}

/// Workers that are waiting for a job. One that fails is replaced.
pub struct Crew<'a> {
    project: &'a Project,
    limits: Limits,
    arguments: Vec<OsString>,
    idle: Mutex<Vec<Worker>>,
}

struct Worker {
    child: Child,
    input: ChildStdin,
    answers: mpsc::Receiver<String>,
}

impl<'a> Crew<'a> {
    /// `arguments`: those of this process, which each worker gets again.
    pub fn new(project: &'a Project, limits: Limits, arguments: Vec<OsString>) -> Self {
        Self { project, limits, arguments, idle: Mutex::default() }
    }

    /// Makes the job with the given index in a worker.
    pub fn press(&self, index: usize, job: &Job) -> Outcome {
        let failed = |problem: Diagnostic| Outcome { made: None, diagnostics: vec![problem] };
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut worker = match idle.map_or_else(|| self.hire(), Ok) {
            Ok(worker) => worker,
            Err(error) => {
                let message = format!("no worker can be started: {}", crate::project::reason(&error));
                return failed(Diagnostic::error(code::BREAKDOWN, message).help("run again without --timeout"));
            }
        };
        let asked = writeln!(worker.input, "{index}").and_then(|()| worker.input.flush());
        let answer = asked.ok().map(|()| worker.answers.recv_timeout(self.limits.time));
        match answer {
            Some(Ok(line)) => {
                let outcome = self.read(&line);
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(worker);
                }
                outcome.unwrap_or_else(|| {
                    failed(Diagnostic::error(code::BREAKDOWN, format!("a worker answered nonsense on {}", job.name())))
                })
            }
            Some(Err(mpsc::RecvTimeoutError::Timeout)) => {
                end(worker.child);
                let seconds = self.limits.time.as_secs_f64();
                failed(
                    Diagnostic::error(code::TIMEOUT, format!("{} took longer than {seconds} s", job.name()))
                        .help("look for a loop without end in its template, or give it more with --timeout"),
                )
            }
            _ => {
                end(worker.child);
                failed(
                    Diagnostic::error(
                        code::BREAKDOWN,
                        format!("the worker that made {} ended without a word", job.name()),
                    )
                    .help("it may have used up the memory: look for a loop that grows without end in its template"),
                )
            }
        }
    }

    fn hire(&self) -> std::io::Result<Worker> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(&self.arguments)
            .arg("--worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(std::result::Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Worker { child, input, answers })
    }

    fn read(&self, line: &str) -> Option<Outcome> {
        let json: Json = serde_json::from_str(line).ok()?;
        let number = |json: &Json, key: &str| json[key].as_u64().and_then(|n| usize::try_from(n).ok());
        let made = match &json["made"] {
            Json::Null => None,
            made => Some(Made { pages: number(made, "pages")?, bytes: number(made, "bytes")? }),
        };
        let file = |path: &str| {
            let text = match path.strip_prefix(EMBEDDED_MARK) {
                Some(inside) => self.project.read(inside.trim_start()).map(std::borrow::Cow::into_owned),
                None => std::fs::read(Path::new(path)),
            };
            let text = text.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
            SourceFile::new(path, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
        };
        let diagnostics =
            json["diagnostics"].as_array()?.iter().filter_map(|d| Diagnostic::from_wire(d, &file)).collect();
        Some(Outcome { made, diagnostics })
    }
}

impl Drop for Crew<'_> {
    fn drop(&mut self) {
        if let Ok(idle) = self.idle.get_mut() {
            idle.drain(..).for_each(|worker| end(worker.child));
        }
    }
}

/// Ends a process that may be busy, and waits for it to be gone.
fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}
