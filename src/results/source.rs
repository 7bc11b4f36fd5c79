//! The sources of figures.

use schemars::JsonSchema;

use super::reading::read::Reader;
use super::reading::yaml::Node;
use super::{Date, Text};

/// A publication that is the source of figures.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Source {
    pub name: Text,
    pub published: Option<Date>,
}

impl Source {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "source")?;
        let name = f.required_text("name");
        let published = f.optional("published").and_then(|n| r.date(n));
        f.finish();
        Some(Self { name: name?, published })
    }
}
