//! The functions that messages may call. `numbers.ftl` may call those that only inspect a number or a string; all
//! other files may also call those that resolve a message of `numbers.ftl`.

use std::cell::RefCell;
use std::sync::Arc;

use fixed_decimal::Decimal;
use fluent::{FluentArgs, FluentError, FluentValue};

use super::cases;
use super::cldr::Cldr;
use super::marks;
use super::messages::{Bundle, MessagePattern};
use super::numeral;
use super::trace;
use super::value::{Arg, Value};
use crate::results::{Date, Figure, Hedge, RANGE};

/// Internal function that rewritten selectors call. Messages must not call it.
pub const CASE: &str = "CASE";

/// How a language formats values: the messages of its `numbers.ftl`, and its CLDR data.
pub struct ValueFormats {
    /// Name of the locale.
    pub name: String,
    pub cldr: Arc<Cldr>,
    pub numbers: Bundle,
    /// Provides the messages that this language lacks.
    pub fallback: Option<Arc<ValueFormats>>,
}

/// A call to a function, with the locale of the calling message.
struct FunctionCall<'c, 'v> {
    name: &'static str,
    positional: &'c [FluentValue<'v>],
    named: &'c FluentArgs<'c>,
    cldr: &'c Arc<Cldr>,
    formats: Option<&'c ValueFormats>,
}

type FunctionResult = Result<FluentValue<'static>, String>;
type Function = for<'v> fn(&FunctionCall<'_, 'v>) -> Result<FluentValue<'v>, String>;

/// Functions that inspect a number or a string.
const PRIMITIVES: &[(&str, Function)] = &[
    ("ARTICLE", article),
    (CASE, case),
    ("COUNT", count),
    ("FINAL", last_letter),
    ("INITIAL", initial),
    ("NOUN", noun),
    ("NUMBER", number),
    ("NUMERAL", numeral),
    ("PART", part),
    ("REST", rest),
    ("SCALE", scale),
    ("SHAPE", shape),
    ("SHIFT", shift),
    ("SUPER", superscript),
    ("UNSURE", unsure),
];

/// Functions that resolve a message of `numbers.ftl`, and LIST.
const FORMATTERS: &[(&str, Function)] =
    &[("DATE", date), ("LIST", list), ("MEASURE", measure), ("NAME", name), ("ORDINAL", ordinal)];

/// Returns the functions that may be called in `numbers.ftl` (`numbers_only`) or in the other files.
pub fn function_names(numbers_only: bool) -> Vec<&'static str> {
    let more = if numbers_only { &[][..] } else { FORMATTERS };
    PRIMITIVES.iter().chain(more).map(|(name, _)| *name).filter(|name| *name != CASE).collect()
}

/// Adds the functions to a bundle. Those that resolve messages of `numbers.ftl` are added only if `formats` is given.
pub fn register(bundle: &mut Bundle, cldr: &Arc<Cldr>, formats: Option<&Arc<ValueFormats>>) -> Result<(), FluentError> {
    let more = if formats.is_some() { FORMATTERS } else { &[][..] };
    for &(name, function) in PRIMITIVES.iter().chain(more) {
        let (cldr, formats) = (cldr.clone(), formats.cloned());
        bundle.add_function(name, move |positional, named| {
            let call = FunctionCall { name, positional, named, cldr: &cldr, formats: formats.as_deref() };
            invoke(function, &call).unwrap_or_else(|message| {
                fail(name, message);
                FluentValue::Error
            })
        })?;
    }
    Ok(())
}

/// Calls a function outside any message.
pub fn apply(
    name: &str,
    value: &FluentValue<'_>,
    options: &FluentArgs<'_>,
    formats: &ValueFormats,
) -> Result<String, String> {
    let Some(&(name, function)) = PRIMITIVES.iter().chain(FORMATTERS).find(|(known, _)| *known == name) else {
        return Err(format!("unknown function `{name}`"));
    };
    let positional = std::slice::from_ref(value);
    let call = FunctionCall { name, positional, named: options, cldr: &formats.cldr, formats: Some(formats) };
    match invoke(function, &call)? {
        FluentValue::String(text) => Ok(text.into_owned()),
        other => Ok(Arg::of(&other).map_or_else(String::new, Arg::text)),
    }
}

