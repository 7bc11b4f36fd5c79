//! Lines, fills and drawings on a page, and the texts that they cross.

use typst::layout::{Abs, Point, Rect, Size, Transform};
use typst::visualize::{Curve, CurveItem, Geometry, Paint, Shape};

use super::geometry::transform_rect;
use super::overlaps::PlacedText;
use super::{Finding, FindingKind, Inspector, MAX_PER_PAGE};

/// The part of a text that no line may cross, in em above the baseline: the height of an x without its lowest part, so that
/// a line close to the baseline may underline the text.
const LETTER_BODY: (f64, f64) = (0.05, 0.45);
/// How far a line may reach into the ends of a text, in em.
const END_TOLERANCE: f64 = 0.15;
/// A filled shape of at most this thickness, in points, counts as a line.
const MAX_THICKNESS: f64 = 3.0;
/// A curve with more items is a picture.
const MAX_CURVE_ITEMS: usize = 300;
/// The number of lines that replace a bend.
const LINES_PER_BEND: u32 = 8;
/// A drawing more than this many times longer than high counts as a line.
const LINE_PROPORTION: f64 = 8.0;

/// The lines, fills and drawings on a page that no text should cross, in page coordinates.
#[derive(Default)]
pub struct Obstacles {
    lines: Vec<StraightLine>,
    /// Filled areas, with their places in the painting order. They hide the lines below them.
    fills: Vec<(Rect, usize)>,
    /// The bounding boxes of the drawings that count as ellipses.
    drawings: Vec<Rect>,
    /// The number of items painted so far.
    order: usize,
}

/// A straight stroke.
struct StraightLine {
    from: Point,
    to: Point,
    thickness: Abs,
    order: usize,
}

impl Obstacles {
    pub fn clear(&mut self) {
        self.lines.clear();
        self.fills.clear();
        self.drawings.clear();
        self.order = 0;
    }

    /// Returns the place of the next item in the painting order.
    pub fn next_order(&mut self) -> usize {
        self.order += 1;
        self.order
    }

    pub fn add_shape(&mut self, shape: &Shape, transform: Transform) {
        let order = self.next_order();
        if shape.fill.is_some() && !matches!(&shape.geometry, Geometry::Curve(curve) if curve.0.len() > MAX_CURVE_ITEMS)
        {
            self.add_fill(transform_rect(shape.bbox(false), transform), order);
        }
        let Some(stroke) = &shape.stroke else { return };
        if stroke.thickness <= Abs::zero() || is_transparent(&stroke.paint) {
            return;
        }
        let mut add = |from: Point, to: Point| {
            let [from, to] = [from, to].map(|point| point.transform(transform));
            self.lines.push(StraightLine { from, to, thickness: stroke.thickness, order });
        };
        match &shape.geometry {
            Geometry::Line(end) => add(Point::zero(), *end),
            Geometry::Rect(size) => {
                let corners =
                    [Point::zero(), Point::with_x(size.x), size.to_point(), Point::with_y(size.y), Point::zero()];
                corners.windows(2).for_each(|side| add(side[0], side[1]));
            }
            Geometry::Curve(curve) if curve.0.len() <= MAX_CURVE_ITEMS => flatten(curve, add),
            Geometry::Curve(_) => {}
        }
    }

    fn add_fill(&mut self, rect: Rect, order: usize) {
        let size = rect.size();
        if size.x.min(size.y) > Abs::pt(MAX_THICKNESS) {
            self.fills.push((rect, order));
        } else {
            self.add_bar(rect, order);
        }
    }

    /// Adds a line that fills a rectangle.
    fn add_bar(&mut self, rect: Rect, order: usize) {
        let (size, middle) = (rect.size(), (rect.min + rect.max) / 2.0);
        let (from, to, thickness) = if size.x >= size.y {
            (Point::new(rect.min.x, middle.y), Point::new(rect.max.x, middle.y), size.y)
        } else {
            (Point::new(middle.x, rect.min.y), Point::new(middle.x, rect.max.y), size.x)
        };
        self.lines.push(StraightLine { from, to, thickness, order });
    }

    /// Adds a line drawing, of which only the bounding box is known.
    ///
    /// A long drawing counts as a line through the middle half of its box. Any other counts as an ellipse. A drawing as
    /// large as the page is a border and is ignored: its style module declares the text area instead.
    pub fn add_drawing(&mut self, rect: Rect, page: Size) {
        let (order, size) = (self.next_order(), rect.size());
        let (length, height) = (size.x.max(size.y), size.x.min(size.y));
        if length > height * LINE_PROPORTION {
            let inset = height / 4.0;
            let inset = if size.x >= size.y { Point::with_y(inset) } else { Point::with_x(inset) };
            self.add_bar(Rect::new(rect.min + inset, rect.max - inset), order);
        } else if size.x < page.x * 0.9 || size.y < page.y * 0.9 {
            self.drawings.push(rect);
        }
    }

