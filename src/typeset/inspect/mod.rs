//! Inspects laid-out pages: finds text that leaves the page or the text area, overlaps other text or a line, or is too small;
//! paragraphs that are badly divided or without space between them; photos of low resolution; and the findings of style
//! modules.
//!
//! Everything is collected in one walk of each page's frame, because every document is inspected.

mod finding;
mod geometry;
mod obstacles;
mod overlaps;
mod paragraphs;

use typst::foundations::{Content, Label, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Size, Transform};
use typst::model::{HeadingElem, ParElem, TableCell};
use typst::pdf::{ArtifactElem, ArtifactKind};
use typst::syntax::Span;
use typst::text::TextItem;
use typst::utils::{Numeric, PicoStr};
use typst::visualize::{Image, ImageKind};
use typst_layout::{Page, PagedDocument};

use super::drawings::{CODE_PREFIX, DRAWING_PREFIX};
use super::metadata::{get_text, query_metadata};
pub use finding::{Finding, FindingKind};
use geometry::{Area, intersects, is_upright, narrow_clip, transform_rect};
use obstacles::Obstacles;
use overlaps::{LETTER_HEIGHT, PlacedText, span_of};
use paragraphs::Paragraph;

/// Returns the findings on all pages of a document, and those of its style modules.
pub fn inspect_pages(document: &PagedDocument, min_resolution: f64) -> Vec<Finding> {
    let mut inspector = Inspector { min_resolution, ..Inspector::default() };
    for page in document.pages() {
        inspector.inspect_page(page);
    }
    inspector.inspect_paragraphs();
    inspector.inspect_last_pages();
    let mut found = inspector.found;
    collect_module_findings(document, &mut found);
    found
}

/// The extent of the content of a page, without its header, footer and background.
struct PageContent {
    size: Size,
    area: Option<Area>,
    /// Whether the text in one language starts on this page; in a bilingual press release, the second language starts on
    /// a new page.
    starts_language_version: bool,
    top: Abs,
    bottom: Abs,
    /// The span of the lowest text.
    span: Span,
}

/// An element whose end the walk has not reached.
enum OpenElement {
    Paragraph(usize),
    /// A cell of a table, with its index.
    Cell(usize),
    /// The header, the footer or the background of a page.
    Marginal,
}

struct Inspector<'a> {
    area_label: Option<Label>,
    /// The resolution in pixels per inch below which a photo is reported.
    min_resolution: f64,
    found: Vec<Finding>,
    pages: Vec<PageContent>,
    /// The upright texts of all pages, in the order of the walk.
    texts: Vec<PlacedText<'a>>,
    paragraphs: Vec<Paragraph<'a>>,
    /// The number of table cells so far.
    cell_count: usize,
    /// The open elements, from the outermost to the innermost.
    open: Vec<(Location, OpenElement)>,
    marginal_depth: usize,
    area: Option<Area>,
    /// The lines, fills and drawings of the current page.
    obstacles: Obstacles,
}

impl Default for Inspector<'_> {
    fn default() -> Self {
        Self {
            min_resolution: 0.0,
            area_label: Label::new(PicoStr::intern("area")),
            found: Vec::new(),
            pages: Vec::new(),
            texts: Vec::new(),
            paragraphs: Vec::new(),
            cell_count: 0,
            open: Vec::new(),
            marginal_depth: 0,
            area: None,
            obstacles: Obstacles::default(),
        }
    }
}

/// Maximum number of findings of a kind that are reported for a page. Further ones usually have the same cause. Not limited:
/// `OffPage`, `TooSmall`, `LowResolution` and `FromModule`.
const MAX_PER_PAGE: usize = 3;
/// The smallest legible font size in print, in points.
pub const MIN_SIZE: f64 = 5.0;
/// The smallest fraction of a last page that should be filled.
pub const MIN_FILL: f64 = 0.2;

impl<'a> Inspector<'a> {
    /// Returns the number of the current page, from 1.
    fn page_number(&self) -> usize {
        self.pages.len()
    }

    fn inspect_page(&mut self, page: &'a Page) {
        self.pages.push(PageContent {
            size: page.frame.size(),
            area: None,
            starts_language_version: self.pages.is_empty(),
            top: Abs::inf(),
            bottom: -Abs::inf(),
            span: Span::detached(),
        });
        self.obstacles.clear();
        let first_text = self.texts.len();
        // A paragraph that continues on this page is still open.
        let continued = self.open.iter().filter_map(|(_, open)| match open {
            OpenElement::Paragraph(index) => Some(*index),
            OpenElement::Cell(_) | OpenElement::Marginal => None,
        });
        let first_paragraph = continued.min().unwrap_or(self.paragraphs.len());
        self.inspect_frame(&page.frame, Transform::identity(), None);
        if !self.find_overlaps(first_text) {
            self.find_overlapping_cells(first_text);
        }
        self.find_crossed_texts(first_text);
        self.find_missing_gaps(first_paragraph);
        if let Some(page) = self.pages.last_mut() {
            page.area = self.area;
        }
    }

