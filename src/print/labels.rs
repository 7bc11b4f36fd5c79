//! The words of slug lines, cover sheets and the ticket, in the language of the job: the messages `print-…` of its locale.

use fixed_decimal::Decimal;

use super::imposition::SheetFace;
use super::sheet::format_decimal;
use crate::diagnostic::{Diagnostic, Problems};
use crate::locale::{Locale, Value, text_marks};
use crate::project::embedded;
use crate::results::Date;
use crate::run::Builder;

/// The locales of a print run.
pub struct LabelLocales<'a> {
    builder: &'a Builder,
    fallback: Locale,
    /// The locale of the print shop, if it differs from that of the documents.
    shop: Option<Locale>,
}

impl<'a> LabelLocales<'a> {
    /// Reads the locale of the print shop, and the one that supplies missing words.
    pub fn read(builder: &'a Builder, shop: Option<&str>) -> Result<Self, Problems> {
        let read = |language: &str| builder.project.read_locale(language);
        Ok(Self { builder, fallback: read(embedded::language_with("print.ftl"))?, shop: shop.map(read).transpose()? })
    }

    /// Returns the words for a document in this language.
    pub fn labels(&self, language: &str) -> Labels<'_> {
        let own = || self.builder.locales.iter().find(|locale| locale.name == language);
        Labels { locale: self.shop.as_ref().or_else(own).unwrap_or(&self.fallback), fallback: &self.fallback }
    }

    /// Returns the font families of the print shop's language.
    pub fn shop_fonts(&self) -> impl Iterator<Item = &str> {
        self.shop.iter().filter_map(|shop| shop.settings.fonts.get("label")).flatten().map(String::as_str)
    }
}

/// The words in one language.
#[derive(Clone, Copy)]
pub struct Labels<'a> {
    locale: &'a Locale,
    fallback: &'a Locale,
}

impl Labels<'_> {
    /// Returns the message `print-ID`.
    pub fn text(&self, id: &str, args: &[(&'static str, Value)]) -> Result<String, Diagnostic> {
        let id = format!("print-{id}");
        let locale = if self.locale.has(&id) { self.locale } else { self.fallback };
        let text = locale.message(&id, args.iter().map(|(name, value)| ((*name).into(), value.clone())).collect())?;
        // A narrow no-break space is in few fonts for labels.
        Ok(text_marks::strip(&text).replace('\u{202f}', "\u{a0}"))
    }

    /// Returns the parts of a slug line, the most important first.
    pub fn slug_parts(&self, text: SlugText<'_>) -> Result<Vec<String>, Diagnostic> {
        let SlugText { heading, job_number, sheet, total, face, languages, date, cities } = text;
        let job = job_number.map(|job| self.text("slug-job", &[("number", verbatim(job))])).transpose()?;
        let face = Value::Text(face.name().to_owned());
        let sheet = self.text("slug-sheet", &[("sheet", number(sheet)), ("total", number(total)), ("face", face)])?;
        let cities = Some(cities.join(", ")).filter(|cities| !cities.is_empty());
        Ok([heading].into_iter().chain(job).chain([sheet, languages, date.to_string()]).chain(cities).collect())
    }

    /// Returns the heading of a report, such as “Certificate”, or else its name.
    pub fn report(&self, report: &str) -> Result<String, Diagnostic> {
        match self.locale.has(report) {
            true => Ok(text_marks::strip(&self.locale.message(report, Vec::new())?).into_owned()),
            false => Ok(report.to_owned()),
        }
    }
}

/// What the slug line of a side says.
pub struct SlugText<'a> {
    /// The programme and the report.
    pub heading: String,
    pub job_number: Option<&'a str>,
    /// The number of the sheet, from 1, and how many the file has.
    pub sheet: usize,
    pub total: usize,
    pub face: SheetFace,
    pub languages: String,
    pub date: Date,
    /// The names of the cities on the side.
    pub cities: Vec<String>,
}

/// Returns a text as an argument of a message; its typography is not changed.
pub fn verbatim(text: &str) -> Value {
    Value::Code(text.to_owned())
}

/// Returns a whole number as an argument of a message.
pub fn number(number: usize) -> Value {
    Value::Number(Decimal::from(number as u64))
}

/// Returns a number as an argument of a message, with at most two decimals.
pub fn decimal(number: f64) -> Value {
    Value::Number(Decimal::try_from_str(&format_decimal(number)).unwrap_or_default())
}
