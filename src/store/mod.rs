//! Stores: places for documents, and for journals next to them. A store knows nothing about documents but keys and
//! bytes.

pub mod archive;
#[cfg(feature = "cloud")]
mod bucket;
#[cfg(feature = "cloud")]
mod error;
mod folder;
pub mod journal;
mod key;
pub mod objects;

use std::collections::HashMap;
use std::fs::File;
use std::io::BufRead;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Result, code};
use crate::hash::Hash128;
use crate::project::reason;
pub use archive::{ArchiveFormat, ArchiveStore};
#[cfg(feature = "cloud")]
pub use bucket::Bucket;
#[cfg(feature = "cloud")]
pub use error::{NO_ROOT_CERTIFICATES, ROOT_CERTIFICATES_HELP, innermost_cause, lacks_root_certificates};
pub use folder::Folder;
pub use key::Key;

/// A place for documents. Its methods are called from many threads.
///
/// A journal is a file of lines next to the folders of documents, such as `manifest.jsonl`. Only the holder of its lock
/// writes to it.
pub trait Store: Send + Sync {
    /// Stores a document, completely or not at all.
    fn put(&self, key: &Key, bytes: &[u8]) -> Result<()>;

    /// Stores a file of any size, completely or not at all.
    fn put_file(&self, key: &Key, file: &mut File) -> Result<()>;

    /// Appends the bytes of a document of any size to `into`. Returns whether the document exists.
    fn fetch(&self, key: &Key, into: &mut File) -> Result<bool>;

    /// Returns the bytes of a document, or `None` if it does not exist.
    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>>;

    /// Returns the length of a document in bytes, or `None` if it does not exist.
    fn size(&self, key: &Key) -> Result<Option<u64>>;

    /// Returns the lengths of all documents by the hashes of their keys, or `None` if calling [`Self::size`] for each
    /// document is as cheap.
    fn sizes(&self) -> Result<Option<HashMap<Hash128, u64>>> {
        Ok(None)
    }

    /// Deletes a document, or does nothing if it does not exist. The caller has checked that it is no link.
    fn remove(&self, key: &Key) -> Result<()>;

    /// Deletes a folder of documents if it is empty. Buckets have no empty folders.
    fn remove_empty_folder(&self, _: &str) -> Result<()> {
        Ok(())
    }

    /// Whether a document is a link, or in a folder that is one. Buckets have no links.
    fn is_link(&self, _: &Key) -> bool {
        false
    }

    /// Makes everything stored and removed so far survive a power cut.
    fn sync(&self) -> Result<()> {
        Ok(())
    }

    /// Returns the number of concurrent requests the store can take, or `None` if bound by CPU.
    fn max_concurrent_requests(&self) -> Option<usize> {
        None
    }

    /// Returns the folders that contain documents, sorted.
    fn folders(&self) -> Result<Vec<String>>;

    /// Returns the key of the archive that a document is put into, if this store writes archives.
    fn archive_of(&self, _: &Key) -> Option<Key> {
        None
    }

    /// Returns the path or URL of a document for messages, such as `out/fr/certificate-beijing.pdf`.
    fn location(&self, key: &Key) -> String;

    /// Returns the path or URL of a journal for messages. With an empty name, returns that of the store itself.
    fn journal_location(&self, journal: &str) -> String;

    /// Appends whole lines to a journal. In a folder, they and all documents stored before are durable when this returns.
    /// A bucket may upload lines some seconds later, and an archive store writes manifest lines in [`Self::finish`]: after
    /// a crash, the next run builds their documents again.
    fn append(&self, journal: &str, lines: &str) -> Result<()>;

    /// Opens a journal for reading, or returns `None` if it does not exist. Its last line may be incomplete after a
    /// crash.
    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>>;

    /// Replaces a journal, completely or not at all. If there are no lines, deletes it.
    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()>;

    /// Returns the names of the journals, sorted.
    fn journals(&self) -> Result<Vec<String>>;

    /// Keeps other runs from writing to a journal until the lock is dropped or the process ends, even by a crash. If
    /// the journal is that of a shard, `run_journal` is the journal of the whole run: the journals of several shards can
    /// be locked at the same time, but not while `run_journal` is.
    fn lock(&self, journal: &str, run_journal: Option<&str>) -> Result<Lock>;

    /// Completes what the run has written. `is_complete` is true if no document of the plan failed or was left out.
    fn finish(&self, is_complete: bool) -> Result<()> {
        let _ = is_complete;
        Ok(())
    }
}

/// A lock on a journal. It is released when it is dropped.
pub struct Lock {
    _held: Option<Box<dyn Send + Sync>>,
    /// A warning that the file system has no locks, so that nothing prevents a second run.
    pub warning: Option<Diagnostic>,
}

/// The options of a store.
#[derive(Clone, Copy, Debug)]
pub struct StoreOptions {
    /// Whether to replace existing objects with different content.
    pub overwrite: bool,
    /// Whether to prefix the names of documents with two hex digits of their hash.
    pub spread: bool,
    /// How long to retry when the store does not respond.
    pub patience: Duration,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self { overwrite: false, spread: false, patience: Duration::from_secs(60) }
    }
}

/// The value of `--out`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    Folder(PathBuf),
    /// A bucket, by its URL: `s3://bucket/prefix`.
    Bucket(String),
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text.split_once("://") {
            None => Ok(Self::Folder(text.into())),
            Some(("s3" | "gs" | "az", _)) => Ok(Self::Bucket(text.to_owned())),
            // Without an escape, a query or a fragment, the path of a URL is the path of the folder.
            Some(("file", path)) if path.starts_with('/') && !path.contains(['%', '?', '#']) => {
                Ok(Self::Folder(path.into()))
            }
            Some(("file", _)) => {
                Err("not a folder on this machine: write file:///FOLDER, or the path without file://".to_owned())
            }
            Some((scheme, _)) => {
                Err(format!("unsupported scheme `{scheme}://`: use a folder, s3://, gs://, az:// or file://"))
            }
        }
    }
}

impl Destination {
    /// Opens the store. A folder does not have to exist.
    pub fn open(&self, options: StoreOptions) -> Result<Arc<dyn Store>> {
        match self {
            Self::Folder(_) if options.spread => {
                Err(Diagnostic::error(code::STORE, "`--spread` requires a bucket").help("remove `--spread`"))
            }
            Self::Folder(path) => Ok(Arc::new(Folder::new(path))),
            Self::Bucket(url) => open_bucket(url, options),
        }
    }
}

#[cfg(feature = "cloud")]
fn open_bucket(url: &str, options: StoreOptions) -> Result<Arc<dyn Store>> {
    Ok(Arc::new(Bucket::open(url, options)?))
}

#[cfg(not(feature = "cloud"))]
fn open_bucket(url: &str, _: StoreOptions) -> Result<Arc<dyn Store>> {
    Err(no_buckets(url))
}

#[cfg(not(feature = "cloud"))]
fn no_buckets(url: &str) -> Diagnostic {
    Diagnostic::error(
        code::STORE,
        format!("`{url}` cannot be used: this build of gen-report has no support for buckets"),
    )
    .help("build it with the feature `cloud`, or use a folder")
}

const TEMPORARY_FILE_HELP: &str = "free some space for temporary files, or name another folder with TMPDIR";

/// Returns the diagnostic for a temporary file that cannot be created, read or written.
pub fn temporary_file_error(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(code::OUTPUT, format!("a temporary file cannot be used: {}", reason(error)))
        .help(TEMPORARY_FILE_HELP)
}
