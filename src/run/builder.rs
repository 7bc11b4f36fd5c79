//! Builds one document.

use std::sync::OnceLock;
use std::thread;

use sha2::{Digest, Sha256};

use super::LoadedProject;
use super::engine::catch_panic;
use super::inputs::Inputs;
use super::plan::{Job, Plan};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::hash::Hash128;
use crate::locale::Locale;
use crate::panic;
use crate::store::Store;
use crate::template::Rendered;
use crate::typeset::{Fonts, LayoutJob, Pages, Typesetter, Variant};

/// The result of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Built(StoredDocument),
    /// An earlier run built it from the same input.
    UpToDate,
    Failed,
}

/// A document that is in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    pub pages: usize,
    pub bytes: usize,
    /// SHA-256 of the document.
    pub sha256: [u8; 32],
    /// Hash of everything that it was built from.
    pub input: Hash128,
}

/// A document in memory.
pub struct BuiltDocument {
    pub pdf: Vec<u8>,
    pub pages: usize,
    pub warnings: Problems,
}

/// Everything that building the documents of a plan needs.
pub struct Builder {
    pub project: LoadedProject,
    pub plan: Plan,
    pub locales: Vec<Locale>,
    pub typesetter: Typesetter,
    /// Computed on first use: only runs with a manifest need it.
    inputs: OnceLock<Inputs>,
}

impl Builder {
    /// Reads the locales of the plan and the fonts. `strict`: a text from a fallback locale is an error.
    pub fn new(project: LoadedProject, plan: Plan, strict: bool, variant: Variant) -> Result<Self, Problems> {
        let mut languages: Vec<&str> = plan.languages.iter().flat_map(Languages::iter).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut problems = Problems::new();
        let (fonts, locales) = thread::scope(|scope| {
            let fonts = scope.spawn(|| panic::catch(|| Fonts::load(&project.project)));
            let locales: Vec<_> = languages.iter().map(|language| project.locale(language)).collect();
            (fonts.join(), locales)
        });
        let crashed = || Err(Diagnostic::error(code::CRASH, "the font reader crashed").into());
        let fonts = fonts.ok().and_then(Result::ok).unwrap_or_else(crashed);
        let fonts = fonts.map_err(|found| problems.extend(found)).ok();
        let mut locales: Vec<Locale> =
            locales.into_iter().filter_map(|l| l.map_err(|found| problems.extend(found)).ok()).collect();
        locales.iter_mut().for_each(|locale| locale.strict = strict);
        if let Some(fonts) = &fonts {
            problems.extend(locales.iter().flat_map(|locale| fonts.missing_families(locale)));
            fonts.start_hashing(&locales);
        }
        match fonts {
            Some(fonts) if problems.is_empty() => Ok(Self::from_parts(project, plan, locales, fonts, variant)),
            _ => Err(problems),
        }
    }

    /// Uses locales and fonts that were read before. They must be complete for the plan.
    pub fn from_parts(
        project: LoadedProject,
        plan: Plan,
        locales: Vec<Locale>,
        fonts: Fonts,
        variant: Variant,
    ) -> Self {
        let typesetter = Typesetter::new(project.project.clone(), fonts, variant);
        Self { project, plan, locales, typesetter, inputs: OnceLock::new() }
    }

    /// Returns the texts that came from a fallback locale so far, each once.
    pub fn fallback_uses(&self) -> Problems {
        self.locales.iter().flat_map(Locale::fallback_uses).collect()
    }

    /// Returns the hash of everything that a document is built from.
    pub fn input_hash(&self, job: &Job) -> Hash128 {
        let inputs = self.inputs.get_or_init(|| Inputs::of(&self.project, &self.plan, &self.locales));
        inputs.hash(&self.project, job)
    }

    /// Lays out one document and passes its pages on.
    pub fn with_pages<T>(
        &self,
        job: &Job,
        then: impl FnOnce(&LayoutJob<'_>, &Rendered, Pages) -> Result<T, Problems>,
    ) -> Result<T, Problems> {
        let find = |name: &str| self.locales.iter().find(|l| l.name == name);
        let Some(locales) = job.id.languages.iter().map(find).collect::<Option<Vec<&Locale>>>() else {
            let message = format!("the language of {} is not part of the plan", job.id);
            return Err(Diagnostic::error(code::NOT_IN_PROJECT, message).into());
        };
        let project = &self.project;
        let (results, city) = job.facts(project);
        let (template, name) = (job.id.template(), job.id.to_string());
        let rendered = project.templates.render(&template, &project.project, results, &locales, city)?;
        let layout_job = LayoutJob {
            typesetter: &self.typesetter,
            templates: &project.templates,
            results,
            locales: &locales,
            city,
            template: &template,
            name: &name,
        };
        let pages = layout_job.layout(&rendered)?;
        then(&layout_job, &rendered, pages)
    }

    /// Builds the PDF of one document. A panic in it is an error like any other.
    pub fn build(&self, job: &Job) -> Result<BuiltDocument, Problems> {
        catch_panic(&job.id.to_string(), || {
            self.with_pages(job, |layout_job, rendered, pages| {
                let pdf = layout_job.pdf(rendered, &pages)?;
                Ok(BuiltDocument { pdf, pages: pages.document.pages().len(), warnings: pages.warnings })
            })
        })
    }

    /// Stores a built document. Returns the outcome, with warnings or errors.
    pub fn store(&self, job: &Job, built: Result<BuiltDocument, Problems>, store: &dyn Store) -> (Outcome, Problems) {
        let key = job.key();
        let stored = built.and_then(|built| {
            store.put(&key, &built.pdf)?;
            let sha256 = Sha256::digest(&built.pdf).into();
            let input = self.input_hash(job);
            Ok((StoredDocument { pages: built.pages, bytes: built.pdf.len(), sha256, input }, built.warnings))
        });
        match stored {
            Ok((stored, warnings)) => (Outcome::Built(stored), warnings),
            Err(mut problems) => {
                if store.size(&key).is_ok_and(|size| size.is_some()) {
                    problems.push(
                        Diagnostic::warning(code::STALE, format!("`{}` is from an earlier run", store.location(&key)))
                            .help("do not send it: this run could not build the document again"),
                    );
                }
                (Outcome::Failed, problems)
            }
        }
    }
}
