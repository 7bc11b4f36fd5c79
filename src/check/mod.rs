//! Finds everything that is wrong with a project in one run, without writing a document.

mod calls;
mod documents;
mod forms;
mod grouping;
mod leftover_words;
mod story;
mod unshown;
mod untranslated;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Origin, Place, Problems, Severity, SourceFile, code};
use crate::document::{Languages, Scope};
use crate::init;
use crate::locale::lint::{self, LocaleSource, Requirements, lint};
use crate::locale::{Locale, NUMBERS};
use crate::project::Project;
use crate::results::{Figures, Results, Text};
use crate::run::LoadedProject;
use crate::template::{SUFFIX, Templates, find_unknown_paths};
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
    /// The text of each message with an error.
    wrong: Vec<Place>,
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
    let parts = LoadedProject::load_parts(project, &[]);
    let mut found = parts.problems;
    found.extend(find_unread_files(project));
    // Errors that make a selected language unusable. They are kept apart because they may be in the files of an unselected
    // fallback, and `retain` below drops diagnostics about such files.
    let mut unusable = Problems::new();
    let fonts = Fonts::load(project).map_err(|problems| found.extend(problems)).ok();
    let mut languages: Vec<Language<'_>> = Vec::new();
    for name in &parts.languages {
        let is_selected = match asked {
            [] => parts.results.as_ref().is_none_or(|results| is_of_project(name, results)),
            _ => asked.iter().any(|languages| languages.contains(name)),
        };
        let mut report = |problems: Problems| {
            if is_selected {
                let is_new = |problem: &Diagnostic| unusable.iter().all(|d| d.sort_key() != problem.sort_key());
                let new: Problems = problems.into_iter().filter(is_new).collect();
                unusable.extend(new);
            }
        };
        let files = LoadedProject::read_locale_files(project, name).map_err(&mut report);
        let locale = LoadedProject::read_locale_of(project, &parts.languages, name).map_err(&mut report);
        let (files, locale) = (files.unwrap_or_default(), locale.ok());
        languages.push(Language { name, files, locale, is_selected });
    }
    let locales = || languages.iter().filter_map(|language| language.locale.as_ref());
    if let Some(fonts) = &fonts {
        let selected = languages.iter().filter(|language| language.is_selected);
        found.extend(selected.filter_map(|l| l.locale.as_ref()).flat_map(|locale| fonts.missing_families(locale)));
    }
    let calls = match (&parts.templates, &parts.results) {
        (Some(templates), Some(results)) => Some(find_calls(templates, results, locales())),
        _ => None,
    };
    let requirements = parts.results.as_ref().map(requirements).unwrap_or_default();
    let sources = locale_sources(&languages, parts.results.as_ref(), parts.templates.as_ref());
    let in_locales = lint(&sources, calls.as_deref(), &requirements);
    let lint = LintOutcome {
        printed: calls.as_deref().map(|calls| lint::printed_variables(&sources, calls)).unwrap_or_default(),
        wrong: lint::find_wrong_messages(&sources, &in_locales),
    };
    found.extend(in_locales);
    found.extend(untranslated::find(&sources));
    if let Some(results) = &parts.results {
        found.extend(leftover_words::find(&sources, results));
        let selected: Vec<&Locale> =
            languages.iter().filter(|l| l.is_selected).filter_map(|l| l.locale.as_ref()).collect();
        let unknown = story::find(results, &selected);
        // What nothing defines is not reported again where the template prints it.
        let ids: Vec<&String> = unknown.iter().flat_map(|problem| problem.missing_message_ids()).collect();
        found
            .retain(|d| d.code != code::UNKNOWN_MESSAGE || !d.missing_message_ids().iter().any(|id| ids.contains(&id)));
        found.extend(unknown);
    }
    if let (Some(templates), Some(locale), Some(results)) = (&parts.templates, locales().next(), &parts.results) {
        found.extend(find_unknown_paths(templates, &results.definitions, locale));
    }
    // Files of the languages that are not selected.
    let unselected: BTreeSet<(Origin, String)> = languages
        .iter()
        .filter(|language| !language.is_selected)
        .flat_map(|language| project.list(&format!("locales/{}", language.name)).collect::<Vec<_>>())
        .map(|path| project.source_without_text(path))
        .map(|file| (file.origin, file.path.clone()))
        .collect();
    if let Some(results) = parts.results {
        // Documents are built in the selected languages of the programme whose fonts are all available. Without a font,
        // each of its characters would be reported.
        let is_built = |l: &Language<'_>| l.is_selected && results.programme.name.find(l.name).is_some();
        let built = languages.into_iter().filter(is_built).filter_map(|language| language.locale);
        let (ready, rest): (Vec<Locale>, Vec<Locale>) =
            built.partition(|locale| fonts.as_ref().is_some_and(|fonts| fonts.missing_families(locale).is_empty()));
        for locale in ready.iter().chain(&rest) {
            found.extend(results.texts().into_iter().filter_map(|text| locale.forms(text, &results).err()));
        }
        let locales: Vec<&Locale> = ready.iter().chain(&rest).collect();
        let texts = results.records().into_iter().flatten().flatten().flat_map(|record| {
            let forms =
                |text: &Text| locales.iter().filter_map(|l| l.forms(text, &record.results).err()).collect::<Vec<_>>();
            record.city.texts().into_iter().flat_map(forms).collect::<Vec<_>>()
        });
        found.extend(texts.take(MAX_MISSING_TEXTS));
        match (parts.templates, parts.design, fonts) {
            (Some(templates), Some(design), Some(fonts)) if !ready.is_empty() => {
                let languages = parts.languages.clone();
                let values = documents::value_locations_by_unit(&results, &requirements);
                let project =
                    LoadedProject { files: project.clone(), results, templates, design, languages, seal: None };
                let has_errors = found.iter().any(|problem| problem.severity == Severity::Error);
                let printed = (!has_errors).then_some(&lint.printed);
                let built = documents::build_all(project, asked, ready, fonts, printed);
                documents::add_new_problems(&mut found, built, &values, &lint.wrong);
            }
            _ => found.extend(ready.iter().flat_map(Locale::fallback_uses)),
        }
        found.extend(rest.iter().flat_map(Locale::fallback_uses));
    }
    let is_unselected = |place: &Place| unselected.contains(&(place.file.origin, place.file.path.clone()));
    found.retain(|d| !d.places.first().is_some_and(is_unselected));
    found.extend(unusable);
    let found = grouping::join_languages(found);
    let mut found = grouping::join_fallback_uses(found, |locale| {
        let file = project.source(&format!("locales/{locale}/{NUMBERS}")).ok()?;
        let at = file.text.find("locale-fallback")?;
        Some(Place::new(&file, at..at + "locale-fallback".len()))
    });
    found.sort_by_key(Diagnostic::sort_key);
    found
}

