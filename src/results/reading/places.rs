//! The files that hold the facts of a document, with their bytes numbered consecutively, so that a span also
//! identifies its file.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Place, SourceFile};

/// Each file starts after the end of the one before it.
#[derive(Clone, Debug)]
pub struct Files {
    first: Arc<SourceFile>,
    others: Vec<(usize, Arc<SourceFile>)>,
}

impl Files {
    pub fn new(file: &Arc<SourceFile>) -> Self {
        Self { first: file.clone(), others: Vec::new() }
    }

    pub fn first(&self) -> &Arc<SourceFile> {
        &self.first
    }

    /// Appends a file and returns the number of its first byte.
    pub fn add(&mut self, file: &Arc<SourceFile>) -> usize {
        // A gap of one byte keeps the end of a file apart from the start of the next.
        let start = self.others.last().map_or(self.first.text.len(), |(start, file)| start + file.text.len()) + 1;
        self.others.push((start, file.clone()));
        start
    }

    pub fn place(&self, span: &Range<usize>) -> Place {
        let at = self.others.partition_point(|(start, _)| *start <= span.start);
        let (start, file) = at
            .checked_sub(1)
            .and_then(|at| self.others.get(at))
            .map_or((0, &self.first), |(start, file)| (*start, file));
        Place::new(file, span.start - start..span.end.saturating_sub(start))
    }

    /// Returns the files from the last to the first.
    pub fn latest(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.others.iter().rev().map(|(_, file)| file).chain([&self.first])
    }
}
