//! Writes files for the print shop and their manifest, which never lists a file with a wrong hash.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::manifest::journal_name;
use crate::diagnostic::{Problems, Result};
use crate::hash::hex;
use crate::store::journal::replace_lines;
use crate::store::{Folder, Store};

/// A file for the print shop.
pub struct PrintFile {
    /// Its path relative to the output folder.
    pub name: String,
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`, in hexadecimal.
    pub sha256: String,
    /// The JSON object that describes it in the manifest and in events.
    pub metadata: Json,
}

impl PrintFile {
    pub fn new(name: String, bytes: Vec<u8>, metadata: Json) -> Self {
        Self { sha256: hex(&Sha256::digest(&bytes)), name, bytes, metadata }
    }

    /// Returns [`Self::metadata`] with the fields of `more` and the length of the file.
    pub fn metadata_with(&self, more: &Json) -> Json {
        let mut object = self.metadata.clone();
        if let (Json::Object(object), Json::Object(more)) = (&mut object, more) {
            object.extend(more.clone());
            object.insert("bytes".to_owned(), self.bytes.len().into());
        }
        object
    }
}

/// Writes all files, replacing those of an earlier run. Returns their paths.
///
/// All new files are on disk before the first old one is replaced, so that a full disk leaves the old ones unchanged.
/// The manifest entry of a file is removed before the file is replaced, and its new entry is written afterwards.
///
/// # Errors
/// Another run is writing to the folder, or a file cannot be written.
pub fn write_print_files(folder: &Folder, manifest: &str, files: &[PrintFile]) -> Result<Vec<String>, Problems> {
    let manifest = journal_name(manifest, None);
    let _lock = folder.lock(&manifest, None)?;
    let staged = files.iter().map(|file| folder.stage(&file.name, &file.bytes)).collect::<Result<Vec<_>>>()?;
    let is_kept = |line: &str| {
        serde_json::from_str::<Json>(line).is_ok_and(|line| !files.iter().any(|file| line["file"] == *file.name))
    };
    let paths = replace_lines(folder, &manifest, is_kept, || {
        let paths = staged.into_iter().map(|file| folder.persist(file)).collect::<Result<Vec<_>>>()?;
        let line =
            |file: &PrintFile| file.metadata_with(&json!({ "file": file.name, "sha256": file.sha256 })).to_string();
        Ok((paths, files.iter().map(line).collect()))
    })?;
    Ok(paths)
}
