//! The finishing of a text as its language's typographers want it: quotation marks, apostrophes, the
//! spaces around punctuation, full-width punctuation, raised ordinal endings.
//!
//! The rules find [`Edit`]s. A page applies them to what messages and names say; the linter shows them.
//! Addresses, and whatever stands between the marks for verbatim text, are left alone.

use std::ops::Range;

use super::marks::{
    self, FOREIGN_END, FOREIGN_START, FOREIGN_TAG_END, SUPERSCRIPT_END, SUPERSCRIPT_START, VERBATIM_END, VERBATIM_START,
};

pub const NARROW_NBSP: char = '\u{202f}';
pub const NBSP: char = '\u{a0}';
/// Stands for a placeable whose text is not known.
pub const PLACEHOLDER: char = '\u{fffc}';

/// A language's rules, from the settings of its `numbers.ftl`.
#[derive(Clone, Debug, Default)]
pub struct Typography {
    /// Outer opening and closing mark, then inner ones.
    pub quotes: [char; 4],
    pub apostrophe: char,
    /// Take a narrow no-break space (U+202F) before them.
    pub narrow_before: Vec<char>,
    /// Take a narrow no-break space behind them.
    pub narrow_after: Vec<char>,
    /// Take a no-break space (U+00A0) before them.
    pub fixed_before: Vec<char>,
    /// Take a no-break space behind them.
    pub fixed_after: Vec<char>,
    /// Short words that keep the next one beside them.
    pub bound: Vec<String>,
    /// What `,` `.` `;` `:` `?` `!` `(` `)` become beside an is_ideograph, where no space stands around them; none
    /// where the language has no full-width punctuation.
    pub wide: Option<[char; 8]>,
    /// Endings that are raised behind a numeral.
    pub suffixes: Vec<String>,
    /// The page runs from right to left: addresses keep their marks, so that they can be set the other way.
    pub rtl: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditReason {
    Quote,
    Apostrophe,
    DoubleSpace,
    Space,
    Bound,
    Width,
    Raised,
}

/// A part of a text that the rules write otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub range: Range<usize>,
    pub replacement: String,
    pub reason: EditReason,
}

/// A character that shows, with what the rules made of it.
struct VisibleChar {
    at: usize,
    original: char,
    current: char,
    /// May be changed: no part of an address, and not raised already.
    is_editable: bool,
}

impl Typography {
    /// The text as it goes on the page.
    pub fn finish(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut at = 0;
        for edit in self.edits(text) {
            out.push_str(&text[at..edit.range.start]);
            out.push_str(&edit.replacement);
            at = edit.range.end;
        }
        out.push_str(&text[at..]);
        if self.rtl { out } else { out.replace([VERBATIM_START, VERBATIM_END], "") }
    }

    /// Everything that the rules write otherwise, in order.
    pub fn edits(&self, text: &str) -> Vec<Edit> {
        if self.is_unaffected(text) {
            return Vec::new();
        }
        let mut seen = visible_chars(text);
        self.curl_quotes(&mut seen);
        if let Some(wide) = &self.wide {
            apply_full_width(&mut seen, wide);
        }
        let mut edits: Vec<Edit> = Vec::new();
        for s in seen.iter().filter(|s| s.current != s.original) {
            let reason = match s.original {
                '"' => EditReason::Quote,
                '\'' if s.current == self.apostrophe => EditReason::Apostrophe,
                '\'' => EditReason::Quote,
                _ => EditReason::Width,
            };
            edits.push(Edit { range: s.at..s.at + s.original.len_utf8(), replacement: s.current.to_string(), reason });
        }
        self.fix_spaces(&seen, &mut edits);
        if !self.suffixes.is_empty() {
            self.raise_ordinals(&seen, &mut edits);
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        edits
    }

    /// Nothing in the text could call for a rule. Most sentences are so, and cost one look at each character.
    fn is_unaffected(&self, text: &str) -> bool {
        if !self.bound.is_empty() {
            return false;
        }
        let beside = [&self.narrow_before, &self.narrow_after, &self.fixed_before, &self.fixed_after];
        let mut triggers = 1_u128 << b'"' | 1 << b'\'';
        if self.wide.is_some() {
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
            let ending = numeral && self.suffixes.iter().any(|s| s.starts_with(c));
            let doubled = c == ' ' && is_space(before);
            before = c;
            ending || doubled || if c.is_ascii() { triggers >> (c as u32) & 1 == 1 } else { others.contains(&c) }
        })
    }

