//! The data that a template sees. It is JSON in which typed values are references into a table.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Problems;
use crate::locale::{Locale, Value};
use crate::results::{
    Block, City, Condition, Date, Declarations, Figure, FigureRef, Figures, Nature, OwnFact, OwnFacts, Part, Period,
    Results, Route, Sentence, Text,
};

/// The key of an object's index in the table.
pub const REF: &str = "@ref";

/// The typed values that the JSON refers to, each with its byte range in the results file. The range is empty if it is
/// unknown.
#[derive(Default)]
pub struct Table {
    values: Vec<(Value, Range<usize>)>,
}

impl Table {
    /// Returns the value that a JSON object refers to.
    pub fn get(&self, json: &Json) -> Option<&(Value, Range<usize>)> {
        self.values.get(usize::try_from(json.get(REF)?.as_u64()?).ok()?)
    }

    /// Stores a value and returns a JSON object that refers to it.
    fn insert(&mut self, value: Value, span: Range<usize>) -> Json {
        self.values.push((value, span));
        json!({ REF: self.values.len() - 1 })
    }
}

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

/// The data of a document in one language.
pub struct Data {
    /// What templates see.
    pub json: Json,
    pub table: Table,
    /// What messages see besides the variables that a template passes.
    pub facts: Facts,
}

