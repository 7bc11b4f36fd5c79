//! Typesets documents: Typst source in, PDF out. Typst runs in this process and sees only the project's files.

mod drawings;
mod fonts;
mod glyphs;
mod inspect;
mod metadata;
mod pdfa;
mod searchable;
#[cfg(feature = "watch")]
mod text_runs;
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
use crate::pdf::splice::{Spliced, add_trim_box};
use crate::project::IMAGES;
use crate::results::{City, Date, Results};
use crate::template::{Rendered, Templates};
pub use fonts::Fonts;
use inspect::{Finding, FindingKind, MIN_FILL, MIN_SIZE};
pub use metadata::query_metadata;
#[cfg(feature = "watch")]
pub use text_runs::{Cluster, TextRun};
use world::{DocumentWorld, OVERPRINTING_FINISHES};
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
    /// may assume one page. A document that turns out to be longer is laid out again with the query; one that is probably
    /// longer starts with the query. The guess does not affect the result: a one-page document is always laid out without
    /// the query.
    fn compile(&self, world: &mut DocumentWorld<'_>) -> Warned<SourceResult<PagedDocument>> {
        let kind = self.locales.iter().fold(self.template.to_owned(), |kind, locale| kind + " " + &locale.name);
        let length = world.main.text().len();
        let page_count =
            |output: &Warned<SourceResult<PagedDocument>>| output.output.as_ref().map_or(0, |d| d.pages().len());
        let with_query = self.typesetter.is_probably_long(&kind, length).then(|| typst::compile(world));
        if let Some(output) = with_query.filter(|output| page_count(output) != 1) {
            return output;
        }
        world.assumes_one_page = true;
        let attempt = typst::compile(world);
        world.assumes_one_page = false;
        self.typesetter.record_page_count(kind, length, page_count(&attempt));
        if page_count(&attempt) == 1 { attempt } else { typst::compile(world) }
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
                let searchable = self.typesetter.spaced_fonts.make_searchable(&pages.document);
                let pdf = export(searchable.as_ref().unwrap_or(&pages.document), &options, convert)?;
                let metadata = pdfa::read_metadata(&pages.document, self.locales, PROGRAM, self.date());
                let seal = self.typesetter.seal.as_ref();
                pdfa::finish(pdf, &self.typesetter.drawings, metadata, seal).ok_or_else(|| {
                    Diagnostic::error(
                        code::PDF,
                        format!("{} cannot be sealed: its PDF has an unknown structure", self.name),
                    )
                    .help("build it without `--sign`, and report this with the files of the project")
                    .into()
                })
            }
            Variant::Press { .. } => {
                let pdf = export(&pages.document, &options, convert)?;
                finish_press_file(self.typesetter, pdf)
            }
        }
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
            assumes_one_page: false,
            files_read: Mutex::default(),
        }
    }

    /// Returns the place of a span: in a style module, in the template that generated the source, or, for a photo, in the
    /// results file.
    fn find_place(&self, span: DiagSpan, world: &DocumentWorld<'_>, rendered: &Rendered) -> Option<Place> {
        let id = span.id()?;
        let range = world.range(span)?;
        if id == world.main() {
            return rendered.place(range.start, &self.templates.element_starts);
        }
        if let Some(image) = world::find_image(id, &rendered.images) {
            let cities = self.results.cities.iter().chain(self.city);
            let photo = cities.filter_map(|city| city.photo.as_ref()).find(|photo| photo.file.value == image.path);
            return photo.map(|photo| self.results.place(&photo.file.span));
        }
        let path = id.get().vpath().get_without_slash();
        let file = match self.typesetter.project.source(path) {
            Ok(file) => file,
            Err(_) => SourceFile::new(path, ""),
        };
        Some(Place::new(&file, range))
    }

    /// Converts a diagnostic of Typst. A place in generated source becomes the place in the template, and those of the
    /// facts and messages that the template prints there.
    fn convert_diagnostic(
        &self,
        diagnostic: &SourceDiagnostic,
        world: &DocumentWorld<'_>,
        rendered: &Rendered,
    ) -> Diagnostic {
        let message = format!("{} (in {})", diagnostic.message, self.name);
        let mut problem = match diagnostic.severity {
            TypstSeverity::Error => Diagnostic::error(code::TYPST, message),
            TypstSeverity::Warning => Diagnostic::warning(code::TYPST, message),
        };
        if let Some(place) = self.find_place(diagnostic.span, world, rendered) {
            let origins = self.templates.find_printed_places(&place, self.results, self.locales, self.city);
            problem.places.push(place);
            problem.places.extend(origins);
        }
        // An error inside a style module is usually caused by the template's call of it.
        for call in &diagnostic.trace {
            if problem.places.len() < 3
                && let Some(place) = self.find_place(call.span.into(), world, rendered)
            {
                let label = if problem.places.is_empty() { String::new() } else { call.v.to_string() };
                problem.places.push(place.labelled(label));
            }
        }
        // A style module usually fails because a fact or text of this city is too long.
        let is_module = |id: FileId| id != world.main() && !id.get().vpath().get_with_slash().starts_with(IMAGES);
        if diagnostic.span.id().is_some_and(is_module) {
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

    fn convert_finding(&self, finding: Finding, world: &DocumentWorld<'_>, rendered: &Rendered) -> Diagnostic {
        let name = &self.name;
        let layout = |message: String| Diagnostic::warning(code::LAYOUT, message);
        let problem = match finding.kind {
            FindingKind::OffPage(text, number) => {
                layout(format!("“{}” extends beyond page {number} of {name}", shorten(&text)))
                    .help("shorten the text, or make room for it in the style module")
            }
            FindingKind::OutsideArea(text, number) => {
                layout(format!("“{}” extends beyond the text area of page {number} of {name}", shorten(&text)))
                    .help("shorten the text, or make room for it in the style module")
            }
            FindingKind::Overlap(first, second, number) => {
                layout(format!("“{}” overlaps “{}” on page {number} of {name}", shorten(&second), shorten(&first)))
                    .help("shorten one of the texts, or make room for them in the style module")
            }
            FindingKind::CellOverlap(first, second, number) => {
                let (first, second) = (shorten(&first), shorten(&second));
                layout(format!("the table cells of “{first}” and “{second}” overlap on page {number} of {name}"))
                    .help("shorten one of the texts, or make its column wider in the style module")
            }
            FindingKind::CrossedByLine(text, number) => {
                layout(format!("a line or a drawing crosses “{}” on page {number} of {name}", shorten(&text)))
                    .help("shorten the text, or make room for it in the style module")
            }
            FindingKind::TooSmall(text, size, number) => {
                layout(format!("“{}” is set in {size:.1} pt on page {number} of {name}", shorten(&text)))
                    .help(format!("shorten the text: type below {MIN_SIZE} pt is illegible in print"))
            }
            FindingKind::NoGap(above, below, number) => {
                let (above, below) = (shorten(&above), shorten(&below));
                layout(format!("there is no space between “{above}” and “{below}” on page {number} of {name}"))
                    .help("shorten a text on this page, or make room in the style module")
            }
            FindingKind::Runt(word, number) => {
                layout(format!("the last line of a paragraph is only “{word}” on page {number} of {name}"))
                    .help("add a word to the paragraph, or remove one")
            }
            FindingKind::Widow(text, number) => layout(format!(
                "“{}”, the last line of a paragraph, is alone at the top of page {number} of {name}",
                shorten(&text)
            ))
            .help("shorten the paragraph, or keep two lines together in the style module"),
            FindingKind::Orphan(text, number) => layout(format!(
                "“{}”, the first line of a paragraph, is alone at the bottom of page {number} of {name}",
                shorten(&text)
            ))
            .help("shorten a text above it, or keep two lines together in the style module"),
            FindingKind::NearlyEmpty(filled, number) => {
                let percent = (filled * 100.0).floor().max(1.0);
                layout(format!("the last page of a text is only {percent:.0} % full: page {number} of {name}")).help(
                    format!(
                        "shorten the text to save the page, or add to it until {:.0} % of the page is full",
                        MIN_FILL * 100.0
                    ),
                )
            }
            FindingKind::LowResolution(resolution) => {
                let message =
                    format!("a photo of {} has a resolution of {resolution:.0} pixels per inch in print", self.name);
                let mut problem = Diagnostic::warning(code::RESOLUTION, message);
                let photo = self.city.and_then(|city| city.photo.as_ref());
                problem.places.extend(photo.map(|photo| self.results.place(&photo.file.span)));
                problem.help(format!(
                    "use a larger photo, with at least {:.0} pixels per inch at its printed size",
                    self.typesetter.min_resolution
                ))
            }
            FindingKind::FromModule { message, help } => layout(format!("{message} (in {name})")).help(help),
        };
        match self.find_place(finding.span.into(), world, rendered) {
            Some(place) => {
                let origins = self.templates.find_printed_places(&place, self.results, self.locales, self.city);
                let mut problem = problem.place(place);
                let is_new = |place: &Place| problem.places.iter().all(|p| p.range != place.range);
                let origins: Vec<Place> = origins.into_iter().filter(is_new).collect();
                problem.places.extend(origins);
                problem
            }
            None => problem,
        }
    }

    fn convert_missing_glyph(
        &self,
        missing: &glyphs::MissingGlyph,
        world: &DocumentWorld<'_>,
        rendered: &Rendered,
    ) -> Diagnostic {
        let c = missing.character;
        let mut problem = Diagnostic::error(
            code::MISSING_GLYPH,
            format!("no font covers the character {} of {}", describe_char(c), self.name),
        );
        // The fact or text with the character is more useful than the line of the template that prints it.
        let words = self.locales.iter().find_map(|locale| locale.place_of_char(c));
        problem.places.extend(self.results.place_of_char(c));
        problem.places.extend(words);
        if let Some(place) = self.find_place(missing.span.into(), world, rendered) {
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

/// Exports the press pages of several documents to one PDF, which embeds the fonts once for all of them.
pub fn export_combined(typesetter: &Typesetter, documents: &[PagedDocument], date: Date) -> Result<Vec<u8>, Problems> {
    let options = pdf_options(&typesetter.variant, "sheets", date)?;
    let pages = documents.iter().flat_map(|document| document.pages().iter().cloned()).collect();
    let combined = PagedDocument::new(pages, typst::model::DocumentInfo::default());
    let pdf = export(&combined, &options, |error| Diagnostic::error(code::PDF, error.message.to_string()))?;
    finish_press_file(typesetter, pdf)
}

fn export(
    document: &PagedDocument,
    options: &PdfOptions,
    convert: impl Fn(&SourceDiagnostic) -> Diagnostic,
) -> Result<Vec<u8>, Problems> {
    typst_pdf::pdf(document, options).map_err(|errors| errors.iter().map(&convert).collect::<Problems>())
}

/// Inserts the shared drawings, and sets overprint if the variant needs it.
fn finish_press_file(typesetter: &Typesetter, pdf: Vec<u8>) -> Result<Vec<u8>, Problems> {
    let changed = Spliced::new(&pdf).and_then(|mut objects| {
        objects.replace(|object| typesetter.drawings.replacement(object).or_else(|| add_trim_box(object)));
        objects.into_changed()
    });
    let pdf = changed.unwrap_or(pdf);
    if typesetter.variant.overprints() {
        return set_overprint(&pdf, OVERPRINTING_FINISHES)
            .map_err(|error| Diagnostic::error(code::PDF, error.to_string()).into());
    }
    Ok(pdf)
}

/// Returns the first words of a text.
fn shorten(text: &str) -> String {
    /// In characters.
    const MAX_LENGTH: usize = 40;
    if text.chars().count() <= MAX_LENGTH {
        return text.to_owned();
    }
    let start: String = text.chars().take(MAX_LENGTH).collect();
    // Chinese has no spaces.
    let words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{words}…")
}

/// Returns the code point of a character, with the character itself if it is visible.
fn describe_char(c: char) -> String {
    let code_point = format!("U+{:04X}", c as u32);
    if c.is_control() || c.is_whitespace() { code_point } else { format!("“{c}” ({code_point})") }
}

/// Runs `work` in a rayon pool of one thread. In a shared pool, a thread that waits inside the export of one document would
/// start on another whole document.
pub fn run_in_own_pool<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Starts a thread for typesetting. Returns false if the system cannot create it.
pub fn spawn_worker<'scope>(scope: &'scope Scope<'scope, '_>, work: impl FnOnce() + Send + 'scope) -> bool {
    /// In bytes. Layout needs more than the default of 2 MiB.
    const STACK_SIZE: usize = 16 << 20;
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
