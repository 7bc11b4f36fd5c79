//! The options of signing, and the commands about keys and certificates.

use std::ffi::OsStr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{ArgGroup, Args, Subcommand};

use super::{parse_jobs, parse_seconds};
use crate::results::Date;
use crate::trust::hardware::KeyUri;
use crate::trust::key::KeyLocation;
use crate::trust::seal::{Profile, SealAlgorithm};

/// The key with which a run signs.
#[derive(Args, Debug)]
pub struct SignArgs {
    /// Sign with this key: its name, or its file (for example issuer or ./issuer.pem)
    #[arg(long, value_name = "KEY")]
    pub sign: Option<KeyLocation>,
    #[command(flatten)]
    pub password: PasswordArgs,
}

/// The key with which a run signs and seals.
#[derive(Args, Debug)]
pub struct SealArgs {
    #[command(flatten)]
    pub signing: SignArgs,
    /// Format of the seals that `--sign` puts on PDFs
    #[arg(long, value_name = "PROFILE", value_enum, default_value_t)]
    pub seal_profile: Profile,
    /// Put the signature field on the printed seal of a certificate, where PDF readers show it; other documents have no printed seal
    #[arg(long, requires = "sign")]
    pub visible_seal: bool,
    /// Add a time stamp from this server to each seal (PAdES B-T; for example http://tsa.example.org); with `merge`, the server of the shards, to which nothing is sent
    #[cfg(feature = "cloud")]
    #[arg(long, value_name = "URL", requires = "sign", value_parser = parse_http_url)]
    pub timestamp: Option<reqwest::Url>,
    /// File with certificates of authorities, revocation lists or OCSP responses, to put into each seal (PAdES B-LT); can be repeated
    #[cfg(feature = "cloud")]
    #[arg(long, value_name = "FILE", requires = "timestamp")]
    pub validation_data: Vec<PathBuf>,
    /// Add a time stamp of the whole sealed file, so that the seal outlives the certificates (PAdES B-LTA)
    #[cfg(feature = "cloud")]
    #[arg(long, requires = "validation_data")]
    pub document_timestamp: bool,
}

impl SealArgs {
    /// Returns whether seals are to have time stamps. Without the feature `cloud` there are none.
    pub fn has_time_stamps(&self) -> bool {
        #[cfg(feature = "cloud")]
        return self.timestamp.is_some();
        #[cfg(not(feature = "cloud"))]
        return false;
    }
}

/// Requirements for time stamps.
#[cfg(feature = "cloud")]
#[derive(Args, Debug)]
pub struct TimeStampArgs {
    /// File with certificates of authorities (PEM or DER); a time stamp that they do not confirm is an error
    #[arg(long, value_name = "FILE", requires = "timestamp")]
    pub timestamp_trust: Option<PathBuf>,
    /// Policy that time stamps must follow (for example 1.2.3.4.1) [default: that of the server]
    #[arg(long, value_name = "OID", requires = "timestamp", value_parser = parse_oid)]
    pub timestamp_policy: Option<der::asn1::ObjectIdentifier>,
}

#[cfg(feature = "cloud")]
fn parse_http_url(text: &str) -> Result<reqwest::Url, String> {
    let url: reqwest::Url = text.parse().map_err(|error| format!("{error}; write it as http://tsa.example.org"))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err("an address begins with http:// or https://".to_owned()),
    }
}

#[cfg(feature = "cloud")]
fn parse_oid(text: &str) -> Result<der::asn1::ObjectIdentifier, String> {
    text.parse().map_err(|_| "expected numbers with dots between them (for example 1.2.3.4.1)".to_owned())
}

#[derive(Args, Debug)]
pub struct PasswordArgs {
    /// File whose first line is the password of the key [default: GEN_REPORT_KEY_PASSWORD, or the program asks for it]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

impl PasswordArgs {
    pub fn file(&self) -> Option<&Path> {
        self.password_file.as_deref()
    }
}

#[derive(Args, Debug)]
pub struct KeysArgs {
    #[command(subcommand)]
    pub command: KeysCommand,
}

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key for codes and one for seals, and store them encrypted with a password
    New(NewKeyArgs),
    /// Print the identifier of a key, its public key and its certificate
    Show(KeyArgs),
    /// Print a certificate signing request (CSR) to send to a certificate authority
    Request(KeyArgs),
    /// Import the certificate that an authority has issued for a key, or a key for seals that the authority has made (PKCS#12 file)
    Import(ImportArgs),
    /// Write the website with which everyone can check certificates: public keys, withdrawn certificates and a page
    Publish(PublishArgs),
}

#[derive(Args, Debug)]
pub struct KeyArgs {
    /// Name of the key (for example issuer; the file is then in ~/.config/gen-report/keys), or its file (for example ./issuer.pem)
    #[arg(value_name = "KEY")]
    pub key: KeyLocation,
    #[command(flatten)]
    pub password: PasswordArgs,
}

/// Parses the address of a key in hardware. Unlike clap's parsers, it does not repeat a wrong one, which may contain a PIN.
#[derive(Clone)]
struct KeyUriParser;

