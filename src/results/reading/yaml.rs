//! Parses YAML into a tree in which every value has its place. A number keeps its digits as written.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::hash::{Hash128, truncate_hash};
use crate::project::MAX_TEXT;

#[derive(Clone, Debug)]
pub struct Node {
    pub value: Value,
    /// In bytes, counted across all files of a document (see [`super::places::Files`]).
    pub span: Range<usize>,
}

#[derive(Clone, Debug)]
pub enum Value {
    Null,
    Bool(bool),
    /// As written: `2_500_000`, `2.5e12`.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Clone, Debug)]
pub struct Key {
    pub name: String,
    pub span: Range<usize>,
}

impl Value {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

impl Node {
    pub fn empty_map(span: Range<usize>) -> Self {
        Self { value: Value::Map(Vec::new()), span }
    }

    /// Returns the value as a number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match &self.value {
            Value::Number(written) => written.replace('_', "").parse().ok(),
            _ => None,
        }
    }

    /// Moves all spans by a number of bytes.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.shift(by);
        self
    }

    fn shift(&mut self, by: usize) {
        let moved = |span: &mut Range<usize>| *span = span.start + by..span.end + by;
        moved(&mut self.span);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Map(entries) => entries.iter_mut().for_each(|(key, value)| {
                moved(&mut key.span);
                value.shift(by);
            }),
            _ => {}
        }
    }

    /// Returns the hash of the tree, excluding the keys `without` at its root.
    pub fn hash(&self, without: &[&str]) -> Hash128 {
        let mut hasher = Sha256::new();
        match &self.value {
            Value::Map(entries) => {
                let mut kept: Vec<&(Key, Node)> =
                    entries.iter().filter(|(key, _)| !without.contains(&key.name.as_str())).collect();
                kept.sort_by_key(|(key, _)| &key.name);
                feed_map(&kept, &mut hasher);
            }
            _ => self.feed(&mut hasher),
        }
        truncate_hash(hasher)
    }

    pub fn get(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Feeds the tree to the hasher. Places and the order of keys make no difference.
    fn feed(&self, hasher: &mut Sha256) {
        let mut text = |kind: u8, text: &str| {
            hasher.update([kind]);
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text);
        };
        match &self.value {
            Value::Null => hasher.update(b"0"),
            Value::Bool(flag) => hasher.update(if *flag { b"+" } else { b"-" }),
            // A number and its quoted form are the same value.
            Value::Number(written) => text(b't', written),
            Value::Text(written) => text(b't', written),
            Value::List(items) => {
                text(b'l', &items.len().to_string());
                items.iter().for_each(|item| item.feed(hasher));
            }
            Value::Map(entries) => {
                let mut sorted: Vec<&(Key, Node)> = entries.iter().collect();
                sorted.sort_by_key(|(key, _)| &key.name);
                feed_map(&sorted, hasher);
            }
        }
    }
}

fn feed_map(entries: &[&(Key, Node)], hasher: &mut Sha256) {
    hasher.update(b"m");
    hasher.update((entries.len() as u64).to_le_bytes());
    for (key, node) in entries {
        hasher.update((key.name.len() as u64).to_le_bytes());
        hasher.update(&key.name);
        node.feed(hasher);
    }
}

pub fn parse(file: &Arc<SourceFile>) -> Result<Node> {
    if file.text.len() as u64 > MAX_TEXT {
        return Err(Diagnostic::error(
            code::YAML,
            format!("`{}` is larger than {} MiB", file.display_path(), MAX_TEXT >> 20),
        )
        .help("make the file smaller; put many cities into files of records"));
    }
    let options = serde_saphyr::options! {
        with_snippet: false,
        strict_booleans: true,
        reject_unsupported_tags: true,
        budget: serde_saphyr::budget! {
            max_depth: 32,
            max_nodes: 2_000_000,
            max_events: 5_000_000,
            max_total_scalar_bytes: MAX_TEXT as usize,
            max_documents: 1,
        },
    };
    let raw: Spanned<RawValue> =
        serde_saphyr::from_str_with_options(&file.text, options).map_err(|error| to_diagnostic(file, &error))?;
    Ok(node(raw, &file.text))
}

fn to_diagnostic(file: &Arc<SourceFile>, error: &serde_saphyr::Error) -> Diagnostic {
    let error = error.without_snippet();
    let place = error.location().filter(|at| at.line() > 0).map(|at| {
        let offset = file.offset(at.line() as usize, at.column() as usize);
        Place::new(file, offset..offset)
    });
    let full = error.to_string();
    // The library ends its message with the place, which the excerpt already shows.
    let message = full.rsplit_once(" at line ").map_or(full.as_str(), |(text, _)| text);
    let message = message.trim_end_matches([',', ':']);
    let diagnostic = match error {
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("?");
            Diagnostic::error(code::DUPLICATE, format!("the key `{key}` appears twice in the same map"))
                .help("keep one of them")
        }
        serde_saphyr::Error::Budget { .. } => {
            Diagnostic::error(code::YAML, format!("the file exceeds a limit: {message}"))
                .help("reduce the file: the limits protect against input that would exhaust the memory")
        }
        _ => Diagnostic::error(code::YAML, format!("this is not valid YAML: {message}"))
            .help("check indentation, quotes and colons just before this place"),
    };
    match place {
        Some(place) => diagnostic.place(place),
        None => diagnostic,
    }
}

fn span(at: &serde_saphyr::Location) -> Range<usize> {
    let span = at.span();
    let start = span.byte_offset().unwrap_or_default() as usize;
    start..start + span.byte_len().unwrap_or_default() as usize
}

fn node(raw: Spanned<RawValue>, source: &str) -> Node {
    let written = span(&raw.defined);
    let value = match raw.value {
        RawValue::Null => Value::Null,
        RawValue::Bool(b) => Value::Bool(b),
        RawValue::Number => Value::Number(source.get(written).unwrap_or_default().trim().to_owned()),
        RawValue::Text(text) => Value::Text(text),
        RawValue::List(items) => Value::List(items.into_iter().map(|item| node(item, source)).collect()),
        RawValue::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| (Key { name: key.value, span: span(&key.referenced) }, node(value, source)))
                .collect(),
        ),
    };
    Node { value, span: span(&raw.referenced) }
}

enum RawValue {
    Null,
    Bool(bool),
    Number,
    Text(String),
    List(Vec<Spanned<RawValue>>),
    Map(Vec<(Spanned<String>, Spanned<RawValue>)>),
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(RawValueVisitor)
    }
}

struct RawValueVisitor;

impl<'de> Visitor<'de> for RawValueVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_u64<E>(self, _: u64) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_i128<E>(self, _: i128) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_u128<E>(self, _: u128) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_f64<E>(self, _: f64) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> std::result::Result<RawValue, E> {
        Ok(RawValue::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<RawValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(RawValue::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<RawValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(RawValue::Map(entries))
    }
}
