//! Lays out documents for print, and exports some dozens of them to one PDF, in which they share their fonts.

use std::sync::atomic::AtomicBool;

use lopdf::Document;
use typst::text::Font;
use typst_layout::PagedDocument;

use crate::diagnostic::{Diagnostic, code};
use crate::results::Date;
use crate::run::{Builder, Concurrency, Job, engine};
use crate::typeset;

/// The number is fixed, so that the bytes do not depend on the number of workers.
const DOCUMENTS_PER_BATCH: usize = 50;

/// The pages of a document: the index of its batch, and the range of its pages there.
#[derive(Clone, Debug)]
pub struct BatchPages {
    pub batch: usize,
    pub pages: std::ops::Range<usize>,
}

/// All documents of a run, in batches.
pub struct PageBatches {
    /// One PDF for each batch.
    pub documents: Vec<Document>,
    /// For each job, in the order of the jobs.
    pub pages: Vec<BatchPages>,
    /// The fonts of labels in all languages.
    pub faces: Vec<Font>,
    pub warnings: Vec<Diagnostic>,
}

struct LaidOutDocument {
    document: PagedDocument,
    faces: Vec<Font>,
    warnings: Vec<Diagnostic>,
}

/// Lays out the documents of all jobs, or returns `None` if the run was interrupted.
///
/// `on_laid_out` is called after each document.
pub fn lay_out_batches(
    builder: &Builder,
    jobs: &[Job],
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    on_laid_out: impl FnMut(),
) -> Result<Option<PageBatches>, Vec<Diagnostic>> {
    let lay = |job: &Job| {
        builder.with_pages(job, |layout_job, _, pages| {
            let lists = layout_job.locales.iter().filter_map(|locale| locale.settings.fonts.get("label"));
            let faces = layout_job.typesetter.fonts.faces(lists.flatten().map(String::as_str));
            Ok(LaidOutDocument { document: pages.document, faces, warnings: pages.warnings })
        })
    };
    let Some(laid) = engine::map(jobs, concurrency, interrupt, lay, |job| job.id.to_string(), on_laid_out)? else {
        return Ok(None);
    };
    let (mut documents, mut faces, mut warnings) = (Vec::new(), Vec::<Font>::new(), Vec::new());
    for laid in laid {
        for face in laid.faces {
            if !faces.contains(&face) {
                faces.push(face);
            }
        }
        documents.push(laid.document);
        warnings.extend(laid.warnings);
    }
    let mut pages = Vec::new();
    for (batch, documents) in documents.chunks(DOCUMENTS_PER_BATCH).enumerate() {
        let mut first = 0;
        for document in documents {
            let next = first + document.pages().len();
            pages.push(BatchPages { batch, pages: first..next });
            first = next;
        }
    }
    let today: Date = *builder.project.results.edition.published;
    let export = |documents: &&[PagedDocument]| {
        let pdf = typeset::export_combined(&builder.typesetter, documents, today)?;
        Document::load_mem(&pdf).map_err(|error| {
            vec![Diagnostic::error(code::CRASH, format!("the pages for print cannot be read back: {error}"))]
        })
    };
    let chunks: Vec<&[PagedDocument]> = documents.chunks(DOCUMENTS_PER_BATCH).collect();
    let exported = engine::map(&chunks, concurrency, interrupt, export, |_| "the pages for print".to_owned(), || ())?;
    Ok(exported.map(|documents| PageBatches { documents, pages, faces, warnings }))
}
