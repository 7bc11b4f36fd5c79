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
pub fn find_missing(page: &Letters, claim: &Claim, locales: &[Locale]) -> Option<Missing> {
    let dates = locales.iter().flat_map(|locale| {
        let style = |style: &str| vec![("style".to_owned(), Value::Text(style.to_owned()))];
        [vec![], style("full"), style("short")]
            .into_iter()
            .filter_map(|options| locale.call("DATE", Value::Date(claim.date.into()), &options).ok())
    });
    let prints_date = || dates.into_iter().any(|date| page.contains(&date));
    if !page.contains(&claim.serial) {
        Some(Missing::Serial)
    } else if !page.has_line(&claim.city) {
        Some(Missing::City)
    } else if !prints_date() {
        Some(Missing::Date)
    } else {
        None
    }
}

/// The letters and digits of a text, in lower case: what does not depend on how its lines are set.
pub struct Letters {
    letters: Vec<char>,
    /// Whether the character before the letter, or after it, is a digit or a sign inside a number, such as the hyphen of a serial
    /// number.
    after_digit: Vec<bool>,
    before_digit: Vec<bool>,
    /// Whether no letter or digit is before or after it on its line.
    begins_line: Vec<bool>,
    ends_line: Vec<bool>,
}

impl Letters {
    pub fn new(text: &[char]) -> Self {
        let (mut letters, mut begins_line, mut ends_line) = (Vec::new(), Vec::new(), Vec::new());
        let (mut after_digits, mut before_digits) = (Vec::new(), Vec::new());
        let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| c.is_numeric());
        let is_sign = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| matches!(c, '-' | '.' | '/'));
        let mut is_first = true;
        for (at, c) in text.iter().enumerate() {
            if *c == '\n' {
                is_first = true;
                ends_line.last_mut().into_iter().for_each(|ends| *ends = true);
            }
            if !c.is_alphanumeric() {
                continue;
            }
            let before = |by| at.checked_sub(by);
            let after_digit = is_digit(before(1)) || (is_sign(before(1)) && is_digit(before(2)));
            let before_digit = is_digit(Some(at + 1)) || (is_sign(Some(at + 1)) && is_digit(Some(at + 2)));
            for lower in c.to_lowercase() {
                letters.push(lower);
                after_digits.push(after_digit);
                before_digits.push(before_digit);
                begins_line.push(std::mem::take(&mut is_first));
                ends_line.push(false);
            }
        }
        ends_line.last_mut().into_iter().for_each(|ends| *ends = true);
        Self { letters, after_digit: after_digits, before_digit: before_digits, begins_line, ends_line }
    }

    /// Returns whether the text contains another one, in which no number is cut off.
    fn contains(&self, part: &str) -> bool {
        let is_number = |c: char| c.is_numeric();
        let (first, last) = (part.starts_with(is_number), part.ends_with(is_number));
        let is_cut = |start: usize, end: usize| (first && self.after_digit[start]) || (last && self.before_digit[end]);
        self.find(part, |start, end| !is_cut(start, end))
    }

    /// Returns whether `part` takes up one or more whole lines. The name of the city of a certificate has lines of its
    /// own; elsewhere, the page may name the same city as the place of the award.
    pub fn has_line(&self, part: &str) -> bool {
        self.find(part, |start, end| self.begins_line[start] && self.ends_line[end])
    }

    /// Returns whether `part` occurs at a place that `is_accepted`, which gets the indexes of its first and last letter.
    fn find(&self, part: &str, is_accepted: impl Fn(usize, usize) -> bool) -> bool {
        let part: Vec<char> = part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let Some(last) = part.len().checked_sub(1) else { return false };
        let mut windows = self.letters.windows(part.len()).enumerate();
        windows.any(|(start, found)| found == part && is_accepted(start, start + last))
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
    fn the_name_of_the_city_has_lines_of_its_own() {
        let text: Vec<char> = "presented to\nPuerto\nAzul\nGiven in Lyon on May 1\n“Le Havre”".chars().collect();
        let letters = Letters::new(&text);
        for (name, is_found) in
            [("Puerto Azul", true), ("Le Havre", true), ("Lyon", false), ("Puerto", true), ("Havre", false)]
        {
            assert_eq!(letters.has_line(name), is_found, "{name}");
        }
    }
}
