//! Extracts the text of a finished PDF in reading order: glyphs by their fonts' ToUnicode maps (ISO 32000-2, 9.10), or the
//! ActualText that replaces them (14.9.4).
//!
//! Written for this crate because no text extractor in Rust reads ActualText, which in Typst's PDFs holds half of the no-break spaces
//! and the Arabic marks.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use super::matrix::Matrix;

/// Forms nested deeper than this are not read.
const MAX_FORM_DEPTH: usize = 8;

/// The characters of a document. A line feed ends each line and each marked-content sequence with an identifier.
pub struct ExtractedText {
    pub chars: Vec<char>,
    /// Index of the first character of each page.
    page_starts: Vec<usize>,
}

impl ExtractedText {
    /// Reads a PDF. `rtl` is the base direction of lines with right-to-left letters.
    ///
    /// Returns `None` if the bytes are not a PDF with pages.
    pub fn read(bytes: Vec<u8>, rtl: bool) -> Option<Self> {
        Self::from_pdf(&Pdf::new(bytes).ok()?, rtl)
    }

    /// Reads an open PDF, see [`Self::read`].
    pub fn from_pdf(pdf: &Pdf, rtl: bool) -> Option<Self> {
        let mut text = Self { chars: Vec::new(), page_starts: Vec::new() };
        for page in pdf.pages().iter() {
            let mut extractor = TextExtractor::default();
            extractor.read_content(page.typed_operations(), page.resources(), Matrix::IDENTITY, 0);
            text.page_starts.push(text.chars.len());
            for line in extractor.lines {
                text.chars.extend(to_reading_order(line, rtl).iter().flat_map(|glyph| glyph.chars()));
                text.chars.push('\n');
            }
        }
        (!text.page_starts.is_empty()).then_some(text)
    }

    /// Returns the characters of a page, counted from 0.
    pub fn page(&self, page: usize) -> &[char] {
        let end = self.page_starts.get(page + 1).copied().unwrap_or(self.chars.len());
        self.page_starts.get(page).map_or(&[], |start| &self.chars[*start..end])
    }

    pub fn page_count(&self) -> usize {
        self.page_starts.len()
    }

    /// Returns the page of a character, counted from 1.
    pub fn page_of(&self, index: usize) -> usize {
        self.page_starts.iter().filter(|start| **start <= index).count()
    }

    /// Returns the characters from `from` to `to` with some of the text before and after them, on one line.
    pub fn excerpt(&self, from: usize, to: usize) -> String {
        const CONTEXT: usize = 36;
        let start = self.page_starts.iter().rfind(|start| **start <= from).copied().unwrap_or(0);
        let end = self.page_starts.iter().find(|start| **start > from).copied().unwrap_or(self.chars.len());
        let (first, last) = (from.saturating_sub(CONTEXT).max(start), (to + CONTEXT).min(end));
        let text: String = self.chars[first..last].iter().collect();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let ellipsis = |is_cut: bool| if is_cut { "…" } else { "" };
        format!("{}{words}{}", ellipsis(first > start), ellipsis(last < end))
    }
}

/// A font, and the size at which it is selected.
#[derive(Clone)]
struct SelectedFont {
    to_unicode: Option<Rc<CMap>>,
    size: f64,
    /// Bytes of a character code: two in the composite fonts that Typst writes.
    code_length: usize,
}

/// An open marked-content sequence.
enum MarkedContent {
    Plain,
    /// The text that replaces the glyphs inside; `None` once it has been emitted.
    ActualText(Option<String>),
}

/// The glyphs of one show operator, from left to right.
struct GlyphRun {
    /// Start of the run along its baseline.
    x: f64,
    /// The marked-content sequence that it belongs to.
    sequence: usize,
    /// The text of each glyph.
    glyphs: Vec<String>,
}

/// Direction of a baseline as a unit vector, and its distance from the origin.
type Baseline = (f64, f64, f64);

/// Extracts the text of one page.
#[derive(Default)]
struct TextExtractor {
    /// The runs of each line in the order of the file.
    lines: Vec<Vec<GlyphRun>>,
    /// Number of marked-content sequences with an identifier so far.
    sequence: usize,
    baseline: Option<Baseline>,
    /// By resource name.
    fonts: BTreeMap<Vec<u8>, SelectedFont>,
}

