//! The programme that an edition belongs to.

use schemars::JsonSchema;

use super::reading::read::{Reader, Spanned};
use super::reading::yaml::Node;
use super::{Date, Text};

/// What the cities are chosen for.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Programme {
    pub name: Text,
    /// The short name on the seal.
    pub short: Text,
    /// Two to four letters in the middle of the seal.
    pub initials: Text,
    /// When the programme began.
    #[schemars(with = "Date")]
    pub founded: Spanned<Date>,
}

impl Programme {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "programme")?;
        let (name, short, initials) = (f.required_text("name"), f.required_text("short"), f.required_text("initials"));
        let founded = f.required("founded").and_then(|n| r.placed(n, r.date(n)));
        f.finish();
        Some(Self { name: name?, short: short?, initials: initials?, founded: founded? })
    }
}
