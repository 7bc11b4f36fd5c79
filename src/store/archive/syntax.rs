//! Objects in the syntax of PDF (ISO 32000-1, 7.3).

use lopdf::{Dictionary, Object};

pub fn object(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null | Object::Stream(_) => out.extend(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Integer(value) => out.extend(value.to_string().bytes()),
        Object::Real(value) => out.extend(value.to_string().bytes()),
        Object::Name(text) => name(text, out),
        Object::String(text, _) => {
            out.push(b'<');
            text.iter().for_each(|byte| out.extend(format!("{byte:02x}").bytes()));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                self::object(item, out);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => dictionary(dict, out),
        Object::Reference((number, generation)) => out.extend(format!("{number} {generation} R").bytes()),
    }
}

pub fn dictionary(dict: &Dictionary, out: &mut Vec<u8>) {
    out.extend(b"<<");
    for (key, value) in dict {
        name(key, out);
        out.push(b' ');
        object(value, out);
    }
    out.extend(b">>");
}

fn name(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in text {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}
