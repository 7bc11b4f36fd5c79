//! Finds paths in templates that no results file can have. It does not render, so that rarely taken branches are
//! checked too.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{Parameter, TemplateElement};
use serde_json::Value as Json;

use super::context::{self, Data, REF};
use super::{Templates, elements};
use crate::diagnostic::{Diagnostic, Place, Problems, SourceFile, closest, code};
use crate::locale::Locale;
use crate::results::{self, Definitions};

/// Maps with keys that the results file defines.
const FREE_MAPS: [&str; 2] = ["figures", "milestones"];

/// Checks the templates against `full.yaml`, a results file that has every key, and the facts that the project declares. Returns an
/// error for each unknown path.
pub fn find_unknown_paths(templates: &Templates, definitions: &Definitions, locale: &Locale) -> Problems {
    let file = SourceFile::new("full.yaml", include_str!("full.yaml"));
    let mut found = Problems::new();
    let Ok(results) = results::load(&file) else { return found };
    for (name, (template, file)) in &templates.templates {
        let city = match name.rsplit_once('/') {
            Some((_, "city")) => results.cities.first(),
            Some((_, "edition")) => None,
            // Partials are checked where they are called.
            _ => continue,
        };
        let Ok(Data { json: mut root, .. }) = context::build(&results, locale, city) else { continue };
        for (entity, declared) in [("city", &definitions.city), ("edition", &definitions.edition)] {
            if let Some(entity) = root.get_mut(entity).and_then(Json::as_object_mut) {
                entity.extend(declared.keys().map(|key| (key.clone(), Json::Null)));
            }
        }
        let mut checker = PathChecker { templates, root: &root, found: &mut found };
        checker.check_template(template, file, &[Some(&root)]);
    }
    found
}

/// Checks the paths of a template and its partials.
struct PathChecker<'a> {
    templates: &'a Templates,
    root: &'a Json,
    found: &'a mut Problems,
}

/// The data of the enclosing blocks, innermost last. `None` if unknown; paths in it are then not checked.
type DataStack<'s, 'a> = &'s [Option<&'a Json>];

impl<'a> PathChecker<'a> {
    fn check_template(&mut self, template: &Template, file: &Arc<SourceFile>, scope: DataStack<'_, 'a>) {
        for (element, start) in template.elements.iter().zip(elements::starts(&template.mapping, file)) {
            match element {
                TemplateElement::Expression(call) => {
                    self.check_parameters(&call.params, call.hash.values(), file, start, scope)
                }
                TemplateElement::HelperBlock(block) => {
                    self.check_parameters(&block.params, block.hash.values(), file, start, scope);
                    let target = block.params.first().and_then(|p| self.find(p, scope).ok().flatten());
                    let inner_scope: Vec<Option<&Json>> = match block.name.as_name() {
                        _ if block.block_param.is_some() => vec![None],
                        Some("each") => [scope, &[target.and_then(first_item)]].concat(),
                        Some("with") => [scope, &[target]].concat(),
                        Some("languages") => vec![Some(self.root)],
                        _ => scope.to_vec(),
                    };
                    block.template.iter().for_each(|inner| self.check_template(inner, file, &inner_scope));
                    block.inverse.iter().for_each(|inner| self.check_template(inner, file, scope));
                }
                TemplateElement::PartialExpression(partial) => {
                    let name = partial.name.as_name().unwrap_or_default();
                    if let Some((template, file)) = self.templates.templates.get(name)
                        && partial.params.is_empty()
                        && partial.hash.is_empty()
                    {
                        self.check_template(template, file, scope);
                    }
                }
                _ => {}
            }
        }
    }

    fn check_parameters<'p>(
        &mut self,
        params: &'p [Parameter],
        hash: impl Iterator<Item = &'p Parameter>,
        file: &Arc<SourceFile>,
        start: usize,
        scope: DataStack<'_, 'a>,
    ) {
        for parameter in params.iter().chain(hash) {
            if let Parameter::Subexpression(sub) = parameter {
                if let TemplateElement::Expression(call) = sub.element.as_ref() {
                    self.check_parameters(&call.params, call.hash.values(), file, start, scope);
                }
                continue;
            }
            if let Err((key, known)) = self.find(parameter, scope) {
                let path = parameter.as_name().unwrap_or_default();
                let at = file.text[start..].find(path).map_or(start, |at| start + at);
                let problem = Diagnostic::error(code::TEMPLATE_DATA, format!("unknown path `{path}`"))
                    .place(Place::new(file, at..at + path.len()));
                // A partial that is called several times is checked each time.
                let location = |d: &Diagnostic| d.places.first().map(|p| (p.file.path.clone(), p.range.start));
                if self.found.iter().all(|old| location(old) != location(&problem)) {
                    self.found.push(match closest(&key, known.iter().map(String::as_str)) {
                        Some(near) => problem.help(format!("did you mean `{near}`?")),
                        None => problem.help(format!("available: {}", known.join(", "))),
                    });
                }
            }
        }
    }

    /// Returns the value at a path, or `None` if it is unknown. The error contains the first key that does not exist, and the
    /// keys that exist in its place.
    fn find(&self, parameter: &Parameter, scope: DataStack<'_, 'a>) -> Result<Option<&'a Json>, (String, Vec<String>)> {
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
        let mut value = depth.checked_sub(1).and_then(|d| scope[d]);
        let mut is_free_map = false;
        for key in path.split(['.', '/']).filter(|key| !matches!(*key, "" | "this")) {
            value = match value {
                Some(Json::Object(map)) => match map.get(key) {
                    Some(value) => Some(value),
                    None if is_free_map => map.values().next(),
                    None => return Err((key.to_owned(), map.keys().filter(|k| *k != REF).cloned().collect())),
                },
                _ => None,
            };
            is_free_map = FREE_MAPS.contains(&key);
        }
        Ok(value)
    }
}

/// Returns the first value that `each` iterates over.
fn first_item(json: &Json) -> Option<&Json> {
    match json {
        Json::Array(items) => items.first(),
        Json::Object(map) => map.values().next(),
        _ => None,
    }
}
