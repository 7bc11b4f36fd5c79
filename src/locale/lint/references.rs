//! Compares the messages, terms, attributes, variables and variants that are used with those that exist.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{InlineExpression, Variant};

use super::tree::{Node, ParsedMessage, Tree, key, walk};
use super::{LocaleSource, Requirements, ResolvedCall};
use crate::diagnostic::{Diagnostic, FileOrigin, Place, Problems, closest, code};
use crate::locale::functions::{DATE_VARIABLES, function_names, measure_ids};
use crate::locale::settings::SETTING_NAMES;
use crate::locale::{Locale, split_id};
use crate::results::{Hedge, Nature, RANGE};

/// The attributes of a `measure-UNIT` message: the parts of a figure in the strip of key figures.
pub const PARTS: [&str; 3] = ["before", "number", "after"];

/// The beginning of an attribute that is one sentence for two figures: `sentence-FIRST.with-SECOND`.
pub const JOINED_SENTENCE: &str = ".with-";

/// Reports references to messages, terms and attributes that the locale does not have.
pub fn check_references(tree: &Tree<'_>, found: &mut Problems) {
    for entry in tree.entries.values() {
        for (_, pattern) in entry.patterns() {
            walk(pattern, &mut |node| {
                let Some(reference) = node.reference() else { return };
                let (Node::Message(slice, attribute) | Node::Term(slice, attribute)) = node else { return };
                let (name, _) = split_id(&reference);
                let place = entry.at(attribute.unwrap_or(slice));
                match tree.entries.get(name) {
                    None => {
                        let known: Vec<&str> = ids(tree, name.starts_with('-'));
                        let what = if name.starts_with('-') { "term" } else { "message" };
                        let problem = Diagnostic::error(code::REFERENCE, format!("unknown {what} `{name}`"));
                        found.push(suggest_or_list(problem.place(place), name, &known));
                    }
                    Some(other) if entry.is_in_value_file && !other.is_in_value_file => found.push(
                        Diagnostic::error(
                            code::REFERENCE,
                            format!("`{name}` is not defined in numbers.ftl or units.ftl"),
                        )
                        .place(place)
                        .place(other.place().labelled("defined here"))
                        .help("move the message to one of these files, which can reference only each other"),
                    ),
                    Some(other) if other.pattern(attribute).is_none() => {
                        let known: Vec<&str> = other.attributes.iter().map(|(name, _)| *name).collect();
                        let missing = attribute.map_or("value".to_owned(), |a| format!("attribute `.{a}`"));
                        let problem = Diagnostic::error(code::REFERENCE, format!("`{name}` has no {missing}"));
                        found.push(suggest_or_list(problem.place(place), attribute.unwrap_or_default(), &known));
                    }
                    Some(_) => {}
                }
            });
        }
    }
}

/// Returns the identifiers of all terms, or of all messages.
pub fn ids<'t>(tree: &'t Tree<'_>, of_terms: bool) -> Vec<&'t str> {
    tree.entries.keys().map(String::as_str).filter(|n| n.starts_with('-') == of_terms).collect()
}

/// Adds a help text: the most similar known name, or else a short list of all.
pub fn suggest_or_list(problem: Diagnostic, given: &str, known: &[&str]) -> Diagnostic {
    match closest(given, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if known.len() <= 12 && !known.is_empty() => problem.help(format!("available: {}", known.join(", "))),
        None => problem.help("add it, or remove the reference"),
    }
}

/// Checks the selectors on variables with a fixed set of values: `$nature`, `$approx`, `$hedge`, `$precision`, `$common`.
pub fn check_keywords(tree: &Tree<'_>, requirements: &Requirements, found: &mut Problems) {
    for entry in tree.entries.values() {
        for (_, pattern) in entry.patterns() {
            walk(pattern, &mut |node| {
                if let Node::Select(InlineExpression::VariableReference { id }, variants) = node {
                    check_selector(entry, id.name, variants, requirements, found);
                }
            });
        }
    }
}

fn check_selector(
    entry: &ParsedMessage<'_>,
    name: &str,
    variants: &[Variant<&str>],
    requirements: &Requirements,
    found: &mut Problems,
) {
    let words: Vec<&str> = match name {
        "nature" => Nature::WORDS.to_vec(),
        "approx" | "hedge" => Hedge::WORDS.iter().copied().chain([RANGE]).collect(),
        "precision" => vec!["day", "month", "year"],
        "common" => vec!["month", "year"],
        _ => return,
    };
    let known: Vec<&str> = words.iter().copied().chain(["none", "some", "other"]).collect();
    for variant in variants.iter().filter(|v| !known.contains(&key(v))) {
        let problem = Diagnostic::error(code::VARIANT, format!("`${name}` never has the value `{}`", key(variant)));
        found.push(suggest_or_list(problem.place(entry.at(key(variant))), key(variant), &words));
    }
    if name == "nature" {
        for (nature, place) in &requirements.places_by_nature {
            if !variants.iter().any(|v| key(v) == *nature) {
                found.push(
                    Diagnostic::error(code::VARIANT, format!("no variant for the nature `{nature}`"))
                        .place(entry.at(name))
                        .place(place.clone().labelled("a figure has this nature"))
                        .help(format!("add a variant [{nature}]")),
                );
            }
        }
    }
}

