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
    ECDSA_WITH_SHA256, NULL, OCTET_STRING, RSA_ENCRYPTION, SET, SHA256, SHA256_WITH_RSA, context, element, elements,
    integer, is_algorithm, oid, sequence,
};
use crate::trust::seal::certificate::{Chain, MAX_CHAIN};
use crate::trust::seal::confirm::ALGORITHMS;
use crate::trust::seal::read_digits;
use crate::trust::seal::signed_data::{CONTENT_TYPE, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2};

const TIME_STAMP_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

const SHA384_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const SHA512_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const ECDSA_WITH_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");

/// The algorithms with which authorities sign, and whether the parameter of each is NULL (RFC 3370, 3.2; RFC 5754, 3) or absent.
const SIGNATURES: &[(ObjectIdentifier, bool)] = &[
    (RSA_ENCRYPTION, true),
    (SHA256_WITH_RSA, true),
    (SHA384_WITH_RSA, true),
    (SHA512_WITH_RSA, true),
    (ECDSA_WITH_SHA256, false),
    (ECDSA_WITH_SHA384, false),
];

/// A token with a valid signature. Its chain tells whether the authority is trusted.
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
        let parts = Parts::decode(bytes).ok_or(Problem::Form)?;
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

/// The fields of a token (SignedData, RFC 5652, section 5) that can differ. All others have one possible value.
struct Parts {
    /// The certificates, with that of the signer first.
    chain: Chain,
    /// The content of the certificates [0] as it is, in the order in which the authority sent them.
    certificates: Vec<u8>,
    /// The content of the only AlgorithmIdentifier in digestAlgorithms.
    digest_algorithm: Vec<u8>,
    /// The eContent, a TSTInfo in DER.
    info: Vec<u8>,
    signer: SignerInfo,
}

/// A SignerInfo (RFC 5652, 5.3).
struct SignerInfo {
    /// The hash function in digestAlgorithm.
    hash: ObjectIdentifier,
    /// The contents of the AlgorithmIdentifiers.
    digest_algorithm: Vec<u8>,
    signature_algorithm: Vec<u8>,
    /// The content of the SET of signed attributes.
    attributes: Vec<u8>,
    signature: Vec<u8>,
}

impl Parts {
    /// Reads a token. Returns `None` if it has another form, or an algorithm that is not known.
    fn decode(bytes: &[u8]) -> Option<Self> {
        let [content_info] = elements(bytes)?.try_into().ok()?;
        let [_content_type, content] = elements(content_info.value())?.try_into().ok()?;
        let [signed_data] = elements(content.value())?.try_into().ok()?;
        let [_version, digest_algorithms, encapsulated, certificates, signer_infos] =
            elements(signed_data.value())?.try_into().ok()?;
        let [digest_algorithm] = elements(digest_algorithms.value())?.try_into().ok()?;
        let [_content_type, content] = elements(encapsulated.value())?.try_into().ok()?;
        let [info] = elements(content.value())?.try_into().ok()?;
        let [signer] = elements(signer_infos.value())?.try_into().ok()?;
        let (signer, issuer_and_serial) = SignerInfo::decode(signer.value())?;
        let parts = Self {
            chain: find_signer(certificates.value(), &issuer_and_serial)?,
            certificates: certificates.value().to_vec(),
            digest_algorithm: digest_algorithm.value().to_vec(),
            info: info.value().to_vec(),
            signer,
        };
        // Encoding again and comparing leaves no byte in which something could be hidden.
        let is_same = parts.encode()? == bytes && is_algorithm(&parts.digest_algorithm, parts.signer.hash, None);
        is_same.then_some(parts)
    }

