//! The public keys of an issuer as a JSON Web Key Set (RFC 7517), the file `keys.json`.

use std::collections::BTreeSet;
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value as Json, json};

use super::code::{KEY_ID_LENGTH, SignedCode};
use super::key::PublicKey;
use super::public_file::write_public_file;
use super::seal::check::TrustedSeals;
use super::seal::jwk;
use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::project::{read_regular_text, reason};

/// The largest key set that is read, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// The member of the key set that names [`KeySet::credentials`]. Other programs ignore it (RFC 7517, section 5).
const CREDENTIALS: &str = "credentials";

/// What an issuer publishes to check its certificates: its public keys, each once, in the order of their identifiers, the
/// certificates of its seals, and which reports have credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeySet {
    keys: Vec<PublicKey>,
    /// The certificates of seals.
    pub seals: TrustedSeals,
    /// The reports whose documents have a credential attached if they have a signed code; `None` if the issuer does not say.
    pub credentials: Option<BTreeSet<String>>,
}

impl KeySet {
    /// Reads a key set. Keys that are neither Ed25519 nor have a certificate are skipped.
    pub fn read(path: &Path) -> Result<Self> {
        let text = read_regular_text(path, MAX_FILE).map_err(|error| {
            let message = format!("the key set `{}` cannot be read: {}", path.display(), reason(&error));
            Diagnostic::error(code::KEY_SET, message)
                .help("name the keys.json of the issuer, which `gen-report keys publish` writes")
        })?;
        Self::parse(&path.display().to_string(), &text)
    }

    /// Parses a key set. `path` is its name in messages.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let problem = |line: usize, column: usize, message: String| {
            let file = SourceFile::new(path, text);
            Diagnostic::error(code::KEY_SET, message)
                .place(Place::at(&file, line, column))
                .help("get the keys.json of the issuer again")
        };
        let json: Json = serde_json::from_str(text)
            .map_err(|error| problem(error.line(), error.column(), format!("the key set is not JSON: {error}")))?;
        let entries = json["keys"].as_array().ok_or_else(|| problem(1, 1, "the key set has no list `keys`".into()))?;
        if entries.iter().any(|entry| entry.get("d").is_some()) {
            let problem = problem(1, 1, "the key set contains a secret key".into());
            return Err(problem.note("who has the secret key can sign in the name of the issuer"));
        }
        let mut keys = Self::default();
        for entry in entries.iter().filter(|entry| entry["kty"] == "OKP" && entry["crv"] == "Ed25519") {
            let bytes = entry["x"].as_str().and_then(|x| BASE64URL_NOPAD.decode(x.as_bytes()).ok());
            let key = bytes.and_then(|bytes| PublicKey::from_bytes(&bytes));
            keys.add(key.ok_or_else(|| problem(1, 1, format!("`{}` is not a public key", entry["x"])))?);
        }
        for entry in entries.iter().filter(|entry| entry.get("x5c").is_some()) {
            let chain = jwk::read(entry).ok_or_else(|| problem(1, 1, "a certificate is damaged".into()))?;
            keys.seals.add_chain(chain);
        }
        let names =
            |reports: &Vec<Json>| reports.iter().filter_map(|report| report.as_str().map(str::to_owned)).collect();
        keys.credentials = json[CREDENTIALS].as_array().map(names);
        if keys.keys.is_empty() { Err(problem(1, 1, "the key set has no Ed25519 key".into())) } else { Ok(keys) }
    }

    pub fn add(&mut self, key: PublicKey) {
        if !self.keys.contains(&key) {
            self.keys.push(key);
            self.keys.sort_by_key(PublicKey::id);
        }
    }

    /// Returns whether the issuer says that documents of a report with a signed code have a credential.
    pub fn has_credential(&self, report: &str) -> bool {
        self.credentials.as_ref().is_some_and(|reports| reports.contains(report))
    }

    /// Returns the number of keys for codes; the certificates of seals are not counted.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Returns whether there is no key for codes; there may be certificates of seals.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub fn to_json(&self) -> Json {
        let seals = self.seals.chains().iter().filter_map(jwk::write);
        let mut json = json!({ "keys": self.keys.iter().map(PublicKey::to_jwk).chain(seals).collect::<Vec<_>>() });
        if let Some(reports) = &self.credentials {
            json[CREDENTIALS] = reports.iter().map(String::as_str).collect();
        }
        json
    }

    /// Writes the key set to a file, completely or not at all. An existing file is replaced.
    pub fn write(&self, path: &Path) -> Result<()> {
        write_public_file(path, format!("{:#}\n", self.to_json()).as_bytes())
    }

    /// Returns the key with an identifier.
    pub fn with_id(&self, id: &str) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.id() == id)
    }

    /// Returns the keys that may have signed a code.
    pub fn find(&self, signed: &SignedCode) -> Vec<&PublicKey> {
        self.keys.iter().filter(|key| key.thumbprint()[..KEY_ID_LENGTH] == *signed.key_id).collect()
    }
}
