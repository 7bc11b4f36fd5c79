//! Which document is where on which sheet, so that a spoiled sheet can be printed again.

use std::ops::RangeInclusive;

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::imposition::{Imposition, SheetFace};
use super::sheet::round_to_hundredths;
use crate::diagnostic::{Diagnostic, code};
use crate::run::{Builder, Job};

/// Sheets of a file by their numbers, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetSelection(Vec<RangeInclusive<usize>>);

impl SheetSelection {
    /// Parses a list of numbers and ranges, such as `12,40-42`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<usize>().ok().filter(|number| *number > 0);
        let range = |part: &str| match part.split_once('-') {
            Some((first, last)) => Some(number(first)?..=number(last)?).filter(|range| !range.is_empty()),
            None => number(part).map(|number| number..=number),
        };
        let ranges: Option<Vec<_>> = text.split(',').map(range).collect();
        ranges.map(Self).ok_or_else(|| "expected numbers of sheets (for example 12 or 12,40-42)".to_owned())
    }

    pub fn contains(&self, sheet: usize) -> bool {
        self.0.iter().any(|range| range.contains(&sheet))
    }

    /// Returns the number of sheets to print of those that the impositions of a file have.
    pub fn print_count<'a>(&self, impositions: impl Iterator<Item = &'a Imposition>) -> usize {
        let mut before = 0;
        let mut count = 0;
        for imposition in impositions {
            let fronts = imposition.sides.iter().filter(|side| side.face != SheetFace::Back);
            let selected = fronts.filter(|side| self.contains(before + side.sheet + 1));
            count += selected.map(|side| side.print_count).sum::<usize>();
            before += imposition.sheet_count();
        }
        count
    }

    /// Fails if a number is above that of the last sheet.
    pub fn check(&self, last: usize) -> Result<(), Diagnostic> {
        match self.0.iter().map(|range| *range.end()).max().filter(|requested| *requested > last) {
            None => Ok(()),
            Some(requested) => {
                let message = format!("there is no sheet {requested}: the job ends with sheet {last}");
                Err(Diagnostic::error(code::IMPOSITION, message)
                    .help("repeat the options of the whole job; the slug line and ticket.json have the numbers"))
            }
        }
    }
}

/// What identifies a file of sheets: eight hexadecimal digits, the same whenever the same job is printed.
#[derive(Clone, Debug)]
pub struct FileIdentity(pub String);

impl FileIdentity {
    /// Derives the identity from the name of the file and from what is on its sides.
    pub fn new(file: &str, sides: &[Vec<Json>]) -> Self {
        let mut hash = Sha256::new_with_prefix(file);
        sides.iter().flatten().for_each(|side| hash.update(side.to_string()));
        Self(hash.finalize().iter().take(4).map(|byte| format!("{byte:02X}")).collect())
    }

    /// Returns the text of the bar code on a side.
    pub fn code(&self, sheet: usize, face: SheetFace) -> String {
        let face = match face {
            SheetFace::Only | SheetFace::Both => "",
            SheetFace::Front => "F",
            SheetFace::Back => "B",
        };
        format!("{}-{sheet}{face}", self.0)
    }
}

/// Describes each side of a file for the ticket, by imposition: its sheet, and the documents on it.
///
/// `locate` returns the document of a page, and the number of the page in the document.
pub fn describe_sides<'a>(
    builder: &Builder,
    impositions: &[Imposition],
    locate: &dyn Fn(usize) -> Option<(&'a Job, usize)>,
) -> Vec<Vec<Json>> {
    let mut before = 0;
    let mut described = Vec::new();
    for imposition in impositions {
        let sides = imposition.sides.iter().map(|side| {
            let pages = side.placed.iter().filter_map(|placed| {
                let (document, page) = locate(placed.page_index)?;
                let (results, city) = document.facts(&builder.project);
                let serial = city.map(|city| city.serial(&results.edition));
                let [x, y] = [placed.trim.left, placed.trim.bottom].map(round_to_hundredths);
                Some(json!({
                    "report": document.id.report, "city": document.id.city, "page": page, "serial": serial, "at-mm": [x, y],
                }))
            });
            json!({ "sheet": before + side.sheet + 1, "face": side.face.name(), "pages": pages.collect::<Vec<_>>() })
        });
        described.push(sides.collect());
        before += imposition.sheet_count();
    }
    described
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_selected_by_numbers_and_ranges() {
        let selection = SheetSelection::parse("12, 40-42").unwrap();
        let selected: Vec<usize> = (1..100).filter(|sheet| selection.contains(*sheet)).collect();
        assert_eq!(selected, [12, 40, 41, 42]);
        assert!(selection.check(42).is_ok());
        assert!(selection.check(41).unwrap_err().to_string().contains("there is no sheet 42"));
        for wrong in ["", "0", "a", "4-2", "1,,2", "-3", "1-2-3"] {
            assert!(SheetSelection::parse(wrong).is_err(), "{wrong}");
        }
    }
}
