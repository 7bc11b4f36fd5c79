//! The contact for the press.

use schemars::JsonSchema;

use super::Text;
use super::reading::read::{Reader, Spanned};
use super::reading::yaml::Node;
use super::scalar::{Address, PlainText};

/// The contact for the press.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Contact {
    pub office: Text,
    #[schemars(with = "Option<Address>")]
    pub website: Option<Spanned<String>>,
    #[schemars(with = "Option<PlainText>")]
    pub email: Option<Spanned<String>>,
    #[schemars(with = "Option<PlainText>")]
    pub phone: Option<Spanned<String>>,
}

impl Contact {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "contact")?;
        let office = f.required_text("office");
        let website = f.optional("website").and_then(|n| r.address(n));
        let email = f.optional("email").and_then(|n| r.text(n));
        let phone = f.optional("phone").and_then(|n| r.text(n));
        f.finish();
        Some(Self { office: office?, website, email, phone })
    }
}
