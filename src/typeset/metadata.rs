//! Values that style modules leave in the pages for the program: `#metadata(…) <label>`.

use typst::ecow::EcoVec;
use typst::foundations::{Content, Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem, PagedPosition};
use typst::syntax::Span;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The greatest number of steps for [`tighter_steps`]. Each is a layout of the document.
const MAX_TIGHTER_STEPS: i64 = 8;

/// Returns the values of the metadata elements with a label and their places in the source, in document order.
pub fn query_metadata(document: &PagedDocument, label: &str) -> Vec<(Value, Span)> {
    let value = |c: &Content| Some((c.to_packed::<MetadataElem>()?.value.clone(), c.span()));
    query(document, label).iter().filter_map(value).collect()
}

/// Returns the values of the metadata elements with a label and their places on the pages, in document order.
pub fn query_places(document: &PagedDocument, label: &str) -> Vec<(Value, PagedPosition)> {
    let place = |c: &Content| {
        let position = document.introspector().position(c.location()?)?;
        Some((c.to_packed::<MetadataElem>()?.value.clone(), position))
    };
    query(document, label).iter().filter_map(place).collect()
}

fn query(document: &PagedDocument, label: &str) -> EcoVec<Content> {
    let label = Label::new(PicoStr::intern(label));
    label.map(|label| document.introspector().query(&Selector::Label(label))).unwrap_or_default()
}

/// Returns a text of a dictionary, empty if it is missing.
pub fn get_text(dict: &Dict, key: &str) -> String {
    match dict.get(key) {
        Ok(Value::Str(text)) => text.as_str().to_owned(),
        _ => String::new(),
    }
}

/// Returns how many steps tighter than normal the style module can set the document, if that may save its second page.
///
/// The module says it at the end of the text, with `#metadata((steps: 3, above: 80mm)) <tighter>`. The text must end above this
/// height, measured from the top of the second page.
pub fn tighter_steps(document: &PagedDocument) -> i64 {
    let found = query_places(document, "tighter");
    let [(Value::Dict(tighter), end)] = &found[..] else { return 0 };
    match (tighter.get("steps"), tighter.get("above")) {
        (Ok(Value::Int(steps)), Ok(Value::Length(above))) if end.page.get() == 2 && end.point.y <= above.abs => {
            *steps.min(&MAX_TIGHTER_STEPS)
        }
        _ => 0,
    }
}