    fn curl_quotes(&self, seen: &mut [VisibleChar]) {
        let (mut depth, mut single) = (0_usize, 0_usize);
        for i in 0..seen.len() {
            if !(seen[i].is_editable && matches!(seen[i].original, '"' | '\'')) {
                continue;
            }
            let before = i.checked_sub(1).map(|p| seen[p].original);
            let after = seen.get(i + 1).map(|s| s.original);
            let opens =
                before.is_none_or(|c| c.is_whitespace() || is_opening(c)) && after.is_some_and(|c| !c.is_whitespace());
            match seen[i].original {
                '"' if depth == 0 || (opens && self.wide.is_none()) => {
                    seen[i].current = self.quotes[if depth == 0 { 0 } else { 2 }];
                    depth += 1;
                }
                '"' => {
                    depth -= 1;
                    seen[i].current = self.quotes[if depth == 0 { 1 } else { 3 }];
                }
                '\'' if opens && after.is_some_and(char::is_alphabetic) && is_closed_later(&seen[i + 1..]) => {
                    seen[i].current = self.quotes[2];
                    single += 1;
                }
                '\'' if single > 0 && !after.is_some_and(char::is_alphanumeric) => {
                    seen[i].current = self.quotes[3];
                    single -= 1;
                }
                '\'' => seen[i].current = self.apostrophe,
                _ => {}
            }
        }
    }

    /// Each run of spaces, and each place where one is missing.
    fn fix_spaces(&self, seen: &[VisibleChar], edits: &mut Vec<Edit>) {
        let mut from = 0;
        for (i, next) in seen.iter().enumerate() {
            if is_space(next.original) {
                continue;
            }
            let gap = &seen[from..i];
            let previous = from.checked_sub(1).map(|p| &seen[p]);
            from = i + 1;
            // Inside a word no space can be missing.
            if gap.is_empty() && next.current.is_alphanumeric() && previous.is_some_and(|p| p.current.is_alphanumeric())
            {
                continue;
            }
            if gap.iter().any(|s| !s.is_editable) {
                continue;
            }
            let bound = gap.len() == 1 && gap[0].original == ' ' && self.ends_with_bound_word(&seen[..i - 1]);
            let wanted = self.space_between(previous, gap, &seen[i..]).or(bound.then_some(Some(NBSP)));
            let Some(wanted) = wanted else { continue };
            if gap.len() == usize::from(wanted.is_some()) && gap.first().map(|s| s.original) == wanted {
                continue;
            }
            let range =
                gap.first().map_or(next.at, |s| s.at)..gap.last().map_or(next.at, |s| s.at + s.original.len_utf8());
            let reason = if gap.len() > 1 && wanted == Some(' ') {
                EditReason::DoubleSpace
            } else if bound && wanted == Some(NBSP) {
                EditReason::Bound
            } else {
                EditReason::Space
            };
            // Marks may stand between two spaces: then only the first is replaced, the others go.
            if range.len() == gap.iter().map(|s| s.original.len_utf8()).sum::<usize>() {
                edits.push(Edit { range, replacement: wanted.map_or_else(String::new, String::from), reason });
            } else {
                for (k, s) in gap.iter().enumerate() {
                    let replacement = wanted.filter(|_| k == 0).map_or_else(String::new, String::from);
                    edits.push(Edit { range: s.at..s.at + s.original.len_utf8(), replacement, reason });
                }
            }
        }
    }

    /// The space that belongs before the first of `rest`; `None` where the gap is right as it is.
    fn space_between(
        &self,
        previous: Option<&VisibleChar>,
        gap: &[VisibleChar],
        rest: &[VisibleChar],
    ) -> Option<Option<char>> {
        let doubled =
            || (gap.len() > 1).then(|| Some(gap.iter().map(|s| s.original).find(|c| *c != ' ').unwrap_or(' ')));
        let Some(before) = previous else { return doubled() };
        let (a, b) = (before.current, rest[0].current);
        if self.wide.is_some()
            && !gap.is_empty()
            && (is_full_width(a) || is_full_width(b) || (is_ideograph(a) && is_ideograph(b)))
        {
            return Some(None);
        }
        let mark = |c: char| self.narrow_before.contains(&c) || self.fixed_before.contains(&c) || c == '…' || c == '.';
        let closing = b == self.quotes[1] || b == self.quotes[3];
        let fits = |wanted: char| {
            let number = "%‰°".contains(b) || is_currency(b);
            let right = if number {
                a.is_numeric() || a == PLACEHOLDER
            } else if closing {
                true
            } else {
                let repeated = mark(a) && gap.is_empty();
                !is_opening(a) && !repeated && is_word_end(rest)
            };
            (right && rest[0].is_editable).then_some(Some(wanted))
        };
        let wanted = if self.narrow_before.contains(&b) {
            fits(NARROW_NBSP)
        } else if self.fixed_before.contains(&b) {
            fits(NBSP)
        } else {
            None
        };
        let after = || match a {
            _ if !before.is_editable => None,
            a if self.narrow_after.contains(&a) => Some(Some(NARROW_NBSP)),
            a if self.fixed_after.contains(&a) && (b.is_numeric() || b == PLACEHOLDER) => Some(Some(NBSP)),
            _ => None,
        };
        wanted.or_else(after).or_else(doubled)
    }

