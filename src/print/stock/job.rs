//! A job on pre-printed stock: one PDF for each language.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde_json::json;

use super::{Stock, StockBuilder, StockDocument, StockOutput};
use crate::diagnostic::Problems;
use crate::print::copies::Copies;
use crate::print::imposition::ImpositionRequest;
use crate::print::labels::LabelLocales;
use crate::print::profile::Profile;
use crate::results::City;
use crate::run::print_files::PrintFile;
use crate::run::{Builder, Concurrency, engine};

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
    /// The ids of the cities; empty for all that are selected.
    pub cities: &'a [String],
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
        let is_wanted = |city: &&City| self.cities.is_empty() || self.cities.contains(&city.id);
        let cities: Vec<&City> = builder.project.results.selected().into_iter().filter(is_wanted).collect();
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
            "type": "sheets", "lang": language, "stock": stock, "pages": document.pages, "sheets": document.sheets,
        });
        self.files.push(PrintFile::new(format!("{language}/stock-{stock}{suffix}.pdf"), document.pdf, about));
    }
}
