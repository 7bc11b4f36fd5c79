//! Classifies the errors of buckets by what can be done about them, and turns them into diagnostics.

use std::error::Error as _;

use object_store::Error;
use object_store::client::{HttpError, HttpErrorKind};

use crate::diagnostic::{Diagnostic, code};

/// The kind of an error, by what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// The object does not exist.
    NoObject,
    /// The bucket does not exist.
    NoBucket,
    /// The credentials are wrong, missing, expired, or lack a permission.
    Denied,
    /// The bucket is in another region.
    WrongRegion,
    /// The response was lost, so it is unknown whether the request succeeded, or it conflicted with another request for
    /// the same object. Sending it again helps.
    Lost,
    /// The store cannot be reached, or is overloaded.
    Busy,
    Other,
}

/// The message of the client for an address without encryption.
const NO_TLS: &str = "scheme is not allowed";

/// Returns the kind of an error. The client reports some of them only in the text of the error.
pub fn classify(error: &Error) -> StoreErrorKind {
    let text = full_text(error);
    let missing_bucket = ["NoSuchBucket", "ContainerNotFound", "specified bucket does not exist"];
    if missing_bucket.iter().any(|name| text.contains(name)) {
        return StoreErrorKind::NoBucket;
    }
    if text.contains("ConditionalRequestConflict") {
        return StoreErrorKind::Lost;
    }
    if is_metadata_request(&text) {
        return StoreErrorKind::Denied;
    }
    match error {
        Error::NotFound { .. } => return StoreErrorKind::NoObject,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => return StoreErrorKind::Denied,
        _ => {}
    }
    if text.contains("incorrectly configured region") {
        return StoreErrorKind::WrongRegion;
    }
    match http_status(&text) {
        Some(408 | 429 | 500..=599) => return StoreErrorKind::Busy,
        Some(401 | 403) => return StoreErrorKind::Denied,
        Some(301 | 307) => return StoreErrorKind::WrongRegion,
        _ => {}
    }
    // Error codes of S3 with status 400.
    if ["ExpiredToken", "InvalidToken", "TokenRefreshRequired"].iter().any(|name| text.contains(name)) {
        return StoreErrorKind::Denied;
    }
    match find_http_error(error).map(HttpError::kind) {
        None => StoreErrorKind::Other,
        Some(_) if text.contains(NO_TLS) => StoreErrorKind::Other,
        Some(HttpErrorKind::Connect | HttpErrorKind::Request) => StoreErrorKind::Busy,
        Some(_) => StoreErrorKind::Lost,
    }
}

/// Returns the error for a request that is not sent, because the bucket did not respond earlier in this run.
pub fn bucket_is_down() -> Error {
    Error::Generic { store: "bucket", source: Box::new(HttpError::new(HttpErrorKind::Connect, BucketIsDown)) }
}

#[derive(Debug)]
struct BucketIsDown;

impl std::error::Error for BucketIsDown {}

impl std::fmt::Display for BucketIsDown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it did not respond earlier in this run")
    }
}

/// Returns the diagnostic for an error about the object or folder at `location`.
pub fn object_diagnostic(bucket: &str, location: &str, error: &Error) -> Diagnostic {
    let reason = explain(error);
    match classify(error) {
        StoreErrorKind::NoBucket => {
            Diagnostic::error(code::STORE, format!("there is no bucket `{bucket}`")).help(match scheme(bucket) {
                "s3" => "check its name, or create it; for a bucket of Amazon S3, also set AWS_REGION",
                "az" => "check the name of the container and of the account (AZURE_STORAGE_ACCOUNT_NAME), or create it",
                _ => "check its name, or create it",
            })
        }
        StoreErrorKind::Denied => {
            Diagnostic::error(code::STORE, format!("`{bucket}` denies access: {reason}")).help(credentials_help(bucket))
        }
        StoreErrorKind::WrongRegion => {
            Diagnostic::error(code::STORE, format!("`{bucket}` is in another region: {reason}"))
                .help("set AWS_REGION to the region of the bucket")
        }
        StoreErrorKind::Lost | StoreErrorKind::Busy => {
            Diagnostic::error(code::TRY_AGAIN, format!("`{location}` cannot be reached now: {reason}"))
                .help("check the network and the address of the store, then run again with `--resume`")
        }
        StoreErrorKind::NoObject => Diagnostic::error(code::STORE, format!("`{location}` does not exist")),
        StoreErrorKind::Other if reason.contains(NO_TLS) => {
            Diagnostic::error(code::STORE, format!("`{bucket}` cannot be reached: the connection is not encrypted"))
                .help("write https:// in AWS_ENDPOINT_URL, or set AWS_ALLOW_HTTP=true if that is intended")
        }
        StoreErrorKind::Other => {
            Diagnostic::error(code::STORE, format!("`{location}` cannot be reached: {reason}")).help(SETTINGS)
        }
    }
}

