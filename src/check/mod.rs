//! Finds everything that is wrong with a project in one run, without writing a document.

mod calls;
mod documents;
mod forms;
mod grouping;
mod leftover_words;
mod story;
mod unread;
mod unshown;
mod untranslated;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, FileOrigin, Place, Problems, Severity, SourceFile, code};
use crate::document::Languages;
use crate::init;
use crate::locale::lint::{self, LocaleSource, Requirements, lint};
use crate::locale::{Locale, NUMBERS, Pseudo};
use crate::project::Project;
use crate::results::{Figures, Results, Text};
use crate::run::{LoadedProject, ProjectParts};
use crate::template::{Templates, find_unknown_paths};
use crate::typeset::Fonts;
use calls::find_calls;

/// A language of the project. Languages that are not selected are read too, because a message counts as used if any
/// language uses it.
struct Language<'a> {
    name: &'a str,
    files: Vec<Arc<SourceFile>>,
    /// `None` if it cannot be read.
    locale: Option<Locale>,
    /// Whether the user asked for diagnostics about it.
    is_selected: bool,
}

/// What the checks of the locales say about their messages.
struct LintOutcome {
    /// The variables of all messages that are called.
    printed: BTreeSet<String>,
    /// The place of each message in which an error was found, from its identifier to the next message.
    faulty_messages: Vec<Place>,
}

/// Maximum number of missing texts in records that are reported.
const MAX_MISSING_TEXTS: usize = 100;

/// Lists the first `max` items, and how many more there are.
fn list_some(items: &[String], max: usize) -> String {
    let (named, rest) = items.split_at(items.len().min(max));
    let list = named.join(", ");
    if rest.is_empty() { list } else { format!("{list} and {} more", rest.len()) }
}

/// Returns all diagnostics about the facts, templates and fonts, and about the languages and pairs asked for, or else about
/// the languages of the project.
pub fn check_project(project: &Arc<Project>, asked: &[Languages]) -> Problems {
    let mut parts = LoadedProject::load_parts(project, &[]);
    let mut found = std::mem::take(&mut parts.problems);
    found.extend(unread::find(project));
    let fonts = Fonts::load(project).map_err(|problems| found.extend(problems)).ok();
    let names = parts.languages.clone();
    let (mut languages, mut unusable) = read_languages(project, &names, parts.results.as_ref(), asked);
    if let Some(fonts) = &fonts {
        found.extend(selected_locales(&languages).flat_map(|locale| fonts.missing_families(locale)));
    }
    let requirements = parts.results.as_ref().map(requirements).unwrap_or_default();
    let lint = check_locales(&parts, &languages, &requirements, &mut found);
    if let Some(results) = &parts.results {
        check_story(results, &languages, &mut found);
    }
    let any_locale = languages.iter().find_map(|language| language.locale.as_ref());
    if let (Some(templates), Some(locale), Some(results)) = (&parts.templates, any_locale, &parts.results) {
        found.extend(find_unknown_paths(templates, &results.definitions, locale));
    }
    let unselected = list_unselected_files(project, &languages);
    // Their messages are those of the language that they are made from, and are checked there.
    let pseudo = pseudo_languages(&names, asked);
    let is_usable = unusable.is_empty();
    for name in &pseudo {
        let locale = match LoadedProject::read_locale_of(project, &names, name) {
            Ok(locale) => Some(locale),
            Err(problems) => {
                if is_usable {
                    unusable.extend(problems);
                }
                None
            }
        };
        languages.push(Language { name, files: Vec::new(), locale, is_selected: true });
    }
    check_documents(project, parts, DocumentsToCheck { asked, languages, fonts, requirements, lint }, &mut found);
    let is_unselected = |place: &Place| unselected.contains(&(place.file.origin, place.file.path.clone()));
    found.retain(|d| !d.places.first().is_some_and(is_unselected));
    found.extend(unusable);
    join_and_sort(project, found)
}

/// Reads all languages of the project. Also returns the errors that make a selected language unusable. They are kept apart
/// because they may be in the files of an unselected fallback, about which nothing else is reported.
fn read_languages<'a>(
    project: &Project,
    names: &'a [String],
    results: Option<&Results>,
    asked: &[Languages],
) -> (Vec<Language<'a>>, Problems) {
    let mut unusable = Problems::new();
    let read = |name: &'a String| {
        let is_selected = match asked {
            [] => results.is_none_or(|results| is_of_project(name, results)),
            _ => asked.iter().flat_map(Languages::iter).any(|asked| asked == name || is_made_from(asked, name, names)),
        };
        let mut report = |problems: Problems| {
            if is_selected {
                let is_new = |problem: &Diagnostic| unusable.iter().all(|d| d.sort_key() != problem.sort_key());
                let new: Problems = problems.into_iter().filter(is_new).collect();
                unusable.extend(new);
            }
        };
        let files = LoadedProject::read_locale_files(project, name).map_err(&mut report);
        let locale = LoadedProject::read_locale_of(project, names, name).map_err(&mut report);
        Language { name, files: files.unwrap_or_default(), locale: locale.ok(), is_selected }
    };
    let languages = names.iter().map(read).collect();
    (languages, unusable)
}

