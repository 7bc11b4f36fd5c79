//! Finds texts and table cells that overlap each other.

use std::collections::BTreeSet;

use typst::layout::Abs;
use typst::syntax::Span;
use typst::text::TextItem;

use super::{Finding, FindingKind, Inspector, MAX_PER_PAGE};

/// A run of text, and the area that its letters cover: from the baseline up to [`LETTER_HEIGHT`].
#[derive(Clone)]
pub struct PlacedText<'a> {
    pub item: &'a TextItem,
    pub size: Abs,
    pub left: Abs,
    pub right: Abs,
    pub top: Abs,
    pub bottom: Abs,
    /// The index of its paragraph.
    pub paragraph: Option<usize>,
    /// The index of its table cell, the outer one if there are several.
    pub cell: Option<usize>,
    /// Its place in the order in which the page is painted.
    pub order: usize,
}

impl<'a> PlacedText<'a> {
    pub fn text(&self) -> &'a str {
        self.item.text.trim()
    }

    pub fn span(&self) -> Span {
        span_of(self.item)
    }

    /// Extends the area to that of another text, and becomes that text if it is longer.
    fn extend(&mut self, other: &Self) {
        if other.item.width() > self.item.width() {
            self.item = other.item;
        }
        (self.left, self.right) = (self.left.min(other.left), self.right.max(other.right));
        (self.top, self.bottom) = (self.top.min(other.top), self.bottom.max(other.bottom));
    }

    fn overlaps(&self, other: &Self) -> bool {
        let tolerance = (self.bottom - self.top).min(other.bottom - other.top) * OVERLAP_TOLERANCE;
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width > tolerance && height > tolerance
    }
}

/// The assumed height of letters above the baseline, in em. Capitals and Chinese characters are higher, but with their
/// real height tightly set lines would overlap.
pub const LETTER_HEIGHT: f64 = 0.6;

/// The largest overlap that is ignored, as a fraction of the height of the letters. Kerning and slanted letters cause some.
const OVERLAP_TOLERANCE: f64 = 0.25;

pub fn span_of(item: &TextItem) -> Span {
    item.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0)
}

impl Inspector<'_> {
    /// Reports the first pairs of texts of a page that overlap, each text once. Returns whether there are any.
    pub(super) fn find_overlaps(&mut self, first_text: usize) -> bool {
        let number = self.page_number();
        let mut texts: Vec<&PlacedText<'_>> = self.texts[first_text..].iter().collect();
        texts.sort_by_key(|text| text.top);
        let mut pairs = BTreeSet::new();
        let mut reported = vec![false; texts.len()];
        for (index, upper) in texts.iter().enumerate() {
            let below = texts.iter().enumerate().skip(index + 1);
            for (other, lower) in below.take_while(|(_, lower)| lower.top < upper.bottom) {
                if reported[index] || reported[other] || !upper.overlaps(lower) {
                    continue;
                }
                (reported[index], reported[other]) = (true, true);
                let pair = (upper.text(), lower.text());
                if pairs.len() < MAX_PER_PAGE && pairs.insert(pair) {
                    let kind = FindingKind::Overlap(pair.0.to_owned(), pair.1.to_owned(), number);
                    self.found.push(Finding { kind, span: lower.span() });
                }
            }
        }
        !pairs.is_empty()
    }

    /// Reports table cells whose texts, each cell taken as one bounding box, overlap, although no two single texts do.
    pub(super) fn find_overlapping_cells(&mut self, first_text: usize) {
        let mut cells: Vec<(usize, PlacedText<'_>)> = Vec::new();
        for text in &self.texts[first_text..] {
            let Some(index) = text.cell else { continue };
            match cells.iter_mut().rfind(|(cell, _)| *cell == index) {
                Some((_, area)) => area.extend(text),
                None => cells.push((index, text.clone())),
            }
        }
        let number = self.page_number();
        let pairs = cells.iter().enumerate().flat_map(|(at, (_, cell))| {
            let later = cells[at + 1..].iter().filter(|(_, other)| cell.overlaps(other));
            later.map(move |(_, other)| (cell, other))
        });
        let found = pairs.take(MAX_PER_PAGE).map(|(cell, other)| {
            let [first, second] = [cell, other].map(|cell| cell.text().to_owned());
            Finding { kind: FindingKind::CellOverlap(first, second, number), span: cell.span() }
        });
        self.found.extend(found);
    }
}
