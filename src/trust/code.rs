//! A signed claim as a web address.
//!
//! The address is the beginning that the results give, followed by the base32 (RFC 4648, without padding) of a tagged
//! COSE_Sign1 (RFC 9052): capitals and digits only, for which a QR code has a compact mode. A phone opens the address; a
//! program reads the claim and checks its signature without a network. The signature also covers the beginning of the
//! address, as external data, so that a code cannot lead to another site.

use coset::{
    CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, RegisteredLabelWithPrivate, TaggedCborSerializable,
    iana,
};
use data_encoding::BASE32_NOPAD;

use super::claim::Claim;
use super::key::{PublicKey, Signer};

/// The number of bytes of a key's identifier in a code: the first ones of its thumbprint. It only finds the key; the
/// signature proves that it was this one.
pub const KEY_ID_LENGTH: usize = 8;

/// Text after the beginning of the address that is longer than this is a signed code. A serial number is shorter.
const MAX_SERIAL_LENGTH: usize = 64;

/// Why an address with a code is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// It is an address with a serial number.
    Unsigned,
    /// It is not a web address.
    NoAddress,
    /// The part after the beginning of the address is not a code as this program writes it.
    Malformed,
}

/// A code, as it was read. Its signature has not been checked.
pub struct SignedCode {
    pub claim: Claim,
    /// The first bytes of the thumbprint of the key that is said to have signed it.
    pub key_id: Vec<u8>,
    /// The beginning of the address, with its host in capitals.
    pub base: String,
    message: CoseSign1,
}

/// Returns an address with scheme and host in capitals, for which a QR code has a more compact mode. Their case is not
/// significant (RFC 3986, section 6.2.2.1).
pub fn with_capital_host(address: &str) -> String {
    let host_end = address.find("://").map_or(0, |at| {
        let host = at + "://".len();
        address[host..].find('/').map_or(address.len(), |slash| host + slash)
    });
    let (host, path) = address.split_at(host_end);
    format!("{}{path}", host.to_ascii_uppercase())
}

/// Returns whether a character may be part of the base32 of a code.
fn is_base32(c: char) -> bool {
    matches!(c, 'A'..='Z' | '2'..='7')
}

/// Signs a claim. Returns the address of the code, or `None` if the end of `base`, the beginning of the address, could be
/// taken for a part of the code.
///
/// # Errors
/// If the key cannot sign.
pub fn sign(signer: &Signer, base: &str, claim: &Claim) -> crate::diagnostic::Result<Option<String>> {
    let base = with_capital_host(base);
    if base.ends_with(is_base32) {
        return Ok(None);
    }
    let public = signer.public_key();
    // Ed25519 has the number −19 since RFC 9864, but most readers know only the older number, −8.
    let header = HeaderBuilder::new()
        .algorithm(iana::Algorithm::EdDSA)
        .key_id(public.thumbprint()[..KEY_ID_LENGTH].to_vec())
        .build();
    let message = CoseSign1Builder::new()
        .protected(header)
        .payload(claim.to_cbor())
        .try_create_signature(base.as_bytes(), |to_sign| signer.sign(to_sign).map(|signature| signature.to_vec()))?
        .build();
    let bytes = message.to_tagged_vec().ok();
    Ok(bytes.map(|bytes| format!("{base}{}", BASE32_NOPAD.encode(&bytes))))
}

impl SignedCode {
    /// Reads the address of a code.
    pub fn read(address: &str) -> Result<Self, CodeError> {
        let address = with_capital_host(address);
        if !(address.starts_with("HTTPS://") || address.starts_with("HTTP://")) {
            return Err(CodeError::NoAddress);
        }
        let base = address.trim_end_matches(is_base32);
        let encoded = &address[base.len()..];
        if encoded.len() <= MAX_SERIAL_LENGTH {
            // A long rest, in which only some characters belong to base32, was a code once.
            let rest = address.rsplit('/').next().unwrap_or_default();
            return Err(if rest.len() > MAX_SERIAL_LENGTH { CodeError::Malformed } else { CodeError::Unsigned });
        }
        Self::from_base32(base, encoded).ok_or(CodeError::Malformed)
    }

    fn from_base32(base: &str, encoded: &str) -> Option<Self> {
        let bytes = BASE32_NOPAD.decode(encoded.as_bytes()).ok()?;
        let message = CoseSign1::from_tagged_slice(&bytes).ok()?;
        let claim = Claim::from_cbor(message.payload.as_deref()?)?;
        let header = &message.protected.header;
        let is_eddsa = [iana::Algorithm::EdDSA, iana::Algorithm::Ed25519]
            .into_iter()
            .any(|algorithm| header.alg == Some(RegisteredLabelWithPrivate::Assigned(algorithm)));
        // Each code has one form: no header that nobody signed, and the shortest encoding of everything.
        let plain = HeaderBuilder::new().algorithm_label(header.alg.clone()?).key_id(header.key_id.clone()).build();
        let is_plain = message.unprotected.is_empty()
            && *header == plain
            && message.protected.original_data.as_deref() == Some(plain.to_vec().ok()?.as_slice())
            && message.clone().to_tagged_vec().ok()? == bytes;
        let key_id = header.key_id.clone();
        (is_eddsa && is_plain && key_id.len() == KEY_ID_LENGTH).then(|| Self {
            claim,
            key_id,
            base: base.to_owned(),
            message,
        })
    }

    /// Returns whether this key signed the code, with this beginning of its address.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let verify = |signature: &[u8], signed: &[u8]| if key.verify(signed, signature) { Ok(()) } else { Err(()) };
        self.message.verify_signature(self.base.as_bytes(), verify).is_ok()
    }
}
