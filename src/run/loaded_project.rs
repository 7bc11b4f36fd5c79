//! The files of a project, read and checked: facts, templates and the names of its languages.

use std::sync::Arc;

use super::engine;
use crate::design::Design;
use crate::diagnostic::{Diagnostic, Problems, SourceFile, closest, code};
use crate::document::{Languages, Scope};
use crate::locale::{Locale, NUMBERS};
use crate::project::Project;
use crate::results::{self, FindBeside, Results};
use crate::template::Templates;

/// A project whose facts and templates could all be read.
pub struct LoadedProject {
    pub project: Arc<Project>,
    pub results: Results,
    pub templates: Templates,
    pub design: Design,
    /// Folders of `locales/`.
    pub languages: Vec<String>,
}

/// The parts of a project that could be read, and what is wrong with the others.
pub struct ProjectParts {
    pub results: Option<Results>,
    pub templates: Option<Templates>,
    pub design: Option<Design>,
    pub languages: Vec<String>,
    pub problems: Problems,
}

/// A report of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub name: String,
    /// Whether it has a document for each selected city.
    pub has_city: bool,
    /// Whether it has a document for the whole edition.
    pub has_edition: bool,
}

impl LoadedProject {
    pub fn load(project: Project) -> Result<Self, Problems> {
        Self::load_for(project, &[])
    }

    /// Reads the templates of some reports, or of all if the list is empty.
    pub fn load_for(project: Project, reports: &[String]) -> Result<Self, Problems> {
        let project = Arc::new(project);
        match Self::parts(&project, reports) {
            ProjectParts {
                results: Some(results),
                templates: Some(templates),
                design: Some(design),
                languages,
                problems,
            } if problems.is_empty() => Ok(Self { project, results, templates, design, languages }),
            parts => Err(parts.problems),
        }
    }

    /// Reads every part of a project, also when another one cannot be read.
    pub fn parts(project: &Project, reports: &[String]) -> ProjectParts {
        let mut problems = Problems::new();
        let read_results = || {
            project.results().map(|file| {
                let beside: FindBeside<'_> = &|path| project.find_beside_results(path);
                results::read_results(&file, Some(beside), project.records.as_deref(), project.trusted)
            })
        };
        let (templates, results) = engine::join(|| Templates::load(project, reports), read_results);
        let results = match results {
            Ok((results, found)) => {
                problems.extend(found);
                results
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let crashed = |_| Err(Diagnostic::error(code::CRASH, "the template reader crashed").into());
        let templates = templates.unwrap_or_else(crashed);
        let templates = templates.map_err(|found| problems.extend(found)).ok();
        let design = Design::load(project).map_err(|found| problems.extend(found)).ok();
        ProjectParts { results, templates, design, languages: Self::languages(project), problems }
    }

    /// Returns the folders of `locales/` that contain a locale.
    pub fn languages(project: &Project) -> Vec<String> {
        let suffix = format!("/{NUMBERS}");
        let name = |path: &str| path.strip_prefix("locales/")?.strip_suffix(&suffix).map(str::to_owned);
        project.list("locales").filter_map(name).filter(|name| !name.contains('/')).collect()
    }

    /// Returns the languages in which the results give the programme's name: they are built by default.
    pub fn default_languages(&self) -> Vec<&str> {
        let name = &self.results.programme.name;
        self.languages.iter().map(String::as_str).filter(|l| name.find(l).is_some()).collect()
    }

    pub fn reports(&self) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::new();
        for name in self.templates.names() {
            let Some((report, scope)) = Scope::of_template(name) else { continue };
            let at = reports.iter().position(|r| r.name == report).unwrap_or_else(|| {
                reports.push(Report { name: report.to_owned(), has_city: false, has_edition: false });
                reports.len() - 1
            });
            reports[at].has_city |= scope == Scope::City;
            reports[at].has_edition |= scope == Scope::Edition;
        }
        reports
    }

    /// Returns the languages asked for, or the default ones.
    pub(super) fn select_languages(&self, asked: &[String], problems: &mut Problems) -> Vec<Languages> {
        let singles: Vec<String> = asked.iter().flat_map(|text| text.split('+')).map(str::to_owned).collect();
        let singles = select(&singles, &self.default_languages(), "language", &self.languages, problems);
        if asked.is_empty() {
            return singles.iter().map(|language| Languages::one(language)).collect();
        }
        let mut selected: Vec<Languages> = Vec::new();
        for text in asked {
            match Languages::parse(text) {
                Ok(languages) if !selected.contains(&languages) => selected.push(languages),
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
        }
        selected
    }

    /// Reads the locale of a language, with its fallback locales.
    pub fn locale(&self, language: &str) -> Result<Locale, Problems> {
        Self::read_locale(&self.project, &self.languages, language)
    }

    pub fn read_locale(project: &Project, languages: &[String], language: &str) -> Result<Locale, Problems> {
        read_locale_below(project, languages, language, &[])
    }

    /// Reads the Fluent files of a language.
    pub fn locale_files(project: &Project, language: &str) -> Result<Vec<Arc<SourceFile>>, Problems> {
        let (mut files, mut problems) = (Vec::new(), Problems::new());
        for path in project.list(&format!("locales/{language}")).filter(|path| path.ends_with(".ftl")) {
            match project.source(path) {
                Ok(file) => files.push(file),
                Err(problem) => problems.push(problem),
            }
        }
        problems.or(files)
    }
}

/// Reads a locale whose fallback must not be one of the locales `above` it, which fall back to it.
fn read_locale_below(
    project: &Project,
    languages: &[String],
    language: &str,
    above: &[&str],
) -> Result<Locale, Problems> {
    let files = LoadedProject::locale_files(project, language)?;
    let above: Vec<&str> = above.iter().copied().chain([language]).collect();
    Locale::new(language, &files, &|other, place| {
        let error = |message: String| Diagnostic::error(code::SETTING, message).place(place.clone());
        if above.contains(&other) {
            let problem = error(format!("the fallback of `{language}` leads back to `{other}`"));
            return Err(problem.help("name another locale, or remove the setting").into());
        }
        if !languages.iter().any(|l| l == other) {
            let known = languages.iter().map(String::as_str).filter(|l| *l != language);
            return Err(error(format!("there is no locale `{other}` to fall back to")).suggest(other, known).into());
        }
        read_locale_below(project, languages, other, &above)
    })
}

/// Returns the names asked for, each once, or the default ones. A name that is not known is reported with those that are.
///
/// `what` says in the message what the names are, such as “language”.
pub fn select<S: AsRef<str>>(
    asked: &[String],
    default: &[&str],
    what: &str,
    known: &[S],
    problems: &mut Problems,
) -> Vec<String> {
    if asked.is_empty() {
        return default.iter().map(|name| (*name).to_owned()).collect();
    }
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let mut names: Vec<String> = Vec::new();
    for name in asked {
        if !known.contains(&name.as_str()) {
            let near =
                closest(name, known.iter().copied()).map(|n| format!("did you mean `{n}`? ")).unwrap_or_default();
            let list = if known.is_empty() || known.len() > 24 {
                "`gen-report list` shows what exists".to_owned()
            } else {
                format!("available: {}", known.join(", "))
            };
            problems.push(
                Diagnostic::error(code::NOT_IN_PROJECT, format!("this project has no {what} `{name}`"))
                    .help(format!("{near}{list}")),
            );
        } else if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
