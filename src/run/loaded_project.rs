//! The files of a project, read and checked: facts, templates and the names of its languages.

use std::cmp::Reverse;
use std::sync::Arc;

use super::engine;
use crate::design::Design;
use crate::diagnostic::{Diagnostic, Place, Problems, SourceFile, closest, code};
use crate::document::{Languages, Scope};
use crate::locale::{Locale, NUMBERS, Pseudo};
use crate::project::Project;
use crate::results::{self, Definitions, FACTS_PATH, ReadOptions, Results, STORY_PATH, VisitRecord};
use crate::template::Templates;
use crate::trust::Seal;
use crate::trust::claim::to_seconds;
use crate::trust::seal::{Chain, Profile, SealKey};

/// The file that shows translators' tools which locale is the reference.
const L10N: &str = "locales/l10n.toml";

/// A project whose facts and templates could all be read.
pub struct LoadedProject {
    pub files: Arc<Project>,
    pub results: Results,
    pub templates: Templates,
    pub design: Design,
    /// The names of the folders of `locales/` that contain a locale.
    pub languages: Vec<String>,
    /// The reference language that `locales/l10n.toml` names.
    pub l10n_reference: Option<String>,
    /// Seals the documents for archives.
    pub seal: Option<Seal>,
}

/// The parts of a project that could be read, and what is wrong with the others.
pub struct ProjectParts {
    pub results: Option<Results>,
    pub templates: Option<Templates>,
    pub design: Option<Design>,
    pub languages: Vec<String>,
    pub l10n_reference: Option<String>,
    pub problems: Problems,
}

/// A report, such as `certificate`: a folder in `reports/`, with a template for cities, for the edition, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub name: String,
    /// Whether it has a document for each selected city.
    pub has_city_documents: bool,
    /// Whether it has a document for the whole edition.
    pub has_edition_documents: bool,
}

impl LoadedProject {
    /// Reads and checks the facts and all templates.
    pub fn load(project: Project) -> Result<Self, Problems> {
        Self::load_for(project, &[])
    }

    /// Reads and checks the facts, and the templates of the given reports, or of all if the list is empty.
    pub fn load_for(project: Project, reports: &[String]) -> Result<Self, Problems> {
        let project = Arc::new(project);
        match Self::load_parts(&project, reports) {
            ProjectParts {
                results: Some(results),
                templates: Some(templates),
                design: Some(design),
                languages,
                l10n_reference,
                problems,
            } if problems.is_empty() => {
                Ok(Self { files: project, results, templates, design, languages, l10n_reference, seal: None })
            }
            parts => Err(parts.problems),
        }
    }

    /// Reads every part of a project, even if another part cannot be read.
    pub fn load_parts(project: &Project, reports: &[String]) -> ProjectParts {
        Self::load_parts_with(project, reports, None, None)
    }

    /// Reads every part of a project. `known_results` are its facts if the caller has read them from the same files;
    /// otherwise `visit_record` sees each city that is not held in memory.
    pub fn load_parts_with(
        project: &Project,
        reports: &[String],
        known_results: Option<Results>,
        visit_record: Option<VisitRecord<'_>>,
    ) -> ProjectParts {
        let mut problems = Problems::new();
        let read_results = || {
            if let Some(known) = known_results {
                return Ok((Some(known), Problems::new()));
            }
            let definitions = Self::read_definitions(project)?;
            let options = ReadOptions {
                definitions,
                find_file: Some(&|path| project.find_next_to_results(path)),
                records: project.records.as_deref(),
                skip_record_checks: project.skip_record_checks,
                visit_record,
            };
            Ok(results::read(&project.read_results()?, &options))
        };
        let (templates, results) = engine::join(|| Templates::load(project, reports), read_results);
        let results = match results {
            Ok((results, found)) => {
                problems.extend(found);
                results
            }
            Err::<_, Problems>(found) => {
                problems.extend(found);
                None
            }
        };
        let crashed = |_| Err(Diagnostic::error(code::CRASH, "the template reader crashed").into());
        let templates = templates.unwrap_or_else(crashed);
        let templates = templates.map_err(|found| problems.extend(found)).ok();
        let design = Design::load(project).map_err(|found| problems.extend(found)).ok();
        let languages = Self::find_languages(project);
        // Read even if nobody asks for it: all processes of a run must read the same files.
        let l10n_reference = read_l10n_reference(project).filter(|name| languages.contains(name));
        ProjectParts { results, templates, design, languages, l10n_reference, problems }
    }

