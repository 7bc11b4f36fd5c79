//! Merges the manifests of shards into one, as if a single run had built everything.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::builder::Builder;
use super::engine::{self, Concurrency};
use super::manifest::{ARCHIVES, FAILED, FILE_SETS, FileSets, MANIFEST, ManifestEntry, RecordedDocument, journal_name};
use super::plan::Job;
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::hash::{Hash128, hex};
use crate::store::archive::{WrittenArchive, hash_documents, hash_file, read_archives};
use crate::store::journal::lines;
use crate::store::{ArchiveFormat, Key, Lock, Store, temporary_file_error};

/// How many problems with the same code are shown. The others are only counted.
const MAX_REPORTED: usize = 20;

/// The number of documents and shards that were merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    pub documents: usize,
    pub shards: usize,
}

/// Checks that every document of the plan was built by exactly one shard and is unchanged, then writes one manifest.
///
/// With `archive`, checks the archives of the shards instead of single documents.
pub fn merge(builder: &Builder, store: &dyn Store, archive: Option<ArchiveFormat>) -> Result<Merged, Problems> {
    let merge = Merge::read(builder, store, archive)?;
    Ok(Merged { documents: merge.run()?, shards: merge.shards.len() })
}

struct Merge<'a> {
    store: &'a dyn Store,
    builder: &'a Builder,
    shards: Vec<Shard>,
    /// The last entry of each document in each shard.
    entries: HashMap<Hash128, Vec<(Shard, ManifestEntry)>>,
    file_sets: FileSets,
    archive: Option<ArchiveFormat>,
    /// The archives read so far. For a ZIP archive, the hashes of its documents by file name; for a joined PDF, `None`.
    archives: Mutex<HashMap<Key, Option<HashMap<String, [u8; 32]>>>>,
    _lock: Lock,
}

