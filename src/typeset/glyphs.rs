//! The glyph gate: no page leaves with a box in place of a character.

use std::collections::BTreeMap;

use typst::layout::{Frame, FrameItem};
use typst::syntax::Span;
use typst_layout::PagedDocument;

/// A character that no font of its list covers, where it was asked for first.
pub struct Missing {
    pub character: char,
    pub span: Span,
}

/// Every character that a page shows as `.notdef`, each once.
pub fn missing(document: &PagedDocument) -> Vec<Missing> {
    let mut found = BTreeMap::new();
    for page in document.pages() {
        walk(&page.frame, &mut found);
    }
    found.into_iter().map(|(character, span)| Missing { character, span }).collect()
}

fn walk(frame: &Frame, found: &mut BTreeMap<char, Span>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, found),
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
