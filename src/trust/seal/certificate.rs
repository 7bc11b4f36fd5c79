//! Certificates (X.509, RFC 5280) of the keys that seal, made here for a closed circle or given by an authority, and of time-stamping
//! authorities.

use std::time::Duration;

use data_encoding::BASE64;
use der::asn1::{GeneralizedTime, ObjectIdentifier, UtcTime};
use der::{Decode, Encode};
use rustls_pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use webpki::EndEntityCert;
use x509_cert::Certificate;
use x509_cert::ext::pkix::{CrlDistributionPoints, ExtendedKeyUsage, KeyUsage};

use super::asn1::{OCTET_STRING, SET, UTF8_STRING, bit_string, context, element, elements, integer, oid, sequence};
use super::confirm::is_signed_with;
use super::key::SealKey;
use super::public_key::SealPublicKey;
use crate::diagnostic::Result;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");

const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");

/// The most certificates in a chain.
pub(super) const MAX_CHAIN: usize = 10;

/// The longest name of a holder, in characters (RFC 5280, appendix A: `ub-common-name`).
pub const MAX_HOLDER: usize = 64;

/// The certificate of a signer, and those of the authorities above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// In DER, at least one.
    certificates: Vec<Vec<u8>>,
}

impl Chain {
    /// Returns a chain of certificates in DER, with that of the signer first. Returns `None` if that is not a certificate, or
    /// if there are too many.
    pub fn from_der(certificates: Vec<Vec<u8>>) -> Option<Self> {
        if certificates.len() > MAX_CHAIN {
            return None;
        }
        parse(certificates.first()?)?;
        Some(Self { certificates })
    }

    /// Returns the chain of a key, from a list of certificates in any order. A root is left out: who trusts it has it. Returns
    /// `None` if no certificate is that of the key.
    pub fn for_key(key: &SealKey, given: &[Vec<u8>]) -> Option<Self> {
        let public = key.public_key().to_der();
        let signer = given.iter().find(|it| public_key(it).is_some_and(|it| it == public))?;
        let mut certificates = vec![signer.clone()];
        while let Some(next) = certificates.last().and_then(|last| find_issuer(last, given)) {
            if certificates.contains(next) || certificates.len() == MAX_CHAIN || is_self_issued(next) {
                break;
            }
            certificates.push(next.clone());
        }
        Self::from_der(certificates)
    }

    /// Returns whether an authority has issued the last certificate, and its own is not among those `given`.
    pub fn lacks_issuer(&self, given: &[Vec<u8>]) -> bool {
        self.certificates.last().is_some_and(|last| !is_self_issued(last) && find_issuer(last, given).is_none())
    }

    /// Returns the certificate of the signer in DER.
    pub fn signer_certificate(&self) -> &[u8] {
        self.certificates.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the certificates in DER, with that of the signer first.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// Returns the issuer and the serial number of the signer's certificate in DER.
    pub(super) fn issuer_and_serial(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let der = CertificateDer::from(self.signer_certificate());
        let certificate = EndEntityCert::try_from(&der).ok()?;
        Some((sequence(&[certificate.issuer()]), integer(certificate.serial())))
    }

    /// Returns the public key of the signer. Returns `None` if it is not one of those that make seals.
    pub fn public_key(&self) -> Option<SealPublicKey> {
        SealPublicKey::from_der(&public_key(self.signer_certificate())?)
    }

    /// Returns the name of the holder: its common name, or that of its organisation.
    pub fn holder(&self) -> String {
        let name = parse(self.signer_certificate()).and_then(|certificate| {
            let subject = certificate.tbs_certificate().subject();
            let find = |kind| subject.iter().find(|attribute| attribute.oid == kind);
            let value = find(COMMON_NAME).or_else(|| find(ORGANISATION))?;
            Some(String::from_utf8_lossy(value.value.value()).into_owned())
        });
        name.unwrap_or_default()
    }

    /// Returns the subject of the signer's certificate in DER.
    pub(super) fn subject(&self) -> Option<Vec<u8>> {
        parse(self.signer_certificate())?.tbs_certificate().subject().to_der().ok()
    }

    /// Returns the first and the last second in which the signer's certificate is valid, counted from 1970.
    pub fn validity(&self) -> Option<(u64, u64)> {
        let certificate = parse(self.signer_certificate())?;
        let validity = certificate.tbs_certificate().validity();
        let seconds = |time: x509_cert::time::Time| time.to_unix_duration().as_secs();
        Some((seconds(validity.not_before), seconds(validity.not_after)))
    }

    /// Returns whether the signer's certificate permits signatures of documents.
    pub fn permits_signatures(&self) -> bool {
        let Some(certificate) = parse(self.signer_certificate()) else { return false };
        match certificate.tbs_certificate().get_extension::<KeyUsage>() {
            Ok(Some((_, usage))) => usage.digital_signature() || usage.non_repudiation(),
            Ok(None) => true,
            Err(_) => false,
        }
    }

    /// Returns whether the signer's certificate is for time stamps and for nothing else (RFC 3161, section 2.3).
    pub(super) fn is_for_time_stamps(&self) -> bool {
        let Some(certificate) = parse(self.signer_certificate()) else { return false };
        match certificate.tbs_certificate().get_extension::<ExtendedKeyUsage>() {
            Ok(Some((is_critical, usage))) => is_critical && usage.0 == [TIME_STAMPING],
            _ => false,
        }
    }

    /// Returns the SHA-256 of the signer's certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.signer_certificate()).into()
    }

