//! Builds one document.

use sha2::{Digest, Sha256};

use super::LoadedProject;
use super::engine::{self, catch_panic};
use super::inputs::{Inputs, hash_source};
use super::plan::{Job, Plan};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::hash::{Hash128, truncate_hash};
use crate::locale::Locale;
use crate::locale::trace::{self, Trace};
use crate::store::Store;
use crate::template::Rendered;
use crate::trust::seal::Seal;
use crate::typeset::{Fonts, LayoutJob, Pages, Typesetter, Variant};

/// The result of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Built(StoredDocument),
    /// An earlier run built it from the same inputs.
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
    pub inputs: Inputs,
}

/// A document that was built but not stored yet.
pub struct BuiltDocument {
    pub pdf: Vec<u8>,
    pub pages: usize,
    pub inputs: Inputs,
    pub warnings: Problems,
}

/// Builds the documents of a plan. Holds everything that they share.
pub struct Builder {
    pub project: LoadedProject,
    pub plan: Plan,
    pub locales: Vec<Locale>,
    pub typesetter: Typesetter,
    /// The hash of the fonts and of all settings that every document depends on.
    pub settings_hash: Hash128,
}

/// A document whose Typst source is complete, but not laid out yet.
struct RenderedDocument<'a> {
    job: &'a Job,
    locales: Vec<&'a Locale>,
    rendered: Rendered,
    name: String,
    template: String,
}

