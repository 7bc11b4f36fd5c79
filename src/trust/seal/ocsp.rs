//! The answer of an authority to the question whether one certificate is revoked: an OCSP response (RFC 6960).
//!
//! Written for this crate because the crate `x509-ocsp` is of an older generation than the other readers of DER here. A response is
//! read strictly: every element has the tag and the place of RFC 6960, 4.2.1, and nothing follows it.

use std::fmt;
use std::time::Duration;

use der::asn1::{AnyRef, ObjectIdentifier};
use rustls_pki_types::{CertificateDer, Der, TrustAnchor, UnixTime};
use sha2::{Digest, Sha256};
use webpki::{Cert, EndEntityCert, KeyUsage, RevocationOptions};

use super::asn1::{
    BIT_STRING, BOOLEAN, ENUMERATED, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, SEQUENCE, SHA256, context, elements,
    is_algorithm, sequence, tag,
};
use super::certificate::{Chain, has_extension};
use super::confirm::{ALGORITHMS, is_signed_with};
use super::{format_moment, read_digits};

const BASIC_RESPONSE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.1");
const NO_CHECK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.1.5");
const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// The purpose of a certificate that signs responses: id-kp-OCSPSigning, 1.3.6.1.5.5.7.3.9, as the content of its element.
const OCSP_SIGNING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x09];

/// The numbers and names of OCSPResponseStatus that are not `successful`.
const REFUSALS: &[(u8, &str)] =
    &[(1, "malformedRequest"), (2, "internalError"), (3, "tryLater"), (5, "sigRequired"), (6, "unauthorized")];

/// An OCSP response. Its signature is not checked before somebody asks it about a certificate.
#[derive(Clone, Debug)]
pub struct OcspResponse {
    /// The ResponseData in DER.
    signed: Vec<u8>,
    responder: Responder,
    answers: Vec<Answer>,
    /// The content of the AlgorithmIdentifier of the signature.
    algorithm: Vec<u8>,
    signature: Vec<u8>,
    /// In DER.
    certificates: Vec<Vec<u8>>,
}

/// Who has signed a response (ResponderID).
#[derive(Clone, Debug, PartialEq, Eq)]
enum Responder {
    /// A Name in DER.
    Name(Vec<u8>),
    /// The SHA-1 of a public key.
    Key(Vec<u8>),
}

/// What a response says about one certificate (SingleResponse). Times are in seconds since 1970.
#[derive(Clone, Debug)]
struct Answer {
    hash: Hash,
    issuer_name: Vec<u8>,
    issuer_key: Vec<u8>,
    /// The content of an INTEGER.
    serial: Vec<u8>,
    status: CertificateStatus,
    from: u64,
    until: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CertificateStatus {
    Good,
    /// Since when.
    Revoked(u64),
    /// The responder does not know the certificate.
    Unknown,
}

/// A hash function with which a CertID names an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hash {
    Sha1,
    Sha256,
}

/// Why bytes are not a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They have another form than RFC 6960 describes, or a critical extension or a hash function that is not known.
    Form,
    /// The responder refuses to answer; this is the name of its reason.
    Refusal(&'static str),
}

/// Why a response does not show that a certificate is not revoked. Times are in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The response is about the serial number of the certificate, but about another issuer.
    OtherIssuer,
    /// Neither the issuer nor a responder that it has certified is named as the signer.
    Responder,
    /// The certificate of the responder was revoked, or nothing shows that it was not.
    ResponderStatus,
    Signature,
    /// It is valid only from this time.
    NotYet(u64),
    /// It was valid until this time.
    Ended(u64),
    /// It does not say until when it is valid.
    NoEnd,
    /// Since this time.
    Revoked(u64),
    Unknown,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherIssuer => f.write_str("is about a certificate of another issuer with the same serial number"),
            Self::Responder => {
                f.write_str("is signed neither by the issuer nor by a responder that the issuer has certified for it")
            }
            Self::ResponderStatus => f.write_str(
                "is signed by a responder that may be revoked: its certificate has no `noCheck`, and no revocation list \
                 shows that it is valid",
            ),
            Self::Signature => f.write_str("has a wrong signature, or one of an unknown algorithm"),
            Self::NotYet(time) => write!(f, "is valid only from {} on (thisUpdate)", format_moment(*time)),
            Self::Ended(time) => write!(f, "was valid until {} (nextUpdate)", format_moment(*time)),
            Self::NoEnd => f.write_str("does not say until when it is valid (nextUpdate)"),
            Self::Revoked(time) => write!(f, "says that it is revoked since {}", format_moment(*time)),
            Self::Unknown => f.write_str("says that the responder does not know it"),
        }
    }
}

impl Hash {
    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
        }
    }
}

