//! The ECDSA key of an issuer on the curve P-256, with which it seals documents.

use std::path::Path;

use data_encoding::HEXLOWER;
use der::asn1::ObjectIdentifier;
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, SigningKey};
use pkcs8::{EncodePrivateKey, LineEnding};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use super::asn1::{bit_string, oid, sequence};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::trust::key::{key_error, random, read_encrypted, write_private};

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// The secret key of a seal. It has no `Debug`, so that no message can contain it.
#[derive(Clone)]
pub struct SealKey {
    key: SigningKey,
}

impl SealKey {
    /// Makes a new key from the randomness of the operating system.
    pub fn generate() -> Result<Self> {
        // About one number in four thousand million is not a key.
        for _ in 0..8 {
            if let Some(key) = Self::from_bytes(random()?.as_slice()) {
                return Ok(key);
            }
        }
        Err(Diagnostic::error(code::KEY, "the random numbers of the system are not random")
            .help("make the key on another machine"))
    }

    /// Returns the key with a secret number of 32 bytes, or `None` if no key has it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        SigningKey::from_slice(bytes).ok().map(|key| Self { key })
    }

    /// Reads the key in a file, which nobody but its owner may read.
    pub fn read(path: &Path, password: impl FnOnce() -> Result<Zeroizing<String>>) -> Result<Self> {
        let key: SecretKey = read_encrypted(path, "a P-256 key", password)?;
        Ok(Self { key: key.into() })
    }

    /// Writes the key to a new file that only its owner can read. An existing file is an error.
    pub fn write(&self, path: &Path, password: &str) -> Result<()> {
        let pem = SecretKey::from(&self.key).to_pkcs8_encrypted_pem(password.as_bytes(), LineEnding::LF);
        let pem = pem.map_err(|error| key_error(path, format_args!("cannot be encrypted: {error}")))?;
        write_private(path, &pem)
    }

    /// Returns the public key as a point of the curve, uncompressed (SEC 1, 2.3.3).
    pub fn public_point(&self) -> Vec<u8> {
        self.key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
    }

    /// Returns the public key as a SubjectPublicKeyInfo in DER.
    pub fn public_key(&self) -> Vec<u8> {
        sequence(&[sequence(&[oid(EC_PUBLIC_KEY), oid(P256)]), bit_string(&self.public_point())])
    }

    /// Signs a message. The same message gets the same signature (RFC 6979).
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: DerSignature = self.key.sign(message);
        signature.as_bytes().to_vec()
    }
}

impl From<SecretKey> for SealKey {
    fn from(key: SecretKey) -> Self {
        Self { key: key.into() }
    }
}

/// For the pipe to a worker process, and for nothing else.
impl Serialize for SealKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let secret = Zeroizing::new(self.key.to_bytes());
        serializer.serialize_str(&Zeroizing::new(HEXLOWER.encode(secret.as_slice())))
    }
}

impl<'de> Deserialize<'de> for SealKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let secret = HEXLOWER.decode(text.as_bytes()).ok().map(Zeroizing::new);
        secret.and_then(|secret| Self::from_bytes(&secret)).ok_or_else(|| serde::de::Error::custom("not a key"))
    }
}
