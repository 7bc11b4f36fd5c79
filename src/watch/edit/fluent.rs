//! Messages in Fluent, their attributes and their variants.

use std::sync::Arc;

use fluent_syntax::ast;
use fluent_syntax::parser;

use super::{Editable, EditableText, EditedFile, Reason, Syntax};
use crate::diagnostic::{Place, SourceFile};
use crate::project::MAX_TEXT;
use crate::watch::variants::{self, PrintedText, VariantMatch, VariantPath, pattern_at, pattern_at_mut};

type Tree<'s> = ast::Resource<&'s str>;

fn parse_fluent(text: &str) -> Result<Tree<'_>, Reason> {
    parser::parse(text).map_err(|(_, errors)| {
        let what = errors.first().map(|error| error.kind.to_string()).unwrap_or_default();
        format!("This is not valid Fluent: {what}. A line that continues a message begins with a space, and braces come in pairs.")
    })
}

/// Returns a function that returns the offset of a part of a text.
fn offset_in(text: &str) -> impl Fn(&str) -> usize + Copy + use<> {
    let base = text.as_ptr().addr();
    move |part: &str| part.as_ptr().addr().saturating_sub(base)
}

/// Finds the pattern of the message that includes a byte of the file.
pub(super) fn find_pattern(file: &Arc<SourceFile>, at: usize, name: &str) -> Result<EditableText, Reason> {
    let tree = parse_fluent(&file.text)?;
    let offset = offset_in(&file.text);
    let starts: Vec<usize> = tree.body.iter().map(|entry| entry_start(entry, &file.text, offset)).collect();
    let index = tree.body.iter().rposition(|entry| identifier(entry).is_some_and(|id| offset(id) <= at));
    let found = index.and_then(|index| Some((index, identifier(&tree.body[index])?)));
    let Some((index, id)) = found else {
        return Err("The message was not found in the file. Edit it in an editor.".to_owned());
    };
    let attribute = name.split_once('.').map(|(_, attribute)| attribute);
    let attributes = attributes(&tree.body[index]);
    let position = attribute.and_then(|name| attributes.iter().position(|known| known.id.name == name));
    let (label, next) = match (attribute, position) {
        (None, _) => (id, attributes.first()),
        (Some(_), Some(position)) => (attributes[position].id.name, attributes.get(position + 1)),
        (Some(_), None) => return Err("The message was not found in the file. Edit it in an editor.".to_owned()),
    };
    let start = offset(label) + label.len();
    let end = match next {
        // The dot before the name is not part of the pattern.
        Some(next) => offset(next.id.name).saturating_sub(1),
        None => starts.get(index + 1).copied().unwrap_or(file.text.len()),
    };
    let Some(written) = file.text.get(start..end).and_then(|text| text.trim_start_matches(' ').strip_prefix('='))
    else {
        return Err("The message has no text of its own. Edit it in an editor.".to_owned());
    };
    let pattern = written.trim_start_matches([' ', '\n', '\r']).trim_end_matches([' ', '\n', '\r']);
    if pattern.is_empty() || pattern_of(&tree.body[index], attribute).is_none() {
        return Err("The message has no text of its own. Edit it in an editor.".to_owned());
    }
    if pattern.contains("\r\n") && pattern.replace("\r\n", "").contains('\n') {
        return Err("The lines of the message end in two ways (LF and CR LF). Edit it in an editor.".to_owned());
    }
    let start = offset(pattern);
    Ok(EditableText {
        file: file.clone(),
        range: start..start + pattern.len(),
        syntax: Syntax::Fluent {
            message: id.to_owned(),
            attribute: attribute.map(str::to_owned),
            variant: VariantPath::new(),
        },
    })
}

