//! The signature of a seal: a CMS SignedData without content (RFC 5652), signed with SHA-256 and
//! ECDSA on P-256 or RSA.
//!
//! Its signed attributes are those of the PAdES baseline (ETSI EN 319 142-1): the type of the content, its digest, and the
//! digest of the signer's certificate (RFC 5035). The time of signing is in the PDF. A time stamp of the signature is an unsigned
//! attribute (RFC 3161, appendix A).

use der::Encode;
use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256};

use super::asn1::{
    OCTET_STRING, SET, SHA256, algorithm, context, element, elements, integer, oid, sequence, set_of, strip_padding,
};
use super::certificate::{Chain, MAX_CHAIN};

pub(super) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(super) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(super) const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
pub(super) const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
pub(super) const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const TIME_STAMP_TOKEN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// The digest of the signed bytes of a file.
pub type FileDigest = [u8; 32];

/// Returns the attributes that are signed, as they are hashed. The certificate of the signer is the first of the chain.
pub fn signed_attributes(digest: &FileDigest, chain: &Chain) -> Vec<u8> {
    attributes(SET, digest, chain)
}

fn attributes(tag: u8, digest: &FileDigest, chain: &Chain) -> Vec<u8> {
    let certificate = element(OCTET_STRING, &[Sha256::digest(chain.signer_certificate())]);
    let certificates = sequence(&[sequence(&[sequence(&[certificate])])]);
    set_of(
        tag,
        vec![
            attribute(CONTENT_TYPE, oid(DATA)),
            attribute(MESSAGE_DIGEST, element(OCTET_STRING, &[digest])),
            attribute(SIGNING_CERTIFICATE_V2, certificates),
        ],
    )
}

fn attribute(kind: ObjectIdentifier, value: Vec<u8>) -> Vec<u8> {
    sequence(&[oid(kind), element(SET, &[value])])
}

/// Returns the signed data with a signature of the attributes, and perhaps a time stamp of it.
pub fn to_der(digest: &FileDigest, chain: &Chain, signature: &[u8], token: Option<&[u8]>) -> Option<Vec<u8>> {
    let (issuer, serial) = chain.issuer_and_serial()?;
    let time_stamp = token.map(|token| element(context(1), &[attribute(TIME_STAMP_TOKEN, token.to_vec())]));
    let signer = sequence(&[
        integer(&[1]),
        sequence(&[issuer, serial]),
        algorithm(SHA256),
        attributes(context(0), digest, chain),
        chain.public_key()?.cms_signature_algorithm(),
        element(OCTET_STRING, &[signature]),
        time_stamp.unwrap_or_default(),
    ]);
    let signed_data = sequence(&[
        integer(&[1]),
        element(SET, &[algorithm(SHA256)]),
        sequence(&[oid(DATA)]),
        set_of(context(0), chain.certificates().to_vec()),
        element(SET, &[signer]),
    ]);
    Some(sequence(&[oid(SIGNED_DATA), element(context(0), &[signed_data])]))
}

/// Returns the length of the longest signed data with these certificates, and with a time stamp of `token` bytes.
pub fn max_length(chain: &Chain, token: Option<usize>) -> Option<usize> {
    let token = token.map(|length| vec![0; length]);
    let signature = vec![0; chain.public_key()?.max_signature_length()];
    to_der(&FileDigest::default(), chain, &signature, token.as_deref()).map(|bytes| bytes.len())
}

/// Signed data as it was read. Nothing has been checked except its form.
pub struct SignedData {
    /// With the certificate of the signer first.
    pub chain: Chain,
    pub signature: Vec<u8>,
    /// The time stamp of the signature in DER. It is not checked.
    pub token: Option<Vec<u8>>,
}

impl SignedData {
    /// Reads signed data that zeros fill up. Returns `None` unless the bytes are exactly those that [`to_der`] writes for a
    /// file with this digest.
    pub fn from_der(bytes: &[u8], digest: &FileDigest) -> Option<Self> {
        let bytes = strip_padding(bytes)?;
        let content = elements(elements(bytes)?.first()?.value())?;
        let content = elements(content.get(1)?.value())?;
        let parts = elements(content.first()?.value())?;
        let certificates = elements(parts.get(3)?.value()).filter(|found| found.len() <= MAX_CHAIN)?;
        let certificates: Vec<Vec<u8>> = certificates.iter().map(|it| it.to_der().ok()).collect::<Option<_>>()?;
        let signers = elements(parts.get(4)?.value())?;
        let signer = elements(signers.first()?.value())?;
        let signature = signer.get(5)?.value().to_vec();
        let token = match signer.get(6) {
            None => None,
            Some(attributes) => {
                let attributes = elements(attributes.value())?;
                let values = elements(attributes.first()?.value())?;
                Some(values.get(1)?.value().to_vec())
            }
        };
        // The attributes say which of the certificates is that of the signer.
        (0..certificates.len()).find_map(|signer| {
            let mut certificates = certificates.clone();
            certificates.get_mut(..=signer)?.rotate_right(1);
            let chain = Chain::from_der(certificates)?;
            let is_same = to_der(digest, &chain, &signature, token.as_deref())? == bytes;
            is_same.then(|| Self { chain, signature: signature.clone(), token: token.clone() })
        })
    }
}
