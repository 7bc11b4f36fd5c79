//! The functions that messages may call. The value files (`numbers.ftl` and `units.ftl`) may call those that need no message;
//! all other files may also call those that resolve a message of the value files, and LIST.

mod formatters;
mod names;
mod numbers;

use std::cell::RefCell;
use std::sync::Arc;

use fixed_decimal::Decimal;
use fluent::{FluentArgs, FluentError, FluentValue};

use super::cldr::Cldr;
use super::messages::{Bundle, MessagePattern};
use super::text_marks;
use super::trace;
use super::value::{Arg, Value};
use crate::results::RANGE;
pub use formatters::{DATE_VARIABLES, MEASURE_VARIABLES, measure_args, measure_ids};

/// Internal function that rewritten selectors call. Messages must not call it.
pub const CASE: &str = "CASE";

/// How a language formats values: the messages of its value files, and its CLDR data.
pub struct ValueFormats {
    /// Name of the locale.
    pub name: String,
    pub cldr: Arc<Cldr>,
    pub value_messages: Bundle,
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

/// Why a function failed.
#[derive(Clone, Debug)]
pub struct FunctionError {
    pub message: String,
    /// The message of the value files that the function needs and that does not exist.
    pub missing_message: Option<String>,
}

impl<T: Into<String>> From<T> for FunctionError {
    fn from(message: T) -> Self {
        Self { message: message.into(), missing_message: None }
    }
}

type FunctionResult = Result<FluentValue<'static>, FunctionError>;
type Function = for<'v> fn(&FunctionCall<'_, 'v>) -> Result<FluentValue<'v>, FunctionError>;

/// Functions that need no message: they inspect, compute or format a number or a text.
const PRIMITIVES: &[(&str, Function)] = &[
    ("ARTICLE", names::article),
    (CASE, numbers::case),
    ("COUNT", numbers::count),
    ("FINAL", names::last_letter),
    ("INITIAL", names::initial),
    ("NOUN", names::noun),
    ("NUMBER", numbers::number),
    ("NUMERAL", numbers::numeral),
    ("PART", numbers::part),
    ("REST", names::rest),
    ("SCALE", numbers::scale),
    ("SHAPE", numbers::shape),
    ("SHIFT", numbers::shift),
    ("SUPER", names::superscript),
    ("UNSURE", names::unsure),
];

/// Functions that resolve a message of the value files, and LIST.
const FORMATTERS: &[(&str, Function)] = &[
    ("DATE", formatters::date),
    ("LIST", formatters::list),
    ("MEASURE", formatters::measure),
    ("NAME", names::name),
    ("ORDINAL", formatters::ordinal),
];

/// Returns the functions that may be called in the value files (`value_files_only`) or in the other files.
pub fn function_names(value_files_only: bool) -> Vec<&'static str> {
    let more = if value_files_only { &[][..] } else { FORMATTERS };
    PRIMITIVES.iter().chain(more).map(|(name, _)| *name).filter(|name| *name != CASE).collect()
}

/// Adds the functions to a bundle. Those that resolve messages of the value files are added only if `formats` is given.
pub fn register(bundle: &mut Bundle, cldr: &Arc<Cldr>, formats: Option<&Arc<ValueFormats>>) -> Result<(), FluentError> {
    let more = if formats.is_some() { FORMATTERS } else { &[][..] };
    for &(name, function) in PRIMITIVES.iter().chain(more) {
        let (cldr, formats) = (cldr.clone(), formats.cloned());
        bundle.add_function(name, move |positional, named| {
            let call = FunctionCall { name, positional, named, cldr: &cldr, formats: formats.as_deref() };
            invoke(function, &call).unwrap_or_else(|error| {
                fail(name, error);
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
) -> Result<String, FunctionError> {
    let Some(&(name, function)) = PRIMITIVES.iter().chain(FORMATTERS).find(|(known, _)| *known == name) else {
        return Err(format!("unknown function `{name}`").into());
    };
    let positional = std::slice::from_ref(value);
    let call = FunctionCall { name, positional, named: options, cldr: &formats.cldr, formats: Some(formats) };
    match invoke(function, &call)? {
        FluentValue::String(text) => Ok(text.into_owned()),
        other => Ok(Arg::of(&other).map_or_else(String::new, Arg::text)),
    }
}

/// Calls a function and records its result as one value, which replaces the values that it formatted on the way.
fn invoke<'v>(function: Function, call: &FunctionCall<'_, 'v>) -> Result<FluentValue<'v>, FunctionError> {
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
    /// The message of the value files that was being resolved; empty for the message that the template calls.
    pub within: String,
    /// Text to search for in the message to locate the failure.
    pub needle: String,
    pub message: String,
    /// The message that is missing, if that is the failure.
    pub missing_message: Option<String>,
}

/// A message of the value files that was taken from a fallback.
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
pub fn fail(function: &str, error: impl Into<FunctionError>) {
    let needle = if function.is_empty() { String::new() } else { format!("{function}(") };
    let FunctionError { message, missing_message } = error.into();
    record_failure(Failure { within: String::new(), needle, message, missing_message });
}

pub fn record_failure(failure: Failure) {
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
            Value::Text(text) | Value::Code(text) => Ok(text),
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

    /// Resolves the first of these messages that exists in the value files, here or in a fallback. It receives its `own`
    /// variables and the options of the call.
    fn resolve_message(&self, ids: &[&str], own: Vec<(&'static str, Value)>) -> Result<String, FunctionError> {
        let mut formats = self.formats.ok_or("this function cannot be called in numbers.ftl or units.ftl")?;
        let native = formats;
        let (id, entry) = loop {
            let found = ids.iter().find_map(|id| Some((*id, MessagePattern::find(&formats.value_messages, id, None)?)));
            match (found, &formats.fallback) {
                (Some(found), _) => break found,
                (None, Some(next)) => formats = next,
                (None, None) => {
                    return Err(FunctionError {
                        message: format!(
                            "neither numbers.ftl nor units.ftl has the message `{}`, which {} needs",
                            ids[0], self.name
                        ),
                        missing_message: Some(ids[0].to_owned()),
                    });
                }
            }
        };
        trace::record_format(id);
        let args = with_options(own, self.named, &formats.cldr);
        let before = FAILURES.take();
        let text = entry.resolve(&formats.value_messages, &args);
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
        Ok(text_marks::foreign(&formats.cldr.language, &text))
    }
}

/// Options that a sentence passes through to the value files. A selector on a missing option selects `none`.
pub const OPTIONS: [&str; 3] = ["case", "gender", "style"];

/// Returns the variables of a message of the value files: its own and the options of the call.
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
