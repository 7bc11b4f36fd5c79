//! Replaces one text in a YAML or Fluent file, and leaves every other byte as it is.
//!
//! Nothing here reads or writes a file: [`super::edits`] does.

use std::ops::Range;
use std::sync::Arc;

use fluent_syntax::ast;
use fluent_syntax::parser;

use super::variants::{self, PrintedText, VariantMatch, VariantPath, fold, pattern_at, pattern_at_mut};
use crate::diagnostic::{FileOrigin, Place, SourceFile};
use crate::project::MAX_TEXT;
use crate::results::is_forbidden;
use crate::results::reading::yaml::{self, Node, Value};

/// A text in a file that can be replaced.
#[derive(Clone, Debug)]
pub struct EditableText {
    pub file: Arc<SourceFile>,
    /// The bytes that are replaced, with the quotes of a YAML value.
    pub range: Range<usize>,
    pub syntax: Syntax,
}

/// How a text is written in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A number in YAML.
    Number,
    /// A YAML text without quotes.
    Plain,
    /// A YAML text in single quotes.
    SingleQuoted,
    /// A YAML text in double quotes, without escape sequences.
    DoubleQuoted,
    /// A YAML text in double quotes with escape sequences, which are edited as they are.
    Escaped,
    /// The pattern of a Fluent message, or of its attribute; or of one of its variants.
    Fluent { message: String, attribute: Option<String>, variant: VariantPath },
}

/// What can be edited at a place.
#[derive(Clone, Debug)]
pub struct Editable {
    pub text: EditableText,
    /// What the text is, if it is a part of the place: `the variant [one]`.
    pub part: Option<String>,
    /// The whole message, if the text is one of its variants.
    pub whole: Option<EditableText>,
    /// Why the text is not a smaller part of the place.
    pub note: Option<Reason>,
}

/// A file with its text replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedFile {
    pub text: String,
    /// Of the new text, with the quotes of a YAML value.
    pub range: Range<usize>,
}

/// Why a text cannot be edited or a new text cannot be written, as the page says it.
pub type Reason = String;

impl Syntax {
    /// Returns its name in the JSON for the page.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Plain | Self::SingleQuoted | Self::DoubleQuoted => "text",
            Self::Escaped => "escaped",
            Self::Fluent { .. } => "fluent",
        }
    }
}

impl Editable {
    /// Finds what printed a text at a place: a YAML value, or the form of a name; or the pattern of a message, and its variant
    /// if it has several. `name` is the identifier of the message.
    ///
    /// # Errors
    /// Why the text cannot be edited without a change of other bytes.
    pub fn find(place: &Place, name: &str, printed: Option<&PrintedText>) -> Result<Self, Reason> {
        match (place.file.origin != FileOrigin::Embedded).then(|| extension(&place.file)).flatten().as_deref() {
            Some("ftl") => find_printed_pattern(place, name, printed),
            Some("yaml" | "yml") => find_printed_form(place, printed),
            _ => EditableText::find(place, name).map(Self::from),
        }
    }
}

impl From<EditableText> for Editable {
    fn from(text: EditableText) -> Self {
        Self { text, part: None, whole: None, note: None }
    }
}

