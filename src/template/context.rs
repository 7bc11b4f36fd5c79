//! The data that a template sees. It is JSON in which typed values are references into a table.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Problems;
use crate::locale::{Locale, Value};
use crate::results::{City, Figure, FigureRef, Figures, Nature, Period, Results, Route, Text};

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

/// Builds the data of one document.
struct ContextBuilder<'a> {
    results: &'a Results,
    locale: &'a Locale,
    table: Table,
    problems: Problems,
}

/// Builds the data for the template of a document in one language. `city` is `None` for a document about the edition.
/// Returns an error for each text that has no translation.
pub fn build(results: &Results, locale: &Locale, city: Option<&City>) -> Result<(Json, Table), Problems> {
    let mut builder = ContextBuilder { results, locale, table: Table::default(), problems: Problems::new() };
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
        json!({
            "number": builder.number(edition.number), "announced": builder.date(*edition.announced),
            "published": builder.date(*edition.published), "place": builder.text(&edition.place),
            "convention": builder.text(&edition.convention), "conference": builder.text(&edition.conference),
            "routes": edition.routes.iter().map(|r| route_json(*r)).collect::<Vec<_>>(),
            "figures": figures, "key-figures": key_figures,
        })
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
    match city {
        Some(city) => {
            root.insert("sources".into(), builder.sources(&city.figures));
            root.insert("city".into(), builder.city(city));
        }
        None => {
            let selected = results.selected();
            let all = selected.iter().flat_map(|c| c.figures.clone()).collect();
            root.insert("sources".into(), builder.sources(&all));
            let cities: Vec<Json> = selected.iter().map(|c| builder.city(c)).collect();
            root.insert("first".into(), cities.first().cloned().unwrap_or_default());
            root.insert("cities".into(), cities.into());
        }
    }
    if builder.problems.is_empty() { Ok((root.into(), builder.table)) } else { Err(builder.problems) }
}

fn route_json(route: Route) -> Json {
    json!({ "label": format!("route-{}", route.word()) })
}

impl ContextBuilder<'_> {
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

    /// Returns the sources that the figures name, without duplicates, sorted by identifier.
    fn sources(&mut self, figures: &Figures) -> Json {
        let results = self.results;
        let used = |id: &str| figures.values().any(|f| f.source.as_deref() == Some(id));
        let names: Vec<Json> = results.sources.iter().filter(|(id, _)| used(id)).map(|(_, s)| self.source(s)).collect();
        names.into()
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
    fn key_figures(&mut self, keys: &[FigureRef], default_city: Option<&City>) -> Json {
        let results = self.results;
        let mut list = Vec::new();
        for key in keys {
            let city = key.city.as_deref().and_then(|id| results.city(id));
            let figures = city.or(default_city).map_or(&results.edition.figures, |c| &c.figures);
            if let Some(figure) = figures.get(&key.figure) {
                list.push(self.figure(&key.figure, figure, city));
            }
        }
        list.into()
    }

    fn city(&mut self, city: &City) -> Json {
        let edition = &self.results.edition;
        let serial = city.serial(edition);
        let mut json = self.text(&city.name);
        if json.is_null() {
            return json;
        }
        json["id"] = city.id.clone().into();
        json["name"] = self.text(&city.name);
        json["country"] = self.text(&city.country);
        json["rank"] = self.number(city.rank);
        json["address"] = verification_address(&edition.verification.value, &serial).into();
        json["serial"] = serial.into();
        json["route"] = city.route.map_or(Json::Null, route_json);
        json["figures"] = self.figures(&city.figures);
        json["key-figures"] = self.key_figures(&city.key_figures, Some(city));
        let forecasts: Vec<Json> = city
            .figures
            .iter()
            .filter(|(_, f)| f.nature == Some(Nature::Forecast))
            .map(|(id, f)| self.figure(id, f, None))
            .collect();
        json["forecasts"] = forecasts.into();
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
        json
    }
}

/// Returns the address for the QR code of a certificate.
///
/// Scheme and host are in capitals, for which a QR code has a more compact mode. Their case is not significant (RFC 3986,
/// section 6.2.2.1).
fn verification_address(verification: &str, serial: &str) -> String {
    let host_end = verification
        .find("://")
        .map_or(0, |at| verification[at + 3..].find('/').map_or(verification.len(), |slash| at + 3 + slash));
    let (host, path) = verification.split_at(host_end);
    format!("{}{path}{serial}", host.to_ascii_uppercase())
}
