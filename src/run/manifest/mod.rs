//! The manifest: one JSON line for each document. A document that it lists as built is in the store, even after a power
//! cut.

mod entry;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::BufRead;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use super::builder::{Outcome, StoredDocument};
use super::inputs::hash_file_set;
use super::plan::Job;
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Result, Severity, code};
use crate::document::{DocumentId, Format};
use crate::hash::Hash128;
use crate::project::reason;
use crate::store::journal::{JournalLine, lines};
use crate::store::{ArchiveFormat, ArchiveStore, Key, Lock, Store};
use crate::typeset::Typesetter;
pub use entry::ManifestEntry;
use entry::{EntryDocument, EntryStatus, FailedEntry, FileSet, HexHash, to_line};

// The names of journals, without the suffix of a shard and the extension.

/// The documents that were built or failed.
pub const MANIFEST: &str = "manifest";
/// The documents that failed, with their diagnostics.
pub const FAILED: &str = "failed";
/// The archives that were written.
pub const ARCHIVES: &str = "archives";
/// The files in reports/ that documents were built from, as sets that many documents share.
pub const FILE_SETS: &str = "modules";

/// Returns the file name of a journal.
pub fn journal_name(name: &str, shard: Option<Shard>) -> String {
    shard.map_or_else(|| format!("{name}.jsonl"), |shard| shard.journal_name(name))
}

/// Returns a store that collects the documents of a run, or of one shard, in archives.
pub fn collect_in_archives(store: Arc<dyn Store>, format: ArchiveFormat, shard: Option<Shard>) -> Result<ArchiveStore> {
    let suffix = shard.map(Shard::suffix).unwrap_or_default();
    ArchiveStore::new(store, format, suffix, journal_name(MANIFEST, shard), journal_name(ARCHIVES, shard))
}

/// Creates the manifest entry of a document. `stored` is `None` if the document failed.
fn new_entry(
    id: &DocumentId,
    stored: Option<&StoredDocument>,
    warnings: Vec<String>,
    archive: Option<Key>,
) -> ManifestEntry {
    let status = match stored {
        Some(StoredDocument { pages, bytes, sha256, inputs }) => EntryStatus::Built {
            pages: *pages,
            bytes: *bytes,
            sha256: *sha256,
            input: inputs.source_hash,
            file_set: hash_file_set(&inputs.report_files),
            archive: archive.map(|key| key.path()),
        },
        None => EntryStatus::Failed,
    };
    ManifestEntry { document: EntryDocument::new(id), status, warnings }
}

/// The sets of files that earlier documents were built from, and whether they are unchanged, once checked.
#[derive(Default)]
pub struct FileSets(HashMap<Hash128, (BTreeMap<String, HexHash>, OnceLock<bool>)>);

impl FileSets {
    /// Adds the sets listed in a journal.
    pub fn read(&mut self, store: &dyn Store, journal: &str) -> Result<()> {
        for line in lines(store, journal)? {
            if let Ok(set) = serde_json::from_str::<FileSet>(&line?.text) {
                self.0.insert(set.id.0, (set.files, OnceLock::new()));
            }
        }
        Ok(())
    }

    /// Returns whether every file of a set is unchanged. An unknown set counts as changed.
    pub fn is_unchanged(&self, id: &Hash128, typesetter: &Typesetter) -> bool {
        let is_same = |(path, hash): (&String, &HexHash)| typesetter.hash_of(path) == hash.0;
        self.0.get(id).is_some_and(|(files, is_unchanged)| *is_unchanged.get_or_init(|| files.iter().all(is_same)))
    }

    /// Returns journal lines for the sets in `used`, each once.
    pub fn to_lines(&self, used: impl IntoIterator<Item = Hash128>) -> Vec<Result<String>> {
        let mut seen = HashSet::new();
        let sets =
            used.into_iter().filter(|id| seen.insert(*id)).filter_map(|id| Some((id, self.0.get(&id)?.0.clone())));
        sets.map(|(id, files)| Ok(to_line(&FileSet { id: HexHash(id), files }))).collect()
    }
}

/// What a manifest records about a document that was built.
#[derive(Clone, Copy)]
pub struct RecordedDocument {
    pub sha256: [u8; 32],
    pub bytes: u64,
    /// See [`super::inputs::Inputs::source_hash`].
    pub source_hash: Hash128,
    pub file_set: Hash128,
    /// Whether an archive contains the document.
    is_archived: bool,
}

