//! Text that becomes a drawing: the outlines of its glyphs.
//!
//! Many documents have the same drawing, for example the ring of a seal. So it is computed and compressed once, as a form XObject. An
//! image is its marker, and is replaced in the finished PDF (as in [`super::drawings`]).

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::foundations::Bytes;
use typst::layout::{Abs, Frame, FrameItem, Point, Ratio, Size, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst::utils::hash128;
use typst::visualize::{
    Color, Curve, CurveItem, FillRule, Geometry, Image, Paint, PixelEncoding, PixelFormat, ProcessColor, RasterImage,
    Shape,
};

use crate::pdf::form_xobject::{DrawingColour, round_component};
use crate::pdf::svg::{DeflatedContent, DrawingForm};

/// Maximum number of outlines that are kept. An edition needs one for each language and seal.
const MAX_OUTLINES: usize = 100;

/// The outlines of the texts of earlier documents, by their hash.
#[derive(Default)]
pub struct OutlineCache(Mutex<HashMap<u128, Arc<Outlines>>>);

/// Outlines, and the image that is their marker.
pub struct Outlines {
    /// The samples of the image, which is one pixel high.
    pub marker: Vec<u8>,
    pub form_xobject: Arc<Vec<u8>>,
    image: Image,
    position: Point,
    size: Size,
}

impl OutlineCache {
    /// Replaces all text of a frame with the outlines of its glyphs. Returns them, unless they are shapes of the frame.
    pub fn draw_outlines(&self, frame: &mut Frame) -> Option<Arc<Outlines>> {
        let outlines = self.outlines(frame);
        match &outlines {
            Some(outlines) => {
                remove_text(frame);
                frame
                    .push(outlines.position, FrameItem::Image(outlines.image.clone(), outlines.size, Span::detached()));
            }
            None => draw_shapes(frame),
        }
        outlines
    }

    /// Returns `None` if the frame contains more than text in RGB.
    fn outlines(&self, frame: &Frame) -> Option<Arc<Outlines>> {
        let mut texts = Vec::new();
        collect_texts(frame, Transform::identity(), &mut texts)?;
        let hash = hash128(&texts);
        let mut known = self.0.lock().ok()?;
        if let Some(outlines) = known.get(&hash) {
            return Some(outlines.clone());
        }
        let outlines = Arc::new(Outlines::new(&texts, hash)?);
        if known.len() >= MAX_OUTLINES {
            known.clear();
        }
        known.insert(hash, outlines.clone());
        Some(outlines)
    }
}

impl Outlines {
    fn new(texts: &[PlacedText<'_>], hash: u128) -> Option<Self> {
        let form = to_form(texts)?;
        let [left, top, width, height] = form.view_box.map(|length| Abs::pt(length / 100.0));
        let mut marker = format!("gen-report outlines {hash:032x}").into_bytes();
        marker.resize(marker.len().next_multiple_of(3), b' ');
        let format = PixelFormat { encoding: PixelEncoding::Rgb8, width: (marker.len() / 3) as u32, height: 1 };
        let image = Image::plain(RasterImage::plain(Bytes::new(marker.clone()), format).ok()?);
        // The operators set the colour of each text.
        let form_xobject = Arc::new(form.to_object(&DrawingColour::Rgb([0.0; 3]))?);
        Some(Self { marker, form_xobject, image, position: Point::new(left, top), size: Size::new(width, height) })
    }
}

/// A text of a frame, with the transformation to the coordinates of the frame.
struct PlacedText<'a> {
    text: &'a TextItem,
    transform: Transform,
    fill: [f32; 3],
}

impl Hash for PlacedText<'_> {
    /// Hashes what its outlines depend on, which does not include where its text comes from.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.text.font, self.text.size, self.transform, self.fill.map(f32::to_bits)).hash(state);
        for glyph in &self.text.glyphs {
            (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(state);
        }
    }
}

/// Returns `None` if there is anything besides text that is filled with an RGB colour.
fn collect_texts<'a>(frame: &'a Frame, transform: Transform, texts: &mut Vec<PlacedText<'a>>) -> Option<()> {
    for (point, item) in frame.items() {
        let transform = transform.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) if group.clip.is_none() => {
                collect_texts(&group.frame, transform.pre_concat(group.transform), texts)?;
            }
            FrameItem::Text(text) if text.stroke.is_none() => {
                let Paint::Solid(Color::Process(ProcessColor::Rgb(colour))) = &text.fill else { return None };
                (colour.alpha == 1.0).then_some(())?;
                let fill = [colour.red, colour.green, colour.blue].map(round_component);
                texts.push(PlacedText { text, transform, fill });
            }
            FrameItem::Tag(_) => {}
            _ => return None,
        }
    }
    Some(())
}