    /// Returns the certificates in PEM.
    pub fn to_pem(&self) -> String {
        self.certificates.iter().map(|certificate| to_pem("CERTIFICATE", certificate)).collect()
    }
}

/// Returns the certificates in a text, in DER. Returns `None` if it has none, or one that is damaged.
pub fn read_pem(text: &str) -> Option<Vec<Vec<u8>>> {
    let found = read_blocks(text, "CERTIFICATE")?;
    (!found.is_empty() && found.iter().all(|der| parse(der).is_some())).then_some(found)
}

/// Returns the content of the blocks with a label in a text in PEM. Returns `None` if one is damaged.
pub(super) fn read_blocks(text: &str, label: &str) -> Option<Vec<Vec<u8>>> {
    find_blocks(text, label).into_iter().map(|(_, content)| content).collect()
}

/// Returns the blocks with a label in a text in PEM: where each begins in the text, and its content or `None` if it is damaged.
pub(super) fn find_blocks(text: &str, label: &str) -> Vec<(usize, Option<Vec<u8>>)> {
    let [begin, end] = ["BEGIN", "END"].map(|word| format!("-----{word} {label}-----"));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(&begin)).map(|start| at + start) {
        let after = text.get(start + begin.len()..).unwrap_or_default();
        let Some((body, rest)) = after.split_once(&end) else {
            found.push((start, None));
            break;
        };
        let body: String = body.split_whitespace().collect();
        found.push((start, BASE64.decode(body.as_bytes()).ok()));
        at = text.len() - rest.len();
    }
    found
}

/// Returns whether a certificate has an extension.
pub(super) fn has_extension(der: &[u8], name: ObjectIdentifier) -> bool {
    let extensions = parse(der).and_then(|it| it.tbs_certificate().extensions().cloned());
    extensions.is_some_and(|extensions| extensions.iter().any(|extension| extension.extn_id == name))
}

/// Returns the places where the issuer of a certificate publishes revocation lists. Returns `None` if they are damaged; `Some(None)`
/// if it names none.
pub(super) fn distribution_points(der: &[u8]) -> Option<Option<CrlDistributionPoints>> {
    let points = parse(der)?.tbs_certificate().get_extension::<CrlDistributionPoints>().ok()?;
    Some(points.map(|(_, points)| points))
}

/// Returns whether a certificate is self-issued: its issuer is its holder (RFC 5280, 3.2).
pub(super) fn is_self_issued(der: &[u8]) -> bool {
    parse(der).is_some_and(|it| it.tbs_certificate().subject() == it.tbs_certificate().issuer())
}

fn to_pem(label: &str, der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.push_str(&String::from_utf8_lossy(line));
        pem.push('\n');
    }
    pem + &format!("-----END {label}-----\n")
}

/// Parses a certificate in DER. Returns `None` unless `webpki` accepts it too.
pub(super) fn parse(der: &[u8]) -> Option<Certificate> {
    EndEntityCert::try_from(&CertificateDer::from(der)).ok()?;
    Certificate::from_der(der).ok()
}

/// Returns the public key of a certificate as a SubjectPublicKeyInfo; both are in DER.
pub(in crate::trust) fn public_key(der: &[u8]) -> Option<Vec<u8>> {
    let der = CertificateDer::from(der);
    Some(EndEntityCert::try_from(&der).ok()?.subject_public_key_info().to_vec())
}

/// Returns the certificate whose holder has issued another one. A root has issued itself. Of several with the name of the issuer,
/// which an authority has after it renewed its key, it is the one whose key verifies the signature.
fn find_issuer<'c>(certificate: &[u8], given: &'c [Vec<u8>]) -> Option<&'c Vec<u8>> {
    let issuer = parse(certificate)?.tbs_certificate().issuer().clone();
    let named = given.iter().filter(|it| parse(it).is_some_and(|it| *it.tbs_certificate().subject() == issuer));
    let named: Vec<&Vec<u8>> = named.collect();
    named.iter().find(|it| is_issued_with(certificate, it)).or(named.first()).copied()
}

