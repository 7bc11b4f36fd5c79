//! Inspects laid-out pages: finds text that leaves the page, overlaps other text or is too small, photos of low
//! resolution, and the findings of style modules.

use std::collections::BTreeSet;

use typst::ecow::EcoString;
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point, Ratio, Size, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst::visualize::ImageKind;
use typst_layout::PagedDocument;

use super::drawings::MARKER_PREFIX;

/// Resolution in dots per inch below which a photo looks soft in print, at a screen ruling of 150 lines per inch.
pub const PRINT_RESOLUTION: f64 = 200.0;

/// A flaw in the laid-out pages that does not prevent their export.
pub struct Finding {
    pub kind: FindingKind,
    pub span: Span,
}

/// What is wrong. Page numbers count from 1.
pub enum FindingKind {
    /// A text that extends beyond the page, and the number of the page.
    OffPage(String, usize),
    /// Two texts that overlap, and the number of the page.
    Overlap(String, String, usize),
    /// A text that is too small to read, its size in points, and the number of the page.
    TooSmall(String, f64, usize),
    /// The resolution of a photo at its printed size, in dots per inch.
    LowResolution(f64),
    /// A finding of a style module: `#metadata((message: "…", help: "…")) <finding>`.
    FromModule { message: String, help: String },
}

/// Returns the findings on all pages of a document, and those of its style modules.
pub fn inspect_pages(document: &PagedDocument) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, page) in document.pages().iter().enumerate() {
        let (size, number) = (page.frame.size(), index + 1);
        let mut inspector = PageInspector { size, number, texts: Vec::new(), found: &mut found };
        inspector.inspect_frame(&page.frame, Transform::identity());
        inspector.find_overlaps();
    }
    collect_module_findings(document, &mut found);
    found
}

struct PageInspector<'a> {
    size: Size,
    number: usize,
    /// The upright texts of the page.
    texts: Vec<PlacedText>,
    found: &'a mut Vec<Finding>,
}

/// A run of text, and the area that its letters cover: from the baseline up to [`LETTER_HEIGHT`].
struct PlacedText {
    text: EcoString,
    span: Span,
    left: Abs,
    right: Abs,
    top: Abs,
    bottom: Abs,
}

impl PlacedText {
    fn overlaps(&self, other: &Self) -> bool {
        let tolerance = (self.bottom - self.top).min(other.bottom - other.top) * OVERLAP_TOLERANCE;
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width > tolerance && height > tolerance
    }
}

/// The assumed height of letters above the baseline, in em. Capitals and Chinese characters are higher, but with their
/// real height tightly set lines would overlap.
const LETTER_HEIGHT: f64 = 0.6;
/// The largest overlap that is ignored, as a fraction of the height of the letters. Kerning and slanted letters cause some.
const OVERLAP_TOLERANCE: f64 = 0.25;
/// Maximum number of overlaps that are reported for a page. Further ones usually have the same cause.
const MAX_OVERLAPS: usize = 3;
/// The smallest legible font size in print, in points.
const MIN_SIZE: f64 = 5.0;

impl PageInspector<'_> {
    fn inspect_frame(&mut self, frame: &Frame, transform: Transform) {
        for (at, item) in frame.items() {
            let item_transform = transform.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.inspect_frame(&group.frame, item_transform.pre_concat(group.transform)),
                FrameItem::Text(text) => self.inspect_text(text, item_transform),
                FrameItem::Image(image, size, span) => {
                    if let ImageKind::Raster(raster) = image.kind()
                        && !raster.data().starts_with(MARKER_PREFIX)
                    {
                        let dots = f64::from(raster.width()) / size.x.to_inches();
                        if dots < PRINT_RESOLUTION {
                            self.found.push(Finding { kind: FindingKind::LowResolution(dots), span: *span });
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn inspect_text(&mut self, text: &TextItem, transform: Transform) {
        let shown = text.text.trim();
        if shown.is_empty() {
            return;
        }
        let span = text.glyphs.first().map_or(Span::detached(), |glyph| glyph.span.0);
        let [start, end] = [Point::zero(), Point::with_x(text.width())].map(|point| point.transform(transform));
        if self.is_off_page(start) || self.is_off_page(end) {
            self.found.push(Finding { kind: FindingKind::OffPage(shown.to_owned(), self.number), span });
        }
        let is_upright = transform.kx == Ratio::zero() && transform.ky == Ratio::zero() && transform.sx > Ratio::zero();
        if !is_upright {
            return;
        }
        let size = text.size * transform.sy.get();
        if size.to_pt() < MIN_SIZE {
            self.found.push(Finding { kind: FindingKind::TooSmall(shown.to_owned(), size.to_pt(), self.number), span });
        }
        let (left, right) = (start.x.min(end.x), start.x.max(end.x));
        let (top, bottom) = (start.y - size * LETTER_HEIGHT, start.y);
        self.texts.push(PlacedText { text: shown.into(), span, left, right, top, bottom });
    }

    /// Reports the first pairs of texts that overlap, each text once.
    fn find_overlaps(mut self) {
        self.texts.sort_by_key(|text| text.top);
        let mut pairs = BTreeSet::new();
        let mut reported = vec![false; self.texts.len()];
        for (index, upper) in self.texts.iter().enumerate() {
            let below = self.texts.iter().enumerate().skip(index + 1);
            for (other, lower) in below.take_while(|(_, lower)| lower.top < upper.bottom) {
                if reported[index] || reported[other] || !upper.overlaps(lower) {
                    continue;
                }
                (reported[index], reported[other]) = (true, true);
                let [first, second] = [upper, lower].map(|text| text.text.to_string());
                if pairs.len() < MAX_OVERLAPS && pairs.insert((first.clone(), second.clone())) {
                    let kind = FindingKind::Overlap(first, second, self.number);
                    self.found.push(Finding { kind, span: lower.span });
                }
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

/// Collects the findings that style modules report, as metadata with the label `finding`.
fn collect_module_findings(document: &PagedDocument, found: &mut Vec<Finding>) {
    let Some(label) = Label::new(PicoStr::intern("finding")) else { return };
    for content in document.introspector().query(&Selector::Label(label)) {
        let Some(Value::Dict(dict)) = content.to_packed::<MetadataElem>().map(|data| data.value.clone()) else {
            continue;
        };
        let text = |key: &str| match dict.get(key) {
            Ok(Value::Str(text)) => text.as_str().to_owned(),
            _ => String::new(),
        };
        found.push(Finding {
            kind: FindingKind::FromModule { message: text("message"), help: text("help") },
            span: content.span(),
        });
    }
}