fn remove_text(frame: &mut Frame) {
    frame.retain(|item| {
        if let FrameItem::Group(group) = item {
            remove_text(&mut group.frame);
        }
        !matches!(item, FrameItem::Text(_))
    });
}

/// Returns the outlines as operators, in hundredths of a point. Each glyph is drawn in units of its font, because the same
/// letters are then the same bytes.
fn to_form(texts: &[PlacedText<'_>]) -> Option<DrawingForm> {
    let mut content = String::new();
    let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for placed in texts {
        let font = &placed.text.font;
        let scale = Ratio::new(placed.text.size.to_pt() / font.units_per_em());
        let scale = Transform::scale(scale, scale);
        content.push_str(&DrawingColour::Rgb(placed.fill).fill_operator());
        for (id, origin) in glyph_origins(placed.text) {
            let matrix = placed.transform.pre_concat(Transform::translate(origin.x, origin.y)).pre_concat(scale);
            let [a, b, c, d] =
                [matrix.sx, matrix.ky, matrix.kx, matrix.sy].map(|part| (part.get() * 1e5).round() / 1e3 + 0.0);
            let [e, f] = [matrix.tx, matrix.ty].map(hundredths);
            let _ = writeln!(content, "q {a} {b} {c} {d} {e} {f} cm");
            let mut write = |points: &[Point], operator: &str| {
                for point in points {
                    let _ = write!(content, "{} {} ", point.x.to_pt().round() + 0.0, point.y.to_pt().round() + 0.0);
                    let point = point.transform(matrix);
                    let point = [point.x, point.y].map(hundredths);
                    least = [least[0].min(point[0]), least[1].min(point[1])];
                    most = [most[0].max(point[0]), most[1].max(point[1])];
                }
                content.push_str(operator);
            };
            let mut pen = Pen::new(Point::zero(), Abs::pt(1.0));
            font.ttf().outline_glyph(id, &mut pen);
            for item in pen.curve.0 {
                match item {
                    CurveItem::Move(to) => write(&[to], "m\n"),
                    CurveItem::Line(to) => write(&[to], "l\n"),
                    CurveItem::Cubic(a, b, to) => write(&[a, b, to], "c\n"),
                    CurveItem::Close => write(&[], "h\n"),
                }
            }
            write(&[], "f\nQ\n");
        }
    }
    let view_box = [least[0], least[1], most[0] - least[0], most[1] - least[1]];
    let is_visible = view_box.iter().all(|number| number.is_finite()) && view_box[2] > 0.0 && view_box[3] > 0.0;
    is_visible.then(|| Some(DrawingForm { view_box, content: DeflatedContent::new(content.as_bytes())? }))?
}

fn hundredths(length: Abs) -> f64 {
    (length.to_pt() * 100.0).round() + 0.0
}

/// Returns the glyphs of a text, and where their origins are.
fn glyph_origins(text: &TextItem) -> impl Iterator<Item = (GlyphId, Point)> + '_ {
    let mut cursor = Point::zero();
    text.glyphs.iter().map(move |glyph| {
        let offset = Point::new(glyph.x_offset.at(text.size), -glyph.y_offset.at(text.size));
        let origin = cursor + offset;
        cursor += Point::new(glyph.x_advance.at(text.size), -glyph.y_advance.at(text.size));
        (GlyphId(glyph.id), origin)
    })
}

/// Replaces all text of a frame with shapes.
fn draw_shapes(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => draw_shapes(&mut group.frame),
            FrameItem::Text(text) => {
                let shape = Shape {
                    geometry: Geometry::Curve(outline(text)),
                    fill: Some(text.fill.clone()),
                    fill_rule: FillRule::NonZero,
                    stroke: text.stroke.clone(),
                };
                let span = text.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0);
                *item = FrameItem::Shape(shape, span);
            }
            _ => {}
        }
        true
    });
}

fn outline(text: &TextItem) -> Curve {
    let mut pen = Pen::new(Point::zero(), text.size / text.font.units_per_em());
    for (id, origin) in glyph_origins(text) {
        pen.origin = origin;
        text.font.ttf().outline_glyph(id, &mut pen);
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
    fn new(origin: Point, scale: Abs) -> Self {
        Self { curve: Curve::new(), scale, origin, end: Point::zero() }
    }

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
