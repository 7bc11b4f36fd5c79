//! Finished documents read back: every figure, date and rank of the results stands in each language and means the same,
//! and no number stands there that comes from nowhere.
//!
//! The templates are rendered again, and the locales keep what they say ([`crate::locale::trace`]). Each of these texts is
//! looked for in the PDF, the longest first; a digit of the PDF that no value inside of them explains is told. What a
//! value's words mean is read back from digits and CLDR alone ([`numbers`]).

mod numbers;
mod parity;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::Languages;
use crate::locale::trace::{ResolvedText, ResolvedValue, record};
use crate::locale::{Locale, Value, marks};
use crate::pdf::text::ExtractedText;
use crate::project::Project;
use crate::results::Results;
use crate::run::{Job, LoadedProject, Selection};
use crate::store::Store;
use numbers::{digit, separator};
use parity::Heard;

/// What an audit found, and in how many documents.
pub struct Audit {
    pub documents: usize,
    pub found: Vec<Diagnostic>,
}

/// Reads the documents in `store` back: those of the languages asked for, or of all that it has a folder for.
pub fn documents(project: Project, asked: &[String], store: &dyn Store) -> Result<Audit, Vec<Diagnostic>> {
    let project = LoadedProject::load(project)?;
    let languages = match asked {
        [] => languages_in(&project, store).map_err(|problem| vec![problem])?,
        _ => asked.to_vec(),
    };
    if languages.is_empty() {
        return Err(vec![
            Diagnostic::error(code::UNREAD, format!("`{}` contains no documents", store.journal_location("")))
                .help("build the documents with `gen-report build --out DIR`, and name that folder"),
        ]);
    }
    // The texts of many thousands of documents would not fit in memory.
    let mut plan = project.plan(&Selection { languages, ..Selection::default() })?;
    plan.includes_records = false;
    let jobs = project.documents(&plan).collect::<Result<Vec<Job>, _>>()?;
    let mut locales: BTreeMap<&str, Locale> = BTreeMap::new();
    for language in plan.languages.iter().flat_map(Languages::iter) {
        if !locales.contains_key(language) {
            locales.insert(language, project.locale(language)?);
        }
    }
    let mut audit = Audit { documents: 0, found: Vec::new() };
    let mut heard = Heard::default();
    // By report and city: the facts that each language says.
    let mut facts: BTreeMap<(&str, Option<&str>), BTreeMap<&str, BTreeSet<Fact>>> = BTreeMap::new();
    for job in &jobs {
        let Some(spoken) = job.id.languages.iter().map(|l| locales.get(l)).collect::<Option<Vec<&Locale>>>() else {
            continue;
        };
        match copy(&project, job, store, &spoken) {
            Ok(copy) => {
                audit.documents += 1;
                audit.found.extend(copy.check(&project.results));
                let by_language = facts.entry((&job.id.report, job.id.city.as_deref())).or_default();
                for locale in &spoken {
                    // What came from a fallback is said in its place.
                    let own = |u: &&ResolvedText| u.locale == locale.name || !spoken.iter().any(|l| l.name == u.locale);
                    let values = copy.utterances.iter().filter(own).flat_map(|u| &u.values);
                    by_language.entry(&locale.name).or_default().extend(values.filter_map(|s| Fact::of(&s.value)));
                }
                heard.add(&copy.utterances);
            }
            Err(problems) => audit.found.extend(problems),
        }
    }
    for ((report, city), by_language) in &facts {
        let name = city.map_or_else(|| (*report).to_owned(), |city| format!("{report}-{city}"));
        audit.found.extend(left_out(&project.results, &name, by_language));
    }
    audit.found.extend(heard.check(&project));
    Ok(audit)
}

