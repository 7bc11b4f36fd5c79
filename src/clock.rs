//! Reads the system clock and SOURCE_DATE_EPOCH. No document depends on the clock: dates on pages come from the results.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Diagnostic, Result, code};
use crate::results::Date;
use crate::trust::claim::{SECONDS_PER_DAY, date_from_days};

/// The environment variable with the time for reproducible builds, in seconds since 1970
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// Returns the seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "for the validity of certificates, not for documents")]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// Returns the seconds since 1970 that SOURCE_DATE_EPOCH gives.
#[expect(clippy::disallowed_methods, reason = "SOURCE_DATE_EPOCH is how reproducible builds are given a time")]
pub fn given_time() -> Result<Option<u64>> {
    let Ok(text) = std::env::var(VARIABLE) else { return Ok(None) };
    text.parse().ok().filter(|seconds| day_of(*seconds).is_some()).map(Some).ok_or_else(|| {
        Diagnostic::error(code::DATE, format!("`{text}` in {VARIABLE} is not a date"))
            .help("write seconds since 1970-01-01, or unset it")
    })
}

/// Returns the day of `--date`, or else of SOURCE_DATE_EPOCH; `None` if neither is given.
pub fn given_day(date: Option<Date>) -> Result<Option<Date>> {
    match date {
        Some(date) => Ok(Some(date)),
        None => Ok(given_time()?.and_then(day_of)),
    }
}

/// Returns the day of `--date`, or else of SOURCE_DATE_EPOCH; an error if neither is given.
pub fn required_withdrawal_day(date: Option<Date>) -> Result<Date> {
    given_day(date)?.ok_or_else(|| {
        Diagnostic::error(code::DATE, "no date given for the withdrawal")
            .help("give the day with --date, as in --date 2026-01-15")
    })
}

/// Returns the day of `--date` or of SOURCE_DATE_EPOCH, or else today (UTC).
pub fn given_day_or_today(date: Option<Date>) -> Result<Date> {
    let day = given_day(date)?.or_else(|| day_of(now()));
    day.ok_or_else(|| {
        Diagnostic::error(code::DATE, "the clock of this machine is wrong").help("give the day with --date")
    })
}

fn day_of(seconds: u64) -> Option<Date> {
    date_from_days(i64::try_from(seconds).ok()? / SECONDS_PER_DAY)
}
