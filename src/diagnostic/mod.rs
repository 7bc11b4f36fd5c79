//! The type of every error and warning that a user sees, and the source files that it refers to.

pub mod code;

use std::collections::HashSet;
use std::fmt;
use std::io::Write;
use std::ops::{Deref, DerefMut, Range};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

/// A stable name for one kind of mistake, such as E0103. Its meaning never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// Where a file of a project comes from. Diagnostics about embedded files are sorted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The program itself, which has a complete edition embedded.
    Embedded,
    /// The project's folder, or a path given on the command line.
    Disk,
}

impl Origin {
    /// Returns a path as diagnostics show it, so that nobody looks for an embedded file on disk.
    pub fn display(self, path: &str) -> String {
        match self {
            Self::Embedded => format!("(embedded) {path}"),
            Self::Disk => path.to_owned(),
        }
    }
}

/// A text file that diagnostics can refer to.
#[derive(Debug)]
pub struct SourceFile {
    pub origin: Origin,
    /// As the user would type it, or relative to the embedded edition.
    pub path: String,
    pub text: String,
    /// The line of the file on which the text begins, counted from 1; greater than 1 for a record of a long file.
    pub first_line: usize,
    is_part: bool,
}

impl SourceFile {
    /// Returns a whole file on disk.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Self::with_origin(Origin::Disk, path, text)
    }

    pub fn with_origin(origin: Origin, path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { origin, path: path.into(), text: text.into(), first_line: 1, is_part: false })
    }

    /// Returns a few lines of a file on disk, such as one record. `first_line` counts from 1.
    pub fn part(path: impl Into<String>, text: impl Into<String>, first_line: usize) -> Arc<Self> {
        let first_line = first_line.max(1);
        Arc::new(Self { origin: Origin::Disk, path: path.into(), text: text.into(), first_line, is_part: true })
    }

    /// Returns the path as diagnostics show it.
    pub fn display_path(&self) -> String {
        self.origin.display(&self.path)
    }

    /// Returns line and column of a byte offset, both counted from 1, the column in characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.floor(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + self.first_line, before[line_start..].chars().count() + 1)
    }

    /// Returns the byte offset of a line and a column, both counted from 1. A column past the end of the line is its end.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = match (line + 1).saturating_sub(self.first_line) {
            0 | 1 => 0,
            line => self.text.match_indices('\n').nth(line - 2).map_or(self.text.len(), |(at, _)| at + 1),
        };
        let rest = self.text[start..].split('\n').next().unwrap_or_default();
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }

    /// Returns the line that contains `offset`, without its line break.
    pub fn line(&self, offset: usize) -> &str {
        let at = self.floor(offset);
        let start = self.text[..at].rfind('\n').map_or(0, |p| p + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |p| at + p);
        &self.text[start..end]
    }
}

/// A byte range of a file, with a label that explains it.
#[derive(Clone, Debug)]
pub struct Place {
    pub file: Arc<SourceFile>,
    pub range: Range<usize>,
    pub label: String,
}

impl Place {
    pub fn new(file: &Arc<SourceFile>, range: Range<usize>) -> Self {
        let start = file.floor(range.start);
        let end = file.floor(range.end).max(start);
        Self { file: file.clone(), range: start..end, label: String::new() }
    }

    pub fn at(file: &Arc<SourceFile>, line: usize, column: usize) -> Self {
        let offset = file.offset(line, column);
        Self::new(file, offset..offset)
    }

    /// Returns the start of the place, for comparing and sorting.
    pub fn location(&self) -> Location {
        Location {
            origin: self.file.origin,
            path: self.file.path.clone(),
            first_line: self.file.first_line,
            offset: self.range.start,
        }
    }

    /// Returns whether `other` begins within this place.
    pub fn contains(&self, other: &Self) -> bool {
        let file = |place: &Self| (place.file.origin, place.file.path.clone(), place.file.first_line);
        self.range.contains(&other.range.start) && file(self) == file(other)
    }

    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }
}

/// The start of a [`Place`], without its file's text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    origin: Origin,
    path: String,
    /// See [`SourceFile::first_line`].
    first_line: usize,
    /// In bytes, from the beginning of the text.
    offset: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// An error or a warning: what is wrong, where, and what to do about it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    /// The first place is the cause; the others give context.
    pub places: Vec<Place>,
    pub notes: Vec<String>,
    pub help: Option<String>,
    /// For recognising findings with one cause. Boxed to keep `Result` small.
    pub details: Option<Box<Details>>,
}

/// What the message of a diagnostic names.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// The locale that the message begins with, for joining findings about several locales.
    pub locale: Option<LocaleClause>,
    /// The Fluent messages that are missing.
    pub missing_messages: Vec<String>,
}