/// Returns the diagnostic for environment variables that contradict each other or are incomplete.
pub fn settings_diagnostic(bucket: &str, error: &Error) -> Diagnostic {
    let reason = explain(error);
    if lacks_root_certificates(&reason) {
        let message = format!("`{bucket}` cannot be opened: {NO_ROOT_CERTIFICATES}");
        return Diagnostic::error(code::STORE, message).help(ROOT_CERTIFICATES_HELP);
    }
    let help = if reason.contains("issing") || reason.contains("no credentials") {
        credentials_help(bucket)
    } else {
        SETTINGS
    };
    Diagnostic::error(code::STORE, format!("`{bucket}` cannot be opened: {reason}")).help(help)
}

/// Why an encrypted connection fails if [`lacks_root_certificates`].
pub const NO_ROOT_CERTIFICATES: &str = "the system has no root certificates for encrypted connections";

/// What to do about it.
pub const ROOT_CERTIFICATES_HELP: &str =
    "install the root certificates of the system (package ca-certificates), or name a file of them in SSL_CERT_FILE";

/// Returns whether a network client cannot be started because the system has no root certificates. rustls-platform-verifier
/// reports it only as text.
pub fn lacks_root_certificates(reason: &str) -> bool {
    reason.contains("No CA certificates")
}

const SETTINGS: &str = "run `gen-report explain E0610` for the list of environment variables";

/// Returns the scheme of a bucket's URL: `s3`, `gs` or `az`.
fn scheme(bucket: &str) -> &str {
    bucket.split(':').next().unwrap_or_default()
}

/// Returns the help for missing or wrong credentials.
fn credentials_help(bucket: &str) -> &'static str {
    match scheme(bucket) {
        "gs" => "set GOOGLE_APPLICATION_CREDENTIALS to the file of a key that may create, get, list and delete objects",
        "az" => {
            "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY, or other credentials that may write blobs"
        }
        _ => {
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN) to a key that may put, get, list and delete \
             objects"
        }
    }
}

/// Returns the store's own explanation: the code and message in its response, or else the innermost cause.
fn explain(error: &Error) -> String {
    let text = full_text(error);
    if is_metadata_request(&text) {
        return "no credentials in the environment".to_owned();
    }
    let content_of = |tag: &str| {
        let from = text.find(&format!("<{tag}>"))? + tag.len() + 2;
        let length = text.get(from..)?.find('<')?;
        text.get(from..from + length).filter(|text| !text.is_empty())
    };
    match (content_of("Code"), content_of("Message")) {
        (Some(code), Some(message)) => {
            // Azure adds the request id on further lines.
            let message = message.lines().next().unwrap_or_default();
            return format!("{} ({code})", message.trim_end_matches('.'));
        }
        (Some(code), None) => return code.to_owned(),
        _ => {}
    }
    if let Some(status) = http_status(&text) {
        return format!("the response has status {status}");
    }
    let text = innermost_cause(error).to_string();
    text.split(" (os error").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// Returns the cause that says most: that of the system.
pub fn innermost_cause<'e>(error: &'e (dyn std::error::Error + 'static)) -> &'e (dyn std::error::Error + 'static) {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause
}

/// Whether a failed request went to the metadata service of a cloud machine, which the client asks for credentials if
/// the environment has none.
fn is_metadata_request(text: &str) -> bool {
    ["169.254.", "metadata.google.internal"].iter().any(|address| text.contains(address))
}

/// Returns the messages of an error and its causes, one per line.
fn full_text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push('\n');
        text.push_str(&source.to_string());
        cause = source.source();
    }
    text
}

/// Returns the HTTP status of the response, which the client reports only as text.
fn http_status(text: &str) -> Option<u16> {
    text.split("status code: ").nth(1)?.get(..3)?.parse().ok()
}

/// Returns the HTTP error among the causes of an error.
fn find_http_error(error: &Error) -> Option<&HttpError> {
    let mut cause = error.source();
    while let Some(source) = cause {
        if let Some(found) = source.downcast_ref::<HttpError>() {
            return Some(found);
        }
        cause = source.source();
    }
    None
}
