//! The text of a finished document, compared with the texts that its template prints now.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fact::{Fact, quote};
use super::numbers::{digit, is_separator};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::locale::trace::{self, ResolvedText, ResolvedValue};
use crate::locale::{Locale, Value, text_marks};
use crate::pdf::text::ExtractedText;
use crate::results::{City, Results};
use crate::run::{Job, LoadedProject};

/// A finished document, with the texts that its template prints now.
pub struct FinishedDocument {
    /// Path or address for messages.
    location: String,
    text: ExtractedText,
    normalized: NormalizedText,
    pub texts: Vec<ResolvedText>,
}

/// The characters of a text that do not depend on how its lines are set: letters in lower case, digits, and the signs
/// that change the value of a number.
#[derive(Debug)]
struct NormalizedText {
    chars: Vec<char>,
    /// Index of each character in the original text.
    positions: Vec<usize>,
}

impl NormalizedText {
    fn new(text: &[char]) -> Self {
        let mut normalized = Self { chars: Vec::new(), positions: Vec::new() };
        let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| digit(*c).is_some());
        for (at, c) in text.iter().enumerate() {
            let between = || is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
            let is_kept = match c {
                '.' | ',' | '٫' | '٬' => between(),
                '%' | '‰' | '٪' => true,
                '\u{2212}' => is_digit(Some(at + 1)),
                // A style may print a text in capitals.
                c => c.is_alphanumeric(),
            };
            if is_kept {
                for lower in c.to_lowercase() {
                    normalized.chars.push(lower);
                    normalized.positions.push(at);
                }
            }
        }
        normalized
    }

    /// Normalizes a text of a locale, without its style marks.
    fn from_locale(text: &str) -> Self {
        Self::new(&text_marks::strip(text).chars().collect::<Vec<_>>())
    }

    /// Returns the first occurrence of `needle` that starts at `from` or later.
    fn find(&self, needle: &[char], from: usize) -> Option<Range<usize>> {
        let found = self.chars.get(from..)?.windows(needle.len().max(1)).position(|window| window == needle)?;
        Some(from + found..from + found + needle.len())
    }

    /// Returns all occurrences of `needle`, which may overlap.
    fn find_all(&self, needle: &[char]) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find(needle, from)?;
            from = found.start + 1;
            Some(found)
        })
    }

    fn has_digits(&self) -> bool {
        self.chars.iter().any(|c| digit(*c).is_some())
    }
}

/// A text that a document should contain.
struct ExpectedText<'a> {
    text: &'a ResolvedText,
    normalized: NormalizedText,
    /// Whether each normalized character belongs to a value.
    is_explained: Vec<bool>,
    /// Position of each value in the normalized text; `None` if it was not found.
    values: Vec<Option<Range<usize>>>,
}

impl<'a> ExpectedText<'a> {
    /// `earlier` holds the texts resolved before `text`. A value of `text` may be a list of them.
    fn new(text: &'a ResolvedText, earlier: &[Self]) -> Self {
        let normalized = NormalizedText::from_locale(&text.text);
        let is_explained = vec![false; normalized.chars.len()];
        let mut expected = Self { text, normalized, is_explained, values: Vec::new() };
        let mut from = 0;
        for value in &text.values {
            let words = NormalizedText::from_locale(&value.text).chars;
            let place = match words.is_empty() {
                true => None,
                false => expected.normalized.find(&words, from).or_else(|| expected.normalized.find(&words, 0)),
            };
            if let Some(place) = &place {
                from = place.end;
                expected.explain(value, place, earlier);
            }
            expected.values.push(place);
        }
        expected
    }

    /// Marks the characters of a value as explained. If the value is a list of earlier texts, copies their marks instead,
    /// because a message in the list may contain a digit that is no fact.
    fn explain(&mut self, value: &ResolvedValue, place: &Range<usize>, earlier: &[Self]) {
        let may_be_list = matches!(value.value, Value::Code(_) | Value::Text(_) | Value::List(_));
        let part = NormalizedText { chars: self.normalized.chars[place.clone()].to_vec(), positions: Vec::new() };
        let may_be_item = |other: &&Self| {
            // Digits without words would be found in any telephone number.
            let has_words = other.normalized.chars.iter().filter(|c| c.is_alphabetic()).count() > 2;
            other.text.locale == self.text.locale && has_words && other.normalized.has_digits()
        };
        let mut is_list = false;
        for other in earlier.iter().filter(|_| may_be_list).filter(may_be_item) {
            for found in part.find_all(&other.normalized.chars) {
                is_list = true;
                let own = &mut self.is_explained[place.start + found.start..place.start + found.end];
                own.iter_mut().zip(&other.is_explained).for_each(|(own, other)| *own |= other);
            }
        }
        if !is_list {
            self.is_explained[place.clone()].fill(true);
        }
    }

