//! What a locale decides beside its words, as messages of `numbers.ftl`.

use std::collections::BTreeMap;

use icu_decimal::options::GroupingStrategy;
use icu_locale_core::Locale as IcuLocale;

use super::words::{Bundle, Entry, Placed};
use crate::diagnostic::{Diagnostic, code};

/// How a page of this language is set. Templates hand it to the style modules whole.
#[derive(Debug)]
pub struct Settings {
    pub icu: IcuLocale,
    pub grouping: GroupingStrategy,
    pub direction: &'static str,
    /// The family of measures: `latin`, or `han` for the 32-character column of Chinese and Japanese pages.
    pub tradition: &'static str,
    pub paragraph: &'static str,
    /// First-line indent in em.
    pub indent: u8,
    pub hyphenation: bool,
    /// Families by role, the first to be tried first.
    pub fonts: BTreeMap<&'static str, Vec<String>>,
}

/// Roles that a locale gives typefaces to.
pub const ROLES: &[&str] = &["text", "label", "heading", "name", "emphasis"];

struct Reader<'a> {
    bundle: &'a Bundle,
    places: &'a BTreeMap<String, Placed>,
    /// Shown when a setting is missing.
    path: &'a str,
    problems: Vec<Diagnostic>,
}

impl Settings {
    pub fn read(bundle: &Bundle, places: &BTreeMap<String, Placed>, path: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut r = Reader { bundle, places, path, problems: Vec::new() };
        let icu = r.text("locale-icu").and_then(|text| {
            let locale = IcuLocale::try_from_str(&text).ok();
            if locale.is_none() {
                r.wrong("locale-icu", &text, "write a BCP 47 locale, as in `fr-FR` or `zh-Hans-CN`");
            }
            locale
        });
        let grouping = r.choice("number-grouping", &["auto", "min2", "never"]);
        let direction = r.choice("text-direction", &["ltr", "rtl"]);
        let tradition = r.choice("page-tradition", &["latin", "han"]);
        let paragraph = r.choice("paragraph", &["justified", "ragged"]);
        let indent = r.choice("paragraph-indent", &["0", "1", "2"]);
        let hyphenation = r.choice("hyphenation", &["yes", "no"]);
        let mut fonts = BTreeMap::new();
        for role in ROLES {
            if let Some(list) = r.text(&format!("fonts-{role}")) {
                let families = list.split(',').map(|f| f.trim().to_owned()).filter(|f| !f.is_empty()).collect();
                fonts.insert(*role, families);
            }
        }
        if !r.problems.is_empty() {
            return Err(r.problems);
        }
        let all = (icu, grouping, direction, tradition, paragraph, indent, hyphenation);
        let (
            Some(icu),
            Some(grouping),
            Some(direction),
            Some(tradition),
            Some(paragraph),
            Some(indent),
            Some(hyphenation),
        ) = all
        else {
            return Err(r.problems);
        };
        Ok(Self {
            icu,
            grouping: match grouping {
                "min2" => GroupingStrategy::Min2,
                "never" => GroupingStrategy::Never,
                _ => GroupingStrategy::Auto,
            },
            direction,
            tradition,
            paragraph,
            indent: indent.parse().unwrap_or_default(),
            hyphenation: hyphenation == "yes",
            fonts,
        })
    }

    /// Language subtag, as PDF and Typst want it.
    pub fn language(&self) -> &str {
        self.icu.id.language.as_str()
    }

    pub fn region(&self) -> Option<&str> {
        self.icu.id.region.as_ref().map(icu_locale_core::subtags::Region::as_str)
    }
}

impl Reader<'_> {
    fn text(&mut self, id: &str) -> Option<String> {
        let Some(entry) = Entry::find(self.bundle, id, None) else {
            self.problems.push(
                Diagnostic::error(code::SETTING, format!("`{}` lacks the setting `{id}`", self.path))
                    .help("a locale of the embedded edition shows all settings"),
            );
            return None;
        };
        Some(entry.resolve(self.bundle, &fluent::FluentArgs::new()))
    }

    fn choice(&mut self, id: &str, known: &'static [&'static str]) -> Option<&'static str> {
        let text = self.text(id)?;
        let found = known.iter().copied().find(|k| *k == text);
        if found.is_none() {
            self.wrong(id, &text, &format!("write one of: {}", known.join(", ")));
        }
        found
    }

    fn wrong(&mut self, id: &str, given: &str, help: &str) {
        let mut problem =
            Diagnostic::error(code::SETTING, format!("`{given}` is no value for the setting `{id}`")).help(help);
        if let Some(placed) = self.places.get(id) {
            problem = problem.place(placed.find(given));
        }
        self.problems.push(problem);
    }
}
