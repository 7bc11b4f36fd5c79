//! Reads numbers and dates from text: digits of any script, the separators of a language, and the scale words of CLDR
//! (“trillion”, 万亿). The messages that formatted the text are not used, so that an error in them is noticed.

use std::fmt;

use fixed_decimal::Decimal;
use icu_decimal::options::{CompactDecimalFormatterOptions, DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{CompactDecimalFormatter, DecimalFormatter};

use crate::locale::Locale;
use crate::locale::typography::is_ideograph;
use crate::results::{Date, Period};

/// The zeros of Unicode’s decimal digits (general category Nd) in the Basic Multilingual Plane; nine follow each.
const ZEROS: &[char] = &[
    '0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '႐', '០', '᠐', '᥆', '᧐',
    '᪀', '᪐', '᭐', '᮰', '᱀', '᱐', '꘠', '꣐', '꤀', '꧐', '꧰', '꩐', '꯰', '０',
];

/// Returns the value of a decimal digit.
pub fn digit(c: char) -> Option<u8> {
    ZEROS.iter().find_map(|zero| (u32::from(c)).checked_sub(u32::from(*zero))?.try_into().ok().filter(|n| *n < 10))
}

/// Returns whether a character separates the digits of a number in some language.
pub fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '’' | '\'' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// An exact number, digits × 10^power. The digits do not end in zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    negative: bool,
    digits: u128,
    power: i32,
}

impl Number {
    fn new(negative: bool, mut digits: u128, mut power: i32) -> Self {
        if digits == 0 {
            return Self { negative: false, digits, power: 0 };
        }
        while digits.is_multiple_of(10) {
            digits /= 10;
            power += 1;
        }
        Self { negative, digits, power }
    }

    /// Returns `None` if the number has too many digits.
    pub fn of(value: &Decimal) -> Option<Self> {
        let text = value.to_string();
        let power = text.split_once('.').map_or(0, |(_, fraction)| -i32::try_from(fraction.len()).unwrap_or(0));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        Some(Self::new(text.starts_with('-'), digits.parse().ok()?, power))
    }

    /// Multiplies the number by 10^`by`.
    pub fn scaled(self, by: i32) -> Self {
        if self.digits == 0 { self } else { Self { power: self.power + by, ..self } }
    }

    /// Returns the power of ten by which `self` is multiplied to give `other`, if there is one.
    pub fn power_to(self, other: Self) -> Option<i32> {
        (self.digits == other.digits && self.negative == other.negative).then_some(other.power - self.power)
    }

    /// Converts the number to the type that the results use.
    pub fn decimal(self) -> Option<Decimal> {
        crate::results::decimal(&self.to_string())
    }

    fn plus(self, other: Self) -> Option<Self> {
        let power = self.power.min(other.power);
        let raised = |n: Self| n.digits.checked_mul(10_u128.checked_pow(u32::try_from(n.power - power).ok()?)?);
        Some(Self::new(self.negative, raised(self)?.checked_add(raised(other)?)?, power))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = self.digits.to_string();
        match usize::try_from(self.power) {
            Ok(zeros) => digits.extend(std::iter::repeat_n('0', zeros)),
            Err(_) => {
                let places = self.power.unsigned_abs() as usize;
                if digits.len() <= places {
                    digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
                }
                digits.insert(digits.len() - places, '.');
            }
        }
        write!(f, "{}{digits}", if self.negative { "-" } else { "" })
    }
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value, including the scale words after the digits.
    pub number: Number,
    /// The power of ten of the scale words that CLDR knows; 0 if there are none.
    pub power: i32,
    /// The word after the digits; empty if there is none.
    pub word: String,
}

/// How a language writes numbers and dates.
pub struct Numerals {
    decimal: char,
    grouping: Vec<char>,
    /// Words for powers of ten, the longest first.
    scales: Vec<(String, i32)>,
    /// Names of months in lower case, each with its number.
    months: Vec<(String, u8)>,
}