    /// Returns the longest sequence of words between the values. A document that contains it prints this text, perhaps
    /// with other values. `None` if it is too short to be unique.
    fn longest_phrase(&self) -> Option<&[char]> {
        const MIN_IDEOGRAPHS: usize = 8;
        const MIN_LETTERS: usize = 16;
        let is_in_value = |at: usize| self.values.iter().flatten().any(|place| place.contains(&at));
        let mut best: Range<usize> = 0..0;
        let mut start = 0;
        for at in 0..=self.normalized.chars.len() {
            if at == self.normalized.chars.len() || is_in_value(at) || digit(self.normalized.chars[at]).is_some() {
                if at - start > best.len() {
                    best = start..at;
                }
                start = at + 1;
            }
        }
        let ascii = self.normalized.chars[best.clone()].iter().filter(|c| c.is_ascii()).count();
        // An ideograph is as distinctive as several letters.
        let min = if ascii * 2 > best.len() { MIN_LETTERS } else { MIN_IDEOGRAPHS };
        (best.len() >= min).then(|| &self.normalized.chars[best])
    }
}

/// What is known about each normalized character of a document.
struct Coverage<'a> {
    /// The locale of the text that covers the character.
    locales: Vec<Option<&'a str>>,
    /// Whether the character belongs to a value.
    is_explained: Vec<bool>,
}

impl Coverage<'_> {
    fn new(length: usize) -> Self {
        Self { locales: vec![None; length], is_explained: vec![false; length] }
    }

    /// Returns whether no text covers any character of a place.
    fn is_free(&self, place: &Range<usize>) -> bool {
        self.locales[place.clone()].iter().all(Option::is_none)
    }
}

/// Whether a document contains an expected text.
struct Occurrence {
    is_found: bool,
    /// Whether some place of it is not covered by a longer text.
    has_own_place: bool,
}

/// A fact that a document should print in one language.
struct ExpectedFact<'a> {
    value: &'a ResolvedValue,
    is_printed: bool,
}

/// A fact that a document does not print.
struct MissingFact<'a> {
    value: &'a ResolvedValue,
    /// Where the words of its sentence are in the document; `None` if they are not.
    phrase: Option<Range<usize>>,
}

impl FinishedDocument {
    /// Reads the bytes of the document of a job, and renders its template in the locales of the document.
    pub fn read(
        project: &LoadedProject,
        job: &Job,
        location: String,
        bytes: Vec<u8>,
        locales: &[&Locale],
    ) -> Result<Self, Problems> {
        let rtl = locales.iter().any(|locale| locale.settings.direction == "rtl");
        let text = ExtractedText::read(bytes, rtl).ok_or_else(|| {
            Diagnostic::error(code::UNREADABLE_DOCUMENT, format!("`{location}` cannot be read: it is not a PDF"))
                .help("build the document again")
        })?;
        let (results, city) = job.facts(project);
        let (rendered, trace) =
            trace::observe(|| project.templates.render(&job.id.template(), &project.files, results, locales, city));
        rendered?;
        let normalized = NormalizedText::new(&text.chars);
        Ok(Self { location, text, normalized, texts: trace.texts })
    }

    /// Returns the facts that are missing and the numbers that do not come from the facts.
    pub fn check(&self, results: &Results, city: Option<&City>) -> Problems {
        let texts = self.expected_texts();
        let mut coverage = Coverage::new(self.normalized.chars.len());
        let occurrences: Vec<Occurrence> = texts.iter().map(|text| self.cover(text, &mut coverage)).collect();
        // A sentence that is divided between two pages, or set around a seal, is found by its values.
        for (text, _) in texts.iter().zip(&occurrences).filter(|(_, occurrence)| !occurrence.has_own_place) {
            self.explain_values(text, &mut coverage);
        }
        let mut problems = self.missing_facts(results, city, &texts, &occurrences);
        problems.extend(self.unexplained_numbers(&coverage));
        problems
    }

