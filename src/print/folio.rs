//! Pages from the typesetter, some dozens of documents in one PDF, so that they share their fonts.

use std::sync::atomic::AtomicBool;

use lopdf::Document;
use typst::text::Font;
use typst_layout::PagedDocument;

use crate::diagnostic::{Diagnostic, code};
use crate::results::Date;
use crate::run::{Builder, Concurrency, Job, engine};
use crate::typeset;

/// Documents in one folio: a fixed number, so that the bytes are the same on any number of workers.
const FOLIO: usize = 50;

/// Where the pages of a job are: in which folio, and which of its pages.
#[derive(Clone, Debug)]
pub struct Leaves {
    pub folio: usize,
    pub pages: std::ops::Range<usize>,
}

pub struct Folios {
    pub documents: Vec<Document>,
    /// For each job.
    pub leaves: Vec<Leaves>,
    /// Typefaces of labels, of all languages.
    pub faces: Vec<Font>,
    pub warnings: Vec<Diagnostic>,
}

struct Laid {
    document: PagedDocument,
    faces: Vec<Font>,
    warnings: Vec<Diagnostic>,
}

/// Lays the jobs out. `Ok(None)`: stopped from outside.
pub fn folios(
    works: &Builder,
    jobs: &[Job],
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    done: impl FnMut(),
) -> Result<Option<Folios>, Vec<Diagnostic>> {
    let lay = |job: &Job| {
        works.with_pages(job, |sheet, _, pages| {
            let lists = sheet.locales.iter().filter_map(|locale| locale.settings.fonts.get("label"));
            let faces = sheet.press.fonts.faces(lists.flatten().map(String::as_str));
            Ok(Laid { document: pages.document, faces, warnings: pages.warnings })
        })
    };
    let Some(laid) = engine::map(jobs, concurrency, interrupt, lay, |job| job.id.to_string(), done)? else {
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
    let mut leaves = Vec::new();
    for (folio, documents) in documents.chunks(FOLIO).enumerate() {
        let mut first = 0;
        for document in documents {
            let next = first + document.pages().len();
            leaves.push(Leaves { folio, pages: first..next });
            first = next;
        }
    }
    let today: Date = *works.project.results.edition.published;
    let bind = |documents: &&[PagedDocument]| {
        let pdf = typeset::bind(&works.press, documents, today)?;
        Document::load_mem(&pdf)
            .map_err(|error| vec![Diagnostic::error(code::CRASH, format!("press pages cannot be read back: {error}"))])
    };
    let chunks: Vec<&[PagedDocument]> = documents.chunks(FOLIO).collect();
    let bound = engine::map(&chunks, concurrency, interrupt, bind, |_| "the pages for print".to_owned(), || ())?;
    Ok(bound.map(|documents| Folios { documents, leaves, faces, warnings }))
}
