//! Paths that the data can never have, found without rendering: a branch that is seldom taken is read too.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{Parameter, TemplateElement, TemplateMapping};
use serde_json::Value as Json;

use super::Templates;
use super::context::{self, REF};
use crate::diagnostic::{Diagnostic, Place, SourceFile, closest, code};
use crate::locale::Locale;
use crate::results;

/// Maps whose keys the data chooses.
const OPEN: [&str; 2] = ["figures", "milestones"];

/// Checks every template against a results file that has all keys.
pub fn check(templates: &Templates, locale: &Locale) -> Vec<Diagnostic> {
    let file = SourceFile::new("full.yaml", include_str!("full.yaml"));
    let mut found = Vec::new();
    let Ok(results) = results::load(&file) else { return found };
    for (name, (template, file)) in &templates.templates {
        let city = match name.rsplit_once('/') {
            Some((_, "city")) => results.cities.first(),
            Some((_, "edition")) => None,
            // A partial is read where it is used.
            _ => continue,
        };
        let Ok((root, _)) = context::build(&results, locale, city) else { continue };
        let mut reader = Reader { templates, root: &root, found: &mut found };
        reader.template(template, file, &[Some(&root)]);
    }
    found
}

struct Reader<'a> {
    templates: &'a Templates,
    root: &'a Json,
    found: &'a mut Vec<Diagnostic>,
}

/// The data around a place of the template, innermost last; `None` where it cannot be known.
type Scope<'s, 'a> = &'s [Option<&'a Json>];

impl<'a> Reader<'a> {
    fn template(&mut self, template: &Template, file: &Arc<SourceFile>, scope: Scope<'_, 'a>) {
        let mut at: Option<&TemplateMapping> = None;
        for (index, element) in template.elements.iter().enumerate() {
            at = template.mapping.get(index).or(at);
            let start = at.map_or(0, |at| file.offset(at.0, at.1));
            match element {
                TemplateElement::Expression(call) => self.all(&call.params, call.hash.values(), file, start, scope),
                TemplateElement::HelperBlock(block) => {
                    self.all(&block.params, block.hash.values(), file, start, scope);
                    let inner = block.params.first().and_then(|p| self.find(p, scope).ok().flatten());
                    let inside: Vec<Option<&Json>> = match block.name.as_name() {
                        _ if block.block_param.is_some() => vec![None],
                        Some("each") => [scope, &[inner.and_then(item)]].concat(),
                        Some("with") => [scope, &[inner]].concat(),
                        Some("languages") => vec![Some(self.root)],
                        _ => scope.to_vec(),
                    };
                    block.template.iter().for_each(|inner| self.template(inner, file, &inside));
                    block.inverse.iter().for_each(|inner| self.template(inner, file, scope));
                }
                TemplateElement::PartialExpression(partial) => {
                    let name = partial.name.as_name().unwrap_or_default();
                    if let Some((template, file)) = self.templates.templates.get(name)
                        && partial.params.is_empty()
                        && partial.hash.is_empty()
                    {
                        self.template(template, file, scope);
                    }
                }
                _ => {}
            }
        }
    }

    fn all<'p>(
        &mut self,
        params: &'p [Parameter],
        hash: impl Iterator<Item = &'p Parameter>,
        file: &Arc<SourceFile>,
        start: usize,
        scope: Scope<'_, 'a>,
    ) {
        for parameter in params.iter().chain(hash) {
            if let Parameter::Subexpression(sub) = parameter {
                if let TemplateElement::Expression(call) = sub.element.as_ref() {
                    self.all(&call.params, call.hash.values(), file, start, scope);
                }
                continue;
            }
            if let Err((key, known)) = self.find(parameter, scope) {
                let path = parameter.as_name().unwrap_or_default();
                let at = file.text[start..].find(path).map_or(start, |at| start + at);
                let problem = Diagnostic::error(code::TEMPLATE_DATA, format!("the data never has `{path}`"))
                    .place(Place::new(file, at..at + path.len()));
                let spot = |d: &Diagnostic| d.places.first().map(|p| (p.file.path.clone(), p.range.start));
                if self.found.iter().all(|old| spot(old) != spot(&problem)) {
                    self.found.push(match closest(&key, known.iter().map(String::as_str)) {
                        Some(near) => problem.help(format!("did you mean `{near}`?")),
                        None => problem.help(format!("there is: {}", known.join(", "))),
                    });
                }
            }
        }
    }

    /// What a path leads to, or the key that is not there and those that are.
    fn find(&self, parameter: &Parameter, scope: Scope<'_, 'a>) -> Result<Option<&'a Json>, (String, Vec<String>)> {
        let Parameter::Path(_) = parameter else { return Ok(None) };
        let mut path = parameter.as_name().unwrap_or_default();
        let mut depth = scope.len();
        while let Some(rest) = path.strip_prefix("../") {
            path = rest;
            depth = depth.saturating_sub(1);
        }
        if path.starts_with('@') {
            return Ok(None);
        }
        let mut here = depth.checked_sub(1).and_then(|d| scope[d]);
        let mut open = false;
        for key in path.split(['.', '/']).filter(|key| !matches!(*key, "" | "this")) {
            here = match here {
                Some(Json::Object(map)) => match map.get(key) {
                    Some(value) => Some(value),
                    None if open => map.values().next(),
                    None => return Err((key.to_owned(), map.keys().filter(|k| *k != REF).cloned().collect())),
                },
                _ => None,
            };
            open = OPEN.contains(&key);
        }
        Ok(here)
    }
}

/// What `each` walks over.
fn item(json: &Json) -> Option<&Json> {
    match json {
        Json::Array(items) => items.first(),
        Json::Object(map) => map.values().next(),
        _ => None,
    }
}
