//! Reads files of records one record at a time; only one is held in memory.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::csv::{self, Cell, Quotes};
use super::json as json_text;
use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::project::{check_inside, open_regular, reason};
use crate::results::reading::yaml::{self, Node};

/// The largest record, in bytes.
const MAX_RECORD: usize = 1 << 20;

/// A record as written in its file.
#[derive(Debug)]
pub struct RawRecord {
    pub file: Arc<SourceFile>,
    pub body: RecordBody,
}

/// How the text of a record is read: as JSON, as YAML, or as a row below a header.
#[derive(Debug)]
pub enum RecordBody {
    Json,
    Yaml,
    Row { header: Arc<Header>, cells: Vec<Cell> },
}

/// The first row of a table.
#[derive(Debug)]
pub struct Header {
    pub file: Arc<SourceFile>,
    pub cells: Vec<Cell>,
    separator: u8,
}

impl RawRecord {
    /// Parses a record that is not a row of a table.
    pub fn tree(&self) -> Result<Node> {
        match self.body {
            RecordBody::Json => json_text::parse(&self.file),
            _ => yaml::parse(&self.file),
        }
    }

    pub fn to_wire(&self) -> Json {
        let (form, header) = match &self.body {
            RecordBody::Json => ("json", None),
            RecordBody::Yaml => ("yaml", None),
            RecordBody::Row { header, .. } => ("row", Some(&header.file)),
        };
        let file = &self.file;
        json!({ "form": form, "path": file.path, "line": file.first_line, "text": file.text,
                "header": header.map(|file| json!({ "line": file.first_line, "text": file.text })) })
    }

    pub fn from_wire(json: &Json) -> Option<Self> {
        let path = json["path"].as_str()?;
        let part = |json: &Json| {
            Some(SourceFile::part(path, json["text"].as_str()?, usize::try_from(json["line"].as_u64()?).ok()?))
        };
        let file = part(json)?;
        let body = match json["form"].as_str()? {
            "json" => RecordBody::Json,
            "yaml" => RecordBody::Yaml,
            _ => {
                let header = Arc::new(Header::new(part(&json["header"])?).ok()?);
                RecordBody::Row { cells: cells(&file, header.separator).ok()?, header }
            }
        };
        Some(Self { file, body })
    }
}

