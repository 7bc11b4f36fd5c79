//! Imposition: the position of each page on each sheet. Arithmetic only, in millimetres from the sheet's lower left corner.

mod misfit;

use std::collections::BTreeSet;
use std::ops::Range;

use super::sheet::SheetSize;
use crate::diagnostic::{Diagnostic, code};

/// Distance between the bleed and a mark.
pub const MARK_OFFSET: f64 = 1.0;
/// Length of the shortest mark that a guillotine operator can work with.
pub const MIN_MARK: f64 = 3.0;
/// Tolerance for sizes that were rounded in PDF units.
const TOLERANCE: f64 = 0.005;

/// How pages are arranged on sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// One page on each sheet
    #[default]
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
    /// `None`: the smallest default sheet that fits.
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
    fn piece_size(&self, page: (f64, f64)) -> (f64, f64) {
        if self.layout == Layout::Booklet { (page.0 * 2.0, page.1) } else { page }
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

/// A document: its pages, as indices into the pages of all documents, and the number of copies.
#[derive(Clone, Debug)]
pub struct ImposedDocument {
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
    pub page: usize,
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
    pub sheet_count: usize,
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
    pub trim: Rect,
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

/// A part to be cut out of a sheet: a page with its back, or a spread of a booklet.
#[derive(Clone, Debug, Default, PartialEq)]
struct Piece {
    front: Vec<Slot>,
    back: Vec<Slot>,
}

/// A page on a side of a piece.
#[derive(Clone, Debug, PartialEq)]
struct Slot {
    page: usize,
    half: Half,
    /// How far the page is moved to the right to compensate for creep.
    shift: f64,
}

/// The part of a piece that a page covers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Half {
    Left,
    Right,
    Whole,
}

impl Imposition {
    /// Lays out documents whose pages have the given trimmed size.
    pub fn lay_out(
        request: &ImpositionRequest,
        page: (f64, f64),
        documents: &[ImposedDocument],
    ) -> Result<Self, Diagnostic> {
        let is_booklet = request.layout == Layout::Booklet;
        let duplex = request.duplex.or(is_booklet.then_some(Duplex::Sheetwise));
        let request = &ImpositionRequest { duplex, ..request.clone() };
        if request.layout == Layout::CutStack && matches!(duplex, Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble)) {
            let message = "sheets with one plate for both sides cannot be cut and stacked";
            return Err(Diagnostic::error(code::PLAN, message)
                .note("half of the stacks would be face down")
                .help("use --duplex sheetwise, or --layout n-up"));
        }
        let grid = Grid::find(request, page)?;
        // A plate for both sides yields two copies of each piece.
        let copies_per_sheet = if grid.has_one_plate() { 2 } else { 1 };
        let places = grid.columns * grid.rows / copies_per_sheet;
        let mut sheets: Vec<(Vec<Option<Piece>>, usize)> = Vec::new();
        if request.layout == Layout::StepRepeat {
            for document in documents {
                for piece in split_into_pieces(document, duplex.is_some()) {
                    sheets.push((vec![Some(piece); places], document.copies.div_ceil(places * copies_per_sheet)));
                }
            }
        } else if is_booklet {
            for document in documents {
                let spreads = booklet_spreads(document, request);
                for _ in 0..document.copies.div_ceil(places * copies_per_sheet) {
                    sheets.extend(spreads.iter().map(|piece| (vec![Some(piece.clone()); places], 1)));
                }
            }
        } else {
            let mut all: Vec<Piece> = Vec::new();
            for document in documents {
                let pieces = split_into_pieces(document, duplex.is_some());
                (0..document.copies.div_ceil(copies_per_sheet)).for_each(|_| all.extend(pieces.iter().cloned()));
            }
            let count = all.len().div_ceil(places);
            for sheet in 0..count {
                let piece_at = |place: usize| match request.layout {
                    Layout::CutStack => place * count + sheet,
                    _ => sheet * places + place,
                };
                sheets.push(((0..places).map(|place| all.get(piece_at(place)).cloned()).collect(), 1));
            }
        }
        let printed: usize = sheets
            .iter()
            .map(|(pieces, sheet_count)| pieces.iter().flatten().count() * copies_per_sheet * sheet_count)
            .sum();
        let piece_count = |document: &ImposedDocument| match is_booklet {
            true => document.pages.len().div_ceil(4),
            false => split_into_pieces(document, duplex.is_some()).len(),
        };
        let ordered: usize = documents.iter().map(|document| document.copies * piece_count(document)).sum();
        let mut sides = Vec::new();
        for (sheet, (pieces, sheet_count)) in sheets.iter().enumerate() {
            let mut add_side = |face, placed| sides.push(SheetSide { sheet, face, placed, sheet_count: *sheet_count });
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
        let edges = |first: f64, count: usize, side: f64| -> Vec<f64> {
            let starts = (0..count).map(|index| first + index as f64 * (side + grid.gutter));
            let mut edges: Vec<f64> = starts.flat_map(|start| [start, start + side]).collect();
            edges.dedup_by(|a, b| (*a - *b).abs() < TOLERANCE);
            edges
        };
        let trim = grid.trim();
        let columns = edges(trim.left, grid.columns, grid.piece.0);
        let rows = edges(trim.bottom, grid.rows, grid.piece.1);
        let spine = |column: usize| trim.left + column as f64 * (grid.piece.0 + grid.gutter) + page.0;
        Ok(Self {
            columns: grid.columns,
            rows: grid.rows,
            gutter: grid.gutter,
            trim,
            bleed: request.bleed,
            has_marks: request.has_marks,
            printable: request.printable(&grid.sheet),
            cuts: (columns, rows),
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
    pub fn paper_count(&self) -> usize {
        self.sides.iter().filter(|side| side.face != SheetFace::Back).map(|side| side.sheet_count).sum()
    }

    pub fn bleed_box(&self) -> Rect {
        self.trim.outset(self.bleed)
    }

    /// Returns the pieces that are cut out of a side: pages, or spreads of a booklet.
    pub fn pieces(&self, side: &SheetSide) -> Vec<Rect> {
        let spans = |edges: &[f64]| -> Vec<(f64, f64)> {
            // Pieces that touch each other share their cuts.
            let step = if self.gutter < TOLERANCE { 1 } else { 2 };
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
        self.trim = self.trim.moved(right, up);
        // Marks are as long as before.
        self.printable = self.printable.moved(right, up);
        self.cuts.0.iter_mut().chain(&mut self.folds).for_each(|x| *x += right);
        self.cuts.1.iter_mut().for_each(|y| *y += up);
        for placed in self.sides.iter_mut().flat_map(|side| &mut side.placed) {
            (placed.trim, placed.clip) = (placed.trim.moved(right, up), placed.clip.moved(right, up));
        }
    }
}

/// Returns the pages of a document as pieces, with their backs if both sides are printed.
fn split_into_pieces(document: &ImposedDocument, backs: bool) -> Vec<Piece> {
    let pages: Vec<usize> = document.pages.clone().collect();
    let slot = |page: &usize| Slot { page: *page, half: Half::Whole, shift: 0.0 };
    let piece = |pair: &[usize]| Piece {
        front: pair.first().map(slot).into_iter().collect(),
        back: pair.get(1).map(slot).into_iter().collect(),
    };
    pages.chunks(if backs { 2 } else { 1 }).map(piece).collect()
}

/// Returns the pages of a document as the spreads of a saddle-stitched booklet, the outermost sheet first. Blank pages are
/// added at the end to fill the last sheet.
fn booklet_spreads(document: &ImposedDocument, request: &ImpositionRequest) -> Vec<Piece> {
    let creep = request.creep;
    let sheets = document.pages.len().div_ceil(4);
    let last = (sheets * 4).saturating_sub(1);
    (0..sheets)
        .map(|sheet| {
            let shift = if sheets > 1 { creep * sheet as f64 / (sheets - 1) as f64 } else { 0.0 };
            let slot = |index: usize, half: Half| {
                let page = document.pages.start + index;
                let half = match half {
                    Half::Left if request.binds_on_right => Half::Right,
                    Half::Right if request.binds_on_right => Half::Left,
                    half => half,
                };
                let shift = if half == Half::Left { shift } else { -shift };
                (page < document.pages.end).then_some(Slot { page, half, shift })
            };
            let pair = |left, right| [slot(left, Half::Left), slot(right, Half::Right)].into_iter().flatten().collect();
            Piece { front: pair(last - 2 * sheet, 2 * sheet), back: pair(2 * sheet + 1, last - 1 - 2 * sheet) }
        })
        .collect()
}

/// Pieces in columns and rows on a sheet.
struct Grid {
    sheet: SheetSize,
    columns: usize,
    rows: usize,
    gutter: f64,
    /// Width and height of a page and of a piece.
    page: (f64, f64),
    piece: (f64, f64),
    bleed: f64,
    duplex: Option<Duplex>,
    /// The part of the sheet in which the pieces are centred.
    area: Rect,
}

impl Grid {
    /// Finds the sheet and the arrangement for a request.
    fn find(request: &ImpositionRequest, page: (f64, f64)) -> Result<Self, Diagnostic> {
        let (step_x, step_y) = request.steps();
        let is_single = matches!(request.layout, Layout::OneUp | Layout::Booklet);
        let up = request.up.or(is_single.then_some((step_x, step_y)));
        if let Some((columns, rows)) = up {
            let is_uneven = columns % step_x != 0 || rows % step_y != 0;
            if is_uneven || columns * rows == 0 || (request.layout == Layout::OneUp && columns * rows > step_x * step_y)
            {
                let reason = match (request.layout, request.duplex) {
                    (_, Some(Duplex::WorkAndTurn)) if is_uneven => "work-and-turn needs an even number of columns",
                    (_, Some(Duplex::WorkAndTumble)) if is_uneven => "work-and-tumble needs an even number of rows",
                    (Layout::OneUp, _) if columns * rows > 0 => "one-up places one page per side",
                    _ => "at least one column and one row are needed",
                };
                return Err(Diagnostic::error(code::PLAN, format!("cannot place `{columns}x{rows}` pages: {reason}"))
                    .help(match request.layout {
                        Layout::OneUp if !is_uneven => "use --layout n-up for several pages per side",
                        _ => "change --up, or use another --layout",
                    }));
            }
        }
        let find = |request: &ImpositionRequest| match &request.sheet {
            Some(sheet) => Self::fit(sheet, up, request, page),
            // Without a number of pieces, use the largest default sheet that fits, to print as many pieces per sheet as possible.
            None if up.is_none() => {
                SheetSize::defaults().filter_map(|sheet| Self::fit(&sheet, up, request, page)).last()
            }
            None => SheetSize::defaults().find_map(|sheet| Self::fit(&sheet, up, request, page)),
        };
        // Without marks, only the gripper needs room. With them, a sheet that holds them only in part is the last resort.
        let bare = ImpositionRequest { margin: 0.0, ..request.clone() };
        let tight = ImpositionRequest { gripper: 0.0, ..bare.clone() };
        let requests = if request.has_marks { [request, &tight] } else { [&bare, &bare] };
        let found = requests.into_iter().find_map(find);
        found.ok_or_else(|| misfit::describe(request, page, up.unwrap_or((step_x, step_y))))
    }

    /// Returns the arrangement on a sheet, with as many pieces as fit if `up` is `None`; or `None` if they do not fit.
    fn fit(
        sheet: &SheetSize,
        up: Option<(usize, usize)>,
        request: &ImpositionRequest,
        page: (f64, f64),
    ) -> Option<Self> {
        let (gutter, bleed, duplex) = (request.gutter(), request.bleed, request.duplex);
        let (piece, steps) = (request.piece_size(page), request.steps());
        let max_count = |room: f64, side: f64, step: usize| {
            let count = ((room - 2.0 * request.reach() + gutter + TOLERANCE) / (side + gutter)).floor();
            count.max(0.0) as usize / step * step
        };
        sheet
            .orientations()
            .into_iter()
            .filter_map(|sheet| {
                let area = request.printable(&sheet);
                let max = (max_count(area.width(), piece.0, steps.0), max_count(area.height(), piece.1, steps.1));
                let (columns, rows) = up.unwrap_or(max);
                let fits = columns * rows > 0 && columns <= max.0 && rows <= max.1;
                fits.then_some(Self { sheet, columns, rows, gutter, page, piece, bleed, duplex, area })
            })
            // Prefer more pieces, then the orientation of the pieces, then the sheet as it was given.
            .reduce(|a, b| if b.rank() > a.rank() { b } else { a })
    }

    /// Returns the rank of this orientation of the sheet; the higher, the better.
    fn rank(&self) -> (usize, bool) {
        let block = self.trim();
        (self.columns * self.rows, (block.width() >= block.height()) == (self.sheet.width >= self.sheet.height))
    }

    /// Returns whether both sides are printed with one plate.
    fn has_one_plate(&self) -> bool {
        matches!(self.duplex, Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble))
    }

    /// Returns the area of all pieces. It is centred, so that fronts and backs align when the sheet is turned. A sheet is
    /// turned about its vertical axis, so the gripper may move the pieces up; only a tumbled sheet has it at both ends.
    fn trim(&self) -> Rect {
        let span = |count: usize, side: f64| count as f64 * side + count.saturating_sub(1) as f64 * self.gutter;
        let (width, height) = (span(self.columns, self.piece.0), span(self.rows, self.piece.1));
        let area = &self.area;
        let (left, bottom) = ((area.left + area.right - width) / 2.0, (area.bottom + area.top - height) / 2.0);
        Rect { left, bottom, right: left + width, top: bottom + height }
    }

    /// Returns the column and row of a piece's front, counted from the left and from the top.
    fn front_cell(&self, place: usize) -> (usize, usize) {
        let columns = if self.duplex == Some(Duplex::WorkAndTurn) { self.columns / 2 } else { self.columns };
        (place % columns, place / columns)
    }

    fn place_fronts(&self, pieces: &[Option<Piece>]) -> Vec<PlacedPage> {
        let placed = pieces.iter().enumerate().filter_map(|(place, piece)| Some((place, piece.as_ref()?)));
        placed.flat_map(|(place, piece)| self.place_slots(&piece.front, self.front_cell(place), false)).collect()
    }

    /// Places the backs so that each is on the reverse of its front when the sheet has been turned.
    fn place_backs(&self, pieces: &[Option<Piece>]) -> Vec<PlacedPage> {
        let is_tumbled = self.duplex == Some(Duplex::WorkAndTumble);
        let placed = pieces.iter().enumerate().filter_map(|(place, piece)| Some((place, piece.as_ref()?)));
        placed
            .flat_map(|(place, piece)| {
                let (column, row) = self.front_cell(place);
                let cell = if is_tumbled { (column, self.rows - 1 - row) } else { (self.columns - 1 - column, row) };
                self.place_slots(&piece.back, cell, is_tumbled)
            })
            .collect()
    }

    fn place_slots(&self, slots: &[Slot], (column, row): (usize, usize), is_upside_down: bool) -> Vec<PlacedPage> {
        let block = self.trim();
        let left = block.left + column as f64 * (self.piece.0 + self.gutter);
        let top = block.top - row as f64 * (self.piece.1 + self.gutter);
        let cell = Rect { left, bottom: top - self.piece.1, right: left + self.piece.0, top };
        let inner = self.bleed.min(self.gutter / 2.0);
        let bleed_at = |is_outer: bool| if is_outer { self.bleed } else { inner };
        let clip = Rect {
            left: cell.left - bleed_at(column == 0),
            right: cell.right + bleed_at(column + 1 == self.columns),
            top: cell.top + bleed_at(row == 0),
            bottom: cell.bottom - bleed_at(row + 1 == self.rows),
        };
        let spine = cell.left + self.page.0;
        let place = |slot: &Slot| {
            // Upside down, the left half is on the right.
            let is_right = (slot.half == Half::Right) != (is_upside_down && slot.half != Half::Whole);
            let shift = if is_upside_down { -slot.shift } else { slot.shift };
            let at = cell.left + if is_right { self.page.0 } else { 0.0 } + shift;
            let trim = Rect { left: at, right: at + self.page.0, ..cell };
            let clip = match slot.half {
                Half::Whole => clip,
                _ if is_right => Rect { left: spine, ..clip },
                _ => Rect { right: spine, ..clip },
            };
            PlacedPage { page: slot.page, trim, clip, is_upside_down }
        };
        slots.iter().map(place).collect()
    }
}

#[cfg(test)]
mod tests;
