//! The facts that an audit compares between languages and with the results.

use crate::diagnostic::Place;
use crate::locale::{Value, text_marks};
use crate::results::{City, Figures, Results};

/// A fact that every language must print.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Byte offset of the figure in the results file.
    Figure(usize),
    /// In the notation of the results file.
    Date(String),
    /// A rank or the number of an edition, in the notation of the results file.
    Number(String),
}

impl Fact {
    /// Returns `None` for values that an audit does not compare, such as names.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Figure(figure) => Some(Self::Figure(figure.span.start)),
            Value::Date(period) => Some(Self::Date(period.to_string())),
            Value::Number(number) => Some(Self::Number(number.to_string())),
            _ => None,
        }
    }

    /// Returns the fact’s name for messages. `city` is the city of the document, which `results` does not have if it comes
    /// from a record.
    pub fn name(&self, results: &Results, city: Option<&City>) -> String {
        match self {
            Self::Figure(start) => {
                let of =
                    |figures: &Figures| figures.iter().find(|(_, f)| f.span.start == *start).map(|(id, _)| id.clone());
                let city = cities(results, city).find_map(|city| Some((city, of(&city.figures)?)));
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

    /// Returns where the results give a figure.
    pub fn place(&self, results: &Results, city: Option<&City>) -> Option<Place> {
        let Self::Figure(start) = self else { return None };
        let mut figures = cities(results, city).map(|city| &city.figures).chain([&results.edition.figures]);
        let figure = figures.find_map(|figures| figures.values().find(|figure| figure.span.start == *start))?;
        Some(results.place(&figure.span))
    }
}

fn cities<'a>(results: &'a Results, city: Option<&'a City>) -> impl Iterator<Item = &'a City> {
    results.cities.iter().chain(city)
}

/// Prepares a text for quotation in a message: on one line, without its style marks.
pub fn quote(text: &str) -> String {
    text_marks::strip(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
