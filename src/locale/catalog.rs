//! The messages of a locale as its translator sees them: text, comment and place.

use std::collections::BTreeSet;
use std::sync::Arc;

use fluent_syntax::ast::{Entry, Identifier, Message, Pattern, Resource};
use fluent_syntax::serializer::serialize;

use super::lint::tree::Tree;
use super::settings::SETTING_NAMES;
use crate::diagnostic::{Place, SourceFile};

/// A message, a term or an attribute of one of them.
#[derive(Clone, Debug)]
pub struct CatalogMessage {
    /// As `id`, `id.attribute` or `-term`.
    pub id: String,
    /// The text in Fluent syntax.
    pub text: String,
    /// The comment above it; empty if there is none.
    pub comment: String,
    /// The place of its identifier.
    pub place: Place,
    pub is_setting: bool,
    /// The messages and terms that it references, directly or not.
    pub references: BTreeSet<String>,
}

/// Returns all messages of the files of a locale, in the order of the files. Of messages with the same identifier, only the
/// first is returned.
pub fn read(name: &str, files: &[Arc<SourceFile>]) -> Vec<CatalogMessage> {
    let tree = Tree::of_files(name, files);
    let mut messages = Vec::new();
    for entry in tree.entries.values() {
        for (attribute, pattern) in entry.patterns() {
            let id = attribute.map_or_else(|| entry.id.clone(), |attribute| format!("{}.{attribute}", entry.id));
            let references = tree.closure(&id).into_iter().map(|(entry, _)| entry.id.clone()).collect();
            messages.push(CatalogMessage {
                text: to_ftl(pattern),
                comment: entry.comment(),
                place: attribute.map_or_else(|| entry.place(), |attribute| entry.at(attribute)),
                is_setting: SETTING_NAMES.contains(&entry.id.as_str()),
                references,
                id,
            });
        }
    }
    let position = |path: &str| files.iter().position(|file| file.path == path);
    messages.sort_by_key(|message| (position(&message.place.file.path), message.place.range.start));
    messages
}

/// Returns a pattern in Fluent syntax, without the indentation of its first level.
fn to_ftl(pattern: &Pattern<&str>) -> String {
    const ID: &str = "m";
    let message =
        Message { id: Identifier { name: ID }, value: Some(pattern.clone()), attributes: Vec::new(), comment: None };
    let text = serialize(&Resource { body: vec![Entry::Message(message)] });
    let text = text.trim_end().trim_start_matches(ID).trim_start_matches(" =").trim_start();
    text.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}
