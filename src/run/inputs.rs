//! The inputs of a document, recorded while it is built. As long as none of them changes, the document is up to date.

use sha2::{Digest, Sha256};

use super::builder::Builder;
use super::plan::Job;
use crate::hash::{Hash128, truncate_hash};
use crate::template::Rendered;
use crate::typeset::FileHashes;

/// Everything that a document was built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The hash of the Typst source (which contains the facts and the words), the photos, the fonts and the settings of
    /// the run.
    pub source_hash: Hash128,
    /// The hashes of the files in reports/ that Typst read. Most documents of a run share them.
    pub report_files: FileHashes,
}

/// Returns the hash that identifies a set of files in the manifest.
pub fn hash_file_set(files: &FileHashes) -> Hash128 {
    let mut hasher = Sha256::new();
    for (path, hash) in files {
        add(&mut hasher, path);
        hasher.update(hash);
    }
    truncate_hash(hasher)
}

/// Returns [`Inputs::source_hash`] of a rendered document.
pub fn hash_source(builder: &Builder, job: &Job, rendered: &Rendered) -> Hash128 {
    let mut hasher = Sha256::new();
    let published = builder.project.results.edition.published.to_string();
    for part in [env!("CARGO_PKG_VERSION"), &job.id.to_string(), &published, &rendered.source] {
        add(&mut hasher, part);
    }
    for image in &rendered.images {
        add(&mut hasher, &image.path);
        hasher.update(image.hash);
    }
    hasher.update(builder.settings_hash);
    truncate_hash(hasher)
}

/// Returns the hash of the facts of a document, with which two processes check that they have read the same facts.
pub fn hash_facts(builder: &Builder, job: &Job) -> Hash128 {
    let results = &builder.project.results;
    let mut hasher = Sha256::new();
    add(&mut hasher, &job.id.to_string());
    hasher.update(results.hash);
    let cities = match job.facts(&builder.project) {
        (_, Some(city)) => std::slice::from_ref(city),
        // The key figures of an edition may be figures of any city.
        (results, None) => &results.cities,
    };
    cities.iter().for_each(|city| hasher.update(city.hash));
    truncate_hash(hasher)
}

/// Adds a text and its length. Without the length, `ab` and `c` would have the same hash as `a` and `bc`.
fn add(hasher: &mut Sha256, text: &str) {
    hasher.update(text.len().to_le_bytes());
    hasher.update(text);
}
