//! Selects the documents of a run. They are a stream, so that the memory of a run does not grow with their number.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::manifest::read_document_list;
use super::shard::Shard;
use super::{LoadedProject, Report, select};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::{DocumentId, Format, Languages, file_stem};
use crate::hash::Hash128;
use crate::results::{City, Record, Results, Status};
use crate::store::Key;

/// The documents that a user requests. An empty list requests all reports or cities, or the default languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Single languages, or pairs such as `zh+en`.
    pub languages: Vec<String>,
    pub reports: Vec<String>,
    pub cities: Vec<String>,
}

/// One document to build, with its facts.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: DocumentId,
    pub subject: Subject,
}

/// What a document is about.
#[derive(Clone, Debug)]
pub enum Subject {
    Edition,
    /// The index of a city in the results file.
    City(usize),
    /// A city from a stream of records.
    Record(Arc<Record>),
}

impl Job {
    /// Creates a job; `None` if the results have no city at the index of the subject.
    pub fn new(report: &str, languages: &Languages, subject: Subject, results: &Results) -> Option<Self> {
        let city = match &subject {
            Subject::Edition => None,
            Subject::City(index) => Some(results.cities.get(*index)?.id.clone()),
            Subject::Record(record) => Some(record.city.id.clone()),
        };
        Some(Self { id: DocumentId { report: report.to_owned(), languages: languages.clone(), city }, subject })
    }

    /// Returns the key of the PDF in a store.
    pub fn key(&self) -> Key {
        self.id.key(Format::Pdf)
    }

    /// Returns the facts of the document, and its city if it is about one.
    pub fn facts<'a>(&'a self, project: &'a LoadedProject) -> (&'a Results, Option<&'a City>) {
        self.subject.facts(project)
    }
}

impl Subject {
    /// Returns the facts of documents about the subject, and its city if it is one.
    pub fn facts<'a>(&'a self, project: &'a LoadedProject) -> (&'a Results, Option<&'a City>) {
        match self {
            Self::Edition => (&project.results, None),
            Self::City(index) => (&project.results, project.results.cities.get(*index)),
            Self::Record(record) => (&record.results, Some(&record.city)),
        }
    }
}

/// The documents of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub languages: Vec<Languages>,
    pub reports: Vec<Report>,
    /// The ids of the requested cities; `None` for all.
    cities: Option<BTreeSet<String>>,
    /// The hashes of the keys of the documents listed with `--only`; `None` for all.
    pub only: Option<HashSet<Hash128>>,
    pub shard: Option<Shard>,
    /// Whether the edition itself has documents. Not if all cities come from a stream of records, because a document of
    /// the edition would have nothing to list.
    includes_edition: bool,
}

impl Plan {
    /// Whether the plan includes the documents about a city.
    fn includes_city(&self, id: &str) -> bool {
        let is_requested = self.cities.as_ref().is_none_or(|cities| cities.contains(id));
        // All documents of a city are in one shard.
        is_requested && self.shard.is_none_or(|shard| shard.contains(id))
    }

    /// Whether the plan includes the document of a report about the edition.
    fn includes_edition_document(&self, report: &str) -> bool {
        self.cities.is_none() && self.includes_edition && self.shard.is_none_or(|shard| shard.contains(report))
    }
}