    /// Seals all documents of the project with this key. The time of signing is `time`, in seconds since 1970, or else the start
    /// of the day of publication.
    pub fn set_seal(
        &mut self,
        key: SealKey,
        chain: Chain,
        profile: Profile,
        time: Option<u64>,
    ) -> Result<&mut Seal, Diagnostic> {
        let published = u64::try_from(to_seconds(*self.results.edition.published)).unwrap_or_default();
        let seal = Seal::new(key, chain, profile, time.unwrap_or(published))?;
        Ok(self.seal.insert(seal))
    }

    /// Reads the project facts and the story of a project.
    pub fn read_definitions(project: &Project) -> Result<Arc<Definitions>, Problems> {
        let file =
            |path| project.list("reports").any(|known| known == path).then(|| project.read_source(path)).transpose();
        Definitions::read(file(FACTS_PATH)?.as_ref(), file(STORY_PATH)?.as_ref())
    }

    /// Returns the names of the folders of `locales/` that contain a locale.
    pub fn find_languages(project: &Project) -> Vec<String> {
        let suffix = format!("/{NUMBERS}");
        let name = |path: &str| path.strip_prefix("locales/")?.strip_suffix(&suffix).map(str::to_owned);
        project.list("locales").filter_map(name).filter(|name| !name.contains('/')).collect()
    }

    /// Returns the languages in which the results give the programme's name: they are built by default.
    pub fn default_languages(&self) -> Vec<&str> {
        let name = &self.results.programme.name;
        self.languages.iter().map(String::as_str).filter(|l| name.find(l).is_some()).collect()
    }

    /// Returns the reports that have a template.
    pub fn reports(&self) -> Vec<Report> {
        let mut reports: Vec<Report> = Vec::new();
        for name in self.templates.names() {
            let Some((report, scope)) = Scope::of_template(name) else { continue };
            let at = reports.iter().position(|r| r.name == report).unwrap_or_else(|| {
                reports.push(Report {
                    name: report.to_owned(),
                    has_city_documents: false,
                    has_edition_documents: false,
                });
                reports.len() - 1
            });
            reports[at].has_city_documents |= scope == Scope::City;
            reports[at].has_edition_documents |= scope == Scope::Edition;
        }
        reports
    }

    /// Returns the requested languages, or the default ones if none is requested.
    pub(super) fn select_languages(&self, requested: &[String], problems: &mut Problems) -> Vec<Languages> {
        match requested {
            [] => self.default_languages().into_iter().map(Languages::one).collect(),
            _ => {
                let is_pseudo = |name: &&str| self.pseudo_languages().iter().any(|pseudo| pseudo == name);
                let pseudo = requested.iter().flat_map(|text| text.split('+')).filter(is_pseudo).map(str::to_owned);
                let known: Vec<String> = self.languages.iter().cloned().chain(pseudo).collect();
                Self::parse_languages(requested, &known, problems)
            }
        }
    }

    /// Returns the language from which the others are translated: the reference that `locales/l10n.toml` of the
    /// project names, or else the first language of the results, or of the project, in alphabetical order.
    pub fn reference_language(&self) -> String {
        let first = || self.default_languages().first().map(|name| (*name).to_owned());
        self.l10n_reference.clone().or_else(first).or_else(|| self.languages.first().cloned()).unwrap_or_default()
    }

    /// Returns the names of the pseudo-locales: those of the reference language, unless there are folders of these names.
    pub fn pseudo_languages(&self) -> Vec<String> {
        let reference = self.reference_language();
        let names = Pseudo::ALL.into_iter().map(|pseudo| pseudo.name(&reference));
        names.filter(|name| !self.languages.contains(name)).collect()
    }

    /// Returns an error if a requested language is a pseudo-locale: a signed test document would pass as genuine.
    pub fn check_languages_can_be_signed(&self, requested: &[String]) -> Result<(), Diagnostic> {
        let pseudo = self.pseudo_languages();
        let mut requested = requested.iter().flat_map(|languages| languages.split('+'));
        match requested.find(|language| pseudo.iter().any(|name| name == language)) {
            Some(language) => {
                let message = format!("documents in the pseudo-locale `{language}` are not signed");
                Err(Diagnostic::error(code::NOT_IN_PROJECT, message).help("leave out `--sign`, or this language"))
            }
            None => Ok(()),
        }
    }

