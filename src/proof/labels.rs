//! The words of the frame of a proof: the messages `proof-…` of its language.

use std::collections::BTreeMap;

use super::list::UnprintedReason;
use super::{Proof, ProofDocument};
use crate::diagnostic::Problems;
use crate::locale::{Args, Locale, Value, text_marks};
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

/// The words in one language. A language without them uses those of the first embedded language that has them.
pub struct Labels<'a> {
    pub locale: &'a Locale,
    /// The language that is translated from.
    pub reference: Locale,
    /// The language that has the words; `None` if it is the reference.
    fallback: Option<Locale>,
    words: BTreeMap<String, String>,
}

impl<'a> Labels<'a> {
    pub fn read(builder: &'a Builder, proof: &Proof) -> Result<Self, Problems> {
        let fallback = embedded::language_with("proof.ftl");
        let project = &builder.project;
        let mut labels = Self {
            locale: super::find_locale(builder, &proof.language)?,
            reference: project.read_locale(&proof.source)?,
            fallback: (fallback != proof.source).then(|| project.read_locale(fallback)).transpose()?,
            words: BTreeMap::new(),
        };
        let reasons = UnprintedReason::ALL.map(|reason| format!("reason-{}", reason.as_str()));
        let ids = WORDS.iter().map(|id| (*id).to_owned()).chain(reasons);
        labels.words =
            ids.map(|id| Ok((id.clone(), labels.text(&id, Vec::new())?))).collect::<Result<_, Problems>>()?;
        Ok(labels)
    }

    /// Returns the message `proof-ID`.
    fn text(&self, id: &str, args: Args<'_>) -> Result<String, Problems> {
        let id = format!("proof-{id}");
        let locale = if self.locale.has(&id) { self.locale } else { self.fallback.as_ref().unwrap_or(&self.reference) };
        Ok(text_marks::strip(&locale.message(&id, args)?).into_owned())
    }

    /// Returns the words that need no variable, and those of the reasons, by the suffixes of their message ids `proof-…`.
    pub fn words(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// Returns one of [`Self::words`].
    pub fn word(&self, id: &str) -> &str {
        self.words.get(id).map_or("", String::as_str)
    }

    /// Returns the name of a document: its report, and its city.
    pub fn document(&self, builder: &Builder, document: &ProofDocument) -> Result<String, Problems> {
        let id = &document.job.id;
        let report = match self.locale.has(&id.report) {
            true => text_marks::strip(&self.locale.message(&id.report, Vec::new())?).into_owned(),
            false => id.report.clone(),
        };
        let (results, city) = document.job.facts(&builder.project);
        let city = city.map(|city| self.locale.forms(&city.name, results)).transpose()?;
        Ok(city.map_or(report.clone(), |city| format!("{report} · {}", text_marks::strip(&city.name))))
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
