//! Checks locales without building a document.
//!
//! The checks compare the syntax trees of all locales with what templates and results require, so that each error
//! points at the line that the translator wrote.

mod plurals;
mod references;
pub(super) mod tree;
mod trial;
mod typography;
mod value_messages;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_syntax::ast::{Pattern, PatternElement};

use super::Locale;
use crate::diagnostic::{Place, Problems, SourceFile};
use tree::Tree;

/// The files of a locale to check.
pub struct LocaleSource<'a> {
    pub name: &'a str,
    pub files: &'a [Arc<SourceFile>],
    /// The loaded locale, unless its files have errors.
    pub locale: Option<&'a Locale>,
    /// Whether it is a language of the project, with which the others are compared.
    pub is_of_project: bool,
    /// Whether the whole edition is embedded. Otherwise, only unused messages of the project's own files are reported.
    pub is_embedded_edition: bool,
    /// Whether the locale is checked. The other locales serve only for comparison.
    pub is_selected: bool,
}

/// A call of a message in a template, resolved to the messages that it may print.
#[derive(Clone, Debug)]
pub struct ResolvedCall {
    /// The messages that it may print, as `id` or `id.attribute`.
    pub ids: Vec<String>,
    /// The variables that the template passes.
    pub arguments: Vec<String>,
    /// The facts, which a message can use although the template does not pass them. It need not use any of them.
    pub facts: Vec<String>,
    /// Whether the data chooses the message, or the variables are the fields of a list item. Then a message need not use
    /// all of its own variables.
    pub is_from_data: bool,
    pub place: Place,
}

impl ResolvedCall {
    /// Returns the names of all variables that it passes, each once.
    fn variables(&self) -> impl Iterator<Item = &str> {
        let facts = self.facts.iter().filter(|fact| !self.arguments.contains(fact));
        self.arguments.iter().chain(facts).map(String::as_str)
    }
}

/// What the results require of every locale.
#[derive(Debug, Default)]
pub struct Requirements {
    /// By unit and hedge: the first figure that uses the hedge with this unit.
    pub hedges_by_unit: BTreeMap<String, BTreeMap<&'static str, Place>>,
    /// The place of each unit in the first figure that has it.
    pub places_by_unit: BTreeMap<String, Place>,
    /// By nature: the first figure of this nature.
    pub places_by_nature: BTreeMap<&'static str, Place>,
}

