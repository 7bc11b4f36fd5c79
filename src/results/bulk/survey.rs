//! A first reading of all records: what is wrong with them, and how many there are.

use std::collections::HashSet;
use std::sync::Arc;

use super::records::Raws;
use super::{Bulk, Record};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::hash::{Hash128, hash};
use crate::results::files::Files;
use crate::results::{Facts, Status, load, sense};

/// So many records are read as if they stood in the results file.
const FEW: usize = 1000;

/// Records that are told to be wrong; beyond them, the file as a whole is.
const MANY_PROBLEMS: usize = 100;

/// How many records there are beside the results file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Survey {
    pub records: usize,
    pub selected: usize,
}

/// Reads all records. A few become cities among the others; more are only counted and checked, which another process has
/// done where they are `trusted`.
pub fn gathered(
    bulk: Bulk,
    mut facts: Facts,
    files: &mut Files,
    problems: &mut Vec<Diagnostic>,
    trusted: bool,
) -> Arc<Facts> {
    let mut few = Vec::new();
    let mut count = 0;
    for raw in Raws::open(&bulk.path) {
        count += 1;
        match raw {
            Ok(raw) if count <= FEW => few.push(raw),
            Err(problem) if count <= FEW => problems.push(problem),
            _ => break,
        }
    }
    if count > FEW {
        problems.clear();
        if trusted {
            facts.bulk = Some(bulk);
            return facts.into();
        }
        return survey(bulk, facts, problems);
    }
    for raw in few {
        match bulk.city(&raw, files) {
            Ok(city) => {
                facts.by_id.entry(city.id.clone()).or_insert(facts.cities.len());
                facts.cities.push(city);
            }
            Err(found) => problems.extend(found),
        }
    }
    once(problems);
    facts.into()
}

fn survey(bulk: Bulk, mut facts: Facts, problems: &mut Vec<Diagnostic>) -> Arc<Facts> {
    let mut survey = Survey::default();
    // Half a sum for each name is all that stands in memory.
    let mut ids: HashSet<Hash128> = facts.cities.iter().map(|city| hash(&city.id)).collect();
    let mut serials: HashSet<Hash128> = facts
        .cities
        .iter()
        .filter(|city| city.status == Status::Selected)
        .map(|city| hash(city.serial(&facts.edition)))
        .collect();
    let shared = Arc::new(facts);
    let mut wrong = 0;
    for record in bulk.records(&shared) {
        survey.records += 1;
        let mut found = Vec::new();
        match record {
            Ok(Record { city, results, .. }) => {
                found.extend(load::city_references(&results, &city));
                found.extend(sense::alone(&results, &city));
                if !ids.insert(hash(&city.id)) {
                    found.push(first(&bulk, &shared, load::twice(&results, &city), |other| other.id == city.id));
                }
                if city.status == Status::Selected {
                    survey.selected += 1;
                    let serial = city.serial(&results.edition);
                    if !serials.insert(hash(&serial)) {
                        let problem = load::same_serial(&results, &city, &serial);
                        found.push(first(&bulk, &shared, problem, |other| other.serial(&shared.edition) == serial));
                    }
                }
            }
            Err(problems) => found.extend(problems),
        }
        wrong += usize::from(!found.is_empty());
        problems.extend(found);
        if wrong == MANY_PROBLEMS {
            problems.push(
                Diagnostic::error(code::WRONG_VALUE, format!("the first {wrong} records that are wrong are told"))
                    .help("there may be more: correct these, then check again"),
            );
            break;
        }
    }
    once(problems);
    // No reading holds the facts any more.
    match Arc::try_unwrap(shared) {
        Ok(whole) => facts = whole,
        Err(shared) => return shared,
    }
    facts.bulk = Some(bulk);
    facts.survey = survey;
    facts.into()
}

/// Adds the place of the first city that is meant, which a second reading finds.
fn first(bulk: &Bulk, facts: &Arc<Facts>, problem: Diagnostic, same: impl Fn(&super::City) -> bool) -> Diagnostic {
    if let Some(own) = facts.cities.iter().find(|city| same(city)) {
        let place = Place::new(&facts.file, own.span.clone());
        return problem.place(place.labelled("the first is here"));
    }
    let mut records = bulk.records(facts).map_while(|record| Some(record.ok()));
    match records.find_map(|record| record.filter(|record| same(&record.city))) {
        Some(record) => problem.place(record.results.place(&record.city.span).labelled("the first is here")),
        None => problem,
    }
}

/// What a header does wrong is wrong in each row.
fn once(problems: &mut Vec<Diagnostic>) {
    let mut told = HashSet::new();
    problems.retain(|problem| told.insert((problem.sort_key(), problem.places.len())));
}
