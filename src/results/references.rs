//! References between parts of the results, and values that must be unique: identifiers, serial numbers.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{City, Figure, ProjectFact, Results, Status};
use crate::diagnostic::{Diagnostic, Problems, code};

/// Checks the references between parts of the results, and the unique values.
pub fn check(results: &Results) -> Problems {
    let mut problems = Problems::new();
    let mut ids: BTreeMap<&str, &City> = BTreeMap::new();
    let mut serials: BTreeMap<String, &City> = BTreeMap::new();
    for city in &results.cities {
        if let Some(first) = ids.insert(&city.id, city) {
            problems.push(duplicate_id(results, city).place(results.place(&first.span).labelled("first used here")));
        }
        if city.status != Status::Selected {
            continue;
        }
        let serial = city.serial(&results.edition);
        if let Some(first) = serials.insert(serial.clone(), city) {
            problems.push(
                duplicate_serial(results, city, &serial).place(results.place(&first.span).labelled("first used here")),
            );
        }
    }
    problems.extend(results.cities.iter().flat_map(|city| check_city(results, city)));
    check_sources(results, results.edition.figures.values(), &mut problems);
    check_sources(results, results.edition.project_facts.values().flat_map(ProjectFact::figures), &mut problems);
    for key in &results.edition.key_figures {
        let figures = match &key.city {
            None => &results.edition.figures,
            Some(id) => match ids.get(id.as_str()) {
                Some(city) => &city.figures,
                None => {
                    problems.push(unknown(results, "city", id, &key.span).suggest(id, ids.keys().copied()));
                    continue;
                }
            },
        };
        if !figures.contains_key(&key.figure) {
            let known = figures.keys().map(String::as_str);
            problems.push(unknown(results, "figure", &key.figure, &key.span).suggest(&key.figure, known));
        }
    }
    problems
}

pub(super) fn duplicate_id(results: &Results, city: &City) -> Diagnostic {
    Diagnostic::error(code::DUPLICATE, format!("two cities have the id `{}`", city.id))
        .place(results.place(&city.span))
        .help("give each city its own id: it names the files of the city")
}

pub(super) fn duplicate_serial(results: &Results, city: &City, serial: &str) -> Diagnostic {
    Diagnostic::error(code::DUPLICATE, format!("two certificates would have the serial number `{serial}`"))
        .place(results.place(&city.span))
        .help("give each city of equal rank its own `serial`")
}

/// Checks the references from a city to other parts of the results.
pub(super) fn check_city(results: &Results, city: &City) -> Problems {
    let mut problems = Problems::new();
    check_sources(results, city.figures.values(), &mut problems);
    check_sources(results, city.project_facts.values().flat_map(ProjectFact::figures), &mut problems);
    for key in city.key_figures.iter().filter(|key| key.city.is_some() || !city.figures.contains_key(&key.figure)) {
        let known = city.figures.keys().map(String::as_str);
        problems.push(unknown(results, "figure", &key.figure, &key.span).suggest(&key.figure, known));
    }
    problems
}

fn check_sources<'a>(results: &Results, figures: impl Iterator<Item = &'a Figure>, problems: &mut Problems) {
    for figure in figures {
        if let Some(source) = figure.source.as_deref().filter(|s| !results.sources.contains_key(*s)) {
            let known = results.sources.keys().map(String::as_str);
            problems.push(unknown(results, "source", source, &figure.source_span).suggest(source, known));
        }
    }
}

fn unknown(results: &Results, what: &str, name: &str, span: &Range<usize>) -> Diagnostic {
    Diagnostic::error(code::BROKEN_REFERENCE, format!("there is no {what} `{name}`")).place(results.place(span))
}
