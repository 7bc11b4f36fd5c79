//! The lines of paragraphs and headings: the space between them, short last lines, and division between pages.

use std::ops::ControlFlow;

use typst::foundations::Content;
use typst::layout::Abs;
use typst::model::ParElem;
use typst::text::LinebreakElem;

use super::overlaps::PlacedText;
use super::{FindingKind, Inspector};
use crate::locale::typography::is_ideograph;

/// The assumed extent of letters above and below the baseline, in em.
const ASCENT: f64 = 0.72;
const DESCENT: f64 = 0.2;
/// The smallest space between two paragraphs, as a fraction of the space between their lines.
const MIN_GAP: f64 = 0.5;
/// The smallest space between two paragraphs of one line each, in em.
const MIN_GAP_OF_LINES: f64 = 0.08;
/// A paragraph whose widest line is shorter, in em, is a label and not running text.
const MIN_RUNNING_WIDTH: f64 = 20.0;
/// A word with fewer letters should not be alone on the last line.
const MIN_LETTERS: usize = 6;

/// A paragraph or a heading, with its lines on all pages.
pub struct Paragraph<'a> {
    element: &'a Content,
    lines: Vec<Line>,
}

struct Line {
    /// The number of the page.
    page: usize,
    /// The baseline of its largest text.
    baseline: Abs,
    size: Abs,
    left: Abs,
    right: Abs,
    /// The indices of its first and its last text. Those between them may belong to other paragraphs.
    first: usize,
    last: usize,
}

impl Line {
    /// Returns the assumed lower edge of the letters.
    fn assumed_bottom(&self) -> Abs {
        self.baseline + self.size * DESCENT
    }

    /// Returns the assumed upper edge of the letters.
    fn assumed_top(&self) -> Abs {
        self.baseline - self.size * ASCENT
    }
}

impl<'a> Paragraph<'a> {
    pub fn new(element: &'a Content) -> Self {
        Self { element, lines: Vec::new() }
    }

    /// Adds a text, which has the given index, to its line.
    pub fn add(&mut self, text: &PlacedText<'_>, index: usize, page: usize) {
        if let Some(line) = self.lines.last_mut().filter(|line| line.page == page)
            // Raised and lowered letters belong to the line.
            && (line.baseline - text.bottom).abs() < line.size.max(text.size) * 0.5
        {
            if text.size > line.size {
                (line.baseline, line.size) = (text.bottom, text.size);
            }
            line.left = line.left.min(text.left);
            line.right = line.right.max(text.right);
            line.last = index;
            return;
        }
        self.lines.push(Line {
            page,
            baseline: text.bottom,
            size: text.size,
            left: text.left,
            right: text.right,
            first: index,
            last: index,
        });
    }

    /// Returns the first and the last line on a page.
    fn first_and_last_line_on(&self, page: usize) -> Option<(&Line, &Line)> {
        let first = self.lines.iter().find(|line| line.page == page)?;
        let last = self.lines.iter().rfind(|line| line.page == page)?;
        Some((first, last))
    }

    /// Returns the smallest space between two lines, if there are two on one page.
    fn line_gap(&self) -> Option<Abs> {
        let pairs = self.lines.windows(2).filter(|pair| pair[0].page == pair[1].page);
        pairs.map(|pair| pair[1].assumed_top() - pair[0].assumed_bottom()).min()
    }

    fn has_line_break(&self) -> bool {
        let is_break = |element: Content| match element.is::<LinebreakElem>() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        self.element.traverse(&mut { is_break }).is_break()
    }
}

