//! Imposition: where each page comes on each sheet. Arithmetic only, in millimetres from the sheet's lower left corner.

use std::ops::Range;

use super::sheet::{Sheet, shown};
use crate::diagnostic::{Diagnostic, code};

/// Between the bleed and a mark, so that no mark touches the bleed.
pub const GAP: f64 = 1.0;
/// The shortest mark that a guillotine operator can work with; longer ones are drawn where the sheet has room.
pub const MARK: f64 = 3.0;
/// Rounding of sizes that went through PDF units.
const SLACK: f64 = 0.005;

/// How pages come on sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// One page on each sheet
    #[default]
    OneUp,
    /// Pages one after another fill each sheet
    NUp,
    /// Each page fills a sheet of its own
    StepRepeat,
    /// Cut the pile, put the stacks on each other: the pages lie in order
    CutStack,
    /// Spreads, folded and stitched in the middle
    Booklet,
}

/// How the second side is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Duplex {
    /// Fronts and backs on plates of their own; the sheet turns about its upright axis
    Sheetwise,
    /// One plate for both sides, fronts in its left half; the sheet turns about its upright axis
    WorkAndTurn,
    /// One plate for both sides, fronts in its upper half; the sheet tumbles head to foot
    WorkAndTumble,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// `None`: the smallest usual sheet that holds it.
    pub sheet: Option<Sheet>,
    pub layout: Layout,
    /// Columns and rows; `None`: one for one-up and booklets, else as many as fit.
    pub up: Option<(usize, usize)>,
    pub duplex: Option<Duplex>,
    /// Between two pieces; `None`: room for the bleed of both.
    pub gutter: Option<f64>,
    pub bleed: f64,
    /// How far the innermost sheet of a booklet stands out when folded.
    pub creep: f64,
    pub marks: bool,
    /// Booklets are bound on the right.
    pub from_right: bool,
}

/// A document: its pages among all pages, and how many copies of it.
#[derive(Clone, Debug)]
pub struct Item {
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
    pub fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, bottom: self.bottom - by, right: self.right + by, top: self.top + by }
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
pub struct Placed {
    pub page: usize,
    /// The trimmed page.
    pub trim: Rect,
    /// What of it is printed: the bleed, cut where a neighbour begins.
    pub clip: Rect,
    pub upside_down: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The only printed side.
    Only,
    Front,
    Back,
    /// Both sides are printed from it.
    Both,
}

/// One side of a sheet: a page of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The sheet, counted from 0.
    pub sheet: usize,
    pub face: Face,
    pub placed: Vec<Placed>,
    /// How many sheets are printed of it.
    pub run: usize,
}

#[derive(Clone, Debug)]
pub struct Plan {
    /// As it is fed.
    pub sheet: Sheet,
    pub columns: usize,
    pub rows: usize,
    pub gutter: f64,
    /// All pieces: what is cut lies within. PDF/X wants one TrimBox for each page, which is this.
    pub trim: Rect,
    pub bleed: f64,
    pub marks: bool,
    /// Where the knife goes: the sides of each piece.
    pub cuts: (Vec<f64>, Vec<f64>),
    /// Where spreads are folded.
    pub folds: Vec<f64>,
    pub sides: Vec<Side>,
    /// Pieces that the sheets hold beyond what is asked for.
    pub overs: usize,
}

/// A piece that is cut out: a page with its back, or a spread of a booklet.
#[derive(Clone, Debug, Default, PartialEq)]
struct Piece {
    front: Vec<Slot>,
    back: Vec<Slot>,
}