    /// The text ends with a word that keeps the next one beside it.
    fn ends_with_bound_word(&self, text: &[VisibleChar]) -> bool {
        if self.bound.is_empty() {
            return false;
        }
        let start = text.iter().rposition(|s| !s.original.is_alphabetic()).map_or(0, |at| at + 1);
        let word: String = text[start..].iter().flat_map(|s| s.original.to_lowercase()).collect();
        self.bound.contains(&word)
    }

    fn raise_ordinals(&self, seen: &[VisibleChar], edits: &mut Vec<Edit>) {
        let mut i = 0;
        while i < seen.len() {
            if !seen[i].original.is_alphanumeric() {
                i += 1;
                continue;
            }
            let end = seen[i..].iter().position(|s| !s.original.is_alphanumeric()).map_or(seen.len(), |n| i + n);
            let word = &seen[i..end];
            if !(word[0].original.is_ascii_digit() || "IVX".contains(word[0].original)) {
                i = end;
                continue;
            }
            // An address, or part of a number such as a serial: no ordinal.
            let joined = |c: Option<&VisibleChar>| c.is_some_and(|s| "-/.,:@_".contains(s.original));
            let goes_on = joined(seen.get(end)) && seen.get(end + 1).is_some_and(|s| s.original.is_alphanumeric());
            let alone = !goes_on && !joined(i.checked_sub(1).and_then(|p| seen.get(p)));
            let digits = word.iter().take_while(|s| s.original.is_ascii_digit()).count();
            let roman = word.iter().take_while(|s| "IVX".contains(s.original)).count();
            let numeral = digits.max(roman);
            let ending = &word[numeral..];
            if numeral > 0 && alone && !ending.is_empty() && ending.iter().all(|s| s.is_editable) {
                let text: String = ending.iter().map(|s| s.original).collect();
                if self.suffixes.contains(&text) {
                    let last = &ending[ending.len() - 1];
                    let range = ending[0].at..last.at + last.original.len_utf8();
                    edits.push(Edit { range, replacement: marks::superscript(&text), reason: EditReason::Raised });
                }
            }
            i = end;
        }
    }
}

/// The characters that show; those of addresses and of raised letters are not free.
fn visible_chars(text: &str) -> Vec<VisibleChar> {
    let mut seen = Vec::with_capacity(text.len());
    let (mut verbatim, mut raised, mut tag) = (false, false, false);
    for (at, c) in text.char_indices() {
        match c {
            VERBATIM_START => verbatim = true,
            VERBATIM_END => verbatim = false,
            SUPERSCRIPT_START => raised = true,
            SUPERSCRIPT_END => raised = false,
            FOREIGN_START => tag = true,
            FOREIGN_TAG_END => tag = false,
            FOREIGN_END => {}
            c if marks::is_mark(c) || tag => {}
            c => seen.push(VisibleChar { at, original: c, current: c, is_editable: !verbatim && !raised }),
        }
    }
    if text.contains("://") || text.contains('@') || text.contains("www.") {
        let mut start = 0;
        while start < seen.len() {
            let part = |s: &VisibleChar| {
                !s.original.is_whitespace() && !is_ideograph(s.original) && !is_full_width(s.original)
            };
            let end = seen[start..].iter().position(|s| !part(s)).map_or(seen.len(), |n| start + n);
            let word: String = seen[start..end].iter().map(|s| s.original).collect();
            let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '»', '”', '’', '"', '\'']);
            let mail = bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            if bare.contains("://") || bare.starts_with("www.") || mail {
                let length = bare.chars().count();
                seen[start..start + length].iter_mut().for_each(|s| s.is_editable = false);
            }
            start = end + 1;
        }
    }
    seen
}

