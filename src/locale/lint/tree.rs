//! Parses the messages of a locale with their places, and visits the nodes of their patterns.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use fluent_syntax::ast::{self, CallArguments, Expression, InlineExpression, Pattern, PatternElement, Variant};
use fluent_syntax::parser;

use super::LocaleSource;
use crate::diagnostic::{Place, Problems, Severity, SourceFile};
use crate::locale::formats_values;

/// A message or a term (`-name`).
pub struct ParsedMessage<'a> {
    pub id: String,
    pub file: &'a Arc<SourceFile>,
    /// Whether it is defined in `numbers.ftl` or `units.ftl`.
    pub is_in_value_file: bool,
    name: &'a str,
    pub value: Option<Pattern<&'a str>>,
    pub attributes: Vec<(&'a str, Pattern<&'a str>)>,
    comment: Vec<&'a str>,
}

impl<'a> ParsedMessage<'a> {
    /// Returns whether the comment declares that the message omits this variable (`# without $variable`).
    pub fn omits(&self, variable: &str) -> bool {
        let is_variable =
            |word: &str| word.strip_prefix('$').map(|w| w.trim_end_matches([':', ',', '.'])) == Some(variable);
        self.comment
            .iter()
            .any(|line| line.strip_prefix("without ").is_some_and(|rest| rest.split(' ').any(is_variable)))
    }

    /// Returns the comment above it, without `#`.
    pub fn comment(&self) -> String {
        self.comment.join("\n")
    }

    /// Returns the place of the identifier.
    pub fn place(&self) -> Place {
        self.at(self.name)
    }

    /// Returns the place of `slice`, which must be a slice of the text of the file.
    pub fn at(&self, slice: &str) -> Place {
        Place::new(self.file, self.range(slice))
    }

    /// Returns the byte range of `slice`, which must be a slice of the text of the file.
    pub fn range(&self, slice: &str) -> Range<usize> {
        let start = slice.as_ptr().addr() - self.file.text.as_ptr().addr();
        start..start + slice.len()
    }

    /// Returns the pattern of the value and those of the attributes, with the names of the attributes.
    pub fn patterns(&self) -> impl Iterator<Item = (Option<&'a str>, &Pattern<&'a str>)> {
        let own = self.value.iter().map(|pattern| (None, pattern));
        own.chain(self.attributes.iter().map(|(name, pattern)| (Some(*name), pattern)))
    }

    /// Returns the pattern of the value, or of the attribute if one is given.
    pub fn pattern(&self, attribute: Option<&str>) -> Option<&Pattern<&'a str>> {
        match attribute {
            None => self.value.as_ref(),
            Some(name) => self.attributes.iter().find(|(own, _)| *own == name).map(|(_, pattern)| pattern),
        }
    }
}

/// The messages and terms of a locale, by identifier; terms with their leading `-`.
pub struct Tree<'a> {
    pub name: &'a str,
    pub entries: BTreeMap<String, ParsedMessage<'a>>,
}

impl<'a> Tree<'a> {
    pub fn new(source: &LocaleSource<'a>) -> Self {
        Self::of_files(source.name, source.files)
    }

    /// Parses files that need not be a whole locale.
    pub fn of_files(name: &'a str, files: &'a [Arc<SourceFile>]) -> Self {
        let mut entries = BTreeMap::new();
        for file in files {
            let is_in_value_file = formats_values(file);
            let (Ok(tree) | Err((tree, _))) = parser::parse(file.text.as_str());
            for entry in tree.body {
                let (id, name, value, attributes, comment) = match entry {
                    ast::Entry::Message(m) => (m.id.name.to_owned(), m.id.name, m.value, m.attributes, m.comment),
                    ast::Entry::Term(t) => {
                        (format!("-{}", t.id.name), t.id.name, Some(t.value), t.attributes, t.comment)
                    }
                    _ => continue,
                };
                let comment = comment.map(|c| c.content).unwrap_or_default();
                let attributes = attributes.into_iter().map(|a| (a.id.name, a.value)).collect();
                entries.entry(id.clone()).or_insert(ParsedMessage {
                    id,
                    file,
                    is_in_value_file,
                    name,
                    value,
                    attributes,
                    comment,
                });
            }
        }
        Self { name, entries }
    }

    /// Returns a message by `id` or `id.attribute`, with its pattern.
    pub fn find(&self, id: &str) -> Option<(&ParsedMessage<'a>, &Pattern<&'a str>)> {
        let (name, attribute) = crate::locale::split_id(id);
        let entry = self.entries.get(name)?;
        Some((entry, entry.pattern(attribute)?))
    }

