//! Documents in a bucket: S3 and compatible stores, Google Cloud Storage, Azure Blob Storage.
//!
//! An object is written once: the request asks the store to create it, never to replace it. Objects cannot grow, so the
//! lines that a run appends to a journal are objects beside it (`manifest.jsonl.parts/000001`), which are joined into one
//! object at the end of the run.

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

/// Longer files are uploaded in parts, in bytes.
const LARGE: u64 = 16 << 20;
const PART: usize = 8 << 20;
/// Parts of one file that are uploaded at the same time.
const CONCURRENT_PARTS: usize = 4;
/// Documents that are uploaded at the same time: an upload takes tens of milliseconds, a page fewer.
const CONCURRENT_WRITES: usize = 32;
/// Attempts of a write whose response was lost. The store may have done it, so the client does not repeat it by itself.
const ATTEMPTS: u32 = 3;
/// How long to ask the metadata service of a cloud machine for credentials.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(3);
/// The pause before the second attempt; each further one is four times as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The lines of a journal are uploaded when they have this many bytes, or have waited this long.
const FLUSH_BYTES: usize = 64 << 10;
const FLUSH_INTERVAL: Duration = Duration::from_secs(5);

pub struct Bucket {
    /// `s3://bucket`.
    name: String,
    prefix: Path,
    store: Box<dyn ObjectStore>,
    runtime: Runtime,
    options: StoreOptions,
    journals: Mutex<BTreeMap<String, Journal>>,
    /// The parts of each journal when it was read last.
    read_parts: Mutex<BTreeMap<String, Vec<Path>>>,
    /// It did not respond within the patience of the options: no further request is made.
    is_down: AtomicBool,
}

/// The lines that this run appends to a journal.
struct Journal {
    /// The number of the last part that was uploaded.
    last: u32,
    lines: String,
    since: Instant,
}

