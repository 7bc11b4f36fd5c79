//! Where a project's files come from: its folder first, then the edition embedded in the binary.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Result, SourceFile, code};
use crate::sum::{Sum, sum};

static EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
/// Of each embedded file, so that no start of the program has to add them up.
static SUMS: &[u128] = include!(concat!(env!("OUT_DIR"), "/sums.rs"));

/// The files in the binary, sorted by path.
pub fn embedded() -> &'static [(&'static str, &'static [u8])] {
    EMBEDDED
}

/// The results file of a project that names no other.
pub const RESULTS: &str = "reports/results.yaml";

/// Folder under which Typst finds the files beside the results.
pub const ASSETS: &str = "/assets";

/// The largest text that is read: results, words, templates, style modules. In bytes, as all of these.
pub const MAX_TEXT: u64 = 16 << 20;
/// The largest photo or typeface that is read.
pub const MAX_ASSET: u64 = 256 << 20;

/// Begins the path of a file that is shown from the embedded edition.
pub const EMBEDDED_MARK: &str = "(embedded)";

pub struct Project {
    root: PathBuf,
    /// A results file named on the command line.
    results: Option<PathBuf>,
    /// Cities named on the command line: a file of records or a folder of them.
    pub records: Option<PathBuf>,
    /// Another process has read all records already.
    pub trusted: bool,
}

impl Project {
    /// A project in `root`. Without its own files it is the embedded edition.
    pub fn open(root: &Path, results: Option<&Path>) -> Result<Self> {
        if !root.is_dir() {
            return Err(Diagnostic::error(code::PROJECT_FILE, format!("there is no folder `{}`", root.display()))
                .help("name the folder that holds reports/, locales/ or fonts/ with --project"));
        }
        Ok(Self { root: root.to_owned(), results: results.map(Path::to_owned), records: None, trusted: false })
    }

    /// Reads a file of the project: `path` is relative, with `/` between its parts.
    pub fn read(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        self.read_up_to(path, MAX_ASSET)
    }

    fn read_up_to(&self, path: &str, limit: u64) -> io::Result<Cow<'static, [u8]>> {
        match inside(&self.root, path)? {
            Some(file) => regular(&file, limit).map(Cow::Owned),
            None => EMBEDDED
                .binary_search_by_key(&path, |(name, _)| name)
                .map(|at| Cow::Borrowed(EMBEDDED[at].1))
                .map_err(|_| io::ErrorKind::NotFound.into()),
        }
    }

    /// Reads a text of the project as the user knows it.
    pub fn source(&self, path: &str) -> Result<Arc<SourceFile>> {
        let bytes = self.read_up_to(path, MAX_TEXT).map_err(|error| unreadable(&self.shown(path), &error))?;
        text(self.shown(path), bytes.into_owned())
    }

    /// The results file.
    pub fn results(&self) -> Result<Arc<SourceFile>> {
        let Some(path) = &self.results else { return self.source(RESULTS) };
        let shown = path.display().to_string();
        let bytes = regular(path, MAX_TEXT).map_err(|error| unreadable(&shown, &error))?;
        text(shown, bytes)
    }

    /// A file that the results name, such as a photo: `path` is relative to the results file.
    pub fn asset(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        match &self.results {
            None => self.read(&format!("reports/{path}")),
            Some(results) => match inside(results.parent().unwrap_or(Path::new("")), path)? {
                Some(file) => regular(&file, MAX_ASSET).map(Cow::Owned),
                None => Err(io::ErrorKind::NotFound.into()),
            },
        }
    }

    /// Sum of a file, to tell whether it has changed.
    pub fn sum(&self, path: &str) -> Sum {
        match inside(&self.root, path) {
            Ok(Some(file)) => regular(&file, MAX_ASSET).map(sum).unwrap_or_default(),
            _ => {
                let at = EMBEDDED.binary_search_by_key(&path, |(name, _)| name).ok();
                at.and_then(|at| SUMS.get(at)).map_or([0; 16], |sum| sum.to_le_bytes())
            }
        }
    }

    /// A file or a folder on the disk beside the results file, if it is there.
    pub fn beside(&self, path: &str) -> io::Result<Option<PathBuf>> {
        match &self.results {
            None => inside(&self.root.join("reports"), path),
            Some(results) => inside(results.parent().unwrap_or(Path::new("")), path),
        }
    }

    /// All files below a folder of the project, embedded ones included, sorted.
    pub fn list(&self, folder: &str) -> BTreeSet<String> {
        let prefix = format!("{folder}/");
        let mut found: BTreeSet<String> =
            EMBEDDED.iter().filter(|(name, _)| name.starts_with(&prefix)).map(|(name, _)| (*name).to_owned()).collect();
        walk(&self.root, folder, 0, &mut found);
        found
    }

    /// How a path is shown: as the user would type it, or as part of the embedded edition.
    pub fn shown(&self, path: &str) -> String {
        match inside(&self.root, path) {
            Ok(None) => format!("{EMBEDDED_MARK} {path}"),
            _ => {
                let file = self.root.join(path);
                file.strip_prefix(".").unwrap_or(&file).display().to_string()
            }
        }
    }
}

/// What stands at `path` below `root`, if anything does. Never what is outside, by `..` or by a link.
fn inside(root: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let relative = Path::new(path);
    if path.contains('\0') || !relative.components().all(|c| matches!(c, Component::Normal(_))) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the path leaves the project"));
    }
    let file = root.join(relative);
    if file.symlink_metadata().is_err() {
        return Ok(None);
    }
    let base = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    if !file.canonicalize()?.starts_with(base.canonicalize()?) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the link leaves the project"));
    }
    Ok(Some(file))
}

/// The bytes of a file that is no larger than it may be. A pipe could be waited for without end, and a device read so.
fn regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let mut bytes = Vec::new();
    if about.len() <= limit {
        // It may grow meanwhile.
        File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    }
    match about.len().max(bytes.len() as u64) > limit {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", limit >> 20))),
        false => Ok(bytes),
    }
}

fn walk(root: &Path, folder: &str, depth: usize, found: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries.flatten() {
        // A name that is no text cannot be written in any template.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{folder}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < 8 => walk(root, &path, depth + 1, found),
            Ok(_) if !name.starts_with('.') => {
                found.insert(path);
            }
            _ => {}
        }
    }
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(code::PROJECT_FILE, format!("`{path}` cannot be read: {}", reason(error)));
    match error.kind() {
        io::ErrorKind::NotFound => diagnostic.help("check the name, or the folder given with --project"),
        io::ErrorKind::FileTooLarge => diagnostic.help("a text of this size was made by mistake, or to do harm"),
        _ => diagnostic.help("check that it is a file that you may read"),
    }
}

/// What went wrong, without the number that the system gives it.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
}

fn text(path: String, bytes: Vec<u8>) -> Result<Arc<SourceFile>> {
    match String::from_utf8(bytes) {
        // A byte order mark is no part of the text (Unicode 23.8).
        Ok(text) => Ok(SourceFile::new(path, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
            let good = SourceFile::new(path.clone(), String::from_utf8_lossy(&bytes[..at]).into_owned());
            Err(Diagnostic::error(
                code::PROJECT_FILE,
                format!("`{path}` is no UTF-8 text: line {line} holds other bytes"),
            )
            .place(crate::diagnostic::Place::new(&good, at..at))
            .help("save the file as UTF-8"))
        }
    }
}
