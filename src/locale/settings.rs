//! The settings of a locale, written as messages of `numbers.ftl`.

use std::collections::BTreeMap;

use icu_decimal::DecimalFormatter;
use icu_decimal::options::GroupingStrategy;
use icu_locale_core::Locale as IcuLocale;
use icu_locale_core::extensions::unicode::{Value, key};

use super::messages::{Bundle, MessagePattern, MessageSpan};
use super::typography::Typography;
use crate::diagnostic::{Diagnostic, Problems, code};

/// The settings of a locale. The helper `{{locale}}` passes those about the page to the style modules.
#[derive(Debug)]
pub struct Settings {
    /// CLDR locale, whose keyword `nu` is the numbering system.
    pub icu: IcuLocale,
    /// Whether the last “and” of a list keeps the comma that CLDR may have before it.
    pub list_comma: bool,
    /// Name of the locale that provides missing messages.
    pub fallback: Option<String>,
    pub grouping: GroupingStrategy,
    /// The character between groups of digits, if it is not that of CLDR.
    pub separator: Option<char>,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The typographic tradition of the page: `latin`, or `han` for the 32-character column of Chinese and Japanese pages.
    pub tradition: &'static str,
    /// `justified` or `ragged`.
    pub paragraph: &'static str,
    /// First-line indent, in em.
    pub indent: u8,
    pub hyphenation: bool,
    /// Whether letters may be spaced; false for scripts such as Arabic, whose letters join.
    pub letter_spacing: bool,
    /// Font families by role, in order of preference.
    pub fonts: BTreeMap<&'static str, Vec<String>>,
    /// Where the full stop of a quotation is printed: `inside` its marks, `outside` them, or `none`.
    pub quotation_stop: &'static str,
    pub typography: Typography,
}

/// Every setting, in the order used in the embedded locales.
pub const SETTING_NAMES: &[&str] = &[
    "locale-icu",
    "list-comma",
    "locale-fallback",
    "number-grouping",
    "number-separator",
    "number-digits",
    "text-direction",
    "page-tradition",
    "paragraph",
    "paragraph-indent",
    "hyphenation",
    "line-breaks",
    "letter-spacing",
    "fonts-text",
    "fonts-label",
    "fonts-heading",
    "fonts-name",
    "fonts-emphasis",
    "quotation-marks",
    "quotation-stop",
    "apostrophe",
    "space-narrow-before",
    "space-narrow-after",
    "space-fixed-before",
    "space-fixed-after",
    "bound-words",
    "full-width-punctuation",
    "ordinal-endings",
];

/// Values of `number-digits`: the CLDR numbering systems with ten digits, or `auto` for that of the locale.
const DIGITS: &[&str] = &[
    "auto", "arab", "arabext", "beng", "deva", "fullwide", "gujr", "guru", "hanidec", "khmr", "knda", "laoo", "latn",
    "mlym", "mymr", "orya", "tamldec", "telu", "thai", "tibt",
];

/// The roles of text for which a locale sets fonts.
pub const ROLES: &[&str] = &["text", "label", "heading", "name", "emphasis"];

/// Reads settings and collects the errors.
struct SettingsReader<'a> {
    bundle: &'a Bundle,
    spans: &'a BTreeMap<String, MessageSpan>,
    /// Path of the file, for errors about missing settings.
    path: &'a str,
    problems: Problems,
}