/// Punctuation beside an is_ideograph takes its full width (GB/T 15834—2011, 5.1).
fn apply_full_width(seen: &mut [VisibleChar], wide: &[char; 8]) {
    let mut open = Vec::new();
    for i in 0..seen.len() {
        let Some(mark) = ",.;:?!()".find(seen[i].original).filter(|_| seen[i].is_editable) else { continue };
        // Spaces between are about to go.
        let before = seen[..i].iter().rev().map(|s| s.current).find(|c| !is_space(*c) && !"“”‘’".contains(*c));
        let after = seen[i + 1..].iter().map(|s| s.current).find(|c| !is_space(*c));
        let beside = before.is_some_and(|c| is_ideograph(c) || is_full_width(c));
        let takes = match seen[i].original {
            '.' => beside && !seen.get(i + 1).is_some_and(|s| s.original == '.' || s.original.is_ascii_alphanumeric()),
            '(' => {
                open.push(beside || after.is_some_and(is_ideograph));
                beside || after.is_some_and(is_ideograph)
            }
            ')' => open.pop().unwrap_or(beside),
            _ => beside,
        };
        if takes {
            seen[i].current = wide[mark];
        }
    }
}

/// A later single quote that no letter follows closes one that opens here.
fn is_closed_later(rest: &[VisibleChar]) -> bool {
    rest.iter().enumerate().any(|(i, s)| {
        s.original == '\''
            && i > 0
            && !rest[i - 1].original.is_whitespace()
            && !rest.get(i + 1).is_some_and(|n| n.original.is_alphanumeric())
    })
}

/// Punctuation stands at the end of its word: not inside an address, a time or a ratio.
fn is_word_end(rest: &[VisibleChar]) -> bool {
    rest.get(1).is_none_or(|next| {
        next.original.is_whitespace()
            || next.original == PLACEHOLDER
            || (!next.original.is_alphanumeric() && !"/\\_&=#".contains(next.original))
    })
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NARROW_NBSP | '\u{2009}')
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '«' | '“' | '‘' | '„' | '‚' | '¿' | '¡' | '（' | '《' | '「' | '『' | '—' | '–' | '’')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20c0}')
}

/// A character of Chinese, Japanese or Bopomofo text.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Punctuation that is as wide as an is_ideograph.
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
            suffixes: ["er", "re", "e", "es"].map(str::to_owned).into(),
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
            wide: Some(['，', '。', '；', '：', '？', '！', '（', '）']),
            ..Typography::default()
        }
    }

    /// Narrow spaces as `~`, no-break spaces as `_`, raised letters as `^{…}`.
    fn show(rules: &Typography, text: &str) -> String {
        rules
            .finish(text)
            .replace(NARROW_NBSP, "~")
            .replace(NBSP, "_")
            .replace(SUPERSCRIPT_START, "^{")
            .replace(SUPERSCRIPT_END, "}")
    }

    #[test]
    fn french_spaces_its_punctuation() {
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
    fn russian_binds_short_words_and_dashes() {
        let russian = Typography {
            quotes: ['«', '»', '„', '“'],
            apostrophe: '’',
            fixed_before: vec!['—', '%'],
            fixed_after: vec!['№'],
            bound: ["в", "и", "на"].map(str::to_owned).into(),
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
    fn addresses_stay_as_they_are() {
        for text in ["http://www.wiotc.org/?a=b;c", "a'b@example.org", "www.example.org/x:y"] {
            assert_eq!(show(&french(), text), text);
        }
        let serial = format!("N° {} : fin", marks::verbatim("2025-\"01\"-2e"));
        assert_eq!(show(&french(), &serial), "N° 2025-\"01\"-2e_: fin");
        assert_eq!(show(&french(), "voir http://x.org/ ; fin"), "voir http://x.org/~; fin");
    }

    #[test]
    fn english_curls_its_quotes() {
        for (typed, set) in [
            ("\"It's 'fine',\" she said", "“It’s ‘fine’,” she said"),
            ("the '90s and the cities' plans", "the ’90s and the cities’ plans"),
            ("Note: 52% of \"all\"", "Note: 52% of “all”"),
        ] {
            assert_eq!(show(&english(), typed), set, "{typed}");
        }
    }

    #[test]
    fn chinese_takes_full_width_and_no_spaces() {
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
        /// What is finished stays as it is.
        #[test]
        fn finishing_twice_is_finishing_once(text in "[ a-e'\"«»“”:;!?%0-3€京。，,.()\u{a0}\u{202f}-]{0,24}") {
            for rules in [french(), english(), chinese()] {
                let once = rules.finish(&text);
                prop_assert_eq!(rules.finish(&once), once);
            }
        }
    }
}
