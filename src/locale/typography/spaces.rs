//! Spaces: around punctuation, after bound words, and double ones.

use super::chars::{
    NARROW_NBSP, NBSP, PLACEHOLDER, VisibleChar, is_currency, is_full_width, is_ideograph, is_opening, is_space,
};
use super::{Edit, EditReason, Typography};

impl Typography {
    /// Corrects each run of spaces, and inserts the missing ones.
    pub(super) fn fix_spaces(&self, chars: &[VisibleChar], edits: &mut Vec<Edit>) {
        let mut from = 0;
        for (i, next) in chars.iter().enumerate() {
            if is_space(next.original) {
                continue;
            }
            let gap = &chars[from..i];
            let previous = from.checked_sub(1).map(|p| &chars[p]);
            from = i + 1;
            // No space is ever missing inside a word.
            if gap.is_empty() && next.current.is_alphanumeric() && previous.is_some_and(|p| p.current.is_alphanumeric())
            {
                continue;
            }
            if gap.iter().any(|s| !s.is_editable) {
                continue;
            }
            let bound = gap.len() == 1 && gap[0].original == ' ' && self.ends_with_bound_word(&chars[..i - 1]);
            let wanted = match self.required_gap(previous, gap, &chars[i..]) {
                RequiredSpace::Keep if bound => Some(NBSP),
                RequiredSpace::Keep => continue,
                RequiredSpace::Remove => None,
                RequiredSpace::Space(space) => Some(space),
            };
            if gap.len() == usize::from(wanted.is_some()) && gap.first().map(|s| s.original) == wanted {
                continue;
            }
            let range = gap.first().map_or(next.offset, |s| s.offset)
                ..gap.last().map_or(next.offset, |s| s.offset + s.original.len_utf8());
            let reason = if gap.len() > 1 && wanted == Some(' ') {
                EditReason::DoubleSpace
            } else if bound && wanted == Some(NBSP) {
                EditReason::BoundWord
            } else {
                EditReason::Space
            };
            // Marks between the spaces must be kept, so the first space is replaced and the others are removed.
            if range.len() == gap.iter().map(|s| s.original.len_utf8()).sum::<usize>() {
                edits.push(Edit { range, replacement: wanted.map_or_else(String::new, String::from), reason });
            } else {
                for (k, s) in gap.iter().enumerate() {
                    let replacement = wanted.filter(|_| k == 0).map_or_else(String::new, String::from);
                    edits.push(Edit { range: s.offset..s.offset + s.original.len_utf8(), replacement, reason });
                }
            }
        }
    }

    /// Returns what the rules require between the `previous` character and `rest`. `gap` is the spaces that are there.
    fn required_gap(&self, previous: Option<&VisibleChar>, gap: &[VisibleChar], rest: &[VisibleChar]) -> RequiredSpace {
        if previous.is_some_and(|previous| !gap.is_empty() && self.is_solid(previous.current, rest[0].current)) {
            return RequiredSpace::Remove;
        }
        previous
            .and_then(|previous| self.space_before_mark(previous, gap, rest))
            .or_else(|| self.space_after_mark(previous?, &rest[0]))
            .or_else(|| single_space(gap))
            .map_or(RequiredSpace::Keep, RequiredSpace::Space)
    }

    /// Returns whether Chinese typography puts no space between these characters.
    fn is_solid(&self, a: char, b: char) -> bool {
        self.full_width.is_some() && (is_full_width(a) || is_full_width(b) || (is_ideograph(a) && is_ideograph(b)))
    }

    /// Returns the no-break space that the mark at the start of `rest` takes before it.
    fn space_before_mark(&self, previous: &VisibleChar, gap: &[VisibleChar], rest: &[VisibleChar]) -> Option<char> {
        let (a, b) = (previous.current, rest[0].current);
        let space = match b {
            b if self.narrow_before.contains(&b) => NARROW_NBSP,
            b if self.fixed_before.contains(&b) => NBSP,
            _ => return None,
        };
        let is_mark = |c: char| self.narrow_before.contains(&c) || self.fixed_before.contains(&c) || "….".contains(c);
        let is_closing_quote = b == self.quotes[1] || b == self.quotes[3];
        let takes_space = if "%‰°".contains(b) || is_currency(b) {
            a.is_numeric() || a == PLACEHOLDER
        } else {
            let is_repeated = is_mark(a) && gap.is_empty();
            is_closing_quote || (!is_opening(a) && !is_repeated && is_word_end(rest))
        };
        (takes_space && rest[0].is_editable).then_some(space)
    }

    /// Returns the no-break space that the mark before `next` takes after it.
    fn space_after_mark(&self, mark: &VisibleChar, next: &VisibleChar) -> Option<char> {
        let is_before_number = next.current.is_numeric() || next.current == PLACEHOLDER;
        match mark.current {
            _ if !mark.is_editable => None,
            c if self.narrow_after.contains(&c) => Some(NARROW_NBSP),
            c if self.fixed_after.contains(&c) && is_before_number => Some(NBSP),
            _ => None,
        }
    }

    /// Returns whether the text ends with a word that is kept on the same line as the next word.
    fn ends_with_bound_word(&self, text: &[VisibleChar]) -> bool {
        if self.bound_words.is_empty() {
            return false;
        }
        let start = text.iter().rposition(|s| !s.original.is_alphabetic()).map_or(0, |at| at + 1);
        let word: String = text[start..].iter().flat_map(|s| s.original.to_lowercase()).collect();
        self.bound_words.contains(&word)
    }
}

/// What the rules require between two characters.
enum RequiredSpace {
    /// The spaces that are there, or none.
    Keep,
    /// No space.
    Remove,
    /// One space, of this width.
    Space(char),
}

/// Returns the space that replaces several: a no-break space, if one of them is.
fn single_space(gap: &[VisibleChar]) -> Option<char> {
    (gap.len() > 1).then(|| gap.iter().map(|s| s.original).find(|c| *c != ' ').unwrap_or(' '))
}

/// Returns whether punctuation at the start of `rest` ends a word, and is not inside an address, a time or a ratio.
fn is_word_end(rest: &[VisibleChar]) -> bool {
    rest.get(1).is_none_or(|next| {
        next.original.is_whitespace()
            || next.original == PLACEHOLDER
            || (!next.original.is_alphanumeric() && !"/\\_&=#".contains(next.original))
    })
}