impl<'a> Merge<'a> {
    /// Reads the manifests of all shards.
    ///
    /// # Errors
    /// A manifest is missing, the manifests are from runs with different numbers of shards, or a shard is still
    /// running.
    fn read(builder: &'a Builder, store: &'a dyn Store, archive: Option<ArchiveFormat>) -> Result<Self, Problems> {
        let names = store.journals()?;
        let shards: Vec<Shard> = names.iter().filter_map(|name| Shard::from_journal_name(MANIFEST, name)).collect();
        let Some(count) = shards.iter().map(|shard| shard.count).max() else {
            let message = format!("`{}` contains no shard manifest", store.journal_location(""));
            return Err(Diagnostic::error(code::MISSING_DOCUMENT, message)
                .help("build the shards with `--shard I/N` into one folder, then merge them")
                .into());
        };
        let mut problems = Problems::new();
        if let Some(other) = shards.iter().find(|shard| shard.count != count) {
            let message =
                format!("some manifests are from a run with {} shards, others from one with {count}", other.count);
            let help = "keep the manifests of one run, and move the others elsewhere";
            problems.push(Diagnostic::error(code::DUPLICATE_DOCUMENT, message).help(help));
        }
        let missing = (1..=count).map(|index| Shard { index, count }).filter(|shard| !shards.contains(shard));
        for shard in missing.take(MAX_REPORTED) {
            let message = format!("shard {shard} has no manifest");
            let archive = archive.map(|format| format!("--archive {} ", format.extension())).unwrap_or_default();
            let help = format!("build it with the same --lang and --report: gen-report build {archive}--shard {shard}");
            problems.push(Diagnostic::error(code::MISSING_DOCUMENT, message).help(help));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        // Keeps shards from running in the meantime.
        let lock = store.lock(&journal_name(MANIFEST, None), None)?;
        let mut entries: HashMap<Hash128, Vec<(Shard, ManifestEntry)>> = HashMap::new();
        let mut file_sets = FileSets::default();
        for shard in &shards {
            file_sets.read(store, &shard.journal_name(FILE_SETS))?;
            let journal = shard.journal_name(MANIFEST);
            for line in lines(store, &journal)? {
                let Some(entry) = ManifestEntry::parse(&line?.text) else { continue };
                let document_entries = entries.entry(entry.key_hash()).or_default();
                document_entries.retain(|(other, _)| other != shard);
                document_entries.push((*shard, entry));
            }
        }
        Ok(Self { store, builder, shards, entries, file_sets, archive, archives: Mutex::default(), _lock: lock })
    }

    /// Checks every document, then writes the manifest in the order of the plan. Returns the number of documents.
    fn run(&self) -> Result<usize, Problems> {
        let mut problems = ProblemCounter::default();
        let (mut count, mut unreadable) = (0, Problems::new());
        // A bucket can answer many requests at once.
        let workers = self.store.max_concurrent_requests();
        let mut concurrency = Concurrency::new(None);
        concurrency.workers = workers.unwrap_or(concurrency.workers);
        engine::run(
            self.jobs(),
            concurrency,
            &AtomicBool::new(false),
            |job| self.check(job).err(),
            |_, problem| (problem, ControlFlow::Continue(())),
            |ready| {
                for delivery in ready {
                    match delivery {
                        Ok((_, problem)) => {
                            count += 1;
                            problem.into_iter().for_each(|problem| problems.add(problem));
                        }
                        Err(found) => unreadable.extend(found),
                    }
                }
                ControlFlow::Continue(())
            },
        );
        if !unreadable.is_empty() {
            return Err(unreadable);
        }
        problems.into_result()?;
        let mut used = Vec::new();
        for job in self.jobs() {
            let job = job?;
            let file_set =
                self.built_entry(&job).and_then(RecordedDocument::from_entry).map(|document| document.file_set);
            used.extend(file_set.filter(|file_set| used.last() != Some(file_set)));
        }
        self.store.rewrite(&journal_name(FILE_SETS, None), &mut self.file_sets.to_lines(used).into_iter())?;
        let line = |job: Job| self.built_entry(&job).map(ManifestEntry::to_line).unwrap_or_default();
        self.store
            .rewrite(&journal_name(MANIFEST, None), &mut self.jobs().map(|job| job.map_err(first_problem).map(line)))?;
        Ok(count)
    }

    fn jobs(&self) -> impl Iterator<Item = Result<Job, Problems>> + Send {
        self.builder.project.jobs(&self.builder.plan)
    }

    /// Checks that exactly one shard built a document, that its inputs have not changed since, and that its bytes match
    /// its manifest entry.
    fn check(&self, job: &Job) -> Result<(), Diagnostic> {
        let key = job.key();
        let name = self.name_of(&key);
        let none = Vec::new();
        let found = self.entries.get(&key.hash()).unwrap_or(&none);
        let mut built = found.iter().filter_map(|(shard, entry)| Some((*shard, RecordedDocument::from_entry(entry)?)));
        let Some((shard, document)) = built.next() else {
            let problem = Diagnostic::error(code::MISSING_DOCUMENT, format!("no shard built `{name}`"));
            let option = self.rebuild_option();
            return Err(match found.first() {
                Some((shard, _)) => {
                    let journal = self.store.journal_location(&shard.journal_name(FAILED));
                    problem.help(format!(
                        "fix the errors listed in `{journal}`, then run shard {shard} again with `{option}`"
                    ))
                }
                None => {
                    problem.help(format!("run its shard again with `{option}`, for the same languages and reports"))
                }
            });
        };
        if let Some((other, second)) = built.next() {
            let difference = if second.sha256 == document.sha256 { "" } else { ", with different content" };
            let message = format!("two shards built `{name}`{difference}: {shard} and {other}");
            let help = "delete the manifest that was copied or edited, then run its shard again";
            return Err(Diagnostic::error(code::DUPLICATE_DOCUMENT, message).help(help));
        }
        let is_current = self.file_sets.is_unchanged(&document.file_set, &self.builder.typesetter)
            && self.builder.hash_source(job).is_ok_and(|hash| hash == document.source_hash);
        if !is_current {
            let message = format!("`{name}` is out of date: its facts, words or templates have changed");
            return Err(Diagnostic::error(code::CHANGED_DOCUMENT, message).help(self.rebuild_help(shard)));
        }
        match self.archive {
            Some(format) => self.check_archive(format, shard, &key, &document),
            None => self.verify(&key, &document, &self.rebuild_help(shard)),
        }
    }

    /// Returns the name of a document for messages: where it is or, if documents are in archives, its path in a run without them.
    fn name_of(&self, key: &Key) -> String {
        if self.archive.is_some() { key.path() } else { self.store.location(key) }
    }

    /// Returns the option with which a shard builds a document again. It builds all documents of its archives again.
    fn rebuild_option(&self) -> String {
        self.archive.map_or_else(|| "--resume".to_owned(), |format| format!("--archive {}", format.extension()))
    }

    fn rebuild_help(&self, shard: Shard) -> String {
        format!("build it again: gen-report build {} --shard {shard}", self.rebuild_option())
    }

    /// Returns the manifest entry of a document that passed [`Self::check`].
    fn built_entry(&self, job: &Job) -> Option<&ManifestEntry> {
        let entries = self.entries.get(&job.key().hash()).into_iter().flatten();
        entries.map(|(_, entry)| entry).find(|entry| RecordedDocument::from_entry(entry).is_some())
    }

    /// Checks that a document exists and has the hash in its manifest entry.
    fn verify(&self, key: &Key, document: &RecordedDocument, rebuild: &str) -> Result<(), Diagnostic> {
        match self.store.get(key)? {
            None => {
                let message = format!("`{}` is in the manifest, but does not exist", self.store.location(key));
                Err(Diagnostic::error(code::MISSING_DOCUMENT, message).help(rebuild))
            }
            Some(bytes) if <[u8; 32]>::from(Sha256::digest(&bytes)) != document.sha256 => {
                let message = format!("`{}` does not match its manifest entry", self.store.location(key));
                let help = format!("delete the changed file, then {rebuild}");
                Err(Diagnostic::error(code::CHANGED_DOCUMENT, message).help(help))
            }
            Some(_) => Ok(()),
        }
    }

    /// Checks that the archive of a document is the one that its shard wrote and, if it is a ZIP, contains the
    /// document.
    fn check_archive(
        &self,
        format: ArchiveFormat,
        shard: Shard,
        key: &Key,
        document: &RecordedDocument,
    ) -> Result<(), Diagnostic> {
        let archive = format.archive_key(key, &shard.suffix());
        let mut checked = self.archives.lock().unwrap_or_else(PoisonError::into_inner);
        let contents = match checked.entry(archive.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.read_archive(format, shard, &archive)?),
        };
        match contents {
            Some(documents) if documents.get(&key.file) != Some(&document.sha256) => {
                let message = format!(
                    "`{}` does not contain `{}`, or contains a different version of it",
                    self.store.location(&archive),
                    key.file
                );
                Err(Diagnostic::error(code::CHANGED_DOCUMENT, message).help(self.rebuild_help(shard)))
            }
            _ => Ok(()),
        }
    }

