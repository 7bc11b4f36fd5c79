//! Values that style modules leave in the pages for the program: `#metadata(…) <label>`.

use typst::ecow::EcoVec;
use typst::foundations::{Content, Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem, PagedPosition};
use typst::syntax::Span;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

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
