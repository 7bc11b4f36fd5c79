//! Which documents a run builds, as a stream: a run of any length holds only those in flight.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::shard::Shard;
use super::{LoadedProject, Report, select};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::{DocumentId, Format, Languages, file_stem};
use crate::hash::{Hash128, hash};
use crate::results::{City, Record, Results, Status};
use crate::store::Key;

/// The documents that a user asks for; an empty list means all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Each a language, or a pair such as `zh+en`.
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

/// Where the facts of a document are.
#[derive(Clone, Debug)]
pub enum Subject {
    Edition,
    /// Index among the cities of the results file.
    City(usize),
    /// A city from a stream of records.
    Record(Arc<Record>),
}

impl Job {
    /// Returns `None` if the results have no city at that index.
    pub fn new(report: &str, languages: &Languages, subject: Subject, results: &Results) -> Option<Self> {
        let city = match &subject {
            Subject::Edition => None,
            Subject::City(index) => Some(results.cities.get(*index)?.id.clone()),
            Subject::Record(record) => Some(record.city.id.clone()),
        };
        Some(Self { id: DocumentId { report: report.to_owned(), languages: languages.clone(), city }, subject })
    }

    pub fn key(&self) -> Key {
        self.id.key(Format::Pdf)
    }

    /// Returns the facts of the document, and its city.
    pub fn facts<'a>(&'a self, project: &'a LoadedProject) -> (&'a Results, Option<&'a City>) {
        match &self.subject {
            Subject::Edition => (&project.results, None),
            Subject::City(index) => (&project.results, project.results.cities.get(*index)),
            Subject::Record(record) => (&record.results, Some(&record.city)),
        }
    }
}

/// The documents of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub languages: Vec<Languages>,
    pub reports: Vec<Report>,
    /// Ids of the cities asked for; `None` for all.
    cities: Option<BTreeSet<String>>,
    /// Hashes of the keys of the documents asked for one by one; `None` for all.
    pub only: Option<HashSet<Hash128>>,
    pub shard: Option<Shard>,
    /// Whether cities from a stream of records have documents too.
    pub includes_records: bool,
    /// False when all cities come from a stream of records: a document of the edition would have nothing to list.
    has_edition_documents: bool,
}

impl Plan {
    fn includes(&self, city: Option<&str>, report: &str) -> bool {
        let is_selected = match city {
            Some(id) => self.cities.as_ref().is_none_or(|cities| cities.contains(id)),
            None => self.cities.is_none() && self.has_edition_documents,
        };
        // All documents of a city are in one shard.
        is_selected && self.shard.is_none_or(|shard| shard.contains(city.unwrap_or(report)))
    }

    fn job(&self, report: &Report, languages: &Languages, subject: Subject, results: &Results) -> Option<Job> {
        let job = Job::new(&report.name, languages, subject, results)?;
        let is_named = self.only.as_ref().is_none_or(|only| only.contains(&hash(job.key().path())));
        is_named.then_some(job)
    }
}

