//! One fact, one value: what the words of each language mean, read back and compared.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::{Number, Numerals, Reading};
use super::{Fact, shown};
use crate::diagnostic::{Diagnostic, code};
use crate::locale::trace::{ResolvedText, ResolvedValue};
use crate::locale::{Locale, Value, marks};
use crate::results::Figure;
use crate::run::LoadedProject;

/// Powers of ten that a word may stand for where CLDR does not know it.
const POWERS: std::ops::RangeInclusive<i32> = 1..=15;

/// What one language says of one fact.
struct Saying {
    fact: Fact,
    locale: String,
    text: String,
    value: Value,
}

/// All that was said of facts in a build, each text once.
#[derive(Default)]
pub struct Heard {
    sayings: Vec<Saying>,
    seen: BTreeSet<(Fact, String, String)>,
}

/// What became of the words of a figure.
enum Meaning {
    /// They hold no digits: in words, or one of a dual.
    Unread,
    Same,
    /// The digits are those of the fact, but for the power of a word that CLDR does not know.
    Learnt {
        word: String,
        power: i32,
    },
    Other(Vec<Number>),
}

impl Heard {
    /// Adds what a document says. The parts of a figure that follow each other are one text.
    pub fn add(&mut self, utterances: &[ResolvedText]) {
        let mut number: Option<(Fact, String)> = None;
        for utterance in utterances {
            for said in &utterance.values {
                let Some(fact) = Fact::of(&said.value) else { continue };
                // Words of a fallback follow the rules of another language.
                if said.text.contains(marks::FOREIGN_START) {
                    continue;
                }
                let text = match (said.part.as_deref(), number.take()) {
                    (None, _) => said.text.clone(),
                    (Some("after"), Some((of, number))) if of == fact => joined(&number, said),
                    (Some("before" | "number"), before) => {
                        let before = before.filter(|(of, _)| *of == fact).map(|(_, text)| text).unwrap_or_default();
                        number = Some((fact, joined(&before, said)));
                        continue;
                    }
                    (Some(_), _) => continue,
                };
                if self.seen.insert((fact.clone(), utterance.locale.clone(), text.clone())) {
                    let (locale, value) = (utterance.locale.clone(), said.value.clone());
                    self.sayings.push(Saying { fact, locale, text, value });
                }
            }
        }
    }

    /// Reads every text back, and tells those that mean another value than the fact.
    pub fn check(&self, edition: &LoadedProject) -> Vec<Diagnostic> {
        let mut languages: BTreeMap<&str, Option<(Locale, Numerals)>> = BTreeMap::new();
        let mut found = Vec::new();
        // By locale and word: its powers, each with what it was learnt from.
        let mut learnt: BTreeMap<(&str, String), BTreeMap<i32, &Saying>> = BTreeMap::new();
        for saying in &self.sayings {
            let read = || {
                let locale = edition.locale(&saying.locale).ok()?;
                Numerals::new(&locale).map(|numerals| (locale, numerals))
            };
            let Some((locale, numerals)) = languages.entry(&saying.locale).or_insert_with(read) else { continue };
            let mut differs = |read: String| found.push(self.differs(edition, saying, &read));
            match &saying.value {
                Value::Figure(figure) => match meaning(numerals, &saying.text, figure) {
                    Meaning::Learnt { word, power } if power == 0 || !means_less(locale, numerals, saying, figure) => {
                        learnt.entry((&saying.locale, word)).or_default().entry(power).or_insert(saying);
                    }
                    Meaning::Learnt { power, .. } => {
                        differs(numbers(
                            &Number::of(&figure.value)
                                .map(|value| value.scaled(-power))
                                .into_iter()
                                .collect::<Vec<_>>(),
                        ));
                    }
                    Meaning::Other(read) => differs(numbers(&read)),
                    Meaning::Unread | Meaning::Same => {}
                },
                Value::Date(period) if numerals.differs(&saying.text, period) => differs("another date".to_owned()),
                Value::Number(number) => {
                    let read: Vec<Number> = numerals.read(&saying.text).iter().map(|reading| reading.number).collect();
                    if !read.is_empty() && Some(&read[..]) != Number::of(number).as_ref().map(std::slice::from_ref) {
                        differs(numbers(&read));
                    }
                }
                _ => {}
            }
        }
        for ((locale, word), powers) in learnt.iter().filter(|(_, powers)| powers.len() > 1) {
            for (power, saying) in powers.iter().filter(|(power, _)| **power != 0) {
                let read = format!("right only if “{word}” stands for 10^{power}");
                let others = powers.iter().filter(|(other, _)| *other != power);
                found.push(others.fold(self.differs(edition, saying, &read), |problem, (power, other)| {
                    let text = shown(&other.text);
                    problem.note(format!("`{locale}` also says “{text}”, where it stands for 10^{power}"))
                }));
            }
        }
        found
    }