impl TextExtractor {
    fn read_content(&mut self, mut ops: TypedIter<'_>, resources: &Resources<'_>, base: Matrix, depth: usize) {
        let mut transform = base;
        let mut saved = Vec::new();
        let mut text_matrix = Matrix::IDENTITY;
        let mut font: Option<SelectedFont> = None;
        let mut marked: Vec<MarkedContent> = Vec::new();
        while let Some(op) = ops.next() {
            match op {
                Op::SaveState(_) => saved.push((transform, font.clone())),
                Op::RestoreState(_) => (transform, font) = saved.pop().unwrap_or((base, None)),
                Op::Transform(t) => {
                    transform = transform.concat(Matrix([t.0, t.1, t.2, t.3, t.4, t.5].map(|n| n.as_f64())));
                }
                Op::BeginText(_) => text_matrix = Matrix::IDENTITY,
                Op::SetTextMatrix(t) => {
                    text_matrix = Matrix([t.0, t.1, t.2, t.3, t.4, t.5].map(|n| n.as_f64()));
                }
                Op::NextLine(by) => {
                    text_matrix = text_matrix.concat(Matrix::translation(by.0.as_f64(), by.1.as_f64()));
                }
                Op::TextFont(selected) => {
                    let size = selected.1.as_f64();
                    font = self.load_font(selected.0, resources).map(|font| SelectedFont { size, ..font });
                }
                Op::ShowText(shown) => {
                    let position = transform.concat(text_matrix);
                    self.show_text(shown.0.as_bytes(), font.as_ref(), position, &mut marked);
                }
                Op::ShowTexts(shown) => {
                    for item in shown.0.iter::<Object<'_>>() {
                        if let Object::String(string) = item {
                            let position = transform.concat(text_matrix);
                            self.show_text(string.as_bytes(), font.as_ref(), position, &mut marked);
                        }
                    }
                }
                Op::BeginMarkedContent(_) => marked.push(MarkedContent::Plain),
                Op::BeginMarkedContentWithProperties(begin) => {
                    let actual = match begin.1 {
                        Object::Dict(dict) => {
                            if dict.contains_key(b"MCID") {
                                self.sequence += 1;
                            }
                            dict.get::<hayro_syntax::object::String<'_>>(b"ActualText")
                        }
                        _ => None,
                    };
                    marked.push(match actual {
                        Some(actual) => MarkedContent::ActualText(Some(decode_text_string(actual.as_bytes()))),
                        None => MarkedContent::Plain,
                    });
                }
                Op::EndMarkedContent(_) => drop(marked.pop()),
                Op::XObject(object) if depth < MAX_FORM_DEPTH => {
                    if let Some(xobject) = resources.get_x_object(object.0) {
                        self.read_form(&xobject, resources, transform, depth);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads an XObject if it is a form.
    fn read_form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, transform: Matrix, depth: usize) {
        let dict = form.dict();
        if dict.get::<Name<'_>>(b"Subtype").is_none_or(|kind| kind.as_str() != "Form") {
            return;
        }
        let Ok(data) = form.decoded() else { return };
        let mut matrix = Matrix::IDENTITY;
        if let Some(array) = dict.get::<hayro_syntax::object::Array<'_>>(b"Matrix") {
            array.iter::<f64>().zip(&mut matrix.0).for_each(|(given, entry)| *entry = given);
        }
        let own = Resources::from_parent(dict.get::<Dict<'_>>(b"Resources").unwrap_or_default(), resources.clone());
        // The form has its own resource names.
        let fonts = std::mem::take(&mut self.fonts);
        self.read_content(TypedIter::new(&data), &own, transform.concat(matrix), depth + 1);
        self.fonts = fonts;
    }

    fn load_font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<SelectedFont> {
        if let Some(font) = self.fonts.get(name.as_str().as_bytes()) {
            return Some(font.clone());
        }
        let dict = resources.get_font(name)?;
        let to_unicode = dict.get::<Stream<'_>>(b"ToUnicode").and_then(|stream| {
            let data = stream.decoded().ok()?;
            CMap::parse(&data, |_| None).map(Rc::new)
        });
        let is_composite = dict.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_str() == "Type0");
        let font = SelectedFont { to_unicode, size: 0.0, code_length: if is_composite { 2 } else { 1 } };
        self.fonts.insert(name.as_str().as_bytes().to_vec(), font.clone());
        Some(font)
    }

    fn show_text(&mut self, codes: &[u8], font: Option<&SelectedFont>, position: Matrix, marked: &mut [MarkedContent]) {
        self.begin_run(position, font.map_or(0.0, |font| font.size));
        let mut is_replaced = false;
        for marked in marked.iter_mut() {
            if let MarkedContent::ActualText(text) = marked {
                is_replaced = true;
                if let Some(text) = text.take() {
                    self.push_glyph(text);
                }
            }
        }
        let Some(font) = font.filter(|_| !is_replaced) else { return };
        for code in codes.chunks(font.code_length) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            self.push_glyph(match font.to_unicode.as_ref().and_then(|map| map.lookup_bf_string(code)) {
                Some(BfString::Char(c)) => c.into(),
                Some(BfString::String(text)) => text,
                None => char::REPLACEMENT_CHARACTER.into(),
            });
        }
    }

    /// Begins a run, on a new line if its baseline is not that of the last run.
    fn begin_run(&mut self, Matrix(at): Matrix, font_size: f64) {
        let length = at[0].hypot(at[1]).max(f64::MIN_POSITIVE);
        let (x, y) = (at[0] / length, at[1] / length);
        let baseline = (x, y, x * at[5] - y * at[4]);
        let is_near = |a: f64, b: f64, tolerance: f64| (a - b).abs() < tolerance;
        let is_same = |(bx, by, distance)| {
            is_near(bx, x, 0.01) && is_near(by, y, 0.01) && is_near(distance, baseline.2, font_size * length / 2.0)
        };
        // The tolerance keeps raised ordinals and vowel signs on their line.
        if !self.baseline.is_some_and(is_same) {
            self.lines.push(Vec::new());
            self.baseline = Some(baseline);
        }
        let run = GlyphRun { x: x * at[4] + y * at[5], sequence: self.sequence, glyphs: Vec::new() };
        if let Some(line) = self.lines.last_mut() {
            line.push(run);
        }
    }

    fn push_glyph(&mut self, text: String) {
        if let Some(run) = self.lines.last_mut().and_then(|line| line.last_mut()) {
            run.glyphs.push(text);
        }
    }
}

