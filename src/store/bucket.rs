//! A store in a bucket: S3 and compatible stores, Google Cloud Storage, Azure Blob Storage.
//!
//! A document is written with a request that creates an object but never replaces one, unless the user wants to
//! overwrite. Objects cannot grow, so the lines that a run appends to a journal become objects next to it
//! (`manifest.jsonl.parts/000001`), which are joined into one object at the end of the run.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{
    BackoffConfig, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig, WriteMultipart,
};
use tokio::runtime::{Builder, Runtime};

use super::error::{self, StoreError};
use super::{Key, Lock, Store, StoreOptions, temporary_file_error};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::hash::{Hash128, hash, hex};
use crate::project::reason;

/// Files with more bytes than this are uploaded in chunks.
const MAX_SINGLE_UPLOAD: u64 = 16 << 20;
/// The size of a chunk of a large file, in bytes.
const CHUNK: usize = 8 << 20;
/// Chunks of one file that are uploaded at the same time.
const CONCURRENT_CHUNKS: usize = 4;
/// Requests that are sent at the same time. There are many because an upload takes longer than building a page.
const MAX_CONCURRENT_REQUESTS: usize = 32;
/// How often to retry a write whose response was lost. The client library does not retry it, because it may have
/// succeeded.
const MAX_RETRIES: u32 = 3;
/// How often to look for an object that another run is creating.
const MAX_LOOKUPS: u32 = 3;
/// How long to ask the metadata service of a cloud machine for credentials.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(3);
/// The pause before the first retry. Each further pause is four times as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Lines of a journal are uploaded when they have at least this many bytes.
const FLUSH_BYTES: usize = 64 << 10;
/// Lines of a journal are uploaded when the last upload is at least this long ago.
const FLUSH_INTERVAL: Duration = Duration::from_secs(5);

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

/// The lines that this run appends to a journal, and that are not uploaded yet.
struct PendingLines {
    /// The number of the last part that was uploaded.
    last_part: u32,
    lines: String,
    last_upload: Instant,
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
        let opened = match scheme {
            "gs" => open_google(&runtime, bucket, options.patience),
            "az" => open_azure(&runtime, bucket, options.patience),
            _ => open_s3(&runtime, bucket, options.patience),
        };
        let store = opened.map_err(|error| error::settings_diagnostic(&name, &error))?;
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

    /// Returns the path of the object of a journal, or of a part of one. Names of journals have no hash as a prefix, so
    /// that they can be listed.
    fn journal_path(&self, name: &str) -> Path {
        Path::from_iter(self.prefix.parts().chain(name.split('/').filter(|part| !part.is_empty()).map(Into::into)))
    }

    /// Waits for the response to a request. If the bucket does not respond, later requests fail at once.
    fn wait<T>(&self, request: impl Future<Output = std::result::Result<T, Error>>) -> std::result::Result<T, Error> {
        if self.is_down.load(Ordering::Relaxed) {
            return Err(error::bucket_is_down());
        }
        let response = self.runtime.block_on(request);
        if let Err(error) = &response
            && error::classify(error) == StoreError::Busy
        {
            self.is_down.store(true, Ordering::Relaxed);
        }
        response
    }

    fn problem(&self, path: &Path, error: &Error) -> Diagnostic {
        error::object_diagnostic(&self.name, &self.url(path), error)
    }

    fn url(&self, path: &Path) -> String {
        if path.as_ref().is_empty() { self.name.clone() } else { format!("{}/{path}", self.name) }
    }

    /// Returns the names of the objects and folders directly below a folder, sorted.
    fn list(&self, folder: &Path) -> Result<Vec<String>> {
        let prefix = (!folder.as_ref().is_empty()).then_some(folder);
        let found = self.wait(self.store.list_with_delimiter(prefix)).map_err(|error| self.problem(folder, &error))?;
        let paths = found.objects.iter().map(|object| &object.location).chain(&found.common_prefixes);
        let mut names: Vec<String> = paths.filter_map(|path| Some(path.filename()?.to_owned())).collect();
        names.sort();
        Ok(names)
    }

