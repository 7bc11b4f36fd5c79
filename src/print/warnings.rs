//! Warnings about sheets that can be made, but that a print shop would send back.

use std::collections::BTreeSet;

use super::imposition::{Duplex, Imposition, Layout, PlacedPage, SheetFace, SheetSide};
use super::marks::Marks;
use super::sheet::format_decimal;
use super::{ImpositionGroup, PrintJob};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::run::{Builder, Job};

/// Returns the warnings for the groups of a run. The same warning about several groups is given once.
pub fn find_warnings(
    builder: &Builder,
    documents: &[Job],
    print_job: &PrintJob,
    groups: &[ImpositionGroup],
) -> Problems {
    let mut problems = Problems::new();
    for group in groups {
        let found = [
            find_lost_marks(&group.imposition),
            find_blank_backs(print_job, group),
            find_surplus_certificates(builder, documents, print_job, group),
        ];
        problems.extend(found.into_iter().flatten());
    }
    problems.remove_duplicates();
    problems
}

/// Warns if marks are where the press cannot print.
pub fn find_lost_marks(imposition: &Imposition) -> Option<Diagnostic> {
    let (printable, extent) = (imposition.printable, Marks::new(imposition).extent()?);
    let (sheet, name) = (&imposition.sheet, imposition.sheet.description());
    let beyond = [
        printable.left - extent.left,
        printable.bottom - extent.bottom,
        extent.right - printable.right,
        extent.top - printable.top,
    ];
    let most = beyond.iter().copied().fold(0.0, f64::max);
    if most < 0.005 {
        return None;
    }
    let room = |before: f64, after: f64| before.max(0.0) + after.max(0.0);
    let (width, height) = (sheet.width + room(beyond[0], beyond[2]), sheet.height + room(beyond[1], beyond[3]));
    let message =
        format!("marks on {name} extend {} mm into the edge that the press cannot print", format_decimal(most));
    let help = format!(
        "use a sheet of at least {}×{} mm, or set --margin and --gripper to what the press needs",
        format_decimal(width),
        format_decimal(height)
    );
    Some(Diagnostic::warning(code::MARGIN, message).help(help))
}

/// Warns about finishes for which no page has a plate. `spots` are the spot colours of all pages.
pub fn find_unused_finishes(finishes: &[String], spots: &BTreeSet<String>) -> Problems {
    let known: Vec<String> = spots.iter().map(|spot| spot.to_lowercase()).collect();
    let is_unused = |finish: &&String| !spots.iter().any(|spot| spot.eq_ignore_ascii_case(finish));
    let warning = |finish: &String| {
        Diagnostic::warning(code::FINISH, format!("no page of the run has a plate for `{finish}`"))
            .help("use a finish that `plates` in reports/shared/colour.typ names")
            .suggest(finish, known.iter().map(String::as_str))
    };
    finishes.iter().filter(is_unused).map(warning).collect()
}

/// Warns if both sides are printed, but no document has a second page.
fn find_blank_backs(print_job: &PrintJob, group: &ImpositionGroup) -> Option<Diagnostic> {
    if print_job.request.duplex.is_none() || print_job.request.layout == Layout::Booklet {
        return None;
    }
    let sides = &group.imposition.sides;
    let middle = group.imposition.sheet.width / 2.0;
    let is_back = |side: &SheetSide, placed: &PlacedPage| match side.face {
        SheetFace::Only | SheetFace::Front => false,
        SheetFace::Back => true,
        SheetFace::Both if print_job.request.duplex == Some(Duplex::WorkAndTumble) => placed.is_upside_down,
        SheetFace::Both => placed.trim.left > middle - 0.01,
    };
    let has_backs = sides.iter().any(|side| side.placed.iter().any(|placed| is_back(side, placed)));
    let message = format!("the backs are blank: each `{}` in `{}` has one page", group.report, group.languages);
    (!has_backs).then(|| Diagnostic::warning(code::BLANK_BACKS, message).help("remove --duplex"))
}

/// Warns if a plate for both sides prints a numbered document more often than ordered.
fn find_surplus_certificates(
    builder: &Builder,
    documents: &[Job],
    print_job: &PrintJob,
    group: &ImpositionGroup,
) -> Option<Diagnostic> {
    let name = match print_job.request.duplex? {
        // Step and repeat fills whole sheets with a page in any case; the ticket has the number of overs.
        _ if print_job.request.layout == Layout::StepRepeat => return None,
        Duplex::Sheetwise => return None,
        Duplex::WorkAndTurn => "work-and-turn",
        Duplex::WorkAndTumble => "work-and-tumble",
    };
    let templates = &builder.project.templates;
    let is_surplus = |document: &&Job| {
        let is_numbered = document.id.city.is_some() && templates.mentions_field_in(&document.id.template(), "serial");
        is_numbered && print_job.copies_of(document) % 2 == 1
    };
    let surplus: Vec<&Job> =
        group.documents.iter().filter_map(|index| documents.get(*index)).filter(is_surplus).collect();
    let first = surplus.first()?;
    let (documents, first) = (count(surplus.len(), "numbered document"), &first.id);
    let message = format!("{name} prints each page twice, so {documents} would exist once more than ordered: {first}");
    let message = if surplus.len() > 1 { format!("{message} and others") } else { message };
    let help = "use --duplex sheetwise, or order an even number of --copies, or destroy the surplus";
    Some(Diagnostic::warning(code::SURPLUS, message).help(help))
}
