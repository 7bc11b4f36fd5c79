//! Finds the messages and partials that templates use, without rendering them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement};

use super::elements;
use crate::diagnostic::{Diagnostic, Place, SourceFile, code};

/// A call of a message in a template, as written there.
#[derive(Clone, Debug)]
pub struct MessageCall {
    pub message: MessageName,
    /// Names of the variables that the template passes, sorted.
    pub variables: Vec<String>,
    pub place: Place,
}

/// How a template names a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageName {
    /// By its identifier.
    Named(String),
    /// By a value of the data: the last part of its path, such as `label`.
    Path(String),
    /// By its identifier, for each item of a list. The variables are the fields of the item.
    Each(String),
}

/// Appends the messages that a template uses to `calls`.
pub fn collect(template: &Template, file: &Arc<SourceFile>, calls: &mut Vec<MessageCall>) {
    for (element, start) in template.elements.iter().zip(elements::starts(&template.mapping, file)) {
        let place = elements::tag_place(file, start);
        match element {
            TemplateElement::Expression(call) => collect_expression(call, &place, calls),
            TemplateElement::HelperBlock(block) => {
                block.params.iter().chain(block.hash.values()).for_each(|p| collect_parameter(p, &place, calls));
                for inner in block.template.iter().chain(&block.inverse) {
                    collect(inner, file, calls);
                }
            }
            TemplateElement::PartialExpression(partial) => {
                partial.hash.values().for_each(|p| collect_parameter(p, &place, calls));
            }
            _ => {}
        }
    }
}

/// Appends the partials that a template calls to `found`, each with its place. The name is `None` if it is computed.
fn collect_partials(template: &Template, file: &Arc<SourceFile>, found: &mut Vec<(Option<String>, Place)>) {
    for (element, start) in template.elements.iter().zip(elements::starts(&template.mapping, file)) {
        match element {
            TemplateElement::PartialExpression(partial) => {
                found.push((partial.name.as_name().map(str::to_owned), elements::tag_place(file, start)));
            }
            TemplateElement::HelperBlock(block) => {
                block.template.iter().chain(&block.inverse).for_each(|inside| collect_partials(inside, file, found));
            }
            _ => {}
        }
    }
}

/// Returns an error if a template calls itself through its partials, because rendering it would not end, or if the name of
/// a partial is computed, because that cannot be checked.
pub fn check_partials(name: &str, templates: &BTreeMap<String, (Template, Arc<SourceFile>)>) -> Option<Diagnostic> {
    let (template, file) = templates.get(name)?;
    let mut partials = Vec::new();
    collect_partials(template, file, &mut partials);
    for (partial, place) in partials {
        let error = |message: String, help: &str| {
            Some(Diagnostic::error(code::TEMPLATE, message).place(place.clone()).help(help))
        };
        let Some(partial) = partial.filter(|name| !name.starts_with('@')) else {
            let help = "write the name of the partial: {{> shared/name}}";
            return error("the name of a partial must not be computed".to_owned(), help);
        };
        if reachable(partial, templates).contains(name) {
            return error(
                format!("the template `{name}` calls itself"),
                "remove this call, or the one that leads back here",
            );
        }
    }
    None
}

/// Returns whether a template, or a partial that it calls, calls a helper without parameters, as in `{{credential}}`.
pub fn calls_helper(name: &str, helper: &str, templates: &BTreeMap<String, (Template, Arc<SourceFile>)>) -> bool {
    fn is_in(template: &Template, helper: &str) -> bool {
        template.elements.iter().any(|element| match element {
            TemplateElement::Expression(call) => call.name.as_name() == Some(helper),
            TemplateElement::HelperBlock(block) => {
                block.template.iter().chain(&block.inverse).any(|inside| is_in(inside, helper))
            }
            _ => false,
        })
    }
    reachable(name.to_owned(), templates)
        .iter()
        .filter_map(|name| templates.get(name))
        .any(|(template, _)| is_in(template, helper))
}

/// Returns a template and all partials that it calls, directly or not.
fn reachable(name: String, templates: &BTreeMap<String, (Template, Arc<SourceFile>)>) -> BTreeSet<String> {
    let (mut reached, mut queue) = (BTreeSet::from([name.clone()]), vec![name]);
    while let Some(next) = queue.pop() {
        let mut partials = Vec::new();
        templates.get(&next).into_iter().for_each(|(template, file)| collect_partials(template, file, &mut partials));
        let new = partials.into_iter().filter_map(|(name, _)| name).filter(|name| reached.insert(name.clone()));
        queue.extend(new.collect::<Vec<_>>());
    }
    reached
}

fn collect_parameter(parameter: &Parameter, place: &Place, calls: &mut Vec<MessageCall>) {
    if let Parameter::Subexpression(sub) = parameter
        && let TemplateElement::Expression(call) = sub.element.as_ref()
    {
        collect_expression(call, place, calls);
    }
}

fn collect_expression(call: &HelperTemplate, place: &Place, calls: &mut Vec<MessageCall>) {
    call.params.iter().chain(call.hash.values()).for_each(|p| collect_parameter(p, place, calls));
    let literal = |p: Option<&Parameter>| match p {
        Some(Parameter::Literal(json)) => json.as_str().map(str::to_owned),
        _ => None,
    };
    let message = match call.name.as_name() {
        Some("t") => match call.params.first() {
            Some(path @ Parameter::Path(_)) => path_end(path).map(MessageName::Path),
            other => literal(other).map(MessageName::Named),
        },
        Some("str") => literal(call.params.first()).map(MessageName::Named),
        Some("list") => literal(call.hash.get("each")).map(MessageName::Each),
        _ => None,
    };
    if let Some(message) = message {
        let mut variables: Vec<String> = call.hash.keys().cloned().collect();
        variables.sort();
        calls.push(MessageCall { message, variables, place: place.clone() });
    }
}

/// Returns the last part of a path.
fn path_end(path: &Parameter) -> Option<String> {
    path.as_name()?.rsplit(['.', '/']).next().map(str::to_owned)
}
