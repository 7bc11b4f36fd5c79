//! Dates as precise as the source gives them: a day, a month, a year, the end of a year.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::reading::read::Reader;
use super::reading::yaml::Node;
use super::scalar::YEAR;
use crate::diagnostic::code;

/// A date, or the period from one date to another of the same precision, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    /// Later than `from`.
    pub to: Option<Date>,
}

impl Period {
    pub const HELP: &str = "write a date, or two with a slash between them: 2021/2025, 2025-03/2025-06";

    /// Parses a date, or an interval with start and end (ISO 8601, 5.5).
    pub fn parse(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once('/') else {
            return Some(Self { from: Date::parse(text)?, to: None });
        };
        let (from, to) = (Date::parse(from)?, Date::parse(to)?);
        let precision = |d: Date| (d.month.is_some(), d.day.is_some(), d.time.is_some(), d.end);
        (precision(from) == precision(to) && !from.end && from < to).then_some(Self { from, to: Some(to) })
    }
}

impl From<Date> for Period {
    fn from(date: Date) -> Self {
        Self { from: date, to: None }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.from.fmt(f)?;
        self.to.map_or(Ok(()), |to| write!(f, "/{to}"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<u8>,
    /// Hour and minute.
    pub time: Option<(u8, u8)>,
    /// Whether it is the end of the year (“end of 2024”); only for a year alone.
    pub end: bool,
}

impl Date {
    pub const HELP: &str = "write 2025-11-28, 2025-11, 2025, “end of 2024” or 2025-12-08T10:00";

    /// Parses ISO 8601 calendar dates (5.2.2, reduced representations 5.2.3) and `end of YYYY`.
    pub fn parse(text: &str) -> Option<Self> {
        let (text, end) = match text.strip_prefix("end of ") {
            Some(year) => (year, true),
            None => (text, false),
        };
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = parts.next().filter(|y| y.len() == 4).and_then(digits)? as i32;
        let mut pair = || parts.next().map(|p| digits(p).filter(|_| p.len() == 2).map(|n| n as u8));
        let month = pair().map_or(Some(None), |m| m.map(Some))?;
        let day = pair().map_or(Some(None), |d| d.map(Some))?;
        let time = match time {
            None => None,
            Some(time) => {
                let (hour, minute) = time.split_once(':').filter(|(h, m)| h.len() == 2 && m.len() == 2)?;
                Some((digits(hour)? as u8, digits(minute)? as u8))
            }
        };
        let fits = parts.next().is_none()
            && month.is_none_or(|m| (1..=12).contains(&m))
            && day.is_none_or(|d| d >= 1 && d <= days_in_month(year, month.unwrap_or(1)))
            && time.is_none_or(|(h, m)| h < 24 && m < 60 && day.is_some())
            && !(end && month.is_some());
        fits.then_some(Self { year, month, day, time, end })
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.end {
            write!(f, "end of ")?;
        }
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        if let Some((hour, minute)) = self.time {
            write!(f, "T{hour:02}:{minute:02}")?;
        }
        Ok(())
    }
}

impl Reader {
    pub(super) fn date(&self, node: &Node) -> Option<Date> {
        let written = self.text(node)?;
        let date = Date::parse(&written.value);
        if date.is_none() {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` is not a date", written.value),
                Date::HELP,
            );
        }
        date
    }

    pub(super) fn period(&self, node: &Node) -> Option<Period> {
        let written = self.text(node)?;
        let period = Period::parse(&written.value);
        if period.is_none() {
            self.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("`{}` is not a period", written.value),
                Period::HELP,
            );
        }
        period
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
        "type": ["string", "integer"], "minimum": 1000, "maximum": 9999,
        "pattern": format!("^(end of {YEAR}|{})$", dates().join("|")),
        "examples": ["2025-11-28", "2025-11", 2025, "end of 2024", "2025-12-08T10:00"],
        "description": "A day, a month, a year, the end of a year, or a day with a clock time (ISO 8601).",
        })
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
        "type": ["string", "integer"], "minimum": 1000, "maximum": 9999,
        "pattern": format!("^(end of {YEAR}|{})$", dates().map(|date| format!("{date}(/{date})?")).join("|")),
        "examples": [2025, "2025-03", "end of 2024", "2021/2025", "2025-03/2025-06"],
        "description": "A date, or two of the same precision with a slash between them, the earlier one first (ISO 8601).",
        })
    }
}

/// Returns the patterns of a year, a month, a day, and a day with a clock time.
pub(super) fn dates() -> [String; 4] {
    let month = format!("{YEAR}-(0[1-9]|1[0-2])");
    let day = format!("{month}-(0[1-9]|[12][0-9]|3[01])");
    let time = format!("{day}T([01][0-9]|2[0-3]):[0-5][0-9]");
    [YEAR.to_owned(), month, day, time]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_reads_back_as_written() {
        for text in ["2025-11-28", "2025-02", "2024", "end of 2024", "2025-12-08T10:00", "2024-02-29"] {
            assert_eq!(Date::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_period_is_a_date_or_a_span_of_them() {
        for text in ["2025", "2021/2025", "2025-03/2025-06", "2025-03-01/2025-04-15", "end of 2024"] {
            assert_eq!(Period::parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        for text in ["2025/2021", "2025/2025", "2021/2025-03", "2021/", "/2025", "2021/2023/2025", "end of 2021/2025"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn invalid_dates_are_rejected() {
        for text in [
            "2025-02-29",
            "2025-13",
            "2025-11-31",
            "25-11-28",
            "2025-1-2",
            "end of 2024-05",
            "2025-11T10:00",
            "2025-12-08T24:00",
            "2025-11-28-01",
            "",
            "+025",
            "2025-12-08T1:0",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