impl RecordedDocument {
    /// Returns the document of an entry; `None` if it failed.
    pub fn from_entry(entry: &ManifestEntry) -> Option<Self> {
        let EntryStatus::Built { bytes, sha256, input, file_set, archive, .. } = &entry.status else { return None };
        Some(Self {
            sha256: *sha256,
            bytes: *bytes as u64,
            source_hash: *input,
            file_set: *file_set,
            is_archived: archive.is_some(),
        })
    }
}

/// Writes the manifest of a run, the list of documents that failed, and the sets of files.
pub struct ManifestWriter<'s> {
    store: &'s dyn Store,
    manifest: String,
    failed: String,
    file_sets: String,
    /// Whether an earlier run has written entries.
    has_earlier_entries: bool,
    /// The documents that earlier runs built, and the sets of files that they were built from.
    known: HashMap<Hash128, RecordedDocument>,
    known_file_sets: FileSets,
    /// See [`Store::sizes`].
    sizes: Option<HashMap<Hash128, u64>>,
    /// The sets of files that the journal contains already.
    written_file_sets: Mutex<HashSet<Hash128>>,
    pub lock: Lock,
}

impl<'s> ManifestWriter<'s> {
    /// Locks the manifest for this run. With `resume`, reads the entries of earlier runs.
    ///
    /// # Errors
    /// Another run holds the lock, or the store cannot be read.
    pub fn open(store: &'s dyn Store, shard: Option<Shard>, resume: bool) -> Result<Self> {
        let [manifest, failed, file_sets] = [MANIFEST, FAILED, FILE_SETS].map(|name| journal_name(name, shard));
        let run_journal = journal_name(MANIFEST, None);
        let lock = store.lock(&manifest, shard.map(|_| run_journal.as_str()))?;
        let journals = store.journals()?;
        let has_earlier_entries = journals.contains(&manifest) || journals.contains(&failed);
        if shard.is_some() && !journals.contains(&manifest) {
            // A shard may have no documents. `merge` must still see that it was run.
            store.append(&manifest, "")?;
        }
        let (mut known, mut known_file_sets) = (HashMap::new(), FileSets::default());
        if resume {
            for line in lines(store, &manifest)? {
                let Some(entry) = ManifestEntry::parse(&line?.text) else { continue };
                match RecordedDocument::from_entry(&entry) {
                    Some(document) => known.insert(entry.key_hash(), document),
                    None => known.remove(&entry.key_hash()),
                };
            }
            known_file_sets.read(store, &file_sets)?;
        }
        let sizes = if resume { store.sizes()? } else { None };
        let written_file_sets = Mutex::new(known_file_sets.0.keys().copied().collect());
        Ok(Self {
            store,
            manifest,
            failed,
            file_sets,
            has_earlier_entries,
            known,
            known_file_sets,
            sizes,
            written_file_sets,
            lock,
        })
    }

    /// Returns the source hash of a document that an earlier run built, if the document still exists and the files that
    /// it was built from are unchanged. The document is up to date if its source still has that hash.
    ///
    /// With `verify`, compares the hash of the document with its entry, otherwise only the length.
    pub fn known_source_hash(&self, job: &Job, typesetter: &Typesetter, verify: bool) -> Option<Hash128> {
        let key = job.key();
        let known = self.known.get(&key.hash()).filter(|known| !known.is_archived)?;
        let exists = match verify {
            true => self.store.get(&key).is_ok_and(|pdf| pdf.is_some_and(|pdf| *Sha256::digest(pdf) == known.sha256)),
            false => match &self.sizes {
                Some(sizes) => sizes.get(&key.hash()) == Some(&known.bytes),
                None => self.store.size(&key).is_ok_and(|size| size == Some(known.bytes)),
            },
        };
        (exists && self.known_file_sets.is_unchanged(&known.file_set, typesetter)).then_some(known.source_hash)
    }

