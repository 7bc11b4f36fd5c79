//! The words of the frame of a proof: the messages `proof-…` of its language.

use serde_json::{Map, Value as Json};

use super::ProofDocument;
use super::list::Reason;
use crate::diagnostic::Problems;
use crate::locale::{Args, Locale, Value, marks};
use crate::project::embedded;
use crate::run::Builder;

/// The words that need no variable: each is the message `proof-ID`.
const WORDS: &[&str] = &[
    "title",
    "legend",
    "source",
    "translation",
    "printed",
    "values",
    "note",
    "missing",
    "parts-title",
    "parts-text",
    "unprinted-title",
    "unprinted-text",
];

/// The words in one language. A language without them uses English.
pub struct Labels<'a> {
    pub locale: &'a Locale,
    english: Locale,
}

impl<'a> Labels<'a> {
    pub fn read(builder: &'a Builder, language: &str) -> Result<Self, Problems> {
        let fallback = |path: &'static str| path.strip_prefix("locales/")?.strip_suffix("/proof.ftl");
        let fallback = embedded::files().find_map(|(path, _)| fallback(path)).unwrap_or_default();
        let locale = super::find_locale(builder, language)?;
        Ok(Self { locale, english: builder.project.read_locale(fallback)? })
    }

    /// Returns the message `proof-ID`.
    pub fn text(&self, id: &str, args: Args<'_>) -> Result<String, Problems> {
        let id = format!("proof-{id}");
        let locale = if self.locale.has(&id) { self.locale } else { &self.english };
        Ok(marks::strip(&locale.message(&id, args)?).into_owned())
    }

    /// Returns all words that need no variable, and those of the reasons, by the ends of their identifiers.
    pub fn words(&self) -> Result<Map<String, Json>, Problems> {
        let reasons = Reason::ALL.map(|reason| format!("reason-{}", reason.word()));
        let ids = WORDS.iter().map(|id| (*id).to_owned()).chain(reasons);
        ids.map(|id| Ok((id.clone(), self.text(&id, Vec::new())?.into()))).collect()
    }

    /// Returns the name of a document: its report, and its city.
    pub fn document(&self, builder: &Builder, document: &ProofDocument) -> Result<String, Problems> {
        let id = &document.job.id;
        let report = match self.locale.has(&id.report) {
            true => marks::strip(&self.locale.message(&id.report, Vec::new())?).into_owned(),
            false => id.report.clone(),
        };
        let (results, city) = document.job.facts(&builder.project);
        let city = city.map(|city| self.locale.forms(&city.name, results)).transpose()?;
        Ok(city.map_or(report.clone(), |city| format!("{report} · {}", marks::strip(&city.name))))
    }

    /// Returns the words for a page of a document.
    pub fn page(&self, page: usize, pages: usize) -> Result<String, Problems> {
        self.text("page", vec![("page".into(), number(page)), ("pages".into(), number(pages))])
    }

    /// Returns the words for the numbers of the messages that a message is a part of.
    pub fn inside(&self, numbers: &[usize]) -> Result<String, Problems> {
        let numbers = numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
        self.text("inside", vec![("numbers".into(), Value::Code(numbers))])
    }
}

fn number(number: usize) -> Value {
    Value::Number((number as u64).into())
}
