//! Joins the manifests of shards into one, as if a single run had built everything.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::builder::Builder;
use super::engine::{self, Concurrency};
use super::manifest::{ARCHIVES, FAILED, KnownDocument, MANIFEST, MODULES, ManifestEntry, ModuleSets, journal};
use super::plan::Job;
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::hash::{Hash128, hash, hex};
use crate::store::archive::{WrittenArchive, hash_documents, hash_file, read_archives};
use crate::store::journal::lines;
use crate::store::{ArchiveFormat, Key, Lock, Store, temporary_file_error};

/// How many problems of each kind are reported one by one; of the others, only their number is.
const MAX_REPORTED: usize = 20;

/// Number of documents and shards that were joined.
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
    modules: ModuleSets,
    archive: Option<ArchiveFormat>,
    /// The archives that were read, with the hashes of their documents if they are ZIPs.
    archives: Mutex<HashMap<Key, Option<HashMap<String, [u8; 32]>>>>,
    _lock: Lock,
}

impl<'a> Merge<'a> {
    /// Reads the manifests of all shards.
    ///
    /// # Errors
    /// A manifest is missing, belongs to another number of shards, or its shard is still running.
    fn read(builder: &'a Builder, store: &'a dyn Store, archive: Option<ArchiveFormat>) -> Result<Self, Problems> {
        let names = store.journals()?;
        let shards: Vec<Shard> = names.iter().filter_map(|name| Shard::of_journal(MANIFEST, name)).collect();
        let Some(of) = shards.iter().map(|shard| shard.of).max() else {
            let message = format!("`{}` contains no manifest of a shard", store.journal_location(""));
            return Err(Diagnostic::error(code::MISSING_DOCUMENT, message)
                .help("build the shards with `--shard I/N` into one folder, then merge them")
                .into());
        };
        let mut problems = Problems::new();
        if let Some(other) = shards.iter().find(|shard| shard.of != of) {
            let message = format!("some manifests are of {} shards, others of {of}", other.of);
            let help = "keep the manifests of one run, and move the others elsewhere";
            problems.push(Diagnostic::error(code::DUPLICATE_DOCUMENT, message).help(help));
        }
        let missing = (1..=of).map(|index| Shard { index, of }).filter(|shard| !shards.contains(shard));
        for shard in missing.take(MAX_REPORTED) {
            let message = format!("the shard {shard} has no manifest");
            let help = format!("build it with the same --lang and --report: gen-report build --shard {shard}");
            problems.push(Diagnostic::error(code::MISSING_DOCUMENT, message).help(help));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        // No shard can run meanwhile.
        let lock = store.lock(&journal(MANIFEST, None), None)?;
        let mut entries: HashMap<Hash128, Vec<(Shard, ManifestEntry)>> = HashMap::new();
        let mut modules = ModuleSets::default();
        for shard in &shards {
            modules.read(store, &shard.journal(MODULES))?;
            let journal = shard.journal(MANIFEST);
            for line in lines(store, &journal)? {
                let Some(entry) = ManifestEntry::parse(&line?.1) else { continue };
                let of_document = entries.entry(entry.document()).or_default();
                of_document.retain(|(other, _)| other != shard);
                of_document.push((*shard, entry));
            }
        }
        Ok(Self { store, builder, shards, entries, modules, archive, archives: Mutex::default(), _lock: lock })
    }

    /// Checks every document, then writes the manifest in their order. Returns the number of documents.
    fn run(&self) -> Result<usize, Problems> {
        let mut problems = ProblemCounter::default();
        let (mut count, mut unreadable) = (0, Problems::new());
        // A bucket is asked for many documents at once.
        let workers = self.store.concurrent_writes();
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
            let modules = self.built_entry(&job).and_then(KnownDocument::of).map(|document| document.modules);
            used.extend(modules.filter(|modules| used.last() != Some(modules)));
        }
        self.store.rewrite(&journal(MODULES, None), &mut self.modules.lines(used).into_iter())?;
        let line = |job: Job| self.built_entry(&job).map(ManifestEntry::to_line).unwrap_or_default();
        self.store.rewrite(&journal(MANIFEST, None), &mut self.jobs().map(|job| job.map_err(first).map(line)))?;
        Ok(count)
    }

    fn jobs(&self) -> impl Iterator<Item = Result<Job, Problems>> + Send {
        self.builder.project.documents(&self.builder.plan)
    }