/// Returns the extension of a file in lower case.
fn extension(file: &SourceFile) -> Option<String> {
    file.path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

impl EditableText {
    /// Finds the text that a place refers to: a YAML value, or the pattern of a message. `name` is the identifier of the
    /// message, with its attribute if there is one; it may be empty.
    ///
    /// # Errors
    /// Why the text cannot be edited without a change of other bytes.
    pub fn find(place: &Place, name: &str) -> Result<Self, Reason> {
        let file = &place.file;
        if file.origin == FileOrigin::Embedded {
            return Err(
                "This text is in a file inside the program, not in your project. `gen-report init --eject` copies \
                        the file into the project, where it can be edited."
                    .to_owned(),
            );
        }
        match extension(file).as_deref() {
            Some("ftl") => find_pattern(file, place.range.start, name),
            Some("yaml" | "yml") => find_scalar(file, &place.range),
            _ => Err("This text is in a table or in a file of records. Edit it in the program that made the file."
                .to_owned()),
        }
    }

    /// Finds the text again in its file after it was replaced.
    ///
    /// # Errors
    /// See [`Self::find`].
    pub fn find_again(&self, edited: EditedFile) -> Result<Self, Reason> {
        let file = SourceFile::new(self.file.path.clone(), edited.text);
        match &self.syntax {
            Syntax::Fluent { message, attribute, variant } => {
                let name = attribute.as_ref().map_or(message.clone(), |attribute| format!("{message}.{attribute}"));
                find_pattern(&file, edited.range.start, &name)?.narrow(variant)
            }
            _ => Self::find(&Place::new(&file, edited.range), ""),
        }
    }

    /// Returns the text as it is edited: without the quotes of YAML, with line ends `\n`.
    pub fn text(&self) -> String {
        let written = &self.file.text[self.range.clone()];
        let inside = || written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
        match self.syntax {
            Syntax::Number | Syntax::Plain => written.to_owned(),
            Syntax::SingleQuoted => inside().replace("''", "'"),
            Syntax::DoubleQuoted | Syntax::Escaped => inside().to_owned(),
            Syntax::Fluent { .. } => written.replace("\r\n", "\n"),
        }
    }

    /// Replaces the text. The new file is parsed, and differs from the old one in this text only.
    ///
    /// # Errors
    /// Why the new text cannot be written here.
    pub fn replace(&self, new: &str) -> Result<EditedFile, Reason> {
        let new = new.replace("\r\n", "\n");
        if let Some(bad) = new.chars().find(|c| is_forbidden(*c)) {
            return Err(format!("The text contains U+{:04X}, which cannot be printed. Remove it.", bad as u32));
        }
        if new.trim().is_empty() {
            return Err("The text is empty. Write something, or remove it in an editor.".to_owned());
        }
        match &self.syntax {
            Syntax::Fluent { .. } => self.replace_pattern(&new),
            _ => self.replace_scalar(&new),
        }
    }

    /// Returns the file with these bytes in place of the text.
    fn splice(&self, written: &str) -> EditedFile {
        let Range { start, end } = self.range;
        let text = [&self.file.text[..start], written, &self.file.text[end..]].concat();
        EditedFile { text, range: start..start + written.len() }
    }
}

// ---- YAML --------------------------------------------------------------------------------------

/// Finds the value at a place, or the form of a name there that was printed.
fn find_printed_form(place: &Place, printed: Option<&PrintedText>) -> Result<Editable, Reason> {
    let file = &place.file;
    let tree = yaml::parse(file).map_err(|problem| format!("The file is not valid YAML: {}.", problem.message))?;
    let (Some(Value::Map(forms)), Some(printed)) = (node_at(&tree, &place.range).map(|node| &node.value), printed)
    else {
        return find_scalar(file, &place.range).map(Editable::from);
    };
    let letters = fold(&printed.text);
    let texts = forms.iter().filter_map(|(key, node)| match &node.value {
        Value::Text(text) | Value::Number(text) => Some((key.name.as_str(), node, fold(text))),
        _ => None,
    });
    let contains = |form: &[char]| !form.is_empty() && letters.windows(form.len()).any(|window| window == form);
    // A form that the data does not give is made from another one, which is then a part of it.
    let mut found: Vec<_> = texts.filter(|(.., form)| contains(form)).collect();
    let longest = found.iter().map(|(.., form)| form.len()).max();
    found.retain(|(.., form)| Some(form.len()) == longest);
    match &found[..] {
        [(name, node, _)] => {
            let text = find_scalar(file, &node.span)?;
            Ok(Editable { part: Some(format!("the form `{name}`")), ..text.into() })
        }
        [] => {
            Err("This name has several forms, and none of them is a part of the printed text. Edit them in an editor."
                .to_owned())
        }
        _ => {
            let names: Vec<String> = found.iter().map(|(name, ..)| format!("`{name}`")).collect();
            Err(format!(
                "Several forms of this name have the same text ({}), so it is not known which of them was printed. \
                 Edit them in an editor.",
                names.join(", ")
            ))
        }
    }
}

fn find_scalar(file: &Arc<SourceFile>, range: &Range<usize>) -> Result<EditableText, Reason> {
    let tree = yaml::parse(file).map_err(|problem| format!("The file is not valid YAML: {}.", problem.message))?;
    let Some(node) = node_at(&tree, range) else {
        return Err("The value was not found in the file. Edit it in an editor.".to_owned());
    };
    let written = file.text.get(range.clone()).unwrap_or_default();
    if has_anchor_or_tag(&file.text[..range.start]) || written.starts_with(['*', '&', '!']) {
        return Err("The value has an anchor, an alias or a tag (`&`, `*` or `!`). Edit it in an editor.".to_owned());
    }
    let text = match &node.value {
        Value::Number(written) | Value::Text(written) => written,
        Value::Map(_) | Value::List(_) => {
            return Err(
                "There are several values here, such as the forms of a name. Edit them in an editor.".to_owned()
            );
        }
        Value::Bool(_) | Value::Null => return Err("The value is not a text. Edit it in an editor.".to_owned()),
    };
    let is_number = matches!(node.value, Value::Number(_));
    let is_quoted = |quote: char| written.len() > 1 && written.starts_with(quote) && written.ends_with(quote);
    let syntax = match () {
        () if is_number => Syntax::Number,
        () if is_quoted('\'') => Syntax::SingleQuoted,
        () if is_quoted('"') && written.contains('\\') => Syntax::Escaped,
        () if is_quoted('"') => Syntax::DoubleQuoted,
        () => Syntax::Plain,
    };
    let found = EditableText { file: file.clone(), range: range.clone(), syntax };
    let is_one_line = !written.contains(['\n', '\r']) && !text.contains('\n');
    if !is_one_line || (found.syntax != Syntax::Escaped && found.text() != *text) {
        return Err("The text is written on several lines, as a block. Edit it in an editor.".to_owned());
    }
    // Try a replacement: if an alias repeats the value, the tree changes in a second place too, and the replacement fails.
    let other = if *text == "1" { "2" } else { "1" };
    match found.replace_scalar(other) {
        Ok(_) => Ok(found),
        Err(_) => Err("The value is used in several places of the file, by an alias. Edit it in an editor.".to_owned()),
    }
}

/// Returns the node with this span.
fn node_at<'n>(tree: &'n Node, range: &Range<usize>) -> Option<&'n Node> {
    let mut queue = vec![tree];
    while let Some(node) = queue.pop() {
        if node.span == *range {
            return Some(node);
        }
        match &node.value {
            Value::List(items) => queue.extend(items),
            Value::Map(entries) => queue.extend(entries.iter().map(|(_, node)| node)),
            _ => {}
        }
    }
    None
}

