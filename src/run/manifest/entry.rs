//! The lines of the journals of a run. This module does not depend on the layout code, so that a fuzz target can
//! include it.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::{DocumentId, Format, Languages};
use crate::hash::{Hash128, hash, hex};

/// The fields that name the document of a journal line, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDocument {
    /// The id of the city; `None` for a document of the edition.
    // Older manifests contain `record`.
    #[serde(alias = "record")]
    city: Option<String>,
    report: String,
    #[serde(rename = "language")]
    pub languages: Languages,
    /// The key of the document.
    file: String,
}

impl EntryDocument {
    /// Returns the fields for the PDF of a document.
    pub fn new(id: &DocumentId) -> Self {
        let DocumentId { report, languages, city } = id.clone();
        Self { city, report, languages, file: id.key(Format::Pdf).path() }
    }

    /// Returns the document; `None` if the fields contradict each other, because the line was edited.
    pub fn id(&self) -> Option<DocumentId> {
        let Self { city, report, languages, file } = self.clone();
        let id = DocumentId { report, languages, city };
        (id.key(Format::Pdf).path() == file).then_some(id)
    }
}

/// One line of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    #[serde(flatten)]
    pub document: EntryDocument,
    #[serde(flatten)]
    pub status: EntryStatus,
    /// The codes of the warnings.
    #[serde(default)]
    pub warnings: Vec<String>,
}

/// Whether a document was built, with its size and hashes, or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum EntryStatus {
    // Older manifests contain `made`.
    #[serde(alias = "made")]
    Built {
        pages: usize,
        bytes: usize,
        #[serde(serialize_with = "to_hex", deserialize_with = "from_hex")]
        sha256: [u8; 32],
        /// The hash of the document's source, see `run::inputs`.
        #[serde(serialize_with = "to_hex", deserialize_with = "from_hex")]
        input: Hash128,
        /// Identifies a [`FileSet`].
        #[serde(default, rename = "modules", serialize_with = "to_hex", deserialize_with = "from_hex")]
        file_set: Hash128,
        /// The archive that contains the document, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        archive: Option<String>,
    },
    Failed,
}

impl ManifestEntry {
    /// Parses a line. Returns `None` if it is not an entry, for example because a crash cut it off.
    pub fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// Serialises the entry, without a line break.
    pub fn to_line(&self) -> String {
        to_line(self)
    }

    /// Whether an archive contains the document.
    pub fn is_archived(&self) -> bool {
        matches!(&self.status, EntryStatus::Built { archive: Some(_), .. })
    }

    /// Returns the hash of the document's key. Maps use it instead of the key to save memory.
    pub fn key_hash(&self) -> Hash128 {
        hash(&self.document.file)
    }
}

/// One line of `failed.jsonl`.
#[derive(Serialize)]
pub struct FailedEntry {
    #[serde(flatten)]
    pub document: EntryDocument,
    #[serde(flatten)]
    pub status: EntryStatus,
    pub diagnostics: Vec<serde_json::Value>,
}

/// One line of `modules.jsonl`: the files in reports/ that a document was built from.
#[derive(Serialize, Deserialize)]
pub struct FileSet {
    /// The hash of the set.
    #[serde(rename = "modules")]
    pub id: HexHash,
    pub files: BTreeMap<String, HexHash>,
}

/// Serialises a line. Strings and numbers cannot fail to serialise.
pub fn to_line(line: &impl Serialize) -> String {
    serde_json::to_string(line).unwrap_or_default()
}

fn to_hex<S: Serializer>(bytes: &[u8], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex(bytes))
}

fn from_hex<'de, D: Deserializer<'de>, const N: usize>(deserializer: D) -> std::result::Result<[u8; N], D::Error> {
    let text = String::deserialize(deserializer)?;
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return Err(D::Error::custom("wrong length of a hash"));
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        let digits = text.get(2 * at..2 * at + 2).unwrap_or_default();
        *byte = u8::from_str_radix(digits, 16).map_err(D::Error::custom)?;
    }
    Ok(bytes)
}

/// A hash as hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HexHash(#[serde(serialize_with = "to_hex", deserialize_with = "from_hex")] pub Hash128);