#[derive(Clone, Debug, PartialEq)]
struct Slot {
    page: usize,
    /// Left half, right half, or the whole piece.
    half: Half,
    /// Movement to the right, which makes up for the creep.
    shift: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Half {
    Left,
    Right,
    Whole,
}

impl Plan {
    /// Lays documents, all of whose pages have the given trimmed size, on sheets.
    pub fn lay(request: &Request, page: (f64, f64), items: &[Item]) -> Result<Self, Diagnostic> {
        let booklet = request.layout == Layout::Booklet;
        let duplex = request.duplex.or(booklet.then_some(Duplex::Sheetwise));
        if request.layout == Layout::CutStack && matches!(duplex, Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble)) {
            let message = "sheets that are printed on both sides from one plate cannot be cut and stacked";
            return Err(Diagnostic::error(code::PLAN, message)
                .help("half of the stacks would lie face down: take --duplex sheetwise, or --layout n-up"));
        }
        let grid = Grid::find(request, duplex, page)?;
        // One form prints both sides: each piece comes twice.
        let twice = if grid.form() { 2 } else { 1 };
        let places = grid.columns * grid.rows / twice;
        let mut sheets: Vec<(Vec<Option<Piece>>, usize)> = Vec::new();
        if request.layout == Layout::StepRepeat {
            for item in items {
                for piece in pieces(item, duplex.is_some()) {
                    sheets.push((vec![Some(piece); places], item.copies.div_ceil(places * twice)));
                }
            }
        } else if booklet {
            for item in items {
                let spreads = spreads(item, request);
                for _ in 0..item.copies.div_ceil(places * twice) {
                    sheets.extend(spreads.iter().map(|piece| (vec![Some(piece.clone()); places], 1)));
                }
            }
        } else {
            let mut all: Vec<Piece> = Vec::new();
            for item in items {
                let once = pieces(item, duplex.is_some());
                (0..item.copies.div_ceil(twice)).for_each(|_| all.extend(once.iter().cloned()));
            }
            let count = all.len().div_ceil(places);
            for sheet in 0..count {
                let of = |place: usize| match request.layout {
                    Layout::CutStack => place * count + sheet,
                    _ => sheet * places + place,
                };
                sheets.push(((0..places).map(|place| all.get(of(place)).cloned()).collect(), 1));
            }
        }
        let held: usize = sheets.iter().map(|(pieces, run)| pieces.iter().flatten().count() * twice * run).sum();
        let each = |item: &Item| match booklet {
            true => item.pages.len().div_ceil(4),
            false => pieces(item, duplex.is_some()).len(),
        };
        let asked: usize = items.iter().map(|item| item.copies * each(item)).sum();
        let mut sides = Vec::new();
        for (sheet, (pieces, run)) in sheets.iter().enumerate() {
            let mut side = |face, placed| sides.push(Side { sheet, face, placed, run: *run });
            match duplex {
                None => side(Face::Only, grid.fronts(pieces)),
                Some(Duplex::Sheetwise) => {
                    side(Face::Front, grid.fronts(pieces));
                    side(Face::Back, grid.backs(pieces));
                }
                Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble) => {
                    side(Face::Both, [grid.fronts(pieces), grid.backs(pieces)].concat());
                }
            }
        }
        let edges = |first: f64, count: usize, side: f64| -> Vec<f64> {
            let starts = (0..count).map(|index| first + index as f64 * (side + grid.gutter));
            let mut edges: Vec<f64> = starts.flat_map(|start| [start, start + side]).collect();
            edges.dedup_by(|a, b| (*a - *b).abs() < SLACK);
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
            marks: request.marks,
            cuts: (columns, rows),
            folds: if booklet { (0..grid.columns).map(spine).collect() } else { Vec::new() },
            sides,
            overs: held.saturating_sub(asked),
            sheet: grid.sheet,
        })
    }

    /// Sheets of paper that the run takes.
    pub fn paper(&self) -> usize {
        self.sides.iter().filter(|side| side.face != Face::Back).map(|side| side.run).sum()
    }

    pub fn bleed_box(&self) -> Rect {
        self.trim.grown(self.bleed)
    }
}

/// The pages of a document as pieces, with their backs when both sides are printed.
fn pieces(item: &Item, backs: bool) -> Vec<Piece> {
    let pages: Vec<usize> = item.pages.clone().collect();
    let slot = |page: &usize| Slot { page: *page, half: Half::Whole, shift: 0.0 };
    let piece = |pair: &[usize]| Piece {
        front: pair.first().map(slot).into_iter().collect(),
        back: pair.get(1).map(slot).into_iter().collect(),
    };
    pages.chunks(if backs { 2 } else { 1 }).map(piece).collect()
}

/// The pages of a document as the sheets of a saddle-stitched booklet, the outermost first. Blank pages at the end
/// fill the last sheet.
fn spreads(item: &Item, request: &Request) -> Vec<Piece> {
    let creep = request.creep;
    let sheets = item.pages.len().div_ceil(4);
    let last = (sheets * 4).saturating_sub(1);
    (0..sheets)
        .map(|sheet| {
            let shift = if sheets > 1 { creep * sheet as f64 / (sheets - 1) as f64 } else { 0.0 };
            let slot = |index: usize, half: Half| {
                let page = item.pages.start + index;
                let half = match half {
                    Half::Left if request.from_right => Half::Right,
                    Half::Right if request.from_right => Half::Left,
                    half => half,
                };
                let shift = if half == Half::Left { shift } else { -shift };
                (page < item.pages.end).then_some(Slot { page, half, shift })
            };
            let pair = |left, right| [slot(left, Half::Left), slot(right, Half::Right)].into_iter().flatten().collect();
            Piece { front: pair(last - 2 * sheet, 2 * sheet), back: pair(2 * sheet + 1, last - 1 - 2 * sheet) }
        })
        .collect()
}

