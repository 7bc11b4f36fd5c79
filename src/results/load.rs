//! From the YAML tree to the facts. Every mistake of the file is found in one reading.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fixed_decimal::Decimal;

use super::bulk::{self, Bulk, Survey};
use super::figure::less;
use super::files::Files;
use super::read::{Fields, Placed, Reader};
use super::sense;
use super::yaml::{Node, Value, parse};
use super::{
    City, Contact, Date, Edition, Embargo, Facts, Figure, FigureRef, Figures, Forms, Hedge, Nature, Organiser, Period,
    Photo, Programme, Quotation, Results, Route, Signatory, Source, Status, Text, decimal,
};
use crate::diagnostic::{Diagnostic, SourceFile, code};
use crate::project::reason;

/// Finds what the results name beside their file.
pub type Beside<'a> = &'a dyn Fn(&str) -> std::io::Result<Option<PathBuf>>;

/// Reads a results file alone, or says everything that is wrong with it.
pub fn load(file: &Arc<SourceFile>) -> Result<Results, Vec<Diagnostic>> {
    match read(file, None, None, false) {
        (Some(results), problems) if problems.is_empty() => Ok(results),
        (_, problems) => Err(problems),
    }
}

/// The facts of a results file that can be read, and everything that is wrong with it: facts that contradict each
/// other are facts still. Cities that stand elsewhere are found `beside` it, or in `records`; those that are `trusted`
/// were read before.
pub fn read(
    file: &Arc<SourceFile>,
    beside: Option<Beside<'_>>,
    records: Option<&Path>,
    trusted: bool,
) -> (Option<Results>, Vec<Diagnostic>) {
    let root = match parse(file) {
        Ok(root) => root,
        Err(problem) => return (None, vec![problem]),
    };
    let mut files = Files::new(file);
    let reader = Reader::new(files.clone());
    let facts = reader.facts(&root, file);
    let mut problems = reader.into_problems();
    let Some(mut facts) = facts.filter(|_| problems.is_empty()) else { return (None, sorted(problems)) };
    if let Some(path) = records {
        match &mut facts.bulk {
            Some(bulk) => bulk.found(path),
            none => *none = Some(Bulk::named(path)),
        }
    } else if let (Some(bulk), Some(beside)) = (&mut facts.bulk, beside) {
        match beside(&bulk.from.value) {
            Ok(Some(path)) => bulk.found(&path),
            Ok(None) => problems.push(absent(&files, &bulk.from, "there is no such file or folder")),
            Err(error) => problems.push(absent(&files, &bulk.from, &reason(&error))),
        }
    }
    if let Some(bulk) = &facts.bulk
        && problems.is_empty()
        && (beside.is_some() || records.is_some())
    {
        problems.extend(bulk.unknown_kind(&files));
    }
    if !problems.is_empty() {
        return (None, problems);
    }
    let opened = facts.bulk.take_if(|_| beside.is_some() || records.is_some());
    let facts = match opened {
        Some(bulk) => bulk::gathered(bulk, facts, &mut files, &mut problems, trusted),
        None => facts.into(),
    };
    let results = Results { facts, files };
    problems.extend(references(&results));
    problems.extend(sense::check(&results));
    (Some(results), sorted(problems))
}

fn absent(files: &Files, from: &Placed<String>, why: &str) -> Diagnostic {
    Diagnostic::error(code::DANGLING, format!("the cities are not found in `{}`: {why}", from.value))
        .place(files.place(&from.span))
        .help("the path starts in the folder of the results file and stays in it; --records names any other")
}

fn sorted(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort_by_key(Diagnostic::sort_key);
    problems
}

/// What one part of the file says of another.
fn references(results: &Results) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut ids: BTreeMap<&str, &City> = BTreeMap::new();
    let mut serials: BTreeMap<String, &City> = BTreeMap::new();
    for city in &results.cities {
        if let Some(first) = ids.insert(&city.id, city) {
            problems.push(twice(results, city).place(results.place(&first.span).labelled("the first is here")));
        }
        if city.status != Status::Selected {
            continue;
        }
        let serial = city.serial(&results.edition);
        if let Some(first) = serials.insert(serial.clone(), city) {
            problems.push(
                same_serial(results, city, &serial).place(results.place(&first.span).labelled("the first is here")),
            );
        }
    }
    problems.extend(results.cities.iter().flat_map(|city| city_references(results, city)));
    sources(results, &results.edition.figures, &mut problems);
    for key in &results.edition.key_figures {
        let found = match &key.city {
            None => results.edition.figures.contains_key(&key.figure),
            Some(id) => ids.get(id.as_str()).is_some_and(|city| city.figures.contains_key(&key.figure)),
        };
        if !found {
            let known = results.edition.figures.keys().map(String::as_str);
            problems.push(
                unknown(results, "figure", &key.figure, &results.edition.verification.span).suggest(&key.figure, known),
            );
        }
    }
    problems
}

