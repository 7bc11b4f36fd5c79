//! What a code states, as CBOR (RFC 8949).
//!
//! The labels are small numbers, because each byte makes the printed code finer:
//!
//! ```cddl
//! claim = {
//!   1 => tstr,         ; serial number
//!   2 => tstr,         ; programme, by its short name
//!   3 => uint,         ; edition
//!   4 => tstr,         ; city, as the certificate prints it
//!   5 => tstr,         ; award: the name of the report, such as "certificate"
//!   ? 6 => uint,       ; rank
//!   7 => #6.100(int),  ; date of the announcement, in days since 1970-01-01 (RFC 8943)
//!   ? 8 => #6.100(int) ; last day on which the certificate is valid
//! }
//! ```

use coset::cbor::value::Value as Cbor;
use icu_calendar::types::RataDie;
use icu_calendar::{Date as IcuDate, Gregorian};
use serde_json::{Value as Json, json};

use crate::diagnostic::Result;
use crate::locale::{Locale, text_marks};
use crate::pdf::text::is_invisible;
use crate::results::{City, Date, Results};

const SERIAL: u64 = 1;
const PROGRAMME: u64 = 2;
const EDITION: u64 = 3;
const CITY: u64 = 4;
const AWARD: u64 = 5;
const RANK: u64 = 6;
const DATE: u64 = 7;
const EXPIRES: u64 = 8;

/// The CBOR tag of a number of days since 1970-01-01 (RFC 8943).
const DAYS_TAG: u64 = 100;

/// 1970-01-01 as a Rata Die: days, of which 0001-01-01 is number 1.
const EPOCH: i64 = 719_163;

/// What a code states about a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub serial: String,
    pub programme: String,
    pub edition: u32,
    pub city: String,
    pub award: String,
    pub rank: Option<u32>,
    /// Year, month and day.
    pub date: Date,
    /// The last day on which the certificate is valid.
    pub expires: Option<Date>,
}

impl Claim {
    /// Returns the claim of a city's certificate, with names in the language of the certificate. `name` is the name of the
    /// city as the certificate prints it, and `award` the name of the report.
    pub fn new(results: &Results, locale: &Locale, city: &City, name: &str, award: &str) -> Result<Self> {
        Ok(Self {
            serial: city.serial(&results.edition),
            programme: to_plain(&locale.forms(&results.programme.short, results)?.name),
            edition: results.edition.number,
            city: to_plain(name),
            award: award.to_owned(),
            rank: city.rank,
            date: *results.edition.announced,
            expires: results.edition.expires.as_deref().copied(),
        })
    }

    /// Returns the CBOR of the claim, in the deterministic encoding (RFC 8949, 4.2.1).
    pub fn to_cbor(&self) -> Vec<u8> {
        let text = |text: &str| Cbor::Text(text.to_owned());
        let mut entries = vec![
            (SERIAL, text(&self.serial)),
            (PROGRAMME, text(&self.programme)),
            (EDITION, self.edition.into()),
            (CITY, text(&self.city)),
            (AWARD, text(&self.award)),
        ];
        entries.extend(self.rank.map(|rank| (RANK, rank.into())));
        let day = |date| Cbor::Tag(DAYS_TAG, Box::new(to_days(date).into()));
        entries.push((DATE, day(self.date)));
        entries.extend(self.expires.map(|date| (EXPIRES, day(date))));
        let map = entries.into_iter().map(|(label, value)| (label.into(), value)).collect();
        let mut bytes = Vec::new();
        // Writing to a vector cannot fail.
        let _ = coset::cbor::into_writer(&Cbor::Map(map), &mut bytes);
        bytes
    }

