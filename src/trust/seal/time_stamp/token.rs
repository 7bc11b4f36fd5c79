//! What a time-stamping authority has signed: a CMS SignedData (RFC 5652) whose content says which message it has seen, and when.
//!
//! A token is read strictly: each byte is part of the signed content, of a certificate, or is the one that this reader would
//! write. So nobody can hide anything in it.

use der::asn1::ObjectIdentifier;
use der::{Encode, Tag, Tagged};
use rustls_pki_types::CertificateDer;
use sha2::{Digest, Sha256, Sha384, Sha512};
use webpki::EndEntityCert;

use crate::trust::seal::asn1::{
    ECDSA_WITH_SHA256, NULL, OCTET_STRING, SET, SHA256, context, element, elements, integer, oid, sequence,
};
use crate::trust::seal::certificate::{Chain, MAX_CHAIN};
use crate::trust::seal::confirm::ALGORITHMS;
use crate::trust::seal::read_digits;
use crate::trust::seal::signed_data::{CONTENT_TYPE, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2};

const TIME_STAMP_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// How authorities name the algorithm of their signature. Those of RSA have an empty parameter.
const SIGNATURES: &[(ObjectIdentifier, bool)] = &[
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"), true),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"), true),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12"), true),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13"), true),
    (ECDSA_WITH_SHA256, false),
    (ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3"), false),
];

/// A token whose signature is right. Whether the authority is known, its chain says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The certificate of the authority, and others that it sent.
    pub chain: Chain,
    /// In seconds since 1970.
    pub time: u64,
    pub policy: ObjectIdentifier,
    /// The content of an INTEGER.
    pub nonce: Option<Vec<u8>>,
}

/// Why a token is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It has another form than RFC 3161 describes, or an algorithm that is not known.
    Form,
    OtherMessage,
    OtherNonce,
    OtherPolicy(ObjectIdentifier),
    Signature,
    /// The certificate is not for time stamps, or was not valid at the time.
    Certificate,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Form => f.write_str("it has an unknown form or algorithm"),
            Self::OtherMessage => f.write_str("it is for other data"),
            Self::OtherNonce => f.write_str("it answers another request"),
            Self::OtherPolicy(policy) => write!(f, "it follows another policy, {policy}"),
            Self::Signature => f.write_str("its signature is wrong"),
            Self::Certificate => f.write_str("its certificate is not for time stamps, or not valid"),
        }
    }
}

/// Returns a MessageImprint in DER.
pub fn message_imprint(digest: &[u8; 32]) -> Vec<u8> {
    sequence(&[sequence(&[&oid(SHA256)[..], NULL]), element(OCTET_STRING, &[digest])])
}

impl Token {
    /// Reads a token about a message with the given SHA-256, and checks its signature.
    pub fn from_der(bytes: &[u8], imprint: &[u8; 32]) -> Result<Self, Problem> {
        let parts = Parts::from_der(bytes).ok_or(Problem::Form)?;
        let info = Info::from_der(&parts.info).ok_or(Problem::Form)?;
        if info.imprint != imprint {
            return Err(Problem::OtherMessage);
        }
        if !parts.has_valid_signature() {
            return Err(Problem::Signature);
        }
        let Parts { chain, .. } = parts;
        let is_valid = chain.validity().is_some_and(|(from, until)| (from..=until).contains(&info.time));
        if !is_valid || !chain.is_for_time_stamps() {
            return Err(Problem::Certificate);
        }
        Ok(Self { chain, time: info.time, policy: info.policy, nonce: info.nonce })
    }
}

/// The parts of a token that its signature covers, and the signature.
struct Parts {
    chain: Chain,
    info: Vec<u8>,
    hash: ObjectIdentifier,
    /// The content of the SET.
    attributes: Vec<u8>,
    signature: Vec<u8>,
}

