//! A certificate as a credential for wallets and programs: Open Badges 3.0 (1EdTech), which is a W3C Verifiable Credential,
//! signed as a JSON Web Token (VC-JWT, RFC 7519, RFC 8037).
//!
//! The token contains the public key (`jwk`), so that a program without the key set can read it. Only a key set that comes
//! from the issuer proves whose key it is.

use serde_json::{Value as Json, json};

use super::claim::{Claim, printable, to_seconds};
use super::jwt::{self, JwtError, parse_day};
use super::key::Signer;
use super::key_set::KeySet;
use super::site::Site;
use super::status_list;
use crate::results::Date;

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
    /// The beginning of the address of the certificate; its serial number is the rest.
    pub base: String,
    pub serial: String,
    /// Language tag (BCP 47).
    pub language: String,
    pub city: String,
    pub award: String,
    pub edition: u32,
    pub date: Date,
    /// The last day on which the certificate is valid.
    pub expires: Option<Date>,
    /// The address of the status list in which the certificate is to be looked up; older credentials name none.
    pub status_list: Option<String>,
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
pub fn issue(signer: &Signer, base: &str, claim: &Claim, texts: &Texts) -> crate::diagnostic::Result<String> {
    let header = signer.credential_header(|key| {
        jwt::encode_header(&json!({ "alg": "EdDSA", "typ": "JWT", "kid": key.id(), "jwk": key.to_jwk() }))
    });
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
        "credentialStatus": status_list::entry(&Site::new(base).status_list(), &claim.serial),
        // The registered claims of a token repeat what the credential says.
        "iss": issuer_id,
        "jti": id,
        "nbf": to_seconds(claim.date),
    });
    if let Some(expires) = claim.expires {
        payload["validUntil"] = format!("{expires}T23:59:59Z").into();
    }
    jwt::sign_with_header(signer, header, &payload)
}

/// The beginning of each token: `{"` in base64url.
pub const START: &str = "eyJ";

/// Whether a text looks like a signed token.
pub fn is_token(text: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    text.starts_with(START) && text.split('.').count() == 3 && text.split('.').all(is_part)
}

/// Reads a credential and checks its signature.
pub fn read(token: &str, keys: &KeySet) -> Result<Credential, CredentialError> {
    if token.len() > MAX_TOKEN || !is_token(token) {
        return Err(CredentialError::Malformed);
    }
    let (payload, key) = jwt::read(token, keys, &["EdDSA"]).map_err(|error| match error {
        JwtError::Malformed | JwtError::Algorithm => CredentialError::Malformed,
        JwtError::UnknownKey => CredentialError::UnknownIssuer,
        JwtError::Altered => CredentialError::Altered,
    })?;
    Credential::from_payload(&payload, key.id()).ok_or(CredentialError::Malformed)
}

impl Credential {
    /// Reads the payload of a token. Returns `None` if something is missing, or if it contradicts itself.
    fn from_payload(payload: &Json, key: String) -> Option<Self> {
        let is_badge = |types: &Vec<Json>| types.iter().any(|name| name == "OpenBadgeCredential");
        payload["type"].as_array().filter(|types| is_badge(types))?;
        let subject = &payload["credentialSubject"];
        let achievement = &subject["achievement"];
        let id = payload["id"].as_str()?;
        let (base, award) = achievement["id"].as_str()?.rsplit_once('#')?;
        let (award, edition) = award.rsplit_once('-')?;
        let time = |json: &Json, clock: &str| parse_day(json.as_str()?.strip_suffix(clock)?);
        let credential = Self {
            base: base.to_owned(),
            serial: id.strip_prefix(base).filter(|serial| !serial.is_empty())?.to_owned(),
            language: achievement["inLanguage"].as_str()?.to_owned(),
            city: subject["identifier"][0]["identityHash"].as_str()?.to_owned(),
            award: award.to_owned(),
            edition: edition.parse().ok()?,
            date: time(&payload["validFrom"], "T00:00:00Z")?,
            expires: match payload.get("validUntil") {
                Some(until) => Some(time(until, "T23:59:59Z")?),
                None => None,
            },
            status_list: match payload.get("credentialStatus") {
                Some(entry) => Some(status_list::read_entry(entry, id.strip_prefix(base)?)?.to_owned()),
                None => None,
            },
            key,
        };
        let agrees = payload["jti"] == *id
            && payload["iss"] == payload["issuer"]["id"]
            && payload["awardedDate"] == payload["validFrom"]
            && payload["nbf"] == to_seconds(credential.date);
        agrees.then_some(credential)
    }

    /// Returns the first fact, by its name, in which the credential differs from a claim, and what the credential states. The
    /// city is left out: each language has its own name for it.
    pub fn find_difference(&self, claim: &Claim) -> Option<(&'static str, String)> {
        let day = |date: Option<Date>| date.map_or_else(|| "none".to_owned(), |date| date.to_string());
        let facts = [
            ("serial number", self.serial == claim.serial, self.serial.clone()),
            ("award", self.award == claim.award, self.award.clone()),
            ("edition", self.edition == claim.edition, self.edition.to_string()),
            ("date", self.date == claim.date, self.date.to_string()),
            ("last day", self.expires == claim.expires, day(self.expires)),
        ];
        facts.into_iter().find(|(_, agrees, _)| !agrees).map(|(fact, _, stated)| (fact, stated))
    }

    /// Returns what the credential states. What only a code states is null.
    pub fn to_claim_json(&self) -> Json {
        json!({
            "serial": self.serial, "programme": null, "edition": self.edition, "city": self.city, "award": self.award,
            "rank": null, "date": self.date.to_string(), "expires": self.expires.map(|date| date.to_string()),
        })
    }

    pub fn to_json(&self) -> Json {
        json!({
            "language": self.language, "serial": self.serial, "edition": self.edition, "city": self.city,
            "award": self.award, "date": self.date.to_string(), "expires": self.expires.map(|date| date.to_string()),
            "key": self.key,
        })
    }

    /// Returns the credential on one line for people, without control characters.
    pub fn describe(&self) -> String {
        let Self { serial, edition, city, award, date, .. } = self;
        let expires = self.expires.map(|date| format!(", valid until {date}")).unwrap_or_default();
        printable(&format!("{serial}, {city}, {award}, edition {edition}, {date}{expires}"))
    }
}
