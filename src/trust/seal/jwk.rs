//! The certificate of a seal as a JSON Web Key (RFC 7517, 4.7): the certificates are in its member `x5c`.

use std::collections::BTreeMap;

use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::certificate::Chain;
use super::public_key::{POINT, SealPublicKey};

/// Returns `None` if the key is not that of a seal.
pub fn write(chain: &Chain) -> Option<Json> {
    let members = public_members(&chain.public_key()?)?;
    // RFC 7638, section 3: the members in the order of their names, without spaces.
    let id = BASE64URL_NOPAD.encode(&Sha256::digest(serde_json::to_vec(&members).ok()?));
    let mut key = json!(members);
    let certificates: Vec<String> = chain.certificates().iter().map(|certificate| BASE64.encode(certificate)).collect();
    key["use"] = "sig".into();
    key["kid"] = id.into();
    key["x5c"] = certificates.into();
    Some(key)
}

/// Returns the members that a public key must have (RFC 7518, 6.2.1 and 6.3.1).
fn public_members(key: &SealPublicKey) -> Option<BTreeMap<&'static str, String>> {
    let encode = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let text = |text: &str| text.to_owned();
    Some(BTreeMap::from_iter(match key {
        SealPublicKey::P256(point) => {
            let (x, y) = point.strip_prefix(&[4])?.split_at_checked(POINT / 2)?;
            vec![("kty", text("EC")), ("crv", text("P-256")), ("x", encode(x)), ("y", encode(y))]
        }
        SealPublicKey::Rsa { modulus, exponent } => {
            let number = |content: &[u8]| encode(content.strip_prefix(&[0]).unwrap_or(content));
            vec![("kty", text("RSA")), ("n", number(modulus)), ("e", number(exponent))]
        }
    }))
}

/// Returns the certificates of a key. Returns `None` if they are damaged, or of another key.
pub fn read(key: &Json) -> Option<Chain> {
    let certificates = key["x5c"].as_array()?.iter();
    let certificates = certificates.map(|it| BASE64.decode(it.as_str()?.as_bytes()).ok()).collect::<Option<_>>()?;
    let chain = Chain::from_der(certificates)?;
    let members = public_members(&chain.public_key()?)?;
    members.iter().all(|(name, value)| key[name] == **value).then_some(chain)
}
