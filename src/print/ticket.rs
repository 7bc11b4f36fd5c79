//! The job ticket for the print shop, as JSON and as a PDF; and the cover sheet of a file.
//!
//! The JSON is the same in every language; what a person reads is in the language of the job.

use printpdf::{Cmyk, Color, Mm, Op, PdfPage};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::identity::FileIdentity;
use super::inks::PROCESS;
use super::labels::{Labels, code, millimetres, number};
use super::plan::{Duplex, Layout, Rect, SheetFace};
use super::processing_step::{CREASE, CUT, ProcessingStep};
use super::profile::Profile;
use super::sheet::SheetSize;
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
    pub order: Order,
    pub files: Vec<TicketFile>,
}

/// What the customer orders besides the sheets.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The number under which the print shop or the customer knows the job.
    pub job_number: Option<String>,
    pub paper: Option<String>,
    /// Of the paper, in grams per square metre.
    pub weight: Option<u32>,
}

/// The ticket's entry for one file of sheets.
#[derive(Clone, Debug)]
pub struct TicketFile {
    name: String,
    identity: FileIdentity,
    parts: Vec<TicketPart>,
    plates: Vec<String>,
    preflight: Json,
    /// SHA-256 of the file, in hexadecimal.
    sha256: String,
    profile: String,
    /// The name of the printing condition in the registry of the ICC.
    condition: Option<&'static str>,
    bleed: f64,
    has_die_lines: bool,
    max_ink: u32,
    order: Order,
}

/// The ticket's entry for one imposition.
#[derive(Clone, Debug)]
struct TicketPart {
    language: String,
    report: String,
    /// Width and height of the trimmed page, in millimetres.
    page: (f64, f64),
    sheet: SheetSize,
    layout: Layout,
    /// How the sheets are turned, if both sides are printed.
    duplex: Option<Duplex>,
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
    /// Each side: its sheet, and the documents on it.
    sides: Vec<Json>,
}

