//! The facts of a document as JSON-LD, in the vocabulary of schema.org, for programs that read the PDF.
//!
//! Values are those of the results, without formatting. Names are in one language.

use serde_json::{Map, Value as Json, json};

use crate::locale::Locale;
use crate::results::{City, Figure, Hedge, Period, ProjectFact, ProjectFacts, Results, Text};

/// Returns the facts of the document about a city, or about the edition.
pub fn json_ld(results: &Results, locale: &Locale, city: Option<&City>) -> String {
    let writer = Writer { results, locale };
    let edition = &results.edition;
    let cities = city.map_or_else(|| results.selected(), |city| vec![city]);
    let mut document = json!({
        "@type": "CreativeWork",
        "@id": "#document",
        "inLanguage": locale.settings.tag(),
        "datePublished": edition.published.to_string(),
        "publisher": without_nulls(json!({
            "@type": "Organization",
            "name": writer.name(&results.organiser.name),
            "alternateName": writer.name(&results.organiser.acronym),
            "url": results.contact.website.as_ref().map(|website| &website.value),
        })),
        "isPartOf": {
            "@type": "CreativeWorkSeries", "name": writer.name(&results.programme.name), "position": edition.number,
        },
        "about": cities.iter().map(|city| json!({"@id": format!("#{}", city.id)})).collect::<Vec<_>>(),
    });
    if let Some(city) = city {
        let serial = city.serial(edition);
        document["url"] = format!("{}{serial}", edition.verification.value).into();
        document["identifier"] = serial.into();
    }
    let properties = writer.properties(&edition.project_facts);
    if !properties.is_empty() {
        document["additionalProperty"] = properties.into();
    }
    let mut graph = vec![document];
    graph.extend(writer.observations(edition.figures.iter(), &edition.project_facts, "#document"));
    for city in cities {
        let id = format!("#{}", city.id);
        let properties = writer.properties(&city.project_facts);
        graph.push(without_nulls(json!({
            "@type": "City",
            "@id": id,
            "name": writer.name(&city.name),
            "containedInPlace": {"@type": "Country", "name": writer.name(&city.country)},
            "position": city.rank,
            "additionalProperty": (!properties.is_empty()).then_some(properties),
        })));
        graph.extend(writer.observations(city.figures.iter(), &city.project_facts, &id));
    }
    json!({"@context": "https://schema.org", "@graph": graph}).to_string()
}

struct Writer<'a> {
    results: &'a Results,
    locale: &'a Locale,
}

impl Writer<'_> {
    fn name(&self, text: &Text) -> Json {
        self.locale.forms(text, self.results).map_or(Json::Null, |forms| forms.name.clone().into())
    }

    /// Returns the project facts that are not figures.
    fn properties(&self, facts: &ProjectFacts) -> Vec<Json> {
        let property = |(key, fact): (&String, &ProjectFact)| {
            let value = self.value(fact)?;
            Some(json!({"@type": "PropertyValue", "propertyID": key, "value": value}))
        };
        facts.iter().filter_map(property).collect()
    }

    fn value(&self, fact: &ProjectFact) -> Option<Json> {
        Some(match fact {
            ProjectFact::Text(text) => self.name(text),
            ProjectFact::Date(date) => to_iso(**date).into(),
            ProjectFact::Link(link) => link.value.clone().into(),
            ProjectFact::List(items) => items.iter().map(|item| self.value(item)).collect::<Option<Vec<_>>>()?.into(),
            ProjectFact::Figure(_) => return None,
        })
    }

    /// Returns the figures of a city or of the edition, and those among its project facts.
    fn observations<'f>(
        &self,
        figures: impl Iterator<Item = (&'f String, &'f Figure)>,
        facts: &'f ProjectFacts,
        about: &str,
    ) -> Vec<Json> {
        let in_facts = facts.iter().flat_map(|(key, fact)| fact.figures().into_iter().map(move |figure| (key, figure)));
        figures.chain(in_facts).map(|(id, figure)| self.observation(id, figure, about)).collect()
    }

    fn observation(&self, id: &str, figure: &Figure, about: &str) -> Json {
        let value = number(&figure.value.to_string());
        let (exact, min, max) = match (&figure.min, figure.hedge) {
            (Some(min), _) => (Json::Null, number(&min.to_string()), value),
            (None, Hedge::Over) => (Json::Null, value, Json::Null),
            (None, Hedge::About | Hedge::Almost | Hedge::Exact) => (value, Json::Null, Json::Null),
        };
        let qualifiers: Vec<&str> = [
            matches!(figure.hedge, Hedge::About | Hedge::Almost).then(|| figure.hedge.word()),
            figure.nature.map(|nature| nature.word()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let currency = figure.unit.to_ascii_uppercase();
        let is_currency = iso_currency::Currency::from_code(&currency).is_some();
        let source = figure.source.as_ref().and_then(|id| self.results.sources.get(id));
        without_nulls(json!({
            "@type": "Observation",
            "observationAbout": {"@id": about},
            "variableMeasured": id,
            "value": exact,
            "minValue": min,
            "maxValue": max,
            "unitCode": is_currency.then_some(currency),
            "unitText": (!is_currency).then_some(&figure.unit),
            "measurementQualifier": (!qualifiers.is_empty()).then_some(qualifiers),
            "observationPeriod": figure.period.map(to_iso),
            "subjectOf": source.map(|source| json!({"@type": "CreativeWork", "name": self.name(&source.name)})),
        }))
    }
}

/// Formats a period in ISO 8601, in which the end of a year is its last day.
fn to_iso(period: Period) -> String {
    if period.from.end { format!("{:04}-12-31", period.from.year) } else { period.to_string() }
}

/// Returns a number, as a string if JSON numbers are not exact enough for it.
fn number(digits: &str) -> Json {
    let exact = |number: Json| {
        let written = number.to_string();
        (written == digits).then_some(number)
    };
    let integer = digits.parse::<i64>().ok().and_then(|number| exact(number.into()));
    integer
        .or_else(|| digits.parse::<f64>().ok().and_then(|number| exact(number.into())))
        .unwrap_or_else(|| digits.into())
}

fn without_nulls(object: Json) -> Json {
    match object {
        Json::Object(map) => map.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into(),
        other => other,
    }
}
