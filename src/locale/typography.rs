//! Applies the typographic rules of a language: quotation marks, apostrophes, spaces around punctuation, full-width
//! punctuation and superscript ordinal endings.
//!
//! The rules produce [`Edit`]s. They are applied to the messages and names of a document, and reported by the linter.
//! Addresses and text between the marks for verbatim text are not changed.

use std::ops::Range;

use super::marks::{
    self, FOREIGN_END, FOREIGN_START, FOREIGN_TAG_END, NO_HYPHENATION_END, NO_HYPHENATION_START, SUPERSCRIPT_END,
    SUPERSCRIPT_START, VERBATIM_END, VERBATIM_START,
};

/// A narrow no-break space.
pub const NARROW_NBSP: char = '\u{202f}';
/// A no-break space.
pub const NBSP: char = '\u{a0}';
/// Represents a placeable, whose text is not known.
pub const PLACEHOLDER: char = '\u{fffc}';

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

/// A character that is printed, and its replacement.
struct VisibleChar {
    /// Byte offset in the text.
    offset: usize,
    original: char,
    current: char,
    /// Whether the rules may change it: false inside an address or a superscript.
    is_editable: bool,
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

    /// Replaces straight quotation marks and apostrophes.
    fn curl_quotes(&self, chars: &mut [VisibleChar]) {
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

    /// Corrects each run of spaces, and inserts the missing ones.
    fn fix_spaces(&self, chars: &[VisibleChar], edits: &mut Vec<Edit>) {
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

    /// Turns ordinal endings after numerals into superscripts.
    fn raise_ordinals(&self, chars: &[VisibleChar], edits: &mut Vec<Edit>) {
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
                    edits.push(Edit { range, replacement: marks::superscript(&text), reason: EditReason::Superscript });
                }
            }
            i = end;
        }
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

/// Returns the characters that are printed. Those in addresses and superscripts are not editable.
fn visible_chars(text: &str) -> Vec<VisibleChar> {
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
            c if marks::is_mark(c) || tag => {}
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

/// Replaces punctuation next to an ideograph by full-width punctuation (GB/T 15834—2011, 5.1).
fn apply_full_width(chars: &mut [VisibleChar], full_width: &[char; 8]) {
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

/// Returns whether punctuation at the start of `rest` ends a word, and is not inside an address, a time or a ratio.
fn is_word_end(rest: &[VisibleChar]) -> bool {
    rest.get(1).is_none_or(|next| {
        next.original.is_whitespace()
            || next.original == PLACEHOLDER
            || (!next.original.is_alphanumeric() && !"/\\_&=#".contains(next.original))
    })
}

/// Returns whether the rules treat the character as a space.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NARROW_NBSP | '\u{2009}')
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '«' | '“' | '‘' | '„' | '‚' | '¿' | '¡' | '（' | '《' | '「' | '『' | '—' | '–' | '’')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20c0}')
}

