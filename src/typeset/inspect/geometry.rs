//! Rectangles on a page.

use typst::foundations::{Dict, Value};
use typst::layout::{Abs, GroupItem, Point, Ratio, Rect, Size, Transform};

/// The text area of a page, which a style module declares: `#metadata((left: 20mm, …)) <area>`.
#[derive(Clone, Copy)]
pub struct Area {
    pub left: Abs,
    pub right: Abs,
    pub top: Abs,
    pub bottom: Abs,
    /// The height above the area that a masthead may use.
    pub masthead: Abs,
}

impl Area {
    /// `margins`: the distances of the area from the edges of the page. Without one, the area reaches the edge.
    pub fn new(margins: &Dict, page: Size) -> Self {
        let margin = |key: &str| match margins.get(key) {
            Ok(Value::Length(length)) => length.abs,
            _ => Abs::zero(),
        };
        Self {
            left: margin("left"),
            right: page.x - margin("right"),
            top: margin("top"),
            bottom: page.y - margin("bottom"),
            masthead: margin("masthead"),
        }
    }
}

pub fn is_upright(transform: Transform) -> bool {
    transform.kx == Ratio::zero() && transform.ky == Ratio::zero() && transform.sx > Ratio::zero()
}

/// Returns the bounding box of a transformed rectangle.
pub fn transform_rect(rect: Rect, transform: Transform) -> Rect {
    let corners = [rect.min, rect.max, Point::new(rect.min.x, rect.max.y), Point::new(rect.max.x, rect.min.y)];
    let [first, rest @ ..] = corners.map(|corner| corner.transform(transform));
    rest.iter().fold(Rect::new(first, first), |all, corner| Rect::new(all.min.min(*corner), all.max.max(*corner)))
}

pub fn intersects(a: Rect, b: Rect) -> bool {
    a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y
}

/// Returns the visible part of the page inside a group. A turned clip is ignored.
pub fn narrow_clip(clip: Option<Rect>, group: &GroupItem, transform: Transform) -> Option<Rect> {
    let own = group.clip.as_ref().filter(|_| is_upright(transform));
    let own = own.map(|curve| transform_rect(curve.bbox(None), transform));
    match (clip, own) {
        (Some(a), Some(b)) => Some(Rect::new(a.min.max(b.min), a.max.min(b.max))),
        (a, b) => a.or(b),
    }
}
