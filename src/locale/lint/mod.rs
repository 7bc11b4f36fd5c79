//! What is wrong with locales, found without making a document.
//!
//! Each check looks at the syntax trees of all locales together with what templates and facts ask of
//! them, so that a finding is told where the translator wrote it.

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
pub struct Draft<'a> {
    pub name: &'a str,
    pub files: &'a [Arc<SourceFile>],
    pub usable: Option<&'a Locale>,
    /// The project's own, or part of an edition that is embedded whole: what nobody uses in it is told.
    pub own: bool,
    /// What it lacks is told; the others only show what languages do.
    pub chosen: bool,
}

/// A template asks for a message.
#[derive(Clone, Debug)]
pub struct Call {
    /// Messages that it may ask for, as `id` or `id.attribute`.
    pub ids: Vec<String>,
    /// Variables that it gives.
    pub variables: Vec<String>,
    /// The variables are all that an item of a list has: not each need be used.
    pub item: bool,
    pub place: Place,
}

/// What the facts ask of every locale.
#[derive(Debug, Default)]
pub struct Demand {
    /// Units, with the hedges that they are used with and where.
    pub units: BTreeMap<String, BTreeMap<&'static str, (Hedge, Place)>>,
    pub natures: BTreeMap<&'static str, (Nature, Place)>,
}

/// All findings about the drafts. Without `calls`, when templates cannot be read, those that hang on them are left out.
pub fn lint(drafts: &[Draft<'_>], calls: Option<&[Call]>, demand: &Demand) -> Vec<Diagnostic> {
    let trees: Vec<Tree<'_>> = drafts.iter().map(Tree::new).collect();
    let mut found = Vec::new();
    for (draft, tree) in drafts.iter().zip(&trees) {
        references::absent(tree, &mut found);
        references::variants(tree, demand, &mut found);
        if let Some(locale) = draft.usable {
            plurals::check(tree, locale, &mut found);
            typography::check(tree, &locale.settings.typography, &mut found);
            references::demanded(tree, locale, demand, &mut found);
        }
    }
    if let Some(calls) = calls {
        references::called(drafts, &trees, calls, &mut found);
        references::unused(drafts, &trees, calls, &mut found);
    }
    for (draft, tree) in drafts.iter().zip(&trees) {
        if let Some(locale) = draft.usable {
            trial::check(tree, locale, calls.unwrap_or_default(), demand, &mut found);
        }
    }
    found
}
