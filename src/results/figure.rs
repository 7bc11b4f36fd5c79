//! A figure: an exact number with its unit, and how certain it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use fixed_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::decimal::{decimal, is_less};
use super::reading::read::{Fields, Reader, Spanned};
use super::reading::yaml::Node;
use super::scalar::{IDENTIFIER, Identifier, Number};
use super::{Period, words};
use crate::diagnostic::code;

/// Figures by identifier.
pub type Figures = BTreeMap<String, Figure>;

/// A figure and how certain it is: a `value`, or a range from `min` to `max`.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(
    deny_unknown_fields,
    example = serde_json::json!({"value": "2_500_000", "unit": "eur", "hedge": "over", "nature": "observed", "period": 2030}),
    example = serde_json::json!({"min": 40, "max": 45, "unit": "percent", "period": "2029/2030"}),
    extend("oneOf" = [
        {
            "title": "A value",
            "required": ["value"],
            "properties": {"value": {"not": {"type": "null"}}, "min": {"type": "null"}, "max": {"type": "null"}},
        },
        {
            "title": "A range",
            "required": ["min", "max"],
            "properties": {
                "min": {"not": {"type": "null"}}, "max": {"not": {"type": "null"}},
                "value": {"type": "null"}, "hedge": {"type": "null"},
            },
        },
    ]),
    transform = describe_max,
)]
pub struct Figure {
    // The file has either `value`, or `min` and `max`; for a range, this is `max`.
    #[schemars(with = "Option<Number>")]
    pub value: Decimal,
    /// How the true value relates to the given one.
    #[schemars(with = "Option<Hedge>")]
    pub hedge: Hedge,
    /// The lower end of a range.
    #[schemars(with = "Option<Number>")]
    pub min: Option<Decimal>,
    /// The unit. The message `measure-UNIT` of the locales prints it: `measure-percent` for `percent`. Any lower-case
    /// currency code of ISO 4217 can be used too.
    #[schemars(with = "Identifier", example = &"enterprise", example = &"percent", example = &"eur")]
    pub unit: String,
    pub nature: Option<Nature>,
    /// The period that the value refers to.
    pub period: Option<Period>,
    /// Identifier of one of the `sources`.
    #[schemars(with = "Option<Identifier>")]
    pub source: Option<String>,
    #[schemars(skip)]
    pub span: Range<usize>,
    /// The place of the unit.
    #[schemars(skip)]
    pub unit_span: Range<usize>,
    /// The place of the source, or of the value if there is no source.
    #[schemars(skip)]
    pub source_span: Range<usize>,
}

impl Figure {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "figure")?;
        let (min, value) = Self::read_value(r, &f);
        let unit = f.required("unit").and_then(|n| r.text(n)).filter(|u| r.check_unit(&u.value, &u.span));
        let hedge = f.optional("hedge").map_or(Some(Hedge::Exact), |n| r.word(n, "hedge", Hedge::parse, Hedge::WORDS));
        let nature = f.optional("nature").and_then(|n| r.word(n, "nature", Nature::parse, Nature::WORDS));
        let period = f.optional("period").and_then(|n| r.period(n));
        let source = f.optional("source").and_then(|n| r.text(n));
        f.finish();
        let (value, unit) = (value?, unit?);
        Some(Self {
            source_span: source.as_ref().map_or_else(|| value.span.clone(), |source| source.span.clone()),
            unit_span: unit.span,
            span: value.span,
            value: value.value,
            min,
            unit: unit.value,
            hedge: hedge?,
            nature,
            period,
            source: source.map(|s| s.value),
        })
    }

    /// Reads the `min` and `max` of a range, or `None` and the `value`.
    fn read_value(r: &Reader, f: &Fields<'_>) -> (Option<Decimal>, Option<Spanned<Decimal>>) {
        let (min, max) = (f.optional("min"), f.optional("max"));
        if min.is_none() && max.is_none() {
            return (None, f.required("value").and_then(|n| r.number(n)));
        }
        let [value, hedge] = [f.optional("value"), f.optional("hedge")];
        for (node, name) in [(value, "value"), (hedge, "hedge")] {
            if let Some(node) = node {
                r.report_invalid(
                    code::WRONG_VALUE,
                    &node.span,
                    format!("a range cannot have a `{name}`"),
                    "keep `min` and `max`, or write one `value` with its `hedge`",
                );
            }
        }
        let min = f.required("min").and_then(|n| r.number(n));
        let max = f.required("max").and_then(|n| r.number(n));
        if let (Some(min), Some(max)) = (&min, &max)
            && !is_less(&min.value, &max.value)
        {
            r.report_invalid(
                code::WRONG_VALUE,
                &max.span,
                "`max` of a range must be greater than `min`",
                "swap them, or write one `value`",
            );
            return (None, None);
        }
        (min.map(|m| m.value), max)
    }

    /// Returns a figure that is not in any file: a value, or a range written with `..`. Returns `None` if it is not a number.
    pub fn sample(value: &str, unit: &str, hedge: Hedge) -> Option<Self> {
        let (min, value) = value.split_once("..").map_or((None, value), |(min, max)| (Some(min), max));
        Some(Self {
            value: decimal(value)?,
            min: match min {
                Some(min) => Some(decimal(min)?),
                None => None,
            },
            unit: unit.to_owned(),
            hedge,
            nature: None,
            period: None,
            source: None,
            span: 0..0,
            unit_span: 0..0,
            source_span: 0..0,
        })
    }

    /// Returns whether both figures have the same period, nature and source, so that one sentence can state them for both.
    pub fn has_same_basis(&self, other: &Self) -> bool {
        (self.period, self.nature, &self.source) == (other.period, other.nature, &other.source)
    }

    /// Returns the hedge as messages receive it (`$hedge` in sentences, `$approx` in measures): its word, or [`RANGE`].
    pub fn hedge_word(&self) -> &'static str {
        if self.min.is_some() { RANGE } else { self.hedge.word() }
    }
}

/// The word that messages receive as the hedge of a range.
pub const RANGE: &str = "range";

words! {
    /// How the true value relates to the given one: over it, almost equal, about equal, or exactly equal (the default).
    Hedge { About = "about", Almost = "almost", Exact = "exact", Over = "over" }
}

words! {
    /// Whether the value was observed or is a forecast.
    Nature { Forecast = "forecast", Observed = "observed" }
}

/// Adds the key `max`, which has no separate field, to the schema.
fn describe_max(schema: &mut Schema) {
    if let Some(properties) = schema.get_mut("properties").and_then(serde_json::Value::as_object_mut)
        && let Some(mut max) = properties.get("min").cloned()
    {
        max["description"] = "The upper end of a range, greater than `min`.".into();
        properties.insert("max".to_owned(), max);
    }
}

/// A figure of the edition, or of one of its cities.
#[derive(Clone, Debug)]
pub struct FigureRef {
    pub city: Option<String>,
    pub figure: String,
    pub span: Range<usize>,
}

impl FigureRef {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let Spanned { value, span } = r.text(node)?;
        Some(match value.split_once('/') {
            Some((city, figure)) => Self { city: Some(city.to_owned()), figure: figure.to_owned(), span },
            None => Self { city: None, figure: value, span },
        })
    }
}

impl JsonSchema for FigureRef {
    fn schema_name() -> Cow<'static, str> {
        "FigureRef".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "integer"], "pattern": format!("^({IDENTIFIER}/)?{IDENTIFIER}$"), "minimum": 0,
            "examples": ["committee-countries", "port-azure/digital-economy-size"],
            "description": "A figure of the edition, or `city/figure` for one of a city.",
        })
    }
}
