//! A store in a folder. A file is complete or does not exist: it is written to a temporary file, synced, then renamed.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use tempfile::NamedTempFile;

use super::{Key, Lock, Store};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::{open_regular, read_regular, reason};

/// A complete temporary file that [`Folder::persist`] moves to its final path. It is deleted when it is dropped.
pub struct StagedFile {
    file: NamedTempFile,
    path: PathBuf,
}

/// A store in a folder of this machine.
pub struct Folder {
    root: PathBuf,
    /// Folders with new entries that are not synced yet: a power cut could lose them.
    unsynced: Mutex<BTreeSet<PathBuf>>,
    /// The name of the folder for temporary files, once this process holds a lock. There is one in each folder of
    /// documents, because a file can only be renamed within a file system. The next holder of the lock deletes what a
    /// crash left there.
    temporary: OnceLock<String>,
}

impl Folder {
    /// Creates a store without touching the file system.
    pub fn new(root: &Path) -> Self {
        let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        Self { root: root.to_owned(), unsynced: Mutex::default(), temporary: OnceLock::new() }
    }

    /// Writes and syncs a temporary file, which [`Self::persist`] moves to the path `name`.
    pub fn stage(&self, name: &str, bytes: &[u8]) -> Result<StagedFile> {
        let path = self.path(name);
        let file = self.write_temporary(&path, |file| file.write_all(bytes));
        file.map(|file| StagedFile { file, path }).map_err(|error| self.write_error(name, &error))
    }

    /// Moves a temporary file to its final path, and returns that path.
    pub fn persist(&self, staged: StagedFile) -> Result<String> {
        let StagedFile { file, path } = staged;
        self.move_to(file, &path).map_err(|error| write_error(&path, &error))?;
        Ok(path.display().to_string())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn write_error(&self, path: &str, error: &io::Error) -> Diagnostic {
        write_error(&self.path(path), error)
    }

    fn read_error(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::error(code::OUTPUT, format!("`{}` cannot be read: {}", self.path(path).display(), reason(error)))
            .help("check the folder given with `--out`")
    }

    fn write_atomically(&self, path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
        self.move_to(self.write_temporary(path, write)?, path)
    }

    fn move_to(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        file.persist(path).map_err(|e| e.error)?;
        self.mark_unsynced(path.parent().unwrap_or(Path::new(".")));
        Ok(())
    }

    /// Writes and syncs a temporary file that can be renamed to `path`.
    fn write_temporary(
        &self,
        path: &Path,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<NamedTempFile> {
        let folder = path.parent().unwrap_or(Path::new("."));
        self.create_folder(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".gen-report-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As for any new file, the user's umask decides. Temporary files are private by default.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let place = self.temporary.get().map_or_else(|| folder.to_owned(), |name| folder.join(name));
        let mut file = match builder.tempfile_in(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(&place)?;
                builder.tempfile_in(&place)?
            }
            file => file?,
        };
        write(file.as_file_mut())?;
        file.as_file().sync_all()?;
        Ok(file)
    }

    /// Creates a folder and its parents, and marks the parent of each new folder as unsynced.
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let new: Vec<&Path> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.is_dir()).collect();
        fs::create_dir_all(folder)?;
        new.iter().filter_map(|f| f.parent()).for_each(|parent| self.mark_unsynced(parent));
        Ok(())
    }

    fn mark_unsynced(&self, folder: &Path) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(mut unsynced) = self.unsynced.lock()
            && !unsynced.contains(folder)
        {
            unsynced.insert(folder.to_owned());
        }
    }

    /// Syncs the folders with new entries.
    fn sync_folders(&self) -> io::Result<()> {
        let folders = self.unsynced.lock().map(|mut folders| std::mem::take(&mut *folders)).unwrap_or_default();
        // Other systems cannot open a folder, and do not need this.
        #[cfg(unix)]
        for folder in folders {
            match File::open(&folder)?.sync_all() {
                Err(error) if !is_missing_feature(&error) => return Err(error),
                _ => {}
            }
        }
        #[cfg(not(unix))]
        drop(folders);
        Ok(())
    }

    fn append_to(&self, path: &Path, lines: &str) -> io::Result<()> {
        let is_new = !path.exists();
        self.create_folder(path.parent().unwrap_or(Path::new(".")))?;
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        if is_new {
            self.mark_unsynced(path.parent().unwrap_or(Path::new(".")));
        }
        self.sync_folders()?;
        // A crash may have left an incomplete line, which the next line must not continue.
        let end = file.seek(SeekFrom::End(0))?;
        if end > 0 {
            let mut last = [0];
            file.seek(SeekFrom::Start(end - 1))?;
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
            }
        }
        file.write_all(lines.as_bytes())?;
        file.sync_data()
    }
}