/// Reports units for which the locale has no message, and unit messages without the attributes for the parts.
pub fn check_units(tree: &Tree<'_>, locale: &Locale, requirements: &Requirements, found: &mut Problems) {
    for (unit, place) in &requirements.places_by_unit {
        let ids = measure_ids(unit);
        let Some(id) = ids.iter().find(|id| tree.entries.contains_key(*id)) else {
            if !locale.has_unit(unit) {
                let known: Vec<&str> = tree.entries.keys().filter_map(|id| id.strip_prefix("measure-")).collect();
                let problem =
                    Diagnostic::of_locale(code::UNIT, tree.name, format!("has no message `{}` for this unit", ids[0]))
                        .missing_message(ids[0].clone());
                let help = match closest(unit, known.iter().copied()) {
                    Some(near) => format!("did you mean the unit `{near}`?"),
                    None => format!("add `{}` to the files of locales/{}", ids[0], tree.name),
                };
                found.push(problem.place(place.clone()).help(help));
            }
            continue;
        };
        let Some(entry) = tree.entries.get(id) else { continue };
        for part in PARTS.into_iter().filter(|part| entry.pattern(Some(part)).is_none()) {
            found.push(
                Diagnostic::error(code::UNIT, format!("`{id}` has no attribute `.{part}`"))
                    .missing_message(id.clone())
                    .place(entry.place())
                    .help("add .before, .number and .after, which may be empty, to print the parts of a figure"),
            );
        }
    }
}

/// Checks the messages that templates use: they must exist in each locale, and their variables must match.
pub fn check_calls(sources: &[LocaleSource<'_>], trees: &[Tree<'_>], calls: &[ResolvedCall], found: &mut Problems) {
    let mut reported = BTreeSet::new();
    let compared: Vec<&Tree<'_>> =
        sources.iter().zip(trees).filter(|(source, _)| source.is_of_project).map(|(_, tree)| tree).collect();
    for call in calls {
        for id in &call.ids {
            for (source, tree) in sources.iter().zip(trees) {
                if !source.is_selected {
                    continue;
                }
                if tree.find(id).is_none() {
                    // Not reported: a joined sentence, which no language must have, and messages of a locale that could not
                    // be loaded.
                    if !id.contains(JOINED_SENTENCE)
                        && source.locale.is_some()
                        && reported.insert(format!("{} {id}", tree.name))
                    {
                        report_missing(source, tree, id, call, found);
                    }
                    continue;
                }
                for (variable, (entry, slice)) in tree.variables(id) {
                    let given = call.variables().any(|v| v == variable);
                    if !given && reported.insert(format!("{} {} ${variable}", tree.name, entry.id)) {
                        found.push(unknown_variable(id, variable, call, entry.at(slice)));
                    }
                }
            }
            check_omissions(&compared, call, id, &mut reported, found);
        }
        let used = |variable: &str| {
            call.ids.iter().any(|id| trees.iter().any(|tree| tree.variables(id).contains_key(variable)))
        };
        for variable in call.arguments.iter().filter(|v| !call.is_from_data && !used(v)) {
            found.push(
                Diagnostic::warning(
                    code::UNUSED,
                    format!("no locale uses the variable `{variable}` of `{}`", call.ids.join(", ")),
                )
                .place(call.place.clone())
                .help("remove it from the template, or use it in a message"),
            );
        }
    }
}

fn report_missing(source: &LocaleSource<'_>, tree: &Tree<'_>, id: &str, call: &ResolvedCall, found: &mut Problems) {
    if source.locale.is_some_and(|locale| locale.has(id)) {
        found.push(
            Diagnostic::of_locale(
                code::FALLBACK_USE,
                tree.name,
                format!("has no message `{id}`; the message of its fallback is used"),
            )
            .into_warning()
            .missing_message(id)
            .place(call.place.clone())
            .help(format!("add `{id}` to the files of locales/{}", tree.name)),
        );
        return;
    }
    let (name, attribute) = split_id(id);
    let known = ids(tree, false);
    let problem =
        Diagnostic::of_locale(code::UNKNOWN_MESSAGE, tree.name, format!("has no message `{id}`")).missing_message(id);
    let problem = match (tree.entries.get(name), attribute) {
        // The message exists, but not its attribute or value.
        (Some(entry), _) => problem.place(entry.place()).place(call.place.clone().labelled("used here")),
        _ => problem.place(call.place.clone()),
    };
    found.push(match closest(name, known).filter(|near| *near != name) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("add `{id}` to the files of locales/{}", tree.name)),
    });
}

