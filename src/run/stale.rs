//! Stale documents: an earlier run built them, but their city, language or report is no longer in the project.
//!
//! Only documents that a manifest lists are found, and only files that still match their manifest entry are removed.
//! Files are removed before their entries: a killed run leaves entries of missing files, which the next one drops.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use sha2::{Digest, Sha256};

use super::engine::{self, Concurrency};
use super::event::Event;
use super::manifest::{FAILED, MANIFEST, ManifestEntry, RecordedDocument, journal_name};
use super::shard::Shard;
use super::{LoadedProject, Report, Selection};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::document::{DocumentId, Format};
use crate::hash::{Hash128, hash};
use crate::results::Status;
use crate::store::journal::lines;
use crate::store::{Key, Store};

/// How many paths a warning shows. The others are only counted.
const MAX_SHOWN: usize = 3;

/// What a run does about stale documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaleAction {
    /// Do not look for them.
    Ignore,
    /// Report them.
    Report,
    /// Remove those of a selection, see [`find_stale`].
    Remove(Selection),
}

/// A document that a manifest lists, but that the project no longer has.
pub struct StaleDocument {
    pub id: DocumentId,
    /// Why it is stale, for messages.
    reason: String,
    /// The hashes that manifests list for it. Empty if building it failed.
    hashes: Vec<[u8; 32]>,
    /// Whether the store still has the document. If not, only its manifest entries are left.
    pub exists: bool,
}

/// The file of a stale document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaleFile {
    Missing,
    /// It matches its manifest entry.
    Unchanged,
    /// It differs from its manifest entry, or is a link.
    Changed,
}

impl StaleDocument {
    pub fn key(&self) -> Key {
        self.id.key(Format::Pdf)
    }

    /// Reads the file, and compares it with the manifest.
    pub fn check(&self, store: &dyn Store) -> Result<StaleFile, Diagnostic> {
        let key = self.key();
        if !self.exists {
            return Ok(StaleFile::Missing);
        }
        if store.is_link(&key) {
            return Ok(StaleFile::Changed);
        }
        Ok(match store.get(&key)? {
            None => StaleFile::Missing,
            Some(bytes) if self.hashes.contains(&Sha256::digest(&bytes).into()) => StaleFile::Unchanged,
            Some(_) => StaleFile::Changed,
        })
    }
}

/// What the project has now.
struct Inventory<'p> {
    project: &'p LoadedProject,
    reports: Vec<Report>,
    /// The hashes of the ids of the selected cities: a stream of records does not fit in memory.
    cities: HashSet<Hash128>,
}

impl<'p> Inventory<'p> {
    /// Lists the reports and cities of a project. Reads a stream of records once.
    fn new(project: &'p LoadedProject) -> Result<Self, Problems> {
        let results = &project.results;
        let in_memory = results.cities.iter().filter(|city| city.status == Status::Selected);
        let mut cities: HashSet<Hash128> = in_memory.map(|city| hash(&city.id)).collect();
        let mut count = 0;
        for record in results.records().into_iter().flatten() {
            let city = record?.city;
            count += 1;
            if city.status == Status::Selected {
                cities.insert(hash(&city.id));
            }
        }
        if count != results.record_counts.records {
            // The documents of missing records would look stale.
            let before = results.record_counts.records;
            let message = format!("the facts changed during the run: {before} records before, {count} now");
            return Err(Diagnostic::error(code::INPUT_CHANGED, message).help("run again").into());
        }
        Ok(Self { project, reports: project.reports(), cities })
    }

    fn has_language(&self, language: &str) -> bool {
        self.project.languages.iter().any(|name| name == language)
    }

    fn has_languages(&self, id: &DocumentId) -> bool {
        id.languages.iter().all(|language| self.has_language(language))
    }

    /// Returns the report of a document, if the project has it.
    fn report(&self, id: &DocumentId) -> Option<&Report> {
        self.reports.iter().find(|report| report.name == id.report)
    }

    /// Returns why a document is stale, or `None` if the project still has it.
    fn why_stale(&self, id: &DocumentId) -> Option<String> {
        if let Some(language) = id.languages.iter().find(|language| !self.has_language(language)) {
            return Some(format!("the project has no language `{language}`"));
        }
        let Some(report) = self.report(id) else {
            return Some(format!("the project has no report `{}`", id.report));
        };
        match &id.city {
            Some(_) if !report.has_city_documents => Some(format!("the report `{}` is not about a city", id.report)),
            Some(city) if !self.cities.contains(&hash(city)) => {
                Some(format!("the project has no selected city `{city}`"))
            }
            None if !report.has_edition_documents => {
                Some(format!("the report `{}` is not about the edition", id.report))
            }
            None if !self.project.includes_edition() => {
                Some("the edition has no documents, because all cities come from records".to_owned())
            }
            _ => None,
        }
    }
}

