//! The manifest: one JSON line for each document of a store. A document that it calls built is there, even after a power
//! cut.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::BufRead;
use std::path::Path;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::builder::{Outcome, StoredDocument};
use super::plan::Job;
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Result, Severity, code};
use crate::document::{DocumentId, Format, Languages};
use crate::hash::{Hash128, hash, hex};
use crate::project::reason;
use crate::store::{Key, Lock, Store};

/// The names of the journals, without the suffix of a shard and the extension.
pub const MANIFEST: &str = "manifest";
pub const FAILED: &str = "failed";

/// Returns the file name of a journal.
pub fn journal(name: &str, shard: Option<Shard>) -> String {
    shard.map_or_else(|| format!("{name}.jsonl"), |shard| shard.journal(name))
}

/// Which document a line of a journal is about. The fields are in the order of the file, in which people read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct EntryDocument {
    /// The id of the city; `None` for a document of the edition.
    record: Option<String>,
    report: String,
    #[serde(rename = "language")]
    languages: Languages,
    /// The key of the document.
    file: String,
}

impl EntryDocument {
    fn new(id: &DocumentId) -> Self {
        let DocumentId { report, languages, city } = id.clone();
        Self { record: city, report, languages, file: id.key(Format::Pdf).path() }
    }
}

/// One line of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    #[serde(flatten)]
    document: EntryDocument,
    #[serde(flatten)]
    pub status: EntryStatus,
    /// The codes of the warnings.
    #[serde(default)]
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum EntryStatus {
    #[serde(alias = "made")]
    Built {
        pages: usize,
        bytes: usize,
        #[serde(serialize_with = "to_hex", deserialize_with = "from_hex")]
        sha256: [u8; 32],
        #[serde(serialize_with = "to_hex", deserialize_with = "from_hex")]
        input: Hash128,
    },
    Failed,
}

impl ManifestEntry {
    /// `stored` is `None` if the document failed.
    pub fn new(id: &DocumentId, stored: Option<&StoredDocument>, warnings: Vec<String>) -> Self {
        let status = match stored {
            Some(StoredDocument { pages, bytes, sha256, input }) => {
                EntryStatus::Built { pages: *pages, bytes: *bytes, sha256: *sha256, input: *input }
            }
            None => EntryStatus::Failed,
        };
        Self { document: EntryDocument::new(id), status, warnings }
    }

    /// Parses a line. Returns `None` for anything else, such as the half line that a crash leaves.
    pub fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    pub fn to_line(&self) -> String {
        // Strings and numbers cannot fail to serialize.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Identifies the document in maps: a hash is smaller than the name.
    pub fn document(&self) -> Hash128 {
        hash(&self.document.file)
    }

    pub fn is_built(&self) -> bool {
        matches!(self.status, EntryStatus::Built { .. })
    }
}

/// Identifies a document as [`ManifestEntry::document`] does.
fn document(key: &Key) -> Hash128 {
    hash(key.path())
}

/// One line of `failed.jsonl`.
#[derive(Serialize)]
struct FailedEntry {
    #[serde(flatten)]
    document: EntryDocument,
    #[serde(flatten)]
    status: EntryStatus,
    diagnostics: Vec<serde_json::Value>,
}

fn to_hex<S: Serializer>(bytes: &[u8], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex(bytes))
}

fn from_hex<'de, D: Deserializer<'de>, const N: usize>(deserializer: D) -> std::result::Result<[u8; N], D::Error> {
    let text = String::deserialize(deserializer)?;
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return Err(D::Error::custom("wrong length of a hash"));
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        let digits = text.get(2 * at..2 * at + 2).unwrap_or_default();
        *byte = u8::from_str_radix(digits, 16).map_err(D::Error::custom)?;
    }
    Ok(bytes)
}

/// Returns the lines of a journal with their numbers, counted from 0. A line that is not UTF-8 is skipped.
pub fn lines(store: &dyn Store, journal: &str) -> Result<impl Iterator<Item = Result<(usize, String)>>> {
    let location = store.journal_location(journal);
    let input = store.read(journal)?;
    let lines = input.into_iter().flat_map(|input| input.split(b'\n')).enumerate();
    Ok(lines.filter_map(move |(number, line)| match line {
        Ok(line) => Some(Ok((number, String::from_utf8(line).ok()?))),
        Err(error) => {
            let message = format!("`{location}` cannot be read: {}", reason(&error));
            Some(Err(Diagnostic::error(code::OUTPUT, message).help("check the folder given with `--out`")))
        }
    }))
}

/// Writes the manifest of a run, and the list of documents that failed.
pub struct ManifestWriter<'s> {
    store: &'s dyn Store,
    manifest: String,
    failed: String,
    /// Whether there are entries of an earlier run.
    has_earlier_entries: bool,
    /// Input hash and length of each document that an earlier run built.
    known: HashMap<Hash128, (Hash128, u64)>,
    _lock: Lock,
}

