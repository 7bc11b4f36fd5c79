//! Templates of plain text, such as a field on printed stock: the text between their expressions is printed unchanged and
//! never read as Typst.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{Parameter, TemplateElement};

use super::{elements, escape, helpers};
use crate::diagnostic::{Diagnostic, Result, SourceFile, code};

/// Escapes the text between a template's expressions, and makes `str` print text. Helpers and partials that produce Typst
/// code are errors.
pub fn convert(template: &mut Template, file: &Arc<SourceFile>) -> Result<()> {
    for (element, start) in template.elements.iter_mut().zip(elements::starts(&template.mapping, file)) {
        let error = |message: &str, help: &str| {
            Err(Diagnostic::error(code::TEMPLATE, message).place(elements::tag_place(file, start)).help(help))
        };
        match element {
            TemplateElement::RawString(text) => *text = escape::content(text),
            TemplateElement::Expression(call) => match call.name.as_name() {
                Some("str") => {
                    let is_message = matches!(call.params.first(), Some(Parameter::Literal(_)));
                    call.name = Parameter::Name(if is_message { "t" } else { "text" }.to_owned());
                }
                Some(name) if helpers::is_code_helper(name) => {
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
