//! Which documents are to be made, as a stream: a run of any length holds only those in hand.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::{Choice, Edition, Report, chosen};
use crate::diagnostic::{Diagnostic, code};
use crate::hash::{Hash128, hash};
use crate::results::{City, Record, Results, Status};
use crate::shard::Shard;

/// One document to make.
#[derive(Clone, Debug)]
pub struct Job {
    pub report: String,
    pub language: String,
    subject: Subject,
    pub city_id: Option<String>,
    /// Names the document in its store: `fr/certificate-beijing.pdf`.
    pub key: String,
}

/// What a document is about.
#[derive(Clone, Debug)]
pub enum Subject {
    Edition,
    /// Index among the cities of the results.
    City(usize),
    /// One of many.
    Record(Arc<Record>),
}

impl Job {
    pub fn new(report: &str, language: &str, subject: Subject, results: &Results) -> Option<Self> {
        let city_id = match &subject {
            Subject::Edition => None,
            Subject::City(index) => Some(results.cities.get(*index)?.id.clone()),
            Subject::Record(record) => Some(record.city.id.clone()),
        };
        let key = key(report, language, city_id.as_deref());
        Some(Self { report: report.to_owned(), language: language.to_owned(), subject, city_id, key })
    }

    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    pub fn template(&self) -> String {
        format!("{}/{}", self.report, if self.city_id.is_some() { "city" } else { "edition" })
    }

    /// How messages call the document.
    pub fn name(&self) -> String {
        match &self.city_id {
            Some(city) => format!("{}-{city} in `{}`", self.report, self.language),
            None => format!("{} in `{}`", self.report, self.language),
        }
    }

    /// The facts of the document, and its city.
    pub fn facts<'a>(&'a self, edition: &'a Edition) -> (&'a Results, Option<&'a City>) {
        match &self.subject {
            Subject::Edition => (&edition.results, None),
            Subject::City(index) => (&edition.results, edition.results.cities.get(*index)),
            Subject::Record(record) => (&record.results, Some(&record.city)),
        }
    }
}

fn key(report: &str, language: &str, city: Option<&str>) -> String {
    let file = match city {
        Some(city) => format!("{report}-{city}.pdf"),
        None => format!("{report}.pdf"),
    };
    format!("{language}/{}", file.replace('/', "-"))
}

/// What a run makes.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Each a language, or two of them as `zh+en`.
    pub languages: Vec<String>,
    pub reports: Vec<Report>,
    /// The cities asked for.
    cities: Option<BTreeSet<String>>,
    /// Sums of the documents asked for by name.
    pub only: Option<HashSet<Hash128>>,
    pub shard: Option<Shard>,
    /// Whether cities in bulk have documents too.
    pub records: bool,
    /// With cities in bulk alone, there is nothing that a document of the edition could list.
    edition_documents: bool,
}

impl Plan {
    fn has(&self, city: Option<&str>, report: &str) -> bool {
        let named = match city {
            Some(id) => self.cities.as_ref().is_none_or(|cities| cities.contains(id)),
            None => self.cities.is_none() && self.edition_documents,
        };
        // All documents of a city are in one shard.
        named && self.shard.is_none_or(|shard| shard.holds(city.unwrap_or(report)))
    }

    fn job(&self, report: &Report, language: &str, subject: Subject, results: &Results) -> Option<Job> {
        let job = Job::new(&report.name, language, subject, results)?;
        let asked = self.only.as_ref().is_none_or(|only| only.contains(&hash(&job.key)));
        asked.then_some(job)
    }
}

type Found = Result<Job, Vec<Diagnostic>>;

impl Edition {
    /// What is to be made, checked as far as it can be without reading all records again.
    pub fn plan(&self, choice: &Choice) -> Result<Plan, Vec<Diagnostic>> {
        let reports = self.reports();
        let mut problems = Vec::new();
        let languages = self.chosen_languages(&choice.languages, &mut problems);
        let names: Vec<&str> = reports.iter().map(|r| r.name.as_str()).collect();
        let report_names = chosen(&choice.reports, &names, "report", &names, &mut problems);
        self.chosen_cities(&choice.cities, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let unsafe_name =
            |name: &str| name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
        for report in reports.iter().filter(|r| unsafe_name(&r.name)) {
            problems.push(
                Diagnostic::error(
                    code::OUTPUT_NAME,
                    format!("the report `{}` cannot name a file everywhere", report.name),
                )
                .help("rename its folder in reports/ to letters a–z, digits, `-` and `_`"),
            );
        }
        let plan = Plan {
            languages,
            reports: reports.into_iter().filter(|r| report_names.contains(&r.name)).collect(),
            cities: (!choice.cities.is_empty()).then(|| choice.cities.iter().cloned().collect()),
            only: None,
            shard: None,
            records: true,
            edition_documents: self.results.bulk.is_none() || !self.results.cities.is_empty(),
        };
        self.same_names(&plan, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        if self.documents(&plan).next().is_none() {
            return Err(vec![
                Diagnostic::error(code::NOTHING_TO_MAKE, "there is nothing to make")
                    .help("give a city the status `selected`, or choose another report"),
            ]);
        }
        Ok(plan)
    }

    /// The documents of a small edition, in the order in which they are reported.
    pub fn jobs(&self, choice: &Choice) -> Result<Vec<Job>, Vec<Diagnostic>> {
        self.documents(&self.plan(choice)?).collect()
    }

    /// The documents, in the order in which they are reported. Records are read again for each language and report.
    pub fn documents<'p>(&'p self, plan: &'p Plan) -> impl Iterator<Item = Found> + Send + 'p {
        plan.languages.iter().flat_map(move |language| {
            plan.reports.iter().flat_map(move |report| {
                let own = self.selected_cities(plan, report).map(|index| Ok(Subject::City(index)));
                let records = self.selected_records(plan, report);
                let edition = (report.edition && plan.has(None, &report.name)).then_some(Ok(Subject::Edition));
                own.chain(records).chain(edition).filter_map(move |subject| {
                    subject.map(|subject| plan.job(report, language, subject, &self.results)).transpose()
                })
            })
        })
    }

    fn selected_cities<'p>(&'p self, plan: &'p Plan, report: &'p Report) -> impl Iterator<Item = usize> + Send + 'p {
        let cities = self.results.cities.iter().enumerate().filter(|_| report.city);
        let wanted = move |city: &City| city.status == Status::Selected && plan.has(Some(&city.id), &report.name);
        cities.filter(move |(_, city)| wanted(city)).map(|(index, _)| index)
    }

