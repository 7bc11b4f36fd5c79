//! Which variants of a Fluent message printed a text, and where they are in the file.
//!
//! The text is compared with the message: letters must be the same, values may be anything.

use std::ops::Range;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

use crate::locale::text_marks;

/// The way to a variant in a pattern: at each step the index of a placeable, and the index of one of its variants. Empty for
/// the whole pattern.
pub type VariantPath = Vec<(usize, usize)>;

/// A text on the page, and the byte in it that was clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedText {
    pub text: String,
    pub at: usize,
}

/// Which variant of a pattern printed a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariantMatch {
    /// The pattern does not print this text.
    None,
    /// What was clicked is in this variant, or in the pattern outside of all variants.
    At(VariantPath),
    /// Several variants print the same text.
    Several(Vec<VariantPath>),
}

/// The most combinations of variants that are compared.
const MAX_COMBINATIONS: usize = 1024;

/// Finds the innermost variant that printed what was clicked.
pub fn find(pattern: &Pattern<&str>, printed: &PrintedText) -> VariantMatch {
    let text = fold(&printed.text);
    let before = fold(printed.text.get(..printed.at).unwrap_or_default()).len();
    let mut found: Vec<VariantPath> = Vec::new();
    for mut parts in combinations(pattern, &Vec::new()).unwrap_or_default() {
        parts.retain(|part| !matches!(part, Part::Text(letters, _) if letters.is_empty()));
        let Some(owners) = match_parts(&parts, &text) else { continue };
        let owner = owners.get(before).or(owners.last()).cloned().unwrap_or_default();
        if !found.contains(&owner) {
            found.push(owner);
        }
    }
    match found.len() {
        0 => VariantMatch::None,
        1 => VariantMatch::At(found.remove(0)),
        _ => VariantMatch::Several(found),
    }
}

/// Returns the pattern of a variant.
pub fn pattern_at<'a, 's>(pattern: &'a Pattern<&'s str>, path: &[(usize, usize)]) -> Option<&'a Pattern<&'s str>> {
    path.iter().try_fold(pattern, |pattern, (element, variant)| {
        Some(&variants(pattern.elements.get(*element)?)?.get(*variant)?.value)
    })
}

/// Like [`pattern_at`], to change it.
pub fn pattern_at_mut<'a, 's>(
    pattern: &'a mut Pattern<&'s str>,
    path: &[(usize, usize)],
) -> Option<&'a mut Pattern<&'s str>> {
    path.iter().try_fold(pattern, |pattern, (element, variant)| match pattern.elements.get_mut(*element)? {
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
            Some(&mut variants.get_mut(*variant)?.value)
        }
        _ => None,
    })
}

/// Returns the keys of the variants on a path, as in the file: `[some] [one]`.
pub fn keys(pattern: &Pattern<&str>, path: &[(usize, usize)]) -> String {
    let mut keys = Vec::new();
    for (depth, (element, variant)) in path.iter().enumerate() {
        let parent = pattern_at(pattern, &path[..depth]);
        let variant = parent.and_then(|parent| variants(parent.elements.get(*element)?)?.get(*variant));
        keys.extend(variant.map(|variant| format!("[{}]", key(variant))));
    }
    keys.join(" ")
}

/// Returns the bytes of a variant in the file. `offset` is the offset of a part of the file.
pub fn range(
    text: &str,
    pattern: &Pattern<&str>,
    path: &[(usize, usize)],
    offset: impl Fn(&str) -> usize,
) -> Option<Range<usize>> {
    let (last, parents) = path.split_last()?;
    let variant = variants(pattern_at(pattern, parents)?.elements.get(last.0)?)?.get(last.1)?;
    let key_end = offset(key(variant)) + key(variant).len();
    let written = text.get(key_end..)?.trim_start_matches([' ', '\n', '\r']).strip_prefix(']')?;
    let start = offset(written.trim_start_matches([' ', '\n', '\r']));
    let end = pattern_end(text, &variant.value, &offset)?;
    (start < end).then_some(start..end)
}

fn key<'s>(variant: &Variant<&'s str>) -> &'s str {
    match &variant.key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}

fn variants<'a, 's>(element: &'a PatternElement<&'s str>) -> Option<&'a [Variant<&'s str>]> {
    match element {
        PatternElement::Placeable { expression: Expression::Select { variants, .. } } => Some(variants),
        _ => None,
    }
}

/// Returns the byte after a pattern.
fn pattern_end(text: &str, pattern: &Pattern<&str>, offset: &impl Fn(&str) -> usize) -> Option<usize> {
    match pattern.elements.last()? {
        PatternElement::TextElement { value } => Some(offset(value) + value.len()),
        PatternElement::Placeable { expression } => placeable_end(text, expression, offset),
    }
}

/// Returns the byte after the brace that ends a placeable.
fn placeable_end(text: &str, expression: &Expression<&str>, offset: &impl Fn(&str) -> usize) -> Option<usize> {
    let last = match expression {
        Expression::Select { variants, .. } => pattern_end(text, &variants.last()?.value, offset)?,
        Expression::Inline(inline) => inline_end(text, inline, offset)?,
    };
    // Only quotes, parentheses, commas and blanks are between the last name or value and the brace.
    Some(last + text.get(last..)?.find('}')? + 1)
}

