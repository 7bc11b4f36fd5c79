//! The printing press: pages of the press variant on sheets, as PDF/X-4 files, with a ticket for the print shop.
//!
//! [`plan`] says where each page comes, [`marks`] what stands around it, [`graft`] brings the pages over, [`file`] puts
//! it all together.

pub mod colour;
pub mod draw;
pub mod file;
pub mod folio;
pub mod graft;
pub mod marks;
pub mod plan;
pub mod profile;
pub mod scan;
pub mod sheet;
pub mod stock;
pub mod text;
pub mod ticket;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::ObjectId;
use printpdf::PdfPage;

use crate::diagnostic::{Diagnostic, code};
use crate::document::Languages;
use crate::run::{Builder, Concurrency, Job};
use file::{Book, Bound};
use folio::{Folios, folios};
use graft::Boxes;
use plan::{Face, Item, Plan, Request, Side};
use profile::Profile;
use std::sync::atomic::AtomicBool;
use text::{Faces, POINT};

/// What makes a file of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Group {
    /// All sheets of a language
    #[default]
    Language,
    /// All sheets of a size
    Sheet,
}

/// A run, as it is asked for.
pub struct Order {
    pub request: Request,
    pub group: Group,
    /// Copies of each document, and of those of some cities.
    pub copies: usize,
    pub city_copies: BTreeMap<String, usize>,
    /// Finishes with a plate of their own.
    pub finishes: Vec<String>,
    pub profile: Profile,
    /// Percent.
    pub max_ink: u32,
    pub cover: bool,
}

impl Order {
    /// Copies of a document: those of its city, or of all.
    pub fn copies_of(&self, job: &Job) -> usize {
        job.id.city.as_ref().and_then(|city| self.city_copies.get(city)).copied().unwrap_or(self.copies)
    }
}

/// A file that was made.
pub struct Printed {
    /// Below the folder of the run.
    pub key: String,
    pub bytes: Vec<u8>,
    /// Sheets of paper, and pages of the file; none in a ticket.
    pub sheets: usize,
    pub sides: usize,
}

/// Documents of one language and report whose pages have the same size: what one plan lays out.
#[derive(Debug)]
pub struct Section {
    pub languages: Languages,
    pub report: String,
    /// Trimmed pages, in millimetres.
    pub page: (f64, f64),
    /// Indices of the jobs.
    pub jobs: Vec<usize>,
    pub plan: Plan,
}

/// More sides than any file should have.
const MOST_SIDES: usize = 20_000;

