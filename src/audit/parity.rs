//! Checks that every language gives the same value for a fact, by reading back the numbers and dates that it prints.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{Fact, quote};
use super::numbers::{Number, Numerals, Reading};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::locale::trace::{ResolvedText, ResolvedValue};
use crate::locale::{Locale, Value, text_marks};
use crate::results::{City, Figure, Results};
use crate::run::LoadedProject;

/// Powers of ten that a word unknown to CLDR may mean.
const UNKNOWN_POWERS: std::ops::RangeInclusive<i32> = 1..=15;

/// A fact as one language prints it.
struct FactText {
    fact: Fact,
    locale: String,
    text: String,
    value: Value,
}

/// The texts of the facts in the documents about one subject, each text once.
#[derive(Default)]
pub struct FactTexts {
    texts: Vec<FactText>,
    seen: BTreeSet<(Fact, String, String)>,
}

/// The languages of a project, each with what CLDR knows about its numbers.
pub struct NumeralsByLanguage(BTreeMap<String, (Locale, Numerals)>);

impl NumeralsByLanguage {
    pub fn new(project: &LoadedProject) -> Self {
        let read = |language: &String| {
            let locale = project.read_locale(language).ok()?;
            let numerals = Numerals::new(&locale)?;
            Some((language.clone(), (locale, numerals)))
        };
        Self(project.languages.iter().filter_map(read).collect())
    }
}

/// Words after numbers that CLDR does not know, by locale and word: each power of ten that the word must mean for a text to be
/// right, with the first such text and the error to report if the word must mean another power elsewhere.
#[derive(Default)]
pub struct UnknownWords(BTreeMap<(String, String), BTreeMap<i32, (String, Diagnostic)>>);

impl UnknownWords {
    /// Adds the words of later documents.
    pub fn merge(&mut self, later: Self) {
        for (word, powers) in later.0 {
            let own = self.0.entry(word).or_default();
            for (power, example) in powers {
                own.entry(power).or_insert(example);
            }
        }
    }

    /// Returns an error for each power of a word that has several powers, except 0 (the digits alone are the value).
    pub fn contradictions(&self) -> Problems {
        let mut found = Problems::new();
        for ((locale, _), powers) in self.0.iter().filter(|(_, powers)| powers.len() > 1) {
            for (power, (_, problem)) in powers.iter().filter(|(power, _)| **power != 0) {
                let others = powers.iter().filter(|(other, _)| *other != power);
                found.push(others.fold(problem.clone(), |problem, (power, (text, _))| {
                    let meaning = if *power == 0 { "1".to_owned() } else { format!("10^{power}") };
                    problem.note(format!("`{locale}` also prints “{text}”, where it means {meaning}"))
                }));
            }
        }
        found
    }
}

/// How the value of a text compares with its figure.
enum Comparison {
    /// The text has no digits, because the number is spelled out or expressed by a grammatical dual.
    NoDigits,
    Equal,
    /// The digits are those of the figure, and the text is correct if `word`, which CLDR does not know, means
    /// 10^`power`. `power` is 0 if the digits alone give the value; `word` may then be empty.
    UnknownWord {
        word: String,
        power: i32,
    },
    /// The numbers of the text are not those of the figure.
    Different(Vec<Number>),
}

impl FactTexts {
    /// Adds the facts of a document. Consecutive parts of a figure are joined into one text.
    pub fn add(&mut self, texts: &[ResolvedText]) {
        let mut number: Option<(Fact, String)> = None;
        for resolved in texts {
            for value in &resolved.values {
                let Some(fact) = Fact::of(&value.value) else { continue };
                // Words of a fallback locale follow the rules of another language.
                if value.text.contains(text_marks::FOREIGN_START) {
                    continue;
                }
                let text = match (value.part.as_deref(), number.take()) {
                    (None, _) => value.text.clone(),
                    (Some("after"), Some((of, number))) if of == fact => append_part(&number, value),
                    (Some("before" | "number"), before) => {
                        let before = before.filter(|(of, _)| *of == fact).map(|(_, text)| text).unwrap_or_default();
                        number = Some((fact, append_part(&before, value)));
                        continue;
                    }
                    (Some(_), _) => continue,
                };
                if self.seen.insert((fact.clone(), resolved.locale.clone(), text.clone())) {
                    let (locale, value) = (resolved.locale.clone(), value.value.clone());
                    self.texts.push(FactText { fact, locale, text, value });
                }
            }
        }
    }

