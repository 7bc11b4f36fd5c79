//! A look at the finished pages: text off the page, photos too coarse for print, remarks of the style modules.

use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::Span;
use typst::utils::PicoStr;
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

use super::drawings::MARKER;

/// Dots to an inch under which a photo looks soft in print (ISO 12647-2 presses, 150 lines to an inch).
pub const PRINT_RESOLUTION: f64 = 200.0;

pub struct Remark {
    pub kind: Kind,
    pub span: Span,
}

pub enum Kind {
    /// A text that leaves the page, and the page's number.
    OffPage(String, usize),
    /// Dots to an inch.
    Coarse(f64),
    /// What a style module says by `#metadata((message: "…", help: "…")) <finding>`.
    Said { message: String, help: String },
}

pub fn remarks(document: &PagedDocument) -> Vec<Remark> {
    let mut found = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        let mut walk = Walk { size: page.frame.size(), number: index + 1, found: &mut found };
        walk.frame(&page.frame, Transform::identity());
    }
    said(document, &mut found);
    found
}

struct Walk<'a> {
    size: Size,
    number: usize,
    found: &'a mut Vec<Remark>,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, above: Transform) {
        for (at, item) in frame.items() {
            let here = above.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, here.pre_concat(group.transform)),
                FrameItem::Text(text) => {
                    let shown = text.text.trim();
                    let ends = [Point::zero(), Point::with_x(text.width())].map(|p| p.transform(here));
                    if !shown.is_empty() && ends.into_iter().any(|p| self.outside(p)) {
                        let span = text.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0);
                        self.found.push(Remark { kind: Kind::OffPage(shown.to_owned(), self.number), span });
                    }
                }
                FrameItem::Image(image, size, span) => {
                    if let ImageKind::Raster(raster) = image.kind()
                        && !raster.data().starts_with(MARKER)
                    {
                        let dots = f64::from(raster.width()) / size.x.to_inches();
                        if dots < PRINT_RESOLUTION {
                            self.found.push(Remark { kind: Kind::Coarse(dots), span: *span });
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn outside(&self, point: Point) -> bool {
        let slack = Abs::pt(0.5);
        point.x < -slack || point.y < -slack || point.x > self.size.x + slack || point.y > self.size.y + slack
    }
}

fn said(document: &PagedDocument, found: &mut Vec<Remark>) {
    let Some(label) = Label::new(PicoStr::intern("finding")) else { return };
    for content in document.introspector().query(&Selector::Label(label)) {
        let Some(Value::Dict(dict)) = content.to_packed::<MetadataElem>().map(|data| data.value.clone()) else {
            continue;
        };
        let text = |key: &str| match dict.get(key) {
            Ok(Value::Str(text)) => text.as_str().to_owned(),
            _ => String::new(),
        };
        found.push(Remark { kind: Kind::Said { message: text("message"), help: text("help") }, span: content.span() });
    }
}
