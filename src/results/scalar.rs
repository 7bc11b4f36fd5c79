//! Values without parts: their readers and their JSON Schema.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fixed_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::date::{Date, dates};
use super::decimal::decimal;
use super::reading::read::{MAX_CHARS, Reader, Spanned};
use super::reading::yaml::Node;
use crate::diagnostic::code;

/// Defines types that only describe what a text or a number must look like, with the doc comment as description.
macro_rules! scalars {
    ($($(#[doc = $doc:literal])+ $name:ident as $schema_name:literal: $schema:tt;)+) => {$(
        $(#[doc = $doc])+
        pub enum $name {}

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $schema_name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = json_schema!($schema);
                schema.insert("description".to_owned(), concat!($($doc),+).trim().into());
                schema
            }
        }
    )+};
}

scalars! {
    /// A text that is not empty.
    PlainText as "Text": {
        "type": ["string", "number"], "pattern": format!("^[^{FORBIDDEN}]*[^{FORBIDDEN}{BLANK}][^{FORBIDDEN}]*$"),
        "maxLength": MAX_CHARS,
    };

    /// An identifier, used as a key.
    Key as "Key": {"type": "string", "pattern": format!("^{IDENTIFIER}$")};

    /// Up to 64 lower-case letters a–z, digits and hyphens.
    Identifier as "Identifier": {
        "type": ["string", "integer"], "pattern": format!("^{IDENTIFIER}$"), "minimum": 0, "examples": ["port-azure"],
    };

    /// An exact number, without spaces: 2500000, 2_500_000 and 2.5e6 are the same.
    Number as "Number": {
        "type": ["number", "string"], "exclusiveMinimum": -1e28, "exclusiveMaximum": 1e28,
        "pattern": format!(r"^[+-]?({DIGITS}(\.{DIGITS})?|\.{DIGITS})([eE][+-]?{DIGITS})?$"),
        "examples": [600, 42.5, "2_500_000", 2.5e12],
    };

    /// A whole number of at least 1.
    Count as "Count": {
        "type": ["integer", "string"], "minimum": 1, "maximum": 9_999_999, "pattern": r"^\+?0*[1-9][0-9]{0,6}$",
    };

    /// A full date: year, month and day.
    Day as "Day": {"type": "string", "pattern": format!("^({})$", dates()[2..].join("|")), "examples": ["2025-11-28"]};

    /// A complete web address.
    Address as "Address": {
        "type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[0-9A-Za-z\\[][!-~]*$", "maxLength": 200,
        "examples": ["https://example.org/"],
    };

    /// Up to 32 letters A–Z, digits, `-`, `.` and `/`.
    Serial as "Serial": {"type": ["string", "number"], "pattern": "^[A-Za-z0-9./-]{1,32}$", "examples": ["2031-01-0001"]};
}

pub(super) const IDENTIFIER: &str = "[a-z0-9][a-z0-9-]{0,63}";
const DIGITS: &str = "[0-9]+(_[0-9]+)*";
pub(super) const YEAR: &str = "[0-9]{4}";

/// The characters of `read::is_forbidden`, up to U+FFFF: regular expression dialects write higher ones differently.
const FORBIDDEN: &str = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff";
/// White space (Unicode property White_Space) that is not forbidden.
const BLANK: &str = r"\u0009\u000a\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// Returns the message and the help for a text that is not a number.
fn describe_wrong_number(written: &str) -> (String, String) {
    let joined: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    if joined != written && decimal(&joined).is_some() {
        let grouped = written.split_whitespace().collect::<Vec<_>>().join("_");
        let message = format!("`{written}` is not a number: it contains a space");
        return (message, format!("write `{joined}` or `{grouped}`"));
    }
    match describe_comma(written) {
        Some(help) => (format!("`{written}` is not a number: it contains a comma"), help),
        None => (
            format!("`{written}` is not a number that can be printed exactly"),
            "write digits with a decimal point, as in 2500000000000, 2_500_000_000_000 or 2.5e12".to_owned(),
        ),
    }
}

