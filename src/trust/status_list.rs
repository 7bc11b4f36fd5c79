//! The published status list, the file `status.jwt`: which certificates are no longer valid.
//!
//! It is a Bitstring Status List (W3C Recommendation, version 1.0) in a credential that is secured as a JSON Web Token (RFC
//! 7515, VC-JOSE-COSE). The bit of a certificate is 1 if it is revoked or superseded. Its index is the number in the first
//! [`INDEX_BITS`] bits of the SHA-256 of its serial number, so that it follows from the certificate alone and never changes.
//!
//! The subject also has the entries of the register, which say since when, why, and what replaces a certificate. They and
//! the bits must say the same.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::jwt::{self, JwtError, parse_day};
use super::key::Signer;
use super::key_set::KeySet;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::{read_regular_text, reason};
use crate::results::{Date, Register, RegisterEntry, Withdrawal, is_forbidden};

/// The name of the published file.
pub const STATUS_LIST: &str = "status.jwt";

/// What a bit that is 1 means (Bitstring Status List, section 2.1).
const PURPOSE: &str = "revocation";

/// The largest status list that is read, in bytes.
const MAX_FILE: u64 = 16 << 20;

const INDEX_BITS: u32 = 24;
const LIST_BYTES: usize = 1 << (INDEX_BITS - 3);

/// Which certificates are no longer valid, as the issuer has published it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    /// Where it is published. A credential names this address.
    pub address: String,
    /// The day for which the list was made.
    pub date: Date,
    pub register: Register,
}

/// Returns the index of a certificate in every status list.
pub fn index(serial: &str) -> u32 {
    let hash = Sha256::digest(serial);
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) >> (u32::BITS - INDEX_BITS)
}

/// Returns the entry of a certificate for its credential: where its bit is. `address` is that of the list.
pub fn entry(address: &str, serial: &str) -> Json {
    let index = index(serial).to_string();
    json!({
        "id": format!("{address}#{index}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": index,
        "statusListCredential": address,
    })
}

/// Returns the address of the list in an entry, or `None` if it is not the entry of this certificate.
pub fn read_entry<'j>(entry: &'j Json, serial: &str) -> Option<&'j str> {
    let address = entry["statusListCredential"].as_str()?;
    (*entry == self::entry(address, serial)).then_some(address)
}

