//! The ticket and the cover as pages, in the language of the job.

use printpdf::{Cmyk, Color, Mm, Op, PdfPage};

use super::{FinishingStep, Order, Ticket, TicketFile, duplex_name, layout_name};
use crate::diagnostic::{Diagnostic, Problems};
use crate::print::imposition::Rect;
use crate::print::labels::{Labels, decimal, number, verbatim};
use crate::print::profile::Profile;
use crate::print::sheet::SheetSize;
use crate::print::sheet_file::SheetFile;
use crate::print::text_line::{LabelFonts, TextLine, fit_line};
use crate::results::Date;

impl Order {
    /// Returns the rows of the printed ticket for what is ordered.
    fn rows(&self, labels: Labels<'_>) -> Result<Vec<(String, String)>, Diagnostic> {
        let mut rows = Vec::new();
        if let Some(job_number) = &self.job_number {
            rows.push((labels.text("job-number", &[])?, job_number.clone()));
        }
        let weight = self.weight.map(|weight| labels.text("paper-weight", &[("weight", number(weight as usize))]));
        let paper: Vec<String> = self.paper.clone().into_iter().chain(weight.transpose()?).collect();
        if !paper.is_empty() {
            rows.push((labels.text("paper", &[])?, paper.join(", ")));
        }
        Ok(rows)
    }
}

impl TicketFile {
    /// Returns the rows of the printed ticket as pairs of label and value. The value of a heading is empty.
    fn rows(&self, labels: Labels<'_>) -> Result<Vec<(String, String)>, Diagnostic> {
        let mut rows: Vec<(String, String)> = vec![(self.name.clone(), String::new())];
        let mut row = |name: &str, value: String| -> Result<(), Diagnostic> {
            rows.push((format!("  {}", labels.text(name, &[])?), value));
            Ok(())
        };
        for part in &self.parts {
            row("report", format!("{}, {}", labels.report(&part.report)?, part.language))?;
            let (width, height) = part.page;
            let size = [("width", width), ("height", height), ("bleed", self.bleed)];
            row("page", labels.text("page-size", &size.map(|(name, mm)| (name, decimal(mm))))?)?;
            let (columns, rows) = part.up;
            let up = [("pages", columns * rows), ("columns", columns), ("rows", rows)];
            let up = up.map(|(name, count)| (name, number(count)));
            row(
                "sheet",
                labels.text("sheet-up", &[&up[..], &[("sheet", verbatim(&part.sheet.description()))]].concat())?,
            )?;
            row("layout", labels.text(&format!("layout-{}", layout_name(part.layout)), &[])?)?;
            row("sides", labels.text(&format!("sides-{}", part.duplex.map_or("one", duplex_name)), &[])?)?;
            row("colours", part.colour_numbers())?;
            if columns * rows > 1 {
                row("gutter", labels.text("millimetres", &[("number", decimal(part.gutter))])?)?;
            }
            row("sheets", part.print_count.to_string())?;
            if part.print_counts.iter().any(|count| *count != 1) {
                let counts: Vec<String> = part.print_counts.iter().map(usize::to_string).collect();
                row("sheets-of-each", counts.join(", "))?;
            }
            row("documents", part.documents.len().to_string())?;
            row("copies", part.documents.iter().map(|(_, copies)| copies).sum::<usize>().to_string())?;
            if part.overs > 0 {
                row("overs", labels.text("overs-destroy", &[("number", number(part.overs))])?)?;
            }
        }
        if !self.plates.is_empty() {
            row("plates", self.plates.join(", "))?;
        }
        let condition = [("condition", verbatim(&self.profile)), ("percent", number(self.max_ink as usize))];
        row("condition", labels.text("condition-ink", &condition)?)?;
        let step = |(step, plate): FinishingStep| {
            let plate: Vec<_> = plate.iter().map(|plate| ("plate", verbatim(plate))).collect();
            labels.text(&format!("step-{step}"), &plate)
        };
        let steps: Vec<String> = self.finishing_steps().into_iter().map(step).collect::<Result<_, _>>()?;
        row("finishing", steps.join("; "))?;
        Ok(rows)
    }

    /// Returns the pages before the sheets, which list the documents in the file.
    pub fn cover_pages(
        &self,
        title: &str,
        date: Date,
        fonts: &LabelFonts,
        labels: Labels<'_>,
        sheet: &SheetSize,
    ) -> Result<Vec<PdfPage>, Diagnostic> {
        let mut rows = self.order.rows(labels)?;
        rows.extend(self.rows(labels)?);
        for part in &self.parts {
            rows.push((format!("{}, {}", labels.report(&part.report)?, part.language), String::new()));
            rows.extend(part.documents.iter().map(|(name, copies)| (format!("  {name}"), format!("{copies}"))));
        }
        list_pages(title, date, &rows, fonts, sheet)
    }
}