/// Calls a function and records its result as one value, which replaces the values that it formatted on the way.
fn invoke<'v>(function: Function, call: &FunctionCall<'_, 'v>) -> Result<FluentValue<'v>, String> {
    let checkpoint = trace::checkpoint();
    let result = function(call);
    if let (Ok(FluentValue::String(text)), Some(first)) = (&result, call.positional.first())
        && (call.name == "NUMERAL" || FORMATTERS.iter().any(|(name, _)| *name == call.name))
    {
        trace::record_value(checkpoint, || to_value(first), text);
    }
    result
}

/// A failure inside a message. Fluent itself would print the name of the function and continue.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The message of `numbers.ftl` that was being resolved; empty for the message that the template calls.
    pub within: String,
    /// Text to search for in the message to locate the failure.
    pub needle: String,
    pub message: String,
}

/// A message of `numbers.ftl` that was taken from a fallback.
pub struct FallbackUse {
    pub id: String,
    /// Name of the locale that provided it.
    pub from: String,
}

thread_local! {
    // Fluent functions cannot return errors, so they are stored here until the message is resolved.
    static FAILURES: RefCell<Vec<Failure>> = const { RefCell::new(Vec::new()) };
    static FALLBACK_USES: RefCell<Vec<FallbackUse>> = const { RefCell::new(Vec::new()) };
}

/// Removes and returns the uses of a fallback that this thread has recorded.
pub fn take_fallback_uses() -> Vec<FallbackUse> {
    FALLBACK_USES.take()
}

/// Records that the named function failed. With an empty name, the failure has no place.
pub fn fail(function: &str, message: String) {
    let needle = if function.is_empty() { String::new() } else { format!("{function}(") };
    push(Failure { within: String::new(), needle, message });
}

pub fn push(failure: Failure) {
    FAILURES.with_borrow_mut(|failures| failures.push(failure));
}

/// Removes and returns the failures that this thread has recorded.
pub fn take_failures() -> Vec<Failure> {
    FAILURES.take()
}