impl Parts {
    fn from_der(bytes: &[u8]) -> Option<Self> {
        let [whole] = elements(bytes)?.try_into().ok()?;
        let [_, content] = elements(whole.value())?.try_into().ok()?;
        let [content] = elements(content.value())?.try_into().ok()?;
        let [_, hashes, stamped, certificates, signers] = elements(content.value())?.try_into().ok()?;
        let [_, info] = elements(stamped.value())?.try_into().ok()?;
        let [info] = elements(info.value())?.try_into().ok()?;
        let [signer] = elements(signers.value())?.try_into().ok()?;
        let [_, issuer, hash_algorithm, attributes, signature_algorithm, signature] =
            elements(signer.value())?.try_into().ok()?;
        let hash_algorithm = hash_algorithm.value();
        let hash = [SHA256, SHA384, SHA512].into_iter().find(|hash| is_algorithm(hash_algorithm, *hash, None))?;
        let [other_hash] = elements(hashes.value())?.try_into().ok()?;
        let is_known = is_algorithm(other_hash.value(), hash, None)
            && SIGNATURES.iter().any(|(name, null)| is_algorithm(signature_algorithm.value(), *name, Some(*null)));
        let chain = find_signer(certificates.value(), issuer.value())?;
        let (issuer, serial) = chain.issuer_and_serial()?;
        let signer = sequence(&[
            integer(&[1]),
            sequence(&[issuer, serial]),
            sequence(&[hash_algorithm]),
            element(context(0), &[attributes.value()]),
            sequence(&[signature_algorithm.value()]),
            element(OCTET_STRING, &[signature.value()]),
        ]);
        let stamped = sequence(&[oid(TIME_STAMP_INFO), element(context(0), &[element(OCTET_STRING, &[info.value()])])]);
        let signed_data = sequence(&[
            integer(&[3]),
            element(SET, &[sequence(&[other_hash.value()])]),
            stamped,
            element(context(0), &[certificates.value()]),
            element(SET, &[signer]),
        ]);
        let written = sequence(&[oid(SIGNED_DATA), element(context(0), &[signed_data])]);
        (is_known && written == bytes).then(|| Self {
            chain,
            info: info.value().to_vec(),
            hash,
            attributes: attributes.value().to_vec(),
            signature: signature.value().to_vec(),
        })
    }

    fn has_valid_signature(&self) -> bool {
        let attribute = |name: ObjectIdentifier| find_attribute(&self.attributes, name);
        let digest = digest(self.hash, &self.info).map(|digest| element(OCTET_STRING, &[digest]));
        if attribute(CONTENT_TYPE) != Some(oid(TIME_STAMP_INFO)) || attribute(MESSAGE_DIGEST) != digest {
            return false;
        }
        // The older attribute has a SHA-1, which proves nothing.
        let names_certificate = match attribute(SIGNING_CERTIFICATE_V2) {
            Some(value) => names_certificate(&value, self.chain.signer()).is_some(),
            None => attribute(SIGNING_CERTIFICATE).is_some(),
        };
        let signed = element(SET, &[&self.attributes]);
        let certificate = CertificateDer::from(self.chain.signer());
        let Ok(certificate) = EndEntityCert::try_from(&certificate) else { return false };
        let is_right = |it: &&dyn rustls_pki_types::SignatureVerificationAlgorithm| {
            certificate.verify_signature(*it, &signed, &self.signature).is_ok()
        };
        names_certificate && ALGORITHMS.iter().any(is_right)
    }
}

/// Returns whether the content of an AlgorithmIdentifier is the name of an algorithm, with an empty parameter or without one.
/// `None` permits both.
fn is_algorithm(content: &[u8], name: ObjectIdentifier, has_null: Option<bool>) -> bool {
    let name = oid(name);
    let with_null = [&name[..], NULL].concat();
    content == name && has_null != Some(true) || content == with_null && has_null != Some(false)
}

fn digest(hash: ObjectIdentifier, bytes: &[u8]) -> Option<Vec<u8>> {
    match hash {
        SHA256 => Some(Sha256::digest(bytes).to_vec()),
        SHA384 => Some(Sha384::digest(bytes).to_vec()),
        SHA512 => Some(Sha512::digest(bytes).to_vec()),
        _ => None,
    }
}

