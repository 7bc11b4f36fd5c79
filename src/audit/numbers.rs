//! Numbers read back from words: digits of any script, the separators of a language, and what CLDR says of the words
//! behind them (“trillion”, 万亿). Nothing of this goes through the messages that wrote them.

use std::fmt;

use fixed_decimal::Decimal;
use icu_decimal::options::{CompactDecimalFormatterOptions, DecimalFormatterOptions, GroupingStrategy};
use icu_decimal::{CompactDecimalFormatter, DecimalFormatter};

use crate::locale::Locale;
use crate::results::{Date, Period};

/// The zeros of Unicode’s decimal digits (general category Nd) in the Basic Multilingual Plane; nine follow each.
const ZEROS: &[char] = &[
    '0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '႐', '០', '᠐', '᥆', '᧐',
    '᪀', '᪐', '᭐', '᮰', '᱀', '᱐', '꘠', '꣐', '꤀', '꧐', '꧰', '꩐', '꯰', '０',
];

/// The value of a decimal digit.
pub fn digit(c: char) -> Option<u8> {
    ZEROS.iter().find_map(|zero| (u32::from(c)).checked_sub(u32::from(*zero))?.try_into().ok().filter(|n| *n < 10))
}

/// Signs that may stand between the digits of one number, in some language.
pub fn separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '’' | '\'' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// An exact number: digits × 10^power, without zeros at its end.
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

    /// `None` for more digits than any figure has.
    pub fn of(value: &Decimal) -> Option<Self> {
        let text = value.to_string();
        let power = text.split_once('.').map_or(0, |(_, fraction)| -i32::try_from(fraction.len()).unwrap_or(0));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        Some(Self::new(text.starts_with('-'), digits.parse().ok()?, power))
    }

    pub fn scaled(self, by: i32) -> Self {
        if self.digits == 0 { self } else { Self { power: self.power + by, ..self } }
    }

    /// The power of ten that makes `self` the other number, where there is one.
    pub fn power_to(self, other: Self) -> Option<i32> {
        (self.digits == other.digits && self.negative == other.negative).then_some(other.power - self.power)
    }

    /// As the results would write it.
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

/// A number as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// With what CLDR says of the words behind its digits.
    pub number: Number,
    /// What CLDR says of the words behind its digits; 0 for nothing.
    pub power: i32,
    /// The word behind the digits; empty where none is.
    pub word: String,
}

/// How a language writes numbers.
pub struct Numerals {
    decimal: char,
    grouping: Vec<char>,
    /// Names of powers of ten, the longest first.
    scales: Vec<(String, i32)>,
    /// Names of months, each with its number.
    months: Vec<(String, u8)>,
}

impl Numerals {
    /// `None` where CLDR has no numbers of the locale.
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
        if numerals.grouping.iter().any(|c| c.is_whitespace()) {
            numerals.grouping.extend(['\u{a0}', '\u{2009}', '\u{202f}']);
        }
        numerals.scales = numerals.names(icu);
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