pub(super) fn twice(results: &Results, city: &City) -> Diagnostic {
    Diagnostic::error(code::DUPLICATE, format!("two cities have the id `{}`", city.id))
        .place(results.place(&city.span))
        .help("an id names the files of one city: give each its own")
}

pub(super) fn same_serial(results: &Results, city: &City, serial: &str) -> Diagnostic {
    Diagnostic::error(code::DUPLICATE, format!("two certificates would bear the serial number {serial}"))
        .place(results.place(&city.span))
        .help("cities of equal rank need a `serial` each")
}

/// What a city says of other parts of the results.
pub(super) fn city_references(results: &Results, city: &City) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    sources(results, &city.figures, &mut problems);
    for key in city.key_figures.iter().filter(|key| key.city.is_some() || !city.figures.contains_key(&key.figure)) {
        let known = city.figures.keys().map(String::as_str);
        problems.push(unknown(results, "figure", &key.figure, &city.span).suggest(&key.figure, known));
    }
    problems
}

fn sources(results: &Results, figures: &Figures, problems: &mut Vec<Diagnostic>) {
    for figure in figures.values() {
        if let Some(source) = figure.source.as_deref().filter(|s| !results.sources.contains_key(*s)) {
            let known = results.sources.keys().map(String::as_str);
            problems.push(unknown(results, "source", source, &figure.span).suggest(source, known));
        }
    }
}

fn unknown(results: &Results, what: &str, name: &str, span: &Range<usize>) -> Diagnostic {
    Diagnostic::error(code::DANGLING, format!("there is no {what} `{name}`")).place(results.place(span))
}

impl Reader {
    fn facts(&self, root: &Node, file: &Arc<SourceFile>) -> Option<Facts> {
        let f = self.fields(root, "results file")?;
        let specimen = f.optional("specimen").and_then(|n| self.flag(n)).unwrap_or(false);
        let programme = f.required("programme").and_then(|n| self.programme(n));
        let organiser = f.required("organiser").and_then(|n| self.organiser(n));
        let edition = f.required("edition").and_then(|n| self.edition(n));
        let embargo = f.optional("embargo").and_then(|n| self.embargo(n));
        let contact = f.required("contact").and_then(|n| self.contact(n));
        let signatories = f.required("signatories").and_then(|n| self.signatories(n));
        let sources = f.optional("sources").map_or(Some(BTreeMap::new()), |n| self.named(n, |n| self.source(n)));
        let (mut cities, mut bulk) = (Some(Vec::new()), None);
        match f.required("cities") {
            Some(node @ Node { value: Value::Map(_), .. }) => bulk = Some(self.bulk(node)?),
            node => cities = node.and_then(|n| self.list(n, |n| self.city(n))),
        }
        f.finish();
        let cities = cities?;
        Some(Facts {
            file: file.clone(),
            digest: root.sum(&["cities"]),
            by_id: cities.iter().enumerate().rev().map(|(at, city)| (city.id.clone(), at)).collect(),
            bulk,
            survey: Survey::default(),
            specimen,
            programme: programme?,
            organiser: organiser?,
            edition: edition?,
            embargo,
            contact: contact?,
            signatories: signatories?,
            sources: sources?,
            cities,
        })
    }

    fn programme(&self, node: &Node) -> Option<Programme> {
        let f = self.fields(node, "programme")?;
        let (name, short, initials) =
            (self.named_text(&f, "name"), self.named_text(&f, "short"), self.named_text(&f, "initials"));
        let founded = f.required("founded").and_then(|n| self.placed(n, self.date(n)));
        f.finish();
        Some(Programme { name: name?, short: short?, initials: initials?, founded: founded? })
    }

    fn organiser(&self, node: &Node) -> Option<Organiser> {
        let f = self.fields(node, "organiser")?;
        let (name, acronym) = (self.named_text(&f, "name"), self.named_text(&f, "acronym"));
        f.finish();
        Some(Organiser { name: name?, acronym: acronym? })
    }

