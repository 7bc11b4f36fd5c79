//! Many documents in one file: a ZIP archive or one merged PDF for each report and language. An archive is whole or not
//! there: documents wait in a temporary file until the last one is made.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use clap::ValueEnum;
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Lock, Store};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::manifest::MANIFEST;
use crate::pdf::merge::OutlineMerger;
use crate::project::reason;
use crate::shard::Shard;

/// What becomes of many documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A ZIP archive of their files
    Zip,
    /// One PDF with an outline
    Pdf,
}

/// A store of archives in another store.
pub struct Archive {
    inner: Arc<dyn Store>,
    names: Names,
    waiting: Mutex<Waiting>,
}

struct Waiting {
    file: File,
    end: u64,
    /// Place and length of each document, by archive and name.
    archives: BTreeMap<String, BTreeMap<String, (u64, u64)>>,
    /// Lines of manifests, which must not say that a document is there before its archive is.
    journals: BTreeMap<String, File>,
}

/// What archives are called.
pub struct Names {
    kind: Kind,
    /// Names of reports as files have them, the longest first.
    reports: Vec<String>,
    /// `-all`, or `-all-3-of-8`.
    suffix: String,
}

impl Names {
    pub fn new(kind: Kind, reports: &[String], shard: Option<Shard>) -> Self {
        let mut reports: Vec<String> = reports.iter().map(|name| name.replace('/', "-")).collect();
        reports.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let suffix = match shard {
            Some(Shard { index, of }) => format!("-all-{index}-of-{of}"),
            None => "-all".to_owned(),
        };
        Self { kind, reports, suffix }
    }

    /// The archive that a document belongs to, and its name in there.
    pub fn place<'k>(&self, key: &'k str) -> (String, &'k str) {
        let (language, file) = key.rsplit_once('/').unwrap_or(("", key));
        let stem = file.trim_end_matches(".pdf");
        let belongs =
            |report: &&String| stem.strip_prefix(report.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('-'));
        let report = self.reports.iter().find(belongs).map_or("documents", String::as_str);
        let extension = match self.kind {
            Kind::Zip => "zip",
            Kind::Pdf => "pdf",
        };
        (format!("{language}/{report}{}.{extension}", self.suffix), file)
    }
}

impl Archive {
    pub fn new(inner: Arc<dyn Store>, kind: Kind, reports: &[String], shard: Option<Shard>) -> Result<Self> {
        let file = tempfile::tempfile().map_err(|error| unspooled(&error))?;
        let waiting = Waiting { file, end: 0, archives: BTreeMap::new(), journals: BTreeMap::new() };
        Ok(Self { inner, names: Names::new(kind, reports, shard), waiting: Mutex::new(waiting) })
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Waiting {
    fn read(&mut self, (at, length): (u64, u64)) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes an archive of documents in the order of their names.
    fn write(&mut self, kind: Kind, key: &str, documents: &BTreeMap<String, (u64, u64)>) -> io::Result<NamedTempFile> {
        let file = NamedTempFile::new()?;
        let out = BufWriter::new(file.reopen()?);
        match kind {
            Kind::Zip => {
                let mut archive = ZipWriter::new(out);
                // PDFs are packed already. The date is the first one that the format knows.
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Stored)
                    .last_modified_time(DateTime::default())
                    .unix_permissions(0o644);
                for (name, place) in documents {
                    archive.start_file(name.as_str(), options)?;
                    archive.write_all(&self.read(*place)?)?;
                }
                archive.finish()?.flush()?;
            }
            Kind::Pdf => {
                let (language, name) = key.rsplit_once('/').unwrap_or(("", key));
                let mut merger = OutlineMerger::new(out)?;
                for (name, place) in documents {
                    merger
                        .add(&self.read(*place)?, name)
                        .map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))?;
                }
                let language = language.split('+').next().unwrap_or_default();
                merger.finish(name.trim_end_matches(".pdf"), language)?;
            }
        }
        Ok(file)
    }
}

impl Store for Archive {
    fn put(&self, key: &str, bytes: &[u8]) -> Result<()> {
        let (archive, name) = self.names.place(key);
        let mut waiting = self.waiting();
        let (at, length) = (waiting.end, bytes.len() as u64);
        waiting
            .file
            .seek(SeekFrom::Start(at))
            .and_then(|_| waiting.file.write_all(bytes))
            .map_err(|error| unspooled(&error))?;
        waiting.end += length;
        waiting.archives.entry(archive).or_default().insert(name.to_owned(), (at, length));
        Ok(())
    }

    fn put_file(&self, key: &str, path: &Path) -> Result<()> {
        self.inner.put_file(key, path)
    }

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let (archive, name) = self.names.place(key);
        let mut waiting = self.waiting();
        let place = waiting.archives.get(&archive).and_then(|documents| documents.get(name)).copied();
        place.map(|place| waiting.read(place).map_err(|error| unspooled(&error))).transpose()
    }

    fn size(&self, key: &str) -> Result<Option<u64>> {
        let (archive, name) = self.names.place(key);
        Ok(self.waiting().archives.get(&archive).and_then(|documents| documents.get(name)).map(|(_, length)| *length))
    }

    fn shown(&self, key: &str) -> String {
        if key.ends_with(".pdf") {
            let (archive, name) = self.names.place(key);
            return format!("{}: {name}", self.inner.shown(&archive));
        }
        self.inner.shown(key)
    }

    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        if journal.starts_with(MANIFEST) {
            let mut waiting = self.waiting();
            let file = match waiting.journals.entry(journal.to_owned()) {
                Entry::Occupied(file) => file.into_mut(),
                Entry::Vacant(new) => new.insert(tempfile::tempfile().map_err(|error| unspooled(&error))?),
            };
            return file.write_all(lines.as_bytes()).map_err(|error| unspooled(&error));
        }
        self.inner.append(journal, lines)
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

    fn lock(&self, journal: &str) -> Result<Lock> {
        self.inner.lock(journal)
    }

    fn finish(&self, whole: bool) -> Result<()> {
        let mut waiting = self.waiting();
        if !whole {
            let names: Vec<String> = waiting.archives.keys().map(|key| self.inner.shown(key)).collect();
            self.inner.finish(false)?;
            let message = format!("not all documents were made: {} is not written", names.join(", "));
            return Err(Diagnostic::error(code::OUTPUT, message).help("an archive is whole or not there: run again"));
        }
        for (key, documents) in std::mem::take(&mut waiting.archives) {
            let file = waiting.write(self.names.kind, &key, &documents).map_err(|error| {
                Diagnostic::error(
                    code::OUTPUT,
                    format!("`{}` cannot be written: {}", self.inner.shown(&key), reason(&error)),
                )
                .help("make room in the folder for temporary files, or name another with TMPDIR")
            })?;
            self.inner.put_file(&key, file.path())?;
        }
        for (journal, mut lines) in std::mem::take(&mut waiting.journals) {
            lines.seek(SeekFrom::Start(0)).map_err(|error| unspooled(&error))?;
            let mut lines = BufReader::new(lines);
            loop {
                let mut some = String::new();
                while some.len() < 1 << 20 && lines.read_line(&mut some).map_err(|error| unspooled(&error))? > 0 {}
                self.inner.append(&journal, &some)?;
                if some.is_empty() {
                    break;
                }
            }
        }
        self.inner.finish(true)
    }
}

fn unspooled(error: &io::Error) -> Diagnostic {
    Diagnostic::error(code::OUTPUT, format!("a temporary file failed: {}", reason(error)))
        .help("make room in the folder for temporary files, or name another with TMPDIR")
}