/// The figures and dates that a document says in some languages only. A rank may hide in a word (“second”).
fn left_out(results: &Results, name: &str, by_language: &BTreeMap<&str, BTreeSet<Fact>>) -> Vec<Diagnostic> {
    let all: BTreeSet<&Fact> = by_language.values().flatten().collect();
    let mut problems = Vec::new();
    for fact in all.into_iter().filter(|fact| !matches!(fact, Fact::Number(_))) {
        let (with, without): (Vec<_>, Vec<_>) = by_language.iter().partition(|(_, facts)| facts.contains(fact));
        let list = |languages: &[(&&str, &BTreeSet<Fact>)]| {
            languages.iter().map(|(language, _)| format!("`{language}`")).collect::<Vec<_>>().join(", ")
        };
        if !without.is_empty() {
            let message = format!("{name} does not say {} in {}", fact.name(results), list(&without));
            let mut problem =
                Diagnostic::error(code::FACT_MISSING, message).note(format!("it does in {}", list(&with)));
            problem.places.extend(fact.place(results));
            problems.push(problem.help("let a message of each language print it"));
        }
    }
    problems
}

/// Returns the languages, or pairs of them, that have a folder in `store`.
fn languages_in(project: &LoadedProject, store: &dyn Store) -> crate::diagnostic::Result<Vec<String>> {
    let is_known = |language: &str| project.languages.iter().any(|known| known == language);
    let is_language = |name: &String| Languages::parse(name).is_ok_and(|pair| pair.iter().all(is_known));
    Ok(store.folders()?.into_iter().filter(is_language).collect())
}

/// One finished document, and what its template makes the locales say today.
struct Copy {
    /// As a user would name it.
    location: String,
    text: ExtractedText,
    plain: Plain,
    utterances: Vec<ResolvedText>,
}

fn copy(project: &LoadedProject, job: &Job, store: &dyn Store, locales: &[&Locale]) -> Result<Copy, Vec<Diagnostic>> {
    let key = job.key();
    let location = store.location(&key);
    let unread = |why: &str| Diagnostic::error(code::UNREAD, format!("`{location}` cannot be read: {why}"));
    let bytes = store.get(&key).map_err(|problem| vec![problem])?.ok_or_else(|| {
        vec![unread("it does not exist").help(format!("build it: gen-report build --lang {}", job.id.languages))]
    })?;
    let rtl = locales.iter().any(|locale| locale.settings.direction == "rtl");
    let text = ExtractedText::read(bytes, rtl)
        .ok_or_else(|| vec![unread("it is not a PDF").help("build the document again")])?;
    let (results, city) = job.facts(project);
    let (rendered, utterances) =
        record(|| project.templates.render(&job.id.template(), &project.project, results, locales, city));
    rendered?;
    let plain = Plain::of(&text.chars);
    Ok(Copy { location, text, plain, utterances })
}

/// A text without what differs by the setting of a line: letters, digits and what makes a number another one.
#[derive(Debug)]
struct Plain {
    chars: Vec<char>,
    /// Where each stands in the text.
    at: Vec<usize>,
}

impl Plain {
    fn of(text: &[char]) -> Self {
        let mut plain = Self { chars: Vec::new(), at: Vec::new() };
        let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| digit(*c).is_some());
        for (at, c) in text.iter().enumerate() {
            let between = || is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
            let kept = match c {
                '.' | ',' | '٫' | '٬' => between(),
                '%' | '‰' | '٪' => true,
                '\u{2212}' => is_digit(Some(at + 1)),
                // Capitals of a style are the same letters.
                c => c.is_alphanumeric(),
            };
            if kept {
                for lower in c.to_lowercase() {
                    plain.chars.push(lower);
                    plain.at.push(at);
                }
            }
        }
        plain
    }

    fn of_text(text: &str) -> Self {
        Self::of(&marks::strip(text).chars().collect::<Vec<_>>())
    }

    fn find(&self, needle: &[char], from: usize) -> Option<Range<usize>> {
        let found = self.chars.get(from..)?.windows(needle.len().max(1)).position(|window| window == needle)?;
        Some(from + found..from + found + needle.len())
    }

    fn all(&self, needle: &[char]) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find(needle, from)?;
            from = found.start + 1;
            Some(found)
        })
    }

    fn digits(&self) -> bool {
        self.chars.iter().any(|c| digit(*c).is_some())
    }
}

