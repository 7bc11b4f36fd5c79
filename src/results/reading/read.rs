//! Typed access to the YAML tree. It continues after a mistake, so that one run reports them all: a method that returns
//! `None` has reported why.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use icu_normalizer::properties::CanonicalCombiningClassMap;

use super::places::Files;
use super::yaml::{Key, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, closest, code};
use crate::results::Definitions;
use crate::results::scalar::describe_comma;

/// A value and where it is in the files, in bytes (see [`Files`]).
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Range<usize>,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Reads values and collects what is wrong with them.
pub struct Reader {
    files: Files,
    /// The project facts and the story, if results are read.
    pub definitions: Arc<Definitions>,
    problems: RefCell<Problems>,
}

impl Reader {
    pub fn new(files: Files) -> Self {
        Self::with_definitions(files, Arc::default())
    }

    pub fn with_definitions(files: Files, definitions: Arc<Definitions>) -> Self {
        Self { files, definitions, problems: RefCell::default() }
    }

    pub fn into_problems(self) -> Problems {
        self.problems.into_inner()
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.problems.borrow_mut().push(diagnostic);
    }

    pub fn report_invalid(&self, code: Code, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.report(Diagnostic::error(code, message).place(self.place(span)).help(help));
    }

    pub fn place(&self, span: &Range<usize>) -> Place {
        self.files.place(span)
    }

    /// Reports a value that is not one of the known words.
    pub fn report_unknown_word(&self, span: &Range<usize>, what: &str, given: &str, known: &[&str]) {
        self.report(
            Diagnostic::error(code::WRONG_VALUE, format!("`{given}` is not a valid {what}"))
                .place(self.place(span))
                .suggest(given, known.iter().copied()),
        );
    }

    fn report_wrong_type(&self, node: &Node, what: &str) {
        self.report_invalid(
            code::WRONG_VALUE,
            &node.span,
            format!("expected {what}, found {}", node.value.kind()),
            format!("write {what}"),
        );
    }

