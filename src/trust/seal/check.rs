//! Whether the seal of a PDF is genuine.

use std::time::Duration;

use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use serde_json::{Value as Json, json};
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, anchor_from_trusted_cert, ring};

use super::certificate::Chain;
use super::signed_data::{SignedData, signed_attributes};
use super::{day, digest, read_pdf_date};
use crate::hash::hex;
use crate::pdf::sign::{Found, find_signature};
use crate::trust::Status;

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
}

impl Sealed {
    pub fn to_json(&self) -> Json {
        json!({ "holder": self.holder, "date": self.date, "certificate": self.certificate })
    }
}

/// The answer to the question whether the seal of a PDF is genuine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has no seal.
    Unsealed,
    Genuine(Sealed),
    /// It has a seal that is not genuine, and why.
    Refused(Status, String),
}

/// The algorithms with which authorities sign certificates.
const ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = &[
    ring::ECDSA_P256_SHA256,
    ring::ECDSA_P256_SHA384,
    ring::ECDSA_P384_SHA256,
    ring::ECDSA_P384_SHA384,
    ring::ED25519,
    ring::RSA_PKCS1_2048_8192_SHA256,
    ring::RSA_PKCS1_2048_8192_SHA384,
    ring::RSA_PKCS1_2048_8192_SHA512,
    ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
];

/// The purposes of keys that may sign documents. A certificate without purposes may sign too; one for a website may not.
struct DocumentSigning;

impl ExtendedKeyUsageValidator for DocumentSigning {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        const DOCUMENT_SIGNING: &[usize] = &[1, 3, 6, 1, 5, 5, 7, 3, 36];
        const EMAIL: &[usize] = &[1, 3, 6, 1, 5, 5, 7, 3, 4];
        const ADOBE_AUTHENTIC_DOCUMENTS: &[usize] = &[1, 2, 840, 113_583, 1, 1, 5];
        const MICROSOFT_DOCUMENT_SIGNING: &[usize] = &[1, 3, 6, 1, 4, 1, 311, 10, 3, 12];
        const ANY: &[usize] = &[2, 5, 29, 37, 0];
        let mut has_other = false;
        for purpose in purposes {
            let purpose = purpose?.to_decoded_oid();
            let known = [DOCUMENT_SIGNING, EMAIL, ADOBE_AUTHENTIC_DOCUMENTS, MICROSOFT_DOCUMENT_SIGNING, ANY];
            if known.contains(&purpose.as_slice()) {
                return Ok(());
            }
            has_other = true;
        }
        if has_other { Err(webpki::Error::ExtensionValueInvalid) } else { Ok(()) }
    }
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

    pub fn check(&self, pdf: &[u8]) -> Answer {
        let altered = |why: &str| Answer::Refused(Status::Altered, why.to_owned());
        let signature = match find_signature(pdf) {
            Found::Nothing => return Answer::Unsealed,
            Found::Other => {
                return altered("its seal does not cover the whole file: something was added or changed after sealing");
            }
            Found::Signature(signature) => signature,
        };
        let digest = digest(signature.signed);
        let Some(signed_data) = SignedData::from_der(&signature.contents, &digest) else {
            return altered("the file was changed after it was sealed");
        };
        let SignedData { chain, signature: value } = signed_data;
        let attributes = signed_attributes(&digest, &chain);
        let signer = CertificateDer::from(chain.signer());
        let is_signed = EndEntityCert::try_from(&signer)
            .is_ok_and(|signer| signer.verify_signature(ring::ECDSA_P256_SHA256, &attributes, &value).is_ok());
        let time = read_pdf_date(&signature.date);
        let (true, Some(time)) = (is_signed, time) else {
            return altered("the signature of its seal is wrong");
        };
        let holder = printable(&chain.holder());
        let unknown = |why: &str| {
            let reason = format!("the seal is intact, but {why} (it names “{holder}” as its signer)");
            Answer::Refused(Status::UnknownIssuer, reason)
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
        Answer::Genuine(Sealed { holder, date: day(time), certificate: hex(&chain.fingerprint()) })
    }

    /// Returns whether every certificate of a seal is known, or confirmed by a known one.
    fn trusts(&self, chain: &Chain, time: u64) -> bool {
        let others = |chain: &Chain| {
            let mut others = chain.certificates().get(1..).unwrap_or_default().to_vec();
            others.sort();
            others
        };
        let is_published = |known: &Chain| known.signer() == chain.signer() && others(known) == others(chain);
        self.chains.iter().any(is_published) || self.confirms(chain, time).is_some()
    }

    /// Returns `Some` if the roots confirm every certificate of a seal.
    fn confirms(&self, chain: &Chain, time: u64) -> Option<()> {
        let is_root = |der: &[u8]| self.roots.iter().any(|root| root == der);
        let unknown: Vec<&Vec<u8>> = chain.certificates().iter().filter(|it| !is_root(it)).collect();
        if unknown.is_empty() {
            return Some(());
        }
        let roots: Vec<CertificateDer<'_>> =
            self.roots.iter().map(|root| CertificateDer::from(root.as_slice())).collect();
        let anchors: Vec<TrustAnchor<'_>> =
            roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect();
        let others = chain.certificates().get(1..).unwrap_or_default();
        let others: Vec<CertificateDer<'_>> = others.iter().map(|it| CertificateDer::from(it.as_slice())).collect();
        let signer = CertificateDer::from(chain.signer());
        let signer = EndEntityCert::try_from(&signer).ok()?;
        let time = UnixTime::since_unix_epoch(Duration::from_secs(time));
        let path = signer.verify_for_usage(ALGORITHMS, &anchors, &others, time, DocumentSigning, None, None).ok()?;
        let confirmed: Vec<CertificateDer<'_>> = path.intermediate_certificates().map(|it| it.der()).collect();
        let is_confirmed = |der: &&Vec<u8>| {
            der.as_slice() == chain.signer() || confirmed.iter().any(|it| it.as_ref() == der.as_slice())
        };
        unknown.iter().all(is_confirmed).then_some(())
    }
}

/// Returns a name from a certificate without control characters, which could rewrite the line on a terminal.
fn printable(name: &str) -> String {
    name.chars().take(200).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