    /// What stands beside the digits in CLDR's compact numbers, in every plural form.
    fn names(&self, icu: &icu_locale_core::Locale) -> Vec<(String, i32)> {
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
                let letters = |c: char| c.is_alphabetic() || c.is_whitespace();
                let name: String = text.chars().filter(|c| letters(*c) && digit(*c).is_none()).collect();
                let Some(whole) = Number::of(&value) else { continue };
                // Without digits (“mille”) the word is the number.
                let shown = self.mantissa(&text.chars().collect::<Vec<_>>(), 0).map(|(number, _, _)| number);
                let Some(power) = shown.and_then(|shown| shown.power_to(whole)) else { continue };
                let name = name.trim().to_lowercase();
                // One letter (K, M) stands for too much.
                let known = names.iter().any(|(known, _)| *known == name);
                if power > 0 && !known && name.len() > 1 {
                    names.push((name, power));
                }
            }
        }
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        names
    }

    /// The first run of digits from `at` on: its value, where it begins and where it ends.
    fn mantissa(&self, chars: &[char], at: usize) -> Option<(Number, usize, usize)> {
        let start = (at..chars.len()).find(|i| digit(chars[*i]).is_some())?;
        let is_digit = |i: usize| chars.get(i).copied().and_then(digit).is_some();
        let negative = start > at
            && matches!(chars[start - 1], '-' | '\u{2212}')
            && !(start > 1 && (is_digit(start - 2) || chars[start - 2].is_alphabetic()));
        let (mut digits, mut power, mut fraction, mut end) = (0_u128, 0, false, start);
        while end < chars.len() {
            let c = chars[end];
            if let Some(value) = digit(c) {
                digits = digits.checked_mul(10)?.checked_add(value.into())?;
                power -= i32::from(fraction);
            } else if !fraction && c == self.decimal && is_digit(end + 1) {
                fraction = true;
            } else if fraction || !self.grouping.contains(&c) || !is_digit(end + 1) {
                break;
            }
            end += 1;
        }
        Some((Number::new(negative, digits, power), start, end))
    }

    /// Power and end of the scale word that stands at `at`, behind spaces.
    fn scale(&self, chars: &[char], at: usize) -> Option<(i32, usize)> {
        let space = |c: char| c.is_whitespace() || crate::pdf::text::is_invisible(c);
        let start = (at..chars.len()).find(|i| !space(chars[*i]))?;
        let rest: String = chars[start..].iter().flat_map(|c| c.to_lowercase()).collect();
        self.scales.iter().find_map(|(name, power)| {
            let behind = rest.strip_prefix(name.as_str())?;
            let whole = !behind.starts_with(char::is_alphabetic);
            // Endings of inflection may follow a word, anything may follow an ideograph.
            let fits = whole || name.contains(is_ideograph) || (name.len() > 5 && !name.contains(' '));
            fits.then(|| (*power, start + name.chars().count()))
        })
    }

    /// The numbers of a text, in their order.
    pub fn read(&self, text: &str) -> Vec<Reading> {
        let chars: Vec<char> = text.chars().filter(|c| !crate::pdf::text::is_invisible(*c)).collect();
        let mut found: Vec<Reading> = Vec::new();
        let (mut at, mut joins) = (0, None);
        while let Some((mut number, start, mut end)) = self.mantissa(&chars, at) {
            let word: String = chars[end..]
                .iter()
                .skip_while(|c| c.is_whitespace())
                .take_while(|c| c.is_alphabetic() || matches!(c, '%' | '‰' | '٪'))
                .collect();
            // 20多万: a sign for “and more” stands before the scale.
            let more = chars.get(end).is_some_and(|c| is_ideograph(*c)) && self.scale(&chars, end).is_none();
            let (mut power, mut next) = (0, end + usize::from(more));
            while let Some((by, behind)) = self.scale(&chars, next) {
                (power, next) = (power + by, behind);
                end = behind;
            }
            number = number.scaled(power);
            // 1兆5000億: what follows a scale at once belongs to the same number.
            match found.last_mut().filter(|_| joins == Some(start)) {
                Some(last) => last.number = last.number.plus(number).unwrap_or(last.number),
                None => found.push(Reading { number, power, word }),
            }
            joins = (power > 0).then_some(end);
            at = end;
        }
        found
    }

    /// What a text says that the date does not: a number or a month that is not among its parts, or no year.
    pub fn differs(&self, text: &str, date: &Period) -> bool {
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
        let years = || dates().any(|d| numbers.contains(&Some(d.year.into())));
        if numbers.iter().any(|n| n.is_none_or(|n| !parts.contains(&n))) || !(numbers.is_empty() || years()) {
            return true;
        }
        let text = text.to_lowercase();
        text.split(|c: char| !c.is_alphabetic()).any(|word| {
            let mut named = self.months.iter().filter(|(name, _)| name == word).peekable();
            named.peek().is_some() && named.all(|(_, month)| !dates().any(|d| d.month == Some(*month)))
        })
    }
}

/// Runs of digits as numbers; `None` for one that is too long.
fn integers(text: &str) -> Vec<Option<i64>> {
    let digits = text.split(|c| digit(c).is_none()).filter(|run| !run.is_empty());
    digits
        .map(|run| run.chars().filter_map(digit).map(|d| char::from(b'0' + d)).collect::<String>().parse().ok())
        .collect()
}

fn is_ideograph(c: char) -> bool {
    crate::locale::typography::is_ideograph(c)
}