/// Lays documents on sheets. Nothing is written: the files are whole, or there are none. `Ok(None)`: stopped.
pub fn run(
    works: &Builder,
    jobs: &[Job],
    order: &Order,
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    done: impl FnMut(),
) -> Result<Option<(Vec<Printed>, Vec<Diagnostic>)>, Vec<Diagnostic>> {
    let Some(folios) = folios(works, jobs, concurrency, interrupt, done)? else { return Ok(None) };
    let sections = sections(works, jobs, order, &folios)?;
    let fonts: Vec<(Vec<u8>, usize)> =
        folios.faces.iter().map(|font| (font.data().to_vec(), font.index() as usize)).collect();
    let faces = Faces::read(&fonts).map_err(|problem| vec![problem])?;
    let mut warnings = folios.warnings.clone();
    let mut files: Vec<(String, Vec<&Section>)> = Vec::new();
    for section in &sections {
        let key = match order.group {
            Group::Language => section.languages.to_string(),
            Group::Sheet => section.plan.sheet.name.to_lowercase().replace(['×', ' '], "x").replace("xmm", ""),
        };
        match files.iter_mut().find(|(other, _)| *other == key) {
            Some((_, sections)) => sections.push(section),
            None => files.push((key, vec![section])),
        }
    }
    let mut reports: Vec<&str> = sections.iter().map(|section| section.report.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    let (mut printed, mut tickets, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut spots: BTreeSet<String> = BTreeSet::new();
    for (key, sections) in &files {
        let run = Run { works, jobs, order, folios: &folios, faces: &faces };
        let name = match reports[..] {
            [report] => format!("{}-{key}.pdf", report.replace('/', "-")),
            _ => format!("{key}.pdf"),
        };
        match run.file(&name, sections) {
            Ok((bound, ticket)) => {
                let found = bound.inks.problems(order.max_ink, |page| run.document(sections, page));
                let (errors, told): (Vec<_>, Vec<_>) =
                    found.into_iter().partition(|p| p.severity == crate::diagnostic::Severity::Error);
                problems.extend(errors);
                warnings.extend(told);
                warnings.extend(bound.warnings);
                spots.extend(bound.inks.spots.into_keys());
                let sheets = sections.iter().map(|section| section.plan.paper()).sum();
                printed.push(Printed { key: name, bytes: bound.pdf, sheets, sides: bound.sides });
                tickets.push(ticket);
            }
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    for finish in order.finishes.iter().filter(|finish| !spots.iter().any(|spot| spot.eq_ignore_ascii_case(finish))) {
        let known: Vec<String> = spots.iter().map(|spot| spot.to_lowercase()).collect();
        let problem = Diagnostic::warning(code::FINISH, format!("no page of the run has a plate for `{finish}`"))
            .help("the style modules name them: see `plates` in reports/shared/colour.typ");
        warnings.push(problem.suggest(finish, known.iter().map(String::as_str)));
    }
    let ticket = ticket::Ticket { title: title(works, &sections), date: published(works), files: tickets };
    let paper = ticket.pdf(&faces, &order.profile)?;
    printed.push(Printed { key: "ticket.pdf".to_owned(), bytes: paper, sheets: 0, sides: 0 });
    let json = format!("{:#}\n", ticket.json()).into_bytes();
    printed.push(Printed { key: "ticket.json".to_owned(), bytes: json, sheets: 0, sides: 0 });
    Ok(Some((printed, warnings)))
}

fn published(works: &Builder) -> crate::results::Date {
    *works.project.results.edition.published
}

/// The name of the programme in the first language of the run.
fn title(works: &Builder, sections: &[Section]) -> String {
    sections.first().map(|section| programme(works, &section.languages)).unwrap_or_default()
}

fn programme(works: &Builder, languages: &Languages) -> String {
    let programme = &works.project.results.programme;
    let first = languages.first();
    let found = programme.short.find(first).or_else(|| programme.name.find(first));
    found.map(|forms| forms.name.clone()).unwrap_or_default()
}

/// Documents by language, report and size of their pages, each group with its plan.
fn sections(works: &Builder, jobs: &[Job], order: &Order, folios: &Folios) -> Result<Vec<Section>, Vec<Diagnostic>> {
    let mut groups: Vec<(&Job, (f64, f64), Vec<usize>)> = Vec::new();
    let mut problems = Vec::new();
    let pages: Vec<Vec<ObjectId>> = folios.documents.iter().map(|document| document.page_iter().collect()).collect();
    for (index, (job, leaves)) in jobs.iter().zip(&folios.leaves).enumerate() {
        let (Some(document), Some(ids)) = (folios.documents.get(leaves.folio), pages.get(leaves.folio)) else {
            continue;
        };
        let ids = ids.get(leaves.pages.clone()).unwrap_or_default();
        let boxes: Vec<Boxes> = ids.iter().filter_map(|page| Boxes::of(document, *page).ok()).collect();
        let Some(first) = boxes.first() else { continue };
        let size = (first.size().0 * POINT, first.size().1 * POINT);
        let same = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 0.05 && (a.1 - b.1).abs() < 0.05;
        if boxes.iter().any(|b| !same((b.size().0 * POINT, b.size().1 * POINT), size)) {
            let message = format!("the pages of {} differ in size", job.id);
            problems.push(
                Diagnostic::error(code::PLAN, message).help("sheets are laid from pages of one size: see its style"),
            );
            continue;
        }
        let bleed = boxes.iter().map(|b| b.bleed() * POINT).fold(f64::INFINITY, f64::min);
        if bleed < order.request.bleed - 0.05 {
            let (has, asked) = (sheet::shown(bleed), sheet::shown(order.request.bleed));
            problems.push(
                Diagnostic::error(code::BLEED, format!("{} has {has} mm of bleed, not {asked} mm", job.id))
                    .help("let its style module set page(bleed: bleed), or print with --bleed 0"),
            );
            continue;
        }
        let group = groups.iter_mut().find(|(other, page, _)| {
            other.id.languages == job.id.languages && other.id.report == job.id.report && same(*page, size)
        });
        match group {
            Some((_, _, members)) => members.push(index),
            None => groups.push((job, size, vec![index])),
        }
    }
    let mut sections = Vec::new();
    for (job, page, members) in groups {
        let mut next = 0;
        let mut items = Vec::new();
        for index in &members {
            let count = folios.leaves.get(*index).map_or(0, |leaves| leaves.pages.len());
            let copies = jobs.get(*index).map_or(order.copies, |job| order.copies_of(job));
            items.push(Item { pages: next..next + count, copies });
            next += count;
        }
        let first = job.id.languages.first();
        let from_right = works.locales.iter().any(|l| l.name == first && l.settings.direction == "rtl");
        match Plan::lay(&Request { from_right, ..order.request.clone() }, page, &items) {
            Ok(plan) if plan.sides.len() > MOST_SIDES => problems.push(
                Diagnostic::error(code::PLAN, format!("the run has {} sides of sheets", plan.sides.len()))
                    .help("print fewer --copies or cities at a time; --layout step-repeat writes each sheet once"),
            ),
            Ok(plan) => {
                let (languages, report) = (job.id.languages.clone(), job.id.report.clone());
                sections.push(Section { languages, report, page, jobs: members, plan });
            }
            Err(problem) if problems.iter().any(|p| p.message == problem.message) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(sections) } else { Err(problems) }
}

/// What all files of a run are made of.
struct Run<'a> {
    works: &'a Builder,
    jobs: &'a [Job],
    order: &'a Order,
    folios: &'a Folios,
    faces: &'a Faces,
}

impl Run<'_> {
    fn file(&self, name: &str, sections: &[&Section]) -> Result<(Bound, ticket::File), Vec<Diagnostic>> {
        let mut plans: Vec<Plan> = Vec::new();
        let mut art: Vec<(usize, Vec<ObjectId>)> = Vec::new();
        let mut first = 0;
        for section in sections {
            let mut plan = section.plan.clone();
            plan.sides.iter_mut().flat_map(|side| &mut side.placed).for_each(|placed| placed.page += first);
            plans.push(plan);
            for leaves in section.jobs.iter().filter_map(|index| self.folios.leaves.get(*index)) {
                let Some(document) = self.folios.documents.get(leaves.folio) else { continue };
                let ids = document.page_iter().skip(leaves.pages.start).take(leaves.pages.len());
                match art.last_mut().filter(|(folio, _)| *folio == leaves.folio) {
                    Some((_, pages)) => pages.extend(ids),
                    None => art.push((leaves.folio, ids.collect())),
                }
                first += leaves.pages.len();
            }
        }
        let art: Vec<_> =
            art.into_iter().filter_map(|(folio, pages)| Some((self.folios.documents.get(folio)?, pages))).collect();
        let slug = |number: usize, side: &Side, sheet: usize, of: usize| {
            sections.get(number).map(|section| self.slug(section, sections, side, sheet, of)).unwrap_or_default()
        };
        let title = sections.first().map(|section| programme(self.works, &section.languages)).unwrap_or_default();
        let ticket = ticket::File::of(name, self.order, self.jobs, sections);
        let mut cover = match sections.first().filter(|_| self.order.cover) {
            Some(section) => ticket.cover(&title, published(self.works), self.faces, &section.plan.sheet)?,
            None => Vec::new(),
        };
        // Fronts lie on odd pages, where the file is printed on both sides.
        let backs = sections.iter().any(|section| section.plan.sides.iter().any(|side| side.face == Face::Back));
        if let (true, Some(last)) = (backs && cover.len() % 2 == 1, cover.last()) {
            cover.push(PdfPage { ops: Vec::new(), ..last.clone() });
        }
        let book = Book {
            title: &format!("{title}: {name}"),
            name,
            date: published(self.works),
            art: &art,
            plans: &plans,
            faces: self.faces,
            profile: &self.order.profile,
            slug: &slug,
            cover,
        };
        let bound = book.bind()?;
        let ticket = ticket.with_plates(bound.inks.plates());
        Ok((bound, ticket))
    }

    /// The document that a page of a file belongs to.
    fn document(&self, sections: &[&Section], page: usize) -> String {
        let mut first = 0;
        for index in sections.iter().flat_map(|section| &section.jobs) {
            first += self.folios.leaves.get(*index).map_or(0, |leaves| leaves.pages.len());
            if page < first {
                return self.jobs.get(*index).map(|job| job.id.to_string()).unwrap_or_default();
            }
        }
        String::new()
    }

    /// Job, sheet, language, date of the edition, and what lies on the sheet.
    fn slug(&self, section: &Section, all: &[&Section], side: &Side, sheet: usize, of: usize) -> Vec<String> {
        let face = match side.face {
            Face::Only => "",
            Face::Front => ", front",
            Face::Back => ", back",
            Face::Both => ", both sides",
        };
        let mut names: Vec<String> = Vec::new();
        for placed in &side.placed {
            let document = self.job(all, placed.page).map(|job| self.city(job)).unwrap_or_default();
            if !document.is_empty() && !names.contains(&document) {
                names.push(document);
            }
        }
        let title = programme(self.works, &section.languages);
        let mut parts = vec![
            format!("{title}, {}", section.report),
            format!("sheet {sheet} of {of}{face}"),
            section.languages.to_string(),
            published(self.works).to_string(),
        ];
        if !names.is_empty() {
            parts.push(names.join(", "));
        }
        parts
    }

    fn job(&self, sections: &[&Section], page: usize) -> Option<&Job> {
        let mut first = 0;
        sections.iter().flat_map(|section| &section.jobs).find_map(|index| {
            first += self.folios.leaves.get(*index)?.pages.len();
            (page < first).then(|| self.jobs.get(*index)).flatten()
        })
    }

    /// The city's name in the language of the document.
    fn city(&self, job: &Job) -> String {
        let cities = &self.works.project.results.cities;
        let city = job.id.city.as_ref().and_then(|id| cities.iter().find(|city| city.id == *id));
        city.and_then(|city| city.name.find(job.id.languages.first()))
            .map(|forms| forms.name.clone())
            .unwrap_or_default()
    }
}
