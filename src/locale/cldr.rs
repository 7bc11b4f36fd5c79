//! The forms of numbers, dates and lists that CLDR gives for a locale, through ICU4X.

use std::fmt;

use fixed_decimal::Decimal;
use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::MD;
use icu_datetime::parts::MONTH;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale as IcuLocale;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};
use icu_provider::DataError;
use writeable::{Part, PartsWrite, Writeable};

use crate::results::Date;

pub struct Cldr {
    grouped: DecimalFormatter,
    plain: DecimalFormatter,
    cardinal: PluralRules,
    ordinal: PluralRules,
    and: ListFormatter,
    month: FixedCalendarDateTimeFormatter<Gregorian, MD>,
}

impl Cldr {
    pub fn new(locale: &IcuLocale, grouping: GroupingStrategy) -> Result<Self, DataError> {
        let decimal = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new(locale.into(), options)
        };
        let plural = |kind: PluralRuleType| PluralRules::try_new(locale.into(), kind.into());
        Ok(Self {
            grouped: decimal(grouping)?,
            plain: decimal(GroupingStrategy::Never)?,
            cardinal: plural(PluralRuleType::Cardinal)?,
            ordinal: plural(PluralRuleType::Ordinal)?,
            and: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())?,
            month: FixedCalendarDateTimeFormatter::try_new(locale.into(), MD::long())
                .map_err(|_| DataError::custom("no month names"))?,
        })
    }

    pub fn number(&self, value: &Decimal) -> String {
        self.grouped.format(value).to_string()
    }

    /// A number that only names something, such as a year: never grouped.
    pub fn digits(&self, value: i64) -> String {
        self.plain.format(&Decimal::from(value)).to_string()
    }

    /// Two digits at least, as minutes need.
    pub fn two_digits(&self, value: u8) -> String {
        let mut decimal = Decimal::from(value);
        decimal.absolute.pad_start(2);
        self.plain.format(&decimal).to_string()
    }

    pub fn category(&self, value: &Decimal, ordinal: bool) -> &'static str {
        let rules = if ordinal { &self.ordinal } else { &self.cardinal };
        match rules.category_for(value) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    pub fn list(&self, items: &[String]) -> String {
        self.and.format(items.iter()).to_string()
    }

    /// The month's name as it stands beside a day (genitive, where a language has one).
    pub fn month(&self, date: Date) -> String {
        let month = date.month.unwrap_or(1);
        let Ok(icu) = IcuDate::try_new_gregorian(date.year, month, 1) else { return String::new() };
        let mut writer = MonthWriter::default();
        // Writing to a String cannot fail.
        let _ = self.month.format(&icu).write_to_parts(&mut writer);
        writer.month
    }
}

#[derive(Default)]
struct MonthWriter {
    month: String,
    inside: bool,
}

impl fmt::Write for MonthWriter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.inside {
            self.month.push_str(text);
        }
        Ok(())
    }
}

impl PartsWrite for MonthWriter {
    type SubPartsWrite = Self;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Self) -> fmt::Result) -> fmt::Result {
        let outer = self.inside;
        self.inside |= part == MONTH;
        let result = write(self);
        self.inside = outer;
        result
    }
}