impl Ticket {
    /// Returns the ticket as a PDF.
    pub fn pdf(&self, fonts: &LabelFonts, labels: Labels<'_>, profile: &Profile) -> Result<Vec<u8>, Problems> {
        let mut rows = self.order.rows(labels)?;
        for file in &self.files {
            rows.extend(file.rows(labels)?);
        }
        let preflight_title = labels.text("preflight", &[("job", verbatim(&self.title))])?;
        let mut preflight = Vec::new();
        for file in &self.files {
            preflight.push((file.name.clone(), String::new()));
            preflight.extend(file.preflight.rows(labels)?);
            preflight.push((format!("  {}", labels.text("hash", &[])?), file.sha256.clone()));
        }
        let sheet = SheetSize { name: "A4".to_owned(), width: 210.0, height: 297.0 };
        let file = SheetFile {
            title: &self.title,
            file_name: "ticket.pdf",
            identity: None,
            date: self.date,
            pages: &[],
            impositions: &[],
            fonts,
            profile,
            slug_parts: &|_| Ok(Vec::new()),
            has_die_lines: false,
            only_sheets: None,
            draw_leading_pages: &|_| {
                let mut pages = list_pages(&self.title, self.date, &rows, fonts, &sheet)?;
                pages.extend(list_pages(&preflight_title, self.date, &preflight, fonts, &sheet)?);
                Ok(pages)
            },
        };
        Ok(file.build()?.pdf)
    }
}

/// Returns pages with a list of rows below a title, in columns if the page is wide.
fn list_pages(
    title: &str,
    date: Date,
    rows: &[(String, String)],
    fonts: &LabelFonts,
    sheet: &SheetSize,
) -> Result<Vec<PdfPage>, Diagnostic> {
    let margin = (sheet.width.min(sheet.height) * 0.08).max(5.0);
    let (size, leading) = (9.0, 5.0);
    let room = sheet.width - 2.0 * margin;
    let columns = ((room / 125.0).floor() as usize).max(1);
    let width = room / columns as f64;
    let top = sheet.height - margin - 16.0;
    let lines = (((top - margin) / leading).floor() as usize).max(1);
    // A value that is wider than its column continues in the next rows.
    let mut set_rows: Vec<(TextLine, Option<TextLine>)> = Vec::new();
    let value_room = width * 0.68 - 4.0;
    for (name, value) in rows {
        let mut words: Vec<&str> = value.split(' ').collect();
        let mut is_first = true;
        while is_first || !words.is_empty() {
            let mut count = words.len();
            let set_words = |count: usize| -> Result<Option<TextLine>, Diagnostic> {
                let line = fonts.set_line(&words[..count].join(" "))?;
                Ok((line.width_at(size) <= value_room || count <= 1).then_some(line))
            };
            let mut line = set_words(count)?;
            while line.is_none() {
                count -= 1;
                line = set_words(count)?;
            }
            words.drain(..count);
            let name = if is_first { name.as_str() } else { "" };
            set_rows.push((fonts.set_line(name)?, line));
            is_first = false;
        }
    }
    let mut pages = Vec::new();
    for page in set_rows.chunks(lines * columns) {
        let mut ops = Vec::new();
        ops.push(Op::SetFillColor { col: Color::Cmyk(Cmyk { c: 0.0, m: 0.0, y: 0.0, k: 1.0, icc_profile: None }) });
        let head = fonts.set_line(&format!("{title}  ·  {date}"))?;
        let area = Rect { left: margin, bottom: top + 4.0, right: margin + room, top: top + 14.0 };
        if let Some((size, at)) = fit_line(&head, &area, 14.0, 4.0) {
            head.draw(&mut ops, size, at);
        }
        for (index, (name, value)) in page.iter().enumerate() {
            let x = margin + (index / lines) as f64 * width;
            let y = top - (index % lines) as f64 * leading - 3.0;
            let fit_size = |line: &TextLine, room: f64| size.min(size * room / line.width_at(size).max(0.1));
            name.draw(
                &mut ops,
                fit_size(name, if value.as_ref().is_none_or(|v| v.width == 0.0) { width - 4.0 } else { width * 0.30 }),
                (x, y),
            );
            if let Some(value) = value {
                value.draw(&mut ops, fit_size(value, value_room), (x + width * 0.32, y));
            }
        }
        pages.push(PdfPage::new(Mm(sheet.width as f32), Mm(sheet.height as f32), ops));
    }
    Ok(pages)
}
