//! JSON (RFC 8259) as a tree with places. Written here because serde_json gives no place for a value, only for an error.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use serde::de::IgnoredAny;

use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::results::reading::yaml::{Key, Node, Value};

/// The deepest nesting allowed, the same as in YAML.
const DEPTH: usize = 32;

pub fn parse(file: &Arc<SourceFile>) -> Result<Node> {
    let mut parser = Parser { text: &file.text, at: 0 };
    let node = parser.value(0).and_then(|node| {
        parser.space();
        if parser.at == file.text.len() { Ok(node) } else { Err(parser.error_here("unexpected text after the value")) }
    });
    node.map_err(|error| {
        let problem = match error.key {
            Some(key) => {
                Diagnostic::error(code::DUPLICATE, format!("the key `{key}` appears twice in the same object"))
                    .help("keep one of them")
            }
            None => Diagnostic::error(code::YAML, format!("this is not valid JSON: {}", error.what))
                .help("write one object per line, as in {\"id\": \"port-azure\", …}"),
        };
        problem.place(Place::new(file, error.span))
    })
}

struct SyntaxError {
    what: &'static str,
    span: Range<usize>,
    /// A key that appears twice.
    key: Option<String>,
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

type Parsed<T> = std::result::Result<T, SyntaxError>;

impl<'t> Parser<'t> {
    fn error_here(&self, what: &'static str) -> SyntaxError {
        SyntaxError { what, span: self.at..self.at, key: None }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Parsed<Node> {
        self.space();
        let start = self.at;
        let value = match self.peek() {
            _ if depth > DEPTH => return Err(self.error_here("the nesting is too deep")),
            None => return Err(self.error_here("expected a value, found the end of the text")),
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(Node { value, span: start..self.at })
    }

    fn word(&mut self) -> Parsed<Value> {
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.error_here("expected a value"))
    }

    fn number(&mut self) -> Parsed<String> {
        let rest = self.rest();
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).unwrap_or(rest.len());
        let written = rest.get(..end).unwrap_or_default();
        // serde_json checks the form of a number (RFC 8259, 6); `IgnoredAny` does not limit its size.
        if serde_json::from_str::<IgnoredAny>(written).is_err() {
            return Err(self.error_here("invalid number"));
        }
        self.at += end;
        Ok(written.to_owned())
    }

    fn string(&mut self) -> Parsed<String> {
        let start = self.at;
        let mut bytes = self.rest().bytes().enumerate().skip(1);
        let end = loop {
            match bytes.next() {
                Some((_, b'\\')) => drop(bytes.next()),
                Some((at, b'"')) => break start + at + 1,
                Some(_) => {}
                None => return Err(self.error_here("unterminated string")),
            }
        };
        // serde_json decodes the escapes, including surrogates.
        let text = serde_json::from_str(self.text.get(start..end).unwrap_or_default());
        let text = text.map_err(|_| self.error_here("the string contains a control character or an invalid escape"))?;
        self.at = end;
        Ok(text)
    }

    fn array(&mut self, depth: usize) -> Parsed<Value> {
        self.at += 1;
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            match (self.eat(b','), self.eat(b']')) {
                (true, false) => {}
                (false, true) => return Ok(Value::List(items)),
                (true, true) => return Err(self.error_here("trailing comma in a list")),
                _ => return Err(self.error_here("expected a comma or `]`")),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Parsed<Value> {
        self.at += 1;
        let (mut entries, mut names): (Vec<(Key, Node)>, HashSet<String>) = Default::default();
        if self.eat(b'}') {
            return Ok(Value::Map(entries));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.error_here("expected a key in quotes"));
            }
            let start = self.at;
            let name = self.string()?;
            let span = start..self.at;
            if !names.insert(name.clone()) {
                return Err(SyntaxError { what: "", span, key: Some(name) });
            }
            if !self.eat(b':') {
                return Err(self.error_here("expected a colon"));
            }
            entries.push((Key { name, span }, self.value(depth + 1)?));
            match (self.eat(b','), self.eat(b'}')) {
                (true, false) => {}
                (false, true) => return Ok(Value::Map(entries)),
                (true, true) => return Err(self.error_here("trailing comma in an object")),
                _ => return Err(self.error_here("expected a comma or `}`")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(node: &Node) -> serde_json::Value {
        match &node.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(flag) => (*flag).into(),
            Value::Number(written) => serde_json::from_str(written).unwrap(),
            Value::Text(text) => text.clone().into(),
            Value::List(items) => items.iter().map(plain).collect(),
            Value::Map(entries) => entries.iter().map(|(key, node)| (key.name.clone(), plain(node))).collect(),
        }
    }

    #[test]
    fn numbers_follow_the_json_grammar() {
        for wrong in ["0.", ".5", "01", "-", "1e", "+1", "1.e5", "-.5", "1.2.3"] {
            assert!(parse(&SourceFile::new("x.jsonl", wrong)).is_err(), "{wrong}");
        }
        for right in ["0", "-0.5", "1e999", "12345678901234567890123456789.5", "1E+2"] {
            assert!(parse(&SourceFile::new("x.jsonl", right)).is_ok(), "{right}");
        }
    }

    proptest! {
        /// serde_json, which this parser uses only for strings and numbers, accepts and rejects the same texts.
        #[test]
        fn serde_json_reads_the_same(text in r#"[\[\]{},:"a \\u0-9eE.+\-]{0,12}|(\{"a":[0-9]\}|\[1,2\]|"\\ud83d\\ude00"|true|null|-1.5e3)"#) {
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            let ours = parse(&SourceFile::new("x.jsonl", text.clone()));
            match (theirs, ours) {
                (Ok(theirs), Ok(ours)) => prop_assert_eq!(plain(&ours), theirs),
                // Only serde_json rejects a number that is too large for its number types.
                (Err(_), Ok(ours)) => {
                    let whole = serde_json::from_str::<IgnoredAny>(&text).is_ok();
                    prop_assert!(whole, "{:?} is read as {:?}", text, ours);
                }
                // Only this parser rejects a duplicate key.
                (Ok(_), Err(problem)) => prop_assert_eq!(problem.code, code::DUPLICATE),
                (Err(_), Err(_)) => {}
            }
        }
    }

    #[test]
    fn every_value_knows_its_place() {
        let file = SourceFile::new("x.jsonl", r#"{"name": {"fr": "Été"}, "rank": 12}"#);
        let node = parse(&file).unwrap();
        let rank = node.get("rank").unwrap();
        assert_eq!(&file.text[rank.span.clone()], "12");
        assert_eq!(&file.text[node.get("name").unwrap().get("fr").unwrap().span.clone()], "\"Été\"");
    }
}
