//! Documents in a bucket: S3 and what speaks its protocol, Google Cloud Storage, Azure.
//!
//! An object is written once: the store is asked to create it, never to replace it. A journal cannot grow there, so
//! what a run adds to one are objects of their own beside it (`manifest.jsonl.parts/000001`), which the end of the run
//! joins into one.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path as FilePath;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;
use object_store::{
    BackoffConfig, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig, WriteMultipart,
};
use tokio::runtime::{Builder, Runtime};

use super::trouble::{self, Trouble};
use super::{Lock, Store};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::hash::{hash, hex};
use crate::project::reason;

/// Files longer than this go up in parts of half the size.
const LARGE: u64 = 16 << 20;
const PART: usize = 8 << 20;
/// Parts of one file on their way at once.
const PARTS_AT_ONCE: usize = 4;
/// Documents on their way at once: an upload takes tens of milliseconds, a page less than one.
const LANES: usize = 32;
/// Tries of a write whose answer was lost: the store may have done it, so the client does not repeat it by itself.
const TRIES: u32 = 3;
/// For how long the machine is asked for a key.
const BRIEFLY: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(100);

/// Lines of a journal go up when they are so many bytes, or when they have waited so long.
const ENOUGH: usize = 64 << 10;
const OFTEN: Duration = Duration::from_secs(5);

/// How to treat the store.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Objects that are there and differ are replaced.
    pub overwrite: bool,
    /// Names of documents begin with two letters of their sum.
    pub spread: bool,
    /// For how long a store that does not answer is asked again.
    pub patience: Duration,
}

impl Default for Manner {
    fn default() -> Self {
        Self { overwrite: false, spread: false, patience: Duration::from_secs(60) }
    }
}

pub struct Bucket {
    /// `s3://bucket`.
    name: String,
    prefix: Path,
    store: Box<dyn ObjectStore>,
    runtime: Runtime,
    manner: Manner,
    journals: Mutex<BTreeMap<String, Journal>>,
    /// It did not answer for as long as it was asked: nothing more is asked of it.
    down: AtomicBool,
}

/// What this run adds to a journal.
struct Journal {
    /// The number of the last part.
    last: u32,
    lines: String,
    since: Instant,
}

