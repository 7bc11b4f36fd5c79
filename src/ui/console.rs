//! Writes data to standard output, diagnostics and remarks to standard error.

use std::io::{IsTerminal, Write};

use serde_json::Value as Json;

use super::sarif;
use crate::cli::{Color, CommonArgs, MessageFormat};
use crate::diagnostic::{Diagnostic, Problems, Severity};

/// The output of a command in the format that the user asked for.
pub struct Console {
    format: MessageFormat,
    /// Diagnostics that are written as one SARIF log at the end.
    sarif: Problems,
    is_styled: bool,
    is_quiet: bool,
    is_verbose: bool,
}

impl Console {
    pub fn new(args: &CommonArgs) -> Self {
        let is_styled = match args.color {
            Color::Always => true,
            Color::Never => false,
            // Respects NO_COLOR and CLICOLOR (https://no-color.org).
            Color::Auto => anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never,
        };
        Self {
            format: args.message_format,
            sarif: Problems::new(),
            is_styled,
            is_quiet: args.quiet,
            is_verbose: args.verbose,
        }
    }

    pub fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Whether a person watches the terminal, so that a progress bar makes sense.
    pub fn is_watched(&self) -> bool {
        self.format == MessageFormat::Human && !self.is_quiet && std::io::stderr().is_terminal()
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        match self.format {
            MessageFormat::Sarif => self.sarif.push(diagnostic),
            MessageFormat::Json => self.json(&diagnostic.to_json()),
            MessageFormat::Human if diagnostic.severity == Severity::Error || !self.is_quiet => {
                diagnostic.emit(&mut std::io::stderr().lock(), self.is_styled);
            }
            MessageFormat::Human => {}
        }
    }

    /// Writes diagnostics in the order of their places.
    pub fn diagnostics(&mut self, mut diagnostics: Problems) {
        diagnostics.sort_by_key(Diagnostic::sort_key);
        diagnostics.into_iter().for_each(|diagnostic| self.diagnostic(diagnostic));
    }

    /// Writes what a command was asked for: the JSON object, or its line for people.
    pub fn data(&self, json: &Json, line: &str) {
        match self.format {
            MessageFormat::Json => self.json(json),
            // A closed pipe is not an error.
            MessageFormat::Human => drop(writeln!(std::io::stdout().lock(), "{line}")),
            // Standard output belongs to the log.
            MessageFormat::Sarif => {}
        }
    }

    /// Writes a file that was written: the JSON object, or its path for people, unless they want only errors.
    pub fn file(&self, json: &Json, path: &str) {
        if self.is_json() || !self.is_quiet {
            self.data(json, path);
        }
    }

    /// Writes a JSON object that has no line for people.
    pub fn event(&self, json: &Json) {
        if self.is_json() {
            self.json(json);
        }
    }

    fn json(&self, json: &Json) {
        let _ = writeln!(std::io::stdout().lock(), "{json}");
    }

    /// Writes a remark for people.
    pub fn remark(&self, text: &str) {
        if self.format == MessageFormat::Human && !self.is_quiet {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
    }

    /// Writes a mistake on the command line that clap cannot know, in clap's form.
    pub fn usage_error(&self, message: &str, help: &str) {
        let _ = writeln!(std::io::stderr().lock(), "error: {message}\n\nFor more information, {help}.");
    }

    /// Writes a remark for people who asked for details.
    pub fn detail(&self, text: &str) {
        if self.is_verbose {
            self.remark(text);
        }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        if self.format == MessageFormat::Sarif {
            let _ = writeln!(std::io::stdout().lock(), "{:#}", sarif::log(&self.sarif));
        }
    }
}

/// “1 document”, “2 documents”
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
