//! The functions that a locale may call. `numbers.ftl` has those that only look at a number or a
//! string; `text.ftl` also has those that go back to a message of `numbers.ftl`.

use std::cell::RefCell;
use std::sync::Arc;

use fixed_decimal::Decimal;
use fluent::{FluentArgs, FluentError, FluentValue};

use super::cases;
use super::cldr::Cldr;
use super::marks;
use super::value::{Arg, Value};
use super::words::{Bundle, Entry};
use crate::results::{Figure, Hedge};

/// Internal: what selectors become. No locale may call it.
pub const CASE: &str = "CASE";

/// A call, with the locale around it.
struct Call<'a> {
    name: &'static str,
    positional: &'a [FluentValue<'a>],
    named: &'a FluentArgs<'a>,
    cldr: &'a Arc<Cldr>,
    numbers: Option<&'a Bundle>,
}

type Outcome = Result<FluentValue<'static>, String>;
type Function = fn(&Call<'_>) -> Outcome;

const LEAVES: &[(&str, Function)] = &[
    (CASE, case),
    ("COUNT", count),
    ("INITIAL", initial),
    ("NUMBER", number),
    ("NUMERAL", numeral),
    ("SCALE", scale),
    ("SHAPE", shape),
    ("SHIFT", shift),
    ("SUPER", superscript),
];

const CALLING_BACK: &[(&str, Function)] =
    &[("DATE", date), ("LIST", list), ("MEASURE", measure), ("NAME", name), ("ORDINAL", ordinal)];

/// The names that a file of this layer may call.
pub fn names(numbers_only: bool) -> Vec<&'static str> {
    let more = if numbers_only { &[][..] } else { CALLING_BACK };
    LEAVES.iter().chain(more).map(|(name, _)| *name).filter(|name| *name != CASE).collect()
}

/// Adds the functions to a bundle; with `numbers`, also those that go back to it.
pub fn register(bundle: &mut Bundle, cldr: &Arc<Cldr>, numbers: Option<&Arc<Bundle>>) -> Result<(), FluentError> {
    let more = if numbers.is_some() { CALLING_BACK } else { &[][..] };
    for &(name, function) in LEAVES.iter().chain(more) {
        let (cldr, numbers) = (cldr.clone(), numbers.cloned());
        bundle.add_function(name, move |positional, named| {
            let call = Call { name, positional, named, cldr: &cldr, numbers: numbers.as_deref() };
            function(&call).unwrap_or_else(|message| {
                fail(name, message);
                FluentValue::Error
            })
        })?;
    }
    Ok(())
}

/// Calls a function as a message would.
pub fn apply(
    name: &str,
    value: &FluentValue<'_>,
    options: &FluentArgs<'_>,
    cldr: &Arc<Cldr>,
    numbers: &Bundle,
) -> Result<String, String> {
    let Some(&(name, function)) = LEAVES.iter().chain(CALLING_BACK).find(|(known, _)| *known == name) else {
        return Err(format!("there is no function {name}"));
    };
    let call = Call { name, positional: std::slice::from_ref(value), named: options, cldr, numbers: Some(numbers) };
    match function(&call)? {
        FluentValue::String(text) => Ok(text.into_owned()),
        other => Ok(Arg::of(&other).map_or_else(String::new, Arg::text)),
    }
}

/// A mistake inside a message: Fluent itself would print the function's name and go on.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The message of `numbers.ftl` that was being resolved; empty for the one that the template named.
    pub within: String,
    /// What to look for in the message, to point at it.
    pub needle: String,
    pub message: String,
}

thread_local! {
    // Fluent hands functions no place for errors: they wait here until the message is done.
    static FAILURES: RefCell<Vec<Failure>> = const { RefCell::new(Vec::new()) };
}

pub fn fail(function: &str, message: String) {
    let needle = if function.is_empty() { String::new() } else { format!("{function}(") };
    push(Failure { within: String::new(), needle, message });
}

pub fn push(failure: Failure) {
    FAILURES.with_borrow_mut(|failures| failures.push(failure));
}

pub fn take_failures() -> Vec<Failure> {
    FAILURES.take()
}