/// Returns the certificates of a token, with that of the signer first.
fn find_signer(certificates: &[u8], issuer_and_serial: &[u8]) -> Option<Chain> {
    let certificates = elements(certificates)?;
    if certificates.len() > MAX_CHAIN {
        return None;
    }
    let mut certificates: Vec<Vec<u8>> = certificates.iter().map(|it| it.to_der().ok()).collect::<Option<_>>()?;
    let is_signer = |certificate: &Vec<u8>| {
        let chain = Chain::from_der(vec![certificate.clone()])?;
        let (issuer, serial) = chain.issuer_and_serial()?;
        ([issuer, serial].concat() == issuer_and_serial).then_some(())
    };
    let signer = certificates.iter().position(|it| is_signer(it).is_some())?;
    certificates.get_mut(..=signer)?.rotate_right(1);
    Chain::from_der(certificates)
}

/// Returns the only value of an attribute, in DER.
fn find_attribute(attributes: &[u8], name: ObjectIdentifier) -> Option<Vec<u8>> {
    let name = oid(name);
    elements(attributes)?.iter().find_map(|attribute| {
        let values = attribute.value().strip_prefix(name.as_slice())?;
        let [values] = elements(values)?.try_into().ok()?;
        Some(values.value().to_vec())
    })
}

/// Returns `Some` if a SigningCertificateV2 (RFC 5035) begins with the hash of a certificate.
fn names_certificate(value: &[u8], certificate: &[u8]) -> Option<()> {
    let [value] = elements(value)?.try_into().ok()?;
    let certificates = elements(value.value())?;
    let identifiers = elements(certificates.first()?.value())?;
    let parts = elements(identifiers.first()?.value())?;
    let (hash, rest) = match parts.first()? {
        name if name.tag() == Tag::Sequence => {
            let hash = [SHA256, SHA384, SHA512].into_iter().find(|hash| is_algorithm(name.value(), *hash, None))?;
            (hash, parts.get(1)?)
        }
        digest => (SHA256, digest),
    };
    (rest.value() == digest(hash, certificate)?).then_some(())
}

/// A TSTInfo (RFC 3161, 2.4.2).
struct Info {
    imprint: Vec<u8>,
    time: u64,
    policy: ObjectIdentifier,
    nonce: Option<Vec<u8>>,
}

impl Info {
    fn from_der(bytes: &[u8]) -> Option<Self> {
        let [info] = elements(bytes)?.try_into().ok()?;
        let parts = elements(info.value())?;
        let [version, policy, imprint, _serial, time, others @ ..] = parts.as_slice() else { return None };
        let [hash, digest] = elements(imprint.value())?.try_into().ok()?;
        let is_known = version.value() == [1] && is_algorithm(hash.value(), SHA256, None);
        let nonce = others.iter().find(|part| part.tag() == Tag::Integer).map(|nonce| nonce.value().to_vec());
        is_known.then_some(())?;
        Some(Self {
            imprint: digest.value().to_vec(),
            time: read_time(time.value())?,
            policy: ObjectIdentifier::from_bytes(policy.value()).ok()?,
            nonce,
        })
    }
}

/// Returns the seconds since 1970 of a GeneralizedTime, which may have a fraction.
fn read_time(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (digits, fraction) = text.split_once('.').unwrap_or((text, "0"));
    (!fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
    read_digits(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_seconds_and_perhaps_a_fraction() {
        assert_eq!(read_time(b"20251128000000Z"), Some(1_764_288_000));
        assert_eq!(read_time(b"20251128000000.123Z"), Some(1_764_288_000));
        for text in ["20251128000000", "20251128000000.Z", "2025112800Z", "20251328000000Z", "+0251128000000Z"] {
            assert_eq!(read_time(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_token_are_refused() {
        assert_eq!(Token::from_der(&[], &[0; 32]), Err(Problem::Form));
        assert_eq!(Token::from_der(&sequence(&[oid(SHA256)]), &[0; 32]), Err(Problem::Form));
    }
}
