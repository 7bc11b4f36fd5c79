//! A figure: an exact number with its unit, and how sure the source is of it.

use std::ops::Range;

use fixed_decimal::Decimal;

use super::date::Date;

#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub value: Decimal,
    /// Names the locale's message: `cny` is `measure-cny`.
    pub unit: String,
    pub hedge: Hedge,
    pub nature: Option<Nature>,
    /// The day, month or year that the value speaks of.
    pub period: Option<Date>,
    /// Identifier of one of the results' `sources`.
    pub source: Option<String>,
    pub span: Range<usize>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const WORDS: &[&str] = &[$($word),+];

            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}
pub(super) use words;

words! {
    /// How the source bounds the value.
    Hedge { About = "about", Almost = "almost", Exact = "exact", Over = "over" }
}

words! {
    Nature { Forecast = "forecast", Observed = "observed" }
}

/// Digits beyond these are a slip of the hand, and no language has words for them.
const MAX_MAGNITUDE: i16 = 27;

/// Reads a number exactly as written: `2400`, `2_500_000_000_000`, `2.5e12`, `-0.5`.
pub fn decimal(written: &str) -> Option<Decimal> {
    let plain: String = written.chars().filter(|c| *c != '_').collect();
    let (digits, power) = match plain.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse::<i16>().ok().filter(|p| p.abs() <= MAX_MAGNITUDE)?),
        None => (plain.as_str(), 0),
    };
    let mut value = Decimal::try_from_str(digits.strip_prefix('+').unwrap_or(digits)).ok()?;
    value.absolute.multiply_pow10(power);
    value.absolute.trim_start();
    if power > 0 {
        value.absolute.trim_end_if_integer();
    }
    let range = value.absolute.magnitude_range();
    (*range.end() <= MAX_MAGNITUDE && *range.start() >= -MAX_MAGNITUDE).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_however_they_are_written() {
        for (written, digits) in [
            ("2400", "2400"),
            ("2_500_000_000_000", "2500000000000"),
            ("2.5e12", "2500000000000"),
            ("2.25E12", "2250000000000"),
            ("3e11", "300000000000"),
            ("-0.5", "-0.5"),
            ("+7", "7"),
            ("0.10", "0.10"),
            ("123456789012345678901234567", "123456789012345678901234567"),
        ] {
            assert_eq!(decimal(written).map(|d| d.to_string()).as_deref(), Some(digits), "{written}");
        }
    }

    #[test]
    fn what_is_no_decimal_number_is_refused() {
        for written in ["", "1,5", "0x10", ".inf", "1e9999", "1e28", "12 000", "1.2.3", "e5", "--1"] {
            assert_eq!(decimal(written), None, "{written}");
        }
    }
}