/// The parts of a message such as “the locale `fr` has no message `x`”.
#[derive(Clone, Debug)]
pub struct LocaleClause {
    pub name: String,
    /// What the message says about the locale, without its name.
    pub predicate: String,
}

/// The help of an error that only a mistake in this program can cause.
pub const BUG_HELP: &str = "this is a bug in gen-report: report it with the files of the project";

pub type Result<T, E = Diagnostic> = std::result::Result<T, E>;

/// The diagnostics of one task, in the order found. Functions use it to return several diagnostics.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns `value` if nothing was found, and the problems otherwise.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Keeps the first of several diagnostics with the same place and message.
    pub fn remove_duplicates(&mut self) {
        let mut seen = HashSet::new();
        self.0.retain(|problem| seen.insert(problem.sort_key()));
    }
}

impl Deref for Problems {
    type Target = Vec<Diagnostic>;

    fn deref(&self) -> &Vec<Diagnostic> {
        &self.0
    }
}

impl DerefMut for Problems {
    fn deref_mut(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.0
    }
}

impl From<Diagnostic> for Problems {
    fn from(problem: Diagnostic) -> Self {
        Self(vec![problem])
    }
}

impl FromIterator<Diagnostic> for Problems {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

impl Extend<Diagnostic> for Problems {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

impl IntoIterator for Problems {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a mut Problems {
    type Item = &'a mut Diagnostic;
    type IntoIter = std::slice::IterMut<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Diagnostic {
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            places: Vec::new(),
            notes: Vec::new(),
            help: None,
            details: None,
        }
    }

    /// Returns an error about a locale. The predicate follows “the locale `fr` ”.
    pub fn of_locale(code: Code, name: &str, predicate: impl Into<String>) -> Self {
        let locale = LocaleClause { name: name.to_owned(), predicate: predicate.into() };
        let message = format!("the locale `{name}` {}", locale.predicate);
        let details = Details { locale: Some(locale), ..Details::default() };
        Self { details: Some(Box::new(details)), ..Self::error(code, message) }
    }

    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::error(code, message).into_warning()
    }

    #[must_use]
    pub fn into_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Names a Fluent message that is missing.
    #[must_use]
    pub fn missing_message(self, id: impl Into<String>) -> Self {
        self.missing_messages([id.into()])
    }

    #[must_use]
    pub fn missing_messages(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        for id in ids {
            self.details.get_or_insert_default().missing_messages.push(id);
        }
        self
    }

    /// Returns the locale that the message begins with, if it does.
    pub fn locale(&self) -> Option<&LocaleClause> {
        self.details.as_ref()?.locale.as_ref()
    }

    /// Returns the Fluent messages whose absence this diagnostic reports.
    pub fn missing_message_ids(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.missing_messages)
    }