/// Returns whether this is a Chinese, Japanese or Bopomofo character.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether this is punctuation as wide as an ideograph.
pub fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn french() -> Typography {
        Typography {
            quotes: ['«', '»', '“', '”'],
            apostrophe: '’',
            narrow_before: vec![';', '!', '?', '»'],
            narrow_after: vec!['«'],
            fixed_before: vec![':', '%', '€'],
            ordinal_endings: ["er", "re", "e", "es"].map(str::to_owned).into(),
            ..Typography::default()
        }
    }

    fn english() -> Typography {
        Typography { quotes: ['“', '”', '‘', '’'], apostrophe: '’', ..Typography::default() }
    }

    fn chinese() -> Typography {
        Typography {
            quotes: ['“', '”', '‘', '’'],
            apostrophe: '’',
            full_width: Some(['，', '。', '；', '：', '？', '！', '（', '）']),
            ..Typography::default()
        }
    }

    /// Applies the rules, and shows narrow spaces as `~`, no-break spaces as `_` and superscripts as `^{…}`.
    fn show(rules: &Typography, text: &str) -> String {
        rules
            .apply(text)
            .replace(NARROW_NBSP, "~")
            .replace(NBSP, "_")
            .replace(SUPERSCRIPT_START, "^{")
            .replace(SUPERSCRIPT_END, "}")
    }

    #[test]
    fn french_punctuation_is_spaced() {
        for (typed, set) in [
            ("Quoi ? Non ! Si;", "Quoi~? Non~! Si~;"),
            ("Données : 52 %, 3€", "Données_: 52_%, 3_€"),
            ("« Beijing Daily »", "«~Beijing Daily~»"),
            ("\"Beijing Daily\"", "«~Beijing Daily~»"),
            ("dit \"un \"deux\" trois\"", "dit «~un “deux” trois~»"),
            ("Quoi ?! Vraiment…?", "Quoi~?! Vraiment…?"),
            ("l'économie d'aujourd'hui", "l’économie d’aujourd’hui"),
            ("à 10:30, score 3:2", "à 10:30, score 3:2"),
            ("la 2e Conférence, au XXIe siècle, Ier", "la 2^{e} Conférence, au XXI^{e} siècle, I^{er}"),
            ("Le 12 De Ce 2eme 5e12", "Le 12 De Ce 2eme 5e12"),
            ("deux  mots", "deux mots"),
            (" ", " "),
            (" · ", " · "),
        ] {
            assert_eq!(show(&french(), typed), set, "{typed}");
        }
    }

    #[test]
    fn russian_short_words_and_dashes_take_no_break_spaces() {
        let russian = Typography {
            quotes: ['«', '»', '„', '“'],
            apostrophe: '’',
            fixed_before: vec!['—', '%'],
            fixed_after: vec!['№'],
            bound_words: ["в", "и", "на"].map(str::to_owned).into(),
            ..Typography::default()
        };
        for (typed, set) in [
            ("В городе и на море", "В_городе и_на_море"),
            ("\"Люмен\" — город № 5", "«Люмен»_— город №_5"),
            ("рост 5 % и 7%", "рост 5_% и_7_%"),
        ] {
            assert_eq!(show(&russian, typed), set, "{typed}");
        }
    }

    #[test]
    fn addresses_are_not_changed() {
        for text in ["http://www.wiotc.org/?a=b;c", "a'b@example.org", "www.example.org/x:y"] {
            assert_eq!(show(&french(), text), text);
        }
        let serial = format!("N° {} : fin", marks::verbatim("2025-\"01\"-2e"));
        assert_eq!(show(&french(), &serial), "N° 2025-\"01\"-2e_: fin");
        assert_eq!(show(&french(), "voir http://x.org/ ; fin"), "voir http://x.org/~; fin");
    }

    #[test]
    fn english_quotes_are_curled() {
        for (typed, set) in [
            ("\"It's 'fine',\" she said", "“It’s ‘fine’,” she said"),
            ("the '90s and the cities' plans", "the ’90s and the cities’ plans"),
            ("Note: 52% of \"all\"", "Note: 52% of “all”"),
        ] {
            assert_eq!(show(&english(), typed), set, "{typed}");
        }
    }

    #[test]
    fn chinese_punctuation_is_full_width_without_spaces() {
        for (typed, set) in [
            ("北京,中国.", "北京，中国。"),
            ("他说:\"好\"!", "他说：“好”！"),
            ("世界物联网大会(WIOTC) 召开", "世界物联网大会（WIOTC）召开"),
            ("数字 经济， GDP 增长", "数字经济，GDP 增长"),
            ("WIOTC (2025), 3.5 and 1,000", "WIOTC (2025), 3.5 and 1,000"),
            ("见http://www.wiotc.org/", "见http://www.wiotc.org/"),
        ] {
            assert_eq!(show(&chinese(), typed), set, "{typed}");
        }
    }

    proptest! {
        /// Applying the rules to their own output changes nothing.
        #[test]
        fn applying_the_rules_again_changes_nothing(text in "[ a-e'\"«»“”:;!?%0-3€京。，,.()\u{a0}\u{202f}-]{0,24}") {
            for rules in [french(), english(), chinese()] {
                let once = rules.apply(&text);
                prop_assert_eq!(rules.apply(&once), once);
            }
        }
    }
}
