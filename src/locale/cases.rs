//! Rewrites selectors so that they compare exact numbers.
//!
//! Fluent selects plural variants by its own rules (CLDR 36) and only for floating-point numbers; a custom value
//! never matches. Therefore each `{ VALUE -> [one] … [1] … *[other] … }` becomes
//! `{ CASE(VALUE, "one", "n1", "other") -> [one] … [n1] … *[other] … }` before the message is added to the
//! bundle. CASE returns the key of the variant to select: an equal number, or else the plural category from ICU4X.

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, Identifier, InlineExpression, Pattern, PatternElement, Resource, VariantKey,
};

use fixed_decimal::Decimal;

use super::functions::CASE;

/// The functions and literals used in a file.
#[derive(Default)]
pub struct Usage {
    /// Names of the functions called.
    pub functions: Vec<String>,
    /// String literals, as written.
    pub literals: Vec<String>,
}

/// Rewrites all selectors of a file and returns the functions and literals it uses.
pub fn rewrite_selectors(resource: &mut Resource<String>) -> Usage {
    let mut usage = Usage::default();
    for entry in &mut resource.body {
        let (value, attributes) = match entry {
            Entry::Message(message) => (message.value.as_mut(), &mut message.attributes),
            Entry::Term(term) => (Some(&mut term.value), &mut term.attributes),
            _ => continue,
        };
        value
            .into_iter()
            .chain(attributes.iter_mut().map(|a| &mut a.value))
            .for_each(|p| rewrite_pattern(p, &mut usage));
    }
    usage
}

/// Converts a key to an identifier. Since a number is not a valid identifier, `1.5` becomes `n1-5`.
pub fn to_identifier(key: &str) -> String {
    if key.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        format!("n{}", key.replace('.', "-"))
    } else {
        key.to_owned()
    }
}

/// Converts an identifier from [`to_identifier`] back to its number, if it represents one.
pub fn to_number(key: &str) -> Option<Decimal> {
    let digits = key.strip_prefix('n').filter(|d| d.starts_with(|c: char| c.is_ascii_digit() || c == '-'))?;
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    Decimal::try_from_str(&format!("{sign}{}", digits.replace('-', "."))).ok()
}

fn rewrite_pattern(pattern: &mut Pattern<String>, usage: &mut Usage) {
    for element in &mut pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            rewrite_expression(expression, usage);
        }
    }
}

fn rewrite_expression(expression: &mut Expression<String>, usage: &mut Usage) {
    let (selector, variants) = match expression {
        Expression::Inline(inline) => return rewrite_inline(inline, usage),
        Expression::Select { selector, variants } => (selector, variants),
    };
    rewrite_inline(selector, usage);
    let mut keys = Vec::with_capacity(variants.len());
    for variant in variants.iter_mut() {
        let key = match &variant.key {
            VariantKey::Identifier { name } => name.clone(),
            VariantKey::NumberLiteral { value } => value.clone(),
        };
        let key = to_identifier(&key);
        keys.push(InlineExpression::StringLiteral { value: key.clone() });
        variant.key = VariantKey::Identifier { name: key };
        rewrite_pattern(&mut variant.value, usage);
    }
    // The attribute of a term is always text, and Fluent does not allow it as an argument of a function.
    if matches!(selector, InlineExpression::TermReference { .. }) {
        return;
    }
    let value = std::mem::replace(selector, InlineExpression::StringLiteral { value: String::new() });
    let positional = std::iter::once(value).chain(keys).collect();
    *selector = InlineExpression::FunctionReference {
        id: Identifier { name: CASE.to_owned() },
        arguments: CallArguments { positional, named: Vec::new() },
    };
}

fn rewrite_inline(inline: &mut InlineExpression<String>, usage: &mut Usage) {
    match inline {
        InlineExpression::StringLiteral { value } => usage.literals.push(value.clone()),
        InlineExpression::FunctionReference { id, arguments } => {
            usage.functions.push(id.name.clone());
            rewrite_arguments(arguments, usage);
        }
        InlineExpression::TermReference { arguments: Some(arguments), .. } => rewrite_arguments(arguments, usage),
        InlineExpression::Placeable { expression } => rewrite_expression(expression, usage),
        _ => {}
    }
}

fn rewrite_arguments(arguments: &mut CallArguments<String>, usage: &mut Usage) {
    arguments.positional.iter_mut().for_each(|value| rewrite_inline(value, usage));
    arguments.named.iter_mut().for_each(|argument| rewrite_inline(&mut argument.value, usage));
}