/// Decodes a text string (ISO 32000-2, 7.9.2.2). An invalid one becomes a replacement character.
fn decode_text_string(bytes: &[u8]) -> String {
    lopdf::decode_text_string(&lopdf::Object::string_literal(bytes))
        .unwrap_or_else(|_| char::REPLACEMENT_CHARACTER.into())
}

/// Returns the glyphs of a line in reading order. Applied to glyphs in visual order, the bidirectional algorithm (Unicode
/// Standard Annex #9) restores the logical order.
fn to_reading_order(mut runs: Vec<GlyphRun>, rtl: bool) -> Vec<String> {
    let is_rtl = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    let has_rtl = runs.iter().flat_map(|run| &run.glyphs).any(|glyph| glyph.contains(is_rtl));
    if has_rtl {
        runs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    let mut line: Vec<String> = Vec::new();
    let mut sequence = None;
    for run in runs {
        if sequence.replace(run.sequence).is_some_and(|last| last != run.sequence) {
            line.push("\n".to_owned());
        }
        for glyph in run.glyphs {
            // A letter and its vowel sign are two glyphs, each with the text of both.
            let is_pair = glyph.chars().any(|c| bidi_class(c) == BidiClass::NSM) && glyph.chars().count() > 1;
            if !(is_pair && line.iter().rfind(|last| *last != "\n") == Some(&glyph)) {
                line.push(glyph);
            }
        }
    }
    if !has_rtl {
        return line;
    }
    // A glyph goes where its first letter goes: a ligature is not reversed.
    let first_letter = |glyph: &String| glyph.chars().find(|c| !is_invisible(*c) && *c != '\n').unwrap_or(' ');
    let letters: String = line.iter().map(first_letter).collect();
    let info = BidiInfo::new(&letters, Some(if rtl { Level::rtl() } else { Level::ltr() }));
    let levels: Vec<Level> = letters.char_indices().map(|(index, _)| info.levels[index]).collect();
    BidiInfo::reorder_visual(&levels).into_iter().map(|index| std::mem::take(&mut line[index])).collect()
}

/// Returns whether a character has no glyph and only affects how others are set.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