/// Returns the pseudo-locales that the user asks for.
fn pseudo_languages(names: &[String], asked: &[Languages]) -> BTreeSet<String> {
    let asked = asked.iter().flat_map(Languages::iter);
    let is_pseudo = |asked: &&str| names.iter().any(|name| is_made_from(asked, name, names));
    asked.filter(is_pseudo).map(str::to_owned).collect()
}

/// Returns whether a language is a pseudo-locale that is made from a language of the project.
fn is_made_from(language: &str, source: &str, names: &[String]) -> bool {
    Pseudo::parse(language).is_some_and(|(_, from)| from == source) && !names.iter().any(|name| name == language)
}

fn selected_locales<'l>(languages: &'l [Language<'_>]) -> impl Iterator<Item = &'l Locale> {
    languages.iter().filter(|language| language.is_selected).filter_map(|language| language.locale.as_ref())
}

/// Checks the messages of all languages.
fn check_locales(
    parts: &ProjectParts,
    languages: &[Language<'_>],
    requirements: &Requirements,
    found: &mut Problems,
) -> LintOutcome {
    let calls = match (&parts.templates, &parts.results) {
        (Some(templates), Some(results)) => {
            Some(find_calls(templates, results, languages.iter().filter_map(|language| language.locale.as_ref())))
        }
        _ => None,
    };
    let sources = locale_sources(languages, parts.results.as_ref(), parts.templates.as_ref());
    let in_locales = lint(&sources, calls.as_deref(), requirements);
    let outcome = LintOutcome {
        printed: calls.as_deref().map(|calls| lint::printed_variables(&sources, calls)).unwrap_or_default(),
        faulty_messages: lint::find_faulty_messages(&sources, &in_locales),
    };
    found.extend(in_locales);
    found.extend(untranslated::find(&sources));
    if let Some(results) = &parts.results {
        found.extend(leftover_words::find(&sources, results));
    }
    outcome
}

/// Adds the facts and messages of the story that nothing defines. They are not reported again where the template prints them.
fn check_story(results: &Results, languages: &[Language<'_>], found: &mut Problems) {
    let selected: Vec<&Locale> = selected_locales(languages).collect();
    let unknown = story::find(results, &selected);
    let ids: Vec<&String> = unknown.iter().flat_map(|problem| problem.missing_message_ids()).collect();
    found.retain(|d| d.code != code::UNKNOWN_MESSAGE || !d.missing_message_ids().iter().any(|id| ids.contains(&id)));
    found.extend(unknown);
}

/// Returns the files of the languages that are not selected.
fn list_unselected_files(project: &Project, languages: &[Language<'_>]) -> BTreeSet<(FileOrigin, String)> {
    let unselected = languages.iter().filter(|language| !language.is_selected);
    unselected
        .flat_map(|language| project.list(&format!("locales/{}", language.name)).collect::<Vec<_>>())
        .map(|path| project.source_without_text(path))
        .map(|file| (file.origin, file.path.clone()))
        .collect()
}

/// What the check of the documents needs besides the parts of the project.
struct DocumentsToCheck<'a> {
    asked: &'a [Languages],
    languages: Vec<Language<'a>>,
    fonts: Option<Fonts>,
    requirements: Requirements,
    lint: LintOutcome,
}

/// Builds the documents in the selected languages that have a name of the programme and all their fonts, and adds the
/// problems: without a font, each of its characters would be reported. Missing texts and uses of a fallback are also reported
/// for languages that lack a font.
fn check_documents(project: &Arc<Project>, parts: ProjectParts, check: DocumentsToCheck<'_>, found: &mut Problems) {
    let DocumentsToCheck { asked, languages, fonts, requirements, lint } = check;
    let Some(results) = parts.results else { return };
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|languages| languages.contains(name));
    let has_name = |locale: &Locale| results.programme.name.find(&locale.source_language).is_some();
    let is_built = |l: &Language<'_>| l.is_selected && is_asked(l.name) && l.locale.as_ref().is_some_and(has_name);
    let built = languages.into_iter().filter(is_built).filter_map(|language| language.locale);
    let has_fonts = |locale: &Locale| fonts.as_ref().is_some_and(|fonts| fonts.missing_families(locale).is_empty());
    let (ready, without_fonts): (Vec<Locale>, Vec<Locale>) = built.partition(has_fonts);
    let locales: Vec<&Locale> = ready.iter().chain(&without_fonts).collect();
    found.extend(find_missing_texts(&results, &locales));
    match (parts.templates, parts.design, fonts) {
        (Some(templates), Some(design), Some(fonts)) if !ready.is_empty() => {
            let values = documents::value_locations_by_unit(&results, &requirements);
            let (languages, l10n_reference) = (parts.languages, parts.l10n_reference);
            let project = LoadedProject {
                files: project.clone(),
                results,
                templates,
                design,
                languages,
                l10n_reference,
                seal: None,
            };
            let has_errors = found.iter().any(|problem| problem.severity == Severity::Error);
            let printed = (!has_errors).then_some(&lint.printed);
            let built = documents::build_all(project, asked, ready, fonts, printed);
            documents::add_new_problems(found, built, &values, &lint.faulty_messages);
        }
        _ => found.extend(ready.iter().flat_map(Locale::fallback_uses)),
    }
    found.extend(without_fonts.iter().flat_map(Locale::fallback_uses));
}

/// Returns an error for each text of the results that a language lacks, and for the first [`MAX_MISSING_TEXTS`] of those in
/// records.
fn find_missing_texts(results: &Results, locales: &[&Locale]) -> Problems {
    let missing = |text: &Text, results: &Results| -> Vec<Diagnostic> {
        locales.iter().filter_map(|locale| locale.forms(text, results).err()).collect()
    };
    let mut found = Problems::new();
    for locale in locales {
        found.extend(results.texts().into_iter().filter_map(|text| locale.forms(text, results).err()));
    }
    let in_records = results.records().into_iter().flatten().flatten().flat_map(|record| {
        record.city.texts().into_iter().flat_map(|text| missing(text, &record.results)).collect::<Vec<_>>()
    });
    found.extend(in_records.take(MAX_MISSING_TEXTS));
    found
}

/// Joins the diagnostics that have one cause, and sorts them.
fn join_and_sort(project: &Project, found: Problems) -> Problems {
    let found = grouping::join_languages(found);
    let mut found = grouping::join_fallback_uses(found, |locale| {
        let file = project.read_source(&format!("locales/{locale}/{NUMBERS}")).ok()?;
        let at = file.text.find("locale-fallback")?;
        Some(Place::new(&file, at..at + "locale-fallback".len()))
    });
    found.sort_by_key(Diagnostic::sort_key);
    found
}

/// Returns whether a language is one of the project: the results give the programme's name in it, or its locale is not
/// embedded in the program.
fn is_of_project(language: &str, results: &Results) -> bool {
    results.programme.name.find(language).is_some() || !init::languages().contains(&language)
}

/// Returns the locale files for the linter, with what it needs to know about each language.
fn locale_sources<'a>(
    languages: &'a [Language<'_>],
    results: Option<&Results>,
    templates: Option<&Templates>,
) -> Vec<LocaleSource<'a>> {
    let is_embedded = |file: &SourceFile| file.origin == FileOrigin::Embedded;
    let has_own_story = results.is_some_and(|r| r.definitions.story.is_from_disk());
    let is_embedded_edition = !has_own_story
        && results.is_some_and(|r| is_embedded(&r.file))
        && templates.is_some_and(|t| t.calls.iter().all(|c| is_embedded(&c.place.file)));
    let source = |language: &'a Language<'_>| LocaleSource {
        name: language.name,
        files: &language.files,
        locale: language.locale.as_ref(),
        is_selected: language.is_selected,
        is_of_project: results.is_none_or(|results| is_of_project(language.name, results)),
        is_embedded_edition,
    };
    languages.iter().map(source).collect()
}

fn all_figures(results: &Results) -> impl Iterator<Item = &Figures> {
    results.cities.iter().map(|city| &city.figures).chain([&results.edition.figures])
}

/// Returns the units, hedges and natures that the figures of the results require of each locale.
fn requirements(results: &Results) -> Requirements {
    let mut requirements = Requirements::default();
    for figure in all_figures(results).flat_map(BTreeMap::values) {
        let place = results.place(&figure.span);
        requirements.places_by_unit.entry(figure.unit.clone()).or_insert_with(|| results.place(&figure.unit_span));
        let hedges = requirements.hedges_by_unit.entry(figure.unit.clone()).or_default();
        hedges.entry(figure.hedge.word()).or_insert_with(|| place.clone());
        if let Some(nature) = figure.nature {
            requirements.places_by_nature.entry(nature.word()).or_insert(place);
        }
    }
    requirements
}