impl Inspector<'_> {
    /// Reports paragraphs of the current page without space between them. Those before `first` are on earlier pages.
    pub fn find_missing_gaps(&mut self, first: usize) {
        let number = self.page_number();
        let parts: Vec<_> = self.paragraphs[first..]
            .iter()
            .enumerate()
            .filter_map(|(index, paragraph)| {
                Some((first + index, paragraph, paragraph.first_and_last_line_on(number)?))
            })
            .collect();
        let mut missing_gaps = Vec::new();
        for (above, upper, (_, end)) in &parts {
            for (below, lower, (start, _)) in &parts {
                let is_below = start.baseline > end.baseline && start.left < end.right && end.left < start.right;
                if above == below || !is_below || start.assumed_top() >= end.assumed_bottom() + end.size {
                    continue;
                }
                let gaps = [upper, lower].into_iter().filter_map(|paragraph| paragraph.line_gap());
                let least = match gaps.min() {
                    Some(gap) => (gap * MIN_GAP).max(Abs::zero()),
                    None => end.size.min(start.size) * MIN_GAP_OF_LINES,
                };
                // Texts without descenders may be closer.
                if start.assumed_top() - end.assumed_bottom() < least
                    && self.printed_top(start, *below) - self.printed_bottom(end, *above) < least
                {
                    let kind = FindingKind::NoGap(self.text_of(end, *above), self.text_of(start, *below), number);
                    missing_gaps.push((kind, self.texts[start.first].span()));
                }
            }
        }
        for (kind, span) in missing_gaps {
            self.report_limited(kind, span);
        }
    }

    /// Reports short last lines, and paragraphs of which a page has a single line.
    pub fn inspect_paragraphs(&mut self) {
        let mut flaws = Vec::new();
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            let [first, .., last] = &paragraph.lines[..] else { continue };
            if !paragraph.element.is::<ParElem>() {
                continue;
            }
            if first.page < last.page {
                let count = |page| paragraph.lines.iter().filter(|line| line.page == page).count();
                if count(last.page) == 1 {
                    flaws.push((FindingKind::Widow(self.text_of(last, index), last.page), last.first));
                }
                if count(first.page) == 1 {
                    flaws.push((FindingKind::Orphan(self.text_of(first, index), first.page), first.first));
                }
            }
            let widths = paragraph.lines.iter().map(|line| line.right - line.left);
            let widest = widths.max().unwrap_or_default();
            // A line that is not filled before the last one was ended on purpose.
            let is_running = widest >= last.size * MIN_RUNNING_WIDTH
                && paragraph.lines[..paragraph.lines.len() - 1]
                    .iter()
                    .all(|line| line.right - line.left > widest * 0.7);
            if is_running && last.right - last.left < last.size * MIN_LETTERS as f64 {
                let text = self.text_of(last, index);
                if is_short_word(&text) && !paragraph.has_line_break() {
                    flaws.push((FindingKind::Runt(text, last.page), last.first));
                }
            }
        }
        for (kind, text) in flaws {
            let span = self.texts[text].span();
            self.report_limited(kind, span);
        }
    }

    fn texts_of(&self, line: &Line, paragraph: usize) -> impl Iterator<Item = &PlacedText<'_>> {
        self.texts[line.first..=line.last].iter().filter(move |text| text.paragraph == Some(paragraph))
    }

    /// Returns the text of a line, with spaces where its parts are apart.
    fn text_of(&self, line: &Line, paragraph: usize) -> String {
        let mut out = String::new();
        let mut previous: Option<&PlacedText<'_>> = None;
        for text in self.texts_of(line, paragraph) {
            if let Some(previous) = previous {
                let distance = (text.left - previous.right).max(previous.left - text.right);
                let is_apart = distance > text.size * 0.15;
                let has_space = previous.item.text.ends_with(char::is_whitespace)
                    || text.item.text.starts_with(char::is_whitespace);
                if is_apart || has_space {
                    out.push(' ');
                }
            }
            out.push_str(text.text());
            previous = Some(text);
        }
        out
    }

    /// Returns the upper edge of the printed letters. Typst negates y in `bbox` without swapping the corners: `max.y` is the
    /// upper edge.
    fn printed_top(&self, line: &Line, paragraph: usize) -> Abs {
        let tops = self.texts_of(line, paragraph).map(|text| text.bottom + text.item.bbox().max.y);
        tops.min().unwrap_or(line.baseline)
    }

    /// Returns the lower edge of the printed letters.
    fn printed_bottom(&self, line: &Line, paragraph: usize) -> Abs {
        let bottoms = self.texts_of(line, paragraph).map(|text| text.bottom + text.item.bbox().min.y);
        bottoms.max().unwrap_or(line.baseline)
    }
}

/// Returns whether a text is a single word of few letters. Chinese and Japanese characters are words by themselves, and a
/// Korean syllable is written with about three letters.
fn is_short_word(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    let count: usize = letters
        .map(|c| {
            if is_ideograph(c) {
                5
            } else if is_hangul(c) {
                3
            } else {
                1
            }
        })
        .sum();
    text.split_whitespace().count() == 1 && (1..MIN_LETTERS).contains(&count)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7af}')
}