    fn encode(&self) -> Option<Vec<u8>> {
        let content = element(context(0), &[element(OCTET_STRING, &[&self.info])]);
        let signed_data = sequence(&[
            integer(&[3]),
            element(SET, &[sequence(&[&self.digest_algorithm])]),
            sequence(&[oid(TIME_STAMP_INFO), content]),
            element(context(0), &[&self.certificates]),
            element(SET, &[self.signer.encode(&self.chain)?]),
        ]);
        Some(sequence(&[oid(SIGNED_DATA), element(context(0), &[signed_data])]))
    }

    fn has_valid_signature(&self) -> bool {
        let attribute = |name: ObjectIdentifier| find_attribute(&self.signer.attributes, name);
        let digest = digest(self.signer.hash, &self.info).map(|digest| element(OCTET_STRING, &[digest]));
        if attribute(CONTENT_TYPE) != Some(oid(TIME_STAMP_INFO)) || attribute(MESSAGE_DIGEST) != digest {
            return false;
        }
        // SigningCertificate (v1) has only a SHA-1, so its presence is required but its hash is not compared.
        let names_certificate = match attribute(SIGNING_CERTIFICATE_V2) {
            Some(value) => is_hash_of(&value, self.chain.signer_certificate()),
            None => attribute(SIGNING_CERTIFICATE).is_some(),
        };
        let signed = element(SET, &[&self.signer.attributes]);
        let certificate = CertificateDer::from(self.chain.signer_certificate());
        let Ok(certificate) = EndEntityCert::try_from(&certificate) else { return false };
        let is_right = |it: &&dyn rustls_pki_types::SignatureVerificationAlgorithm| {
            certificate.verify_signature(*it, &signed, &self.signer.signature).is_ok()
        };
        names_certificate && ALGORITHMS.iter().any(is_right)
    }
}

impl SignerInfo {
    /// Reads the content of a SignerInfo. Returns the content of its issuerAndSerialNumber too.
    fn decode(content: &[u8]) -> Option<(Self, Vec<u8>)> {
        let [_version, issuer_and_serial, digest_algorithm, attributes, signature_algorithm, signature] =
            elements(content)?.try_into().ok()?;
        let is_hash = |hash: &ObjectIdentifier| is_algorithm(digest_algorithm.value(), *hash, None);
        let hash = [SHA256, SHA384, SHA512].into_iter().find(is_hash)?;
        let is_named = |(name, null): &(_, _)| is_algorithm(signature_algorithm.value(), *name, Some(*null));
        SIGNATURES.iter().any(is_named).then_some(())?;
        let signer = Self {
            hash,
            digest_algorithm: digest_algorithm.value().to_vec(),
            signature_algorithm: signature_algorithm.value().to_vec(),
            attributes: attributes.value().to_vec(),
            signature: signature.value().to_vec(),
        };
        Some((signer, issuer_and_serial.value().to_vec()))
    }

    fn encode(&self, chain: &Chain) -> Option<Vec<u8>> {
        let (issuer, serial) = chain.issuer_and_serial()?;
        Some(sequence(&[
            integer(&[1]),
            sequence(&[issuer, serial]),
            sequence(&[&self.digest_algorithm]),
            element(context(0), &[&self.attributes]),
            sequence(&[&self.signature_algorithm]),
            element(OCTET_STRING, &[&self.signature]),
        ]))
    }
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
        let found = Chain::from_der(vec![certificate.clone()]).and_then(|chain| chain.issuer_and_serial());
        found.is_some_and(|(issuer, serial)| [issuer, serial].concat() == issuer_and_serial)
    };
    let signer = certificates.iter().position(is_signer)?;
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

/// Returns whether the first hash in a SigningCertificateV2 (RFC 5035) is that of a certificate.
fn is_hash_of(value: &[u8], certificate: &[u8]) -> bool {
    read_first_hash(value).is_some_and(|(hash, expected)| digest(hash, certificate) == Some(expected))
}

/// Returns the hash function and the hash of the first certificate in a SigningCertificateV2.
fn read_first_hash(value: &[u8]) -> Option<(ObjectIdentifier, Vec<u8>)> {
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
    Some((hash, rest.value().to_vec()))
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
