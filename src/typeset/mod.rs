//! Typesets documents: Typst source in, PDF out. Typst runs in this process and sees only the project's files.

mod diagnose;
mod drawings;
mod fonts;
mod frames;
mod glyphs;
mod inspect;
mod metadata;
mod outlines;
mod pdfa;
mod searchable;
#[cfg(feature = "watch")]
mod text_runs;
mod world;

use std::sync::Mutex;
use std::thread::{self, Scope};

use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::foundations::Smart;
use typst::syntax::{Source, Span};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diagnostic::{Diagnostic, Place, Problems, code};
use crate::locale::Locale;
use crate::pdf::overprint::set_overprint;
use crate::pdf::splice::{TypstPdf, add_trim_box};
use crate::results::{City, Date, Results};
use crate::template::{Rendered, Templates};
use crate::trust::Seal;
pub use fonts::Fonts;
pub use frames::for_each_text;
pub use metadata::query_metadata;
use metadata::tighter_steps;
#[cfg(feature = "watch")]
pub use text_runs::{Cluster, TextRun};
use world::{Attempt, DocumentWorld, OVERPRINTING_FINISHES};
pub use world::{FileHashes, Typesetter, Variant};

/// A document to typeset.
pub struct LayoutJob<'a> {
    pub typesetter: &'a Typesetter,
    pub templates: &'a Templates,
    pub results: &'a Results,
    /// The locales of the document, two if it is bilingual.
    pub locales: &'a [&'a Locale],
    /// The city of the document, if it is not about the whole edition.
    pub city: Option<&'a City>,
    /// The name of the template that generated the source.
    pub template: &'a str,
    /// Identifies the document in diagnostics and in the PDF's identifier.
    pub name: &'a str,
}

/// Laid-out pages, and the warnings about them.
pub struct Pages {
    pub document: PagedDocument,
    /// The parsed source, to locate errors of the export in it.
    main: Source,
    pub warnings: Problems,
    /// The files in reports/ that Typst read: style modules, pictures and others.
    pub report_files: FileHashes,
}

impl Pages {
    /// Returns the Typst source of the document.
    pub fn source(&self) -> &Source {
        &self.main
    }
}

#[cfg(feature = "watch")]
impl Pages {
    /// Draws each page as SVG.
    pub fn to_svg(&self) -> Vec<String> {
        let options = typst_svg::SvgOptions::default();
        self.document.pages().iter().map(|page| typst_svg::svg(page, &options)).collect()
    }

    /// Returns width and height of each page, in points.
    pub fn sizes(&self) -> Vec<[f64; 2]> {
        let size = |page: &typst_layout::Page| [page.frame.width().to_pt(), page.frame.height().to_pt()];
        self.document.pages().iter().map(size).collect()
    }
}

