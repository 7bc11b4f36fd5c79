//! Documents made in processes of their own, each of which can be ended: a template may loop for ever, and Typst
//! cannot be asked to stop.
//!
//! A worker is this program with the same arguments and `--worker`. It reads a job on each line of its standard input,
//! and answers each with one JSON line and the bytes of the document.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostic, Location, Place, code};
use crate::edition::{Document, Edition, Job, Subject, Works};
use crate::project::Project;
use crate::typeset;

/// Lets this process have no more private memory than that.
#[cfg(unix)]
pub fn confine(mebibytes: u64) {
    // Where the system knows no such limit, the one on time still holds.
    let _ = rlimit::Resource::DATA.set(mebibytes << 20, mebibytes << 20);
}

/// The life of a worker: from its first job to the end of its input.
pub fn serve(works: &Works) {
    typeset::alone(|| answer_all(works));
}

fn answer_all(works: &Works) {
    let mut borrowed = 0;
    for (count, line) in (1..).zip(std::io::stdin().lock().lines()) {
        let Some(job) = line.ok().and_then(|line| received(&line, &works.edition)) else { break };
        let made = works.made(&job);
        typeset::sweep(count);
        let (pdf, pages, told) = match made {
            Ok((pdf, pages, warnings)) => (Some(pdf), pages, warnings),
            Err(problems) => (None, 0, problems),
        };
        let wire = |told: &[Diagnostic]| told.iter().map(Diagnostic::to_wire).collect::<Vec<Json>>();
        let mut head = json!({ "bytes": pdf.as_ref().map(Vec::len), "pages": pages, "diagnostics": wire(&told) });
        let all_borrowed = works.borrowed();
        if all_borrowed.len() > borrowed {
            borrowed = all_borrowed.len();
            head["borrowed"] = wire(&all_borrowed).into();
        }
        let mut out = std::io::stdout().lock();
        let answer = writeln!(out, "{head}").and_then(|()| out.write_all(&pdf.unwrap_or_default()));
        if answer.and_then(|()| out.flush()).is_err() {
            break;
        }
    }
}

/// A job as a line.
fn sent(job: &Job) -> Json {
    let (city, record) = match job.subject() {
        Subject::Edition => (None, None),
        Subject::City(index) => (Some(*index), None),
        Subject::Record(record) => (None, Some(record.to_wire())),
    };
    json!({ "report": job.report, "language": job.language, "city": city, "record": record })
}

fn received(line: &str, edition: &Edition) -> Option<Job> {
    let json: Json = serde_json::from_str(line).ok()?;
    let results = &edition.results;
    let subject = match (&json["city"], &json["record"]) {
        (Json::Null, Json::Null) => Subject::Edition,
        (Json::Null, record) => {
            let bulk = results.bulk.as_ref()?;
            Subject::Record(bulk.from_wire(record, &results.facts).ok()?.into())
        }
        (index, _) => Subject::City(usize::try_from(index.as_u64()?).ok()?),
    };
    Job::new(json["report"].as_str()?, json["language"].as_str()?, subject, results)
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
    borrowed: Mutex<BTreeMap<(Vec<Location>, String), Diagnostic>>,
}

struct Worker {
    child: Child,
    input: ChildStdin,
    answers: mpsc::Receiver<(Json, Vec<u8>)>,
}

impl<'a> Crew<'a> {
    /// `arguments`: those of this process, which each worker gets again.
    pub fn new(project: &'a Project, limits: Limits, arguments: Vec<OsString>) -> Self {
        Self { project, limits, arguments, idle: Mutex::default(), borrowed: Mutex::default() }
    }

    /// Makes the job in a worker.
    pub fn made(&self, job: &Job) -> Result<Document, Vec<Diagnostic>> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut worker = idle.map_or_else(|| self.hire(), Ok).map_err(|error| {
            let message = format!("no worker can be started: {}", crate::project::reason(&error));
            vec![Diagnostic::error(code::BREAKDOWN, message).help("run again without --timeout")]
        })?;
        let asked = writeln!(worker.input, "{}", sent(job)).and_then(|()| worker.input.flush());
        match asked.ok().map(|()| worker.answers.recv_timeout(self.limits.time)) {
            Some(Ok((head, pdf))) => {
                if let Ok(mut idle) = self.idle.lock() {
                    idle.push(worker);
                }
                let told = self.told(&head["diagnostics"]);
                if let Ok(mut borrowed) = self.borrowed.lock() {
                    let spots = |it: &Diagnostic| it.places.iter().map(Place::location).collect();
                    let told = self.told(&head["borrowed"]);
                    borrowed.extend(told.into_iter().map(|it| ((spots(&it), it.message.clone()), it)));
                }
                match &head["bytes"] {
                    Json::Null => Err(told),
                    _ => Ok((
                        pdf,
                        head["pages"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default(),
                        told,
                    )),
                }
            }
            Some(Err(mpsc::RecvTimeoutError::Timeout)) => {
                end(worker.child);
                let seconds = self.limits.time.as_secs_f64();
                Err(vec![
                    Diagnostic::error(code::TIMEOUT, format!("{} took longer than {seconds} s", job.name()))
                        .help("look for a loop without end in its template, or give it more with --timeout"),
                ])
            }
            _ => {
                end(worker.child);
                Err(vec![
                    Diagnostic::error(
                        code::BREAKDOWN,
                        format!("the worker that made {} ended without a word", job.name()),
                    )
                    .help("it may have used up the memory: look for a loop that grows without end in its template"),
                ])
            }
        }
    }

    fn hire(&self) -> std::io::Result<Worker> {
        let mut command = Command::new(std::env::current_exe()?);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // Ctrl-C is for this process, which lets the documents in hand be made.
            command.process_group(0);
        }
        // The allocator would take a gibibyte of addresses at once, which a limit on memory counts: then the limit is passed
        // from the start, and whether that matters is chance.
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
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(answer) = answer(&mut output) {
                if sender.send(answer).is_err() {
                    break;
                }
            }
        });
        Ok(Worker { child, input, answers })
    }

    /// What came from fallback locales, each once.
    pub fn borrowed(&self) -> Vec<Diagnostic> {
        self.borrowed.lock().map(|list| list.values().cloned().collect()).unwrap_or_default()
    }

    fn told(&self, list: &Json) -> Vec<Diagnostic> {
        let told = list.as_array().into_iter().flatten();
        told.filter_map(|problem| Diagnostic::from_wire(problem, &|origin, path| self.project.reread(origin, path)))
            .collect()
    }
}

/// What a worker says of one document, and the document.
fn answer(output: &mut impl BufRead) -> Option<(Json, Vec<u8>)> {
    let mut line = String::new();
    output.read_line(&mut line).ok()?;
    let head: Json = serde_json::from_str(&line).ok()?;
    let mut pdf = Vec::new();
    output.take(head["bytes"].as_u64().unwrap_or_default()).read_to_end(&mut pdf).ok()?;
    Some((head, pdf))
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
