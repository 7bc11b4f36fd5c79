//! Records what a thread prints: the resolved texts with their values, for the audit, and in more detail for proofs; and the
//! places of the printed facts, for the check for facts that no document shows.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::functions::FunctionError;
use super::value::{Args, Value};
use crate::results::{Figure, NameForms};

/// A text that a locale resolved: a message, a figure or one of its parts, a date, or a name from the data.
#[derive(Clone, Debug)]
pub struct ResolvedText {
    /// The message, in a detailed trace with its attribute; empty for anything else.
    pub id: String,
    /// Name of the locale that resolved it, which may be a fallback.
    pub locale: String,
    /// Includes the marks of its styles (see [`super::text_marks`]).
    pub text: String,
    /// In the order in which Fluent resolved them.
    pub values: Vec<ResolvedValue>,
    /// The variables of the message, in a detailed trace.
    pub args: Vec<(String, Value)>,
    /// The messages of the value files that formatted its values, in a detailed trace.
    pub formats: Vec<String>,
}

/// A value and its formatted text.
#[derive(Clone, Debug)]
pub struct ResolvedValue {
    pub value: Value,
    pub text: String,
    /// The part of the figure that the text represents (`before`, `number` or `after`); `None` for the whole.
    pub part: Option<String>,
}

/// What a thread resolved while it was observed.
#[derive(Default)]
pub struct Trace {
    /// The texts resolved so far.
    pub texts: Vec<ResolvedText>,
    /// The values of the text that is being resolved.
    pending_values: Vec<ResolvedValue>,
    /// Its message, with the attribute; its variables; and the messages that formatted its values.
    pending_message: Option<String>,
    pending_args: Vec<(String, Value)>,
    pending_formats: Vec<String>,
    /// Whether variables, messages of the value files and values without digits are recorded too.
    is_detailed: bool,
    /// Where the figures, texts and photos that were printed begin in the results.
    pub shown: BTreeSet<usize>,
    /// The forms of names that a rule of numbers.ftl made although it could not know them.
    pub guesses: Vec<GuessedForm>,
    /// How many of them already have their message.
    named_guesses: usize,
    /// Whether the rule that is being resolved cannot know the form.
    is_guess: bool,
}

/// A form of a name that the data does not give, and that the rule of the language may have got wrong.
#[derive(Clone, Debug)]
pub struct GuessedForm {
    pub locale: String,
    pub name: Arc<NameForms>,
    pub form: String,
    /// What was printed.
    pub text: String,
    /// The message that needed it; empty for a template.
    pub message: String,
}

thread_local! {
    // Fluent functions return only text, so values are stored here until the text is resolved.
    static TRACE: RefCell<Option<Trace>> = const { RefCell::new(None) };
}

/// Runs `work`, and returns its result and what this thread resolved while it ran.
pub fn observe<T>(work: impl FnOnce() -> T) -> (T, Trace) {
    TRACE.set(Some(Trace::default()));
    let result = work();
    (result, TRACE.take().unwrap_or_default())
}

/// Like [`observe`], with everything that a proof shows of a text: its variables, all of its values, and the messages that
/// formatted them.
pub fn observe_in_detail<T>(work: impl FnOnce() -> T) -> (T, Trace) {
    TRACE.set(Some(Trace { is_detailed: true, ..Trace::default() }));
    let result = work();
    (result, TRACE.take().unwrap_or_default())
}

/// Returns the index in [`Trace::texts`] of the text that was resolved last, in a detailed trace.
pub fn last_text() -> Option<usize> {
    TRACE.with_borrow(|trace| trace.as_ref().filter(|trace| trace.is_detailed)?.texts.len().checked_sub(1))
}

/// Records the message that is being resolved, as `id` or `id.attribute`, and its variables.
pub(super) fn record_message(id: &str, args: &Args<'_>) {
    TRACE.with_borrow_mut(|trace| {
        if let Some(trace) = trace.as_mut().filter(|trace| trace.is_detailed) {
            trace.pending_message = Some(id.to_owned());
            trace.pending_args = args.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
            trace.pending_formats.clear();
        }
    });
}

