//! The public key of a seal, and the algorithms that belong to it.

use der::asn1::ObjectIdentifier;
use rustls_pki_types::SignatureVerificationAlgorithm;
use webpki::ring;

use super::asn1::{
    ECDSA_WITH_SHA256, NULL, RSA_ENCRYPTION, SHA256_WITH_RSA, algorithm, bit_string, elements, integer, oid, sequence,
};
use super::key::UnusableKey;

pub(in crate::trust) const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// Bytes of an uncompressed point of P-256 (SEC 1, 2.3.3): a mark, then both coordinates.
pub(super) const POINT: usize = 65;

/// The permitted lengths of RSA keys, in bits. 3072 is the least that ETSI TS 119 312 and NIST SP 800-57 recommend beyond 2030, and
/// ring signs with 4096 at most.
pub(super) const RSA_BITS: std::ops::RangeInclusive<usize> = 3072..=4096;

/// The public key of a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealPublicKey {
    /// ECDSA on P-256: an uncompressed point.
    P256(Vec<u8>),
    /// RSA: modulus and exponent as the contents of INTEGERs, which begin with a zero if the first bit of the number is set.
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
}

impl SealPublicKey {
    /// Reads a SubjectPublicKeyInfo in DER. Returns `None` if it is not the key of a seal.
    pub fn from_der(bytes: &[u8]) -> Option<Self> {
        let [info] = elements(bytes)?.try_into().ok()?;
        let [algorithm, key] = elements(info.value())?.try_into().ok()?;
        let key = key.value().strip_prefix(&[0])?;
        let read = if algorithm.value().starts_with(&oid(RSA_ENCRYPTION)) {
            let [numbers] = elements(key)?.try_into().ok()?;
            let [modulus, exponent] = elements(numbers.value())?.try_into().ok()?;
            RSA_BITS.contains(&bits(modulus.value())).then_some(())?;
            Self::Rsa { modulus: modulus.value().to_vec(), exponent: exponent.value().to_vec() }
        } else {
            (key.len() == POINT && key.starts_with(&[4])).then(|| Self::P256(key.to_vec()))?
        };
        (read.to_der() == bytes).then_some(read)
    }

    /// Reads the SubjectPublicKeyInfo of a key that is to make seals.
    ///
    /// # Errors
    /// Why it cannot.
    pub(super) fn from_der_of_key(bytes: &[u8]) -> Result<Self, UnusableKey> {
        Self::from_der(bytes).ok_or_else(|| match rsa_bits(bytes) {
            Some(length) if !RSA_BITS.contains(&length) => UnusableKey::RsaLength(length),
            _ => UnusableKey::OtherKind,
        })
    }

    /// Returns the key as a SubjectPublicKeyInfo in DER.
    pub fn to_der(&self) -> Vec<u8> {
        let algorithm = match self {
            Self::P256(_) => sequence(&[oid(EC_PUBLIC_KEY), oid(P256)]),
            Self::Rsa { .. } => with_null(RSA_ENCRYPTION),
        };
        sequence(&[algorithm, bit_string(&self.bits())])
    }

    /// Returns the key as it is in the BIT STRING of a SubjectPublicKeyInfo: a point, or an RSAPublicKey (RFC 8017, A.1.1).
    pub(super) fn bits(&self) -> Vec<u8> {
        match self {
            Self::P256(point) => point.clone(),
            Self::Rsa { modulus, exponent } => sequence(&[integer(modulus), integer(exponent)]),
        }
    }

    /// Returns what verifies signatures of this key.
    pub(super) fn verifier(&self) -> &'static dyn SignatureVerificationAlgorithm {
        match self {
            Self::P256(_) => ring::ECDSA_P256_SHA256,
            Self::Rsa { .. } => ring::RSA_PKCS1_2048_8192_SHA256,
        }
    }

    /// Returns the AlgorithmIdentifier of signatures of certificates and requests (RFC 5758, 3.2; RFC 4055, section 5).
    pub(super) fn signature_algorithm(&self) -> Vec<u8> {
        match self {
            Self::P256(_) => algorithm(ECDSA_WITH_SHA256),
            Self::Rsa { .. } => with_null(SHA256_WITH_RSA),
        }
    }

    /// Returns the AlgorithmIdentifier of signatures in a CMS SignerInfo. For RSA it is rsaEncryption, which every reader must know,
    /// while the others are optional (RFC 3370, 3.2).
    pub(super) fn cms_signature_algorithm(&self) -> Vec<u8> {
        match self {
            Self::P256(_) => algorithm(ECDSA_WITH_SHA256),
            Self::Rsa { .. } => with_null(RSA_ENCRYPTION),
        }
    }

    /// Returns the length of the longest signature of this key, in bytes.
    pub(super) fn max_signature_length(&self) -> usize {
        match self {
            // A SEQUENCE of two INTEGERs of 33 bytes.
            Self::P256(_) => 72,
            Self::Rsa { modulus, .. } => bits(modulus).div_ceil(8),
        }
    }
}

/// Returns the length of an RSA key in a SubjectPublicKeyInfo, in bits.
fn rsa_bits(bytes: &[u8]) -> Option<usize> {
    let [info] = elements(bytes)?.try_into().ok()?;
    let [algorithm, key] = elements(info.value())?.try_into().ok()?;
    algorithm.value().starts_with(&oid(RSA_ENCRYPTION)).then_some(())?;
    let [numbers] = elements(key.value().strip_prefix(&[0])?)?.try_into().ok()?;
    Some(bits(elements(numbers.value())?.first()?.value()))
}

fn with_null(identifier: ObjectIdentifier) -> Vec<u8> {
    sequence(&[&oid(identifier)[..], NULL])
}

/// Returns the length of a positive number in bits. `content` is that of an INTEGER.
pub(super) fn bits(content: &[u8]) -> usize {
    let zeros = content.iter().take_while(|byte| **byte == 0).count();
    match content.get(zeros) {
        Some(first) => (content.len() - zeros) * 8 - first.leading_zeros() as usize,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_number_is_that_without_leading_zeros() {
        assert_eq!([&[][..], &[0], &[1], &[0, 0x80], &[0x7f, 0]].map(bits), [0, 0, 1, 8, 15]);
    }
}
