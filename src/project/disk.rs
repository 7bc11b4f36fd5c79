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

/// Reads a regular file of at most `limit` bytes. A pipe could block forever, and a device could be read without end.
pub fn read_regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    if metadata.len() <= limit {
        // The file may grow while it is read.
        File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    }
    match metadata.len().max(bytes.len() as u64) > limit {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", limit >> 20))),
        false => Ok(bytes),
    }
}

/// Adds the paths of all files below `folder` to `found`, relative to `root`, with `/` between their parts.
pub fn collect_files(root: &Path, folder: &str, found: &mut BTreeSet<String>) {
    collect(root, folder, 0, found);
}

fn collect(root: &Path, folder: &str, depth: usize, found: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries.flatten() {
        // A name that is not Unicode cannot be written in a template.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{folder}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => collect(root, &path, depth + 1, found),
            Ok(_) if !name.starts_with('.') => {
                found.insert(path);
            }
            _ => {}
        }
    }
}
