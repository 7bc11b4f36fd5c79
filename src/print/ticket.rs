//! The job ticket for the print shop, as JSON and as a PDF; and the cover sheet of a file.

use printpdf::{Cmyk, Color, Mm, Op, PdfPage};
use serde_json::{Value as Json, json};

use super::inks::PROCESS;
use super::plan::{Duplex, Layout, Rect, SheetFace};
use super::profile::Profile;
use super::sheet::{SheetSize, format_mm};
use super::sheet_file::SheetFile;
use super::text_line::{LabelFonts, TextLine, fit_line};
use super::{ImpositionGroup, PrintJob};
use crate::diagnostic::{Diagnostic, Problems};
use crate::results::Date;
use crate::run::Job;

/// The job ticket of a run.
pub struct Ticket {
    pub title: String,
    pub date: Date,
    pub files: Vec<TicketFile>,
}

/// The ticket's entry for one file of sheets.
#[derive(Clone, Debug)]
pub struct TicketFile {
    name: String,
    parts: Vec<TicketPart>,
    plates: Vec<String>,
    profile: String,
    bleed: f64,
    max_ink: u32,
}

/// The ticket's entry for one imposition.
#[derive(Clone, Debug)]
struct TicketPart {
    language: String,
    report: String,
    /// Width and height of the trimmed page, in millimetres.
    page: (f64, f64),
    sheet: SheetSize,
    layout: &'static str,
    duplex: Option<&'static str>,
    /// Columns and rows.
    up: (usize, usize),
    gutter: f64,
    creep: f64,
    /// Number of sheets to print.
    paper_count: usize,
    /// Number of sheets to print of each front, for step and repeat.
    sheet_counts: Vec<usize>,
    /// Pieces beyond the ordered copies.
    overs: usize,
    /// City or report, and copies, of each document.
    documents: Vec<(String, usize)>,
}

fn layout_name(layout: Layout) -> &'static str {
    match layout {
        Layout::OneUp => "one-up",
        Layout::NUp => "n-up",
        Layout::StepRepeat => "step and repeat",
        Layout::CutStack => "cut and stack",
        Layout::Booklet => "booklet, saddle-stitched",
    }
}

impl TicketFile {
    /// Describes a file; [`Self::with_plates`] adds the plates.
    pub fn new(name: &str, job: &PrintJob, documents: &[Job], groups: &[&ImpositionGroup]) -> Self {
        let part = |group: &&ImpositionGroup| {
            let imposition = &group.imposition;
            let duplex =
                imposition.sides.first().map(|side| side.face).and_then(|face| match (face, job.request.duplex) {
                    (SheetFace::Only, _) => None,
                    (SheetFace::Both, Some(Duplex::WorkAndTumble)) => Some("work and tumble"),
                    (SheetFace::Both, _) => Some("work and turn"),
                    _ => Some("sheetwise, turned about the vertical axis"),
                });
            let document = |index: &usize| {
                let document = documents.get(*index)?;
                let name = document.id.city.clone().unwrap_or_else(|| document.id.report.clone());
                Some((name, job.copies_of(document)))
            };
            let fronts = || imposition.sides.iter().filter(|side| side.face != SheetFace::Back);
            let is_repeated = job.request.layout == Layout::StepRepeat;
            TicketPart {
                language: group.languages.to_string(),
                report: group.report.clone(),
                page: group.page,
                sheet: imposition.sheet.clone(),
                layout: layout_name(job.request.layout),
                duplex,
                up: (imposition.columns, imposition.rows),
                gutter: imposition.gutter,
                creep: job.request.creep,
                paper_count: imposition.paper_count(),
                sheet_counts: if is_repeated { fronts().map(|side| side.sheet_count).collect() } else { Vec::new() },
                overs: imposition.overs,
                documents: group.jobs.iter().filter_map(document).collect(),
            }
        };
        Self {
            name: name.to_owned(),
            parts: groups.iter().map(part).collect(),
            plates: Vec::new(),
            profile: job.profile.name.clone(),
            bleed: job.request.bleed,
            max_ink: job.max_ink,
        }
    }

    #[must_use]
    pub fn with_plates(self, plates: Vec<String>) -> Self {
        Self { plates, ..self }
    }

    fn json(&self) -> Json {
        let part = |part: &TicketPart| {
            let documents: Vec<Json> =
                part.documents.iter().map(|(name, copies)| json!({ "name": name, "copies": copies })).collect();
            json!({
                "language": part.language, "report": part.report,
                "page-mm": [round_mm(part.page.0), round_mm(part.page.1)],
                "sheet": part.sheet.name, "sheet-mm": [part.sheet.width, part.sheet.height],
                "layout": part.layout, "up": [part.up.0, part.up.1], "duplex": part.duplex,
                "gutter-mm": part.gutter, "creep-mm": part.creep, "sheets": part.paper_count, "overs": part.overs,
                "sheets-of-each": part.sheet_counts, "documents": documents,
            })
        };
        json!({
            "file": self.name, "plates": self.plates, "finishing": self.finishing_steps(),
            "printing-condition": self.profile, "bleed-mm": self.bleed, "max-ink-percent": self.max_ink,
            "parts": self.parts.iter().map(part).collect::<Vec<_>>(),
        })
    }