    /// Creates an object unless it exists. Returns whether it was created.
    fn create(&self, path: &Path, bytes: &[u8]) -> std::result::Result<bool, Error> {
        let payload = PutPayload::from(bytes.to_vec());
        let mut retries = 0;
        loop {
            let options = PutOptions::from(PutMode::Create);
            match self.wait(self.store.put_opts(path, payload.clone(), options)) {
                Ok(_) => return Ok(true),
                Err(error) if retries < MAX_RETRIES && error::classify(&error) == StoreError::Lost => {
                    // The timer needs the runtime.
                    self.runtime.block_on(async { tokio::time::sleep(FIRST_PAUSE * 4_u32.pow(retries)).await });
                    retries += 1;
                }
                // First, because the client also reports a conflict of two requests as `AlreadyExists` or `Precondition`.
                Err(error) if error::classify(&error) == StoreError::Lost => return Err(error),
                Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
    }

    /// Creates or replaces an object.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.wait(self.store.put(path, PutPayload::from(bytes.to_vec())))
            .map(drop)
            .map_err(|error| self.problem(path, &error))
    }

    /// Uploads a file of any size in chunks. Replaces the object if it exists.
    fn upload(&self, path: &Path, file: &mut dyn Read) -> Result<()> {
        let problem = |error: Error| self.problem(path, &error);
        let upload = self.wait(self.store.put_multipart(path)).map_err(problem)?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, CHUNK);
        let mut chunk = vec![0; CHUNK];
        // `write` spawns tasks, which needs a runtime.
        let _guard = self.runtime.enter();
        loop {
            let sent = file.read(&mut chunk).map_err(|error| temporary_file_error(&error)).and_then(|read| {
                upload.write(chunk.get(..read).unwrap_or_default());
                self.wait(upload.wait_for_capacity(CONCURRENT_CHUNKS)).map(|()| read).map_err(problem)
            });
            match sent {
                Ok(0) => break,
                Ok(_) => {}
                Err(problem) => {
                    // The store charges for the chunks of an incomplete upload until they are deleted.
                    let _ = self.runtime.block_on(upload.abort());
                    return Err(problem);
                }
            }
        }
        self.wait(upload.finish()).map(drop).map_err(problem)
    }

    /// Appends the bytes of an object to a file. Returns whether the object exists.
    fn download_object(&self, path: &Path, into: &mut dyn Write) -> Result<bool> {
        let Some(size) = self.size_of(path)? else { return Ok(false) };
        let mut at = 0;
        while at < size {
            let end = size.min(at + CHUNK as u64);
            let bytes = self.wait(self.store.get_range(path, at..end)).map_err(|error| self.problem(path, &error))?;
            into.write_all(&bytes).map_err(|error| temporary_file_error(&error))?;
            at = end;
        }
        Ok(true)
    }

    /// Creates an object unless it exists. Returns whether it now contains `bytes`: an earlier run may have created the
    /// same object, or this one did and the response was lost.
    fn create_or_find(&self, path: &Path, bytes: &[u8]) -> Result<bool> {
        for _ in 0..MAX_LOOKUPS {
            if self.create(path, bytes).map_err(|error| self.problem(path, &error))? {
                return Ok(true);
            }
            // If another run is creating the object, it may not be visible yet.
            if let Some(size) = self.size_of(path)? {
                let length = bytes.len() as u64;
                return Ok(size == length && self.has_content(path, &mut &*bytes, length)?);
            }
        }
        Ok(false)
    }

    /// Whether an object of the given length has the same bytes as a file.
    fn has_content(&self, path: &Path, file: &mut dyn Read, length: u64) -> Result<bool> {
        let mut own = vec![0; CHUNK];
        let mut at = 0;
        while at < length {
            let end = length.min(at + CHUNK as u64);
            let stored = self.wait(self.store.get_range(path, at..end)).map_err(|error| self.problem(path, &error))?;
            let own = own.get_mut(..stored.len()).unwrap_or_default();
            if stored.is_empty() || file.read_exact(own).is_err() || *own != *stored {
                return Ok(false);
            }
            at += stored.len() as u64;
        }
        Ok(true)
    }

    /// Returns the diagnostic for an object that exists with different content.
    fn conflict(&self, path: &Path) -> Diagnostic {
        Diagnostic::error(code::OBJECT_EXISTS, format!("`{}` exists with different content", self.url(path)))
            .help("write under another prefix, or replace the object with `--overwrite`")
    }

