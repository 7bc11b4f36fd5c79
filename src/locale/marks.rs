//! Styles inside a text: a raised ordinal, words that are not hyphenated.
//!
//! Noncharacters (Unicode 23.7, “for internal use”) mark them. Neither facts nor locale files may
//! hold one, so a mark always comes from a locale function.

use std::borrow::Cow;

pub const RAISE: char = '\u{fdd0}';
pub const RAISED: char = '\u{fdd1}';
pub const KEEP: char = '\u{fdd2}';
pub const KEPT: char = '\u{fdd3}';

/// A superscript.
pub fn raised(text: &str) -> String {
    format!("{RAISE}{text}{RAISED}")
}

/// A text that no hyphen may cut: a date, a figure.
pub fn kept(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{KEEP}{text}{KEPT}") }
}

/// The text alone, as a bookmark or an alternative text needs it.
pub fn without(text: &str) -> Cow<'_, str> {
    if text.contains(mark) { text.replace(mark, "").into() } else { text.into() }
}

fn mark(c: char) -> bool {
    matches!(c, RAISE..=KEPT)
}
