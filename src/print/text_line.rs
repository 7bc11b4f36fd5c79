//! Sets lines of text outside the pages with printpdf: slug lines, tickets, cover sheets.

use std::collections::{BTreeMap, BTreeSet};

use icu_normalizer::ComposingNormalizer;
use printpdf::{FontId, Op, ParsedFont, PdfFont, PdfFontHandle, PdfPage, PdfResources, Point, Pt, TextItem};
use subsetter::GlyphRemapper;
use typst::text::Font;

use super::imposition::Rect;
use crate::diagnostic::{Diagnostic, code};

/// Height of a line in ems: enough for the ascenders and descenders of Latin and Chinese letters.
pub const LINE_HEIGHT: f64 = 1.15;

/// The fonts for text outside the pages, in fallback order.
pub struct LabelFonts(Vec<LabelFont>);

struct LabelFont {
    id: FontId,
    /// The PostScript name.
    name: String,
    font: ParsedFont,
}

/// A line of text, divided into runs of one font each.
#[derive(Clone, Debug)]
pub struct TextLine {
    runs: Vec<(FontId, String)>,
    /// In ems.
    pub width: f64,
}

impl LabelFonts {
    /// Parses font files, each with the index of the font in the file.
    fn parse(files: &[(Vec<u8>, usize)]) -> Result<Self, Diagnostic> {
        let parse = |(index, (bytes, index_in_file)): (usize, &(Vec<u8>, usize))| {
            let font = ParsedFont::from_bytes(bytes, *index_in_file, &mut Vec::new());
            let font = font.ok_or_else(unreadable_font);
            // The identifier is also the tag before the name of a font that is a subset: six capitals (ISO 32000-2, 9.9.2).
            let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
            let id = FontId(format!("SLUG{}{}", letter(index / 26), letter(index)));
            let name = postscript_name(bytes, *index_in_file).unwrap_or_else(|| id.0.clone());
            font.map(|font| LabelFont { id, name, font })
        };
        files.iter().enumerate().map(parse).collect::<Result<_, _>>().map(Self)
    }

    /// Parses fonts of the project.
    pub fn from_fonts(fonts: &[Font]) -> Result<Self, Diagnostic> {
        let files: Vec<(Vec<u8>, usize)> =
            fonts.iter().map(|font| (font.data().to_vec(), font.index() as usize)).collect();
        Self::parse(&files)
    }

    /// Sets a text in one line. Fails if some character is in none of the fonts.
    pub fn set_line(&self, text: &str) -> Result<TextLine, Diagnostic> {
        // printpdf does not shape text, so a letter and its accent have to be one character.
        let text = ComposingNormalizer::new_nfc().normalize(text).into_owned();
        let mut line = TextLine { runs: Vec::new(), width: 0.0 };
        for c in text.chars() {
            let found = self.0.iter().find_map(|font| {
                let glyph = font.font.lookup_glyph_index(u32::from(c)).filter(|glyph| *glyph != 0)?;
                Some((font, glyph))
            });
            let Some((font, glyph)) = found else {
                let message = format!(
                    "no font for slug lines, covers and tickets has the character “{c}” U+{:04X}",
                    u32::from(c)
                );
                return Err(Diagnostic::error(code::MISSING_GLYPH, message)
                    .help("add a font that covers it to fonts/, and name it in the locale's `fonts-label`"));
            };
            let units = f64::from(font.font.units_per_em).max(1.0);
            line.width += f64::from(font.font.get_glyph_width(glyph).unwrap_or(0)) / units;
            match line.runs.last_mut() {
                Some((id, run)) if *id == font.id => run.push(c),
                _ => line.runs.push((font.id.clone(), c.to_string())),
            }
        }
        Ok(line)
    }

    /// Returns the fonts as resources of a document with these pages. Each has the glyphs that the pages use, no others.
    pub fn resources(&self, pages: &[PdfPage]) -> Result<PdfResources, Diagnostic> {
        let used = used_characters(pages);
        let mut resources = PdfResources::default();
        for font in &self.0 {
            if let Some(characters) = used.get(&font.id) {
                resources.fonts.map.insert(font.id.clone(), PdfFont::new(font.subset(characters)?));
            }
        }
        Ok(resources)
    }
}

