//! Builds the documents, and reports each problem in them once, without those that follow from problems already found.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use super::{all_figures, forms, unshown};
use crate::diagnostic::{Code, Diagnostic, Location, Place, Problems, Severity, code};
use crate::document::Languages;
use crate::locale::Locale;
use crate::locale::lint::Requirements;
use crate::locale::trace::{self, GuessedForm};
use crate::proof::find_hard_coded_text;
use crate::results::Results;
use crate::run::{Builder, Concurrency, LoadedProject, Selection, Subject, engine};
use crate::typeset::{Fonts, Variant};

/// Maximum number of documents built for records of a stream. The facts of all records are checked.
const MAX_RECORD_DOCUMENTS: usize = 200;

/// Builds every document in memory. `printed` are the variables that messages print; `None` if there are errors, since a
/// document that cannot be built shows nothing.
pub(super) fn build_all(
    project: LoadedProject,
    asked: &[Languages],
    locales: Vec<Locale>,
    fonts: Fonts,
    printed: Option<&BTreeSet<String>>,
) -> BuiltDocuments {
    let is_ready = |name: &str| locales.iter().any(|locale| locale.name == name);
    let languages: Vec<String> = match asked {
        [] => locales.iter().map(|locale| locale.name.clone()).collect(),
        _ => asked.iter().filter(|languages| languages.iter().all(is_ready)).map(Languages::to_string).collect(),
    };
    // An empty selection would be every language.
    if languages.is_empty() {
        return BuiltDocuments::default();
    }
    let plan = match project.plan(&Selection { languages, ..Selection::default() }) {
        Ok(plan) => plan,
        Err(problems) => {
            return BuiltDocuments { problems: problems.into_iter().collect(), ..BuiltDocuments::default() };
        }
    };
    let builder = Builder::from_parts(project, plan, locales, fonts, Variant::default());
    let mut documents = build_documents(&builder);
    documents.problems.extend(builder.fallback_uses());
    let has_errors = documents.problems.iter().any(|problem| problem.severity == Severity::Error);
    if let Some(printed) = printed.filter(|_| !has_errors) {
        let unshown = unshown::find(&builder.project, &builder.locales, &documents.shown, printed);
        documents.problems.extend(unshown);
    }
    if !has_errors {
        documents.problems.extend(find_hard_coded_text(&builder));
    }
    documents
}

/// Adds the problems of the documents to `found`. A problem is omitted if `found` already has it or its cause, or if it
/// follows from one of the `faulty_messages`. `values` is [`value_locations_by_unit`].
pub(super) fn add_new_problems(
    found: &mut Problems,
    documents: BuiltDocuments,
    values: &BTreeMap<Location, BTreeSet<Location>>,
    faulty_messages: &[Place],
) {
    // Messages that are already reported as missing.
    let missing: Vec<String> = found
        .iter()
        .filter(|d| matches!(d.code, code::UNIT | code::UNKNOWN_MESSAGE))
        .flat_map(|d| d.missing_message_ids().to_vec())
        .collect();
    let mut repetitions = Repetitions::new();
    for problem in documents.problems {
        if follows_from_messages(&problem, &missing, faulty_messages) {
            continue;
        }
        if !found.iter().any(|old| covers(old, &problem, values)) {
            found.push(problem);
        } else if let Some(place) = problem.places.first() {
            *repetitions.entry((problem.code, place.location())).or_default() += 1;
        }
    }
    // Not compared with `found`: a name that is the same in all languages has one place, but may lack forms in several of them.
    found.extend(forms::find(documents.guesses));
    add_repetition_notes(found, &repetitions);
}

/// What building the documents has shown.
#[derive(Default)]
pub(super) struct BuiltDocuments {
    problems: Vec<Diagnostic>,
    /// The start offsets of the facts that some document shows.
    shown: BTreeSet<usize>,
    /// The forms of names that a rule guessed, each with the place of the name.
    guesses: Vec<(Place, GuessedForm)>,
}

