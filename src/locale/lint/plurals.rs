//! Checks that plural selectors have a variant for each plural category of the language, and no others.

use fixed_decimal::Decimal;
use fluent_syntax::ast::{InlineExpression, Variant};

use super::tree::{Node, ParsedMessage, Tree, key, option, walk};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::locale::Locale;
use crate::locale::cldr::CATEGORIES;

/// Checks all plural selectors of a locale.
pub fn check(tree: &Tree<'_>, locale: &Locale, found: &mut Problems) {
    for entry in tree.entries.values() {
        for (_, pattern) in entry.patterns() {
            walk(pattern, &mut |node| {
                if let Node::Select(selector, variants) = node {
                    check_selector(entry, selector, variants, locale, found);
                }
            });
        }
    }
}

fn check_selector(
    entry: &ParsedMessage<'_>,
    selector: &InlineExpression<&str>,
    variants: &[Variant<&str>],
    locale: &Locale,
    found: &mut Problems,
) {
    let (name, is_ordinal) = match selector {
        InlineExpression::VariableReference { id } => (id.name, false),
        InlineExpression::FunctionReference { id, arguments } => {
            (id.name, option(arguments, "type") == Some("ordinal"))
        }
        _ => return,
    };
    let is_specific_category = |v: &Variant<&str>| CATEGORIES.contains(&key(v)) && key(v) != "other";
    if !variants.iter().any(is_specific_category) {
        return;
    }
    let categories = locale.categories(is_ordinal);
    let kind = if is_ordinal { "ordinals" } else { "numbers" };
    for variant in variants.iter().filter(|v| is_specific_category(v) && !categories.contains(&key(v))) {
        found.push(
            Diagnostic::error(
                code::PLURAL,
                format!("unused variant `{}`: `{}` has no such plural category for {kind}", key(variant), locale.name),
            )
            .place(entry.at(key(variant)))
            .help(format!("remove the variant; categories of the language: {}", categories.join(", "))),
        );
    }
    let missing: Vec<&str> = categories.into_iter().filter(|c| !variants.iter().any(|v| key(v) == *c)).collect();
    // The default variant covers `other`.
    for category in missing.into_iter().filter(|c| *c != "other" || !variants.iter().any(|v| v.default)) {
        found.push(
            Diagnostic::error(
                code::PLURAL,
                format!("no variant for the plural category `{category}` of `{}`", locale.name),
            )
            .place(entry.at(name))
            .note(format!("{kind} of this category: {}", samples(locale, category, is_ordinal)))
            .help(format!("add a variant [{category}]")),
        );
    }
}

/// Returns the first few numbers of a category, for a note.
fn samples(locale: &Locale, category: &str, ordinal: bool) -> String {
    let whole = (0..=200).chain([1000, 10_000, 1_000_000, 1_000_000_000]).map(|n: u64| n.to_string());
    let parts = ["0.5", "1.5", "2.5", "10.1"].map(str::to_owned);
    let fits = |n: &String| Decimal::try_from_str(n).is_ok_and(|d| locale.category(&d, ordinal) == category);
    let mut list: Vec<String> = whole.chain(parts).filter(fits).take(6).collect();
    if list.len() == 6 {
        list[5] = "…".to_owned();
    }
    list.join(", ")
}