    /// Reads an archive and checks that its shard wrote it. Returns the hashes of its documents if it is a ZIP.
    fn read_archive(
        &self,
        format: ArchiveFormat,
        shard: Shard,
        archive: &Key,
    ) -> Result<Option<HashMap<String, [u8; 32]>>, Diagnostic> {
        let location = self.store.location(archive);
        let mut file = tempfile::tempfile().map_err(|error| temporary_file_error(&error))?;
        if !self.store.fetch(archive, &mut file)? {
            let message = format!("`{location}` does not exist");
            return Err(Diagnostic::error(code::MISSING_DOCUMENT, message).help(self.rebuild_help(shard)));
        }
        let archive_changed = || {
            let message = format!("`{location}` is not the archive that its shard wrote");
            Diagnostic::error(code::CHANGED_DOCUMENT, message).help(self.rebuild_help(shard))
        };
        let (bytes, sha256) = hash_file(&mut file).map_err(|error| temporary_file_error(&error))?;
        let written = read_archives(self.store, &shard.journal_name(ARCHIVES))?;
        let is_same =
            |it: &WrittenArchive| it.archive == archive.path() && it.bytes == bytes && it.sha256 == hex(&sha256);
        match format {
            _ if !written.iter().any(is_same) => Err(archive_changed()),
            ArchiveFormat::Zip => hash_documents(file).map(Some).ok_or_else(archive_changed),
            ArchiveFormat::Pdf => Ok(None),
        }
    }
}

/// Collects the first problems with each code, and counts the others.
#[derive(Default)]
struct ProblemCounter {
    reported: Problems,
    counts: HashMap<&'static str, usize>,
}

impl ProblemCounter {
    fn add(&mut self, problem: Diagnostic) {
        let count = self.counts.entry(problem.code.0).or_default();
        *count += 1;
        if *count <= MAX_REPORTED {
            self.reported.push(problem);
        }
    }

    fn into_result(mut self) -> Result<(), Problems> {
        for problem in self.reported.iter_mut().rev() {
            if let Some(count) = self.counts.remove(problem.code.0)
                && count > MAX_REPORTED
            {
                problem.notes.push(format!("and {} more", count - MAX_REPORTED));
            }
        }
        if self.reported.is_empty() { Ok(()) } else { Err(self.reported) }
    }
}

/// Returns the first problem, where only one can be returned.
fn first_problem(problems: Problems) -> Diagnostic {
    problems.into_iter().next().unwrap_or_else(|| Diagnostic::error(code::PROJECT_FILE, "a record cannot be read"))
}
