//! Reads a key with its certificates from a PEM file, as OpenSSL writes them: the key in PKCS#8, with or without a password.

use der::Decode;
use pkcs8::EncryptedPrivateKeyInfoRef;
use zeroize::Zeroizing;

use super::certificate::{read_blocks, read_pem};
use super::key::SealKey;
use super::pkcs12::{Contents, Problem, decrypt};

const PLAIN: &str = "PRIVATE KEY";
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";
/// The forms that OpenSSL wrote before PKCS#8.
const OLD: [&str; 2] = ["RSA PRIVATE KEY", "EC PRIVATE KEY"];

/// Returns whether a text contains a key.
pub fn has_key(text: &str) -> bool {
    [PLAIN, ENCRYPTED, OLD[0], OLD[1]].iter().any(|label| has_block(text, label))
}

/// Returns whether a text contains a key without a password.
pub fn has_plain_key(text: &str) -> bool {
    has_block(text, PLAIN)
}

/// Returns whether a key in a text needs a password.
pub fn is_encrypted(text: &str) -> bool {
    has_block(text, ENCRYPTED)
}

fn has_block(text: &str, label: &str) -> bool {
    text.contains(&format!("-----BEGIN {label}-----"))
}

/// Reads a text with a key and its certificates.
pub fn read(text: &str, password: &str) -> Result<Contents, Problem> {
    if OLD.iter().any(|label| has_block(text, label)) {
        return Err(Problem::OldForm);
    }
    let [plain, encrypted] = [PLAIN, ENCRYPTED].map(|label| read_blocks(text, label).ok_or(Problem::Damaged));
    let mut keys: Vec<Zeroizing<Vec<u8>>> = plain?.into_iter().map(Zeroizing::new).collect();
    for key in encrypted? {
        let key = EncryptedPrivateKeyInfoRef::from_der(&key).map_err(|_| Problem::OldEncryption)?;
        keys.push(decrypt(&key.encryption_algorithm, key.encrypted_data.as_bytes(), password)?);
    }
    let key = match keys.as_slice() {
        [] => return Err(Problem::NoKey),
        [key] => SealKey::from_pkcs8(key).map_err(Problem::UnusableKey)?,
        _ => return Err(Problem::SeveralKeys),
    };
    if !has_block(text, "CERTIFICATE") {
        return Err(Problem::NoCertificate);
    }
    Ok(Contents { key, certificates: read_pem(text).ok_or(Problem::Damaged)? })
}
