//! From a text on a page to the facts, messages, templates and style modules that printed it, and back.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::editor::Editor;
use super::state::{BuiltPages, Highlight};
use crate::diagnostic::{self, Place};
use crate::locale::trace::ResolvedText;
use crate::locale::{Locale, Value, marks};
use crate::results::{City, NameForms, Period, ProjectFact, Results};
use crate::template::SUFFIX;
use crate::typeset::TextRun;

/// Why a place is an origin of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OriginKind {
    /// The value in a file of facts.
    Fact,
    /// The message in a Fluent file.
    Message,
    /// The tag or the text in a template.
    Template,
    /// The line in a style module.
    Style,
}

impl OriginKind {
    /// Returns its name, as the page shows it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Message => "message",
            Self::Template => "template",
            Self::Style => "style",
        }
    }
}

/// A place that printed a text.
#[derive(Clone, Debug)]
pub struct Origin {
    pub kind: OriginKind,
    /// The identifier of a message; empty for other places.
    pub name: String,
    pub place: Place,
}

impl Origin {
    /// The longest excerpt, in lines.
    const MAX_LINES: usize = 8;

    /// Returns the place with its lines, as the page shows them.
    pub(super) fn to_json(&self, editor: Option<&Editor>) -> Json {
        let file = &self.place.file;
        let (line, column) = file.line_column(self.place.range.start);
        let is_on_disk = file.origin == diagnostic::Origin::Disk;
        let start = file.text[..self.place.range.start].rfind('\n').map_or(0, |at| at + 1);
        let lines = file.text[start..].lines().take(self.line_count());
        let mut json = json!({
            "kind": self.kind.word(),
            "name": self.name,
            "shown": file.display_path(),
            "file": is_on_disk.then_some(&file.path),
            "line": line,
            "column": column,
            "excerpt": lines.collect::<Vec<_>>(),
            "start": file.text[start..self.place.range.start].chars().count(),
            "length": self.marked_length(),
        });
        if let Some(editor) = editor {
            editor.add_to(&mut json, &self.place);
        }
        json
    }

    /// Returns the number of characters to mark on the first line.
    fn marked_length(&self) -> usize {
        let text = &self.place.file.text[self.place.range.clone()];
        text.lines().next().unwrap_or_default().chars().count()
    }

    fn line_count(&self) -> usize {
        let text = &self.place.file.text[self.place.range.clone()];
        text.trim_end().lines().count().clamp(1, Self::MAX_LINES)
    }

    /// Returns whether the place includes a line.
    fn includes(&self, line: usize) -> bool {
        let (first, _) = self.place.file.line_column(self.place.range.start);
        let text = self.place.file.text[self.place.range.clone()].trim_end();
        (first..=first + text.matches('\n').count()).contains(&line)
    }
}

/// Returns the origins of the text at a point of a page, the most specific first.
pub(super) fn at_point(built: &BuiltPages, page: usize, x: f64, y: f64) -> Vec<Origin> {
    let runs = built.builder.text_runs(&built.job, &built.rendered, &built.pages);
    let on_page = runs.iter().filter(|run| run.page == page);
    // What is drawn last is on top.
    let hit = on_page.rev().find_map(|run| {
        let cluster = run.clusters.iter().find(|cluster| cluster.contains(x, y))?;
        Some((run, cluster.range.clone()))
    });
    hit.map(|(run, range)| Finder::new(built).explain(run).at(&range)).unwrap_or_default()
}

/// Returns the parts of the pages that a line of a file has printed.
pub(super) fn of_line(built: &BuiltPages, document: usize, file: &str, line: usize) -> Vec<Highlight> {
    let finder = Finder::new(built);
    let is_here = |origin: &Origin| is_same_file(&origin.place, file) && origin.includes(line);
    let mut found: Vec<Highlight> = Vec::new();
    for run in built.builder.text_runs(&built.job, &built.rendered, &built.pages) {
        let explanation = finder.explain(&run);
        let mut last: Option<Highlight> = None;
        for cluster in &run.clusters {
            if !explanation.at(&cluster.range).iter().any(is_here) {
                found.extend(last.take());
                continue;
            }
            let [left, top, right, bottom] = cluster.bounds;
            match &mut last {
                Some(last) => {
                    let bounds = &mut last.bounds;
                    *bounds = [bounds[0].min(left), bounds[1].min(top), bounds[2].max(right), bounds[3].max(bottom)];
                }
                None => last = Some(Highlight { document, page: run.page, bounds: cluster.bounds }),
            }
        }
        found.extend(last);
    }
    found
}

/// Returns whether a path from outside names the file of a place: as a diagnostic shows it, or any other path to it.
fn is_same_file(place: &Place, path: &str) -> bool {
    let known = &place.file.path;
    if place.file.origin == diagnostic::Origin::Embedded || known == path {
        return known == path || place.file.display_path() == path;
    }
    let canonical = |path: &str| std::path::Path::new(path).canonicalize().ok();
    canonical(path).is_some_and(|path| canonical(known) == Some(path))
}

