//! The messages that templates and the story call, including those whose names come from the data.

use std::collections::{BTreeMap, BTreeSet};

use super::all_figures;
use crate::locale::Locale;
use crate::locale::lint::ResolvedCall;
use crate::results::{
    Block, BuiltInFacts, Condition, ITEM_VARIABLES, Nature, Results, Route, SpecialBlock, built_in_names,
};
use crate::template::{MessageName, Templates};

/// Returns the messages that templates call, including those whose names come from the data.
pub fn find_calls<'a>(
    templates: &Templates,
    results: &Results,
    locales: impl Iterator<Item = &'a Locale>,
) -> Vec<ResolvedCall> {
    let story = &results.definitions.story;
    let mut figures: Vec<&String> = all_figures(results).flat_map(BTreeMap::keys).collect();
    figures.sort();
    figures.dedup();
    // Labels are printed in the strip of key figures and in the list of forecasts.
    let key_figures = || results.cities.iter().map(|city| &city.key_figures).chain([&results.edition.key_figures]);
    let is_forecast = |id: &String| {
        all_figures(results).any(|figures| figures.get(id).is_some_and(|f| f.nature == Some(Nature::Forecast)))
    };
    let is_labelled = |id: &String| is_forecast(id) || key_figures().flatten().any(|key| key.figure == *id);
    let is_first = |id: &String| {
        story.sentences().any(|s| s.condition == Condition::FirstCity && s.name == *id) && is_forecast(id)
    };
    let is_labelled_with_city = |id: &String| {
        is_first(id) || results.edition.key_figures.iter().any(|key| key.city.is_some() && key.figure == *id)
    };
    let routes = Route::WORDS.iter().map(|word| format!("route-{word}"));
    let named = |path: &str| match path {
        "label" => {
            let labels = figures.iter().filter(|id| is_labelled(id)).map(|id| format!("figure-{id}"));
            labels.chain(routes.clone()).collect()
        }
        "label-city" => {
            figures.iter().filter(|id| is_labelled_with_city(id)).map(|id| format!("figure-{id}.of-city")).collect()
        }
        "heading" => story.headings().map(|(name, _)| format!("heading-{name}")).collect(),
        "message" => sentences(results),
        _ => Vec::new(),
    };
    let facts = fact_variables(results, locales);
    let call = |call: &crate::template::MessageCall| {
        let (ids, item) = match &call.message {
            MessageName::Named(id) => (vec![id.clone()], false),
            MessageName::Path(path) => (named(path), false),
            MessageName::Each(id) => (vec![id.clone()], true),
        };
        let arguments =
            if item { ITEM_VARIABLES.iter().map(|v| (*v).to_owned()).collect() } else { call.variables.clone() };
        let is_from_data = !matches!(call.message, MessageName::Named(_));
        ResolvedCall { ids, arguments, facts: facts.clone(), is_from_data, place: call.place.clone() }
    };
    templates.calls.iter().map(call).collect()
}

/// Returns the names of the facts that every message can use.
fn fact_variables<'a>(results: &Results, locales: impl Iterator<Item = &'a Locale>) -> Vec<String> {
    let definitions = &results.definitions;
    let mut names: Vec<String> = built_in_names().map(str::to_owned).collect();
    names.extend(all_figures(results).flat_map(BTreeMap::keys).cloned());
    names.extend(results.cities.iter().flat_map(|city| city.milestones.keys()).cloned());
    names.extend(definitions.city.keys().chain(definitions.edition.keys()).cloned());
    names.extend(locales.flat_map(|locale| &locale.known_facts).cloned());
    names.sort();
    names.dedup();
    names
}

/// Returns the messages of the sentences that the story can print about some city or the edition.
fn sentences(results: &Results) -> Vec<String> {
    let (story, edition) = (&results.definitions.story, &results.edition);
    let mut facts: BTreeSet<&str> = all_figures(results).flat_map(BTreeMap::keys).map(String::as_str).collect();
    facts.extend(
        results
            .cities
            .iter()
            .flat_map(|city| city.milestones.keys().chain(city.project_facts.keys()))
            .map(String::as_str),
    );
    facts.extend(edition.project_facts.keys().map(String::as_str));
    let built_in = || {
        results.cities.iter().map(Some).chain([None]).map(|city| BuiltInFacts { city, ..BuiltInFacts::new(results) })
    };
    let is_given = |name: &str| built_in().any(|facts| facts.has(name));
    facts.extend(built_in_names().filter(|name| is_given(name)).map(|name| -> &str { name }));
    let prints_other_figures =
        story.city.iter().chain(&story.edition).any(|b| matches!(b, Block::Special(SpecialBlock::OtherFigures)));
    let mut names: BTreeSet<&str> = story
        .sentences()
        .filter(|sentence| sentence.condition == Condition::Always || facts.contains(sentence.name.as_str()))
        .map(|sentence| sentence.name.as_str())
        .collect();
    if prints_other_figures {
        names.extend(all_figures(results).flat_map(BTreeMap::keys).map(String::as_str));
    }
    names.into_iter().map(|name| format!("sentence-{name}")).collect()
}
