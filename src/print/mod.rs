//! Imposes pages of the press variant on sheets, as PDF/X-4 files with a ticket for the print shop.
//!
//! [`plan`] computes the positions of the pages, [`marks`] the marks around them; [`sheet_file`] writes the file.

pub mod batch;
mod code128;
pub mod condition;
pub mod draw;
mod groups;
pub mod identity;
pub mod inks;
pub mod labels;
pub mod marks;
pub mod plan;
mod preflight;
mod processing_step;
pub mod profile;
pub mod sheet;
pub mod sheet_file;
pub mod stock;
pub mod text_line;
pub mod ticket;
mod warnings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lopdf::ObjectId;
use printpdf::PdfPage;
use sha2::{Digest, Sha256};

use crate::design::PrintLimits;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::{DocumentId, Languages};
use crate::hash::hex;
use crate::run::{Builder, Concurrency, Job, TimeLimit};
use batch::{PageBatches, lay_out_batches};
pub use groups::ImpositionGroup;
use groups::group_documents;
use identity::{FileIdentity, SheetSelection, describe_sides};
use inks::Inks;
use labels::{LabelLocales, SlugText};
use plan::{Imposition, ImpositionRequest, SheetFace, SheetSide};
use preflight::Preflight;
use processing_step::ProcessingStep;
use profile::Profile;
use sheet_file::{FinishedSheets, SheetFile};
use text_line::LabelFonts;

/// How to split the output into files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Group {
    /// One file for each language
    #[default]
    Language,
    /// One file for each sheet size
    Sheet,
}

/// What to print, and how.
pub struct PrintJob {
    pub request: ImpositionRequest,
    pub group: Group,
    /// Copies of each document.
    pub copies: usize,
    /// Exceptions to `copies`, by city id.
    pub city_copies: BTreeMap<String, usize>,
    /// Finishes that get a separate plate.
    pub finishes: Vec<String>,
    /// Whether the sheets have lines for a machine that cuts and creases.
    pub has_die_lines: bool,
    pub profile: Profile,
    /// Maximum ink coverage, in percent.
    pub max_ink: u32,
    pub limits: PrintLimits,
    pub cover: bool,
    pub order: ticket::Order,
    /// The language of slug lines, cover and ticket; `None`: that of the documents.
    pub shop_language: Option<String>,
    /// The sheets to print again; `None`: the whole job.
    pub only_sheets: Option<SheetSelection>,
    /// Watches the layout of each document.
    pub time_limit: Option<Arc<TimeLimit>>,
}

impl PrintJob {
    /// Returns the number of copies of a document.
    pub fn copies_of(&self, document: &Job) -> usize {
        document.id.city.as_ref().and_then(|city| self.city_copies.get(city)).copied().unwrap_or(self.copies)
    }
}

