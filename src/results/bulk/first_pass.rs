//! The first pass over all records: checks and counts them.

use std::collections::HashSet;
use std::sync::Arc;

use super::records::RecordReader;
use super::{Record, RecordSource};
use crate::diagnostic::{Diagnostic, Place, Problems, code};
use crate::hash::{Hash128, hash};
use crate::results::reading::places::Files;
use crate::results::{Facts, ReadOptions, Status, VisitRecord, consistency, references};

/// Up to this number, records become cities in memory, as if the results file listed them.
const MAX_IN_MEMORY: usize = 1000;

/// After this number of invalid records, the check stops.
const MAX_INVALID_RECORDS: usize = 100;

/// The numbers of all records and of those with selected cities. Zero if the cities are in memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordCounts {
    pub records: usize,
    pub selected: usize,
}

/// Reads all records. Up to [`MAX_IN_MEMORY`] become cities of the facts; if there are more, they are only checked and
/// counted, unless `skip_record_checks` is set; `visit_record` sees each of them.
pub fn load_records(
    record_source: RecordSource,
    mut facts: Facts,
    files: &mut Files,
    problems: &mut Problems,
    options: &ReadOptions<'_>,
) -> Arc<Facts> {
    let mut few = Vec::new();
    let mut count = 0;
    for raw in RecordReader::open(record_source.resolved()) {
        count += 1;
        match raw {
            Ok(raw) if count <= MAX_IN_MEMORY => few.push(raw),
            Err(problem) if count <= MAX_IN_MEMORY => problems.push(problem),
            _ => break,
        }
    }
    if count > MAX_IN_MEMORY {
        // `check_records` reads these records again and finds the same problems.
        problems.clear();
        if options.skip_record_checks {
            facts.record_source = Some(record_source);
            return facts.into();
        }
        return check_records(record_source, facts, problems, options.visit_record);
    }
    for raw in few {
        match record_source.city(&raw, &facts.definitions, files) {
            Ok(city) => {
                facts.by_id.entry(city.id.clone()).or_insert(facts.cities.len());
                facts.cities.push(city);
            }
            Err(found) => problems.extend(found),
        }
    }
    deduplicate(problems);
    facts.into()
}

fn check_records(
    record_source: RecordSource,
    mut facts: Facts,
    problems: &mut Problems,
    visit: Option<VisitRecord<'_>>,
) -> Arc<Facts> {
    let mut counts = RecordCounts::default();
    // Only a hash of each identifier and serial number is kept in memory.
    let mut ids: HashSet<Hash128> = facts.cities.iter().map(|city| hash(&city.id)).collect();
    let mut serials: HashSet<Hash128> = facts
        .cities
        .iter()
        .filter(|city| city.status == Status::Selected)
        .map(|city| hash(city.serial(&facts.edition)))
        .collect();
    let shared = Arc::new(facts);
    let mut invalid = 0;
    for record in record_source.records(&shared) {
        counts.records += 1;
        let mut found = Problems::new();
        match record {
            Ok(Record { city, results, .. }) => {
                if let Some(visit) = visit {
                    visit(&city);
                }
                found.extend(references::check_city(&results, &city));
                found.extend(consistency::check_city(&results, &city));
                if !ids.insert(hash(&city.id)) {
                    found.push(with_first_use(
                        &record_source,
                        &shared,
                        references::duplicate_id(&results, &city),
                        |other| other.id == city.id,
                    ));
                }
                if city.status == Status::Selected {
                    counts.selected += 1;
                    let serial = city.serial(&results.edition);
                    if !serials.insert(hash(&serial)) {
                        let problem = references::duplicate_serial(&results, &city, &serial);
                        found.push(with_first_use(&record_source, &shared, problem, |other| {
                            other.serial(&shared.edition) == serial
                        }));
                    }
                }
            }
            Err(problems) => found.extend(problems),
        }
        invalid += usize::from(!found.is_empty());
        let end = (invalid == MAX_INVALID_RECORDS).then(|| end_of_check(&found));
        problems.extend(found);
        if let Some(end) = end {
            problems.push(end);
            break;
        }
    }
    deduplicate(problems);
    // All iterators over the records are dropped by now.
    match Arc::try_unwrap(shared) {
        Ok(whole) => facts = whole,
        Err(shared) => return shared,
    }
    facts.record_source = Some(record_source);
    facts.record_counts = counts;
    facts.into()
}

/// Returns the error that ends a check. Its place is the end of the last record, so that it is printed after the others.
fn end_of_check(last: &Problems) -> Diagnostic {
    let message = format!("only the first {MAX_INVALID_RECORDS} invalid records are reported");
    let mut problem =
        Diagnostic::error(code::WRONG_VALUE, message).help("correct these, then check again: there may be more");
    let places = last.iter().filter_map(|problem| problem.places.first());
    problem.places.extend(places.max_by_key(|place| place.location()).map(|place| {
        let end = place.file.text.trim_end().len();
        Place::new(&place.file, end..end).labelled("the check stopped here")
    }));
    problem
}

/// Adds the place of the first city with the same value, found in a second pass.
fn with_first_use(
    record_source: &RecordSource,
    facts: &Arc<Facts>,
    problem: Diagnostic,
    same: impl Fn(&super::City) -> bool,
) -> Diagnostic {
    if let Some(city) = facts.cities.iter().find(|city| same(city)) {
        let place = Place::new(&facts.file, city.span.clone());
        return problem.place(place.labelled("first used here"));
    }
    let mut records = record_source.records(facts).map_while(|record| Some(record.ok()));
    match records.find_map(|record| record.filter(|record| same(&record.city))) {
        Some(record) => problem.place(record.results.place(&record.city.span).labelled("first used here")),
        None => problem,
    }
}

/// Removes duplicates: a mistake in a header is found again for each row.
fn deduplicate(problems: &mut Problems) {
    let mut seen = HashSet::new();
    problems.retain(|problem| seen.insert((problem.sort_key(), problem.places.len())));
}
