//! Journals in a bucket. Objects cannot grow, so the lines that a run appends become objects next to the journal
//! (`manifest.jsonl.parts/000001`), which are joined into one object at the end of the run.

use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use object_store::path::Path;

use super::{Bucket, MAX_SINGLE_UPLOAD, read_whole};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::store::{Store, temporary_file_error};

/// Lines of a journal are uploaded when they have at least this many bytes.
const FLUSH_BYTES: usize = 64 << 10;

/// Lines of a journal are uploaded when the last upload is at least this long ago.
const FLUSH_INTERVAL: Duration = Duration::from_secs(5);

/// The lines that this run appends to a journal, and that are not uploaded yet.
pub struct PendingLines {
    /// The number of the last part that was uploaded.
    last_part: u32,
    lines: String,
    last_upload: Instant,
}

/// The suffix of the folder of a journal's parts.
pub const PARTS_SUFFIX: &str = ".parts";

/// Returns the folder of the parts of a journal.
fn parts_folder(journal: &str) -> String {
    format!("{journal}{PARTS_SUFFIX}")
}

fn temporary_file() -> Result<File> {
    tempfile::tempfile().map_err(|error| temporary_file_error(&error))
}

impl Bucket {
    /// Collects lines until they are worth a request, so a crash may lose the last ones. Their documents are stored
    /// already: the next run builds them again, finds the same bytes in the store and appends the lines.
    pub(super) fn append_lines(&self, journal: &str, lines: &str) -> Result<()> {
        let mut journals = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let pending = match journals.entry(journal.to_owned()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let names = self.list(&self.journal_path(&parts_folder(journal)))?;
                let last_part = names.iter().filter_map(|name| name.parse().ok()).max().unwrap_or(0);
                new.insert(PendingLines { last_part, lines: String::new(), last_upload: Instant::now() })
            }
        };
        pending.lines.push_str(lines);
        // Appending nothing creates the journal.
        if lines.is_empty() || pending.lines.len() >= FLUSH_BYTES || pending.last_upload.elapsed() >= FLUSH_INTERVAL {
            self.flush(journal, pending)
        } else {
            Ok(())
        }
    }

    /// Replaces a journal by these lines, or deletes it if there are none.
    pub(super) fn rewrite_journal(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        let mut file = temporary_file()?;
        let mut is_empty = true;
        for line in lines {
            is_empty = false;
            writeln!(file, "{}", line?).map_err(|error| temporary_file_error(&error))?;
        }
        if is_empty {
            self.delete(&self.journal_path(journal))?;
        } else {
            self.upload_journal(journal, &mut file)?;
        }
        self.delete_read_parts(journal)
    }

    /// Uploads the lines that are left, and joins the parts of each journal of this run.
    pub(super) fn join_journals(&self) -> Result<()> {
        let journals = std::mem::take(&mut *self.journals.lock().unwrap_or_else(PoisonError::into_inner));
        for (journal, mut pending) in journals {
            if !pending.lines.is_empty() {
                self.flush(&journal, &mut pending)?;
            }
            if let Some(mut file) = self.download_journal(&journal)? {
                self.upload_journal(&journal, &mut file)?;
                self.delete_read_parts(&journal)?;
            }
        }
        Ok(())
    }

    /// Returns the path of the object of a journal, or of a part of one. Names of journals have no hash as a prefix, so
    /// that they can be listed.
    pub(super) fn journal_path(&self, name: &str) -> Path {
        Path::from_iter(self.prefix.parts().chain(name.split('/').filter(|part| !part.is_empty()).map(Into::into)))
    }

    /// Returns the parts of a journal in their order.
    pub(super) fn list_parts(&self, journal: &str) -> Result<Vec<Path>> {
        let folder = parts_folder(journal);
        let names = self.list(&self.journal_path(&folder))?.into_iter().filter(|name| name.parse::<u32>().is_ok());
        Ok(names.map(|name| self.journal_path(&format!("{folder}/{name}"))).collect())
    }

    /// Deletes the parts that [`Self::download_journal`] has read. Another run may have added parts since.
    pub(super) fn delete_read_parts(&self, journal: &str) -> Result<()> {
        let read = self.read_parts.lock().unwrap_or_else(PoisonError::into_inner).remove(journal);
        read.unwrap_or_default().iter().try_for_each(|part| self.delete(part))
    }

    /// Downloads a journal with all its parts into a temporary file.
    pub(super) fn download_journal(&self, journal: &str) -> Result<Option<File>> {
        let mut file = temporary_file()?;
        let mut found = self.download_object(&self.journal_path(journal), &mut file)?;
        let parts = self.list_parts(journal)?;
        for part in &parts {
            if let Some(bytes) = self.get_bytes(part)? {
                file.write_all(&bytes).map_err(|error| temporary_file_error(&error))?;
                found = true;
            }
        }
        self.read_parts.lock().unwrap_or_else(PoisonError::into_inner).insert(journal.to_owned(), parts);
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        Ok(found.then_some(file))
    }

    /// Checks that the store refuses to create an object that exists. Without that, runs could overwrite each other's
    /// documents.
    pub(super) fn check_conditional_create(&self, journal: &str) -> Result<()> {
        if self.options.overwrite {
            return Ok(());
        }
        let probe = self.journal_path(&format!("{journal}.probe"));
        let create = || self.create(&probe, b"").map_err(|error| self.problem(&probe, &error));
        let is_replaced = create()? && create()?;
        self.delete(&probe)?;
        if is_replaced {
            let message = format!("`{}` replaces existing objects, although the request forbids it", self.name);
            return Err(Diagnostic::error(code::STORE, message)
                .note("the store ignores the header `If-None-Match`")
                .help("write to an empty prefix with `--overwrite`, and make sure that no other run writes there"));
        }
        Ok(())
    }

    /// Uploads the collected lines as the next part of a journal.
    pub(super) fn flush(&self, journal: &str, pending: &mut PendingLines) -> Result<()> {
        let part = self.journal_path(&format!("{}/{:06}", parts_folder(journal), pending.last_part + 1));
        if !self.create_or_find(&part, pending.lines.as_bytes())? {
            let message = format!("another run is writing to `{}`", self.journal_location(journal));
            return Err(Diagnostic::error(code::LOCKED, message).help(
                "wait until one of them ends and run again with `--resume`, or name another prefix with `--out`",
            ));
        }
        *pending = PendingLines { last_part: pending.last_part + 1, lines: String::new(), last_upload: Instant::now() };
        Ok(())
    }

    pub(super) fn upload_journal(&self, journal: &str, file: &mut File) -> Result<()> {
        let length = file.seek(SeekFrom::End(0)).map_err(|error| temporary_file_error(&error))?;
        if length <= MAX_SINGLE_UPLOAD {
            return self.replace(&self.journal_path(journal), &read_whole(file)?);
        }
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        self.upload(&self.journal_path(journal), file)
    }
}