impl LayoutJob<'_> {
    /// Lays out the pages. Unknown font families and characters that no font covers are errors.
    pub fn layout(&self, rendered: &Rendered) -> Result<Pages, Problems> {
        let id = world::main_id(self.template)
            .ok_or_else(|| Diagnostic::error(code::TEMPLATE, format!("invalid template name `{}`", self.template)))?;
        let mut world = self.world(Source::new(id, rendered.source.clone()), rendered);
        let Warned { output, warnings } = self.compile(&mut world);
        let convert = |list: &[SourceDiagnostic]| {
            list.iter().map(|d| self.convert_diagnostic(d, &world, rendered)).collect::<Problems>()
        };
        // Typst only warns about these, and sets the text in another font.
        let (families, warnings): (Vec<_>, Vec<_>) =
            warnings.into_iter().partition(|w| w.message.starts_with("unknown font family"));
        if !families.is_empty() {
            let mut problems = convert(&families);
            for problem in &mut problems {
                problem.code = code::MISSING_FAMILY;
                problem.severity = crate::diagnostic::Severity::Error;
                problem.help = Some(format!(
                    "add its file to fonts/, or use an available family: {}",
                    self.typesetter.fonts.families().join(", ")
                ));
            }
            return Err(problems);
        }
        let document = output.map_err(|errors| convert(&errors))?;
        let missing = glyphs::find_missing(&document);
        if !missing.is_empty() {
            return Err(missing.iter().map(|m| self.convert_missing_glyph(m, &world, rendered)).collect());
        }
        let mut warnings = convert(&warnings);
        warnings.extend(
            inspect::inspect_pages(&document, self.typesetter.min_resolution)
                .into_iter()
                .map(|finding| self.convert_finding(finding, &world, rendered)),
        );
        let report_files = world.report_files();
        Ok(Pages { document, warnings, main: world.main, report_files })
    }

    /// Lays out the document, first on the assumption that it has one page.
    ///
    /// Style modules query the number of pages, which makes Typst lay out everything twice. They omit the query if they
    /// may assume one page. A document that turns out to be a little longer is set tighter, if its style module can do
    /// that; one that still has more pages is laid out again with the query. A document that is probably much longer starts
    /// with the query. The guess does not affect the result: such a layout is returned only if no step could bring the document to one
    /// page.
    fn compile(&self, world: &mut DocumentWorld<'_>) -> Warned<SourceResult<PagedDocument>> {
        let kind = self.locales.iter().fold(self.template.to_owned(), |kind, locale| kind + " " + &locale.name);
        let length = world.main.text().len();
        let mut attempt = |attempt| {
            world.library = self.typesetter.library(attempt);
            typst::compile::<PagedDocument>(world)
        };
        let needs_no_other = |output: &Warned<SourceResult<PagedDocument>>| {
            output.output.as_ref().map_or(true, |document| document.pages().len() > 1 && tighter_steps(document) == 0)
        };
        let with_query = match self.typesetter.is_probably_long(&kind, length).then(|| attempt(Attempt::AnyLength)) {
            Some(output) if needs_no_other(&output) => return output,
            with_query => with_query,
        };
        let (mut step, mut last_step) = (0, 0);
        while step <= last_step {
            let output = attempt(Attempt::OnePage { step });
            if let Ok(document) = &output.output {
                if document.pages().len() == 1 {
                    self.typesetter.record_length(kind, length, false);
                    return output;
                }
                last_step = tighter_steps(document);
                if step == 0 {
                    self.typesetter.record_length(kind.clone(), length, last_step == 0);
                }
            }
            step += 1;
        }
        with_query.unwrap_or_else(|| attempt(Attempt::AnyLength))
    }

    /// Exports the pages: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) for the archive, plain PDF for the press.
    pub fn export_pdf(&self, rendered: &Rendered, pages: &Pages) -> Result<Vec<u8>, Problems> {
        let world = self.world(pages.main.clone(), rendered);
        let options = pdf_options(&self.typesetter.variant, self.name, self.date())?;
        let convert = |error: &SourceDiagnostic| Diagnostic {
            code: code::PDF,
            ..self.convert_diagnostic(error, &world, rendered)
        };
        match self.typesetter.variant {
            Variant::Archive => {
                let searchable = self.typesetter.searchable.convert(&pages.document);
                let document = searchable.as_ref().map_or(&pages.document, |searchable| &searchable.document);
                let outlines = searchable.as_ref().map_or(&[][..], |searchable| &searchable.outlines);
                let pdf = export(document, &options, convert)?;
                let metadata = pdfa::read_metadata(&pages.document, self.locales, PROGRAM, self.date());
                let seal = self.typesetter.seal.as_ref();
                let place = |seal: &Seal| seal.is_visible().then(|| pdfa::find_printed_seal(&pages.document)).flatten();
                let seal = seal.map(|seal| (seal, place(seal)));
                let unknown = || {
                    let message = format!("{} cannot be sealed: its PDF has an unknown structure", self.name);
                    Diagnostic::error(code::PDF, message)
                        .help("build it without `--sign`, and report this with the files of the project")
                };
                let finished = pdfa::finish(pdf, &self.typesetter.drawings, outlines, metadata, seal);
                Ok(finished.ok_or_else(unknown)??)
            }
            Variant::Print { .. } => {
                let pdf = export(&pages.document, &options, convert)?;
                finish_print_file(self.typesetter, pdf)
            }
        }
    }

    /// Exports the pages of a proof as tagged PDF that claims no standard: it embeds pages of other PDFs, whose conformance is
    /// not known.
    pub fn export_proof(&self, rendered: &Rendered, pages: &Pages) -> Result<Vec<u8>, Problems> {
        let world = self.world(pages.main.clone(), rendered);
        let options = pdf_options(&self.typesetter.variant, self.name, self.date())?;
        let options = PdfOptions { standards: PdfStandards::default(), ..options };
        export(&pages.document, &options, |error| Diagnostic {
            code: code::PDF,
            ..self.convert_diagnostic(error, &world, rendered)
        })
    }

    /// Returns the date of publication, which is used instead of the current date so that builds are reproducible.
    fn date(&self) -> Date {
        *self.results.edition.published
    }

    fn world<'p>(&'p self, main: Source, rendered: &'p Rendered) -> DocumentWorld<'p> {
        DocumentWorld {
            typesetter: self.typesetter,
            main,
            images: &rendered.images,
            date: self.date(),
            library: self.typesetter.library(Attempt::AnyLength),
            files_read: Mutex::default(),
        }
    }

    /// Returns the place of a span of laid-out pages.
    pub fn find_place_of(&self, span: Span, rendered: &Rendered, pages: &Pages) -> Option<Place> {
        self.find_place(span.into(), &self.world(pages.main.clone(), rendered), rendered)
    }
}

