//! The files of a project: those in its folder, and the embedded edition for those that the folder lacks.

mod disk;
pub mod embedded;
pub mod picture;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

pub use crate::diagnostic::FileOrigin;
pub use disk::{check_inside, open_regular, read_regular, read_regular_text};

use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::hash::{Hash128, hash, truncate_hash};

/// The results file that is read unless the command line names another.
pub const RESULTS: &str = "reports/results.yaml";

/// The folder in which Typst finds the pictures of a document, numbered from 0. Typst supports only 65 535 paths, so
/// documents share these.
pub const IMAGES: &str = "/images";

/// The largest text file that is read, in bytes: results, locales, templates, style modules.
pub const MAX_TEXT: u64 = 16 << 20;
/// The largest photo or font that is read, in bytes.
pub const MAX_ASSET: u64 = 256 << 20;

/// The folders of a project. One of them is enough: what is missing comes from the embedded edition.
pub const FOLDERS: [&str; 3] = ["fonts", "locales", "reports"];

pub struct Project {
    root: PathBuf,
    /// The results file named on the command line.
    results: Option<PathBuf>,
    /// The file or folder given with `--records`.
    pub records: Option<PathBuf>,
    /// Whether to skip checking the records: another process has checked them, or the command does not need it.
    pub skip_record_checks: bool,
    /// The paths of all files, on disk and embedded, as they were when the project was opened.
    paths: BTreeSet<String>,
    /// The hash of the bytes returned for each file that was read.
    hashes: Mutex<BTreeMap<String, Hash128>>,
}

impl Project {
    /// Opens the project in `root`. Without project files in it, the project is the embedded edition.
    pub fn open(root: &Path, results: Option<&Path>) -> Result<Self> {
        if !root.is_dir() {
            return Err(Diagnostic::error(code::PROJECT_FILE, format!("there is no folder `{}`", root.display()))
                .help("name the folder that holds reports/, locales/ or fonts/ with --project"));
        }
        let mut paths: BTreeSet<String> = embedded::files().map(|(path, _)| path.to_owned()).collect();
        for folder in FOLDERS {
            disk::collect_files(root, folder, &mut paths).map_err(|(folder, error)| {
                let shown = root.join(&folder);
                let shown = shown.strip_prefix(".").unwrap_or(&shown).display().to_string();
                unreadable(&shown, &error)
            })?;
        }
        Ok(Self {
            root: root.to_owned(),
            results: results.map(Path::to_owned),
            records: None,
            skip_record_checks: false,
            paths,
            hashes: Mutex::default(),
        })
    }

    /// Returns whether the folder has any of the folders of a project.
    pub fn has_folders(&self) -> bool {
        FOLDERS.iter().any(|folder| self.root.join(folder).is_dir())
    }

    /// Returns whether nothing of the project is on disk, neither files nor facts.
    pub fn is_embedded_edition(&self) -> bool {
        !self.has_folders() && self.results.is_none() && self.records.is_none()
    }

    /// Returns the folder of the project.
    pub fn folder(&self) -> &Path {
        &self.root
    }

    /// Returns the results file named on the command line.
    pub fn results_file(&self) -> Option<&Path> {
        self.results.as_deref()
    }

    /// Returns the folder of the results file, to which the paths in it are relative.
    pub fn results_folder(&self) -> PathBuf {
        match &self.results {
            None => self.root.join("reports"),
            Some(results) => results.parent().unwrap_or(Path::new("")).to_owned(),
        }
    }

    /// Reads a file of the project. `path` is relative, with `/` between its parts.
    pub fn read(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        self.read_up_to(path, MAX_ASSET)
    }

