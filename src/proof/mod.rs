//! Proofs for translators: the pages of documents with a number where each message is printed, beside a list of the messages
//! with source text, translation, note, values and place in the file.
//!
//! A proof shows a document only if it prints a message that no earlier document prints. The documents are built as always;
//! numbers are drawn over their finished pages, so that nothing moves.

mod hard_coded;
mod labels;
mod list;
mod locate;
mod margin;
mod page_text;
mod pages;
mod picture;
mod web;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::locale::Locale;
use crate::locale::trace::ResolvedText;
use crate::run::{Builder, Job, LoadedProject, Plan, Subject, catch_panic};
use crate::template::Rendered;
use crate::typeset::Variant;
pub use hard_coded::find_hard_coded_text;
pub use list::{Entry, List, Print, Unprinted, UnprintedReason};
use locate::{Occurrence, message_of};

/// Maximum number of records whose documents are searched for messages.
const MAX_RECORDS: usize = 200;

/// A proof of one language.
pub struct Proof {
    pub language: String,
    /// The language that is translated from.
    pub source: String,
    pub documents: Vec<ProofDocument>,
    pub list: List,
}

/// A document of a proof.
pub struct ProofDocument {
    pub job: Job,
    pub pdf: Vec<u8>,
    pub pages: Vec<ProofPage>,
}

/// A page of a document, with the numbers of the messages on it.
pub struct ProofPage {
    /// In points.
    pub width: f64,
    pub height: f64,
    pub labels: Vec<NumberLabel>,
}

/// The number of a message where it is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberLabel {
    pub number: usize,
    /// The upper and the lower end of the caret drawn before its first letter.
    pub caret: [page_text::Position; 2],
}

/// The files of a proof.
pub struct ProofFiles {
    pub pdf: Vec<u8>,
    pub web_page: String,
}

/// A document with the messages that it prints.
struct Located {
    job: Job,
    pdf: Vec<u8>,
    /// Width and height of each page, in points.
    sizes: Vec<(f64, f64)>,
    texts: Vec<ResolvedText>,
    occurrences: Vec<Occurrence>,
}

impl Proof {
    /// Builds the documents of a plan in one language, and finds the messages on their pages.
    pub fn new(builder: &Builder, language: &str) -> Result<Self, Problems> {
        let locale = find_locale(builder, language)?;
        let source = builder.project.reference_language();
        let mut located = Vec::new();
        for (job, rendered, texts) in choose_documents(builder, locale)? {
            let name = job.id.to_string();
            located.push(catch_panic(&name, || locate_messages(builder, job, &rendered, texts))?);
        }
        let list = List::new(&builder.project, locale, &source, &located)?;
        let documents = located.into_iter().map(|document| document.number(&list)).collect();
        Ok(Self { language: language.to_owned(), source, documents, list })
    }

    /// Renders the proof as a PDF and a web page.
    pub fn build(&self, builder: &Builder) -> Result<ProofFiles, Problems> {
        let name = format!("proof in `{}`", self.language);
        catch_panic(&name, || {
            let labels = labels::Labels::read(builder, self)?;
            let pdf = pages::build(self, builder, &labels, &name)?;
            Ok(ProofFiles { pdf, web_page: web::build(self, builder, &labels)? })
        })
    }
}

/// Creates the builder for proofs.
///
/// # Errors
/// The plan has a pair of languages, or a locale or a font cannot be read.
pub fn builder(project: LoadedProject, plan: Plan) -> Result<Builder, Problems> {
    if let Some(pair) = plan.languages.iter().find(|languages| languages.is_pair()) {
        let message = format!("a proof is in one language, not in `{pair}`");
        let help = format!("make one proof of each: --lang {}", pair.iter().collect::<Vec<_>>().join(","));
        return Err(Diagnostic::error(code::NOT_IN_PROJECT, message).help(help).into());
    }
    Builder::new(project, plan, false, Variant::default())
}