    pub fn fields<'n>(&'n self, node: &'n Node, what: &'static str) -> Option<Fields<'n>> {
        match &node.value {
            Value::Map(entries) => {
                Some(Fields { reader: self, what, span: node.span.clone(), entries, known: RefCell::default() })
            }
            _ => {
                self.report_wrong_type(node, &format!("a map that describes the {what}"));
                None
            }
        }
    }

    pub fn text(&self, node: &Node) -> Option<Spanned<String>> {
        let text = match &node.value {
            Value::Text(text) => text,
            // A year or a code that happens to look like a number is still what was written.
            Value::Number(written) => written,
            _ => {
                self.report_wrong_type(node, "a text");
                return None;
            }
        };
        if let Some(bad) = text.chars().find(|c| is_forbidden(*c)) {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("the text contains U+{:04X}, which cannot be printed", bad as u32),
                "remove the character",
            );
            return None;
        }
        if text.chars().nth(MAX_CHARS).is_some() {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("the text is longer than {MAX_CHARS} characters"),
                "shorten it: a page has room for about 3000 characters",
            );
            return None;
        }
        if has_unbalanced_isolate(text) {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                "the text changes the direction of the text after it",
                "close each isolate (U+2066 to U+2068) with U+2069, or remove them",
            );
            return None;
        }
        if has_too_many_marks(text) {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("a letter of the text has more than {MAX_MARKS} combining marks"),
                "remove the combining marks: no writing system uses this many",
            );
            return None;
        }
        if text.trim().is_empty() {
            self.report_invalid(code::WRONG_VALUE, &node.span, "the text is empty", "write it, or remove the key");
            return None;
        }
        Some(Spanned { value: text.clone(), span: node.span.clone() })
    }

    pub fn flag(&self, node: &Node) -> Option<bool> {
        match node.value {
            Value::Bool(value) => Some(value),
            _ => {
                self.report_wrong_type(node, "`true` or `false`");
                None
            }
        }
    }

    /// Reads a number from `range`. `what` names it in the plural, or with its article: `points`, `a size in points`.
    pub fn number_in(&self, node: &Node, range: RangeInclusive<f64>, what: &str) -> Option<Spanned<f64>> {
        let number = node.number().filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!("expected {what} from {} to {}", range.start(), range.end());
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                message,
                "write a number in this range, without its unit",
            );
        }
        Some(Spanned { value: number?, span: node.span.clone() })
    }

    pub fn list<T>(&self, node: &Node, mut item: impl FnMut(&Node) -> Option<T>) -> Option<Vec<T>> {
        match &node.value {
            Value::List(items) => Some(items.iter().filter_map(&mut item).collect()),
            _ => {
                self.report_wrong_type(node, "a list");
                None
            }
        }
    }

    pub fn entries<T>(&self, node: &Node, mut entry: impl FnMut(&Key, &Node) -> Option<T>) -> Option<Vec<T>> {
        match &node.value {
            Value::Map(entries) => Some(entries.iter().filter_map(|(key, value)| entry(key, value)).collect()),
            _ => {
                self.report_wrong_type(node, "a map");
                None
            }
        }
    }

    /// Checks a name that is used in file names, addresses and templates, and reports it if it is not valid.
    pub fn check_identifier(&self, name: &str, span: &Range<usize>) -> bool {
        let help = "use up to 64 lower-case letters a–z, digits and hyphens, as in `new-york`";
        self.check_name(name, span, "an identifier", help)
    }

    /// Checks the name of a unit, and reports it if it is not valid.
    pub fn check_unit(&self, name: &str, span: &Range<usize>) -> bool {
        self.check_name(name, span, "a unit", "use up to 64 lower-case letters a–z, digits and hyphens, as in `eur`; a word such as `billion` belongs to the number in `value`")
    }

    fn check_name(&self, name: &str, span: &Range<usize>, what: &str, help: &str) -> bool {
        let fine = !name.is_empty()
            && name.len() <= 64
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !name.starts_with('-');
        if !fine {
            self.report_invalid(code::WRONG_VALUE, span, format!("`{name}` cannot be {what}"), help);
        }
        fine
    }
}

/// The longest text in the results, in characters.
pub const MAX_CHARS: usize = 10_000;
/// The most combining marks in a row: the limit of the Stream-Safe Text Format (UAX #15).
const MAX_MARKS: usize = 30;

/// Returns whether a letter has more than [`MAX_MARKS`] combining marks.
fn has_too_many_marks(text: &str) -> bool {
    let classes = CanonicalCombiningClassMap::new();
    let mut marks = 0;
    text.chars().any(|c| {
        marks = if classes.get_u8(c) == 0 { 0 } else { marks + 1 };
        marks > MAX_MARKS
    })
}

/// Returns whether an isolate (UAX #9, 2.2) is not closed, or is closed without being opened.
fn has_unbalanced_isolate(text: &str) -> bool {
    let mut open = 0_u32;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' if open == 0 => return true,
            '\u{2069}' => open -= 1,
            _ => {}
        }
    }
    open > 0
}

/// Returns whether a character must not occur in a text: controls, characters that change the direction of the text after
/// them (UAX #9 recommends isolates), and the noncharacters that mark styles inside the program.
pub fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{fdd0}'..='\u{fdef}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Splits a key that is really a key and a value without a space after the colon: `{value:310}`.
fn split_joined_key<'k>(key: &'k Key, node: &Node) -> Option<(&'k str, &'k str)> {
    key.name.split_once(':').filter(|(_, value)| !value.is_empty() && matches!(node.value, Value::Null))
}

/// Returns whether an entry of a map is only digits, which a comma separated from a number before them.
fn is_group_of_digits(key: &Key, node: &Node) -> bool {
    matches!(node.value, Value::Null) && key.name.bytes().all(|b| b.is_ascii_digit())
}