    /// Reads every text back, and returns an error for each whose value is not that of its fact. Words that CLDR does not
    /// know are added to `unknown_words`.
    pub fn check(
        &self,
        numerals: &NumeralsByLanguage,
        results: &Results,
        city: Option<&City>,
        unknown_words: &mut UnknownWords,
    ) -> Problems {
        let mut found = Problems::new();
        for text in &self.texts {
            let Some((locale, numerals)) = numerals.0.get(&text.locale) else { continue };
            let difference = |finding: &str| self.difference(results, city, text, finding);
            let different_value = |read: &[Number]| difference(&format!("is read as {}", join(read)));
            match &text.value {
                Value::Figure(figure) => match compare(numerals, &text.text, figure) {
                    Comparison::UnknownWord { word, power }
                        if power == 0 || !omits_scale(locale, numerals, text, figure) =>
                    {
                        let problem = difference(&format!("is correct only if “{word}” means 10^{power}"));
                        let powers = unknown_words.0.entry((text.locale.clone(), word)).or_default();
                        powers.entry(power).or_insert_with(|| (quote(&text.text), problem));
                    }
                    Comparison::UnknownWord { power, .. } => {
                        let read = Number::of(&figure.value).map(|value| value.scaled(-power));
                        found.push(different_value(read.as_slice()));
                    }
                    Comparison::Different(read) => found.push(different_value(&read)),
                    Comparison::NoDigits | Comparison::Equal => {}
                },
                Value::Date(period) if numerals.contradicts(&text.text, period) => {
                    found.push(difference("contradicts the date"));
                }
                Value::Number(number) => {
                    let read: Vec<Number> = numerals.read(&text.text).iter().map(|reading| reading.number).collect();
                    if !read.is_empty() && Some(&read[..]) != Number::of(number).as_ref().map(std::slice::from_ref) {
                        found.push(different_value(&read));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Returns the error for a text with a different value. `finding` is the predicate of a sentence about the text.
    fn difference(&self, results: &Results, city: Option<&City>, text: &FactText, finding: &str) -> Diagnostic {
        let name = text.fact.name(results, city);
        let message =
            format!("`{}` gives a different value for {name}: “{}” {finding}", text.locale, quote(&text.text));
        let mut problem = Diagnostic::error(code::VALUE_MISMATCH, message);
        let value = match &text.value {
            Value::Figure(figure) => {
                figure.min.as_ref().map(|min| format!("{min} to ")).unwrap_or_default() + &figure.value.to_string()
            }
            Value::Date(period) => period.to_string(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        problem.places.extend(text.fact.place(results, city).map(|place| place.labelled(format!("{value} here"))));
        if problem.places.is_empty() {
            problem = problem.note(format!("the value in the results is {value}"));
        }
        let mut quoted = BTreeSet::from([&text.locale]);
        for other in self.texts.iter().filter(|other| other.fact == text.fact) {
            if quoted.insert(&other.locale) {
                problem = problem.note(format!("`{}` prints “{}”", other.locale, quote(&other.text)));
            }
        }
        problem.help(format!("correct the message in locales/{} that formats it", text.locale))
    }
}

/// Appends a part of a figure. The added space does not matter in scripts without spaces, because words are recognized
/// with or without one.
fn append_part(before: &str, value: &ResolvedValue) -> String {
    if before.is_empty() { value.text.clone() } else { format!("{before} {}", value.text) }
}

fn compare(numerals: &Numerals, text: &str, figure: &Figure) -> Comparison {
    let read = numerals.read(&text_marks::strip(text));
    let ends: Option<Vec<Number>> = figure.min.iter().chain([&figure.value]).map(Number::of).collect();
    let (Some(ends), Some(last)) = (ends, read.last()) else { return Comparison::NoDigits };
    let different = || Comparison::Different(read.iter().map(|reading| reading.number).collect());
    // A lower end may be spelled out: “entre un et 2 milliards” has digits for one number only.
    if read.len() > ends.len() || (read.len() < ends.len() && !ends.contains(&last.number)) {
        return different();
    }
    let ends = &ends[ends.len() - read.len()..];
    // The scale word after the upper end applies to both ends: “200 to 300 billion”.
    let is_same = |reading: &Reading, end: &Number| {
        reading.number == *end || (reading.power == 0 && reading.number.scaled(last.power) == *end)
    };
    if read.iter().zip(ends).all(|(reading, end)| is_same(reading, end)) {
        return match (last.power, read.len()) {
            (0, 1) => Comparison::UnknownWord { word: last.word.clone(), power: 0 },
            _ => Comparison::Equal,
        };
    }
    match (last.number.power_to(ends[ends.len() - 1]), read.len()) {
        (Some(power), 1) if last.power == 0 && !last.word.is_empty() && UNKNOWN_POWERS.contains(&power) => {
            Comparison::UnknownWord { word: last.word.clone(), power }
        }
        _ => different(),
    }
}

/// Returns whether the language prints the same text for the number without its scale. If so, no word of the text means
/// a power of ten, and the text is wrong.
fn omits_scale(locale: &Locale, numerals: &Numerals, text: &FactText, figure: &Figure) -> bool {
    let bare = numerals.read(&text_marks::strip(&text.text)).last().and_then(|reading| reading.number.decimal());
    let smaller = bare.map(|value| Figure { value, min: None, ..figure.clone() });
    let print = |figure: &Figure| locale.measure(figure, None).ok();
    smaller.and_then(|smaller| print(&smaller)).is_some_and(|text| Some(text) == print(figure))
}

fn join(read: &[Number]) -> String {
    read.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}
