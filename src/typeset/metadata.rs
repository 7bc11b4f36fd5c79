//! Values that style modules leave in the pages for the program: `#metadata(…) <label>`.

use typst::foundations::{Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::Span;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// Returns the values of the metadata elements with a label and their places, in document order.
pub fn query_metadata(document: &PagedDocument, label: &str) -> Vec<(Value, Span)> {
    let Some(label) = Label::new(PicoStr::intern(label)) else { return Vec::new() };
    let content = document.introspector().query(&Selector::Label(label));
    let value = |c: &typst::foundations::Content| Some((c.to_packed::<MetadataElem>()?.value.clone(), c.span()));
    content.iter().filter_map(value).collect()
}

/// Returns a text of a dictionary, empty if it is missing.
pub fn get_text(dict: &Dict, key: &str) -> String {
    match dict.get(key) {
        Ok(Value::Str(text)) => text.as_str().to_owned(),
        _ => String::new(),
    }
}
