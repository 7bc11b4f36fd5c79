//! What a bucket answers when it does not do as it is asked, in the user's words.

use std::error::Error as _;

use object_store::Error;
use object_store::client::{HttpError, HttpErrorKind};

use crate::diagnostic::{Diagnostic, code};

/// Kinds of trouble, by what is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such object.
    NoObject,
    NoBucket,
    /// Credentials that are wrong, missing, out of date, or not allowed to do this.
    Refused,
    /// The bucket is elsewhere.
    Elsewhere,
    /// The answer was lost: the store may have done what it was asked.
    Lost,
    /// It cannot be reached, or is not able to answer now.
    Busy,
    Other,
}

/// What the client says of an address without encryption.
const NO_TLS: &str = "scheme is not allowed";

pub fn of(error: &Error) -> Trouble {
    let said = said(error);
    let missing = ["NoSuchBucket", "ContainerNotFound", "specified bucket does not exist"];
    if missing.iter().any(|name| said.contains(name)) {
        return Trouble::NoBucket;
    }
    if asks_machine(&said) {
        return Trouble::Refused;
    }
    match error {
        Error::NotFound { .. } => return Trouble::NoObject,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => return Trouble::Refused,
        _ => {}
    }
    if said.contains("incorrectly configured region") {
        return Trouble::Elsewhere;
    }
    match status(&said) {
        Some(408 | 429 | 500..=599) => return Trouble::Busy,
        Some(401 | 403) => return Trouble::Refused,
        Some(301 | 307) => return Trouble::Elsewhere,
        _ => {}
    }
    // Names that S3 gives with 400.
    if ["ExpiredToken", "InvalidToken", "TokenRefreshRequired"].iter().any(|name| said.contains(name)) {
        return Trouble::Refused;
    }
    match transport(error).map(HttpError::kind) {
        None => Trouble::Other,
        Some(_) if said.contains(NO_TLS) => Trouble::Other,
        Some(HttpErrorKind::Connect | HttpErrorKind::Request) => Trouble::Busy,
        Some(_) => Trouble::Lost,
    }
}

/// What is told of a bucket that was not reached before.
pub fn still_down() -> Error {
    Error::Generic { store: "bucket", source: Box::new(HttpError::new(HttpErrorKind::Connect, Unreached)) }
}

#[derive(Debug)]
struct Unreached;

impl std::error::Error for Unreached {}

impl std::fmt::Display for Unreached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it was not reached before")
    }
}

/// What to tell when an object, or a folder of objects, could not be reached.
pub fn diagnostic(bucket: &str, shown: &str, error: &Error) -> Diagnostic {
    let why = why(error);
    match of(error) {
        Trouble::NoBucket => {
            Diagnostic::error(code::STORE, format!("there is no bucket `{bucket}`")).help(match kind(bucket) {
                "s3" => "check its name, or create it; a bucket of Amazon may need its region too (AWS_REGION)",
                "az" => "check the name of the container and of the account (AZURE_STORAGE_ACCOUNT_NAME), or create it",
                _ => "check its name, or create it",
            })
        }
        Trouble::Refused => {
            Diagnostic::error(code::STORE, format!("`{bucket}` refuses: {why}")).help(credentials(bucket))
        }
        Trouble::Elsewhere => {
            Diagnostic::error(code::STORE, format!("`{bucket}` is not in the region that was asked: {why}"))
                .help("set AWS_REGION to the region of the bucket")
        }
        Trouble::Lost | Trouble::Busy => {
            Diagnostic::error(code::TRY_AGAIN, format!("`{shown}` cannot be reached now: {why}"))
                .help("check the network and the address of the store, then run again with --resume")
        }
        Trouble::NoObject => Diagnostic::error(code::STORE, format!("`{shown}` is not there")),
        Trouble::Other if why.contains(NO_TLS) => {
            Diagnostic::error(code::STORE, format!("`{bucket}` cannot be reached: the connection is not encrypted"))
                .help("write https:// in AWS_ENDPOINT_URL, or set AWS_ALLOW_HTTP=true where it is meant to be so")
        }
        Trouble::Other => Diagnostic::error(code::STORE, format!("`{shown}` cannot be reached: {why}")).help(SETTINGS),
    }
}

/// Settings of the environment that contradict each other or lack something.
pub fn unusable(bucket: &str, error: &Error) -> Diagnostic {
    let why = why(error);
    let help = if why.contains("issing") || why.contains("no credentials") { credentials(bucket) } else { SETTINGS };
    Diagnostic::error(code::STORE, format!("`{bucket}` cannot be opened: {why}")).help(help)
}

const SETTINGS: &str = "`gen-report explain E0610` lists the settings of the environment";

/// `s3`, `gs` or `az`.
fn kind(bucket: &str) -> &str {
    bucket.split(':').next().unwrap_or_default()
}

fn credentials(bucket: &str) -> &'static str {
    match kind(bucket) {
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

/// The store's own words: the code and message of its answer, or the innermost cause.
fn why(error: &Error) -> String {
    let said = said(error);
    if asks_machine(&said) {
        return "there are no credentials in the environment".to_owned();
    }
    let inside = |tag: &str| {
        let from = said.find(&format!("<{tag}>"))? + tag.len() + 2;
        let length = said.get(from..)?.find('<')?;
        said.get(from..from + length).filter(|text| !text.is_empty())
    };
    match (inside("Code"), inside("Message")) {
        (Some(code), Some(message)) => {
            // Azure numbers the request on further lines.
            let message = message.lines().next().unwrap_or_default();
            return format!("{} ({code})", message.trim_end_matches('.'));
        }
        (Some(code), None) => return code.to_owned(),
        _ => {}
    }
    if let Some(status) = status(&said) {
        return format!("it answers {status}");
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    let text = cause.to_string();
    text.split(" (os error").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// Whether the machine itself was asked for a key, at the addresses where clouds have them.
fn asks_machine(said: &str) -> bool {
    ["169.254.", "metadata.google.internal"].iter().any(|address| said.contains(address))
}

/// All that an error says, with its causes.
fn said(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        text.push('\n');
        text.push_str(&source.to_string());
        cause = source.source();
    }
    text
}

/// The status of the answer, which the client tells only in words.
fn status(said: &str) -> Option<u16> {
    said.split("status code: ").nth(1)?.get(..3)?.parse().ok()
}

fn transport(error: &Error) -> Option<&HttpError> {
    let mut cause = error.source();
    while let Some(source) = cause {
        if let Some(found) = source.downcast_ref::<HttpError>() {
            return Some(found);
        }
        cause = source.source();
    }
    None
}