/// Finds the origins of the texts of one document.
struct Finder<'a> {
    built: &'a BuiltPages,
    locales: Vec<&'a Locale>,
    results: &'a Results,
    /// What the locales have printed, without marks.
    texts: Vec<(String, &'a ResolvedText)>,
    /// The texts of the facts in the languages of the document, each form with its place.
    names: Vec<(String, Range<usize>)>,
    /// Values of the facts that are neither figures nor texts.
    values: Vec<(Value, Range<usize>)>,
}

impl<'a> Finder<'a> {
    fn new(built: &'a BuiltPages) -> Self {
        let (results, city) = built.job.facts(&built.builder.project);
        let is_of_document = |locale: &&Locale| built.job.id.languages.contains(&locale.name);
        let locales: Vec<&Locale> = built.builder.locales.iter().filter(is_of_document).collect();
        let texts = built.texts.iter().map(|text| (plain(&text.text), text)).filter(|(text, _)| !text.is_empty());
        Self {
            built,
            texts: texts.collect(),
            names: names(results, city, &locales),
            values: values(results, city),
            results,
            locales,
        }
    }

    /// Finds the message that printed a run, and where in its text the run is.
    fn explain(&self, run: &'a TextRun) -> Explanation<'_> {
        let (whole, offset) = match &run.printed {
            Some((text, offset)) => (text.as_str(), *offset),
            None => (run.text.trim_end(), 0),
        };
        let whole = plain(whole);
        let rank = |text: &str| match () {
            () if text == whole => Some(0),
            // A message in a list of several.
            () if run.printed.is_some() && whole.contains(text) && text.chars().count() > 1 => Some(2),
            // The part of a message on one line.
            () if run.printed.is_none() && text.contains(&whole) && whole.chars().count() > 1 => Some(1),
            () => None,
        };
        let ranked: Vec<_> = self.texts.iter().filter_map(|(plain, text)| Some((rank(plain)?, plain, *text))).collect();
        let best = ranked.iter().map(|(rank, ..)| *rank).min();
        let texts = ranked.into_iter().filter(|(rank, ..)| Some(*rank) == best).map(|(_, plain, text)| {
            let start = match best {
                Some(1) => -isize::try_from(plain.find(&whole).unwrap_or_default()).unwrap_or_default(),
                _ => isize::try_from(whole.find(plain.as_str()).unwrap_or_default()).unwrap_or_default(),
            };
            (start, plain.as_str(), text)
        });
        let mut texts: Vec<_> = texts.collect();
        // The sentence comes before the messages that format its values.
        texts.sort_by_key(|(_, plain, _)| std::cmp::Reverse(plain.len()));
        Explanation { texts, finder: self, run, offset, whole }
    }
}

/// What is known about a run.
struct Explanation<'a> {
    finder: &'a Finder<'a>,
    run: &'a TextRun,
    /// The text that contains the run.
    whole: String,
    /// Where the run begins in it.
    offset: usize,
    /// The texts that a locale has printed there, each with the offset in [`Self::whole`] at which it begins. The offset is
    /// negative if it begins before the run.
    texts: Vec<(isize, &'a str, &'a ResolvedText)>,
}

impl Explanation<'_> {
    /// Returns the origins of a part of the run, the most specific first.
    fn at(&self, range: &Range<usize>) -> Vec<Origin> {
        let at = self.offset + range.start;
        let mut found: Vec<Origin> = Vec::new();
        for (start, plain, text) in &self.texts {
            let Some(inside) = offset_in(at, *start).filter(|inside| *inside < plain.len()) else { continue };
            for value in &text.values {
                if covers(plain, &super::origins::plain(&value.text), inside) {
                    found.extend(self.finder.places_of_value(&value.value));
                }
            }
            let locale = self.finder.locales.iter().find(|locale| locale.chain().any(|name| name == text.locale));
            let message = locale.filter(|_| !text.id.is_empty()).and_then(|locale| locale.message_place(&text.id));
            found.extend(message.map(|place| Origin { kind: OriginKind::Message, name: text.id.clone(), place }));
        }
        if !found.iter().any(|origin| origin.kind == OriginKind::Fact) {
            found.extend(self.names_at(at));
        }
        let kind = |place: &Place| if place.file.path.ends_with(SUFFIX) { OriginKind::Template } else { OriginKind::Style };
        if let Some(place) = &self.run.place {
            if !found.iter().any(|origin| matches!(origin.kind, OriginKind::Fact | OriginKind::Message)) {
                let finder = self.finder;
                let (_, city) = finder.built.job.facts(&finder.built.builder.project);
                let templates = &finder.built.builder.project.templates;
                let printed = templates.find_printed_places(place, finder.results, &finder.locales, city);
                found.extend(printed.into_iter().map(|place| {
                    let is_message = place.file.path.ends_with(".ftl");
                    let kind = if is_message { OriginKind::Message } else { OriginKind::Fact };
                    Origin { kind, name: String::new(), place }
                }));
            }
            found.push(Origin { kind: kind(place), name: String::new(), place: place.clone() });
        }
        found.sort_by_key(|origin| origin.kind);
        let mut known = Vec::new();
        found.retain(|origin| {
            let key = origin.place.location();
            let is_new = !known.contains(&key);
            known.push(key);
            is_new
        });
        found
    }
}

