//! Writes the files of a print run, all or none, with a manifest that is true at every moment.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::manifest::journal;
use crate::diagnostic::{Problems, Result};
use crate::hash::hex;
use crate::store::journal::replace_lines;
use crate::store::{Folder, Store};

/// A file for the print shop.
pub struct PrintFile {
    /// Its path in the output folder.
    pub name: String,
    pub bytes: Vec<u8>,
    /// What manifest and events say about it: an object.
    pub about: Json,
}

impl PrintFile {
    /// Returns the object about the file, with some more fields.
    pub fn describe(&self, more: &Json) -> Json {
        let mut object = self.about.clone();
        if let (Json::Object(object), Json::Object(more)) = (&mut object, more) {
            object.extend(more.clone());
            object.insert("bytes".to_owned(), self.bytes.len().into());
        }
        object
    }
}

/// Replaces the files of an earlier run by those of this one. Returns their paths.
///
/// All of them are on disk before the first one is replaced, so that a full disk leaves the earlier ones as they were. A
/// line of the manifest is removed before its file changes, and written after it.
///
/// # Errors
/// Another run is writing to the folder, or a file cannot be written.
pub fn publish(folder: &Folder, manifest: &str, files: &[PrintFile]) -> Result<Vec<String>, Problems> {
    let manifest = journal(manifest, None);
    let _lock = folder.lock(&manifest, None)?;
    let staged = files.iter().map(|file| folder.stage(&file.name, &file.bytes)).collect::<Result<Vec<_>>>()?;
    let is_kept = |line: &str| {
        serde_json::from_str::<Json>(line).is_ok_and(|line| !files.iter().any(|file| line["file"] == *file.name))
    };
    let paths = replace_lines(folder, &manifest, is_kept, || {
        let paths = staged.into_iter().map(|file| folder.persist(file)).collect::<Result<Vec<_>>>()?;
        let line = |file: &PrintFile| {
            let sha256 = hex(&Sha256::digest(&file.bytes));
            file.describe(&json!({ "file": file.name, "sha256": sha256 })).to_string()
        };
        Ok((paths, files.iter().map(line).collect()))
    })?;
    Ok(paths)
}
