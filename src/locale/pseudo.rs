//! Pseudo-locales: the messages of another locale with letters that show what is wrong with a page before anyone has
//! translated it. Text that is too long overflows, text without accents is not in a message, and a page that is not
//! mirrored has left and right written into a style module.
//!
//! The two kinds and their tags are those of Android, Chromium and Firefox: `accented` is `en-XA`, `bidi` is `en-XB`. X and a
//! letter is a region for private use (CLDR, pseudo-locales). Only texts of messages change: settings, selectors, literals and
//! everything in braces stay.

use fluent_syntax::ast::{Attribute, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};

use super::settings::SETTING_NAMES;

/// A kind of pseudo-locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pseudo {
    /// Each Latin letter has an accent, and texts are about 35 % longer, between ⟦ and ⟧.
    Accented,
    /// The page is set from right to left, and so is each text.
    Bidi,
}

/// How many letters are added for each letter. English texts of a sentence grow by about a third in other languages.
const EXPANSION: f64 = 0.35;

/// The brackets around a text. If one is missing on a page, the text is cut off.
const BRACKETS: [&str; 2] = ["⟦", "⟧"];

/// The embedded family that has the brackets.
const FAMILY_WITH_BRACKETS: &str = "Source Sans 3";

/// RIGHT-TO-LEFT OVERRIDE and POP DIRECTIONAL FORMATTING (UAX #9): letters between them run from right to left.
const OVERRIDE: [&str; 2] = ["\u{202e}", "\u{202c}"];

/// The letters a to z and A to Z with an accent, all of them in the embedded typefaces. Some are two characters, which a
/// typeface joins.
const ACCENTED: [&str; 52] = [
    "á", "b\u{307}", "ç", "ď", "é", "f\u{307}", "ğ", "ĥ", "í", "ĵ", "ķ", "ĺ", "ḿ", "ñ", "ó", "þ", "q\u{307}", "ŕ", "š",
    "ţ", "ú", "v\u{303}", "ŵ", "x\u{307}", "ý", "ž", "Á", "B\u{307}", "Ç", "Ď", "É", "F\u{307}", "Ğ", "Ĥ", "Í", "Ĵ",
    "Ķ", "Ĺ", "Ḿ", "Ñ", "Ó", "Þ", "Q\u{307}", "Ŕ", "Š", "Ţ", "Ú", "V\u{303}", "Ŵ", "X\u{307}", "Ý", "Ž",
];

impl Pseudo {
    pub const ALL: [Self; 2] = [Self::Accented, Self::Bidi];