/// Runs all checks. If `calls` is `None`, because templates have errors, the checks that need them are skipped.
pub fn lint(sources: &[LocaleSource<'_>], calls: Option<&[ResolvedCall]>, requirements: &Requirements) -> Problems {
    let trees: Vec<Tree<'_>> = sources.iter().map(Tree::new).collect();
    let mut found = Problems::new();
    let selected = || sources.iter().zip(&trees).filter(|(source, _)| source.is_selected);
    for (source, tree) in selected() {
        references::check_references(tree, &mut found);
        references::check_keywords(tree, requirements, &mut found);
        if let Some(locale) = source.locale {
            plurals::check(tree, locale, &mut found);
            typography::check(tree, &locale.settings.typography, &mut found);
            references::check_units(tree, locale, requirements, &mut found);
        }
    }
    let calls = calls.map(|calls| with_joined_sentences(calls, &trees));
    let calls = calls.as_deref();
    if let Some(calls) = calls {
        references::check_calls(sources, &trees, calls, &mut found);
        selected().for_each(|(_, tree)| value_messages::check(tree, &mut found));
        references::check_unused(sources, &trees, calls, &mut found);
    }
    for (source, tree) in selected() {
        if let Some(locale) = source.locale {
            trial::check(tree, locale, calls.unwrap_or_default(), requirements, &mut found);
        }
    }
    found
}

/// Adds to each call of `sentence-FIRST` the attributes `.with-SECOND` that any locale has: sentences for two figures.
fn with_joined_sentences(calls: &[ResolvedCall], trees: &[Tree<'_>]) -> Vec<ResolvedCall> {
    let joined = |id: &String| {
        let attributes = trees.iter().filter_map(|tree| tree.entries.get(id)).flat_map(|entry| &entry.attributes);
        let ids: BTreeSet<String> = attributes.map(|(name, _)| format!("{id}.{name}")).collect();
        ids.into_iter().filter(|id| id.contains(references::JOINED_SENTENCE))
    };
    let mut calls = calls.to_vec();
    for call in calls.iter_mut().filter(|call| call.is_from_data) {
        let more: Vec<String> = call.ids.iter().flat_map(joined).collect();
        call.ids.extend(more);
    }
    calls
}

/// Returns the variables that each message and each attribute uses, itself or through the messages it refers to.
pub fn variables(files: &[Arc<SourceFile>]) -> BTreeMap<String, BTreeSet<String>> {
    let tree = Tree::of_files("", files);
    let ids = tree.entries.iter().flat_map(|(id, entry)| {
        entry.patterns().map(move |(attribute, _)| attribute.map_or_else(|| id.clone(), |name| format!("{id}.{name}")))
    });
    ids.map(|id| {
        let variables = tree.variables(&id).into_keys().map(str::to_owned).collect();
        (id, variables)
    })
    .collect()
}

/// Returns the place of each message in which an error was found, from its identifier to the next message. That such a message
/// cannot be printed is a consequence.
pub fn find_faulty_messages(sources: &[LocaleSource<'_>], found: &Problems) -> Vec<Place> {
    sources.iter().flat_map(|source| Tree::new(source).find_faulty_messages(found)).collect()
}

/// Returns the variables of all messages that are called, and the facts of the sentences among them.
pub fn printed_variables(sources: &[LocaleSource<'_>], calls: &[ResolvedCall]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for tree in sources.iter().filter(|source| source.is_selected).map(Tree::new) {
        for id in calls.iter().flat_map(|call| &call.ids) {
            names.extend(tree.variables(id).into_keys().map(str::to_owned));
            names.extend(id.strip_prefix("sentence-").map(str::to_owned));
        }
    }
    names
}

/// Returns the messages outside the value files that are the same in two locales, and the number of those that both have. Only
/// messages with words count.
pub fn compare_texts(source: &LocaleSource<'_>, other: &LocaleSource<'_>) -> (Vec<(String, Place)>, usize) {
    let (tree, other) = (Tree::new(source), Tree::new(other));
    let has_words = |pattern: &Pattern<&str>| {
        let is_word = |c: char| c.is_alphabetic();
        pattern.elements.iter().any(|e| matches!(e, PatternElement::TextElement { value } if value.contains(is_word)))
    };
    let mut equal = Vec::new();
    let mut compared = 0;
    for (id, entry) in tree.entries.iter().filter(|(_, entry)| !entry.is_in_value_file) {
        let Some(own) = entry.value.as_ref().filter(|pattern| has_words(pattern)) else { continue };
        let Some(theirs) = other.entries.get(id).and_then(|entry| entry.value.as_ref()) else { continue };
        compared += 1;
        if own == theirs {
            equal.push((id.clone(), entry.place()));
        }
    }
    equal.sort_by_key(|(_, place)| place.location());
    (equal, compared)
}

/// Returns the messages of a locale that have the same text as in `other`, but not as in `except`.
pub fn find_equal_messages(
    source: &LocaleSource<'_>,
    other: &Arc<SourceFile>,
    except: Option<&Arc<SourceFile>>,
) -> Vec<(String, Place)> {
    let tree = Tree::new(source);
    let other = [other.clone()];
    let except: Vec<Arc<SourceFile>> = except.into_iter().cloned().collect();
    let (other, except) = (Tree::of_files(source.name, &other), Tree::of_files(source.name, &except));
    let equal = tree.entries.iter().filter(|(id, entry)| {
        let is_same = |tree: &Tree<'_>| tree.entries.get(*id).is_some_and(|own| own.value == entry.value);
        is_same(&other) && !is_same(&except)
    });
    let mut equal: Vec<(String, Place)> = equal.map(|(id, entry)| (id.clone(), entry.place())).collect();
    equal.sort_by_key(|(_, place)| place.range.start);
    equal
}
