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

use super::page_text::{PageChar, Position, letters_of, page_chars};
use crate::locale::text_marks;
use crate::locale::trace::ResolvedText;
use crate::template::Rendered;

/// Where a message begins on a page, or goes on after a page break.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// Index of the text in the trace.
    pub text: usize,
    /// Counted from 0.
    pub page: usize,
    /// The upper and the lower end of the caret drawn before its first letter.
    pub caret: [Position; 2],
}

/// Returns where the messages of a document are printed, in no particular order.
pub fn locate(
    document: &PagedDocument,
    source: &Source,
    rendered: &Rendered,
    texts: &[ResolvedText],
) -> Vec<Occurrence> {
    let letters = page_chars(document);
    let mut owners = owners_by_span(&letters, source, rendered);
    // Punctuation between the words may differ on the page, so only letters and digits are searched for.
    let indexes: Vec<usize> = (0..letters.len()).filter(|index| letters[*index].c.is_alphanumeric()).collect();
    let words: Vec<&PageChar> = indexes.iter().map(|index| &letters[*index]).collect();
    let mut owners_of_words: Vec<Option<usize>> = indexes.iter().map(|index| owners[*index]).collect();
    find_others(&words, texts, &mut owners_of_words);
    indexes.iter().zip(owners_of_words).for_each(|(index, owner)| owners[*index] = owner);
    occurrences(&letters, source, &owners)
}

/// Returns, for each letter, its owner according to its span: the index in the trace of the text that printed it.
pub fn owners_by_span(letters: &[PageChar], source: &Source, rendered: &Rendered) -> Vec<Option<usize>> {
    let mut known: BTreeMap<NonZeroU64, Option<usize>> = BTreeMap::new();
    let owner = |letter: &PageChar| {
        let find = || {
            let literal = find_literal(source, letter.span)?;
            let at = rendered.messages.partition_point(|(range, _)| range.start < literal.end).checked_sub(1)?;
            let (range, text) = &rendered.messages[at];
            // A range that ends within the opening quotation mark contains nothing of this literal.
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

/// Searches the pages for the messages that are not located by their spans. A message of which only a part is located is
/// searched for around that part. The longest messages come first; each takes the first match.
fn find_others(letters: &[&PageChar], texts: &[ResolvedText], owners: &mut [Option<usize>]) {
    let partly_found: BTreeSet<usize> = owners.iter().flatten().copied().collect();
    let mut wanted: Vec<(usize, Vec<char>)> = texts
        .iter()
        .enumerate()
        .filter(|(_, text)| message_of(text).is_some())
        .map(|(index, text)| (index, letters_of(&text_marks::strip(&text.text))))
        .filter(|(_, words)| !words.is_empty() && words.len() <= letters.len())
        .collect();
    wanted.sort_by_key(|(index, words)| (Reverse(words.len()), *index));
    for (index, words) in wanted {
        let is_partly_found = partly_found.contains(&index);
        let fits = |at: usize| {
            let end = at + words.len();
            let own = &owners[at..end];
            !letters[at].is_inside_word
                && letters.get(end).is_none_or(|next| !next.is_inside_word)
                && own.iter().all(|owner| owner.is_none_or(|owner| owner == index))
                && (!is_partly_found || own.contains(&Some(index)))
                && letters[at..end].iter().zip(&words).all(|(letter, c)| letter.c == *c)
        };
        if let Some(at) = (0..=letters.len() - words.len()).find(|at| fits(*at)) {
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
fn occurrences(letters: &[PageChar], source: &Source, owners: &[Option<usize>]) -> Vec<Occurrence> {
    let mut by_page: BTreeMap<(usize, usize), Vec<&PageChar>> = BTreeMap::new();
    for (letter, owner) in letters.iter().zip(owners) {
        if let Some(text) = owner {
            by_page.entry((*text, letter.page)).or_default().push(letter);
        }
    }
    let mut found = Vec::new();
    for ((text, page), letters) in by_page {
        let mut carets = first_carets(&letters, source);
        // The letters of a ligature have one caret.
        carets.dedup();
        found.extend(carets.into_iter().map(|caret| Occurrence { text, page, caret }));
    }
    found
}

/// Returns the carets of the letters of a text that come first in the source, or else of the first one on the page. In a line
/// with both directions of writing, the first one on the page need not be the first to be read.
fn first_carets(letters: &[&PageChar], source: &Source) -> Vec<[Position; 2]> {
    let order = |letter: &PageChar| Some((find_literal(source, letter.span)?.start, letter.offset));
    let orders: Option<Vec<(usize, usize)>> = letters.iter().map(|letter| order(letter)).collect();
    let Some(orders) = orders else { return letters.first().map(|letter| letter.caret).into_iter().collect() };
    let first = orders.iter().min();
    letters.iter().zip(&orders).filter(|(_, order)| Some(*order) == first).map(|(letter, _)| letter.caret).collect()
}
