//! From a text on a page to the facts, messages, templates and style modules that printed it, and back.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::editor::Editor;
use super::state::{BuiltPages, Highlight};
use super::variants::PrintedText;
use crate::diagnostic::{FileOrigin, Place};
use crate::locale::trace::{ResolvedText, ResolvedValue};
use crate::locale::{Locale, Value, text_marks};
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
    /// Returns its name on the page.
    pub fn as_str(self) -> &'static str {
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
    /// What a value or a message has printed at the point.
    pub printed: Option<PrintedText>,
}

impl Origin {
    /// The longest excerpt, in lines.
    const MAX_LINES: usize = 8;

    /// Returns the place with its lines, as the page shows them.
    pub(super) fn to_json(&self, editor: Option<&Editor>) -> Json {
        let file = &self.place.file;
        let (line, column) = file.line_column(self.place.range.start);
        let is_on_disk = file.origin == FileOrigin::Disk;
        let start = file.text[..self.place.range.start].rfind('\n').map_or(0, |at| at + 1);
        let lines = file.text[start..].lines().take(self.line_count());
        let mut json = json!({
            "kind": self.kind.as_str(),
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
    // What is drawn last is on top.
    let hit = runs.iter().enumerate().rev().filter(|(_, run)| run.page == page).find_map(|(index, run)| {
        let cluster = run.clusters.iter().find(|cluster| cluster.contains(x, y))?;
        Some((index, cluster.range.clone()))
    });
    hit.map(|(index, range)| Finder::new(built).explain(&runs, index).at(&range)).unwrap_or_default()
}

/// Returns the parts of the pages that a line of a file has printed.
pub(super) fn of_line(built: &BuiltPages, document: usize, file: &str, line: usize) -> Vec<Highlight> {
    let finder = Finder::new(built);
    let is_here = |origin: &Origin| is_same_file(&origin.place, file) && origin.includes(line);
    let mut found: Vec<Highlight> = Vec::new();
    let runs = built.builder.text_runs(&built.job, &built.rendered, &built.pages);
    for (index, run) in runs.iter().enumerate() {
        let explanation = finder.explain(&runs, index);
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
    if place.file.origin == FileOrigin::Embedded || known == path {
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
    texts: Vec<PlainText<'a>>,
    /// The texts of the facts in the languages of the document, each form with its place.
    fact_texts: Vec<(String, Range<usize>)>,
    /// Values of the facts that are neither figures nor texts.
    dates_and_ranks: Vec<(Value, Range<usize>)>,
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
            fact_texts: find_fact_texts(results, city, &locales),
            dates_and_ranks: find_dates_and_ranks(results, city),
            results,
            locales,
        }
    }

    /// Finds the messages that printed a run, and where in their texts it is.
    fn explain(&self, runs: &'a [TextRun], index: usize) -> Explanation<'_> {
        let run = &runs[index];
        let (whole, offset) = match &run.printed {
            Some((text, offset)) => (plain(text), plain_offset(text, *offset)),
            None => (plain(&run.text), 0),
        };
        let mut texts = self.match_sequences(&whole);
        if texts.is_empty() && run.printed.is_some() {
            texts = self.match_parts(&whole);
        }
        if texts.is_empty() {
            texts = self.match_surroundings(runs, index, &whole);
        }
        // The sentence comes before the messages that format its values.
        texts.sort_by_key(|(_, text)| std::cmp::Reverse(text.0.len()));
        Explanation { finder: self, run, offset, whole, texts }
    }

    /// Finds texts printed one after another that together are the whole text.
    fn match_sequences(&self, whole: &str) -> Vec<TextMatch<'_>> {
        let mut found = Vec::new();
        for first in 0..self.texts.len() {
            let mut length = 0;
            let mut sequence = Vec::new();
            for text in &self.texts[first..] {
                if !whole[length..].starts_with(&text.0) {
                    break;
                }
                sequence.push((signed(length), text));
                length += text.0.len();
                if length == whole.len() {
                    found.append(&mut sequence);
                    break;
                }
            }
        }
        found
    }

    /// Finds texts that are parts of the whole text, such as the items of a list.
    fn match_parts(&self, whole: &str) -> Vec<TextMatch<'_>> {
        let is_part = |text: &&PlainText<'_>| text.0.chars().count() > 1;
        let found = self.texts.iter().filter(is_part).filter_map(|text| Some((signed(whole.find(&text.0)?), text)));
        found.collect()
    }

    /// Finds texts of which the run is a part: a line of a message, or words that a style module sets apart. The texts before
    /// and after it on the page tell apart messages that have the same words.
    fn match_surroundings(&self, runs: &[TextRun], index: usize, whole: &str) -> Vec<TextMatch<'_>> {
        /// A text of this length, in characters, is unlikely to be in several messages.
        const MIN_LENGTH: usize = 8;
        let page = runs[index].page;
        let neighbour = |at: Option<usize>| {
            let run = at.and_then(|at| runs.get(at)).filter(|run| run.page == page);
            run.map(|run| plain(&run.text)).unwrap_or_default()
        };
        let (before, after) = (neighbour(index.checked_sub(1)), neighbour(index.checked_add(1)));
        let contexts = [
            (before.len(), format!("{before}{whole}{after}")),
            (before.len(), format!("{before}{whole}")),
            (0, format!("{whole}{after}")),
            (0, whole.trim_end().to_owned()),
        ];
        let is_long = |text: &str| text.chars().count() >= MIN_LENGTH;
        for (start, context) in contexts.iter().filter(|(_, context)| is_long(context)) {
            let found = self.texts.iter().filter_map(|text| {
                let at = text.0.find(context.as_str())? + start;
                Some((-signed(at), text))
            });
            let found: Vec<TextMatch<'_>> = found.collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// The plain form of a text that a locale has printed, and the text.
type PlainText<'a> = (String, &'a ResolvedText);
/// A printed text, and its start in [`Explanation::whole`], in bytes: negative if the text begins before `whole`.
type TextMatch<'a> = (isize, &'a PlainText<'a>);

fn signed(offset: usize) -> isize {
    isize::try_from(offset).unwrap_or(isize::MAX)
}

/// What is known about a run.
struct Explanation<'a> {
    finder: &'a Finder<'a>,
    run: &'a TextRun,
    /// The text that contains the run.
    whole: String,
    /// Where the run begins in it.
    offset: usize,
    /// The texts that a locale has printed there.
    texts: Vec<TextMatch<'a>>,
}

impl Explanation<'_> {
    /// Returns the origins of a part of the run, the most specific first.
    fn at(&self, range: &Range<usize>) -> Vec<Origin> {
        let at = self.offset + plain_offset(&self.run.text, range.start);
        let mut found: Vec<Origin> = Vec::new();
        for (start, (message, text)) in &self.texts {
            let Some(inside) = offset_in(at, *start).filter(|inside| *inside < message.len()) else { continue };
            for value in &text.values {
                if covers(message, &plain(&value.text), inside) {
                    found.extend(self.finder.places_of_value(value));
                }
            }
            let locale = self.finder.locales.iter().find(|locale| locale.chain().any(|name| name == text.locale));
            let place = locale.filter(|_| !text.id.is_empty()).and_then(|locale| locale.message_place(&text.id));
            found.extend(place.map(|place| {
                let printed = Some(PrintedText { text: message.clone(), at: inside });
                Origin { kind: OriginKind::Message, name: text.id.clone(), place, printed }
            }));
        }
        if !found.iter().any(|origin| origin.kind == OriginKind::Fact) {
            found.extend(self.fact_texts_at(at));
        }
        let kind =
            |place: &Place| if place.file.path.ends_with(SUFFIX) { OriginKind::Template } else { OriginKind::Style };
        if let Some(place) = &self.run.place {
            if !found.iter().any(|origin| matches!(origin.kind, OriginKind::Fact | OriginKind::Message)) {
                let finder = self.finder;
                let (_, city) = finder.built.job.facts(&finder.built.builder.project);
                let templates = &finder.built.builder.project.templates;
                let printed = templates.find_printed_places(place, finder.results, &finder.locales, city);
                found.extend(printed.into_iter().map(|place| {
                    let is_message = place.file.path.ends_with(".ftl");
                    let kind = if is_message { OriginKind::Message } else { OriginKind::Fact };
                    Origin { kind, name: String::new(), place, printed: None }
                }));
            }
            found.push(Origin { kind: kind(place), name: String::new(), place: place.clone(), printed: None });
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
    fn fact_texts_at(&self, at: usize) -> Vec<Origin> {
        let messages =
            self.texts.iter().filter_map(|(start, (plain, _))| Some((plain.as_str(), offset_in(at, *start)?)));
        let contexts: Vec<(&str, usize)> = messages.chain([(self.whole.as_str(), at)]).collect();
        let is_here = |name: &str| contexts.iter().any(|(text, at)| covers(text, name, *at));
        let found: Vec<_> = self.finder.fact_texts.iter().filter(|(name, _)| is_here(name)).collect();
        let longest = found.iter().map(|(name, _)| name.len()).max();
        found
            .into_iter()
            .filter(|(name, _)| Some(name.len()) == longest)
            .map(|(name, span)| self.finder.fact(span, name))
            .collect()
    }
}

/// Returns the offset from `start`, which may be negative.
fn offset_in(at: usize, start: isize) -> Option<usize> {
    usize::try_from(isize::try_from(at).ok()? - start).ok()
}

impl Finder<'_> {
    fn fact(&self, span: &Range<usize>, printed: &str) -> Origin {
        let printed = Some(PrintedText { text: printed.to_owned(), at: 0 });
        Origin { kind: OriginKind::Fact, name: String::new(), place: self.results.place(span), printed }
    }

    fn places_of_value(&self, value: &ResolvedValue) -> Vec<Origin> {
        match &value.value {
            Value::Figure(figure) if !figure.span.is_empty() => vec![self.fact(&figure.span, &value.text)],
            // The place of a map without braces is a point.
            Value::Name(forms) if forms.span.end > 0 => vec![self.fact(&forms.span, &value.text)],
            known => {
                let same = self.dates_and_ranks.iter().filter(|(other, _)| other == known);
                same.map(|(_, span)| self.fact(span, &value.text)).collect()
            }
        }
    }
}

/// Returns whether `part` is in `whole` at a place that includes the byte `at`.
fn covers(whole: &str, part: &str, at: usize) -> bool {
    !part.is_empty() && whole.match_indices(part).any(|(start, part)| (start..start + part.len()).contains(&at))
}

/// Removes marks, forced line breaks and soft hyphens. No-break spaces become spaces: style modules set some for the end of a
/// paragraph.
fn plain(text: &str) -> String {
    let text = text_marks::strip(text);
    let kept = text.chars().filter(|c| !matches!(c, '\u{2028}' | '\n' | '\u{ad}' | '\u{2060}'));
    kept.map(|c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c }).collect()
}

/// Returns the offset in [`plain`] text that corresponds to an offset in the text.
fn plain_offset(text: &str, offset: usize) -> usize {
    plain(text.get(..offset).unwrap_or(text)).len()
}

/// Returns all forms of the texts of the facts in some languages.
fn find_fact_texts(results: &Results, city: Option<&City>, locales: &[&Locale]) -> Vec<(String, Range<usize>)> {
    let texts = results.texts().into_iter().chain(city.into_iter().flat_map(City::texts));
    let mut found = Vec::new();
    for text in texts {
        for forms in locales.iter().filter_map(|locale| locale.chain().find_map(|name| text.find(name))) {
            let NameForms { name, others, span } = &*forms;
            let apply = |text: &String| {
                locales.iter().map(|locale| plain(&locale.settings.typography.apply(text))).collect::<Vec<_>>()
            };
            found.extend(std::iter::once(name).chain(others.values()).flat_map(apply).map(|text| (text, span.clone())));
        }
    }
    found.retain(|(name, _)| name.chars().count() > 1);
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.start.cmp(&b.1.start)));
    found.dedup();
    found
}

/// Returns the dates and ranks of the facts with their spans.
fn find_dates_and_ranks(results: &Results, city: Option<&City>) -> Vec<(Value, Range<usize>)> {
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
