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
    let mut problems = Problems::new();
    let mut imposed = Vec::new();
    for members in find_groups(documents, print_job, batches, &mut problems) {
        match impose_group(members, builder, documents, print_job, batches) {
            Ok(group) => imposed.push(group),
            Err(problem) => problems.push(problem),
        }
    }
    // One mistake, such as a sheet that is too small, is found again for each group.
    problems.remove_duplicates();
    problems.into_result(imposed)
}

/// Documents that belong together: the first one, the size of a trimmed page in millimetres, and the indices of all.
type Members<'a> = (&'a Job, (f64, f64), Vec<usize>);

/// Groups documents by language, report and page size. Documents that cannot be imposed are added to `problems`.
fn find_groups<'a>(
    documents: &'a [Job],
    print_job: &PrintJob,
    batches: &PageBatches,
    problems: &mut Problems,
) -> Vec<Members<'a>> {
    let mut groups: Vec<Members<'a>> = Vec::new();
    let pages: Vec<Vec<ObjectId>> = batches.pdfs.iter().map(|document| document.page_iter().collect()).collect();
    for (index, (document, position)) in documents.iter().zip(&batches.positions).enumerate() {
        let (Some(batch), Some(ids)) = (batches.pdfs.get(position.batch), pages.get(position.batch)) else {
            continue;
        };
        let ids = ids.get(position.pages.clone()).unwrap_or_default();
        let boxes: Vec<PageBoxes> = ids.iter().filter_map(|page| PageBoxes::read(batch, *page).ok()).collect();
        let Some(size) = boxes.first().map(size_in_mm) else { continue };
        if let Err(problem) = check_pages(document, &boxes, print_job.request.bleed) {
            problems.push(problem);
            continue;
        }
        let group = groups.iter_mut().find(|(other, page, _)| {
            other.id.languages == document.id.languages
                && other.id.report == document.id.report
                && is_same_size(*page, size)
        });
        match group {
            Some((_, _, members)) => members.push(index),
            None => groups.push((document, size, vec![index])),
        }
    }
    groups
}

/// Returns an error if the pages of a document differ in size, or have less bleed than required.
fn check_pages(document: &Job, boxes: &[PageBoxes], required_bleed: f64) -> Result<(), Diagnostic> {
    let mut sizes = boxes.iter().map(size_in_mm);
    if let Some(first) = sizes.next()
        && sizes.any(|size| !is_same_size(size, first))
    {
        let message = format!("the pages of {} differ in size", document.id);
        return Err(Diagnostic::error(code::IMPOSITION, message).help("set one page size in its style module"));
    }
    let bleed = boxes.iter().map(|boxes| boxes.bleed() * MM_PER_POINT).fold(f64::INFINITY, f64::min);
    if bleed < required_bleed - 0.05 {
        let (has, required) = (format_decimal(bleed), format_decimal(required_bleed));
        let message = format!("{} has {has} mm of bleed; {required} mm are required", document.id);
        return Err(Diagnostic::error(code::BLEED, message)
            .help("set page(bleed: bleed) in its style module, or print with --bleed 0"));
    }
    Ok(())
}

fn size_in_mm(boxes: &PageBoxes) -> (f64, f64) {
    let (width, height) = boxes.trim_size();
    (width * MM_PER_POINT, height * MM_PER_POINT)
}

fn is_same_size(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 0.05 && (a.1 - b.1).abs() < 0.05
}

fn impose_group(
    (first, page, members): Members<'_>,
    builder: &Builder,
    documents: &[Job],
    print_job: &PrintJob,
    batches: &PageBatches,
) -> Result<ImpositionGroup, Diagnostic> {
    let mut next = 0;
    let mut items = Vec::new();
    for index in &members {
        let count = batches.positions.get(*index).map_or(0, |position| position.pages.len());
        let copies = documents.get(*index).map_or(1, |document| print_job.copies_of(document));
        items.push(DocumentToImpose { pages: next..next + count, copies });
        next += count;
    }
    let (languages, report) = (first.id.languages.clone(), first.id.report.clone());
    let language = languages.first();
    let binds_on_right = builder.locales.iter().any(|l| l.name == language && l.settings.direction == "rtl");
    let request = ImpositionRequest { binds_on_right, ..print_job.request.clone() };
    let imposition = Imposition::new(&request, page, &items)?;
    let sides = imposition.sides.len();
    if sides > MAX_SIDES {
        let message = format!("the `{report}` documents in `{languages}` fill {sides} sides; the limit is {MAX_SIDES}");
        let help =
            "reduce --copies, print fewer cities at a time, or use --layout step-repeat, which writes each sheet once";
        return Err(Diagnostic::error(code::IMPOSITION, message).help(help));
    }
    Ok(ImpositionGroup { languages, report, page, documents: members, imposition })
}