impl Settings {
    /// Reads the settings from the messages of `numbers.ftl`.
    ///
    /// Returns an error for each setting that is missing or invalid.
    pub fn read(bundle: &Bundle, spans: &BTreeMap<String, MessageSpan>, path: &str) -> Result<Self, Problems> {
        let mut reader = SettingsReader { bundle, spans, path, problems: Problems::new() };
        let icu = reader.icu();
        let list_comma = reader.optional_choice("list-comma", &["yes", "no"]);
        let fallback =
            MessagePattern::find(bundle, "locale-fallback", None).and_then(|_| reader.text("locale-fallback"));
        let grouping = reader.choice("number-grouping", &["auto", "min2", "never"]);
        let direction = reader.choice("text-direction", &["ltr", "rtl"]);
        let tradition = reader.choice("page-tradition", &["latin", "han"]);
        let paragraph = reader.choice("paragraph", &["justified", "ragged"]);
        let indent = reader.choice("paragraph-indent", &["0", "1", "2"]);
        let hyphenation = reader.choice("hyphenation", &["yes", "no"]);
        let letter_spacing = reader.choice("letter-spacing", &["yes", "no"]);
        let line_breaks = reader.optional_choice("line-breaks", &["auto", "spaces"]);
        let separator = reader.separator(icu.as_ref());
        let quotation_stop = reader.optional_choice("quotation-stop", &["inside", "outside", "none"]);
        let typography = reader.typography();
        let mut fonts = BTreeMap::new();
        for role in ROLES {
            if let Some(list) = reader.text(&format!("fonts-{role}")) {
                let families = list.split(',').map(|f| f.trim().to_owned()).filter(|f| !f.is_empty()).collect();
                fonts.insert(*role, families);
            }
        }
        let problems = std::mem::take(&mut reader.problems);
        let read = || {
            Some(Self {
                icu: icu?,
                list_comma: list_comma? == "yes",
                fallback,
                grouping: match grouping? {
                    "min2" => GroupingStrategy::Min2,
                    "never" => GroupingStrategy::Never,
                    _ => GroupingStrategy::Auto,
                },
                separator: separator?,
                direction: direction?,
                tradition: tradition?,
                paragraph: paragraph?,
                indent: indent?.parse().unwrap_or_default(),
                hyphenation: hyphenation? == "yes",
                letter_spacing: letter_spacing? == "yes",
                fonts,
                quotation_stop: quotation_stop?,
                typography: Typography {
                    rtl: direction? == "rtl",
                    breaks_only_at_spaces: line_breaks? == "spaces",
                    ..typography?
                },
            })
        };
        if problems.is_empty() { read().ok_or(problems) } else { Err(problems) }
    }

    /// Returns the language tag of the locale (BCP 47) as PDF files have it: language and region.
    pub fn tag(&self) -> String {
        self.region().map_or_else(|| self.language().to_owned(), |region| format!("{}-{region}", self.language()))
    }

    /// Returns the language subtag, which Typst uses.
    pub fn language(&self) -> &str {
        self.icu.id.language.as_str()
    }

    /// Returns the region subtag, if the locale has one.
    pub fn region(&self) -> Option<&str> {
        self.icu.id.region.as_ref().map(icu_locale_core::subtags::Region::as_str)
    }
}

