//! The helpers that print text. They return it unescaped, and the engine escapes it.

use handlebars::Helper;
use serde_json::Value as Json;

use super::{Session, first_parameter, helper_error, missing_data};
use crate::diagnostic::Result;
use crate::locale::{Args, Value};
use crate::template::context::REF;
use crate::template::source_map::mark_message;

pub fn text(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first_parameter(call)?;
    session.record_shown(json);
    session.to_text(json).or_else(|| json.as_u64().map(|n| n.to_string())).ok_or_else(|| {
        let path = call.param(0).and_then(|p| p.relative_path()).map_or("this", String::as_str);
        match session.value(json) {
            Value::Figure(_) => {
                helper_error("a figure cannot be printed without a helper", format!("write {{{{figure {path}}}}}"))
            }
            Value::Date(_) => {
                helper_error("a date cannot be printed without a helper", format!("write {{{{date {path}}}}}"))
            }
            Value::Number(_) => {
                helper_error("a number cannot be printed without a helper", format!("write {{{{ordinal {path}}}}}"))
            }
            Value::List(_) => {
                helper_error("a list cannot be printed without a helper", format!("write {{{{list {path}}}}}"))
            }
            _ => helper_error(
                if call.param(0).is_some_and(|p| p.value().is_object()) {
                    format!("`{path}` has several fields and cannot be printed")
                } else {
                    format!("`{path}` cannot be printed")
                },
                "name one of its fields",
            ),
        }
    })
}

/// Prints a message with its variables. A variable whose value is missing from the data is an error.
pub fn message(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let Json::String(id) = first_parameter(call)? else {
        return Err(helper_error("`t` requires the identifier of a message", "write it in quotes: {{t \"headline\"}}"));
    };
    for (name, value) in call.hash() {
        if value.is_value_missing() {
            let path = value.relative_path().map_or("value", String::as_str);
            return Err(missing_data(path).note(format!("needed for the variable `${name}` of the message `{id}`")));
        }
    }
    let args: Args<'_> = call.hash().iter().map(|(name, json)| ((*name).into(), session.value(json.value()))).collect();
    check_period_and_nature(id, &args)?;
    session.message(id, args).map(mark_message)
}

/// Returns an error if a call passes a period or nature together with a figure that has a different one: the message would
/// state it about that figure.
fn check_period_and_nature(id: &str, args: &Args<'_>) -> Result<()> {
    let passed = |wanted: &str| args.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let (period, nature) = (passed("period"), passed("nature"));
    for (name, value) in args {
        let Value::Figure(figure) = value else { continue };
        let has_period = |period: &Value| *period == figure.period.map_or(Value::None, Value::Date);
        let has_nature = |nature: &Value| match (nature, figure.nature) {
            (Value::Code(word) | Value::Text(word), Some(nature)) => word == nature.word(),
            (Value::None, None) => true,
            _ => false,
        };
        let wrong = match (period, nature) {
            (Some(period), _) if !has_period(period) => "period",
            (_, Some(nature)) if !has_nature(nature) => "nature",
            _ => continue,
        };
        return Err(helper_error(
            format!("the message `{id}` receives a {wrong} that differs from the {wrong} of `${name}`"),
            format!("pass the {wrong} of this figure, or print the figures in separate sentences"),
        ));
    }
    Ok(())
}

pub fn figure(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let part = call.hash_get("part").and_then(|p| p.value().as_str());
    if let Some(other) = part.filter(|p| !["before", "number", "after"].contains(p)) {
        return Err(helper_error(format!("unknown part `{other}` of a figure"), "available: before, number, after"));
    }
    measure(session, first_parameter(call)?, part)
}

/// Returns the text of a figure with its unit, or of a part of it.
pub fn measure(session: &Session<'_>, json: &Json, part: Option<&str>) -> Result<String> {
    match session.language().table.get(json) {
        Some((Value::Figure(figure), span)) => session
            .locale()
            .measure(figure, part)
            .map(mark_message)
            .map_err(|problem| problem.place(session.results.place(span).labelled("for this figure"))),
        _ => Err(helper_error("the parameter is not a figure", "name a figure, for example city.figures.share")),
    }
}

pub fn date(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("DATE", session.value(first_parameter(call)?), &session.options(call))
}

pub fn ordinal(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("ORDINAL", session.value(first_parameter(call)?), &session.options(call))
}

pub fn name(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    session.locale().call("NAME", session.value(first_parameter(call)?), &session.options(call))
}

pub fn quote(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let json = first_parameter(call)?;
    session.record_shown(json);
    match session.value(json) {
        Value::Name(forms) => Ok(session.locale().quote(&forms.name)),
        _ => Err(helper_error("the parameter is not a text", "name a text, for example city.quotation.text")),
    }
}

pub fn list(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let Json::Array(items) = first_parameter(call)? else {
        return Err(helper_error("the parameter is not a list", "name a list, for example edition.routes"));
    };
    let each = call.hash_get("each").and_then(|e| e.value().as_str());
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        texts.push(match each {
            None => session.to_text(item).ok_or_else(|| {
                helper_error(
                    "the items of this list cannot be printed without a message",
                    "name a message for them: each=\"…\"",
                )
            })?,
            Some(id) => {
                let mut args: Args<'_> = vec![("item".into(), session.value(item))];
                for (name, field) in item.as_object().into_iter().flatten().filter(|(name, _)| *name != REF) {
                    match field.as_str().filter(|_| name == "label") {
                        Some(label) => args.push(("label".into(), Value::Text(figure_label(session, item, label)?))),
                        None => args.push((name.into(), session.value(field))),
                    }
                }
                session.message(id, args)?
            }
        });
    }
    Ok(session.locale().list(&texts))
}

/// Returns the label of an item, with the name of its city if it has one.
fn figure_label(session: &Session<'_>, item: &Json, label: &str) -> Result<String> {
    match (item.get("city"), item.get("label-city").and_then(Json::as_str)) {
        (Some(city), Some(label)) if !city.is_null() => {
            session.message(label, vec![("city".into(), session.value(city))])
        }
        _ => session.message(label, Vec::new()),
    }
}
