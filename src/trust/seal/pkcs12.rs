//! Reads a key with its certificates from a PKCS#12 file (RFC 7292; `.p12` or `.pfx`), in which authorities and keyrings hand
//! them out.
//!
//! Written for this crate because only a few structures are needed. The files are encrypted as OpenSSL 3, Windows since 2019
//! and macOS 15 do it (PBES2, RFC 8018). The MAC is not verified: a wrong password fails to decrypt, and a certificate must contain
//! the public key of the private key.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Encode, Tag, Tagged};
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::{self, EncryptionScheme};
use zeroize::Zeroizing;

use super::asn1::{elements, oid};
use super::certificate;
use super::key::{SealKey, UnusableKey};
use super::signed_data::DATA;

const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
const KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.1");
const SHROUDED_KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");
const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");

/// The first tag of a PKCS#12 file. A PEM file begins with a letter or a hyphen.
const FIRST_BYTE: u8 = 0x30;

/// What a file contains.
pub struct Contents {
    pub key: SealKey,
    /// In DER, in the order of the file.
    pub certificates: Vec<Vec<u8>>,
}

/// Why a file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    Damaged,
    WrongPassword,
    /// It is encrypted with an algorithm that is too weak today, or not known.
    OldEncryption,
    NoKey,
    SeveralKeys,
    UnusableKey(UnusableKey),
    /// The key is in a form that is older than PKCS#8.
    OldForm,
    NoCertificate,
}

/// Returns whether a file may be one of this kind.
pub fn is_pkcs12(bytes: &[u8]) -> bool {
    bytes.first() == Some(&FIRST_BYTE) && certificate::parse(bytes).is_none()
}

/// Reads a file.
pub fn read(bytes: &[u8], password: &str) -> Result<Contents, Problem> {
    let mut found = Found::default();
    let safe = read_safe(bytes).ok_or(Problem::Damaged)?;
    for content in elements(&safe).ok_or(Problem::Damaged)? {
        let bags = read_content(content, password)?;
        found.add_bags(&bags, password)?;
    }
    let mut keys = found.keys.into_iter();
    let key = keys.next().ok_or(Problem::NoKey)?;
    if keys.next().is_some() {
        return Err(Problem::SeveralKeys);
    }
    let key = SealKey::from_pkcs8(&key).map_err(Problem::UnusableKey)?;
    match found.certificates.is_empty() {
        true => Err(Problem::NoCertificate),
        false => Ok(Contents { key, certificates: found.certificates }),
    }
}

#[derive(Default)]
struct Found {
    /// In PKCS#8.
    keys: Vec<Zeroizing<Vec<u8>>>,
    certificates: Vec<Vec<u8>>,
}

impl Found {
    /// Adds the bags of a SafeContents (RFC 7292, 4.2). Bags of other kinds are left out.
    fn add_bags(&mut self, bags: &[u8], password: &str) -> Result<(), Problem> {
        let [bags] = elements(bags).and_then(|it| it.try_into().ok()).ok_or(Problem::Damaged)?;
        for bag in elements(bags.value()).ok_or(Problem::Damaged)? {
            let parts = elements(bag.value()).ok_or(Problem::Damaged)?;
            let [kind, value, ..] = parts.as_slice() else { return Err(Problem::Damaged) };
            let kind = ObjectIdentifier::from_bytes(kind.value()).map_err(|_| Problem::Damaged)?;
            match kind {
                KEY_BAG => self.keys.push(Zeroizing::new(value.value().to_vec())),
                SHROUDED_KEY_BAG => {
                    let key =
                        EncryptedPrivateKeyInfoRef::from_der(value.value()).map_err(|_| Problem::OldEncryption)?;
                    let key = decrypt(&key.encryption_algorithm, key.encrypted_data.as_bytes(), password)?;
                    self.keys.push(key);
                }
                CERTIFICATE_BAG => self.certificates.extend(read_certificate(value.value())),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Returns the content of the AuthenticatedSafe, a SEQUENCE of ContentInfo.
fn read_safe(bytes: &[u8]) -> Option<Vec<u8>> {
    let [file] = elements(bytes)?.try_into().ok()?;
    let parts = elements(file.value())?;
    let [version, content, ..] = parts.as_slice() else { return None };
    (version.value() == [3]).then_some(())?;
    let data = read_data(content.value())?;
    let [safe] = elements(&data)?.try_into().ok()?;
    Some(safe.value().to_vec())
}

/// Returns the bytes in the content of a ContentInfo of the type data.
fn read_data(content: &[u8]) -> Option<Vec<u8>> {
    let rest = content.strip_prefix(oid(DATA).as_slice())?;
    let [explicit] = elements(rest)?.try_into().ok()?;
    let [octets] = elements(explicit.value())?.try_into().ok()?;
    (octets.tag() == Tag::OctetString).then(|| octets.value().to_vec())
}

/// Returns the SafeContents in a ContentInfo.
fn read_content(content: AnyRef<'_>, password: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
    if let Some(data) = read_data(content.value()) {
        return Ok(Zeroizing::new(data));
    }
    let (scheme, data) = read_encrypted_data(content.value()).ok_or(Problem::Damaged)?;
    let scheme = EncryptionScheme::from_der(&scheme).map_err(|_| Problem::OldEncryption)?;
    decrypt(&scheme, &data, password)
}

/// Returns the algorithm and the encrypted bytes of an EncryptedData (RFC 5652, section 8).
fn read_encrypted_data(content: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let rest = content.strip_prefix(oid(ENCRYPTED_DATA).as_slice())?;
    let [explicit] = elements(rest)?.try_into().ok()?;
    let [encrypted] = elements(explicit.value())?.try_into().ok()?;
    let parts = elements(encrypted.value())?;
    let info = elements(parts.get(1)?.value())?;
    let [_, algorithm, data] = info.try_into().ok()?;
    Some((algorithm.to_der().ok()?, data.value().to_vec()))
}

pub(super) fn decrypt(scheme: &EncryptionScheme, data: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let plain = scheme.decrypt(password, data).map(Zeroizing::new).map_err(|error| match error {
        pkcs5::Error::DecryptFailed => Problem::WrongPassword,
        _ => Problem::OldEncryption,
    })?;
    // One wrong password in 256 leaves a padding that could be right.
    let is_whole = elements(&plain).is_some_and(|found| found.len() == 1);
    if is_whole { Ok(plain) } else { Err(Problem::WrongPassword) }
}

/// Returns the certificate in a CertBag, or `None` if it is of another kind.
fn read_certificate(bag: &[u8]) -> Option<Vec<u8>> {
    let [bag] = elements(bag)?.try_into().ok()?;
    let rest = bag.value().strip_prefix(oid(X509_CERTIFICATE).as_slice())?;
    let [explicit] = elements(rest)?.try_into().ok()?;
    let [octets] = elements(explicit.value())?.try_into().ok()?;
    Some(octets.value().to_vec())
}