impl SettingsReader<'_> {
    fn icu(&mut self) -> Option<IcuLocale> {
        let digits = self.choice("number-digits", DIGITS);
        let text = self.text("locale-icu")?;
        let Ok(mut locale) = IcuLocale::try_from_str(&text) else {
            self.report_invalid("locale-icu", &text, "write a BCP 47 locale (for example `fr-FR` or `zh-Hans-CN`)");
            return None;
        };
        if let Some(system) = digits.filter(|d| *d != "auto").and_then(|d| Value::try_from_str(d).ok()) {
            locale.extensions.unicode.keywords.set(key!("nu"), system);
        }
        Some(locale)
    }

    /// Reads the optional separator of groups of digits; the inner `None` is that of CLDR.
    fn separator(&mut self, icu: Option<&IcuLocale>) -> Option<Option<char>> {
        let id = "number-separator";
        if MessagePattern::find(self.bundle, id, None).is_none() {
            return Some(None);
        }
        let text = self.text(id)?;
        let mut chars = text.chars();
        let is_decimal = |c: char| {
            let formatter = icu.and_then(|icu| DecimalFormatter::try_new(icu.into(), Default::default()).ok());
            crate::results::decimal("1.5").zip(formatter).is_some_and(|(n, f)| f.format(&n).to_string().contains(c))
        };
        match (chars.next(), chars.next()) {
            _ if text == "auto" => Some(None),
            (Some(c), None) if c != ' ' && !c.is_alphanumeric() && !is_decimal(c) => Some(Some(c)),
            _ => {
                let help = "write `auto`, or one character that is not a letter, digit or decimal mark (for example { \"\\u202F\" }, a \
                            narrow no-break space)";
                self.report_invalid(id, &text, help);
                None
            }
        }
    }

    fn typography(&mut self) -> Option<Typography> {
        let quotes = self.read_characters("quotation-marks");
        let quotes = quotes.and_then(|given| match <[char; 4]>::try_from(given.clone()) {
            Ok(four) => Some(four),
            Err(_) => {
                let help =
                    "write four marks: outer opening and closing, inner opening and closing (for example « » “ ”)";
                self.report_invalid("quotation-marks", &given.iter().collect::<String>(), help);
                None
            }
        });
        let apostrophe = self.read_characters("apostrophe").and_then(|given| match given[..] {
            [one] => Some(one),
            _ => {
                self.report_invalid(
                    "apostrophe",
                    &given.iter().collect::<String>(),
                    "write one character (for example ’)",
                );
                None
            }
        });
        let narrow_before = self.read_characters("space-narrow-before");
        let narrow_after = self.read_characters("space-narrow-after");
        let fixed_before = self.read_characters("space-fixed-before");
        let fixed_after = self.read_characters("space-fixed-after");
        let full_width = self.read_characters("full-width-punctuation").and_then(|given| {
            let marks = <[char; 8]>::try_from(given.clone()).ok();
            if marks.is_none() && !given.is_empty() {
                let help = "write the replacements of , . ; : ? ! ( ), which are ， 。 ； ： ？ ！ （ ）, or { \"\" } for none";
                self.report_invalid("full-width-punctuation", &given.iter().collect::<String>(), help);
            }
            (marks.is_some() || given.is_empty()).then_some(marks)
        });
        let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
        let bound_words = self.text("bound-words").map(words);
        let ordinal_endings = self.text("ordinal-endings");
        Some(Typography {
            quotes: quotes?,
            apostrophe: apostrophe?,
            narrow_before: narrow_before?,
            narrow_after: narrow_after?,
            fixed_before: fixed_before?,
            full_width: full_width?,
            fixed_after: fixed_after?,
            bound_words: bound_words?,
            ordinal_endings: ordinal_endings.map(words)?,
            rtl: false,
            breaks_only_at_spaces: false,
        })
    }

    /// Reads a list of characters separated by spaces.
    fn read_characters(&mut self, id: &str) -> Option<Vec<char>> {
        let text = self.text(id)?;
        let mut characters = Vec::new();
        for word in text.split_whitespace() {
            let mut chars = word.chars();
            match (chars.next(), chars.next()) {
                (Some(one), None) => characters.push(one),
                _ => {
                    self.report_invalid(id, word, "separate the characters with spaces");
                    return None;
                }
            }
        }
        Some(characters)
    }

    fn text(&mut self, id: &str) -> Option<String> {
        let Some(entry) = MessagePattern::find(self.bundle, id, None) else {
            self.problems.push(
                Diagnostic::error(code::SETTING, format!("missing setting `{id}` in `{}`", self.path))
                    .help("copy the setting from a locale of the embedded edition"),
            );
            return None;
        };
        Some(entry.resolve(self.bundle, &fluent::FluentArgs::new()))
    }

    /// Reads a setting that must have one of the `known` values.
    fn choice(&mut self, id: &str, known: &'static [&'static str]) -> Option<&'static str> {
        let text = self.text(id)?;
        let found = known.iter().copied().find(|k| *k == text);
        if found.is_none() {
            self.report_invalid(id, &text, &format!("write one of: {}", known.join(", ")));
        }
        found
    }

    /// Reads a setting that may be left out. The first of the `known` values is then used.
    fn optional_choice(&mut self, id: &str, known: &'static [&'static str]) -> Option<&'static str> {
        match MessagePattern::find(self.bundle, id, None) {
            Some(_) => self.choice(id, known),
            None => known.first().copied(),
        }
    }

    fn report_invalid(&mut self, id: &str, given: &str, help: &str) {
        let mut problem =
            Diagnostic::error(code::SETTING, format!("invalid value `{given}` for the setting `{id}`")).help(help);
        if let Some(span) = self.spans.get(id) {
            problem = problem.place(span.find(given));
        }
        self.problems.push(problem);
    }
}