impl LoadedProject {
    /// Plans the documents of a selection.
    ///
    /// # Errors
    /// A language, report or city that the project does not have, names of documents that collide, or no document at all.
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
        let is_unsafe = |name: &str| {
            name.is_empty()
                || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b))
                || name.split('/').any(is_reserved)
        };
        for report in reports.iter().filter(|r| is_unsafe(&r.name)) {
            problems.push(
                Diagnostic::error(
                    code::OUTPUT_NAME,
                    format!("the name of the report `{}` is not a valid file name on every system", report.name),
                )
                .help("rename its folder in reports/ to letters a–z, digits, `-` and `_`"),
            );
        }
        for (index, report) in reports.iter().enumerate() {
            let is_same = |other: &&Report| other.name.eq_ignore_ascii_case(&report.name);
            if let Some(other) = reports[..index].iter().find(is_same) {
                let message = format!(
                    "the reports `{}` and `{}` have the same name on Windows and macOS",
                    other.name, report.name
                );
                problems.push(
                    Diagnostic::error(code::OUTPUT_NAME, message).help("rename one of their folders in reports/"),
                );
            }
        }
        let plan = Plan {
            languages,
            reports: reports.into_iter().filter(|r| report_names.contains(&r.name)).collect(),
            cities: (!selection.cities.is_empty()).then(|| selection.cities.iter().cloned().collect()),
            only: None,
            shard: None,
            includes_records: true,
            has_edition_documents: self.results.bulk.is_none() || !self.results.cities.is_empty(),
        };
        self.check_collisions(&plan, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        if self.documents(&plan).next().is_none() {
            return Err(Diagnostic::error(code::NO_DOCUMENTS, "the selection contains no document")
                .help("give a city the status `selected`, or select another report")
                .into());
        }
        Ok(plan)
    }

    /// Returns all documents of a selection at once, for small editions.
    pub fn jobs(&self, selection: &Selection) -> Result<Vec<Job>, Problems> {
        self.documents(&self.plan(selection)?).collect()
    }

    /// Returns the documents in the order in which they are reported. A stream of records is read again for each language
    /// and report.
    pub fn documents<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = Result<Job, Problems>> + Send + 'p {
        plan.languages.iter().flat_map(move |languages| {
            plan.reports.iter().flat_map(move |report| {
                let own = self.selected_cities(plan, report).map(|index| Ok(Subject::City(index)));
                let records = self.selected_records(plan, report);
                let edition = (report.has_edition && plan.includes(None, &report.name)).then_some(Ok(Subject::Edition));
                own.chain(records).chain(edition).filter_map(move |subject| {
                    subject.map(|subject| plan.job(report, languages, subject, &self.results)).transpose()
                })
            })
        })
    }

    fn selected_cities<'p>(&'p self, plan: &'p Plan, report: &'p Report) -> impl Iterator<Item = usize> + Send + 'p {
        let cities = self.results.cities.iter().enumerate().filter(|_| report.has_city);
        let wanted = move |city: &City| city.status == Status::Selected && plan.includes(Some(&city.id), &report.name);
        cities.filter(move |(_, city)| wanted(city)).map(|(index, _)| index)
    }

    fn selected_records<'p>(
        &'p self,
        plan: &'p Plan,
        report: &'p Report,
    ) -> impl Iterator<Item = Result<Subject, Problems>> + Send + 'p {
        let records =
            self.results.records().into_iter().flatten().take_while(|_| report.has_city && plan.includes_records);
        records.filter_map(move |record| match record {
            Ok(record) => (record.city.status == Status::Selected
                && plan.includes(Some(&record.city.id), &report.name))
            .then(|| Ok(Subject::Record(record.into()))),
            Err(problems) => Some(Err(problems)),
        })
    }

    /// Counts the documents of each language.
    pub fn count(&self, plan: &Plan) -> BTreeMap<Languages, usize> {
        let mut counts = BTreeMap::new();
        let is_everything = plan.cities.is_none() && plan.only.is_none() && plan.shard.is_none();
        if is_everything {
            // The survey of the records has counted them already.
            let own = self.results.cities.iter().filter(|city| city.status == Status::Selected).count();
            let cities = own + self.results.survey.selected;
            let of = |report: &Report| {
                usize::from(report.has_city) * cities + usize::from(report.has_edition && plan.has_edition_documents)
            };
            let each: usize = plan.reports.iter().map(of).sum();
            counts.extend(plan.languages.iter().map(|languages| (languages.clone(), each)));
        } else {
            for job in self.documents(plan).flatten() {
                *counts.entry(job.id.languages).or_default() += 1;
            }
        }
        counts
    }

    /// Reports cities that the user asked for and that do not exist or are not selected.
    fn check_cities(&self, asked: &[String], problems: &mut Problems) {
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
                    .suggest("", selected.iter().map(|c| c.id.as_str())),
                );
            }
        };
        for id in asked {
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

    /// Reports documents with the same key: the report `a-b` for the city `c`, and `a` for the city `b-c`.
    fn check_collisions(&self, plan: &Plan, problems: &mut Problems) {
        let names: Vec<String> = plan.reports.iter().map(|report| file_stem(&report.name)).collect();
        let is_prefix =
            |a: &String| names.iter().any(|b| b.strip_prefix(a.as_str()).is_some_and(|r| r.starts_with('-')));
        let has_duplicate = names.iter().collect::<BTreeSet<_>>().len() < names.len();
        let Some(languages) = plan.languages.first().filter(|_| has_duplicate || names.iter().any(is_prefix)) else {
            return;
        };
        let one = Plan { languages: vec![languages.clone()], ..plan.clone() };
        // Only hashes are kept in memory; the other document of a collision is looked up again.
        let mut seen = HashSet::new();
        for job in self.documents(&one).flatten() {
            if seen.insert(hash(job.key().path())) {
                continue;
            }
            let other = self.documents(&one).flatten().find(|other| other.key() == job.key());
            let both = other.map_or_else(|| job.id.to_string(), |other| format!("{} and {}", other.id, job.id));
            problems.push(
                Diagnostic::error(code::OUTPUT_NAME, format!("{both} would both be written to `{}`", job.key().path()))
                    .help("rename one of the reports or cities"),
            );
        }
    }
}

/// Whether Windows keeps a name for a device, with any extension (“Naming Files, Paths, and Namespaces”), or drops its end.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let is_numbered = ["COM", "LPT"]
        .iter()
        .any(|device| stem.strip_prefix(device).is_some_and(|digit| matches!(digit.as_bytes(), [b'1'..=b'9'])));
    is_numbered || ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || name.ends_with('.')
}
