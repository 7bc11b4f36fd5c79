//! The seal of a PDF: a digital signature of all its bytes, which PDF readers check too (PAdES baselines B-B, B-T, B-LT and
//! B-LTA, ETSI EN 319 142-1).
//!
//! - [`jwk`]: a certificate in a key set
//! - [`key`]: the secret key of the seal
//! - [`rsa`]: a secret key of RSA
//! - [`public_key`]: the public key of the seal, and its algorithms
//! - [`key_pem`]: a key with its certificates in a text
//! - [`pem`]: files of certificates
//! - [`pkcs12`]: a key with its certificates in a file of an authority
//! - [`certificate`]: the certificates that say whose key it is
//! - [`signed_data`]: the signature with its certificates
//! - [`time_stamp`]: when an authority has seen the signature
//! - [`ocsp`]: what an authority answers about one certificate
//! - [`revocation_list`]: which certificates a revocation list covers
//! - [`validation`]: what readers need when authorities no longer answer
//! - [`confirm`]: whether known certificates confirm others
//! - [`check`]: whether the seal of a PDF is genuine

pub(super) mod asn1;
pub mod certificate;
pub mod check;
mod confirm;
pub mod jwk;
pub mod key;
pub mod key_pem;
mod ocsp;
pub mod pem;
pub mod pkcs12;
pub mod public_key;
mod revocation_list;
mod rsa;
pub mod signed_data;
pub mod time_stamp;
pub mod validation;

use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use der::DateTime;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use certificate::Chain;
pub use confirm::Purpose;
pub use key::{SealAlgorithm, SealKey};
pub use time_stamp::TimeStampAuthority;
pub use validation::ValidationData;

use crate::diagnostic::{Diagnostic, Result, code};
use crate::hash::hex;
use crate::pdf::sign::{SignatureField, SignatureSearch, VisiblePlace, fill, find_signature, write_signature};
use crate::pdf::splice::TypstPdf;
use crate::pdf::time_stamp as document_time_stamp;
use signed_data::SignedData;

/// The format of a seal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
pub enum Profile {
    /// PAdES baseline, for Acrobat and authorities
    #[default]
    Pades,
    /// The older adbe.pkcs7.detached, for Firefox and readers that do not know PAdES
    Pkcs7,
}

impl Profile {
    fn sub_filter(self) -> &'static str {
        match self {
            Self::Pades => "ETSI.CAdES.detached",
            Self::Pkcs7 => "adbe.pkcs7.detached",
        }
    }
}

/// What the documents of a run are sealed with.
#[derive(Clone, Serialize, Deserialize)]
pub struct Seal {
    key: SealKey,
    chain: Chain,
    profile: Profile,
    /// The time of signing, as a PDF date string.
    date: String,
    holder: String,
    /// The longest signature that the field can hold, in bytes.
    max_length: usize,
    time_stamps: Option<TimeStamps>,
    validation: Option<ValidationData>,
    /// Whether the files get a document time stamp too.
    is_archived: bool,
    /// Whether the field of the seal is where a seal is printed.
    is_visible: bool,
}

/// The time stamps of seals.
#[derive(Clone, Serialize, Deserialize)]
struct TimeStamps {
    /// The address of the authority, for [`Seal::identity`].
    address: String,
    /// The name of the authority in its certificate, or else its address; empty before it has answered.
    authority: String,
    /// `None` in a process that writes seals without their time stamps.
    #[serde(skip)]
    connection: Option<Connection>,
}

/// An authority that has answered.
#[derive(Clone)]
struct Connection {
    authority: Arc<dyn TimeStampAuthority>,
    /// The certificates with which it signs.
    chain: Chain,
    /// In bytes.
    max_token_length: usize,
}

/// How much longer than the first token another one may be, in bytes: numbers and signatures differ in length.
const TOKEN_MARGIN: usize = 1024;

impl Seal {
    /// Returns the seal of a key with its certificates. The time of signing is `time`, in seconds since 1970, or the moment from
    /// which the certificate is valid, if that is later.
    pub fn new(key: SealKey, chain: Chain, profile: Profile, time: u64) -> Result<Self> {
        let unusable = |why: String, help: &str| Diagnostic::error(code::CERTIFICATE, why).help(help.to_owned());
        let holder = chain.holder();
        let damaged = || unusable("the certificate of the seal is damaged".to_owned(), "import it again");
        if chain.public_key().as_ref() != Some(key.public_key()) {
            let help = "import the certificate that the authority has issued for this key";
            return Err(unusable(format!("the certificate of `{holder}` belongs to another key"), help));
        }
        let (from, until) = chain.validity().ok_or_else(damaged)?;
        let time = time.max(from);
        if time > until {
            let message = format!(
                "the certificate of `{holder}` was valid until {}, and the documents are from {}",
                format_day(until),
                format_day(time)
            );
            return Err(unusable(message, "import a newer certificate, or make a new key"));
        }
        let date = pdf_date(time).ok_or_else(damaged)?;
        let max_length = signed_data::max_length(&chain, None).ok_or_else(damaged)?;
        Ok(Self {
            key,
            chain,
            profile,
            date,
            holder,
            max_length,
            time_stamps: None,
            validation: None,
            is_archived: false,
            is_visible: false,
        })
    }

