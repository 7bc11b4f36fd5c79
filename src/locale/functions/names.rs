//! Functions that inspect or print a name or a text.

use fixed_decimal::Decimal;

use super::{FunctionCall, FunctionResult, text};
use crate::locale::value::Value;
use crate::locale::{text_marks, trace};

/// `INITIAL($name)`: the class of the first letter (`vowel`, `h`, `y`, `digit`, `consonant` or `other`), ignoring accents.
/// Y is a vowel before a consonant (Ypres), and `y` before a vowel (Yokohama).
pub(super) fn initial(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    let mut letters = name.chars().map(|c| unaccented(c).to_ascii_lowercase());
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    text(match letters.next() {
        Some(c) if is_vowel(c) => "vowel",
        Some('h') => "h",
        Some('y') if letters.next().is_some_and(|next| next.is_ascii_alphabetic() && !is_vowel(next)) => "vowel",
        Some('y') => "y",
        Some(c) if c.is_numeric() => "digit",
        Some(c) if c.is_ascii_alphabetic() => "consonant",
        _ => "other",
    })
}

/// `FINAL($name)`: the last letter or digit, without punctuation after it. A Latin letter is in lower case and without its
/// accent; a digit is a number, so that it matches `[1]`; a Hangul syllable is `vowel`, `rieul` or `consonant`, by its end.
/// Anything else is `other`.
pub(super) fn last_letter(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    let Some(last) = name.chars().rev().find(|c| c.is_alphanumeric()) else { return text("other") };
    if let Some(digit) = last.to_digit(10) {
        return Ok(call.number(Decimal::from(digit)));
    }
    if let Some(end) = hangul_end(last) {
        return text(end);
    }
    match unaccented(last).to_ascii_lowercase() {
        c if c.is_ascii_alphabetic() => text(c.to_string()),
        _ => text("other"),
    }
}

/// Returns how a Hangul syllable ends: `vowel`, `rieul` (ㄹ) or another `consonant`. The particles of Korean depend on it.
fn hangul_end(c: char) -> Option<&'static str> {
    // Unicode 3.12: 28 syllables for each initial and vowel, first the one without a final consonant; ㄹ is the eighth final.
    let index = u32::from(c).checked_sub(0xAC00).filter(|index| *index < 11_172)?;
    Some(match index % 28 {
        0 => "vowel",
        8 => "rieul",
        _ => "consonant",
    })
}

/// `ARTICLE($name, of: "Le Les")`: the one of these words with which the name begins, or `none`.
pub(super) fn article(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    text(call.split_article(&name)?.map_or("none".to_owned(), |(article, _)| article.to_owned()))
}

/// `REST($name, of: "Le Les")`: the name without the article that ARTICLE finds.
pub(super) fn rest(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    text(call.split_article(&name)?.map_or(name.clone(), |(_, rest)| rest.to_owned()))
}

/// `NOUN($name, linking: "de du")`: `acronym` if the first word has capital letters only, `common` if some word begins with a
/// small letter and is not one of the linking words, and otherwise `proper`.
pub(super) fn noun(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let name = call.name_or_text()?;
    let linking = call.option("linking").unwrap_or_default();
    let mut words = name.split_whitespace();
    let is_linking = |word: &str| linking.split_whitespace().any(|linking| linking == word);
    let is_common = |word: &str| word.starts_with(char::is_lowercase) && !is_linking(word);
    let is_acronym = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    text(match words.next() {
        Some(first) if is_acronym(first) => "acronym",
        Some(first) if is_common(first) || words.any(is_common) => "common",
        _ => "proper",
    })
}

/// `UNSURE("de")`: the text unchanged, in a form of a name that the rule cannot know: `check` asks for it in the data.
pub(super) fn unsure(call: &FunctionCall<'_, '_>) -> FunctionResult {
    trace::record_guess();
    text(call.name_or_text()?)
}

/// Returns the base letter of an accented letter, by Unicode decomposition; œ, æ and ø, which have none, become o, a and o.
fn unaccented(c: char) -> char {
    let mut folded = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize_iter(std::iter::once(c));
    match folded.next() {
        Some('œ' | 'Œ') => 'o',
        Some('æ' | 'Æ') => 'a',
        Some('ø' | 'Ø') => 'o',
        Some(base) => base,
        None => c,
    }
}

/// `SUPER("re")`: the letters as a superscript.
pub(super) fn superscript(call: &FunctionCall<'_, '_>) -> FunctionResult {
    match call.value()? {
        Value::Text(letters) | Value::Code(letters) => text(text_marks::superscript(&letters)),
        other => Err(format!("SUPER needs a text, not {}", other.kind()).into()),
    }
}

/// `NAME($city, form: "of")`: the form given in the data, or else the message `name-of`.
pub(super) fn name(call: &FunctionCall<'_, '_>) -> FunctionResult {
    let forms = match call.value()? {
        Value::Name(forms) => forms,
        Value::Text(plain) | Value::Code(plain) => return text(plain),
        other => return Err(format!("NAME needs a name, not {}", other.kind()).into()),
    };
    let Some(form) = call.option("form") else { return text(forms.name.clone()) };
    match forms.others.get(&form) {
        Some(given) => text(given.clone()),
        None => {
            let own = vec![("name", Value::Text(forms.name.clone()))];
            let resolve = || call.resolve_message(&[&format!("name-{form}")], own);
            let locale = call.formats.map_or("", |formats| &formats.name);
            text(trace::record_form(locale, &forms, &form, resolve)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_end_distinguishes_the_final_consonants() {
        for (syllable, end) in [('나', "vowel"), ('울', "rieul"), ('산', "consonant"), ('힣', "consonant")] {
            assert_eq!(hangul_end(syllable), Some(end));
        }
        assert_eq!((hangul_end('ㄹ'), hangul_end('z'), hangul_end('北')), (None, None, None));
    }

    #[test]
    fn unaccented_returns_the_base_letter() {
        for (letter, base) in [('É', 'E'), ('œ', 'o'), ('Ø', 'o'), ('ế', 'e'), ('Ç', 'C'), ('北', '北')] {
            assert_eq!(unaccented(letter), base);
        }
    }
}
