//! Functions that inspect or compute with a number, and CASE, which selects a variant.

use fixed_decimal::Decimal;
use fluent::FluentValue;

use super::{FunctionCall, FunctionError, FunctionResult, text, to_value};
use crate::locale::value::{Arg, Value};
use crate::locale::{cases, numeral};

/// Returns the key of the variant to select. The keys are the arguments after the selector.
pub(super) fn case<'v>(call: &FunctionCall<'_, 'v>) -> Result<FluentValue<'v>, FunctionError> {
    let (selector, keys) = call.positional.split_first().ok_or("CASE needs a value")?;
    let named = |name: &str| keys.iter().find(|key| matches!(key, FluentValue::String(k) if k == name));
    let number = |value: &Decimal, ordinal: bool| {
        let equal = keys.iter().find(
            |key| matches!(key, FluentValue::String(k) if cases::to_number(k).is_some_and(|n| is_equal(&n, value))),
        );
        equal.or_else(|| named(call.cldr.category(value, ordinal)))
    };
    let key = match selector {
        FluentValue::String(text) => named(text),
        FluentValue::Number(_) => match to_value(selector) {
            Value::Number(value) => number(&value, false),
            _ => None,
        },
        FluentValue::None | FluentValue::Error => named("none"),
        FluentValue::Custom(_) => match Arg::of(selector).map(|arg| (arg, &arg.0.value)) {
            Some((_, Value::Text(text) | Value::Code(text))) => named(text),
            Some((arg, Value::Number(value))) => number(value, arg.0.ordinal),
            Some((_, Value::Figure(figure))) => number(&figure.value, false),
            Some((_, Value::Name(_) | Value::Date(_) | Value::List(_))) => named("some"),
            Some((_, Value::None)) | None => named("none"),
        },
    };
    Ok(key.map_or(FluentValue::String("".into()), Clone::clone))
}

/// Compares two numbers. Leading zeros, as in the minutes `00`, make no difference.
fn is_equal(a: &Decimal, b: &Decimal) -> bool {
    let trimmed = |number: &Decimal| {
        let mut absolute = number.absolute.clone();
        absolute.trim_start();
        absolute
    };
    trimmed(a) == trimmed(b) && a.sign() == b.sign()
}

/// `COUNT($figure)`: the number of a figure, for a plural selector.
pub(super) fn count(call: &FunctionCall<'_, '_>) -> FunctionResult {
    Ok(call.number(call.decimal()?))
}

/// `NUMBER($n, type: "ordinal")`: the number, for a selector on ordinal plural categories.
pub(super) fn number(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let value = call.decimal()?;
    let ordinal = match call.option("type").as_deref() {
        None | Some("cardinal") => false,
        Some("ordinal") => true,
        Some(other) => return Err(format!("unknown type `{other}` of NUMBER; available: cardinal, ordinal").into()),
    };
    Ok(Arg::fluent(Value::Number(value), ordinal, call.cldr))
}

/// `SCALE(v, steps: "12 9 6")`: the largest step (exponent of ten) that the number reaches, or 0.
/// `SCALE(v, w, steps: …)` is `same` if both numbers reach the same step.
pub(super) fn scale(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let reached = call.step(&call.decimal()?)?;
    if let Some(other) = call.positional.get(1) {
        let Value::Number(other) = to_value(other) else {
            return Err("the second value of SCALE must be a number".into());
        };
        if call.step(&other)? == reached {
            return text("same");
        }
    }
    Ok(call.number(Decimal::from(reached)))
}

/// `SHIFT(v, by: 9)`: v / 10⁹, exactly. `SHIFT(v, steps: "9 6")` divides by the power of ten that SCALE finds.
pub(super) fn shift(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let mut value = call.decimal()?;
    let by = match call.integer_option("by")? {
        Some(by) => by,
        None => call.step(&value)?,
    };
    value.absolute.multiply_pow10(-by);
    value.absolute.trim_start();
    value.absolute.trim_end_if_integer();
    if *value.absolute.magnitude_range().start() < 0 {
        value.absolute.trim_end();
    }
    Ok(call.number(value))
}

/// `PART(v, of: 8, below: 12)`: the digits from 10⁸ to below 10¹², which is ⌊v / 10⁸⌋ mod 10⁴. Without `of`, all lower
/// digits and the decimals are kept; without `below`, all higher digits.
pub(super) fn part(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let value = call.decimal()?;
    let range = value.absolute.magnitude_range();
    let of = call.integer_option("of")?;
    let top = call.integer_option("below")?.map_or(*range.end(), |below| below - 1);
    let low = of.unwrap_or((*range.start()).min(0));
    let mut digits = String::from("0");
    for at in (low..=top).rev() {
        digits.push(char::from(b'0' + value.absolute.digit_at(at)));
        if at == 0 && of.is_none() && low < 0 {
            digits.push('.');
        }
    }
    let mut part = Decimal::try_from_str(&digits).map_err(|_| "`of` of PART must be less than `below`".to_owned())?;
    part.absolute.trim_start();
    part.absolute.trim_end_if_integer();
    Ok(call.number(part))
}

/// `SHAPE(v)`: `round` (a multiple of ten other than 0), `integer` or `decimal`.
pub(super) fn shape(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let value = call.decimal()?.absolute;
    text(if value.is_zero() {
        "integer"
    } else if value.nonzero_magnitude_end() < 0 {
        "decimal"
    } else if value.nonzero_magnitude_end() > 0 {
        "round"
    } else {
        "integer"
    })
}

/// `NUMERAL($n, system: "hans")`: the number in an algorithmic numbering system of CLDR.
pub(super) fn numeral(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let value = call.decimal()?;
    match call.option("system").as_deref() {
        Some("hans") => value
            .to_string()
            .parse::<u32>()
            .ok()
            .filter(|n| (1..100_000).contains(n))
            .map(|n| FluentValue::String(numeral::han(n).into()))
            .ok_or_else(|| format!("NUMERAL needs a whole number from 1 to 99999, not {value}").into()),
        Some(other) => Err(format!("unknown system `{other}` of NUMERAL; available: hans").into()),
        None => Err("NUMERAL needs `system: \"hans\"`".into()),
    }
}
