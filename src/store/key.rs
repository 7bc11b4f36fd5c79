//! The keys of documents in a store.

use std::fmt;

/// The place of a document in a store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The folder of its languages: `fr` or `zh+en`.
    pub folder: String,
    /// The name that documents in the same archive share: `certificate`.
    pub group: String,
    /// The file name: `certificate-beijing.pdf`.
    pub file: String,
}

impl Key {
    /// Returns the relative path, with `/` between its parts: `fr/certificate-beijing.pdf`.
    pub fn path(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.folder, self.file)
    }
}