/// A text to look for, and which of its characters a value explains.
struct Wanted<'a> {
    utterance: &'a ResolvedText,
    plain: Plain,
    explained: Vec<bool>,
    /// Where each value stands in the plain text, if it does.
    values: Vec<Option<Range<usize>>>,
}

impl<'a> Wanted<'a> {
    /// `earlier` are the texts that were said before: a list of them may stand in this one.
    fn new(utterance: &'a ResolvedText, earlier: &[Self]) -> Self {
        let plain = Plain::of_text(&utterance.text);
        let mut wanted = Self { utterance, explained: vec![false; plain.chars.len()], plain, values: Vec::new() };
        let mut from = 0;
        for said in &utterance.values {
            let words = Plain::of_text(&said.text).chars;
            let place = match words.is_empty() {
                true => None,
                false => wanted.plain.find(&words, from).or_else(|| wanted.plain.find(&words, 0)),
            };
            if let Some(place) = &place {
                from = place.end;
                wanted.explain(said, place, earlier);
            }
            wanted.values.push(place);
        }
        wanted
    }

    /// A value explains its digits. One that is a list of texts said earlier explains no more than they do.
    fn explain(&mut self, said: &ResolvedValue, place: &Range<usize>, earlier: &[Self]) {
        let joined = matches!(said.value, Value::Code(_) | Value::Text(_) | Value::List(_));
        let part = Plain { chars: self.plain.chars[place.clone()].to_vec(), at: Vec::new() };
        let inner = |other: &&Self| {
            // Digits alone would be found in any telephone number.
            let words = other.plain.chars.iter().filter(|c| c.is_alphabetic()).count() > 2;
            other.utterance.locale == self.utterance.locale && words && other.plain.digits()
        };
        let mut composed = false;
        for other in earlier.iter().filter(|_| joined).filter(inner) {
            for found in part.all(&other.plain.chars) {
                composed = true;
                let own = &mut self.explained[place.start + found.start..place.start + found.end];
                own.iter_mut().zip(&other.explained).for_each(|(own, other)| *own |= other);
            }
        }
        if !composed {
            self.explained[place.clone()].fill(true);
        }
    }

    /// The longest words between the values: where they stand, the text was printed.
    fn frame(&self) -> Option<&[char]> {
        const TELLING: usize = 8;
        let inside = |at: usize| self.values.iter().flatten().any(|place| place.contains(&at));
        let mut best: Range<usize> = 0..0;
        let mut start = 0;
        for at in 0..=self.plain.chars.len() {
            if at == self.plain.chars.len() || inside(at) || digit(self.plain.chars[at]).is_some() {
                if at - start > best.len() {
                    best = start..at;
                }
                start = at + 1;
            }
        }
        let latin = self.plain.chars[best.clone()].iter().filter(|c| c.is_ascii()).count();
        // An ideograph tells as much as a word of a few letters.
        (best.len() >= if latin * 2 > best.len() { TELLING * 2 } else { TELLING }).then(|| &self.plain.chars[best])
    }
}

impl Copy {
    fn check(&self, results: &Results) -> Vec<Diagnostic> {
        let mut seen = BTreeSet::new();
        let mut wanted: Vec<Wanted<'_>> = Vec::new();
        for utterance in &self.utterances {
            if seen.insert((&utterance.locale, &utterance.text)) {
                let new = Wanted::new(utterance, &wanted);
                wanted.push(new);
            }
        }
        wanted.retain(|w| !w.plain.chars.is_empty());
        wanted.sort_by_key(|w| std::cmp::Reverse(w.plain.chars.len()));
        let mut claimed: Vec<Option<&str>> = vec![None; self.plain.chars.len()];
        let mut explained = vec![false; self.plain.chars.len()];
        let (mut whole, mut placed) = (Vec::new(), Vec::new());
        for wanted in &wanted {
            let (mut found, mut own) = (false, false);
            for place in self.plain.all(&wanted.plain.chars).filter(|place| self.alone(place)) {
                found = true;
                if claimed[place.clone()].iter().all(Option::is_none) {
                    own = true;
                    claimed[place.clone()].fill(Some(&wanted.utterance.locale));
                    explained[place].copy_from_slice(&wanted.explained);
                }
            }
            whole.push(found);
            placed.push(own);
        }
        // A sentence that a page's end cuts in two, or that runs round a seal, is found by its values.
        for (wanted, _) in wanted.iter().zip(&placed).filter(|(_, placed)| !**placed) {
            for place in wanted.values.iter().flatten() {
                for found in self.plain.all(&wanted.plain.chars[place.clone()]).filter(|found| self.alone(found)) {
                    if claimed[found.clone()].iter().all(Option::is_none) {
                        explained[found].copy_from_slice(&wanted.explained[place.clone()]);
                    }
                }
            }
        }
        let mut problems = self.missing(results, &wanted, &whole);
        problems.extend(self.unexplained(&claimed, &explained));
        problems
    }

