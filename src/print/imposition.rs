//! Imposition: the position of each page on each sheet. Arithmetic only, in millimetres from the sheet's lower left corner.
//!
//! A piece is what is cut out of a sheet: a page with its back, or a spread of a booklet.

mod grid;
mod misfit;
mod pieces;

use std::collections::BTreeSet;
use std::ops::Range;

use super::sheet::SheetSize;
use crate::diagnostic::{Diagnostic, code};
use grid::Grid;
use pieces::split_into_pieces;

/// Distance between the bleed and a mark.
pub const MARK_OFFSET: f64 = 1.0;
/// Length of the shortest mark that a guillotine operator can work with.
pub const MIN_MARK: f64 = 3.0;
/// Tolerance for sizes that were rounded in PDF units.
const TOLERANCE: f64 = 0.005;

/// How pages are arranged on sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// One page on each sheet
    OneUp,
    /// Fill each sheet with consecutive pages
    NUp,
    /// Repeat each page over a whole sheet
    StepRepeat,
    /// Arrange pages so that the stacks are in order when cut and placed on top of each other
    CutStack,
    /// Arrange spreads for folding and saddle stitching
    Booklet,
}

/// How the second side is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Duplex {
    /// Separate plates for fronts and backs; the sheet is turned about its vertical axis
    Sheetwise,
    /// One plate with the fronts in its left half; the sheet is turned about its vertical axis
    WorkAndTurn,
    /// One plate with the fronts in its upper half; the sheet is turned head to foot
    WorkAndTumble,
}

/// The parameters of an imposition, lengths in millimetres.
#[derive(Clone, Debug)]
pub struct ImpositionRequest {
    /// `None`: the smallest default sheet that fits or, if the number of pieces is open too, the largest.
    pub sheet: Option<SheetSize>,
    pub layout: Layout,
    /// Columns and rows; `None`: one piece for one-up and booklets, otherwise as many as fit.
    pub up: Option<(usize, usize)>,
    pub duplex: Option<Duplex>,
    /// Distance between two pieces; `None`: twice the bleed.
    pub gutter: Option<f64>,
    pub bleed: f64,
    /// How far the innermost sheet of a folded booklet sticks out.
    pub creep: f64,
    pub has_marks: bool,
    /// The outer part of the sheet that the press cannot print.
    pub margin: f64,
    /// The part of the sheet that the press holds, along its lower edge; along its upper edge too if it is tumbled.
    pub gripper: f64,
    /// Whether booklets are bound on the right, for right-to-left languages.
    pub binds_on_right: bool,
}

impl ImpositionRequest {
    /// Returns the part of the sheet that the press can print.
    fn printable(&self, sheet: &SheetSize) -> Rect {
        let (side, lower) = (self.margin, self.margin.max(self.gripper));
        let upper = if self.duplex == Some(Duplex::WorkAndTumble) { lower } else { side };
        Rect { left: side, bottom: lower, right: sheet.width - side, top: sheet.height - upper }
    }

    /// Returns how far bleed and the shortest marks extend beyond the trimmed pages.
    fn reach(&self) -> f64 {
        self.bleed + if self.has_marks { MARK_OFFSET + MIN_MARK } else { 0.0 }
    }

    /// Returns the width and height of a piece, for trimmed pages of this size.
    fn piece_size(&self, page_size: (f64, f64)) -> (f64, f64) {
        if self.layout == Layout::Booklet { (page_size.0 * 2.0, page_size.1) } else { page_size }
    }

    /// Returns the numbers of which columns and rows must be multiples: with one plate for both sides, fronts fill one half
    /// and backs the other.
    fn steps(&self) -> (usize, usize) {
        match self.duplex {
            Some(Duplex::WorkAndTurn) => (2, 1),
            Some(Duplex::WorkAndTumble) => (1, 2),
            _ => (1, 1),
        }
    }

    /// Returns the distance between two pieces.
    fn gutter(&self) -> f64 {
        self.gutter.unwrap_or(self.bleed * 2.0)
    }
}