fn find_locale<'a>(builder: &'a Builder, language: &str) -> Result<&'a Locale, Problems> {
    builder.locales.iter().find(|locale| locale.name == language).ok_or_else(|| {
        Diagnostic::error(code::NOT_IN_PROJECT, format!("the language `{language}` is not part of the plan")).into()
    })
}

/// Returns documents that together resolve all messages that any document of the plan resolves, each with its source and the
/// texts of its messages.
fn choose_documents(builder: &Builder, locale: &Locale) -> Result<Vec<(Job, Rendered, Vec<ResolvedText>)>, Problems> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut chosen = Vec::new();
    let (jobs, problems) = jobs_in(builder, &locale.name);
    for job in problems.into_result(jobs)? {
        let (rendered, trace) = builder.render_in_detail(&job);
        let ids: BTreeSet<String> = trace.texts.iter().filter_map(message_of).map(str::to_owned).collect();
        if ids.is_subset(&known) {
            continue;
        }
        known.extend(ids);
        chosen.push((job, rendered?, trace.texts));
    }
    Ok(chosen)
}

/// Returns the jobs of a plan in one language, in the order of its reports; those about records for the first [`MAX_RECORDS`].
/// Also returns what is wrong with records that cannot be read.
fn jobs_in(builder: &Builder, language: &str) -> (Vec<Job>, Problems) {
    let (project, plan) = (&builder.project, &builder.plan);
    let mut records = 0;
    let subjects = project.subjects(plan).take_while(|subject| {
        records += usize::from(matches!(subject, Ok(Subject::Record(_))));
        records <= MAX_RECORDS
    });
    // The edition comes last, and so after all records.
    let cities = subjects.filter(|subject| !matches!(subject, Ok(Subject::Edition)));
    let (mut jobs, mut problems) = (Vec::new(), Problems::new());
    for subject in cities.chain([Ok(Subject::Edition)]) {
        match subject {
            Ok(subject) => jobs.extend(project.jobs_about(plan, &subject)),
            Err(found) => problems.extend(found),
        }
    }
    jobs.retain(|job| job.id.languages == Languages::one(language));
    jobs.sort_by_key(|job| plan.reports.iter().position(|report| report.name == job.id.report));
    (jobs, problems)
}

/// Lays out a document, and finds its messages on the pages.
fn locate_messages(
    builder: &Builder,
    job: Job,
    rendered: &Rendered,
    texts: Vec<ResolvedText>,
) -> Result<Located, Problems> {
    let (pdf, sizes, occurrences) = builder.with_pages(&job, |layout_job, plain, pages| {
        let unmarked = Rendered::default();
        // If the message markers changed the source, they say nothing about these pages.
        let marked = if plain.source == rendered.source { rendered } else { &unmarked };
        let frames = pages.document.pages().iter().map(|page| page.frame.size());
        Ok((
            layout_job.export_pdf(plain, &pages)?,
            frames.map(|size| (size.x.to_pt(), size.y.to_pt())).collect(),
            locate::locate(&pages.document, pages.source(), marked, &texts),
        ))
    })?;
    Ok(Located { job, pdf, sizes, texts, occurrences })
}

impl Located {
    /// Returns the document with the numbers of its messages.
    fn number(self, list: &List) -> ProofDocument {
        let mut pages: Vec<ProofPage> = self
            .sizes
            .iter()
            .map(|(width, height)| ProofPage { width: *width, height: *height, labels: Vec::new() })
            .collect();
        for occurrence in &self.occurrences {
            let number = message_of(&self.texts[occurrence.text]).and_then(|id| list.number_of(id));
            if let (Some(number), Some(page)) = (number, pages.get_mut(occurrence.page)) {
                page.labels.push(NumberLabel { number, caret: occurrence.caret });
            }
        }
        for page in &mut pages {
            let carets: Vec<_> = page.labels.iter().map(|label| label.caret).collect();
            let order = margin::in_order(&carets).into_iter();
            page.labels = order.map(|(_, index)| page.labels[index].clone()).collect();
            page.labels.dedup();
        }
        ProofDocument { job: self.job, pdf: self.pdf, pages }
    }
}