impl TypedValueParser for KeyUriParser {
    type Value = KeyUri;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<KeyUri, clap::Error> {
        value.to_string_lossy().parse().map_err(|why: String| {
            let option = arg.map(ToString::to_string).unwrap_or_default();
            let message = format!("invalid value for '{option}': {why}\n");
            clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
        })
    }
}

#[derive(Args, Debug)]
pub struct NewKeyArgs {
    #[command(flatten)]
    pub key: KeyArgs,
    /// Name of the organisation, which PDF readers show as signer (for example "Example City Network") [default: the name of the key]
    #[arg(long, value_name = "NAME")]
    pub holder: Option<String>,
    /// Algorithm of the key for seals
    #[arg(long, value_name = "ALGORITHM", value_enum, default_value_t)]
    pub seal_algorithm: SealAlgorithm,
    /// Use a key in hardware for seals (for example "pkcs11:token=Seals;object=issuer?module-path=/usr/lib/opensc-pkcs11.so")
    #[arg(long, value_name = "URI", value_parser = KeyUriParser, conflicts_with = "seal_algorithm")]
    pub seal_key: Option<KeyUri>,
    /// Use an Ed25519 key in hardware for codes and credentials
    #[arg(long, value_name = "URI", value_parser = KeyUriParser)]
    pub code_key: Option<KeyUri>,
}

#[derive(Args, Debug)]
pub struct ImportArgs {
    #[command(flatten)]
    pub key: KeyArgs,
    /// File with the certificate of the key and those of the authorities above it (PEM; DER: the certificate alone), or with a key for seals and its certificates (PEM, or PKCS#12: .p12, .pfx)
    #[arg(long, value_name = "FILE")]
    pub certificate: PathBuf,
    /// Use the key in hardware to which the certificate belongs, for seals (for example "pkcs11:token=Seals;object=issuer?module-path=/usr/lib/opensc-pkcs11.so")
    #[arg(long, value_name = "URI", value_parser = KeyUriParser)]
    pub seal_key: Option<KeyUri>,
    /// File whose first line is the password of the imported key [default: GEN_REPORT_PKCS12_PASSWORD, or the program asks for it]
    #[arg(long, value_name = "FILE")]
    pub pkcs12_password_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct PublishArgs {
    /// Folder for the website; keys that its keys.json has already are kept
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Name of the key, or its file
    #[arg(value_name = "KEY")]
    pub key: KeyLocation,
    #[command(flatten)]
    pub password: PasswordArgs,
    /// Day for which the list of withdrawn certificates is made [default: SOURCE_DATE_EPOCH, or the day of the last withdrawal or of the press release, whichever is later]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub date: Option<Date>,
}

#[derive(Args, Debug)]
pub struct RevokeArgs {
    /// Serial number of the certificate (for example 2025-01-0001)
    #[arg(value_name = "SERIAL")]
    pub serial: String,
    /// Why it is revoked, in words that everyone may read
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Day from which it is no longer valid; required unless SOURCE_DATE_EPOCH is set
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub date: Option<Date>,
}

#[derive(Args, Debug)]
pub struct SupersedeArgs {
    /// Serial number of the certificate that is replaced (for example 2025-01-0001)
    #[arg(value_name = "OLD")]
    pub old: String,
    /// Serial number of the certificate that replaces it (for example 2025-01-0001-B)
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Why it is replaced, in words that everyone may read
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Day from which the old one is no longer valid; required unless SOURCE_DATE_EPOCH is set
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub date: Option<Date>,
}

#[derive(Args, Debug)]
#[command(override_usage = "gen-report verify [OPTIONS] <--keys <FILE>|--trust <FILE>> <INPUT>...")]
#[command(group(ArgGroup::new("genuine").args(["keys", "trust"]).required(true).multiple(true)))]
pub struct VerifyArgs {
    /// PDFs, scans (PNG or JPEG), credentials (.jwt); folders, ZIP archives or buckets (s3://, gs://, az://) of them; addresses
    /// that a code contains; or - for standard input
    #[arg(value_name = "INPUT", required_unless_present = "worker")]
    pub inputs: Vec<String>,
    /// Public keys of the issuer: the keys.json that it has published
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// File with certificates of authorities or issuers whose seals are genuine (PEM or DER)
    #[arg(long, value_name = "FILE")]
    pub trust: Option<PathBuf>,
    /// Withdrawn certificates: the status.jwt that the issuer has published (requires --keys) [default: withdrawals are not checked]
    #[arg(long, value_name = "FILE", requires = "keys")]
    pub status: Option<PathBuf>,
    /// Day for which to check whether a certificate has expired [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub date: Option<Date>,
    /// Number of files to read at the same time [default: number of cores]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Time limit for one page or picture, in seconds
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds, default_value = "30")]
    pub timeout: Duration,
    /// How long to retry an unresponsive bucket, in seconds
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds, default_value = "60")]
    pub patience: Duration,
    #[arg(long, hide = true)]
    pub worker: bool,
}

fn parse_day(text: &str) -> Result<Date, String> {
    let day = Date::parse(text).filter(|date| date.day.is_some() && date.time.is_none());
    day.ok_or_else(|| "write year, month and day, as in 2026-01-15".to_owned())
}