/// Finds the pattern of a message that printed a text: its value, or one of its attributes. If one of its variants printed what
/// was clicked, only this variant is edited.
pub(super) fn find_printed_pattern(
    place: &Place,
    name: &str,
    printed: Option<&PrintedText>,
) -> Result<Editable, Reason> {
    let id = name.split('.').next().unwrap_or_default();
    let Some(printed) = printed else { return EditableText::find(place, name).map(Editable::from) };
    let file = &place.file;
    let tree = parse_fluent(&file.text)?;
    let entry = tree.body.iter().find(|entry| identifier(entry) == Some(id));
    let Some(entry) = entry else { return EditableText::find(place, name).map(Editable::from) };
    let attributes = attributes(entry).iter().map(|attribute| Some(attribute.id.name));
    let found = std::iter::once(None).chain(attributes).find_map(|attribute| {
        let pattern = pattern_of(entry, attribute)?;
        let found = variants::find(pattern, printed);
        (found != VariantMatch::None).then_some((attribute, pattern, found))
    });
    let Some((attribute, pattern, variant_match)) = found else {
        return EditableText::find(place, name).map(Editable::from);
    };
    let name = attribute.map_or(id.to_owned(), |attribute| format!("{id}.{attribute}"));
    let whole = EditableText::find(place, &name)?;
    let (path, note) = match variant_match {
        VariantMatch::At(path) => (path, None),
        VariantMatch::Several(paths) => {
            let keys: Vec<String> = paths.iter().map(|path| variants::keys(pattern, path)).collect();
            let keys: Vec<String> = keys.into_iter().filter(|keys| !keys.is_empty()).collect();
            let note = format!(
                "Several variants of the message print this text, so it is not known which of them was clicked: {}.",
                keys.join(", ")
            );
            (variants::common_path(paths.iter()), Some(note))
        }
        VariantMatch::None => (VariantPath::new(), None),
    };
    if path.is_empty() {
        return Ok(Editable { note, ..whole.into() });
    }
    Ok(match whole.narrow(&path) {
        Ok(text) => {
            let part = format!("the variant {}", variants::keys(pattern, &path));
            Editable { text, part: Some(part), whole: Some(whole), note }
        }
        Err(reason) => Editable { note: Some(reason), ..whole.into() },
    })
}

/// Returns the identifier of a message or term.
fn identifier<'s>(entry: &ast::Entry<&'s str>) -> Option<&'s str> {
    match entry {
        ast::Entry::Message(message) => Some(message.id.name),
        ast::Entry::Term(term) => Some(term.id.name),
        _ => None,
    }
}

fn attributes<'a, 's>(entry: &'a ast::Entry<&'s str>) -> &'a [ast::Attribute<&'s str>] {
    match entry {
        ast::Entry::Message(message) => &message.attributes,
        ast::Entry::Term(term) => &term.attributes,
        _ => &[],
    }
}

/// Returns the byte at which the line of an entry, or of the comment before it, begins.
fn entry_start(entry: &ast::Entry<&str>, text: &str, offset: impl Fn(&str) -> usize) -> usize {
    let comment = |comment: &ast::Comment<&str>| comment.content.first().map(|line| offset(line));
    let at = match entry {
        ast::Entry::Message(message) => {
            message.comment.as_ref().and_then(comment).unwrap_or_else(|| offset(message.id.name))
        }
        ast::Entry::Term(term) => term.comment.as_ref().and_then(comment).unwrap_or_else(|| offset(term.id.name)),
        ast::Entry::Comment(lines) | ast::Entry::GroupComment(lines) | ast::Entry::ResourceComment(lines) => {
            comment(lines).unwrap_or(text.len())
        }
        ast::Entry::Junk { content } => offset(content),
    };
    text.get(..at).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1)
}

fn pattern_of<'a, 's>(entry: &'a ast::Entry<&'s str>, attribute: Option<&str>) -> Option<&'a ast::Pattern<&'s str>> {
    match (entry, attribute) {
        (ast::Entry::Message(message), None) => message.value.as_ref(),
        (ast::Entry::Term(term), None) => Some(&term.value),
        (entry, Some(name)) => {
            attributes(entry).iter().find(|attribute| attribute.id.name == name).map(|attribute| &attribute.value)
        }
        _ => None,
    }
}