    /// Reads a claim. Returns `None` unless the bytes are exactly those that [`Self::to_cbor`] writes.
    pub fn from_cbor(bytes: &[u8]) -> Option<Self> {
        let value: Cbor = coset::cbor::from_reader(bytes).ok()?;
        let entries = value.as_map()?;
        let find = |label: u64| entries.iter().find(|(key, _)| *key == label.into()).map(|(_, value)| value);
        let text = |label| find(label)?.as_text().map(str::to_owned);
        let number = |value: &Cbor| u32::try_from(value.as_integer()?).ok();
        let day = |value: &Cbor| {
            let (tag, days) = value.as_tag()?;
            date_from_days(i64::try_from(days.as_integer()?).ok()?).filter(|_| tag == DAYS_TAG)
        };
        let claim = Self {
            serial: text(SERIAL)?,
            programme: text(PROGRAMME)?,
            edition: find(EDITION).and_then(number)?,
            city: text(CITY)?,
            award: text(AWARD)?,
            rank: find(RANK).and_then(number),
            date: find(DATE).and_then(day)?,
            expires: find(EXPIRES).and_then(day),
        };
        (claim.to_cbor() == bytes).then_some(claim)
    }

    pub fn to_json(&self) -> Json {
        json!({
            "serial": self.serial, "programme": self.programme, "edition": self.edition, "city": self.city,
            "award": self.award, "rank": self.rank, "date": self.date.to_string(),
            "expires": self.expires.map(|date| date.to_string()),
        })
    }

    /// Returns the claim on one line for people, without control characters.
    pub fn describe(&self) -> String {
        let Self { serial, programme, edition, city, award, date, .. } = self;
        let rank = self.rank.map(|rank| format!(", rank {rank}")).unwrap_or_default();
        let expires = self.expires.map(|date| format!(", valid until {date}")).unwrap_or_default();
        let line = format!("{serial}, {city}, {award} of {programme}, edition {edition}{rank}, {date}{expires}");
        printable(&line)
    }
}

/// Returns a text without control characters, which could rewrite the line on a terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Returns a text without style marks and hyphenation, with plain spaces.
pub fn to_plain(text: &str) -> String {
    let text: String = text_marks::strip(text).chars().filter(|c| !is_invisible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// Returns the number of days from 1970-01-01 to a date.
pub fn to_days(date: Date) -> i64 {
    IcuDate::try_new_gregorian(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
        .map_or(0, |day| day.to_rata_die().to_i64_date() - EPOCH)
}

/// Returns the beginning of a date in Universal Time, in seconds since 1970-01-01.
pub fn to_seconds(date: Date) -> i64 {
    to_days(date) * SECONDS_PER_DAY
}

/// Returns the date this number of days after 1970-01-01; `None` before the year 1 and after the year 9999.
pub fn date_from_days(days: i64) -> Option<Date> {
    // Checked first: a day far outside the calendar would overflow.
    if !(-719_162..=2_932_896).contains(&days) {
        return None;
    }
    let day = IcuDate::from_rata_die(RataDie::new(days + EPOCH), Gregorian);
    let year = day.year().extended_year();
    Some(Date { year, month: Some(day.month().number()), day: Some(day.day_of_month().0), time: None, end: false })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn dates_are_days_since_1970() {
        for (text, days) in [("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2025-11-28", 20_420)] {
            assert_eq!(to_days(date(text)), days, "{text}");
            assert_eq!(date_from_days(days), Some(date(text)), "{text}");
        }
        assert_eq!(date_from_days(to_days(date("0001-01-01"))), Some(date("0001-01-01")));
        assert_eq!(date_from_days(to_days(date("9999-12-31"))), Some(date("9999-12-31")));
        assert_eq!((date_from_days(-719_163), date_from_days(2_932_897)), (None, None));
        assert_eq!((date_from_days(i64::MAX), date_from_days(i64::MIN)), (None, None));
    }

    #[test]
    fn a_claim_has_one_encoding() {
        let claim = Claim {
            serial: "2025-01-0001".into(),
            programme: "Villes pilotes".into(),
            edition: 1,
            city: "Beijing".into(),
            award: "certificate".into(),
            rank: Some(1),
            date: date("2025-11-28"),
            expires: Some(date("2028-11-28")),
        };
        let bytes = claim.to_cbor();
        assert_eq!(Claim::from_cbor(&bytes), Some(claim));
        // The number 1 in two bytes: the same value, another encoding.
        let edition = bytes.windows(2).position(|pair| pair == [3, 1]).unwrap();
        let longer = [&bytes[..=edition], &[0x18, 1][..], &bytes[edition + 2..]].concat();
        assert_eq!(Claim::from_cbor(&longer), None);
        assert_eq!(Claim::from_cbor(&[bytes.as_slice(), &[0]].concat()), None);
    }
}
