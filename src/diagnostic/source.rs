//! Source files, and places in them.

use std::ops::Range;
use std::sync::Arc;

/// Where a file of a project comes from. Diagnostics about embedded files are sorted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileOrigin {
    /// The program itself, which has a complete edition embedded.
    Embedded,
    /// The project's folder, or a path given on the command line.
    Disk,
}

impl FileOrigin {
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
    pub origin: FileOrigin,
    /// As the user would type it, or relative to the embedded edition.
    pub path: String,
    pub text: String,
    /// The line of the file on which the text begins, counted from 1; greater than 1 for a record of a long file.
    pub first_line: usize,
    pub(super) is_part: bool,
}

impl SourceFile {
    /// Returns a whole file on disk.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Self::with_origin(FileOrigin::Disk, path, text)
    }

    pub fn with_origin(origin: FileOrigin, path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { origin, path: path.into(), text: text.into(), first_line: 1, is_part: false })
    }

    /// Returns a few lines of a file on disk, such as one record. `first_line` counts from 1.
    pub fn part(path: impl Into<String>, text: impl Into<String>, first_line: usize) -> Arc<Self> {
        let first_line = first_line.max(1);
        Arc::new(Self { origin: FileOrigin::Disk, path: path.into(), text: text.into(), first_line, is_part: true })
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
    origin: FileOrigin,
    path: String,
    /// See [`SourceFile::first_line`].
    first_line: usize,
    /// In bytes, from the beginning of the text.
    offset: usize,
}