/// Finds the documents that manifests in the store list, but that the project no longer has, in the order of their
/// paths. The manifests of shards count too.
///
/// If `selection` lists languages, documents in other languages of the project are left out, but not those in languages
/// that the project no longer has. The same holds for reports. The cities of `selection` are ignored. All reports of the
/// project must be loaded.
///
/// # Errors
/// A manifest or a record cannot be read.
pub fn find_stale(
    project: &LoadedProject,
    store: &dyn Store,
    selection: &Selection,
) -> Result<Vec<StaleDocument>, Problems> {
    let manifests = journals_of_run_and_shards(store, MANIFEST)?;
    if manifests.is_empty() {
        return Ok(Vec::new());
    }
    let inventory = Inventory::new(project)?;
    let mut stale: BTreeMap<String, StaleDocument> = BTreeMap::new();
    let for_each_entry = |act: &mut dyn FnMut(String, DocumentId, &ManifestEntry)| -> Result<(), Diagnostic> {
        for manifest in &manifests {
            for line in lines(store, manifest)? {
                let entry = ManifestEntry::parse(&line?.text).filter(|entry| !entry.is_archived());
                let Some(entry) = entry else { continue };
                if let Some(id) = entry.document.id().filter(is_in_store) {
                    act(id.key(Format::Pdf).path(), id, &entry);
                }
            }
        }
        Ok(())
    };
    for_each_entry(&mut |path, id, entry| {
        let Some(reason) = inventory.why_stale(&id) else { return };
        let document = StaleDocument { id, reason, hashes: Vec::new(), exists: false };
        let document = stale.entry(path).or_insert(document);
        document.hashes.extend(RecordedDocument::from_entry(entry).map(|known| known.sha256));
    })?;
    if stale.is_empty() {
        return Ok(Vec::new());
    }
    // Two documents can have the same path, or, on Windows and macOS, paths that differ only in case. If the project
    // has one of them, the file is not stale.
    let folded: HashSet<Hash128> = stale.keys().map(|path| hash(path.to_lowercase())).collect();
    let mut current: HashSet<Hash128> = HashSet::new();
    for_each_entry(&mut |path, id, _| {
        let path = hash(path.to_lowercase());
        if folded.contains(&path) && inventory.why_stale(&id).is_none() {
            current.insert(path);
        }
    })?;
    let is_selected_or_unknown = |requested: &[String], name: &str, is_known: bool| {
        requested.is_empty() || !is_known || requested.iter().any(|other| other == name)
    };
    let is_requested = |id: &DocumentId| {
        is_selected_or_unknown(&selection.languages, &id.languages.to_string(), inventory.has_languages(id))
            && is_selected_or_unknown(&selection.reports, &id.report, inventory.report(id).is_some())
    };
    stale.retain(|path, document| !current.contains(&hash(path.to_lowercase())) && is_requested(&document.id));
    let sizes = if stale.is_empty() { None } else { store.sizes()? };
    for (path, document) in &mut stale {
        document.exists = match &sizes {
            Some(sizes) => sizes.contains_key(&hash(path)),
            None => store.size(&document.key())?.is_some(),
        };
    }
    Ok(stale.into_values().collect())
}

/// Returns the journals called `name`: that of a whole run and those of its shards.
fn journals_of_run_and_shards(store: &dyn Store, name: &str) -> Result<Vec<String>, Diagnostic> {
    let mut journals = store.journals()?;
    journals.retain(|file| *file == journal_name(name, None) || Shard::from_journal_name(name, file).is_some());
    Ok(journals)
}

/// Whether the path of a document consists of the plain names of a folder and a file. Otherwise the manifest was edited,
/// and the path could lead out of the store.
fn is_in_store(id: &DocumentId) -> bool {
    let is_plain = |name: &str| {
        !name.is_empty() && !name.starts_with('.') && !name.contains(|c: char| "/\\:".contains(c) || c.is_control())
    };
    let key = id.key(Format::Pdf);
    is_plain(&key.folder) && is_plain(&key.file)
}

/// Returns a warning that names the number of existing stale documents and the first of them; `None` if there are none.
pub fn stale_warning(stale: &[StaleDocument], store: &dyn Store, help: &str) -> Option<Diagnostic> {
    let existing: Vec<&StaleDocument> = stale.iter().filter(|document| document.exists).collect();
    let message = format!(
        "`{}` contains {} that the project no longer has",
        store.journal_location(""),
        count(existing.len(), "document")
    );
    list_documents(Diagnostic::warning(code::STALE_DOCUMENTS, message), &existing, store, |it| it.reason.clone())
        .map(|warning| warning.help(help))
}