    fn edition(&self, node: &Node) -> Option<Edition> {
        let f = self.fields(node, "edition")?;
        let number = f.required("number").and_then(|n| self.count(n));
        let announced = f.required("announced").and_then(|n| self.placed(n, self.day(n)));
        let published = f.required("published").and_then(|n| self.placed(n, self.day(n)));
        let place = self.named_text(&f, "place");
        let convention = self.named_text(&f, "convention");
        let conference = self.named_text(&f, "conference");
        let routes = f
            .optional("routes")
            .map_or(Some(Vec::new()), |n| self.list(n, |n| self.word(n, "route", Route::parse, Route::WORDS)));
        let figures = f.optional("figures").map_or(Some(Figures::new()), |n| self.named(n, |n| self.figure(n)));
        let key_figures = f.optional("key-figures").map_or(Some(Vec::new()), |n| self.list(n, |n| self.figure_ref(n)));
        let verification = f.required("verification").and_then(|n| self.address(n));
        f.finish();
        Some(Edition {
            number: number?,
            announced: announced?,
            published: published?,
            place: place?,
            convention: convention?,
            conference: conference?,
            routes: routes?,
            figures: figures?,
            key_figures: key_figures?,
            verification: verification?,
        })
    }

    fn embargo(&self, node: &Node) -> Option<Embargo> {
        let f = self.fields(node, "embargo")?;
        let until = f.required("until").and_then(|n| self.placed(n, self.date(n)));
        let zone = f.optional("zone").and_then(|n| self.localised(n));
        let span = f.span.clone();
        f.finish();
        let until = until?;
        if until.time.is_some() != zone.is_some() {
            self.wrong(
                code::MISSING_KEY,
                &span,
                "an embargo needs a clock time and its zone, or neither",
                "write `until: 2025-12-08T10:00` and `zone: {en: Beijing time, …}`",
            );
        }
        Some(Embargo { until, zone })
    }

    fn contact(&self, node: &Node) -> Option<Contact> {
        let f = self.fields(node, "contact")?;
        let office = self.named_text(&f, "office");
        let website = f.optional("website").and_then(|n| self.address(n));
        let email = f.optional("email").and_then(|n| self.text(n));
        let phone = f.optional("phone").and_then(|n| self.text(n));
        f.finish();
        Some(Contact { office: office?, website, email, phone })
    }

    fn signatories(&self, node: &Node) -> Option<Vec<Signatory>> {
        let list = self.list(node, |node| {
            let f = self.fields(node, "signatory")?;
            let office = self.named_text(&f, "office");
            let name = f.optional("name").and_then(|n| self.localised(n));
            f.finish();
            Some(Signatory { office: office?, name })
        })?;
        if list.is_empty() || list.len() > 3 {
            self.wrong(
                code::WRONG_VALUE,
                &node.span,
                format!("a certificate has room for one to three signatures, not {}", list.len()),
                "name the one, two or three offices that sign",
            );
        }
        Some(list)
    }

    fn source(&self, node: &Node) -> Option<Source> {
        let f = self.fields(node, "source")?;
        let name = self.named_text(&f, "name");
        let published = f.optional("published").and_then(|n| self.date(n));
        f.finish();
        Some(Source { name: name?, published })
    }

    pub(super) fn city(&self, node: &Node) -> Option<City> {
        let f = self.fields(node, "city")?;
        let id = f.required("id").and_then(|n| self.text(n)).filter(|id| self.identifier(&id.value, &id.span));
        let name = self.named_text(&f, "name");
        let country = self.named_text(&f, "country");
        let status = f.required("status").and_then(|n| self.word(n, "status", Status::parse, Status::WORDS));
        let rank = match status {
            Some(Status::Selected) => f.required("rank").and_then(|n| self.count(n)),
            _ => Some(f.optional("rank").and_then(|n| self.count(n)).unwrap_or(u32::MAX)),
        };
        let rank_span = f.optional("rank").map(|n| n.span.clone());
        let serial = f.optional("serial").and_then(|n| self.serial(n));
        let route = f.optional("route").and_then(|n| self.word(n, "route", Route::parse, Route::WORDS));
        let figures = f.optional("figures").map_or(Some(Figures::new()), |n| self.named(n, |n| self.figure(n)));
        let key_figures = f.optional("key-figures").map_or(Some(Vec::new()), |n| self.list(n, |n| self.figure_ref(n)));
        let milestones = f.optional("milestones").map_or(Some(BTreeMap::new()), |n| self.named(n, |n| self.period(n)));
        let photo = f.optional("photo").and_then(|n| self.photo(n));
        let quotation = f.optional("quotation").and_then(|n| self.quotation(n));
        f.finish();
        let id = id?;
        Some(City {
            rank_span: rank_span.unwrap_or_else(|| id.span.clone()),
            span: id.span,
            digest: node.sum(&[]),
            id: id.value,
            name: name?,
            country: country?,
            status: status?,
            rank: rank?,
            serial,
            route,
            figures: figures?,
            key_figures: key_figures?,
            milestones: milestones?,
            photo,
            quotation,
        })
    }

