//! The facts as a template sees them. Values stay typed: the JSON holds only their number in a table.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Diagnostic;
use crate::locale::{Locale, Value};
use crate::results::{City, Figure, FigureRef, Figures, Nature, Period, Results, Route, Text};

/// Key under which an object names its value in the table.
pub const REF: &str = "@ref";

/// The typed values behind the JSON, and where each stands in the results file.
#[derive(Default)]
pub struct Table {
    values: Vec<(Value, Range<usize>)>,
}

impl Table {
    pub fn get(&self, json: &Json) -> Option<&(Value, Range<usize>)> {
        self.values.get(usize::try_from(json.get(REF)?.as_u64()?).ok()?)
    }

    fn hold(&mut self, value: Value, span: Range<usize>) -> Json {
        self.values.push((value, span));
        json!({ REF: self.values.len() - 1 })
    }
}

/// Every name that an item of a list may give to its message.
pub const ITEM: &[&str] = &[
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

struct Builder<'a> {
    results: &'a Results,
    locale: &'a Locale,
    table: Table,
    problems: Vec<Diagnostic>,
}

/// What the template of one document may use.
pub fn build(results: &Results, locale: &Locale, city: Option<&City>) -> Result<(Json, Table), Vec<Diagnostic>> {
    let mut b = Builder { results, locale, table: Table::default(), problems: Vec::new() };
    let mut root = Map::new();
    let edition = &results.edition;
    root.insert("specimen".into(), results.specimen.into());
    root.insert("programme".into(), {
        let p = &results.programme;
        json!({ "name": b.text(&p.name), "short": b.text(&p.short), "initials": b.text(&p.initials),
                "founded": b.date(*p.founded) })
    });
    root.insert("organiser".into(), {
        let o = &results.organiser;
        json!({ "name": b.text(&o.name), "acronym": b.text(&o.acronym) })
    });
    root.insert("edition".into(), {
        let (figures, key_figures) = (b.figures(&edition.figures, None), b.key_figures(&edition.key_figures, None));
        json!({
            "number": b.number(edition.number), "announced": b.date(*edition.announced),
            "published": b.date(*edition.published), "place": b.text(&edition.place),
            "convention": b.text(&edition.convention), "conference": b.text(&edition.conference),
            "routes": edition.routes.iter().map(|r| route(*r)).collect::<Vec<_>>(),
            "figures": figures, "key-figures": key_figures,
        })
    });
    root.insert(
        "embargo".into(),
        match &results.embargo {
            Some(e) => json!({ "until": b.date(*e.until), "zone": b.maybe(e.zone.as_ref()) }),
            None => Json::Null,
        },
    );
    root.insert("contact".into(), {
        let c = &results.contact;
        let mut plain = |text: &Option<crate::results::Placed<String>>| match text {
            Some(t) => b.table.hold(Value::Code(t.value.clone()), t.span.clone()),
            None => Json::Null,
        };
        let (website, email, phone) = (plain(&c.website), plain(&c.email), plain(&c.phone));
        json!({ "office": b.text(&c.office), "website": website, "email": email, "phone": phone })
    });
    let signatories: Vec<Json> = results
        .signatories
        .iter()
        .map(|s| json!({ "office": b.text(&s.office), "name": b.maybe(s.name.as_ref()) }))
        .collect();
    root.insert("signatories".into(), signatories.into());
    match city {
        Some(city) => {
            root.insert("sources".into(), b.sources(&city.figures));
            root.insert("city".into(), b.city(city));
        }
        None => {
            let selected = results.selected();
            let all = selected.iter().flat_map(|c| c.figures.clone()).collect();
            root.insert("sources".into(), b.sources(&all));
            let cities: Vec<Json> = selected.iter().map(|c| b.city(c)).collect();
            root.insert("first".into(), cities.first().cloned().unwrap_or_default());
            root.insert("cities".into(), cities.into());
        }
    }
    if b.problems.is_empty() { Ok((root.into(), b.table)) } else { Err(b.problems) }
}

fn route(route: Route) -> Json {
    json!({ "label": format!("route-{}", route.word()) })
}

impl Builder<'_> {
    fn text(&mut self, text: &Text) -> Json {
        match self.locale.forms(text, self.results) {
            Ok(forms) => {
                let span = forms.span.clone();
                self.table.hold(Value::Name(forms), span)
            }
            Err(problem) => {
                self.problems.push(problem);
                Json::Null
            }
        }
    }

    fn maybe(&mut self, text: Option<&Text>) -> Json {
        text.map_or(Json::Null, |text| self.text(text))
    }

    fn date(&mut self, date: impl Into<Period>) -> Json {
        self.table.hold(Value::Date(date.into()), 0..0)
    }

    fn number(&mut self, number: u32) -> Json {
        self.table.hold(Value::Number(number.into()), 0..0)
    }

    /// The sources that the figures name, each once, in the order of their identifiers.
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

    fn figures(&mut self, figures: &Figures, city: Option<&City>) -> Json {
        let entries: Map<String, Json> =
            figures.iter().map(|(id, figure)| (id.clone(), self.figure(id, figure, city))).collect();
        entries.into()
    }

    fn figure(&mut self, id: &str, figure: &Figure, city: Option<&City>) -> Json {
        let mut json = self.table.hold(Value::Figure(Arc::new(figure.clone())), figure.span.clone());
        json["label"] = format!("figure-{id}").into();
        json["label-city"] = format!("figure-{id}.of-city").into();
        json["hedge"] = figure.approx().into();
        json["nature"] = figure.nature.map_or(Json::Null, |n| n.word().into());
        json["forecast"] = (figure.nature == Some(Nature::Forecast)).into();
        json["period"] = figure.period.map_or(Json::Null, |d| self.date(d));
        json["city"] = city.map_or(Json::Null, |c| self.text(&c.name));
        json
    }

    fn key_figures(&mut self, keys: &[FigureRef], own: Option<&City>) -> Json {
        let results = self.results;
        let mut list = Vec::new();
        for key in keys {
            let of = key.city.as_deref().and_then(|id| results.city(id));
            let figures = of.or(own).map_or(&results.edition.figures, |c| &c.figures);
            if let Some(figure) = figures.get(&key.figure) {
                list.push(self.figure(&key.figure, figure, of));
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
        json["address"] = address(&edition.verification.value, &serial).into();
        json["serial"] = serial.into();
        json["route"] = city.route.map_or(Json::Null, route);
        json["figures"] = self.figures(&city.figures, None);
        json["key-figures"] = self.key_figures(&city.key_figures, Some(city));
        let forecasts: Vec<Json> = city
            .figures
            .iter()
            .filter(|(_, f)| f.nature == Some(Nature::Forecast))
            .map(|(id, f)| self.figure(id, f, None))
            .collect();
        json["forecasts"] = forecasts.into();
        json["milestones"] = {
            let dates: Map<String, Json> = city.milestones.iter().map(|(id, d)| (id.clone(), self.date(*d))).collect();
            dates.into()
        };
        json["photo"] = match &city.photo {
            Some(photo) => {
                let mut json = self.table.hold(Value::Code(photo.file.value.clone()), photo.file.span.clone());
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

/// The address behind a certificate's code. Scheme and host in capitals (RFC 3986, 6.2.2.1: they do not
/// matter) keep the code in its denser alphanumeric mode.
fn address(verification: &str, serial: &str) -> String {
    let host_end = verification
        .find("://")
        .map_or(0, |at| verification[at + 3..].find('/').map_or(verification.len(), |slash| at + 3 + slash));
    let (host, path) = verification.split_at(host_end);
    format!("{}{path}{serial}", host.to_ascii_uppercase())
}