impl FunctionCall<'_, '_> {
    fn first(&self) -> Result<&FluentValue<'_>, String> {
        self.positional.first().ok_or_else(|| format!("{} needs a value", self.name))
    }

    fn value(&self) -> Result<Value, String> {
        match self.first()? {
            FluentValue::Error => Err(format!("the value of {} could not be resolved", self.name)),
            other => Ok(to_value(other)),
        }
    }

    fn decimal(&self) -> Result<Decimal, String> {
        match self.value()? {
            Value::Number(number) => Ok(number),
            Value::Figure(figure) => Ok(figure.value.clone()),
            other => Err(format!("{} needs a number, not {}", self.name, other.kind())),
        }
    }

    fn name_or_text(&self) -> Result<String, String> {
        match self.value()? {
            Value::Text(text) => Ok(text),
            Value::Name(forms) => Ok(forms.name.clone()),
            other => Err(format!("{} needs a name, not {}", self.name, other.kind())),
        }
    }

    /// Splits a name that begins with one of the words in `of: "Le Les"`, and a space, into that word and the rest.
    fn split_article<'n>(&self, name: &'n str) -> Result<Option<(&'n str, &'n str)>, String> {
        let articles = self.option("of").ok_or_else(|| format!("{} needs `of: \"Le Les\"`", self.name))?;
        let split = name.split_once([' ', '\u{a0}']);
        Ok(split.filter(|(first, _)| articles.split_whitespace().any(|article| article == *first)))
    }

    fn option(&self, name: &str) -> Option<String> {
        self.named.get(name).map(|value| match to_value(value) {
            Value::Text(text) | Value::Code(text) => text,
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        })
    }

    fn integer_option(&self, name: &str) -> Result<Option<i16>, String> {
        let Some(text) = self.option(name) else { return Ok(None) };
        text.parse()
            .map(Some)
            .map_err(|_| format!("the option `{name}: {text}` of {} is not a whole number", self.name))
    }

    fn number(&self, value: Decimal) -> FluentValue<'static> {
        Value::Number(value).into_fluent(self.cldr)
    }

    /// Returns the largest exponent in `steps: "12 9 6"` whose power of ten the number reaches, or 0. With `decimals: 2`, it
    /// is 0 too if the number divided by that power has more than two decimals.
    fn step(&self, value: &Decimal) -> Result<i16, String> {
        let steps = self.option("steps").ok_or_else(|| format!("{} needs `steps: \"9 6\"`", self.name))?;
        let mut reached = 0;
        for step in steps.split_whitespace() {
            let power: i16 = step
                .parse()
                .map_err(|_| format!("`{step}` in the steps of {} is not an exponent of ten", self.name))?;
            if !value.absolute.is_zero() && value.absolute.nonzero_magnitude_start() >= power {
                reached = reached.max(power);
            }
        }
        let last_digit = if value.absolute.is_zero() { 0 } else { value.absolute.nonzero_magnitude_end() };
        let is_long = self.integer_option("decimals")?.is_some_and(|decimals| reached - last_digit > decimals);
        Ok(if is_long { 0 } else { reached })
    }

    /// Resolves the first of these messages that exists in `numbers.ftl`, here or in a fallback. It receives its `own`
    /// variables and the options of the call.
    fn resolve_message(&self, ids: &[&str], own: Vec<(&'static str, Value)>) -> Result<String, String> {
        let mut formats = self.formats.ok_or("this function cannot be called in numbers.ftl")?;
        let native = formats;
        let (id, entry) = loop {
            let found = ids.iter().find_map(|id| Some((*id, MessagePattern::find(&formats.numbers, id, None)?)));
            match (found, &formats.fallback) {
                (Some(found), _) => break found,
                (None, Some(next)) => formats = next,
                (None, None) => {
                    return Err(format!("numbers.ftl has no message `{}`, which {} needs", ids[0], self.name));
                }
            }
        };
        let args = with_options(own, self.named, &formats.cldr);
        let before = FAILURES.take();
        let text = entry.resolve(&formats.numbers, &args);
        let mut inner = FAILURES.take();
        for failure in &mut inner {
            if failure.within.is_empty() {
                failure.within = id.to_owned();
            }
        }
        FAILURES.set(before.into_iter().chain(inner).collect());
        if std::ptr::eq(formats, native) {
            return Ok(text);
        }
        let from = formats.name.clone();
        FALLBACK_USES.with_borrow_mut(|list| list.push(FallbackUse { id: id.to_owned(), from }));
        Ok(marks::foreign(&formats.cldr.tag, &text))
    }
}

/// Options that a sentence passes through to `numbers.ftl`. A selector on a missing option selects `none`.
pub const OPTIONS: [&str; 3] = ["case", "gender", "style"];

/// Returns the variables of a message of `numbers.ftl`: its own and the options of the call.
pub fn with_options<'a>(own: Vec<(&'static str, Value)>, options: &FluentArgs<'_>, cldr: &Arc<Cldr>) -> FluentArgs<'a> {
    let mut args = FluentArgs::new();
    for name in OPTIONS {
        args.set(name, FluentValue::None);
    }
    let range = own.iter().any(|(name, value)| *name == "approx" && matches!(value, Value::Text(t) if t == RANGE));
    for (name, value) in own {
        args.set(name, value.into_fluent(cldr));
    }
    // A sentence may override the hedge of a figure, but a range remains a range.
    for (name, value) in options.iter().filter(|(name, _)| !(range && *name == "approx")) {
        args.set(name.to_owned(), value.clone().into_owned());
    }
    args
}

/// Converts an argument to a value; errors become `Value::None`.
fn to_value(value: &FluentValue<'_>) -> Value {
    match value {
        FluentValue::String(text) => Value::Text(text.clone().into_owned()),
        FluentValue::Number(number) => Decimal::try_from_str(&number.as_string()).map_or(Value::None, Value::Number),
        FluentValue::Custom(_) => Arg::of(value).map_or(Value::None, |arg| arg.0.value.clone()),
        FluentValue::None | FluentValue::Error => Value::None,
    }
}

fn text(text: impl Into<String>) -> FunctionResult {
    Ok(FluentValue::String(text.into().into()))
}

