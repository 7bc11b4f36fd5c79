//! Imposes pages of the print variant on sheets, as PDF/X-4 files with a ticket for the print shop.
//!
//! [`imposition`] computes the positions of the pages, [`marks`] the marks around them; [`sheet_file`] writes the file.

pub mod batch;
mod build_files;
mod code128;
pub mod condition;
pub mod copies;
pub mod draw;
mod groups;
pub mod identity;
pub mod imposition;
pub mod inks;
pub mod labels;
pub mod marks;
mod preflight;
mod processing_step;
pub mod profile;
pub mod sheet;
pub mod sheet_file;
pub mod stock;
pub mod text_line;
pub mod ticket;
mod warnings;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::json;

use crate::design::PrintLimits;
use crate::diagnostic::Problems;
use crate::document::{DocumentId, Languages, file_stem};
use crate::run::print_files::PrintFile;
use crate::run::{Builder, Concurrency, Job, TimeLimit};
use batch::lay_out_batches;
use build_files::SheetFileBuilder;
use copies::Copies;
pub use groups::ImpositionGroup;
use groups::group_documents;
use identity::SheetSelection;
use imposition::{Imposition, ImpositionRequest, SheetFace};
use inks::Inks;
use labels::{LabelLocales, Labels};
use processing_step::ProcessingStep;
use profile::Profile;
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
    pub copies: Copies,
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
        self.copies.of(document.id.city.as_deref())
    }
}

/// The files of a print job.
pub struct ImposedFiles {
    /// Files of sheets, then those of the ticket.
    pub files: Vec<PrintFile>,
    /// Number of sheets to print.
    pub sheets: usize,
    /// About the sheets, and about texts from fallback locales.
    pub warnings: Problems,
}

/// Imposes documents on sheets and returns the files, or `None` if the run was interrupted. Nothing is written to disk.
///
/// `on_laid_out` is called after each document.
///
/// # Errors
/// A document cannot be built or exceeds the time limit, or the job cannot be printed as requested.
pub fn impose(
    builder: Builder,
    documents: Vec<Job>,
    print_job: PrintJob,
    concurrency: Concurrency,
    interrupt: &'static AtomicBool,
    on_laid_out: impl FnMut() + Send + 'static,
) -> Result<Option<ImposedFiles>, Problems> {
    let time_limit = print_job.time_limit.clone();
    let work = move || {
        let imposed = impose_documents(&builder, &documents, &print_job, concurrency, interrupt, on_laid_out)?;
        Ok(imposed.map(|mut imposed| {
            imposed.warnings.extend(builder.fallback_uses());
            imposed
        }))
    };
    match time_limit {
        Some(limit) => limit.run(work)?,
        None => work(),
    }
}

fn impose_documents(
    builder: &Builder,
    documents: &[Job],
    print_job: &PrintJob,
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    on_laid_out: impl FnMut(),
) -> Result<Option<ImposedFiles>, Problems> {
    let time_limit = print_job.time_limit.as_deref();
    let Some(batches) = lay_out_batches(builder, documents, time_limit, concurrency, interrupt, on_laid_out)? else {
        return Ok(None);
    };
    let groups = group_documents(builder, documents, print_job, &batches)?;
    let locales = LabelLocales::read(builder, print_job.shop_language.as_deref())?;
    let mut fonts = batches.label_fonts.clone();
    let shop_fonts = builder.typesetter.fonts.regular_fonts(locales.shop_fonts());
    fonts.extend(shop_fonts.into_iter().filter(|font| !batches.label_fonts.contains(font)));
    let fonts = LabelFonts::from_fonts(&fonts)?;
    let mut warnings = batches.warnings.clone();
    warnings.extend(warnings::find_warnings(builder, documents, print_job, &groups));
    let files = assign_to_files(&groups, print_job.split);
    let file_builder =
        SheetFileBuilder { builder, documents, print_job, batches: &batches, fonts: &fonts, locales: &locales };
    let Some(mut built) = file_builder.build_files(&files, interrupt)? else { return Ok(None) };
    warnings.extend(built.warnings);
    if let Some(selection) = &print_job.only_sheets {
        let files = files.iter().map(|(_, groups)| groups.iter().map(|group| group.imposition.sheet_count()).sum());
        selection.check(files.max().unwrap_or_default())?;
        // The ticket that was written with the whole job describes these sheets already.
        return Ok(Some(ImposedFiles { files: built.files, sheets: built.sheets, warnings }));
    }
    warnings.extend(warnings::find_unused_finishes(&print_job.finishes, &built.spots));
    let ticket = ticket::Ticket {
        title: run_title(builder, &groups),
        date: publication_date(builder),
        order: print_job.order.clone(),
        files: built.ticket_files,
    };
    let language = groups.first().map_or("", |group| group.languages.first());
    built.files.extend(ticket_files(&ticket, &fonts, locales.labels(language), &print_job.profile)?);
    Ok(Some(ImposedFiles { files: built.files, sheets: built.sheets, warnings }))
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
fn ticket_files(
    ticket: &ticket::Ticket,
    fonts: &LabelFonts,
    labels: Labels<'_>,
    profile: &Profile,
) -> Result<[PrintFile; 3], Problems> {
    let pdf = ticket.pdf(fonts, labels, profile)?;
    let json = format!("{:#}\n", ticket.json()).into_bytes();
    let xjdf = ticket.xjdf().into_bytes();
    Ok([("ticket.pdf", pdf), ("ticket.json", json), ("ticket.xjdf", xjdf)].map(|(name, bytes)| {
        PrintFile::new(name.to_owned(), bytes, json!({ "type": "ticket", "sheets": 0, "sides": 0 }))
    }))
}

/// Returns the numbers of inks on the fronts and on the backs. Finishes are not inks.
fn count_colours(imposition: &Imposition, inks: &Inks) -> (usize, usize) {
    let count = |faces: &[SheetFace]| {
        let sides = imposition.sides.iter().filter(|side| faces.contains(&side.face));
        let pages = sides.flat_map(|side| side.placed.iter().map(|placed| placed.page_index));
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