    /// Whether no digit beside the place belongs to a number inside.
    fn alone(&self, place: &Range<usize>) -> bool {
        let chars = &self.text.chars;
        let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| digit(*c).is_some());
        let is_separator = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| separator(*c));
        let (Some(first), Some(last)) = (self.plain.at.get(place.start), self.plain.at.get(place.end - 1)) else {
            return false;
        };
        let (before, after) = (|by| first.checked_sub(by), |by: usize| Some(last + by));
        let left = is_digit(Some(*first)) && (is_digit(before(1)) || (is_separator(before(1)) && is_digit(before(2))));
        let right = is_digit(Some(*last)) && (is_digit(after(1)) || (is_separator(after(1)) && is_digit(after(2))));
        !left && !right
    }

    fn stands(&self, words: &[char]) -> Option<Range<usize>> {
        self.plain.all(words).find(|place| self.alone(place))
    }

    /// The facts that the document does not say as it should.
    fn missing(&self, results: &Results, wanted: &[Wanted<'_>], whole: &[bool]) -> Vec<Diagnostic> {
        // By locale and fact: a text that is missing from its sentence, and whether any other text says the fact.
        let mut lost: BTreeMap<(&str, Fact), (&ResolvedValue, Option<Range<usize>>)> = BTreeMap::new();
        let mut some: BTreeMap<(&str, Fact), (&ResolvedValue, bool)> = BTreeMap::new();
        for (wanted, whole) in wanted.iter().zip(whole) {
            let frame = wanted.frame().and_then(|words| self.stands(words));
            for (said, place) in wanted.utterance.values.iter().zip(&wanted.values) {
                let (Some(fact), Some(place)) = (Fact::of(&said.value), place) else { continue };
                let stands = *whole || self.stands(&wanted.plain.chars[place.clone()]).is_some();
                let key = (wanted.utterance.locale.as_str(), fact);
                let entry = some.entry(key.clone()).or_insert((said, false));
                entry.1 |= stands;
                // The whole figure tells more than a part of it.
                if entry.0.part.is_some() && said.part.is_none() {
                    entry.0 = said;
                }
                if !stands && frame.is_some() {
                    lost.entry(key).or_insert((said, frame.clone()));
                }
            }
        }
        for (key, (said, _)) in some.into_iter().filter(|(_, (_, stands))| !stands) {
            lost.entry(key).or_insert((said, None));
        }
        let path = &self.location;
        let tell = |((locale, fact), (said, frame)): ((&str, Fact), (&ResolvedValue, Option<Range<usize>>))| {
            let message = format!("`{path}` does not say {} as the results do", fact.name(results));
            let expected = format!("in `{locale}` it is “{}”", shown(&said.text));
            let mut problem = Diagnostic::error(code::FACT_MISSING, message).note(expected);
            problem.places.extend(fact.place(results));
            if let Some(frame) = frame {
                let (from, to) = (self.plain.at[frame.start], self.plain.at[frame.end - 1]);
                let page = self.text.page_of(from);
                problem = problem.note(format!("page {page} says: {}", self.text.excerpt(from, to)));
            }
            problem.help("the facts or the words have changed since the document was made: build it again")
        };
        lost.into_iter().map(tell).collect()
    }

    /// The numbers of the document that nothing explains.
    fn unexplained(&self, claimed: &[Option<&str>], explained: &[bool]) -> Vec<Diagnostic> {
        let chars = &self.text.chars;
        let mut open: BTreeMap<usize, Option<&str>> = BTreeMap::new();
        for (index, at) in self.plain.at.iter().enumerate() {
            if !explained[index] && digit(chars[*at]).is_some() {
                open.insert(*at, claimed[index]);
            }
        }
        let is_digit = |at: usize| chars.get(at).is_some_and(|c| digit(*c).is_some());
        let mut problems = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if !is_digit(at) {
                at += 1;
                continue;
            }
            let start = at;
            while is_digit(at) || (chars.get(at).is_some_and(|c| separator(*c)) && is_digit(at + 1)) {
                at += 1;
            }
            let Some(by) = (start..at).find_map(|at| open.get(&at)) else { continue };
            if let Some(end) = self.page_number(start) {
                at = end;
                continue;
            }
            let number: String = chars[start..at].iter().collect();
            let (path, page) = (&self.location, self.text.page_of(start));
            let message = format!("`{number}` in `{path}`, page {page}, is a number that comes from no fact");
            let problem = Diagnostic::error(code::NO_FACT, message)
                .note(format!("there it says: {}", self.text.excerpt(start, at)));
            problems.push(match by {
                Some(locale) => problem
                    .note(format!("it is written in a message of the locale `{locale}`"))
                    .help("print a value of the results in its place, or write the number in words"),
                None => problem
                    .note("no message that the template asks for today prints it")
                    .help("build the document again; if it stays, look in the template and its style modules"),
            });
        }
        problems
    }

    /// Where a page's number out of all (“1/2”) ends, if it begins here.
    fn page_number(&self, start: usize) -> Option<usize> {
        let chars = &self.text.chars;
        let run = |from: usize| {
            let digits: Vec<u8> = chars[from..].iter().map_while(|c| digit(*c)).collect();
            let value = digits.iter().take(6).fold(0_usize, |value, digit| value * 10 + usize::from(*digit));
            (value, from + digits.len())
        };
        let (this, stroke) = run(start);
        let last = chars.get(stroke).filter(|c| **c == '/').map(|_| run(stroke + 1));
        last.filter(|(last, _)| this == self.text.page_of(start) && *last == self.text.page_count()).map(|(_, end)| end)
    }
}