/// A step of work after printing: the end of its message's identifier, and the plate that it needs.
type FinishingStep = (&'static str, Option<String>);

/// Returns the end of the message identifier of a layout, and its name in the JSON.
fn layout_names(layout: Layout) -> (&'static str, &'static str) {
    match layout {
        Layout::OneUp => ("one-up", "one-up"),
        Layout::NUp => ("n-up", "n-up"),
        Layout::StepRepeat => ("step-repeat", "step and repeat"),
        Layout::CutStack => ("cut-stack", "cut and stack"),
        Layout::Booklet => ("booklet", "booklet, saddle-stitched"),
    }
}

/// Returns the end of the message identifier for the sides that are printed, and their name in the JSON.
fn duplex_names(duplex: Option<Duplex>) -> (&'static str, Option<&'static str>) {
    match duplex {
        None => ("one", None),
        Some(Duplex::Sheetwise) => ("sheetwise", Some("sheetwise, turned about the vertical axis")),
        Some(Duplex::WorkAndTurn) => ("work-and-turn", Some("work and turn")),
        Some(Duplex::WorkAndTumble) => ("work-and-tumble", Some("work and tumble")),
    }
}

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
    /// Describes a file; [`Self::with_plates`] adds the plates.
    pub fn new(
        name: &str,
        job: &PrintJob,
        documents: &[Job],
        groups: &[&ImpositionGroup],
        (identity, sides): (FileIdentity, Vec<Vec<Json>>),
    ) -> Self {
        let part = |(group, sides): (&&ImpositionGroup, Vec<Json>)| {
            let imposition = &group.imposition;
            let duplex = match imposition.sides.first().map(|side| side.face) {
                None | Some(SheetFace::Only) => None,
                Some(_) => Some(job.request.duplex.unwrap_or(Duplex::Sheetwise)),
            };
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
                layout: job.request.layout,
                duplex,
                up: (imposition.columns, imposition.rows),
                gutter: imposition.gutter,
                creep: job.request.creep,
                paper_count: imposition.paper_count(),
                sheet_counts: if is_repeated { fronts().map(|side| side.sheet_count).collect() } else { Vec::new() },
                overs: imposition.overs,
                documents: group.jobs.iter().filter_map(document).collect(),
                sides,
            }
        };
        Self {
            name: name.to_owned(),
            identity,
            parts: groups.iter().zip(sides).map(part).collect(),
            plates: Vec::new(),
            preflight: Json::Null,
            sha256: String::new(),
            profile: job.profile.name.clone(),
            condition: job.profile.condition.map(|condition| condition.registered_name),
            bleed: job.request.bleed,
            has_die_lines: job.has_die_lines,
            max_ink: job.max_ink,
            order: job.order.clone(),
        }
    }

    /// Adds what is checked before plates are made, and the hash of the file.
    #[must_use]
    pub fn with_preflight(self, preflight: Json, pdf: &[u8]) -> Self {
        let sha256 = crate::hash::hex(&Sha256::digest(pdf));
        Self { preflight, sha256, ..self }
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
                "layout": layout_names(part.layout).1, "up": [part.up.0, part.up.1], "duplex": duplex_names(part.duplex).1,
                "gutter-mm": part.gutter, "creep-mm": part.creep, "sheets": part.paper_count, "overs": part.overs,
                "sheets-of-each": part.sheet_counts, "documents": documents, "sides": part.sides,
            })
        };
        let finishing = self.finishing_steps().into_iter().map(|(step, plate)| match plate {
            Some(plate) => json!({ "step": step, "plate": plate }),
            None => json!({ "step": step }),
        });
        json!({
            "file": self.name, "sha256": self.sha256, "preflight": self.preflight, "identity": self.identity.0, "plates": self.plates, "finishing": finishing.collect::<Vec<_>>(),
            "printing-condition": self.profile, "registered-condition": self.condition, "bleed-mm": self.bleed, "max-ink-percent": self.max_ink,
            "parts": self.parts.iter().map(part).collect::<Vec<_>>(),
        })
    }

    /// Returns the work steps after printing that the plates and the layout require.
    fn finishing_steps(&self) -> Vec<FinishingStep> {
        let mut steps = Vec::new();
        for plate in self.plates.iter().filter(|p| !PROCESS.contains(&p.as_str())) {
            let step = match ProcessingStep::of_separation(plate) {
                Some(ProcessingStep::FoilStamping) => "foil",
                Some(ProcessingStep::Varnish) => "varnish",
                Some(ProcessingStep::Embossing) => "embossing",
                _ => "spot-colour",
            };
            steps.push((step, Some(plate.clone())));
        }
        let has = |layout| self.parts.iter().any(|part| part.layout == layout);
        steps.push(if self.has_die_lines { ("cut-contour", Some(CUT.to_owned())) } else { ("cut", None) });
        if has(Layout::CutStack) {
            steps.push(("stack", None));
        }
        if has(Layout::Booklet) {
            if self.has_die_lines {
                steps.push(("crease", Some(CREASE.to_owned())));
            }
            steps.push(("fold-stitch", None));
        }
        steps
    }

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
            row("page", labels.text("page-size", &size.map(|(name, mm)| (name, millimetres(mm))))?)?;
            let (columns, rows) = part.up;
            let up = [("pages", columns * rows), ("columns", columns), ("rows", rows)];
            let up = up.map(|(name, count)| (name, number(count)));
            row("sheet", labels.text("sheet-up", &[&up[..], &[("sheet", code(&part.sheet.description()))]].concat())?)?;
            row("layout", labels.text(&format!("layout-{}", layout_names(part.layout).0), &[])?)?;
            row("sides", labels.text(&format!("sides-{}", duplex_names(part.duplex).0), &[])?)?;
            if columns * rows > 1 {
                row("gutter", labels.text("millimetres", &[("number", millimetres(part.gutter))])?)?;
            }
            row("sheets", part.paper_count.to_string())?;
            if part.sheet_counts.iter().any(|count| *count != 1) {
                let counts: Vec<String> = part.sheet_counts.iter().map(usize::to_string).collect();
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
        let condition = [("condition", code(&self.profile)), ("percent", number(self.max_ink as usize))];
        row("condition", labels.text("condition-ink", &condition)?)?;
        let step = |(step, plate): FinishingStep| {
            let plate: Vec<_> = plate.iter().map(|plate| ("plate", code(plate))).collect();
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
    pub fn json(&self) -> Json {
        json!({
            "job": self.title, "job-number": self.order.job_number, "paper": self.order.paper,
            "weight-gsm": self.order.weight, "date": self.date.to_string(),
            "sheets": self.files.iter().flat_map(|file| &file.parts).map(|part| part.paper_count).sum::<usize>(),
            "files": self.files.iter().map(TicketFile::json).collect::<Vec<_>>(),
        })
    }

    /// Returns the ticket as a PDF.
    pub fn pdf(&self, fonts: &LabelFonts, labels: Labels<'_>, profile: &Profile) -> Result<Vec<u8>, Problems> {
        let mut rows = self.order.rows(labels)?;
        for file in &self.files {
            rows.extend(file.rows(labels)?);
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
            slug_parts: &|_, _, _, _| Ok(Vec::new()),
            has_die_lines: false,
            only_sheets: None,
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
