//! The request to the server of a time-stamping authority, and its response (RFC 3161, section 2.4).

use der::asn1::ObjectIdentifier;

use super::token::{Problem, Token, message_imprint};
use crate::trust::seal::asn1::{BOOLEAN, element, elements, integer, oid, sequence};

/// The length of a nonce, in bytes.
const NONCE: usize = 16;

/// A TimeStampReq.
pub struct Request {
    imprint: [u8; 32],
    /// The content of an INTEGER.
    nonce: [u8; NONCE],
    policy: Option<ObjectIdentifier>,
}

/// Why a response has no usable time stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// The server cannot give one now, for this reason.
    Temporary(String),
    /// The server rejects the request, for this reason.
    Rejected(String),
    /// The bytes are not a TimeStampResp.
    Malformed,
    /// The response is for another request, or the token in it is wrong.
    Mismatch(Problem),
}

impl Request {
    /// Returns a request for a time stamp of a message with the SHA-256 `imprint`. The nonce comes from `random`.
    pub fn new(imprint: [u8; 32], random: &[u8; 32], policy: Option<ObjectIdentifier>) -> Self {
        let mut nonce = [0; NONCE];
        nonce.iter_mut().zip(random).for_each(|(byte, random)| *byte = *random);
        // A positive number without leading zeros.
        nonce[0] = nonce[0] & 0x3f | 0x40;
        Self { imprint, nonce, policy }
    }

    /// Returns the request in DER. It asks for the certificate of the authority too.
    pub fn to_der(&self) -> Vec<u8> {
        let policy = self.policy.map(oid).unwrap_or_default();
        let parts =
            [integer(&[1]), message_imprint(&self.imprint), policy, integer(&self.nonce), element(BOOLEAN, &[[0xff]])];
        sequence(&parts)
    }

    /// Returns the token in a response to this request, in DER and decoded.
    pub fn read_response<'a>(&self, response: &'a [u8]) -> Result<(&'a [u8], Token), RequestError> {
        let (status, token) = read_status(response).ok_or(RequestError::Malformed)?;
        status.into_result()?;
        let token_der = token.ok_or(RequestError::Malformed)?;
        let token = Token::from_der(token_der, &self.imprint).map_err(RequestError::Mismatch)?;
        if token.nonce.as_deref() != Some(&self.nonce) {
            return Err(RequestError::Mismatch(Problem::OtherNonce));
        }
        if self.policy.is_some_and(|policy| policy != token.policy) {
            return Err(RequestError::Mismatch(Problem::OtherPolicy(token.policy)));
        }
        Ok((token_der, token))
    }
}

/// A PKIStatusInfo (RFC 3161, 2.4.2).
struct ResponseStatus {
    number: u8,
    text: String,
    /// The numbers of the bits that are set in the PKIFailureInfo.
    failures: Vec<usize>,
}

/// Bits of a PKIFailureInfo (RFC 3161, 2.4.2), their names, and whether the failure is temporary.
const FAILURES: &[(usize, &str, bool)] = &[
    (0, "badAlg", false),
    (2, "badRequest", false),
    (5, "badDataFormat", false),
    (14, "timeNotAvailable", true),
    (15, "unacceptedPolicy", false),
    (16, "unacceptedExtension", false),
    (17, "addInfoNotAvailable", false),
    (25, "systemFailure", true),
];

impl ResponseStatus {
    fn into_result(self) -> Result<(), RequestError> {
        // Granted, and granted with modifications, which the checks of the token notice.
        if self.number <= 1 {
            return Ok(());
        }
        let known = FAILURES.iter().filter(|(bit, _, _)| self.failures.contains(bit));
        let names: Vec<&str> = known.clone().map(|(_, name, _)| *name).collect();
        let text = self.text.chars().filter(|c| !c.is_control()).take(200).collect::<String>();
        let reason = match (text.as_str(), names.is_empty()) {
            ("", true) => format!("status {}", self.number),
            ("", false) => names.join(", "),
            (text, true) => text.to_owned(),
            (text, false) => format!("{text} ({})", names.join(", ")),
        };
        let is_temporary = known.clone().any(|(_, _, is_temporary)| *is_temporary);
        Err(if is_temporary { RequestError::Temporary(reason) } else { RequestError::Rejected(reason) })
    }
}

/// Returns the status in a response, and the token in DER.
fn read_status(response: &[u8]) -> Option<(ResponseStatus, Option<&[u8]>)> {
    let [response] = elements(response)?.try_into().ok()?;
    let parts = elements(response.value())?;
    let status = parts.first()?;
    let length = sequence(&[status.value()]).len();
    let token = response.value().get(length..).filter(|token| !token.is_empty());
    let fields = elements(status.value())?;
    let [number] = fields.first()?.value() else { return None };
    let find = |tag: der::Tag| fields.iter().skip(1).find(|field| der::Tagged::tag(*field) == tag);
    let texts = find(der::Tag::Sequence).map(|texts| elements(texts.value())).unwrap_or_default().unwrap_or_default();
    let text: Vec<_> = texts.iter().map(|text| String::from_utf8_lossy(text.value())).collect();
    let bits = find(der::Tag::BitString).and_then(|bits| bits.value().get(1..)).unwrap_or_default();
    let failures =
        (0..bits.len() * 8).filter(|bit| bits.get(bit / 8).is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0));
    Some((ResponseStatus { number: *number, text: text.join("; "), failures: failures.collect() }, token))
}
