//! Finds names in the story that no fact and no message has.

use std::collections::BTreeSet;

use super::all_figures;
use crate::diagnostic::{Diagnostic, Place, Problems, closest, code};
use crate::locale::Locale;
use crate::results::{Block, Condition, Results, STORY_PATH, built_in_names};

/// Returns an error for each name of a fact that seems misspelt, and for each heading and sentence without a message in any
/// language. The embedded story is not checked, and a fact that the edition lacks is no mistake.
pub fn find(results: &Results, locales: &[&Locale]) -> Problems {
    let definitions = &results.definitions;
    let mut facts: BTreeSet<&str> = built_in_names().map(|name| -> &str { name }).collect();
    facts.extend(all_figures(results).flat_map(|figures| figures.keys()).map(String::as_str));
    facts.extend(results.cities.iter().flat_map(|city| city.milestones.keys()).map(String::as_str));
    facts.extend(definitions.city.keys().chain(definitions.edition.keys()).map(String::as_str));
    facts.extend(locales.iter().flat_map(|locale| &locale.known_facts).map(String::as_str));
    let is_misspelt = |name: &str| !facts.contains(name) && closest(name, facts.iter().copied()).is_some();
    let lacks_message = |id: &str| !locales.is_empty() && locales.iter().all(|locale| !locale.has(id));
    let unknown_fact = |name: &str, place: &Place| {
        Diagnostic::error(code::BROKEN_REFERENCE, format!("there is no fact `{name}`"))
            .place(place.clone())
            .suggest(name, facts.iter().copied())
    };
    let mut found = Problems::new();
    let story = &definitions.story;
    if !story.is_from_disk() {
        return found;
    }
    for sentence in story.sentences() {
        let id = format!("sentence-{}", sentence.name);
        if sentence.condition != Condition::Always && is_misspelt(&sentence.name) {
            found.push(unknown_fact(&sentence.name, &sentence.place));
        } else if sentence.condition == Condition::Always && lacks_message(&id) {
            found.push(missing_message(&id, &sentence.place));
        }
    }
    for block in story.city.iter().chain(&story.edition) {
        let Block::Heading { name, required_fact, place } = block else { continue };
        let id = format!("heading-{name}");
        if lacks_message(&id) {
            found.push(missing_message(&id, place));
        }
        if let Some((fact, place)) = required_fact.as_ref().filter(|(fact, _)| is_misspelt(fact)) {
            found.push(unknown_fact(fact, place));
        }
    }
    found
}

fn missing_message(id: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(code::UNKNOWN_MESSAGE, format!("no language has the message `{id}`"))
        .missing_message(id)
        .place(place.clone())
        .help(format!("add `{id}` to programme.ftl of each language, or correct the name in {STORY_PATH}"))
}
