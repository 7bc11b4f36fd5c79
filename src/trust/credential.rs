//! A certificate as a credential for wallets and programs: Open Badges 3.0 (1EdTech), which is a W3C Verifiable Credential,
//! signed as a JSON Web Token (VC-JWT, RFC 7519, RFC 8037).
//!
//! The token contains the public key (`jwk`), so that a program without the key set can read it. Only a key set that comes
//! from the issuer proves whose key it is.

use serde_json::{Value as Json, json};

use super::claim::Claim;
use super::key::Signer;
use super::key_set::KeySet;
use super::token::{self, TokenError};

/// The JSON-LD contexts of Verifiable Credentials 2.0 and Open Badges 3.0, in the order that the latter requires.
const CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// The longest token that is read, in bytes.
const MAX_TOKEN: usize = 1 << 20;

/// What a credential says besides the claim: texts in one language, without formatting.
pub struct Texts {
    /// Language tag (BCP 47).
    pub language: String,
    /// The title of the certificate.
    pub title: String,
    /// What the city is honoured for.
    pub description: String,
    /// What the programme is.
    pub criteria: String,
    pub issuer: String,
    pub website: Option<String>,
    pub email: Option<String>,
}

/// A credential that a key of the key set has signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The address of the certificate: that of its code, without a signature.
    pub id: String,
    pub city: String,
    /// In the notation of ISO 8601: `2025-11-28`.
    pub date: String,
    /// The identifier of the key that signed it.
    pub key: String,
}

/// Why a credential is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialError {
    /// It is not a credential as this program writes it.
    Malformed,
    /// The key set does not have its key.
    UnknownIssuer,
    /// Its signature is not valid.
    Altered,
}

/// Returns the credential for a claim. `base` is the beginning of the address of the code. The same key and the same facts
/// give the same credential.
pub fn issue(signer: &Signer, base: &str, claim: &Claim, texts: &Texts) -> String {
    let key = signer.public_key();
    let header = json!({ "alg": "EdDSA", "typ": "JWT", "kid": key.id(), "jwk": key.to_jwk() });
    let id = format!("{base}{}", claim.serial);
    let issuer_id = texts.website.as_deref().unwrap_or(base);
    let valid_from = format!("{}T00:00:00Z", claim.date);
    let mut issuer = json!({ "id": issuer_id, "type": ["Profile"], "name": texts.issuer });
    if let Some(website) = &texts.website {
        issuer["url"] = website.as_str().into();
    }
    if let Some(email) = &texts.email {
        issuer["email"] = email.as_str().into();
    }
    let mut payload = json!({
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": texts.title,
        "issuer": issuer,
        "validFrom": valid_from,
        "awardedDate": valid_from,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                { "type": "IdentityObject", "hashed": false, "identityHash": claim.city, "identityType": "name" },
            ],
            "achievement": {
                "id": format!("{base}#{}-{}", claim.award, claim.edition),
                "type": ["Achievement"],
                "achievementType": "Award",
                "inLanguage": texts.language,
                "name": texts.title,
                "description": texts.description,
                "criteria": { "narrative": texts.criteria },
            },
        },
        // The registered claims of a token repeat what the credential says.
        "iss": issuer_id,
        "jti": id,
        "nbf": claim.date_in_seconds(),
    });
    if let Some(expires) = claim.expires {
        payload["validUntil"] = format!("{expires}T23:59:59Z").into();
    }
    token::sign(signer, &header, &payload)
}

/// Whether a text looks like a signed token.
pub fn is_token(text: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    text.starts_with("eyJ") && text.split('.').count() == 3 && text.split('.').all(is_part)
}

/// Reads a credential and checks its signature.
pub fn read(token: &str, keys: &KeySet) -> Result<Credential, CredentialError> {
    if token.len() > MAX_TOKEN || !is_token(token) {
        return Err(CredentialError::Malformed);
    }
    let (payload, key) = token::read(token, keys, &["EdDSA"]).map_err(|error| match error {
        TokenError::Malformed | TokenError::Algorithm => CredentialError::Malformed,
        TokenError::UnknownKey => CredentialError::UnknownIssuer,
        TokenError::Altered => CredentialError::Altered,
    })?;
    let text = |json: &Json| json.as_str().map(str::to_owned).ok_or(CredentialError::Malformed);
    let date = text(&payload["validFrom"])?;
    Ok(Credential {
        id: text(&payload["id"])?,
        city: text(&payload["credentialSubject"]["identifier"][0]["identityHash"])?,
        date: date.split('T').next().unwrap_or_default().to_owned(),
        key: key.id(),
    })
}

impl Credential {
    /// Returns whether the credential is about the certificate of a claim.
    pub fn agrees_with(&self, claim: &Claim) -> bool {
        self.id.ends_with(&format!("/{}", claim.serial))
            && self.city == claim.city
            && self.date == claim.date.to_string()
    }
}
