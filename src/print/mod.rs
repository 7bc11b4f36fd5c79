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
use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::document::{DocumentId, Languages, file_stem};
use crate::hash::hex;
use crate::run::{Builder, Concurrency, Job, TimeLimit};
use batch::{PageBatches, lay_out_batches};
pub use groups::ImpositionGroup;
use groups::group_documents;
use identity::{FileIdentity, SheetSelection, describe_sides};
use inks::Inks;
use labels::{LabelLocales, Labels, SlugText};
use plan::{Imposition, ImpositionRequest, SheetFace};
use preflight::Preflight;
use processing_step::ProcessingStep;
use profile::Profile;
use sheet_file::{FinishedSheets, SheetFile, SlugRequest};
use text_line::LabelFonts;

/// How to split the output into files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum FileSplit {
    /// One file for each language
    #[default]
    Language,
    /// One file for each sheet size
    Sheet,
}

/// What to print, and how.
pub struct PrintJob {
    pub request: ImpositionRequest,
    pub split: FileSplit,
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

/// A finished file.
pub struct PrintOutput {
    /// Its path relative to the output folder.
    pub name: String,
    pub kind: OutputKind,
    pub bytes: Vec<u8>,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind {
    Sheets {
        /// Number of sheets to print.
        sheets: usize,
        /// Number of pages of the file.
        sides: usize,
    },
    Ticket,
}

impl PrintOutput {
    fn new(name: String, kind: OutputKind, bytes: Vec<u8>) -> Self {
        let sha256 = hex(&Sha256::digest(&bytes));
        Self { name, kind, bytes, sha256 }
    }
}

/// Imposes documents on sheets and returns the files, or `None` if the run was interrupted. Nothing is written to disk.
///
/// `on_laid_out` is called after each document.
pub fn impose(
    builder: &Builder,
    documents: &[Job],
    print_job: &PrintJob,
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    on_laid_out: impl FnMut(),
) -> Result<Option<(Vec<PrintOutput>, Problems)>, Problems> {
    let time_limit = print_job.time_limit.as_deref();
    let Some(batches) = lay_out_batches(builder, documents, time_limit, concurrency, interrupt, on_laid_out)? else {
        return Ok(None);
    };
    let groups = group_documents(builder, documents, print_job, &batches)?;
    let locales = LabelLocales::read(builder, print_job.shop_language.as_deref())?;
    let mut fonts = batches.label_fonts.clone();
    let shop_fonts = builder.typesetter.fonts.regular_fonts(locales.shop_fonts());
    fonts.extend(shop_fonts.into_iter().filter(|font| !batches.label_fonts.contains(font)));
    let fonts = LabelFonts::of(&fonts)?;
    let mut warnings = batches.warnings.clone();
    warnings.extend(warnings::find(builder, documents, print_job, &groups));
    let files = assign_to_files(&groups, print_job.split);
    let file_builder =
        SheetFileBuilder { builder, documents, print_job, batches: &batches, fonts: &fonts, locales: &locales };
    let Some(built) = file_builder.build_files(&files, interrupt)? else { return Ok(None) };
    let mut outputs = built.outputs;
    warnings.extend(built.warnings);
    if let Some(selection) = &print_job.only_sheets {
        let files = files.iter().map(|(_, groups)| groups.iter().map(|group| group.imposition.sheet_count()).sum());
        selection.check(files.max().unwrap_or_default())?;
        // The ticket of the whole job describes the sheets.
        return Ok(Some((outputs, warnings)));
    }
    warnings.extend(warnings::find_unused_finishes(&print_job.finishes, &built.spots));
    let ticket = ticket::Ticket {
        title: run_title(builder, &groups),
        date: publication_date(builder),
        order: print_job.order.clone(),
        files: built.ticket_files,
    };
    let language = groups.first().map_or("", |group| group.languages.first());
    outputs.extend(ticket_outputs(&ticket, &fonts, locales.labels(language), &print_job.profile)?);
    Ok(Some((outputs, warnings)))
}

/// Assigns groups to files. Returns the name of each file, without its extension, and its groups.
fn assign_to_files(groups: &[ImpositionGroup], split: FileSplit) -> Vec<(String, Vec<&ImpositionGroup>)> {
    let mut reports: Vec<&str> = groups.iter().map(|group| group.report.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    let mut files: Vec<(String, Vec<&ImpositionGroup>)> = Vec::new();
    for group in groups {
        let name = match split {
            FileSplit::Language => group.languages.to_string(),
            FileSplit::Sheet => group.imposition.sheet.file_name(),
        };
        let name = match reports[..] {
            [report] => format!("{}-{name}", file_stem(report)),
            _ => name,
        };
        match files.iter_mut().find(|(other, _)| *other == name) {
            Some((_, members)) => members.push(group),
            None => files.push((name, vec![group])),
        }
    }
    files
}

/// Returns the ticket in its three formats.
fn ticket_outputs(
    ticket: &ticket::Ticket,
    fonts: &LabelFonts,
    labels: Labels<'_>,
    profile: &Profile,
) -> Result<[PrintOutput; 3], Problems> {
    let pdf = ticket.pdf(fonts, labels, profile)?;
    let json = format!("{:#}\n", ticket.json()).into_bytes();
    let xjdf = ticket.xjdf().into_bytes();
    Ok([("ticket.pdf", pdf), ("ticket.json", json), ("ticket.xjdf", xjdf)]
        .map(|(name, bytes)| PrintOutput::new(name.to_owned(), OutputKind::Ticket, bytes)))
}

/// Returns the numbers of inks on the fronts and on the backs. Finishes are not inks.
fn count_colours(imposition: &Imposition, inks: &Inks) -> (usize, usize) {
    let count = |faces: &[SheetFace]| {
        let sides = imposition.sides.iter().filter(|side| faces.contains(&side.face));
        let pages = sides.flat_map(|side| side.placed.iter().map(|placed| placed.page));
        let plates = inks.plates_of(pages);
        plates.iter().filter(|plate| ProcessingStep::of_separation(plate).is_none()).count()
    };
    (count(&[SheetFace::Only, SheetFace::Front, SheetFace::Both]), count(&[SheetFace::Back, SheetFace::Both]))
}

/// Returns the name of a document without words of any language.
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
    print_job: &'a PrintJob,
    batches: &'a PageBatches,
    fonts: &'a LabelFonts,
    locales: &'a LabelLocales<'a>,
}

/// The files of sheets, and what they have in common with the ticket.
#[derive(Default)]
struct BuiltFiles {
    outputs: Vec<PrintOutput>,
    ticket_files: Vec<ticket::TicketFile>,
    /// The spot colours of all pages.
    spots: BTreeSet<String>,
    warnings: Problems,
}

impl SheetFileBuilder<'_> {
    /// Builds all files, or returns `None` if the run was interrupted. `files` are their names, without extension, and what
    /// is placed in each.
    fn build_files(
        &self,
        files: &[(String, Vec<&ImpositionGroup>)],
        interrupt: &AtomicBool,
    ) -> Result<Option<BuiltFiles>, Problems> {
        let (mut built, mut problems) = (BuiltFiles::default(), Problems::new());
        for (stem, groups) in files {
            if interrupt.load(Ordering::Relaxed) {
                return Ok(None);
            }
            match self.build(&format!("{stem}.pdf"), groups) {
                Ok((sheets, ticket_file)) => {
                    problems.extend(self.add_file(&mut built, stem, groups, sheets, ticket_file));
                }
                Err(found) => problems.extend(found),
            }
        }
        problems.or(Some(built))
    }