/// Who has issued a certificate: the contents of a Name and of a SubjectPublicKeyInfo.
pub struct Issuer {
    name: Vec<u8>,
    key: Vec<u8>,
}

impl Issuer {
    /// Returns the holder of a certificate as the issuer of others. Returns `None` if its key is damaged.
    pub fn from_certificate(certificate: &Cert<'_>) -> Option<Self> {
        let key = certificate.subject_public_key_info();
        let [key] = elements(key.as_ref())?.try_into().ok()?;
        Some(Self { name: certificate.subject().to_vec(), key: key.value().to_vec() })
    }

    pub fn from_anchor(anchor: &TrustAnchor<'_>) -> Self {
        Self { name: anchor.subject.to_vec(), key: anchor.subject_public_key_info.to_vec() }
    }

    fn to_anchor(&self) -> TrustAnchor<'_> {
        TrustAnchor {
            subject: Der::from_slice(&self.name),
            subject_public_key_info: Der::from_slice(&self.key),
            name_constraints: None,
        }
    }

    /// Returns the Name in DER.
    fn name(&self) -> Vec<u8> {
        sequence(&[&self.name])
    }

    /// Returns what is hashed of the key: the content of its BIT STRING.
    fn key_bits(&self) -> Option<&[u8]> {
        let [_algorithm, bits] = elements(&self.key)?.try_into().ok()?;
        bits.value().strip_prefix(&[0])
    }
}

/// What helps to check the signer of a response.
pub struct Context<'a> {
    /// In seconds since 1970.
    pub time: u64,
    /// Certificates in DER, among which that of a responder may be if it is not in its response.
    pub certificates: &'a [Vec<u8>],
    /// Shows that the certificate of a responder is not revoked. `None` if there are no revocation lists.
    pub revocation: Option<RevocationOptions<'a>>,
}

impl OcspResponse {
    /// Reads an OCSPResponse in DER.
    pub fn from_der(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (status, basic) = read_response(bytes).ok_or(Unreadable::Form)?;
        if let Some((_, reason)) = REFUSALS.iter().find(|(number, _)| *number == status) {
            return Err(Unreadable::Refusal(reason));
        }
        basic.filter(|_| status == 0).and_then(read_basic_response).ok_or(Unreadable::Form)
    }

    /// Checks that the response shows that a certificate of an issuer is not revoked. Returns `None` if it is about others.
    pub fn check(&self, certificate: &Cert<'_>, issuer: &Issuer, context: &Context<'_>) -> Option<Result<(), Problem>> {
        let mut about = self.answers.iter().filter(|answer| answer.serial == certificate.serial()).peekable();
        about.peek()?;
        let Some(answer) = about.find(|answer| answer.names(issuer)) else { return Some(Err(Problem::OtherIssuer)) };
        Some(self.check_signature(issuer, context).and_then(|()| answer.check(context.time)))
    }

    fn check_signature(&self, issuer: &Issuer, context: &Context<'_>) -> Result<(), Problem> {
        if self.responder.is(&issuer.name(), issuer.key_bits()) {
            let is_right = self.is_signed_with(&sequence(&[&issuer.key]));
            return if is_right { Ok(()) } else { Err(Problem::Signature) };
        }
        // RFC 6960, 4.2.2.2: a responder must be certified by the same issuer, for this purpose.
        let mut problem = Problem::Responder;
        for der in self.certificates.iter().chain(context.certificates) {
            let der = CertificateDer::from(der.as_slice());
            let Ok(certificate) = EndEntityCert::try_from(&der) else { continue };
            let Some(holder) = Issuer::from_certificate(&certificate) else { continue };
            if !self.responder.is(&holder.name(), holder.key_bits()) {
                continue;
            }
            match check_responder(&certificate, issuer, context) {
                Ok(()) if self.is_signed_with(&sequence(&[&holder.key])) => return Ok(()),
                Ok(()) => problem = Problem::Signature,
                Err(other) => problem = other,
            }
        }
        Err(problem)
    }

    /// Returns whether the signature is that of a key, a SubjectPublicKeyInfo in DER, with the algorithm that the response names.
    fn is_signed_with(&self, key: &[u8]) -> bool {
        is_signed_with(key, &self.algorithm, &self.signed, &self.signature)
    }
}

impl Responder {
    fn is(&self, name: &[u8], key_bits: Option<&[u8]>) -> bool {
        match self {
            Self::Name(responder) => responder == name,
            Self::Key(hash) => key_bits.is_some_and(|bits| *hash == Hash::Sha1.digest(bits)),
        }
    }
}

