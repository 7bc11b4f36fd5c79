//! What the locale's own typographic rules would write otherwise.

use std::ops::Range;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};

use super::tree::{ParsedMessage, Tree};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::locale::settings::SETTING_NAMES;
use crate::locale::typography::{EditReason, NARROW_NBSP, NBSP, PLACEHOLDER, Typography};

pub fn check(tree: &Tree<'_>, rules: &Typography, found: &mut Vec<Diagnostic>) {
    for entry in tree.entries.values().filter(|e| !SETTING_NAMES.contains(&e.id.as_str())) {
        for (_, pattern) in entry.patterns() {
            check_pattern(entry, pattern, rules, found);
        }
    }
}

/// A pattern as one text: literals as they print, other placeables as one unknown character.
#[derive(Default)]
struct Flat {
    text: String,
    /// For each byte of `text`, the bytes of the file behind it.
    source: Vec<Range<usize>>,
}

impl Flat {
    fn push(&mut self, c: char, source: Range<usize>) {
        self.text.push(c);
        self.source.extend(std::iter::repeat_n(source, c.len_utf8()));
    }

    fn place(&self, entry: &ParsedMessage<'_>, range: &Range<usize>) -> Place {
        let at = |byte: usize| self.source.get(byte).cloned();
        let start = at(range.start).or_else(|| self.source.last().cloned()).unwrap_or(0..0);
        let end = if range.is_empty() { start.end } else { at(range.end - 1).map_or(start.end, |r| r.end) };
        Place::new(entry.file, start.start..end)
    }
}

fn check_pattern(entry: &ParsedMessage<'_>, pattern: &Pattern<&str>, rules: &Typography, found: &mut Vec<Diagnostic>) {
    let mut flat = Flat::default();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                let start = entry.range(value).start;
                value.char_indices().for_each(|(at, c)| flat.push(c, start + at..start + at + c.len_utf8()));
            }
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(InlineExpression::StringLiteral { value }) => {
                    let range = entry.range(value);
                    let text = fluent_syntax::unicode::unescape_unicode_to_string(value);
                    text.chars().for_each(|c| flat.push(c, range.clone()));
                }
                Expression::Inline(inline) => {
                    let range = span(entry, inline).unwrap_or(0..0);
                    flat.push(PLACEHOLDER, range);
                }
                Expression::Select { selector, variants } => {
                    let range = span(entry, selector).unwrap_or(0..0);
                    flat.push(PLACEHOLDER, range);
                    variants.iter().for_each(|variant| check_pattern(entry, &variant.value, rules, found));
                }
            },
        }
    }
    // Which words keep the next one beside them is the program's care, not the translator's.
    for edit in rules.edits(&flat.text).into_iter().filter(|edit| edit.reason != EditReason::Bound) {
        let wanted = &edit.replacement;
        let (code, message, help) = match edit.reason {
            EditReason::Quote => {
                (code::STRAIGHT, "a straight quotation mark stands in the text", format!("write {wanted}"))
            }
            EditReason::Apostrophe => {
                (code::STRAIGHT, "a straight apostrophe stands in the text", format!("write {wanted}"))
            }
            EditReason::DoubleSpace => (code::SPACE, "two spaces follow each other", "keep one of them".to_owned()),
            EditReason::Space | EditReason::Bound => {
                (code::SPACE, "the space is not the one that this language puts here", space_help(wanted))
            }
            EditReason::Width => {
                (code::WIDTH, "punctuation beside a full-width character is half as wide", format!("write {wanted}"))
            }
            EditReason::Raised => (
                code::RAISED,
                "the ending of the ordinal is not raised",
                format!("write {{ SUPER(\"{}\") }}", &flat.text[edit.range.clone()]),
            ),
        };
        found.push(Diagnostic::warning(code, message).place(flat.place(entry, &edit.range)).help(help));
    }
}

fn space_help(wanted: &str) -> String {
    match wanted.chars().next() {
        Some(NARROW_NBSP) => "write a narrow no-break space: { \"\\u202F\" }".to_owned(),
        Some(NBSP) => "write a no-break space: { \"\\u00A0\" }".to_owned(),
        Some(_) => "write one plain space".to_owned(),
        None => "write no space".to_owned(),
    }
}

fn span(entry: &ParsedMessage<'_>, inline: &InlineExpression<&str>) -> Option<Range<usize>> {
    Some(entry.range(match inline {
        InlineExpression::VariableReference { id }
        | InlineExpression::MessageReference { id, .. }
        | InlineExpression::TermReference { id, .. }
        | InlineExpression::FunctionReference { id, .. } => id.name,
        InlineExpression::NumberLiteral { value } | InlineExpression::StringLiteral { value } => value,
        InlineExpression::Placeable { .. } => return None,
    }))
}
