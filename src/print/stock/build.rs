//! Builds the pages of one language: generates a Typst source with the fields, and checks how they were laid out.

use typst::foundations::{Dict, Value};
use typst_layout::PagedDocument;

use super::{FieldContent, PlacedField, StockJob};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::locale::Locale;
use crate::print::labels::LabelLocales;
use crate::project::{read_next_to, reason};
use crate::results::{City, Results};
use crate::run::{Builder, catch_panic};
use crate::template::{Rendered, escape};
use crate::typeset::{LayoutJob, query_metadata};

/// What to print for a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockOutput {
    /// The fields, for printing on the stock.
    Print,
    /// The fields over the scan of the stock.
    Proof,
    /// Rulers, crosshairs and the boxes of the fields.
    Calibration,
}

/// Builds the documents with the fields of a stock, for the cities of a run.
pub struct StockBuilder<'a> {
    pub job: &'a StockJob<'a>,
    pub builder: &'a Builder,
    pub labels: LabelLocales<'a>,
}

/// A city, and the facts of its pages.
#[derive(Clone, Copy)]
pub struct CityFacts<'a> {
    pub results: &'a Results,
    pub city: &'a City,
}

/// The finished document of one language.
pub struct StockDocument {
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// Number of sheets to print.
    pub sheets: usize,
    /// Number of texts that were shrunk to fit.
    pub shrunk: usize,
    pub warnings: Problems,
}

/// The path of the scan for Typst.
const SCAN_PATH: &str = "/stock/scan";
/// The style module that sets the fields.
const MODULE: &str = "/reports/shared/stock.typ";
/// Limit of pages in a document, against orders of millions of copies.
pub(super) const MAX_PAGES: usize = 20_000;
/// Tolerance for rounding, in millimetres.
const TOLERANCE: f64 = 0.01;

