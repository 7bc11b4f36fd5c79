//! Marks inside a text: superscripts, text without hyphenation, text in another language, and text that typographic rules
//! must not change.
//!
//! The marks are noncharacters, which Unicode (section 23.7) reserves for internal use. Results and locale files may not
//! contain them, so a mark always comes from this program.

use std::borrow::Cow;

/// Starts a superscript.
pub const SUPERSCRIPT_START: char = '\u{fdd0}';
/// Ends a superscript.
pub const SUPERSCRIPT_END: char = '\u{fdd1}';
/// Starts a text that must not be hyphenated.
pub const NO_HYPHENATION_START: char = '\u{fdd2}';
/// Ends a text that must not be hyphenated.
pub const NO_HYPHENATION_END: char = '\u{fdd3}';
/// Starts a text in another language. The language tag follows, then `FOREIGN_TAG_END`, then the text.
pub const FOREIGN_START: char = '\u{fdd4}';
/// Ends the tag of a text in another language.
pub const FOREIGN_TAG_END: char = '\u{fdd5}';
/// Ends a text in another language.
pub const FOREIGN_END: char = '\u{fdd6}';
/// Starts a text that typographic rules must not change. `Typography::apply` removes these marks, except on pages set
/// from right to left.
pub const VERBATIM_START: char = '\u{fdda}';
/// Ends a text that typographic rules must not change.
pub const VERBATIM_END: char = '\u{fddb}';

/// Marks a superscript.
pub fn superscript(text: &str) -> String {
    format!("{SUPERSCRIPT_START}{text}{SUPERSCRIPT_END}")
}

/// Marks a text that must not be hyphenated, such as a date or a figure. An empty text stays empty.
pub fn without_hyphenation(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{NO_HYPHENATION_START}{text}{NO_HYPHENATION_END}") }
}

/// Marks a text that typographic rules must not change, such as an address or a serial number.
pub fn verbatim(text: &str) -> String {
    format!("{VERBATIM_START}{text}{VERBATIM_END}")
}

/// Marks a text in a language other than that of the page, given by its BCP 47 tag.
pub fn foreign(tag: &str, text: &str) -> String {
    format!("{FOREIGN_START}{tag}{FOREIGN_TAG_END}{text}{FOREIGN_END}")
}

/// Removes all marks, for example for a bookmark or an alternative text.
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

/// Returns whether the character is one of the marks.
pub fn is_mark(c: char) -> bool {
    matches!(c, SUPERSCRIPT_START..=FOREIGN_END | VERBATIM_START | VERBATIM_END)
}
