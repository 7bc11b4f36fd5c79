//! Whether the text of a page says what its code states.

use super::claim::Claim;
use crate::locale::{Locale, Value};

/// A fact of the claim that a page does not print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Serial,
    City,
    Date,
}

/// Returns the first fact that a page does not print. `locales` are the languages in which it may write the date.
pub fn find_missing(page: &[char], claim: &Claim, locales: &[Locale]) -> Option<Missing> {
    let page = Letters::new(page);
    let dates = locales.iter().flat_map(|locale| {
        let style = |style: &str| vec![("style".to_owned(), Value::Text(style.to_owned()))];
        [vec![], style("full"), style("short")]
            .into_iter()
            .filter_map(|options| locale.call("DATE", Value::Date(claim.date.into()), &options).ok())
    });
    let prints_date = || dates.into_iter().any(|date| page.contains(&date));
    let prints_city = || page.contains(&claim.city) || without_article(&claim.city).is_some_and(|c| page.contains(c));
    if !page.contains(&claim.serial) {
        Some(Missing::Serial)
    } else if !prints_city() {
        Some(Missing::City)
    } else if !prints_date() {
        Some(Missing::Date)
    } else {
        None
    }
}

/// Returns a name without the article before it, which some languages print on the line above: “décerné au Havre”.
fn without_article(name: &str) -> Option<&str> {
    let (article, rest) = name.split_once([' ', '\'', '’'])?;
    (article.chars().count() <= 3 && !rest.is_empty()).then_some(rest)
}

/// The letters and digits of a text, in lower case: what does not depend on how its lines are set.
struct Letters {
    letters: Vec<char>,
    /// Whether a digit or the sign inside a number, such as the hyphen of a serial number, is next to the letter in the text.
    after_digit: Vec<bool>,
    before_digit: Vec<bool>,
}

impl Letters {
    fn new(text: &[char]) -> Self {
        let mut new = Self { letters: Vec::new(), after_digit: Vec::new(), before_digit: Vec::new() };
        let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| c.is_numeric());
        let is_sign = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| matches!(c, '-' | '.' | '/'));
        for (at, c) in text.iter().enumerate().filter(|(_, c)| c.is_alphanumeric()) {
            let before = |by| at.checked_sub(by);
            let after_digit = is_digit(before(1)) || (is_sign(before(1)) && is_digit(before(2)));
            let before_digit = is_digit(Some(at + 1)) || (is_sign(Some(at + 1)) && is_digit(Some(at + 2)));
            for lower in c.to_lowercase() {
                new.letters.push(lower);
                new.after_digit.push(after_digit);
                new.before_digit.push(before_digit);
            }
        }
        new
    }

    /// Returns whether the text contains another one, in which no number is cut off.
    fn contains(&self, part: &str) -> bool {
        let part: Vec<char> = part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let is_number = |c: Option<&char>| c.is_some_and(|c| c.is_numeric());
        let is_whole = |start: usize| {
            let cuts_before = is_number(part.first()) && self.after_digit[start];
            let cuts_after = is_number(part.last()) && self.before_digit[start + part.len() - 1];
            !cuts_before && !cuts_after
        };
        !part.is_empty()
            && self.letters.windows(part.len()).enumerate().any(|(start, found)| found == part && is_whole(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_only_as_a_whole() {
        let text: Vec<char> = "Fait à Beijing, le\u{a0}28 novembre 2025\nNo 2025-01-0001\n".chars().collect();
        let letters = Letters::new(&text);
        for part in ["28\u{a0}novembre 2025", "BEIJING", "2025-01-0001"] {
            assert!(letters.contains(part), "{part}");
        }
        for part in ["8 novembre 2025", "28 novembre 202", "01-0001", "2025-01-000", "2025-01", "", "–"] {
            assert!(!letters.contains(part), "{part}");
        }
    }

    #[test]
    fn an_article_may_be_on_another_line() {
        assert_eq!(without_article("Le Havre"), Some("Havre"));
        assert_eq!(without_article("L’Aquila"), Some("Aquila"));
        assert_eq!(without_article("Puerto Azul"), None);
        assert_eq!(without_article("Beijing"), None);
    }
}
