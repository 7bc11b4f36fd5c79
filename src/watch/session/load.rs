//! Reads the project for a session, and finds what its view shows.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::{CityIndex, ProjectSummary, Session, View};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::hash::{Hash128, truncate_hash};
use crate::locale::Locale;
use crate::project::Project;
use crate::results::{City, FACTS_PATH, RecordSource, Results, STORY_PATH, Status};
use crate::run::{Builder, Job, LoadedProject, ProjectParts, Report, Selection, Subject};
use crate::typeset::Fonts;

/// Path, length and time of change of a file.
pub type FileStamp = (PathBuf, u64, Option<SystemTime>);

/// Facts with many records, and the files that they were read from.
pub struct KnownResults {
    /// The hash of the results file and of the definitions.
    texts_hash: Hash128,
    records: Vec<FileStamp>,
    results: Results,
}

/// What the shown documents are built from.
pub struct Loaded {
    pub builder: Arc<Builder>,
    pub jobs: Vec<(Languages, Result<Job, Problems>)>,
}

impl Session {
    /// Reads everything that the shown documents need.
    pub(super) fn load(&mut self) -> Result<Loaded, Problems> {
        let project = Arc::new((self.open)()?);
        self.project = Some(project.clone());
        // Computed only if there are records: results without records are read again anyway.
        let texts_hash = LazyCell::new(|| hash_fact_texts(&project));
        let is_same = |known: &KnownResults| {
            known.texts_hash == *texts_hash
                && record_stamps(&project, known.results.record_source.as_ref()) == known.records
        };
        let known = self.known_results.as_ref().filter(|known| is_same(known)).map(|known| known.results.clone());
        if known.is_none() {
            self.facts_version += 1;
        }
        // Reading many records takes long, so the cities are listed while they are read.
        let (records, all_languages) = (Mutex::new(CityIndex::default()), LoadedProject::find_languages(&project));
        let is_known = known.is_some();
        let list = |city: &City| {
            if self.offers_city(&city.id) {
                records.lock().unwrap_or_else(PoisonError::into_inner).add(city, &all_languages);
            }
        };
        let parts = LoadedProject::load_parts_with(&project, &[], known, Some(&list));
        let ProjectParts { results, templates, design, languages, l10n_reference, mut problems } = parts;
        if let Some(results) = results.as_ref().filter(|_| !is_known) {
            let mut cities = CityIndex::default();
            let own = results.selected().into_iter().filter(|city| self.offers_city(&city.id));
            own.for_each(|city| cities.add(city, &all_languages));
            cities.append(&records.into_inner().unwrap_or_else(PoisonError::into_inner));
            self.cities = cities;
        }
        let has_records = |results: &&Results| results.record_source.is_some();
        self.known_results = results.as_ref().filter(has_records).filter(|_| problems.is_empty()).map(|results| {
            let records = record_stamps(&project, results.record_source.as_ref());
            KnownResults { texts_hash: *texts_hash, records, results: results.clone() }
        });
        let fonts = self.load_fonts(&project).map_err(|found| problems.extend(found)).ok();
        let (Some(results), Some(templates), Some(design), Some(fonts), true) =
            (results, templates, design, fonts, problems.is_empty())
        else {
            return Err(problems);
        };
        let project =
            LoadedProject { files: project, results, templates, design, languages, l10n_reference, seal: None };
        let subject = self.resolve_view(&project)?;
        let (locales, unreadable) = read_locales(&project, &fonts, &self.view.languages);
        let is_readable = |languages: &Languages| {
            let mut problems = Problems::new();
            for (name, found) in &unreadable {
                if languages.contains(name) {
                    problems.extend(found.iter().cloned());
                }
            }
            problems.into_result(())
        };
        let jobs = self
            .view
            .languages
            .iter()
            .map(|languages| {
                let job = is_readable(languages).and_then(|()| {
                    Job::new(&self.view.report, languages, subject.clone(), &project.results).ok_or_else(Problems::new)
                });
                (languages.clone(), job)
            })
            .collect();
        let plan = project.plan(&Selection { reports: vec![self.view.report.clone()], ..Selection::default() })?;
        let builder = Builder::for_screen(project, plan, locales, fonts);
        Ok(Loaded { builder: Arc::new(builder), jobs })
    }