/// Returns whether the text before a value ends with an anchor or a tag.
fn has_anchor_or_tag(before: &str) -> bool {
    let word = before.split_whitespace().next_back().unwrap_or_default();
    word.trim_start_matches(['[', '{', ',']).starts_with(['&', '!'])
}

impl EditableText {
    fn replace_scalar(&self, new: &str) -> Result<EditedFile, Reason> {
        if new.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Err("The text must be on one line, without tabs.".to_owned());
        }
        let old = yaml::parse(&self.file).map_err(|problem| problem.message)?;
        let reads_as_meant = |edited: &EditedFile| {
            let file = SourceFile::new(self.file.path.clone(), edited.text.clone());
            let new_tree = yaml::parse(&file).ok()?;
            let value = compare(&old, &new_tree, &self.range)?;
            Some(match (value, &self.syntax) {
                (Value::Number(written), Syntax::Number) => written == new,
                (Value::Text(_), Syntax::Escaped) => true,
                (Value::Text(text), syntax) => text == new && *syntax != Syntax::Number,
                _ => false,
            })
        };
        let is_as_meant = |edited: &EditedFile| reads_as_meant(edited).unwrap_or(false);
        let found = self.spellings(new).iter().map(|written| self.splice(written)).find(is_as_meant);
        found.ok_or_else(|| match self.syntax {
            Syntax::Number => format!("`{new}` is not a number as YAML writes it (for example 52, 2.5 or 310_000)."),
            Syntax::Escaped => {
                "The text is not valid between double quotes. Write `\\\"` for a quote, and `\\\\` for a backslash."
                    .to_owned()
            }
            _ => "This text would change how the rest of the file is parsed. Edit it in an editor.".to_owned(),
        })
    }

    /// Returns the ways to write a text in YAML, the preferred one first.
    fn spellings(&self, new: &str) -> Vec<String> {
        let single = || format!("'{}'", new.replace('\'', "''"));
        let double = || format!("\"{}\"", new.replace('\\', "\\\\").replace('"', "\\\""));
        match self.syntax {
            Syntax::Number => vec![new.to_owned()],
            Syntax::Plain if is_ambiguous(new) => self.quoted(single(), double()),
            Syntax::Plain => [vec![new.to_owned()], self.quoted(single(), double())].concat(),
            Syntax::SingleQuoted => vec![single()],
            Syntax::DoubleQuoted => vec![double()],
            Syntax::Escaped if has_bare_quote(new) => Vec::new(),
            Syntax::Escaped => vec![format!("\"{new}\"")],
            Syntax::Fluent { .. } => Vec::new(),
        }
    }

    /// Returns both spellings with quotes, first the one that the file uses more often.
    fn quoted(&self, single: String, double: String) -> Vec<String> {
        let count = |quote: &str| self.file.text.matches(&format!(": {quote}")).count();
        match count("'") > count("\"") {
            true => vec![single, double],
            false => vec![double, single],
        }
    }
}

