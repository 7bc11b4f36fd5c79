//! The job ticket: what a print shop must know, for programs and on one page for people; and a file's cover sheet.

use printpdf::{Cmyk, Color, Mm, Op, PdfPage};
use serde_json::{Value as Json, json};

use super::file::Book;
use super::plan::{Duplex, Face, Layout, Rect};
use super::profile::Profile;
use super::sheet::{Sheet, shown};
use super::text::{self, Faces};
use super::{Order, Section};
use crate::diagnostic::Diagnostic;
use crate::results::Date;
use crate::run::Job;

pub struct Ticket {
    pub title: String,
    pub date: Date,
    pub files: Vec<File>,
}

/// One file of sheets.
#[derive(Clone, Debug)]
pub struct File {
    name: String,
    parts: Vec<Part>,
    plates: Vec<String>,
    profile: String,
    bleed: f64,
    max_ink: u32,
}

/// What one plan lays out.
#[derive(Clone, Debug)]
struct Part {
    language: String,
    report: String,
    page: (f64, f64),
    sheet: Sheet,
    layout: &'static str,
    duplex: Option<&'static str>,
    up: (usize, usize),
    gutter: f64,
    creep: f64,
    /// Sheets of paper, and how many come from each page of the file where that is not one.
    paper: usize,
    runs: Vec<usize>,
    /// Pieces beyond the copies.
    overs: usize,
    /// City or report, copies.
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

impl File {
    pub fn of(name: &str, order: &Order, jobs: &[Job], sections: &[&Section]) -> Self {
        let part = |section: &&Section| {
            let plan = &section.plan;
            let duplex = plan.sides.first().map(|side| side.face).and_then(|face| match (face, order.request.duplex) {
                (Face::Only, _) => None,
                (Face::Both, Some(Duplex::WorkAndTumble)) => Some("work and tumble"),
                (Face::Both, _) => Some("work and turn"),
                _ => Some("sheetwise, turned about the upright axis"),
            });
            let document = |index: &usize| {
                let job = jobs.get(*index)?;
                Some((job.id.city.clone().unwrap_or_else(|| job.id.report.clone()), order.copies_of(job)))
            };
            let fronts = || plan.sides.iter().filter(|side| side.face != Face::Back);
            let repeated = order.request.layout == Layout::StepRepeat;
            Part {
                language: section.languages.to_string(),
                report: section.report.clone(),
                page: section.page,
                sheet: plan.sheet.clone(),
                layout: layout_name(order.request.layout),
                duplex,
                up: (plan.columns, plan.rows),
                gutter: plan.gutter,
                creep: order.request.creep,
                paper: plan.paper(),
                runs: if repeated { fronts().map(|side| side.run).collect() } else { Vec::new() },
                overs: plan.overs,
                documents: section.jobs.iter().filter_map(document).collect(),
            }
        };
        Self {
            name: name.to_owned(),
            parts: sections.iter().map(part).collect(),
            plates: Vec::new(),
            profile: order.profile.name.clone(),
            bleed: order.request.bleed,
            max_ink: order.max_ink,
        }
    }

    #[must_use]
    pub fn with_plates(self, plates: Vec<String>) -> Self {
        Self { plates, ..self }
    }

    fn json(&self) -> Json {
        let part = |part: &Part| {
            let documents: Vec<Json> =
                part.documents.iter().map(|(name, copies)| json!({ "name": name, "copies": copies })).collect();
            json!({
                "language": part.language, "report": part.report,
                "page-mm": [rounded(part.page.0), rounded(part.page.1)],
                "sheet": part.sheet.name, "sheet-mm": [part.sheet.width, part.sheet.height],
                "layout": part.layout, "up": [part.up.0, part.up.1], "duplex": part.duplex,
                "gutter-mm": part.gutter, "creep-mm": part.creep, "sheets": part.paper, "overs": part.overs,
                "sheets-of-each": part.runs, "documents": documents,
            })
        };
        json!({
            "file": self.name, "plates": self.plates, "finishing": self.finishing(),
            "printing-condition": self.profile, "bleed-mm": self.bleed, "max-ink-percent": self.max_ink,
            "parts": self.parts.iter().map(part).collect::<Vec<_>>(),
        })
    }

