//! Parses the Fluent files of a locale, locates each message and resolves it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentError, FluentResource};
use fluent_syntax::ast::{self, Pattern};
use fluent_syntax::parser::{self, ErrorKind, ParserError};

use super::cases;
use super::functions::{self, Failure};
use super::pseudo::Pseudo;
use crate::diagnostic::{Diagnostic, FileOrigin, Place, Problems, SourceFile, code};
use crate::results::is_forbidden;

/// The messages of a locale, with the functions they may call.
pub type Bundle = FluentBundle<Arc<FluentResource>>;

/// A parsed file, ready for a bundle, and the spans of its messages.
pub struct ParsedFile {
    pub resource: Arc<FluentResource>,
    pub spans: BTreeMap<String, MessageSpan>,
}

/// The span of a message or term (`-name`) in its file.
#[derive(Clone)]
pub struct MessageSpan {
    pub file: Arc<SourceFile>,
    /// From the identifier to the next message.
    pub range: Range<usize>,
    /// Length of the identifier, in bytes.
    id_len: usize,
}

impl MessageSpan {
    /// Returns the place of the identifier.
    pub fn id_place(&self) -> Place {
        Place::new(&self.file, self.range.start..self.range.start + self.id_len)
    }

    /// Returns whether this message of the project replaces an embedded one. A message that formats values can only be
    /// replaced by one that does too.
    pub fn replaces(&self, other: &Self) -> bool {
        let is_of_project = (self.file.origin, other.file.origin) == (FileOrigin::Disk, FileOrigin::Embedded);
        is_of_project && super::formats_values(&self.file) == super::formats_values(&other.file)
    }

    /// Returns the place of a text inside the message, or else that of its identifier.
    pub fn find(&self, needle: &str) -> Place {
        let text = &self.file.text[self.range.clone()];
        match text.find(needle).filter(|_| !needle.is_empty()) {
            Some(at) => {
                let start = self.range.start + at;
                Place::new(&self.file, start..start + needle.trim_end_matches('(').len())
            }
            None => self.id_place(),
        }
    }
}