impl Header {
    fn new(file: Arc<SourceFile>) -> Result<Self> {
        let separator = csv::separator(&file.text);
        Ok(Self { cells: cells(&file, separator)?, file, separator })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFormat {
    Csv,
    JsonLines,
    Yaml,
}

impl RecordFormat {
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// The next record or what is wrong with it, or `None` at the end. After an outer error, reading stops, because the
/// start of the next record is unknown.
type Step = Result<Option<Result<RawRecord>>>;

/// Reads a file of records, or all files of a folder in the order of their names.
pub struct RecordReader {
    /// The file or folder. A file or folder in it that a link takes outside is an error.
    root: PathBuf,
    /// The files and folders still to read, as a stack: the next one is at the end.
    waiting: Vec<PathBuf>,
    current: Option<Stream>,
}

impl RecordReader {
    pub fn open(path: &Path) -> Self {
        Self { root: path.to_owned(), waiting: vec![path.to_owned()], current: None }
    }

    fn step(&mut self) -> Step {
        loop {
            if let Some(stream) = &mut self.current {
                if let Some(raw) = stream.step()? {
                    return Ok(Some(raw));
                }
                self.current = None;
            }
            let Some(path) = self.waiting.pop() else { return Ok(None) };
            check_inside(&self.root, &path).map_err(|error| unreadable(&path, &error))?;
            if path.is_dir() {
                let mut names = list_folder(&path).map_err(|error| unreadable(&path, &error))?;
                names.sort_by(|a, b| b.cmp(a));
                self.waiting.append(&mut names);
            } else if let Some(format) = RecordFormat::of(&path) {
                let file = open_regular(&path).map_err(|error| unreadable(&path, &error))?;
                self.current =
                    Some(Stream::new(Box::new(BufReader::with_capacity(1 << 16, file)), display_path(&path), format));
            }
        }
    }
}

impl Iterator for RecordReader {
    type Item = Result<RawRecord>;

    /// Stops after a record whose end cannot be found.
    fn next(&mut self) -> Option<Result<RawRecord>> {
        self.step().unwrap_or_else(|problem| {
            self.waiting.clear();
            self.current = None;
            Some(Err(problem))
        })
    }
}

fn list_folder(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // A link to a folder may lead back to a parent folder.
        let is_link_to_folder = entry.file_type()?.is_symlink() && path.is_dir();
        if !is_link_to_folder && !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn display_path(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(code::PROJECT_FILE, format!("`{}` cannot be read: {}", display_path(path), reason(error)))
        .help("check that it is inside the folder of records and that you may read it")
}

struct Stream {
    input: Box<dyn BufRead + Send>,
    path: String,
    format: RecordFormat,
    /// Lines read so far.
    line: usize,
    header: Option<Arc<Header>>,
    /// The rest of the line that started the next YAML document.
    opened: Option<String>,
}

impl Stream {
    fn new(input: Box<dyn BufRead + Send>, path: String, format: RecordFormat) -> Self {
        Self { input, path, format, line: 0, header: None, opened: None }
    }

    fn step(&mut self) -> Step {
        match self.format {
            RecordFormat::Csv => self.row(),
            RecordFormat::JsonLines => self.json(),
            RecordFormat::Yaml => self.document(),
        }
    }

    /// Appends the next line to `text`. Returns false at the end of the file.
    fn line(&mut self, text: &mut String) -> Result<bool> {
        let mut bytes = Vec::new();
        let limit = (MAX_RECORD + 1).saturating_sub(text.len());
        let read = self.input.by_ref().take(limit as u64).read_until(b'\n', &mut bytes);
        let number = self.line + 1;
        let place = |text: &str| {
            let file = SourceFile::part(&self.path, text, number);
            Place::new(&file, text.len()..text.len())
        };
        match read {
            Ok(0) if limit > 0 => return Ok(false),
            Ok(_) if text.len() + bytes.len() > MAX_RECORD => {
                let message = format!("a record is larger than {} KiB", MAX_RECORD >> 10);
                return Err(Diagnostic::error(code::YAML, message)
                    .place(place(""))
                    .help("check for a quote that is never closed, and that the file holds records"));
            }
            Ok(_) => {}
            Err(error) => return Err(unreadable(Path::new(&self.path), &error)),
        }
        let line = std::str::from_utf8(&bytes).map_err(|error| {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            Diagnostic::error(code::PROJECT_FILE, format!("`{}` is not UTF-8 text", self.path))
                .place(place(&good))
                .help("save the file as UTF-8")
        })?;
        // A byte order mark is not part of the text (Unicode 23.8).
        text.push_str(if self.line == 0 { line.trim_start_matches('\u{feff}') } else { line });
        self.line = number;
        Ok(true)
    }

    /// Reads the lines of the next row or object, skipping blank lines before it.
    fn lines(&mut self, mut continues: impl FnMut(&str) -> bool) -> Result<Option<Arc<SourceFile>>> {
        let (mut text, mut first) = (String::new(), self.line + 1);
        loop {
            let before = text.len();
            let more = self.line(&mut text)?;
            if more && before == 0 && text.trim().is_empty() {
                text.clear();
                first = self.line + 1;
            } else if !more || !continues(text.get(before..).unwrap_or_default()) {
                text.truncate(text.trim_end_matches(['\r', '\n']).len());
                return Ok((!text.is_empty()).then(|| SourceFile::part(&self.path, text, first)));
            }
        }
    }

    fn json(&mut self) -> Step {
        Ok(self.lines(|_| false)?.map(|file| Ok(RawRecord { file, body: RecordBody::Json })))
    }

    fn row(&mut self) -> Step {
        let header = match &self.header {
            Some(header) => header.clone(),
            None => {
                let mut quotes = Quotes::default();
                // The separator is known only when the header has been read.
                let is_separator = |byte| matches!(byte, b',' | b';' | b'\t');
                let Some(file) = self.lines(|line| quotes.read(line, is_separator))? else { return Ok(None) };
                if let Some((at, _)) =
                    file.text.match_indices('\r').find(|(at, _)| !file.text[at + 1..].starts_with('\n'))
                {
                    return Err(Diagnostic::error(
                        code::WRONG_VALUE,
                        "the table uses bare carriage returns as line endings",
                    )
                    .place(Place::new(&file, at..at))
                    .help("save the table again, as “CSV (Windows)” or “CSV UTF-8”"));
                }
                let header = Arc::new(Header::new(file)?);
                self.header = Some(header.clone());
                header
            }
        };
        let mut quotes = Quotes::default();
        let Some(file) = self.lines(|line| quotes.read(line, |byte| byte == header.separator))? else {
            return Ok(None);
        };
        let cells = match cells(&file, header.separator) {
            Ok(cells) => cells,
            Err(problem) => return Ok(Some(Err(problem))),
        };
        if cells.len() != header.cells.len() {
            let message = format!("this row has {} cells, but the header has {}", cells.len(), header.cells.len());
            return Ok(Some(Err(Diagnostic::error(code::WRONG_VALUE, message)
                .place(Place::at(&file, file.first_line, 1))
                .help("enclose a cell that contains the separator in quotes: \"Washington, D.C.\""))));
        }
        Ok(Some(Ok(RawRecord { file, body: RecordBody::Row { header, cells } })))
    }

    fn document(&mut self) -> Step {
        loop {
            let mut text = self.opened.take().unwrap_or_default();
            let first = self.line + usize::from(text.is_empty());
            let more = loop {
                let before = text.len();
                if !self.line(&mut text)? {
                    break false;
                }
                let line = text.get(before..).unwrap_or_default();
                let is_marker = |marker: &str| {
                    let rest = line.strip_prefix(marker);
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
                };
                if is_marker("---") || is_marker("...") {
                    // The text after the marker keeps its column.
                    self.opened = is_marker("---").then(|| line.replacen("---", "   ", 1));
                    text.truncate(before);
                    break true;
                }
            };
            if text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
                let file = SourceFile::part(&self.path, text, first);
                return Ok(Some(Ok(RawRecord { file, body: RecordBody::Yaml })));
            }
            if !more {
                return Ok(None);
            }
        }
    }
}

fn cells(file: &Arc<SourceFile>, separator: u8) -> Result<Vec<Cell>> {
    csv::cells(&file.text, separator).map_err(|at| {
        Diagnostic::error(code::WRONG_VALUE, "misplaced quote in a cell")
            .place(Place::new(file, at..at))
            .help("write a quote inside a cell twice, and enclose the cell in quotes: \"the \"\"old\"\" town\"")
    })
}