impl Builder {
    /// Reads the locales of the plan and the fonts. If `strict`, a text from a fallback locale is an error.
    pub fn new(project: LoadedProject, plan: Plan, strict: bool, variant: Variant) -> Result<Self, Problems> {
        let mut languages: Vec<&str> = plan.languages.iter().flat_map(Languages::iter).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut problems = Problems::new();
        let read_locales = || languages.iter().map(|language| project.read_locale(language)).collect::<Vec<_>>();
        let (fonts, locales) = engine::join(|| Fonts::load(&project.files), read_locales);
        let crashed = |_| Err(Diagnostic::error(code::CRASH, "the font reader crashed").into());
        let fonts = fonts.unwrap_or_else(crashed);
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

    /// Creates a builder from locales and fonts that were already read. `locales` must contain every language of the
    /// plan.
    pub fn from_parts(
        mut project: LoadedProject,
        plan: Plan,
        locales: Vec<Locale>,
        fonts: Fonts,
        variant: Variant,
    ) -> Self {
        project.templates.has_attachments = variant == Variant::Archive;
        let seal = project.seal.clone().filter(|_| variant == Variant::Archive);
        let typesetter = Typesetter::new(project.files.clone(), &project.design, fonts, variant);
        Self::with_typesetter(project, plan, locales, typesetter, seal)
    }

    /// Like [`Self::from_parts`], for pages that are shown and not exported to PDF.
    #[cfg(feature = "watch")]
    pub fn for_screen(project: LoadedProject, plan: Plan, locales: Vec<Locale>, fonts: Fonts) -> Self {
        let typesetter = Typesetter::for_screen(project.files.clone(), &project.design, fonts);
        Self::with_typesetter(project, plan, locales, typesetter, None)
    }

    fn with_typesetter(
        project: LoadedProject,
        plan: Plan,
        locales: Vec<Locale>,
        mut typesetter: Typesetter,
        seal: Option<Seal>,
    ) -> Self {
        let mut settings = Sha256::new_with_prefix(typesetter.settings());
        settings.update(project.files.hash_files_read("fonts/"));
        seal.iter().for_each(|seal| settings.update(seal.identity()));
        typesetter.seal = seal;
        Self { project, plan, locales, typesetter, settings_hash: truncate_hash(settings) }
    }

    /// Returns a diagnostic for each text that has come from a fallback locale so far.
    pub fn fallback_uses(&self) -> Problems {
        self.locales.iter().flat_map(Locale::fallback_uses).collect()
    }

    /// Returns the [`Inputs::source_hash`] that a document would have if it were built now.
    pub fn hash_source(&self, job: &Job) -> Result<Hash128, Problems> {
        catch_panic(&job.id.to_string(), || self.render(job).map(|document| hash_source(self, job, &document.rendered)))
    }

    fn render<'a>(&'a self, job: &'a Job) -> Result<RenderedDocument<'a>, Problems> {
        let find = |name: &str| self.locales.iter().find(|l| l.name == name);
        let Some(locales) = job.id.languages.iter().map(find).collect::<Option<Vec<&Locale>>>() else {
            let message = format!("the language of {} is not part of the plan", job.id);
            return Err(Diagnostic::error(code::NOT_IN_PROJECT, message).into());
        };
        let project = &self.project;
        let (results, city) = job.facts(project);
        let (template, name) = (job.id.template(), job.id.to_string());
        let rendered = project.templates.render(&template, &project.files, results, &locales, city)?;
        Ok(RenderedDocument { job, locales, rendered, name, template })
    }

    /// Returns the credentials of a document, each with the name of its language. Nothing is laid out.
    pub fn credentials(&self, job: &Job) -> Result<Vec<(String, String)>, Problems> {
        catch_panic(&job.id.to_string(), || Ok(self.render(job)?.rendered.credentials))
    }

    /// Renders one document with the messages marked, and records everything that its locales resolve.
    pub fn render_in_detail(&self, job: &Job) -> (Result<Rendered, Problems>, Trace) {
        trace::observe_in_detail(|| self.render(job).map(|document| document.rendered))
    }

    fn layout_job<'a>(
        &'a self,
        job: &'a Job,
        locales: &'a [&'a Locale],
        template: &'a str,
        name: &'a str,
    ) -> LayoutJob<'a> {
        let (results, city) = job.facts(&self.project);
        let (typesetter, templates) = (&self.typesetter, &self.project.templates);
        LayoutJob { typesetter, templates, results, locales, city, template, name }
    }

    /// Lays out a document and passes its pages to `then`.
    fn lay_out<T>(
        &self,
        document: &RenderedDocument<'_>,
        then: impl FnOnce(&LayoutJob<'_>, &Rendered, Pages) -> Result<T, Problems>,
    ) -> Result<T, Problems> {
        let layout_job = self.layout_job(document.job, &document.locales, &document.template, &document.name);
        let pages = layout_job.layout(&document.rendered)?;
        then(&layout_job, &document.rendered, pages)
    }

    /// Renders and lays out one document, and passes its pages to `then`.
    pub fn with_pages<T>(
        &self,
        job: &Job,
        then: impl FnOnce(&LayoutJob<'_>, &Rendered, Pages) -> Result<T, Problems>,
    ) -> Result<T, Problems> {
        self.lay_out(&self.render(job)?, then)
    }

    /// Renders one document, and lays it out unless its pages are already known: `is_known` receives its
    /// [`Inputs::source_hash`].
    #[cfg(feature = "watch")]
    pub fn lay_out_unless(
        &self,
        job: &Job,
        is_known: impl FnOnce(&Hash128) -> bool,
    ) -> Result<(Rendered, Hash128, Option<Pages>), Problems> {
        let document = self.render(job)?;
        let source_hash = hash_source(self, job, &document.rendered);
        let pages = match is_known(&source_hash) {
            true => None,
            false => Some(self.lay_out(&document, |_, _, pages| Ok(pages))?),
        };
        Ok((document.rendered, source_hash, pages))
    }

    /// Returns the texts of the pages of a document.
    #[cfg(feature = "watch")]
    pub fn text_runs(&self, job: &Job, rendered: &Rendered, pages: &Pages) -> Vec<crate::typeset::TextRun> {
        self.layout_job(job, &[], &job.id.template(), &job.id.to_string()).text_runs(rendered, pages)
    }

    /// Builds the PDF of one document. A panic is returned as an error.
    pub fn build(&self, job: &Job) -> Result<BuiltDocument, Problems> {
        catch_panic(&job.id.to_string(), || {
            let document = self.render(job)?;
            self.export_pdf(&document, hash_source(self, job, &document.rendered))
        })
    }

    /// Builds one document like [`Self::build`]. Returns `None` if its [`Inputs::source_hash`] equals `known_source_hash`.
    pub fn build_if_changed(
        &self,
        job: &Job,
        known_source_hash: Option<&Hash128>,
    ) -> Result<Option<BuiltDocument>, Problems> {
        catch_panic(&job.id.to_string(), || {
            let document = self.render(job)?;
            let source_hash = hash_source(self, job, &document.rendered);
            match known_source_hash == Some(&source_hash) {
                true => Ok(None),
                false => self.export_pdf(&document, source_hash).map(Some),
            }
        })
    }

    fn export_pdf(&self, document: &RenderedDocument<'_>, source_hash: Hash128) -> Result<BuiltDocument, Problems> {
        self.lay_out(document, |layout_job, rendered, pages| {
            let pdf = layout_job.export_pdf(rendered, &pages)?;
            let inputs = Inputs { source_hash, report_files: pages.report_files };
            Ok(BuiltDocument { pdf, pages: pages.document.pages().len(), inputs, warnings: pages.warnings })
        })
    }

    /// Stores a document, unless building it failed. Returns the outcome, with warnings or errors.
    pub fn store(&self, job: &Job, built: Result<BuiltDocument, Problems>, store: &dyn Store) -> (Outcome, Problems) {
        let key = job.key();
        let stored = built.and_then(|mut built| {
            // Here, because this thread waits for the network anyway; threads that build must keep their cores busy.
            self.typesetter.seal.as_ref().map_or(Ok(()), |seal| seal.stamp(&mut built.pdf))?;
            store.put(&key, &built.pdf)?;
            let sha256 = Sha256::digest(&built.pdf).into();
            let BuiltDocument { pdf, pages, inputs, warnings } = built;
            Ok((StoredDocument { pages, bytes: pdf.len(), sha256, inputs }, warnings))
        });
        match stored {
            Ok((stored, warnings)) => (Outcome::Built(stored), warnings),
            Err(mut problems) => {
                if store.size(&key).is_ok_and(|size| size.is_some()) {
                    problems.push(
                        Diagnostic::warning(
                            code::OUTDATED_DOCUMENT,
                            format!("`{}` is from an earlier run", store.location(&key)),
                        )
                        .help("do not send it: this run could not build the document again"),
                    );
                }
                (Outcome::Failed, problems)
            }
        }
    }
}