impl LoadedProject {
    /// Plans the documents of a selection.
    ///
    /// # Errors
    /// The project does not have a requested language, report or city, two documents have the same key, or the
    /// selection is empty.
    pub fn plan(&self, selection: &Selection) -> Result<Plan, Problems> {
        let reports = self.reports();
        let mut problems = Problems::new();
        let languages = self.select_languages(&selection.languages, &mut problems);
        let names: Vec<&str> = reports.iter().map(|r| r.name.as_str()).collect();
        let report_names = select(&selection.reports, &names, "report", &names, &mut problems);
        self.check_cities(&selection.cities, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        check_report_names(&reports, &mut problems);
        let plan = Plan {
            languages,
            reports: reports.into_iter().filter(|r| report_names.contains(&r.name)).collect(),
            cities: (!selection.cities.is_empty()).then(|| selection.cities.iter().cloned().collect()),
            only: None,
            shard: None,
            includes_edition: self.includes_edition(),
        };
        self.check_collisions(&plan, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        if self.jobs(&plan).next().is_none() {
            return Err(Diagnostic::error(code::NO_DOCUMENTS, "the selection contains no document")
                .help("give a city the status `selected`, or select another report")
                .into());
        }
        Ok(plan)
    }

    /// Plans those documents of a selection that `only` lists (a failed.jsonl or manifest.jsonl) and that belong to a shard. If no
    /// language is requested, the languages are those of the list.
    ///
    /// # Errors
    /// As for [`Self::plan`], or none of these documents is left.
    pub fn plan_part(
        &self,
        mut selection: Selection,
        only: Option<&Path>,
        shard: Option<Shard>,
    ) -> Result<Plan, Problems> {
        let only = only.map(read_document_list).transpose()?.map(|(documents, languages)| {
            if selection.languages.is_empty() {
                selection.languages = languages;
            }
            documents
        });
        let plan = Plan { only, shard, ..self.plan(&selection)? };
        if plan.only.is_some() && self.jobs(&plan).next().is_none() {
            return Err(Diagnostic::error(
                code::NO_DOCUMENTS,
                "the project has none of the documents listed in `--only`",
            )
            .note("their cities or reports were removed, or belong to another shard")
            .help("remove `--only`")
            .into());
        }
        Ok(plan)
    }

    /// Whether plans include documents about the edition, see [`Plan::includes_edition`].
    pub fn includes_edition(&self) -> bool {
        self.results.record_source.is_none() || !self.results.cities.is_empty()
    }

    /// Returns all jobs of a selection as a list, for small editions.
    pub fn collect_jobs(&self, selection: &Selection) -> Result<Vec<Job>, Problems> {
        self.jobs(&self.plan(selection)?).collect()
    }

    /// Returns the jobs of a plan in the order in which documents are reported. A stream of records is read again for
    /// each language and report.
    pub fn jobs<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = Result<Job, Problems>> + Send + 'p {
        plan.languages.iter().flat_map(move |languages| {
            plan.reports.iter().flat_map(move |report| {
                let cities = report.has_city_documents.then(|| self.selected_cities(plan)).into_iter().flatten();
                let edition = [Ok(Subject::Edition)].into_iter();
                cities.chain(edition).filter_map(move |subject| {
                    subject.map(|subject| self.new_job(plan, report, languages, subject)).transpose()
                })
            })
        })
    }

    /// Returns what the documents of a plan are about: its cities, and the edition.
    pub fn subjects<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = Result<Subject, Problems>> + Send + 'p {
        self.selected_cities(plan).chain([Ok(Subject::Edition)])
    }

    /// Returns the jobs of a plan about one of its subjects.
    pub fn jobs_about(&self, plan: &Plan, subject: &Subject) -> Vec<Job> {
        let documents =
            plan.languages.iter().flat_map(|languages| plan.reports.iter().map(move |report| (languages, report)));
        documents.filter_map(|(languages, report)| self.new_job(plan, report, languages, subject.clone())).collect()
    }

