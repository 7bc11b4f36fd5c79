//! Styles inside a text: a raised ordinal, words that are not hyphenated, another language.
//!
//! Noncharacters (Unicode 23.7, “for internal use”) mark them. Neither facts nor locale files may
//! hold one, so a mark always comes from the program.

use std::borrow::Cow;

pub const SUPERSCRIPT_START: char = '\u{fdd0}';
pub const SUPERSCRIPT_END: char = '\u{fdd1}';
pub const UNBREAKABLE_START: char = '\u{fdd2}';
pub const UNBREAKABLE_END: char = '\u{fdd3}';
/// The tag of the language follows, then `FOREIGN_TAG_END`, then the text.
pub const FOREIGN_START: char = '\u{fdd4}';
pub const FOREIGN_TAG_END: char = '\u{fdd5}';
pub const FOREIGN_END: char = '\u{fdd6}';
/// Around what no typographic rule may touch. Finishing takes them out.
pub const VERBATIM_START: char = '\u{fdda}';
pub const VERBATIM_END: char = '\u{fddb}';

/// A superscript.
pub fn superscript(text: &str) -> String {
    format!("{SUPERSCRIPT_START}{text}{SUPERSCRIPT_END}")
}

/// A text that no hyphen may cut: a date, a figure.
pub fn unbreakable(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{UNBREAKABLE_START}{text}{UNBREAKABLE_END}") }
}

/// An address or a serial number.
pub fn verbatim(text: &str) -> String {
    format!("{VERBATIM_START}{text}{VERBATIM_END}")
}

/// A text in another language than the page, by its BCP 47 tag.
pub fn foreign(tag: &str, text: &str) -> String {
    format!("{FOREIGN_START}{tag}{FOREIGN_TAG_END}{text}{FOREIGN_END}")
}

/// The text alone, as a bookmark or an alternative text needs it.
pub fn strip(text: &str) -> Cow<'_, str> {
    if !text.contains(is_mark) {
        return text.into();
    }
    let mut tag = false;
    let plain = |c: &char| {
        tag = (tag || *c == FOREIGN_START) && *c != FOREIGN_TAG_END;
        !tag && !is_mark(*c)
    };
    text.chars().filter(plain).collect::<String>().into()
}

pub fn is_mark(c: char) -> bool {
    matches!(c, SUPERSCRIPT_START..=FOREIGN_END | VERBATIM_START | VERBATIM_END)
}
