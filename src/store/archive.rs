//! A store that puts many documents into one file: a ZIP archive or a merged PDF for each report and language.
//!
//! An archive is complete or does not exist: documents are kept in a temporary file until the last one is built.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::journal::{lines, replace_lines};
use super::{Key, Lock, Store, TEMPORARY_FILE_HELP, temporary_file_error};
use crate::diagnostic::{BUG_HELP, Diagnostic, Result, code};
use crate::document::Languages;
use crate::hash::hex;
use crate::pdf::merge::OutlineMerger;
use crate::project::reason;

/// The file format of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ArchiveFormat {
    /// A ZIP archive of the documents
    Zip,
    /// One PDF with an outline
    Pdf,
}

impl ArchiveFormat {
    /// Returns the extension of its files, which is also the value of `--archive`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Pdf => "pdf",
        }
    }

    /// Returns the key of the archive of a document: `fr/certificate-all-3-of-8.zip`, where `-3-of-8` is the suffix.
    pub fn archive_key(self, document: &Key, suffix: &str) -> Key {
        let Key { folder, group, .. } = document;
        let file = format!("{group}-all{suffix}.{}", self.extension());
        Key { folder: folder.clone(), group: group.clone(), file }
    }
}

/// A store that collects documents into archives, and writes the archives to another store.
pub struct ArchiveStore {
    inner: Arc<dyn Store>,
    format: ArchiveFormat,
    suffix: String,
    /// The journal that lists documents as built. Its lines are written only after the archives.
    deferred_journal: String,
    /// The journal that lists the archives.
    archives_journal: String,
    spool: Mutex<Spool>,
}

/// Offset and length of a document in the temporary file.
type Extent = (u64, u64);

/// Documents and journal lines in temporary files, until the archives are written.
struct Spool {
    file: File,
    end: u64,
    /// The documents of each archive, by file name.
    archives: BTreeMap<Key, BTreeMap<String, Extent>>,
    /// Lines of the deferred journal; `None` before the first ones.
    deferred_lines: Option<File>,
}

impl ArchiveStore {
    /// Creates a store that writes to `inner` when the run finishes.
    ///
    /// `suffix` distinguishes the archives of shards. Lines of `deferred_journal` are written after the archives. Each
    /// archive has a line in `archives_journal`.
    pub fn new(
        inner: Arc<dyn Store>,
        format: ArchiveFormat,
        suffix: String,
        deferred_journal: String,
        archives_journal: String,
    ) -> Result<Self> {
        let file = tempfile::tempfile().map_err(|error| temporary_file_error(&error))?;
        let spool = Spool { file, end: 0, archives: BTreeMap::new(), deferred_lines: None };
        Ok(Self { inner, format, suffix, deferred_journal, archives_journal, spool: Mutex::new(spool) })
    }

    fn spool(&self) -> MutexGuard<'_, Spool> {
        self.spool.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn archive_key(&self, document: &Key) -> Key {
        self.format.archive_key(document, &self.suffix)
    }
}

impl Spool {
    fn read(&mut self, (start, length): Extent) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes an archive to a temporary file. The documents are in the order of their names.
    fn write_archive(
        &mut self,
        format: ArchiveFormat,
        key: &Key,
        documents: &BTreeMap<String, Extent>,
    ) -> io::Result<File> {
        // This temporary file has no name, so that nothing is left if the program is killed.
        let file = tempfile::tempfile()?;
        let out = BufWriter::new(file.try_clone()?);
        match format {
            ArchiveFormat::Zip => {
                let mut archive = ZipWriter::new(out);
                // PDFs are compressed already. The date is the earliest that the format allows, for reproducible
                // archives.
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Stored)
                    .last_modified_time(DateTime::default())
                    .unix_permissions(0o644);
                for (name, extent) in documents {
                    archive.start_file(name.as_str(), options)?;
                    archive.write_all(&self.read(*extent)?)?;
                }
                archive.finish()?.flush()?;
            }
            ArchiveFormat::Pdf => {
                let mut merger = OutlineMerger::new(out)?;
                for (name, extent) in documents {
                    merger
                        .add(&self.read(*extent)?, name)
                        .map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))?;
                }
                let title = Path::new(&key.file).file_stem().unwrap_or_default().to_string_lossy();
                let languages = Languages::parse(&key.folder).unwrap_or_else(|_| Languages::one(&key.folder));
                merger.finish(&title, &languages.iter().collect::<Vec<_>>())?;
            }
        }
        Ok(file)
    }
}

impl Store for ArchiveStore {
    fn put(&self, key: &Key, bytes: &[u8]) -> Result<()> {
        let mut spool = self.spool();
        let (start, length) = (spool.end, bytes.len() as u64);
        spool
            .file
            .seek(SeekFrom::Start(start))
            .and_then(|_| spool.file.write_all(bytes))
            .map_err(|error| temporary_file_error(&error))?;
        spool.end += length;
        spool.archives.entry(self.archive_key(key)).or_default().insert(key.file.clone(), (start, length));
        Ok(())
    }

    fn put_file(&self, key: &Key, file: &mut File) -> Result<()> {
        self.inner.put_file(key, file)
    }

    fn fetch(&self, key: &Key, into: &mut File) -> Result<bool> {
        self.inner.fetch(key, into)
    }

    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>> {
        let mut spool = self.spool();
        let extent = spool.archives.get(&self.archive_key(key)).and_then(|documents| documents.get(&key.file)).copied();
        extent.map(|extent| spool.read(extent).map_err(|error| temporary_file_error(&error))).transpose()
    }

