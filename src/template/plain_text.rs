//! Templates of plain text, such as a field on printed stock: the text between their expressions is printed unchanged and
//! never read as Typst.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{Parameter, TemplateElement, TemplateMapping};

use super::escape;
use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};

/// Escapes the text between a template's expressions, and makes `str` print text. Helpers and partials that produce Typst
/// code are errors.
pub fn convert(template: &mut Template, file: &Arc<SourceFile>) -> Result<()> {
    // An `{{else if}}` has no position; it gets that of the preceding element.
    let mut position: Option<TemplateMapping> = None;
    for (index, element) in template.elements.iter_mut().enumerate() {
        position = template.mapping.get(index).cloned().or(position);
        let error = |message: &str, help: &str| {
            let start = position.as_ref().map_or(0, |position| file.offset(position.0, position.1));
            let end = file.text[start..].find("}}").map_or(start, |end| start + end + 2);
            Err(Diagnostic::error(code::TEMPLATE, message).place(Place::new(file, start..end)).help(help))
        };
        match element {
            TemplateElement::RawString(text) => *text = escape::content(text),
            TemplateElement::Expression(call) => match call.name.as_name() {
                Some("str") => {
                    let is_message = matches!(call.params.first(), Some(Parameter::Literal(_)));
                    call.name = Parameter::Name(if is_message { "t" } else { "text" }.to_owned());
                }
                Some(name @ ("code" | "image" | "json-ld" | "locale" | "parts")) => {
                    return error(
                        &format!("`{name}` produces Typst code, but only text can be printed here"),
                        "use a helper that prints text",
                    );
                }
                _ => {}
            },
            TemplateElement::HelperBlock(block) => {
                for inner in block.template.iter_mut().chain(&mut block.inverse) {
                    convert(inner, file)?;
                }
            }
            TemplateElement::PartialExpression(_) | TemplateElement::PartialBlock(_) => {
                return error(
                    "partials produce Typst code, but only text can be printed here",
                    "write the text of the partial here",
                );
            }
            _ => {}
        }
    }
    Ok(())
}
