//! The certificate of a seal as a JSON Web Key (RFC 7517, 4.7): the certificates are in its member `x5c`.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::certificate::Chain;

/// Bytes of an uncompressed point of P-256: a mark, then both coordinates.
const POINT: usize = 65;

/// Returns `None` if the key is not on P-256.
pub fn write(chain: &Chain) -> Option<Json> {
    let key = chain.public_key()?;
    // The point is at the end of the SubjectPublicKeyInfo.
    let point = key.get(key.len().checked_sub(POINT)?..)?;
    let (x, y) = point.strip_prefix(&[4])?.split_at_checked(POINT / 2)?;
    let (x, y) = (BASE64URL_NOPAD.encode(x), BASE64URL_NOPAD.encode(y));
    let required = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    let id = BASE64URL_NOPAD.encode(&Sha256::digest(required));
    let certificates: Vec<String> = chain.certificates().iter().map(|certificate| BASE64.encode(certificate)).collect();
    Some(json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": id, "x": x, "y": y, "x5c": certificates }))
}

/// Returns the certificates of a key. Returns `None` if they are damaged, or of another key.
pub fn read(key: &Json) -> Option<Chain> {
    let certificates = key["x5c"].as_array()?.iter();
    let certificates = certificates.map(|it| BASE64.decode(it.as_str()?.as_bytes()).ok()).collect::<Option<_>>()?;
    let chain = Chain::from_der(certificates)?;
    let written = write(&chain)?;
    (written["x"] == key["x"] && written["y"] == key["y"]).then_some(chain)
}