    /// Puts the field of the seal where a document prints a seal. A document that prints none keeps an invisible field.
    pub fn make_visible(&mut self) {
        self.is_visible = true;
    }

    /// Marks the seals as time-stamped, so that documents without a time stamp, or with one of another authority, are out of date.
    pub fn set_time_stamp_address(&mut self, address: String) {
        self.time_stamps = Some(TimeStamps { address, authority: String::new(), connection: None });
    }

    /// Makes the seals contain what readers need when the authorities no longer answer.
    pub fn set_validation_data(&mut self, data: ValidationData) {
        self.validation = Some(data);
    }

    /// Makes the files have a document time stamp besides: one of the whole file with its seal.
    ///
    /// # Errors
    /// If the seals are not PAdES, which alone has such time stamps.
    pub fn add_document_time_stamps(&mut self) -> Result<()> {
        if self.profile != Profile::Pades {
            let message = "`--document-timestamp` needs seals in the format PAdES";
            return Err(Diagnostic::error(code::TIME_STAMP, message).help("leave out `--seal-profile`"));
        }
        self.is_archived = true;
        Ok(())
    }

    /// Requests a first time stamp, which shows that the authority answers, and how long its tokens are. Checks for its time that the
    /// certificate of the seal is valid and that the validation data are complete, and adds the certificates of both signers to them.
    ///
    /// # Errors
    /// If the authority does not answer, the certificate has expired, or the validation data do not show that both certificates are
    /// valid.
    pub fn connect(&mut self, authority: Arc<dyn TimeStampAuthority>) -> Result<()> {
        let (der, token) = authority.stamp(&Sha256::digest(&self.date).into())?;
        let time = token.time;
        if let Some((_, until)) = self.chain.validity().filter(|(_, until)| time > *until) {
            let message = format!(
                "the certificate of `{}` was valid until {}, and the time stamps would be from {}",
                self.holder,
                format_day(until),
                format_day(time)
            );
            return Err(
                Diagnostic::error(code::CERTIFICATE, message).help("import a newer certificate, or make a new key")
            );
        }
        if let Some(data) = &mut self.validation {
            for (what, chain, purpose) in
                [("seal", &self.chain, Purpose::Documents), ("time stamps", &token.chain, Purpose::TimeStamps)]
            {
                data.check(chain, time, purpose).map_err(|why| {
                    let message =
                        format!("the validation data do not show that the certificate of the {what} is valid: {why}");
                    Diagnostic::error(code::CERTIFICATE, message).help(
                        "put the certificates of all authorities, up to the roots, and for each certificate below the roots the \
                         newest revocation list or a new OCSP response in the files of --validation-data",
                    )
                })?;
                data.add_certificates(chain);
            }
        }
        let max_token_length = der.len() + TOKEN_MARGIN;
        self.max_length = signed_data::max_length(&self.chain, Some(max_token_length)).unwrap_or(self.max_length);
        if let Some(stamps) = &mut self.time_stamps {
            let holder = token.chain.holder();
            stamps.authority = if holder.is_empty() { stamps.address.clone() } else { holder };
            stamps.connection = Some(Connection { authority, chain: token.chain, max_token_length });
        }
        Ok(())
    }

    /// Returns whether [`Self::stamp`] waits for an authority.
    pub fn has_time_stamps(&self) -> bool {
        self.time_stamps.is_some()
    }

    /// Returns a text that differs for different seals. The secret is not in it.
    pub fn identity(&self) -> String {
        let mut hasher = Sha256::new();
        self.chain.certificates().iter().for_each(|certificate| hasher.update(Sha256::digest(certificate)));
        let identity = format!("{} {} {}", self.profile.sub_filter(), self.date, hex(&hasher.finalize()));
        let identity = if self.is_visible { identity + " visible" } else { identity };
        let identity = self.time_stamps.iter().fold(identity, |text, stamps| format!("{text} {}", stamps.address));
        // Not the lists themselves: a newer one does not make a document out of date.
        match (self.validation.is_some(), self.is_archived) {
            (false, _) => identity,
            (true, false) => identity + " B-LT",
            (true, true) => identity + " B-LTA",
        }
    }

    /// Returns whether the field is on the printed seal of a document that has one.
    pub fn is_visible(&self) -> bool {
        self.is_visible
    }

    /// Adds the empty field of the seal, visible at `place` if there is one. Returns `None` if the PDF is not as Typst writes it.
    pub fn add_field(&self, objects: &mut TypstPdf<'_>, place: Option<&VisiblePlace>) -> Option<()> {
        let Self { date, holder, max_length, validation, .. } = self;
        let stored = validation.as_ref().map(ValidationData::to_store).unwrap_or_default();
        let field = SignatureField {
            sub_filter: self.profile.sub_filter(),
            signer: holder,
            date,
            max_length: *max_length,
            stored,
            time_stamp: self.time_stamps.as_ref().filter(|_| self.is_archived).map(|stamps| stamps.authority.as_str()),
            place,
        };
        field.add(objects)
    }

