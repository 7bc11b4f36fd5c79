//! Authorities that issue certificates, lists of revoked ones (RFC 5280) and OCSP responses (RFC 6960), right and wrong ones.

use gen_report::trust::seal::SealKey;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use sha2::{Digest, Sha256};

use super::time_stamps::{INTEGER, OCTETS, SEQUENCE, SET, ecdsa, element, oid};

const ENUMERATED: u8 = 0x0a;
const TIME: u8 = 0x18;
const TRUE: &[u8] = &[0x01, 0x01, 0xff];

/// Somebody with a name and a key. The key follows from the first byte of the secret.
#[derive(Clone, Copy, Debug)]
pub struct Party(pub &'static str, pub u8);

impl Party {
    pub fn key(self) -> SealKey {
        SealKey::from_bytes(&[self.1; 32]).unwrap()
    }

    fn name(self) -> Vec<u8> {
        let attribute = element(SEQUENCE, &[&oid("2.5.4.3"), &element(0x0c, &[self.0.as_bytes()])]);
        element(SEQUENCE, &[&element(SET, &[&attribute])])
    }

    fn sign(self, content: &[u8]) -> [Vec<u8>; 3] {
        let signature = element(0x03, &[&[0], &self.key().sign(content).unwrap()]);
        [content.to_vec(), ecdsa(), signature]
    }
}

/// An extension of a certificate or of a list.
fn extension(name: &str, is_critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if is_critical { TRUE } else { &[] };
    element(SEQUENCE, &[&oid(name), critical, &element(OCTETS, &[value])])
}

/// Says that the certificate is that of an authority.
pub fn is_authority() -> Vec<u8> {
    extension("2.5.29.19", true, &element(SEQUENCE, &[TRUE]))
}

/// Says that the certificate signs OCSP responses.
pub fn signs_responses() -> Vec<u8> {
    extension("2.5.29.37", false, &element(SEQUENCE, &[&oid("1.3.6.1.5.5.7.3.9")]))
}

/// Says that nobody needs to ask about the certificate of a responder.
pub fn needs_no_check() -> Vec<u8> {
    extension("1.3.6.1.5.5.7.48.1.5", false, &[0x05, 0x00])
}

/// A certificate in DER, valid from 2020 to 2040.
pub fn certify(subject: Party, serial: u8, issuer: Party, extensions: &[Vec<u8>]) -> Vec<u8> {
    let validity = [&b"200101000000Z"[..], b"400101000000Z"].map(|time| element(0x17, &[time])).concat();
    let extensions = extensions.concat();
    let extensions = match extensions.is_empty() {
        true => Vec::new(),
        false => element(0xa3, &[&element(SEQUENCE, &[&extensions])]),
    };
    let content = [
        element(0xa0, &[&element(INTEGER, &[&[2]])]),
        element(INTEGER, &[&[serial]]),
        ecdsa(),
        issuer.name(),
        element(SEQUENCE, &[&validity]),
        subject.name(),
        subject.key().public_key().to_der(),
        extensions,
    ];
    element(SEQUENCE, &[&issuer.sign(&element(SEQUENCE, &[&content.concat()])).concat()])
}

/// A list of revoked certificates in DER, valid from January to `until`. `scope` is what an IssuingDistributionPoint says.
pub fn list(issuer: Party, revoked: &[u8], until: &str, scope: Option<&[u8]>) -> Vec<u8> {
    let entries: Vec<u8> = revoked
        .iter()
        .flat_map(|serial| {
            let since = element(0x17, &[b"260115000000Z"]);
            element(SEQUENCE, &[&element(INTEGER, &[&[*serial]]), &since])
        })
        .collect();
    let number = extension("2.5.29.20", false, &element(INTEGER, &[&[1]]));
    let scope = scope.map(|scope| extension("2.5.29.28", true, scope)).unwrap_or_default();
    let content = [
        element(INTEGER, &[&[1]]),
        ecdsa(),
        issuer.name(),
        element(TIME, &[b"20260101000000Z"]),
        element(TIME, &[until.as_bytes()]),
        if entries.is_empty() { Vec::new() } else { element(SEQUENCE, &[&entries]) },
        element(0xa0, &[&element(SEQUENCE, &[&number, &scope])]),
    ];
    element(SEQUENCE, &[&issuer.sign(&element(SEQUENCE, &[&content.concat()])).concat()])
}

/// What an OCSP response says about one certificate, and who says it.
#[derive(Clone, Debug)]
pub struct Response {
    pub issuer: Party,
    pub serial: u8,
    /// The CertStatus in DER.
    pub status: Vec<u8>,
    pub from: &'static str,
    pub until: Option<&'static str>,
    /// The name of the hash function in the CertID.
    pub hash: &'static str,
    pub responder: Party,
    /// Whether the responder is named by its key.
    pub is_named_by_key: bool,
    /// Who has signed: somebody else for a wrong signature.
    pub signer: Party,
    pub certificates: Vec<Vec<u8>>,
    /// The content of singleExtensions.
    pub extensions: Vec<u8>,
}

pub const SHA1: &str = "1.3.14.3.2.26";
pub const SHA256: &str = "2.16.840.1.101.3.4.2.1";

pub fn good() -> Vec<u8> {
    vec![0x80, 0x00]
}

pub fn unknown() -> Vec<u8> {
    vec![0x82, 0x00]
}

/// Revoked on 2026-02-01 because the key was compromised.
pub fn revoked() -> Vec<u8> {
    let reason = element(0xa0, &[&element(ENUMERATED, &[&[1]])]);
    element(0xa1, &[&element(TIME, &[b"20260201000000Z"]), &reason])
}

pub fn critical_extension() -> Vec<u8> {
    extension("1.2.3.4", true, &[0x05, 0x00])
}

impl Response {
    /// The right answer of an issuer about its certificate.
    pub fn new(issuer: Party, serial: u8) -> Self {
        Self {
            issuer,
            serial,
            status: good(),
            from: "20260215000000Z",
            until: Some("20260315000000Z"),
            hash: SHA1,
            responder: issuer,
            is_named_by_key: false,
            signer: issuer,
            certificates: Vec::new(),
            extensions: Vec::new(),
        }
    }

    /// The same by a responder with its certificate.
    pub fn by(self, responder: Party, certificate: Vec<u8>) -> Self {
        Self { responder, signer: responder, certificates: vec![certificate], ..self }
    }

    pub fn to_der(&self) -> Vec<u8> {
        let hashed = |bytes: &[u8]| match self.hash {
            SHA1 => element(OCTETS, &[digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref()]),
            _ => element(OCTETS, &[&Sha256::digest(bytes)]),
        };
        let bits = |party: Party| party.key().public_key().to_der().split_off(26);
        let id = [
            element(SEQUENCE, &[&oid(self.hash), &[0x05, 0x00]]),
            hashed(&self.issuer.name()),
            hashed(&bits(self.issuer)),
            element(INTEGER, &[&[self.serial]]),
        ];
        let time = |time: &str| element(TIME, &[time.as_bytes()]);
        let until = self.until.map(|until| element(0xa0, &[&time(until)])).unwrap_or_default();
        let extensions = match self.extensions.is_empty() {
            true => Vec::new(),
            false => element(0xa1, &[&element(SEQUENCE, &[&self.extensions])]),
        };
        let answer = element(
            SEQUENCE,
            &[&element(SEQUENCE, &[&id.concat()]), &self.status, &time(self.from), &until, &extensions],
        );
        let responder = match self.is_named_by_key {
            true => {
                let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &bits(self.responder));
                element(0xa2, &[&element(OCTETS, &[hash.as_ref()])])
            }
            false => element(0xa1, &[&self.responder.name()]),
        };
        let data = element(SEQUENCE, &[&responder, &time(self.from), &element(SEQUENCE, &[&answer])]);
        let certificates = match self.certificates.is_empty() {
            true => Vec::new(),
            false => element(0xa0, &[&element(SEQUENCE, &[&self.certificates.concat()])]),
        };
        let basic = element(SEQUENCE, &[&self.signer.sign(&data).concat(), &certificates]);
        let bytes = element(SEQUENCE, &[&oid("1.3.6.1.5.5.7.48.1.1"), &element(OCTETS, &[&basic])]);
        element(SEQUENCE, &[&element(ENUMERATED, &[&[0]]), &element(0xa0, &[&bytes])])
    }
}

/// The refusal of a responder, with the number of its status.
pub fn refusal(status: u8) -> Vec<u8> {
    element(SEQUENCE, &[&element(ENUMERATED, &[&[status]])])
}

/// A scope of lists that are only about authorities, published at an address.
pub fn for_authorities_only(address: &str) -> Vec<u8> {
    let name = element(0xa0, &[&element(0xa0, &[&element(0x86, &[address.as_bytes()])])]);
    element(SEQUENCE, &[&name, &[0x82, 0x01, 0xff]])
}

/// Bytes in PEM.
pub fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", data_encoding::BASE64.encode(der))
}
