//! Writes and reads the few structures of ASN.1 (ITU-T X.690, DER) that a seal consists of.
//!
//! Written for this crate because the structures are few and always the same, and a seal is checked by writing it again and
//! comparing the bytes.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Encode, Reader, SliceReader, Tagged};

pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const UTF8_STRING: u8 = 0x0c;
pub const BOOLEAN: u8 = 0x01;
pub const INTEGER: u8 = 0x02;
pub const OID: u8 = 0x06;
pub const ENUMERATED: u8 = 0x0a;
pub const GENERALIZED_TIME: u8 = 0x18;

/// A whole element.
pub const NULL: &[u8] = &[0x05, 0x00];

pub const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
pub const SHA256_WITH_RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
pub const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// Returns an element with the parts of its content.
pub fn element<P: AsRef<[u8]>>(tag: u8, parts: &[P]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.as_ref().len()).sum();
    let mut out = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let bytes = length.to_be_bytes();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            let bytes = bytes.get(zeros..).unwrap_or_default();
            out.push(0x80 | bytes.len() as u8);
            out.extend(bytes);
        }
    }
    parts.iter().for_each(|part| out.extend(part.as_ref()));
    out
}

pub fn sequence<P: AsRef<[u8]>>(parts: &[P]) -> Vec<u8> {
    element(SEQUENCE, parts)
}

/// Returns a SET OF, or one with another tag. Its elements are sorted.
pub fn set_of(tag: u8, mut elements: Vec<Vec<u8>>) -> Vec<u8> {
    elements.sort();
    element(tag, &elements)
}

/// Returns the tag of a context-specific, constructed element.
pub fn context(number: u8) -> u8 {
    0xa0 | number
}

pub fn oid(identifier: ObjectIdentifier) -> Vec<u8> {
    element(OID, &[identifier.as_bytes()])
}

/// Returns an identifier of an algorithm without parameters.
pub fn algorithm(identifier: ObjectIdentifier) -> Vec<u8> {
    sequence(&[oid(identifier)])
}

/// Returns whether the content of an AlgorithmIdentifier is the name of an algorithm. `has_null` says whether its parameter must be
/// NULL or absent; `None` permits both.
pub fn is_algorithm(content: &[u8], name: ObjectIdentifier, has_null: Option<bool>) -> bool {
    let name = oid(name);
    let with_null = [&name[..], NULL].concat();
    content == name && has_null != Some(true) || content == with_null && has_null != Some(false)
}

/// Returns an INTEGER with the given content, which must be as short as possible.
pub fn integer(content: &[u8]) -> Vec<u8> {
    element(INTEGER, &[content])
}

/// Returns a BIT STRING that consists of whole bytes.
pub fn bit_string(content: &[u8]) -> Vec<u8> {
    element(BIT_STRING, &[&[0][..], content])
}

/// Returns the tag of an element. Returns `None` if it is longer than one byte.
pub fn tag(element: &AnyRef<'_>) -> Option<u8> {
    let [tag] = element.tag().to_der().ok()?.try_into().ok()?;
    Some(tag)
}

/// Returns the elements that follow one another in some bytes.
pub fn elements(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut elements = Vec::new();
    while !reader.is_finished() {
        elements.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(elements)
}

/// Returns the first element, in DER, of bytes that zeros fill up. Returns `None` if anything else follows it.
pub fn strip_padding(bytes: &[u8]) -> Option<&[u8]> {
    let mut reader = SliceReader::new(bytes).ok()?;
    AnyRef::decode(&mut reader).ok()?;
    let (element, filling) = bytes.split_at_checked(usize::try_from(u32::from(reader.position())).ok()?)?;
    filling.iter().all(|byte| *byte == 0).then_some(element)
}
