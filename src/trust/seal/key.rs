//! The key of an issuer with which it seals documents: ECDSA on the curve P-256, or RSA.

use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use data_encoding::HEXLOWER;
use der::SecretDocument;
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{DerSignature, Signature, SigningKey};
use pkcs8::{EncodePrivateKey, LineEnding, PrivateKeyInfoRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use super::asn1::RSA_ENCRYPTION;
use super::public_key::{EC_PUBLIC_KEY, RSA_BITS, SealPublicKey};
use super::rsa::RsaKey;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::trust::Secrets;
use crate::trust::hardware::{HardwareKey, HardwareMechanism, KeyUri};
use crate::trust::key::{KeyFile, decrypt, key_error, random, read_hardware_key, write_hardware_key, write_private};

/// The algorithm of a new key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SealAlgorithm {
    /// ECDSA on P-256 with SHA-256
    #[default]
    EcdsaP256,
    /// RSA with 3072 bits and SHA-256 (PKCS#1 v1.5), for authorities that ask for it
    #[value(name = "rsa-3072")]
    Rsa3072,
}

/// The secret key of a seal. It has no `Debug`, so that no message can contain it.
#[derive(Clone)]
pub struct SealKey {
    secret: Secret,
    public: SealPublicKey,
}

#[derive(Clone)]
enum Secret {
    P256(SigningKey),
    Rsa(Arc<RsaKey>),
    Hardware(Arc<HardwareKey>),
}

/// Why a key cannot make seals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusableKey {
    Damaged,
    /// It is neither an RSA key nor one on the curve P-256.
    OtherKind,
    /// It is an RSA key of another length, in bits.
    RsaLength(usize),
}

impl UnusableKey {
    /// Returns the rest of a sentence about a file, and what to do.
    pub fn describe(self) -> (String, String) {
        let (least, most) = (RSA_BITS.start(), RSA_BITS.end());
        match self {
            Self::Damaged => ("has a damaged key".to_owned(), "restore the file from its copy".to_owned()),
            Self::OtherKind => (
                "has a key of another kind than ECDSA on P-256 or RSA".to_owned(),
                "ask the authority for a certificate of a P-256 key (secp256r1, prime256v1), or of an RSA key"
                    .to_owned(),
            ),
            Self::RsaLength(bits) if bits < *least => (
                format!("has an RSA key of {bits} bits, which is too weak"),
                format!("make a key of at least {least} bits, and ask the authority for its certificate"),
            ),
            Self::RsaLength(bits) => (
                format!("has an RSA key of {bits} bits, which is too long"),
                format!("make a key of at most {most} bits, and ask the authority for its certificate"),
            ),
        }
    }
}

impl SealKey {
    /// Makes a new key from the randomness of the operating system.
    pub fn generate(algorithm: SealAlgorithm) -> Result<Self> {
        let failed = || {
            Diagnostic::error(code::KEY, "the random numbers of the system are not random")
                .help("make the key on another machine")
        };
        if algorithm == SealAlgorithm::Rsa3072 {
            return Self::from_rsa(RsaKey::generate()?).ok_or_else(failed);
        }
        // About one number in four thousand million is not a key.
        for _ in 0..8 {
            if let Some(key) = Self::from_bytes(random()?.as_slice()) {
                return Ok(key);
            }
        }
        Err(failed())
    }

