//! What a document was built from, recorded while it is built: while all of it stays the same, the document is up to date.

use sha2::{Digest, Sha256};

use super::builder::Builder;
use super::plan::Job;
use crate::hash::{Hash128, finish};
use crate::template::Rendered;
use crate::typeset::FileHashes;

/// Everything that a document was built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The hash of the Typst source, which contains the facts and the words, of the photos, and of the fonts and settings
    /// of the run.
    pub source: Hash128,
    /// The files below reports/ that Typst read. Most documents of a run share them.
    pub modules: FileHashes,
}

/// Identifies a set of modules in the manifest.
pub fn hash_of_set(files: &FileHashes) -> Hash128 {
    let mut all = Sha256::new();
    for (path, hash) in files {
        add(&mut all, path);
        all.update(hash);
    }
    finish(all)
}

/// Returns [`Inputs::source`] of a rendered document.
pub fn hash_of_source(builder: &Builder, job: &Job, rendered: &Rendered) -> Hash128 {
    let mut all = Sha256::new();
    let published = builder.project.results.edition.published.to_string();
    for part in [env!("CARGO_PKG_VERSION"), &job.id.to_string(), &published, &rendered.source] {
        add(&mut all, part);
    }
    for image in &rendered.images {
        add(&mut all, &image.path);
        all.update(image.hash);
    }
    all.update(builder.settings);
    finish(all)
}

/// Returns the hash of the facts of a document, by which two processes find out whether they have read the same.
pub fn hash_of_facts(builder: &Builder, job: &Job) -> Hash128 {
    let results = &builder.project.results;
    let mut all = Sha256::new();
    add(&mut all, &job.id.to_string());
    all.update(results.digest);
    let cities = match job.facts(&builder.project) {
        (_, Some(city)) => std::slice::from_ref(city),
        // Key figures of the edition may be figures of a city.
        (results, None) => &results.cities,
    };
    cities.iter().for_each(|city| all.update(city.digest));
    finish(all)
}

/// The length keeps two texts apart.
fn add(hash: &mut Sha256, text: &str) {
    hash.update(text.len().to_le_bytes());
    hash.update(text);
}