/// The keys of one map. `finish` reports the keys that were never requested.
pub struct Fields<'n> {
    pub(in crate::results) reader: &'n Reader,
    what: &'static str,
    pub span: Range<usize>,
    entries: &'n [(Key, Node)],
    known: RefCell<Vec<&'n str>>,
}

impl<'n> Fields<'n> {
    /// Returns the value of a key, or `None` if it is missing or null.
    pub fn optional(&self, name: &'n str) -> Option<&'n Node> {
        self.known.borrow_mut().push(name);
        self.entries
            .iter()
            .find(|(key, _)| key.name == name)
            .map(|(_, node)| node)
            .filter(|node| !matches!(node.value, Value::Null))
    }

    /// Returns the value of a key. Reports the key if it is missing.
    pub fn required(&self, name: &'n str) -> Option<&'n Node> {
        let node = self.optional(name);
        // `finish` reports a key that lacks only the space after its colon.
        let is_key = |(key, node): &&(Key, Node)| split_joined_key(key, node).is_some_and(|(key, _)| key == name);
        if node.is_none() && !self.entries.iter().any(|entry| is_key(&entry)) {
            let mut span = self.span.clone();
            span.end = span.start;
            self.reader.report_invalid(
                code::MISSING_KEY,
                &span,
                self.missing_key(name),
                format!("add the key `{name}`"),
            );
        }
        node
    }

    fn missing_key(&self, name: &str) -> String {
        format!("missing key `{name}` in the {}", self.what)
    }

    /// Removes the error about a missing key that was found misspelt.
    fn forget_missing(&self, name: &str) {
        let message = self.missing_key(name);
        let location = self.reader.place(&self.span).location();
        let is_about = |problem: &Diagnostic| {
            problem.code == code::MISSING_KEY
                && problem.message == message
                && problem.places.first().is_some_and(|place| place.location() == location)
        };
        self.reader.problems.borrow_mut().retain(|problem| !is_about(problem));
    }

    /// Reports the keys that are not known: the first ones, and the number of the others.
    pub fn finish(self) {
        const MAX_REPORTED: usize = 20;
        let known = self.known.borrow();
        let is_known = |key: &Key| known.contains(&key.name.as_str());
        let mut unknown: Vec<&Key> = Vec::new();
        let mut entries = self.entries.iter().peekable();
        while let Some((key, node)) = entries.next() {
            if is_known(key)
                && let Value::Number(first) = &node.value
            {
                // `{value: 41,5}` has an entry `value: 41` and an entry `5`.
                let (mut written, mut span) = (first.clone(), node.span.clone());
                while let Some((part, _)) = entries.next_if(|(key, node)| is_group_of_digits(key, node)) {
                    written = format!("{written},{}", part.name);
                    span.end = part.span.end;
                }
                if let Some(help) = describe_comma(&written) {
                    let message = format!("`{written}` is not a number: in braces, a comma ends the value");
                    self.reader.report_invalid(code::WRONG_VALUE, &span, message, help);
                }
            } else if let Some((name, value)) = split_joined_key(key, node).filter(|(name, _)| known.contains(name)) {
                let message = format!("`{}` has no space after the colon", key.name);
                let help = format!("write `{name}: {value}`");
                self.reader.report_invalid(code::UNKNOWN_KEY, &key.span, message, help);
            } else if !is_known(key) {
                unknown.push(key);
            }
        }
        for (index, key) in unknown.iter().take(MAX_REPORTED).enumerate() {
            if let Some(name) = closest(&key.name, known.iter().copied()) {
                self.forget_missing(name);
            }
            let mut problem =
                Diagnostic::error(code::UNKNOWN_KEY, format!("unknown key `{}` in the {}", key.name, self.what))
                    .place(self.reader.place(&key.span))
                    .suggest(&key.name, known.iter().copied());
            if index + 1 == MAX_REPORTED && unknown.len() > MAX_REPORTED {
                problem = problem.note(format!("and {} more unknown keys", unknown.len() - MAX_REPORTED));
            }
            self.reader.report(problem);
        }
    }
}