    fn selected_records<'p>(
        &'p self,
        plan: &'p Plan,
        report: &'p Report,
    ) -> impl Iterator<Item = Result<Subject, Vec<Diagnostic>>> + Send + 'p {
        let records = self.results.records().into_iter().flatten().take_while(|_| report.city && plan.records);
        records.filter_map(move |record| match record {
            Ok(record) => (record.city.status == Status::Selected && plan.has(Some(&record.city.id), &report.name))
                .then(|| Ok(Subject::Record(record.into()))),
            Err(problems) => Some(Err(problems)),
        })
    }

    /// How many documents there are of each language.
    pub fn count(&self, plan: &Plan) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        let every = plan.cities.is_none() && plan.only.is_none() && plan.shard.is_none();
        if every {
            // The survey has counted the records.
            let own = self.results.cities.iter().filter(|city| city.status == Status::Selected).count();
            let cities = own + self.results.survey.selected;
            let of = |report: &Report| {
                usize::from(report.city) * cities + usize::from(report.edition && plan.edition_documents)
            };
            let each: usize = plan.reports.iter().map(of).sum();
            counts.extend(plan.languages.iter().map(|language| (language.clone(), each)));
        } else {
            for job in self.documents(plan).flatten() {
                *counts.entry(job.language).or_default() += 1;
            }
        }
        counts
    }

    /// Complains of cities asked for that are not there, or not selected.
    fn chosen_cities(&self, asked: &[String], problems: &mut Vec<Diagnostic>) {
        let mut missing: Vec<String> = Vec::new();
        let mut refuse = |city: &City, results: &Results| {
            if city.status != Status::Selected {
                let selected = self.results.selected();
                problems.push(
                    Diagnostic::error(
                        code::NOT_IN_PROJECT,
                        format!("the city `{}` is {}, not selected: it gets no documents", city.id, city.status.word()),
                    )
                    .place(results.place(&city.span))
                    .suggest("", selected.iter().map(|c| c.id.as_str())),
                );
            }
        };
        for id in asked {
            match self.results.city(id) {
                Some(city) => refuse(city, &self.results),
                None => missing.push(id.clone()),
            }
        }
        for record in self.results.records().into_iter().flatten().flatten() {
            if missing.is_empty() {
                break;
            }
            if let Some(at) = missing.iter().position(|id| *id == record.city.id) {
                refuse(&record.city, &record.results);
                missing.remove(at);
            }
        }
        let known: Vec<&str> = self.results.cities.iter().map(|c| c.id.as_str()).collect();
        chosen(&missing, &[], "city", &known, problems);
    }

    /// Complains of documents that would have the same name: `a-b` of the city `c`, and `a` of the city `b-c`.
    fn same_names(&self, plan: &Plan, problems: &mut Vec<Diagnostic>) {
        let flat = |report: &Report| report.name.replace('/', "-");
        let names: Vec<String> = plan.reports.iter().map(flat).collect();
        let begins = |a: &String| names.iter().any(|b| b.strip_prefix(a.as_str()).is_some_and(|r| r.starts_with('-')));
        let twice = names.iter().collect::<BTreeSet<_>>().len() < names.len();
        let Some(language) = plan.languages.first().filter(|_| twice || names.iter().any(begins)) else { return };
        let one = Plan { languages: vec![language.clone()], ..plan.clone() };
        // Sums alone stand in memory; the other document is found again where two are the same.
        let mut told = HashSet::new();
        for job in self.documents(&one).flatten() {
            if told.insert(hash(&job.key)) {
                continue;
            }
            let other = self.documents(&one).flatten().find(|other| other.key == job.key);
            let both = other.map_or_else(|| job.name(), |other| format!("{} and {}", other.name(), job.name()));
            problems.push(
                Diagnostic::error(code::OUTPUT_NAME, format!("{both} would both be `{}`", job.key))
                    .help("rename one of the reports or cities"),
            );
        }
    }
}