impl StatusList {
    /// Signs the list.
    pub fn sign(&self, signer: &Signer) -> Result<String> {
        let address = &self.address;
        let site = address.strip_suffix(STATUS_LIST).unwrap_or(address);
        let credential = json!({
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                { "register": { "@id": format!("{address}#register"), "@type": "@json" } },
            ],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": site,
            "validFrom": format!("{}T00:00:00Z", self.date),
            "credentialSubject": {
                "id": format!("{address}#list"),
                "type": "BitstringStatusList",
                "statusPurpose": PURPOSE,
                "encodedList": format!("u{}", BASE64URL_NOPAD.encode(&compress(&self.indexes()))),
                "register": self.register.entries.iter().map(to_json).collect::<Vec<_>>(),
            },
        });
        let header = json!({ "alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": signer.public_key().id() });
        jwt::sign(signer, &header, &credential)
    }

    /// Reads the status list in a file, which one of the keys must have signed.
    pub fn read(path: &Path, keys: &KeySet) -> Result<Self> {
        let problem = |why: String| {
            Diagnostic::error(code::STATUS_LIST, format!("the status list `{}` {why}", path.display()))
                .help("get the status.jwt of the issuer again, and its newest keys.json")
        };
        let token = read_regular_text(path, MAX_FILE)
            .map_err(|error| problem(format!("cannot be read: {}", reason(&error))))?;
        Self::parse(token.trim_end(), keys).map_err(|why| problem(why.to_owned()))
    }

    /// Parses a signed list. An error says what is wrong with it.
    pub fn parse(token: &str, keys: &KeySet) -> std::result::Result<Self, &'static str> {
        const NO_LIST: &str = "is signed, but is not a status list";
        let (credential, _) = jwt::read(token, keys, &["EdDSA", "Ed25519"]).map_err(|error| match error {
            JwtError::Malformed => "is not a JSON Web Token",
            JwtError::Algorithm => "is signed in a way that is not known here",
            JwtError::UnknownKey => {
                "is not signed with a key of the key set: it is of another issuer, or the keys are too old"
            }
            JwtError::Altered => "was changed after it was signed",
        })?;
        let types = credential["type"].as_array().ok_or(NO_LIST)?;
        if !types.iter().any(|name| name == "BitstringStatusListCredential") {
            return Err(NO_LIST);
        }
        if credential["credentialSubject"]["statusPurpose"] != PURPOSE {
            return Err("is signed, but is not a list of revocations");
        }
        let date =
            credential["validFrom"].as_str().and_then(|date| parse_day(date.split('T').next()?)).ok_or(NO_LIST)?;
        let subject = &credential["credentialSubject"];
        let entries = subject["register"].as_array().ok_or(NO_LIST)?.iter().map(from_json);
        let register = Register { entries: entries.collect::<Option<_>>().ok_or(NO_LIST)? };
        let address = credential["id"].as_str().map(str::to_owned).ok_or(NO_LIST)?;
        let list = Self { address, date, register };
        let bits = subject["encodedList"]
            .as_str()
            .and_then(|text| BASE64URL_NOPAD.decode(text.strip_prefix('u')?.as_bytes()).ok());
        match bits.and_then(|bits| decompress(&bits)) {
            Some(bits) if bits == list.indexes() => Ok(list),
            _ => Err("contradicts itself: its bits and its entries differ"),
        }
    }

    /// Returns the indexes of the certificates that are no longer valid.
    pub fn indexes(&self) -> BTreeSet<u32> {
        self.register.entries.iter().map(|entry| index(&entry.serial)).collect()
    }
}

fn to_json(entry: &RegisterEntry) -> Json {
    let mut json = json!({ "serial": entry.serial, "status": entry.status.word(), "date": entry.date.to_string() });
    for (key, text) in [("reason", &entry.reason), ("successor", &entry.successor)] {
        if let Some(text) = text {
            json[key] = text.as_str().into();
        }
    }
    json
}

fn from_json(json: &Json) -> Option<RegisterEntry> {
    // The texts are shown on terminals.
    let text = |key: &str| json[key].as_str().map(|text| text.replace(is_forbidden, "\u{fffd}"));
    Some(RegisterEntry {
        serial: text("serial")?,
        status: Withdrawal::parse(json["status"].as_str()?)?,
        date: parse_day(json["date"].as_str()?)?,
        reason: text("reason"),
        successor: text("successor"),
    })
}

/// Returns the bits with these indexes, compressed. The first bit is the most significant one of the first byte.
fn compress(indexes: &BTreeSet<u32>) -> Vec<u8> {
    let mut bytes = vec![0_u8; LIST_BYTES];
    for index in indexes {
        bytes[*index as usize / 8] |= 0x80 >> (index % 8);
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to a vector cannot fail.
    let _ = encoder.write_all(&bytes);
    encoder.finish().unwrap_or_default()
}

/// Returns the indexes of the bits that are 1, or `None` if the list is damaged or has another length.
fn decompress(bytes: &[u8]) -> Option<BTreeSet<u32>> {
    let mut list = Vec::new();
    GzDecoder::new(bytes).take(LIST_BYTES as u64 + 1).read_to_end(&mut list).ok()?;
    let indexes = |(at, byte): (usize, &u8)| {
        let byte = *byte;
        (0..8).filter(move |bit| byte & (0x80 >> bit) != 0).map(move |bit| at as u32 * 8 + bit)
    };
    (list.len() == LIST_BYTES)
        .then(|| list.iter().enumerate().filter(|(_, byte)| **byte != 0).flat_map(indexes).collect())
}