    /// Parses languages and pairs of languages, such as `fr` and `zh+en`, and returns each once. Those that are not among
    /// the `known` languages are added to `problems`.
    pub fn parse_languages(requested: &[String], known: &[String], problems: &mut Problems) -> Vec<Languages> {
        let singles: Vec<String> = requested.iter().flat_map(|text| text.split('+')).map(str::to_owned).collect();
        select(&singles, &[], "language", known, problems);
        let mut selected: Vec<Languages> = Vec::new();
        for text in requested {
            match Languages::parse(text) {
                Ok(languages) if !selected.contains(&languages) => selected.push(languages),
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
        }
        selected
    }

    /// Reads the locale of a language, with its fallback locales.
    pub fn read_locale(&self, language: &str) -> Result<Locale, Problems> {
        Self::read_locale_of(&self.files, &self.languages, language)
    }

    /// Reads the locale of a language, with its fallback locales. `languages` lists all languages of the project.
    pub fn read_locale_of(project: &Project, languages: &[String], language: &str) -> Result<Locale, Problems> {
        read_locale_in_chain(project, languages, language, &[])
    }

    /// Reads the Fluent files of a language, those of the project before embedded ones.
    pub fn read_locale_files(project: &Project, language: &str) -> Result<Vec<Arc<SourceFile>>, Problems> {
        let (mut files, mut problems) = (Vec::new(), Problems::new());
        for path in project.list(&format!("locales/{language}")).filter(|path| path.ends_with(".ftl")) {
            match project.read_source(path) {
                Ok(file) => files.push(file),
                Err(problem) => problems.push(problem),
            }
        }
        files.sort_by_key(|file| Reverse(file.origin));
        problems.into_result(files)
    }
}

/// Reads the name of the reference language in [`L10N`]; `None` if there is no such file or no such line.
fn read_l10n_reference(project: &Project) -> Option<String> {
    let file = project.read_source(L10N).ok()?;
    let value = file.text.lines().find_map(|line| line.trim().strip_prefix("reference")?.split('"').nth(1))?;
    Some(value.split('/').next().unwrap_or_default().to_owned())
}

/// Reads a locale and its fallback locales.
///
/// `chain` lists the locales that fall back to this one, directly or not. If its own fallback is one of them, the
/// locales fall back in a circle, which is an error.
fn read_locale_in_chain(
    project: &Project,
    languages: &[String],
    language: &str,
    chain: &[&str],
) -> Result<Locale, Problems> {
    // A pseudo-locale has no folder.
    let pseudo = Pseudo::parse(language).filter(|_| !languages.iter().any(|name| name == language));
    let files = LoadedProject::read_locale_files(project, pseudo.map_or(language, |(_, source)| source))?;
    let chain: Vec<&str> = chain.iter().copied().chain([language]).collect();
    let find = |other: &str, place: Place| {
        let error = |message: String| Diagnostic::error(code::SETTING, message).place(place.clone());
        if chain.contains(&other) {
            let problem = error(format!("the fallback of `{language}` leads back to `{other}`"));
            return Err(problem.help("name another locale, or remove the setting").into());
        }
        if !languages.iter().any(|l| l == other) {
            let known = languages.iter().map(String::as_str).filter(|l| *l != language);
            return Err(error(format!("there is no locale `{other}` to fall back to")).suggest(other, known).into());
        }
        read_locale_in_chain(project, languages, other, &chain)
    };
    match pseudo {
        Some((pseudo, source)) => Locale::new_pseudo(pseudo, source, &files, &find),
        None => Locale::new(language, &files, &find),
    }
}

/// Returns the requested names, each once, or the default ones if none is requested. An unknown name is added to
/// `problems`.
///
/// `what` is the word for such a name in the message, such as “language”.
pub fn select<S: AsRef<str>>(
    requested: &[String],
    default: &[&str],
    what: &str,
    known: &[S],
    problems: &mut Problems,
) -> Vec<String> {
    if requested.is_empty() {
        return default.iter().map(|name| (*name).to_owned()).collect();
    }
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let mut names: Vec<String> = Vec::new();
    for name in requested {
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
