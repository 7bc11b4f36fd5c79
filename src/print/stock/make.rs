//! The pages of one language: a Typst source of fields at their places, and a look at how they came out.

use std::collections::BTreeMap;
use std::path::Path;

use typst::foundations::{Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::{Content, Problems, Spot, Stock};
use crate::diagnostic::{Diagnostic, code};
use crate::locale::Locale;
use crate::project::{read_beside, reason};
use crate::results::City;
use crate::run::{Builder, catch_panic};
use crate::template::{Rendered, escape};
use crate::typeset::Sheet;

/// What is made of a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The fields alone, for the printer.
    Print,
    /// The fields over the scan of the stock.
    Proof,
    /// Rulers, cross hairs and the fields' boxes.
    Calibration,
}

/// A run over the cities of one language.
pub struct Sheets<'a> {
    pub stock: &'a Stock,
    pub works: &'a Builder,
    pub kind: Kind,
    /// How far the printer is to be moved, in millimetres to the right and down.
    pub offset: (f64, f64),
    /// Copies of each page, one after the other, and of those of some cities.
    pub copies: (usize, BTreeMap<String, usize>),
}

/// A document of a run.
pub struct Made {
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// Texts that were set smaller.
    pub shrunk: usize,
    pub warnings: Problems,
}

/// The name under which Typst finds the scan.
const SCAN: &str = "/stock/scan";
/// A module of the project that sets the fields.
const MODULE: &str = "/reports/shared/stock.typ";
/// Ink that a rounding puts over an edge, in millimetres.
const SLACK: f64 = 0.01;

