//! A store in a bucket: S3 and compatible stores, Google Cloud Storage, Azure Blob Storage.
//!
//! A document is written with a request that creates an object but never replaces one, unless the user wants to
//! overwrite.

mod connect;
mod journals;
mod objects;
mod retry;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use object_store::ObjectStore;
use object_store::path::Path;
use tokio::runtime::{Builder, Runtime};

use super::{Key, Lock, Store, StoreOptions, error, temporary_file_error};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::hash::{Hash128, hash, hex};
use crate::project::reason;
use journals::{PARTS_SUFFIX, PendingLines};

/// Files with more bytes than this are uploaded in chunks.
const MAX_SINGLE_UPLOAD: u64 = 16 << 20;
/// Requests that are sent at the same time. There are many because an upload takes longer than building a page.
const MAX_CONCURRENT_REQUESTS: usize = 32;

/// A store in a bucket.
pub struct Bucket {
    /// The URL without the prefix: `s3://bucket`.
    name: String,
    prefix: Path,
    store: Box<dyn ObjectStore>,
    runtime: Runtime,
    options: StoreOptions,
    journals: Mutex<BTreeMap<String, PendingLines>>,
    /// The parts of each journal that existed when it was last read.
    read_parts: Mutex<BTreeMap<String, Vec<Path>>>,
    /// Whether the bucket did not respond within [`StoreOptions::patience`]. If so, no further request is sent.
    is_down: AtomicBool,
}

impl Bucket {
    /// Opens `s3://bucket/prefix` with the settings of the environment, and checks that the bucket exists.
    pub fn open(url: &str, options: StoreOptions) -> Result<Self> {
        // An error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (scheme, rest) = url.split_once("://").unwrap_or(("s3", url));
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let open_error = |message: String, help: &str| Diagnostic::error(code::STORE, message).help(help);
        if bucket.is_empty() {
            return Err(open_error(format!("`{url}` does not name a bucket"), "write it as s3://bucket/prefix"));
        }
        let prefix = Path::parse(prefix.trim_end_matches('/')).map_err(|_| {
            let help = "separate names by single slashes, without `.`, `..` and control characters";
            open_error(format!("`{prefix}` is not a valid prefix of object names"), help)
        })?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| {
            open_error(
                format!("the network client cannot be started: {}", reason(&error)),
                "close other programs, then run again",
            )
        })?;
        let name = format!("{scheme}://{bucket}");
        let store = connect::connect(scheme, &runtime, bucket, options.patience)
            .map_err(|error| error::settings_diagnostic(&name, &error))?;
        let bucket = Self {
            name,
            prefix,
            store,
            runtime,
            options,
            journals: Mutex::default(),
            read_parts: Mutex::default(),
            is_down: AtomicBool::new(false),
        };
        // Report wrong credentials or names once, before any document is built.
        bucket.list(&bucket.prefix).map(|_| bucket)
    }

    /// Returns the path of the object of a document.
    fn document_path(&self, key: &Key) -> Path {
        let path = key.path();
        let hash = self.options.spread.then(|| hex(&hash(&path).as_slice()[..1]));
        let parts = self.prefix.parts().chain(hash.iter().map(|part| part.as_str().into()));
        Path::from_iter(parts.chain(path.split('/').map(Into::into)))
    }

    fn url(&self, path: &Path) -> String {
        if path.as_ref().is_empty() { self.name.clone() } else { format!("{}/{path}", self.name) }
    }

    /// Returns the diagnostic for an object that exists with different content.
    fn conflict(&self, path: &Path) -> Diagnostic {
        Diagnostic::error(code::OBJECT_EXISTS, format!("`{}` exists with different content", self.url(path)))
            .help("write under another prefix, or replace the object with `--overwrite`")
    }
}

impl Store for Bucket {
    fn put(&self, key: &Key, bytes: &[u8]) -> Result<()> {
        let path = self.document_path(key);
        if self.options.overwrite {
            return self.replace(&path, bytes);
        }
        if self.create_or_find(&path, bytes)? { Ok(()) } else { Err(self.conflict(&path)) }
    }

    fn put_file(&self, key: &Key, file: &mut File) -> Result<()> {
        let path = self.document_path(key);
        let length = file.metadata().map_err(|error| temporary_file_error(&error))?.len();
        if length <= MAX_SINGLE_UPLOAD {
            return self.put(key, &read_whole(file)?);
        }
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        // An upload in chunks replaces an existing object, so check first whether there is one.
        match self.size_of(&path)? {
            Some(size) if !self.options.overwrite => {
                let is_same = size == length && self.has_content(&path, file, length)?;
                if is_same { Ok(()) } else { Err(self.conflict(&path)) }
            }
            _ => self.upload(&path, file),
        }
    }

    fn fetch(&self, key: &Key, into: &mut File) -> Result<bool> {
        self.download_object(&self.document_path(key), into)
    }

    /// Lists the objects under the prefix, which is faster than asking for each document.
    fn sizes(&self) -> Result<Option<HashMap<Hash128, u64>>> {
        let above = self.prefix.parts().count() + usize::from(self.options.spread);
        let mut sizes = HashMap::new();
        self.for_each_object(|object| {
            let names: Vec<String> = object.location.parts().skip(above).map(|part| part.as_ref().to_owned()).collect();
            sizes.insert(hash(names.join("/")), object.size);
        })?;
        Ok(Some(sizes))
    }

    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>> {
        self.get_bytes(&self.document_path(key))
    }

    fn size(&self, key: &Key) -> Result<Option<u64>> {
        self.size_of(&self.document_path(key))
    }

    fn remove(&self, key: &Key) -> Result<()> {
        self.delete(&self.document_path(key))
    }

    /// With [`StoreOptions::spread`], the folders of documents are inside folders named after hashes.
    fn folders(&self) -> Result<Vec<String>> {
        if !self.options.spread {
            return self.list(&self.prefix);
        }
        let mut folders = Vec::new();
        for hash in self.list(&self.prefix)? {
            if hash.len() == 2 {
                folders.extend(self.list(&self.journal_path(&hash))?);
            }
        }
        folders.sort();
        folders.dedup();
        Ok(folders)
    }

    fn location(&self, key: &Key) -> String {
        self.url(&self.document_path(key))
    }

    fn journal_location(&self, journal: &str) -> String {
        self.url(&self.journal_path(journal))
    }

    fn max_concurrent_requests(&self) -> Option<usize> {
        Some(MAX_CONCURRENT_REQUESTS)
    }

    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>> {
        Ok(self.download_journal(journal)?.map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead + Send>))
    }

    fn journals(&self) -> Result<Vec<String>> {
        let names = self.list(&self.prefix)?.into_iter().map(|name| name.trim_end_matches(PARTS_SUFFIX).to_owned());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
        names.dedup();
        Ok(names)
    }

    /// Returns a lock that locks nothing, because buckets have no locks. Instead, if two runs write to the same
    /// journal, the second one to upload a part fails.
    fn lock(&self, journal: &str, _: Option<&str>) -> Result<Lock> {
        self.check_conditional_create(journal)?;
        Ok(Lock { _held: None, warning: None })
    }

    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        self.append_lines(journal, lines)
    }

    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        self.rewrite_journal(journal, lines)
    }

    fn finish(&self, _: bool) -> Result<()> {
        self.join_journals()
    }
}

/// Reads a temporary file from its beginning.
fn read_whole(file: &mut File) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))
        .and_then(|_| file.read_to_end(&mut bytes))
        .map_err(|error| temporary_file_error(&error))?;
    Ok(bytes)
}
