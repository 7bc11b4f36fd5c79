//! From a place in the Typst that a template made back to the template.
//!
//! Before rendering, a mark goes in front of each element of the template; after it, the marks are
//! taken out again and their offsets kept.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement, TemplateMapping};
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::diagnostic::{Diagnostic, Place, SourceFile, code};

// Noncharacters, which no fact and no word may hold.
const OPEN: char = '\u{fdd8}';
const CLOSE: char = '\u{fdd9}';

/// The index of what no template made.
const NOWHERE: usize = usize::MAX;

/// The start of one element in its template.
#[derive(Clone, Debug)]
pub struct Origin {
    file: Arc<SourceFile>,
    start: usize,
    /// Copied as it stands, so that offsets inside it count too.
    verbatim: bool,
}

/// Typst source with the way back to the template.
#[derive(Debug, Default)]
pub struct Rendered {
    pub source: String,
    /// Offsets in `source`, rising, each with an index of `origins`.
    marks: Vec<(usize, usize)>,
}

impl Rendered {
    /// Takes the marks out of what a template rendered.
    pub fn new(marked: &str) -> Self {
        let mut out = Self { source: String::with_capacity(marked.len()), marks: Vec::new() };
        let mut rest = marked;
        while let Some(open) = rest.find(OPEN) {
            out.source.push_str(&rest[..open]);
            let after = &rest[open + OPEN.len_utf8()..];
            let Some((index, tail)) = after.split_once(CLOSE) else { break };
            if let Ok(index) = index.parse() {
                out.marks.push((out.source.len(), index));
            }
            rest = tail;
        }
        out.source.push_str(rest);
        out
    }

    /// Adds Typst that no template made.
    pub fn push(&mut self, source: &str) {
        if self.marks.last().is_some_and(|(_, index)| *index != NOWHERE) {
            self.marks.push((self.source.len(), NOWHERE));
        }
        self.source.push_str(source);
    }

    /// Adds what another template rendered, in Unicode's composed form.
    pub fn append(&mut self, other: &Self) {
        let nfc = ComposingNormalizerBorrowed::new_nfc();
        let ends = other.marks.iter().skip(1).map(|(end, _)| *end).chain([other.source.len()]);
        let first = other.marks.first().map_or(other.source.len(), |(start, _)| *start);
        self.source.push_str(&other.source[..first]);
        for ((start, index), end) in other.marks.iter().zip(ends) {
            self.marks.push((self.source.len(), *index));
            self.source.push_str(&nfc.normalize(&other.source[*start..end]));
        }
    }

    /// The place in a template that made the byte at `offset`.
    pub fn place(&self, offset: usize, origins: &[Origin]) -> Option<Place> {
        let at = self.marks.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
        let (start, index) = self.marks[at];
        let origin = origins.get(index)?;
        if origin.verbatim {
            let at = origin.start + (offset - start);
            return Some(Place::new(&origin.file, at..at));
        }
        let text = &origin.file.text[origin.start..];
        let length = text.find("}}").map_or(0, |end| end + 2);
        Some(Place::new(&origin.file, origin.start..origin.start + length))
    }
}

/// Prepares a template: marks its elements, sends every `{{path}}` through the helper `text`, and
/// refuses what would put unescaped data on the page.
pub fn prepare(
    template: &mut Template,
    file: &Arc<SourceFile>,
    helpers: &[&str],
    origins: &mut Vec<Origin>,
) -> Result<(), Diagnostic> {
    let elements = std::mem::take(&mut template.elements);
    let mapping = std::mem::take(&mut template.mapping);
    // An `{{else if}}` has no place of its own: it keeps that of the element before.
    let mut at: Option<TemplateMapping> = None;
    for (index, mut element) in elements.into_iter().enumerate() {
        at = mapping.get(index).cloned().or(at);
        let (line, column) = at.as_ref().map_or((1, 1), |at| (at.0, at.1));
        let mut start = file.offset(line, column);
        let mut verbatim = false;
        match &mut element {
            TemplateElement::RawString(text) => {
                verbatim = true;
                // The parser's place is behind leading white space, and white space around tags may be gone.
                let lead = text.len() - text.trim_start().len();
                let from = file.text.floor_char_boundary(start.saturating_sub(lead));
                start = file.text[from..].find(text.as_str()).map_or(start, |at| from + at);
            }
            TemplateElement::HtmlExpression(_) => {
                return Err(Diagnostic::error(code::TEMPLATE, "`{{{…}}}` and `{{&…}}` would let data become code")
                    .place(Place::new(file, start..start + 3))
                    .help("write `{{…}}`, which escapes what it prints"));
            }
            TemplateElement::DecoratorExpression(_) | TemplateElement::DecoratorBlock(_) => {
                return Err(Diagnostic::error(code::TEMPLATE, "decorators are not supported")
                    .place(Place::new(file, start..start + 3))
                    .help("use a partial: {{> name}}"));
            }
            TemplateElement::Expression(call) => through_text(call, helpers),
            TemplateElement::HelperBlock(block) => {
                for inner in block.template.iter_mut().chain(&mut block.inverse) {
                    prepare(inner, file, helpers, origins)?;
                }
            }
            _ => {}
        }
        if !matches!(element, TemplateElement::Comment(_)) {
            template.elements.push(TemplateElement::RawString(format!("{OPEN}{}{CLOSE}", origins.len())));
            template.mapping.extend(at.clone());
            origins.push(Origin { file: file.clone(), start, verbatim });
        }
        template.elements.push(element);
        template.mapping.extend(at.clone());
    }
    Ok(())
}

/// `{{city.name}}` becomes `{{text city.name}}`, which knows what can be printed as it is.
fn through_text(call: &mut HelperTemplate, helpers: &[&str]) {
    let bare = call.params.is_empty() && call.hash.is_empty();
    if bare && !call.name.as_name().is_some_and(|name| helpers.contains(&name)) {
        let path = std::mem::replace(&mut call.name, Parameter::Name("text".to_owned()));
        call.params.push(match path {
            Parameter::Name(name) => Parameter::parse(&name).unwrap_or(Parameter::Name(name)),
            other => other,
        });
    }
}