    /// Returns the parts of a journal in their order.
    fn list_parts(&self, journal: &str) -> Result<Vec<Path>> {
        let folder = parts_folder(journal);
        let names = self.list(&self.journal_path(&folder))?.into_iter().filter(|name| name.parse::<u32>().is_ok());
        Ok(names.map(|name| self.journal_path(&format!("{folder}/{name}"))).collect())
    }

    /// Deletes the parts that [`Self::download_journal`] has read. Another run may have added parts since.
    fn delete_read_parts(&self, journal: &str) -> Result<()> {
        let read = self.read_parts.lock().unwrap_or_else(PoisonError::into_inner).remove(journal);
        read.unwrap_or_default().iter().try_for_each(|part| self.delete(part))
    }

    fn delete(&self, path: &Path) -> Result<()> {
        match self.wait(self.store.delete(path)) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.problem(path, &error)),
        }
    }

    /// Downloads a journal with all its parts into a temporary file.
    fn download_journal(&self, journal: &str) -> Result<Option<File>> {
        let mut file = temporary_file()?;
        let mut found = self.download_object(&self.journal_path(journal), &mut file)?;
        let parts = self.list_parts(journal)?;
        for part in &parts {
            if let Some(bytes) = self.get_bytes(part)? {
                file.write_all(&bytes).map_err(|error| temporary_file_error(&error))?;
                found = true;
            }
        }
        self.read_parts.lock().unwrap_or_else(PoisonError::into_inner).insert(journal.to_owned(), parts);
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        Ok(found.then_some(file))
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
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        if length <= MAX_SINGLE_UPLOAD {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(|error| temporary_file_error(&error))?;
            return self.put(key, &bytes);
        }
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

    /// One request lists a thousand objects.
    fn sizes(&self) -> Result<Option<HashMap<Hash128, u64>>> {
        let prefix = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        let above = self.prefix.parts().count() + usize::from(self.options.spread);
        let mut sizes = HashMap::new();
        let listed = self.wait(async {
            let mut objects = self.store.list(prefix);
            while let Some(object) = objects.try_next().await? {
                let names: Vec<String> =
                    object.location.parts().skip(above).map(|part| part.as_ref().to_owned()).collect();
                sizes.insert(hash(names.join("/")), object.size);
            }
            Ok(())
        });
        listed.map_err(|error| self.problem(&self.prefix, &error))?;
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

    /// Collects lines until they are worth a request, so a crash may lose the last ones. Their documents are stored
    /// already: the next run builds them again, finds the same bytes in the store and appends the lines.
    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        let mut journals = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let pending = match journals.entry(journal.to_owned()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let names = self.list(&self.journal_path(&parts_folder(journal)))?;
                let last_part = names.iter().filter_map(|name| name.parse().ok()).max().unwrap_or(0);
                new.insert(PendingLines { last_part, lines: String::new(), last_upload: Instant::now() })
            }
        };
        pending.lines.push_str(lines);
        // Appending nothing creates the journal.
        if lines.is_empty() || pending.lines.len() >= FLUSH_BYTES || pending.last_upload.elapsed() >= FLUSH_INTERVAL {
            self.flush(journal, pending)
        } else {
            Ok(())
        }
    }

    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>> {
        Ok(self.download_journal(journal)?.map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead + Send>))
    }

    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        let mut file = temporary_file()?;
        let mut is_empty = true;
        for line in lines {
            is_empty = false;
            writeln!(file, "{}", line?).map_err(|error| temporary_file_error(&error))?;
        }
        if is_empty {
            self.delete(&self.journal_path(journal))?;
        } else {
            self.upload_journal(journal, &mut file)?;
        }
        self.delete_read_parts(journal)
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

    fn finish(&self, _: bool) -> Result<()> {
        let journals = std::mem::take(&mut *self.journals.lock().unwrap_or_else(PoisonError::into_inner));
        for (journal, mut pending) in journals {
            if !pending.lines.is_empty() {
                self.flush(&journal, &mut pending)?;
            }
            if let Some(mut file) = self.download_journal(&journal)? {
                self.upload_journal(&journal, &mut file)?;
                self.delete_read_parts(&journal)?;
            }
        }
        Ok(())
    }
}

