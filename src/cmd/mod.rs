//! A file per command: from arguments to what it does.

pub mod build;
pub mod check;
pub mod explain;
pub mod init;
pub mod list;
pub mod merge;
pub mod print;
mod progress;
mod sarif;
pub mod schema;
mod stock;

use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::{Colour, CommonArgs, Format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::Project;

/// What is raised by Ctrl-C, from now on: a run ends after the documents in hand.
fn stop() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // A second handler would only fail to be set; the default, which ends at once, is then as good.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    &STOP
}

/// Documents to make at the same time: as many as asked for, or one for each core.
fn workers(asked: Option<NonZeroUsize>) -> usize {
    asked.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from)
}

/// Where a command speaks: data on standard output, messages on standard error.
pub struct Voice {
    json: bool,
    /// What is told in one log at the end.
    sarif: Option<Vec<Diagnostic>>,
    styled: bool,
    pub quiet: bool,
    pub verbose: bool,
    pub errors: usize,
}

impl Voice {
    pub fn new(args: &CommonArgs) -> Self {
        let styled = match args.color {
            Colour::Always => true,
            Colour::Never => false,
            // NO_COLOR and its like, as https://no-color.org asks.
            Colour::Auto => anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never,
        };
        let json = args.message_format == Format::Json;
        let sarif = (args.message_format == Format::Sarif).then(Vec::new);
        Self { json, sarif, styled, quiet: args.quiet, verbose: args.verbose, errors: 0 }
    }

    pub fn is_json(&self) -> bool {
        self.json
    }

    /// A person is watching, and no program reads along.
    pub fn watched(&self) -> bool {
        !self.json && !self.quiet && std::io::stderr().is_terminal()
    }

    pub fn tell(&mut self, diagnostic: &Diagnostic) {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        if let Some(log) = &mut self.sarif {
            log.push(diagnostic.clone());
        } else if self.json {
            self.data(&diagnostic.to_json(), "");
        } else if diagnostic.severity == Severity::Error || !self.quiet {
            diagnostic.emit(&mut std::io::stderr().lock(), self.styled);
        }
    }

    /// Tells a list of problems, each once.
    pub fn tell_all(&mut self, mut diagnostics: Vec<Diagnostic>) {
        diagnostics.sort_by_key(Diagnostic::sort_key);
        for diagnostic in &diagnostics {
            self.tell(diagnostic);
        }
    }

    /// One datum: the JSON object, or its line for people. A closed pipe is no failure.
    pub fn data(&self, json: &serde_json::Value, line: &str) {
        let mut out = std::io::stdout().lock();
        let _ = if self.sarif.is_some() {
            // Standard output is the log's.
            Ok(())
        } else if self.json {
            writeln!(out, "{json}")
        } else {
            writeln!(out, "{line}")
        };
    }

    /// A mistake of the command line that clap cannot know.
    pub fn complain(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "error: {text}; `gen-report explain` lists them all");
    }

    /// A remark for people.
    pub fn say(&self, text: &str) {
        if !self.quiet && !self.json && self.sarif.is_none() {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
    }
}

impl Drop for Voice {
    fn drop(&mut self) {
        if let Some(findings) = &self.sarif {
            let _ = writeln!(std::io::stdout().lock(), "{:#}", sarif::log(findings));
        }
    }
}

fn project(args: &CommonArgs) -> Result<Project, Vec<Diagnostic>> {
    let mut project = Project::open(&args.project, args.results.as_deref()).map_err(|problem| vec![problem])?;
    project.records.clone_from(&args.records);
    Ok(project)
}