impl Explanation<'_> {
    /// Returns the texts of the facts that a message or the template prints at an offset: the longest of them.
    fn names_at(&self, at: usize) -> Vec<Origin> {
        let messages = self.texts.iter().filter_map(|(start, plain, _)| Some((*plain, offset_in(at, *start)?)));
        let contexts: Vec<(&str, usize)> = messages.chain([(self.whole.as_str(), at)]).collect();
        let is_here = |name: &str| contexts.iter().any(|(text, at)| covers(text, name, *at));
        let found: Vec<_> = self.finder.names.iter().filter(|(name, _)| is_here(name)).collect();
        let longest = found.iter().map(|(name, _)| name.len()).max();
        found.into_iter().filter(|(name, _)| Some(name.len()) == longest).map(|(_, span)| self.finder.fact(span)).collect()
    }
}

/// Returns the offset from `start`, which may be negative.
fn offset_in(at: usize, start: isize) -> Option<usize> {
    usize::try_from(isize::try_from(at).ok()? - start).ok()
}

impl Finder<'_> {
    fn fact(&self, span: &Range<usize>) -> Origin {
        Origin { kind: OriginKind::Fact, name: String::new(), place: self.results.place(span) }
    }

    fn places_of_value(&self, value: &Value) -> Vec<Origin> {
        match value {
            Value::Figure(figure) if !figure.span.is_empty() => vec![self.fact(&figure.span)],
            Value::Name(forms) if !forms.span.is_empty() => vec![self.fact(&forms.span)],
            value => self.values.iter().filter(|(known, _)| known == value).map(|(_, span)| self.fact(span)).collect(),
        }
    }
}

/// Returns whether `part` is in `whole` at a place that includes the byte `at`.
fn covers(whole: &str, part: &str, at: usize) -> bool {
    !part.is_empty() && whole.match_indices(part).any(|(start, part)| (start..start + part.len()).contains(&at))
}

/// Removes marks and forced line breaks.
fn plain(text: &str) -> String {
    marks::strip(text).replace(['\u{2028}', '\n'], "")
}

/// Returns all forms of the texts of the facts in some languages.
fn names(results: &Results, city: Option<&City>, locales: &[&Locale]) -> Vec<(String, Range<usize>)> {
    let texts = results.texts().into_iter().chain(city.into_iter().flat_map(City::texts));
    let mut found = Vec::new();
    for text in texts {
        for forms in locales.iter().filter_map(|locale| locale.chain().find_map(|name| text.find(name))) {
            let NameForms { name, others, span } = &*forms;
            let apply = |text: &String| locales.iter().map(|locale| plain(&locale.settings.typography.apply(text))).collect::<Vec<_>>();
            found.extend(std::iter::once(name).chain(others.values()).flat_map(apply).map(|text| (text, span.clone())));
        }
    }
    found.retain(|(name, _)| name.chars().count() > 1);
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.start.cmp(&b.1.start)));
    found.dedup();
    found
}

/// Returns the dates and ranks of the facts with their spans.
fn values(results: &Results, city: Option<&City>) -> Vec<(Value, Range<usize>)> {
    let edition = &results.edition;
    let mut dates: Vec<(Period, Range<usize>)> = vec![
        ((*edition.announced).into(), edition.announced.span.clone()),
        ((*edition.published).into(), edition.published.span.clone()),
        ((*results.programme.founded).into(), results.programme.founded.span.clone()),
    ];
    dates.extend(edition.expires.iter().map(|date| ((**date).into(), date.span.clone())));
    dates.extend(results.embargo.iter().map(|embargo| ((*embargo.until).into(), embargo.until.span.clone())));
    let mut numbers = Vec::new();
    let cities: Vec<&City> = city.map_or_else(|| results.selected(), |city| vec![city]);
    let mut facts: Vec<&ProjectFact> = edition.project_facts.values().collect();
    for city in cities {
        dates.extend(city.milestones.values().map(|date| (**date, date.span.clone())));
        numbers.extend(city.rank.map(|rank| (Value::Number(rank.into()), city.rank_span.clone())));
        facts.extend(city.project_facts.values());
    }
    dates.extend(facts.into_iter().filter_map(|fact| match fact {
        ProjectFact::Date(date) => Some((**date, date.span.clone())),
        _ => None,
    }));
    dates.into_iter().map(|(date, span)| (Value::Date(date), span)).chain(numbers).collect()
}
