//! A quotation in the press release of a city.

use schemars::JsonSchema;

use super::Text;
use super::reading::read::Reader;
use super::reading::yaml::Node;

/// A quotation, without quotation marks: each language adds its own.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Quotation {
    pub text: Text,
    pub speaker: Text,
    pub role: Text,
}

impl Quotation {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "quotation")?;
        let (text, speaker, role) = (f.required_text("text"), f.required_text("speaker"), f.required_text("role"));
        f.finish();
        Some(Self { text: text?, speaker: speaker?, role: role? })
    }
}
