//! A job on pre-printed stock: one PDF for each language.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::json;

use super::build::MAX_PAGES;
use super::{CityFacts, Stock, StockBuilder, StockDocument, StockOutput};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::print::copies::Copies;
use crate::print::imposition::ImpositionRequest;
use crate::print::labels::LabelLocales;
use crate::print::profile::Profile;
use crate::run::print_files::PrintFile;
use crate::run::{Builder, Concurrency, Subject, engine};

/// What to print on a stock, and how.
pub struct StockJob<'a> {
    pub stock: &'a Stock,
    /// The file that describes the stock.
    pub file: &'a Path,
    pub output: StockOutput,
    /// Offset of the printer, in millimetres to the right and down.
    pub offset: (f64, f64),
    /// Copies of each page, one after the other. A proof has one of each.
    pub copies: Copies,
    /// How pages are placed on sheets; `None`: each is a sheet.
    pub request: Option<ImpositionRequest>,
    pub profile: Profile,
    pub job_number: Option<String>,
    pub shop_language: Option<String>,
}

/// The finished files of a job.
#[derive(Default)]
pub struct StockFiles {
    pub files: Vec<PrintFile>,
    /// Number of texts that were shrunk to fit.
    pub shrunk: usize,
    pub warnings: Problems,
}

impl StockJob<'_> {
    /// Builds the file of each language, or returns `None` if the run was interrupted. Nothing is written to disk.
    pub fn build(
        &self,
        builder: &Builder,
        concurrency: Concurrency,
        interrupt: &AtomicBool,
    ) -> Result<Option<StockFiles>, Problems> {
        let languages = &builder.plan.languages;
        // No city is shown by a calibration, and each has at least one page otherwise.
        let limit = if self.output == StockOutput::Calibration { 0 } else { MAX_PAGES + 1 };
        let subjects = builder.project.subjects(&builder.plan).take(limit).collect::<Result<Vec<Subject>, _>>()?;
        let cities = self.cities(builder, &subjects)?;
        let labels = LabelLocales::read(builder, self.shop_language.as_deref())?;
        let stock_builder = StockBuilder { job: self, builder, labels };
        stock_builder.add_scan()?;
        let built = engine::map(
            languages,
            concurrency,
            interrupt,
            |languages| stock_builder.build(languages.first(), &cities),
            |languages| format!("{} in `{languages}`", self.stock.name),
            || (),
        );
        let built = built.map_err(|mut problems| {
            // A mistake in the stock file is found again for every language.
            problems.remove_duplicates();
            problems
        });
        let Some(documents) = built? else { return Ok(None) };
        let mut files = StockFiles::default();
        for (language, document) in languages.iter().zip(documents) {
            files.add(language.first(), self, document);
        }
        files.warnings.remove_duplicates();
        Ok(Some(files))
    }

    /// Returns the cities among the subjects, by rank, or else in the order of the files.
    fn cities<'s>(&self, builder: &'s Builder, subjects: &'s [Subject]) -> Result<Vec<CityFacts<'s>>, Diagnostic> {
        let facts = subjects.iter().map(|subject| subject.facts(&builder.project));
        let mut cities: Vec<CityFacts<'s>> =
            facts.filter_map(|(results, city)| Some(CityFacts { results, city: city? })).collect();
        if cities.is_empty() && self.output != StockOutput::Calibration {
            return Err(Diagnostic::error(code::NO_DOCUMENTS, "there is no selected city to print on the stock")
                .help("give a city the status `selected`"));
        }
        cities.sort_by_key(|facts| facts.city.rank.unwrap_or(u32::MAX));
        Ok(cities)
    }
}

impl StockFiles {
    fn add(&mut self, language: &str, job: &StockJob<'_>, document: StockDocument) {
        let stock = &job.stock.name;
        let suffix = match job.output {
            StockOutput::Print => "",
            StockOutput::Proof => "-proof",
            StockOutput::Calibration => "-calibration",
        };
        self.shrunk += document.shrunk;
        self.warnings.extend(document.warnings);
        let about = json!({
            "type": "sheets", "language": language, "stock": stock, "pages": document.pages, "sheets": document.sheets,
        });
        self.files.push(PrintFile::new(format!("{language}/stock-{stock}{suffix}.pdf"), document.pdf, about));
    }
}
