//! Checks certificates. PDFs and pictures are checked in separate processes: a hostile one can take any time and any memory,
//! drawing a page cannot be interrupted, and a thread cannot be killed.
//!
//! Each process is this program with the command `verify --worker`. It reads requests from standard input: a line with a
//! [`Request`], followed by the bytes to check. It answers with a line for each page that it begins, and one with the answers.
//! The time limit applies to one page, so that long documents are read to their end; seal, text and attached files belong to the
//! first.

mod archive;
pub mod input;

use std::ffi::OsString;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::diagnostic::Problems;
use crate::locale::Locale;
use crate::project;
use crate::results::Date;
use crate::run::child_process::{ChildProcess, read_bytes, read_json_line, receive_requests, respond};
use crate::run::engine::{self, Concurrency};
use crate::trust::verify::{is_text, verify_with_progress};
use crate::trust::{Finding, KeySet, Status, StatusList};

/// What certificates are checked with.
pub struct Verifier {
    pub keys: KeySet,
    pub status_list: Option<StatusList>,
    /// The day for which certificates must be valid.
    pub today: Date,
    /// The languages in which a certificate may print its date.
    pub locales: Vec<Locale>,
}

/// An answer about one code, or about an input without one.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerificationLine {
    pub is_genuine: bool,
    /// For programs.
    pub event: Json,
    /// For people.
    pub line: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    /// The name of the input in the answers.
    input: String,
    bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Response {
    /// A page, counted from 1, is about to be drawn.
    Page(usize),
    Answers(Vec<VerificationLine>),
}

impl VerificationLine {
    fn new(finding: &Finding, input: &str) -> Self {
        let is_genuine = finding.status == Status::Genuine;
        Self { is_genuine, event: finding.to_json(input), line: finding.describe(input) }
    }

    /// Returns whether it is about a code in a PDF that has neither a credential nor a seal.
    pub fn lacks_credential(&self) -> bool {
        let has_none = self.event["credentials"].as_array().is_some_and(Vec::is_empty);
        has_none && self.event["page"].is_u64() && self.event["seal"].is_null()
    }

    /// Returns the answer for an input that cannot be read.
    pub fn unreadable(input: &str, reason: &str) -> Self {
        Self::new(&Finding::new(Status::Unreadable, reason), input)
    }
}

impl Verifier {
    /// Checks an input. `input` is its name in the answers; `on_page` is called before a page is drawn.
    pub fn check(&self, input: &str, bytes: &[u8], on_page: &mut dyn FnMut(usize)) -> Vec<VerificationLine> {
        let findings = verify_with_progress(bytes, &self.keys, &self.locales, on_page);
        let findings =
            findings.into_iter().map(|finding| finding.check_validity(self.status_list.as_ref(), self.today));
        findings.map(|finding| VerificationLine::new(&finding, input)).collect()
    }

    /// Answers the requests of the parent process, until standard input ends.
    pub fn serve(&self) {
        let Some(requests) = receive_requests(read_request) else { return };
        for (input, bytes) in requests {
            let answers = self.check(&input, &bytes, &mut |page| drop(respond(&Response::Page(page), &[])));
            if respond(&Response::Answers(answers), &[]).is_err() {
                break;
            }
        }
    }
}

fn read_request(input: &mut dyn BufRead) -> Option<(String, Vec<u8>)> {
    let request: Request = read_json_line(input)?;
    Some((request.input, read_bytes(input, request.bytes)?))
}

/// The bytes of an input, or the reason why it cannot be read.
type Bytes = Result<Vec<u8>, String>;