struct Grid {
    sheet: Sheet,
    columns: usize,
    rows: usize,
    gutter: f64,
    /// Size of a page and of a piece.
    page: (f64, f64),
    piece: (f64, f64),
    bleed: f64,
    duplex: Option<Duplex>,
}

impl Grid {
    fn find(request: &Request, duplex: Option<Duplex>, page: (f64, f64)) -> Result<Self, Diagnostic> {
        let piece = if request.layout == Layout::Booklet { (page.0 * 2.0, page.1) } else { page };
        // The halves of a plate that prints both sides.
        let (step_x, step_y) = match duplex {
            Some(Duplex::WorkAndTurn) => (2, 1),
            Some(Duplex::WorkAndTumble) => (1, 2),
            _ => (1, 1),
        };
        let single = matches!(request.layout, Layout::OneUp | Layout::Booklet);
        let up = request.up.or(single.then_some((step_x, step_y)));
        if let Some((columns, rows)) = up {
            let halves = columns % step_x != 0 || rows % step_y != 0;
            if halves || columns * rows == 0 || (request.layout == Layout::OneUp && columns * rows > step_x * step_y) {
                let what = match (request.layout, duplex) {
                    (_, Some(Duplex::WorkAndTurn)) if halves => "work-and-turn has an even number of columns",
                    (_, Some(Duplex::WorkAndTumble)) if halves => "work-and-tumble has an even number of rows",
                    (Layout::OneUp, _) if columns * rows > 0 => "one-up has one page on each side",
                    _ => "there is at least one column and one row",
                };
                return Err(Diagnostic::error(code::PLAN, format!("{columns}x{rows} cannot be laid: {what}"))
                    .help("name another number with --up, or another --layout"));
            }
        }
        let build = |sheet: &Sheet, up: Option<(usize, usize)>, request: &Request| {
            let gutter = request.gutter.unwrap_or(request.bleed * 2.0);
            let edge = request.bleed + if request.marks { GAP + MARK } else { 0.0 };
            let across = |room: f64, side: f64, step: usize| {
                let count = ((room - 2.0 * edge + gutter + SLACK) / (side + gutter)).floor().max(0.0) as usize;
                count / step * step
            };
            [sheet.clone(), sheet.turned()]
                .into_iter()
                .filter_map(|sheet| {
                    let most = (across(sheet.width, piece.0, step_x), across(sheet.height, piece.1, step_y));
                    let (columns, rows) = up.unwrap_or(most);
                    let fits = columns * rows > 0 && columns <= most.0 && rows <= most.1;
                    let bleed = request.bleed;
                    fits.then_some(Self { sheet, columns, rows, gutter, page, piece, bleed, duplex })
                })
                // The most pieces; then the sheet that lies as they do; then as it is named.
                .reduce(|a, b| if b.worth() > a.worth() { b } else { a })
        };
        let found = match &request.sheet {
            Some(sheet) => build(sheet, up, request),
            // Where the number is free too, the largest usual sheet is the one that gangs are printed on.
            None if up.is_none() => Sheet::usual().filter_map(|sheet| build(&sheet, up, request)).last(),
            None => Sheet::usual().find_map(|sheet| build(&sheet, up, request)),
        };
        found.ok_or_else(|| {
            let (columns, rows) = up.unwrap_or((step_x, step_y));
            let asked = Some((columns, rows));
            let gutter = request.gutter.unwrap_or(request.bleed * 2.0);
            let edge = request.bleed + if request.marks { GAP + MARK } else { 0.0 };
            let span = |count: usize, side: f64| count as f64 * side + (count - 1) as f64 * gutter + 2.0 * edge;
            let (width, height) = (span(columns, piece.0), span(rows, piece.1));
            let with = match (request.bleed > 0.0, request.marks) {
                (true, true) => " with bleed and marks",
                (true, false) => " with bleed",
                (false, true) => " with marks",
                (false, false) => "",
            };
            let what = if columns * rows == 1 { "a piece".to_owned() } else { format!("{columns}x{rows} pieces") };
            let sheet = match &request.sheet {
                Some(sheet) => sheet.described(),
                None => "the largest usual sheet, SRA3".to_owned(),
            };
            let need = if columns * rows == 1 { "needs" } else { "need" };
            let message = format!(
                "{what} of {}×{} mm{with} {need} {}×{} mm: more than {sheet}",
                shown(piece.0),
                shown(piece.1),
                shown(width),
                shown(height)
            );
            let mut ways: Vec<String> = Vec::new();
            let most = request.sheet.as_ref().and_then(|sheet| build(sheet, None, request));
            if let Some(most) = most.filter(|_| columns * rows > step_x * step_y) {
                ways.push(format!("--up {}x{} fits this sheet", most.columns, most.rows));
            }
            if let Some(sheet) = &request.sheet {
                let closer = Request { gutter: Some(0.0), ..request.clone() };
                if gutter > 0.0 && build(sheet, asked, &closer).is_some() {
                    ways.push("a smaller --gutter fits".to_owned());
                }
                let bare = Request { marks: false, ..request.clone() };
                let barest = Request { bleed: 0.0, gutter: request.gutter.or(Some(0.0)), ..bare.clone() };
                if request.marks && build(sheet, asked, &bare).is_some() {
                    ways.push("it fits with --no-marks".to_owned());
                } else if build(sheet, asked, &barest).is_some() {
                    ways.push("it fits with --no-marks --bleed 0".to_owned());
                }
            }
            ways.push(match Sheet::named().find(|sheet| build(sheet, asked, request).is_some()) {
                Some(sheet) => format!("--sheet {} holds it", sheet.name),
                None => format!("--sheet {}x{} holds it", width.ceil(), height.ceil()),
            });
            Diagnostic::error(code::PLAN, message).help(ways.join("; "))
        })
    }

