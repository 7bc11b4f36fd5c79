//! Quotation marks and apostrophes, full-width punctuation, and raised ordinal endings.

use super::chars::{VisibleChar, is_full_width, is_ideograph, is_opening, is_space};
use super::{Edit, EditReason, Typography};
use crate::locale::text_marks;

impl Typography {
    /// Replaces straight quotation marks and apostrophes.
    pub(super) fn curl_quotes(&self, chars: &mut [VisibleChar]) {
        let (mut depth, mut single) = (0_usize, 0_usize);
        for i in 0..chars.len() {
            if !(chars[i].is_editable && matches!(chars[i].original, '"' | '\'')) {
                continue;
            }
            let before = i.checked_sub(1).map(|p| chars[p].original);
            let after = chars.get(i + 1).map(|s| s.original);
            let opens =
                before.is_none_or(|c| c.is_whitespace() || is_opening(c)) && after.is_some_and(|c| !c.is_whitespace());
            match chars[i].original {
                '"' if depth == 0 || (opens && self.full_width.is_none()) => {
                    chars[i].current = self.quotes[if depth == 0 { 0 } else { 2 }];
                    depth += 1;
                }
                '"' => {
                    depth -= 1;
                    chars[i].current = self.quotes[if depth == 0 { 1 } else { 3 }];
                }
                '\'' if opens && after.is_some_and(char::is_alphabetic) && is_closed_later(&chars[i + 1..]) => {
                    chars[i].current = self.quotes[2];
                    single += 1;
                }
                '\'' if single > 0 && !after.is_some_and(char::is_alphanumeric) => {
                    chars[i].current = self.quotes[3];
                    single -= 1;
                }
                '\'' => chars[i].current = self.apostrophe,
                _ => {}
            }
        }
    }

    /// Turns ordinal endings after numerals into superscripts.
    pub(super) fn raise_ordinals(&self, chars: &[VisibleChar], edits: &mut Vec<Edit>) {
        let mut i = 0;
        while i < chars.len() {
            if !chars[i].original.is_alphanumeric() {
                i += 1;
                continue;
            }
            let end = chars[i..].iter().position(|s| !s.original.is_alphanumeric()).map_or(chars.len(), |n| i + n);
            let word = &chars[i..end];
            if !(word[0].original.is_ascii_digit() || "IVX".contains(word[0].original)) {
                i = end;
                continue;
            }
            // Inside an address or a serial number, the word is not an ordinal.
            let joined = |c: Option<&VisibleChar>| c.is_some_and(|s| "-/.,:@_".contains(s.original));
            let is_continued =
                joined(chars.get(end)) && chars.get(end + 1).is_some_and(|s| s.original.is_alphanumeric());
            let alone = !is_continued && !joined(i.checked_sub(1).and_then(|p| chars.get(p)));
            let digits = word.iter().take_while(|s| s.original.is_ascii_digit()).count();
            let roman = word.iter().take_while(|s| "IVX".contains(s.original)).count();
            let numeral = digits.max(roman);
            let ending = &word[numeral..];
            if numeral > 0 && alone && !ending.is_empty() && ending.iter().all(|s| s.is_editable) {
                let text: String = ending.iter().map(|s| s.original).collect();
                if self.ordinal_endings.contains(&text) {
                    let last = &ending[ending.len() - 1];
                    let range = ending[0].offset..last.offset + last.original.len_utf8();
                    edits.push(Edit {
                        range,
                        replacement: text_marks::superscript(&text),
                        reason: EditReason::Superscript,
                    });
                }
            }
            i = end;
        }
    }
}

/// Replaces punctuation next to an ideograph by full-width punctuation (GB/T 15834—2011, 5.1).
pub fn apply_full_width(chars: &mut [VisibleChar], full_width: &[char; 8]) {
    let mut open = Vec::new();
    for i in 0..chars.len() {
        let Some(mark) = ",.;:?!()".find(chars[i].original).filter(|_| chars[i].is_editable) else { continue };
        // Spaces in between will be removed.
        let before = chars[..i].iter().rev().map(|s| s.current).find(|c| !is_space(*c) && !"“”‘’".contains(*c));
        let after = chars[i + 1..].iter().map(|s| s.current).find(|c| !is_space(*c));
        let beside = before.is_some_and(|c| is_ideograph(c) || is_full_width(c));
        let takes = match chars[i].original {
            '.' => beside && !chars.get(i + 1).is_some_and(|s| s.original == '.' || s.original.is_ascii_alphanumeric()),
            '(' => {
                open.push(beside || after.is_some_and(is_ideograph));
                beside || after.is_some_and(is_ideograph)
            }
            ')' => open.pop().unwrap_or(beside),
            _ => beside,
        };
        if takes {
            chars[i].current = full_width[mark];
        }
    }
}

/// Returns whether a single quotation mark in `rest`, not followed by a letter, can close the one before `rest`.
fn is_closed_later(rest: &[VisibleChar]) -> bool {
    rest.iter().enumerate().any(|(i, s)| {
        s.original == '\''
            && i > 0
            && !rest[i - 1].original.is_whitespace()
            && !rest.get(i + 1).is_some_and(|n| n.original.is_alphanumeric())
    })
}
