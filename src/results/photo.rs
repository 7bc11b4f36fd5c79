//! The photo of a city.

use schemars::JsonSchema;

use super::Text;
use super::reading::read::{Reader, Spanned};
use super::reading::yaml::Node;
use super::scalar::PlainText;

/// A picture of a city.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Photo {
    /// PNG, JPEG, SVG, GIF or WebP: a path relative to the folder of this file.
    #[schemars(with = "PlainText", example = &"photos/port-azure.jpg")]
    pub file: Spanned<String>,
    pub credit: Text,
    /// What the picture shows, for readers who cannot see it.
    pub alt: Text,
    pub caption: Text,
}

impl Photo {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "photo")?;
        let file = f.required("file").and_then(|n| r.text(n));
        let (credit, alt, caption) = (f.required_text("credit"), f.required_text("alt"), f.required_text("caption"));
        f.finish();
        Some(Self { file: file?, credit: credit?, alt: alt?, caption: caption? })
    }
}
