//! The objects of a bucket, whoever has written them.

use std::fs::File;
use std::time::Duration;

use crate::diagnostic::Result;

/// An object of a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its URL: `s3://bucket/prefix/certificate.pdf`.
    pub url: String,
    /// The path in the bucket.
    pub path: String,
    /// In bytes.
    pub size: u64,
}

/// The objects below a prefix of a bucket, to be read.
pub trait Objects {
    /// Returns all objects below the prefix, or the one with this path.
    fn list_all(&self) -> Result<Vec<Object>>;

    fn read(&self, object: &Object) -> Result<Vec<u8>>;

    /// Appends the bytes of an object of any size to a file.
    fn download(&self, object: &Object, into: &mut File) -> Result<()>;
}

/// Opens the objects below the prefix of `s3://bucket/prefix` with the settings of the environment.
///
/// `patience` is how long to retry when the bucket does not respond.
#[cfg(feature = "cloud")]
pub fn open_objects(url: &str, patience: Duration) -> Result<Box<dyn Objects>> {
    let options = super::StoreOptions { patience, ..super::StoreOptions::default() };
    Ok(Box::new(super::Bucket::open(url, options)?))
}

/// Reports that this build has no support for buckets.
#[cfg(not(feature = "cloud"))]
pub fn open_objects(url: &str, _: Duration) -> Result<Box<dyn Objects>> {
    Err(super::no_buckets(url))
}