impl Call<'_> {
    fn first(&self) -> Result<&FluentValue<'_>, String> {
        self.positional.first().ok_or_else(|| format!("{} needs a value", self.name))
    }

    fn value(&self) -> Result<Value, String> {
        match self.first()? {
            FluentValue::Error => Err(format!("{} got no value", self.name)),
            other => Ok(plain(other)),
        }
    }

    fn decimal(&self) -> Result<Decimal, String> {
        match self.value()? {
            Value::Number(number) => Ok(number),
            Value::Figure(figure) => Ok(figure.value.clone()),
            other => Err(format!("{} needs a number, not {}", self.name, other.kind())),
        }
    }

    fn option(&self, name: &str) -> Option<String> {
        self.named.get(name).map(|value| match plain(value) {
            Value::Text(text) => text,
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        })
    }

    fn integer_option(&self, name: &str) -> Result<i16, String> {
        let text = self.option(name).ok_or_else(|| format!("{} needs `{name}: …`", self.name))?;
        text.parse().map_err(|_| format!("`{name}: {text}` of {} is no whole number", self.name))
    }

    fn number(&self, value: Decimal) -> FluentValue<'static> {
        Value::Number(value).into_fluent(self.cldr)
    }

    /// Resolves a message of `numbers.ftl` with `own` variables and the call's options.
    fn back(&self, id: &str, attribute: Option<&str>, own: Vec<(&'static str, Value)>) -> Result<String, String> {
        let numbers = self.numbers.ok_or("this function cannot be called from numbers.ftl")?;
        let mut args = FluentArgs::new();
        for (name, value) in own {
            args.set(name, value.into_fluent(self.cldr));
        }
        for (name, value) in self.named.iter() {
            args.set(name.to_owned(), value.clone());
        }
        let Some(entry) = Entry::find(numbers, id, attribute) else {
            let what = attribute.map_or(format!("message `{id}`"), |a| format!("attribute `.{a}` of `{id}`"));
            return Err(format!("numbers.ftl has no {what}, which {} needs", self.name));
        };
        let before = FAILURES.take();
        let text = entry.resolve(numbers, &args);
        let mut inner = FAILURES.take();
        for failure in &mut inner {
            if failure.within.is_empty() {
                failure.within = id.to_owned();
            }
        }
        FAILURES.set(before.into_iter().chain(inner).collect());
        Ok(text)
    }
}

fn plain(value: &FluentValue<'_>) -> Value {
    match value {
        FluentValue::String(text) => Value::Text(text.clone().into_owned()),
        FluentValue::Number(number) => Decimal::try_from_str(&number.as_string()).map_or(Value::None, Value::Number),
        FluentValue::Custom(_) => Arg::of(value).map_or(Value::None, |arg| arg.value.clone()),
        FluentValue::None | FluentValue::Error => Value::None,
    }
}

fn text(text: impl Into<String>) -> Outcome {
    Ok(FluentValue::String(text.into().into()))
}

fn case(call: &Call<'_>) -> Outcome {
    let selector = call.first()?;
    let keys: Vec<&str> = call.positional[1..]
        .iter()
        .filter_map(|key| if let FluentValue::String(key) = key { Some(key.as_ref()) } else { None })
        .collect();
    let number = |value: &Decimal, ordinal: bool| {
        keys.iter()
            .find(|key| {
                Decimal::try_from_str(key).is_ok_and(|k| k.absolute == value.absolute && k.sign() == value.sign())
            })
            .copied()
            .unwrap_or_else(|| call.cldr.category(value, ordinal))
            .to_owned()
    };
    let key = match plain(selector) {
        Value::Text(text) => text,
        Value::Number(value) => number(&value, Arg::of(selector).is_some_and(|arg| arg.ordinal)),
        Value::Figure(figure) => number(&figure.value, false),
        Value::None => "none".to_owned(),
        Value::Name(_) | Value::Date(_) | Value::List(_) => "some".to_owned(),
    };
    text(cases::identifier(&key))
}

/// `COUNT($figure)`: its number, for a plural selector.
fn count(call: &Call<'_>) -> Outcome {
    Ok(call.number(call.decimal()?))
}