/// Returns a warning about stale documents whose files are not removed; `None` if there are none.
pub fn kept_warning(kept: &[&StaleDocument], store: &dyn Store) -> Option<Diagnostic> {
    let message = format!("keeping {}", count(kept.len(), "stale document"));
    let reason = |_: &StaleDocument| "the file is not the one that the manifest describes".to_owned();
    list_documents(Diagnostic::warning(code::STALE_DOCUMENTS, message), kept, store, reason)
        .map(|warning| warning.help("look at these files, and delete the ones that you do not need by hand"))
}

/// Adds the first documents to a diagnostic as notes. Returns `None` if there are no documents.
fn list_documents(
    mut diagnostic: Diagnostic,
    documents: &[&StaleDocument],
    store: &dyn Store,
    reason: impl Fn(&StaleDocument) -> String,
) -> Option<Diagnostic> {
    let note = |it: &&StaleDocument| format!("`{}`: {}", store.location(&it.key()), reason(it));
    diagnostic.notes.extend(documents.iter().take(MAX_SHOWN).map(note));
    if documents.len() > MAX_SHOWN {
        diagnostic.notes.push(format!("and {} more", documents.len() - MAX_SHOWN));
    }
    (!documents.is_empty()).then_some(diagnostic)
}

/// Removes the files of stale documents that match their manifest entries, then these entries, and reports each
/// document. The caller holds the lock of the manifest of the whole run. Returns the number of files removed.
///
/// After a file cannot be removed, no other removal is started. The documents that are left keep their entries.
pub fn remove_stale(
    stale: Vec<StaleDocument>,
    store: &dyn Store,
    interrupt: &AtomicBool,
    observe: &mut dyn FnMut(Event<'_>),
) -> Result<usize, Problems> {
    let (mut problems, mut kept, mut count) = (Problems::new(), Vec::new(), 0);
    // The hashes of the paths of documents that have no file any more, and their folders.
    let (mut removed_hashes, mut folders) = (HashSet::new(), BTreeSet::new());
    let concurrency = Concurrency { workers: store.max_concurrent_requests().unwrap_or(1), writers: 1 };
    engine::run(
        stale.into_iter().map(Ok),
        concurrency,
        interrupt,
        |document: &StaleDocument| -> Result<StaleFile, Diagnostic> {
            let file = document.check(store)?;
            if file == StaleFile::Unchanged {
                store.remove(&document.key())?;
            }
            Ok(file)
        },
        |_, file| {
            let flow = if file.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
            (file, flow)
        },
        |ready| {
            for delivery in ready {
                match delivery {
                    Ok((document, Ok(StaleFile::Changed))) => kept.push(document),
                    Ok((document, Ok(file))) => {
                        let key = document.key();
                        removed_hashes.insert(key.hash());
                        if file == StaleFile::Unchanged {
                            count += 1;
                            let location = store.location(&key);
                            observe(Event::StaleDocument { id: &document.id, location, is_removed: true });
                        }
                        folders.insert(key.folder);
                    }
                    Ok((_, Err(problem))) => problems.push(problem),
                    Err(found) => problems.extend(found),
                }
            }
            ControlFlow::Continue(())
        },
    );
    for document in &kept {
        let location = store.location(&document.key());
        observe(Event::StaleDocument { id: &document.id, location, is_removed: false });
    }
    if let Some(warning) = kept_warning(&kept.iter().collect::<Vec<_>>(), store) {
        observe(Event::Problems(warning.into()));
    }
    if let Err(problem) = drop_entries(store, &folders, &removed_hashes) {
        problems.push(problem);
    }
    problems.into_result(count)
}

/// Removes folders that are empty now, then the entries of documents from all manifests and lists of failures.
fn drop_entries(
    store: &dyn Store,
    folders: &BTreeSet<String>,
    removed_hashes: &HashSet<Hash128>,
) -> Result<(), Diagnostic> {
    folders.iter().try_for_each(|folder| store.remove_empty_folder(folder))?;
    // The files must not come back after a power cut, because without an entry no run would find them.
    store.sync()?;
    for name in [MANIFEST, FAILED] {
        for journal in journals_of_run_and_shards(store, name)? {
            let keeps_line =
                |line: &str| ManifestEntry::parse(line).is_none_or(|entry| !removed_hashes.contains(&entry.key_hash()));
            let (mut has_kept, mut has_dropped) = (false, false);
            for line in lines(store, &journal)? {
                let is_line_kept = keeps_line(&line?.text);
                has_kept |= is_line_kept;
                has_dropped |= !is_line_kept;
            }
            if !has_dropped {
                continue;
            }
            let kept = lines(store, &journal)?.map(|line| line.map(|line| line.text));
            store.rewrite(&journal, &mut kept.filter(|line| line.as_ref().map_or(true, |line| keeps_line(line))))?;
            if !has_kept && Shard::from_journal_name(MANIFEST, &journal).is_some() {
                // `merge` must still see that the shard was run.
                store.append(&journal, "")?;
            }
        }
    }
    Ok(())
}
