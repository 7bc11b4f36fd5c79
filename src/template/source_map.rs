//! The source map: maps an offset in generated Typst to the place in the template that generated it.
//!
//! Before rendering, each element of a template gets a mark in front of it. In a detailed trace, each message also has
//! a mark at its start and at its end. After rendering, the marks are removed, and their offsets are recorded.

use std::ops::Range;
use std::sync::Arc;

use handlebars::Template;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use icu_normalizer::ComposingNormalizerBorrowed;

use super::{Data, MessageCall, MessageName, Templates, context, elements, helpers};
use crate::diagnostic::{Diagnostic, Place, SourceFile, code};
use crate::hash::Hash128;
use crate::locale::{Locale, trace};
use crate::results::{City, Results};

// Noncharacters, which are not allowed in results files and locales.
pub(super) const MARK_START: char = '\u{fdd8}';
pub(super) const MARK_END: char = '\u{fdd9}';
/// In the mark at the start of a message, before the index of its text in a detailed trace.
const MESSAGE_START: &str = "m";
/// In the mark at the end of a message.
const MESSAGE_END: &str = "e";

/// The mark of Typst that no template generated.
const NO_ELEMENT: usize = usize::MAX;

/// The start of one element in its template.
#[derive(Clone, Debug)]
pub struct ElementStart {
    file: Arc<SourceFile>,
    start: usize,
    /// Whether the element is literal text, in which offsets map one to one.
    verbatim: bool,
}

/// An image of a document, read once.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its path, relative to the folder of the results file.
    pub path: String,
    pub bytes: Arc<[u8]>,
    pub hash: Hash128,
}

/// Generated Typst source with its source map.
#[derive(Debug, Default)]
pub struct Rendered {
    pub source: String,
    /// The images of the document. Typst knows them by their numbers.
    pub images: Vec<Image>,
    /// Which bytes of `source` a message printed, and the index of its text in the detailed trace; empty without one.
    pub messages: Vec<(Range<usize>, usize)>,
    /// The credentials of a signed certificate, each with the name of its language.
    pub credentials: Vec<(String, String)>,
    /// Ascending offsets in `source`, each with an index of [`Templates::element_starts`].
    marks: Vec<(usize, usize)>,
}

impl Rendered {
    /// Separates the output of a template into source and marks.
    pub fn new(marked: &str, images: Vec<Image>) -> Self {
        let mut out = Self { source: String::with_capacity(marked.len()), images, ..Self::default() };
        let mut rest = marked;
        while let Some(open) = rest.find(MARK_START) {
            out.source.push_str(&rest[..open]);
            let after = &rest[open + MARK_START.len_utf8()..];
            let Some((index, tail)) = after.split_once(MARK_END) else { break };
            let at = out.source.len();
            if let Ok(index) = index.parse() {
                out.marks.push((at, index));
            } else if let Some(Ok(text)) = index.strip_prefix(MESSAGE_START).map(str::parse) {
                out.messages.push((at..at, text));
            } else if let Some((range, _)) = out.messages.last_mut().filter(|_| index == MESSAGE_END) {
                range.end = at;
            }
            rest = tail;
        }
        out.source.push_str(rest);
        out
    }

    /// Appends Typst that no template generated.
    pub fn push(&mut self, source: &str) {
        if self.marks.last().is_some_and(|(_, index)| *index != NO_ELEMENT) {
            self.marks.push((self.source.len(), NO_ELEMENT));
        }
        self.source.push_str(source);
    }

    /// Appends the output of another template, in Unicode normalization form C.
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

    /// Returns the place in a template that generated the byte at `offset`.
    pub fn place(&self, offset: usize, element_starts: &[ElementStart]) -> Option<Place> {
        let (start, index) = self.marks[self.mark_at(offset)?];
        let element = element_starts.get(index)?;
        if element.verbatim {
            let at = element.start + (offset - start);
            return Some(Place::new(&element.file, at..at));
        }
        Some(elements::tag_place(&element.file, element.start))
    }

    /// Returns the range of the source that the template element at `offset` generated; `None` for literal text of a
    /// template.
    pub fn output_at(&self, offset: usize, element_starts: &[ElementStart]) -> Option<Range<usize>> {
        let at = self.mark_at(offset)?;
        let (start, index) = self.marks[at];
        let end = self.marks.get(at + 1).map_or(self.source.len(), |(end, _)| *end);
        (!element_starts.get(index)?.verbatim).then_some(start..end)
    }

    /// Returns the index of the mark of the element that generated the byte at `offset`.
    fn mark_at(&self, offset: usize) -> Option<usize> {
        self.marks.partition_point(|(start, _)| *start <= offset).checked_sub(1)
    }
}

