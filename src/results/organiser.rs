//! The organiser of the programme.

use schemars::JsonSchema;

use super::Text;
use super::reading::read::Reader;
use super::reading::yaml::Node;

/// Who runs the programme.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Organiser {
    pub name: Text,
    pub acronym: Text,
}

impl Organiser {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "organiser")?;
        let (name, acronym) = (f.required_text("name"), f.required_text("acronym"));
        f.finish();
        Some(Self { name: name?, acronym: acronym? })
    }
}