impl LabelFont {
    /// Returns the font with the glyphs of these characters only, numbered anew.
    fn subset(&self, characters: &BTreeSet<char>) -> Result<ParsedFont, Diagnostic> {
        let mut glyphs = GlyphRemapper::new();
        let mut numbers = BTreeMap::new();
        let mut widths = BTreeMap::new();
        for c in characters {
            let Some(glyph) = self.font.lookup_glyph_index(u32::from(*c)) else { continue };
            let number = glyphs.remap(glyph);
            numbers.insert(u32::from(*c), number);
            widths.insert(number, self.font.get_glyph_width(glyph).unwrap_or(0));
        }
        let subset = subsetter::subset(&self.font.original_bytes, self.font.font_index, &glyphs);
        Ok(ParsedFont {
            original_bytes: subset.map_err(|_| unreadable_font())?,
            font_index: 0,
            font_name: Some(format!("{}+{}", self.id.0, self.name)),
            codepoint_to_glyph: numbers,
            glyph_widths: widths,
            units_per_em: self.font.units_per_em,
            font_metrics: self.font.font_metrics.clone(),
            font_type: self.font.font_type,
            pdf_font_metrics: self.font.pdf_font_metrics.clone(),
        })
    }
}

/// Returns the characters that pages show in each font.
fn used_characters(pages: &[PdfPage]) -> BTreeMap<FontId, BTreeSet<char>> {
    let mut used: BTreeMap<FontId, BTreeSet<char>> = BTreeMap::new();
    for page in pages {
        let mut current = None;
        for op in &page.ops {
            match op {
                Op::SetFont { font: PdfFontHandle::External(id), .. } => current = Some(id),
                Op::ShowText { items } => {
                    let characters = items.iter().flat_map(|item| match item {
                        TextItem::Text(text) => text.chars(),
                        _ => "".chars(),
                    });
                    if let Some(id) = current {
                        used.entry(id.clone()).or_default().extend(characters);
                    }
                }
                _ => {}
            }
        }
    }
    used
}

fn postscript_name(font: &[u8], index_in_file: usize) -> Option<String> {
    let face = ttf_parser::Face::parse(font, u32::try_from(index_in_file).ok()?).ok()?;
    let mut names = face.names().into_iter();
    names.find(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME && name.is_unicode())?.to_string()
}

fn unreadable_font() -> Diagnostic {
    Diagnostic::error(code::FONT_FILE, "cannot read a font for slug lines, covers and tickets")
}

/// Millimetres per point.
pub const MM_PER_POINT: f64 = 25.4 / 72.0;

/// Converts millimetres to points, rounded to four decimals to remove the error of single precision.
pub fn to_points(mm: f64) -> f64 {
    (mm / MM_PER_POINT * 1e4).round() / 1e4
}

pub fn to_points_f32(mm: f64) -> f32 {
    to_points(mm) as f32
}

impl TextLine {
    /// Returns the width in millimetres at a font size in points.
    pub fn width_at(&self, size: f64) -> f64 {
        self.width * size * MM_PER_POINT
    }

    /// Draws the line at a font size in points, from a point on its baseline in millimetres.
    pub fn draw(&self, ops: &mut Vec<Op>, size: f64, (x, y): (f64, f64)) {
        ops.push(Op::StartTextSection);
        ops.push(Op::SetTextCursor { pos: Point { x: Pt(to_points_f32(x)), y: Pt(to_points_f32(y)) } });
        for (id, run) in &self.runs {
            ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(size as f32) });
            ops.push(Op::ShowText { items: vec![TextItem::Text(run.clone())] });
        }
        ops.push(Op::EndTextSection);
    }
}

/// Returns the font size in points at which a line fits into a rectangle, at most `largest`, and the start of its baseline.
/// Returns `None` if that size is below `smallest`.
pub fn fit_line(line: &TextLine, room: &Rect, largest: f64, smallest: f64) -> Option<(f64, (f64, f64))> {
    let max_by_height = room.height() / (LINE_HEIGHT * MM_PER_POINT);
    let max_by_width = if line.width > 0.0 { room.width() / (line.width * MM_PER_POINT) } else { largest };
    let size = largest.min(max_by_height).min(max_by_width);
    let baseline = room.bottom + (room.height() - 0.62 * size * MM_PER_POINT) / 2.0;
    (size >= smallest).then_some((size, (room.left, baseline)))
}
