//! Typesets documents: Typst source in, PDF out. Typst runs in this process and sees only the project's files.

mod drawings;
mod fonts;
mod glyphs;
mod inspect;
mod world;

use std::sync::Mutex;
use std::thread::{self, Scope};

use typst::World;
use typst::WorldExt;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic, SourceResult, Warned};
use typst::foundations::Smart;
use typst::syntax::{DiagSpan, FileId, Source};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diagnostic::{Diagnostic, Place, Problems, SourceFile, code};
use crate::locale::Locale;
use crate::pdf::overprint::set_overprint;
use crate::project::IMAGES;
use crate::results::{City, Date, Results};
use crate::template::{Rendered, Templates};
pub use fonts::Fonts;
use inspect::{Remark, RemarkKind};
pub use world::{FileHashes, Typesetter, Variant};
use world::{OVERPRINTED_FINISHES, Page};

/// A document to typeset.
pub struct LayoutJob<'a> {
    pub typesetter: &'a Typesetter,
    pub templates: &'a Templates,
    pub results: &'a Results,
    /// The languages of the document.
    pub locales: &'a [&'a Locale],
    /// The city of the document, if it is not about the whole edition.
    pub city: Option<&'a City>,
    /// The template that generated the source.
    pub template: &'a str,
    /// Identifies the document in diagnostics and in the PDF's identifier.
    pub name: &'a str,
}

/// Laid-out pages, and the warnings about them.
pub struct Pages {
    pub document: PagedDocument,
    /// The parsed source, to locate errors of the export.
    main: Source,
    pub warnings: Problems,
    /// The files below reports/ that Typst read.
    pub modules: FileHashes,
}

