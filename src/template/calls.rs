//! The messages that templates ask for, read from the templates themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement, TemplateMapping};

use crate::diagnostic::{Diagnostic, Place, SourceFile, code};

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

/// The partials that a template calls, each with its place. `None` as name: it is computed.
fn partials(template: &Template, found: &mut Vec<(Option<String>, TemplateMapping)>) {
    for (element, at) in template.elements.iter().zip(&template.mapping) {
        match element {
            TemplateElement::PartialExpression(partial) => {
                found.push((partial.name.as_name().map(str::to_owned), at.clone()));
            }
            TemplateElement::HelperBlock(block) => {
                block.template.iter().chain(&block.inverse).for_each(|inside| partials(inside, found));
            }
            _ => {}
        }
    }
}

/// Says where the partials that a template calls lead back to it: they would never end.
pub fn circle(name: &str, templates: &BTreeMap<String, (Template, Arc<SourceFile>)>) -> Option<Diagnostic> {
    let (template, file) = templates.get(name)?;
    let mut own = Vec::new();
    partials(template, &mut own);
    for (partial, at) in own {
        let start = file.offset(at.0, at.1);
        let end = file.text[start..].find("}}").map_or(start, |end| start + end + 2);
        let refused = |message: String, help: &str| {
            Some(Diagnostic::error(code::TEMPLATE, message).place(Place::new(file, start..end)).help(help))
        };
        let Some(partial) = partial.filter(|name| !name.starts_with('@')) else {
            let help = "write its name: {{> shared/name}}";
            return refused("which partial this is would be known too late".to_owned(), help);
        };
        let mut reached = BTreeSet::from([partial.clone()]);
        let mut queue = vec![partial];
        while let Some(next) = queue.pop() {
            if next == name {
                return refused(format!("`{name}` calls itself here, and would never end"), "take the circle out");
            }
            let mut calls = Vec::new();
            templates.get(&next).into_iter().for_each(|(template, _)| partials(template, &mut calls));
            let new = calls.into_iter().filter_map(|(name, _)| name).filter(|name| reached.insert(name.clone()));
            queue.extend(new.collect::<Vec<_>>());
        }
    }
    None
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
