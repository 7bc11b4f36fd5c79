//! Files on disk: only regular files of limited size, and nothing outside the folder they are looked up in.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Folders nested more deeply are not searched; a project needs three levels.
const MAX_DEPTH: usize = 8;

/// Returns the path of an existing file or folder at `path` below `root`, or `None`.
///
/// Fails if `path` leads out of `root`, by `..` or through a symbolic link.
pub fn find_inside(root: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let relative = Path::new(path);
    if path.contains('\0') || !relative.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir)) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the path leaves the project"));
    }
    let file = root.join(relative);
    match file.symlink_metadata() {
        Ok(_) => check_inside(root, &file).map(|()| Some(file)),
        // Only a file that does not exist is taken from the embedded edition.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Fails if `path` leads out of `root` through a symbolic link.
pub fn check_inside(root: &Path, path: &Path) -> io::Result<()> {
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    match path.canonicalize()?.starts_with(root.canonicalize()?) {
        true => Ok(()),
        false => Err(io::Error::new(io::ErrorKind::PermissionDenied, "the link leaves the project")),
    }
}

/// Opens a regular file. A pipe could block forever, and a device could be read without end.
pub fn open_regular(path: &Path) -> io::Result<File> {
    match fs::metadata(path)?.is_file() {
        true => File::open(path),
        false => Err(io::Error::other("it is not a regular file")),
    }
}

/// Reads a regular file of at most `limit` bytes.
pub fn read_regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = open_regular(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::new();
    if length <= limit {
        // The file may grow while it is read.
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    }
    match length.max(bytes.len() as u64) > limit {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", limit >> 20))),
        false => Ok(bytes),
    }
}

/// Reads a regular text file of at most `limit` bytes.
pub fn read_regular_text(path: &Path, limit: u64) -> io::Result<String> {
    String::from_utf8(read_regular(path, limit)?).map_err(|_| io::Error::other("it is not a text in UTF-8"))
}

/// Adds the paths of all files below `folder` to `found`, relative to `root`, with `/` between their parts. A folder that
/// does not exist has none.
///
/// # Errors
/// The path of a folder that cannot be read, and why.
pub fn collect_files(root: &Path, folder: &str, found: &mut BTreeSet<String>) -> Result<(), (String, io::Error)> {
    match fs::symlink_metadata(root.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => collect(root, folder, 0, found),
    }
}

fn collect(root: &Path, folder: &str, depth: usize, found: &mut BTreeSet<String>) -> Result<(), (String, io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    check_inside(root, &root.join(folder)).map_err(failed)?;
    for entry in fs::read_dir(root.join(folder)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // A name that is not Unicode cannot be written in a template.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{folder}/{name}");
        // A link to a folder counts as a folder. A broken link is reported when it is read.
        if entry.path().is_dir() {
            if depth < MAX_DEPTH {
                collect(root, &path, depth + 1, found)?;
            }
        } else if !name.starts_with('.') {
            found.insert(path);
        }
    }
    Ok(())
}