impl Sheets<'_> {
    /// Lends the scan to Typst.
    pub fn lend_scan(&self, file: &Path) -> Result<(), Diagnostic> {
        if self.kind != Kind::Proof {
            return Ok(());
        }
        let Some(scan) = &self.stock.scan else {
            return Err(Diagnostic::error(code::STOCK, "a proof needs a picture of the stock")
                .place(self.stock.place(&(0..0)))
                .help("name one that shows the whole page, as in `scan: stock.png`"));
        };
        let refused = |message: String, help: &str| {
            Diagnostic::error(code::IMAGE, message).place(self.stock.place(&scan.span)).help(help)
        };
        let bytes = read_beside(file, scan).map_err(|error| {
            refused(
                format!("the picture `{}` cannot be read: {}", scan.value, reason(&error)),
                "the path starts in the folder of the stock's file and stays in it",
            )
        })?;
        self.works.press.lend(SCAN, bytes);
        Ok(())
    }

    /// The document of one language.
    pub fn make(&self, language: &str, cities: &[&City]) -> Result<Made, Problems> {
        let name = format!("stock-{} in `{language}`", self.stock.name);
        catch_panic(&name, || self.pages(language, &name, cities))
            .map_err(|problems| problems.into_iter().map(|p| self.stock.home(p)).collect())
    }

    fn pages(&self, language: &str, name: &str, cities: &[&City]) -> Result<Made, Problems> {
        let works = self.works;
        let Some(locale) = works.locales.iter().find(|l| l.name == language) else {
            return Err(vec![Diagnostic::error(code::NOT_IN_PROJECT, format!("no language `{language}`"))]);
        };
        let spots = self.stock.spots(locale, &works.press.fonts, self.offset)?;
        let rendered = self.render(locale, &spots, cities)?;
        let sheet = Sheet {
            press: &works.press,
            templates: &works.project.templates,
            results: &works.project.results,
            locales: &[locale],
            city: None,
            template: "stock/page",
            name,
        };
        let pages = sheet
            .layout(&rendered)
            .map_err(|problems| problems.into_iter().map(|p| self.of_scan(p)).collect::<Problems>())?;
        let shrunk = self.fitted(locale, &spots, cities, &pages.document)?;
        let pdf = sheet.pdf(&rendered, &pages)?;
        // A text off the page was refused with its measure, and a scan may be coarse.
        let mut warnings: Problems = pages.warnings.iter().filter(|w| w.code == code::TYPST).cloned().collect();
        warnings.extend(self.warped(&pages.document));
        Ok(Made { pdf, pages: pages.document.pages().len(), shrunk, warnings })
    }

    fn render(&self, locale: &Locale, spots: &[Spot<'_>], cities: &[&City]) -> Result<Rendered, Problems> {
        let edition = &self.works.project;
        let templates = &edition.templates;
        let render = |template: &str, city: Option<&City>| {
            templates.render(template, &edition.project, &edition.results, &[locale], city)
        };
        let (width, height) = self.stock.page;
        let mut out = Rendered::default();
        out.push(&format!("#import \"{MODULE}\": calibration, code, field, sheet, specimen\n#let l = "));
        out.append(&render(super::LOCALE, None)?);
        out.push("\n");
        for (index, spot) in spots.iter().enumerate() {
            out.push(&format!("#let f{index} = {}\n", described(spot)));
        }
        let scan = if self.kind == Kind::Proof { format!(", scan: \"{SCAN}\"") } else { String::new() };
        let title = escape::string(&self.stock.name);
        out.push(&format!("#show: sheet.with(l, {title}, {width}, {height}{scan})\n"));
        if self.kind == Kind::Calibration {
            let fields: String = (0..spots.len()).map(|index| format!("f{index}, ")).collect();
            let (dx, dy) = self.offset;
            out.push(&format!("#calibration(l, {width}, {height}, ({dx}, {dy}), ({fields}))\n"));
            return Ok(out);
        }
        let mut problems = Vec::new();
        for (record, city) in cities.iter().enumerate() {
            let mut page = Vec::with_capacity(spots.len());
            for spot in spots {
                match render(&spot.field.template(), Some(*city)) {
                    Ok(text) => page.push(text),
                    Err(found) => problems.extend(found),
                }
            }
            for copy in 0..self.copies.1.get(&city.id).copied().unwrap_or(self.copies.0) {
                if record > 0 || copy > 0 {
                    out.push("#pagebreak()\n");
                }
                for (index, (spot, text)) in spots.iter().zip(&page).enumerate() {
                    match spot.field.content {
                        Content::Text(_) => {
                            out.push(&format!("#field(l, f{index}, {record})["));
                            out.append(text);
                            out.push("]\n");
                        }
                        Content::Code(_) => {
                            out.push(&format!("#code(f{index}, "));
                            out.append(text);
                            out.push(")\n");
                        }
                    }
                }
                if edition.results.specimen {
                    let words = locale.message("specimen", Vec::new()).map_err(|problem| vec![problem])?;
                    out.push(&format!("#specimen(l)[{}]\n", escape::content(&words)));
                }
            }
        }
        // The same mistake of a field shows in each city.
        let mut seen = Vec::new();
        problems.retain(|p: &Diagnostic| {
            let spot = p.sort_key();
            let new = !seen.contains(&spot);
            seen.push(spot);
            new
        });
        if problems.is_empty() { Ok(out) } else { Err(problems) }
    }

    /// Refuses texts that found no room, and counts those that were set smaller.
    fn fitted(
        &self,
        locale: &Locale,
        spots: &[Spot<'_>],
        cities: &[&City],
        document: &PagedDocument,
    ) -> Result<usize, Problems> {
        let mut problems = Problems::new();
        let mut shrunk = Vec::new();
        for set in found(document, "field").iter().filter_map(Set::read) {
            let (Some(spot), Some(city)) = (spots.iter().find(|s| s.field.id == set.id), cities.get(set.record)) else {
                continue;
            };
            let who = format!("`{}` of {} in `{}`", set.id, city.id, locale.name);
            let refused = |message: String, help: &str| {
                Diagnostic::error(code::STOCK_ROOM, message)
                    .place(self.stock.place(&spot.width_span))
                    .place(self.works.project.results.place(&city.name.span).labelled("for this city"))
                    .help(help)
            };
            if set.width > spot.width + SLACK {
                let at = if spot.min_size < spot.size { "at its smallest size" } else { "at its size" };
                problems.push(refused(
                    format!("{who} needs {:.1} mm {at} of {} pt, and has {:.1} mm", set.width, set.size, spot.width),
                    "make the field wider, allow a smaller `min-size`, or give the text a shorter form",
                ));
            } else if self.leaves(spot, &set) {
                let message = format!(
                    "{who} leaves the page: it is {:.1} mm wide and stands {:.1} mm above its line, {:.1} mm below it",
                    set.width, set.above, set.below
                );
                problems.push(refused(message, "move the field, or make its `size` smaller"));
            } else if set.size < spot.size {
                shrunk.push((set.record, set.id));
            }
        }
        // Copies say the same again.
        shrunk.dedup();
        problems.sort_by_key(Diagnostic::sort_key);
        problems.dedup_by_key(|problem| problem.message.clone());
        if problems.is_empty() { Ok(shrunk.len()) } else { Err(problems) }
    }

    /// A corner of the ink is not on the page.
    fn leaves(&self, spot: &Spot<'_>, set: &Set) -> bool {
        let (sine, cosine) = spot.rotate.to_radians().sin_cos();
        let (left, right) = (-set.width * spot.shift, set.width * (1.0 - spot.shift));
        [left, right].into_iter().flat_map(|x| [(x, -set.above), (x, set.below)]).any(|(x, y)| {
            let (x, y) = (spot.x + x * cosine - y * sine, spot.y + x * sine + y * cosine);
            x < -SLACK || y < -SLACK || x > self.stock.page.0 + SLACK || y > self.stock.page.1 + SLACK
        })
    }

    /// A picture that Typst cannot read is the stock's.
    fn of_scan(&self, mut problem: Diagnostic) -> Diagnostic {
        if let (Kind::Proof, Some(scan), code::TYPST) = (self.kind, &self.stock.scan, problem.code)
            && problem.places.iter().any(|p| p.file.path.ends_with("stock.typ"))
            && problem.message.contains("image")
        {
            problem.code = code::IMAGE;
            problem.places = vec![self.stock.place(&scan.span)];
            problem.help = Some("use PNG, JPEG, SVG, GIF or WebP".to_owned());
        }
        problem
    }

    /// A scan that had to be stretched shows the fields in the wrong places.
    fn warped(&self, document: &PagedDocument) -> Option<Diagnostic> {
        let scan = self.stock.scan.as_ref()?;
        let Some(Value::Float(own)) = found(document, "scan").into_iter().next() else { return None };
        let page = self.stock.page.0 / self.stock.page.1;
        ((own / page - 1.0).abs() > 0.01).then(|| {
            let message = format!("the scan is {own:.2} times as wide as it is high, and the page {page:.2} times");
            Diagnostic::warning(code::STOCK_SCAN, message)
                .place(self.stock.place(&scan.span))
                .help("cut the picture at the edges of the page, or correct `page`")
        })
    }
}

/// How a text came out, in millimetres and points.
struct Set {
    record: usize,
    id: String,
    size: f64,
    width: f64,
    above: f64,
    below: f64,
}

impl Set {
    fn read(value: &Value) -> Option<Self> {
        let Value::Dict(dict) = value else { return None };
        let number = |key: &str| number(dict, key);
        Some(Self {
            record: number("record").map(|n| n as usize)?,
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

/// The metadata with a label, in the order of the pages.
fn found(document: &PagedDocument, label: &str) -> Vec<Value> {
    let Some(label) = Label::new(PicoStr::intern(label)) else { return Vec::new() };
    let content = document.introspector().query(&Selector::Label(label));
    content.iter().filter_map(|c| c.to_packed::<MetadataElem>().map(|data| data.value.clone())).collect()
}

/// A field as a Typst dictionary.
fn described(spot: &Spot<'_>) -> String {
    let Spot { x, y, width, shift, rotate, size, min_size, weight, tracking, italic, small_caps, .. } = spot;
    let font = match spot.font.as_slice() {
        [role] if spot.role => escape::string(role),
        families => format!("({})", families.iter().map(|f| format!("{},", escape::string(f))).collect::<String>()),
    };
    format!(
        "(id: \"{}\", x: {x}, y: {y}, width: {width}, shift: {shift}, rotate: {rotate}, size: {size}, \
         min-size: {min_size}, font: {font}, weight: {}, tracking: {tracking}, italic: {italic}, small-caps: {small_caps})",
        spot.field.id, *weight as u16,
    )
}
