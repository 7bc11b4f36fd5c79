//! The job ticket for the print shop, as JSON and as a PDF; and the cover sheet of a file.
//!
//! The JSON is the same in every language; what a person reads is in the language of the job.

use serde_json::{Value as Json, json};

mod pages;
mod xjdf;

use super::identity::FileIdentity;
use super::imposition::{Duplex, Layout, Rect, SheetFace};
use super::inks::PROCESS;
use super::preflight::Preflight;
use super::processing_step::{CREASE, CUT, ProcessingStep};
use super::sheet::{SheetSize, round_to_hundredths};
use super::{ImpositionGroup, PrintJob};
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
    preflight: Preflight,
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
    /// The pages on the first front, trimmed, and whether they are upside down.
    placed: Vec<(Rect, bool)>,
    /// The pieces that are cut out of it.
    pieces: Vec<Rect>,
    /// Numbers of inks on fronts and backs.
    colours: (usize, usize),
    gutter: f64,
    creep: f64,
    /// Number of sheets to print.
    print_count: usize,
    /// Number of sheets to print of each front, for step and repeat.
    print_counts: Vec<usize>,
    /// Pieces beyond the ordered copies.
    overs: usize,
    /// City or report, and copies, of each document.
    documents: Vec<(String, usize)>,
    /// Each side: its sheet, and the documents on it.
    sides: Vec<Json>,
}

/// A step of work after printing: the end of its message's identifier, and the plate that it needs.
type FinishingStep = (&'static str, Option<String>);

/// Returns the word of `--layout`, which is also the name in the JSON and the end of the message identifier.
fn layout_name(layout: Layout) -> &'static str {
    match layout {
        Layout::OneUp => "one-up",
        Layout::NUp => "n-up",
        Layout::StepRepeat => "step-repeat",
        Layout::CutStack => "cut-stack",
        Layout::Booklet => "booklet",
    }
}

/// Returns the word of `--duplex`, which is also the name in the JSON and the end of the message identifier.
fn duplex_name(duplex: Duplex) -> &'static str {
    match duplex {
        Duplex::Sheetwise => "sheetwise",
        Duplex::WorkAndTurn => "work-and-turn",
        Duplex::WorkAndTumble => "work-and-tumble",
    }
}

impl TicketPart {
    /// Returns the numbers of inks on fronts and backs as print shops write them, for example `4/0`.
    fn colour_numbers(&self) -> String {
        format!("{}/{}", self.colours.0, self.colours.1)
    }
}

impl TicketFile {
    /// Describes a file; [`Self::with_plates`] adds the plates.
    pub fn new(
        name: &str,
        print_job: &PrintJob,
        documents: &[Job],
        groups: &[&ImpositionGroup],
        (identity, sides): (FileIdentity, Vec<Vec<Json>>),
    ) -> Self {
        let part = |(group, sides): (&&ImpositionGroup, Vec<Json>)| {
            let imposition = &group.imposition;
            let duplex = match imposition.sides.first().map(|side| side.face) {
                None | Some(SheetFace::Only) => None,
                Some(_) => Some(print_job.request.duplex.unwrap_or(Duplex::Sheetwise)),
            };
            let document = |index: &usize| {
                let document = documents.get(*index)?;
                let name = document.id.city.clone().unwrap_or_else(|| document.id.report.clone());
                Some((name, print_job.copies_of(document)))
            };
            let first = imposition.sides.first();
            let fronts = || imposition.sides.iter().filter(|side| side.face != SheetFace::Back);
            let is_repeated = print_job.request.layout == Layout::StepRepeat;
            TicketPart {
                language: group.languages.to_string(),
                report: group.report.clone(),
                page: group.page,
                sheet: imposition.sheet.clone(),
                layout: print_job.request.layout,
                duplex,
                up: (imposition.columns, imposition.rows),
                placed: first
                    .iter()
                    .flat_map(|side| &side.placed)
                    .map(|page| (page.trim, page.is_upside_down))
                    .collect(),
                pieces: first.map(|side| imposition.pieces(side)).unwrap_or_default(),
                colours: (0, 0),
                gutter: imposition.gutter,
                creep: print_job.request.creep,
                print_count: imposition.print_count(),
                print_counts: if is_repeated { fronts().map(|side| side.print_count).collect() } else { Vec::new() },
                overs: imposition.overs,
                documents: group.documents.iter().filter_map(document).collect(),
                sides,
            }
        };
        Self {
            name: name.to_owned(),
            identity,
            parts: groups.iter().zip(sides).map(part).collect(),
            plates: Vec::new(),
            preflight: Preflight::default(),
            sha256: String::new(),
            profile: print_job.profile.name.clone(),
            condition: print_job.profile.condition.map(|condition| condition.registered_name),
            bleed: print_job.request.bleed,
            has_die_lines: print_job.has_die_lines,
            max_ink: print_job.max_ink,
            order: print_job.order.clone(),
        }
    }

    /// Adds what is checked before plates are made, and the hash of the file.
    #[must_use]
    pub fn with_preflight(self, preflight: Preflight, sha256: &str) -> Self {
        Self { preflight, sha256: sha256.to_owned(), ..self }
    }

    /// Adds the numbers of inks on the fronts and on the backs of each part.
    #[must_use]
    pub fn with_colours(mut self, colours: &[(usize, usize)]) -> Self {
        self.parts.iter_mut().zip(colours).for_each(|(part, colours)| part.colours = *colours);
        self
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
                "page-mm": [round_to_hundredths(part.page.0), round_to_hundredths(part.page.1)],
                "sheet": part.sheet.name, "sheet-mm": [part.sheet.width, part.sheet.height],
                "layout": layout_name(part.layout), "up": [part.up.0, part.up.1], "duplex": part.duplex.map(duplex_name), "colours": part.colour_numbers(),
                "gutter-mm": part.gutter, "creep-mm": part.creep, "sheets": part.print_count, "overs": part.overs,
                "sheets-of-each": part.print_counts, "documents": documents, "sides": part.sides,
            })
        };
        let finishing = self.finishing_steps().into_iter().map(|(step, plate)| match plate {
            Some(plate) => json!({ "step": step, "plate": plate }),
            None => json!({ "step": step }),
        });
        json!({
            "file": self.name, "sha256": self.sha256, "preflight": self.preflight.json(), "identity": self.identity.0, "plates": self.plates, "finishing": finishing.collect::<Vec<_>>(),
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
}

impl Ticket {
    pub fn json(&self) -> Json {
        json!({
            "job": self.title, "job-number": self.order.job_number, "paper": self.order.paper,
            "weight-gsm": self.order.weight, "date": self.date.to_string(),
            "sheets": self.files.iter().flat_map(|file| &file.parts).map(|part| part.print_count).sum::<usize>(),
            "files": self.files.iter().map(TicketFile::json).collect::<Vec<_>>(),
        })
    }
}
