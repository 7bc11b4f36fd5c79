//! Explains why no sheet holds the pages, and which options would.

use super::super::sheet::{SheetSize, format_decimal};
use super::ImpositionRequest;
use super::grid::Grid;
use crate::diagnostic::{Diagnostic, code};

/// Returns the error for pages of this size, with this number of columns and rows.
pub(super) fn explain_misfit(
    request: &ImpositionRequest,
    page_size: (f64, f64),
    (columns, rows): (usize, usize),
) -> Diagnostic {
    let (up, piece_size) = (Some((columns, rows)), request.piece_size(page_size));
    let fit = |sheet: &SheetSize, up, request: &ImpositionRequest| Grid::fit(sheet, up, request, page_size);
    let without_margin = ImpositionRequest { margin: 0.0, ..request.clone() };
    let needed = if request.has_marks { request } else { &without_margin };
    let span = |count: usize, side: f64, edges: f64| {
        count as f64 * side + (count - 1) as f64 * request.gutter() + 2.0 * request.reach() + edges
    };
    // The printable part of a sheet of size 0 has negative sides: the sums of the margins.
    let printable = needed.printable(&SheetSize { name: String::new(), width: 0.0, height: 0.0 });
    let width = span(columns, piece_size.0, -printable.width());
    let height = span(rows, piece_size.1, -printable.height());
    let with = match (request.bleed > 0.0, request.has_marks) {
        (true, true) => " with bleed, marks and margins",
        (true, false) => " with bleed",
        (false, true) => " with marks and margins",
        (false, false) => "",
    };
    let what = if columns * rows == 1 { "a page".to_owned() } else { format!("{columns}x{rows} pages") };
    let sheet = match &request.sheet {
        Some(sheet) => sheet.description(),
        None => "SRA3, the largest default sheet".to_owned(),
    };
    let verb = if columns * rows == 1 { "needs" } else { "need" };
    let message = format!(
        "{what} of {}×{} mm{with} {verb} {}×{} mm and cannot fit on {sheet}",
        format_decimal(piece_size.0),
        format_decimal(piece_size.1),
        format_decimal(width),
        format_decimal(height)
    );
    let mut solutions: Vec<String> = Vec::new();
    if let Some(sheet) = &request.sheet {
        let turned = sheet.rotated();
        if fit(&turned, up, needed).is_some() {
            let (width, height) = (format_decimal(turned.width), format_decimal(turned.height));
            solutions.push(format!("the turned sheet fits (--sheet {width}x{height})"));
        }
        if let Some(max) = fit(sheet, None, needed).filter(|max| max.columns * max.rows < columns * rows) {
            solutions.push(format!("--up {}x{} fits this sheet", max.columns, max.rows));
        }
        let without_gutter = ImpositionRequest { gutter: Some(0.0), ..needed.clone() };
        if request.gutter() > 0.0 && fit(sheet, up, &without_gutter).is_some() {
            solutions.push("a smaller --gutter fits".to_owned());
        }
        let without_marks = ImpositionRequest { has_marks: false, ..without_margin.clone() };
        let without_bleed =
            ImpositionRequest { bleed: 0.0, gutter: request.gutter.or(Some(0.0)), ..without_marks.clone() };
        if request.has_marks && fit(sheet, up, &without_marks).is_some() {
            solutions.push("it fits with --no-marks".to_owned());
        } else if fit(sheet, up, &without_bleed).is_some() {
            solutions.push("it fits with --no-marks --bleed 0".to_owned());
        }
    }
    solutions.push(match SheetSize::named().find(|sheet| fit(sheet, up, needed).is_some()) {
        Some(sheet) => format!("--sheet {} is large enough", sheet.name),
        None => format!("--sheet {}x{} is large enough", width.ceil(), height.ceil()),
    });
    Diagnostic::error(code::IMPOSITION, message).help(solutions.join("; "))
}
