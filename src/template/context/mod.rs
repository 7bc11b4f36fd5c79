//! The data that a template sees. It is JSON in which typed values are references into a table.

mod facts;
mod story;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Problems;
use crate::locale::{Locale, Value};
use crate::results::{
    BuiltInFacts, City, Declarations, Edition, Figure, FigureRef, Figures, Nature, Period, ProjectFact, ProjectFacts,
    Results, Route, Text,
};
pub use facts::MessageFacts;

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

/// The data of a document in one language.
pub struct Data {
    /// What templates see.
    pub json: Json,
    pub table: Table,
    /// What messages see besides the variables that a template passes.
    pub facts: MessageFacts,
}

/// A figure with its identifier.
#[derive(Clone, Copy)]
struct FigureEntry<'a> {
    id: &'a str,
    figure: &'a Figure,
    /// The city that is named with it, in a document about the edition.
    named_city: Option<&'a City>,
}

/// Builds the data of one document.
struct ContextBuilder<'a> {
    results: &'a Results,
    locale: &'a Locale,
    /// `None` for a document about the edition.
    city: Option<&'a City>,
    /// The city that comes first, in a document about the edition.
    first: Option<&'a City>,
    /// The number of selected cities, in a document about the edition.
    city_count: u32,
    table: Table,
    facts: MessageFacts,
    /// The figures whose sources, and forecasts, the document lists, each once.
    listed: Vec<FigureEntry<'a>>,
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
        city_count: u32::try_from(selected.len()).unwrap_or(u32::MAX),
        table: Table::default(),
        facts: MessageFacts::new(),
        listed: Vec::new(),
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
        builder.project_facts(&edition.project_facts, &results.definitions.edition, &mut json);
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
        let mut plain = |text: &Option<crate::results::Spanned<String>>| match text {
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
    problems.into_result(Data { json: root.into(), table, facts })
}

fn route_json(route: Route) -> Json {
    json!({ "label": format!("route-{}", route.word()) })
}

impl<'a> ContextBuilder<'a> {
    fn edition(&self) -> &'a Edition {
        &self.results.edition
    }

    /// Returns the built-in facts of a city or of the edition.
    fn built_in_facts(&self, city: Option<&'a City>) -> BuiltInFacts<'a> {
        BuiltInFacts { results: self.results, city, first: self.first, city_count: self.city_count }
    }

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
        let used: BTreeSet<&str> = self.listed.iter().filter_map(|entry| entry.figure.source.as_deref()).collect();
        let names = results.sources.iter().filter(|(id, _)| used.contains(id.as_str()));
        names.map(|(_, source)| self.source(source)).collect::<Vec<_>>().into()
    }

    /// Returns the forecasts among the figures that the document shows.
    fn forecasts(&mut self) -> Json {
        let listed = std::mem::take(&mut self.listed);
        let forecasts = listed.iter().filter(|entry| entry.figure.nature == Some(Nature::Forecast));
        forecasts.map(|entry| self.figure(entry.id, entry.figure, entry.named_city)).collect::<Vec<_>>().into()
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
        json["hedge"] = figure.hedge_word().into();
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
            let figures = city.or(default_city).map_or(&self.edition().figures, |c| &c.figures);
            if let Some((id, figure)) = figures.get_key_value(&key.figure) {
                if is_shown {
                    self.record_listed(FigureEntry { id, figure, named_city: city });
                }
                list.push(self.figure(id, figure, city));
            }
        }
        list.into()
    }

    /// Records a figure whose source, and forecast, the document lists.
    fn record_listed(&mut self, entry: FigureEntry<'a>) {
        if self.listed.iter().all(|other| !std::ptr::eq(other.figure, entry.figure)) {
            self.listed.push(entry);
        }
    }

    /// Adds the project facts of a city or the edition to its JSON.
    fn project_facts(&mut self, facts: &ProjectFacts, declared: &Declarations, json: &mut Json) {
        for key in declared.keys() {
            json[key] = facts.get(key).map_or(Json::Null, |fact| self.project_fact(key, fact));
        }
    }

    fn project_fact(&mut self, key: &str, fact: &ProjectFact) -> Json {
        match fact {
            ProjectFact::Text(text) => self.text(text),
            ProjectFact::Date(date) => self.table.insert(Value::Date(**date), date.span.clone()),
            ProjectFact::Figure(figure) => self.figure(key, figure, None),
            ProjectFact::Link(link) => self.table.insert(Value::Code(link.value.clone()), link.span.clone()),
            ProjectFact::List(items) => {
                items.iter().map(|item| self.project_fact(key, item)).collect::<Vec<_>>().into()
            }
        }
    }

    fn city(&mut self, city: &'a City) -> Json {
        let edition = self.edition();
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
        self.project_facts(&city.project_facts, &self.results.definitions.city, &mut json);
        json
    }
}
