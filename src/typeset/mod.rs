//! The pages: Typst source in, PDF out. Typst runs in this process and sees only the project.

mod drawings;
mod fonts;
mod glyphs;
mod inspect;
mod world;

use std::thread::{self, Scope};

use typst::World;
use typst::WorldExt;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic, SourceResult, Warned};
use typst::foundations::Smart;
use typst::syntax::{DiagSpan, FileId, Source};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diagnostic::{Diagnostic, Place, SourceFile, code};
use crate::locale::Locale;
use crate::pdf::overprint::set_overprint;
use crate::project::ASSETS;
use crate::results::{City, Date, Results};
use crate::template::{Rendered, Templates};
pub use fonts::Fonts;
use inspect::{Kind, Remark};
use world::{OVERPRINTED_FINISHES, Page};
pub use world::{Press, Variant};

/// One document on its way from source to PDF.
pub struct Sheet<'a> {
    pub press: &'a Press,
    pub templates: &'a Templates,
    pub results: &'a Results,
    /// The languages of the document.
    pub locales: &'a [&'a Locale],
    /// The city that the document is about.
    pub city: Option<&'a City>,
    /// The name of the template that made the source.
    pub template: &'a str,
    /// Says which document this is, in messages and in the PDF's identifier.
    pub name: &'a str,
}

/// Laid-out pages, and what Typst had to say of them.
pub struct Pages {
    pub document: PagedDocument,
    /// The parsed source, which errors of the export point into.
    main: Source,
    pub warnings: Vec<Diagnostic>,
}