    /// Checks that exactly one shard has built a document, from what it would be built from now, and that its bytes are
    /// those that were built.
    fn check(&self, job: &Job) -> Result<(), Diagnostic> {
        let key = job.key();
        let location = self.store.location(&key);
        let none = Vec::new();
        let found = self.entries.get(&hash(key.path())).unwrap_or(&none);
        let mut built = found.iter().filter_map(|(shard, entry)| Some((*shard, KnownDocument::of(entry)?)));
        let Some((shard, document)) = built.next() else {
            let problem = Diagnostic::error(code::MISSING_DOCUMENT, format!("no shard has built `{location}`"));
            return Err(match found.first() {
                Some((shard, _)) => {
                    let journal = self.store.journal_location(&shard.journal(FAILED));
                    problem.help(format!("it failed in the shard {shard}: see {journal}"))
                }
                None => problem.help("run its shard again with `--resume`, for the same languages and reports"),
            });
        };
        if let Some((other, second)) = built.next() {
            let difference = if second.sha256 == document.sha256 { "" } else { ", with different content" };
            let message = format!("two shards have built `{location}`{difference}: {shard} and {other}");
            let help = "delete the manifest that was copied or edited, then run its shard again";
            return Err(Diagnostic::error(code::DUPLICATE_DOCUMENT, message).help(help));
        }
        let rebuild = format!("build it again: gen-report build --resume --shard {shard}");
        let is_current = self.modules.is_unchanged(&document.modules, &self.builder.typesetter)
            && self.builder.source(job).is_ok_and(|source| source == document.source);
        if !is_current {
            let message = format!("`{location}` was built from other facts, words or templates than those of today");
            return Err(Diagnostic::error(code::CHANGED_DOCUMENT, message).help(rebuild));
        }
        match self.archive {
            Some(format) => self.check_archive(format, shard, &key, &document),
            None => self.verify(&key, &document, &rebuild),
        }
    }

    /// Returns the entry of a document that [`Self::check`] has found right.
    fn built_entry(&self, job: &Job) -> Option<&ManifestEntry> {
        let entries = self.entries.get(&hash(job.key().path())).into_iter().flatten();
        entries.map(|(_, entry)| entry).find(|entry| KnownDocument::of(entry).is_some())
    }

    fn verify(&self, key: &Key, document: &KnownDocument, rebuild: &str) -> Result<(), Diagnostic> {
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

    /// Checks that the archive of a document has the bytes that its shard wrote and, if it is a ZIP, contains the document.
    fn check_archive(
        &self,
        format: ArchiveFormat,
        shard: Shard,
        key: &Key,
        document: &KnownDocument,
    ) -> Result<(), Diagnostic> {
        let archive = format.archive_key(key, &shard.suffix());
        let mut checked = self.archives.lock().unwrap_or_else(PoisonError::into_inner);
        let contents = match checked.entry(archive.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.read_archive(format, shard, &archive)?),
        };
        match contents {
            Some(documents) if documents.get(&key.file) != Some(&document.sha256) => {
                let message =
                    format!("`{}` does not contain `{}` as it was built", self.store.location(&archive), key.file);
                Err(Diagnostic::error(code::CHANGED_DOCUMENT, message).help(rebuild_archive(shard)))
            }
            _ => Ok(()),
        }
    }

    /// Returns the hashes of the documents in an archive, if it is a ZIP.
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
            return Err(Diagnostic::error(code::MISSING_DOCUMENT, message).help(rebuild_archive(shard)));
        }
        let changed = || {
            let message = format!("`{location}` is not the archive that its shard wrote");
            Diagnostic::error(code::CHANGED_DOCUMENT, message).help(rebuild_archive(shard))
        };
        let (bytes, sha256) = hash_file(&mut file).map_err(|error| temporary_file_error(&error))?;
        let written = read_archives(self.store, &shard.journal(ARCHIVES))?;
        let is_same =
            |it: &WrittenArchive| it.archive == archive.path() && it.bytes == bytes && it.sha256 == hex(&sha256);
        match format {
            _ if !written.iter().any(is_same) => Err(changed()),
            ArchiveFormat::Zip => hash_documents(file).map(Some).ok_or_else(changed),
            ArchiveFormat::Pdf => Ok(None),
        }
    }
}

fn rebuild_archive(shard: Shard) -> String {
    format!("build it: gen-report build --archive … --shard {shard}")
}

/// Collects the first problems of each kind, and counts the others.
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

/// Returns one of several problems, where only one can be returned.
fn first(problems: Problems) -> Diagnostic {
    problems.into_iter().next().unwrap_or_else(|| Diagnostic::error(code::PROJECT_FILE, "a record cannot be read"))
}
