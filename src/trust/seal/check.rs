//! Whether the seal of a PDF is genuine.

use rustls_pki_types::CertificateDer;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use webpki::EndEntityCert;

use super::asn1::strip_padding;
use super::certificate::Chain;
use super::confirm::{Purpose, confirms};
use super::signed_data::{SignedData, signed_attributes};
use super::time_stamp::Token;
use super::{digest, format_day, format_moment, read_pdf_date};
use crate::hash::hex;
use crate::pdf::sign::{SignatureSearch, SignedRevision, find_signature};
use crate::trust::Status;
use crate::trust::claim::printable;

/// Whose seals are genuine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedSeals {
    /// The certificates of issuers, each with those of the authorities above it.
    chains: Vec<Chain>,
    /// Certificates in DER, each of an authority or of an issuer, from `--trust`.
    roots: Vec<Vec<u8>>,
}

/// Who has sealed a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub holder: String,
    /// The day of signing, as the signer states it.
    pub date: String,
    /// The SHA-256 of the signer's certificate in hexadecimal.
    pub certificate: String,
    pub time_stamp: Option<TimeStamp>,
    /// The time stamp of the whole file with its seal. A given certificate confirms its authority.
    pub document_time_stamp: Option<TimeStamp>,
}

/// When an authority has seen a seal, or a sealed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStamp {
    /// The moment in UTC: 2025-11-28T00:00:00Z.
    pub time: String,
    pub authority: String,
    /// Whether a given certificate confirms who the authority is. Otherwise anybody may have made the time stamp.
    pub is_confirmed: bool,
}

impl TimeStamp {
    fn new(token: &Token, is_confirmed: bool) -> Self {
        Self { time: format_moment(token.time), authority: shown_name(&token.chain), is_confirmed }
    }

    pub fn to_json(&self) -> Json {
        json!({ "time": self.time, "authority": self.authority, "confirmed": self.is_confirmed })
    }

    /// Returns a sentence part for people.
    pub fn describe(&self) -> String {
        let Self { time, authority, is_confirmed } = self;
        let remark = if *is_confirmed { "" } else { ", an authority that no given certificate confirms" };
        format!("time stamp {time} of {authority}{remark}")
    }
}

impl Sealed {
    pub fn to_json(&self) -> Json {
        let [time_stamp, of_document] =
            [&self.time_stamp, &self.document_time_stamp].map(|stamp| stamp.as_ref().map(TimeStamp::to_json));
        json!({
            "holder": self.holder, "date": self.date, "certificate": self.certificate, "time-stamp": time_stamp,
            "document-time-stamp": of_document,
        })
    }

    /// Returns a sentence part for people about each time stamp.
    pub fn describe_time_stamps(&self) -> impl Iterator<Item = String> {
        let of_document = self.document_time_stamp.iter().map(|stamp| format!("document {}", stamp.describe()));
        self.time_stamp.iter().map(TimeStamp::describe).chain(of_document)
    }
}

/// The answer to the question whether the seal of a PDF is genuine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealCheck {
    /// It has no seal.
    Unsealed,
    Genuine(Sealed),
    /// It has a seal that is not genuine, and why.
    Refused(Status, String),
}

impl TrustedSeals {
    /// Adds the certificate of an issuer with those above it.
    pub fn add_chain(&mut self, chain: Chain) {
        if !self.chains.contains(&chain) {
            self.chains.push(chain);
            self.chains.sort_by_key(Chain::fingerprint);
        }
    }

    /// Adds certificates in DER of authorities or issuers.
    pub fn add_roots(&mut self, roots: Vec<Vec<u8>>) {
        self.roots.extend(roots);
    }

    /// The certificates of issuers.
    pub fn chains(&self) -> &[Chain] {
        &self.chains
    }