    #[must_use]
    pub fn place(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the help “did you mean …” if a known name is similar, or the list of known names if it is short.
    #[must_use]
    pub fn suggest<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        match closest(given, known.iter().copied()) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self.list_known(known),
        }
    }

    /// Adds the list of known names as help, if it is short.
    #[must_use]
    pub fn list_known<'a>(self, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if known.is_empty() || known.len() > 24 { self } else { self.help(format!("available: {}", known.join(", "))) }
    }

    /// Returns the key by which a list of diagnostics is sorted: file, place, message.
    pub fn sort_key(&self) -> (Option<Location>, String) {
        (self.places.first().map(Place::location), self.message.clone())
    }

    /// Returns the JSON object of `--message-format json`.
    pub fn to_json(&self) -> serde_json::Value {
        let places: Vec<_> = self
            .places
            .iter()
            .map(|p| {
                let (line, column) = p.file.line_column(p.range.start);
                json!({ "file": p.file.display_path(), "line": line, "column": column,
                        "excerpt": p.file.line(p.range.start), "label": p.label })
            })
            .collect();
        json!({
            "type": "diagnostic",
            "severity": match self.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "code": self.code.0, "message": self.message, "places": places, "notes": self.notes, "help": self.help,
        })
    }

    /// Serialises the diagnostic for another process of this program.
    pub fn to_wire(&self) -> serde_json::Value {
        let places: Vec<_> = self
            .places
            .iter()
            .map(|p| {
                let embedded = p.file.origin == Origin::Embedded;
                let mut place = json!({ "file": p.file.path, "embedded": embedded, "start": p.range.start,
                                        "end": p.range.end, "label": p.label });
                // A record is part of a long file, so its text is sent along.
                if p.file.is_part {
                    place["line"] = p.file.first_line.into();
                    place["text"] = p.file.text.clone().into();
                }
                place
            })
            .collect();
        json!({ "error": self.severity == Severity::Error, "code": self.code.0, "message": self.message,
                "places": places, "notes": self.notes, "help": self.help })
    }

    /// Parses the output of [`Self::to_wire`]; `file` returns the source file of an origin and a path.
    pub fn from_wire(json: &serde_json::Value, file: &dyn Fn(Origin, &str) -> Arc<SourceFile>) -> Option<Self> {
        let (code, ..) = code::ALL.iter().find(|(code, ..)| json["code"] == code.0)?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let place = |p: &serde_json::Value| {
            let at = |key: &str| p[key].as_u64().and_then(|n| usize::try_from(n).ok());
            let path = p["file"].as_str()?;
            let origin = if p["embedded"].as_bool()? { Origin::Embedded } else { Origin::Disk };
            let file = match (text(&p["text"]), at("line")) {
                (Some(text), Some(line)) => SourceFile::part(path, text, line),
                _ => file(origin, path),
            };
            Some(Place::new(&file, at("start")?..at("end")?).labelled(text(&p["label"])?))
        };
        Some(Self {
            severity: if json["error"] == true { Severity::Error } else { Severity::Warning },
            code: *code,
            message: text(&json["message"])?,
            places: json["places"].as_array()?.iter().filter_map(place).collect(),
            notes: json["notes"].as_array()?.iter().filter_map(text).collect(),
            help: text(&json["help"]),
            // Only `check` needs it, and it has no other processes.
            details: None,
        })
    }

    /// Renders the diagnostic for a terminal.
    pub fn render(&self, styled: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = make_printable(&self.message);
        let notes: Vec<String> = self.notes.iter().map(|n| make_printable(n)).collect();
        let help = self.help.as_deref().map(make_printable);
        let windows: Vec<Window> = self.places.iter().map(Window::around).collect();

        let mut group = Group::with_title(level.primary_title(&message).id(self.code.0));
        for (index, window) in windows.iter().enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            group = group.element(
                Snippet::source(&window.text)
                    .line_start(window.line)
                    .path(&window.path)
                    .annotation(kind.span(window.range.clone()).label(&window.label)),
            );
        }
        for note in &notes {
            group = group.element(Level::NOTE.message(note));
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let screen = renderer.render(&[group]);
        // Without a place, the vertical bar under the title leads nowhere.
        let idle = |line: &&str| self.places.is_empty() && anstream::adapter::strip_str(line).to_string().trim() == "|";
        screen.lines().filter(|line| !idle(line)).fold(String::new(), |screen, line| screen + line + "\n")
    }

    /// Writes the rendered diagnostic. Errors are ignored: a closed stream cannot be reported to anyone.
    pub fn emit(&self, to: &mut dyn Write, styled: bool) {
        let _ = writeln!(to, "{}", self.render(styled));
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostic {}

/// The line of a place. Only this line is rendered, so that long files cost nothing.
struct Window {
    text: String,
    path: String,
    line: usize,
    range: Range<usize>,
    label: String,
}

impl Window {
    /// The longest text shown, in bytes; a longer line is cut around the place.
    const WIDTH: usize = 160;

    fn around(place: &Place) -> Self {
        let text = &place.file.text;
        let start = text[..place.range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[place.range.start..].find('\n').map_or(text.len(), |at| place.range.start + at);
        let (line, _) = place.file.line_column(start);
        let mut range = place.range.start - start..place.range.end.min(end) - start;
        let mut shown = &text[start..end];
        if shown.len() > Self::WIDTH {
            let from = shown.floor_char_boundary(range.start.saturating_sub(Self::WIDTH / 2));
            let to = shown.floor_char_boundary(from + Self::WIDTH);
            shown = &shown[from..to];
            range = range.start - from..range.end.min(to) - from;
        }
        if range.is_empty() {
            range.end = shown[range.start..].chars().next().map_or(range.start, |c| range.start + c.len_utf8());
        }
        // The replacement has the same number of bytes, which keeps the caret in its place.
        let text = shown.replace(['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}'], "\u{fffd}");
        Self { text, path: place.file.display_path(), line, range, label: make_printable(&place.label) }
    }
}

/// Replaces control characters, with which data could move the cursor or hide text on a terminal.
fn make_printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => '\n',
            '\t' => ' ',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Formats a count: “1 document”, “2 documents”.
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Returns the known name most similar to the given one, if any is similar: one edit for names of up to four characters,
/// and one more for every five.
pub fn closest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .filter(|(distance, name)| *distance <= 1 + given.chars().count().max(name.chars().count()) / 5)
        .min()
        .map(|(_, name)| name)
}