/// `NUMBER($n, type: "ordinal")`: the number, selecting by ordinal categories.
fn number(call: &Call<'_>) -> Outcome {
    let value = call.decimal()?;
    let ordinal = match call.option("type").as_deref() {
        None | Some("cardinal") => false,
        Some("ordinal") => true,
        Some(other) => return Err(format!("NUMBER knows the types cardinal and ordinal, not `{other}`")),
    };
    Ok(FluentValue::Custom(Box::new(Arg { value: Value::Number(value), ordinal, cldr: call.cldr.clone() })))
}

/// `SCALE(v, steps: "12 9 6")`: the largest power of ten of the steps that the number reaches; 0 for none.
fn scale(call: &Call<'_>) -> Outcome {
    let value = call.decimal()?;
    let steps = call.option("steps").ok_or("SCALE needs `steps: \"9 6\"`")?;
    let mut reached = 0;
    for step in steps.split_whitespace() {
        let power: i16 = step.parse().map_err(|_| format!("`{step}` in the steps of SCALE is no power of ten"))?;
        if !value.absolute.is_zero() && value.absolute.nonzero_magnitude_start() >= power {
            reached = reached.max(power);
        }
    }
    Ok(call.number(Decimal::from(reached)))
}

/// `SHIFT(v, by: 9)`: v / 10⁹, exactly.
fn shift(call: &Call<'_>) -> Outcome {
    let mut value = call.decimal()?;
    value.absolute.multiply_pow10(-call.integer_option("by")?);
    value.absolute.trim_start();
    value.absolute.trim_end_if_integer();
    if *value.absolute.magnitude_range().start() < 0 {
        value.absolute.trim_end();
    }
    Ok(call.number(value))
}

/// `SHAPE(v)`: `round` (a multiple of ten), `integer` or `decimal`.
fn shape(call: &Call<'_>) -> Outcome {
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

/// `INITIAL($name)`: what the first letter is, without its accents.
fn initial(call: &Call<'_>) -> Outcome {
    let first = match call.value()? {
        Value::Text(text) => text.chars().next(),
        Value::Name(forms) => forms.name.chars().next(),
        other => return Err(format!("INITIAL needs a name, not {}", other.kind())),
    };
    let letter = first.map(|c| unaccented(c).to_ascii_lowercase());
    text(match letter {
        Some('a' | 'e' | 'i' | 'o' | 'u') => "vowel",
        Some('h') => "h",
        Some('y') => "y",
        Some(c) if c.is_numeric() => "digit",
        Some(c) if c.is_ascii_alphabetic() => "consonant",
        _ => "other",
    })
}

/// Base letter of the accented Latin letters that begin names, by Unicode decomposition; œ and æ as vowels.
fn unaccented(c: char) -> char {
    let mut folded = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize_iter(std::iter::once(c));
    match folded.next() {
        Some('œ' | 'Œ') => 'o',
        Some('æ' | 'Æ') => 'a',
        Some('ø' | 'Ø') => 'o',
        Some(base) => base,
        None => c,
    }
}

/// `SUPER("re")`: raised letters.
fn superscript(call: &Call<'_>) -> Outcome {
    match call.value()? {
        Value::Text(letters) => text(marks::raised(&letters)),
        other => Err(format!("SUPER needs a text, not {}", other.kind())),
    }
}

/// `NUMERAL($n, system: "hans")`: the number in words of an algorithmic numbering system of CLDR.
fn numeral(call: &Call<'_>) -> Outcome {
    let value = call.decimal()?;
    match call.option("system").as_deref() {
        Some("hans") => value
            .to_string()
            .parse::<u32>()
            .ok()
            .filter(|n| (1..100_000).contains(n))
            .map(|n| FluentValue::String(han_numeral(n).into()))
            .ok_or_else(|| format!("NUMERAL writes whole numbers from 1 to 99999, not {value}")),
        Some(other) => Err(format!("NUMERAL knows the system `hans`, not `{other}`")),
        None => Err("NUMERAL needs `system: \"hans\"`".to_owned()),
    }
}

/// Numerals in simplified Chinese (CLDR, zh spellout-cardinal): 12 is 十二, 105 is 一百零五.
fn han_numeral(n: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut out = String::new();
    let mut gap = false;
    for (power, unit) in [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (n / power % 10) as usize;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push_str(DIGITS[0]);
            gap = false;
        }
        // Ten to nineteen begin with 十 alone.
        if !(power == 10 && digit == 1 && out.is_empty()) {
            out.push_str(DIGITS[digit]);
        }
        out.push_str(unit);
    }
    out
}