impl Sheet<'_> {
    /// Lays out the pages; every glyph is there, or it is an error.
    pub fn layout(&self, rendered: &Rendered) -> Result<Pages, Vec<Diagnostic>> {
        let id = world::main_id(self.template).ok_or_else(|| {
            vec![Diagnostic::error(code::TEMPLATE, format!("`{}` cannot name a template", self.template))]
        })?;
        let mut page = self.page(Source::new(id, rendered.source.clone()));
        let Warned { output, warnings } = self.compile(&mut page);
        let told = |list: &[SourceDiagnostic]| list.iter().map(|d| self.told(d, &page, rendered)).collect::<Vec<_>>();
        let (families, warnings): (Vec<_>, Vec<_>) =
            warnings.into_iter().partition(|w| w.message.starts_with("unknown font family"));
        if !families.is_empty() {
            let mut problems = told(&families);
            for problem in &mut problems {
                problem.code = code::MISSING_FAMILY;
                problem.severity = crate::diagnostic::Severity::Error;
                problem.help = Some(format!(
                    "put its file into fonts/, or name one of: {}",
                    self.press.fonts.families().join(", ")
                ));
            }
            return Err(problems);
        }
        let document = output.map_err(|errors| told(&errors))?;
        let missing = glyphs::missing(&document);
        if !missing.is_empty() {
            return Err(missing.iter().map(|m| self.uncovered(m, &page, rendered)).collect());
        }
        let mut warnings = told(&warnings);
        warnings.extend(inspect::remarks(&document).into_iter().map(|remark| self.remark(remark, &page, rendered)));
        Ok(Pages { document, warnings, main: page.main })
    }

    /// A question for the number of a page, or of pages, makes Typst lay everything out a second time. One attempt asks
    /// none; what turns out to be longer is laid out by another, which asks. With which to begin is a guess that changes
    /// no byte: what fits on one page is always of the first kind.
    fn compile(&self, page: &mut Page<'_>) -> Warned<SourceResult<PagedDocument>> {
        let kind = self.locales.iter().fold(self.template.to_owned(), |kind, locale| kind + " " + &locale.name);
        let length = page.main.text().len();
        let pages = |made: &Warned<SourceResult<PagedDocument>>| made.output.as_ref().map_or(0, |d| d.pages().len());
        let whole = self.press.seems_long(&kind, length).then(|| typst::compile(page));
        if let Some(whole) = whole.filter(|whole| pages(whole) != 1) {
            return whole;
        }
        page.one_page = true;
        let attempt = typst::compile(page);
        page.one_page = false;
        self.press.learn(kind, length, pages(&attempt));
        if pages(&attempt) == 1 { attempt } else { typst::compile(page) }
    }

    /// An archive document: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once. Or a page for the press.
    pub fn pdf(&self, rendered: &Rendered, pages: &Pages) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let page = self.page(pages.main.clone());
        let options = options(&self.press.variant, self.name, self.today())?;
        let told = |error: &SourceDiagnostic| Diagnostic { code: code::PDF, ..self.told(error, &page, rendered) };
        export(self.press, &pages.document, &options, told)
    }

    fn today(&self) -> Date {
        *self.results.edition.published
    }

    fn page(&self, main: Source) -> Page<'_> {
        Page { press: self.press, main, today: self.today(), one_page: false }
    }

    /// A place in a style module, or in the template that made the source.
    fn place(&self, span: DiagSpan, page: &Page<'_>, rendered: &Rendered) -> Option<Place> {
        let id = span.id()?;
        let range = page.range(span)?;
        if id == page.main() {
            return rendered.place(range.start, &self.templates.origins);
        }
        let path = id.get().vpath().get_without_slash();
        if let Some(asset) = path.strip_prefix(&ASSETS[1..]).and_then(|path| path.strip_prefix('/')) {
            let photos = self.results.cities.iter().filter_map(|city| city.photo.as_ref());
            let named = photos.map(|photo| &photo.file).find(|file| file.value == asset);
            return named.map(|file| self.results.place(&file.span));
        }
        let file = match self.press.project.source(path) {
            Ok(file) => file,
            Err(_) => SourceFile::new(path, ""),
        };
        Some(Place::new(&file, range))
    }

    fn told(&self, told: &SourceDiagnostic, page: &Page<'_>, rendered: &Rendered) -> Diagnostic {
        let message = format!("{} (in {})", told.message, self.name);
        let mut problem = match told.severity {
            TypstSeverity::Error => Diagnostic::error(code::TYPST, message),
            TypstSeverity::Warning => Diagnostic::warning(code::TYPST, message),
        };
        if let Some(place) = self.place(told.span, page, rendered) {
            let behind = self.templates.behind(&place, self.results, self.locales, self.city);
            problem.places.push(place);
            problem.places.extend(behind);
        }
        // Where a style module fails, the template's call of it is the user's own line.
        for call in &told.trace {
            if problem.places.len() < 3
                && let Some(place) = self.place(call.span.into(), page, rendered)
            {
                let label = if problem.places.is_empty() { String::new() } else { call.v.to_string() };
                problem.places.push(place.labelled(label));
            }
        }
        // What a style module does not like is the length of some fact or word of this city.
        let module = |id: FileId| id != page.main() && !id.get().vpath().get_with_slash().starts_with(ASSETS);
        if told.span.id().is_some_and(module) {
            let city = self.city.map(|city| self.results.place(&city.span).labelled("in the document of this city"));
            problem.places.extend(city);
        }
        for hint in &told.hints {
            problem = problem.note(hint.v.to_string());
        }
        if problem.notes.is_empty() {
            problem = problem.help("the Typst reference explains it: https://typst.app/docs/reference/");
        } else {
            let hint = problem.notes.remove(0);
            problem = problem.help(hint);
        }
        problem
    }

    fn remark(&self, remark: Remark, page: &Page<'_>, rendered: &Rendered) -> Diagnostic {
        let problem = match remark.kind {
            Kind::OffPage(text, number) => {
                Diagnostic::warning(code::LAYOUT, format!("“{text}” leaves page {number} of {}", self.name))
                    .help("shorten the text, or give it more room in the style module")
            }
            Kind::Coarse(dots) => {
                let message = format!("a photo of {} has {dots:.0} dots to an inch in print", self.name);
                let mut problem = Diagnostic::warning(code::RESOLUTION, message);
                let photo = self.city.and_then(|city| city.photo.as_ref());
                problem.places.extend(photo.map(|photo| self.results.place(&photo.file.span)));
                problem.help(format!("take one of {:.0} dots to an inch or more", inspect::PRINT_RESOLUTION))
            }
            Kind::Said { message, help } => {
                Diagnostic::warning(code::LAYOUT, format!("{message} (in {})", self.name)).help(help)
            }
        };
        match self.place(remark.span.into(), page, rendered) {
            Some(place) => {
                let behind = self.templates.behind(&place, self.results, self.locales, self.city);
                let mut problem = problem.place(place);
                let new = |place: &Place| problem.places.iter().all(|p| p.range != place.range);
                let behind: Vec<Place> = behind.into_iter().filter(new).collect();
                problem.places.extend(behind);
                problem
            }
            None => problem,
        }
    }

    fn uncovered(&self, missing: &glyphs::Missing, page: &Page<'_>, rendered: &Rendered) -> Diagnostic {
        let c = missing.character;
        let mut problem = Diagnostic::error(
            code::MISSING_GLYPH,
            format!("no font has the character {} U+{:04X} of {}", shown(c), c as u32, self.name),
        );
        // The fact or the word that holds it says more than the line of the template that printed it.
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
            problem = problem.note(format!("the locale `{}` sets {}", locale.name, lists.join("; ")));
        }
        problem.help("put a font that covers it into fonts/ and name it last in the locale's lists, or change the text")
    }
}