    /// Signs a PDF with an empty field. Returns `None` if it has no such field.
    ///
    /// # Errors
    /// If the key cannot sign.
    pub fn sign(&self, pdf: &mut [u8]) -> Option<Result<()>> {
        fill(pdf, |signed| {
            let digest = digest(signed);
            match self.key.sign(&signed_data::signed_attributes(&digest, &self.chain)) {
                Ok(signature) => signed_data::to_der(&digest, &self.chain, &signature, None).map(Ok),
                Err(problem) => Some(Err(problem)),
            }
        })
    }

    /// Adds the time stamps to a PDF that was sealed by [`Self::sign`]. Does nothing if seals have none.
    pub fn stamp(&self, pdf: &mut Vec<u8>) -> Result<()> {
        let Some(TimeStamps { address, connection: Some(connection), .. }) = &self.time_stamps else { return Ok(()) };
        let unusable = |why: &str, help: &str| {
            Diagnostic::error(code::TIME_STAMP, format!("the time stamp of `{address}` {why}")).help(help.to_owned())
        };
        let no_seal = || unusable("has no place in this PDF", "report this with the files of the project");
        let too_long = || unusable("is much longer than the first of this run", "run again with `--resume`");
        let request = |imprint: &[u8; 32]| -> Result<Vec<u8>> {
            let (der, token) = connection.authority.stamp(imprint)?;
            if self.validation.is_some() && token.chain != connection.chain {
                return Err(unusable(
                    "is signed with another certificate than the first of this run",
                    "run again with `--resume`",
                ));
            }
            Ok(der)
        };
        let SignatureSearch::Signature(found) = find_signature(pdf) else { return Err(no_seal()) };
        let [before, after] = found.signed.bytes;
        let (digest, start, end) = (digest(found.signed.bytes), before.len(), pdf.len() - after.len());
        let sealed = SignedData::from_der(&found.signed.contents, &digest).ok_or_else(no_seal)?;
        let token = request(&Sha256::digest(&sealed.signature).into())?;
        let sealed = signed_data::to_der(&digest, &self.chain, &sealed.signature, Some(&token)).ok_or_else(no_seal)?;
        write_signature(pdf, start, &sealed).ok_or_else(too_long)?;
        if !self.is_archived {
            return Ok(());
        }
        let length = connection.max_token_length;
        document_time_stamp::append(pdf, end, length, |covered| request(&self::digest(covered))).ok_or_else(too_long)?
    }
}

/// Returns the digest of the signed bytes of a file.
fn digest(signed: [&[u8]; 2]) -> signed_data::FileDigest {
    let mut hasher = Sha256::new();
    signed.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

fn date_time(seconds: u64) -> Option<DateTime> {
    DateTime::from_unix_duration(Duration::from_secs(seconds)).ok()
}

/// Returns a PDF date string (ISO 32000-2, 7.9.4).
fn pdf_date(seconds: u64) -> Option<String> {
    let digits: String = date_time(seconds)?.to_string().chars().filter(char::is_ascii_digit).collect();
    Some(format!("D:{digits}Z"))
}

/// Returns the seconds since 1970 of a PDF date string that [`pdf_date`] has written.
fn read_pdf_date(text: &str) -> Option<u64> {
    let seconds = read_digits(text.strip_prefix("D:")?.strip_suffix('Z')?)?;
    (pdf_date(seconds)? == text).then_some(seconds)
}

/// Returns the seconds since 1970 of the digits of a moment in UTC: 20251128000000.
fn read_digits(digits: &str) -> Option<u64> {
    (digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
    let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u8>().ok();
    let year = digits.get(..4)?.parse().ok()?;
    let time = DateTime::new(year, part(4..6)?, part(6..8)?, part(8..10)?, part(10..12)?, part(12..14)?).ok()?;
    Some(time.unix_duration().as_secs())
}

/// Returns the day of a moment: 2025-11-28.
pub fn format_day(seconds: u64) -> String {
    date_time(seconds).map(|time| time.to_string().chars().take(10).collect()).unwrap_or_default()
}

/// Returns a moment in UTC: 2025-11-28T00:00:00Z.
fn format_moment(seconds: u64) -> String {
    date_time(seconds).map(|time| time.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_one_way() {
        assert_eq!(pdf_date(1_764_288_000).as_deref(), Some("D:20251128000000Z"));
        assert_eq!(read_pdf_date("D:20251128000000Z"), Some(1_764_288_000));
        assert_eq!(format_day(1_764_288_000), "2025-11-28");
        for text in ["", "D:", "D:20251128000000", "D:20251328000000Z", "D:2025112800000+Z", "20251128000000Z"] {
            assert_eq!(read_pdf_date(text), None, "{text}");
        }
    }
}
