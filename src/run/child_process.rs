//! Processes of this program that answer requests: a process can be killed and its memory limited, a thread cannot.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A process of this program, which is killed when this value is dropped.
pub struct ChildProcess<R> {
    child: Child,
    input: ChildStdin,
    /// What it has answered.
    pub responses: Receiver<R>,
}

impl<R: Send + 'static> ChildProcess<R> {
    /// Starts this program with other arguments. `read` reads a response from its standard output; `None` if there is none.
    pub fn start<A: AsRef<OsStr>>(
        arguments: impl IntoIterator<Item = A>,
        mut read: impl FnMut(&mut dyn BufRead) -> Option<R> + Send + 'static,
    ) -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            // Ctrl-C must reach only this process, which lets the others finish the documents that they have started.
            command.process_group(0);
        }
        // By default the allocator reserves a gibibyte of address space at once, which counts towards the memory limit
        // and would exceed it from the start. The value is in KiB: 64 MiB.
        command.env("MIMALLOC_ARENA_RESERVE", "65536");
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, responses) = mpsc::channel();
        let process = Self { child, input, responses };
        thread::Builder::new().spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(response) = read(&mut output) {
                if sender.send(response).is_err() {
                    break;
                }
            }
        })?;
        Ok(process)
    }
}

impl<R> ChildProcess<R> {
    /// Sends a message, and the bytes that belong to it.
    pub fn send(&mut self, message: &impl Serialize, bytes: &[u8]) -> io::Result<()> {
        write_message(&mut self.input, message, bytes)
    }
}

impl<R> Drop for ChildProcess<R> {
    /// Kills the process and waits until it has ended, so that it does not remain as a zombie.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the requests of the parent process, or `None` if no thread can be created. `read` reads a request from standard
/// input. When it returns `None`, the parent has closed the pipe, and this process exits.
pub fn receive_requests<R: Send + 'static>(
    mut read: impl FnMut(&mut dyn BufRead) -> Option<R> + Send + 'static,
) -> Option<Receiver<R>> {
    let (sender, requests) = mpsc::channel();
    // Only a separate thread notices the end of standard input while a request is being answered.
    let listen = move || {
        let mut input = io::stdin().lock();
        while let Some(request) = read(&mut input) {
            if sender.send(request).is_err() {
                break;
            }
        }
        std::process::exit(0);
    };
    thread::Builder::new().spawn(listen).ok().map(|_| requests)
}

/// Answers the parent process, with a message and the bytes that belong to it.
pub fn respond(message: &impl Serialize, bytes: &[u8]) -> io::Result<()> {
    write_message(&mut io::stdout().lock(), message, bytes)
}

/// Writes a message as a line of JSON, and the bytes that belong to it.
fn write_message(out: &mut impl Write, message: &impl Serialize, bytes: &[u8]) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(message)?)?;
    out.write_all(bytes)?;
    out.flush()
}

/// Reads the bytes that belong to a message. Returns `None` if the input is shorter.
pub fn read_bytes(input: &mut dyn BufRead, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}

/// Reads a line of JSON. Returns `None` at the end of the input, or if the line is not valid.
pub fn read_json_line<T: DeserializeOwned>(input: &mut dyn BufRead) -> Option<T> {
    let mut line = String::new();
    input.read_line(&mut line).ok()?;
    serde_json::from_str(&line).ok()
}
