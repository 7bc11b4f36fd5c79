//! Lines of text beside the pages: slug lines, tickets, cover sheets. Set by printpdf in the project's typefaces.

use icu_normalizer::ComposingNormalizer;
use printpdf::{FontId, Op, ParsedFont, PdfFont, PdfFontHandle, PdfResources, Point, Pt, TextItem};

use super::plan::Rect;
use crate::diagnostic::{Diagnostic, code};

/// Typefaces in the order in which they are tried.
pub struct Faces(Vec<Face>);

struct Face {
    id: FontId,
    font: ParsedFont,
}

/// A line that is set: its pieces, each in one typeface, and its width in em.
#[derive(Clone, Debug)]
pub struct Line {
    pieces: Vec<(FontId, String)>,
    pub width: f64,
}

impl Faces {
    /// From font files, each with the index of its face.
    pub fn read(files: &[(Vec<u8>, usize)]) -> Result<Self, Diagnostic> {
        let face = |(index, (bytes, face)): (usize, &(Vec<u8>, usize))| {
            let font = ParsedFont::from_bytes(bytes, *face, &mut Vec::new());
            let font = font.ok_or_else(|| Diagnostic::error(code::FONT_FILE, "a typeface of the slug line is broken"));
            font.map(|font| Face { id: FontId(format!("Slug{index}")), font })
        };
        files.iter().enumerate().map(face).collect::<Result<_, _>>().map(Self)
    }

    /// Sets a text in one line. A character that no typeface has is an error.
    pub fn set(&self, text: &str) -> Result<Line, Diagnostic> {
        // printpdf shapes nothing: a letter and its accent are one character where there is one.
        let text = ComposingNormalizer::new_nfc().normalize(text).into_owned();
        let mut line = Line { pieces: Vec::new(), width: 0.0 };
        for c in text.chars() {
            let found = self.0.iter().find_map(|face| {
                let glyph = face.font.lookup_glyph_index(u32::from(c)).filter(|glyph| *glyph != 0)?;
                Some((face, glyph))
            });
            let Some((face, glyph)) = found else {
                let message = format!("no font of the slug line has the character “{c}” U+{:04X}", u32::from(c));
                return Err(Diagnostic::error(code::MISSING_GLYPH, message)
                    .help("put a font that covers it into fonts/ and name it in the locale's `fonts-label`"));
            };
            let units = f64::from(face.font.font_metrics.units_per_em).max(1.0);
            line.width += f64::from(face.font.get_horizontal_advance(glyph)) / units;
            match line.pieces.last_mut() {
                Some((id, piece)) if *id == face.id => piece.push(c),
                _ => line.pieces.push((face.id.clone(), c.to_string())),
            }
        }
        Ok(line)
    }

    /// Fonts for a document in which lines of these faces stand.
    pub fn resources(&self) -> PdfResources {
        let mut resources = PdfResources::default();
        for face in &self.0 {
            resources.fonts.map.insert(face.id.clone(), PdfFont::new(face.font.clone()));
        }
        resources
    }
}

/// Millimetres in a point.
pub const POINT: f64 = 25.4 / 72.0;

pub fn points(mm: f64) -> f32 {
    (mm / POINT) as f32
}

impl Line {
    /// Width in millimetres at a size in points.
    pub fn width_at(&self, size: f64) -> f64 {
        self.width * size * POINT
    }

    /// Writes the line, its baseline beginning at a point in millimetres.
    pub fn write(&self, ops: &mut Vec<Op>, size: f64, (x, y): (f64, f64)) {
        ops.push(Op::StartTextSection);
        ops.push(Op::SetTextCursor { pos: Point { x: Pt(points(x)), y: Pt(points(y)) } });
        for (id, piece) in &self.pieces {
            ops.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(size as f32) });
            ops.push(Op::ShowText { items: vec![TextItem::Text(piece.clone())] });
        }
        ops.push(Op::EndTextSection);
    }
}

/// A size at which a line has room in a rectangle, no larger than asked for, and where its baseline begins.
pub fn fitted(line: &Line, room: &Rect, largest: f64, smallest: f64) -> Option<(f64, (f64, f64))> {
    // Ascenders and descenders of Latin and Chinese letters stay within the rectangle.
    let high = room.height() / (1.15 * POINT);
    let wide = if line.width > 0.0 { room.width() / (line.width * POINT) } else { largest };
    let size = largest.min(high).min(wide);
    let baseline = room.bottom + (room.height() - 0.62 * size * POINT) / 2.0;
    (size >= smallest).then_some((size, (room.left, baseline)))
}