impl Store for Folder {
    fn put(&self, key: &Key, bytes: &[u8]) -> Result<()> {
        self.stage(&key.path(), bytes).and_then(|file| self.persist(file)).map(drop)
    }

    fn put_file(&self, key: &Key, file: &mut File) -> Result<()> {
        let copy = |into: &mut File| file.seek(SeekFrom::Start(0)).and_then(|_| io::copy(file, into)).map(drop);
        self.write_atomically(&self.path(&key.path()), copy).map_err(|error| self.write_error(&key.path(), &error))
    }

    fn fetch(&self, key: &Key, into: &mut File) -> Result<bool> {
        let path = key.path();
        let file = if_exists(open_regular(&self.path(&path))).map_err(|error| self.read_error(&path, &error))?;
        let copied = file.map(|mut file| io::copy(&mut file, into)).transpose();
        copied.map(|copied| copied.is_some()).map_err(|error| self.read_error(&path, &error))
    }

    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>> {
        if_exists(read_regular(&self.path(&key.path()), u64::MAX)).map_err(|error| self.read_error(&key.path(), &error))
    }

    fn size(&self, key: &Key) -> Result<Option<u64>> {
        let data =
            if_exists(fs::metadata(self.path(&key.path()))).map_err(|error| self.read_error(&key.path(), &error))?;
        Ok(data.filter(fs::Metadata::is_file).map(|data| data.len()))
    }

    fn remove(&self, key: &Key) -> Result<()> {
        let path = self.path(&key.path());
        let removed = if_exists(fs::remove_file(&path)).map_err(|error| self.write_error(&key.path(), &error))?;
        if removed.is_some() {
            self.mark_unsynced(path.parent().unwrap_or(Path::new(".")));
        }
        Ok(())
    }

    fn remove_empty_folder(&self, folder: &str) -> Result<()> {
        let path = self.path(folder);
        // Not a link to a folder. A folder that cannot be removed does no harm.
        if fs::symlink_metadata(&path).is_ok_and(|data| data.is_dir()) && fs::remove_dir(&path).is_ok() {
            if let Ok(mut unsynced) = self.unsynced.lock() {
                unsynced.remove(&path);
            }
            self.mark_unsynced(&self.root);
        }
        Ok(())
    }

    fn is_link(&self, key: &Key) -> bool {
        let is_link = |path: &str| fs::symlink_metadata(self.path(path)).is_ok_and(|data| data.is_symlink());
        is_link(&key.folder) || is_link(&key.path())
    }

    fn sync(&self) -> Result<()> {
        self.sync_folders().map_err(|error| write_error(&self.root, &error))
    }

    fn folders(&self) -> Result<Vec<String>> {
        let entries = if_exists(fs::read_dir(&self.root)).map_err(|error| self.read_error("", &error))?;
        let folders = entries.into_iter().flatten().flatten().filter(|entry| entry.path().is_dir());
        let mut names: Vec<String> = folders.filter_map(|folder| folder.file_name().into_string().ok()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        Ok(names)
    }

    fn location(&self, key: &Key) -> String {
        self.journal_location(&key.path())
    }

    fn journal_location(&self, journal: &str) -> String {
        self.path(journal).display().to_string()
    }

    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        self.append_to(&self.path(journal), lines).map_err(|error| self.write_error(journal, &error))
    }

    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>> {
        let file = if_exists(open_regular(&self.path(journal))).map_err(|error| self.read_error(journal, &error))?;
        Ok(file.map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead + Send>))
    }

    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        let path = self.path(journal);
        let Some(first) = lines.next() else {
            return if_exists(fs::remove_file(path)).map(drop).map_err(|error| self.write_error(journal, &error));
        };
        // If a line cannot be read, the write fails as well. Only the cause is reported.
        let mut unreadable = None;
        let written = self.write_atomically(&path, |file| {
            let mut out = BufWriter::new(file);
            for line in [first].into_iter().chain(lines) {
                match line {
                    Ok(line) => writeln!(out, "{line}")?,
                    Err(problem) => {
                        unreadable = Some(problem);
                        return Err(ErrorKind::InvalidData.into());
                    }
                }
            }
            out.flush()
        });
        match (unreadable, written.and_then(|()| self.sync_folders())) {
            (Some(problem), _) => Err(problem),
            (None, written) => written.map_err(|error| self.write_error(journal, &error)),
        }
    }

    fn journals(&self) -> Result<Vec<String>> {
        let Some(entries) = if_exists(fs::read_dir(&self.root)).map_err(|error| self.read_error("", &error))? else {
            return Ok(Vec::new());
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
        names.sort();
        Ok(names)
    }

    fn lock(&self, journal: &str, run_journal: Option<&str>) -> Result<Lock> {
        let open_error = |error: &io::Error| write_error(&self.root, error);
        self.create_folder(&self.root).map_err(|error| open_error(&error))?;
        let mut files = Vec::new();
        let mut warning = None;
        let names = run_journal.map(|journal| (journal, true)).into_iter().chain([(journal, false)]);
        for (name, is_shared) in names {
            let path = self.path(&format!(".{}.lock", stem(name)));
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
            let file = file.map_err(|error| open_error(&error))?;
            match if is_shared { file.try_lock_shared() } else { file.try_lock() } {
                Ok(()) => files.push(file),
                Err(TryLockError::WouldBlock) => {
                    let message = format!("another run is writing to `{}`", self.root.display());
                    return Err(Diagnostic::error(code::LOCKED, message)
                        .help("wait until it ends, stop it, or name another folder with `--out`"));
                }
                Err(TryLockError::Error(error)) if is_missing_feature(&error) => {
                    let message = format!("the file system of `{}` does not support locks", self.root.display());
                    let help = "make sure that no other run writes to this folder at the same time";
                    warning = Some(Diagnostic::warning(code::LOCKED, message).help(help));
                }
                Err(TryLockError::Error(error)) => return Err(open_error(&error)),
            }
        }
        let temporary = format!(".{}.part", stem(journal));
        // Delete what a killed run has left.
        self.remove_temporary(&temporary, |path| fs::remove_dir_all(path));
        let _ = self.temporary.set(temporary);
        Ok(Lock { _held: Some(Box::new(files)), warning })
    }
}

