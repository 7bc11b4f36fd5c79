//! Finds characters that no font covers, which would be printed as boxes.

use std::collections::BTreeMap;

use typst::layout::{Frame, FrameItem};
use typst::syntax::Span;
use typst_layout::PagedDocument;

/// A character that no font of its font list covers.
pub struct MissingGlyph {
    pub character: char,
    /// Where it first occurs in the source.
    pub span: Span,
}

/// Returns the characters that the pages show as the glyph `.notdef`, sorted and without duplicates.
pub fn find_missing(document: &PagedDocument) -> Vec<MissingGlyph> {
    let mut found = BTreeMap::new();
    for page in document.pages() {
        visit_frame(&page.frame, &mut found);
    }
    found.into_iter().map(|(character, span)| MissingGlyph { character, span }).collect()
}

fn visit_frame(frame: &Frame, found: &mut BTreeMap<char, Span>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => visit_frame(&group.frame, found),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let cluster = text.text.get(glyph.range()).unwrap_or_default();
                    for character in cluster.chars() {
                        found.entry(character).or_insert(glyph.span.0);
                    }
                }
            }
            _ => {}
        }
    }
}