/// Records that a message of the value files formats a value of the text that is being resolved.
pub(super) fn record_format(id: &str) {
    TRACE.with_borrow_mut(|trace| {
        if let Some(trace) = trace.as_mut().filter(|trace| trace.is_detailed) {
            trace.pending_formats.push(id.to_owned());
        }
    });
}

/// Records that a value of the results was printed.
pub fn record_shown(start: usize) {
    TRACE.with_borrow_mut(|trace| {
        if let Some(trace) = trace {
            trace.shown.insert(start);
        }
    });
}

/// Records that the rule that is being resolved cannot know the form of a name.
pub(super) fn record_guess() {
    TRACE.with_borrow_mut(|trace| trace.iter_mut().for_each(|trace| trace.is_guess = true));
}

/// Runs `resolve`, which makes a form of a name by a rule. Records the form if the rule could not know it.
pub(super) fn record_form(
    locale: &str,
    name: &Arc<NameForms>,
    form: &str,
    resolve: impl FnOnce() -> Result<String, FunctionError>,
) -> Result<String, FunctionError> {
    TRACE.with_borrow_mut(|trace| trace.iter_mut().for_each(|trace| trace.is_guess = false));
    let text = resolve()?;
    TRACE.with_borrow_mut(|trace| {
        let Some(trace) = trace.as_mut().filter(|trace| trace.is_guess) else { return };
        trace.guesses.push(GuessedForm {
            locale: locale.to_owned(),
            name: name.clone(),
            form: form.to_owned(),
            text: text.clone(),
            message: String::new(),
        });
    });
    Ok(text)
}

/// Returns the number of values recorded for the text being resolved, to pass to [`record_value`].
pub(super) fn checkpoint() -> usize {
    TRACE.with_borrow(|trace| trace.as_ref().map_or(0, |trace| trace.pending_values.len()))
}

/// Replaces the values recorded since the checkpoint by one value. An audit checks names and texts only for their
/// digits, so those without digits are recorded only in a detailed trace.
pub(super) fn record_value(checkpoint: usize, value: impl FnOnce() -> Value, text: &str) {
    TRACE.with_borrow_mut(|trace| {
        let Some(trace) = trace else { return };
        trace.pending_values.truncate(checkpoint);
        let value = value();
        if let Value::Figure(figure) = &value {
            trace.shown.insert(figure.span.start);
        }
        let is_kept = matches!(value, Value::Figure(_) | Value::Date(_) | Value::Number(_))
            || text.contains(char::is_numeric)
            || trace.is_detailed;
        if is_kept {
            trace.pending_values.push(ResolvedValue { value, text: text.to_owned(), part: None });
        }
    });
}

/// Records a resolved text with the values recorded for it.
pub(super) fn record_text(locale: &str, id: &str, text: &str) {
    TRACE.with_borrow_mut(|trace| {
        let Some(trace) = trace else { return };
        let values = std::mem::take(&mut trace.pending_values);
        let args = std::mem::take(&mut trace.pending_args);
        let formats = std::mem::take(&mut trace.pending_formats);
        trace.guesses[trace.named_guesses..].iter_mut().for_each(|guess| guess.message = id.to_owned());
        trace.named_guesses = trace.guesses.len();
        let id = trace.pending_message.take().unwrap_or_else(|| id.to_owned());
        trace.texts.push(ResolvedText { id, locale: locale.to_owned(), text: text.to_owned(), values, args, formats });
    });
}

/// Records that the last resolved text is a figure, or a part of one.
pub(super) fn record_figure(figure: &Figure, part: Option<&str>) {
    TRACE.with_borrow_mut(|trace| {
        let Some(trace) = trace else { return };
        trace.shown.insert(figure.span.start);
        let Some(last) = trace.texts.last_mut() else { return };
        let (value, part) = (Value::Figure(figure.clone().into()), part.map(str::to_owned));
        last.values = vec![ResolvedValue { value, text: last.text.clone(), part }];
    });
}