impl Answer {
    fn names(&self, issuer: &Issuer) -> bool {
        self.issuer_name == self.hash.digest(&issuer.name())
            && issuer.key_bits().is_some_and(|bits| self.issuer_key == self.hash.digest(bits))
    }

    fn check(&self, time: u64) -> Result<(), Problem> {
        match (self.status, self.until) {
            // What was revoked stays so: such a response needs no end.
            (CertificateStatus::Revoked(since), _) => Err(Problem::Revoked(since)),
            _ if time < self.from => Err(Problem::NotYet(self.from)),
            // Without an end, the response would be true only in the moment in which it was given, and readers would have to choose
            // how long it is fresh (ETSI EN 319 102-1, 5.2.5).
            (_, None) => Err(Problem::NoEnd),
            (_, Some(until)) if time >= until => Err(Problem::Ended(until)),
            (CertificateStatus::Good, _) => Ok(()),
            (CertificateStatus::Unknown, _) => Err(Problem::Unknown),
        }
    }
}

/// Checks that an issuer has certified somebody for signing responses, and that the certificate is valid and not revoked.
fn check_responder(certificate: &EndEntityCert<'_>, issuer: &Issuer, context: &Context<'_>) -> Result<(), Problem> {
    let (der, anchors) = (certificate.der(), [issuer.to_anchor()]);
    let time = UnixTime::since_unix_epoch(Duration::from_secs(context.time));
    let verify = |revocation| {
        certificate.verify_for_usage(
            ALGORITHMS,
            &anchors,
            &[],
            time,
            KeyUsage::required(OCSP_SIGNING),
            revocation,
            None,
        )
    };
    let may_sign = Chain::from_der(vec![der.to_vec()]).is_some_and(|chain| chain.permits_signatures());
    if !may_sign || verify(None).is_err() {
        return Err(Problem::Responder);
    }
    // With this extension, the issuer promises that nobody needs to ask about the responder itself (RFC 6960, 4.2.2.2.1).
    let is_valid = has_extension(&der, NO_CHECK) || context.revocation.is_some_and(|lists| verify(Some(lists)).is_ok());
    if is_valid { Ok(()) } else { Err(Problem::ResponderStatus) }
}

/// Returns the content of an element with a tag.
fn content<'a>(element: &AnyRef<'a>, expected: u8) -> Option<&'a [u8]> {
    (tag(element)? == expected).then(|| element.value())
}

/// Returns the only element in some bytes, if it has a tag: its content.
fn only(bytes: &[u8], expected: u8) -> Option<&[u8]> {
    let [element] = elements(bytes)?.try_into().ok()?;
    content(&element, expected)
}

/// Returns the content of the next element if it has a tag.
fn next_if<'a>(elements: &mut &[AnyRef<'a>], expected: u8) -> Option<&'a [u8]> {
    let (first, rest) = elements.split_first()?;
    let found = content(first, expected)?;
    *elements = rest;
    Some(found)
}

/// Returns the status of an OCSPResponse, and the content of its BasicOCSPResponse.
fn read_response(bytes: &[u8]) -> Option<(u8, Option<&[u8]>)> {
    let parts = elements(only(bytes, SEQUENCE)?)?;
    let mut parts = parts.as_slice();
    let [status] = *next_if(&mut parts, ENUMERATED)? else { return None };
    let basic = match next_if(&mut parts, context(0)) {
        None => None,
        Some(bytes) => {
            let [kind, response] = elements(only(bytes, SEQUENCE)?)?.try_into().ok()?;
            (content(&kind, OID)? == BASIC_RESPONSE.as_bytes()).then_some(())?;
            Some(only(content(&response, OCTET_STRING)?, SEQUENCE)?)
        }
    };
    parts.is_empty().then_some((status, basic))
}

fn read_basic_response(bytes: &[u8]) -> Option<OcspResponse> {
    let parts = elements(bytes)?;
    let mut parts = parts.as_slice();
    let signed = next_if(&mut parts, SEQUENCE)?;
    let algorithm = next_if(&mut parts, SEQUENCE)?;
    let signature = next_if(&mut parts, BIT_STRING)?.strip_prefix(&[0])?;
    let certificates = match next_if(&mut parts, context(0)) {
        None => Vec::new(),
        Some(bytes) => {
            let found = elements(only(bytes, SEQUENCE)?)?;
            found.iter().map(|it| Some(sequence(&[content(it, SEQUENCE)?]))).collect::<Option<_>>()?
        }
    };
    parts.is_empty().then_some(())?;
    let (responder, answers) = read_response_data(signed)?;
    Some(OcspResponse {
        signed: sequence(&[signed]),
        responder,
        answers,
        algorithm: algorithm.to_vec(),
        signature: signature.to_vec(),
        certificates,
    })
}