    fn figure(&self, node: &Node) -> Option<Figure> {
        let f = self.fields(node, "figure")?;
        let (min, value) = self.value(&f);
        let unit = f.required("unit").and_then(|n| self.text(n)).filter(|u| self.identifier(&u.value, &u.span));
        let hedge =
            f.optional("hedge").map_or(Some(Hedge::Exact), |n| self.word(n, "hedge", Hedge::parse, Hedge::WORDS));
        let nature = f.optional("nature").and_then(|n| self.word(n, "nature", Nature::parse, Nature::WORDS));
        let period = f.optional("period").and_then(|n| self.period(n));
        let source = f.optional("source").and_then(|n| self.text(n));
        f.finish();
        let value = value?;
        Some(Figure {
            span: value.span,
            value: value.value,
            min,
            unit: unit?.value,
            hedge: hedge?,
            nature,
            period,
            source: source.map(|s| s.value),
        })
    }

    /// The lower end of a range, if there is one, and the value or the upper end.
    fn value(&self, f: &Fields<'_>) -> (Option<Decimal>, Option<Placed<Decimal>>) {
        let (min, max) = (f.optional("min"), f.optional("max"));
        if min.is_none() && max.is_none() {
            return (None, f.required("value").and_then(|n| self.number(n)));
        }
        let [value, hedge] = [f.optional("value"), f.optional("hedge")];
        for (node, name) in [(value, "value"), (hedge, "hedge")] {
            if let Some(node) = node {
                self.wrong(
                    code::WRONG_VALUE,
                    &node.span,
                    format!("a range has no `{name}`"),
                    "keep `min` and `max`, or write one `value` with its `hedge`",
                );
            }
        }
        let min = f.required("min").and_then(|n| self.number(n));
        let max = f.required("max").and_then(|n| self.number(n));
        if let (Some(min), Some(max)) = (&min, &max)
            && !less(&min.value, &max.value)
        {
            self.wrong(
                code::WRONG_VALUE,
                &max.span,
                "`max` of a range must be greater than `min`",
                "exchange them, or write one `value`",
            );
            return (None, None);
        }
        (min.map(|m| m.value), max)
    }

    fn photo(&self, node: &Node) -> Option<Photo> {
        let f = self.fields(node, "photo")?;
        let file = f.required("file").and_then(|n| self.text(n));
        let (credit, alt, caption) =
            (self.named_text(&f, "credit"), self.named_text(&f, "alt"), self.named_text(&f, "caption"));
        f.finish();
        Some(Photo { file: file?, credit: credit?, alt: alt?, caption: caption? })
    }

    fn quotation(&self, node: &Node) -> Option<Quotation> {
        let f = self.fields(node, "quotation")?;
        let (text, speaker, role) =
            (self.named_text(&f, "text"), self.named_text(&f, "speaker"), self.named_text(&f, "role"));
        f.finish();
        Some(Quotation { text: text?, speaker: speaker?, role: role? })
    }

    fn placed<T>(&self, node: &Node, value: Option<T>) -> Option<Placed<T>> {
        value.map(|value| Placed { value, span: node.span.clone() })
    }

    fn named_text(&self, fields: &Fields<'_>, name: &'static str) -> Option<Text> {
        fields.required(name).and_then(|node| self.localised(node))
    }

    /// A plain text is the same in all languages; a map gives one for each.
    fn localised(&self, node: &Node) -> Option<Text> {
        let entries = match &node.value {
            Value::Map(entries) if entries.is_empty() => {
                self.wrong(
                    code::WRONG_VALUE,
                    &node.span,
                    "the text is in no language",
                    "write it, or one for each language: {en: …, fr: …}",
                );
                return None;
            }
            Value::Map(_) => self
                .entries(node, |key, value| Some((Some(key.name.clone()), Arc::new(self.forms(value)?))))?
                .into_iter()
                .collect(),
            _ => BTreeMap::from([(None, Arc::new(self.forms(node)?))]),
        };
        Some(Text { span: node.span.clone(), entries })
    }

