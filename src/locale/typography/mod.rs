//! Applies the typographic rules of a language: quotation marks, apostrophes, spaces around punctuation, full-width
//! punctuation and superscript ordinal endings.
//!
//! The rules produce [`Edit`]s. They are applied to the messages and names of a document, and reported by the linter.
//! Addresses and text between the marks for verbatim text are not changed.

mod chars;
mod punctuation;
mod spaces;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::text_marks::{NO_HYPHENATION_END, NO_HYPHENATION_START, VERBATIM_END, VERBATIM_START};
pub use chars::{NARROW_NBSP, NBSP, PLACEHOLDER, is_full_width, is_ideograph};
use chars::{is_space, visible_chars};
use punctuation::apply_full_width;

/// The typographic rules of a language, from the settings in its `numbers.ftl`.
#[derive(Clone, Debug, Default)]
pub struct Typography {
    /// The outer opening and closing marks, then the inner ones.
    pub quotes: [char; 4],
    pub apostrophe: char,
    /// Characters preceded by a narrow no-break space (U+202F).
    pub narrow_before: Vec<char>,
    /// Characters followed by a narrow no-break space.
    pub narrow_after: Vec<char>,
    /// Characters preceded by a no-break space (U+00A0).
    pub fixed_before: Vec<char>,
    /// Characters followed by a no-break space.
    pub fixed_after: Vec<char>,
    /// Short words, in lower case, that are kept on the same line as the next word.
    pub bound_words: Vec<String>,
    /// The full-width replacements of `,` `.` `;` `:` `?` `!` `(` `)` next to an ideograph, where spaces around
    /// them are removed; `None` if the language has no full-width punctuation.
    pub full_width: Option<[char; 8]>,
    /// Ordinal endings that become superscripts after a numeral.
    pub ordinal_endings: Vec<String>,
    /// Whether the page is set from right to left. Addresses then keep their marks, so that they can be set from left to
    /// right.
    pub rtl: bool,
    /// Whether lines may break only at spaces (`line-breaks = spaces`). The style modules then glue the letters of each word
    /// together, which fails if a mark splits the word.
    pub breaks_only_at_spaces: bool,
}

/// The rule that requires an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditReason {
    Quote,
    Apostrophe,
    DoubleSpace,
    Space,
    /// A space after a word that is kept on the same line as the next word.
    BoundWord,
    FullWidth,
    Superscript,
}

/// A replacement that the rules require.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Byte range in the text; empty for an insertion.
    pub range: Range<usize>,
    pub replacement: String,
    pub reason: EditReason,
}

impl Typography {
    /// Applies all edits to the text.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut at = 0;
        for edit in self.edits(text) {
            out.push_str(&text[at..edit.range.start]);
            out.push_str(&edit.replacement);
            at = edit.range.end;
        }
        out.push_str(&text[at..]);
        if self.breaks_only_at_spaces {
            out = out.replace([NO_HYPHENATION_START, NO_HYPHENATION_END], "");
        }
        if self.rtl { out } else { out.replace([VERBATIM_START, VERBATIM_END], "") }
    }

    /// Returns the edits that the rules require, in text order.
    pub fn edits(&self, text: &str) -> Vec<Edit> {
        if self.is_unaffected(text) {
            return Vec::new();
        }
        let mut chars = visible_chars(text);
        self.curl_quotes(&mut chars);
        if let Some(full_width) = &self.full_width {
            apply_full_width(&mut chars, full_width);
        }
        let mut edits: Vec<Edit> = Vec::new();
        for s in chars.iter().filter(|s| s.current != s.original) {
            let reason = match s.original {
                '"' => EditReason::Quote,
                '\'' if s.current == self.apostrophe => EditReason::Apostrophe,
                '\'' => EditReason::Quote,
                _ => EditReason::FullWidth,
            };
            edits.push(Edit {
                range: s.offset..s.offset + s.original.len_utf8(),
                replacement: s.current.to_string(),
                reason,
            });
        }
        self.fix_spaces(&chars, &mut edits);
        if !self.ordinal_endings.is_empty() {
            self.raise_ordinals(&chars, &mut edits);
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        edits
    }

    /// Returns whether no rule can apply to the text. This one pass over the characters is enough for most sentences.
    fn is_unaffected(&self, text: &str) -> bool {
        if !self.bound_words.is_empty() {
            return false;
        }
        let beside = [&self.narrow_before, &self.narrow_after, &self.fixed_before, &self.fixed_after];
        let mut triggers = 1_u128 << b'"' | 1 << b'\'';
        if self.full_width.is_some() {
            triggers |= " ,.;:?!()".bytes().fold(0, |set, b| set | 1 << b);
        }
        let mut others = Vec::new();
        for c in beside.into_iter().flatten() {
            match u32::from(*c) {
                ascii @ 0..128 => triggers |= 1 << ascii,
                _ => others.push(*c),
            }
        }
        let mut before = '\0';
        !text.chars().any(|c| {
            let numeral = before.is_ascii_digit() || matches!(before, 'I' | 'V' | 'X');
            let ending = numeral && self.ordinal_endings.iter().any(|s| s.starts_with(c));
            let doubled = c == ' ' && is_space(before);
            before = c;
            ending || doubled || if c.is_ascii() { triggers >> (c as u32) & 1 == 1 } else { others.contains(&c) }
        })
    }
}