impl Templates {
    /// Returns the places of the facts and messages that the template tag at `place` prints.
    pub fn find_printed_places(
        &self,
        place: &Place,
        results: &Results,
        locales: &[&Locale],
        city: Option<&City>,
    ) -> Vec<Place> {
        let tag = &place.file.text[place.range.clone()];
        if !tag.starts_with("{{") {
            return Vec::new();
        }
        let is_here = |call: &&MessageCall| {
            call.place.file.path == place.file.path && call.place.range.start == place.range.start
        };
        let messages = self.calls.iter().filter(is_here).filter_map(|call| match &call.message {
            MessageName::Named(id) | MessageName::Each(id) => Some(id),
            MessageName::Path(_) => None,
        });
        let mut found: Vec<Place> = messages
            .flat_map(|id| {
                locales.iter().filter_map(move |l| Some(l.place_in(id, "")?.labelled(format!("message `{id}`"))))
            })
            .collect();
        // The place of a fact is the same in all languages.
        let Some(Ok(Data { json, table, .. })) = locales.first().map(|locale| context::build(results, locale, city))
        else {
            return found;
        };
        let paths = tag.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
        for path in paths {
            let value = path.split('.').try_fold(&json, |json, key| json.get(key));
            if let Some((_, span)) = value.and_then(|value| table.get(value)).filter(|(_, span)| !span.is_empty()) {
                found.push(results.place(span).labelled(format!("value of `{path}`")));
            }
        }
        found.dedup_by(|a, b| a.file.path == b.file.path && a.range == b.range);
        found
    }
}

/// Marks the text of a message with its index in a detailed trace, if there is one.
pub fn mark_message(text: String) -> String {
    match trace::last_text() {
        Some(index) if !text.is_empty() => {
            format!("{MARK_START}{MESSAGE_START}{index}{MARK_END}{text}{MARK_START}{MESSAGE_END}{MARK_END}")
        }
        _ => text,
    }
}

/// Prepares a template: marks its elements and converts every `{{path}}` to a call of the helper `text`.
///
/// Returns an error for elements that are not supported, in particular those that would print unescaped data.
pub fn prepare(
    template: &mut Template,
    file: &Arc<SourceFile>,
    element_starts: &mut Vec<ElementStart>,
) -> Result<(), Diagnostic> {
    let all_elements = std::mem::take(&mut template.elements);
    let mapping = std::mem::take(&mut template.mapping);
    let positions = (0..).map(|index| mapping.get(index).or(mapping.last()).cloned());
    let starts = elements::starts(&mapping, file);
    for ((mut element, mut start), position) in all_elements.into_iter().zip(starts).zip(positions) {
        let mut verbatim = false;
        match &mut element {
            TemplateElement::RawString(text) => {
                verbatim = true;
                // The parser's position is after leading white space, and it may have removed white space around tags.
                let indent = text.len() - text.trim_start().len();
                let from = file.text.floor_char_boundary(start.saturating_sub(indent));
                start = file.text[from..].find(text.as_str()).map_or(start, |at| from + at);
            }
            TemplateElement::HtmlExpression(_) => {
                return Err(Diagnostic::error(
                    code::TEMPLATE,
                    "`{{{…}}}` and `{{&…}}` are not supported: data would become code",
                )
                .place(Place::new(file, start..start + 3))
                .help("write `{{…}}`, which escapes the data"));
            }
            TemplateElement::DecoratorExpression(_) | TemplateElement::DecoratorBlock(_) => {
                return Err(Diagnostic::error(code::TEMPLATE, "decorators are not supported")
                    .place(Place::new(file, start..start + 3))
                    .help("use a partial: {{> name}}"));
            }
            TemplateElement::PartialBlock(_) => {
                return Err(Diagnostic::error(code::TEMPLATE, "block partials are not supported")
                    .place(Place::new(file, start..start + 3))
                    .help("call the partial without a block: {{> name}}"));
            }
            TemplateElement::Expression(call) => wrap_in_text(call),
            TemplateElement::HelperBlock(block) => {
                for inner in block.template.iter_mut().chain(&mut block.inverse) {
                    prepare(inner, file, element_starts)?;
                }
            }
            _ => {}
        }
        if !matches!(element, TemplateElement::Comment(_)) {
            template
                .elements
                .push(TemplateElement::RawString(format!("{MARK_START}{}{MARK_END}", element_starts.len())));
            template.mapping.extend(position.clone());
            element_starts.push(ElementStart { file: file.clone(), start, verbatim });
        }
        template.elements.push(element);
        template.mapping.extend(position);
    }
    Ok(())
}

/// Converts `{{city.name}}` to `{{text city.name}}`. The helper checks that the value is printable.
fn wrap_in_text(call: &mut HelperTemplate) {
    let has_no_arguments = call.params.is_empty() && call.hash.is_empty();
    if has_no_arguments && !call.name.as_name().is_some_and(|name| helpers::names().contains(&name)) {
        let path = std::mem::replace(&mut call.name, Parameter::Name("text".to_owned()));
        call.params.push(match path {
            Parameter::Name(name) => Parameter::parse(&name).unwrap_or(Parameter::Name(name)),
            other => other,
        });
    }
}
