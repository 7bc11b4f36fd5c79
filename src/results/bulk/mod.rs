//! Cities in files of records: a table, lines of JSON, a stream of YAML documents, or a folder of such files. They are read
//! one at a time. Up to a thousand become cities in memory; more are read again from the files as often as needed.

mod csv;
mod first_pass;
mod json;
mod records;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;

use super::reading::places::Files;
use super::reading::read::{Reader, Spanned};
use super::reading::yaml::{Key, Node, Value};
use super::scalar::PlainText;
use super::{City, Definitions, Facts, Results};
use crate::diagnostic::{Diagnostic, Place, Problems, SourceFile, code};
use csv::Cell;
pub use first_pass::{RecordCounts, load_records};
use records::{Header, RawRecord, RecordBody, RecordFormat, RecordReader};

/// Cities in files of records, which are read one at a time.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RecordSource {
    /// A .csv, .tsv, .jsonl or .yaml file, or a folder of such files: a path relative to the folder of this file.
    #[schemars(with = "PlainText", example = &"cities.csv")]
    pub from: Spanned<String>,
    /// The shape of a city, with names of columns in place of values. Without it, the header of a table names keys: id,
    /// name.fr, figures.share.value.
    #[schemars(
        with = "Option<serde_json::Map<String, serde_json::Value>>",
        example = serde_json::json!({"id": "code", "name": "town", "rank": "place"}),
    )]
    columns: Option<Node>,
    /// Default values of every city, in the shape of a city.
    #[schemars(
        with = "Option<serde_json::Map<String, serde_json::Value>>",
        example = serde_json::json!({"status": "selected", "figures": {"share": {"unit": "percent"}}}),
    )]
    every: Option<Node>,
    /// The path that `from` was resolved to.
    #[schemars(skip)]
    path: Option<PathBuf>,
}

/// One city, with the files that its places point into.
#[derive(Debug)]
pub struct Record {
    pub city: City,
    pub results: Results,
    raw: RawRecord,
}

