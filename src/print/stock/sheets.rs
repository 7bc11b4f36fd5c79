//! Places the pages of one language on sheets: one page on a sheet of its size, or several with marks.

use std::collections::BTreeSet;

use lopdf::Document;

use super::{CityFacts, StockBuilder, StockOutput};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::locale::Locale;
use crate::print::imposition::{DocumentToImpose, Imposition, ImpositionRequest, Layout, Rect};
use crate::print::labels::SlugText;
use crate::print::sheet::{SheetSize, format_decimal};
use crate::print::sheet_file::{FinishedSheets, SheetFile, SlugRequest};
use crate::print::text_line::LabelFonts;
use crate::print::warnings::find_lost_marks;

impl StockBuilder<'_> {
    /// Returns the offset of the fields on their page. On sheets, pages and marks move together instead.
    pub(super) fn offset_on_page(&self) -> (f64, f64) {
        if self.is_imposed() { (0.0, 0.0) } else { self.job.offset }
    }

    fn is_imposed(&self) -> bool {
        self.job.request.is_some()
    }

    /// Returns the pages of a PDF on sheets, each page as often as `copies` says, and the number of sheets.
    pub(super) fn place_on_sheets(
        &self,
        pdf: &[u8],
        locale: &Locale,
        copies: &[usize],
        cities: &[CityFacts<'_>],
    ) -> Result<(FinishedSheets, usize), Problems> {
        let source = Document::load_mem(pdf).map_err(|error| Diagnostic::error(code::PDF, error.to_string()))?;
        let mut imposition = self.impose(copies)?;
        let lost_marks = find_lost_marks(&imposition);
        if self.is_imposed() {
            self.move_by_offset(&mut imposition)?;
        }
        let (project, typesetter) = (&self.builder.project, &self.builder.typesetter);
        let date = *project.results.edition.published;
        let families = locale.settings.fonts.get("label").into_iter().flatten().map(String::as_str);
        let mut fonts = typesetter.fonts.regular_fonts(families);
        let shop_fonts = typesetter.fonts.regular_fonts(self.labels.shop_fonts());
        fonts.extend(shop_fonts.into_iter().filter(|font| !fonts.contains(font)).collect::<Vec<_>>());
        let fonts = LabelFonts::from_fonts(&fonts)?;
        let slug_parts = |&SlugRequest { side, sheet, total, .. }: &SlugRequest<'_>| {
            let printed: BTreeSet<usize> = side.placed.iter().map(|placed| placed.page_index).collect();
            let names = printed.into_iter().filter_map(|index| cities.get(index)?.city.name.find(&locale.name));
            let text = SlugText {
                heading: self.job.stock.name.clone(),
                job_number: self.job.job_number.as_deref(),
                sheet,
                total,
                face: side.face,
                languages: locale.name.clone(),
                date,
                cities: names.map(|forms| forms.name.clone()).collect(),
            };
            self.labels.labels(&locale.name).slug_parts(text)
        };
        let name = format!("stock-{}", self.job.stock.name);
        let file = SheetFile {
            title: &self.job.stock.name,
            file_name: &name,
            identity: None,
            date,
            pages: &[(&source, source.page_iter().collect())],
            impositions: std::slice::from_ref(&imposition),
            fonts: &fonts,
            profile: &self.job.profile,
            slug_parts: &slug_parts,
            draw_leading_pages: &|_| Ok(Vec::new()),
            has_die_lines: false,
            only_sheets: None,
        };
        let mut sheets = file.build()?;
        sheets.warnings.extend(lost_marks);
        Ok((sheets, imposition.print_count()))
    }

    /// Lays out the pages.
    fn impose(&self, copies: &[usize]) -> Result<Imposition, Diagnostic> {
        let (width, height) = self.job.stock.page;
        let pages = copies.iter().enumerate();
        let documents: Vec<_> =
            pages.map(|(page, copies)| DocumentToImpose { pages: page..page + 1, copies: *copies }).collect();
        let request = match &self.job.request {
            // The calibration page is repeated on every place of the sheet, so that each can be adjusted.
            Some(request) if self.job.output == StockOutput::Calibration => {
                ImpositionRequest { layout: Layout::StepRepeat, ..request.clone() }
            }
            Some(request) => request.clone(),
            None => ImpositionRequest {
                sheet: Some(SheetSize { name: String::new(), width, height }),
                layout: Layout::OneUp,
                up: None,
                duplex: None,
                gutter: None,
                bleed: 0.0,
                creep: 0.0,
                has_marks: false,
                margin: 0.0,
                gripper: 0.0,
                binds_on_right: false,
            },
        };
        Imposition::new(&request, (width, height), &documents)
    }

    /// Moves pages and marks by the offset of the printer.
    fn move_by_offset(&self, imposition: &mut Imposition) -> Result<(), Diagnostic> {
        let (right, down) = self.job.offset;
        imposition.move_by(right, -down);
        let sheet = Rect { left: 0.0, bottom: 0.0, right: imposition.sheet.width, top: imposition.sheet.height };
        if sheet.contains(&imposition.block) {
            return Ok(());
        }
        let (right, down) = (format_decimal(right), format_decimal(down));
        let message = format!("an offset of {right} mm to the right and {down} mm down moves the pages off the sheet");
        Err(Diagnostic::error(code::STOCK, message).help("reduce the offset, or use a larger --sheet"))
    }
}
