//! Texts that differ by language, and the grammatical forms of names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::Results;
use super::reading::read::{Fields, Reader};
use super::reading::yaml::{Node, Value};
use super::scalar::PlainText;
use crate::diagnostic::{Diagnostic, Result, code};

/// A text in each language, with the forms that its grammar needs.
#[derive(Clone, Debug)]
pub struct Text {
    pub span: Range<usize>,
    /// By language; under `None` if the text is the same in all languages.
    entries: BTreeMap<Option<String>, Arc<NameForms>>,
}

impl Text {
    /// Returns the text in a language, or a diagnostic if it is missing.
    pub fn get(&self, results: &Results, language: &str) -> Result<Arc<NameForms>> {
        self.find(language).ok_or_else(|| {
            let problem = Diagnostic::error(code::MISSING_TEXT, format!("no `{language}` translation given"))
                .place(results.place(&self.span));
            match self.similar_key(language) {
                Some(key) => problem.help(format!("write `{language}` instead of `{key}`")),
                None => problem.help(format!("add `{language}: …` next to the other languages")),
            }
        })
    }

    /// Returns a key that seems to mean the language: `fre`, `FR` or `fr-FR` for `fr`.
    fn similar_key(&self, language: &str) -> Option<&str> {
        let means = |key: &&str| key.to_ascii_lowercase().starts_with(&language.to_ascii_lowercase());
        self.entries.keys().flatten().map(String::as_str).find(means)
    }

    pub fn find(&self, language: &str) -> Option<Arc<NameForms>> {
        self.entries.get(&Some(language.to_owned())).or_else(|| self.entries.get(&None)).cloned()
    }

    /// Reads a text. A plain text is the same in all languages; a map gives one for each.
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let entries = match &node.value {
            Value::Map(entries) if entries.is_empty() => {
                r.report_invalid(
                    code::WRONG_VALUE,
                    &node.span,
                    "no translation given",
                    "write the text, or one for each language: {en: …, fr: …}",
                );
                return None;
            }
            Value::Map(_) => r
                .entries(node, |key, value| Some((Some(key.name.clone()), Arc::new(NameForms::read(r, value)?))))?
                .into_iter()
                .collect(),
            _ => BTreeMap::from([(None, Arc::new(NameForms::read(r, node)?))]),
        };
        Some(Self { span: node.span.clone(), entries })
    }
}

/// The grammatical forms of a name: {name: Le Mirage, of: du Mirage}.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(example = serde_json::json!({"name": "Lumen", "full": "Lumen City"}))]
pub struct NameForms {
    /// The plain form.
    #[schemars(with = "PlainText")]
    pub name: String,
    /// Other forms, by their name in the locale: `of` is `name-of`.
    #[schemars(flatten, with = "BTreeMap<String, PlainText>")]
    pub others: BTreeMap<String, String>,
    #[schemars(skip)]
    pub span: Range<usize>,
}

impl NameForms {
    fn read(r: &Reader, node: &Node) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            let text = r.text(node)?;
            return Some(Self { name: text.value, others: BTreeMap::new(), span: text.span });
        }
        let mut others: BTreeMap<String, String> =
            r.entries(node, |key, value| Some((key.name.clone(), r.text(value)?.value)))?.into_iter().collect();
        let Some(name) = others.remove("name") else {
            r.report_invalid(
                code::MISSING_KEY,
                &node.span,
                "missing key `name`, the plain form of the name",
                "add `name: …` next to the other forms",
            );
            return None;
        };
        Some(Self { name, others, span: node.span.clone() })
    }
}

impl Fields<'_> {
    /// Reads the text of a required key.
    pub(super) fn required_text(&self, name: &'static str) -> Option<Text> {
        self.required(name).and_then(|node| Text::read(self.reader, node))
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        LocalisedText::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        LocalisedText::json_schema(generator)
    }
}

/// A text that is the same in all languages, or one for each: {en: Port Azure, es: Puerto Azul}.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only describes the shape of the file")]
enum LocalisedText {
    Same(PlainText),
    /// By language, as in the folders of locales/.
    #[schemars(extend("minProperties" = 1))]
    ByLanguage(BTreeMap<String, InLanguage>),
}

/// The text in one language.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only describes the shape of the file")]
enum InLanguage {
    Plain(PlainText),
    Forms(NameForms),
}
