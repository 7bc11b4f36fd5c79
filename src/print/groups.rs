//! Groups the documents of a run: those of one language and report, with pages of one size, are imposed together.

use lopdf::ObjectId;

use super::PrintJob;
use super::batch::PageBatches;
use super::imposition::{DocumentToImpose, Imposition, ImpositionRequest};
use super::sheet::format_decimal;
use super::text_line::MM_PER_POINT;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Languages;
use crate::pdf::import::PageBoxes;
use crate::run::{Builder, Job};

/// Documents of one language and report with pages of one size, which are imposed together.
#[derive(Debug)]
pub struct ImpositionGroup {
    pub languages: Languages,
    pub report: String,
    /// Width and height of the trimmed page, in millimetres.
    pub page: (f64, f64),
    /// Indices of the documents.
    pub documents: Vec<usize>,
    pub imposition: Imposition,
}

/// Maximum number of sides in a group, to reject orders of millions of copies.
const MAX_SIDES: usize = 20_000;

/// Groups documents by language, report and page size, and imposes each group.
pub fn group_documents(
    builder: &Builder,
    documents: &[Job],
    print_job: &PrintJob,
    batches: &PageBatches,
) -> Result<Vec<ImpositionGroup>, Problems> {
    let mut groups: Vec<(&Job, (f64, f64), Vec<usize>)> = Vec::new();
    let mut problems = Problems::new();
    let pages: Vec<Vec<ObjectId>> = batches.pdfs.iter().map(|document| document.page_iter().collect()).collect();
    for (index, (document, position)) in documents.iter().zip(&batches.positions).enumerate() {
        let (Some(batch), Some(ids)) = (batches.pdfs.get(position.batch), pages.get(position.batch)) else {
            continue;
        };
        let ids = ids.get(position.pages.clone()).unwrap_or_default();
        let boxes: Vec<PageBoxes> = ids.iter().filter_map(|page| PageBoxes::read(batch, *page).ok()).collect();
        let Some(first) = boxes.first() else { continue };
        let size_mm = |boxes: &PageBoxes| {
            let (width, height) = boxes.trim_size();
            (width * MM_PER_POINT, height * MM_PER_POINT)
        };
        let size = size_mm(first);
        let is_same = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 0.05 && (a.1 - b.1).abs() < 0.05;
        if boxes.iter().any(|boxes| !is_same(size_mm(boxes), size)) {
            let message = format!("the pages of {} differ in size", document.id);
            problems.push(Diagnostic::error(code::IMPOSITION, message).help("set one page size in its style module"));
            continue;
        }
        let bleed = boxes.iter().map(|boxes| boxes.bleed() * MM_PER_POINT).fold(f64::INFINITY, f64::min);
        if bleed < print_job.request.bleed - 0.05 {
            let (has, wanted) = (format_decimal(bleed), format_decimal(print_job.request.bleed));
            problems.push(
                Diagnostic::error(
                    code::BLEED,
                    format!("{} has {has} mm of bleed; {wanted} mm are required", document.id),
                )
                .help("set page(bleed: bleed) in its style module, or print with --bleed 0"),
            );
            continue;
        }
        let group = groups.iter_mut().find(|(other, page, _)| {
            other.id.languages == document.id.languages && other.id.report == document.id.report && is_same(*page, size)
        });
        match group {
            Some((_, _, members)) => members.push(index),
            None => groups.push((document, size, vec![index])),
        }
    }
    let mut imposed = Vec::new();
    for (first, page, members) in groups {
        let mut next = 0;
        let mut items = Vec::new();
        for index in &members {
            let count = batches.positions.get(*index).map_or(0, |position| position.pages.len());
            let copies = documents.get(*index).map_or(1, |document| print_job.copies_of(document));
            items.push(DocumentToImpose { pages: next..next + count, copies });
            next += count;
        }
        let language = first.id.languages.first();
        let binds_on_right = builder.locales.iter().any(|l| l.name == language && l.settings.direction == "rtl");
        match Imposition::new(&ImpositionRequest { binds_on_right, ..print_job.request.clone() }, page, &items) {
            Ok(imposition) if imposition.sides.len() > MAX_SIDES => problems.push(
                Diagnostic::error(
                    code::IMPOSITION,
                    format!(
                        "the `{}` documents in `{}` fill {} sides; the limit is {MAX_SIDES}",
                        first.id.report,
                        first.id.languages,
                        imposition.sides.len()
                    ),
                )
                .help(
                    "reduce --copies, print fewer cities at a time, or use --layout step-repeat, which writes each sheet \
                     once",
                ),
            ),
            Ok(imposition) => {
                let (languages, report) = (first.id.languages.clone(), first.id.report.clone());
                imposed.push(ImpositionGroup { languages, report, page, documents: members, imposition });
            }
            Err(problem) => problems.push(problem),
        }
    }
    // One mistake, such as a sheet that is too small, is found again for each group.
    problems.remove_duplicates();
    problems.or(imposed)
}