impl Numerals {
    /// Returns `None` if CLDR has no number format for the locale.
    pub fn new(locale: &Locale) -> Option<Self> {
        let icu = &locale.settings.icu;
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Always);
        let plain = DecimalFormatter::try_new(icu.into(), options).ok()?;
        let signs = |number: &str| -> Option<Vec<char>> {
            let text = plain.format(&crate::results::decimal(number)?).to_string();
            Some(text.chars().filter(|c| digit(*c).is_none()).collect())
        };
        let mut numerals = Self {
            decimal: *signs("1.5")?.first()?,
            grouping: signs("1234567890")?,
            scales: Vec::new(),
            months: Vec::new(),
        };
        numerals.grouping.extend(locale.settings.separator);
        if numerals.grouping.iter().any(|c| c.is_whitespace()) {
            numerals.grouping.extend(['\u{a0}', '\u{2009}', '\u{202f}']);
        }
        numerals.scales = numerals.scale_words(icu);
        for month in 1..=12 {
            for day in [None, Some(1)] {
                let name = locale.month(Date { year: 2024, month: Some(month), day, time: None, end: false });
                if !name.is_empty() && !name.contains(|c| digit(c).is_some()) {
                    numerals.months.push((name.to_lowercase(), month));
                }
            }
        }
        Some(numerals)
    }

    /// Returns the words next to the digits in CLDR's compact numbers, in every plural form, with their powers of ten.
    fn scale_words(&self, icu: &icu_locale_core::Locale) -> Vec<(String, i32)> {
        let options = CompactDecimalFormatterOptions::default;
        let formatters = [
            CompactDecimalFormatter::try_new_long(icu.into(), options()),
            CompactDecimalFormatter::try_new_short(icu.into(), options()),
        ];
        let mut names: Vec<(String, i32)> = Vec::new();
        for formatter in formatters.iter().flatten() {
            for (power, count) in (3_i16..=15).flat_map(|power| [1_u32, 2, 3, 11].map(|count| (power, count))) {
                let mut value = Decimal::from(count);
                value.absolute.multiply_pow10(power);
                let text = formatter.format(&value).to_string();
                let is_letter = |c: char| c.is_alphabetic() || c.is_whitespace();
                let name: String = text.chars().filter(|c| is_letter(*c) && digit(*c).is_none()).collect();
                let Some(whole) = Number::of(&value) else { continue };
                // A form without digits (“mille”) is a number word rather than a scale word.
                let digits = self.mantissa(&text.chars().collect::<Vec<_>>(), 0).map(|(number, _, _)| number);
                let Some(power) = digits.and_then(|digits| digits.power_to(whole)) else { continue };
                let name = name.trim().to_lowercase();
                // A single letter (K, M) is ambiguous.
                let is_known = names.iter().any(|(known, _)| *known == name);
                if power > 0 && !is_known && name.len() > 1 {
                    names.push((name, power));
                }
            }
        }
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        names
    }

    /// Returns the value of the first run of digits at or after `at`, with its start and end. Scale words are not read.
    fn mantissa(&self, chars: &[char], at: usize) -> Option<(Number, usize, usize)> {
        let start = (at..chars.len()).find(|i| digit(chars[*i]).is_some())?;
        let is_digit = |i: usize| chars.get(i).copied().and_then(digit).is_some();
        let is_negative = start > at
            && matches!(chars[start - 1], '-' | '\u{2212}')
            && !(start > 1 && (is_digit(start - 2) || chars[start - 2].is_alphabetic()));
        let (mut digits, mut power, mut in_fraction, mut end) = (0_u128, 0, false, start);
        while end < chars.len() {
            let c = chars[end];
            if let Some(value) = digit(c) {
                digits = digits.checked_mul(10)?.checked_add(value.into())?;
                power -= i32::from(in_fraction);
            } else if !in_fraction && c == self.decimal && is_digit(end + 1) {
                in_fraction = true;
            } else if in_fraction || !self.grouping.contains(&c) || !is_digit(end + 1) {
                break;
            }
            end += 1;
        }
        Some((Number::new(is_negative, digits, power), start, end))
    }

    /// Returns the power and the end of the scale word at `at`, if there is one. Spaces before it are skipped.
    fn scale(&self, chars: &[char], at: usize) -> Option<(i32, usize)> {
        let is_space = |c: char| c.is_whitespace() || crate::pdf::text::is_invisible(c);
        let start = (at..chars.len()).find(|i| !is_space(chars[*i]))?;
        let rest: String = chars[start..].iter().flat_map(|c| c.to_lowercase()).collect();
        self.scales.iter().find_map(|(name, power)| {
            let after = rest.strip_prefix(name.as_str())?;
            let is_whole = !after.starts_with(char::is_alphabetic);
            // A long word may have an inflectional ending, and an ideograph may be followed by any letter.
            let fits = is_whole || name.contains(is_ideograph) || (name.len() > 5 && !name.contains(' '));
            fits.then(|| (*power, start + name.chars().count()))
        })
    }

    /// Returns the numbers of a text in order.
    pub fn read(&self, text: &str) -> Vec<Reading> {
        let chars: Vec<char> = text.chars().filter(|c| !crate::pdf::text::is_invisible(*c)).collect();
        let mut found: Vec<Reading> = Vec::new();
        // `continues_at` is the end of a scale word, where digits continue the same number.
        let (mut at, mut continues_at) = (0, None);
        while let Some((mut number, start, mut end)) = self.mantissa(&chars, at) {
            let word: String = chars[end..]
                .iter()
                .skip_while(|c| c.is_whitespace())
                .take_while(|c| c.is_alphabetic() || matches!(c, '%' | '‰' | '٪'))
                .collect();
            // In 20多万 a character for “and more” precedes the scale word.
            let has_more = chars.get(end).is_some_and(|c| is_ideograph(*c)) && self.scale(&chars, end).is_none();
            let (mut power, mut next) = (0, end + usize::from(has_more));
            while let Some((by, after)) = self.scale(&chars, next) {
                (power, next) = (power + by, after);
                end = after;
            }
            number = number.scaled(power);
            // In 1兆5000億 digits directly after a scale word belong to the same number.
            match found.last_mut().filter(|_| continues_at == Some(start)) {
                Some(last) => last.number = last.number.plus(number).unwrap_or(last.number),
                None => found.push(Reading { number, power, word }),
            }
            continues_at = (power > 0).then_some(end);
            at = end;
        }
        found
    }

    /// Returns whether a text contradicts a date: it has a number or the name of a month that the date does not have, or it
    /// has numbers but not the year. A clock time may be printed alone, before the name of its zone.
    pub fn contradicts(&self, text: &str, date: &Period) -> bool {
        let dates = [Some(date.from), date.to];
        let dates = || dates.iter().flatten();
        let parts: Vec<i64> = dates()
            .flat_map(|d| {
                let (hour, minute) = d.time.unzip();
                let small = [d.month, d.day, hour, hour.map(|h| h % 12), minute];
                small.into_iter().flatten().map(i64::from).chain([i64::from(d.year)])
            })
            .collect();
        let numbers: Vec<Option<i64>> = integers(text);
        let has_year = || dates().any(|d| numbers.contains(&Some(d.year.into())));
        let is_clock_time = || {
            let clock = dates().filter_map(|d| d.time).flat_map(|(hour, minute)| [hour, hour % 12, minute]);
            let clock: Vec<i64> = clock.map(i64::from).collect();
            numbers.iter().flatten().all(|n| clock.contains(n) || (*n == 12 && clock.contains(&0)))
        };
        if numbers.iter().any(|n| n.is_none_or(|n| !parts.contains(&n))) || !(has_year() || is_clock_time()) {
            return true;
        }
        let text = text.to_lowercase();
        text.split(|c: char| !c.is_alphabetic()).any(|word| {
            let mut named = self.months.iter().filter(|(name, _)| name == word).peekable();
            named.peek().is_some() && named.all(|(_, month)| !dates().any(|d| d.month == Some(*month)))
        })
    }
}

/// Returns each run of digits as a number, or `None` if it is too long.
fn integers(text: &str) -> Vec<Option<i64>> {
    let digits = text.split(|c| digit(c).is_none()).filter(|run| !run.is_empty());
    digits
        .map(|run| run.chars().filter_map(digit).map(|d| char::from(b'0' + d)).collect::<String>().parse().ok())
        .collect()
}