/// Returns the byte after the last name or value of an expression.
fn inline_end(text: &str, inline: &InlineExpression<&str>, offset: &impl Fn(&str) -> usize) -> Option<usize> {
    let end = |part: &str| offset(part) + part.len();
    let last_of = |arguments: &fluent_syntax::ast::CallArguments<&str>| {
        let positional = arguments.positional.iter().filter_map(|value| inline_end(text, value, offset));
        let named = arguments.named.iter().filter_map(|argument| inline_end(text, &argument.value, offset));
        positional.chain(named).max()
    };
    match inline {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => Some(end(value)),
        InlineExpression::VariableReference { id } => Some(end(id.name)),
        InlineExpression::FunctionReference { id, arguments } => last_of(arguments).max(Some(end(id.name))),
        InlineExpression::MessageReference { id, attribute } => {
            Some(end(attribute.as_ref().map_or(id.name, |attribute| attribute.name)))
        }
        InlineExpression::TermReference { id, attribute, arguments } => {
            let name = end(attribute.as_ref().map_or(id.name, |attribute| attribute.name));
            arguments.as_ref().and_then(last_of).max(Some(name))
        }
        InlineExpression::Placeable { expression } => placeable_end(text, expression, offset),
    }
}

// ---- comparison --------------------------------------------------------------------------------

/// A part of a pattern in which each select expression is replaced by one of its variants, with the variant that it is in.
#[derive(Clone, Debug)]
enum Part {
    Text(Vec<char>, VariantPath),
    /// A value.
    Any(VariantPath),
}

/// Returns the parts of a pattern for each combination of its variants; `None` if there are too many.
fn combinations(pattern: &Pattern<&str>, path: &VariantPath) -> Option<Vec<Vec<Part>>> {
    let mut all: Vec<Vec<Part>> = vec![Vec::new()];
    for (index, element) in pattern.elements.iter().enumerate() {
        let ways = match (element, variants(element)) {
            (_, Some(variants)) => {
                let mut ways = Vec::new();
                for (number, variant) in variants.iter().enumerate() {
                    let inner = [path.as_slice(), &[(index, number)]].concat();
                    ways.extend(combinations(&variant.value, &inner)?);
                }
                ways
            }
            (PatternElement::TextElement { value }, _) => vec![vec![Part::Text(fold(value), path.clone())]],
            (PatternElement::Placeable { expression }, _) => vec![vec![value_part(expression, path)]],
        };
        if all.len() * ways.len() > MAX_COMBINATIONS {
            return None;
        }
        all = all.iter().flat_map(|parts| ways.iter().map(|way| [parts.as_slice(), way].concat())).collect();
    }
    Some(all)
}

fn value_part(expression: &Expression<&str>, path: &VariantPath) -> Part {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) if !value.contains('\\') => {
            Part::Text(fold(value), path.clone())
        }
        _ => Part::Any(path.clone()),
    }
}

/// Returns for each character of the text the variant that printed it; `None` if these parts do not print the text.
fn match_parts(parts: &[Part], text: &[char]) -> Option<Vec<VariantPath>> {
    let mut owners: Vec<VariantPath> = Vec::with_capacity(text.len());
    let mut rest = parts;
    while !rest.is_empty() {
        let values = rest.iter().take_while(|part| is_value(part)).count();
        let (gap, after) = rest.split_at(values);
        let (run, after) = after.split_at(after.iter().take_while(|part| !is_value(part)).count());
        let letters: Vec<(char, &VariantPath)> = run.iter().flat_map(letters).collect();
        let at = owners.len();
        let start = match (gap.is_empty(), after.is_empty()) {
            (true, _) => at,
            // The last letters are at the end.
            (false, true) => text.len().checked_sub(letters.len())?,
            (false, false) => at + find_letters(text.get(at..)?, &letters)?,
        };
        let is_here = |(letter, (c, _)): (&char, &(char, &VariantPath))| letter == c;
        let found = text.get(start..start + letters.len())?;
        if start < at || !found.iter().zip(&letters).all(is_here) {
            return None;
        }
        owners.resize(start, common_variant(gap));
        owners.extend(letters.iter().map(|(_, path)| (*path).clone()));
        rest = after;
    }
    (owners.len() == text.len()).then_some(owners)
}

fn is_value(part: &Part) -> bool {
    matches!(part, Part::Any(_))
}

fn letters(part: &Part) -> impl Iterator<Item = (char, &VariantPath)> {
    let (letters, path) = match part {
        Part::Text(letters, path) => (letters.as_slice(), path),
        Part::Any(path) => (&[][..], path),
    };
    letters.iter().map(move |c| (*c, path))
}

fn find_letters(text: &[char], letters: &[(char, &VariantPath)]) -> Option<usize> {
    (0..=text.len().checked_sub(letters.len())?)
        .find(|start| text[*start..].iter().zip(letters).all(|(letter, (c, _))| letter == c))
}

/// Returns the variant that all of these values are in.
fn common_variant(values: &[Part]) -> VariantPath {
    common_path(values.iter().map(|part| match part {
        Part::Text(_, path) | Part::Any(path) => path,
    }))
}

/// Returns what some paths have in common from their start.
pub fn common_path<'a>(mut paths: impl Iterator<Item = &'a VariantPath>) -> VariantPath {
    let first = paths.next().cloned().unwrap_or_default();
    paths.fold(first, |common, path| {
        let length = common.iter().zip(path).take_while(|(a, b)| a == b).count();
        path[..length].to_vec()
    })
}

/// Returns the characters of a text as they are compared: without spaces and invisible characters, and with one form of what the
/// typography of a language replaces.
pub fn fold(text: &str) -> Vec<char> {
    let plain = text_marks::strip(text);
    let folded = plain.chars().filter_map(|c| match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_whitespace() => None,
        '\'' | '’' | '‘' | '‚' | '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' => {
            Some('"')
        }
        '，' => Some(','),
        '。' | '．' => Some('.'),
        '；' => Some(';'),
        '：' => Some(':'),
        '？' => Some('?'),
        '！' => Some('!'),
        '（' => Some('('),
        '）' => Some(')'),
        c => Some(c),
    });
    folded.collect()
}