    /// Adds a file, unless no sheet of it is printed. Returns the errors in its inks.
    fn add_file(
        &self,
        built: &mut BuiltFiles,
        stem: &str,
        groups: &[&ImpositionGroup],
        sheets: FinishedSheets,
        ticket_file: ticket::TicketFile,
    ) -> Vec<Diagnostic> {
        let impositions = groups.iter().map(|group| &group.imposition);
        let (name, sheet_count) = match &self.print_job.only_sheets {
            None => (format!("{stem}.pdf"), impositions.map(Imposition::paper_count).sum()),
            Some(selection) => (format!("{stem}-reprint.pdf"), selection.paper_count(impositions)),
        };
        if sheet_count == 0 {
            return Vec::new();
        }
        let (max_ink, limits) = (self.print_job.max_ink, &self.print_job.limits);
        let id_of = |page| self.document_of(groups, page).map(|document| &document.id);
        let found =
            sheets.inks.problems(max_ink, limits, |page| id_of(page).map(ToString::to_string).unwrap_or_default());
        let preflight = sheets.inks.preflight(max_ink, limits, |page| id_of(page).map(short_name).unwrap_or_default());
        let kind = OutputKind::Sheets { sheets: sheet_count, sides: sheets.sides };
        let output = PrintOutput::new(name, kind, sheets.pdf);
        let preflight = Preflight { fonts: sheets.fonts, ..preflight };
        built.ticket_files.push(ticket_file.with_preflight(preflight, &output.sha256));
        built.outputs.push(output);
        let (errors, warnings): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|problem| problem.severity == Severity::Error);
        built.warnings.extend(warnings);
        built.warnings.extend(sheets.warnings);
        built.spots.extend(sheets.inks.spots.into_keys());
        errors
    }

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
            for position in group.documents.iter().filter_map(|index| self.batches.positions.get(*index)) {
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
        let slug_parts = |request: &SlugRequest<'_>| match groups.get(request.imposition) {
            Some(group) => self.slug_parts(group, groups, request),
            None => Ok(Vec::new()),
        };
        let title = groups.first().map(|group| programme_name(self.builder, &group.languages)).unwrap_or_default();
        let locate = |page: usize| self.locate(groups, page);
        let sides = describe_sides(self.builder, &impositions, &locate);
        let identity = FileIdentity::new(name, &sides);
        let ticket = ticket::TicketFile::new(name, self.print_job, self.documents, groups, (identity.clone(), sides));
        let date = publication_date(self.builder);
        let draw_cover = |plates: &[String]| {
            let Some(group) = groups.first().filter(|_| self.print_job.cover) else { return Ok(Vec::new()) };
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
            profile: &self.print_job.profile,
            slug_parts: &slug_parts,
            draw_front_pages: &draw_cover,
            has_die_lines: self.print_job.has_die_lines,
            only_sheets: self.print_job.only_sheets.as_ref(),
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
        groups.iter().flat_map(|group| &group.documents).find_map(|index| {
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
        &SlugRequest { side, sheet, total, .. }: &SlugRequest<'_>,
    ) -> Result<Vec<String>, Diagnostic> {
        let labels = self.locales.labels(group.languages.first());
        let mut cities: Vec<String> = Vec::new();
        for placed in &side.placed {
            let city =
                self.document_of(groups, placed.page).map(|document| self.city_name(document)).unwrap_or_default();
            if !city.is_empty() && !cities.contains(&city) {
                cities.push(city);
            }
        }
        let programme = programme_name(self.builder, &group.languages);
        labels.slug_parts(SlugText {
            heading: format!("{programme}, {}", labels.report(&group.report)?),
            job_number: self.print_job.order.job_number.as_deref(),
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
