//! The requests for single objects: create, replace, read, delete.

use std::fs::File;
use std::future::Future;
use std::io::{Read, Write};
use std::sync::atomic::Ordering;

use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStoreExt, PutMode, PutOptions, PutPayload, WriteMultipart};

use super::Bucket;
use super::retry::{MAX_LOOKUPS, MAX_RETRIES, pause_before_retry};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::store::error::{self, StoreErrorKind};
use crate::store::objects::{Object, Objects};
use crate::store::temporary_file_error;

/// The size of a chunk of a large file, in bytes.
const CHUNK: usize = 8 << 20;

/// Chunks of one file that are uploaded at the same time.
const CONCURRENT_CHUNKS: usize = 4;

impl Bucket {
    /// Waits for the response to a request. If the bucket does not respond, later requests fail at once.
    pub(super) fn wait<T>(
        &self,
        request: impl Future<Output = std::result::Result<T, Error>>,
    ) -> std::result::Result<T, Error> {
        if self.is_down.load(Ordering::Relaxed) {
            return Err(error::bucket_is_down());
        }
        let response = self.runtime.block_on(request);
        if let Err(error) = &response
            && error::classify(error) == StoreErrorKind::Busy
        {
            self.is_down.store(true, Ordering::Relaxed);
        }
        response
    }

    pub(super) fn problem(&self, path: &Path, error: &Error) -> Diagnostic {
        error::object_diagnostic(&self.name, &self.url(path), error)
    }

    /// Returns the names of the objects and folders directly below a folder, sorted.
    pub(super) fn list(&self, folder: &Path) -> Result<Vec<String>> {
        let prefix = (!folder.as_ref().is_empty()).then_some(folder);
        let found = self.wait(self.store.list_with_delimiter(prefix)).map_err(|error| self.problem(folder, &error))?;
        let paths = found.objects.iter().map(|object| &object.location).chain(&found.common_prefixes);
        let mut names: Vec<String> = paths.filter_map(|path| Some(path.filename()?.to_owned())).collect();
        names.sort();
        Ok(names)
    }

    /// Creates an object unless it exists. Returns whether it was created.
    pub(super) fn create(&self, path: &Path, bytes: &[u8]) -> std::result::Result<bool, Error> {
        let payload = PutPayload::from(bytes.to_vec());
        let mut retries = 0;
        loop {
            let options = PutOptions::from(PutMode::Create);
            match self.wait(self.store.put_opts(path, payload.clone(), options)) {
                Ok(_) => return Ok(true),
                Err(error) if retries < MAX_RETRIES && error::classify(&error) == StoreErrorKind::Lost => {
                    // The timer needs the runtime.
                    self.runtime.block_on(async { tokio::time::sleep(pause_before_retry(retries)).await });
                    retries += 1;
                }
                // First, because the client also reports a conflict of two requests as `AlreadyExists` or `Precondition`.
                Err(error) if error::classify(&error) == StoreErrorKind::Lost => return Err(error),
                Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
    }

    /// Creates an object unless it exists. Returns whether it now contains `bytes`: an earlier run may have created the
    /// same object, or this one did and the response was lost.
    pub(super) fn create_or_find(&self, path: &Path, bytes: &[u8]) -> Result<bool> {
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

    /// Creates or replaces an object.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.wait(self.store.put(path, PutPayload::from(bytes.to_vec())))
            .map(drop)
            .map_err(|error| self.problem(path, &error))
    }

    /// Uploads a file of any size in chunks. Replaces the object if it exists.
    pub(super) fn upload(&self, path: &Path, file: &mut dyn Read) -> Result<()> {
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
    pub(super) fn download_object(&self, path: &Path, into: &mut dyn Write) -> Result<bool> {
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

    pub(super) fn get_bytes(&self, path: &Path) -> Result<Option<Vec<u8>>> {
        match self.wait(async { self.store.get(path).await?.bytes().await }) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error) if error::classify(&error) == StoreErrorKind::NoObject => Ok(None),
            Err(error) => Err(self.problem(path, &error)),
        }
    }

    pub(super) fn size_of(&self, path: &Path) -> Result<Option<u64>> {
        match self.wait(self.store.head(path)) {
            Ok(object) => Ok(Some(object.size)),
            Err(error) if error::classify(&error) == StoreErrorKind::NoObject => Ok(None),
            Err(error) => Err(self.problem(path, &error)),
        }
    }

    /// Whether an object of the given length has the same bytes as a file.
    pub(super) fn has_content(&self, path: &Path, file: &mut dyn Read, length: u64) -> Result<bool> {
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

    /// Lists the objects under the prefix, a thousand with each request.
    pub(super) fn for_each_object(&self, mut act: impl FnMut(ObjectMeta)) -> Result<()> {
        let prefix = (!self.prefix.as_ref().is_empty()).then_some(&self.prefix);
        let listed = self.wait(async {
            let mut objects = self.store.list(prefix);
            while let Some(meta) = objects.try_next().await? {
                act(meta);
            }
            Ok(())
        });
        listed.map_err(|error| self.problem(&self.prefix, &error))
    }

    pub(super) fn delete(&self, path: &Path) -> Result<()> {
        match self.wait(self.store.delete(path)) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.problem(path, &error)),
        }
    }
}

impl Objects for Bucket {
    fn list_all(&self) -> Result<Vec<Object>> {
        let object = |path: &Path, size| Object { url: self.url(path), path: path.to_string(), size };
        let mut objects = Vec::new();
        self.for_each_object(|meta| objects.push(object(&meta.location, meta.size)))?;
        if objects.is_empty() && !self.prefix.as_ref().is_empty() {
            objects.extend(self.size_of(&self.prefix)?.map(|size| object(&self.prefix, size)));
        }
        Ok(objects)
    }

    fn read(&self, object: &Object) -> Result<Vec<u8>> {
        let bytes = Path::parse(&object.path).ok().map(|path| self.get_bytes(&path)).transpose()?.flatten();
        bytes.ok_or_else(|| missing(object))
    }

    fn download(&self, object: &Object, into: &mut File) -> Result<()> {
        let is_found = Path::parse(&object.path).ok().map(|path| self.download_object(&path, into)).transpose()?;
        if is_found == Some(true) { Ok(()) } else { Err(missing(object)) }
    }
}

/// Returns the diagnostic for an object that was removed after it was listed.
fn missing(object: &Object) -> Diagnostic {
    Diagnostic::error(code::STORE, format!("`{}` does not exist any more", object.url))
}
