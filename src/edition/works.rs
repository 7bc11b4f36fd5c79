//! The making of one document.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::thread;

use sha2::{Digest, Sha256};

use super::plan::{Job, Plan};
use super::{Edition, Inputs};
use crate::diagnostic::{Diagnostic, code};
use crate::hash::Hash128;
use crate::locale::Locale;
use crate::store::Store;
use crate::template::Rendered;
use crate::typeset::{Fonts, Pages, Press, Sheet, Variant};

/// What became of a job.
pub struct Outcome {
    pub status: Status,
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Made(Made),
    /// An earlier run made it of the same input.
    Kept,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub pages: usize,
    pub bytes: usize,
    /// SHA-256 of the document.
    pub sha256: [u8; 32],
    /// Hash of all that it was made of.
    pub input: Hash128,
}

/// A document in memory.
pub type Document = (Vec<u8>, usize, Vec<Diagnostic>);

/// Makes a document; a breakdown of the typesetter is an error like any other.
pub fn unbroken<T>(name: &str, make: impl FnOnce() -> Result<T, Vec<Diagnostic>>) -> Result<T, Vec<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|panic| {
        let why = panic
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        Err(vec![
            Diagnostic::error(code::BREAKDOWN, format!("the typesetter broke down on {name}: {why}"))
                .help("this is a fault of the program: please report it with the project's files"),
        ])
    })
}

/// Everything that the making of documents needs.
pub struct Works {
    pub edition: Edition,
    pub plan: Plan,
    pub locales: Vec<Locale>,
    pub press: Press,
    /// Asked for by runs that keep a manifest, and by no other.
    inputs: OnceLock<Inputs>,
}

impl Works {
    /// Reads the locales that the plan needs, and the fonts. `strict`: nothing comes from a fallback.
    pub fn prepare(edition: Edition, plan: Plan, strict: bool, variant: Variant) -> Result<Self, Vec<Diagnostic>> {
        let mut languages: Vec<&str> = plan.languages.iter().flat_map(|l| l.split('+')).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut problems = Vec::new();
        let (fonts, locales) = thread::scope(|scope| {
            let fonts = scope.spawn(|| Fonts::load(&edition.project));
            let locales: Vec<_> = languages.iter().map(|language| edition.locale(language)).collect();
            (fonts.join(), locales)
        });
        let fonts = fonts.unwrap_or_else(|_| Err(vec![Diagnostic::error(code::FONT_FILE, "a font broke the reader")]));
        let fonts = fonts.map_err(|found| problems.extend(found)).ok();
        let mut locales: Vec<Locale> =
            locales.into_iter().filter_map(|l| l.map_err(|found| problems.extend(found)).ok()).collect();
        locales.iter_mut().for_each(|locale| locale.strict = strict);
        if let Some(fonts) = &fonts {
            problems.extend(locales.iter().flat_map(|locale| fonts.missing(locale)));
            fonts.recognise(&locales);
        }
        match fonts {
            Some(fonts) if problems.is_empty() => Ok(Self::new(edition, plan, locales, fonts, variant)),
            _ => Err(problems),
        }
    }

    /// What was read already; the locales are those of the plan, and the fonts have what they name.
    pub fn new(edition: Edition, plan: Plan, locales: Vec<Locale>, fonts: Fonts, variant: Variant) -> Self {
        let press = Press::new(edition.project.clone(), fonts, variant);
        Self { edition, plan, locales, press, inputs: OnceLock::new() }
    }

    /// What came from fallback locales, each once.
    pub fn borrowed(&self) -> Vec<Diagnostic> {
        self.locales.iter().flat_map(Locale::borrowed).collect()
    }

    /// Hash of all that a document is made of.
    pub fn input(&self, job: &Job) -> Hash128 {
        let inputs = self.inputs.get_or_init(|| Inputs::of(&self.edition, &self.plan, &self.locales));
        inputs.sum(&self.edition, job)
    }

    /// Makes the PDF of one job.
    pub fn make(&self, job: &Job) -> Result<Document, Vec<Diagnostic>> {
        self.with_pages(job, |sheet, rendered, pages| {
            let pdf = sheet.pdf(rendered, &pages)?;
            Ok((pdf, pages.document.pages().len(), pages.warnings))
        })
    }

    /// Lays out one job and hands on its pages.
    pub fn with_pages<T>(
        &self,
        job: &Job,
        then: impl FnOnce(&Sheet<'_>, &Rendered, Pages) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<T, Vec<Diagnostic>> {
        let find = |name: &str| self.locales.iter().find(|l| l.name == name);
        let Some(locales) = job.language.split('+').map(find).collect::<Option<Vec<&Locale>>>() else {
            return Err(vec![Diagnostic::error(code::NOT_IN_PROJECT, format!("no language `{}`", job.language))]);
        };
        let edition = &self.edition;
        let (results, city) = job.facts(edition);
        let (template, name) = (job.template(), job.name());
        let rendered = edition.templates.render(&template, &edition.project, results, &locales, city)?;
        let sheet = Sheet {
            press: &self.press,
            templates: &edition.templates,
            results,
            locales: &locales,
            city,
            template: &template,
            name: &name,
        };
        let pages = sheet.layout(&rendered)?;
        then(&sheet, &rendered, pages)
    }

    /// Makes the job. Whatever happens, the next job can go on.
    pub fn made(&self, job: &Job) -> Result<Document, Vec<Diagnostic>> {
        unbroken(&job.name(), || self.make(job))
    }

    /// Puts a document that was made where it belongs.
    pub fn keep(&self, job: &Job, made: Result<Document, Vec<Diagnostic>>, store: &dyn Store) -> Outcome {
        let stored = made.and_then(|(pdf, pages, warnings)| {
            store.put(&job.key, &pdf).map_err(|problem| vec![problem])?;
            let sha256 = Sha256::digest(&pdf).into();
            Ok((Made { pages, bytes: pdf.len(), sha256, input: self.input(job) }, warnings))
        });
        match stored {
            Ok((made, diagnostics)) => Outcome { status: Status::Made(made), diagnostics },
            Err(mut diagnostics) => {
                if store.size(&job.key).is_ok_and(|size| size.is_some()) {
                    diagnostics.push(
                        Diagnostic::warning(code::STALE, format!("`{}` is from an earlier run", store.shown(&job.key)))
                            .help("do not send it: this run could not make the document anew"),
                    );
                }
                Outcome { status: Status::Failed, diagnostics }
            }
        }
    }

    /// Makes the job and keeps nothing but what there is to say of it.
    pub fn rehearse(&self, job: &Job) -> Outcome {
        match self.made(job) {
            Ok((.., diagnostics)) => Outcome { status: Status::Kept, diagnostics },
            Err(diagnostics) => Outcome { status: Status::Failed, diagnostics },
        }
    }
}
