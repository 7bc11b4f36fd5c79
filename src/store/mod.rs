//! Where documents go, and the journals beside them that say what was done.

pub mod archive;
mod bucket;
mod folder;
mod trouble;

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Result, code};
pub use archive::Archive;
pub use bucket::{Bucket, Manner};
pub use folder::Folder;

/// A place for documents. Each has a key: a relative path with `/` between its parts, `fr/certificate-beijing.pdf`.
///
/// Journals are files of lines at the top of the place, `manifest.jsonl`. Only the holder of its lock writes one.
pub trait Store: Send + Sync {
    /// Puts a document in its place, whole or not at all. Called from many threads.
    fn put(&self, key: &str, bytes: &[u8]) -> Result<()>;

    /// Puts a file of any size in its place, whole or not at all.
    fn put_file(&self, key: &str, path: &Path) -> Result<()>;

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>>;

    /// The length of a document in bytes; `None` where there is none.
    fn size(&self, key: &str) -> Result<Option<u64>>;

    /// Puts that it answers no later when they come at once; none where that is a matter of cores.
    fn lanes(&self) -> usize {
        0
    }

    /// How messages call a document or a journal: `out/fr/certificate-beijing.pdf`.
    fn shown(&self, key: &str) -> String;

    /// Adds whole lines to a journal. When it returns, they and all documents put before are kept, even through a power
    /// cut.
    fn append(&self, journal: &str, lines: &str) -> Result<()>;

    /// Reads a journal from its start. What a crash left of a last line is part of it.
    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>>;

    /// Writes a journal anew, whole or not at all; without lines it goes away.
    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()>;

    /// The journals that are there, sorted.
    fn journals(&self) -> Result<Vec<String>>;

    /// Keeps other runs away from a journal until the lock is dropped, or the process ends in any way.
    fn lock(&self, journal: &str) -> Result<Lock>;

    /// The end of a run: closes what is open. `whole`: no document failed, and none is left.
    fn finish(&self, whole: bool) -> Result<()> {
        let _ = whole;
        Ok(())
    }
}

/// Held as long as a run lasts.
pub type Lock = Box<dyn Send + Sync>;

/// What `--out` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Folder(PathBuf),
    /// `s3://bucket/prefix` and its like.
    Url(String),
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text.split_once("://") {
            None => Ok(Self::Folder(text.into())),
            Some(("s3" | "gs" | "az" | "file", _)) => Ok(Self::Url(text.to_owned())),
            Some((scheme, _)) => {
                Err(format!("`{scheme}://` is no place for documents: name a folder, s3://, gs://, az:// or file://"))
            }
        }
    }
}

impl Target {
    pub fn open(&self, manner: Manner) -> Result<Arc<dyn Store>> {
        match self {
            _ if manner.spread && !matches!(self, Self::Url(url) if !url.starts_with("file:")) => {
                Err(Diagnostic::error(code::STORE, "only a bucket can be spread")
                    .help("leave --spread out for a folder"))
            }
            Self::Folder(path) => Ok(Arc::new(Folder::new(path))),
            Self::Url(url) => match url.strip_prefix("file://") {
                Some(path) => Ok(Arc::new(Folder::new(&local(path)?))),
                None => Ok(Arc::new(Bucket::open(url, manner)?)),
            },
        }
    }
}

/// The path of a `file:///…` address.
fn local(path: &str) -> Result<PathBuf> {
    if path.starts_with('/') && path.bytes().all(|byte| byte != b'%' && byte != b'?' && byte != b'#') {
        return Ok(path.into());
    }
    Err(Diagnostic::error(code::STORE, format!("`file://{path}` is no folder of this machine"))
        .help("write it as file:///folder, or as a path without file://"))
}