impl RecordSource {
    /// Reads `cities: {from: cities.csv, columns: …, every: …}`.
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "list of cities")?;
        let from = f.required("from").and_then(|n| r.text(n));
        let columns = f.optional("columns").cloned();
        let every = f.optional("every").cloned();
        f.finish();
        for (name, node) in [("columns", &columns), ("every", &every)] {
            if let Some(node) = node.as_ref().filter(|node| !matches!(node.value, Value::Map(_))) {
                r.report_invalid(
                    code::WRONG_VALUE,
                    &node.span,
                    format!("expected a map in `{name}`, found {}", node.value.kind()),
                    "write it in the shape of a city",
                );
                return None;
            }
        }
        Some(Self { from: from?, columns, every, path: None })
    }

    /// Returns the cities of a file or folder named on the command line.
    pub fn from_path(path: &Path) -> Self {
        let from = Spanned { value: path.display().to_string(), span: 0..0 };
        Self { from, columns: None, every: None, path: Some(path.to_owned()) }
    }

    /// Sets the path that `from` was resolved to.
    pub fn resolve(&mut self, path: &Path) {
        self.path = Some(path.to_owned());
    }

    /// Returns whether the records can be read.
    pub fn is_resolved(&self) -> bool {
        self.path.is_some()
    }

    /// Returns the path as diagnostics show it.
    pub fn path(&self) -> &Path {
        self.resolved().strip_prefix(".").unwrap_or(self.resolved())
    }

    /// Returns the path to read; an empty one if there is none.
    fn resolved(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new(""))
    }

    /// Returns a diagnostic if the path is neither a folder nor a file of a known format.
    pub fn check_format(&self, files: &Files) -> Option<Diagnostic> {
        if self.resolved().is_dir() || RecordFormat::of(self.resolved()).is_some() {
            return None;
        }
        let message = format!("unsupported file format of `{}`", self.resolved().display());
        let problem = Diagnostic::error(code::WRONG_VALUE, message)
            .help("use .csv or .tsv for a table, .jsonl for JSON Lines, .yaml for YAML, or a folder of such files");
        Some(if self.from.span.is_empty() { problem } else { problem.place(files.place(&self.from.span)) })
    }

    /// Reads all records, one at a time.
    pub fn records(&self, facts: &Arc<Facts>) -> impl Iterator<Item = Result<Record, Problems>> + Send + use<> {
        let (record_source, facts) = (self.clone(), facts.clone());
        RecordReader::open(self.resolved()).map(move |raw| record_source.record(raw?, &facts))
    }

    fn record(&self, raw: RawRecord, facts: &Arc<Facts>) -> Result<Record, Problems> {
        let mut files = Files::new(&facts.file);
        let city = self.city(&raw, &facts.definitions, &mut files)?;
        Ok(Record { city, results: Results { facts: facts.clone(), files }, raw })
    }

    /// Restores a record that another process sent with [`Record::to_wire`].
    pub fn from_wire(&self, json: &serde_json::Value, facts: &Arc<Facts>) -> Result<Record, Problems> {
        let raw = RawRecord::from_wire(json).ok_or_else(Problems::new)?;
        self.record(raw, facts)
    }

    /// Reads the city of a record, and appends the file of the record to `files`.
    fn city(&self, raw: &RawRecord, definitions: &Arc<Definitions>, files: &mut Files) -> Result<City, Problems> {
        let start = files.add(&raw.file);
        let node = self.node(raw, definitions, start, files.first())?;
        let reader = Reader::with_definitions(files.clone(), definitions.clone());
        let city = City::read(&reader, &node);
        match (city, reader.into_problems()) {
            (Some(city), problems) if problems.is_empty() => Ok(city),
            (_, problems) => Err(problems),
        }
    }

    /// Builds the tree of a record, completed by the defaults in `every`.
    fn node(
        &self,
        raw: &RawRecord,
        definitions: &Definitions,
        start: usize,
        file: &Arc<SourceFile>,
    ) -> Result<Node, Diagnostic> {
        let node = match &raw.body {
            RecordBody::Row { header, cells } => {
                let shape = match &self.columns {
                    Some(columns) => shape_from_columns(columns, header, file)?,
                    None => shape_from_header(header, definitions)?,
                };
                shape.fill(cells).unwrap_or_else(|| Node::empty_map(0..0))
            }
            _ => raw.tree()?,
        };
        let node = node.shifted(start);
        Ok(match &self.every {
            Some(every) => complete(node, every, Level::City),
            None => node,
        })
    }
}

impl Record {
    /// Serialises the record for another process of this program.
    pub fn to_wire(&self) -> serde_json::Value {
        self.raw.to_wire()
    }
}

/// Fills in from `every` what a record lacks. A figure in `every` that has no value completes the same figure of a
/// record, but is not added to a record without it.
fn complete(mut node: Node, every: &Node, level: Level) -> Node {
    let (Value::Map(entries), Value::Map(shared)) = (&mut node.value, &every.value) else { return node };
    for (key, value) in shared {
        let inner = match level {
            Level::City if key.name == "figures" => Level::Figures,
            _ => Level::Other,
        };
        let has_value = || ["value", "min", "max"].iter().any(|part| value.get(part).is_some());
        match entries.iter_mut().find(|(known, _)| known.name == key.name) {
            Some((_, old)) => {
                let taken = std::mem::replace(old, Node::empty_map(0..0));
                *old = complete(taken, value, inner);
            }
            None if inner == Level::Figures => {
                let figures = Node::empty_map(value.span.clone());
                entries.push((key.clone(), complete(figures, value, inner)));
            }
            None if level == Level::Figures && !has_value() => {}
            None => entries.push((key.clone(), value.clone())),
        }
    }
    node
}

/// Which map of a city `complete` is in: the city, its `figures`, or any other (including a single figure).
#[derive(Clone, Copy, PartialEq)]
enum Level {
    City,
    Figures,
    Other,
}

/// The shape of a city, with the index of a column for each value.
enum Shape {
    Column(usize),
    List(Vec<Shape>),
    Map(Vec<(Key, Shape)>),
}

