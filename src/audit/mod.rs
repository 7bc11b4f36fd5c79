//! Reads finished documents and checks that they print every figure, date and rank of the results with the same value
//! in each language, and no other numbers.
//!
//! The templates are rendered again, and [`crate::locale::trace`] records the texts that the locales resolve. The audit
//! searches the PDF for each of these texts, the longest first, and reports every digit that is not part of a value in
//! one of them. It computes the value of a formatted number from its digits and from CLDR alone ([`numbers`]), so that
//! an error in a locale cannot hide itself.
//!
//! All documents about one city, or about the edition, are read together, and then forgotten: the memory of an audit does
//! not grow with the number of cities.

mod document;
mod fact;
mod numbers;
mod parity;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::locale::Locale;
use crate::locale::trace::ResolvedText;
use crate::results::{City, Results};
use crate::run::{Concurrency, Job, LoadedProject, Plan, Selection, Subject, engine};
use crate::store::Store;
use document::FinishedDocument;
use fact::Fact;
use parity::{FactTexts, NumeralsByLanguage, UnknownWords};

/// Maximum number of problems in documents about records that are reported.
const MAX_RECORD_PROBLEMS: usize = 100;

/// The result of an audit.
#[derive(Default)]
pub struct Audit {
    /// Number of documents that were read.
    pub documents: usize,
    pub found: Problems,
    /// Number of further problems in documents about records, which are not in `found`.
    pub omitted: usize,
}

/// What the documents about one subject have shown.
#[derive(Default)]
struct SubjectAudit {
    documents: usize,
    found: Problems,
    /// The documents that do not exist.
    missing: Vec<Job>,
    unknown_words: UnknownWords,
}

/// Audits the documents in `store` in the requested languages, by default in all that have a folder there.
pub fn audit_documents(project: &LoadedProject, languages: &[String], store: &dyn Store) -> Result<Audit, Problems> {
    let languages = match languages {
        [] => languages_in(project, store)?,
        _ => languages.to_vec(),
    };
    if languages.is_empty() {
        return Err(Diagnostic::error(
            code::UNREADABLE_DOCUMENT,
            format!("`{}` contains no documents", store.journal_location("")),
        )
        .help("build the documents with `gen-report build --out DIR`, and audit that folder")
        .into());
    }
    let plan = project.plan(&Selection { languages, ..Selection::default() })?;
    let mut locales: BTreeMap<&str, Locale> = BTreeMap::new();
    for language in plan.languages.iter().flat_map(Languages::iter) {
        if !locales.contains_key(language) {
            locales.insert(language, project.read_locale(language)?);
        }
    }
    let numerals = NumeralsByLanguage::new(project);
    let auditor = Auditor { project, plan: &plan, store, locales, numerals };
    let mut audit = Audit::default();
    let (mut missing, mut unknown_words) = (MissingDocuments::new(), UnknownWords::default());
    let mut record_problems = 0;
    engine::run(
        project.subjects(&plan),
        Concurrency::new(None),
        &AtomicBool::new(false),
        |subject| auditor.audit(subject),
        |_, audited| (audited, ControlFlow::Continue(())),
        |ready| {
            for delivery in ready {
                let (subject, audited) = match delivery {
                    Ok(delivery) => delivery,
                    Err(problems) => {
                        audit.found.extend(problems);
                        continue;
                    }
                };
                audit.documents += audited.documents;
                for job in audited.missing {
                    let group = missing.entry((job.id.languages.clone(), job.id.report.clone()));
                    group.or_insert_with(|| MissingGroup { first: job, count: 0 }).count += 1;
                }
                unknown_words.merge(audited.unknown_words);
                for problem in audited.found {
                    if matches!(subject, Subject::Record(_)) {
                        record_problems += 1;
                        if record_problems > MAX_RECORD_PROBLEMS {
                            audit.omitted += 1;
                            continue;
                        }
                    }
                    audit.found.push(problem);
                }
            }
            ControlFlow::Continue(())
        },
    );
    // A fact of the edition is read again in the documents of each city.
    audit.found.remove_duplicates();
    audit.found.extend(missing.into_values().map(|group| group.describe(store)));
    audit.found.extend(unknown_words.contradictions());
    Ok(audit)
}

/// The missing documents of each report in each language.
type MissingDocuments = BTreeMap<(Languages, String), MissingGroup>;

/// The missing documents of one report in one language.
struct MissingGroup {
    first: Job,
    count: usize,
}