impl StockBuilder<'_> {
    /// Makes the scan available to Typst, if the output shows it.
    pub fn add_scan(&self) -> Result<(), Diagnostic> {
        if self.job.output != StockOutput::Proof {
            return Ok(());
        }
        let Some(scan) = &self.job.stock.scan else {
            return Err(Diagnostic::error(code::STOCK, "a proof needs an image of the stock")
                .place(self.job.stock.place(&(0..0)))
                .help("add an image of the whole page (`scan: stock.png`)"));
        };
        let error = |message: String, help: &str| {
            Diagnostic::error(code::IMAGE, message).place(self.job.stock.place(&scan.span)).help(help)
        };
        let bytes = read_next_to(self.job.file, scan).map_err(|io| {
            error(
                format!("cannot read the image `{}`: {}", scan.value, reason(&io)),
                "give a path relative to the stock file, inside its folder",
            )
        })?;
        self.builder.typesetter.add_file(SCAN_PATH, bytes);
        Ok(())
    }

    /// Builds the document of one language.
    pub fn build(&self, language: &str, cities: &[CityFacts<'_>]) -> Result<StockDocument, Problems> {
        let name = format!("stock-{} in `{language}`", self.job.stock.name);
        catch_panic(&name, || self.build_pages(language, &name, cities))
            .map_err(|problems| problems.into_iter().map(|p| self.job.stock.relocate(p)).collect())
    }

    fn build_pages(&self, language: &str, name: &str, cities: &[CityFacts<'_>]) -> Result<StockDocument, Problems> {
        let builder = self.builder;
        let Some(locale) = builder.locales.iter().find(|l| l.name == language) else {
            return Err(Diagnostic::error(code::NOT_IN_PROJECT, format!("no language `{language}`")).into());
        };
        let fields = self.job.stock.place_fields(locale, &builder.typesetter.fonts, self.offset_on_page())?;
        let counts: Vec<usize> = match self.job.output {
            StockOutput::Calibration => vec![1],
            StockOutput::Proof => vec![1; cities.len()],
            StockOutput::Print => cities.iter().map(|facts| self.job.copies.of(Some(&facts.city.id))).collect(),
        };
        let page_count = counts.iter().fold(0_usize, |sum, count| sum.saturating_add(*count));
        if page_count > MAX_PAGES {
            let message = format!("the run has more than {MAX_PAGES} pages");
            let help = "print fewer --copies or cities at a time";
            return Err(Diagnostic::error(code::STOCK, message).help(help).into());
        }
        let rendered = self.render(locale, &fields, cities)?;
        let layout_job = LayoutJob {
            typesetter: &builder.typesetter,
            templates: &builder.project.templates,
            results: &builder.project.results,
            locales: &[locale],
            city: None,
            template: "stock/page",
            name,
        };
        let pages = layout_job
            .layout(&rendered)
            .map_err(|problems| problems.into_iter().map(|p| self.relocate_scan_error(p)).collect::<Problems>())?;
        let shrunk = self.check_fit(locale, &fields, cities, &pages.document)?;
        let mut pdf = layout_job.export_pdf(&rendered, &pages)?;
        // Other warnings are dropped: `check_fit` reports text off the page, and the resolution of a scan does not matter.
        let mut warnings: Problems = pages.warnings.iter().filter(|w| w.code == code::TYPST).cloned().collect();
        warnings.extend(self.check_scan(&pages.document));
        let mut sheets = page_count;
        // A proof shows a scan, often in RGB: it is not for the press.
        let is_calibration = self.job.output == StockOutput::Calibration;
        if self.job.output != StockOutput::Proof {
            let (placed, count) =
                self.place_on_sheets(&pdf, locale, &counts, if is_calibration { &[] } else { cities })?;
            (pdf, sheets) = (placed.pdf, count);
            warnings.extend(placed.warnings);
        }
        Ok(StockDocument { pdf, pages: page_count, sheets, shrunk, warnings })
    }

    fn render(
        &self,
        locale: &Locale,
        fields: &[PlacedField<'_>],
        cities: &[CityFacts<'_>],
    ) -> Result<Rendered, Problems> {
        let project = &self.builder.project;
        let templates = &project.templates;
        let render = |template: &str, results: &Results, city: Option<&City>| {
            templates.render(template, &project.files, results, &[locale], city)
        };
        let (width, height) = self.job.stock.page;
        let mut out = Rendered::default();
        out.push(&format!("#import \"{MODULE}\": calibration, code, field, specimen, stock-page\n#let l = "));
        out.append(&render(super::LOCALE_TEMPLATE, &project.results, None)?);
        out.push("\n");
        for (index, field) in fields.iter().enumerate() {
            out.push(&format!("#let f{index} = {}\n", to_typst(field)));
        }
        let scan =
            if self.job.output == StockOutput::Proof { format!(", scan: \"{SCAN_PATH}\"") } else { String::new() };
        let title = escape::string(&self.job.stock.name);
        out.push(&format!("#show: stock-page.with(l, {title}, {width}, {height}{scan})\n"));
        if self.job.output == StockOutput::Calibration {
            let fields: String = (0..fields.len()).map(|index| format!("f{index}, ")).collect();
            let (dx, dy) = self.offset_on_page();
            out.push(&format!("#calibration(l, {width}, {height}, ({dx}, {dy}), ({fields}))\n"));
            return Ok(out);
        }
        let mut problems = Problems::new();
        for (city_index, CityFacts { results, city }) in cities.iter().enumerate() {
            let mut page = Vec::with_capacity(fields.len());
            for field in fields {
                match render(&field.definition.template_name(), results, Some(city)) {
                    Ok(text) => page.push(text),
                    Err(found) => problems.extend(found),
                }
            }
            if city_index > 0 {
                out.push("#pagebreak()\n");
            }
            for (index, (field, text)) in fields.iter().zip(&page).enumerate() {
                match field.definition.content {
                    FieldContent::Text(_) => {
                        out.push(&format!("#field(l, f{index}, {city_index})["));
                        out.append(text);
                        out.push("]\n");
                    }
                    FieldContent::Code(_) => {
                        out.push(&format!("#code(f{index}, "));
                        out.append(text);
                        out.push(")\n");
                    }
                }
            }
            if project.results.specimen {
                let words = locale.message("specimen", Vec::new())?;
                let (dx, dy) = self.offset_on_page();
                out.push(&format!("#specimen(l, ({dx}, {dy}))[{}]\n", escape::content(&words)));
            }
        }
        // A mistake in a field is reported once, not for each city.
        problems.remove_duplicates();
        problems.into_result(out)
    }

    /// Returns the number of texts that were shrunk to fit. Fails if a text does not fit.
    fn check_fit(
        &self,
        locale: &Locale,
        fields: &[PlacedField<'_>],
        cities: &[CityFacts<'_>],
        document: &PagedDocument,
    ) -> Result<usize, Problems> {
        let mut problems = Problems::new();
        let mut shrunk = Vec::new();
        for text in query_metadata(document, "field").iter().filter_map(|(value, _)| MeasuredText::parse(value)) {
            let (Some(field), Some(CityFacts { results, city })) =
                (fields.iter().find(|f| f.definition.id == text.id), cities.get(text.city_index))
            else {
                continue;
            };
            let who = format!("`{}` of {} in `{}`", text.id, city.id, locale.name);
            let error = |message: String, help: &str| {
                Diagnostic::error(code::STOCK_ROOM, message)
                    .place(self.job.stock.place(&field.width_span))
                    .place(results.place(&city.name.span).labelled("for this city"))
                    .help(help)
            };
            if text.width > field.width + TOLERANCE {
                let which = if field.min_size < field.size { "its smallest" } else { "its" };
                let message = format!(
                    "{who} is {:.1} mm wide at {which} size of {} pt, but the field is {:.1} mm wide",
                    text.width, text.size, field.width
                );
                problems
                    .push(error(message, "make the field wider, reduce `min-size`, or give the text a shorter form"));
            } else if self.extends_beyond_page(field, &text) {
                let message = format!(
                    "{who} extends beyond the page: it is {:.1} mm wide and reaches {:.1} mm above its line, {:.1} mm below it",
                    text.width, text.above, text.below
                );
                problems.push(error(message, "move the field, or reduce its `size`"));
            } else if text.size < field.size {
                shrunk.push((text.city_index, text.id));
            }
        }
        // Each copy of a page has the same entries.
        shrunk.dedup();
        problems.sort_by_key(Diagnostic::sort_key);
        problems.remove_duplicates();
        problems.into_result(shrunk.len())
    }

    /// Returns whether a corner of the text is off the page.
    fn extends_beyond_page(&self, field: &PlacedField<'_>, text: &MeasuredText) -> bool {
        let (sine, cosine) = field.rotate.to_radians().sin_cos();
        let (left, right) = (-text.width * field.anchor, text.width * (1.0 - field.anchor));
        [left, right].into_iter().flat_map(|x| [(x, -text.above), (x, text.below)]).any(|(x, y)| {
            let (x, y) = (field.x + x * cosine - y * sine, field.y + x * sine + y * cosine);
            x < -TOLERANCE
                || y < -TOLERANCE
                || x > self.job.stock.page.0 + TOLERANCE
                || y > self.job.stock.page.1 + TOLERANCE
        })
    }

    /// Makes a Typst error about the image point to `scan` in the stock file.
    fn relocate_scan_error(&self, mut problem: Diagnostic) -> Diagnostic {
        if let (StockOutput::Proof, Some(scan), code::TYPST) = (self.job.output, &self.job.stock.scan, problem.code)
            && problem.places.iter().any(|p| p.file.path.ends_with("stock.typ"))
            && problem.message.contains("image")
        {
            problem.code = code::IMAGE;
            problem.places = vec![self.job.stock.place(&scan.span)];
            problem.help = Some("use PNG, JPEG, SVG, GIF or WebP".to_owned());
        }
        problem
    }

    /// Warns if the scan had to be stretched, so that a proof shows the fields in the wrong positions.
    fn check_scan(&self, document: &PagedDocument) -> Option<Diagnostic> {
        let scan = self.job.stock.scan.as_ref()?;
        let Some((Value::Float(ratio), _)) = query_metadata(document, "scan").into_iter().next() else { return None };
        let page_ratio = self.job.stock.page.0 / self.job.stock.page.1;
        ((ratio / page_ratio - 1.0).abs() > 0.01).then(|| {
            let message =
                format!("the scan is {ratio:.2} times as wide as it is high, and the page {page_ratio:.2} times");
            Diagnostic::warning(code::STOCK_SCAN, message)
                .place(self.job.stock.place(&scan.span))
                .help("crop the image to the edges of the page, or correct `page`")
        })
    }
}

/// The dimensions of a text that Typst has laid out, in millimetres; its font size in points.
struct MeasuredText {
    city_index: usize,
    id: String,
    size: f64,
    width: f64,
    above: f64,
    below: f64,
}

impl MeasuredText {
    fn parse(value: &Value) -> Option<Self> {
        let Value::Dict(dict) = value else { return None };
        let number = |key: &str| number(dict, key);
        Some(Self {
            city_index: number("record").map(|n| n as usize)?,
            id: match dict.get("id") {
                Ok(Value::Str(id)) => id.as_str().to_owned(),
                _ => return None,
            },
            size: number("size")?,
            width: number("width")?,
            above: number("above")?,
            below: number("below")?,
        })
    }
}

fn number(dict: &Dict, key: &str) -> Option<f64> {
    match dict.get(key) {
        Ok(Value::Float(n)) => Some(*n),
        Ok(Value::Int(n)) => Some(*n as f64),
        _ => None,
    }
}

/// Returns a field as a Typst dictionary.
fn to_typst(field: &PlacedField<'_>) -> String {
    let PlacedField { x, y, width, anchor, rotate, size, min_size, weight, tracking, italic, small_caps, .. } = field;
    let font = match field.font.as_slice() {
        [role] if field.is_role => escape::string(role),
        families => format!("({})", families.iter().map(|f| format!("{},", escape::string(f))).collect::<String>()),
    };
    format!(
        "(id: \"{}\", x: {x}, y: {y}, width: {width}, shift: {anchor}, rotate: {rotate}, size: {size}, \
         min-size: {min_size}, font: {font}, weight: {}, tracking: {tracking}, italic: {italic}, small-caps: {small_caps})",
        field.definition.id, *weight as u16,
    )
}