    fn read_up_to(&self, path: &str, limit: u64) -> io::Result<Cow<'static, [u8]>> {
        self.read_hashed(path, limit).map(|(bytes, _)| bytes)
    }

    /// Reads a file, with the hash of its bytes: the same for an embedded file and its copy on disk.
    pub fn read_hashed(&self, path: &str, limit: u64) -> io::Result<(Cow<'static, [u8]>, Hash128)> {
        let (bytes, hash) = read_hashed(&self.root, path, limit)?;
        if let Ok(mut hashes) = self.hashes.lock() {
            hashes.insert(path.to_owned(), hash);
        }
        Ok((bytes, hash))
    }

    /// Returns one hash of all files read so far whose path starts with `prefix`; an empty prefix includes every file.
    pub fn hash_files_read(&self, prefix: &str) -> Hash128 {
        let hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = Sha256::new();
        for (path, hash) in hashes.iter().filter(|(path, _)| path.starts_with(prefix)) {
            all.update(path);
            all.update([0]);
            all.update(hash);
        }
        truncate_hash(all)
    }

    /// Reads a text file of the project, with the path and the origin that diagnostics show.
    pub fn read_source(&self, path: &str) -> Result<Arc<SourceFile>> {
        let (origin, shown) = self.locate(path);
        let bytes = self.read_up_to(path, MAX_TEXT).map_err(|error| unreadable(&origin.display(&shown), &error))?;
        decode(origin, shown, bytes.into_owned())
    }

    /// Reads the results file.
    pub fn read_results(&self) -> Result<Arc<SourceFile>> {
        self.results.as_deref().map_or_else(|| self.read_source(RESULTS), read_text)
    }

    /// Reads a file that the results name, such as a photo. `path` is relative to the folder of the results file.
    pub fn read_asset(&self, path: &str) -> io::Result<(Cow<'static, [u8]>, Hash128)> {
        match &self.results {
            None => read_hashed(&self.root, &format!("reports/{path}"), MAX_ASSET),
            Some(results) => {
                let bytes = read_next_to(results, path)?;
                let hash = hash(&bytes);
                Ok((Cow::Owned(bytes), hash))
            }
        }
    }

    /// Finds an existing file or folder on disk by its path relative to the folder of the results file.
    pub fn find_next_to_results(&self, path: &str) -> io::Result<Option<PathBuf>> {
        match &self.results {
            None => disk::find_inside(&self.root.join("reports"), path),
            Some(results) => disk::find_inside(results.parent().unwrap_or(Path::new("")), path),
        }
    }

    /// Lists all files below a folder of the project, including embedded ones, sorted.
    pub fn list(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = format!("{folder}/");
        self.paths.iter().map(String::as_str).filter(move |path| path.starts_with(&prefix))
    }

    /// Returns the origin and path of a file as a source file, without reading its text.
    pub fn source_without_text(&self, path: &str) -> Arc<SourceFile> {
        let (origin, shown) = self.locate(path);
        SourceFile::with_origin(origin, shown, "")
    }

    /// Returns where a file comes from, and its path as the user would type it.
    fn locate(&self, path: &str) -> (FileOrigin, String) {
        match disk::find_inside(&self.root, path) {
            Ok(None) => (FileOrigin::Embedded, path.to_owned()),
            _ => {
                let file = self.root.join(path);
                (FileOrigin::Disk, file.strip_prefix(".").unwrap_or(&file).display().to_string())
            }
        }
    }
}

fn read_hashed(root: &Path, path: &str, limit: u64) -> io::Result<(Cow<'static, [u8]>, Hash128)> {
    match disk::find_inside(root, path)? {
        Some(file) => {
            let bytes = disk::read_regular(&file, limit)?;
            let hash = hash(&bytes);
            Ok((Cow::Owned(bytes), hash))
        }
        None => {
            let (bytes, hash) = embedded::read(path).ok_or_else(missing_file)?;
            Ok((Cow::Borrowed(bytes), hash))
        }
    }
}

/// Rereads a source file that a diagnostic of another process refers to. Its text is empty if it cannot be read, so
/// that the diagnostic can still be shown.
pub fn reread(origin: FileOrigin, path: &str) -> Arc<SourceFile> {
    let bytes = match origin {
        FileOrigin::Embedded => embedded::read(path).map(|(bytes, _)| bytes.to_vec()),
        FileOrigin::Disk => disk::read_regular(Path::new(path), MAX_TEXT).ok(),
    };
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    SourceFile::with_origin(origin, path, without_byte_order_mark(text))
}

/// Reads a text file that is named on the command line.
pub fn read_text(path: &Path) -> Result<Arc<SourceFile>> {
    let shown = path.display().to_string();
    let bytes = disk::read_regular(path, MAX_TEXT).map_err(|error| unreadable(&shown, &error))?;
    decode(FileOrigin::Disk, shown, bytes)
}

/// Reads a file that another one names. `path` is relative to the folder of `file`.
pub fn read_next_to(file: &Path, path: &str) -> io::Result<Vec<u8>> {
    match disk::find_inside(file.parent().unwrap_or(Path::new("")), path)? {
        Some(file) => disk::read_regular(&file, MAX_ASSET),
        None => Err(missing_file()),
    }
}

fn missing_file() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "there is no such file")
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(code::PROJECT_FILE, format!("`{path}` cannot be read: {}", reason(error)));
    match error.kind() {
        io::ErrorKind::NotFound => diagnostic.help("check the name, or the folder given with --project"),
        io::ErrorKind::FileTooLarge => {
            diagnostic.help("check that this is the right file: no text needs to be this large")
        }
        _ if leaves_folder(error) => diagnostic.help("copy it into the folder of the project"),
        _ => diagnostic.help("check that it is a regular file and that you have permission to read it"),
    }
}

/// Returns whether a file was not read because its path leads out of the folder in which it was looked up.
pub fn leaves_folder(error: &io::Error) -> bool {
    // An error of the operating system has no inner error.
    error.kind() == io::ErrorKind::PermissionDenied && error.get_ref().is_some()
}

/// Returns the message of an error of the operating system, without its number and in lower case.
pub fn reason(error: &io::Error) -> String {
    reason_in(&error.to_string())
}

/// Returns such a message from the text of an error, as [`reason`] does.
pub fn reason_in(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or_default();
    text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
}

fn decode(origin: FileOrigin, path: String, bytes: Vec<u8>) -> Result<Arc<SourceFile>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::with_origin(origin, path, without_byte_order_mark(text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
            let valid = String::from_utf8_lossy(&bytes[..at]).into_owned();
            let file = SourceFile::with_origin(origin, path, valid);
            let message = format!("`{}` is not UTF-8 text: invalid bytes in line {line}", file.display_path());
            Err(Diagnostic::error(code::PROJECT_FILE, message)
                .place(Place::new(&file, at..at))
                .help("save the file as UTF-8"))
        }
    }
}

/// A byte order mark is not part of the text (Unicode 23.8).
fn without_byte_order_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}
