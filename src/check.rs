//! All that is wrong with a project, found in one run and without making a document.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use crate::diagnostic::{Code, Diagnostic, Place, SourceFile, Spot};
use crate::edition::{self, Choice, Edition, Pace, Subject, Works};
use crate::locale::Locale;
use crate::locale::lint::{Call, Demand, Draft, lint};
use crate::project::{EMBEDDED_MARK, Project};
use crate::results::{Figures, Results, Route, Text};
use crate::template::{ITEM, Message, Templates, unknown_paths};
use crate::typeset::{Fonts, Variant};

/// Documents of cities in bulk that are rehearsed. Their facts are all read.
const REHEARSED: usize = 200;
/// Records that are told to lack a text.
const MANY: usize = 100;

/// Everything found in the project, or in some of its languages.
pub fn project(project: &Arc<Project>, languages: &[String]) -> Vec<Diagnostic> {
    let parts = Edition::parts(project, &[]);
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
    drop(drafts);
    if let (Some(templates), Some(locale)) = (&parts.templates, read.iter().find_map(|(_, locale)| locale.as_ref())) {
        found.extend(unknown_paths(templates, locale));
    }
    let spoken: Vec<String> = match &parts.results {
        Some(results) => languages.iter().filter(|l| results.programme.name.find(l).is_some()).cloned().collect(),
        None => Vec::new(),
    };
    if let Some(results) = &parts.results {
        for locale in read.iter().filter_map(|(_, locale)| locale.as_ref()).filter(|l| spoken.contains(&l.name)) {
            found.extend(results.texts().into_iter().filter_map(|text| locale.forms(text, results).err()));
            found.extend(locale.borrowed());
        }
        let locales: Vec<&Locale> =
            read.iter().filter_map(|(_, locale)| locale.as_ref()).filter(|l| spoken.contains(&l.name)).collect();
        let texts = results.records().into_iter().flatten().flatten().flat_map(|record| {
            let forms =
                |text: &Text| locales.iter().filter_map(|l| l.forms(text, &record.results).err()).collect::<Vec<_>>();
            record.city.texts().into_iter().flat_map(forms).collect::<Vec<_>>()
        });
        found.extend(texts.take(MANY));
    }
    if let (Some(results), Some(templates)) = (parts.results, parts.templates) {
        let edition = Edition { project: project.clone(), results, templates, languages: parts.languages.clone() };
        rehearse(edition, spoken, &mut found);
    }
    let others: Vec<&str> =
        parts.languages.iter().map(String::as_str).filter(|l| !languages.iter().any(|c| c == l)).collect();
    found.retain(|d| {
        !d.places.first().is_some_and(|p| others.iter().any(|l| p.file.path.contains(&format!("locales/{l}/"))))
    });
    found.sort_by_key(Diagnostic::sort_key);
    found
}

/// Lays out every document and throws it away. What the parts have told already is not told again.
fn rehearse(edition: Edition, languages: Vec<String>, found: &mut Vec<Diagnostic>) {
    let mut more = Vec::new();
    let choice = Choice { languages, ..Choice::default() };
    let works = edition.plan(&choice).and_then(|plan| Works::prepare(edition, plan, false, Variant::default()));
    match works {
        Ok(works) => {
            let workers = thread::available_parallelism().map_or(1, usize::from);
            let pace = Pace { workers, fail_fast: false, stop: &AtomicBool::new(false) };
            let jobs = works.edition.documents(&works.plan);
            // Of cities in bulk, the first few show what the templates make of them.
            let mut records = 0;
            let jobs = jobs.filter(move |job| {
                let record = job.as_ref().is_ok_and(|job| matches!(job.subject(), Subject::Record(_)));
                records += usize::from(record);
                !record || records <= REHEARSED
            });
            edition::run(
                jobs,
                &pace,
                |job| works.rehearse(job),
                |ready| {
                    for (job, outcome) in ready {
                        more.extend(job.err().into_iter().flatten().chain(outcome.diagnostics));
                    }
                    ControlFlow::Continue(())
                },
            );
            more.extend(works.borrowed());
        }
        Err(problems) => more.extend(problems),
    }
    let mut others: BTreeMap<(Code, Spot), usize> = BTreeMap::new();
    for problem in more {
        let spots: Vec<Spot> = problem.places.iter().map(Place::spot).collect();
        let told = found.iter().any(|old| {
            let mut places = old.places.iter().map(Place::spot);
            match spots.is_empty() {
                true => old.code == problem.code && old.message == problem.message,
                // Of another kind, it is a consequence when it leads to the same spot.
                false if old.code != problem.code => places.next().is_some_and(|p| spots.contains(&p)),
                false => places.any(|p| spots.contains(&p)),
            }
        });
        if told {
            if let Some(spot) = spots.into_iter().next() {
                *others.entry((problem.code, spot)).or_default() += 1;
            }
        } else {
            found.push(problem);
        }
    }
    for problem in found {
        let Some(place) = problem.places.first() else { continue };
        if let Some(n) = others.get(&(problem.code, place.spot())) {
            problem.notes.push(if *n == 1 { "and once more".to_owned() } else { format!("and {n} times more") });
        }
    }
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