    /// Returns the P-256 key with a secret number of 32 bytes, or `None` if no key has it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        SigningKey::from_slice(bytes).ok().map(Self::from_p256)
    }

    fn from_p256(key: SigningKey) -> Self {
        let public = SealPublicKey::P256(key.verifying_key().to_sec1_point(false).as_bytes().to_vec());
        Self { secret: Secret::P256(key), public }
    }

    fn from_rsa(key: RsaKey) -> Option<Self> {
        Some(Self { public: key.public_key()?, secret: Secret::Rsa(Arc::new(key)) })
    }

    /// Reads a key in PKCS#8.
    pub fn from_pkcs8(der: &[u8]) -> std::result::Result<Self, UnusableKey> {
        Self::from_key_info(PrivateKeyInfoRef::try_from(der).map_err(|_| UnusableKey::Damaged)?)
    }

    fn from_key_info(info: PrivateKeyInfoRef<'_>) -> std::result::Result<Self, UnusableKey> {
        match info.algorithm.oid {
            EC_PUBLIC_KEY => {
                let key = SecretKey::try_from(info).map_err(|_| UnusableKey::OtherKind)?;
                Ok(Self::from_p256(key.into()))
            }
            RSA_ENCRYPTION => {
                Self::from_rsa(RsaKey::from_der(info.private_key.as_bytes())?).ok_or(UnusableKey::Damaged)
            }
            _ => Err(UnusableKey::OtherKind),
        }
    }

    /// Reads the key in a file, which nobody but its owner may read, or opens the key in hardware whose address is in the file.
    pub fn read(path: &Path, secrets: &dyn Secrets) -> Result<Self> {
        let pem = match KeyFile::read(path)? {
            KeyFile::Hardware(uri) => return Self::open(&uri, || secrets.pin(&uri)),
            KeyFile::Encrypted(pem) => pem,
        };
        let Decrypted(key) = decrypt(path, &pem, "a key for seals", || secrets.password(path))?;
        key.map_err(|problem| {
            let (why, help) = problem.describe();
            key_error(path, why).help(help)
        })
    }

    /// Opens a key in hardware.
    pub fn open(uri: &KeyUri, pin: impl FnOnce() -> Result<Zeroizing<String>>) -> Result<Self> {
        Self::from_hardware(HardwareKey::open(uri, pin)?)
    }

    fn from_hardware(key: HardwareKey) -> Result<Self> {
        let public = SealPublicKey::from_der_of_key(key.public_key()).map_err(|problem| {
            let (why, help) = problem.describe();
            Diagnostic::error(code::KEY, format!("the address `{}` {why}", key.uri().name())).help(help)
        })?;
        Ok(Self { secret: Secret::Hardware(key.into()), public })
    }

    /// Writes the key, or its address in hardware, to a new file that only its owner can read. An existing file is an error.
    pub fn write(&self, path: &Path, password: &str) -> Result<()> {
        if let Secret::Hardware(key) = &self.secret {
            return write_private(path, &format!("{}\n", key.uri()));
        }
        let pem = self.to_encrypted_pem(password);
        let pem = pem.map_err(|error| key_error(path, format_args!("cannot be encrypted: {error}")))?;
        write_private(path, &pem)
    }

    fn to_encrypted_pem(&self, password: &str) -> pkcs8::Result<Zeroizing<String>> {
        let key = self.to_pkcs8()?;
        let encrypted = PrivateKeyInfoRef::try_from(key.as_bytes())?.encrypt(password)?;
        Ok(encrypted.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)?)
    }

    fn to_pkcs8(&self) -> pkcs8::Result<SecretDocument> {
        match &self.secret {
            Secret::P256(key) => SecretKey::from(key).to_pkcs8_der(),
            Secret::Rsa(key) => key.to_pkcs8(),
            Secret::Hardware(_) => Err(pkcs8::Error::KeyMalformed(pkcs8::KeyError::Invalid)),
        }
    }

    pub fn public_key(&self) -> &SealPublicKey {
        &self.public
    }

    /// Signs a message. The same message gets the same signature (ECDSA: RFC 6979), except from a P-256 key in hardware.
    ///
    /// # Errors
    /// If the key cannot sign.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        match &self.secret {
            Secret::P256(key) => {
                let signature: DerSignature = key.sign(message);
                Ok(signature.as_bytes().to_vec())
            }
            Secret::Rsa(key) => key.sign(message),
            Secret::Hardware(key) => sign_in_hardware(key, &self.public, message),
        }
    }
}

fn sign_in_hardware(key: &HardwareKey, public: &SealPublicKey, message: &[u8]) -> Result<Vec<u8>> {
    let wrong = || {
        let message = format!("the key `{}` makes signatures in another form than PKCS#11 describes", key.uri().name());
        Diagnostic::error(code::KEY, message).help("use another token")
    };
    match public {
        SealPublicKey::P256(_) => {
            let signature = key.sign(HardwareMechanism::EcdsaSha256, message)?;
            let signature = Signature::from_slice(&signature).map_err(|_| wrong())?;
            Ok(signature.to_der().as_bytes().to_vec())
        }
        SealPublicKey::Rsa { .. } => {
            let signature = key.sign(HardwareMechanism::RsaSha256, message)?;
            if signature.len() == public.max_signature_length() { Ok(signature) } else { Err(wrong()) }
        }
    }
}

/// A decrypted key, or why it cannot make seals.
struct Decrypted(std::result::Result<SealKey, UnusableKey>);

impl TryFrom<PrivateKeyInfoRef<'_>> for Decrypted {
    type Error = pkcs8::Error;

    fn try_from(info: PrivateKeyInfoRef<'_>) -> pkcs8::Result<Self> {
        Ok(Self(SealKey::from_key_info(info)))
    }
}

/// For the pipe to a worker process, and for nothing else.
impl Serialize for SealKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        if let Secret::Hardware(key) = &self.secret {
            return serializer.serialize_str(&write_hardware_key(key));
        }
        let key = self.to_pkcs8().map_err(|_| serde::ser::Error::custom("not a key"))?;
        serializer.serialize_str(&Zeroizing::new(HEXLOWER.encode(key.as_bytes())))
    }
}

impl<'de> Deserialize<'de> for SealKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        if let Some(key) = read_hardware_key(&text) {
            return Self::from_hardware(key).map_err(|problem| serde::de::Error::custom(problem.message));
        }
        let key = HEXLOWER.decode(text.as_bytes()).ok().map(Zeroizing::new);
        key.and_then(|key| Self::from_pkcs8(&key).ok()).ok_or_else(|| serde::de::Error::custom("not a key"))
    }
}
