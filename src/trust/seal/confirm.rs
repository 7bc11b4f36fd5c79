//! Whether known certificates confirm those of a seal or of a time stamp.

use std::time::Duration;

use rustls_pki_types::{
    CertificateDer, SignatureVerificationAlgorithm, SubjectPublicKeyInfoDer, TrustAnchor, UnixTime,
};
use webpki::{
    EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, RawPublicKeyEntity, anchor_from_trusted_cert, ring,
};

use super::certificate::Chain;

/// The algorithms with which authorities sign.
pub(super) const ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = &[
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

/// What a certificate is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signatures of documents. A certificate without purposes permits them; one for a website does not.
    Documents,
    TimeStamps,
}

const TIME_STAMPING: &[usize] = &[1, 3, 6, 1, 5, 5, 7, 3, 8];
const DOCUMENT_SIGNING: &[usize] = &[1, 3, 6, 1, 5, 5, 7, 3, 36];
const EMAIL: &[usize] = &[1, 3, 6, 1, 5, 5, 7, 3, 4];
const ADOBE_AUTHENTIC_DOCUMENTS: &[usize] = &[1, 2, 840, 113_583, 1, 1, 5];
const MICROSOFT_DOCUMENT_SIGNING: &[usize] = &[1, 3, 6, 1, 4, 1, 311, 10, 3, 12];
const ANY: &[usize] = &[2, 5, 29, 37, 0];

impl ExtendedKeyUsageValidator for Purpose {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        let permitted: &[&[usize]] = match self {
            Self::Documents => &[DOCUMENT_SIGNING, EMAIL, ADOBE_AUTHENTIC_DOCUMENTS, MICROSOFT_DOCUMENT_SIGNING, ANY],
            Self::TimeStamps => &[TIME_STAMPING],
        };
        let mut has_other = false;
        for purpose in purposes {
            if permitted.contains(&purpose?.to_decoded_oid().as_slice()) {
                return Ok(());
            }
            has_other = true;
        }
        if has_other { Err(webpki::Error::ExtensionValueInvalid) } else { Ok(()) }
    }
}

/// Returns whether `roots`, certificates in DER, confirm every certificate of a chain at a moment, in seconds since 1970.
pub fn confirms(roots: &[Vec<u8>], chain: &Chain, time: u64, purpose: Purpose) -> bool {
    check_path(roots, chain, time, purpose).is_some()
}

fn check_path(roots: &[Vec<u8>], chain: &Chain, time: u64, purpose: Purpose) -> Option<()> {
    let is_root = |der: &[u8]| roots.iter().any(|root| root == der);
    let unknown: Vec<&Vec<u8>> = chain.certificates().iter().filter(|it| !is_root(it)).collect();
    if unknown.is_empty() {
        return Some(());
    }
    let roots: Vec<CertificateDer<'_>> = roots.iter().map(|root| CertificateDer::from(root.as_slice())).collect();
    let anchors: Vec<TrustAnchor<'_>> = roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect();
    let others = chain.certificates().get(1..).unwrap_or_default();
    let others: Vec<CertificateDer<'_>> = others.iter().map(|it| CertificateDer::from(it.as_slice())).collect();
    let signer = CertificateDer::from(chain.signer_certificate());
    let signer = EndEntityCert::try_from(&signer).ok()?;
    let time = UnixTime::since_unix_epoch(Duration::from_secs(time));
    let path = signer.verify_for_usage(ALGORITHMS, &anchors, &others, time, purpose, None, None).ok()?;
    let confirmed: Vec<CertificateDer<'_>> = path.intermediate_certificates().map(|it| it.der()).collect();
    let is_confirmed = |der: &&Vec<u8>| {
        der.as_slice() == chain.signer_certificate() || confirmed.iter().any(|it| it.as_ref() == der.as_slice())
    };
    unknown.iter().all(is_confirmed).then_some(())
}

/// Returns whether a key, a SubjectPublicKeyInfo in DER, verifies a signature by the algorithm whose identifier has this content.
pub(super) fn is_signed_with(key: &[u8], algorithm: &[u8], signed: &[u8], signature: &[u8]) -> bool {
    let key = SubjectPublicKeyInfoDer::from(key);
    let Ok(key) = RawPublicKeyEntity::try_from(&key) else { return false };
    let mut algorithms = ALGORITHMS.iter().filter(|it| it.signature_alg_id().as_ref() == algorithm);
    algorithms.any(|algorithm| key.verify_signature(*algorithm, signed, signature).is_ok())
}