fn read_response_data(bytes: &[u8]) -> Option<(Responder, Vec<Answer>)> {
    let parts = elements(bytes)?;
    let mut parts = parts.as_slice();
    // DER leaves the version out if it is 1, the only one.
    let responder = match next_if(&mut parts, context(1)) {
        Some(name) => Responder::Name(sequence(&[only(name, SEQUENCE)?])),
        None => Responder::Key(only(next_if(&mut parts, context(2))?, OCTET_STRING)?.to_vec()),
    };
    read_time(next_if(&mut parts, GENERALIZED_TIME)?)?;
    let answers = elements(next_if(&mut parts, SEQUENCE)?)?;
    let answers = answers.iter().map(|it| read_answer(content(it, SEQUENCE)?)).collect::<Option<_>>()?;
    check_extensions(&mut parts)?;
    parts.is_empty().then_some((responder, answers))
}

fn read_answer(bytes: &[u8]) -> Option<Answer> {
    /// Without content: NULL, with the tag of its choice.
    const GOOD: u8 = 0x80;
    const UNKNOWN: u8 = 0x82;
    let parts = elements(bytes)?;
    let mut parts = parts.as_slice();
    let [algorithm, issuer_name, issuer_key, serial] = elements(next_if(&mut parts, SEQUENCE)?)?.try_into().ok()?;
    let algorithm = content(&algorithm, SEQUENCE)?;
    let known = [(SHA1, Hash::Sha1), (SHA256, Hash::Sha256)];
    let (_, hash) = known.into_iter().find(|(name, _)| is_algorithm(algorithm, *name, None))?;
    let status = if let Some(empty) = next_if(&mut parts, GOOD) {
        empty.is_empty().then_some(CertificateStatus::Good)?
    } else if let Some(empty) = next_if(&mut parts, UNKNOWN) {
        empty.is_empty().then_some(CertificateStatus::Unknown)?
    } else {
        // With a reason, perhaps.
        let revoked = elements(next_if(&mut parts, context(1))?)?;
        CertificateStatus::Revoked(read_time(content(revoked.first()?, GENERALIZED_TIME)?)?)
    };
    let from = read_time(next_if(&mut parts, GENERALIZED_TIME)?)?;
    let until = match next_if(&mut parts, context(0)) {
        Some(time) => Some(read_time(only(time, GENERALIZED_TIME)?)?),
        None => None,
    };
    check_extensions(&mut parts)?;
    parts.is_empty().then_some(())?;
    Some(Answer {
        hash,
        issuer_name: content(&issuer_name, OCTET_STRING)?.to_vec(),
        issuer_key: content(&issuer_key, OCTET_STRING)?.to_vec(),
        serial: content(&serial, INTEGER)?.to_vec(),
        status,
        from,
        until,
    })
}

/// Passes over the extensions [1] of a response. Returns `None` if one is critical, because none is known.
fn check_extensions(parts: &mut &[AnyRef<'_>]) -> Option<()> {
    let Some(extensions) = next_if(parts, context(1)) else { return Some(()) };
    for extension in elements(only(extensions, SEQUENCE)?)? {
        let fields = elements(content(&extension, SEQUENCE)?)?;
        // DER writes whether it is critical only if it is.
        let is_critical = fields.iter().any(|field| tag(field) == Some(BOOLEAN));
        (!is_critical).then_some(())?;
    }
    Some(())
}

/// Returns the seconds since 1970 of a GeneralizedTime without fractions.
fn read_time(text: &[u8]) -> Option<u64> {
    read_digits(std::str::from_utf8(text).ok()?.strip_suffix('Z')?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::seal::asn1::{element, oid};

    #[test]
    fn a_refusal_is_named() {
        let refusal = |number: u8| OcspResponse::from_der(&sequence(&[element(ENUMERATED, &[[number]])])).err();
        assert_eq!(refusal(6), Some(Unreadable::Refusal("unauthorized")));
        assert_eq!(refusal(3), Some(Unreadable::Refusal("tryLater")));
        // Successful without a response, and a number that means nothing.
        assert_eq!([0, 4].map(refusal), [Some(Unreadable::Form); 2]);
    }

    #[test]
    fn other_bytes_are_no_response() {
        let kind = sequence(&[oid(NO_CHECK), element(OCTET_STRING, &[sequence::<&[u8]>(&[])])]);
        let other_kind = sequence(&[element(ENUMERATED, &[[0]]), element(context(0), &[kind])]);
        for bytes in [&b""[..], b"\x30", b"\x30\x00", b"\x30\x80\x00\x00", b"text", &other_kind] {
            assert_eq!(OcspResponse::from_der(bytes).err(), Some(Unreadable::Form), "{bytes:?}");
        }
    }
}
