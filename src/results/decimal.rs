//! Exact decimal numbers as written in the results.

use std::cmp::Ordering;

use fixed_decimal::{Decimal, Sign};

/// The highest power of ten of a digit; larger numbers are typing errors, and locales have no words for them.
const MAX_MAGNITUDE: i16 = 27;

/// Returns whether a text consists of groups of digits with a single `_` between them.
fn is_grouped(text: &str) -> bool {
    text.split('_').all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// Returns whether a text has the form of a number; the JSON Schema has the same pattern.
fn is_numeric(written: &str) -> bool {
    let bare = unsigned(written);
    let (digits, power) = bare.split_once(['e', 'E']).map_or((bare, None), |(digits, power)| (digits, Some(power)));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    (is_grouped(whole) || (whole.is_empty() && fraction.is_some()))
        && fraction.is_none_or(is_grouped)
        && power.is_none_or(|power| is_grouped(unsigned(power)))
}

/// Parses a number exactly as written: `2400`, `2_500_000_000_000`, `2.5e12`, `-0.5`.
pub fn decimal(written: &str) -> Option<Decimal> {
    if !is_numeric(written) {
        return None;
    }
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

/// Returns whether `a < b`, compared digit by digit.
pub(super) fn is_less(a: &Decimal, b: &Decimal) -> bool {
    let negative = |n: &Decimal| n.sign() == Sign::Negative && !n.absolute.is_zero();
    let order = match (negative(a), negative(b)) {
        (false, false) => compare_magnitude(a, b),
        (true, true) => compare_magnitude(b, a),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    };
    order.is_lt()
}

fn compare_magnitude(a: &Decimal, b: &Decimal) -> Ordering {
    let (of_a, of_b) = (a.absolute.magnitude_range(), b.absolute.magnitude_range());
    let lowest = *of_a.start().min(of_b.start());
    let highest = *of_a.end().max(of_b.end());
    (lowest..=highest)
        .rev()
        .map(|at| a.absolute.digit_at(at).cmp(&b.absolute.digit_at(at)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
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
    fn numbers_compare_by_their_value() {
        let is_less = |a, b| is_less(&decimal(a).unwrap(), &decimal(b).unwrap());
        for (a, b) in [("1", "2"), ("9", "10"), ("1.5", "1.50000001"), ("-2", "-1"), ("-1", "0.5"), ("0", "1e12")] {
            assert!(is_less(a, b) && !is_less(b, a), "{a} < {b}");
        }
        assert!(!is_less("2", "2.0") && !is_less("0", "-0"));
    }

    #[test]
    fn invalid_numbers_are_rejected() {
        for written in [
            "", "1,5", "0x10", ".inf", "1e9999", "1e28", "12 000", "1.2.3", "e5", "--1", "+-5", "-+5", "_1", "1__",
            "1__0", "1_", "1_.5", "1._5", "1e_5", "1.", "-", "+", ".", "1e", "٣",
        ] {
            assert_eq!(decimal(written), None, "{written}");
        }
    }
}
