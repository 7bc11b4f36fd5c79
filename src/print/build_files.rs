//! Builds the PDF files with the sheets of a print job.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use lopdf::ObjectId;
use printpdf::PdfPage;
use serde_json::json;

use super::batch::PageBatches;
use super::identity::{FileIdentity, describe_sides};
use super::imposition::{Imposition, SheetFace};
use super::labels::{LabelLocales, SlugText};
use super::preflight::Preflight;
use super::sheet_file::{FinishedSheets, SheetFile, SlugRequest};
use super::text_line::LabelFonts;
use super::{ImpositionGroup, PrintJob, count_colours, programme_name, publication_date, short_name, ticket};
use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::run::print_files::PrintFile;
use crate::run::{Builder, Job};

/// Builds the files of a print job.
pub struct SheetFileBuilder<'a> {
    pub builder: &'a Builder,
    pub documents: &'a [Job],
    pub print_job: &'a PrintJob,
    pub batches: &'a PageBatches,
    pub fonts: &'a LabelFonts,
    pub locales: &'a LabelLocales<'a>,
}

/// The sheet files, and what the ticket and the warnings need from them.
#[derive(Default)]
pub struct BuiltFiles {
    pub files: Vec<PrintFile>,
    /// Number of sheets to print.
    pub sheets: usize,
    pub ticket_files: Vec<ticket::TicketFile>,
    /// The spot colours of all pages.
    pub spots: BTreeSet<String>,
    pub warnings: Problems,
}

impl SheetFileBuilder<'_> {
    /// Builds all files, or returns `None` if the run was interrupted. `files` are their names, without extension, and the
    /// groups in each.
    pub fn build_files(
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
        problems.into_result(Some(built))
    }

    /// Adds a file, unless none of its sheets is printed. Returns the errors in its inks.
    fn add_file(
        &self,
        built: &mut BuiltFiles,
        stem: &str,
        groups: &[&ImpositionGroup],
        sheets: FinishedSheets,
        ticket_file: ticket::TicketFile,
    ) -> Vec<Diagnostic> {
        let impositions = groups.iter().map(|group| &group.imposition);
        let (name, print_count) = match &self.print_job.only_sheets {
            None => (format!("{stem}.pdf"), impositions.map(Imposition::print_count).sum()),
            Some(selection) => (format!("{stem}-reprint.pdf"), selection.print_count(impositions)),
        };
        if print_count == 0 {
            return Vec::new();
        }
        let (max_ink, limits) = (self.print_job.max_ink, &self.print_job.limits);
        let id_of = |page| self.document_of(groups, page).map(|document| &document.id);
        let found =
            sheets.inks.problems(max_ink, limits, |page| id_of(page).map(ToString::to_string).unwrap_or_default());
        let preflight = sheets.inks.preflight(max_ink, limits, |page| id_of(page).map(short_name).unwrap_or_default());
        let about = json!({ "type": "sheets", "sheets": print_count, "sides": sheets.sides });
        let file = PrintFile::new(name, sheets.pdf, about);
        let preflight = Preflight { fonts: sheets.fonts, ..preflight };
        built.ticket_files.push(ticket_file.with_preflight(preflight, &file.sha256));
        built.files.push(file);
        built.sheets += print_count;
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
            placed.for_each(|placed| placed.page_index += page_count);
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
            draw_leading_pages: &draw_cover,
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
            let city = self
                .document_of(groups, placed.page_index)
                .map(|document| self.city_name(document))
                .unwrap_or_default();
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
        let (_, city) = document.facts(&self.builder.project);
        let name = city.and_then(|city| city.name.find(document.id.languages.first()));
        name.map(|forms| forms.name.clone()).unwrap_or_default()
    }
}
