//! The visible characters on laid-out pages, with their positions and their places in the source.

use std::ops::Range;

use icu_normalizer::DecomposingNormalizerBorrowed;
use typst::layout::{Abs, Point, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::PagedDocument;

use crate::locale::typography::is_ideograph;
use crate::typeset::for_each_text;

/// A position on a page in points, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    pub x: f64,
    pub y: f64,
}

/// A visible character on a page: a letter, a digit or punctuation.
pub struct PageChar {
    /// In lower case, because a style may print a text in capitals, and without its accents, which may be characters of their
    /// own.
    pub c: char,
    /// As the page shows it.
    pub shown: char,
    /// Counted from 0.
    pub page: usize,
    /// Whether the character before it belongs to the same word.
    pub is_inside_word: bool,
    /// The upper and the lower end of the caret drawn before it: on the left, or on the right if its text runs from right to
    /// left.
    pub caret: [Position; 2],
    pub span: Span,
    /// Position in the text that `span` is about, in bytes.
    pub offset: usize,
}

/// Returns the visible characters of all pages, in the order in which Typst places them: each paragraph in reading order.
pub fn page_chars(document: &PagedDocument) -> Vec<PageChar> {
    let mut reader = Reader { chars: Vec::new(), page: 0 };
    for (index, page) in document.pages().iter().enumerate() {
        reader.page = index;
        for_each_text(&page.frame, &mut |run, transform| reader.read_run(run, transform));
    }
    reader.chars
}

/// Returns the letters and digits of a text in the form of [`PageChar::c`].
pub fn letters_of(text: &str) -> Vec<char> {
    let text = DecomposingNormalizerBorrowed::new_nfd().normalize(text).to_lowercase();
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

struct Reader {
    chars: Vec<PageChar>,
    page: usize,
}

impl Reader {
    fn read_run(&mut self, run: &TextItem, transform: Transform) {
        /// Of a caret, in em: from the baseline up and down.
        const ASCENT: f64 = 0.74;
        const DESCENT: f64 = 0.2;
        /// Between the caret and the character, in em.
        const GAP: f64 = 0.09;
        let is_rtl = run.glyphs.first().zip(run.glyphs.last()).is_some_and(|(a, b)| a.range.start > b.range.start);
        let mut x = 0.0;
        let mut glyphs: Vec<(Range<usize>, f64, (Span, u16))> = Vec::new();
        for glyph in &run.glyphs {
            let start = x;
            x += glyph.x_advance.at(run.size).to_pt();
            let gap = GAP * run.size.to_pt();
            glyphs.push((glyph.range(), if is_rtl { x + gap } else { start - gap }, glyph.span));
        }
        glyphs.sort_by_key(|(range, ..)| range.start);
        // The glyphs of a letter and of its accent may be about the same text.
        glyphs.dedup_by_key(|(range, ..)| range.start);
        let size = run.size.to_pt();
        let mut previous = None;
        for (range, x, (span, offset)) in glyphs {
            let caret = [-ASCENT * size, DESCENT * size].map(|y| {
                let point = Point::new(Abs::pt(x), Abs::pt(y)).transform(transform);
                Position { x: point.x.to_pt(), y: point.y.to_pt() }
            });
            let text = run.text.get(range).unwrap_or_default();
            let is_of_word = |c: char| c.is_alphanumeric() && !is_ideograph(c);
            let is_inside_word = text.starts_with(is_of_word) && previous.is_some_and(is_of_word);
            let first = text.chars().next();
            previous = first.or(previous);
            let (page, offset) = (self.page, usize::from(offset));
            let is_single = text.chars().count() == 1;
            let shown = |c| first.filter(|_| is_single).unwrap_or(c);
            let page_char = |c| PageChar { c, shown: shown(c), page, is_inside_word, caret, span, offset };
            match letters_of(text) {
                // Punctuation, such as a bracket.
                letters if letters.is_empty() => self.chars.extend(text.trim().chars().next().map(page_char)),
                // An accent drawn as a separate run has the span of its letter: skip the duplicate.
                letters if !is_single && self.ends_with(&letters, span, offset) => {}
                letters => self.chars.extend(letters.into_iter().map(page_char)),
            }
        }
    }

    /// Returns whether the last characters so far are these, from the same place in the source.
    fn ends_with(&self, letters: &[char], span: Span, offset: usize) -> bool {
        let last = &self.chars[self.chars.len().saturating_sub(letters.len())..];
        let is_same = |(last, c): (&PageChar, &char)| last.c == *c && (last.span, last.offset) == (span, offset);
        last.len() == letters.len() && last.iter().zip(letters).all(is_same)
    }
}