    /// Writes the entries of some documents. Whether they are durable then depends on the store, see [`Store::append`].
    pub fn write_entries(&self, done: &[(&DocumentId, &Outcome, &[Diagnostic])]) -> Result<()> {
        let (mut entries, mut failures, mut sets) = (String::new(), String::new(), String::new());
        for (id, outcome, diagnostics) in done {
            let stored = match outcome {
                Outcome::UpToDate => continue,
                Outcome::Built(stored) => Some(stored),
                Outcome::Failed => {
                    let failed = FailedEntry {
                        document: EntryDocument::new(id),
                        status: EntryStatus::Failed,
                        diagnostics: diagnostics.iter().map(Diagnostic::to_json).collect(),
                    };
                    failures.push_str(&to_line(&failed));
                    failures.push('\n');
                    None
                }
            };
            let warnings = diagnostics.iter().filter(|d| d.severity == Severity::Warning);
            let warnings = warnings.map(|d| d.code.0.to_owned()).collect();
            let entry = new_entry(id, stored, warnings, self.store.archive_of(&id.key(Format::Pdf)));
            if let (Some(stored), Some(recorded)) = (stored, RecordedDocument::from_entry(&entry))
                && self.written_file_sets.lock().unwrap_or_else(PoisonError::into_inner).insert(recorded.file_set)
            {
                let files =
                    stored.inputs.report_files.iter().map(|(path, hash)| (path.clone(), HexHash(*hash))).collect();
                sets.push_str(&to_line(&FileSet { id: HexHash(recorded.file_set), files }));
                sets.push('\n');
            }
            entries.push_str(&entry.to_line());
            entries.push('\n');
        }
        if !failures.is_empty() {
            self.store.append(&self.failed, &failures)?;
        }
        // An entry refers to its set, so the set must be written first.
        if !sets.is_empty() {
            self.store.append(&self.file_sets, &sets)?;
        }
        if entries.is_empty() { Ok(()) } else { self.store.append(&self.manifest, &entries) }
    }

    /// Cleans up at the end of a run: keeps only the last entry of each document, and removes failures of documents
    /// that were built since.
    pub fn close(&self, has_failures: bool) -> Result<()> {
        if !self.has_earlier_entries && !has_failures {
            return Ok(());
        }
        // By document: the number of its last line and, if it was built, its set of files.
        let mut last: HashMap<Hash128, (usize, Option<Hash128>)> = HashMap::new();
        let mut count = 0;
        for line in lines(self.store, &self.manifest)? {
            let JournalLine { number, text } = line?;
            count += usize::from(!text.is_empty());
            if let Some(entry) = ManifestEntry::parse(&text) {
                last.insert(
                    entry.key_hash(),
                    (number, RecordedDocument::from_entry(&entry).map(|document| document.file_set)),
                );
            }
        }
        if last.len() < count {
            let retain = |JournalLine { number, text }: JournalLine| {
                let entry = ManifestEntry::parse(&text)?;
                last.get(&entry.key_hash()).is_some_and(|(last, _)| *last == number).then_some(text)
            };
            let mut lines = lines(self.store, &self.manifest)?.filter_map(|line| line.map(retain).transpose());
            self.store.rewrite(&self.manifest, &mut lines)?;
            let used: BTreeMap<usize, Hash128> =
                last.values().filter_map(|(number, file_set)| Some((*number, (*file_set)?))).collect();
            let mut sets = FileSets::default();
            sets.read(self.store, &self.file_sets)?;
            self.store.rewrite(&self.file_sets, &mut sets.to_lines(used.into_values()).into_iter())?;
        }
        if !self.store.journals()?.contains(&self.failed) {
            return Ok(());
        }
        let mut last_failure: HashMap<Hash128, usize> = HashMap::new();
        for line in lines(self.store, &self.failed)? {
            let JournalLine { number, text } = line?;
            if let Some(entry) = ManifestEntry::parse(&text) {
                last_failure.insert(entry.key_hash(), number);
            }
        }
        let retain = |JournalLine { number, text }: JournalLine| {
            let document = ManifestEntry::parse(&text)?.key_hash();
            let was_built_since = last.get(&document).is_some_and(|(_, file_set)| file_set.is_some());
            (last_failure.get(&document) == Some(&number) && !was_built_since).then_some(text)
        };
        let mut lines = lines(self.store, &self.failed)?.filter_map(|line| line.map(retain).transpose());
        self.store.rewrite(&self.failed, &mut lines)
    }
}

/// Reads the file given with `--only`. Returns the hashes of the keys of its documents, and their languages.
pub fn read_document_list(path: &Path) -> Result<(HashSet<Hash128>, Vec<String>)> {
    let error = |why: &str| {
        Diagnostic::error(code::PROJECT_FILE, format!("`{}` cannot be read: {why}", path.display()))
            .help("name a failed.jsonl or a manifest.jsonl that an earlier run wrote")
    };
    let file = std::fs::File::open(path).map_err(|cause| error(&reason(&cause)))?;
    let (mut documents, mut languages) = (HashSet::new(), BTreeSet::new());
    for line in std::io::BufReader::new(file).lines() {
        let line = line.map_err(|cause| error(&reason(&cause)))?;
        if let Some(entry) = ManifestEntry::parse(&line) {
            documents.insert(entry.key_hash());
            languages.insert(entry.document.languages.to_string());
        }
    }
    if documents.is_empty() {
        return Err(error("it lists no document"));
    }
    Ok((documents, languages.into_iter().collect()))
}
