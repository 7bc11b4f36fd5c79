//! The texts of laid-out pages: where each is on the page, and which expression of the Typst source has printed it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use typst::layout::{Abs, Point, Transform};
use typst::syntax::{FileId, LinkedNode, Span, ast};
use typst::text::TextItem;
use typst::{World, WorldExt};

use super::frames::for_each_text;
use super::world::DocumentWorld;
use super::{LayoutJob, Pages};
use crate::diagnostic::{Place, SourceFile};
use crate::template::Rendered;

/// Text on one line that one expression has printed.
#[derive(Clone, Debug)]
pub struct TextRun {
    /// Counted from 0.
    pub page: usize,
    pub text: String,
    /// Where it was printed: in a template or a style module.
    pub place: Option<Place>,
    /// If a tag of a template has printed it: the whole text that the tag has printed, and the offset of this run in it, in
    /// bytes.
    pub printed: Option<(String, usize)>,
    pub clusters: Vec<Cluster>,
}

/// One or more characters that are drawn together.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// The bytes of [`TextRun::text`].
    pub range: Range<usize>,
    /// Left, top, right and bottom, in points from the top left corner of the page.
    pub bounds: [f64; 4],
}

impl Cluster {
    /// Returns whether a point of the page is on it.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        let [left, top, right, bottom] = self.bounds;
        (left..=right).contains(&x) && (top..=bottom).contains(&y)
    }
}

/// A run as it is found on a page, with the span of its expression and the offset in the text of that expression.
struct FoundRun {
    run: TextRun,
    span: Span,
    offset: usize,
}

impl LayoutJob<'_> {
    /// Returns the texts of all pages.
    pub fn text_runs(&self, rendered: &Rendered, pages: &Pages) -> Vec<TextRun> {
        let mut found = Vec::new();
        for (page, content) in pages.document.pages().iter().enumerate() {
            for_each_text(&content.frame, &mut |text, transform| split_text(text, transform, page, &mut found));
        }
        let world = self.world(pages.main.clone(), rendered);
        let mut files = HashMap::new();
        found.into_iter().map(|found| self.locate(found, &world, rendered, &mut files)).collect()
    }

    fn locate(
        &self,
        found: FoundRun,
        world: &DocumentWorld<'_>,
        rendered: &Rendered,
        files: &mut HashMap<FileId, Arc<SourceFile>>,
    ) -> TextRun {
        let FoundRun { mut run, span, offset } = found;
        let (Some(id), Some(range)) = (span.id(), world.range(span)) else { return run };
        let element_starts = &self.templates.element_starts;
        if id == world.main() {
            run.place = rendered.place(range.start, element_starts);
            run.printed = rendered
                .output_at(range.start, element_starts)
                .map(|output| printed_text(world, output, range.start))
                .map(|(text, start)| (text, start + offset));
        } else if super::world::find_image(id, &rendered.images).is_none()
            && let Ok(source) = world.source(id)
        {
            let file = files.entry(id).or_insert_with(|| {
                let known = self.typesetter.project.source_without_text(id.get().vpath().get_without_slash());
                SourceFile::with_origin(known.origin, known.path.clone(), source.text())
            });
            run.place = Some(Place::new(file, range));
        }
        run
    }
}

/// Returns the text of all string literals in a range of the generated source, and the length of those before `start`.
fn printed_text(world: &DocumentWorld<'_>, output: Range<usize>, start: usize) -> (String, usize) {
    let (mut text, mut before) = (String::new(), 0);
    collect_strings(&LinkedNode::new(world.main.root()), &output, &mut |at, literal: &str| {
        if at < start {
            before += literal.len();
        }
        text.push_str(literal);
    });
    (text, before)
}

fn collect_strings(node: &LinkedNode<'_>, output: &Range<usize>, found: &mut impl FnMut(usize, &str)) {
    let range = node.range();
    if range.end <= output.start || output.end <= range.start {
        return;
    }
    match node.get().cast::<ast::Str<'_>>() {
        Some(literal) if output.contains(&range.start) => found(range.start, &literal.get()),
        _ => node.children().for_each(|child| collect_strings(&child, output, found)),
    }
}

/// Splits a text where its expression changes.
fn split_text(text: &TextItem, transform: Transform, page: usize, found: &mut Vec<FoundRun>) {
    let metrics = text.font.metrics();
    let (top, bottom) = (-metrics.ascender.at(text.size), -metrics.descender.at(text.size));
    let mut x = Abs::zero();
    let first = found.len();
    for glyph in &text.glyphs {
        let right = x + glyph.x_advance.at(text.size);
        let corners = [Point::new(x, top), Point::new(right, bottom)].map(|corner| corner.transform(transform));
        let [xs, ys] = [corners.map(|corner| corner.x.to_pt()), corners.map(|corner| corner.y.to_pt())];
        let bounds = [xs[0].min(xs[1]), ys[0].min(ys[1]), xs[0].max(xs[1]), ys[0].max(ys[1])];
        x = right;
        let (span, offset) = (glyph.span.0, usize::from(glyph.span.1));
        if found.len() == first || found.last().is_some_and(|last| last.span != span) {
            let run = TextRun { page, text: String::new(), place: None, printed: None, clusters: Vec::new() };
            found.push(FoundRun { run, span, offset });
        }
        if let Some(last) = found.last_mut() {
            last.offset = last.offset.min(offset);
            last.run.clusters.push(Cluster { range: glyph.range(), bounds });
        }
    }
    for found in &mut found[first..] {
        let clusters = &mut found.run.clusters;
        let start = clusters.iter().map(|cluster| cluster.range.start).min().unwrap_or_default();
        let end = clusters.iter().map(|cluster| cluster.range.end).max().unwrap_or_default();
        found.run.text = text.text.get(start..end).unwrap_or_default().to_owned();
        clusters.iter_mut().for_each(|cluster| cluster.range = cluster.range.start - start..cluster.range.end - start);
    }
}