/// Returns whether two files have the same entries apart from one pattern, which both have.
fn differ_in_pattern_only(
    old: &Tree<'_>,
    new: &Tree<'_>,
    message: &str,
    attribute: Option<&str>,
    variant: &VariantPath,
) -> bool {
    let changed: Vec<_> = old.body.iter().zip(&new.body).filter(|(old, new)| old != new).collect();
    let is_expected = |(old, new): &(&ast::Entry<&str>, &ast::Entry<&str>)| {
        identifier(old) == Some(message) && is_same_without_pattern(old, new, attribute, variant)
    };
    old.body.len() == new.body.len() && changed.len() <= 1 && changed.iter().all(is_expected)
}

fn is_same_without_pattern(
    old: &ast::Entry<&str>,
    new: &ast::Entry<&str>,
    attribute: Option<&str>,
    variant: &VariantPath,
) -> bool {
    // With the new pattern, a copy of the old entry must be equal to the new entry.
    let pattern = pattern_of(new, attribute).and_then(|pattern| pattern_at(pattern, variant));
    let Some(pattern) = pattern else { return false };
    let mut expected = old.clone();
    let slot = match (&mut expected, attribute) {
        (ast::Entry::Message(message), None) => message.value.as_mut(),
        (ast::Entry::Term(term), None) => Some(&mut term.value),
        (
            ast::Entry::Message(ast::Message { attributes, .. }) | ast::Entry::Term(ast::Term { attributes, .. }),
            Some(name),
        ) => attributes.iter_mut().find(|attribute| attribute.id.name == name).map(|attribute| &mut attribute.value),
        _ => None,
    };
    let Some(slot) = slot.and_then(|slot| pattern_at_mut(slot, variant)) else { return false };
    *slot = ast::Pattern { elements: pattern.elements.clone() };
    expected == *new
}

impl EditableText {
    /// Returns one of the variants of the pattern; the pattern itself for an empty path.
    pub(super) fn narrow(&self, path: &VariantPath) -> Result<Self, Reason> {
        let Syntax::Fluent { message, attribute, .. } = &self.syntax else { return Ok(self.clone()) };
        if path.is_empty() {
            return Ok(self.clone());
        }
        let tree = parse_fluent(&self.file.text)?;
        let offset = offset_in(&self.file.text);
        let entry = tree.body.iter().find(|entry| identifier(entry) == Some(message));
        let pattern = entry.and_then(|entry| pattern_of(entry, attribute.as_deref()));
        let range = pattern.and_then(|pattern| variants::range(&self.file.text, pattern, path, offset));
        let Some(range) = range.filter(|range| self.range.start <= range.start && range.end <= self.range.end) else {
            return Err("The variant was not found in the file. Edit the whole message.".to_owned());
        };
        let syntax = Syntax::Fluent { message: message.clone(), attribute: attribute.clone(), variant: path.clone() };
        Ok(Self { file: self.file.clone(), range, syntax })
    }

    pub(super) fn replace_pattern(&self, new: &str) -> Result<EditedFile, Reason> {
        let Syntax::Fluent { message, attribute, variant } = &self.syntax else {
            return Err("This is not a message.".to_owned());
        };
        // Fluent ignores blanks at both ends of a pattern.
        let new = new.trim_matches([' ', '\n']);
        let written = match self.has_crlf() {
            true => new.replace('\n', "\r\n"),
            false => new.to_owned(),
        };
        let edited = self.splice(&written);
        if edited.text.len() as u64 > MAX_TEXT {
            return Err("The file would become too large.".to_owned());
        }
        let old = parse_fluent(&self.file.text)?;
        let tree = parse_fluent(&edited.text)?;
        match differ_in_pattern_only(&old, &tree, message, attribute.as_deref(), variant) {
            true => Ok(edited),
            false if !variant.is_empty() => {
                Err("With this text, other variants would change too. A line that continues a \
                                                 variant begins with a space, and not with `.`, `*`, `[` or `}`."
                    .to_owned())
            }
            false => {
                Err("With this text, other messages would change too. A line that continues a message begins with a \
                          space, and not with `.`, `*`, `[` or `}`."
                    .to_owned())
            }
        }
    }

    /// Returns whether lines of the text end with CR LF, or, if it is on one line, those of the file.
    fn has_crlf(&self) -> bool {
        let written = &self.file.text[self.range.clone()];
        match written.contains('\n') {
            true => written.contains("\r\n"),
            false => self.file.text.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')),
        }
    }
}