impl MissingGroup {
    fn describe(&self, store: &dyn Store) -> Diagnostic {
        let Self { first, count } = self;
        let location = store.location(&first.key());
        let message = match count {
            1 => format!("`{location}` cannot be read: it does not exist"),
            _ => format!("`{location}` and {} more of this report cannot be read: they do not exist", count - 1),
        };
        let build = format!("`gen-report build --lang {} --report {}`", first.id.languages, first.id.report);
        let what = if *count == 1 { "it" } else { "them" };
        Diagnostic::error(code::UNREADABLE_DOCUMENT, message).help(format!("build {what} with {build}"))
    }
}

struct Auditor<'a> {
    project: &'a LoadedProject,
    plan: &'a Plan,
    store: &'a dyn Store,
    locales: BTreeMap<&'a str, Locale>,
    numerals: NumeralsByLanguage,
}

impl Auditor<'_> {
    /// Reads all documents about a subject.
    fn audit(&self, subject: &Subject) -> SubjectAudit {
        let mut audit = SubjectAudit::default();
        let mut fact_texts = FactTexts::default();
        // The facts that each language prints, by report.
        let mut facts: BTreeMap<String, BTreeMap<&str, BTreeSet<Fact>>> = BTreeMap::new();
        for job in self.project.jobs_about(self.plan, subject) {
            let Some(locales) = job.id.languages.iter().map(|l| self.locales.get(l)).collect::<Option<Vec<&Locale>>>()
            else {
                continue;
            };
            let location = self.store.location(&job.key());
            let document = match self.store.get(&job.key()) {
                Ok(Some(bytes)) => FinishedDocument::read(self.project, &job, location, bytes, &locales),
                Ok(None) => {
                    audit.missing.push(job);
                    continue;
                }
                Err(problem) => Err(problem.into()),
            };
            let document = match document {
                Ok(document) => document,
                Err(problems) => {
                    audit.found.extend(problems);
                    continue;
                }
            };
            audit.documents += 1;
            let (results, city) = job.facts(self.project);
            audit.found.extend(document.check(results, city));
            let by_language = facts.entry(job.id.report.clone()).or_default();
            for locale in &locales {
                // Texts from a fallback locale count for the language whose texts they replace.
                let own =
                    |text: &&ResolvedText| text.locale == locale.name || !locales.iter().any(|l| l.name == text.locale);
                let values = document.texts.iter().filter(own).flat_map(|text| &text.values);
                by_language.entry(&locale.name).or_default().extend(values.filter_map(|value| Fact::of(&value.value)));
            }
            fact_texts.add(&document.texts);
        }
        let (results, city) = subject.facts(self.project);
        for (report, by_language) in &facts {
            let name = city.map_or_else(|| report.clone(), |city| format!("{report}-{}", city.id));
            audit.found.extend(omitted_facts(results, city, &name, by_language));
        }
        audit.found.extend(fact_texts.check(&self.numerals, results, city, &mut audit.unknown_words));
        audit
    }
}

/// Returns an error for each figure and date that a document prints in some languages only. Numbers are not compared,
/// because a language may spell a rank out (“second”).
fn omitted_facts(
    results: &Results,
    city: Option<&City>,
    name: &str,
    by_language: &BTreeMap<&str, BTreeSet<Fact>>,
) -> Problems {
    let all: BTreeSet<&Fact> = by_language.values().flatten().collect();
    let mut problems = Problems::new();
    for fact in all.into_iter().filter(|fact| !matches!(fact, Fact::Number(_))) {
        let (with, without): (Vec<_>, Vec<_>) = by_language.iter().partition(|(_, facts)| facts.contains(fact));
        let list = |languages: &[(&&str, &BTreeSet<Fact>)]| {
            languages.iter().map(|(language, _)| format!("`{language}`")).collect::<Vec<_>>().join(", ")
        };
        if !without.is_empty() {
            let message = format!("`{name}` does not print {} in {}", fact.name(results, city), list(&without));
            let mut problem =
                Diagnostic::error(code::FACT_MISSING, message).note(format!("it is printed in {}", list(&with)));
            problem.places.extend(fact.place(results, city));
            problems.push(problem.help("print it in a message of each language"));
        }
    }
    problems
}

/// Returns the languages, or pairs of them, that have a folder in `store`.
fn languages_in(project: &LoadedProject, store: &dyn Store) -> crate::diagnostic::Result<Vec<String>> {
    let is_known = |language: &str| project.languages.iter().any(|known| known == language);
    let is_language = |name: &String| Languages::parse(name).is_ok_and(|pair| pair.iter().all(is_known));
    Ok(store.folders()?.into_iter().filter(is_language).collect())
}