    /// Returns the place of each message that the first place of an error is in, from its identifier to the next message.
    pub fn find_faulty_messages(&self, found: &Problems) -> Vec<Place> {
        let errors: Vec<&Place> =
            found.iter().filter(|d| d.severity == Severity::Error).filter_map(|d| d.places.first()).collect();
        let mut messages: Vec<Place> = self.entries.values().map(ParsedMessage::place).collect();
        messages.sort_by_key(Place::location);
        let ends: Vec<Option<usize>> = messages
            .iter()
            .zip(messages.iter().skip(1))
            .map(|(message, next)| Arc::ptr_eq(&message.file, &next.file).then_some(next.range.start))
            .collect();
        for (index, message) in messages.iter_mut().enumerate() {
            message.range.end = ends.get(index).copied().flatten().unwrap_or(message.file.text.len());
        }
        messages.retain(|message| errors.iter().any(|place| message.contains(place)));
        messages
    }

    /// Returns a message and all messages and terms that it references, directly or not, with their patterns.
    pub fn closure(&self, id: &str) -> Vec<(&ParsedMessage<'a>, &Pattern<&'a str>)> {
        let (mut seen, mut todo, mut found) = (BTreeSet::new(), vec![id.to_owned()], Vec::new());
        while let Some(id) = todo.pop() {
            let Some((entry, pattern)) = self.find(&id) else { continue };
            if !seen.insert(id) {
                continue;
            }
            found.push((entry, pattern));
            walk(pattern, &mut |node| todo.extend(node.reference()));
        }
        found
    }

    /// Returns the variables that a message uses, each with the first message that names it and the slice of the name.
    pub fn variables(&self, id: &str) -> BTreeMap<&'a str, (&ParsedMessage<'a>, &'a str)> {
        let mut found = BTreeMap::new();
        for (entry, pattern) in self.closure(id) {
            // A term receives only the arguments of its reference.
            if !entry.id.starts_with('-') {
                walk(pattern, &mut |node| {
                    if let Node::Variable(name) = node {
                        found.entry(name).or_insert((entry, name));
                    }
                });
            }
        }
        found
    }
}

/// A node of a pattern.
pub enum Node<'p, 'a> {
    Variable(&'a str),
    /// A message, with its attribute.
    Message(&'a str, Option<&'a str>),
    Term(&'a str, Option<&'a str>),
    Function(&'a str, &'p CallArguments<&'a str>),
    Select(&'p InlineExpression<&'a str>, &'p [Variant<&'a str>]),
}

impl Node<'_, '_> {
    /// Returns the `id` or `id.attribute` that it references.
    pub fn reference(&self) -> Option<String> {
        let (name, attribute) = match self {
            Self::Message(name, attribute) => ((*name).to_owned(), attribute),
            Self::Term(name, attribute) => (format!("-{name}"), attribute),
            _ => return None,
        };
        Some(attribute.map_or(name.clone(), |attribute| format!("{name}.{attribute}")))
    }
}

/// Visits all nodes of a pattern, including those of its variants.
pub fn walk<'p, 'a>(pattern: &'p Pattern<&'a str>, visit: &mut impl FnMut(Node<'p, 'a>)) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            walk_expression(expression, visit);
        }
    }
}

fn walk_expression<'p, 'a>(expression: &'p Expression<&'a str>, visit: &mut impl FnMut(Node<'p, 'a>)) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, visit),
        Expression::Select { selector, variants } => {
            visit(Node::Select(selector, variants));
            walk_inline(selector, visit);
            variants.iter().for_each(|variant| walk(&variant.value, visit));
        }
    }
}

fn walk_inline<'p, 'a>(inline: &'p InlineExpression<&'a str>, visit: &mut impl FnMut(Node<'p, 'a>)) {
    let arguments = match inline {
        InlineExpression::VariableReference { id } => return visit(Node::Variable(id.name)),
        InlineExpression::MessageReference { id, attribute } => {
            return visit(Node::Message(id.name, attribute.as_ref().map(|a| a.name)));
        }
        InlineExpression::Placeable { expression } => return walk_expression(expression, visit),
        InlineExpression::TermReference { id, attribute, arguments } => {
            visit(Node::Term(id.name, attribute.as_ref().map(|a| a.name)));
            arguments.as_ref()
        }
        InlineExpression::FunctionReference { id, arguments } => {
            visit(Node::Function(id.name, arguments));
            Some(arguments)
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => None,
    };
    if let Some(arguments) = arguments {
        arguments.positional.iter().for_each(|i| walk_inline(i, visit));
        arguments.named.iter().for_each(|n| walk_inline(&n.value, visit));
    }
}

/// Returns the value of a named argument, which is a string or a number by the grammar of Fluent.
pub fn option<'a>(arguments: &CallArguments<&'a str>, name: &str) -> Option<&'a str> {
    arguments.named.iter().find(|n| n.name.name == name).and_then(|n| match n.value {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => Some(value),
        _ => None,
    })
}

/// Returns the key of a variant.
pub fn key<'a>(variant: &Variant<&'a str>) -> &'a str {
    match variant.key {
        ast::VariantKey::Identifier { name } => name,
        ast::VariantKey::NumberLiteral { value } => value,
    }
}
