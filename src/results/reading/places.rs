//! The files that facts stand in, as one row of bytes: a span tells its file too.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Place, SourceFile};

/// Each file begins behind the end of the one before it.
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

    /// Puts one more file behind the others; gives its start.
    pub fn add(&mut self, file: &Arc<SourceFile>) -> usize {
        // One byte between two files keeps the end of one from being the start of the next.
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

    /// From the last to the first.
    pub fn latest(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.others.iter().rev().map(|(_, file)| file).chain([&self.first])
    }
}