impl LayoutJob<'_> {
    /// Lays out the pages. Unknown font families and characters that no font covers are errors.
    pub fn layout(&self, rendered: &Rendered) -> Result<Pages, Problems> {
        let id = world::main_id(self.template)
            .ok_or_else(|| Diagnostic::error(code::TEMPLATE, format!("invalid template name `{}`", self.template)))?;
        let mut page = self.page(Source::new(id, rendered.source.clone()), rendered);
        let Warned { output, warnings } = self.compile(&mut page);
        let convert = |list: &[SourceDiagnostic]| {
            list.iter().map(|d| self.to_diagnostic(d, &page, rendered)).collect::<Problems>()
        };
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
            return Err(missing.iter().map(|m| self.report_missing_glyph(m, &page, rendered)).collect());
        }
        let mut warnings = convert(&warnings);
        warnings.extend(
            inspect::find_remarks(&document).into_iter().map(|remark| self.report_remark(remark, &page, rendered)),
        );
        let modules = page.modules();
        Ok(Pages { document, warnings, main: page.main, modules })
    }

    /// Lays out the document, at first on the assumption that it has one page.
    ///
    /// A query for page numbers makes Typst lay out everything a second time; a document of one page needs no such query.
    /// One that turns out longer is laid out again with the query. Documents that will probably be longer start with it;
    /// this does not change the result, because a document of one page is always laid out without.
    fn compile(&self, page: &mut Page<'_>) -> Warned<SourceResult<PagedDocument>> {
        let kind = self.locales.iter().fold(self.template.to_owned(), |kind, locale| kind + " " + &locale.name);
        let length = page.main.text().len();
        let pages =
            |output: &Warned<SourceResult<PagedDocument>>| output.output.as_ref().map_or(0, |d| d.pages().len());
        let with_query = self.typesetter.seems_long(&kind, length).then(|| typst::compile(page));
        if let Some(output) = with_query.filter(|output| pages(output) != 1) {
            return output;
        }
        page.one_page = true;
        let attempt = typst::compile(page);
        page.one_page = false;
        self.typesetter.record_pages(kind, length, pages(&attempt));
        if pages(&attempt) == 1 { attempt } else { typst::compile(page) }
    }

    /// Exports the pages: for the archive as PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), for the press as plain PDF.
    pub fn pdf(&self, rendered: &Rendered, pages: &Pages) -> Result<Vec<u8>, Problems> {
        let page = self.page(pages.main.clone(), rendered);
        let options = pdf_options(&self.typesetter.variant, self.name, self.today())?;
        let convert =
            |error: &SourceDiagnostic| Diagnostic { code: code::PDF, ..self.to_diagnostic(error, &page, rendered) };
        export(self.typesetter, &pages.document, &options, convert)
    }

    fn today(&self) -> Date {
        *self.results.edition.published
    }

    fn page<'p>(&'p self, main: Source, rendered: &'p Rendered) -> Page<'p> {
        Page {
            typesetter: self.typesetter,
            main,
            images: &rendered.images,
            today: self.today(),
            one_page: false,
            read: Mutex::default(),
        }
    }

    /// Returns the place of a span: in a style module, in the template that generated the source, or, for a photo, in the
    /// results file.
    fn place(&self, span: DiagSpan, page: &Page<'_>, rendered: &Rendered) -> Option<Place> {
        let id = span.id()?;
        let range = page.range(span)?;
        if id == page.main() {
            return rendered.place(range.start, &self.templates.origins);
        }
        if let Some(image) = world::find_image(id, &rendered.images) {
            let cities = self.results.cities.iter().chain(self.city);
            let named = cities.filter_map(|city| city.photo.as_ref()).find(|photo| photo.file.value == image.path);
            return named.map(|photo| self.results.place(&photo.file.span));
        }
        let path = id.get().vpath().get_without_slash();
        let file = match self.typesetter.project.source(path) {
            Ok(file) => file,
            Err(_) => SourceFile::new(path, ""),
        };
        Some(Place::new(&file, range))
    }

    /// Converts a diagnostic of Typst. For generated source, it shows the template, and the facts and
    /// messages that the template prints there.
    fn to_diagnostic(&self, diagnostic: &SourceDiagnostic, page: &Page<'_>, rendered: &Rendered) -> Diagnostic {
        let message = format!("{} (in {})", diagnostic.message, self.name);
        let mut problem = match diagnostic.severity {
            TypstSeverity::Error => Diagnostic::error(code::TYPST, message),
            TypstSeverity::Warning => Diagnostic::warning(code::TYPST, message),
        };
        if let Some(place) = self.place(diagnostic.span, page, rendered) {
            let origins = self.templates.sources_of(&place, self.results, self.locales, self.city);
            problem.places.push(place);
            problem.places.extend(origins);
        }
        // An error inside a style module is usually caused by the template's call of it.
        for call in &diagnostic.trace {
            if problem.places.len() < 3
                && let Some(place) = self.place(call.span.into(), page, rendered)
            {
                let label = if problem.places.is_empty() { String::new() } else { call.v.to_string() };
                problem.places.push(place.labelled(label));
            }
        }
        // A style module usually fails because a fact or text of this city is too long.
        let module = |id: FileId| id != page.main() && !id.get().vpath().get_with_slash().starts_with(IMAGES);
        if diagnostic.span.id().is_some_and(module) {
            let city = self.city.map(|city| self.results.place(&city.span).labelled("in the document of this city"));
            problem.places.extend(city);
        }
        for hint in &diagnostic.hints {
            problem = problem.note(hint.v.to_string());
        }
        if problem.notes.is_empty() {
            problem = problem.help("see the Typst reference: https://typst.app/docs/reference/");
        } else {
            let hint = problem.notes.remove(0);
            problem = problem.help(hint);
        }
        problem
    }

    fn report_remark(&self, remark: Remark, page: &Page<'_>, rendered: &Rendered) -> Diagnostic {
        let problem = match remark.kind {
            RemarkKind::OffPage(text, number) => {
                Diagnostic::warning(code::LAYOUT, format!("“{text}” extends beyond page {number} of {}", self.name))
                    .help("shorten the text, or make room for it in the style module")
            }
            RemarkKind::Overlap(first, second, number) => {
                let message = format!("“{second}” overlaps “{first}” on page {number} of {}", self.name);
                Diagnostic::warning(code::LAYOUT, message)
                    .help("shorten one of the texts, or make room in the style module")
            }
            RemarkKind::TooSmall(text, size, number) => {
                let message = format!("“{text}” is set in {size:.1} pt on page {number} of {}", self.name);
                Diagnostic::warning(code::LAYOUT, message)
                    .help("shorten the text: less than 5 pt cannot be read in print")
            }
            RemarkKind::LowResolution(dots) => {
                let message = format!("a photo of {} has a resolution of {dots:.0} dots per inch in print", self.name);
                let mut problem = Diagnostic::warning(code::RESOLUTION, message);
                let photo = self.city.and_then(|city| city.photo.as_ref());
                problem.places.extend(photo.map(|photo| self.results.place(&photo.file.span)));
                problem.help(format!(
                    "use a larger photo, with at least {:.0} dots per inch at its printed size",
                    inspect::PRINT_RESOLUTION
                ))
            }
            RemarkKind::FromModule { message, help } => {
                Diagnostic::warning(code::LAYOUT, format!("{message} (in {})", self.name)).help(help)
            }
        };
        match self.place(remark.span.into(), page, rendered) {
            Some(place) => {
                let origins = self.templates.sources_of(&place, self.results, self.locales, self.city);
                let mut problem = problem.place(place);
                let is_new = |place: &Place| problem.places.iter().all(|p| p.range != place.range);
                let origins: Vec<Place> = origins.into_iter().filter(is_new).collect();
                problem.places.extend(origins);
                problem
            }
            None => problem,
        }
    }

    fn report_missing_glyph(&self, missing: &glyphs::MissingGlyph, page: &Page<'_>, rendered: &Rendered) -> Diagnostic {
        let c = missing.character;
        let mut problem = Diagnostic::error(
            code::MISSING_GLYPH,
            format!("no font has the character {} U+{:04X} of {}", quote_visible(c), c as u32, self.name),
        );
        // The fact or text with the character is more useful than the line of the template that prints it.
        let words = self.locales.iter().find_map(|locale| locale.place_of_char(c));
        problem.places.extend(self.results.place_of_char(c));
        problem.places.extend(words);
        if let Some(place) = self.place(missing.span.into(), page, rendered) {
            let label = if problem.places.is_empty() { "" } else { "printed here" };
            problem = problem.place(place.labelled(label));
        }
        for locale in self.locales {
            let lists = locale.settings.fonts.iter().map(|(role, list)| format!("{role}: {}", list.join(", ")));
            let lists: Vec<String> = lists.collect();
            problem = problem.note(format!("fonts of the locale `{}`: {}", locale.name, lists.join("; ")));
        }
        problem.help("add a font that covers it to fonts/ and name it last in the locale's lists, or change the text")
    }
}