impl Bucket {
    /// Opens `s3://bucket/prefix` with the settings of the environment, and asks whether the bucket is there.
    pub fn open(url: &str, manner: Manner) -> Result<Self> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("s3", url));
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let refused = |message: String, help: &str| Diagnostic::error(code::STORE, message).help(help);
        if bucket.is_empty() {
            return Err(refused(format!("`{url}` names no bucket"), "write it as s3://bucket/prefix"));
        }
        let prefix = Path::parse(prefix.trim_end_matches('/')).map_err(|_| {
            let help = "write names between single slashes, without `.`, `..` and control characters";
            refused(format!("`{prefix}` cannot begin the names of objects"), help)
        })?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| {
            refused(format!("no connection can be made: {}", reason(&error)), "close other programs, then run again")
        })?;
        let name = format!("{scheme}://{bucket}");
        let built = match scheme {
            "gs" => google(&runtime, bucket, manner.patience),
            "az" => azure(&runtime, bucket, manner.patience),
            _ => s3(&runtime, bucket, manner.patience),
        };
        let store = built.map_err(|error| trouble::unusable(&name, &error))?;
        let bucket =
            Self { name, prefix, store, runtime, manner, journals: Mutex::default(), down: AtomicBool::new(false) };
        // A wrong key or name is told once, before any document is made.
        bucket.list("").map(|_| bucket)
    }

    fn path(&self, key: &str) -> Path {
        // Journals and their parts stand at the top, where they are looked for.
        let spread = self.manner.spread && key.contains('/') && !key.contains(".jsonl");
        let ahead = spread.then(|| hex(&hash(key).as_slice()[..1]));
        let parts = self.prefix.parts().chain(ahead.iter().map(|part| part.as_str().into()));
        Path::from_iter(parts.chain(key.split('/').filter(|part| !part.is_empty()).map(Into::into)))
    }

    fn wait<T>(&self, answer: impl Future<Output = std::result::Result<T, Error>>) -> std::result::Result<T, Error> {
        if self.down.load(Ordering::Relaxed) {
            return Err(trouble::still_down());
        }
        let answer = self.runtime.block_on(answer);
        if let Err(error) = &answer
            && trouble::of(error) == Trouble::Busy
        {
            self.down.store(true, Ordering::Relaxed);
        }
        answer
    }

    fn problem(&self, key: &str, error: &Error) -> Diagnostic {
        trouble::diagnostic(&self.name, &self.shown(key), error)
    }

    /// Names of the objects and folders right below one, sorted.
    fn list(&self, folder: &str) -> Result<Vec<String>> {
        let path = self.path(folder);
        let prefix = (!path.as_ref().is_empty()).then_some(&path);
        let found = self.wait(self.store.list_with_delimiter(prefix)).map_err(|error| self.problem(folder, &error))?;
        let paths = found.objects.iter().map(|object| &object.location).chain(&found.common_prefixes);
        let mut names: Vec<String> = paths.filter_map(|path| Some(path.filename()?.to_owned())).collect();
        names.sort();
        Ok(names)
    }

    /// Writes an object unless it is there; gives whether it was written.
    fn create(&self, key: &str, bytes: &[u8]) -> std::result::Result<bool, Error> {
        let path = self.path(key);
        let payload = PutPayload::from(bytes.to_vec());
        let mut tries = 0;
        loop {
            let options = PutOptions::from(PutMode::Create);
            match self.wait(self.store.put_opts(&path, payload.clone(), options)) {
                Ok(_) => return Ok(true),
                Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => return Ok(false),
                Err(error) if tries < TRIES && trouble::of(&error) == Trouble::Lost => {
                    // Made inside, where its clock runs.
                    self.runtime.block_on(async { tokio::time::sleep(PAUSE * 4_u32.pow(tries)).await });
                    tries += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes an object, or replaces it.
    fn replace(&self, key: &str, bytes: &[u8]) -> Result<()> {
        self.wait(self.store.put(&self.path(key), PutPayload::from(bytes.to_vec())))
            .map(drop)
            .map_err(|error| self.problem(key, &error))
    }

    /// An object of any size.
    fn upload(&self, key: &str, file: &mut dyn Read) -> Result<()> {
        let problem = |error: Error| self.problem(key, &error);
        let upload = self.wait(self.store.put_multipart(&self.path(key))).map_err(problem)?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut part = vec![0; PART];
        // `write` starts tasks.
        let _inside = self.runtime.enter();
        loop {
            let sent = file.read(&mut part).map_err(|error| unspooled(&error)).and_then(|read| {
                upload.write(part.get(..read).unwrap_or_default());
                self.wait(upload.wait_for_capacity(PARTS_AT_ONCE)).map(|()| read).map_err(problem)
            });
            match sent {
                Ok(0) => break,
                Ok(_) => {}
                Err(problem) => {
                    // Parts that stay cost money; the store forgets them by itself only where it was told to.
                    let _ = self.runtime.block_on(upload.abort());
                    return Err(problem);
                }
            }
        }
        self.wait(upload.finish()).map(drop).map_err(problem)
    }

    /// Downloads an object into a file, where it is there.
    fn fetch(&self, key: &str, into: &mut dyn Write) -> Result<bool> {
        let Some(size) = self.size(key)? else { return Ok(false) };
        let path = self.path(key);
        let mut at = 0;
        while at < size {
            let end = size.min(at + PART as u64);
            let bytes = self.wait(self.store.get_range(&path, at..end)).map_err(|error| self.problem(key, &error))?;
            into.write_all(&bytes).map_err(|error| unspooled(&error))?;
            at = end;
        }
        Ok(true)
    }

    /// Writes an object unless it is there with the same bytes: an earlier run made it, or this one did and the answer was
    /// lost. Gives whether it now holds them.
    fn create_or_find(&self, key: &str, bytes: &[u8]) -> Result<bool> {
        for _ in 0..TRIES {
            if self.create(key, bytes).map_err(|error| self.problem(key, &error))? {
                return Ok(true);
            }
            // Where two write at once, the one that was turned away may look before the other is done.
            if let Some(size) = self.size(key)? {
                let length = bytes.len() as u64;
                return Ok(size == length && self.holds(key, &mut &*bytes, length)?);
            }
        }
        Ok(false)
    }

    /// Whether an object of that length holds the same bytes as a file.
    fn holds(&self, key: &str, file: &mut dyn Read, length: u64) -> Result<bool> {
        let path = self.path(key);
        let mut own = vec![0; PART];
        let mut at = 0;
        while at < length {
            let end = length.min(at + PART as u64);
            let there = self.wait(self.store.get_range(&path, at..end)).map_err(|error| self.problem(key, &error))?;
            let own = own.get_mut(..there.len()).unwrap_or_default();
            if there.is_empty() || file.read_exact(own).is_err() || *own != *there {
                return Ok(false);
            }
            at += there.len() as u64;
        }
        Ok(true)
    }

    fn differs(&self, key: &str) -> Diagnostic {
        Diagnostic::error(code::OCCUPIED, format!("`{}` is there and holds something else", self.shown(key)))
            .help("write under another prefix, or replace what is there with --overwrite")
    }

    /// The parts of a journal in their order.
    fn parts_of(&self, journal: &str) -> Result<Vec<String>> {
        let folder = parts(journal);
        let names = self.list(&folder)?.into_iter().filter(|name| name.parse::<u32>().is_ok());
        Ok(names.map(|name| format!("{folder}/{name}")).collect())
    }

    fn forget_parts(&self, journal: &str) -> Result<()> {
        for part in self.parts_of(journal)? {
            self.remove(&part)?;
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<()> {
        match self.wait(self.store.delete(&self.path(key))) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.problem(key, &error)),
        }
    }

    /// The journal with all its parts, in a file.
    fn joined(&self, journal: &str) -> Result<Option<std::fs::File>> {
        let mut file = spool()?;
        let mut found = self.fetch(journal, &mut file)?;
        for part in self.parts_of(journal)? {
            if let Some(bytes) = self.get(&part)? {
                file.write_all(&bytes).map_err(|error| unspooled(&error))?;
                found = true;
            }
        }
        file.seek(SeekFrom::Start(0)).map_err(|error| unspooled(&error))?;
        Ok(found.then_some(file))
    }
}

impl Store for Bucket {
    fn put(&self, key: &str, bytes: &[u8]) -> Result<()> {
        if self.manner.overwrite {
            return self.replace(key, bytes);
        }
        if self.create_or_find(key, bytes)? { Ok(()) } else { Err(self.differs(key)) }
    }

    fn put_file(&self, key: &str, path: &FilePath) -> Result<()> {
        let mut file = std::fs::File::open(path).map_err(|error| unspooled(&error))?;
        let length = file.metadata().map_err(|error| unspooled(&error))?.len();
        if length <= LARGE {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(|error| unspooled(&error))?;
            return self.put(key, &bytes);
        }
        // Stores cannot create in parts without replacing: they are asked before.
        match self.size(key)? {
            Some(size) if !self.manner.overwrite => {
                let same = size == length && self.holds(key, &mut file, length)?;
                if same { Ok(()) } else { Err(self.differs(key)) }
            }
            _ => self.upload(key, &mut file),
        }
    }

    fn get(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let path = self.path(key);
        let got = self.wait(async { self.store.get(&path).await?.bytes().await });
        match got {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if trouble::of(&error) == Trouble::NoObject => Ok(None),
            Err(error) => Err(self.problem(key, &error)),
        }
    }

    fn size(&self, key: &str) -> Result<Option<u64>> {
        match self.wait(self.store.head(&self.path(key))) {
            Ok(object) => Ok(Some(object.size)),
            Err(error) if trouble::of(&error) == Trouble::NoObject => Ok(None),
            Err(error) => Err(self.problem(key, &error)),
        }
    }

    fn shown(&self, key: &str) -> String {
        let path = self.path(key);
        if path.as_ref().is_empty() { self.name.clone() } else { format!("{}/{path}", self.name) }
    }

    fn lanes(&self) -> usize {
        LANES
    }

    /// Lines wait until a part is worth its request. Their documents are there: if the lines are lost, the next run makes
    /// these again, finds the same bytes, and writes them down.
    fn append(&self, journal: &str, lines: &str) -> Result<()> {
        let mut journals = self.journals.lock().unwrap_or_else(PoisonError::into_inner);
        let own = match journals.entry(journal.to_owned()) {
            Entry::Occupied(own) => own.into_mut(),
            Entry::Vacant(new) => {
                let names = self.list(&parts(journal))?;
                let last = names.iter().filter_map(|name| name.parse().ok()).max().unwrap_or(0);
                new.insert(Journal { last, lines: String::new(), since: Instant::now() })
            }
        };
        own.lines.push_str(lines);
        // Without lines it is to be there.
        if lines.is_empty() || own.lines.len() >= ENOUGH || own.since.elapsed() >= OFTEN {
            self.flush(journal, own)
        } else {
            Ok(())
        }
    }

    fn read(&self, journal: &str) -> Result<Option<Box<dyn BufRead + Send>>> {
        Ok(self.joined(journal)?.map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead + Send>))
    }

    fn rewrite(&self, journal: &str, lines: &mut dyn Iterator<Item = Result<String>>) -> Result<()> {
        let mut file = spool()?;
        let mut empty = true;
        for line in lines {
            empty = false;
            writeln!(file, "{}", line?).map_err(|error| unspooled(&error))?;
        }
        if empty {
            self.remove(journal)?;
        } else {
            self.store_journal(journal, &mut file)?;
        }
        self.forget_parts(journal)
    }

    fn journals(&self) -> Result<Vec<String>> {
        let names = self.list("")?.into_iter().map(|name| name.trim_end_matches(PARTS).to_owned());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
        names.dedup();
        Ok(names)
    }

    /// Runs on other machines cannot be kept away; the second that writes a part of the same journal is told.
    fn lock(&self, _: &str) -> Result<Lock> {
        Ok(Box::new(()))
    }

    fn finish(&self, _: bool) -> Result<()> {
        let journals = std::mem::take(&mut *self.journals.lock().unwrap_or_else(PoisonError::into_inner));
        for (journal, mut own) in journals {
            if !own.lines.is_empty() {
                self.flush(&journal, &mut own)?;
            }
            if let Some(mut file) = self.joined(&journal)? {
                self.store_journal(&journal, &mut file)?;
                self.forget_parts(&journal)?;
            }
        }
        Ok(())
    }
}

impl Bucket {
    /// Writes what waits as one more part.
    fn flush(&self, journal: &str, own: &mut Journal) -> Result<()> {
        let key = format!("{}/{:06}", parts(journal), own.last + 1);
        if !self.create_or_find(&key, own.lines.as_bytes())? {
            let message = format!("another run is writing to `{}`", self.shown(journal));
            return Err(Diagnostic::error(code::LOCKED, message)
                .help("let one of them end, then run again with --resume, or name another prefix with --out"));
        }
        *own = Journal { last: own.last + 1, lines: String::new(), since: Instant::now() };
        Ok(())
    }

    fn store_journal(&self, journal: &str, file: &mut std::fs::File) -> Result<()> {
        let length = file.seek(SeekFrom::End(0)).map_err(|error| unspooled(&error))?;
        file.seek(SeekFrom::Start(0)).map_err(|error| unspooled(&error))?;
        if length > LARGE {
            return self.upload(journal, file);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| unspooled(&error))?;
        self.replace(journal, &bytes)
    }
}

const PARTS: &str = ".parts";

/// The folder that holds the parts of a journal.
fn parts(journal: &str) -> String {
    format!("{journal}{PARTS}")
}

fn retries(patience: Duration) -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(10), base: 2.0 };
    RetryConfig { backoff, max_retries: 1000, retry_timeout: patience }
}

