//! Text of archive files that every program can search, copy and read aloud.
//!
//! Programs that extract text take a wide gap between two glyphs for a space: they read `W I O T C`, and nobody finds
//! “WIOTC”. So letter-spaced text is exported in a copy of its font in which every glyph is wider by the spacing: then
//! there is no gap. Letters that are turned one by one, as on a seal, become drawings: no program reads them as words.

use std::collections::HashMap;
use std::sync::Mutex;

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::foundations::{Bytes, Label};
use typst::layout::{Abs, Em, Frame, FrameItem, GroupItem, Point};
use typst::text::{Font, FontInstance, Glyph, TextItem};
use typst::utils::PicoStr;
use typst::visualize::{Curve, FillRule, Geometry, Shape};
use typst_layout::{Page, PagedDocument};

/// A style module gives this label to a box whose text is to become a drawing. The box needs an alternative text.
const OUTLINES: &str = "outlines";
/// The spacing of a font is a multiple of this.
const STEP: Em = Em::new(0.05);
/// The smallest letter spacing that is changed, in steps (0.1 em): pdf.js takes gaps from 0.102 em for spaces.
const MIN_STEPS: f64 = 2.0;

/// Fonts with built-in letter spacing, by the font and its spacing in steps. `None` if the font cannot be changed.
#[derive(Default)]
pub struct SpacedFonts(Mutex<HashMap<(FontInstance, u8), Option<FontInstance>>>);

impl SpacedFonts {
    /// Returns the document with searchable text, or `None` if it is already as it should be.
    pub fn make_searchable(&self, document: &PagedDocument) -> Option<PagedDocument> {
        let outlines = Label::new(PicoStr::intern(OUTLINES))?;
        let frames: Vec<Option<Frame>> =
            document.pages().iter().map(|page| self.changed_frame(&page.frame, outlines)).collect();
        if frames.iter().all(Option::is_none) {
            return None;
        }
        let pages = document.pages().iter().zip(frames).map(|(page, frame)| {
            let mut page: Page = page.clone();
            page.frame = frame.unwrap_or(page.frame);
            page
        });
        Some(PagedDocument::new(pages.collect(), typst::model::Document::info(document).clone()))
    }

    /// Returns a frame with searchable text, or `None` if nothing in it changes.
    fn changed_frame(&self, frame: &Frame, outlines: Label) -> Option<Frame> {
        let mut items: Vec<Option<FrameItem>> =
            frame.items().map(|(_, item)| self.changed_item(item, outlines)).collect();
        if items.iter().all(Option::is_none) {
            return None;
        }
        let (mut changed, mut at) = (frame.clone(), 0);
        changed.retain(|item| {
            if let Some(new) = items.get_mut(at).and_then(Option::take) {
                *item = new;
            }
            at += 1;
            true
        });
        Some(changed)
    }

    fn changed_item(&self, item: &FrameItem, outlines: Label) -> Option<FrameItem> {
        match item {
            FrameItem::Group(group) => {
                let frame = if group.label == Some(outlines) {
                    let mut frame = group.frame.clone();
                    draw_outlines(&mut frame);
                    frame
                } else {
                    self.changed_frame(&group.frame, outlines)?
                };
                Some(FrameItem::Group(GroupItem { frame, ..group.clone() }))
            }
            FrameItem::Text(text) => {
                let steps = count_steps(text);
                let font = (steps > 0).then(|| self.spaced_font(&text.font, steps)).flatten()?;
                Some(FrameItem::Text(TextItem { font, ..text.clone() }))
            }
            _ => None,
        }
    }

    fn spaced_font(&self, font: &FontInstance, steps: u8) -> Option<FontInstance> {
        let mut fonts = self.0.lock().ok()?;
        fonts.entry((font.clone(), steps)).or_insert_with(|| add_spacing(font, steps)).clone()
    }
}

/// Returns the letter spacing of a text in whole steps, or 0 if it is less than [`MIN_STEPS`]. It is the median of the gaps,
/// because kerning changes single ones. The last glyph and marks without width are left out.
fn count_steps(text: &TextItem) -> u8 {
    let spaced = match text.glyphs.as_slice() {
        [most @ .., _] if !most.is_empty() => most,
        all => all,
    };
    let gap_after = |glyph: &Glyph| {
        let advance = text.font.x_advance(glyph.id).filter(|advance| *advance > Em::zero())?;
        Some((glyph.x_advance - advance) / STEP)
    };
    let mut gaps: Vec<f64> = spaced.iter().filter_map(gap_after).collect();
    let middle = gaps.len() / 2;
    if middle >= gaps.len() {
        return 0;
    }
    let (_, median, _) = gaps.select_nth_unstable_by(middle, f64::total_cmp);
    // Rounded down, because poppler does not join glyphs that overlap. The cast saturates.
    if *median < MIN_STEPS - 1e-6 { 0 } else { (*median + 1e-6) as u8 }
}