fn pdf_options(variant: &Variant, name: &str, today: Date) -> Result<PdfOptions, Problems> {
    let archive = *variant == Variant::Archive;
    let standards: &[PdfStandard] = if archive { &[PdfStandard::A_3a, PdfStandard::Ua_1] } else { &[] };
    let standards =
        PdfStandards::new(standards).map_err(|error| Diagnostic::error(code::PDF, error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("gen-report {name}")),
        creator: Smart::Custom(Some(concat!("gen-report ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: world::datetime(today).map(Timestamp::new_utc),
        standards,
        tagged: archive,
        ..PdfOptions::default()
    })
}

/// Exports the press pages of several documents to one PDF, in which they share their fonts.
pub fn export_combined(typesetter: &Typesetter, documents: &[PagedDocument], today: Date) -> Result<Vec<u8>, Problems> {
    let options = pdf_options(&typesetter.variant, "sheets", today)?;
    let pages = documents.iter().flat_map(|document| document.pages().iter().cloned()).collect();
    let combined = PagedDocument::new(pages, typst::model::DocumentInfo::default());
    export(typesetter, &combined, &options, |error| Diagnostic::error(code::PDF, error.message.to_string()))
}

/// Exports pages with the shared drawings inserted, and overprint set where the variant needs it.
fn export(
    typesetter: &Typesetter,
    document: &PagedDocument,
    options: &PdfOptions,
    convert: impl Fn(&SourceDiagnostic) -> Diagnostic,
) -> Result<Vec<u8>, Problems> {
    let pdf = typst_pdf::pdf(document, options).map_err(|errors| errors.iter().map(&convert).collect::<Problems>())?;
    let pdf = typesetter.drawings.insert_into(pdf);
    if typesetter.variant.overprints() {
        return set_overprint(&pdf, OVERPRINTED_FINISHES)
            .map_err(|error| Diagnostic::error(code::PDF, error.to_string()).into());
    }
    Ok(pdf)
}

/// Returns the character in quotes, or nothing if it is invisible.
fn quote_visible(c: char) -> String {
    if c.is_control() || c.is_whitespace() { String::new() } else { format!("“{c}”") }
}

/// Runs `work` in a rayon pool of one thread. In a shared pool, a thread that waits inside the export of one document would
/// start on another whole document.
pub fn in_own_pool<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Starts a thread for typesetting. Returns false if the system cannot create it.
pub fn spawn_worker<'scope>(scope: &'scope Scope<'scope, '_>, work: impl FnOnce() + Send + 'scope) -> bool {
    /// In bytes. Layout needs more than the default of 2 MiB.
    const STACK: usize = 16 << 20;
    thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || in_own_pool(work)).is_ok()
}

/// Evicts memoised results that the last documents did not use, once every five documents of a thread.
///
/// `count` is the number of documents that the thread has typeset. The maximum age is 1, because 0 would evict everything
/// and make the next document as slow as the first.
pub fn evict_cache(count: usize) {
    if count.is_multiple_of(5) {
        comemo::evict(1);
    }
}