/// Returns how to write a number with a decimal comma, or with commas between groups of digits.
pub(super) fn describe_comma(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(',').collect();
    let (first, rest) = parts.split_first()?;
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if rest.is_empty() || !is_digits(&first.trim_start_matches(['-', '+'])) || !rest.iter().all(is_digits) {
        return None;
    }
    let is_grouped = rest.iter().all(|part| part.len() == 3);
    let (point, grouped) = (parts.join("."), parts.join("_"));
    Some(match (rest.len(), is_grouped) {
        (1, false) => format!("write a decimal point: `{point}`"),
        (1, true) => format!("write `{point}` for a decimal fraction, `{grouped}` for thousands"),
        (_, true) => format!("write `{grouped}`"),
        _ => return None,
    })
}

impl Reader {
    /// Adds the place of a node to its value.
    pub(super) fn placed<T>(&self, node: &Node, value: Option<T>) -> Option<Spanned<T>> {
        value.map(|value| Spanned { value, span: node.span.clone() })
    }

    /// Reads a map whose keys are identifiers.
    pub(super) fn map_by_identifier<T>(
        &self,
        node: &Node,
        mut read: impl FnMut(&Node) -> Option<T>,
    ) -> Option<BTreeMap<String, T>> {
        let entries = self.entries(node, |key, value| {
            self.check_identifier(&key.name, &key.span).then(|| read(value)).flatten().map(|v| (key.name.clone(), v))
        })?;
        Some(entries.into_iter().collect())
    }

    /// Reads one of a few words; `what` names the kind of word in a diagnostic.
    pub(super) fn word<T>(&self, node: &Node, what: &str, parse: fn(&str) -> Option<T>, known: &[&str]) -> Option<T> {
        let text = self.text(node)?;
        let word = parse(&text.value);
        if word.is_none() {
            self.report_unknown_word(&text.span, what, &text.value, known);
        }
        word
    }

    pub(super) fn number(&self, node: &Node) -> Option<Spanned<Decimal>> {
        let written = self.text(node)?;
        let value = decimal(&written.value);
        if value.is_none() {
            let (message, help) = describe_wrong_number(&written.value);
            self.report_invalid(code::WRONG_VALUE, &node.span, message, help);
        }
        value.map(|value| Spanned { value, span: node.span.clone() })
    }

    /// Reads a rank or the number of an edition, which count from 1.
    pub(super) fn count(&self, node: &Node) -> Option<u32> {
        let written = self.text(node)?;
        let value = written.value.parse().ok().filter(|n| (1..=9_999_999).contains(n));
        if value.is_none() {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` is not a whole number from 1 to 9999999", written.value),
                "write a whole number of at least 1",
            );
        }
        value
    }

    /// Reads a date that has a day.
    pub(super) fn day(&self, node: &Node) -> Option<Date> {
        let date = self.date(node)?;
        if date.day.is_none() {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("`{date}` has no day"),
                "write year, month and day, as in 2025-11-28",
            );
            return None;
        }
        Some(date)
    }

    /// Reads a web address.
    pub(super) fn address(&self, node: &Node) -> Option<Spanned<String>> {
        let address = self.text(node)?;
        let lower = address.value.to_ascii_lowercase();
        let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        let fine = host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
            && address.value.bytes().all(|b| b.is_ascii_graphic())
            && address.value.len() <= 200;
        if !fine {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` is not a web address", address.value),
                "write it in full, as in https://example.org/",
            );
        }
        fine.then_some(address)
    }

    /// Reads a serial number, which is part of a web address.
    pub(super) fn serial(&self, node: &Node) -> Option<Spanned<String>> {
        let serial = self.text(node)?;
        let fine = is_serial(&serial.value);
        if !fine {
            let message = format!("`{}` cannot be a serial number", serial.value);
            self.report_invalid(code::WRONG_VALUE, &node.span, message, SERIAL_RULE);
        }
        fine.then_some(serial)
    }
}

/// What a serial number may contain, as help of a diagnostic.
pub const SERIAL_RULE: &str = "use up to 32 letters A–Z, digits, `-`, `.` and `/`";

/// Returns whether a text can be a serial number.
pub fn is_serial(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/'))
}