    /// `clip`: the part of the page outside of which nothing is visible.
    fn inspect_frame(&mut self, frame: &'a Frame, transform: Transform, clip: Option<Rect>) {
        for (at, item) in frame.items() {
            let item_transform = transform.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let transform = item_transform.pre_concat(group.transform);
                    self.inspect_frame(&group.frame, transform, narrow_clip(clip, group, transform));
                }
                FrameItem::Text(text) => self.inspect_text(text, item_transform, clip),
                FrameItem::Shape(shape, span) => {
                    // Underlines and other decorations of a text have no span.
                    if !span.is_detached() {
                        self.obstacles.add_shape(shape, item_transform);
                    }
                    self.record_content(transform_rect(shape.bbox(true), item_transform));
                }
                FrameItem::Image(image, size, span) => self.inspect_image(image, *size, *span, item_transform),
                FrameItem::Tag(Tag::Start(element, _)) => self.open_element(element),
                FrameItem::Tag(Tag::End(location, ..)) => self.close_element(*location),
                FrameItem::Link(..) => {}
            }
        }
    }

    fn inspect_image(&mut self, image: &Image, size: Size, span: Span, transform: Transform) {
        let placed = transform_rect(Rect::from_pos_size(Point::zero(), size), transform);
        if let ImageKind::Raster(raster) = image.kind() {
            if raster.data().starts_with(DRAWING_PREFIX) {
                let page = self.pages.last().map_or(Size::zero(), |page| page.size);
                self.obstacles.add_drawing(placed, page);
            } else if !raster.data().starts_with(CODE_PREFIX) {
                let dots = f64::from(raster.width()) / size.x.to_inches();
                if dots < self.min_resolution {
                    self.found.push(Finding { kind: FindingKind::LowResolution(dots), span });
                }
            }
        }
        self.record_content(placed);
    }

    fn open_element(&mut self, element: &'a Content) {
        let opened = if let Some(artifact) = element.to_packed::<ArtifactElem>() {
            use ArtifactKind::{Background, Footer, Header};
            if !matches!(artifact.kind.as_option(), Some(Header | Footer | Background)) {
                return;
            }
            self.marginal_depth += 1;
            OpenElement::Marginal
        } else if element.is::<ParElem>() || element.is::<HeadingElem>() {
            if self.marginal_depth > 0 {
                return;
            }
            self.paragraphs.push(Paragraph::new(element));
            OpenElement::Paragraph(self.paragraphs.len() - 1)
        } else if element.is::<TableCell>() {
            self.cell_count += 1;
            OpenElement::Cell(self.cell_count)
        } else {
            if element.label() == self.area_label
                && let Some(Value::Dict(dict)) = element.to_packed::<MetadataElem>().map(|data| &data.value)
                && let Some(page) = self.pages.last_mut()
            {
                // Each language version declares its text area once, on its first page.
                self.area = Some(Area::new(dict, page.size));
                page.starts_language_version = true;
            }
            return;
        };
        if let Some(location) = element.location() {
            self.open.push((location, opened));
        }
    }

    fn close_element(&mut self, location: Location) {
        let Some(index) = self.open.iter().rposition(|(open, _)| *open == location) else { return };
        if let (_, OpenElement::Marginal) = self.open.remove(index) {
            self.marginal_depth -= 1;
        }
    }

    fn inspect_text(&mut self, item: &'a TextItem, transform: Transform, clip: Option<Rect>) {
        let shown = item.text.trim();
        if shown.is_empty() {
            return;
        }
        let [start, end] = [Point::zero(), Point::with_x(item.width())].map(|point| point.transform(transform));
        let size = item.size * transform.sy.get();
        let (left, right) = (start.x.min(end.x), start.x.max(end.x));
        let (top, bottom) = (start.y - size * LETTER_HEIGHT, start.y);
        let letters = Rect::new(Point::new(left, top), Point::new(right, bottom));
        if clip.is_some_and(|clip| !intersects(clip, letters)) {
            return;
        }
        let is_off_page = self.is_off_page(start) || self.is_off_page(end);
        if is_off_page {
            self.report(FindingKind::OffPage(shown.to_owned(), self.page_number()), span_of(item));
        }
        self.record_content(letters);
        if !is_upright(transform) {
            return;
        }
        if size.to_pt() < MIN_SIZE {
            self.report(FindingKind::TooSmall(shown.to_owned(), size.to_pt(), self.page_number()), span_of(item));
        }
        let is_body = self.marginal_depth == 0;
        let paragraph = match self.open.last() {
            Some((_, OpenElement::Paragraph(index))) if is_body => Some(*index),
            _ => None,
        };
        let outermost_cell = self.open.iter().find_map(|(_, open)| match open {
            OpenElement::Cell(index) => Some(*index),
            OpenElement::Paragraph(_) | OpenElement::Marginal => None,
        });
        let cell = outermost_cell.filter(|_| is_body);
        let order = self.obstacles.next_order();
        let text = PlacedText { item, size, left, right, top, bottom, paragraph, cell, order };
        if is_body {
            if !is_off_page && self.is_outside_area(&text) {
                self.report_limited(FindingKind::OutsideArea(shown.to_owned(), self.page_number()), text.span());
            }
            if let Some(page) = self.pages.last_mut().filter(|page| page.bottom <= bottom) {
                page.span = text.span();
            }
        }
        if let Some(index) = paragraph {
            self.paragraphs[index].add(&text, self.texts.len(), self.pages.len());
        }
        self.texts.push(text);
    }

    fn report(&mut self, kind: FindingKind, span: Span) {
        self.found.push(Finding { kind, span });
    }

    /// Reports a finding, unless [`MAX_PER_PAGE`] of its kind were reported for the page.
    fn report_limited(&mut self, kind: FindingKind, span: Span) {
        let same = |finding: &&Finding| {
            std::mem::discriminant(&finding.kind) == std::mem::discriminant(&kind) && finding.kind.page() == kind.page()
        };
        if self.found.iter().filter(same).count() < MAX_PER_PAGE {
            self.report(kind, span);
        }
    }

    /// Records that the current page is filled down to the end of `rect`.
    fn record_content(&mut self, rect: Rect) {
        if self.marginal_depth == 0
            && let Some(page) = self.pages.last_mut()
        {
            page.top = page.top.min(rect.min.y);
            page.bottom = page.bottom.max(rect.max.y);
        }
    }

    /// Reports the last page of each language version that has several pages, if it is nearly empty.
    fn inspect_last_pages(&mut self) {
        for index in 1..self.pages.len() {
            let page = &self.pages[index];
            let is_last = self.pages.get(index + 1).is_none_or(|next| next.starts_language_version);
            if page.starts_language_version || !is_last {
                continue;
            }
            // Without a declared text area, the content is assumed to start at the top of the area, with the same margin below.
            let (top, bottom) = page.area.map_or((page.top, page.size.y - page.top), |area| (area.top, area.bottom));
            let filled = ((page.bottom - top).max(Abs::zero()) / (bottom - top).max(Abs::pt(1.0))).max(0.0);
            if filled < MIN_FILL && page.bottom.is_finite() {
                let (kind, span) = (FindingKind::NearlyEmpty(filled, index + 1), page.span);
                self.report(kind, span);
            }
        }
    }

    fn is_off_page(&self, point: Point) -> bool {
        let tolerance = Abs::pt(0.5);
        self.pages.last().is_some_and(|page| {
            point.x < -tolerance
                || point.y < -tolerance
                || point.x > page.size.x + tolerance
                || point.y > page.size.y + tolerance
        })
    }

    fn is_outside_area(&self, text: &PlacedText<'_>) -> bool {
        let Some(area) = &self.area else { return false };
        // Punctuation at the end of a line may hang in the margin.
        let tolerance = (text.size * 0.4).min(Abs::pt(4.0));
        text.left < area.left - tolerance
            || text.right > area.right + tolerance
            || text.bottom > area.bottom + Abs::pt(0.5)
            || text.top < area.top - area.masthead - Abs::pt(0.5)
    }
}

/// Collects the findings that style modules report, as metadata with the label `finding`.
fn collect_module_findings(document: &PagedDocument, found: &mut Vec<Finding>) {
    for (value, span) in query_metadata(document, "finding") {
        let Value::Dict(dict) = value else { continue };
        let (message, help) = (get_text(&dict, "message"), get_text(&dict, "help"));
        found.push(Finding { kind: FindingKind::FromModule { message, help }, span });
    }
}
