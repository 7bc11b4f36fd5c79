//! Checks the messages of the value files, which functions resolve: they must exist, use only the variables that they
//! receive, and have a variant for each option.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::InlineExpression;

use super::references::{ids, suggest_or_list};
use super::tree::{Node, Tree, key, option, walk};
use crate::diagnostic::{Diagnostic, Problems, closest, code};
use crate::locale::functions::{DATE_VARIABLES, MEASURE_VARIABLES, OPTIONS};

/// Runs all checks of this module.
pub fn check(tree: &Tree<'_>, found: &mut Problems) {
    let check_variables = |id: &str, own: &[&str], found: &mut Problems| {
        let ids: Vec<String> = match tree.entries.get(id) {
            Some(entry) => entry.patterns().map(|(a, _)| a.map_or(id.to_owned(), |a| format!("{id}.{a}"))).collect(),
            None => Vec::new(),
        };
        let given: Vec<String> = own.iter().chain(&OPTIONS).map(|v| (*v).to_owned()).collect();
        for id in ids {
            for (variable, (entry, slice)) in tree.variables(&id) {
                if !given.iter().any(|g| g == variable) {
                    let problem =
                        Diagnostic::error(code::MISSING_VARIABLE, format!("`{id}` does not receive `${variable}`"));
                    found.push(suggest_or_list(problem.place(entry.at(slice)), variable, own));
                }
            }
        }
    };
    for (id, own) in DATE_VARIABLES {
        check_variables(id, own, found);
    }
    check_variables("ordinal", &["n"], found);
    for id in tree.entries.keys() {
        if id.starts_with("measure-") {
            check_variables(id, MEASURE_VARIABLES, found);
        } else if id.starts_with("name-") {
            check_variables(id, &["name"], found);
        }
    }
    check_required_value_messages(tree, found);
    check_options(tree, found);
}

/// Reports words of the options `case`, `gender` and `style` that no selector in a value file knows: the default variant
/// would be printed.
fn check_options(tree: &Tree<'_>, found: &mut Problems) {
    let measure_ids: Vec<&str> =
        tree.entries.keys().map(String::as_str).filter(|id| id.starts_with("measure-")).collect();
    let dates: Vec<&str> = DATE_VARIABLES.iter().map(|(id, _)| *id).collect();
    let mut known_words: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for (function, ids) in [("DATE", &dates), ("MEASURE", &measure_ids), ("ORDINAL", &vec!["ordinal"])] {
        for (_, pattern) in ids.iter().flat_map(|id| tree.closure(id)) {
            walk(pattern, &mut |node| {
                if let Node::Select(InlineExpression::VariableReference { id }, variants) = node {
                    known_words.entry((function, id.name)).or_default().extend(variants.iter().map(key));
                }
            });
        }
    }
    // Every locale may be asked for these, even if it writes both in the same way.
    known_words.entry(("DATE", "style")).or_default().extend(["long", "short"]);
    let has_fallback = tree.entries.contains_key("locale-fallback");
    for entry in tree.entries.values().filter(|e| !e.is_in_value_file) {
        for (_, pattern) in entry.patterns() {
            walk(pattern, &mut |node| {
                let Node::Function(function, arguments) = node else { return };
                for name in OPTIONS {
                    let (Some(word), Some(known)) = (option(arguments, name), known_words.get(&(function, name)))
                    else {
                        continue;
                    };
                    // The messages of a fallback may know other words.
                    if known.contains(word) || (has_fallback && closest(word, known.iter().copied()).is_none()) {
                        continue;
                    }
                    let known: Vec<&str> = known.iter().copied().filter(|w| !["none", "other"].contains(w)).collect();
                    let message = format!(
                        "neither numbers.ftl nor units.ftl has a variant `{word}` for the `{name}` of {function}"
                    );
                    let problem = Diagnostic::error(code::VARIANT, message).place(entry.at(word));
                    found.push(suggest_or_list(problem, word, &known));
                }
            });
        }
    }
}

/// Reports the messages of the value files that are missing although a sentence calls the function that resolves them.
fn check_required_value_messages(tree: &Tree<'_>, found: &mut Problems) {
    let mut reported = BTreeSet::new();
    for entry in tree.entries.values().filter(|e| !e.is_in_value_file) {
        for (_, pattern) in entry.patterns() {
            walk(pattern, &mut |node| {
                let Node::Function(function, arguments) = node else { return };
                let wanted: Vec<String> = match function {
                    "NAME" => option(arguments, "form").map(|form| format!("name-{form}")).into_iter().collect(),
                    "ORDINAL" => vec!["ordinal".to_owned()],
                    "DATE" => DATE_VARIABLES.iter().map(|(id, _)| (*id).to_owned()).collect(),
                    _ => return,
                };
                for id in wanted.into_iter().filter(|id| !tree.entries.get(id).is_some_and(|e| e.is_in_value_file)) {
                    if reported.insert(id.clone()) {
                        let known: Vec<&str> = ids(tree, false);
                        let problem = Diagnostic::error(
                            code::REFERENCE,
                            format!("neither numbers.ftl nor units.ftl has the message `{id}`, which {function} needs"),
                        );
                        found.push(suggest_or_list(problem.place(entry.at(function)), &id, &known));
                    }
                }
            });
        }
    }
}
