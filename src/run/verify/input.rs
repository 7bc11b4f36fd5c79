//! What users give to be checked: files, archives, folders and buckets of them, the address in a code, a credential, or standard
//! input.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::archive;
use crate::diagnostic::{self, Diagnostic, code};
use crate::project::{open_regular, read_regular, reason};
use crate::store::objects::{Object, Objects, open_objects};
use crate::store::{Destination, temporary_file_error};
use crate::trust::claim::printable;
use crate::trust::credential::is_token;
use crate::trust::status_list::STATUS_LIST;

/// The largest file that is read, in bytes. An archive may be larger.
pub(super) const MAX_INPUT: u64 = 256 << 20;

/// Standard input, on the command line.
const STANDARD_INPUT: &str = "-";

/// Why there is nothing to check.
const NO_FILES: &str = "has no PDF, PNG, JPEG or .jwt file";

/// What is done with a file, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A document, a picture or a credential.
    Checked,
    /// A ZIP archive, whose files are checked.
    Archive,
    /// An archive of another kind.
    OtherArchive,
}

impl FileKind {
    /// Returns the kind of a file by its name; `None` for other files, and for the status list, which some sites keep beside the
    /// certificates.
    pub(super) fn of(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().filter(|name| *name != STATUS_LIST)?;
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "pdf" | "png" | "jpg" | "jpeg" | "jwt" => Some(Self::Checked),
            "zip" => Some(Self::Archive),
            "7z" | "bz2" | "gz" | "rar" | "tar" | "tgz" | "xz" | "zst" => Some(Self::OtherArchive),
            _ => None,
        }
    }
}

/// Is called for each file with its name, and with its bytes or the reason why it cannot be read.
type Check<'a> = &'a mut dyn FnMut(&str, Result<Vec<u8>, String>);

/// Calls `check` for the input, or for each file in it if it is a folder, an archive or a bucket.
///
/// `patience` is how long an unresponsive bucket is asked again.
pub fn for_each_input(input: &str, patience: Duration, check: Check<'_>) {
    let path = Path::new(input);
    if input == STANDARD_INPUT {
        check(input, read_standard_input());
    } else if path.is_dir() {
        check_folder(path, check);
    } else if let (Ok(Destination::Bucket(url)), false) = (input.parse(), path.exists()) {
        check_bucket(&url, patience, check);
    } else if (is_address(input) || is_token(input.trim())) && !path.exists() {
        // Shown without its end: a code is as long as a paragraph.
        let start: String = input.chars().take(32).collect();
        check(&format!("{start}…"), Ok(input.as_bytes().to_vec()));
    } else {
        check_file(path, check);
    }
}

fn is_address(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(8).collect::<String>().to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

/// Checks a file, or the files in it if it is an archive.
fn check_file(path: &Path, check: Check<'_>) {
    let name = printable(&path.display().to_string());
    match FileKind::of(&name) {
        Some(FileKind::Archive) => match open_regular(path) {
            Ok(file) => check_archive(&name, file, check),
            Err(error) => check(&name, Err(reason(&error))),
        },
        Some(FileKind::OtherArchive) => check(&name, Err(other_archive())),
        _ => check(&name, read_regular(path, MAX_INPUT).map_err(|error| reason(&error))),
    }
}

fn other_archive() -> String {
    "of archives, only .zip is opened: unpack it, and check the folder".to_owned()
}

/// Checks the files in an archive: `received.zip/certificate.pdf`.
fn check_archive(archive: &str, file: impl Read + Seek, check: Check<'_>) {
    let mut check_entry = |name: &str, bytes| check(&printable(&format!("{archive}/{name}")), bytes);
    match archive::for_each_file(file, &mut check_entry) {
        Ok(0) => check(archive, Err(format!("the archive {NO_FILES}"))),
        Ok(_) => {}
        Err(why) => check(archive, Err(why)),
    }
}

fn read_standard_input() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_INPUT + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    match bytes.len() as u64 > MAX_INPUT {
        true => Err(too_large()),
        false => Ok(bytes),
    }
}

pub(super) fn too_large() -> String {
    format!("it is larger than {} MiB", MAX_INPUT >> 20)
}

fn check_folder(folder: &Path, check: Check<'_>) {
    let mut files = Vec::new();
    let listed = list_files(folder, &mut files).map_err(|error| reason(&error));
    files.sort();
    for file in &files {
        check_file(file, check);
    }
    let name = folder.display().to_string();
    match listed {
        Ok(()) if files.is_empty() => check(&name, Err(format!("the folder {NO_FILES}"))),
        Ok(()) => {}
        Err(why) => check(&name, Err(format!("the folder cannot be read: {why}"))),
    }
}

/// Lists the files below a folder that are checked. Links are not followed.
fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            list_files(&path, files)?;
        } else if kind.is_file() && is_found(&path.to_string_lossy()) {
            files.push(path);
        }
    }
    Ok(())
}

/// Returns whether a file is checked that was not named, but is in a folder or a bucket.
fn is_found(path: &str) -> bool {
    matches!(FileKind::of(path), Some(FileKind::Checked | FileKind::Archive))
}

/// Checks the objects below a prefix of a bucket, or a single one.
fn check_bucket(url: &str, patience: Duration, check: Check<'_>) {
    let listed = open_objects(url, patience).and_then(|bucket| Ok((bucket.list_all()?, bucket)));
    let (mut objects, bucket) = match listed {
        Ok(listed) => listed,
        Err(problem) => return check(url, Err(explain(&problem))),
    };
    objects.retain(|object| object.url == url || is_found(&object.url));
    objects.sort_by(|a, b| a.url.cmp(&b.url));
    for object in &objects {
        check_object(&*bucket, object, check);
    }
    if objects.is_empty() {
        check(url, Err(format!("below this prefix, the bucket {NO_FILES}")));
    }
}

fn check_object(bucket: &dyn Objects, object: &Object, check: Check<'_>) {
    let name = printable(&object.url);
    match FileKind::of(&name) {
        Some(FileKind::Archive) => match download(bucket, object) {
            Ok(file) => check_archive(&name, file, check),
            Err(problem) => check(&name, Err(explain(&problem))),
        },
        Some(FileKind::OtherArchive) => check(&name, Err(other_archive())),
        _ if object.size > MAX_INPUT => check(&name, Err(too_large())),
        _ => check(&name, bucket.read(object).map_err(|problem| explain(&problem))),
    }
}

/// Returns an object as a temporary file.
fn download(bucket: &dyn Objects, object: &Object) -> diagnostic::Result<File> {
    let mut file = tempfile::tempfile().map_err(|error| temporary_file_error(&error))?;
    bucket.download(object, &mut file)?;
    file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
    Ok(file)
}

/// Returns an error of a bucket on one line.
fn explain(problem: &Diagnostic) -> String {
    match &problem.help {
        // The help of this code says how to resume a build.
        Some(help) if problem.code != code::TRY_AGAIN => format!("{}; {help}", problem.message),
        _ => problem.message.clone(),
    }
}