/// A fact that every language must say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fact {
    /// By where it stands in the results.
    Figure(usize),
    /// As the results write it.
    Date(String),
    /// A rank, or the number of an edition.
    Number(String),
}

impl Fact {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Figure(figure) => Some(Self::Figure(figure.span.start)),
            Value::Date(period) => Some(Self::Date(period.to_string())),
            Value::Number(number) => Some(Self::Number(number.to_string())),
            _ => None,
        }
    }

    fn name(&self, results: &Results) -> String {
        match self {
            Self::Figure(start) => {
                let of = |figures: &crate::results::Figures| {
                    figures.iter().find(|(_, figure)| figure.span.start == *start).map(|(id, _)| id.clone())
                };
                let city = results.cities.iter().find_map(|city| Some((city, of(&city.figures)?)));
                match (city, of(&results.edition.figures)) {
                    (Some((city, id)), _) => format!("the figure `{id}` of `{}`", city.id),
                    (None, Some(id)) => format!("the figure `{id}`"),
                    (None, None) => "a figure".to_owned(),
                }
            }
            Self::Date(date) => format!("the date {date}"),
            Self::Number(number) => format!("the number {number}"),
        }
    }

    fn place(&self, results: &Results) -> Option<Place> {
        let Self::Figure(start) = self else { return None };
        let mut figures = results.cities.iter().map(|city| &city.figures).chain([&results.edition.figures]);
        let figure = figures.find_map(|figures| figures.values().find(|figure| figure.span.start == *start))?;
        Some(results.place(&figure.span))
    }
}

/// A text as a message quotes it.
fn shown(text: &str) -> String {
    marks::strip(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