fn options(variant: &Variant, name: &str, today: Date) -> Result<PdfOptions, Vec<Diagnostic>> {
    let archive = *variant == Variant::Archive;
    let standards: &[PdfStandard] = if archive { &[PdfStandard::A_3a, PdfStandard::Ua_1] } else { &[] };
    let standards = PdfStandards::new(standards)
        .map_err(|error| vec![Diagnostic::error(code::PDF, error.message().to_string())])?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("gen-report {name}")),
        creator: Smart::Custom(Some(concat!("gen-report ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: world::datetime(today).map(Timestamp::new_utc),
        standards,
        tagged: archive,
        ..PdfOptions::default()
    })
}

/// The pages of several documents for the press in one PDF, in which they share their fonts.
pub fn bind(press: &Press, documents: &[PagedDocument], today: Date) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let options = options(&press.variant, "sheets", today)?;
    let pages = documents.iter().flat_map(|document| document.pages().iter().cloned()).collect();
    let bound = PagedDocument::new(pages, typst::model::DocumentInfo::default());
    export(press, &bound, &options, |error| Diagnostic::error(code::PDF, error.message.to_string()))
}

/// The PDF of pages: Typst's, with the shared drawings put in.
fn export(
    press: &Press,
    document: &PagedDocument,
    options: &PdfOptions,
    told: impl Fn(&SourceDiagnostic) -> Diagnostic,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let pdf = typst_pdf::pdf(document, options).map_err(|errors| errors.iter().map(&told).collect::<Vec<_>>())?;
    let pdf = press.drawings.insert_into(pdf);
    if press.variant.overprints() {
        return set_overprint(&pdf, OVERPRINTED_FINISHES)
            .map_err(|error| vec![Diagnostic::error(code::PDF, error.to_string())]);
    }
    Ok(pdf)
}

fn shown(c: char) -> String {
    if c.is_control() || c.is_whitespace() { String::new() } else { format!("“{c}”") }
}

/// Does the work in a rayon pool of its own: in a shared one, the export of one document would steal another whole.
pub fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Starts a thread for documents. `false`: the system has no more of them.
pub fn worker<'scope>(scope: &'scope Scope<'scope, '_>, work: impl FnOnce() + Send + 'scope) -> bool {
    /// Layout recurses deeper than the two megabytes that a thread has by default.
    const STACK: usize = 16 << 20;
    thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || alone(work)).is_ok()
}

/// After the `count`th document of a thread: now and then Typst forgets what no document needed since the last time but
/// one. (With an age of zero it would forget all, and the next document be as slow as the first.)
pub fn sweep(count: usize) {
    if count.is_multiple_of(5) {
        comemo::evict(1);
    }
}