/// A document to impose: its pages, as indices into the pages of all documents, and the number of copies.
#[derive(Clone, Debug)]
pub struct DocumentToImpose {
    pub pages: Range<usize>,
    pub copies: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub bottom: f64,
    pub right: f64,
    pub top: f64,
}

impl Rect {
    /// Returns the rectangle extended by a distance on each side.
    pub fn outset(&self, by: f64) -> Self {
        Self { left: self.left - by, bottom: self.bottom - by, right: self.right + by, top: self.top + by }
    }

    /// Returns whether another rectangle is inside this one.
    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left && self.bottom <= other.bottom && other.right <= self.right && other.top <= self.top
    }

    pub fn centre(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.bottom + self.top) / 2.0)
    }

    /// Returns the rectangle moved to the right and up.
    pub fn moved(&self, right: f64, up: f64) -> Self {
        let Self { left, bottom, right: right_edge, top } = self;
        Self { left: left + right, bottom: bottom + up, right: right_edge + right, top: top + up }
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.top - self.bottom
    }
}

/// A page on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedPage {
    /// Index into the pages of all documents.
    pub page_index: usize,
    /// The trimmed page.
    pub trim: Rect,
    /// The printed area: the page and its bleed, limited by the neighbouring page.
    pub clip: Rect,
    pub is_upside_down: bool,
}

/// Which side of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFace {
    /// The only printed side.
    Only,
    Front,
    Back,
    /// Front and back are on one plate, which prints both sides of the sheet.
    Both,
}

impl SheetFace {
    /// Returns the name in `ticket.json` and for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Front => "front",
            Self::Back => "back",
            Self::Both => "both",
        }
    }
}

/// One printed side of a sheet, a page of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetSide {
    /// Index of the sheet.
    pub sheet: usize,
    pub face: SheetFace,
    pub placed: Vec<PlacedPage>,
    /// Number of sheets to print with this side.
    pub print_count: usize,
}

/// Documents with pages of one size, laid out on sheets. Lengths in millimetres.
#[derive(Clone, Debug)]
pub struct Imposition {
    /// In the orientation in which it is printed.
    pub sheet: SheetSize,
    pub columns: usize,
    pub rows: usize,
    pub gutter: f64,
    /// The area of all pieces. It becomes the TrimBox, of which PDF/X allows only one per page.
    pub block: Rect,
    pub bleed: f64,
    pub has_marks: bool,
    /// The part of the sheet that the press can print.
    pub printable: Rect,
    /// Positions of the cuts: x and y of the edges of each piece.
    pub cuts: (Vec<f64>, Vec<f64>),
    /// The x positions of the folds.
    pub folds: Vec<f64>,
    pub sides: Vec<SheetSide>,
    /// Number of pieces beyond the ordered copies.
    pub overs: usize,
}