    /// Work after printing, as far as the plates and the layout tell of it.
    fn finishing(&self) -> Vec<String> {
        let mut steps = Vec::new();
        for plate in self.plates.iter().filter(|p| !["Cyan", "Magenta", "Yellow", "Black"].contains(&p.as_str())) {
            let lower = plate.to_lowercase();
            steps.push(match lower.as_str() {
                p if p.contains("foil") => format!("foil, from the plate {plate}"),
                p if p.contains("varnish") => format!("spot varnish, from the plate {plate}"),
                p if p.contains("emboss") => format!("embossing, from the plate {plate}"),
                _ => format!("spot colour {plate}"),
            });
        }
        let any = |test: &dyn Fn(&Part) -> bool| self.parts.iter().any(test);
        steps.push("cut along the crop marks".to_owned());
        if any(&|part| part.layout == layout_name(Layout::CutStack)) {
            steps.push("lay the stacks on each other, row by row from the upper left one".to_owned());
        }
        if any(&|part| part.layout == layout_name(Layout::Booklet)) {
            steps.push("fold along the fold marks, stitch in the saddle".to_owned());
        }
        steps
    }

    /// What people read: a heading or a row, the row with what stands at its right.
    fn rows(&self) -> Vec<(String, String)> {
        let mut rows: Vec<(String, String)> = vec![(self.name.clone(), String::new())];
        let mut row = |name: &str, value: String| rows.push((format!("  {name}"), value));
        for part in &self.parts {
            let (w, h) = part.page;
            row("report", format!("{}, {}", part.report, part.language));
            row("trimmed page", format!("{}×{} mm, bleed {} mm", shown(w), shown(h), shown(self.bleed)));
            row(
                "sheet",
                format!("{}, {} up ({}×{})", part.sheet.described(), part.up.0 * part.up.1, part.up.0, part.up.1),
            );
            row("layout", part.layout.to_owned());
            row("sides", part.duplex.map_or("one side".to_owned(), |d| format!("both sides, {d}")));
            if part.up.0 * part.up.1 > 1 {
                row("gutter", format!("{} mm", shown(part.gutter)));
            }
            row("sheets of paper", part.paper.to_string());
            if part.runs.iter().any(|run| *run != 1) {
                let runs: Vec<String> = part.runs.iter().map(usize::to_string).collect();
                row("of each page of the file", runs.join(", "));
            }
            let copies: usize = part.documents.iter().map(|(_, copies)| copies).sum();
            row("documents", part.documents.len().to_string());
            row("copies", copies.to_string());
            if part.overs > 0 {
                row("overs", format!("{}, to be destroyed where they are numbered", part.overs));
            }
        }
        if !self.plates.is_empty() {
            row("plates", self.plates.join(", "));
        }
        row("printing condition", format!("{}, at most {} % of ink", self.profile, self.max_ink));
        row("finishing", self.finishing().join("; "));
        rows
    }

    /// Pages in front of the sheets: what the file holds.
    pub fn cover(
        &self,
        title: &str,
        date: Date,
        faces: &Faces,
        sheet: &Sheet,
    ) -> Result<Vec<PdfPage>, Vec<Diagnostic>> {
        let mut rows = self.rows();
        for part in &self.parts {
            rows.push((format!("{}, {}", part.report, part.language), String::new()));
            rows.extend(part.documents.iter().map(|(name, copies)| (format!("  {name}"), format!("{copies}"))));
        }
        pages(title, date, &rows, faces, sheet).map_err(|problem| vec![problem])
    }
}

impl Ticket {
    pub fn json(&self) -> Json {
        json!({
            "job": self.title, "date": self.date.to_string(),
            "sheets": self.files.iter().flat_map(|file| &file.parts).map(|part| part.paper).sum::<usize>(),
            "files": self.files.iter().map(File::json).collect::<Vec<_>>(),
        })
    }

