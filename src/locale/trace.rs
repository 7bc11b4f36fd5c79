//! What a locale says, kept while an audit asks for it: each text that it gives, with the values inside.

use std::cell::RefCell;

use super::value::Value;
use crate::results::Figure;

/// A text that a locale gave: a message, a figure or one of its parts, a date, a name of the data.
#[derive(Clone, Debug)]
pub struct ResolvedText {
    /// The locale that gave it, which may be a fallback.
    pub locale: String,
    /// With the marks of its styles.
    pub text: String,
    /// In the order in which Fluent resolved them.
    pub values: Vec<ResolvedValue>,
}

/// A value, and the words that stand for it.
#[derive(Clone, Debug)]
pub struct ResolvedValue {
    pub value: Value,
    pub text: String,
    /// The part of a figure that the text is: `before`, `number` or `after`.
    pub part: Option<String>,
}

#[derive(Default)]
struct Record {
    done: Vec<ResolvedText>,
    /// The values of the text that is being resolved.
    open: Vec<ResolvedValue>,
}

thread_local! {
    // Fluent hands functions no place for what they say: it waits here until the text is done.
    static RECORD: RefCell<Option<Record>> = const { RefCell::new(None) };
}

/// Keeps all that is said on this thread while `work` runs.
pub fn record<T>(work: impl FnOnce() -> T) -> (T, Vec<ResolvedText>) {
    RECORD.set(Some(Record::default()));
    let result = work();
    (result, RECORD.take().map(|record| record.done).unwrap_or_default())
}

/// How many values the open text holds so far.
pub(super) fn checkpoint() -> usize {
    RECORD.with_borrow(|record| record.as_ref().map_or(0, |record| record.open.len()))
}

/// What was said since the mark is one value. Names and texts matter to an audit for their digits only.
pub(super) fn record_value(mark: usize, value: impl FnOnce() -> Value, text: &str) {
    RECORD.with_borrow_mut(|record| {
        let Some(record) = record else { return };
        record.open.truncate(mark);
        let value = value();
        if matches!(value, Value::Figure(_) | Value::Date(_) | Value::Number(_)) || text.contains(char::is_numeric) {
            record.open.push(ResolvedValue { value, text: text.to_owned(), part: None });
        }
    });
}

/// The text is done.
pub(super) fn record_text(locale: &str, text: &str) {
    RECORD.with_borrow_mut(|record| {
        let Some(record) = record else { return };
        let values = std::mem::take(&mut record.open);
        record.done.push(ResolvedText { locale: locale.to_owned(), text: text.to_owned(), values });
    });
}

/// The text that is done is a figure, or its part.
pub(super) fn record_figure(figure: &Figure, part: Option<&str>) {
    RECORD.with_borrow_mut(|record| {
        let Some(last) = record.as_mut().and_then(|record| record.done.last_mut()) else { return };
        let (value, part) = (Value::Figure(figure.clone().into()), part.map(str::to_owned));
        last.values = vec![ResolvedValue { value, text: last.text.clone(), part }];
    });
}
