//! A template that is one line of text: what stands between its expressions is printed, never read as Typst.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{Parameter, TemplateElement, TemplateMapping};

use super::escape;
use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};

/// Makes literal text of a template's text. `str` prints like the other helpers here.
pub fn literal(template: &mut Template, file: &Arc<SourceFile>) -> Result<()> {
    let mut at: Option<TemplateMapping> = None;
    for (index, element) in template.elements.iter_mut().enumerate() {
        at = template.mapping.get(index).cloned().or(at);
        let refused = |what: &str, help: &str| {
            let start = at.as_ref().map_or(0, |at| file.offset(at.0, at.1));
            let end = file.text[start..].find("}}").map_or(start, |end| start + end + 2);
            Err(Diagnostic::error(code::TEMPLATE, what).place(Place::new(file, start..end)).help(help))
        };
        match element {
            TemplateElement::RawString(text) => *text = escape::content(text),
            TemplateElement::Expression(call) => match call.name.as_name() {
                Some("str") => {
                    let message = matches!(call.params.first(), Some(Parameter::Literal(_)));
                    call.name = Parameter::Name(if message { "t" } else { "text" }.to_owned());
                }
                Some(name @ ("code" | "image" | "locale" | "parts")) => {
                    return refused(&format!("`{name}` prints Typst code, which is no text"), "print a text here");
                }
                _ => {}
            },
            TemplateElement::HelperBlock(block) => {
                for inner in block.template.iter_mut().chain(&mut block.inverse) {
                    literal(inner, file)?;
                }
            }
            TemplateElement::PartialExpression(_) | TemplateElement::PartialBlock(_) => {
                return refused("a partial is Typst code, which is no text", "write its text out");
            }
            _ => {}
        }
    }
    Ok(())
}