    /// The ticket on paper.
    pub fn pdf(&self, faces: &Faces, profile: &Profile) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let rows: Vec<(String, String)> = self.files.iter().flat_map(File::rows).collect();
        let sheet = Sheet { name: "A4".to_owned(), width: 210.0, height: 297.0 };
        let cover = pages(&self.title, self.date, &rows, faces, &sheet).map_err(|problem| vec![problem])?;
        let (art, plans, slug) = (&[], &[], &|_: usize, _: &super::Side, _, _| Vec::new());
        let book =
            Book { title: &self.title, name: "ticket.pdf", date: self.date, art, plans, faces, profile, slug, cover };
        Ok(book.bind()?.pdf)
    }
}

fn rounded(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
}

/// A list under a title, on as many pages as it takes, in columns where the page is wide.
fn pages(
    title: &str,
    date: Date,
    rows: &[(String, String)],
    faces: &Faces,
    sheet: &Sheet,
) -> Result<Vec<PdfPage>, Diagnostic> {
    let margin = (sheet.width.min(sheet.height) * 0.08).max(5.0);
    let (size, leading) = (9.0, 5.0);
    let room = sheet.width - 2.0 * margin;
    let columns = ((room / 125.0).floor() as usize).max(1);
    let width = room / columns as f64;
    let top = sheet.height - margin - 16.0;
    let lines = (((top - margin) / leading).floor() as usize).max(1);
    // A value longer than its column goes on in the next rows.
    let mut set: Vec<(text::Line, Option<text::Line>)> = Vec::new();
    let value_room = width * 0.68 - 4.0;
    for (name, value) in rows {
        let mut rest: Vec<&str> = value.split(' ').collect();
        let mut first = true;
        while first || !rest.is_empty() {
            let mut take = rest.len();
            let fits = |take: usize| -> Result<Option<text::Line>, Diagnostic> {
                let line = faces.set(&rest[..take].join(" "))?;
                Ok((line.width_at(size) <= value_room || take <= 1).then_some(line))
            };
            let mut line = fits(take)?;
            while line.is_none() {
                take -= 1;
                line = fits(take)?;
            }
            rest.drain(..take);
            let name = if first { name.as_str() } else { "" };
            set.push((faces.set(name)?, line));
            first = false;
        }
    }
    let mut pages = Vec::new();
    for page in set.chunks(lines * columns) {
        let mut ops = Vec::new();
        ops.push(Op::SetFillColor { col: Color::Cmyk(Cmyk { c: 0.0, m: 0.0, y: 0.0, k: 1.0, icc_profile: None }) });
        let head = faces.set(&format!("{title}  ·  {date}"))?;
        let area = Rect { left: margin, bottom: top + 4.0, right: margin + room, top: top + 14.0 };
        if let Some((size, at)) = text::fitted(&head, &area, 14.0, 4.0) {
            head.write(&mut ops, size, at);
        }
        for (index, (name, value)) in page.iter().enumerate() {
            let x = margin + (index / lines) as f64 * width;
            let y = top - (index % lines) as f64 * leading - 3.0;
            let fit = |line: &text::Line, room: f64| size.min(size * room / line.width_at(size).max(0.1));
            name.write(
                &mut ops,
                fit(name, if value.as_ref().is_none_or(|v| v.width == 0.0) { width - 4.0 } else { width * 0.30 }),
                (x, y),
            );
            if let Some(value) = value {
                value.write(&mut ops, fit(value, value_room), (x + width * 0.32, y));
            }
        }
        pages.push(PdfPage::new(Mm(sheet.width as f32), Mm(sheet.height as f32), ops));
    }
    Ok(pages)
}
