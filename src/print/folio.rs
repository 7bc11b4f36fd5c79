//! Pages from the typesetter, some dozens of documents in one PDF, so that they share their fonts.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;

use lopdf::Document;
use typst::text::Font;
use typst_layout::PagedDocument;

use crate::diagnostic::{Diagnostic, code};
use crate::edition::{Job, Works, unbroken};
use crate::results::Date;
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

/// How many work at the same time, and whether to stop.
pub struct Crew<'a> {
    pub workers: usize,
    pub stop: &'a AtomicBool,
}

/// Lays the jobs out. `Ok(None)`: stopped from outside.
pub fn folios(
    works: &Works,
    jobs: &[Job],
    crew: &Crew<'_>,
    done: impl FnMut(),
) -> Result<Option<Folios>, Vec<Diagnostic>> {
    let lay = |job: &Job| {
        works.with_pages(job, |sheet, _, pages| {
            let lists = sheet.locales.iter().filter_map(|locale| locale.settings.fonts.get("label"));
            let faces = sheet.press.fonts.faces(lists.flatten().map(String::as_str));
            Ok(Laid { document: pages.document, faces, warnings: pages.warnings })
        })
    };
    let Some(laid) = each(jobs, crew, lay, Job::name, done)? else { return Ok(None) };
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
    let today: Date = *works.edition.results.edition.published;
    let bind = |documents: &&[PagedDocument]| {
        let pdf = typeset::bind(&works.press, documents, today)?;
        Document::load_mem(&pdf).map_err(|error| {
            vec![Diagnostic::error(code::BREAKDOWN, format!("press pages cannot be read back: {error}"))]
        })
    };
    let chunks: Vec<&[PagedDocument]> = documents.chunks(FOLIO).collect();
    let bound = each(&chunks, crew, bind, |_| "the press pages".to_owned(), || ())?;
    Ok(bound.map(|documents| Folios { documents, leaves, faces, warnings }))
}

/// Does `one` with each item on some workers; what came of them, in order, or all that went wrong.
pub fn each<T: Sync, O: Send>(
    items: &[T],
    crew: &Crew<'_>,
    one: impl Fn(&T) -> Result<O, Vec<Diagnostic>> + Sync,
    name: impl Fn(&T) -> String + Sync,
    mut done: impl FnMut(),
) -> Result<Option<Vec<O>>, Vec<Diagnostic>> {
    let next = AtomicUsize::new(0);
    let made: Mutex<BTreeMap<usize, Result<O, Vec<Diagnostic>>>> = Mutex::default();
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..crew.workers.clamp(1, items.len().max(1)) {
            let sender = sender.clone();
            let (next, made, one, name) = (&next, &made, &one, &name);
            let work = move || {
                let mut count = 0;
                while !crew.stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    let outcome = unbroken(&name(item), || one(item));
                    if let Ok(mut made) = made.lock() {
                        made.insert(index, outcome);
                    }
                    count += 1;
                    typeset::sweep(count);
                    if sender.send(()).is_err() {
                        break;
                    }
                }
            };
            if !typeset::worker(scope, work) {
                break;
            }
        }
        drop(sender);
        receiver.iter().for_each(|()| done());
    });
    let made = made.into_inner().unwrap_or_default();
    let whole = made.len() == items.len();
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for outcome in made.into_values() {
        match outcome {
            Ok(made) => good.push(made),
            Err(found) => problems.extend(found),
        }
    }
    match problems.is_empty() {
        true => Ok(whole.then_some(good)),
        false => Err(problems),
    }
}