/// Returns whether readers of YAML may disagree on a text without quotes: those of YAML 1.1 take some words for a boolean or for
/// nothing, and some readers refuse colons where others accept them.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_word = WORDS.contains(&text.to_ascii_lowercase().as_str());
    is_word || text.contains([':', '#']) || text.starts_with(|c: char| c.is_ascii_punctuation())
}

/// Returns whether a text would end the double quotes around it.
fn has_bare_quote(text: &str) -> bool {
    let mut is_escaped = false;
    for c in text.chars() {
        if c == '"' && !is_escaped {
            return true;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    is_escaped
}

/// Returns the value at `range` of the old tree in the new tree; `None` if the trees differ elsewhere.
fn compare<'n>(old: &Node, new: &'n Node, range: &Range<usize>) -> Option<&'n Value> {
    let mut found = None;
    let mut queue = vec![(old, new)];
    while let Some((old, new)) = queue.pop() {
        if old.span == *range {
            // The same value twice is an alias.
            if found.replace(&new.value).is_some() {
                return None;
            }
            continue;
        }
        match (&old.value, &new.value) {
            (Value::Null, Value::Null) => {}
            (Value::Bool(a), Value::Bool(b)) if a == b => {}
            (Value::Number(a), Value::Number(b)) | (Value::Text(a), Value::Text(b)) if a == b => {}
            (Value::List(a), Value::List(b)) if a.len() == b.len() => queue.extend(a.iter().zip(b)),
            (Value::Map(a), Value::Map(b)) if a.len() == b.len() => {
                if a.iter().zip(b).any(|((a, _), (b, _))| a.name != b.name) {
                    return None;
                }
                queue.extend(a.iter().zip(b).map(|((_, a), (_, b))| (a, b)));
            }
            _ => return None,
        }
    }
    found
}

// ---- Fluent ------------------------------------------------------------------------------------

type Tree<'s> = ast::Resource<&'s str>;

fn parse_fluent(text: &str) -> Result<Tree<'_>, Reason> {
    parser::parse(text).map_err(|(_, errors)| {
        let what = errors.first().map(|error| error.kind.to_string()).unwrap_or_default();
        format!("This is not valid Fluent: {what}. A line that continues a message begins with a space, and braces come in pairs.")
    })
}

/// Finds the pattern of the message that includes a byte of the file.
fn find_pattern(file: &Arc<SourceFile>, at: usize, name: &str) -> Result<EditableText, Reason> {
    let tree = parse_fluent(&file.text)?;
    let base = file.text.as_ptr().addr();
    let offset = |slice: &str| slice.as_ptr().addr().saturating_sub(base);
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
fn find_printed_pattern(place: &Place, name: &str, printed: Option<&PrintedText>) -> Result<Editable, Reason> {
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
                "Several variants of the message print this text, so it is not known which: {}.",
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
    // The new pattern is moved into a copy of the old entry, which must then be the new entry.
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
    fn narrow(&self, path: &VariantPath) -> Result<Self, Reason> {
        let Syntax::Fluent { message, attribute, .. } = &self.syntax else { return Ok(self.clone()) };
        if path.is_empty() {
            return Ok(self.clone());
        }
        let tree = parse_fluent(&self.file.text)?;
        let base = self.file.text.as_ptr().addr();
        let offset = |slice: &str| slice.as_ptr().addr().saturating_sub(base);
        let entry = tree.body.iter().find(|entry| identifier(entry) == Some(message));
        let pattern = entry.and_then(|entry| pattern_of(entry, attribute.as_deref()));
        let range = pattern.and_then(|pattern| variants::range(&self.file.text, pattern, path, offset));
        let Some(range) = range.filter(|range| self.range.start <= range.start && range.end <= self.range.end) else {
            return Err("The variant was not found in the file. Edit the whole message.".to_owned());
        };
        let syntax = Syntax::Fluent { message: message.clone(), attribute: attribute.clone(), variant: path.clone() };
        Ok(Self { file: self.file.clone(), range, syntax })
    }

    fn replace_pattern(&self, new: &str) -> Result<EditedFile, Reason> {
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