/// Returns a copy of a font with wider glyphs, or `None` for a variable font or one without TrueType outlines: their widths
/// are in more than one table.
fn add_spacing(font: &FontInstance, steps: u8) -> Option<FontInstance> {
    /// Offset of `numberOfHMetrics` in the table `hhea`.
    const COUNT: usize = 34;
    /// Offset of `checksumAdjustment` in the table `head`.
    const ADJUSTMENT: usize = 8;
    if !font.variations().0.is_empty() || font.ttf().tables().glyf.is_none() {
        return None;
    }
    let spacing = (STEP * f64::from(steps)).get() * font.units_per_em();
    let spacing = spacing.round() as u16;
    let mut data = font.data().to_vec();
    let (head, hhea, hmtx) = (find_table(&data, *b"head")?, find_table(&data, *b"hhea")?, find_table(&data, *b"hmtx")?);
    let count = usize::from(read_u16(&data, hhea + COUNT)?);
    for entry in data.get_mut(hmtx..)?.as_chunks_mut::<4>().0.iter_mut().take(count) {
        let [high, low, ..] = entry;
        let advance = u16::from_be_bytes([*high, *low]);
        if advance > 0 {
            [*high, *low] = advance.saturating_add(spacing).to_be_bytes();
        }
    }
    // The export distinguishes fonts by this number.
    let adjustment = data.get_mut(head + ADJUSTMENT..)?.first_chunk_mut::<4>()?;
    *adjustment = u32::from_be_bytes(*adjustment).wrapping_sub(u32::from(steps)).to_be_bytes();
    let variant = font.info().variant;
    Some(Font::new(Bytes::new(data), font.index())?.instantiate(variant, Abs::pt(12.0), font.variations()))
}

/// Returns the offset of a table of an OpenType font.
fn find_table(data: &[u8], tag: [u8; 4]) -> Option<usize> {
    let count = usize::from(read_u16(data, 4)?);
    let (records, _) = data.get(12..)?.as_chunks::<16>();
    let record = records.iter().take(count).find(|record| record.starts_with(&tag))?;
    let [.., a, b, c, d, _, _, _, _] = *record;
    usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()
}

fn read_u16(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_be_bytes)
}

/// Replaces all text of a frame with the outlines of its glyphs.
fn draw_outlines(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => draw_outlines(&mut group.frame),
            FrameItem::Text(text) => {
                let shape = Shape {
                    geometry: Geometry::Curve(outline(text)),
                    fill: Some(text.fill.clone()),
                    fill_rule: FillRule::NonZero,
                    stroke: text.stroke.clone(),
                };
                let span = text.glyphs.first().map_or(typst::syntax::Span::detached(), |glyph| glyph.span.0);
                *item = FrameItem::Shape(shape, span);
            }
            _ => {}
        }
        true
    });
}

fn outline(text: &TextItem) -> Curve {
    let mut pen = Pen {
        curve: Curve::new(),
        scale: text.size / text.font.units_per_em(),
        origin: Point::zero(),
        end: Point::zero(),
    };
    let mut cursor = Point::zero();
    for glyph in &text.glyphs {
        let offset = Point::new(glyph.x_offset.at(text.size), -glyph.y_offset.at(text.size));
        pen.origin = cursor + offset;
        text.font.ttf().outline_glyph(GlyphId(glyph.id), &mut pen);
        cursor += Point::new(glyph.x_advance.at(text.size), -glyph.y_advance.at(text.size));
    }
    pen.curve
}

/// Draws a glyph to a curve, whose axis points down.
struct Pen {
    curve: Curve,
    /// The length of a unit of the font.
    scale: Abs,
    origin: Point,
    /// Where the last segment ended.
    end: Point,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> Point {
        round(self.origin + Point::new(self.scale * f64::from(x), -self.scale * f64::from(y)))
    }
}

/// Rounds to hundredths of a point, which makes the file smaller.
fn round(point: Point) -> Point {
    let round = |length: Abs| Abs::pt((length.to_pt() * 100.0).round() / 100.0);
    Point::new(round(point.x), round(point.y))
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.end = self.point(x, y);
        self.curve.move_(self.end);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.end = self.point(x, y);
        self.curve.line(self.end);
    }

    /// A quadratic curve is the cubic one whose control points are two thirds of the way to the single control point.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, control, to) = (self.end, self.point(x1, y1), self.point(x, y));
        let toward = |end: Point| round(end + (control - end) * (2.0 / 3.0));
        self.curve.cubic(toward(from), toward(to), to);
        self.end = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.end = self.point(x, y);
        self.curve.cubic(self.point(x1, y1), self.point(x2, y2), self.end);
    }

    fn close(&mut self) {
        self.curve.close();
    }
}