    fn size(&self, key: &Key) -> Result<Option<u64>> {
        let spool = self.spool();
        let extent = spool.archives.get(&self.archive_key(key)).and_then(|documents| documents.get(&key.file));
        Ok(extent.map(|(_, length)| *length))
    }

    /// Takes a document out of an archive that is not written yet.
    fn remove(&self, key: &Key) -> Result<()> {
        self.spool().archives.get_mut(&self.archive_key(key)).and_then(|documents| documents.remove(&key.file));
        Ok(())
    }

    fn folders(&self) -> Result<Vec<String>> {
        self.inner.folders()
    }

    fn archive_of(&self, key: &Key) -> Option<Key> {
        Some(self.archive_key(key))
    }

    fn location(&self, key: &Key) -> String {
        format!("{}: {}", self.inner.location(&self.archive_key(key)), key.file)
    }

    fn journal_location(&self, journal: &str) -> String {
        self.inner.journal_location(journal)
    }

    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        if journal != self.deferred_journal {
            return self.inner.append(journal, lines);
        }
        let mut spool = self.spool();
        let file = match &mut spool.deferred_lines {
            Some(file) => file,
            none => none.insert(tempfile::tempfile().map_err(|error| temporary_file_error(&error))?),
        };
        file.write_all(lines.as_bytes()).map_err(|error| temporary_file_error(&error))
    }

    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>> {
        self.inner.read(journal)
    }

    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        self.inner.rewrite(journal, lines)
    }

    fn journals(&self) -> Result<Vec<String>> {
        self.inner.journals()
    }

    fn lock(&self, journal: &str, run_journal: Option<&str>) -> Result<Lock> {
        self.inner.lock(journal, run_journal)
    }

    fn finish(&self, is_complete: bool) -> Result<()> {
        let mut spool = self.spool();
        if !is_complete {
            self.inner.finish(false)?;
            let message = "no archive was written because some documents are missing";
            return Err(Diagnostic::error(code::OUTPUT, message)
                .note("an archive contains all documents or does not exist")
                .help("run again; if documents failed, correct their errors first"));
        }
        let archives = std::mem::take(&mut spool.archives);
        let is_kept = |line: &str| {
            let archive = WrittenArchive::parse(line).map(|archive| archive.archive);
            archive.is_some_and(|archive| !archives.keys().any(|key| key.path() == archive))
        };
        replace_lines(&*self.inner, &self.archives_journal, is_kept, || {
            let mut new_lines = Vec::new();
            for (key, documents) in &archives {
                let written = spool
                    .write_archive(self.format, key, documents)
                    .and_then(|mut file| Ok((hash_file(&mut file)?, file)));
                let ((bytes, sha256), mut file) = written.map_err(|error| {
                    let message = format!("`{}` cannot be written: {}", self.inner.location(key), reason(&error));
                    // Not an error of the temporary file, but of a document that cannot be merged.
                    let help = match error.kind() {
                        io::ErrorKind::InvalidData => BUG_HELP,
                        _ => TEMPORARY_FILE_HELP,
                    };
                    Diagnostic::error(code::OUTPUT, message).help(help)
                })?;
                self.inner.put_file(key, &mut file)?;
                new_lines.push(WrittenArchive { archive: key.path(), bytes, sha256: hex(&sha256) }.to_line());
            }
            Ok(((), new_lines))
        })?;
        if let Some(mut lines) = spool.deferred_lines.take() {
            lines.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
            let mut lines = BufReader::new(lines);
            loop {
                let mut chunk = String::new();
                while chunk.len() < 1 << 20
                    && lines.read_line(&mut chunk).map_err(|error| temporary_file_error(&error))? > 0
                {}
                self.inner.append(&self.deferred_journal, &chunk)?;
                if chunk.is_empty() {
                    break;
                }
            }
        }
        self.inner.finish(true)
    }
}

/// One line of the journal that lists the archives.
#[derive(Debug, Serialize, Deserialize)]
pub struct WrittenArchive {
    /// The key of the archive.
    pub archive: String,
    pub bytes: u64,
    pub sha256: String,
}

impl WrittenArchive {
    fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    fn to_line(&self) -> String {
        // Strings and numbers cannot fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Reads a journal that lists archives.
pub fn read_archives(store: &dyn Store, journal: &str) -> Result<Vec<WrittenArchive>> {
    lines(store, journal)?.filter_map(|line| line.map(|line| WrittenArchive::parse(&line.text)).transpose()).collect()
}

/// Returns the length and the SHA-256 of a file.
pub fn hash_file(file: &mut File) -> io::Result<(u64, [u8; 32])> {
    file.seek(SeekFrom::Start(0))?;
    let mut hash = HashWriter(Sha256::new());
    let bytes = io::copy(file, &mut hash)?;
    Ok((bytes, hash.0.finalize().into()))
}

/// A writer that only hashes what is written.
struct HashWriter(Sha256);

impl Write for HashWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the SHA-256 of each document in a ZIP archive, by file name; `None` if the file is not a ZIP archive.
pub fn hash_documents(file: File) -> Option<HashMap<String, [u8; 32]>> {
    let mut archive = ZipArchive::new(file).ok()?;
    let mut hashes = HashMap::new();
    for index in 0..archive.len() {
        let mut document = archive.by_index(index).ok()?;
        let mut hash = HashWriter(Sha256::new());
        io::copy(&mut document, &mut hash).ok()?;
        hashes.insert(document.name().ok()?.into_owned(), hash.0.finalize().into());
    }
    Some(hashes)
}
