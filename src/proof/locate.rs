//! Finds the messages of a document on its pages.
//!
//! Typst knows for each glyph where in the source it comes from, and the templates know which message printed that part of the
//! source. A text that a style module takes apart, such as the letters around a seal, has lost its place in the source: it is
//! searched for on the pages, like the audit does.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;
use std::ops::Range;

use typst::syntax::{Source, Span, SyntaxKind};
use typst_layout::PagedDocument;

use super::page_text::{Letter, Position, letters, letters_of};
use crate::locale::marks;
use crate::locale::trace::ResolvedText;
use crate::template::Rendered;

/// Where a message begins on a page, or goes on after a page break.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// Index of the text in the trace.
    pub text: usize,
    /// Counted from 0.
    pub page: usize,
    /// The two ends of the leading edge of its first letter.
    pub edge: [Position; 2],
}

/// Returns where the messages of a document are printed, in no particular order.
pub fn locate(
    document: &PagedDocument,
    source: &Source,
    rendered: &Rendered,
    texts: &[ResolvedText],
) -> Vec<Occurrence> {
    let letters = letters(document);
    let mut owners = owners_by_span(&letters, source, rendered);
    find_others(&letters, texts, &mut owners);
    occurrences(&letters, source, &owners)
}

/// Returns for each letter the text whose message printed it, by its place in the source.
fn owners_by_span(letters: &[Letter], source: &Source, rendered: &Rendered) -> Vec<Option<usize>> {
    let mut known: BTreeMap<NonZeroU64, Option<usize>> = BTreeMap::new();
    let owner = |letter: &Letter| {
        let find = || {
            let literal = find_literal(source, letter.span)?;
            let at = rendered.messages.partition_point(|(range, _)| range.start < literal.end).checked_sub(1)?;
            let (range, text) = &rendered.messages[at];
            // The mark of a message may be inside its quotation marks or outside.
            (range.end > literal.start + 1).then_some(*text)
        };
        *known.entry(letter.span.into_raw()).or_insert_with(find)
    };
    letters.iter().map(owner).collect()
}

/// Returns the string literal of the document's own source that a span is about.
fn find_literal(source: &Source, span: Span) -> Option<Range<usize>> {
    // Numbers of spans are unique in a file only.
    let node = source.find(span).filter(|_| span.id() == Some(source.id()))?;
    (node.kind() == SyntaxKind::Str).then(|| node.range())
}

/// Finds the messages that own no letter yet among the letters that have no owner: the longest first, each at the first place
/// that fits.
fn find_others(letters: &[Letter], texts: &[ResolvedText], owners: &mut [Option<usize>]) {
    let found: BTreeSet<usize> = owners.iter().flatten().copied().collect();
    let mut others: Vec<(usize, Vec<char>)> = texts
        .iter()
        .enumerate()
        .filter(|(index, text)| !found.contains(index) && message_of(text).is_some())
        .map(|(index, text)| (index, letters_of(&marks::strip(&text.text))))
        .filter(|(_, letters)| !letters.is_empty())
        .collect();
    others.sort_by_key(|(index, letters)| (Reverse(letters.len()), *index));
    for (index, words) in others {
        let fits = |at: usize| {
            let end = at + words.len();
            !letters[at].is_inside_word
                && letters.get(end).is_none_or(|next| !next.is_inside_word || next.run != letters[end - 1].run)
                && owners[at..end].iter().all(Option::is_none)
                && letters[at..end].iter().zip(&words).all(|(letter, c)| letter.c == *c)
        };
        if let Some(at) = (0..(letters.len() + 1).saturating_sub(words.len())).find(|at| fits(*at)) {
            owners[at..at + words.len()].fill(Some(index));
        }
    }
}

/// Returns the message that a text in a trace is about: its own, or the one that formatted its value.
pub fn message_of(text: &ResolvedText) -> Option<&str> {
    match text.id.as_str() {
        "" => text.formats.first().map(String::as_str),
        id => Some(id),
    }
}

/// Returns the first letter of each text on each page; several if the page prints it several times.
fn occurrences(letters: &[Letter], source: &Source, owners: &[Option<usize>]) -> Vec<Occurrence> {
    /// The literal and the offset in it; an unknown literal is the first.
    type Order = (usize, usize);
    let order = |letter: &Letter| -> Order {
        (find_literal(source, letter.span).map_or(0, |literal| literal.start), letter.offset)
    };
    let mut first: BTreeMap<(usize, usize), (Order, Vec<&Letter>)> = BTreeMap::new();
    for (letter, owner) in letters.iter().zip(owners) {
        let Some(text) = owner else { continue };
        let order = order(letter);
        let entry = first.entry((*text, letter.page)).or_insert_with(|| (order, Vec::new()));
        if order < entry.0 {
            *entry = (order, Vec::new());
        }
        // Without a place in the source, all letters of a text have the same order: only the first one counts.
        if order == entry.0 && (entry.1.is_empty() || order.0 > 0) {
            entry.1.push(letter);
        }
    }
    let mut found = Vec::new();
    for ((text, page), (_, letters)) in first {
        let mut edges: Vec<[Position; 2]> = letters.into_iter().map(|letter| letter.edge).collect();
        // The letters of a ligature have one edge.
        edges.dedup();
        found.extend(edges.into_iter().map(|edge| Occurrence { text, page, edge }));
    }
    found
}