impl<'s> ManifestWriter<'s> {
    /// Opens the manifest for this run alone. With `resume`, reads which documents exist already.
    ///
    /// # Errors
    /// Another run holds the lock, or the store cannot be read.
    pub fn open(store: &'s dyn Store, shard: Option<Shard>, resume: bool) -> Result<Self> {
        let (manifest, failed) = (journal(MANIFEST, shard), journal(FAILED, shard));
        let lock = store.lock(&manifest)?;
        let journals = store.journals()?;
        let has_earlier_entries = journals.contains(&manifest) || journals.contains(&failed);
        if shard.is_some() && !journals.contains(&manifest) {
            // A shard may have no city at all. `merge` must see that it was run.
            store.append(&manifest, "")?;
        }
        let mut known = HashMap::new();
        if resume {
            for line in lines(store, &manifest)? {
                let Some(entry) = ManifestEntry::parse(&line?.1) else { continue };
                match entry.status {
                    EntryStatus::Built { input, bytes, .. } => {
                        known.insert(entry.document(), (input, bytes as u64));
                    }
                    EntryStatus::Failed => {
                        known.remove(&entry.document());
                    }
                }
            }
        }
        Ok(Self { store, manifest, failed, has_earlier_entries, known, _lock: lock })
    }

    /// Whether the document was built from the same input, and still exists.
    pub fn is_up_to_date(&self, job: &Job, input: &Hash128) -> bool {
        let key = job.key();
        let Some((known_input, bytes)) = self.known.get(&document(&key)) else { return false };
        known_input == input && self.store.size(&key).is_ok_and(|size| size == Some(*bytes))
    }

    /// Writes the entries of some documents. When it returns, entries and documents are durable.
    pub fn write_entries(&self, done: &[(&DocumentId, &Outcome, &[Diagnostic])]) -> Result<()> {
        let (mut entries, mut failures) = (String::new(), String::new());
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
                    failures.push_str(&serde_json::to_string(&failed).unwrap_or_default());
                    failures.push('\n');
                    None
                }
            };
            let warnings = diagnostics.iter().filter(|d| d.severity == Severity::Warning);
            let warnings = warnings.map(|d| d.code.0.to_owned()).collect();
            entries.push_str(&ManifestEntry::new(id, stored, warnings).to_line());
            entries.push('\n');
        }
        if !failures.is_empty() {
            self.store.append(&self.failed, &failures)?;
        }
        if entries.is_empty() { Ok(()) } else { self.store.append(&self.manifest, &entries) }
    }

    /// Ends the run: keeps the last entry of each document, and forgets failures of documents that were built since.
    pub fn close(&self, all_built: bool) -> Result<()> {
        if !self.has_earlier_entries && all_built {
            return Ok(());
        }
        let mut last: HashMap<Hash128, (usize, bool)> = HashMap::new();
        let mut count = 0;
        for line in lines(self.store, &self.manifest)? {
            let (number, text) = line?;
            count += usize::from(!text.is_empty());
            if let Some(entry) = ManifestEntry::parse(&text) {
                last.insert(entry.document(), (number, entry.is_built()));
            }
        }
        if last.len() < count {
            let retain = |(number, text): (usize, String)| {
                let entry = ManifestEntry::parse(&text)?;
                last.get(&entry.document()).is_some_and(|(last, _)| *last == number).then_some(text)
            };
            let mut lines = lines(self.store, &self.manifest)?.filter_map(|line| line.map(retain).transpose());
            self.store.rewrite(&self.manifest, &mut lines)?;
        }
        if !self.store.journals()?.contains(&self.failed) {
            return Ok(());
        }
        let mut last_failure: HashMap<Hash128, usize> = HashMap::new();
        for line in lines(self.store, &self.failed)? {
            let (number, text) = line?;
            if let Some(entry) = ManifestEntry::parse(&text) {
                last_failure.insert(entry.document(), number);
            }
        }
        let retain = |(number, text): (usize, String)| {
            let document = ManifestEntry::parse(&text)?.document();
            let was_built_since = last.get(&document).is_some_and(|(_, is_built)| *is_built);
            (last_failure.get(&document) == Some(&number) && !was_built_since).then_some(text)
        };
        let mut lines = lines(self.store, &self.failed)?.filter_map(|line| line.map(retain).transpose());
        self.store.rewrite(&self.failed, &mut lines)
    }
}

/// Reads the file given with `--only`: returns the hashes of the keys of its documents, and their languages.
pub fn read_only_list(path: &Path) -> Result<(HashSet<Hash128>, Vec<String>)> {
    let error = |why: &str| {
        Diagnostic::error(code::PROJECT_FILE, format!("`{}` cannot be read: {why}", path.display()))
            .help("name a failed.jsonl or a manifest.jsonl that an earlier run wrote")
    };
    let file = std::fs::File::open(path).map_err(|cause| error(&reason(&cause)))?;
    let (mut documents, mut languages) = (HashSet::new(), BTreeSet::new());
    for line in std::io::BufReader::new(file).lines() {
        let line = line.map_err(|cause| error(&reason(&cause)))?;
        if let Some(entry) = ManifestEntry::parse(&line) {
            documents.insert(entry.document());
            languages.insert(entry.document.languages.to_string());
        }
    }
    if documents.is_empty() {
        return Err(error("it lists no document"));
    }
    Ok((documents, languages.into_iter().collect()))
}
