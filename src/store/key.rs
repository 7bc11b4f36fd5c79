//! Names of documents in a store.

use std::fmt;

/// The place of a document in a store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// `fr`
    pub folder: String,
    /// The documents that an archive collects in one file: `certificate`.
    pub group: String,
    /// `certificate-beijing.pdf`
    pub file: String,
}

impl Key {
    /// The relative path, with `/` between its parts: `fr/certificate-beijing.pdf`.
    pub fn path(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.folder, self.file)
    }
}
