//! A project, read and checked, and the making of one document after another.

mod inputs;
mod plan;
mod run;
mod works;

use std::sync::Arc;
use std::thread;

use crate::diagnostic::{Diagnostic, SourceFile, closest, code};
use crate::locale::{Locale, NUMBERS};
use crate::project::Project;
use crate::results::{self, Beside, Results};
use crate::template::Templates;
use inputs::Inputs;
pub use plan::{Job, Plan, Subject};
pub use run::{Done, Pace, run};
pub use works::{Document, Made, Outcome, Status, Works, unbroken};

/// What to make: all of it where a list is empty.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub languages: Vec<String>,
    pub reports: Vec<String>,
    pub cities: Vec<String>,
}

/// The facts and the shapes of a project.
pub struct Edition {
    pub project: Arc<Project>,
    pub results: Results,
    pub templates: Templates,
    /// Folders of `locales/`.
    pub languages: Vec<String>,
}

/// The parts of a project as far as they can be read, and what is wrong with the others.
pub struct Parts {
    pub results: Option<Results>,
    pub templates: Option<Templates>,
    pub languages: Vec<String>,
    pub problems: Vec<Diagnostic>,
}

/// A report of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub name: String,
    /// It has a document for each selected city.
    pub city: bool,
    /// It has a document for the whole edition.
    pub edition: bool,
}

impl Edition {
    pub fn load(project: Project) -> Result<Self, Vec<Diagnostic>> {
        Self::load_for(project, &[])
    }

    /// Reads what some reports need, or all where none is named.
    pub fn load_for(project: Project, reports: &[String]) -> Result<Self, Vec<Diagnostic>> {
        let project = Arc::new(project);
        match Self::parts(&project, reports) {
            Parts { results: Some(results), templates: Some(templates), languages, problems }
                if problems.is_empty() =>
            {
                Ok(Self { project, results, templates, languages })
            }
            parts => Err(parts.problems),
        }
    }

    /// Reads all parts of a project; one that cannot be read does not keep the others back.
    pub fn parts(project: &Project, reports: &[String]) -> Parts {
        let mut problems = Vec::new();
        let (results, templates) = thread::scope(|scope| {
            let templates = scope.spawn(|| Templates::load(project, reports));
            let results = project.results().map(|file| {
                let beside: Beside<'_> = &|path| project.find_beside_results(path);
                results::read_results(&file, Some(beside), project.records.as_deref(), project.trusted)
            });
            (results, templates.join())
        });
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
        let broken = |_| Err(vec![Diagnostic::error(code::TEMPLATE, "a template broke the reader")]);
        let templates = templates.unwrap_or_else(broken).map_err(|found| problems.extend(found)).ok();
        Parts { results, templates, languages: Self::languages(project), problems }
    }

    /// Folders of `locales/` that hold a locale.
    pub fn languages(project: &Project) -> Vec<String> {
        let suffix = format!("/{NUMBERS}");
        let name = |path: &String| path.strip_prefix("locales/")?.strip_suffix(&suffix).map(str::to_owned);
        project.list("locales").iter().filter_map(name).filter(|name| !name.contains('/')).collect()
    }

    /// Languages in which the results speak, which are those made by default.
    pub fn spoken(&self) -> Vec<&str> {
        let name = &self.results.programme.name;
        self.languages.iter().map(String::as_str).filter(|l| name.find(l).is_some()).collect()
    }

    pub fn reports(&self) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::new();
        for name in self.templates.names() {
            let Some((report, scope @ ("city" | "edition"))) = name.rsplit_once('/') else { continue };
            let at = reports.iter().position(|r| r.name == report).unwrap_or_else(|| {
                reports.push(Report { name: report.to_owned(), city: false, edition: false });
                reports.len() - 1
            });
            reports[at].city |= scope == "city";
            reports[at].edition |= scope == "edition";
        }
        reports
    }

    /// Languages to make; `zh+en` asks for documents in both.
    fn chosen_languages(&self, asked: &[String], problems: &mut Vec<Diagnostic>) -> Vec<String> {
        let parts: Vec<String> = asked.iter().flat_map(|a| a.split('+')).map(str::to_owned).collect();
        let single = chosen(&parts, &self.spoken(), "language", &self.languages, problems);
        if asked.is_empty() {
            return single;
        }
        let mut languages: Vec<String> = Vec::new();
        for language in asked {
            let parts: Vec<&str> = language.split('+').collect();
            if parts.len() > 2 || (parts.len() == 2 && parts[0] == parts[1]) {
                problems.push(
                    Diagnostic::error(code::NOT_IN_PROJECT, format!("`{language}` does not name two languages"))
                        .help("write two different ones with a plus between them, as in `zh+en`"),
                );
            } else if !languages.contains(language) {
                languages.push(language.clone());
            }
        }
        languages
    }

    /// Reads the locale of a language, and those that it falls back to.
    pub fn locale(&self, language: &str) -> Result<Locale, Vec<Diagnostic>> {
        Self::read_locale(&self.project, &self.languages, language)
    }

    pub fn read_locale(project: &Project, languages: &[String], language: &str) -> Result<Locale, Vec<Diagnostic>> {
        locale_below(project, languages, language, &[])
    }

    /// The Fluent files of a language.
    pub fn locale_files(project: &Project, language: &str) -> Result<Vec<Arc<SourceFile>>, Vec<Diagnostic>> {
        let prefix = format!("locales/{language}/");
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for path in project.list("locales").iter().filter(|p| p.starts_with(&prefix) && p.ends_with(".ftl")) {
            match project.source(path) {
                Ok(file) => files.push(file),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(files) } else { Err(problems) }
    }
}

/// A locale, unless it is one of those `above` it that fall back to it.
fn locale_below(
    project: &Project,
    languages: &[String],
    language: &str,
    above: &[&str],
) -> Result<Locale, Vec<Diagnostic>> {
    let files = Edition::locale_files(project, language)?;
    let above: Vec<&str> = above.iter().copied().chain([language]).collect();
    Locale::new(language, &files, &|other, place| {
        let refused = |message: String| Diagnostic::error(code::SETTING, message).place(place.clone());
        if above.contains(&other) {
            let problem = refused(format!("the fallback of `{language}` leads back to `{other}`"));
            return Err(vec![problem.help("name another locale, or none")]);
        }
        if !languages.iter().any(|l| l == other) {
            let known = languages.iter().map(String::as_str).filter(|l| *l != language);
            return Err(vec![refused(format!("there is no locale `{other}` to fall back to")).suggest(other, known)]);
        }
        locale_below(project, languages, other, &above)
    })
}

/// The names asked for, or the default; a name that does not exist lists those that do.
pub fn chosen<S: AsRef<str>>(
    asked: &[String],
    default: &[&str],
    what: &str,
    known: &[S],
    problems: &mut Vec<Diagnostic>,
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
                "see `gen-report list`".to_owned()
            } else {
                format!("there is: {}", known.join(", "))
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