    fn forms(&self, node: &Node) -> Option<Forms> {
        if !matches!(node.value, Value::Map(_)) {
            let text = self.text(node)?;
            return Some(Forms { name: text.value, others: BTreeMap::new(), span: text.span });
        }
        let mut others: BTreeMap<String, String> =
            self.entries(node, |key, value| Some((key.name.clone(), self.text(value)?.value)))?.into_iter().collect();
        let Some(name) = others.remove("name") else {
            self.wrong(
                code::MISSING_KEY,
                &node.span,
                "forms of a name need the plain form too",
                "add `name: …` beside the other forms",
            );
            return None;
        };
        Some(Forms { name, others, span: node.span.clone() })
    }

    fn named<T>(&self, node: &Node, mut read: impl FnMut(&Node) -> Option<T>) -> Option<BTreeMap<String, T>> {
        let entries = self.entries(node, |key, value| {
            self.identifier(&key.name, &key.span).then(|| read(value)).flatten().map(|v| (key.name.clone(), v))
        })?;
        Some(entries.into_iter().collect())
    }

    fn word<T>(&self, node: &Node, what: &str, parse: fn(&str) -> Option<T>, known: &[&str]) -> Option<T> {
        let text = self.text(node)?;
        let word = parse(&text.value);
        if word.is_none() {
            self.not_one_of(&text.span, what, &text.value, known);
        }
        word
    }

    fn number(&self, node: &Node) -> Option<Placed<Decimal>> {
        let written = self.text(node)?;
        let value = decimal(&written.value);
        if value.is_none() {
            self.wrong(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` is no number that can be printed exactly", written.value),
                "write digits with a decimal point, as in 2500000000000, 2_500_000_000_000 or 2.5e12",
            );
        }
        value.map(|value| Placed { value, span: node.span.clone() })
    }

    /// A number that counts from 1: a rank, an edition.
    fn count(&self, node: &Node) -> Option<u32> {
        let written = self.text(node)?;
        let value = written.value.parse().ok().filter(|n| (1..=9_999_999).contains(n));
        if value.is_none() {
            self.wrong(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` does not count anything", written.value),
                "write a whole number from 1 up",
            );
        }
        value
    }

    fn date(&self, node: &Node) -> Option<Date> {
        let written = self.text(node)?;
        let date = Date::parse(&written.value);
        if date.is_none() {
            self.wrong(code::WRONG_VALUE, &node.span, format!("`{}` is no date", written.value), Date::FORMS);
        }
        date
    }

    fn period(&self, node: &Node) -> Option<Period> {
        let written = self.text(node)?;
        let period = Period::parse(&written.value);
        if period.is_none() {
            self.wrong(code::WRONG_VALUE, &node.span, format!("`{}` is no period", written.value), Period::FORMS);
        }
        period
    }

    fn day(&self, node: &Node) -> Option<Date> {
        let date = self.date(node)?;
        if date.day.is_none() {
            self.wrong(
                code::WRONG_VALUE,
                &node.span,
                format!("`{date}` does not say the day"),
                "write year, month and day, as in 2025-11-28",
            );
            return None;
        }
        Some(date)
    }

    fn address(&self, node: &Node) -> Option<Placed<String>> {
        let address = self.text(node)?;
        let lower = address.value.to_ascii_lowercase();
        let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        let fine = host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
            && address.value.bytes().all(|b| b.is_ascii_graphic())
            && address.value.len() <= 200;
        if !fine {
            self.wrong(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` is no web address", address.value),
                "write it whole, as in https://example.org/",
            );
        }
        fine.then_some(address)
    }

    fn serial(&self, node: &Node) -> Option<Placed<String>> {
        let serial = self.text(node)?;
        let fine = serial.value.len() <= 32
            && serial.value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/'));
        if !fine {
            self.wrong(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` cannot be a serial number", serial.value),
                "use up to 32 letters A–Z, digits, `-`, `.` and `/`",
            );
        }
        fine.then_some(serial)
    }

    fn figure_ref(&self, node: &Node) -> Option<FigureRef> {
        let written = self.text(node)?.value;
        Some(match written.split_once('/') {
            Some((city, figure)) => FigureRef { city: Some(city.to_owned()), figure: figure.to_owned() },
            None => FigureRef { city: None, figure: written },
        })
    }
}
