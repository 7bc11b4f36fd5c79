//! Text in PDF/A files (`Variant::Archive`) that every program can search, copy and read aloud.
//!
//! Programs that extract text take a wide gap between two glyphs for a space: they read `W I O T C`, and nobody finds
//! “WIOTC”. So letter-spaced text is exported in a copy of its font in which every glyph is wider by the spacing: then
//! there is no gap. Letters that are turned one by one, as on a seal, become drawings: no program reads them as words.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use typst::foundations::{Bytes, Label};
use typst::layout::{Abs, Em, Frame, FrameItem, GroupItem};
use typst::text::{Font, FontInstance, Glyph, TextItem};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

use super::outlines::{OutlineCache, Outlines};

/// A style module gives this label to a box whose text is to become a drawing. The box needs an alternative text.
const OUTLINES: &str = "outlines";
/// The spacing of a font is a multiple of this.
const STEP: Em = Em::new(0.05);
/// The smallest letter spacing that is changed, in steps (0.1 em): pdf.js takes gaps from 0.102 em for spaces.
const MIN_STEPS: f64 = 2.0;

/// What documents with searchable text have in common.
#[derive(Default)]
pub struct SearchableText {
    /// Fonts with built-in letter spacing, by the font and its spacing in steps. `None` if the font cannot be changed.
    fonts: Mutex<HashMap<(FontInstance, u8), Option<FontInstance>>>,
    outlines: OutlineCache,
}

/// A document with searchable text, before it is exported.
pub struct SearchableDocument {
    pub document: PagedDocument,
    /// The outlines whose markers are replaced in the finished PDF.
    pub outlines: Vec<Arc<Outlines>>,
}

impl SearchableText {
    /// Returns the document with searchable text, or `None` if it is already as it should be.
    pub fn convert(&self, document: &PagedDocument) -> Option<SearchableDocument> {
        let label = Label::new(PicoStr::intern(OUTLINES))?;
        let mut conversion = Conversion { shared: self, label, outlines: Vec::new() };
        let frames: Vec<Option<Frame>> =
            document.pages().iter().map(|page| conversion.make_frame_searchable(&page.frame)).collect();
        if frames.iter().all(Option::is_none) {
            return None;
        }
        let pages = document.pages().iter().zip(frames).map(|(page, frame)| {
            let mut page: Page = page.clone();
            page.frame = frame.unwrap_or(page.frame);
            page
        });
        let document = PagedDocument::new(pages.collect(), typst::model::Document::info(document).clone());
        Some(SearchableDocument { document, outlines: conversion.outlines })
    }

    fn spaced_font(&self, font: &FontInstance, steps: u8) -> Option<FontInstance> {
        let mut fonts = self.fonts.lock().ok()?;
        fonts.entry((font.clone(), steps)).or_insert_with(|| add_spacing(font, steps)).clone()
    }
}

/// The conversion of one document.
struct Conversion<'a> {
    shared: &'a SearchableText,
    /// The label of what becomes outlines.
    label: Label,
    outlines: Vec<Arc<Outlines>>,
}

impl Conversion<'_> {
    /// Returns a frame with searchable text, or `None` if nothing in it changes.
    fn make_frame_searchable(&mut self, frame: &Frame) -> Option<Frame> {
        let mut items: Vec<Option<FrameItem>> =
            frame.items().map(|(_, item)| self.make_item_searchable(item)).collect();
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

    fn make_item_searchable(&mut self, item: &FrameItem) -> Option<FrameItem> {
        match item {
            FrameItem::Group(group) => {
                let frame = if group.label == Some(self.label) {
                    let mut frame = group.frame.clone();
                    self.outlines.extend(self.shared.outlines.draw_outlines(&mut frame));
                    frame
                } else {
                    self.make_frame_searchable(&group.frame)?
                };
                Some(FrameItem::Group(GroupItem { frame, ..group.clone() }))
            }
            FrameItem::Text(text) => {
                let steps = count_steps(text);
                let font = (steps > 0).then(|| self.shared.spaced_font(&text.font, steps)).flatten()?;
                Some(FrameItem::Text(TextItem { font, ..text.clone() }))
            }
            _ => None,
        }
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
    // A different checksum for each spacing, so that the export does not take the copies for one font.
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
