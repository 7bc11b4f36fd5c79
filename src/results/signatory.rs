//! The offices that sign a certificate.

use schemars::JsonSchema;

use super::Text;
use super::reading::read::Reader;
use super::reading::yaml::Node;
use crate::diagnostic::code;

/// An office that signs certificates. Without a name, the line is left for a handwritten signature.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Signatory {
    pub office: Text,
    pub name: Option<Text>,
}

impl Signatory {
    pub(super) fn read_list(r: &Reader, node: &Node) -> Option<Vec<Self>> {
        let list = r.list(node, |node| {
            let f = r.fields(node, "signatory")?;
            let office = f.required_text("office");
            let name = f.optional("name").and_then(|n| Text::read(r, n));
            f.finish();
            Some(Self { office: office?, name })
        })?;
        if list.is_empty() || list.len() > 3 {
            r.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("a certificate has room for one to three signatures, not {}", list.len()),
                "name the one, two or three offices that sign",
            );
        }
        Some(list)
    }
}
