//! The facts that every project has besides figures, milestones and project facts. Messages receive them as variables, and the
//! story names them.

use super::{City, Date, Edition, Results, Text};

/// The built-in facts of a document.
#[derive(Clone, Copy)]
pub struct BuiltInFacts<'a> {
    pub results: &'a Results,
    /// `None` in a document about the edition.
    pub city: Option<&'a City>,
    /// The city that comes first, in a document about the edition.
    pub first: Option<&'a City>,
    /// The number of selected cities, in a document about the edition.
    pub city_count: u32,
}

/// The value of a built-in fact.
pub enum BuiltInValue<'a> {
    /// The data lacks the fact.
    None,
    Text(&'a Text),
    Date(Date),
    Number(u32),
    /// A word for selectors.
    Word(&'static str),
    Code(String),
}

use BuiltInValue::{Code, Word};

/// Returns the value of a fact.
type ReadFact = for<'a> fn(&BuiltInFacts<'a>) -> BuiltInValue<'a>;

/// The names of the facts, and how to read each.
const FACTS: &[(&str, ReadFact)] = &[
    ("scope", |s| Word(if s.city.is_some() { "city" } else { "edition" })),
    ("programme", |s| text(Some(&s.results.programme.name))),
    ("short", |s| text(Some(&s.results.programme.short))),
    ("founded", |s| BuiltInValue::Date(*s.results.programme.founded)),
    ("organiser", |s| text(Some(&s.results.organiser.name))),
    ("acronym", |s| text(Some(&s.results.organiser.acronym))),
    ("edition", |s| number(Some(s.edition().number))),
    ("announced", |s| BuiltInValue::Date(*s.edition().announced)),
    ("published", |s| BuiltInValue::Date(*s.edition().published)),
    ("expires", |s| s.edition().expires.as_ref().map_or(BuiltInValue::None, |date| BuiltInValue::Date(**date))),
    ("place", |s| text(Some(&s.edition().place))),
    ("convention", |s| text(s.edition().convention.as_ref())),
    ("conference", |s| text(s.edition().conference.as_ref())),
    ("routes", |s| word((!s.edition().routes.is_empty()).then_some("some"))),
    ("city-count", |s| number(s.city.is_none().then_some(s.city_count))),
    ("city", |s| text(s.city.map(|city| &city.name))),
    ("country", |s| text(s.city.map(|city| &city.country))),
    // In the press release of the edition, that of the first city.
    ("rank", |s| number(s.city.or(s.first).and_then(|city| city.rank))),
    ("route", |s| word(s.city.and_then(|city| city.route).map(|route| route.word()))),
    ("serial", |s| s.city.map_or(BuiltInValue::None, |city| Code(city.serial(s.edition())))),
    ("first", |s| text(s.first.map(|city| &city.name))),
];

/// The variables that `list … each="…"` may pass to its message.
pub const ITEM_VARIABLES: &[&str] = &[
    "item",
    "name",
    "label",
    "label-city",
    "hedge",
    "nature",
    "forecast",
    "period",
    "city",
    "country",
    "rank",
    "serial",
    "published",
    "office",
];

/// Further variables that templates pass, and keys of the data that they see.
const TEMPLATE_NAMES: &[&str] = &["cities", "count", "figure", "items", "other", "sources", "story"];

fn text(text: Option<&Text>) -> BuiltInValue<'_> {
    text.map_or(BuiltInValue::None, BuiltInValue::Text)
}

fn number(number: Option<u32>) -> BuiltInValue<'static> {
    number.map_or(BuiltInValue::None, BuiltInValue::Number)
}

fn word(word: Option<&'static str>) -> BuiltInValue<'static> {
    word.map_or(BuiltInValue::None, Word)
}

impl<'a> BuiltInFacts<'a> {
    /// Those of the edition as a whole.
    pub fn new(results: &'a Results) -> Self {
        Self { results, city: None, first: None, city_count: 0 }
    }

    fn edition(&self) -> &'a Edition {
        &self.results.edition
    }

    /// Returns all facts with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, BuiltInValue<'a>)> {
        FACTS.iter().map(|(name, read)| (*name, read(self)))
    }

    /// Returns whether the data has the fact with this name.
    pub fn has(&self, name: &str) -> bool {
        FACTS.iter().any(|(known, read)| *known == name && !matches!(read(self), BuiltInValue::None))
    }
}

/// Returns the names of all built-in facts.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    FACTS.iter().map(|(name, _)| *name)
}

/// Returns whether a name has a meaning in every project, so that a project fact must not have it.
pub fn is_reserved(name: &str) -> bool {
    let keys = [City::KEYS, Edition::KEYS, ITEM_VARIABLES, TEMPLATE_NAMES];
    keys.iter().any(|names| names.contains(&name)) || built_in_names().any(|fact| fact == name)
}