/// `MEASURE($figure, approx: "exact")`: the figure through `measure-UNIT`.
fn measure(call: &Call<'_>) -> Outcome {
    let Value::Figure(figure) = call.value()? else {
        return Err(format!("MEASURE needs a figure, not {}", call.value()?.kind()));
    };
    if let Some(approx) = call.option("approx").filter(|a| Hedge::parse(a).is_none()) {
        return Err(format!("`approx: \"{approx}\"` is none of {}", Hedge::WORDS.join(", ")));
    }
    text(marks::kept(&call.back(&format!("measure-{}", figure.unit), None, measure_args(&figure))?))
}

/// What a `measure-UNIT` message may use.
pub fn measure_args(figure: &Figure) -> Vec<(&'static str, Value)> {
    vec![("value", Value::Number(figure.value.clone())), ("approx", Value::Text(figure.hedge.word().to_owned()))]
}

/// `ORDINAL($n, gender: "feminine")`: a rank through `ordinal`.
fn ordinal(call: &Call<'_>) -> Outcome {
    let own = vec![("n", Value::Number(call.decimal()?))];
    text(call.back("ordinal", None, own)?)
}

/// `DATE($d, style: "short")`: a date of any precision.
fn date(call: &Call<'_>) -> Outcome {
    let Value::Date(date) = call.value()? else {
        return Err(format!("DATE needs a date, not {}", call.value()?.kind()));
    };
    let id = match date {
        _ if date.end => "date-year-end",
        _ if date.time.is_some() => "date-time",
        _ if date.day.is_some() => "date-day",
        _ if date.month.is_some() => "date-month",
        _ => "date-year",
    };
    let count = |n: Option<u8>| n.map_or(Value::None, |n| Value::Number(Decimal::from(n)));
    let own = vec![
        ("day", count(date.day)),
        ("month", count(date.month)),
        ("month-name", Value::Text(call.cldr.month(date))),
        ("year", Value::Text(call.cldr.digits(date.year.into()))),
        ("hour", count(date.time.map(|(hour, _)| hour))),
        ("minute", date.time.map_or(Value::None, |(_, minute)| Value::Text(call.cldr.two_digits(minute)))),
        ("style", Value::Text("long".to_owned())),
    ];
    text(marks::kept(&call.back(id, None, own)?))
}

/// `LIST($l)`: the CLDR list of several values.
fn list(call: &Call<'_>) -> Outcome {
    match call.value()? {
        Value::List(items) => text(call.cldr.list(&items)),
        other => Err(format!("LIST needs a list, not {}", other.kind())),
    }
}

/// `NAME($city, form: "of")`: the form that the data gives, else the locale's `name-of`.
fn name(call: &Call<'_>) -> Outcome {
    let forms = match call.value()? {
        Value::Name(forms) => forms,
        Value::Text(plain) => return text(plain),
        other => return Err(format!("NAME needs a name, not {}", other.kind())),
    };
    let Some(form) = call.option("form") else { return text(forms.name.clone()) };
    match forms.others.get(&form) {
        Some(given) => text(given.clone()),
        None => {
            let own = vec![("name", Value::Text(forms.name.clone()))];
            text(call.back(&format!("name-{form}"), None, own)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numerals_follow_cldr() {
        for (n, words) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (21, "二十一"),
            (100, "一百"),
            (105, "一百零五"),
            (110, "一百一十"),
            (115, "一百一十五"),
            (1000, "一千"),
            (1005, "一千零五"),
            (1010, "一千零一十"),
            (10001, "一万零一"),
        ] {
            assert_eq!(han_numeral(n), words);
        }
    }

    #[test]
    fn a_first_letter_is_known_without_its_accents() {
        for (letter, base) in [('É', 'E'), ('œ', 'o'), ('Ø', 'o'), ('ế', 'e'), ('Ç', 'C'), ('北', '北')] {
            assert_eq!(unaccented(letter), base);
        }
    }
}
