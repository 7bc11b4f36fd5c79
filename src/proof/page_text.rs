//! The letters on laid-out pages, with their positions and their places in the source.

use std::ops::Range;

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// A position on a page in points, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    pub x: f64,
    pub y: f64,
}

/// A letter or digit on a page.
pub struct Letter {
    /// In lower case, because a style may print a text in capitals.
    pub c: char,
    /// Counted from 0.
    pub page: usize,
    /// Identifies the run of text that it is in.
    pub run: usize,
    /// Whether other letters or digits touch it in the text before it.
    pub is_inside_word: bool,
    /// The upper and the lower end of its leading edge: on the left, or on the right if its text runs from right to left.
    pub edge: [Position; 2],
    pub span: Span,
    /// Position in the text that `span` is about, in bytes.
    pub offset: usize,
}

/// Returns the letters and digits of all pages, in the order in which Typst places them: each paragraph in reading order.
pub fn letters(document: &PagedDocument) -> Vec<Letter> {
    let mut reader = Reader { letters: Vec::new(), page: 0, run: 0 };
    for (index, page) in document.pages().iter().enumerate() {
        reader.page = index;
        reader.read_frame(&page.frame, Transform::identity());
    }
    reader.letters
}

/// Returns the letters and digits of a text as [`letters`] returns those of pages.
pub fn letters_of(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

struct Reader {
    letters: Vec<Letter>,
    page: usize,
    run: usize,
}

impl Reader {
    fn read_frame(&mut self, frame: &Frame, outer: Transform) {
        for (at, item) in frame.items() {
            let inner = outer.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.read_frame(&group.frame, inner.pre_concat(group.transform)),
                FrameItem::Text(run) => self.read_run(run, inner),
                _ => {}
            }
        }
    }

    fn read_run(&mut self, run: &TextItem, transform: Transform) {
        /// Of a letter, in em: from the baseline up and down.
        const ASCENT: f64 = 0.74;
        const DESCENT: f64 = 0.2;
        self.run += 1;
        let is_rtl = run.glyphs.first().zip(run.glyphs.last()).is_some_and(|(a, b)| a.range.start > b.range.start);
        let mut x = 0.0;
        let mut glyphs: Vec<(Range<usize>, f64, (Span, u16))> = Vec::new();
        for glyph in &run.glyphs {
            let start = x;
            x += glyph.x_advance.at(run.size).to_pt();
            glyphs.push((glyph.range(), if is_rtl { x } else { start }, glyph.span));
        }
        glyphs.sort_by_key(|(range, ..)| range.start);
        let size = run.size.to_pt();
        let mut previous = None;
        for (range, x, (span, offset)) in glyphs {
            let edge = [-ASCENT * size, DESCENT * size].map(|y| {
                let point = Point::new(typst::layout::Abs::pt(x), typst::layout::Abs::pt(y)).transform(transform);
                Position { x: point.x.to_pt(), y: point.y.to_pt() }
            });
            for c in run.text.get(range).unwrap_or_default().chars() {
                let is_inside_word = c.is_alphanumeric() && previous.is_some_and(char::is_alphanumeric);
                previous = Some(c);
                if c.is_alphanumeric() {
                    let (page, run, offset) = (self.page, self.run, usize::from(offset));
                    let letter = |c| Letter { c, page, run, is_inside_word, edge, span, offset };
                    self.letters.extend(c.to_lowercase().map(letter));
                }
            }
        }
    }
}
