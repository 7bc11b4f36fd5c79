//! What is wrong with locales, found without making a document.
//!
//! Each check looks at the syntax trees of all locales together with what templates and facts ask of
//! them, so that a finding is reported where the translator wrote it.

mod plurals;
mod references;
mod tree;
mod trial;
mod typography;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Locale;
use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::results::{Hedge, Nature};
use tree::Tree;

/// A locale as it stands in its files; `usable` when the program can read it.
pub struct LocaleSource<'a> {
    pub name: &'a str,
    pub files: &'a [Arc<SourceFile>],
    pub locale: Option<&'a Locale>,
    /// The project's own, or part of an edition that is embedded whole: what nobody uses in it is reported.
    pub reports_unused: bool,
    /// What it lacks is reported; the others only show what languages do.
    pub is_selected: bool,
}

/// A template asks for a message.
#[derive(Clone, Debug)]
pub struct MessageUse {
    /// Messages that it may ask for, as `id` or `id.attribute`.
    pub ids: Vec<String>,
    /// Variables that it gives.
    pub variables: Vec<String>,
    /// The variables are all that an item of a list has: not each need be used.
    pub is_list_item: bool,
    pub place: Place,
}

/// What the facts ask of every locale.
#[derive(Debug, Default)]
pub struct Requirements {
    /// Units, with the hedges that they are used with and where.
    pub units: BTreeMap<String, BTreeMap<&'static str, (Hedge, Place)>>,
    pub natures: BTreeMap<&'static str, (Nature, Place)>,
}

/// All findings about the sources. Without `calls`, when templates cannot be read, those that hang on them are left out.
pub fn lint(
    sources: &[LocaleSource<'_>],
    calls: Option<&[MessageUse]>,
    requirements: &Requirements,
) -> Vec<Diagnostic> {
    let trees: Vec<Tree<'_>> = sources.iter().map(Tree::new).collect();
    let mut found = Vec::new();
    for (source, tree) in sources.iter().zip(&trees) {
        references::check_references(tree, &mut found);
        references::check_keywords(tree, requirements, &mut found);
        if let Some(locale) = source.locale {
            plurals::check(tree, locale, &mut found);
            typography::check(tree, &locale.settings.typography, &mut found);
            references::check_units(tree, locale, requirements, &mut found);
        }
    }
    if let Some(calls) = calls {
        references::check_calls(sources, &trees, calls, &mut found);
        references::check_unused(sources, &trees, calls, &mut found);
    }
    for (source, tree) in sources.iter().zip(&trees) {
        if let Some(locale) = source.locale {
            trial::check(tree, locale, calls.unwrap_or_default(), requirements, &mut found);
        }
    }
    found
}
