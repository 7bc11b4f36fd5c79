//! The messages that templates ask for, read from the templates themselves.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement, TemplateMapping};

use crate::diagnostic::{Place, SourceFile};

/// A template asks for a message.
#[derive(Clone, Debug)]
pub struct Call {
    pub message: Message,
    /// Names of the variables that it gives.
    pub variables: Vec<String>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    Named(String),
    /// The data names it: the last part of the path, such as `label`.
    Path(String),
    /// For each item of a list, whose fields are the variables.
    Each(String),
}

pub fn collect(template: &Template, file: &Arc<SourceFile>, calls: &mut Vec<Call>) {
    let mut at: Option<&TemplateMapping> = None;
    for (index, element) in template.elements.iter().enumerate() {
        at = template.mapping.get(index).or(at);
        let start = at.map_or(0, |at| file.offset(at.0, at.1));
        let end = file.text[start..].find("}}").map_or(start, |end| start + end + 2);
        let place = Place::new(file, start..end);
        match element {
            TemplateElement::Expression(call) => expression(call, &place, calls),
            TemplateElement::HelperBlock(block) => {
                block.params.iter().chain(block.hash.values()).for_each(|p| parameter(p, &place, calls));
                for inner in block.template.iter().chain(&block.inverse) {
                    collect(inner, file, calls);
                }
            }
            TemplateElement::PartialExpression(partial) => {
                partial.hash.values().for_each(|p| parameter(p, &place, calls));
            }
            _ => {}
        }
    }
}

fn parameter(parameter: &Parameter, place: &Place, calls: &mut Vec<Call>) {
    if let Parameter::Subexpression(sub) = parameter
        && let TemplateElement::Expression(call) = sub.element.as_ref()
    {
        expression(call, place, calls);
    }
}

fn expression(call: &HelperTemplate, place: &Place, calls: &mut Vec<Call>) {
    call.params.iter().chain(call.hash.values()).for_each(|p| parameter(p, place, calls));
    let literal = |p: Option<&Parameter>| match p {
        Some(Parameter::Literal(json)) => json.as_str().map(str::to_owned),
        _ => None,
    };
    let message = match call.name.as_name() {
        Some("t") => match call.params.first() {
            Some(path @ Parameter::Path(_)) => path_end(path).map(Message::Path),
            other => literal(other).map(Message::Named),
        },
        Some("str") => literal(call.params.first()).map(Message::Named),
        Some("list") => literal(call.hash.get("each")).map(Message::Each),
        _ => None,
    };
    if let Some(message) = message {
        let mut variables: Vec<String> = call.hash.keys().cloned().collect();
        variables.sort();
        calls.push(Call { message, variables, place: place.clone() });
    }
}

fn path_end(path: &Parameter) -> Option<String> {
    path.as_name()?.rsplit(['.', '/']).next().map(str::to_owned)
}