/// Returns whether the key of `issuer` verifies the signature of a certificate.
fn is_issued_with(certificate: &[u8], issuer: &[u8]) -> bool {
    let verify = || {
        let [certificate] = elements(certificate)?.try_into().ok()?;
        let [content, algorithm, bits] = elements(certificate.value())?.try_into().ok()?;
        let signature = bits.value().strip_prefix(&[0])?;
        Some(is_signed_with(&public_key(issuer)?, algorithm.value(), &sequence(&[content.value()]), signature))
    };
    verify().unwrap_or(false)
}

/// Returns a name with a common name only.
fn name(holder: &str) -> Vec<u8> {
    let attribute = sequence(&[oid(COMMON_NAME), element(UTF8_STRING, &[holder])]);
    sequence(&[element(SET, &[attribute])])
}

/// Returns a time as certificates contain it: until 2049 with two digits of the year (RFC 5280, 4.1.2.5).
fn time(seconds: u64) -> Option<Vec<u8>> {
    let time = Duration::from_secs(seconds);
    let short = UtcTime::from_unix_duration(time).and_then(|time| time.to_der());
    short.or_else(|_| GeneralizedTime::from_unix_duration(time)?.to_der()).ok()
}

/// Makes a certificate that a key signs for itself. `validity` is in seconds since 1970. The same arguments give the same
/// certificate. Returns `None` if a time cannot be written.
///
/// # Errors
/// If the key cannot sign.
pub fn self_signed(key: &SealKey, holder: &str, serial: [u8; 16], validity: (u64, u64)) -> Result<Option<Chain>> {
    let certified = self_certified(key, holder, serial, validity);
    let signed = certified.map(|certified| signed(key, certified)).transpose()?;
    Ok(signed.and_then(|certificate| Chain::from_der(vec![certificate])))
}

/// Returns the TBSCertificate of a certificate that a key signs for itself.
fn self_certified(key: &SealKey, holder: &str, serial: [u8; 16], validity: (u64, u64)) -> Option<Vec<u8>> {
    const TRUE: &[u8] = &[0x01, 0x01, 0xff];
    let extension = |kind, critical: &[u8], value: Vec<u8>| {
        sequence(&[oid(kind), critical.to_vec(), element(OCTET_STRING, &[value])])
    };
    // SHA-256, cut to 160 bits (RFC 7093, method 1).
    let identifier = Sha256::digest(key.public_key().bits());
    let identifier = element(OCTET_STRING, &[identifier.get(..20)?]);
    // The bits digitalSignature and nonRepudiation.
    let usage = element(super::asn1::BIT_STRING, &[[6, 0b1100_0000]]);
    let extensions = sequence(&[
        extension(BASIC_CONSTRAINTS, TRUE, sequence::<&[u8]>(&[])),
        extension(KEY_USAGE, TRUE, usage),
        extension(SUBJECT_KEY_IDENTIFIER, &[], identifier),
    ]);
    // A positive number without leading zeros.
    let mut serial = serial;
    serial[0] = serial[0] & 0x3f | 0x40;
    Some(sequence(&[
        element(context(0), &[integer(&[2])]),
        integer(&serial),
        key.public_key().signature_algorithm(),
        name(holder),
        sequence(&[time(validity.0)?, time(validity.1)?]),
        name(holder),
        key.public_key().to_der(),
        element(context(3), &[extensions]),
    ]))
}

/// Makes a request for a certificate (PKCS#10, RFC 2986) in PEM, for the holder of the certificate that the key has now.
/// Returns `None` if that cannot be parsed.
///
/// # Errors
/// If the key cannot sign.
pub fn request(key: &SealKey, chain: &Chain) -> Result<Option<String>> {
    let Some(subject) = chain.subject() else { return Ok(None) };
    let attributes = element::<&[u8]>(context(0), &[]);
    let requested = sequence(&[integer(&[0]), subject, key.public_key().to_der(), attributes]);
    Ok(Some(to_pem("CERTIFICATE REQUEST", &signed(key, requested)?)))
}

/// Returns a SEQUENCE of signed content, the algorithm, and the signature.
fn signed(key: &SealKey, content: Vec<u8>) -> Result<Vec<u8>> {
    let signature = bit_string(&key.sign(&content)?);
    Ok(sequence(&[content, key.public_key().signature_algorithm(), signature]))
}
