//! Texts and numbers in YAML.

use std::ops::Range;
use std::sync::Arc;

use super::{Editable, EditableText, EditedFile, Reason, Syntax};
use crate::diagnostic::{Place, SourceFile};
use crate::results::reading::yaml::{self, Node, Value};
use crate::watch::variants::{PrintedText, fold};

/// Finds the value at a place, or the form of a name there that was printed.
pub(super) fn find_printed_form(place: &Place, printed: Option<&PrintedText>) -> Result<Editable, Reason> {
    let file = &place.file;
    let tree = parse(file)?;
    let (Some(Value::Map(forms)), Some(printed)) = (node_at(&tree, &place.range).map(|node| &node.value), printed)
    else {
        return scalar_in(&tree, file, &place.range).map(Editable::from);
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
            let text = scalar_in(&tree, file, &node.span)?;
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

/// Finds the value at a place.
pub(super) fn find_scalar(file: &Arc<SourceFile>, range: &Range<usize>) -> Result<EditableText, Reason> {
    scalar_in(&parse(file)?, file, range)
}

fn parse(file: &Arc<SourceFile>) -> Result<Node, Reason> {
    yaml::parse(file).map_err(|problem| format!("The file is not valid YAML: {}.", problem.message))
}

fn scalar_in(tree: &Node, file: &Arc<SourceFile>, range: &Range<usize>) -> Result<EditableText, Reason> {
    let Some(node) = node_at(tree, range) else {
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
    pub(super) fn replace_scalar(&self, new: &str) -> Result<EditedFile, Reason> {
        if new.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Err("The text must be on one line, without tabs.".to_owned());
        }
        let old = parse(&self.file)?;
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
