//! Opens the client of each kind of bucket with the settings of the environment.
//!
//! If the environment has no credentials, the client asks the metadata service of a cloud machine. On other machines that
//! service never responds, so each of these functions first requests the credentials with a short time limit.

use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{Error, ObjectStore};
use tokio::runtime::Runtime;

use super::retry::{CREDENTIALS_TIMEOUT, retry_config};

type OpenResult = std::result::Result<Box<dyn ObjectStore>, Error>;

/// Opens a bucket. `scheme`: `s3`, `gs` or `az`. `patience`: how long a request is retried.
pub fn connect(scheme: &str, runtime: &Runtime, bucket: &str, patience: Duration) -> OpenResult {
    match scheme {
        "gs" => open_google(runtime, bucket, patience),
        "az" => open_azure(runtime, bucket, patience),
        _ => open_s3(runtime, bucket, patience),
    }
}

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