    /// For which of two plans to take.
    fn worth(&self) -> (usize, bool) {
        let block = self.trim();
        (self.columns * self.rows, (block.width() >= block.height()) == (self.sheet.width >= self.sheet.height))
    }

    /// One plate prints both sides.
    fn form(&self) -> bool {
        matches!(self.duplex, Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble))
    }

    /// All pieces, in the middle of the sheet: turned about either axis, they lie on themselves.
    fn trim(&self) -> Rect {
        let span = |count: usize, side: f64| count as f64 * side + count.saturating_sub(1) as f64 * self.gutter;
        let (width, height) = (span(self.columns, self.piece.0), span(self.rows, self.piece.1));
        let (left, bottom) = ((self.sheet.width - width) / 2.0, (self.sheet.height - height) / 2.0);
        Rect { left, bottom, right: left + width, top: bottom + height }
    }

    /// Column and row, counted from the left and from the top, of a piece's front.
    fn front_cell(&self, place: usize) -> (usize, usize) {
        let columns = if self.duplex == Some(Duplex::WorkAndTurn) { self.columns / 2 } else { self.columns };
        (place % columns, place / columns)
    }

    fn fronts(&self, pieces: &[Option<Piece>]) -> Vec<Placed> {
        let placed = pieces.iter().enumerate().filter_map(|(place, piece)| Some((place, piece.as_ref()?)));
        placed.flat_map(|(place, piece)| self.placed(&piece.front, self.front_cell(place), false)).collect()
    }

    /// Backs lie where the turned sheet brings them behind their fronts.
    fn backs(&self, pieces: &[Option<Piece>]) -> Vec<Placed> {
        let tumble = self.duplex == Some(Duplex::WorkAndTumble);
        let placed = pieces.iter().enumerate().filter_map(|(place, piece)| Some((place, piece.as_ref()?)));
        placed
            .flat_map(|(place, piece)| {
                let (column, row) = self.front_cell(place);
                let cell = if tumble { (column, self.rows - 1 - row) } else { (self.columns - 1 - column, row) };
                self.placed(&piece.back, cell, tumble)
            })
            .collect()
    }

    fn placed(&self, slots: &[Slot], (column, row): (usize, usize), upside_down: bool) -> Vec<Placed> {
        let block = self.trim();
        let left = block.left + column as f64 * (self.piece.0 + self.gutter);
        let top = block.top - row as f64 * (self.piece.1 + self.gutter);
        let cell = Rect { left, bottom: top - self.piece.1, right: left + self.piece.0, top };
        let inner = self.bleed.min(self.gutter / 2.0);
        let bleed = |outer: bool| if outer { self.bleed } else { inner };
        let clip = Rect {
            left: cell.left - bleed(column == 0),
            right: cell.right + bleed(column + 1 == self.columns),
            top: cell.top + bleed(row == 0),
            bottom: cell.bottom - bleed(row + 1 == self.rows),
        };
        let spine = cell.left + self.page.0;
        let place = |slot: &Slot| {
            // Upside down, the left half comes to the right.
            let right = (slot.half == Half::Right) != (upside_down && slot.half != Half::Whole);
            let shift = if upside_down { -slot.shift } else { slot.shift };
            let at = cell.left + if right { self.page.0 } else { 0.0 } + shift;
            let trim = Rect { left: at, right: at + self.page.0, ..cell };
            let clip = match slot.half {
                Half::Whole => clip,
                _ if right => Rect { left: spine, ..clip },
                _ => Rect { right: spine, ..clip },
            };
            Placed { page: slot.page, trim, clip, upside_down }
        };
        slots.iter().map(place).collect()
    }
}

#[cfg(test)]
mod tests;