    /// Returns whether a line or the edge of a drawing crosses a text.
    pub fn crosses_text(&self, text: &PlacedText<'_>) -> bool {
        let inset = (text.size * END_TOLERANCE).min((text.right - text.left) / 4.0);
        let body = Rect::new(
            Point::new(text.left + inset, text.bottom - text.size * LETTER_BODY.1),
            Point::new(text.right - inset, text.bottom - text.size * LETTER_BODY.0),
        );
        let is_hidden = |line: &StraightLine| {
            let hides = |(fill, order): &(Rect, usize)| {
                (line.order + 1..text.order).contains(order) && contains(*fill, body.min) && contains(*fill, body.max)
            };
            self.fills.iter().any(hides)
        };
        self.lines.iter().any(|line| line.crosses(body) && !is_hidden(line))
            || self.drawings.iter().any(|drawing| is_partly_in_ellipse(body, *drawing))
    }
}

impl StraightLine {
    fn crosses(&self, rect: Rect) -> bool {
        let half = Point::splat(self.thickness / 2.0);
        let (min, max) = (rect.min - half, rect.max + half);
        // Clips the line at each side of the rectangle (Liang and Barsky).
        let (mut start, mut end) = (0.0_f64, 1.0_f64);
        let axes = [(self.from.x, self.to.x, min.x, max.x), (self.from.y, self.to.y, min.y, max.y)];
        for (from, to, min, max) in axes {
            let change = to - from;
            if change.abs() < Abs::pt(1e-6) {
                if from <= min || from >= max {
                    return false;
                }
                continue;
            }
            let (a, b) = ((min - from) / change, (max - from) / change);
            start = start.max(a.min(b));
            end = end.min(a.max(b));
        }
        start < end
    }
}

impl Inspector<'_> {
    /// Reports the first texts of a page that a line or a drawing crosses.
    pub(super) fn find_crossed_texts(&mut self, first_text: usize) {
        let number = self.page_number();
        let crossed =
            self.texts[first_text..].iter().filter(|text| self.obstacles.crosses_text(text)).take(MAX_PER_PAGE);
        let found = crossed.map(|text| Finding {
            kind: FindingKind::CrossedByLine(text.text().to_owned(), number),
            span: text.span(),
        });
        self.found.extend(found);
    }
}

fn is_transparent(paint: &Paint) -> bool {
    matches!(paint, Paint::Solid(colour) if colour.alpha() == Some(0.0))
}

fn contains(rect: Rect, point: Point) -> bool {
    (rect.min.x..=rect.max.x).contains(&point.x) && (rect.min.y..=rect.max.y).contains(&point.y)
}

/// Returns whether a rectangle has points on both sides of the ellipse inside `bounds`.
fn is_partly_in_ellipse(rect: Rect, bounds: Rect) -> bool {
    let (centre, radius) = ((bounds.min + bounds.max) / 2.0, bounds.size() / 2.0);
    let distance = |point: Point| ((point.x - centre.x) / radius.x).hypot((point.y - centre.y) / radius.y);
    let nearest = Point::new(centre.x.clamp(rect.min.x, rect.max.x), centre.y.clamp(rect.min.y, rect.max.y));
    let corners = [rect.min, rect.max, Point::new(rect.min.x, rect.max.y), Point::new(rect.max.x, rect.min.y)];
    distance(nearest) < 0.97 && corners.into_iter().any(|corner| distance(corner) > 1.0)
}

/// Calls `add` with the straight lines of a curve, and lines that replace its bends.
fn flatten(curve: &Curve, mut add: impl FnMut(Point, Point)) {
    let (mut at, mut start) = (Point::zero(), Point::zero());
    for item in &curve.0 {
        match item {
            CurveItem::Move(to) => (at, start) = (*to, *to),
            CurveItem::Line(to) => {
                add(at, *to);
                at = *to;
            }
            CurveItem::Cubic(first, second, to) => {
                let origin = at;
                for step in 1..=LINES_PER_BEND {
                    let t = f64::from(step) / f64::from(LINES_PER_BEND);
                    let s = 1.0 - t;
                    let next = origin * (s * s * s)
                        + *first * (3.0 * s * s * t)
                        + *second * (3.0 * s * t * t)
                        + *to * (t * t * t);
                    add(at, next);
                    at = next;
                }
            }
            CurveItem::Close => {
                add(at, start);
                at = start;
            }
        }
    }
}
