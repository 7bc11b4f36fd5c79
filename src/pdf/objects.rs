//! Objects in PDF syntax (ISO 32000-2, 7.3), and values that have a special format in PDF.
//!
//! For text strings, use lopdf (`lopdf::text_string`, `lopdf::decode_text_string`).

use lopdf::{Dictionary, Document, Object, ObjectId};
use sha2::{Digest, Sha256};

/// Writes an object, strings in hexadecimal. Streams are indirect objects and are written by the caller.
pub fn write_object(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null | Object::Stream(_) => out.extend(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Integer(value) => out.extend(value.to_string().bytes()),
        // Rust never writes an exponent, which PDF does not allow (7.3.3).
        Object::Real(value) => out.extend(value.to_string().bytes()),
        Object::Name(name) => write_name(name, out),
        Object::String(bytes, _) => {
            out.push(b'<');
            bytes.iter().for_each(|byte| out.extend(format!("{byte:02x}").bytes()));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_object(item, out);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => write_dictionary(dict, out),
        Object::Reference((number, generation)) => out.extend(format!("{number} {generation} R").bytes()),
    }
}

pub fn write_dictionary(dict: &Dictionary, out: &mut Vec<u8>) {
    out.extend(b"<<");
    for (key, value) in dict {
        write_name(key, out);
        out.push(b' ');
        write_object(value, out);
    }
    out.extend(b">>");
}

/// Writes a name with its slash; bytes that are not regular characters are escaped (7.3.5).
pub fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

/// Formats a computed number, rounded to nine decimals to drop the error of floating-point arithmetic.
pub fn format_number(number: f64) -> String {
    // Adding zero turns -0 into 0.
    ((number * 1e9).round() / 1e9 + 0.0).to_string()
}

/// Formats midnight UTC of a day as a date string (7.9.4).
pub fn format_date((year, month, day): (i32, u8, u8)) -> String {
    format!("D:{year:04}{month:02}{day:02}000000Z")
}

/// Follows a reference. Returns the object itself if it is not a reference, or if its target does not exist.
pub fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

/// Adds an object to a hash. Equal objects have the same hash whatever their object numbers; references are hashed as
/// numbers.
pub fn hash_object(object: &Object, hash: &mut Sha256) {
    let mut update = |tag: u8, bytes: &[u8]| {
        hash.update([tag]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    match object {
        Object::Null => update(0, b""),
        Object::Boolean(value) => update(1, &[u8::from(*value)]),
        Object::Integer(value) => update(2, &value.to_be_bytes()),
        Object::Real(value) => update(3, &value.to_be_bytes()),
        Object::Name(name) => update(4, name),
        Object::String(bytes, _) => update(5, bytes),
        Object::Reference((id, generation)) => update(6, &[&id.to_be_bytes()[..], &generation.to_be_bytes()].concat()),
        Object::Array(items) => {
            update(7, &(items.len() as u64).to_be_bytes());
            items.iter().for_each(|item| hash_object(item, hash));
        }
        Object::Dictionary(dict) => hash_dictionary(dict, hash),
        Object::Stream(stream) => {
            update(8, &stream.content);
            hash_dictionary(&stream.dict, hash);
        }
    }
}

fn hash_dictionary(dict: &Dictionary, hash: &mut Sha256) {
    hash.update([9]);
    hash.update((dict.len() as u64).to_be_bytes());
    for (key, value) in dict {
        hash_object(&Object::Name(key.clone()), hash);
        hash_object(value, hash);
    }
}

/// Returns the resources of a page, its own or inherited ones.
pub fn page_resources(document: &Document, page: ObjectId) -> lopdf::Result<Option<&Dictionary>> {
    let (own, inherited) = document.get_page_resources(page)?;
    match (own, inherited.first()) {
        (Some(own), _) => Ok(Some(own)),
        (None, Some(id)) => document.get_dictionary(*id).map(Some),
        (None, None) => Ok(None),
    }
}

/// Returns the name of the ink of a Separation colour space; `None` for another colour space.
pub fn separation_name<'a>(document: &'a Document, space: &'a Object) -> Option<&'a [u8]> {
    match document.dereference(space).ok()?.1.as_array().ok()?.as_slice() {
        [Object::Name(kind), Object::Name(name), ..] if kind == b"Separation" => Some(name),
        _ => None,
    }
}

/// Formats sixteen bytes as a URI of a UUID (RFC 9562).
pub fn format_uuid(bytes: [u8; 16]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    format!("uuid:{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_outside_regular_characters() {
        let written = |name: &str| {
            let mut out = Vec::new();
            write_name(name.as_bytes(), &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written("Foil"), "/Foil");
        assert_eq!(written("PANTONE 871 C/é#"), "/PANTONE#20871#20C#2F#C3#A9#23");
    }

    #[test]
    fn numbers_have_neither_exponent_nor_rounding_errors() {
        assert_eq!(format_number(0.1 + 0.2), "0.3");
        assert_eq!(format_number(-1e-12), "0");
        assert_eq!(format_number(1.5e6), "1500000");
    }
}
