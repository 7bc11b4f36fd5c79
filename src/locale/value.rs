//! Arguments of messages: exact values, which the functions of the locale format.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use fixed_decimal::Decimal;
use fluent::types::FluentType;
use fluent::{FluentArgs, FluentValue};
use intl_memoizer::{IntlLangMemoizer, concurrent};

use super::cldr::Cldr;
use super::functions::fail;
use super::{text_marks, trace};
use crate::results::{Figure, NameForms, Period};

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The data has no value. A selector selects the variant `none`.
    None,
    Text(String),
    /// An address, a serial number or a key, printed unchanged: typographic rules do not apply.
    Code(String),
    Number(Decimal),
    Figure(Arc<Figure>),
    Date(Period),
    Name(Arc<NameForms>),
    List(Vec<String>),
}

impl Value {
    /// Returns the type of the value as shown in diagnostics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::None => "a missing value",
            Self::Text(_) | Self::Code(_) => "a text",
            Self::Number(_) => "a number",
            Self::Figure(_) => "a figure",
            Self::Date(_) => "a date",
            Self::Name(_) => "a name",
            Self::List(_) => "a list",
        }
    }

    pub(super) fn into_fluent(self, cldr: &Arc<Cldr>) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::String(text.into()),
            value => Arg::fluent(value, false, cldr),
        }
    }
}

/// The arguments of a message, by name.
pub type Args<'a> = Vec<(Cow<'a, str>, Value)>;

/// Converts arguments for Fluent.
pub(super) fn fluent_args<'a>(args: Args<'a>, cldr: &Arc<Cldr>) -> FluentArgs<'a> {
    args.into_iter().map(|(name, value)| (name, value.into_fluent(cldr))).collect()
}

/// A value as a custom Fluent type. Fluent copies it at each use, hence the `Arc`.
#[derive(Clone)]
pub(super) struct Arg(pub Arc<ArgData>);

/// The shared contents of an [`Arg`].
pub(super) struct ArgData {
    pub value: Value,
    /// Makes selectors use ordinal plural categories (1st, 2nd) instead of cardinal ones.
    pub ordinal: bool,
    /// Formats the number, since Fluent requests the text from the value itself.
    cldr: Arc<Cldr>,
}

impl Arg {
    pub fn fluent(value: Value, ordinal: bool, cldr: &Arc<Cldr>) -> FluentValue<'static> {
        FluentValue::Custom(Box::new(Self(Arc::new(ArgData { value, ordinal, cldr: cldr.clone() }))))
    }

    /// Returns the argument inside a Fluent value, if it is one of this type.
    pub fn of<'a>(value: &'a FluentValue<'_>) -> Option<&'a Self> {
        match value {
            FluentValue::Custom(custom) => {
                let any: &dyn Any = custom.as_any();
                any.downcast_ref::<Self>()
            }
            _ => None,
        }
    }

    /// Formats the value. Figures, dates, lists and missing values need a function or a selector, and record a failure.
    pub fn text(&self) -> String {
        let text = match &self.0.value {
            Value::Number(number) => self.0.cldr.number(number),
            Value::Text(text) => text.clone(),
            Value::Code(text) => text_marks::verbatim(text),
            Value::Name(forms) => forms.name.clone(),
            other => {
                let function = match other {
                    Value::Figure(_) => "MEASURE",
                    Value::Date(_) => "DATE",
                    Value::List(_) => "LIST",
                    _ => "a selector with a variant [none]",
                };
                fail("", format!("{} cannot be printed directly: use {function}", other.kind()));
                String::new()
            }
        };
        trace::record_value(trace::checkpoint(), || self.0.value.clone(), &text);
        text
    }
}

impl fmt::Debug for Arg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.value.fmt(f)
    }
}

impl PartialEq for Arg {
    fn eq(&self, other: &Self) -> bool {
        self.0.value == other.0.value && self.0.ordinal == other.0.ordinal
    }
}

impl FluentType for Arg {
    fn duplicate(&self) -> Box<dyn FluentType + Send> {
        Box::new(self.clone())
    }

    fn as_string(&self, _: &IntlLangMemoizer) -> Cow<'static, str> {
        self.text().into()
    }

    fn as_string_threadsafe(&self, _: &concurrent::IntlLangMemoizer) -> Cow<'static, str> {
        self.text().into()
    }
}
