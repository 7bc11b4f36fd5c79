//! Writes data to standard output, and diagnostics and remarks for people to standard error. In the formats json and sarif,
//! diagnostics go to standard output too.

use std::cell::Cell;
use std::collections::HashSet;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use serde_json::Value as Json;

use super::sarif;
use crate::cli::{Color, CommonArgs, MessageFormat};
use crate::diagnostic::{Diagnostic, Problems, Severity, code, count};
use crate::exit;
use crate::hash::{Hash128, hash};
use crate::project::reason;

/// The output of a command in the format that the user asked for.
pub struct Console {
    format: MessageFormat,
    /// Diagnostics that are written as one SARIF log at the end.
    sarif: Problems,
    is_styled: bool,
    is_quiet: bool,
    is_verbose: bool,
    /// The diagnostics that people have seen. A mistake in a fact that several documents print is found in each of them.
    seen: HashSet<Hash128>,
    repetitions: usize,
    /// The first error in writing to standard output.
    failure: Cell<Option<io::Error>>,
}

impl Console {
    pub fn new(args: &CommonArgs) -> Self {
        let is_styled = match args.color {
            Color::Always => true,
            Color::Never => false,
            // Respects NO_COLOR and CLICOLOR (https://no-color.org).
            Color::Auto => anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never,
        };
        Self {
            format: args.message_format,
            sarif: Problems::new(),
            is_styled,
            is_quiet: args.quiet,
            is_verbose: args.verbose,
            seen: HashSet::new(),
            repetitions: 0,
            failure: Cell::new(None),
        }
    }

    pub fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Returns whether a person watches the terminal, so that a progress bar makes sense.
    pub fn shows_progress(&self) -> bool {
        self.format == MessageFormat::Human && !self.is_quiet && io::stderr().is_terminal()
    }

    fn report_diagnostic(&mut self, diagnostic: Diagnostic) {
        match self.format {
            MessageFormat::Sarif => self.sarif.push(diagnostic),
            MessageFormat::Json => self.write_json(&diagnostic.to_json()),
            MessageFormat::Human if diagnostic.severity == Severity::Error || !self.is_quiet => {
                let text = diagnostic.render(self.is_styled);
                match self.seen.insert(hash(text.as_bytes())) {
                    true => drop(writeln!(io::stderr().lock(), "{text}")),
                    false => self.repetitions += 1,
                }
            }
            MessageFormat::Human => {}
        }
    }

    /// Writes diagnostics in the order of their places.
    pub fn report_diagnostics(&mut self, mut diagnostics: Problems) {
        diagnostics.sort_by_key(Diagnostic::sort_key);
        diagnostics.into_iter().for_each(|diagnostic| self.report_diagnostic(diagnostic));
    }

    /// Writes the diagnostics of a check that the one before did not find. A mistake that was corrected and made again is thus
    /// written again.
    pub fn report_check(&mut self, mut diagnostics: Problems) {
        let key = |diagnostic: &Diagnostic| hash(diagnostic.render(self.is_styled).as_bytes());
        let found: HashSet<Hash128> = diagnostics.iter().map(key).collect();
        diagnostics.retain(|diagnostic| !self.seen.contains(&key(diagnostic)));
        self.seen.retain(|known| found.contains(known));
        self.report_diagnostics(diagnostics);
    }

    /// Writes the result of a command: as a JSON object, or as a line for people.
    pub fn write_data(&self, json: &Json, line: &str) {
        match self.format {
            MessageFormat::Json => self.write_json(json),
            MessageFormat::Human => self.write_line(line),
            // Standard output belongs to the log.
            MessageFormat::Sarif => {}
        }
    }

    /// Reports a file that was written: as a JSON object, or as its path for people, unless they want only errors.
    pub fn report_file(&self, json: &Json, path: &str) {
        if self.is_json() || !self.is_quiet {
            self.write_data(json, path);
        }
    }

    /// Writes a JSON object that is not shown to people.
    pub fn write_event(&self, json: &Json) {
        if self.is_json() {
            self.write_json(json);
        }
    }

    fn write_json(&self, json: &Json) {
        self.write_line(json);
    }

    fn write_line(&self, line: impl Display) {
        if let Err(error) = writeln!(io::stdout().lock(), "{line}") {
            self.failure.set(Some(self.failure.take().unwrap_or(error)));
        }
    }

    /// Writes a remark for people.
    pub fn write_remark(&self, text: &str) {
        if self.format == MessageFormat::Human && !self.is_quiet {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Writes a usage error that clap cannot detect, in clap's format.
    pub fn report_usage_error(&self, message: &str, help: &str) {
        let _ = writeln!(io::stderr().lock(), "error: {message}\n\nFor more information, try {help}.");
    }

    /// Writes what is left at the end of the program, and returns its exit code. Lost output is a failure.
    pub fn finish(self, exit_code: u8) -> u8 {
        if self.format == MessageFormat::Sarif {
            self.write_line(format_args!("{:#}", sarif::log(&self.sarif)));
        }
        if self.repetitions > 0 {
            let repetitions = count(self.repetitions, "message");
            let verb = if self.repetitions == 1 { "repeats" } else { "repeat" };
            self.write_remark(&format!("omitted {repetitions} that {verb} one above"));
        }
        match self.failure.take() {
            // A closed pipe is no error: the reader has read enough.
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let problem =
                    Diagnostic::error(code::OUTPUT, format!("standard output cannot be written: {}", reason(&error)))
                        .help("free some disk space, or send the output elsewhere");
                // If standard error is closed too, nobody can read this.
                let _ = writeln!(io::stderr().lock(), "{}", problem.render(self.is_styled));
                exit_code.max(exit::FAILED)
            }
            _ => exit_code,
        }
    }

    /// Writes a remark for people who asked for details.
    pub fn write_detail(&self, text: &str) {
        if self.is_verbose {
            self.write_remark(text);
        }
    }
}
