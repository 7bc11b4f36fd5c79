//! The forms of numbers, dates and lists that CLDR gives for a locale, through ICU4X.

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
use icu_locale_core::Locale as IcuLocale;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};
use icu_provider::DataError;
use writeable::{Part, PartsWrite, Writeable};

use crate::results::Date;

pub struct Cldr {
    /// Language subtag, as PDF and Typst want it.
    pub tag: String,
    grouped: DecimalFormatter,
    plain: DecimalFormatter,
    cardinal: PluralRules,
    ordinal: PluralRules,
    and: ListFormatter,
    month_with_day: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    month_alone: FixedCalendarDateTimeFormatter<Gregorian, YM>,
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
            tag: locale.id.language.as_str().to_owned(),
            grouped: decimal(grouping)?,
            plain: decimal(GroupingStrategy::Never)?,
            cardinal: plural(PluralRuleType::Cardinal)?,
            ordinal: plural(PluralRuleType::Ordinal)?,
            and: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())?,
            month_with_day: FixedCalendarDateTimeFormatter::try_new(locale.into(), MD::long())
                .map_err(|_| DataError::custom("no month names"))?,
            month_alone: FixedCalendarDateTimeFormatter::try_new(locale.into(), YM::long())
                .map_err(|_| DataError::custom("no month names"))?,
        })
    }

    pub fn number(&self, value: &Decimal) -> String {
        // A minus, where CLDR has the hyphen of a keyboard.
        self.grouped.format(value).to_string().replace('-', "\u{2212}")
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

    /// The ten digits of the locale's numbering system.
    pub fn ten_digits(&self) -> String {
        (0..10).map(|n| self.digits(n)).collect()
    }

    /// CLDR plural category (TR35, part 3, 5): `one`, `few`, …
    pub fn category(&self, value: &Decimal, ordinal: bool) -> &'static str {
        word(self.rules(ordinal).category_for(value))
    }

    /// The categories that the language has.
    pub fn categories(&self, ordinal: bool) -> Vec<&'static str> {
        self.rules(ordinal).categories().map(word).collect()
    }

    fn rules(&self, ordinal: bool) -> &PluralRules {
        if ordinal { &self.ordinal } else { &self.cardinal }
    }

    pub fn list(&self, items: &[String]) -> String {
        self.and.format(items.iter()).to_string()
    }

    /// The month's name as it stands beside a day, which is a genitive where a language has one, or
    /// before a year alone.
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

/// Every plural category, as Fluent writes it.
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
