//! Checks messages against the typographic rules of their own locale.

use std::ops::Range;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement};

use super::tree::{ParsedMessage, Tree};
use crate::diagnostic::{Diagnostic, Place, Problems, code};
use crate::locale::settings::SETTING_NAMES;
use crate::locale::typography::{Edit, EditReason, NARROW_NBSP, NBSP, PLACEHOLDER, Typography};

/// Reports each edit that the typographic rules would make in a message. Settings are not checked.
pub fn check(tree: &Tree<'_>, rules: &Typography, found: &mut Problems) {
    for entry in tree.entries.values().filter(|e| !SETTING_NAMES.contains(&e.id.as_str())) {
        for (_, pattern) in entry.patterns() {
            check_pattern(entry, pattern, rules, found);
        }
    }
}

/// A pattern as one text, with literals as printed and any other placeable as `PLACEHOLDER`.
#[derive(Default)]
struct FlatText {
    text: String,
    /// For each byte of `text`, the range in the file that it comes from.
    source: Vec<Range<usize>>,
}

impl FlatText {
    fn push(&mut self, c: char, source: Range<usize>) {
        self.text.push(c);
        self.source.extend(std::iter::repeat_n(source, c.len_utf8()));
    }

    /// Returns the place in the file of a range of `text`.
    fn place(&self, entry: &ParsedMessage<'_>, range: &Range<usize>) -> Place {
        let at = |byte: usize| self.source.get(byte).cloned();
        let start = at(range.start).or_else(|| self.source.last().cloned()).unwrap_or(0..0);
        let end = if range.is_empty() { start.end } else { at(range.end - 1).map_or(start.end, |r| r.end) };
        Place::new(entry.file, start.start..end)
    }
}

/// Checks a pattern, and the patterns of its variants separately.
fn check_pattern(entry: &ParsedMessage<'_>, pattern: &Pattern<&str>, rules: &Typography, found: &mut Problems) {
    let mut flat = FlatText::default();
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
                    let range = range_of(entry, inline).unwrap_or(0..0);
                    flat.push(PLACEHOLDER, range);
                }
                Expression::Select { selector, variants } => {
                    let range = range_of(entry, selector).unwrap_or(0..0);
                    flat.push(PLACEHOLDER, range);
                    variants.iter().for_each(|variant| check_pattern(entry, &variant.value, rules, found));
                }
            },
        }
    }
    // The program inserts the no-break spaces after bound words, so translators need not.
    let edits: Vec<Edit> =
        rules.edits(&flat.text).into_iter().filter(|edit| edit.reason != EditReason::BoundWord).collect();
    // Opening and closing quotation marks are one mistake.
    let mut marks: Vec<&str> = Vec::new();
    for edit in edits.iter().filter(|edit| edit.reason == EditReason::Quote) {
        if !marks.contains(&edit.replacement.as_str()) {
            marks.push(&edit.replacement);
        }
    }
    let first_mark = edits.iter().find(|edit| edit.reason == EditReason::Quote).map(|edit| edit.range.start);
    let is_reported = |edit: &&Edit| edit.reason != EditReason::Quote || Some(edit.range.start) == first_mark;
    for edit in edits.iter().filter(is_reported) {
        let replacement = &edit.replacement;
        let (code, message, help) = match edit.reason {
            EditReason::Quote => {
                (code::STRAIGHT_QUOTE, "straight quotation marks in the text", format!("write {}", marks.join(" and ")))
            }
            EditReason::Apostrophe => {
                (code::STRAIGHT_QUOTE, "straight apostrophe in the text", format!("write {replacement}"))
            }
            EditReason::DoubleSpace => (code::SPACE, "two consecutive spaces", "remove one of them".to_owned()),
            EditReason::Space | EditReason::BoundWord => {
                (code::SPACE, "wrong space for this language", space_help(replacement))
            }
            EditReason::FullWidth => (
                code::HALF_WIDTH,
                "half-width punctuation next to a full-width character",
                format!("write {replacement}"),
            ),
            EditReason::Superscript => (
                code::ORDINAL_ENDING,
                "the ordinal ending is not a superscript",
                format!("write {{ SUPER(\"{}\") }}", &flat.text[edit.range.clone()]),
            ),
        };
        found.push(Diagnostic::warning(code, message).place(flat.place(entry, &edit.range)).help(help));
    }
}

fn space_help(replacement: &str) -> String {
    match replacement.chars().next() {
        Some(NARROW_NBSP) => "write a narrow no-break space: { \"\\u202F\" }".to_owned(),
        Some(NBSP) => "write a no-break space: { \"\\u00A0\" }".to_owned(),
        Some(_) => "write one plain space".to_owned(),
        None => "write no space".to_owned(),
    }
}

/// Returns the range of an expression in the file.
fn range_of(entry: &ParsedMessage<'_>, inline: &InlineExpression<&str>) -> Option<Range<usize>> {
    Some(entry.range(match inline {
        InlineExpression::VariableReference { id }
        | InlineExpression::MessageReference { id, .. }
        | InlineExpression::TermReference { id, .. }
        | InlineExpression::FunctionReference { id, .. } => id.name,
        InlineExpression::NumberLiteral { value } | InlineExpression::StringLiteral { value } => value,
        InlineExpression::Placeable { .. } => return None,
    }))
}