    /// Returns the texts that the document should contain, each once, the longest first.
    fn expected_texts(&self) -> Vec<ExpectedText<'_>> {
        let mut seen = BTreeSet::new();
        let mut expected: Vec<ExpectedText<'_>> = Vec::new();
        for text in self.texts.iter().filter(|text| !self.omits(text)) {
            if seen.insert((&text.locale, &text.text)) {
                let new = ExpectedText::new(text, &expected);
                expected.push(new);
            }
        }
        expected.retain(|text| !text.normalized.chars.is_empty());
        expected.sort_by_key(|text| std::cmp::Reverse(text.normalized.chars.len()));
        expected
    }

    /// Covers the places of the document where a text is, except those that a longer text covers.
    fn cover<'a>(&self, expected: &ExpectedText<'a>, coverage: &mut Coverage<'a>) -> Occurrence {
        let mut occurrence = Occurrence { is_found: false, has_own_place: false };
        for place in self.normalized.find_all(&expected.normalized.chars).filter(|place| self.is_complete(place)) {
            occurrence.is_found = true;
            if coverage.is_free(&place) {
                occurrence.has_own_place = true;
                coverage.locales[place.clone()].fill(Some(&expected.text.locale));
                coverage.is_explained[place].copy_from_slice(&expected.is_explained);
            }
        }
        occurrence
    }

    /// Marks the digits of the values of a text as explained wherever they are and no text covers them.
    fn explain_values(&self, expected: &ExpectedText<'_>, coverage: &mut Coverage<'_>) {
        for place in expected.values.iter().flatten() {
            let value = &expected.normalized.chars[place.clone()];
            for found in self.normalized.find_all(value).filter(|found| self.is_complete(found)) {
                if coverage.is_free(&found) {
                    coverage.is_explained[found].copy_from_slice(&expected.is_explained[place.clone()]);
                }
            }
        }
    }

    /// Returns whether the document leaves a text out: a message named `…-short` is the running header, which a document of
    /// one page does not print.
    fn omits(&self, text: &ResolvedText) -> bool {
        text.id.ends_with("-short") && self.text.page_count() == 1
    }

    /// Returns whether numbers at the start and end of the range are complete: no digits continue them outside.
    fn is_complete(&self, place: &Range<usize>) -> bool {
        let chars = &self.text.chars;
        let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| digit(*c).is_some());
        let is_separator_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| is_separator(*c));
        let (Some(first), Some(last)) =
            (self.normalized.positions.get(place.start), self.normalized.positions.get(place.end - 1))
        else {
            return false;
        };
        let (before, after) = (|by| first.checked_sub(by), |by: usize| Some(last + by));
        let left =
            is_digit(Some(*first)) && (is_digit(before(1)) || (is_separator_at(before(1)) && is_digit(before(2))));
        let right = is_digit(Some(*last)) && (is_digit(after(1)) || (is_separator_at(after(1)) && is_digit(after(2))));
        !left && !right
    }

    /// Returns the first occurrence in which no number is cut off.
    fn find(&self, words: &[char]) -> Option<Range<usize>> {
        self.normalized.find_all(words).find(|place| self.is_complete(place))
    }

    /// Returns an error for each fact that the document does not print.
    fn missing_facts(
        &self,
        results: &Results,
        city: Option<&City>,
        expected: &[ExpectedText<'_>],
        occurrences: &[Occurrence],
    ) -> Problems {
        // Both by locale and fact.
        let mut missing: BTreeMap<(&str, Fact), MissingFact<'_>> = BTreeMap::new();
        let mut printed: BTreeMap<(&str, Fact), ExpectedFact<'_>> = BTreeMap::new();
        for (expected, occurrence) in expected.iter().zip(occurrences) {
            let phrase = expected.longest_phrase().and_then(|words| self.find(words));
            for (value, place) in expected.text.values.iter().zip(&expected.values) {
                let (Some(fact), Some(place)) = (Fact::of(&value.value), place) else { continue };
                let is_printed = occurrence.is_found || self.find(&expected.normalized.chars[place.clone()]).is_some();
                let key = (expected.text.locale.as_str(), fact);
                let entry = printed.entry(key.clone()).or_insert(ExpectedFact { value, is_printed: false });
                entry.is_printed |= is_printed;
                // The message should quote a whole figure rather than a part.
                if entry.value.part.is_some() && value.part.is_none() {
                    entry.value = value;
                }
                if !is_printed && phrase.is_some() {
                    missing.entry(key).or_insert(MissingFact { value, phrase: phrase.clone() });
                }
            }
        }
        for (key, ExpectedFact { value, .. }) in printed.into_iter().filter(|(_, fact)| !fact.is_printed) {
            missing.entry(key).or_insert(MissingFact { value, phrase: None });
        }
        let path = &self.location;
        let describe = |((locale, fact), MissingFact { value, phrase }): ((&str, Fact), MissingFact<'_>)| {
            let message = format!("`{path}` does not print {} as given in the results", fact.name(results, city));
            let expected = format!("expected in `{locale}`: “{}”", quote(&value.text));
            let mut problem = Diagnostic::error(code::FACT_MISSING, message).note(expected);
            problem.places.extend(fact.place(results, city));
            if let Some(phrase) = phrase {
                let (from, to) = (self.normalized.positions[phrase.start], self.normalized.positions[phrase.end - 1]);
                let page = self.text.page_of(from);
                problem = problem.note(format!("found on page {page}: {}", self.text.excerpt(from, to)));
            }
            problem.help("build the document again: the facts or the locale may have changed since it was built")
        };
        missing.into_iter().map(describe).collect()
    }

    /// Returns an error for each number that is not part of a value.
    fn unexplained_numbers(&self, coverage: &Coverage<'_>) -> Problems {
        let chars = &self.text.chars;
        let mut unexplained: BTreeMap<usize, Option<&str>> = BTreeMap::new();
        for (index, at) in self.normalized.positions.iter().enumerate() {
            if !coverage.is_explained[index] && digit(chars[*at]).is_some() {
                unexplained.insert(*at, coverage.locales[index]);
            }
        }
        let is_digit = |at: usize| chars.get(at).is_some_and(|c| digit(*c).is_some());
        let mut problems = Problems::new();
        let mut at = 0;
        while at < chars.len() {
            if !is_digit(at) {
                at += 1;
                continue;
            }
            let start = at;
            while is_digit(at) || (chars.get(at).is_some_and(|c| is_separator(*c)) && is_digit(at + 1)) {
                at += 1;
            }
            let Some(locale) = (start..at).find_map(|at| unexplained.get(&at)) else { continue };
            if let Some(end) = self.end_of_page_number(start) {
                at = end;
                continue;
            }
            let number: String = chars[start..at].iter().collect();
            let (path, page) = (&self.location, self.text.page_of(start));
            let message = format!("the number `{number}` in `{path}`, page {page}, does not come from the facts");
            let problem =
                Diagnostic::error(code::NO_FACT, message).note(format!("context: {}", self.text.excerpt(start, at)));
            problems.push(match locale {
                Some(locale) => problem
                    .note(format!("it is part of a message of the locale `{locale}`"))
                    .help("print a value of the results instead, or spell the number out"),
                None => problem.note("no message that the template currently uses contains it").help(
                    "build the document again; if the number remains, remove it from the template or its style modules",
                ),
            });
        }
        problems
    }

    /// Returns the end of the page number that begins here (“1/2”: page and page count), if there is one.
    fn end_of_page_number(&self, start: usize) -> Option<usize> {
        let chars = &self.text.chars;
        let run = |from: usize| {
            let digits: Vec<u8> = chars[from..].iter().map_while(|c| digit(*c)).collect();
            let value = digits.iter().take(6).fold(0_usize, |value, digit| value * 10 + usize::from(*digit));
            (value, from + digits.len())
        };
        let (page, slash) = run(start);
        let count = chars.get(slash).filter(|c| **c == '/').map(|_| run(slash + 1));
        count
            .filter(|(count, _)| page == self.text.page_of(start) && *count == self.text.page_count())
            .map(|(_, end)| end)
    }
}