/// Parses one file and rewrites its selectors (see [`cases`]). `is_value_file` is set for `numbers.ftl` and
/// `units.ftl`, which may not call the functions that resolve their own messages.
///
/// If `pseudo` is given, the texts of the messages are changed to those of a pseudo-locale.
///
/// Returns all errors of the file: invalid syntax, forbidden characters, unknown functions and duplicate messages.
pub fn parse(file: &Arc<SourceFile>, is_value_file: bool, pseudo: Option<Pseudo>) -> Result<ParsedFile, Problems> {
    let source = file.text.as_str();
    let mut problems = Problems::new();
    if let Some((at, bad)) = source.char_indices().find(|(_, c)| is_forbidden(*c) && *c != '\r') {
        problems.push(
            Diagnostic::error(code::FTL, format!("the file contains U+{:04X}, which cannot be printed", bad as u32))
                .place(Place::new(file, at..at + bad.len_utf8()))
                .help("remove the character"),
        );
    }
    let tree = match parser::parse(source) {
        Ok(tree) => tree,
        Err((tree, errors)) => {
            for error in errors {
                let unclosed = find_unclosed_brace(file, &error).or_else(|| find_unclosed_call(file, &error));
                problems.push(unclosed.unwrap_or_else(|| {
                    if matches!(error.kind, ErrorKind::ExpectedToken('}')) {
                        return Diagnostic::error(code::FTL, "the closing brace `}` is missing before this text")
                            .place(Place::new(file, error.pos))
                            .help("add `}` where the placeable ends");
                    }
                    Diagnostic::error(code::FTL, format!("invalid Fluent syntax: {}", error.kind))
                        .place(Place::new(file, error.pos))
                        .help("see https://projectfluent.org/fluent/guide/ for the syntax of a message")
                }));
            }
            tree
        }
    };
    let spans = collect_spans(file, &tree, &mut problems);
    for (id, span) in spans.iter().filter(|(id, _)| functions::function_names(false).contains(&id.as_str())) {
        let message = format!("the message `{id}` has the name of a function");
        problems.push(Diagnostic::error(code::FTL, message).place(span.id_place()).help("rename the message"));
    }

    // Parsed again with owned strings, since the selectors are rewritten before the file is added to a bundle.
    let mut owned = match parser::parse(source.to_owned()) {
        Ok(tree) | Err((tree, _)) => tree,
    };
    if let Some(pseudo) = pseudo {
        pseudo.apply(&mut owned, is_value_file);
    }
    let usage = cases::rewrite_selectors(&mut owned);
    let known = functions::function_names(is_value_file);
    for name in usage.functions.iter().filter(|name| !known.contains(&name.as_str())) {
        let place = find_in_file(file, &format!("{name}("));
        let text = if functions::function_names(false).contains(&name.as_str()) {
            format!(
                "the function `{name}` resolves messages of numbers.ftl and units.ftl, and cannot be called in these files"
            )
        } else {
            format!("unknown function `{name}`")
        };
        problems.push(Diagnostic::error(code::FUNCTION, text).place(place).suggest(name, known.iter().copied()));
    }
    for literal in &usage.literals {
        let text = fluent_syntax::unicode::unescape_unicode_to_string(literal);
        if let Some(bad) = text.chars().find(|c| is_forbidden(*c)) {
            problems.push(
                Diagnostic::error(
                    code::FTL,
                    format!("the escape sequence means U+{:04X}, which cannot be printed", bad as u32),
                )
                .place(find_in_file(file, literal))
                .help("remove the escape sequence"),
            );
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let rewritten = fluent_syntax::serializer::serialize(&owned);
    let resource = FluentResource::try_new(rewritten).map_err(|(_, errors)| {
        let text = errors.first().map(ToString::to_string).unwrap_or_default();
        Diagnostic::error(code::FTL, format!("`{}` cannot be used: {text}", file.display_path()))
            .help("simplify the message")
    })?;
    Ok(ParsedFile { resource: Arc::new(resource), spans })
}

/// Returns a diagnostic for a brace that is not closed. The parser reports it where it expects the closing brace, which
/// is at the start of the next message.
fn find_unclosed_brace(file: &Arc<SourceFile>, error: &ParserError) -> Option<Diagnostic> {
    let start = error.slice.as_ref()?.start;
    let message = file.text.get(start..error.pos.start)?;
    let end = start + message.trim_end().len();
    if !file.text.get(end..error.pos.start)?.contains('\n') && error.pos.start < file.text.len() {
        return None;
    }
    let mut open = Vec::new();
    let mut is_string = false;
    for (at, c) in message.char_indices() {
        match c {
            '"' if is_string => is_string = message[..at].ends_with('\\'),
            '"' => is_string = !open.is_empty(),
            // A string ends with its line at the latest.
            '\n' => is_string = false,
            '{' if !is_string => open.push(at),
            '}' if !is_string => drop(open.pop()),
            _ => {}
        }
    }
    let at = start + open.pop()?;
    let id = message.split(['=', ' ']).next().unwrap_or_default();
    Some(
        Diagnostic::error(code::FTL, format!("the brace is not closed in the message `{id}`"))
            .place(Place::new(file, at..at + 1))
            .help("add the closing brace `}`"),
    )
}

/// Returns a diagnostic for a call without its closing parenthesis, such as `{ NAME($place }`. The parser reports it at the
/// brace, where it expects another argument.
fn find_unclosed_call(file: &Arc<SourceFile>, error: &ParserError) -> Option<Diagnostic> {
    let start = error.slice.as_ref()?.start;
    let before = file.text.get(start..error.pos.start)?;
    if !file.text.get(error.pos.start..)?.starts_with('}') {
        return None;
    }
    let call = &before[before.rfind('{')? + 1..];
    let (function, arguments) = call.trim_start().split_once('(')?;
    let is_name = function.starts_with(|c: char| c.is_ascii_uppercase())
        && function.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-_".contains(c));
    if !is_name || arguments.contains(')') {
        return None;
    }
    let at = error.pos.start - call.trim_start().len();
    Some(
        Diagnostic::error(code::FTL, format!("the parenthesis of `{function}` is not closed"))
            .place(Place::new(file, at..at + function.len() + 1))
            .help(format!("add the closing parenthesis: {{ {function}({}) }}", arguments.trim_end())),
    )
}

/// Returns the place of the first occurrence of `needle` in the file.
fn find_in_file(file: &Arc<SourceFile>, needle: &str) -> Place {
    let at = file.text.find(needle).unwrap_or_default();
    Place::new(file, at..at + needle.trim_end_matches('(').len())
}

/// Returns the spans of all messages and terms, and reports those that are defined twice.
fn collect_spans(
    file: &Arc<SourceFile>,
    tree: &ast::Resource<&str>,
    problems: &mut Problems,
) -> BTreeMap<String, MessageSpan> {
    let base = file.text.as_ptr().addr();
    let mut starts: Vec<(String, usize, usize)> = Vec::new();
    for entry in &tree.body {
        let (name, id) = match entry {
            ast::Entry::Message(message) => (message.id.name.to_owned(), message.id.name),
            ast::Entry::Term(term) => (format!("-{}", term.id.name), term.id.name),
            _ => continue,
        };
        starts.push((name, id.as_ptr().addr() - base, id.len()));
    }
    let mut spans: BTreeMap<String, MessageSpan> = BTreeMap::new();
    for (index, (name, start, id_len)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(file.text.len(), |next| next.1);
        let span = MessageSpan { file: file.clone(), range: *start..end, id_len: *id_len };
        if let Some(first) = spans.get(name) {
            problems.push(
                Diagnostic::error(code::DUPLICATE, format!("the message `{name}` is defined twice"))
                    .place(span.id_place())
                    .place(first.id_place().labelled("first definition"))
                    .help("remove one of the definitions"),
            );
        } else {
            spans.insert(name.clone(), span);
        }
    }
    spans
}

/// The pattern of a message or of one of its attributes.
pub struct MessagePattern<'b>(&'b Pattern<&'b str>);

impl<'b> MessagePattern<'b> {
    /// Returns the pattern of the message, or of its attribute if one is given.
    pub fn find(bundle: &'b Bundle, id: &str, attribute: Option<&str>) -> Option<Self> {
        let message = bundle.get_message(id)?;
        match attribute {
            None => message.value().map(Self),
            Some(name) => message.get_attribute(name).map(|attribute| Self(attribute.value())),
        }
    }

    /// Resolves the pattern. Failures are recorded; `functions::take_failures` returns them.
    pub fn resolve(&self, bundle: &Bundle, args: &FluentArgs<'_>) -> String {
        let mut errors = Vec::new();
        let text = bundle.format_pattern(self.0, Some(args), &mut errors).into_owned();
        for error in errors {
            functions::record_failure(to_failure(&error));
        }
        text
    }
}

/// Describes an error of Fluent.
fn to_failure(error: &FluentError) -> Failure {
    use fluent::resolver::{ResolverError, errors::ReferenceKind};
    let (needle, message) = match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => {
            (format!("${id}"), format!("missing variable `${id}`"))
        }
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Message { id, attribute })) => {
            let name = attribute.as_ref().map_or(id.clone(), |a| format!("{id}.{a}"));
            (name.clone(), format!("unknown message `{name}`"))
        }
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Term { id, attribute })) => {
            let name = attribute.as_ref().map_or(format!("-{id}"), |a| format!("-{id}.{a}"));
            (name.clone(), format!("unknown term `{name}`"))
        }
        FluentError::ResolverError(ResolverError::Cyclic) => {
            (String::new(), "the message refers to itself through its references".to_owned())
        }
        other => (String::new(), other.to_string()),
    };
    Failure { within: String::new(), needle, message, missing_message: None }
}
