//! The day for which a command acts.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Diagnostic, Result, code};
use crate::results::Date;
use crate::trust::claim::from_days;

const VARIABLE: &str = "SOURCE_DATE_EPOCH";

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

/// Returns the day of `--date`, or else of SOURCE_DATE_EPOCH (<https://reproducible-builds.org/specs/source-date-epoch/>).
#[expect(clippy::disallowed_methods, reason = "a reproducible date, and no input of a document")]
pub fn given(date: Option<Date>) -> Result<Option<Date>> {
    let (None, Ok(seconds)) = (date, std::env::var(VARIABLE)) else { return Ok(date) };
    match seconds.parse().ok().and_then(day_of) {
        Some(day) => Ok(Some(day)),
        None => Err(Diagnostic::error(code::DATE, format!("`{seconds}` in {VARIABLE} is not a date"))
            .help("write seconds since 1970-01-01, or give the date with --date")),
    }
}

/// Returns the day of `--date` or of SOURCE_DATE_EPOCH. None of the two is an error.
pub fn required(date: Option<Date>) -> Result<Date> {
    given(date)?.ok_or_else(|| {
        Diagnostic::error(code::DATE, "from which day is the certificate not valid?")
            .help("give the day with --date, as in --date 2026-01-15")
    })
}

/// Returns the day of `--date` or of SOURCE_DATE_EPOCH, or else today (UTC).
#[expect(clippy::disallowed_methods, reason = "whether a certificate has expired depends on the day of the question")]
pub fn or_today(date: Option<Date>) -> Result<Date> {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let day = given(date)?.or_else(|| day_of(now()));
    day.ok_or_else(|| {
        Diagnostic::error(code::DATE, "the clock of this machine is wrong").help("give the day with --date")
    })
}

fn day_of(seconds: u64) -> Option<Date> {
    from_days(i64::try_from(seconds / SECONDS_OF_A_DAY).ok()?)
}