impl Shape {
    /// Builds the tree of a row. An empty cell counts as a missing value.
    fn fill(&self, cells: &[Cell]) -> Option<Node> {
        match self {
            Self::Column(index) => {
                let cell = cells.get(*index).filter(|cell| !cell.text.trim().is_empty())?;
                Some(Node { value: Value::Text(cell.text.trim().to_owned()), span: cell.span.clone() })
            }
            Self::List(items) => {
                let items: Vec<Node> = items.iter().filter_map(|item| item.fill(cells)).collect();
                let span = items.first()?.span.clone();
                Some(Node { value: Value::List(items), span })
            }
            Self::Map(entries) => {
                let filled = |(key, shape): &(Key, Shape)| {
                    let node = shape.fill(cells)?;
                    Some((Key { name: key.name.clone(), span: node.span.clone() }, node))
                };
                let entries: Vec<(Key, Node)> = entries.iter().filter_map(filled).collect();
                let span = entries.first()?.1.span.clone();
                Some(Node { value: Value::Map(entries), span })
            }
        }
    }
}

/// Converts `columns` of the results file, in which each leaf is the name of a column.
fn shape_from_columns(columns: &Node, header: &Header, results: &Arc<SourceFile>) -> Result<Shape, Diagnostic> {
    Ok(match &columns.value {
        Value::Map(entries) => Shape::Map(
            entries
                .iter()
                .map(|(key, node)| Ok((key.clone(), shape_from_columns(node, header, results)?)))
                .collect::<Result<_, Diagnostic>>()?,
        ),
        Value::List(items) => Shape::List(
            items.iter().map(|item| shape_from_columns(item, header, results)).collect::<Result<_, Diagnostic>>()?,
        ),
        Value::Text(name) | Value::Number(name) => {
            let names = || header.cells.iter().map(|cell| cell.text.trim());
            let at = names().position(|column| column == name.trim()).ok_or_else(|| {
                Diagnostic::error(code::BROKEN_REFERENCE, format!("the table has no column `{name}`"))
                    .place(Place::new(results, columns.span.clone()))
                    .place(header.place(0).labelled("the columns of the table"))
                    .suggest(name, names())
            })?;
            Shape::Column(at)
        }
        other => {
            let message = format!("expected the name of a column in `columns`, found {}", other.kind());
            return Err(Diagnostic::error(code::WRONG_VALUE, message)
                .place(Place::new(results, columns.span.clone()))
                .help("write id: code, name: {fr: nom}"));
        }
    })
}

impl Header {
    fn place(&self, column: usize) -> Place {
        let span = self.cells.get(column).map_or(0..0, |cell| cell.span.clone());
        Place::new(&self.file, span)
    }
}

/// Derives the shape from the names of the columns: `id`, `name.fr`, `figures.share.value`.
fn shape_from_header(header: &Header, definitions: &Definitions) -> Result<Shape, Diagnostic> {
    let known = || City::KEYS.iter().copied().chain(definitions.city.keys().map(String::as_str));
    let mut root = Vec::new();
    for (index, cell) in header.cells.iter().enumerate() {
        let path: Vec<&str> = cell.text.trim().split('.').collect();
        if !known().any(|key| key == path[0]) {
            return Err(Diagnostic::error(code::UNKNOWN_KEY, format!("unknown key `{}` in a city", path[0]))
                .place(header.place(index))
                .note("without `columns` in the results, the header names keys: id, name.fr, figures.share.value")
                .suggest(path[0], known()));
        }
        if !insert(&mut root, &path, index) {
            return Err(Diagnostic::error(code::DUPLICATE, format!("two columns set `{}`", path.join(".")))
                .place(header.place(index))
                .help("keep one of them"));
        }
    }
    Ok(Shape::Map(root))
}

/// Inserts a column at its path. Returns false if the path is taken.
fn insert(entries: &mut Vec<(Key, Shape)>, path: &[&str], column: usize) -> bool {
    let Some((name, rest)) = path.split_first() else { return false };
    let at = entries.iter().position(|(key, _)| key.name == *name);
    match (at.and_then(|at| entries.get_mut(at)), rest.is_empty()) {
        (None, true) => {
            entries.push((Key { name: (*name).to_owned(), span: 0..0 }, Shape::Column(column)));
            true
        }
        (None, false) => {
            let mut inner = Vec::new();
            insert(&mut inner, rest, column);
            entries.push((Key { name: (*name).to_owned(), span: 0..0 }, Shape::Map(inner)));
            true
        }
        (Some((_, Shape::Map(inner))), false) => insert(inner, rest, column),
        _ => false,
    }
}
