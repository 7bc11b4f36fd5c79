//! Functions that print a value with a message of the value files, and LIST. NAME is in `names`.

use fixed_decimal::Decimal;

use super::{FunctionCall, FunctionError, FunctionResult, text};
use crate::locale::text_marks;
use crate::locale::value::Value;
use crate::results::{Date, Figure, Hedge};

/// `MEASURE($figure, approx: "exact")`: the figure, formatted by the message `measure-UNIT`.
pub(super) fn measure(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let figure = match call.value()? {
        Value::Figure(figure) => figure,
        other => return Err(format!("MEASURE needs a figure, not {}", other.kind()).into()),
    };
    let approx = call.option("approx");
    if let Some(approx) = approx.filter(|a| Hedge::parse(a).is_none()) {
        return Err(format!("unknown value `{approx}` of `approx`; available: {}", Hedge::WORDS.join(", ")).into());
    }
    let ids = measure_ids(&figure.unit);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    text(text_marks::without_hyphenation(&call.resolve_message(&ids, measure_args(&figure))?))
}

/// Returns the messages that may format a unit, in order of preference: `measure-money` formats every currency that
/// has no specific message such as `measure-cny`, and receives its code.
pub fn measure_ids(unit: &str) -> Vec<String> {
    let mut ids = vec![format!("measure-{unit}")];
    if iso_currency::Currency::from_code(&unit.to_ascii_uppercase()).is_some() {
        ids.push("measure-money".to_owned());
    }
    ids
}

/// Returns the variables of a `measure-UNIT` message.
pub fn measure_args(figure: &Figure) -> Vec<(&'static str, Value)> {
    vec![
        ("value", Value::Number(figure.value.clone())),
        ("min", figure.min.clone().map_or(Value::None, Value::Number)),
        ("approx", Value::Text(figure.hedge_word().to_owned())),
        ("unit", Value::Text(figure.unit.clone())),
        ("currency", Value::Text(figure.unit.to_ascii_uppercase())),
    ]
}

/// `ORDINAL($n, gender: "feminine")`: a rank, formatted by the message `ordinal`.
pub(super) fn ordinal(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let own = vec![("n", Value::Number(call.decimal()?))];
    text(call.resolve_message(&["ordinal"], own)?)
}

/// `DATE($d, style: "short")`: a date of any precision, or a period from one date to another.
pub(super) fn date(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let period = match call.value()? {
        Value::Date(period) => period,
        other => return Err(format!("DATE needs a date, not {}", other.kind()).into()),
    };
    let from = period.from;
    let Some(to) = period.to else { return text(text_marks::without_hyphenation(&format_one(call, from)?)) };
    let cldr = call.cldr;
    let common = match from.year == to.year {
        true if from.month.is_some() && from.month == to.month => "month",
        true => "year",
        false => "none",
    };
    let precision = match (to.month, to.day) {
        (_, Some(_)) => "day",
        (Some(_), _) => "month",
        _ => "year",
    };
    let own = vec![
        ("from", Value::Text(format_one(call, from)?)),
        ("to", Value::Text(format_one(call, to)?)),
        ("from-year", Value::Text(cldr.digits(from.year.into()))),
        ("to-year", Value::Text(cldr.digits(to.year.into()))),
        ("from-month", number_or_none(from.month)),
        ("to-month", number_or_none(to.month)),
        ("from-month-name", Value::Text(cldr.month(from))),
        ("to-month-name", Value::Text(cldr.month(to))),
        ("from-day", number_or_none(from.day)),
        ("to-day", number_or_none(to.day)),
        ("common", Value::Text(common.to_owned())),
        ("precision", Value::Text(precision.to_owned())),
    ];
    text(text_marks::without_hyphenation(&call.resolve_message(&["date-span"], own)?))
}

/// Formats one date with the message for its precision.
fn format_one(call: &FunctionCall<'_, '_>, date: Date) -> Result<String, FunctionError> {
    let id = match date {
        _ if date.end => "date-year-end",
        _ if date.time.is_some() => "date-time",
        _ if date.day.is_some() => "date-day",
        _ if date.month.is_some() => "date-month",
        _ => "date-year",
    };
    let cldr = call.cldr;
    let own = vec![
        ("day", number_or_none(date.day)),
        ("month", number_or_none(date.month)),
        ("month-name", Value::Text(cldr.month(date))),
        ("year", Value::Text(cldr.digits(date.year.into()))),
        ("hour", number_or_none(date.time.map(|(hour, _)| hour))),
        ("minute", date.time.map_or(Value::None, |(_, minute)| Value::Number(two_digits(minute)))),
        ("style", Value::Text("long".to_owned())),
    ];
    call.resolve_message(&[id], own)
}

fn number_or_none(number: Option<u8>) -> Value {
    number.map_or(Value::None, |number| Value::Number(Decimal::from(number)))
}

/// Returns a number that is printed with at least two digits.
fn two_digits(number: u8) -> Decimal {
    let mut number = Decimal::from(number);
    number.absolute.pad_start(2);
    number
}

/// `LIST($l)`: the values as a list, in the format of CLDR.
pub(super) fn list(call: &FunctionCall<'_, '_>) -> FunctionResult {
    match call.value()? {
        Value::List(items) => text(call.cldr.list(&items)),
        other => Err(format!("LIST needs a list, not {}", other.kind()).into()),
    }
}

/// The messages that DATE resolves, each with its variables.
pub const DATE_VARIABLES: &[(&str, &[&str])] = &[
    ("date-day", ONE_DATE),
    ("date-month", ONE_DATE),
    ("date-year", ONE_DATE),
    ("date-year-end", ONE_DATE),
    ("date-time", ONE_DATE),
    (
        "date-span",
        &[
            "from",
            "to",
            "from-year",
            "to-year",
            "from-month",
            "to-month",
            "from-month-name",
            "to-month-name",
            "from-day",
            "to-day",
            "common",
            "precision",
        ],
    ),
];
/// The variables of the messages that format one date.
const ONE_DATE: &[&str] = &["day", "month", "month-name", "year", "hour", "minute"];
/// The variables of a `measure-UNIT` message.
pub const MEASURE_VARIABLES: &[&str] = &["value", "min", "approx", "unit", "currency"];