impl Bucket {
    fn get_bytes(&self, path: &Path) -> Result<Option<Vec<u8>>> {
        match self.wait(async { self.store.get(path).await?.bytes().await }) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if error::classify(&error) == StoreError::NoObject => Ok(None),
            Err(error) => Err(self.problem(path, &error)),
        }
    }

    fn size_of(&self, path: &Path) -> Result<Option<u64>> {
        match self.wait(self.store.head(path)) {
            Ok(object) => Ok(Some(object.size)),
            Err(error) if error::classify(&error) == StoreError::NoObject => Ok(None),
            Err(error) => Err(self.problem(path, &error)),
        }
    }

    /// Checks that the store refuses to create an object that exists. Without that, runs could overwrite each other's
    /// documents.
    fn check_conditional_create(&self, journal: &str) -> Result<()> {
        if self.options.overwrite {
            return Ok(());
        }
        let probe = self.journal_path(&format!("{journal}.probe"));
        let create = || self.create(&probe, b"").map_err(|error| self.problem(&probe, &error));
        let is_replaced = create()? && create()?;
        self.delete(&probe)?;
        if is_replaced {
            let message = format!("`{}` replaces existing objects, although the request forbids it", self.name);
            return Err(Diagnostic::error(code::STORE, message)
                .note("the store ignores the header `If-None-Match`")
                .help("write to an empty prefix with `--overwrite`, and make sure that no other run writes there"));
        }
        Ok(())
    }

    /// Uploads the collected lines as the next part of a journal.
    fn flush(&self, journal: &str, pending: &mut PendingLines) -> Result<()> {
        let part = self.journal_path(&format!("{}/{:06}", parts_folder(journal), pending.last_part + 1));
        if !self.create_or_find(&part, pending.lines.as_bytes())? {
            let message = format!("another run is writing to `{}`", self.journal_location(journal));
            return Err(Diagnostic::error(code::LOCKED, message).help(
                "wait until one of them ends and run again with `--resume`, or name another prefix with `--out`",
            ));
        }
        *pending = PendingLines { last_part: pending.last_part + 1, lines: String::new(), last_upload: Instant::now() };
        Ok(())
    }

    fn upload_journal(&self, journal: &str, file: &mut File) -> Result<()> {
        let length = file.seek(SeekFrom::End(0)).map_err(|error| temporary_file_error(&error))?;
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        if length > MAX_SINGLE_UPLOAD {
            return self.upload(&self.journal_path(journal), file);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| temporary_file_error(&error))?;
        self.replace(&self.journal_path(journal), &bytes)
    }
}

/// The suffix of the folder of a journal's parts.
const PARTS_SUFFIX: &str = ".parts";

/// Returns the folder of the parts of a journal.
fn parts_folder(journal: &str) -> String {
    format!("{journal}{PARTS_SUFFIX}")
}

/// Returns how the client retries requests that fail, for at most `patience`.
fn retry_config(patience: Duration) -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(10), base: 2.0 };
    RetryConfig { backoff, max_retries: 1000, retry_timeout: patience }
}

type OpenResult = std::result::Result<Box<dyn ObjectStore>, Error>;

// If the environment has no credentials, the client asks the metadata service of a cloud machine. On other machines
// that service never responds, so each of these functions first requests the credentials with a short time limit.

fn open_s3(runtime: &Runtime, bucket: &str, patience: Duration) -> OpenResult {
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    let probe = builder.clone().with_retry(retry_config(CREDENTIALS_TIMEOUT)).build()?;
    runtime.block_on(probe.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(retry_config(patience)).build()?))
}

fn open_google(runtime: &Runtime, bucket: &str, patience: Duration) -> OpenResult {
    let builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket);
    let probe = builder.clone().with_retry(retry_config(CREDENTIALS_TIMEOUT)).build()?;
    runtime.block_on(probe.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(retry_config(patience)).build()?))
}

fn open_azure(runtime: &Runtime, bucket: &str, patience: Duration) -> OpenResult {
    let builder = MicrosoftAzureBuilder::from_env().with_container_name(bucket);
    let probe = builder.clone().with_retry(retry_config(CREDENTIALS_TIMEOUT)).build()?;
    runtime.block_on(probe.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(retry_config(patience)).build()?))
}

fn temporary_file() -> Result<File> {
    tempfile::tempfile().map_err(|error| temporary_file_error(&error))
}