/// Reports files of the project that look like fonts, templates or locale files and are never read.
fn find_unread_files(project: &Project) -> Problems {
    let mut found = Problems::new();
    let mut report = |path: &str, help: String| {
        let is_text = [".hbs", ".typ", ".ftl"].iter().any(|end| path.ends_with(end));
        let file = project.source(path).ok().filter(|_| is_text).unwrap_or_else(|| project.source_without_text(path));
        if file.origin == Origin::Disk {
            let message = format!("`{}` is never read", file.display_path());
            found.push(Diagnostic::warning(code::UNUSED, message).place(Place::new(&file, 0..0)).help(help));
        }
    };
    for path in project.list("fonts") {
        let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
        if ["woff", "woff2", "eot", "pfb", "dfont"].contains(&extension.as_str()) {
            report(path, "convert the font to .ttf or .otf".to_owned());
        }
    }
    let paths: BTreeSet<&str> = project.list("reports").collect();
    for path in &paths {
        let stem = path.strip_suffix(".hbs").unwrap_or(path);
        let stem = stem.strip_suffix(".typ").unwrap_or(stem);
        let template = format!("{stem}{SUFFIX}");
        let is_template = path.ends_with(".hbs");
        let name = stem.strip_prefix("reports/").unwrap_or(stem);
        if *path == template {
            if Scope::of_template(name).is_none() && !name.starts_with("shared/") {
                let report_name = name.rsplit_once('/').map_or(name, |(folder, _)| folder);
                report(
                    path,
                    format!(
                        "move it to reports/{report_name}/city{SUFFIX} for each city, to \
                         reports/{report_name}/edition{SUFFIX} for the edition, or to reports/shared/ if it is a partial"
                    ),
                );
            }
        } else if (is_template || (path.ends_with(".typ") && Scope::of_template(name).is_some()))
            && !paths.contains(template.as_str())
        {
            report(path, format!("rename it to {template}"));
        }
    }
    let in_folders = |folders: [&str; 2], end: &str| -> Vec<&str> {
        folders.iter().flat_map(|folder| project.list(folder)).filter(|path| path.ends_with(end)).collect()
    };
    for path in in_folders(["locales", "fonts"], SUFFIX) {
        report(path, format!("move it to reports/NAME/city{SUFFIX} or reports/NAME/edition{SUFFIX}"));
    }
    for path in in_folders(["reports", "fonts"], ".ftl") {
        report(path, "move it to the folder of its language (for example locales/fr/)".to_owned());
    }
    let mut without_numbers = BTreeSet::new();
    for path in project.list("locales").filter(|path| path.ends_with(".ftl")) {
        match path.split('/').nth(1).filter(|name| !name.ends_with(".ftl")) {
            None => report(path, "move it to the folder of its language (for example locales/fr/)".to_owned()),
            Some(name) => {
                let numbers = format!("locales/{name}/{NUMBERS}");
                if !project.list("locales").any(|path| path == numbers) && without_numbers.insert(name) {
                    report(path, format!("add {numbers}, which makes the folder a locale"));
                }
            }
        }
    }
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
    let is_embedded = |file: &SourceFile| file.origin == Origin::Embedded;
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