/// Builds the documents of the plan in memory. For a stream of records, the first documents are enough to find errors in the
/// templates.
fn build_documents(builder: &Builder) -> BuiltDocuments {
    let mut documents = BuiltDocuments::default();
    let mut records = 0;
    let jobs = builder.project.jobs(&builder.plan).filter(move |job| {
        let is_record = job.as_ref().is_ok_and(|job| matches!(job.subject, Subject::Record(_)));
        records += usize::from(is_record);
        !is_record || records <= MAX_RECORD_DOCUMENTS
    });
    engine::run(
        jobs,
        Concurrency::new(None),
        &AtomicBool::new(false),
        |job| {
            let (result, trace) = trace::observe(|| builder.build(job));
            let (results, _) = job.facts(&builder.project);
            let guesses = trace.guesses.into_iter().map(|guess| (results.place(&guess.name.span), guess));
            let warnings = result.map_or_else(|problems| problems, |built| built.warnings);
            (warnings, trace.shown, guesses.collect::<Vec<_>>())
        },
        |_, built| (built, ControlFlow::Continue(())),
        |ready| {
            for delivery in ready {
                match delivery {
                    Ok((_, (problems, shown, guesses))) => {
                        documents.problems.extend(problems);
                        documents.shown.extend(shown);
                        documents.guesses.extend(guesses);
                    }
                    Err(problems) => documents.problems.extend(problems),
                }
            }
            ControlFlow::Continue(())
        },
    );
    documents
}

/// Returns whether a problem of a document follows from a message that is missing, or from one of the `faulty_messages`:
/// both are already reported.
fn follows_from_messages(problem: &Diagnostic, missing: &[String], faulty_messages: &[Place]) -> bool {
    let is_missing = |id: &String| {
        let name = id.split('.').next().unwrap_or_default();
        missing.iter().any(|missing| missing == id || missing == name)
    };
    match problem.code {
        code::FUNCTION | code::UNKNOWN_MESSAGE if problem.missing_message_ids().iter().any(is_missing) => true,
        code::FUNCTION | code::MESSAGE | code::MISSING_VARIABLE => {
            problem.places.iter().any(|place| faulty_messages.iter().any(|message| message.contains(place)))
        }
        _ => false,
    }
}

/// Returns whether `problem` need not be reported besides `old`, because it is the same or a consequence.
///
/// A problem with another code is a consequence of `old` if it points to the first place of `old`, or, if that place is a
/// unit, to the value of a figure with this unit.
fn covers(old: &Diagnostic, problem: &Diagnostic, values: &BTreeMap<Location, BTreeSet<Location>>) -> bool {
    let locations: Vec<Location> = problem.places.iter().map(Place::location).collect();
    let mut places = old.places.iter().map(Place::location);
    if locations.is_empty() {
        return old.code == problem.code && old.message == problem.message;
    }
    if old.code == problem.code {
        return places.any(|place| locations.contains(&place));
    }
    places.next().is_some_and(|place| {
        let mut values = values.get(&place).into_iter().flatten();
        locations.contains(&place) || values.any(|value| locations.contains(value))
    })
}

/// How often a problem that is reported once was found again, by its code and location.
type Repetitions = BTreeMap<(Code, Location), usize>;

/// Adds to each diagnostic how often it was found again while the documents were built.
fn add_repetition_notes(found: &mut Problems, repetitions: &Repetitions) {
    for problem in found {
        let Some(place) = problem.places.first() else { continue };
        if let Some(n) = repetitions.get(&(problem.code, place.location())) {
            problem.notes.push(if *n == 1 {
                "once more while the documents were built".to_owned()
            } else {
                format!("{n} more times while the documents were built")
            });
        }
    }
}

/// Maps the location of each unit in `requirements` to the locations of the values of all figures with that unit.
pub(super) fn value_locations_by_unit(
    results: &Results,
    requirements: &Requirements,
) -> BTreeMap<Location, BTreeSet<Location>> {
    let mut values: BTreeMap<Location, BTreeSet<Location>> = BTreeMap::new();
    for figure in all_figures(results).flat_map(BTreeMap::values) {
        if let Some(unit) = requirements.places_by_unit.get(&figure.unit) {
            values.entry(unit.location()).or_default().insert(results.place(&figure.span).location());
        }
    }
    values
}