/// A finished file: sheets, or the ticket.
pub struct SheetOutput {
    /// Path in the output folder.
    pub key: String,
    pub bytes: Vec<u8>,
    /// Number of sheets to print; 0 for a ticket.
    pub sheets: usize,
    /// Number of pages of the file; 0 for a ticket.
    pub sides: usize,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

impl SheetOutput {
    fn new(key: String, bytes: Vec<u8>, sheets: usize, sides: usize) -> Self {
        let sha256 = hex(&Sha256::digest(&bytes));
        Self { key, bytes, sheets, sides, sha256 }
    }
}

/// Imposes documents on sheets and returns the files, or `None` if the run was interrupted. Nothing is written to disk.
///
/// `on_laid_out` is called after each document.
pub fn impose(
    builder: &Builder,
    documents: &[Job],
    job: &PrintJob,
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    on_laid_out: impl FnMut(),
) -> Result<Option<(Vec<SheetOutput>, Problems)>, Problems> {
    let Some(batches) =
        lay_out_batches(builder, documents, job.time_limit.as_deref(), concurrency, interrupt, on_laid_out)?
    else {
        return Ok(None);
    };
    let groups = group_documents(builder, documents, job, &batches)?;
    let locales = LabelLocales::read(builder, job.shop_language.as_deref())?;
    let mut fonts = batches.label_fonts.clone();
    let shop_fonts = builder.typesetter.fonts.regular_fonts(locales.shop_fonts());
    fonts.extend(shop_fonts.into_iter().filter(|font| !batches.label_fonts.contains(font)));
    let fonts = LabelFonts::of(&fonts)?;
    let mut warnings = batches.warnings.clone();
    warnings.extend(warnings::find(builder, documents, job, &groups));
    let mut files: Vec<(String, Vec<&ImpositionGroup>)> = Vec::new();
    for group in &groups {
        let key = match job.group {
            Group::Language => group.languages.to_string(),
            Group::Sheet => group.imposition.sheet.name.to_lowercase().replace(['×', ' '], "x").replace("xmm", ""),
        };
        match files.iter_mut().find(|(other, _)| *other == key) {
            Some((_, members)) => members.push(group),
            None => files.push((key, vec![group])),
        }
    }
    let mut reports: Vec<&str> = groups.iter().map(|group| group.report.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    let (mut outputs, mut ticket_files, mut problems) = (Vec::new(), Vec::new(), Problems::new());
    let mut spots: BTreeSet<String> = BTreeSet::new();
    let file_builder =
        SheetFileBuilder { builder, documents, job, batches: &batches, fonts: &fonts, locales: &locales };
    for (key, groups) in &files {
        if interrupt.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let name = match reports[..] {
            [report] => format!("{}-{key}.pdf", report.replace('/', "-")),
            _ => format!("{key}.pdf"),
        };
        match file_builder.build(&name, groups) {
            Ok((sheets, ticket_file)) => {
                let impositions = || groups.iter().map(|group| &group.imposition);
                let (key, sheet_count) = match &job.only_sheets {
                    None => (name, impositions().map(Imposition::paper_count).sum()),
                    Some(selection) => (name.replace(".pdf", "-reprint.pdf"), selection.paper_count(impositions())),
                };
                if sheet_count == 0 {
                    continue;
                }
                let document_of = |page| file_builder.document_of(groups, page);
                let name_of = |page| document_of(page).map(|document| document.id.to_string()).unwrap_or_default();
                let found = sheets.inks.problems(job.max_ink, &job.limits, name_of);
                let short_name = |page| document_of(page).map(|document| short_name(&document.id)).unwrap_or_default();
                let preflight = sheets.inks.preflight(job.max_ink, &job.limits, short_name);
                let output = SheetOutput::new(key, sheets.pdf, sheet_count, sheets.sides);
                let ticket_file =
                    ticket_file.with_preflight(Preflight { fonts: sheets.fonts, ..preflight }, &output.sha256);
                let (errors, ink_warnings): (Vec<_>, Vec<_>) =
                    found.into_iter().partition(|p| p.severity == crate::diagnostic::Severity::Error);
                problems.extend(errors);
                warnings.extend(ink_warnings);
                warnings.extend(sheets.warnings);
                spots.extend(sheets.inks.spots.into_keys());
                outputs.push(output);
                ticket_files.push(ticket_file);
            }
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if let Some(selection) = &job.only_sheets {
        let files = files.iter().map(|(_, groups)| groups.iter().map(|group| group.imposition.sheet_count()).sum());
        selection.check(files.max().unwrap_or_default())?;
        // The ticket of the whole job describes the sheets.
        return Ok(Some((outputs, warnings)));
    }
    for finish in job.finishes.iter().filter(|finish| !spots.iter().any(|spot| spot.eq_ignore_ascii_case(finish))) {
        let known: Vec<String> = spots.iter().map(|spot| spot.to_lowercase()).collect();
        let problem = Diagnostic::warning(code::FINISH, format!("no page of the run has a plate for `{finish}`"))
            .help("use a finish that `plates` in reports/shared/colour.typ names");
        warnings.push(problem.suggest(finish, known.iter().map(String::as_str)));
    }
    let ticket = ticket::Ticket {
        title: run_title(builder, &groups),
        date: publication_date(builder),
        order: job.order.clone(),
        files: ticket_files,
    };
    let language = groups.first().map_or("", |group| group.languages.first());
    let pdf = ticket.pdf(&fonts, locales.labels(language), &job.profile)?;
    outputs.push(SheetOutput::new("ticket.pdf".to_owned(), pdf, 0, 0));
    let json = format!("{:#}\n", ticket.json()).into_bytes();
    outputs.push(SheetOutput::new("ticket.json".to_owned(), json, 0, 0));
    outputs.push(SheetOutput::new("ticket.xjdf".to_owned(), ticket.xjdf().into_bytes(), 0, 0));
    Ok(Some((outputs, warnings)))
}

/// Returns the numbers of inks on the fronts and on the backs. Finishes are no inks.
fn count_colours(imposition: &Imposition, inks: &Inks) -> (usize, usize) {
    let count = |faces: &[SheetFace]| {
        let sides = imposition.sides.iter().filter(|side| faces.contains(&side.face));
        let pages = sides.flat_map(|side| side.placed.iter().map(|placed| placed.page));
        let plates = inks.plates_of(pages);
        plates.iter().filter(|plate| ProcessingStep::of_separation(plate).is_none()).count()
    };
    (count(&[SheetFace::Only, SheetFace::Front, SheetFace::Both]), count(&[SheetFace::Back, SheetFace::Both]))
}

/// Returns the name of a document for a print shop, in which no word is of a language.
fn short_name(document: &DocumentId) -> String {
    let city = document.city.iter().map(|city| format!("-{city}")).collect::<String>();
    format!("{}{city} ({})", document.report, document.languages)
}

fn publication_date(builder: &Builder) -> crate::results::Date {
    *builder.project.results.edition.published
}

/// Returns the name of the programme in the first language of the run.
fn run_title(builder: &Builder, groups: &[ImpositionGroup]) -> String {
    groups.first().map(|group| programme_name(builder, &group.languages)).unwrap_or_default()
}

/// Returns the short name of the programme, or else its name, in the first language of a document.
fn programme_name(builder: &Builder, languages: &Languages) -> String {
    let programme = &builder.project.results.programme;
    let first = languages.first();
    let found = programme.short.find(first).or_else(|| programme.name.find(first));
    found.map(|forms| forms.name.clone()).unwrap_or_default()
}

/// Builds the files of a run.
struct SheetFileBuilder<'a> {
    builder: &'a Builder,
    documents: &'a [Job],
    job: &'a PrintJob,
    batches: &'a PageBatches,
    fonts: &'a LabelFonts,
    locales: &'a LabelLocales<'a>,
}

impl SheetFileBuilder<'_> {
    /// Builds one file and its entry in the ticket.
    fn build(&self, name: &str, groups: &[&ImpositionGroup]) -> Result<(FinishedSheets, ticket::TicketFile), Problems> {
        let mut impositions: Vec<Imposition> = Vec::new();
        let mut pages_by_batch: Vec<(usize, Vec<ObjectId>)> = Vec::new();
        let mut page_count = 0;
        for group in groups {
            let mut imposition = group.imposition.clone();
            let placed = imposition.sides.iter_mut().flat_map(|side| &mut side.placed);
            placed.for_each(|placed| placed.page += page_count);
            impositions.push(imposition);
            for position in group.jobs.iter().filter_map(|index| self.batches.positions.get(*index)) {
                let Some(document) = self.batches.pdfs.get(position.batch) else { continue };
                let ids = document.page_iter().skip(position.pages.start).take(position.pages.len());
                match pages_by_batch.last_mut().filter(|(batch, _)| *batch == position.batch) {
                    Some((_, pages)) => pages.extend(ids),
                    None => pages_by_batch.push((position.batch, ids.collect())),
                }
                page_count += position.pages.len();
            }
        }
        let pages: Vec<_> = pages_by_batch
            .into_iter()
            .filter_map(|(batch, pages)| Some((self.batches.pdfs.get(batch)?, pages)))
            .collect();
        let slug_parts = |index: usize, side: &SheetSide, sheet: usize, total: usize| match groups.get(index) {
            Some(group) => self.slug_parts(group, groups, side, sheet, total),
            None => Ok(Vec::new()),
        };
        let title = groups.first().map(|group| programme_name(self.builder, &group.languages)).unwrap_or_default();
        let locate = |page: usize| self.locate(groups, page);
        let sides = describe_sides(self.builder, &impositions, &locate);
        let identity = FileIdentity::new(name, &sides);
        let ticket = ticket::TicketFile::new(name, self.job, self.documents, groups, (identity.clone(), sides));
        let date = publication_date(self.builder);
        let draw_cover = |plates: &[String]| {
            let Some(group) = groups.first().filter(|_| self.job.cover) else { return Ok(Vec::new()) };
            let ticket = ticket.clone().with_plates(plates.to_vec());
            let labels = self.locales.labels(group.languages.first());
            let mut cover = ticket.cover_pages(&title, date, self.fonts, labels, &group.imposition.sheet)?;
            // In a file that is printed on both sides, fronts must be on odd pages.
            let has_backs =
                groups.iter().any(|group| group.imposition.sides.iter().any(|side| side.face == SheetFace::Back));
            if let (true, Some(last)) = (has_backs && cover.len() % 2 == 1, cover.last()) {
                cover.push(PdfPage { ops: Vec::new(), ..last.clone() });
            }
            Ok(cover)
        };
        let file = SheetFile {
            title: &format!("{title}: {name}"),
            file_name: name,
            identity: Some(&identity),
            date,
            pages: &pages,
            impositions: &impositions,
            fonts: self.fonts,
            profile: &self.job.profile,
            slug_parts: &slug_parts,
            draw_cover: &draw_cover,
            has_die_lines: self.job.has_die_lines,
            only_sheets: self.job.only_sheets.as_ref(),
        };
        let sheets = file.build()?;
        let colours: Vec<_> = impositions.iter().map(|imposition| count_colours(imposition, &sheets.inks)).collect();
        let ticket = ticket.with_plates(sheets.inks.plates()).with_colours(&colours);
        Ok((sheets, ticket))
    }

    /// Returns the document that a page of a file belongs to.
    fn document_of(&self, groups: &[&ImpositionGroup], page: usize) -> Option<&Job> {
        self.locate(groups, page).map(|(document, _)| document)
    }

    /// Returns the document that a page of a file belongs to, and the number of the page in it, from 1.
    fn locate(&self, groups: &[&ImpositionGroup], page: usize) -> Option<(&Job, usize)> {
        let mut end = 0;
        groups.iter().flat_map(|group| &group.jobs).find_map(|index| {
            let start = end;
            end += self.batches.positions.get(*index)?.pages.len();
            (page < end).then(|| Some((self.documents.get(*index)?, page - start + 1))).flatten()
        })
    }

    /// Returns the parts of a slug line: programme and report, sheet number, language, date, the cities on the sheet.
    fn slug_parts(
        &self,
        group: &ImpositionGroup,
        groups: &[&ImpositionGroup],
        side: &SheetSide,
        sheet: usize,
        total: usize,
    ) -> Result<Vec<String>, Diagnostic> {
        let labels = self.locales.labels(group.languages.first());
        let mut cities: Vec<String> = Vec::new();
        for placed in &side.placed {
            let city = self.document_of(groups, placed.page).map(|job| self.city_name(job)).unwrap_or_default();
            if !city.is_empty() && !cities.contains(&city) {
                cities.push(city);
            }
        }
        let programme = programme_name(self.builder, &group.languages);
        labels.slug_parts(SlugText {
            heading: format!("{programme}, {}", labels.report(&group.report)?),
            job_number: self.job.order.job_number.as_deref(),
            sheet,
            total,
            face: side.face,
            languages: group.languages.to_string(),
            date: publication_date(self.builder),
            cities,
        })
    }

    /// Returns the name of a document's city in the document's first language.
    fn city_name(&self, document: &Job) -> String {
        let cities = &self.builder.project.results.cities;
        let city = document.id.city.as_ref().and_then(|id| cities.iter().find(|city| city.id == *id));
        let name = city.and_then(|city| city.name.find(document.id.languages.first()));
        name.map(|forms| forms.name.clone()).unwrap_or_default()
    }
}