impl Folder {
    /// Removes the folders of temporary files: one next to the journals, and one in each folder of documents.
    fn remove_temporary(&self, name: &str, remove: impl Fn(&Path) -> io::Result<()>) {
        let folders = self.folders().unwrap_or_default();
        for folder in [String::new()].into_iter().chain(folders) {
            // A folder that cannot be removed does no harm.
            let _ = remove(&self.path(&folder).join(name));
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(temporary) = self.temporary.get() {
            // The folders are empty: each temporary file was moved or deleted.
            self.remove_temporary(temporary, |path| fs::remove_dir(path));
        }
    }
}

/// Returns the name of a journal without its extension.
fn stem(journal: &str) -> &str {
    journal.trim_end_matches(".jsonl")
}

/// Whether the file system does not support an operation. Some network file systems cannot lock files or sync folders.
fn is_missing_feature(error: &io::Error) -> bool {
    #[cfg(unix)]
    let unsupported = {
        use rustix::io::Errno;
        [Errno::NOLCK, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS, Errno::INVAL].map(|it| Some(it.raw_os_error()))
    };
    #[cfg(not(unix))]
    let unsupported: [Option<i32>; 0] = [];
    error.kind() == ErrorKind::Unsupported || unsupported.contains(&error.raw_os_error())
}

/// Returns `None` if the file does not exist.
fn if_exists<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether this process or the whole system has too many open files.
fn is_out_of_files(error: &io::Error) -> bool {
    #[cfg(unix)]
    return [rustix::io::Errno::MFILE, rustix::io::Errno::NFILE]
        .map(|it| Some(it.raw_os_error()))
        .contains(&error.raw_os_error());
    #[cfg(not(unix))]
    return false;
}

fn write_error(path: &Path, error: &io::Error) -> Diagnostic {
    let kinds = [ErrorKind::NotADirectory, ErrorKind::AlreadyExists];
    let existing = path.ancestors().find(|ancestor| ancestor.exists());
    let message = match existing.filter(|existing| existing.is_file() && kinds.contains(&error.kind())) {
        Some(file) => format!("`{}` is a file, not a folder", file.display()),
        None => format!("`{}` cannot be written: {}", path.display(), reason(error)),
    };
    let problem = Diagnostic::error(code::OUTPUT, message);
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => problem.help("free some disk space, then run again"),
        ErrorKind::FileTooLarge => problem.help("raise the limit on the size of a file (`ulimit -f`)"),
        _ if is_out_of_files(error) => problem.help("raise the limit on open files (`ulimit -n`)"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            problem.help("name a folder that you may write to with `--out`")
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::IsADirectory => {
            problem.help("move the existing file or folder elsewhere, or name another folder with `--out`")
        }
        _ => problem.help("check the folder given with `--out`"),
    }
}