    /// Returns the end of the name of its locale, after the name of the locale that it is made from.
    fn suffix(self) -> &'static str {
        match self {
            Self::Accented => "-XA",
            Self::Bidi => "-XB",
        }
    }

    /// Returns the name of the pseudo-locale that is made from a locale: `en-XA` from `en`.
    pub fn name(self, source: &str) -> String {
        format!("{source}{}", self.suffix())
    }

    /// Splits the name of a pseudo-locale into its kind and the locale that it is made from. `None` for other locales.
    pub fn parse(name: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|pseudo| Some((pseudo, name.strip_suffix(pseudo.suffix())?)))
    }

    /// Changes the texts of all messages of a file. Messages that format values are parts of sentences: they get no brackets.
    pub(super) fn apply(self, resource: &mut Resource<String>, formats_values: bool) {
        for entry in &mut resource.body {
            match entry {
                Entry::Message(message) if SETTING_NAMES.contains(&message.id.name.as_str()) => {
                    if let Some(value) = &mut message.value {
                        self.change_setting(&message.id.name, value);
                    }
                }
                Entry::Message(message) => {
                    let value = message.value.as_mut();
                    self.change_all(value, &mut message.attributes, formats_values);
                }
                Entry::Term(term) => self.change_all(Some(&mut term.value), &mut term.attributes, true),
                _ => {}
            }
        }
    }

    fn change_setting(self, name: &str, value: &mut Pattern<String>) {
        let [PatternElement::TextElement { value }] = value.elements.as_mut_slice() else { return };
        if self == Self::Bidi && name == "text-direction" {
            *value = "rtl".to_owned();
        }
        if name.starts_with("fonts-") && !value.contains(FAMILY_WITH_BRACKETS) {
            *value = format!("{}, {FAMILY_WITH_BRACKETS}", value.trim_end());
        }
    }

    fn change_all(self, value: Option<&mut Pattern<String>>, attributes: &mut [Attribute<String>], is_part: bool) {
        for pattern in value.into_iter().chain(attributes.iter_mut().map(|attribute| &mut attribute.value)) {
            let has_words = self.change(pattern);
            if self == Self::Accented && has_words && !is_part {
                let [open, close] = BRACKETS.map(|bracket| PatternElement::TextElement { value: bracket.to_owned() });
                pattern.elements.insert(0, open);
                pattern.elements.push(close);
            }
        }
    }

    /// Changes the texts of a pattern, and those of its variants. Returns whether one of them has Latin letters.
    fn change(self, pattern: &mut Pattern<String>) -> bool {
        let mut has_words = false;
        for element in &mut pattern.elements {
            has_words |= match element {
                PatternElement::TextElement { value } => {
                    let has_letters = value.contains(is_latin);
                    *value = self.change_text(value);
                    has_letters
                }
                PatternElement::Placeable { expression } => self.change_expression(expression),
            };
        }
        has_words
    }

    fn change_expression(self, expression: &mut Expression<String>) -> bool {
        match expression {
            Expression::Select { variants, .. } => {
                variants.iter_mut().fold(false, |has_words, variant| self.change(&mut variant.value) | has_words)
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => self.change_expression(expression),
            Expression::Inline(_) => false,
        }
    }

    fn change_text(self, text: &str) -> String {
        match self {
            Self::Accented => accent(text),
            Self::Bidi if text.contains(is_latin) => {
                let words = text.trim();
                let [start, end] = OVERRIDE;
                text.replacen(words, &format!("{start}{words}{end}"), 1)
            }
            Self::Bidi => text.to_owned(),
        }
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// Puts an accent on each Latin letter, and repeats vowels until the text is longer by [`EXPANSION`]. A text without vowels
/// keeps its length.
fn accent(text: &str) -> String {
    /// Repetitions of one vowel.
    const MAX_REPETITIONS: usize = 2;
    let mut out = String::with_capacity(text.len() * 2);
    let mut missing = 0.0;
    for c in text.chars() {
        let Some(index) = ('a'..='z').chain('A'..='Z').position(|letter| letter == c) else {
            out.push(c);
            continue;
        };
        out.push_str(ACCENTED[index]);
        missing += EXPANSION;
        if "aeiouyAEIOUY".contains(c) {
            for _ in 0..MAX_REPETITIONS {
                if missing < 0.5 {
                    break;
                }
                out.push_str(ACCENTED[index % 26]);
                missing -= 1.0;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use fluent_syntax::{parser, serializer};

    use super::*;

    fn changed(pseudo: Pseudo, text: &str, formats_values: bool) -> String {
        let mut resource = parser::parse(text.to_owned()).unwrap();
        pseudo.apply(&mut resource, formats_values);
        serializer::serialize(&resource)
    }

    #[test]
    fn every_latin_letter_gets_an_accent_and_texts_grow_by_a_third() {
        let plain = "The quick brown fox jumps over the lazy dog and publishes a certificate for each of the cities";
        let long = accent(plain);
        assert!(!long.contains(is_plain), "{long}");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() as f64;
        let growth = letters(&long) / letters(plain);
        assert!((1.25..1.45).contains(&growth), "{growth}");
        fn is_plain(c: char) -> bool {
            // Letters that take their accent from the next character.
            is_latin(c) && !"bfqvxBFQVX".contains(c)
        }
    }

    #[test]
    fn placeables_selectors_and_settings_stay() {
        let ftl = "hyphenation = yes\nmessage = { NAME($city, form: \"of\") } won { $n ->\n    [one] one prize\n   *[other] { $n } prizes\n}\n    .with-rank = { -term } and { message }\n";
        let accented = changed(Pseudo::Accented, ftl, false);
        for part in [
            "hyphenation = yes",
            "NAME($city, form: \"of\")",
            "[one]",
            "*[other]",
            "{ $n }",
            ".with-rank =",
            "{ -term }",
            "{ message }",
        ] {
            assert!(accented.contains(part), "{part} is missing in {accented}");
        }
        assert!(accented.contains("⟦{ NAME"), "{accented}");
        assert!(!accented.contains("prize"), "{accented}");
        assert!(!changed(Pseudo::Accented, "scale = trillion\n", true).contains('⟦'));
    }

    #[test]
    fn the_mirrored_locale_sets_pages_from_right_to_left() {
        let ftl = "text-direction = ltr\nmessage = Made in { $place }\n";
        let mirrored = changed(Pseudo::Bidi, ftl, false);
        assert!(mirrored.contains("text-direction = rtl"), "{mirrored}");
        assert!(mirrored.contains("message = \u{202e}Made in\u{202c} { $place }"), "{mirrored}");
    }

    #[test]
    fn a_name_is_that_of_a_pseudo_locale_by_its_region() {
        assert_eq!(Pseudo::parse("en-XA"), Some((Pseudo::Accented, "en")));
        assert_eq!(Pseudo::parse("pt-BR-XB"), Some((Pseudo::Bidi, "pt-BR")));
        assert_eq!(Pseudo::parse("en-US"), None);
    }
}