    fn differs(&self, edition: &LoadedProject, saying: &Saying, read: &str) -> Diagnostic {
        let results = &edition.results;
        let name = saying.fact.name(results);
        let message = format!("`{}` says another value of {name}: “{}” is {read}", saying.locale, shown(&saying.text));
        let mut problem = Diagnostic::error(code::PARITY, message);
        let value = match &saying.value {
            Value::Figure(figure) => {
                figure.min.as_ref().map(|min| format!("{min} to ")).unwrap_or_default() + &figure.value.to_string()
            }
            Value::Date(period) => period.to_string(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        problem.places.extend(saying.fact.place(results).map(|place| place.labelled(format!("{value} here"))));
        if problem.places.is_empty() {
            problem = problem.note(format!("the results say {value}"));
        }
        let mut told = BTreeSet::from([&saying.locale]);
        for other in self.sayings.iter().filter(|other| other.fact == saying.fact) {
            if told.insert(&other.locale) {
                problem = problem.note(format!("`{}` says “{}”", other.locale, shown(&other.text)));
            }
        }
        problem.help(format!("correct how locales/{} writes it", saying.locale))
    }
}

/// Parts as a reader sees them; a full-width script has no spaces, and its words may begin at once.
fn joined(before: &str, said: &ResolvedValue) -> String {
    if before.is_empty() { said.text.clone() } else { format!("{before} {}", said.text) }
}

fn meaning(numerals: &Numerals, text: &str, figure: &Figure) -> Meaning {
    let read = numerals.read(&marks::strip(text));
    let ends: Option<Vec<Number>> = figure.min.iter().chain([&figure.value]).map(Number::of).collect();
    let (Some(ends), Some(last)) = (ends, read.last()) else { return Meaning::Unread };
    let other = || Meaning::Other(read.iter().map(|reading| reading.number).collect());
    // In words: “entre un et 2 milliards” holds one number only.
    if read.len() > ends.len() || (read.len() < ends.len() && !ends.contains(&last.number)) {
        return other();
    }
    let ends = &ends[ends.len() - read.len()..];
    // The scale behind the upper end is that of both: “200 to 300 billion”.
    let same = |reading: &Reading, end: &Number| {
        reading.number == *end || (reading.power == 0 && reading.number.scaled(last.power) == *end)
    };
    if read.iter().zip(ends).all(|(reading, end)| same(reading, end)) {
        return match (last.power, read.len()) {
            (0, 1) => Meaning::Learnt { word: last.word.clone(), power: 0 },
            _ => Meaning::Same,
        };
    }
    match (last.number.power_to(ends[ends.len() - 1]), read.len()) {
        (Some(power), 1) if last.power == 0 && !last.word.is_empty() && POWERS.contains(&power) => {
            Meaning::Learnt { word: last.word.clone(), power }
        }
        _ => other(),
    }
}

/// Whether the language says the same of the number without any scale: then no word in it is a scale.
fn means_less(locale: &Locale, numerals: &Numerals, saying: &Saying, figure: &Figure) -> bool {
    let bare = numerals.read(&marks::strip(&saying.text)).last().and_then(|reading| reading.number.decimal());
    let smaller = bare.map(|value| Figure { value, min: None, ..figure.clone() });
    let said = |figure: &Figure| locale.measure(figure, None).ok();
    smaller.and_then(|smaller| said(&smaller)).is_some_and(|text| Some(text) == said(figure))
}

fn numbers(read: &[Number]) -> String {
    read.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}
