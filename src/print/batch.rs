//! Lays out documents and exports their pages in batches: each batch is one PDF, in which the documents share their fonts.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use lopdf::Document;
use typst::text::Font;
use typst_layout::PagedDocument;

use super::processing_step::ProcessingStep;
use crate::diagnostic::{BUG_HELP, Diagnostic, Problems, code};
use crate::pdf::layers::add_layers;
use crate::results::Date;
use crate::run::{Builder, Concurrency, Job, TimeLimit, engine};
use crate::typeset;

/// Number of documents in a batch. It is fixed, so that the output does not depend on the number of workers.
const DOCUMENTS_PER_BATCH: usize = 50;

/// The position of a document's pages.
#[derive(Clone, Debug)]
pub struct PagePosition {
    /// Index of the batch.
    pub batch: usize,
    /// Indices of the pages in the batch.
    pub pages: Range<usize>,
}

/// The pages of all documents of a run.
pub struct PageBatches {
    /// One PDF for each batch.
    pub pdfs: Vec<Document>,
    /// The position of each document's pages, in the order of the documents.
    pub positions: Vec<PagePosition>,
    /// Fonts for labels, of all languages, without duplicates.
    pub label_fonts: Vec<Font>,
    pub warnings: Problems,
}

struct LaidOutDocument {
    document: PagedDocument,
    label_fonts: Vec<Font>,
    warnings: Problems,
}

/// Lays out the documents and exports them in batches. Returns `None` if the run was interrupted.
///
/// `on_laid_out` is called after each document.
pub fn lay_out_batches(
    builder: &Builder,
    documents: &[Job],
    time_limit: Option<&TimeLimit>,
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    on_laid_out: impl FnMut(),
) -> Result<Option<PageBatches>, Problems> {
    let lay_out = |document: &Job| {
        builder.with_pages(document, |layout_job, _, pages| {
            let lists = layout_job.locales.iter().filter_map(|locale| locale.settings.fonts.get("label"));
            let label_fonts = layout_job.typesetter.fonts.regular_fonts(lists.flatten().map(String::as_str));
            Ok(LaidOutDocument { document: pages.document, label_fonts, warnings: pages.warnings })
        })
    };
    let name_of = |document: &Job| document.id.to_string();
    let lay_out = |document: &Job| match time_limit {
        Some(limit) => limit.watch(&name_of(document), || lay_out(document)),
        None => lay_out(document),
    };
    let Some(laid_out) = engine::map(documents, concurrency, interrupt, lay_out, name_of, on_laid_out)? else {
        return Ok(None);
    };
    let (mut laid_out_documents, mut label_fonts, mut warnings) = (Vec::new(), Vec::<Font>::new(), Problems::new());
    for laid_out in laid_out {
        for font in laid_out.label_fonts {
            if !label_fonts.contains(&font) {
                label_fonts.push(font);
            }
        }
        laid_out_documents.push(laid_out.document);
        warnings.extend(laid_out.warnings);
    }
    let chunks: Vec<&[PagedDocument]> = laid_out_documents.chunks(DOCUMENTS_PER_BATCH).collect();
    let mut positions = Vec::new();
    for (batch, documents) in chunks.iter().enumerate() {
        let mut start = 0;
        for document in *documents {
            let end = start + document.pages().len();
            positions.push(PagePosition { batch, pages: start..end });
            start = end;
        }
    }
    let published: Date = *builder.project.results.edition.published;
    let export = |documents: &&[PagedDocument]| {
        let pdf = typeset::export_combined(&builder.typesetter, documents, published)?;
        let layer_of = |plate: &str| ProcessingStep::of_separation(plate).map(|step| step.layer(plate));
        let with_layers = Document::load_mem(&pdf).and_then(|mut pdf| add_layers(&mut pdf, layer_of).map(|()| pdf));
        with_layers.map_err(|error| {
            Diagnostic::error(code::CRASH, format!("cannot read the exported pages for print: {error}"))
                .help(BUG_HELP)
                .into()
        })
    };
    let batch_name = |_: &&[PagedDocument]| "the pages for print".to_owned();
    let pdfs = engine::map(&chunks, concurrency, interrupt, export, batch_name, || ())?;
    Ok(pdfs.map(|pdfs| PageBatches { pdfs, positions, label_fonts, warnings }))
}