type Built = std::result::Result<Box<dyn ObjectStore>, Error>;

// Without a key in the environment the machine itself is asked for one, which outside a cloud never answers: all three ask
// for the key first, with little patience.

fn s3(runtime: &Runtime, bucket: &str, patience: Duration) -> Built {
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
    let asked = builder.clone().with_retry(retries(BRIEFLY)).build()?;
    runtime.block_on(asked.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(retries(patience)).build()?))
}

fn google(runtime: &Runtime, bucket: &str, patience: Duration) -> Built {
    let builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket);
    let asked = builder.clone().with_retry(retries(BRIEFLY)).build()?;
    runtime.block_on(asked.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(retries(patience)).build()?))
}

fn azure(runtime: &Runtime, bucket: &str, patience: Duration) -> Built {
    let builder = MicrosoftAzureBuilder::from_env().with_container_name(bucket);
    let asked = builder.clone().with_retry(retries(BRIEFLY)).build()?;
    runtime.block_on(asked.credentials().get_credential())?;
    Ok(Box::new(builder.with_retry(retries(patience)).build()?))
}

fn spool() -> Result<std::fs::File> {
    tempfile::tempfile().map_err(|error| unspooled(&error))
}

fn unspooled(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(code::OUTPUT, format!("a temporary file failed: {}", reason(error)))
        .help("make room in the folder for temporary files, or name another with TMPDIR")
}
