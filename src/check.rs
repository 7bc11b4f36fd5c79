//! All that is wrong with a project, found in one run and without making a document.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::edition::Edition;
use crate::locale::Locale;
use crate::locale::lint::{Call, Demand, Draft, lint};
use crate::project::{EMBEDDED_MARK, Project};
use crate::results::{Figures, Results, Route};
use crate::template::{ITEM, Message, Templates};
use crate::typeset::Fonts;

/// Everything found in the project, or in some of its languages.
pub fn project(project: &Arc<Project>, languages: &[String]) -> Vec<Diagnostic> {
    let parts = Edition::parts(project);
    let mut found = parts.problems;
    let fonts = Fonts::load(project).map_err(|problems| found.extend(problems)).ok();
    // All languages are read, whichever are asked for: what one of them uses is used.
    let read: Vec<(Vec<Arc<SourceFile>>, Option<Locale>)> = parts
        .languages
        .iter()
        .map(|language| {
            let files = Edition::locale_files(project, language).map_err(|problems| found.extend(problems));
            let locale = Edition::read_locale(project, &parts.languages, language);
            (files.unwrap_or_default(), locale.map_err(|problems| found.extend(problems)).ok())
        })
        .collect();
    if let Some(fonts) = &fonts {
        found.extend(read.iter().filter_map(|(_, locale)| locale.as_ref()).flat_map(|locale| fonts.missing(locale)));
    }
    let embedded = |file: &SourceFile| file.path.starts_with(EMBEDDED_MARK);
    let whole = parts.results.as_ref().is_some_and(|r| embedded(&r.file))
        && parts.templates.as_ref().is_some_and(|t| t.calls.iter().all(|c| embedded(&c.place.file)));
    let drafts: Vec<Draft<'_>> = parts
        .languages
        .iter()
        .zip(&read)
        .map(|(name, (files, locale))| Draft {
            name,
            files,
            usable: locale.as_ref(),
            chosen: languages.contains(name),
            own: whole || files.iter().any(|file| !embedded(file)),
        })
        .collect();
    let calls = match (&parts.templates, &parts.results) {
        (Some(templates), Some(results)) => Some(calls(templates, results)),
        _ => None,
    };
    let demand = parts.results.as_ref().map(demand).unwrap_or_default();
    found.extend(lint(&drafts, calls.as_deref(), &demand));
    let others: Vec<&str> =
        parts.languages.iter().map(String::as_str).filter(|l| !languages.iter().any(|c| c == l)).collect();
    found.retain(|d| {
        !d.places.first().is_some_and(|p| others.iter().any(|l| p.file.path.contains(&format!("locales/{l}/"))))
    });
    found.sort_by_key(Diagnostic::sort_key);
    found
}

fn all_figures(results: &Results) -> impl Iterator<Item = &Figures> {
    results.cities.iter().map(|city| &city.figures).chain([&results.edition.figures])
}

fn demand(results: &Results) -> Demand {
    let mut demand = Demand::default();
    for figure in all_figures(results).flat_map(BTreeMap::values) {
        let place = results.place(&figure.span);
        let hedges = demand.units.entry(figure.unit.clone()).or_default();
        hedges.entry(figure.hedge.word()).or_insert((figure.hedge, place.clone()));
        if let Some(nature) = figure.nature {
            demand.natures.entry(nature.word()).or_insert((nature, place));
        }
    }
    demand
}

/// The templates' calls, with the messages that the data names in them.
fn calls(templates: &Templates, results: &Results) -> Vec<Call> {
    let mut figures: Vec<&String> = all_figures(results).flat_map(BTreeMap::keys).collect();
    figures.sort();
    figures.dedup();
    let labels = || figures.iter().map(|id| format!("figure-{id}"));
    let routes = Route::WORDS.iter().map(|word| format!("route-{word}"));
    let named = |path: &str| match path {
        "label" => labels().chain(routes.clone()).collect(),
        "label-city" => labels().map(|id| format!("{id}.of-city")).collect(),
        _ => Vec::new(),
    };
    let call = |call: &crate::template::Call| {
        let (ids, item) = match &call.message {
            Message::Named(id) => (vec![id.clone()], false),
            Message::Path(path) => (named(path), false),
            Message::Each(id) => (vec![id.clone()], true),
        };
        let variables = if item { ITEM.iter().map(|v| (*v).to_owned()).collect() } else { call.variables.clone() };
        Call { ids, variables, item, place: call.place.clone() }
    };
    templates.calls.iter().map(call).collect()
}