/// The facts that every message receives as variables, by name.
pub type Facts = Vec<(Cow<'static, str>, Value)>;

/// The facts of every project that messages receive; figures, milestones and own facts are added under their own names.
pub const FACT_VARIABLES: &[&str] = &[
    "scope",
    "programme",
    "short",
    "founded",
    "organiser",
    "acronym",
    "edition",
    "announced",
    "published",
    "place",
    "convention",
    "conference",
    "routes",
    "city-count",
    "city",
    "country",
    "rank",
    "serial",
    "first",
];

/// Builds the data of one document.
struct ContextBuilder<'a> {
    results: &'a Results,
    locale: &'a Locale,
    /// `None` for a document about the edition.
    city: Option<&'a City>,
    /// The city that comes first, in a document about the edition.
    first: Option<&'a City>,
    /// The number of selected cities, in a document about the edition.
    city_count: usize,
    table: Table,
    facts: Facts,
    /// The figures that the document shows, each once, with the city that is named with it.
    shown: Vec<(&'a str, &'a Figure, Option<&'a City>)>,
    problems: Problems,
}

/// Builds the data for the template of a document in one language. `city` is `None` for a document about the edition.
/// Returns an error for each text that has no translation.
pub fn build(results: &Results, locale: &Locale, city: Option<&City>) -> Result<Data, Problems> {
    let selected = if city.is_none() { results.selected() } else { Vec::new() };
    let mut builder = ContextBuilder {
        results,
        locale,
        city,
        first: selected.first().copied(),
        city_count: selected.len(),
        table: Table::default(),
        facts: Facts::new(),
        shown: Vec::new(),
        problems: Problems::new(),
    };
    let mut root = Map::new();
    let edition = &results.edition;
    root.insert("specimen".into(), results.specimen.into());
    root.insert("programme".into(), {
        let programme = &results.programme;
        json!({
            "name": builder.text(&programme.name), "short": builder.text(&programme.short),
            "initials": builder.text(&programme.initials), "founded": builder.date(*programme.founded),
        })
    });
    root.insert("organiser".into(), {
        let organiser = &results.organiser;
        json!({ "name": builder.text(&organiser.name), "acronym": builder.text(&organiser.acronym) })
    });
    root.insert("edition".into(), {
        let (figures, key_figures) =
            (builder.figures(&edition.figures), builder.key_figures(&edition.key_figures, None));
        let mut json = json!({
            "number": builder.number(edition.number), "announced": builder.date(*edition.announced),
            "published": builder.date(*edition.published), "place": builder.text(&edition.place),
            "convention": builder.optional_text(edition.convention.as_ref()),
            "conference": builder.optional_text(edition.conference.as_ref()),
            "routes": edition.routes.iter().map(|r| route_json(*r)).collect::<Vec<_>>(),
            "figures": figures, "key-figures": key_figures,
        });
        builder.own_facts(&edition.own, &results.definitions.edition, &mut json);
        json
    });
    root.insert(
        "embargo".into(),
        match &results.embargo {
            Some(embargo) => {
                json!({ "until": builder.date(*embargo.until), "zone": builder.optional_text(embargo.zone.as_ref()) })
            }
            None => Json::Null,
        },
    );
    root.insert("contact".into(), {
        let contact = &results.contact;
        let mut plain = |text: &Option<crate::results::Placed<String>>| match text {
            Some(t) => builder.table.insert(Value::Code(t.value.clone()), t.span.clone()),
            None => Json::Null,
        };
        let (website, email, phone) = (plain(&contact.website), plain(&contact.email), plain(&contact.phone));
        json!({ "office": builder.text(&contact.office), "website": website, "email": email, "phone": phone })
    });
    let signatories: Vec<Json> = results
        .signatories
        .iter()
        .map(|s| json!({ "office": builder.text(&s.office), "name": builder.optional_text(s.name.as_ref()) }))
        .collect();
    root.insert("signatories".into(), signatories.into());
    let story = &results.definitions.story;
    match city {
        Some(city) => {
            root.insert("city".into(), builder.city(city));
            root.insert("story".into(), builder.story(&story.city));
        }
        None => {
            let cities: Vec<Json> = selected.iter().map(|c| builder.city(c)).collect();
            root.insert("first".into(), cities.first().cloned().unwrap_or_default());
            root.insert("cities".into(), cities.into());
            root.insert("has-ranks".into(), selected.iter().any(|c| c.rank.is_some()).into());
            root.insert("has-routes".into(), selected.iter().any(|c| c.route.is_some()).into());
            root.insert("story".into(), builder.story(&story.edition));
        }
    }
    root.insert("sources".into(), builder.sources());
    root.insert("forecasts".into(), builder.forecasts());
    builder.collect_facts();
    let ContextBuilder { table, facts, problems, .. } = builder;
    problems.or(Data { json: root.into(), table, facts })
}

fn route_json(route: Route) -> Json {
    json!({ "label": format!("route-{}", route.word()) })
}

impl<'a> ContextBuilder<'a> {
    fn text(&mut self, text: &Text) -> Json {
        match self.locale.forms(text, self.results) {
            Ok(forms) => {
                let span = forms.span.clone();
                self.table.insert(Value::Name(forms), span)
            }
            Err(problem) => {
                self.problems.push(problem);
                Json::Null
            }
        }
    }

    fn optional_text(&mut self, text: Option<&Text>) -> Json {
        text.map_or(Json::Null, |text| self.text(text))
    }

    fn date(&mut self, date: impl Into<Period>) -> Json {
        self.table.insert(Value::Date(date.into()), 0..0)
    }

    fn number(&mut self, number: u32) -> Json {
        self.table.insert(Value::Number(number.into()), 0..0)
    }

    /// Returns the sources of the figures that the document shows, without duplicates, sorted by identifier.
    fn sources(&mut self) -> Json {
        let results = self.results;
        let used: BTreeSet<&str> = self.shown.iter().filter_map(|(_, figure, _)| figure.source.as_deref()).collect();
        let names = results.sources.iter().filter(|(id, _)| used.contains(id.as_str()));
        names.map(|(_, source)| self.source(source)).collect::<Vec<_>>().into()
    }

    /// Returns the forecasts among the figures that the document shows.
    fn forecasts(&mut self) -> Json {
        let shown = std::mem::take(&mut self.shown);
        let forecasts = shown.iter().filter(|(_, figure, _)| figure.nature == Some(Nature::Forecast));
        forecasts.map(|(id, figure, city)| self.figure(id, figure, *city)).collect::<Vec<_>>().into()
    }

    fn source(&mut self, source: &crate::results::Source) -> Json {
        let mut json = self.text(&source.name);
        json["published"] = source.published.map_or(Json::Null, |d| self.date(d));
        json
    }

    /// Returns figures by identifier.
    fn figures(&mut self, figures: &Figures) -> Json {
        let entries: Map<String, Json> =
            figures.iter().map(|(id, figure)| (id.clone(), self.figure(id, figure, None))).collect();
        entries.into()
    }

    /// Returns a figure. `city` is the city named with it in a list of key figures.
    fn figure(&mut self, id: &str, figure: &Figure, city: Option<&City>) -> Json {
        let mut json = self.table.insert(Value::Figure(Arc::new(figure.clone())), figure.span.clone());
        json["label"] = format!("figure-{id}").into();
        json["label-city"] = format!("figure-{id}.of-city").into();
        json["hedge"] = figure.approx().into();
        json["nature"] = figure.nature.map_or(Json::Null, |n| n.word().into());
        json["forecast"] = (figure.nature == Some(Nature::Forecast)).into();
        json["period"] = figure.period.map_or(Json::Null, |d| self.date(d));
        json["city"] = city.map_or(Json::Null, |c| self.text(&c.name));
        json
    }

    /// Returns key figures. Those that name no city belong to `default_city`, or else to the edition.
    fn key_figures(&mut self, keys: &'a [FigureRef], default_city: Option<&'a City>) -> Json {
        let results = self.results;
        // The list is shown in the document about its owner.
        let is_shown = default_city.map(|city| &city.id) == self.city.map(|city| &city.id);
        let mut list = Vec::new();
        for key in keys {
            let city = key.city.as_deref().and_then(|id| results.city(id));
            let figures = city.or(default_city).map_or(&results.edition.figures, |c| &c.figures);
            if let Some((id, figure)) = figures.get_key_value(&key.figure) {
                if is_shown {
                    self.show(id, figure, city);
                }
                list.push(self.figure(id, figure, city));
            }
        }
        list.into()
    }

    /// Records that the document shows a figure.
    fn show(&mut self, id: &'a str, figure: &'a Figure, city: Option<&'a City>) {
        if self.shown.iter().all(|(_, other, _)| !std::ptr::eq(*other, figure)) {
            self.shown.push((id, figure, city));
        }
    }

    /// Adds the own facts of a city or the edition to its JSON.
    fn own_facts(&mut self, own: &OwnFacts, declared: &Declarations, json: &mut Json) {
        for key in declared.keys() {
            json[key] = own.get(key).map_or(Json::Null, |fact| self.own_fact(key, fact));
        }
    }

    fn own_fact(&mut self, key: &str, fact: &OwnFact) -> Json {
        match fact {
            OwnFact::Text(text) => self.text(text),
            OwnFact::Date(date) => self.table.insert(Value::Date(**date), date.span.clone()),
            OwnFact::Figure(figure) => self.figure(key, figure, None),
            OwnFact::Link(link) => self.table.insert(Value::Code(link.value.clone()), link.span.clone()),
            OwnFact::List(items) => items.iter().map(|item| self.own_fact(key, item)).collect::<Vec<_>>().into(),
        }
    }

    fn city(&mut self, city: &'a City) -> Json {
        let edition = &self.results.edition;
        let serial = city.serial(edition);
        let mut json = self.text(&city.name);
        if json.is_null() {
            return json;
        }
        json["id"] = city.id.clone().into();
        json["name"] = self.text(&city.name);
        json["country"] = self.text(&city.country);
        json["rank"] = city.rank.map_or(Json::Null, |rank| self.number(rank));
        json["address"] = format!("{}{serial}", edition.verification.value).into();
        json["serial"] = serial.into();
        json["route"] = city.route.map_or(Json::Null, route_json);
        json["figures"] = self.figures(&city.figures);
        json["key-figures"] = self.key_figures(&city.key_figures, Some(city));
        json["milestones"] = {
            let dates: Map<String, Json> = city.milestones.iter().map(|(id, d)| (id.clone(), self.date(**d))).collect();
            dates.into()
        };
        json["photo"] = match &city.photo {
            Some(photo) => {
                let mut json = self.table.insert(Value::Code(photo.file.value.clone()), photo.file.span.clone());
                json["alt"] = self.text(&photo.alt);
                json["caption"] = self.text(&photo.caption);
                json["credit"] = self.text(&photo.credit);
                json
            }
            None => Json::Null,
        };
        json["quotation"] = match &city.quotation {
            Some(q) => {
                json!({ "text": self.text(&q.text), "speaker": self.text(&q.speaker), "role": self.text(&q.role) })
            }
            None => Json::Null,
        };
        self.own_facts(&city.own, &self.results.definitions.city, &mut json);
        json
    }

    /// Returns the blocks of a story for which there are facts.
    fn story(&mut self, blocks: &'a [Block]) -> Json {
        let mut story: Vec<Json> = Vec::new();
        // A heading that is printed if something follows it.
        let mut heading = None;
        for block in blocks {
            let parts: Vec<Json> = match block {
                Block::Heading { name, condition, .. } => {
                    let is_printed = condition.as_ref().is_none_or(|fact| self.has_fact(fact, self.city));
                    heading = is_printed.then(|| story_block("heading", format!("heading-{name}").into()));
                    continue;
                }
                Block::Paragraph(sentences) => {
                    let sentences = self.sentences(sentences);
                    if sentences.is_empty() { Vec::new() } else { vec![story_block("sentences", sentences.into())] }
                }
                Block::Part(Part::OtherFigures) => {
                    let sentences = self.other_sentences(blocks);
                    sentences.chunks(SENTENCES_IN_PARAGRAPH).map(|some| story_block("sentences", some.into())).collect()
                }
                Block::Part(part) => {
                    let has_part = match (part, self.city) {
                        (Part::KeyFigures, Some(city)) => !city.key_figures.is_empty(),
                        (Part::KeyFigures, None) => !self.results.edition.key_figures.is_empty(),
                        (Part::Photo, city) => city.is_some_and(|city| city.photo.is_some()),
                        (Part::Quotation, city) => city.is_some_and(|city| city.quotation.is_some()),
                        (Part::Ranking, None) => self.city_count > 1,
                        _ => false,
                    };
                    if has_part { vec![story_block(part.word(), true.into())] } else { Vec::new() }
                }
            };
            if !parts.is_empty() {
                story.extend(heading.take());
                story.extend(parts);
            }
        }
        story.into()
    }

    /// Returns the sentences of a paragraph for which there are facts. Two figures share a sentence if the locale has one
    /// for both and if they agree in what it says about them.
    fn sentences(&mut self, sentences: &'a [Sentence]) -> Vec<Json> {
        let mut list = Vec::new();
        let mut rest = sentences.iter().filter(|sentence| self.is_told(sentence)).peekable();
        let mut told = Vec::new();
        while let Some(sentence) = rest.next() {
            let figure = self.figure_of(sentence);
            let joined = figure.zip(rest.peek().copied()).and_then(|((_, first, _), next)| {
                let (_, second, _) = self.figure_of(next)?;
                let message = format!("sentence-{}.with-{}", sentence.name, next.name);
                let agree = first.has_same_basis(second) && sentence.condition == next.condition;
                (agree && self.locale.has(&message)).then_some((message, next))
            });
            match joined {
                Some((message, next)) => {
                    told.push((message, sentence, Some(next)));
                    rest.next();
                }
                None => told.push((format!("sentence-{}", sentence.name), sentence, None)),
            }
        }
        for (message, sentence, other) in told {
            let (first, second) = (self.figure_of(sentence), other.and_then(|other| self.figure_of(other)));
            list.push(self.sentence(&message, self.subject(sentence), first, second));
        }
        list
    }

    /// Returns a sentence for each figure of the subject that the blocks do not name, in the order of the results.
    fn other_sentences(&mut self, blocks: &'a [Block]) -> Vec<Json> {
        let named: BTreeSet<&str> = blocks
            .iter()
            .flat_map(|block| match block {
                Block::Paragraph(sentences) => sentences.as_slice(),
                _ => &[],
            })
            .filter(|sentence| sentence.condition == Condition::Fact)
            .map(|sentence| sentence.name.as_str())
            .collect();
        let figures = self.city.map_or(&self.results.edition.figures, |city| &city.figures);
        let mut others: Vec<(&String, &Figure)> =
            figures.iter().filter(|(id, _)| !named.contains(id.as_str())).collect();
        others.sort_by_key(|(_, figure)| figure.span.start);
        let sentence = |(id, figure): (&'a String, &'a Figure)| {
            self.sentence(&format!("sentence-{id}"), self.city, Some((id, figure, None)), None)
        };
        others.into_iter().map(sentence).collect()
    }

    fn sentence(
        &mut self,
        message: &str,
        subject: Option<&'a City>,
        figure: Option<ShownFigure<'a>>,
        other: Option<ShownFigure<'a>>,
    ) -> Json {
        let mut json = json!({ "message": message, "city": self.optional_text(subject.map(|city| &city.name)) });
        for (name, shown) in [("figure", figure), ("other", other)] {
            json[name] = shown.map_or(Json::Null, |(id, figure, city)| {
                self.show(id, figure, city);
                self.figure(id, figure, None)
            });
        }
        for field in ["nature", "hedge", "period"] {
            json[field] = json["figure"].get(field).cloned().unwrap_or_default();
        }
        json
    }

    /// Returns the city that a sentence is about.
    fn subject(&self, sentence: &Sentence) -> Option<&'a City> {
        if sentence.condition == Condition::FirstCity { self.first } else { self.city }
    }

    fn is_told(&self, sentence: &Sentence) -> bool {
        match sentence.condition {
            Condition::Always => true,
            Condition::Fact => self.has_fact(&sentence.name, self.city),
            Condition::FirstCity => self.first.is_some_and(|first| self.has_fact(&sentence.name, Some(first))),
        }
    }

    /// Returns the figure that a sentence is about: of its city, or else of the edition.
    fn figure_of(&self, sentence: &Sentence) -> Option<ShownFigure<'a>> {
        if sentence.condition == Condition::Always {
            return None;
        }
        self.find_figure(&sentence.name, self.subject(sentence))
    }

    fn find_figure(&self, name: &str, city: Option<&'a City>) -> Option<ShownFigure<'a>> {
        let edition = &self.results.edition;
        let own = |own: &'a OwnFacts| match own.get_key_value(name)? {
            (id, OwnFact::Figure(figure)) => Some((id, figure)),
            _ => None,
        };
        let of_city = city.and_then(|city| city.figures.get_key_value(name).or_else(|| own(&city.own)));
        let of_edition = || edition.figures.get_key_value(name).or_else(|| own(&edition.own));
        // In a document about the edition, a figure of a city is listed with its name.
        let named = city.filter(|_| self.city.is_none());
        of_city
            .map(|(id, figure)| (id.as_str(), figure, named))
            .or_else(|| of_edition().map(|(id, figure)| (id.as_str(), figure, None)))
    }

    /// Returns whether the data has a fact: of the city, or else of the edition.
    fn has_fact(&self, name: &str, city: Option<&'a City>) -> bool {
        let edition = &self.results.edition;
        let of_city = city.is_some_and(|city| {
            city.own.contains_key(name)
                || city.milestones.contains_key(name)
                || match name {
                    "rank" => city.rank.is_some(),
                    "route" => city.route.is_some(),
                    _ => false,
                }
        });
        of_city
            || self.find_figure(name, city).is_some()
            || edition.own.contains_key(name)
            || match name {
                "routes" => !edition.routes.is_empty(),
                "convention" => edition.convention.is_some(),
                "conference" => edition.conference.is_some(),
                _ => false,
            }
    }

    /// Collects the facts that every message receives.
    fn collect_facts(&mut self) {
        let results = self.results;
        let (programme, organiser, edition) = (&results.programme, &results.organiser, &results.edition);
        // In the press release of the edition, `$rank` is that of the first city.
        let ranked = self.city.or(self.first);
        let count = u32::try_from(self.city_count).unwrap_or(u32::MAX);
        let number = |number: Option<u32>| number.map_or(Value::None, |number| Value::Number(number.into()));
        let text = |text: Option<&Text>| {
            text.and_then(|text| self.locale.forms(text, results).ok()).map_or(Value::None, Value::Name)
        };
        let plain = |text: Option<&str>| text.map_or(Value::None, |text| Value::Text(text.to_owned()));
        let date = |date: Date| Value::Date(date.into());
        let values = [
            plain(Some(if self.city.is_some() { "city" } else { "edition" })),
            text(Some(&programme.name)),
            text(Some(&programme.short)),
            date(*programme.founded),
            text(Some(&organiser.name)),
            text(Some(&organiser.acronym)),
            number(Some(edition.number)),
            date(*edition.announced),
            date(*edition.published),
            text(Some(&edition.place)),
            text(edition.convention.as_ref()),
            text(edition.conference.as_ref()),
            plain(if edition.routes.is_empty() { None } else { Some("some") }),
            number(self.city.is_none().then_some(count)),
            text(self.city.map(|city| &city.name)),
            text(self.city.map(|city| &city.country)),
            number(ranked.and_then(|city| city.rank)),
            self.city.map_or(Value::None, |city| Value::Code(city.serial(edition))),
            text(self.first.map(|city| &city.name)),
        ];
        let mut facts: Facts = FACT_VARIABLES.iter().map(|name| Cow::Borrowed(*name)).zip(values).collect();
        let mut add = |key: &String, value: Value| {
            if facts.iter().all(|(name, _)| name != key) {
                facts.push((key.clone().into(), value));
            }
        };
        let own = |facts: &OwnFacts, key: &String| {
            facts.get(key).map_or(Value::None, |fact| match fact {
                OwnFact::Text(own) => text(Some(own)),
                OwnFact::Date(date) => Value::Date(**date),
                OwnFact::Figure(figure) => Value::Figure(Arc::new(figure.clone())),
                OwnFact::Link(link) => Value::Code(link.value.clone()),
                OwnFact::List(items) => {
                    let forms =
                        items.iter().flat_map(OwnFact::texts).filter_map(|t| self.locale.forms(t, results).ok());
                    Value::List(forms.map(|forms| self.locale.finish(&forms.name)).collect())
                }
            })
        };
        let figures = |figures: &'a Figures| figures.iter().map(|(id, f)| (id, Value::Figure(Arc::new(f.clone()))));
        if let Some(city) = self.city {
            figures(&city.figures).for_each(|(id, value)| add(id, value));
            city.milestones.iter().for_each(|(id, when)| add(id, Value::Date(**when)));
            results.definitions.city.keys().for_each(|key| add(key, own(&city.own, key)));
        }
        figures(&edition.figures).for_each(|(id, value)| add(id, value));
        results.definitions.edition.keys().for_each(|key| add(key, own(&edition.own, key)));
        // What the locale has words for and this document has no fact for.
        for key in self.locale.known_facts() {
            if facts.iter().all(|(name, _)| name != key) {
                facts.push((key.to_owned().into(), Value::None));
            }
        }
        self.facts = facts;
    }
}

/// Returns a block of a story: templates test which of its fields has a value.
fn story_block(field: &str, value: Json) -> Json {
    let mut block = json!({ "heading": null, "sentences": null });
    for part in Part::WORDS {
        block[*part] = Json::Null;
    }
    block[field] = value;
    block
}

/// A figure with its identifier, and with the city that is named with it.
type ShownFigure<'a> = (&'a str, &'a Figure, Option<&'a City>);

/// The most sentences in a paragraph of other figures.
const SENTENCES_IN_PARAGRAPH: usize = 3;
