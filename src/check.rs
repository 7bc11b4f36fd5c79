//! All that is wrong with a project, found in one run and without making a document.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;

use crate::diagnostic::{Code, Diagnostic, Location, Origin, Place, SourceFile};
use crate::edition::{self, Choice, Edition, Pace, Subject, Works};
use crate::locale::Locale;
use crate::locale::lint::{Call, Demand, Draft, lint};
use crate::project::Project;
use crate::results::{Figures, Results, Route, Text};
use crate::template::{ITEM, Message, Templates, unknown_paths};
use crate::typeset::{Fonts, Variant};

/// A language of the project. All are read, whichever are asked for: what one of them uses is used.
struct Language<'a> {
    name: &'a str,
    files: Vec<Arc<SourceFile>>,
    /// `None` where it cannot be read.
    locale: Option<Locale>,
    /// It was asked for.
    chosen: bool,
}
/// Documents of cities in bulk that are rehearsed. Their facts are all read.
const REHEARSED: usize = 200;
/// Records that are told to lack a text.
const MANY: usize = 100;

/// Everything found in the project, or in some of its languages.
pub fn project(project: &Arc<Project>, chosen: &[String]) -> Vec<Diagnostic> {
    let parts = Edition::parts(project, &[]);
    let mut found = parts.problems;
    let fonts = Fonts::load(project).map_err(|problems| found.extend(problems)).ok();
    let mut languages: Vec<Language<'_>> = Vec::new();
    for name in &parts.languages {
        let files = Edition::locale_files(project, name).map_err(|problems| found.extend(problems));
        let locale = Edition::read_locale(project, &parts.languages, name).map_err(|problems| found.extend(problems));
        let (files, locale) = (files.unwrap_or_default(), locale.ok());
        languages.push(Language { name, files, locale, chosen: chosen.contains(name) });
    }
    let locales = || languages.iter().filter_map(|language| language.locale.as_ref());
    if let Some(fonts) = &fonts {
        found.extend(locales().flat_map(|locale| fonts.missing(locale)));
    }
    let calls = match (&parts.templates, &parts.results) {
        (Some(templates), Some(results)) => Some(calls(templates, results)),
        _ => None,
    };
    let demand = parts.results.as_ref().map(demand).unwrap_or_default();
    let drafts = drafts(&languages, parts.results.as_ref(), parts.templates.as_ref());
    found.extend(lint(&drafts, calls.as_deref(), &demand));
    if let (Some(templates), Some(locale)) = (&parts.templates, locales().next()) {
        found.extend(unknown_paths(templates, locale));
    }
    let others: Vec<String> = languages.iter().filter(|l| !l.chosen).map(|l| format!("locales/{}/", l.name)).collect();
    if let Some(results) = parts.results {
        // Those in which the results speak; with a typeface missing, its glyphs would be told one by one.
        let speaks = |l: &Language<'_>| l.chosen && results.programme.name.find(l.name).is_some();
        let spoken = languages.into_iter().filter(speaks).filter_map(|language| language.locale);
        let (ready, rest): (Vec<Locale>, Vec<Locale>) =
            spoken.partition(|locale| fonts.as_ref().is_some_and(|fonts| fonts.missing(locale).is_empty()));
        for locale in ready.iter().chain(&rest) {
            found.extend(results.texts().into_iter().filter_map(|text| locale.forms(text, &results).err()));
        }
        let locales: Vec<&Locale> = ready.iter().chain(&rest).collect();
        let texts = results.records().into_iter().flatten().flatten().flat_map(|record| {
            let forms =
                |text: &Text| locales.iter().filter_map(|l| l.forms(text, &record.results).err()).collect::<Vec<_>>();
            record.city.texts().into_iter().flat_map(forms).collect::<Vec<_>>()
        });
        found.extend(texts.take(MANY));
        match (parts.templates, fonts) {
            (Some(templates), Some(fonts)) if !ready.is_empty() => {
                let languages = parts.languages.clone();
                let edition = Edition { project: project.clone(), results, templates, languages };
                rehearse(edition, ready, fonts, &mut found);
            }
            _ => found.extend(ready.iter().flat_map(Locale::borrowed)),
        }
        found.extend(rest.iter().flat_map(Locale::borrowed));
    }
    found.retain(|d| !d.places.first().is_some_and(|place| others.iter().any(|l| place.file.path.contains(l))));
    found.sort_by_key(Diagnostic::sort_key);
    found
}

/// What the linter of words takes.
fn drafts<'a>(
    languages: &'a [Language<'_>],
    results: Option<&Results>,
    templates: Option<&Templates>,
) -> Vec<Draft<'a>> {
    let embedded = |file: &SourceFile| file.origin == Origin::Embedded;
    let whole = results.is_some_and(|r| embedded(&r.file))
        && templates.is_some_and(|t| t.calls.iter().all(|c| embedded(&c.place.file)));
    let draft = |language: &'a Language<'_>| Draft {
        name: language.name,
        files: &language.files,
        usable: language.locale.as_ref(),
        chosen: language.chosen,
        own: whole || language.files.iter().any(|file| !embedded(file)),
    };
    languages.iter().map(draft).collect()
}

/// Lays out every document and throws it away. What the parts have told already is not told again.
fn rehearse(edition: Edition, locales: Vec<Locale>, fonts: Fonts, found: &mut Vec<Diagnostic>) {
    let mut more = Vec::new();
    let choice = Choice { languages: locales.iter().map(|l| l.name.clone()).collect(), ..Choice::default() };
    match edition.plan(&choice).map(|plan| Works::new(edition, plan, locales, fonts, Variant::default())) {
        Ok(works) => {
            let workers = thread::available_parallelism().map_or(1, usize::from);
            let pace = Pace { workers, keepers: 1, fail_fast: false, stop: &AtomicBool::new(false) };
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
                |_, outcome| outcome,
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
    let mut others: BTreeMap<(Code, Location), usize> = BTreeMap::new();
    for problem in more {
        let spots: Vec<Location> = problem.places.iter().map(Place::location).collect();
        let told = found.iter().any(|old| {
            let mut places = old.places.iter().map(Place::location);
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
        if let Some(n) = others.get(&(problem.code, place.location())) {
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
