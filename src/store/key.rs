//! The keys of documents in a store.

use std::fmt;

use crate::hash::{Hash128, hash};

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

    /// Returns the hash of the path. Maps use it instead of the key to save memory.
    pub fn hash(&self) -> Hash128 {
        hash(self.path())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.folder, self.file)
    }
}