    /// Returns the selected cities of a plan, those in the results file first.
    fn selected_cities<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = Result<Subject, Problems>> + Send + 'p {
        let is_selected = |city: &City| city.status == Status::Selected && plan.includes_city(&city.id);
        let in_memory = self.results.cities.iter().enumerate().filter(move |(_, city)| is_selected(city));
        let in_memory = in_memory.map(|(index, _)| Ok(Subject::City(index)));
        let records = self.results.records().into_iter().flatten().filter_map(move |record| match record {
            Ok(record) => is_selected(&record.city).then(|| Ok(Subject::Record(record.into()))),
            Err(problems) => Some(Err(problems)),
        });
        in_memory.chain(records)
    }

    /// Creates a job, if the plan includes this document.
    fn new_job(&self, plan: &Plan, report: &Report, languages: &Languages, subject: Subject) -> Option<Job> {
        let is_included = match subject {
            Subject::Edition => report.has_edition_documents && plan.includes_edition_document(&report.name),
            Subject::City(_) | Subject::Record(_) => report.has_city_documents,
        };
        if !is_included {
            return None;
        }
        let job = Job::new(&report.name, languages, subject, &self.results)?;
        let is_listed = plan.only.as_ref().is_none_or(|only| only.contains(&job.key().hash()));
        is_listed.then_some(job)
    }

    /// Returns the number of documents in each language.
    pub fn count_by_language(&self, plan: &Plan) -> BTreeMap<Languages, usize> {
        let mut counts = BTreeMap::new();
        let is_everything = plan.cities.is_none() && plan.only.is_none() && plan.shard.is_none();
        if is_everything {
            // The selected records were counted when the stream was first read.
            let own = self.results.cities.iter().filter(|city| city.status == Status::Selected).count();
            let cities = own + self.results.record_counts.selected;
            let count_documents = |report: &Report| {
                usize::from(report.has_city_documents) * cities
                    + usize::from(report.has_edition_documents && plan.includes_edition)
            };
            let per_language: usize = plan.reports.iter().map(count_documents).sum();
            counts.extend(plan.languages.iter().map(|languages| (languages.clone(), per_language)));
        } else {
            for job in self.jobs(plan).flatten() {
                *counts.entry(job.id.languages).or_default() += 1;
            }
        }
        counts
    }

    /// Reports requested cities that do not exist, or whose status is not `selected`.
    fn check_cities(&self, requested: &[String], problems: &mut Problems) {
        let mut missing: Vec<String> = Vec::new();
        let mut check = |city: &City, results: &Results| {
            if city.status != Status::Selected {
                let selected = self.results.selected();
                problems.push(
                    Diagnostic::error(
                        code::NOT_IN_PROJECT,
                        format!(
                            "the city `{}` has the status `{}`, so it has no documents",
                            city.id,
                            city.status.word()
                        ),
                    )
                    .place(results.place(&city.span))
                    .list_known(selected.iter().map(|c| c.id.as_str())),
                );
            }
        };
        for id in requested {
            match self.results.city(id) {
                Some(city) => check(city, &self.results),
                None => missing.push(id.clone()),
            }
        }
        for record in self.results.records().into_iter().flatten().flatten() {
            if missing.is_empty() {
                break;
            }
            if let Some(at) = missing.iter().position(|id| *id == record.city.id) {
                check(&record.city, &record.results);
                missing.remove(at);
            }
        }
        let known: Vec<&str> = self.results.cities.iter().map(|c| c.id.as_str()).collect();
        select(&missing, &[], "city", &known, problems);
    }

    /// Returns the ids of all selected cities, those in the results file first. Records are read for it, one at a time.
    pub fn selected_ids(&self) -> impl Iterator<Item = String> {
        let in_memory = self.results.selected().into_iter().map(|city| city.id.clone());
        let records = self.results.records().into_iter().flatten().flatten().map(|record| record.city);
        in_memory.chain(records.filter(|city| city.status == Status::Selected).map(|city| city.id))
    }

    /// Reports documents with the same key, such as the report `a-b` for the city `c`, and `a` for the city `b-c`.
    fn check_collisions(&self, plan: &Plan, problems: &mut Problems) {
        let names: Vec<String> = plan.reports.iter().map(|report| file_stem(&report.name)).collect();
        let is_prefix =
            |a: &String| names.iter().any(|b| b.strip_prefix(a.as_str()).is_some_and(|r| r.starts_with('-')));
        let has_duplicate = names.iter().collect::<BTreeSet<_>>().len() < names.len();
        let Some(languages) = plan.languages.first().filter(|_| has_duplicate || names.iter().any(is_prefix)) else {
            return;
        };
        let one_language = Plan { languages: vec![languages.clone()], ..plan.clone() };
        // Only hashes are kept in memory; the other document of a collision is looked up again.
        let mut seen = HashSet::new();
        for job in self.jobs(&one_language).flatten() {
            if seen.insert(job.key().hash()) {
                continue;
            }
            let other = self.jobs(&one_language).flatten().find(|other| other.key() == job.key());
            let both = other.map_or_else(|| job.id.to_string(), |other| format!("{} and {}", other.id, job.id));
            problems.push(
                Diagnostic::error(code::OUTPUT_NAME, format!("{both} would both be written to `{}`", job.key().path()))
                    .help("rename one of the reports or cities"),
            );
        }
    }
}

/// Adds the problems with names of reports that cannot be file names on every system.
fn check_report_names(reports: &[Report], problems: &mut Problems) {
    let is_invalid = |name: &str| {
        name.is_empty()
            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
            || name.split('/').any(is_reserved)
    };
    for report in reports.iter().filter(|r| is_invalid(&r.name)) {
        problems.push(
            Diagnostic::error(
                code::OUTPUT_NAME,
                format!("the name of the report `{}` is not a valid file name on every system", report.name),
            )
            .help("rename its folder in reports/ to letters a–z, digits, `-` and `_`"),
        );
    }
    for (index, report) in reports.iter().enumerate() {
        let has_same_name = |other: &&Report| other.name.eq_ignore_ascii_case(&report.name);
        if let Some(other) = reports[..index].iter().find(has_same_name) {
            let message =
                format!("the reports `{}` and `{}` have the same name on Windows and macOS", other.name, report.name);
            problems
                .push(Diagnostic::error(code::OUTPUT_NAME, message).help("rename one of their folders in reports/"));
        }
    }
}

/// Whether Windows reserves a name for a device, with any extension, or would drop the dot at its end (see Microsoft's
/// “Naming Files, Paths, and Namespaces”).
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let is_numbered = ["COM", "LPT"]
        .iter()
        .any(|device| stem.strip_prefix(device).is_some_and(|digit| matches!(digit.as_bytes(), [b'1'..=b'9'])));
    is_numbered || ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || name.ends_with('.')
}
