//! From a place in the Typst that a template made back to the template.
//!
//! Before rendering, a mark goes in front of each element of the template; after it, the marks are
//! taken out again and their offsets kept.

use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement, TemplateMapping};
use icu_normalizer::ComposingNormalizerBorrowed;

use super::{Call, Message, Templates, context};
use crate::diagnostic::{Diagnostic, Place, SourceFile, code};
use crate::locale::Locale;
use crate::results::{City, Results};

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

impl Templates {
    /// The facts and the messages that the tag of a template at `place` prints, each where it was written.
    pub fn sources_of(&self, place: &Place, results: &Results, locales: &[&Locale], city: Option<&City>) -> Vec<Place> {
        let tag = &place.file.text[place.range.clone()];
        if !tag.starts_with("{{") {
            return Vec::new();
        }
        let same =
            |call: &&Call| call.place.file.path == place.file.path && call.place.range.start == place.range.start;
        let messages = self.calls.iter().filter(same).filter_map(|call| match &call.message {
            Message::Named(id) | Message::Each(id) => Some(id),
            Message::Path(_) => None,
        });
        let mut found: Vec<Place> = messages
            .flat_map(|id| {
                locales.iter().filter_map(move |l| Some(l.place_in(id, "")?.labelled(format!("says `{id}`"))))
            })
            .collect();
        // Facts have one place, whichever language asks.
        let Some(Ok((json, table))) = locales.first().map(|locale| context::build(results, locale, city)) else {
            return found;
        };
        let paths = tag.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
        for path in paths {
            let value = path.split('.').try_fold(&json, |json, key| json.get(key));
            if let Some((_, span)) = value.and_then(|value| table.get(value)).filter(|(_, span)| !span.is_empty()) {
                found.push(results.place(span).labelled(format!("is `{path}`")));
            }
        }
        found.dedup_by(|a, b| a.file.path == b.file.path && a.range == b.range);
        found
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
            TemplateElement::PartialBlock(_) => {
                return Err(Diagnostic::error(code::TEMPLATE, "a partial takes no block")
                    .place(Place::new(file, start..start + 3))
                    .help("call it alone: {{> name}}"));
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