impl Bucket {
    /// Opens `s3://bucket/prefix` with the settings of the environment, and checks that the bucket exists.
    pub fn open(url: &str, options: StoreOptions) -> Result<Self> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("s3", url));
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let refuse = |message: String, help: &str| Diagnostic::error(code::STORE, message).help(help);
        if bucket.is_empty() {
            return Err(refuse(format!("`{url}` does not name a bucket"), "write it as s3://bucket/prefix"));
        }
        let prefix = Path::parse(prefix.trim_end_matches('/')).map_err(|_| {
            let help = "separate names by single slashes, without `.`, `..` and control characters";
            refuse(format!("`{prefix}` is not a valid prefix of object names"), help)
        })?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| {
            refuse(
                format!("the network client cannot be started: {}", reason(&error)),
                "close other programs, then run again",
            )
        })?;
        let name = format!("{scheme}://{bucket}");
        let opened = match scheme {
            "gs" => google(&runtime, bucket, options.patience),
            "az" => azure(&runtime, bucket, options.patience),
            _ => s3(&runtime, bucket, options.patience),
        };
        let store = opened.map_err(|error| error::unusable(&name, &error))?;
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
        // Wrong credentials or names are reported once, before any document is built.
        bucket.list(&bucket.prefix).map(|_| bucket)
    }

    fn document(&self, key: &Key) -> Path {
        let path = key.path();
        let hash = self.options.spread.then(|| hex(&hash(&path).as_slice()[..1]));
        let parts = self.prefix.parts().chain(hash.iter().map(|part| part.as_str().into()));
        Path::from_iter(parts.chain(path.split('/').map(Into::into)))
    }

    /// A journal, or a part of one. Journals are never spread, so that another run finds them.
    fn journal(&self, name: &str) -> Path {
        Path::from_iter(self.prefix.parts().chain(name.split('/').filter(|part| !part.is_empty()).map(Into::into)))
    }

    fn wait<T>(&self, answer: impl Future<Output = std::result::Result<T, Error>>) -> std::result::Result<T, Error> {
        if self.is_down.load(Ordering::Relaxed) {
            return Err(error::still_down());
        }
        let answer = self.runtime.block_on(answer);
        if let Err(error) = &answer
            && error::classify(error) == StoreError::Busy
        {
            self.is_down.store(true, Ordering::Relaxed);
        }
        answer
    }

    fn problem(&self, path: &Path, error: &Error) -> Diagnostic {
        error::diagnostic(&self.name, &self.url(path), error)
    }

    fn url(&self, path: &Path) -> String {
        if path.as_ref().is_empty() { self.name.clone() } else { format!("{}/{path}", self.name) }
    }

    /// Returns the names of the objects and folders directly below one, sorted.
    fn list(&self, folder: &Path) -> Result<Vec<String>> {
        let prefix = (!folder.as_ref().is_empty()).then_some(folder);
        let found = self.wait(self.store.list_with_delimiter(prefix)).map_err(|error| self.problem(folder, &error))?;
        let paths = found.objects.iter().map(|object| &object.location).chain(&found.common_prefixes);
        let mut names: Vec<String> = paths.filter_map(|path| Some(path.filename()?.to_owned())).collect();
        names.sort();
        Ok(names)
    }

    /// Creates an object unless it exists; returns whether it was created.
    fn create(&self, path: &Path, bytes: &[u8]) -> std::result::Result<bool, Error> {
        let payload = PutPayload::from(bytes.to_vec());
        let mut attempts = 0;
        loop {
            let options = PutOptions::from(PutMode::Create);
            match self.wait(self.store.put_opts(path, payload.clone(), options)) {
                Ok(_) => return Ok(true),
                Err(error) if attempts < ATTEMPTS && error::classify(&error) == StoreError::Lost => {
                    // The timer needs the runtime.
                    self.runtime.block_on(async { tokio::time::sleep(FIRST_PAUSE * 4_u32.pow(attempts)).await });
                    attempts += 1;
                }
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

    /// Uploads a file of any size in parts.
    fn upload(&self, path: &Path, file: &mut dyn Read) -> Result<()> {
        let problem = |error: Error| self.problem(path, &error);
        let upload = self.wait(self.store.put_multipart(path)).map_err(problem)?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut part = vec![0; PART];
        // `write` spawns tasks.
        let _guard = self.runtime.enter();
        loop {
            let sent = file.read(&mut part).map_err(|error| temporary_file_error(&error)).and_then(|read| {
                upload.write(part.get(..read).unwrap_or_default());
                self.wait(upload.wait_for_capacity(CONCURRENT_PARTS)).map(|()| read).map_err(problem)
            });
            match sent {
                Ok(0) => break,
                Ok(_) => {}
                Err(problem) => {
                    // Parts left behind cost money until a rule of the bucket deletes them.
                    let _ = self.runtime.block_on(upload.abort());
                    return Err(problem);
                }
            }
        }
        self.wait(upload.finish()).map(drop).map_err(problem)
    }

    /// Downloads an object into a file; returns whether the object exists.
    fn download_object(&self, path: &Path, into: &mut dyn Write) -> Result<bool> {
        let Some(size) = self.size_of(path)? else { return Ok(false) };
        let mut at = 0;
        while at < size {
            let end = size.min(at + PART as u64);
            let bytes = self.wait(self.store.get_range(path, at..end)).map_err(|error| self.problem(path, &error))?;
            into.write_all(&bytes).map_err(|error| temporary_file_error(&error))?;
            at = end;
        }
        Ok(true)
    }

    /// Creates an object unless it exists with the same bytes: an earlier run created it, or this one did and the response
    /// was lost. Returns whether it now contains them.
    fn create_or_find(&self, path: &Path, bytes: &[u8]) -> Result<bool> {
        for _ in 0..ATTEMPTS {
            if self.create(path, bytes).map_err(|error| self.problem(path, &error))? {
                return Ok(true);
            }
            // Of two concurrent writers, the one that was refused may look before the other has finished.
            if let Some(size) = self.size_of(path)? {
                let length = bytes.len() as u64;
                return Ok(size == length && self.has_content(path, &mut &*bytes, length)?);
            }
        }
        Ok(false)
    }

    /// Whether an object of that length has the same bytes as a file.
    fn has_content(&self, path: &Path, file: &mut dyn Read, length: u64) -> Result<bool> {
        let mut own = vec![0; PART];
        let mut at = 0;
        while at < length {
            let end = length.min(at + PART as u64);
            let stored = self.wait(self.store.get_range(path, at..end)).map_err(|error| self.problem(path, &error))?;
            let own = own.get_mut(..stored.len()).unwrap_or_default();
            if stored.is_empty() || file.read_exact(own).is_err() || *own != *stored {
                return Ok(false);
            }
            at += stored.len() as u64;
        }
        Ok(true)
    }

    fn differs(&self, path: &Path) -> Diagnostic {
        Diagnostic::error(code::OBJECT_EXISTS, format!("`{}` exists with other content", self.url(path)))
            .help("write under another prefix, or replace the object with `--overwrite`")
    }

    /// Returns the parts of a journal in their order.
    fn parts_of(&self, journal: &str) -> Result<Vec<Path>> {
        let folder = parts(journal);
        let names = self.list(&self.journal(&folder))?.into_iter().filter(|name| name.parse::<u32>().is_ok());
        Ok(names.map(|name| self.journal(&format!("{folder}/{name}"))).collect())
    }

    /// Deletes the parts that [`Self::download`] has read. Another run may have written more since.
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
    fn download(&self, journal: &str) -> Result<Option<File>> {
        let mut file = temporary_file()?;
        let mut found = self.download_object(&self.journal(journal), &mut file)?;
        let parts = self.parts_of(journal)?;
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
        let path = self.document(key);
        if self.options.overwrite {
            return self.replace(&path, bytes);
        }
        if self.create_or_find(&path, bytes)? { Ok(()) } else { Err(self.differs(&path)) }
    }

    fn put_file(&self, key: &Key, file: &mut File) -> Result<()> {
        let path = self.document(key);
        let length = file.metadata().map_err(|error| temporary_file_error(&error))?.len();
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        if length <= LARGE {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(|error| temporary_file_error(&error))?;
            return self.put(key, &bytes);
        }
        // An upload in parts always replaces the object, so its size is asked for first.
        match self.size_of(&path)? {
            Some(size) if !self.options.overwrite => {
                let is_same = size == length && self.has_content(&path, file, length)?;
                if is_same { Ok(()) } else { Err(self.differs(&path)) }
            }
            _ => self.upload(&path, file),
        }
    }

    fn fetch(&self, key: &Key, into: &mut File) -> Result<bool> {
        self.download_object(&self.document(key), into)
    }

    /// A thousand lengths for one request.
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
        self.get_bytes(&self.document(key))
    }

    fn size(&self, key: &Key) -> Result<Option<u64>> {
        self.size_of(&self.document(key))
    }

    /// With spread names, the folders at the top are those of the hashes.
    fn folders(&self) -> Result<Vec<String>> {
        if !self.options.spread {
            return self.list(&self.prefix);
        }
        let mut folders = Vec::new();
        for hash in self.list(&self.prefix)? {
            if hash.len() == 2 {
                folders.extend(self.list(&self.journal(&hash))?);
            }
        }
        folders.sort();
        folders.dedup();
        Ok(folders)
    }

    fn location(&self, key: &Key) -> String {
        self.url(&self.document(key))
    }

    fn journal_location(&self, journal: &str) -> String {
        self.url(&self.journal(journal))
    }

    fn concurrent_writes(&self) -> Option<usize> {
        Some(CONCURRENT_WRITES)
    }

    /// Lines wait until a part is worth a request. Their documents are stored already: if the lines are lost, the next run
    /// builds these documents again, finds the same bytes and appends their lines.
    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        let mut journals = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let own = match journals.entry(journal.to_owned()) {
            Entry::Occupied(own) => own.into_mut(),
            Entry::Vacant(new) => {
                let names = self.list(&self.journal(&parts(journal)))?;
                let last = names.iter().filter_map(|name| name.parse().ok()).max().unwrap_or(0);
                new.insert(Journal { last, lines: String::new(), since: Instant::now() })
            }
        };
        own.lines.push_str(lines);
        // An append without lines creates the journal.
        if lines.is_empty() || own.lines.len() >= FLUSH_BYTES || own.since.elapsed() >= FLUSH_INTERVAL {
            self.flush(journal, own)
        } else {
            Ok(())
        }
    }

    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>> {
        Ok(self.download(journal)?.map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead + Send>))
    }

    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        let mut file = temporary_file()?;
        let mut empty = true;
        for line in lines {
            empty = false;
            writeln!(file, "{}", line?).map_err(|error| temporary_file_error(&error))?;
        }
        if empty {
            self.delete(&self.journal(journal))?;
        } else {
            self.upload_journal(journal, &mut file)?;
        }
        self.delete_read_parts(journal)
    }

    fn journals(&self) -> Result<Vec<String>> {
        let names = self.list(&self.prefix)?.into_iter().map(|name| name.trim_end_matches(PARTS).to_owned());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
        names.dedup();
        Ok(names)
    }

    /// Always succeeds: a bucket has no locks. The second run that uploads a part of the same journal fails instead.
    fn lock(&self, journal: &str, _: Option<&str>) -> Result<Lock> {
        self.check_conditions(journal)?;
        Ok(Lock { _held: None, lacking: None })
    }

    fn finish(&self, _: bool) -> Result<()> {
        let journals = std::mem::take(&mut *self.journals.lock().unwrap_or_else(PoisonError::into_inner));
        for (journal, mut own) in journals {
            if !own.lines.is_empty() {
                self.flush(&journal, &mut own)?;
            }
            if let Some(mut file) = self.download(&journal)? {
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

    /// Checks that the store refuses to create an object that exists, as this program relies on.
    fn check_conditions(&self, journal: &str) -> Result<()> {
        if self.options.overwrite {
            return Ok(());
        }
        let probe = self.journal(&format!("{journal}.probe"));
        let create = || self.create(&probe, b"").map_err(|error| self.problem(&probe, &error));
        let is_replaced = create()? && create()?;
        self.delete(&probe)?;
        if is_replaced {
            let message = format!("`{}` replaces objects that exist, although it is asked not to", self.name);
            return Err(Diagnostic::error(code::STORE, message)
                .note("the store ignores the header If-None-Match")
                .help("write to an empty prefix with `--overwrite`, and make sure that no other run writes there"));
        }
        Ok(())
    }

    /// Uploads the waiting lines as one more part.
    fn flush(&self, journal: &str, own: &mut Journal) -> Result<()> {
        let part = self.journal(&format!("{}/{:06}", parts(journal), own.last + 1));
        if !self.create_or_find(&part, own.lines.as_bytes())? {
            let message = format!("another run is writing to `{}`", self.journal_location(journal));
            return Err(Diagnostic::error(code::LOCKED, message).help(
                "wait until one of them ends and run again with `--resume`, or name another prefix with `--out`",
            ));
        }
        *own = Journal { last: own.last + 1, lines: String::new(), since: Instant::now() };
        Ok(())
    }

    fn upload_journal(&self, journal: &str, file: &mut File) -> Result<()> {
        let length = file.seek(SeekFrom::End(0)).map_err(|error| temporary_file_error(&error))?;
        file.seek(SeekFrom::Start(0)).map_err(|error| temporary_file_error(&error))?;
        if length > LARGE {
            return self.upload(&self.journal(journal), file);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| temporary_file_error(&error))?;
        self.replace(&self.journal(journal), &bytes)
    }
}

const PARTS: &str = ".parts";

/// Returns the folder of the parts of a journal.
fn parts(journal: &str) -> String {
    format!("{journal}{PARTS}")
}

fn reattempts(patience: Duration) -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(10), base: 2.0 };
    RetryConfig { backoff, max_retries: 1000, retry_timeout: patience }
}