    /// Reads the fonts, unless none of their files has changed.
    fn load_fonts(&mut self, project: &Project) -> Result<Fonts, Problems> {
        let stamps = project.list("fonts").map(|path| stamp(&project.folder().join(path))).collect();
        if let Some((known, fonts)) = &self.known_fonts
            && *known == stamps
        {
            return Ok(fonts.clone());
        }
        let fonts = Fonts::load(project)?;
        self.known_fonts = Some((stamps, fonts.clone()));
        Ok(fonts)
    }

    /// Updates the summary of the project, replaces what the view selects but the page does not offer by defaults, and returns
    /// what the documents are about.
    fn resolve_view(&mut self, project: &LoadedProject) -> Result<Subject, Problems> {
        let is_first = self.summary.is_none();
        let reports = self.offered_reports(project);
        if is_first || reports.is_empty() {
            self.check_selection(project)?;
        }
        if is_first {
            self.view = self.first_view(project, &reports);
        }
        let mut languages: Vec<String> = project.default_languages().into_iter().map(str::to_owned).collect();
        let others = project.languages.iter().filter(|name| !languages.contains(name)).cloned().collect::<Vec<_>>();
        languages.extend(others);
        let title =
            project.default_languages().iter().find_map(|language| project.results.programme.name.find(language));
        self.summary = Some(ProjectSummary {
            title: title.map(|forms| forms.name.clone()).unwrap_or_default(),
            languages,
            city_count: self.count_cities(project, &reports),
            has_edition: self.offers_edition(project, &reports),
            is_embedded: project.files.is_embedded_edition(),
            reports: reports.clone(),
        });
        let pseudo = project.pseudo_languages();
        let known = project.languages.iter().chain(&pseudo);
        let is_known = |languages: &Languages| languages.iter().all(|name| known.clone().any(|known| known == name));
        self.view.languages.retain(is_known);
        if self.view.languages.is_empty() {
            self.view.languages = project.default_languages().into_iter().map(Languages::one).collect();
        }
        let subject = self.find_subject(project, &reports)?;
        let has_documents = |report: &Report| match subject {
            Subject::Edition => report.has_edition_documents,
            _ => report.has_city_documents,
        };
        let is_shown = |report: &&Report| report.name == self.view.report && has_documents(report);
        if !reports.iter().any(|report| is_shown(&report)) {
            let other = reports.iter().find(|report| has_documents(report));
            self.view.report = other.map(|report| report.name.clone()).unwrap_or_default();
        }
        Ok(subject)
    }

    /// Returns an error if the command line selects what the project does not have.
    fn check_selection(&self, project: &LoadedProject) -> Result<(), Problems> {
        project.plan(&self.selection).map(|_| ())
    }

    /// Returns the reports that the page offers: those of the command line in their order, or else all.
    fn offered_reports(&self, project: &LoadedProject) -> Vec<Report> {
        let names = &self.selection.reports;
        let mut reports = project.reports();
        if !names.is_empty() {
            reports.retain(|report| names.contains(&report.name));
            reports.sort_by_key(|report| names.iter().position(|name| *name == report.name));
        }
        reports
    }

    /// Returns whether the page offers a city, if the project has it: one of the command line, or else any.
    fn offers_city(&self, id: &str) -> bool {
        let chosen = &self.selection.cities;
        chosen.is_empty() || chosen.iter().any(|chosen| chosen == id)
    }

    /// Returns whether the page offers documents about the edition. As in a build, there are none if cities are selected.
    fn offers_edition(&self, project: &LoadedProject, reports: &[Report]) -> bool {
        let has_documents = project.includes_edition() && reports.iter().any(|report| report.has_edition_documents);
        has_documents && self.selection.cities.is_empty()
    }

    /// Returns the number of cities that the page offers.
    fn count_cities(&self, project: &LoadedProject, reports: &[Report]) -> usize {
        let chosen: BTreeSet<&String> = self.selection.cities.iter().collect();
        match (has_city_documents(reports), chosen.len()) {
            (false, _) => 0,
            (true, 0) => project.results.selected().len() + project.results.record_counts.selected,
            (true, count) => count,
        }
    }

    /// Returns the first documents to show.
    fn first_view(&self, project: &LoadedProject, reports: &[Report]) -> View {
        let about_cities = reports.iter().find(|report| report.has_city_documents);
        let has_named_report = !self.selection.reports.is_empty() && self.selection.cities.is_empty();
        let report = about_cities.filter(|_| !has_named_report).or(reports.first());
        View {
            city: report.filter(|report| report.has_city_documents).and_then(|_| self.first_city(project)),
            report: report.map(|report| report.name.clone()).unwrap_or_default(),
            languages: self.selection.languages.iter().filter_map(|text| Languages::parse(text).ok()).collect(),
        }
    }