/// Returns the key of the variant to select. The keys are the arguments after the selector.
fn case<'v>(call: &FunctionCall<'_, 'v>) -> Result<FluentValue<'v>, String> {
    let (selector, keys) = call.positional.split_first().ok_or("CASE needs a value")?;
    let named = |name: &str| keys.iter().find(|key| matches!(key, FluentValue::String(k) if k == name));
    let number = |value: &Decimal, ordinal: bool| {
        let equal = keys
            .iter()
            .find(|key| matches!(key, FluentValue::String(k) if cases::number(k).is_some_and(|n| is_equal(&n, value))));
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
fn count(call: &FunctionCall<'_, '_>) -> FunctionResult {
    Ok(call.number(call.decimal()?))
}

/// `NUMBER($n, type: "ordinal")`: the number, for a selector on ordinal plural categories.
fn number(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let value = call.decimal()?;
    let ordinal = match call.option("type").as_deref() {
        None | Some("cardinal") => false,
        Some("ordinal") => true,
        Some(other) => return Err(format!("unknown type `{other}` of NUMBER; available: cardinal, ordinal")),
    };
    Ok(Arg::fluent(Value::Number(value), ordinal, call.cldr))
}

/// `SCALE(v, steps: "12 9 6")`: the largest step (exponent of ten) that the number reaches, or 0.
/// `SCALE(v, w, steps: …)` is `same` if both numbers reach the same step.
fn scale(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let reached = call.step(&call.decimal()?)?;
    if let Some(other) = call.positional.get(1) {
        let Value::Number(other) = to_value(other) else {
            return Err("the second value of SCALE must be a number".to_owned());
        };
        if call.step(&other)? == reached {
            return text("same");
        }
    }
    Ok(call.number(Decimal::from(reached)))
}

/// `SHIFT(v, by: 9)`: v / 10⁹, exactly. `SHIFT(v, steps: "9 6")` divides by the power of ten that SCALE finds.
fn shift(call: &FunctionCall<'_, '_>) -> FunctionResult {
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
fn part(call: &FunctionCall<'_, '_>) -> FunctionResult {
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
fn shape(call: &FunctionCall<'_, '_>) -> FunctionResult {
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

/// `INITIAL($name)`: the class of the first letter (`vowel`, `h`, `y`, `digit`, `consonant` or `other`), ignoring accents.
/// Y is a vowel before a consonant (Ypres), and `y` before a vowel (Yokohama).
fn initial(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    let mut letters = name.chars().map(|c| unaccented(c).to_ascii_lowercase());
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    text(match letters.next() {
        Some(c) if is_vowel(c) => "vowel",
        Some('h') => "h",
        Some('y') if letters.next().is_some_and(|next| next.is_ascii_alphabetic() && !is_vowel(next)) => "vowel",
        Some('y') => "y",
        Some(c) if c.is_numeric() => "digit",
        Some(c) if c.is_ascii_alphabetic() => "consonant",
        _ => "other",
    })
}

/// `FINAL($name)`: the last letter or digit, without punctuation after it. A Latin letter is in lower case and without its
/// accent; a digit is a number, so that it matches `[1]`; a Hangul syllable is `vowel`, `rieul` or `consonant`, by its end.
/// Anything else is `other`.
fn last_letter(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    let Some(last) = name.chars().rev().find(|c| c.is_alphanumeric()) else { return text("other") };
    if let Some(digit) = last.to_digit(10) {
        return Ok(call.number(Decimal::from(digit)));
    }
    if let Some(end) = hangul_end(last) {
        return text(end);
    }
    match unaccented(last).to_ascii_lowercase() {
        c if c.is_ascii_alphabetic() => text(c.to_string()),
        _ => text("other"),
    }
}

/// Returns how a Hangul syllable ends: `vowel`, `rieul` (ㄹ) or another `consonant`. The particles of Korean depend on it.
fn hangul_end(c: char) -> Option<&'static str> {
    // Unicode 3.12: 28 syllables for each initial and vowel, first the one without a final consonant; ㄹ is the eighth final.
    let index = u32::from(c).checked_sub(0xAC00).filter(|index| *index < 11_172)?;
    Some(match index % 28 {
        0 => "vowel",
        8 => "rieul",
        _ => "consonant",
    })
}

/// `ARTICLE($name, of: "Le Les")`: the one of these words with which the name begins, or `none`.
fn article(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    text(call.split_article(&name)?.map_or("none".to_owned(), |(article, _)| article.to_owned()))
}

/// `REST($name, of: "Le Les")`: the name without the article that ARTICLE finds.
fn rest(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    text(call.split_article(&name)?.map_or(name.clone(), |(_, rest)| rest.to_owned()))
}

/// `NOUN($name, linking: "de du")`: `acronym` if the first word has capital letters only, `common` if some word begins with a
/// small letter and is not one of the linking words, and otherwise `proper`.
fn noun(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    let linking = call.option("linking").unwrap_or_default();
    let mut words = name.split_whitespace();
    let is_linking = |word: &str| linking.split_whitespace().any(|linking| linking == word);
    let is_common = |word: &str| word.starts_with(char::is_lowercase) && !is_linking(word);
    let is_acronym = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    text(match words.next() {
        Some(first) if is_acronym(first) => "acronym",
        Some(first) if is_common(first) || words.any(is_common) => "common",
        _ => "proper",
    })
}

/// `UNSURE("de")`: the text unchanged, in a form of a name that the rule cannot know: `check` asks for it in the data.
fn unsure(call: &FunctionCall<'_, '_>) -> FunctionResult {
    trace::record_guess();
    text(call.name_or_text()?)
}

/// Returns the base letter of an accented letter, by Unicode decomposition; œ, æ and ø, which have none, become o, a and o.
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

/// `SUPER("re")`: the letters as a superscript.
fn superscript(call: &FunctionCall<'_, '_>) -> FunctionResult {
    match call.value()? {
        Value::Text(letters) => text(marks::superscript(&letters)),
        other => Err(format!("SUPER needs a text, not {}", other.kind())),
    }
}

/// `NUMERAL($n, system: "hans")`: the number in an algorithmic numbering system of CLDR.
fn numeral(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let value = call.decimal()?;
    match call.option("system").as_deref() {
        Some("hans") => value
            .to_string()
            .parse::<u32>()
            .ok()
            .filter(|n| (1..100_000).contains(n))
            .map(|n| FluentValue::String(numeral::han(n).into()))
            .ok_or_else(|| format!("NUMERAL needs a whole number from 1 to 99999, not {value}")),
        Some(other) => Err(format!("unknown system `{other}` of NUMERAL; available: hans")),
        None => Err("NUMERAL needs `system: \"hans\"`".to_owned()),
    }
}

/// `MEASURE($figure, approx: "exact")`: the figure, formatted by the message `measure-UNIT`.
fn measure(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let figure = match call.value()? {
        Value::Figure(figure) => figure,
        other => return Err(format!("MEASURE needs a figure, not {}", other.kind())),
    };
    let approx = call.option("approx");
    if let Some(approx) = approx.filter(|a| Hedge::parse(a).is_none()) {
        return Err(format!("unknown value `{approx}` of `approx`; available: {}", Hedge::WORDS.join(", ")));
    }
    let ids = measure_ids(&figure.unit);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    text(marks::without_hyphenation(&call.resolve_message(&ids, measure_args(&figure))?))
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
        ("approx", Value::Text(figure.approx().to_owned())),
        ("unit", Value::Text(figure.unit.clone())),
        ("currency", Value::Text(figure.unit.to_ascii_uppercase())),
    ]
}

/// `ORDINAL($n, gender: "feminine")`: a rank, formatted by the message `ordinal`.
fn ordinal(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let own = vec![("n", Value::Number(call.decimal()?))];
    text(call.resolve_message(&["ordinal"], own)?)
}

/// `DATE($d, style: "short")`: a date of any precision, or a period from one date to another.
fn date(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let period = match call.value()? {
        Value::Date(period) => period,
        other => return Err(format!("DATE needs a date, not {}", other.kind())),
    };
    let from = period.from;
    let Some(to) = period.to else { return text(marks::without_hyphenation(&single(call, from)?)) };
    let cldr = call.cldr;
    let count = |n: Option<u8>| n.map_or(Value::None, |n| Value::Number(Decimal::from(n)));
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
        ("from", Value::Text(single(call, from)?)),
        ("to", Value::Text(single(call, to)?)),
        ("from-year", Value::Text(cldr.digits(from.year.into()))),
        ("to-year", Value::Text(cldr.digits(to.year.into()))),
        ("from-month", count(from.month)),
        ("to-month", count(to.month)),
        ("from-month-name", Value::Text(cldr.month(from))),
        ("to-month-name", Value::Text(cldr.month(to))),
        ("from-day", count(from.day)),
        ("to-day", count(to.day)),
        ("common", Value::Text(common.to_owned())),
        ("precision", Value::Text(precision.to_owned())),
    ];
    text(marks::without_hyphenation(&call.resolve_message(&["date-span"], own)?))
}

/// Formats one date with the message for its precision.
fn single(call: &FunctionCall<'_, '_>, date: Date) -> Result<String, String> {
    let id = match date {
        _ if date.end => "date-year-end",
        _ if date.time.is_some() => "date-time",
        _ if date.day.is_some() => "date-day",
        _ if date.month.is_some() => "date-month",
        _ => "date-year",
    };
    let cldr = call.cldr;
    let count = |n: Option<u8>| n.map_or(Value::None, |n| Value::Number(Decimal::from(n)));
    let own = vec![
        ("day", count(date.day)),
        ("month", count(date.month)),
        ("month-name", Value::Text(cldr.month(date))),
        ("year", Value::Text(cldr.digits(date.year.into()))),
        ("hour", count(date.time.map(|(hour, _)| hour))),
        ("minute", date.time.map_or(Value::None, |(_, minute)| Value::Number(two_digits(minute)))),
        ("style", Value::Text("long".to_owned())),
    ];
    call.resolve_message(&[id], own)
}

/// Returns a number that is printed with at least two digits.
fn two_digits(number: u8) -> Decimal {
    let mut number = Decimal::from(number);
    number.absolute.pad_start(2);
    number
}

/// `LIST($l)`: the values as a list, in the format of CLDR.
fn list(call: &FunctionCall<'_, '_>) -> FunctionResult {
    match call.value()? {
        Value::List(items) => text(call.cldr.list(&items)),
        other => Err(format!("LIST needs a list, not {}", other.kind())),
    }
}

/// `NAME($city, form: "of")`: the form given in the data, or else the message `name-of`.
fn name(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let forms = match call.value()? {
        Value::Name(forms) => forms,
        Value::Text(plain) | Value::Code(plain) => return text(plain),
        other => return Err(format!("NAME needs a name, not {}", other.kind())),
    };
    let Some(form) = call.option("form") else { return text(forms.name.clone()) };
    match forms.others.get(&form) {
        Some(given) => text(given.clone()),
        None => {
            let own = vec![("name", Value::Text(forms.name.clone()))];
            let resolve = || call.resolve_message(&[&format!("name-{form}")], own);
            let locale = call.formats.map_or("", |formats| &formats.name);
            text(trace::record_form(locale, &forms, &form, resolve)?)
        }
    }
}

/// The messages that DATE resolves, each with its variables.
pub const DATE_VARIABLES: &[(&str, &[&str])] = &[
    ("date-day", SINGLE),
    ("date-month", SINGLE),
    ("date-year", SINGLE),
    ("date-year-end", SINGLE),
    ("date-time", SINGLE),
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
const SINGLE: &[&str] = &["day", "month", "month-name", "year", "hour", "minute"];
/// The variables of a `measure-UNIT` message.
pub const MEASURE_VARIABLES: &[&str] = &["value", "min", "approx", "unit", "currency"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_end_distinguishes_the_final_consonants() {
        for (syllable, end) in [('나', "vowel"), ('울', "rieul"), ('산', "consonant"), ('힣', "consonant")] {
            assert_eq!(hangul_end(syllable), Some(end));
        }
        assert_eq!((hangul_end('ㄹ'), hangul_end('z'), hangul_end('北')), (None, None, None));
    }

    #[test]
    fn unaccented_returns_the_base_letter() {
        for (letter, base) in [('É', 'E'), ('œ', 'o'), ('Ø', 'o'), ('ế', 'e'), ('Ç', 'C'), ('北', '北')] {
            assert_eq!(unaccented(letter), base);
        }
    }
}
