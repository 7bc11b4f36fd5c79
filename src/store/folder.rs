//! Documents in a folder. A file is whole or not there: it is written aside, synced, then renamed.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use super::{Lock, Store};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::reason;

pub struct Folder {
    root: PathBuf,
    /// Folders that hold names which a power cut could take back.
    unsettled: Mutex<BTreeSet<PathBuf>>,
    /// Where the holder of a lock writes aside, so that what a crash leaves is found and cleared by the next one.
    aside: OnceLock<PathBuf>,
}

impl Folder {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), unsettled: Mutex::default(), aside: OnceLock::new() }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.root.join(key)
    }

    fn unwritten(&self, key: &str, error: &io::Error) -> Diagnostic {
        unwritten(&self.path(key), error)
    }

    fn unread(&self, key: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::error(code::OUTPUT, format!("`{}` cannot be read: {}", self.shown(key), reason(error)))
            .help("check the folder given with --out")
    }

    fn aside(&self, path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        self.create(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".gen-report-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any program would create it: the user's umask decides.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut aside = builder.tempfile_in(self.aside.get().map_or(folder, PathBuf::as_path))?;
        write(aside.as_file_mut())?;
        aside.as_file().sync_all()?;
        aside.persist(path).map_err(|e| e.error)?;
        self.unsettle(folder);
        Ok(())
    }

    /// Makes a folder and those above it, each of which is then a new name in the one above.
    fn create(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let new: Vec<&Path> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.is_dir()).collect();
        fs::create_dir_all(folder)?;
        new.iter().filter_map(|f| f.parent()).for_each(|above| self.unsettle(above));
        Ok(())
    }

    fn unsettle(&self, folder: &Path) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(mut unsettled) = self.unsettled.lock()
            && !unsettled.contains(folder)
        {
            unsettled.insert(folder.to_owned());
        }
    }

    /// Syncs the names of what was put.
    fn settle(&self) -> io::Result<()> {
        let folders = self.unsettled.lock().map(|mut folders| std::mem::take(&mut *folders)).unwrap_or_default();
        // Other systems keep names without being asked, and cannot open a folder.
        #[cfg(unix)]
        for folder in folders {
            File::open(&folder)?.sync_all()?;
        }
        #[cfg(not(unix))]
        drop(folders);
        Ok(())
    }

    fn append_to(&self, path: &Path, lines: &str) -> io::Result<()> {
        let new = !path.exists();
        self.create(path.parent().unwrap_or(Path::new(".")))?;
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        if new {
            self.unsettle(path.parent().unwrap_or(Path::new(".")));
        }
        self.settle()?;
        // A crash may have left half a line: the next one begins on its own.
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
    fn put(&self, key: &str, bytes: &[u8]) -> Result<()> {
        self.aside(&self.path(key), |file| file.write_all(bytes)).map_err(|error| self.unwritten(key, &error))
    }

    fn put_file(&self, key: &str, path: &Path) -> Result<()> {
        let copy = |into: &mut File| io::copy(&mut File::open(path)?, into).map(drop);
        self.aside(&self.path(key), copy).map_err(|error| self.unwritten(key, &error))
    }

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        there(fs::read(self.path(key))).map_err(|error| self.unread(key, &error))
    }

    fn size(&self, key: &str) -> Result<Option<u64>> {
        let data = there(fs::metadata(self.path(key))).map_err(|error| self.unread(key, &error))?;
        Ok(data.filter(fs::Metadata::is_file).map(|data| data.len()))
    }

    fn shown(&self, key: &str) -> String {
        self.path(key).display().to_string()
    }

    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        self.append_to(&self.path(journal), lines).map_err(|error| self.unwritten(journal, &error))
    }

    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>> {
        let file = there(File::open(self.path(journal))).map_err(|error| self.unread(journal, &error))?;
        Ok(file.map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead + Send>))
    }

    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        let path = self.path(journal);
        let Some(first) = lines.next() else {
            return there(fs::remove_file(path)).map(drop).map_err(|error| self.unwritten(journal, &error));
        };
        // A line that cannot be read says more than the write that it stops.
        let mut broken = None;
        let written = self.aside(&path, |file| {
            let mut out = BufWriter::new(file);
            for line in [first].into_iter().chain(lines) {
                match line {
                    Ok(line) => writeln!(out, "{line}")?,
                    Err(problem) => {
                        broken = Some(problem);
                        return Err(ErrorKind::InvalidData.into());
                    }
                }
            }
            out.flush()
        });
        match (broken, written.and_then(|()| self.settle())) {
            (Some(problem), _) => Err(problem),
            (None, written) => written.map_err(|error| self.unwritten(journal, &error)),
        }
    }

    fn journals(&self) -> Result<Vec<String>> {
        let Some(entries) = there(fs::read_dir(&self.root)).map_err(|error| self.unread("", &error))? else {
            return Ok(Vec::new());
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
        names.sort();
        Ok(names)
    }

    fn lock(&self, journal: &str) -> Result<Lock> {
        let stem = journal.trim_end_matches(".jsonl");
        let (name, aside) = (format!(".{stem}.lock"), self.path(&format!(".{stem}.part")));
        let open = || {
            self.create(&self.root)?;
            OpenOptions::new().write(true).create(true).truncate(false).open(self.path(&name))
        };
        let refused = |error: &io::Error| unwritten(&self.root, error);
        let file = open().map_err(|error| refused(&error))?;
        let held = |file| {
            let _ = fs::remove_dir_all(&aside);
            fs::create_dir(&aside).map_err(|error| refused(&error))?;
            let _ = self.aside.set(aside.clone());
            Ok(Box::new(Held { _file: file, aside: aside.clone() }) as Lock)
        };
        match file.try_lock() {
            Ok(()) => held(file),
            Err(TryLockError::WouldBlock) => {
                Err(Diagnostic::error(code::LOCKED, format!("another run is writing to `{}`", self.root.display()))
                    .help("wait for its end, stop it, or name another folder with --out"))
            }
            // A network's file system that knows no locks.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(Box::new(file)),
            Err(TryLockError::Error(error)) => Err(refused(&error)),
        }
    }
}

struct Held {
    _file: File,
    aside: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        // What is in it was put in its place by now.
        let _ = fs::remove_dir(&self.aside);
    }
}

/// `None` where there is no such file.
fn there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

fn unwritten(path: &Path, error: &io::Error) -> Diagnostic {
    let kinds = [ErrorKind::NotADirectory, ErrorKind::AlreadyExists];
    let there = path.ancestors().find(|above| above.exists());
    let message = match there.filter(|there| there.is_file() && kinds.contains(&error.kind())) {
        Some(file) => format!("`{}` is a file, not a folder", file.display()),
        None => format!("`{}` cannot be written: {}", path.display(), reason(error)),
    };
    let problem = Diagnostic::error(code::OUTPUT, message);
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => problem.help("make room on the disk, then run again"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            problem.help("name a folder that you may write to with --out")
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::IsADirectory => {
            problem.help("something else has this name: move it away, or name another folder with --out")
        }
        _ => problem.help("check the folder given with --out"),
    }
}
