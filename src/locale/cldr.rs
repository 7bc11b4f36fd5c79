//! Formats numbers, dates and lists by the CLDR data of a locale, through ICU4X.

use std::fmt;

use fixed_decimal::Decimal;
use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{MD, YM};
use icu_datetime::parts::MONTH;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};
use icu_provider::DataError;
use writeable::{Part, PartsWrite, Writeable};

use super::settings::Settings;
use crate::results::Date;

/// The formatters and plural rules of a locale.
pub struct Cldr {
    /// Language subtag, with which a text from a fallback is marked.
    pub language: String,
    grouped: DecimalFormatter,
    /// The character of CLDR between groups of digits, and the one that replaces it.
    separators: Option<(char, char)>,
    plain: DecimalFormatter,
    cardinal: PluralRules,
    ordinal: PluralRules,
    and: ListFormatter,
    list_comma: bool,
    month_with_day: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    month_alone: FixedCalendarDateTimeFormatter<Gregorian, YM>,
}

impl Cldr {
    /// Loads the CLDR data that the settings of a locale name.
    ///
    /// Returns an error if the compiled data does not contain the locale.
    pub fn new(settings: &Settings) -> Result<Self, DataError> {
        let locale = &settings.icu;
        let decimal = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new(locale.into(), options)
        };
        let plural = |kind: PluralRuleType| PluralRules::try_new(locale.into(), kind.into());
        let grouped = decimal(settings.grouping)?;
        let sample = grouped.format(&Decimal::from(1_234_567)).to_string();
        Ok(Self {
            language: locale.id.language.as_str().to_owned(),
            separators: sample.chars().find(|c| !c.is_numeric()).zip(settings.separator),
            grouped,
            plain: decimal(GroupingStrategy::Never)?,
            cardinal: plural(PluralRuleType::Cardinal)?,
            ordinal: plural(PluralRuleType::Ordinal)?,
            and: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())?,
            list_comma: settings.list_comma,
            month_with_day: FixedCalendarDateTimeFormatter::try_new(locale.into(), MD::long())
                .map_err(|_| DataError::custom("no month names"))?,
            month_alone: FixedCalendarDateTimeFormatter::try_new(locale.into(), YM::long())
                .map_err(|_| DataError::custom("no month names"))?,
        })
    }

    /// Formats a number, grouped as the locale requires.
    pub fn number(&self, value: &Decimal) -> String {
        // CLDR uses a hyphen-minus; a page needs a minus sign.
        let text = self.grouped.format(value).to_string().replace('-', "\u{2212}");
        match self.separators {
            Some((cldr, own)) => text.replace(cldr, own.encode_utf8(&mut [0; 4])),
            None => text,
        }
    }

    /// Formats a number without grouping, such as a year.
    pub fn digits(&self, value: i64) -> String {
        self.plain.format(&Decimal::from(value)).to_string()
    }

    /// Returns the ten digits of the numbering system of the locale.
    pub fn ten_digits(&self) -> String {
        (0..10).map(|n| self.digits(n)).collect()
    }

    /// Returns the plural category of a number (Unicode TR35, part 3, section 5): `one`, `few`, …
    pub fn category(&self, value: &Decimal, ordinal: bool) -> &'static str {
        word(self.rules(ordinal).category_for(value))
    }

    /// Returns the plural categories of the language.
    pub fn categories(&self, ordinal: bool) -> Vec<&'static str> {
        self.rules(ordinal).categories().map(word).collect()
    }

    fn rules(&self, ordinal: bool) -> &PluralRules {
        if ordinal { &self.ordinal } else { &self.cardinal }
    }

    /// Joins the items as a list of the type “and”, without the comma before “and” if the settings say so.
    pub fn list(&self, items: &[String]) -> String {
        let list = self.and.format(items.iter()).to_string();
        let [.., second_last, last] = items else { return list };
        let and_at = || {
            let before_last = list.strip_suffix(last.as_str())?;
            Some((before_last.rfind(second_last.as_str())? + second_last.len(), before_last.len()))
        };
        match and_at() {
            Some((start, end)) if !self.list_comma => {
                let and = list[start..end].strip_prefix([',', '،', '、']).filter(|and| !and.trim().is_empty());
                format!("{}{}{last}", &list[..start], and.unwrap_or(&list[start..end]))
            }
            _ => list,
        }
    }

    /// Returns the month name of a date: if it has a day, the form used next to a day (the genitive in some languages);
    /// otherwise the form used with a year.
    pub fn month(&self, date: Date) -> String {
        let month = date.month.unwrap_or(1);
        let Ok(icu) = IcuDate::try_new_gregorian(date.year, month, 1) else { return String::new() };
        let mut writer = MonthWriter::default();
        // Writing to a String cannot fail.
        let _ = match date.day {
            Some(_) => self.month_with_day.format(&icu).write_to_parts(&mut writer),
            None => self.month_alone.format(&icu).write_to_parts(&mut writer),
        };
        writer.month
    }
}

/// Every plural category, as written in Fluent.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn word(category: PluralCategory) -> &'static str {
    CATEGORIES[match category {
        PluralCategory::Zero => 0,
        PluralCategory::One => 1,
        PluralCategory::Two => 2,
        PluralCategory::Few => 3,
        PluralCategory::Many => 4,
        PluralCategory::Other => 5,
    }]
}

/// Keeps only the month name of a formatted date.
#[derive(Default)]
struct MonthWriter {
    month: String,
    is_inside_month: bool,
}

impl fmt::Write for MonthWriter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.is_inside_month {
            self.month.push_str(text);
        }
        Ok(())
    }
}

impl PartsWrite for MonthWriter {
    type SubPartsWrite = Self;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Self) -> fmt::Result) -> fmt::Result {
        let outer = self.is_inside_month;
        self.is_inside_month |= part == MONTH;
        let result = write(self);
        self.is_inside_month = outer;
        result
    }
}