    /// Returns the work steps after printing that the plates and the layout require.
    fn finishing_steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        for plate in self.plates.iter().filter(|p| !PROCESS.contains(&p.as_str())) {
            let lower = plate.to_lowercase();
            steps.push(match lower.as_str() {
                p if p.contains("foil") => format!("foil, from the plate {plate}"),
                p if p.contains("varnish") => format!("spot varnish, from the plate {plate}"),
                p if p.contains("emboss") => format!("embossing, from the plate {plate}"),
                _ => format!("spot colour {plate}"),
            });
        }
        let any = |test: &dyn Fn(&TicketPart) -> bool| self.parts.iter().any(test);
        steps.push("cut along the crop marks".to_owned());
        if any(&|part| part.layout == layout_name(Layout::CutStack)) {
            steps
                .push("place the stacks on top of each other, row by row, with the upper left stack on top".to_owned());
        }
        if any(&|part| part.layout == layout_name(Layout::Booklet)) {
            steps.push("fold along the fold marks and saddle-stitch".to_owned());
        }
        steps
    }

    /// Returns the rows of the printed ticket as pairs of label and value. The value of a heading is empty.
    fn rows(&self) -> Vec<(String, String)> {
        let mut rows: Vec<(String, String)> = vec![(self.name.clone(), String::new())];
        let mut row = |name: &str, value: String| rows.push((format!("  {name}"), value));
        for part in &self.parts {
            let (w, h) = part.page;
            row("report", format!("{}, {}", part.report, part.language));
            row("trimmed page", format!("{}×{} mm, bleed {} mm", format_mm(w), format_mm(h), format_mm(self.bleed)));
            row(
                "sheet",
                format!("{}, {} up ({}×{})", part.sheet.description(), part.up.0 * part.up.1, part.up.0, part.up.1),
            );
            row("layout", part.layout.to_owned());
            row("sides", part.duplex.map_or("one side".to_owned(), |d| format!("both sides, {d}")));
            if part.up.0 * part.up.1 > 1 {
                row("gutter", format!("{} mm", format_mm(part.gutter)));
            }
            row("sheets to print", part.paper_count.to_string());
            if part.sheet_counts.iter().any(|count| *count != 1) {
                let counts: Vec<String> = part.sheet_counts.iter().map(usize::to_string).collect();
                row("sheets per page of the file", counts.join(", "));
            }
            let copies: usize = part.documents.iter().map(|(_, copies)| copies).sum();
            row("documents", part.documents.len().to_string());
            row("copies", copies.to_string());
            if part.overs > 0 {
                row("overs", format!("{} (destroy any that are numbered)", part.overs));
            }
        }
        if !self.plates.is_empty() {
            row("plates", self.plates.join(", "));
        }
        row("printing condition", format!("{}, at most {} % of ink", self.profile, self.max_ink));
        row("finishing", self.finishing_steps().join("; "));
        rows
    }

    /// Returns the pages before the sheets, which list the documents in the file.
    pub fn cover_pages(
        &self,
        title: &str,
        date: Date,
        fonts: &LabelFonts,
        sheet: &SheetSize,
    ) -> Result<Vec<PdfPage>, Diagnostic> {
        let mut rows = self.rows();
        for part in &self.parts {
            rows.push((format!("{}, {}", part.report, part.language), String::new()));
            rows.extend(part.documents.iter().map(|(name, copies)| (format!("  {name}"), format!("{copies}"))));
        }
        list_pages(title, date, &rows, fonts, sheet)
    }
}

impl Ticket {
    pub fn json(&self) -> Json {
        json!({
            "job": self.title, "date": self.date.to_string(),
            "sheets": self.files.iter().flat_map(|file| &file.parts).map(|part| part.paper_count).sum::<usize>(),
            "files": self.files.iter().map(TicketFile::json).collect::<Vec<_>>(),
        })
    }

    /// Returns the ticket as a PDF.
    pub fn pdf(&self, fonts: &LabelFonts, profile: &Profile) -> Result<Vec<u8>, Problems> {
        let rows: Vec<(String, String)> = self.files.iter().flat_map(TicketFile::rows).collect();
        let sheet = SheetSize { name: "A4".to_owned(), width: 210.0, height: 297.0 };
        let file = SheetFile {
            title: &self.title,
            file_name: "ticket.pdf",
            date: self.date,
            pages: &[],
            impositions: &[],
            fonts,
            profile,
            slug_parts: &|_, _, _, _| Vec::new(),
            draw_cover: &|_| list_pages(&self.title, self.date, &rows, fonts, &sheet),
        };
        Ok(file.build()?.pdf)
    }
}

/// Rounds to hundredths.
fn round_mm(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
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