impl Imposition {
    /// Imposes documents whose pages have the given trimmed size.
    pub fn new(
        request: &ImpositionRequest,
        page_size: (f64, f64),
        documents: &[DocumentToImpose],
    ) -> Result<Self, Diagnostic> {
        let is_booklet = request.layout == Layout::Booklet;
        let duplex = request.duplex.or(is_booklet.then_some(Duplex::Sheetwise));
        let request = &ImpositionRequest { duplex, ..request.clone() };
        if request.layout == Layout::CutStack && matches!(duplex, Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble)) {
            let message = "sheets with one plate for both sides cannot be cut and stacked";
            return Err(Diagnostic::error(code::IMPOSITION, message)
                .note("half of the stacks would be face down")
                .help("use --duplex sheetwise, or --layout n-up"));
        }
        let grid = Grid::find(request, page_size)?;
        let sheets = grid.distribute(request, documents);
        let printed: usize = sheets
            .iter()
            .map(|(pieces, print_count)| pieces.iter().flatten().count() * grid.copies_per_sheet() * print_count)
            .sum();
        let piece_count = |document: &DocumentToImpose| match is_booklet {
            true => document.pages.len().div_ceil(4),
            false => split_into_pieces(document, duplex.is_some()).len(),
        };
        let ordered: usize = documents.iter().map(|document| document.copies * piece_count(document)).sum();
        let mut sides = Vec::new();
        for (sheet, (pieces, print_count)) in sheets.iter().enumerate() {
            let mut add_side = |face, placed| sides.push(SheetSide { sheet, face, placed, print_count: *print_count });
            match duplex {
                None => add_side(SheetFace::Only, grid.place_fronts(pieces)),
                Some(Duplex::Sheetwise) => {
                    add_side(SheetFace::Front, grid.place_fronts(pieces));
                    add_side(SheetFace::Back, grid.place_backs(pieces));
                }
                Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble) => {
                    add_side(SheetFace::Both, [grid.place_fronts(pieces), grid.place_backs(pieces)].concat());
                }
            }
        }
        let block = grid.block();
        let spine = |column: usize| block.left + column as f64 * (grid.piece_size.0 + grid.gutter) + page_size.0;
        Ok(Self {
            columns: grid.columns,
            rows: grid.rows,
            gutter: grid.gutter,
            block,
            bleed: request.bleed,
            has_marks: request.has_marks,
            printable: request.printable(&grid.sheet),
            cuts: grid.edges(),
            folds: if is_booklet { (0..grid.columns).map(spine).collect() } else { Vec::new() },
            sides,
            overs: printed.saturating_sub(ordered),
            sheet: grid.sheet,
        })
    }

    /// Returns the number of different sheets.
    pub fn sheet_count(&self) -> usize {
        self.sides.iter().filter(|side| side.face != SheetFace::Back).count()
    }

    /// Returns the number of sheets to print.
    pub fn print_count(&self) -> usize {
        self.sides.iter().filter(|side| side.face != SheetFace::Back).map(|side| side.print_count).sum()
    }

    pub fn bleed_box(&self) -> Rect {
        self.block.outset(self.bleed)
    }

    /// Returns whether there is no gutter between pieces.
    pub fn pieces_touch(&self) -> bool {
        self.gutter < TOLERANCE
    }

    /// Returns the pieces that are cut out of a side: pages, or spreads of a booklet.
    pub fn pieces(&self, side: &SheetSide) -> Vec<Rect> {
        let spans = |edges: &[f64]| -> Vec<(f64, f64)> {
            // Pieces that touch each other share their cuts.
            let step = if self.pieces_touch() { 1 } else { 2 };
            edges.iter().copied().zip(edges.iter().copied().skip(1)).step_by(step).collect()
        };
        let (columns, rows) = (spans(&self.cuts.0), spans(&self.cuts.1));
        let find =
            |spans: &[(f64, f64)], middle: f64| spans.iter().position(|(from, to)| *from < middle && middle < *to);
        let cells: BTreeSet<(usize, usize)> = side
            .placed
            .iter()
            .filter_map(|placed| {
                let (x, y) = placed.trim.centre();
                Some((find(&columns, x)?, find(&rows, y)?))
            })
            .collect();
        let piece = |(column, row): &(usize, usize)| {
            let ((left, right), (bottom, top)) = (*columns.get(*column)?, *rows.get(*row)?);
            Some(Rect { left, bottom, right, top })
        };
        cells.iter().filter_map(piece).collect()
    }

    /// Moves the pages and what belongs to them to the right and up.
    pub fn move_by(&mut self, right: f64, up: f64) {
        self.block = self.block.moved(right, up);
        // The printable area moves too, so that the marks keep their length.
        self.printable = self.printable.moved(right, up);
        self.cuts.0.iter_mut().chain(&mut self.folds).for_each(|x| *x += right);
        self.cuts.1.iter_mut().for_each(|y| *y += up);
        for placed in self.sides.iter_mut().flat_map(|side| &mut side.placed) {
            (placed.trim, placed.clip) = (placed.trim.moved(right, up), placed.clip.moved(right, up));
        }
    }
}

#[cfg(test)]
mod tests;