type Opened = std::result::Result<Box<dyn ObjectStore>, Error>;

// Without credentials in the environment, the client asks the metadata service of a cloud machine, which elsewhere never
// responds. So each of these asks for the credentials first, with a short time limit.

fn s3(runtime: &Runtime, bucket: &str, patience: Duration) -> Opened {
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    let probe = builder.clone().with_retry(reattempts(CREDENTIALS_TIMEOUT)).build()?;
    runtime.block_on(probe.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(reattempts(patience)).build()?))
}

fn google(runtime: &Runtime, bucket: &str, patience: Duration) -> Opened {
    let builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket);
    let probe = builder.clone().with_retry(reattempts(CREDENTIALS_TIMEOUT)).build()?;
    runtime.block_on(probe.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(reattempts(patience)).build()?))
}

fn azure(runtime: &Runtime, bucket: &str, patience: Duration) -> Opened {
    let builder = MicrosoftAzureBuilder::from_env().with_container_name(bucket);
    let probe = builder.clone().with_retry(reattempts(CREDENTIALS_TIMEOUT)).build()?;
    runtime.block_on(probe.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(reattempts(patience)).build()?))
}

fn temporary_file() -> Result<File> {
    tempfile::tempfile().map_err(|error| temporary_file_error(&error))
}
