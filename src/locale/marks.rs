//! Styles inside a text: a raised ordinal, words that are not hyphenated, another language.
//!
//! Noncharacters (Unicode 23.7, “for internal use”) mark them. Neither facts nor locale files may
//! hold one, so a mark always comes from the program.

use std::borrow::Cow;

pub const RAISE: char = '\u{fdd0}';
pub const RAISED: char = '\u{fdd1}';
pub const KEEP: char = '\u{fdd2}';
pub const KEPT: char = '\u{fdd3}';
/// The tag of the language follows, then `TAGGED`, then the text.
pub const FOREIGN: char = '\u{fdd4}';
pub const TAGGED: char = '\u{fdd5}';
pub const NATIVE: char = '\u{fdd6}';
/// Around what no typographic rule may touch. Finishing takes them out.
pub const VERBATIM: char = '\u{fdda}';
pub const PROSE: char = '\u{fddb}';

/// A superscript.
pub fn raised(text: &str) -> String {
    format!("{RAISE}{text}{RAISED}")
}

/// A text that no hyphen may cut: a date, a figure.
pub fn kept(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{KEEP}{text}{KEPT}") }
}

/// An address or a serial number.
pub fn verbatim(text: &str) -> String {
    format!("{VERBATIM}{text}{PROSE}")
}

/// A text in another language than the page, by its BCP 47 tag.
pub fn foreign(tag: &str, text: &str) -> String {
    format!("{FOREIGN}{tag}{TAGGED}{text}{NATIVE}")
}

/// The text alone, as a bookmark or an alternative text needs it.
pub fn without(text: &str) -> Cow<'_, str> {
    if !text.contains(is_mark) {
        return text.into();
    }
    let mut tag = false;
    let plain = |c: &char| {
        tag = (tag || *c == FOREIGN) && *c != TAGGED;
        !tag && !is_mark(*c)
    };
    text.chars().filter(plain).collect::<String>().into()
}

pub fn is_mark(c: char) -> bool {
    matches!(c, RAISE..=NATIVE | VERBATIM | PROSE)
}