/// The name and the version of this program.
pub const PROGRAM: &str = concat!("gen-report ", env!("CARGO_PKG_VERSION"));

fn pdf_options(variant: &Variant, name: &str, date: Date) -> Result<PdfOptions, Problems> {
    let archive = *variant == Variant::Archive;
    let standards: &[PdfStandard] = if archive { &[PdfStandard::A_3a, PdfStandard::Ua_1] } else { &[] };
    let standards =
        PdfStandards::new(standards).map_err(|error| Diagnostic::error(code::PDF, error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("gen-report {name}")),
        creator: Smart::Custom(Some(PROGRAM.to_owned())),
        timestamp: world::to_datetime(date).map(Timestamp::new_utc),
        standards,
        tagged: archive,
        ..PdfOptions::default()
    })
}

/// Exports the print pages of several documents to one PDF, which embeds the fonts once for all of them.
pub fn export_combined(typesetter: &Typesetter, documents: &[PagedDocument], date: Date) -> Result<Vec<u8>, Problems> {
    let options = pdf_options(&typesetter.variant, "sheets", date)?;
    let pages = documents.iter().flat_map(|document| document.pages().iter().cloned()).collect();
    let combined = PagedDocument::new(pages, typst::model::DocumentInfo::default());
    let pdf = export(&combined, &options, |error| Diagnostic::error(code::PDF, error.message.to_string()))?;
    finish_print_file(typesetter, pdf)
}

fn export(
    document: &PagedDocument,
    options: &PdfOptions,
    convert: impl Fn(&SourceDiagnostic) -> Diagnostic,
) -> Result<Vec<u8>, Problems> {
    typst_pdf::pdf(document, options).map_err(|errors| errors.iter().map(&convert).collect::<Problems>())
}

/// Inserts the shared drawings and the trim boxes, and sets overprint if the variant needs it.
fn finish_print_file(typesetter: &Typesetter, pdf: Vec<u8>) -> Result<Vec<u8>, Problems> {
    let changed = TypstPdf::new(&pdf).and_then(|mut objects| {
        objects.replace(|object| typesetter.drawings.find_replacement(object, &[]).or_else(|| add_trim_box(object)));
        objects.into_changed()
    });
    let pdf = changed.unwrap_or(pdf);
    if typesetter.variant.overprints() {
        return set_overprint(&pdf, OVERPRINTING_FINISHES)
            .map_err(|error| Diagnostic::error(code::PDF, error.to_string()).into());
    }
    Ok(pdf)
}

/// Runs `work` in a rayon pool of one thread. In a shared pool, a thread that waits inside the export of one document would
/// start on another whole document.
pub fn run_in_own_pool<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// The stack of a thread that lays out documents, in bytes. The default of 2 MiB is too small.
pub const STACK_SIZE: usize = 16 << 20;

/// Starts a thread for typesetting. Returns false if the system cannot create it.
pub fn spawn_worker<'scope>(scope: &'scope Scope<'scope, '_>, work: impl FnOnce() + Send + 'scope) -> bool {
    thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, || run_in_own_pool(work)).is_ok()
}

/// Evicts results that Typst memoised and has not used since the last eviction. Acts on every fifth document of a thread.
///
/// `document_count` is the number of documents that the thread has typeset. The maximum age is 1, because 0 would evict
/// everything and make the next document as slow as the first.
pub fn evict_cache(document_count: usize) {
    if document_count.is_multiple_of(5) {
        comemo::evict(1);
    }
}