fn unknown_variable(id: &str, variable: &str, call: &ResolvedCall, place: Place) -> Diagnostic {
    let problem = Diagnostic::error(code::MISSING_VARIABLE, format!("`{id}` does not receive `${variable}`"))
        .place(place)
        .place(call.place.clone().labelled("in this call"));
    let given: Vec<&str> = call.variables().collect();
    match closest(variable, given.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `${near}`?")),
        None => problem.help(format!("available: ${}", given.join(", $"))),
    }
}

/// Reports each variable that exactly one of at least three locales of the project does not print.
fn check_omissions(
    trees: &[&Tree<'_>],
    call: &ResolvedCall,
    id: &str,
    reported: &mut BTreeSet<String>,
    found: &mut Problems,
) {
    let having: Vec<(&Tree<'_>, BTreeMap<&str, _>)> =
        trees.iter().filter(|tree| tree.find(id).is_some()).map(|tree| (*tree, tree.variables(id))).collect();
    for variable in call.variables() {
        let without: Vec<&Tree<'_>> =
            having.iter().filter(|(_, used)| !used.contains_key(variable)).map(|(tree, _)| *tree).collect();
        let [tree] = without[..] else { continue };
        let Some((entry, _)) = tree.find(id).filter(|_| having.len() > 2) else { continue };
        if !entry.omits(variable) && reported.insert(format!("{} {id} without ${variable}", tree.name)) {
            found.push(
                Diagnostic::warning(
                    code::LEFT_OUT,
                    format!("`{id}` omits `${variable}`, which all other languages print"),
                )
                .place(entry.place())
                .help(format!("print it, or give the reason in a comment above the message: # without ${variable}: …")),
            );
        }
    }
}

/// Reports messages and attributes that neither a template nor a used message references.
pub fn check_unused(sources: &[LocaleSource<'_>], trees: &[Tree<'_>], calls: &[ResolvedCall], found: &mut Problems) {
    for (source, tree) in sources.iter().zip(trees).filter(|(source, _)| source.is_selected) {
        let mut used: BTreeSet<String> = BTreeSet::new();
        let mut todo: Vec<String> = calls.iter().flat_map(|call| call.ids.clone()).collect();
        todo.extend(SETTING_NAMES.iter().chain(DATE_VARIABLES.iter().map(|(id, _)| id)).map(|id| (*id).to_owned()));
        todo.push("ordinal".to_owned());
        for id in tree.entries.keys() {
            // The messages for units, name forms and facts are used depending on the data; those for print shops, for proofs and
            // for the page that verifies, by the program. So they are never reported.
            if id.starts_with("measure-") {
                todo.push(id.clone());
                todo.extend(PARTS.map(|part| format!("{id}.{part}")));
            } else if ["name-", "figure-", "sentence-", "print-", "proof-", "verify-"]
                .iter()
                .any(|prefix| id.starts_with(prefix))
            {
                todo.push(id.clone());
                todo.extend(tree.entries[id].attributes.iter().map(|(attribute, _)| format!("{id}.{attribute}")));
            }
        }
        while let Some(id) = todo.pop() {
            if used.insert(id.clone())
                && let Some((_, pattern)) = tree.find(&id)
            {
                walk(pattern, &mut |node| todo.extend(node.reference()));
            }
        }
        let called: BTreeSet<&str> = calls.iter().flat_map(|c| &c.ids).map(|id| split_id(id).0).collect();
        let entries = tree.entries.values().filter(|e| source.is_embedded_edition || e.file.origin == FileOrigin::Disk);
        // That a message has the name of a function is an error already.
        let entries = entries.filter(|e| !function_names(false).contains(&e.id.as_str()));
        for entry in entries {
            let reached = |attribute: Option<&str>| {
                used.contains(&attribute.map_or(entry.id.clone(), |a| format!("{}.{a}", entry.id)))
            };
            let any = entry.patterns().any(|(attribute, _)| reached(attribute));
            if !any {
                let problem = Diagnostic::warning(code::UNUSED, format!("unused message `{}`", entry.id));
                let missing = called.iter().copied().filter(|id| !tree.entries.contains_key(*id));
                found.push(match closest(&entry.id, missing) {
                    // The error about the missing message suggests this one.
                    Some(wanted) if source.locale.is_some_and(|locale| !locale.has(wanted)) => continue,
                    Some(wanted) => problem.place(entry.place()).help(format!("did you mean `{wanted}`?")),
                    None => problem.place(entry.place()).help("remove it, or use it in a template"),
                });
                continue;
            }
            for (name, _) in entry.attributes.iter().filter(|(name, _)| !reached(Some(name))) {
                found.push(
                    Diagnostic::warning(code::UNUSED, format!("unused attribute `.{name}` of `{}`", entry.id))
                        .place(entry.at(name))
                        .help("remove it, or use it in a template"),
                );
            }
        }
    }
}
