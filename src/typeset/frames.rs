//! The texts of laid-out pages.

use typst::layout::{Frame, FrameItem, Transform};
use typst::text::TextItem;

/// Calls `visit` for each text of a page, in the order in which Typst places them, with the transformation from the beginning of
/// its baseline to the page.
pub fn for_each_text(page: &Frame, visit: &mut impl FnMut(&TextItem, Transform)) {
    walk(page, Transform::identity(), visit);
}

fn walk(frame: &Frame, outer: Transform, visit: &mut impl FnMut(&TextItem, Transform)) {
    for (position, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => walk(&group.frame, here.pre_concat(group.transform), visit),
            FrameItem::Text(text) => visit(text, here),
            _ => {}
        }
    }
}