    /// Returns the first city that the page offers.
    fn first_city(&self, project: &LoadedProject) -> Option<String> {
        if !self.selection.cities.is_empty() {
            return self.selection.cities.iter().find(|id| find_city(project, id).is_some()).cloned();
        }
        let own = project.results.selected().first().map(|city| city.id.clone());
        own.or_else(|| {
            let mut records = project.results.records()?.flatten();
            records.find(|record| record.city.status == Status::Selected).map(|record| record.city.id)
        })
    }

    /// Finds the shown city. If it is no longer offered, the first one is shown, or else the edition.
    fn find_subject(&mut self, project: &LoadedProject, reports: &[Report]) -> Result<Subject, Problems> {
        let city = self.view.city.take();
        self.view.city = city.filter(|id| has_city_documents(reports) && self.offers_city(id));
        let offers_edition = self.offers_edition(project, reports);
        if self.view.city.is_none() && has_city_documents(reports) && !offers_edition {
            self.view.city = self.first_city(project);
        }
        if let Some((version, city, subject)) = &self.subject
            && *version == self.facts_version
            && *city == self.view.city
            && (city.is_some() || offers_edition)
        {
            return Ok(subject.clone());
        }
        let mut subject = self.view.city.as_deref().and_then(|id| find_city(project, id));
        if subject.is_none() && self.view.city.is_some() {
            self.view.city = self.first_city(project);
            subject = self.view.city.as_deref().and_then(|id| find_city(project, id));
        }
        if subject.is_none() {
            self.view.city = None;
            if !offers_edition {
                self.check_selection(project)?;
                let problem = Diagnostic::error(code::NO_DOCUMENTS, "the project has no document");
                return Err(problem.help("give a city the status `selected`").into());
            }
        }
        let subject = subject.unwrap_or(Subject::Edition);
        self.subject = Some((self.facts_version, self.view.city.clone(), subject.clone()));
        Ok(subject)
    }
}

fn has_city_documents(reports: &[Report]) -> bool {
    reports.iter().any(|report| report.has_city_documents)
}

/// Reads each language of the documents. Returns those that cannot be used with the reasons.
fn read_locales(project: &LoadedProject, fonts: &Fonts, shown: &[Languages]) -> (Vec<Locale>, Vec<(String, Problems)>) {
    let mut names: Vec<&str> = shown.iter().flat_map(Languages::iter).collect();
    names.sort_unstable();
    names.dedup();
    let (mut locales, mut unreadable) = (Vec::new(), Vec::new());
    for name in names {
        match project.read_locale(name).and_then(|locale| fonts.missing_families(&locale).into_result(locale)) {
            Ok(locale) => locales.push(locale),
            Err(problems) => unreadable.push((name.to_owned(), problems)),
        }
    }
    (locales, unreadable)
}

/// Finds a city in the results file, or else in the records.
fn find_city(project: &LoadedProject, id: &str) -> Option<Subject> {
    if let Some(at) = project.results.cities.iter().position(|city| city.id == id) {
        return Some(Subject::City(at));
    }
    let mut records = project.results.records()?.flatten();
    records.find(|record| record.city.id == id).map(|record| Subject::Record(record.into()))
}

/// Returns the hash of the results file and of the definitions.
fn hash_fact_texts(project: &Project) -> Hash128 {
    let mut hasher = Sha256::new();
    for file in
        [project.read_results().ok(), project.read_source(FACTS_PATH).ok(), project.read_source(STORY_PATH).ok()]
    {
        let (path, text) = file.as_ref().map_or(("", ""), |file| (&file.path, &file.text));
        for part in [path, text] {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
    }
    truncate_hash(hasher)
}

/// Returns the state of the files of records.
fn record_stamps(project: &Project, records: Option<&RecordSource>) -> Vec<FileStamp> {
    let paths = project.records.iter().cloned().chain(records.map(|records| records.path().to_owned()));
    let mut stamps = Vec::new();
    for path in paths {
        let entries = fs::read_dir(&path).into_iter().flatten().flatten();
        stamps.extend(entries.map(|entry| stamp(&entry.path())));
        stamps.push(stamp(&path));
    }
    stamps.sort();
    stamps
}

fn stamp(path: &Path) -> FileStamp {
    let metadata = fs::metadata(path).ok();
    let length = metadata.as_ref().map_or(0, fs::Metadata::len);
    (path.to_owned(), length, metadata.and_then(|metadata| metadata.modified().ok()))
}
