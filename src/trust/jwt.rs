//! JSON Web Tokens with an Ed25519 signature (RFC 7515, RFC 8037).

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value as Json;

use super::key::{PublicKey, Signer};
use super::key_set::KeySet;
use crate::results::Date;

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwtError {
    Malformed,
    /// It is signed with another algorithm.
    Algorithm,
    /// The key set does not have its key.
    UnknownKey,
    /// Its signature is not valid.
    Altered,
}

/// Signs a payload. The header must name the algorithm and the key.
pub fn sign(signer: &Signer, header: &Json, payload: &Json) -> crate::diagnostic::Result<String> {
    sign_with_header(signer, &encode_header(header), payload)
}

/// Encodes a header for [`sign_with_header`].
pub fn encode_header(header: &Json) -> String {
    BASE64URL_NOPAD.encode(header.to_string().as_bytes())
}

/// Signs a payload. `header` is encoded, and names the algorithm and the key.
pub fn sign_with_header(signer: &Signer, header: &str, payload: &Json) -> crate::diagnostic::Result<String> {
    let payload = payload.to_string();
    let mut token = String::with_capacity(header.len() + payload.len() * 4 / 3 + 100);
    token.push_str(header);
    token.push('.');
    BASE64URL_NOPAD.encode_append(payload.as_bytes(), &mut token);
    let signature = signer.sign(token.as_bytes())?;
    token.push('.');
    BASE64URL_NOPAD.encode_append(&signature, &mut token);
    Ok(token)
}

/// Returns the payload of a token and the key that signed it. A key that the token contains is not used: anyone can put one
/// there.
pub fn read<'k>(token: &str, keys: &'k KeySet, algorithms: &[&str]) -> Result<(Json, &'k PublicKey), JwtError> {
    let (signed, signature) = token.rsplit_once('.').ok_or(JwtError::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(JwtError::Malformed)?;
    let decode = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| JwtError::Malformed);
    let parse = |part: &str| serde_json::from_slice::<Json>(&decode(part)?).map_err(|_| JwtError::Malformed);
    let header = parse(header)?;
    if !algorithms.iter().any(|algorithm| header["alg"] == *algorithm) {
        return Err(JwtError::Algorithm);
    }
    let key = header["kid"].as_str().and_then(|id| keys.with_id(id)).ok_or(JwtError::UnknownKey)?;
    if !key.verify(signed.as_bytes(), &decode(signature)?) {
        return Err(JwtError::Altered);
    }
    Ok((parse(payload)?, key))
}

/// Reads a day of the form `2025-11-28`.
pub fn parse_day(text: &str) -> Option<Date> {
    Date::parse(text).filter(|date| date.day.is_some() && date.time.is_none())
}
