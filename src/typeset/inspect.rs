//! Inspects laid-out pages: text off the page, photos of low resolution, remarks of style modules.

use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::Span;
use typst::utils::PicoStr;
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

use super::drawings::MARKER;

/// Resolution in dots per inch below which a photo looks soft in print, at a screen ruling of 150 lines per inch.
pub const PRINT_RESOLUTION: f64 = 200.0;

/// A problem that does not prevent the document.
pub struct Remark {
    pub kind: RemarkKind,
    pub span: Span,
}

pub enum RemarkKind {
    /// A text that extends beyond the page, and the page's number, counted from 1.
    OffPage(String, usize),
    /// The resolution of a photo at its printed size, in dots per inch.
    LowResolution(f64),
    /// A remark of a style module: `#metadata((message: "…", help: "…")) <finding>`.
    FromModule { message: String, help: String },
}

/// Inspects all pages of a document.
pub fn find_remarks(document: &PagedDocument) -> Vec<Remark> {
    let mut found = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        let mut inspector = PageInspector { size: page.frame.size(), number: index + 1, found: &mut found };
        inspector.inspect_frame(&page.frame, Transform::identity());
    }
    collect_module_remarks(document, &mut found);
    found
}

struct PageInspector<'a> {
    size: Size,
    number: usize,
    found: &'a mut Vec<Remark>,
}

impl PageInspector<'_> {
    fn inspect_frame(&mut self, frame: &Frame, transform: Transform) {
        for (at, item) in frame.items() {
            let here = transform.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.inspect_frame(&group.frame, here.pre_concat(group.transform)),
                FrameItem::Text(text) => {
                    let shown = text.text.trim();
                    let ends = [Point::zero(), Point::with_x(text.width())].map(|p| p.transform(here));
                    if !shown.is_empty() && ends.into_iter().any(|p| self.is_off_page(p)) {
                        let span = text.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0);
                        self.found.push(Remark { kind: RemarkKind::OffPage(shown.to_owned(), self.number), span });
                    }
                }
                FrameItem::Image(image, size, span) => {
                    if let ImageKind::Raster(raster) = image.kind()
                        && !raster.data().starts_with(MARKER)
                    {
                        let dots = f64::from(raster.width()) / size.x.to_inches();
                        if dots < PRINT_RESOLUTION {
                            self.found.push(Remark { kind: RemarkKind::LowResolution(dots), span: *span });
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn is_off_page(&self, point: Point) -> bool {
        let tolerance = Abs::pt(0.5);
        point.x < -tolerance
            || point.y < -tolerance
            || point.x > self.size.x + tolerance
            || point.y > self.size.y + tolerance
    }
}

/// Collects what style modules report as metadata with the label `finding`.
fn collect_module_remarks(document: &PagedDocument, found: &mut Vec<Remark>) {
    let Some(label) = Label::new(PicoStr::intern("finding")) else { return };
    for content in document.introspector().query(&Selector::Label(label)) {
        let Some(Value::Dict(dict)) = content.to_packed::<MetadataElem>().map(|data| data.value.clone()) else {
            continue;
        };
        let text = |key: &str| match dict.get(key) {
            Ok(Value::Str(text)) => text.as_str().to_owned(),
            _ => String::new(),
        };
        found.push(Remark {
            kind: RemarkKind::FromModule { message: text("message"), help: text("help") },
            span: content.span(),
        });
    }
}
