//! What a template hands to a message: facts, still exact, that the locale's functions give a form.

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
use super::{marks, trace};
use crate::results::{Figure, NameForms, Period};

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing stands in the data. A selector sees `none`.
    None,
    Text(String),
    /// An address, a serial number, a key: printed as it stands, never as prose.
    Code(String),
    Number(Decimal),
    Figure(Arc<Figure>),
    Date(Period),
    Name(Arc<NameForms>),
    List(Vec<String>),
}

impl Value {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::None => "nothing",
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

pub type Args<'a> = Vec<(Cow<'a, str>, Value)>;

pub(super) fn fluent_args<'a>(args: Args<'a>, cldr: &Arc<Cldr>) -> FluentArgs<'a> {
    args.into_iter().map(|(name, value)| (name, value.into_fluent(cldr))).collect()
}

/// A value inside Fluent, which copies it whenever a message names it.
#[derive(Clone)]
pub(super) struct Arg(pub Arc<ArgData>);

pub(super) struct ArgData {
    pub value: Value,
    /// Selects by ordinal categories (1st, 2nd) in place of cardinal ones.
    pub ordinal: bool,
    /// Fluent asks a value for its text: it carries its locale.
    cldr: Arc<Cldr>,
}

impl Arg {
    pub fn fluent(value: Value, ordinal: bool, cldr: &Arc<Cldr>) -> FluentValue<'static> {
        FluentValue::Custom(Box::new(Self(Arc::new(ArgData { value, ordinal, cldr: cldr.clone() }))))
    }

    pub fn of<'a>(value: &'a FluentValue<'_>) -> Option<&'a Self> {
        match value {
            FluentValue::Custom(custom) => {
                let any: &dyn Any = custom.as_any();
                any.downcast_ref::<Self>()
            }
            _ => None,
        }
    }

    pub fn text(&self) -> String {
        let text = match &self.0.value {
            Value::Number(number) => self.0.cldr.number(number),
            Value::Text(text) => text.clone(),
            Value::Code(text) => marks::verbatim(text),
            Value::Name(forms) => forms.name.clone(),
            other => {
                let function = match other {
                    Value::Figure(_) => "MEASURE",
                    Value::Date(_) => "DATE",
                    Value::List(_) => "LIST",
                    _ => "a selector with the variant [none]",
                };
                fail("", format!("{} cannot stand in a sentence as it is: use {function}", other.kind()));
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
