//! The characters of a text that are printed, and their kinds.

use crate::locale::text_marks::{
    self, FOREIGN_END, FOREIGN_START, FOREIGN_TAG_END, SUPERSCRIPT_END, SUPERSCRIPT_START, VERBATIM_END, VERBATIM_START,
};

/// A narrow no-break space.
pub const NARROW_NBSP: char = '\u{202f}';

/// A no-break space.
pub const NBSP: char = '\u{a0}';

/// Represents a placeable, whose text is not known.
pub const PLACEHOLDER: char = '\u{fffc}';

/// A character that is printed, and its replacement.
pub struct VisibleChar {
    /// Byte offset in the text.
    pub offset: usize,
    pub original: char,
    pub current: char,
    /// Whether the rules may change it: false inside an address or a superscript.
    pub is_editable: bool,
}

/// Returns the characters that are printed. Those in addresses and superscripts are not editable.
pub fn visible_chars(text: &str) -> Vec<VisibleChar> {
    let mut chars = Vec::with_capacity(text.len());
    let (mut verbatim, mut raised, mut tag) = (false, false, false);
    for (offset, c) in text.char_indices() {
        match c {
            VERBATIM_START => verbatim = true,
            VERBATIM_END => verbatim = false,
            SUPERSCRIPT_START => raised = true,
            SUPERSCRIPT_END => raised = false,
            FOREIGN_START => tag = true,
            FOREIGN_TAG_END => tag = false,
            FOREIGN_END => {}
            c if text_marks::is_mark(c) || tag => {}
            c => chars.push(VisibleChar { offset, original: c, current: c, is_editable: !verbatim && !raised }),
        }
    }
    if text.contains("://") || text.contains('@') || text.contains("www.") {
        let mut start = 0;
        while start < chars.len() {
            let part = |s: &VisibleChar| {
                !s.original.is_whitespace() && !is_ideograph(s.original) && !is_full_width(s.original)
            };
            let end = chars[start..].iter().position(|s| !part(s)).map_or(chars.len(), |n| start + n);
            let word: String = chars[start..end].iter().map(|s| s.original).collect();
            let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '»', '”', '’', '"', '\'']);
            let mail = bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            if bare.contains("://") || bare.starts_with("www.") || mail {
                let length = bare.chars().count();
                chars[start..start + length].iter_mut().for_each(|s| s.is_editable = false);
            }
            start = end + 1;
        }
    }
    chars
}

/// Returns whether the rules treat the character as a space.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NARROW_NBSP | '\u{2009}')
}

/// Returns whether a quotation mark after this character opens: brackets, opening marks, dashes, and an apostrophe, as in l’“x”.
pub fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '«' | '“' | '‘' | '„' | '‚' | '¿' | '¡' | '（' | '《' | '「' | '『' | '—' | '–' | '’')
}

pub fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20c0}')
}

/// Returns whether this is a Chinese character, Kana or Bopomofo.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{312f}' | '\u{3190}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether this is punctuation as wide as an ideograph.
pub fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}
