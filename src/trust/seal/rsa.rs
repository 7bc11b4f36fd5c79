//! RSA keys of seals (RSASSA-PKCS1-v1_5 with SHA-256, RFC 8017, 8.2), for authorities that ask for them.

use der::asn1::{AnyRef, OctetStringRef};
use der::{Encode, SecretDocument};
use pkcs8::PrivateKeyInfoRef;
use pkcs8::spki::AlgorithmIdentifierRef;
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use zeroize::Zeroizing;

use super::asn1::{RSA_ENCRYPTION, elements};
use super::key::UnusableKey;
use super::public_key::{RSA_BITS, SealPublicKey, bits};
use crate::diagnostic::{Diagnostic, Result, code};

/// The secret key.
pub(super) struct RsaKey {
    /// An RSAPrivateKey in DER (RFC 8017, A.1.2).
    der: Zeroizing<Vec<u8>>,
    pair: KeyPair,
}

fn no_randomness() -> Diagnostic {
    Diagnostic::error(code::KEY, "the system gives no random numbers").help("run again, or on another machine")
}

impl RsaKey {
    /// Makes a new key of the shortest permitted length from the randomness of the operating system.
    pub fn generate() -> Result<Self> {
        let key = rsa::PrivateKey::new(&mut getrandom::SysRng, *RSA_BITS.start()).map_err(|_| no_randomness())?;
        let der = rsa::pkcs1::EncodeRsaPrivateKey::to_pkcs1_der(&key).map_err(|_| no_randomness())?;
        Self::from_der(der.as_bytes()).map_err(|_| no_randomness())
    }

    /// Reads an RSAPrivateKey in DER.
    pub fn from_der(der: &[u8]) -> std::result::Result<Self, UnusableKey> {
        let length = modulus_bits(der).ok_or(UnusableKey::Damaged)?;
        if !RSA_BITS.contains(&length) {
            return Err(UnusableKey::RsaLength(length));
        }
        let pair = KeyPair::from_der(der).map_err(|_| UnusableKey::Damaged)?;
        Ok(Self { der: Zeroizing::new(der.to_vec()), pair })
    }

    /// Returns the key in PKCS#8.
    pub fn to_pkcs8(&self) -> pkcs8::Result<SecretDocument> {
        let algorithm = AlgorithmIdentifierRef { oid: RSA_ENCRYPTION, parameters: Some(AnyRef::NULL) };
        let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&self.der)?);
        Ok(SecretDocument::try_from(Zeroizing::new(info.to_der()?).as_slice())?)
    }

    pub fn public_key(&self) -> Option<SealPublicKey> {
        let [numbers] = elements(self.pair.public().as_ref())?.try_into().ok()?;
        let [modulus, exponent] = elements(numbers.value())?.try_into().ok()?;
        Some(SealPublicKey::Rsa { modulus: modulus.value().to_vec(), exponent: exponent.value().to_vec() })
    }

    /// Signs a message. The same message gets the same signature; the random numbers only hide the key from whoever measures times.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        let signed = self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature);
        signed.map(|()| signature).map_err(|_| no_randomness())
    }
}

/// Returns the length of the modulus of an RSAPrivateKey, in bits.
fn modulus_bits(der: &[u8]) -> Option<usize> {
    let [key] = elements(der)?.try_into().ok()?;
    Some(bits(elements(key.value())?.get(1)?.value()))
}