/// Checks inputs in several processes at the same time. `read_inputs` calls its argument with the name and the bytes of each input;
/// `deliver` gets the answers in the same order.
///
/// # Errors
/// The system cannot start a thread.
pub fn check_all(
    verifier: &Verifier,
    concurrency: Concurrency,
    new_process: impl Fn() -> VerifierProcess + Sync,
    read_inputs: impl FnOnce(&mut dyn FnMut(&str, Bytes)) + Send,
    mut deliver: impl FnMut(Vec<VerificationLine>),
) -> Result<(), Problems> {
    // The processes that are not busy.
    let idle = Mutex::new(Vec::<VerifierProcess>::new());
    let idle = || idle.lock().unwrap_or_else(PoisonError::into_inner);
    let check = |(input, bytes): &(String, Mutex<Option<Bytes>>)| {
        let bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner).take();
        match bytes.unwrap_or_else(|| Err("it is read already".to_owned())) {
            // Text is checked in this process: only PDFs and pictures can take long.
            Ok(bytes) if is_text(&bytes) => verifier.check(input, &bytes, &mut |_| {}),
            Ok(bytes) => {
                let process = idle().pop();
                let mut process = process.unwrap_or_else(&new_process);
                let answers = process.check(input, &bytes);
                idle().push(process);
                answers
            }
            Err(reason) => vec![VerificationLine::unreadable(input, &reason)],
        }
    };
    // Inputs may be large: each waits until a thread is free.
    let (sender, inputs) = mpsc::sync_channel(0);
    thread::scope(|scope| {
        let read = move || {
            read_inputs(&mut |input, bytes| {
                let _ = sender.send((input.to_owned(), Mutex::new(Some(bytes))));
            });
        };
        thread::Builder::new().spawn_scoped(scope, read).map_err(|_| engine::no_thread())?;
        let mut problems = Problems::new();
        engine::run(
            inputs.into_iter().map(Ok),
            concurrency,
            &AtomicBool::new(false),
            check,
            |_, answers| (answers, ControlFlow::Continue(())),
            |ready| {
                for delivery in ready {
                    match delivery {
                        Ok((_, answers)) => deliver(answers),
                        Err(found) => problems.extend(found),
                    }
                }
                ControlFlow::Continue(())
            },
        );
        problems.into_result(())
    })
}

/// Checks inputs in another process, which is started when it is needed and replaced if it fails.
pub struct VerifierProcess {
    /// The arguments of the process.
    arguments: Vec<OsString>,
    /// The longest time for one page.
    timeout: Duration,
    worker: Option<Worker>,
}

type Worker = ChildProcess<Response>;

impl VerifierProcess {
    pub fn new(arguments: Vec<OsString>, timeout: Duration) -> Self {
        Self { arguments, timeout, worker: None }
    }

    /// Checks an input, whose name is `input` in the answers.
    pub fn check(&mut self, input: &str, bytes: &[u8]) -> Vec<VerificationLine> {
        let mut worker = match self.worker.take().map_or_else(|| Worker::start(&self.arguments, read_json_line), Ok) {
            Ok(worker) => worker,
            Err(error) => {
                let reason = format!("the process that reads it cannot be started: {}", project::reason(&error));
                return vec![VerificationLine::unreadable(input, &reason)];
            }
        };
        match request_answers(&mut worker, input, bytes, self.timeout) {
            Ok(answers) => {
                self.worker = Some(worker);
                answers
            }
            Err(reason) => vec![VerificationLine::unreadable(input, &reason)],
        }
    }
}

/// Returns the answers of a worker.
///
/// # Errors
/// Returns why the worker did not answer, as text. The worker must then be killed.
fn request_answers(
    worker: &mut Worker,
    input: &str,
    bytes: &[u8],
    timeout: Duration,
) -> Result<Vec<VerificationLine>, String> {
    let request = Request { input: input.to_owned(), bytes: bytes.len() as u64 };
    let mut page = None;
    let failure = match worker.send(&request, bytes) {
        Err(_) => RecvTimeoutError::Disconnected,
        Ok(()) => loop {
            match worker.responses.recv_timeout(timeout) {
                Ok(Response::Page(number)) => page = Some(number),
                Ok(Response::Answers(answers)) => return Ok(answers),
                Err(error) => break error,
            }
        },
    };
    let part = page.map_or_else(|| "it".to_owned(), |page| format!("page {page}"));
    Err(match failure {
        RecvTimeoutError::Timeout => {
            let seconds = timeout.as_secs_f64();
            format!("{part} takes longer than {seconds} s to read; if you trust the file, allow more with --timeout")
        }
        RecvTimeoutError::Disconnected => {
            format!("{part} cannot be read: the process for it ended unexpectedly, probably for lack of memory")
        }
    })
}