    pub fn check(&self, pdf: &[u8]) -> SealCheck {
        let altered = |why: &str| SealCheck::Refused(Status::Altered, why.to_owned());
        let signature = match find_signature(pdf) {
            SignatureSearch::Nothing => return SealCheck::Unsealed,
            SignatureSearch::Other => {
                return altered("its seal does not cover the whole file: something was added or changed after sealing");
            }
            SignatureSearch::Signature(signature) => signature,
        };
        let digest = digest(signature.signed.bytes);
        let Some(signed_data) = SignedData::from_der(&signature.signed.contents, &digest) else {
            return altered("the file was changed after it was sealed");
        };
        let SignedData { chain, signature: value, token } = signed_data;
        let attributes = signed_attributes(&digest, &chain);
        let signer = CertificateDer::from(chain.signer_certificate());
        let is_signed = chain.public_key().is_some_and(|key| {
            let signer = EndEntityCert::try_from(&signer);
            signer.is_ok_and(|signer| signer.verify_signature(key.verifier(), &attributes, &value).is_ok())
        });
        let time = read_pdf_date(&signature.date);
        let (true, Some(time)) = (is_signed, time) else {
            return altered("the signature of its seal is wrong");
        };
        let imprint = Sha256::digest(&value).into();
        let Ok(token) = token.map(|token| Token::from_der(&token, &imprint)).transpose() else {
            return altered("the time stamp of its seal is wrong");
        };
        let document_token = signature.time_stamp.map(|signed| read_document_time_stamp(&signed).ok_or(()));
        let Ok(document_token) = document_token.transpose() else {
            return altered("the time stamp of the document is wrong, or the file was changed after it was sealed");
        };
        let is_confirmed = |token: &Token| confirms(&self.roots, &token.chain, token.time, Purpose::TimeStamps);
        let token = token.map(|token| (is_confirmed(&token), token));
        // What an unknown authority says about the time is worth no more than what the signer says.
        let stated_time = time;
        let time = token.iter().find(|(is_confirmed, _)| *is_confirmed).map_or(time, |(_, token)| token.time);
        let holder = shown_name(&chain);
        let unknown = |why: &str| {
            let reason = format!("the seal is intact, but {why} (it names “{holder}” as its signer)");
            SealCheck::Refused(Status::UnknownIssuer, reason)
        };
        if !self.trusts(&chain, time) {
            return unknown("none of the given certificates confirms who made it");
        }
        if !chain.permits_signatures() {
            return unknown("its certificate is not for signatures of documents");
        }
        if chain.validity().is_none_or(|(from, until)| time < from || time > until) {
            return unknown("its certificate was not valid on the day of signing");
        }
        // It was added after sealing, so it is accepted only from an authority that a given certificate confirms.
        if document_token.as_ref().is_some_and(|token| !is_confirmed(token)) {
            return unknown(
                "none of the given certificates confirms the authority of the document time stamp after it",
            );
        }
        SealCheck::Genuine(Sealed {
            holder,
            date: format_day(stated_time),
            certificate: hex(&chain.fingerprint()),
            time_stamp: token.map(|(is_confirmed, token)| TimeStamp::new(&token, is_confirmed)),
            document_time_stamp: document_token.map(|token| TimeStamp::new(&token, true)),
        })
    }

    /// Returns whether every certificate of a seal is known, or confirmed by a known one.
    fn trusts(&self, chain: &Chain, time: u64) -> bool {
        let others = |chain: &Chain| {
            let mut others = chain.certificates().get(1..).unwrap_or_default().to_vec();
            others.sort();
            others
        };
        let is_published =
            |known: &Chain| known.signer_certificate() == chain.signer_certificate() && others(known) == others(chain);
        self.chains.iter().any(is_published) || confirms(&self.roots, chain, time, Purpose::Documents)
    }
}

/// Reads a document time stamp. Returns `None` if it is wrong, or about other bytes.
fn read_document_time_stamp(signed: &SignedRevision<'_>) -> Option<Token> {
    Token::from_der(strip_padding(&signed.contents)?, &digest(signed.bytes)).ok()
}

/// Returns the holder of a certificate as a line may show it.
fn shown_name(chain: &Chain) -> String {
    printable(&chain.holder().chars().take(200).collect::<String>())
}
