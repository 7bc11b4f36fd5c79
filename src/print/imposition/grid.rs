//! Pieces in columns and rows: which arrangement a sheet holds, and where each page is.

use super::pieces::{Piece, PieceSide, Slot, booklet_spreads, split_into_pieces};
use super::{DocumentToImpose, Duplex, ImpositionRequest, Layout, PlacedPage, Rect, TOLERANCE, misfit};
use crate::diagnostic::{Diagnostic, code};
use crate::print::sheet::SheetSize;

/// Pieces in columns and rows on a sheet.
pub(super) struct Grid {
    pub(super) sheet: SheetSize,
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) gutter: f64,
    pub(super) page_size: (f64, f64),
    pub(super) piece_size: (f64, f64),
    pub(super) bleed: f64,
    pub(super) duplex: Option<Duplex>,
    /// The part of the sheet in which the pieces are centred.
    pub(super) area: Rect,
}

impl Grid {
    /// Finds the sheet and the arrangement for a request.
    pub(super) fn find(request: &ImpositionRequest, page_size: (f64, f64)) -> Result<Self, Diagnostic> {
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
                return Err(Diagnostic::error(
                    code::IMPOSITION,
                    format!("cannot place `{columns}x{rows}` pages: {reason}"),
                )
                .help(match request.layout {
                    Layout::OneUp if !is_uneven => "use --layout n-up for several pages per side",
                    _ => "change --up, or use another --layout",
                }));
            }
        }
        let find = |request: &ImpositionRequest| match &request.sheet {
            Some(sheet) => Self::fit(sheet, up, request, page_size),
            // Without a number of pieces, use the largest default sheet that fits, to print as many pieces per sheet as possible.
            None if up.is_none() => {
                SheetSize::defaults().filter_map(|sheet| Self::fit(&sheet, up, request, page_size)).last()
            }
            None => SheetSize::defaults().find_map(|sheet| Self::fit(&sheet, up, request, page_size)),
        };
        // Without marks, only the gripper needs room. With them, a sheet that holds them only in part is the last resort.
        let without_margin = ImpositionRequest { margin: 0.0, ..request.clone() };
        let found = match request.has_marks {
            true => find(request).or_else(|| find(&ImpositionRequest { gripper: 0.0, ..without_margin })),
            false => find(&without_margin),
        };
        found.ok_or_else(|| misfit::explain_misfit(request, page_size, up.unwrap_or((step_x, step_y))))
    }

    /// Returns the arrangement on a sheet, with as many pieces as fit if `up` is `None`; or `None` if they do not fit.
    pub(super) fn fit(
        sheet: &SheetSize,
        up: Option<(usize, usize)>,
        request: &ImpositionRequest,
        page_size: (f64, f64),
    ) -> Option<Self> {
        let (gutter, bleed, duplex) = (request.gutter(), request.bleed, request.duplex);
        let (piece_size, steps) = (request.piece_size(page_size), request.steps());
        let max_count = |room: f64, side: f64, step: usize| {
            let count = ((room - 2.0 * request.reach() + gutter + TOLERANCE) / (side + gutter)).floor();
            count.max(0.0) as usize / step * step
        };
        sheet
            .orientations()
            .into_iter()
            .filter_map(|sheet| {
                let area = request.printable(&sheet);
                let max =
                    (max_count(area.width(), piece_size.0, steps.0), max_count(area.height(), piece_size.1, steps.1));
                let (columns, rows) = up.unwrap_or(max);
                let fits = columns * rows > 0 && columns <= max.0 && rows <= max.1;
                fits.then_some(Self { sheet, columns, rows, gutter, page_size, piece_size, bleed, duplex, area })
            })
            // Prefer more pieces, then the orientation of the pieces, then the sheet as it was given.
            .reduce(|a, b| if b.rank() > a.rank() { b } else { a })
    }

    /// Returns the rank of this orientation of the sheet; the higher, the better.
    fn rank(&self) -> (usize, bool) {
        let block = self.block();
        (self.columns * self.rows, (block.width() >= block.height()) == (self.sheet.width >= self.sheet.height))
    }

    /// Returns how many copies of a piece a sheet has for each place: a plate for both sides yields two.
    pub(super) fn copies_per_sheet(&self) -> usize {
        if matches!(self.duplex, Some(Duplex::WorkAndTurn | Duplex::WorkAndTumble)) { 2 } else { 1 }
    }

    /// Distributes the pieces of documents to sheets: for each sheet, the pieces on its places, and the number of sheets to
    /// print.
    pub(super) fn distribute(
        &self,
        request: &ImpositionRequest,
        documents: &[DocumentToImpose],
    ) -> Vec<(Vec<Option<Piece>>, usize)> {
        let copies_per_sheet = self.copies_per_sheet();
        let places = self.columns * self.rows / copies_per_sheet;
        let has_backs = self.duplex.is_some();
        let mut sheets = Vec::new();
        match request.layout {
            Layout::StepRepeat => {
                for document in documents {
                    for piece in split_into_pieces(document, has_backs) {
                        sheets.push((vec![Some(piece); places], document.copies.div_ceil(places * copies_per_sheet)));
                    }
                }
            }
            Layout::Booklet => {
                for document in documents {
                    let spreads = booklet_spreads(document, request);
                    for _ in 0..document.copies.div_ceil(places * copies_per_sheet) {
                        sheets.extend(spreads.iter().map(|piece| (vec![Some(piece.clone()); places], 1)));
                    }
                }
            }
            Layout::OneUp | Layout::NUp | Layout::CutStack => {
                let mut all: Vec<Piece> = Vec::new();
                for document in documents {
                    let pieces = split_into_pieces(document, has_backs);
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
        }
        sheets
    }

    /// Returns the x and y positions of the edges of all pieces. Pieces that touch each other share their edges.
    pub(super) fn edges(&self) -> (Vec<f64>, Vec<f64>) {
        let edges = |first: f64, count: usize, side: f64| -> Vec<f64> {
            let starts = (0..count).map(|index| first + index as f64 * (side + self.gutter));
            let mut edges: Vec<f64> = starts.flat_map(|start| [start, start + side]).collect();
            edges.dedup_by(|a, b| (*a - *b).abs() < TOLERANCE);
            edges
        };
        let block = self.block();
        (edges(block.left, self.columns, self.piece_size.0), edges(block.bottom, self.rows, self.piece_size.1))
    }

    /// Returns the area of all pieces. It is centred, so that fronts and backs align when the sheet is turned. A sheet is
    /// turned about its vertical axis, so the gripper may move the pieces up; only a tumbled sheet has it at both ends.
    pub(super) fn block(&self) -> Rect {
        let span = |count: usize, side: f64| count as f64 * side + count.saturating_sub(1) as f64 * self.gutter;
        let (width, height) = (span(self.columns, self.piece_size.0), span(self.rows, self.piece_size.1));
        let area = &self.area;
        let (left, bottom) = ((area.left + area.right - width) / 2.0, (area.bottom + area.top - height) / 2.0);
        Rect { left, bottom, right: left + width, top: bottom + height }
    }

    /// Returns the column and row of a piece's front, counted from the left and from the top.
    fn front_cell(&self, place: usize) -> (usize, usize) {
        let columns = if self.duplex == Some(Duplex::WorkAndTurn) { self.columns / 2 } else { self.columns };
        (place % columns, place / columns)
    }

    pub(super) fn place_fronts(&self, pieces: &[Option<Piece>]) -> Vec<PlacedPage> {
        let placed = pieces.iter().enumerate().filter_map(|(place, piece)| Some((place, piece.as_ref()?)));
        placed.flat_map(|(place, piece)| self.place_slots(&piece.front, self.front_cell(place), false)).collect()
    }

    /// Places the backs so that each is on the reverse of its front when the sheet has been turned.
    pub(super) fn place_backs(&self, pieces: &[Option<Piece>]) -> Vec<PlacedPage> {
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
        let block = self.block();
        let left = block.left + column as f64 * (self.piece_size.0 + self.gutter);
        let top = block.top - row as f64 * (self.piece_size.1 + self.gutter);
        let cell = Rect { left, bottom: top - self.piece_size.1, right: left + self.piece_size.0, top };
        let inner = self.bleed.min(self.gutter / 2.0);
        let bleed_at = |is_outer: bool| if is_outer { self.bleed } else { inner };
        let clip = Rect {
            left: cell.left - bleed_at(column == 0),
            right: cell.right + bleed_at(column + 1 == self.columns),
            top: cell.top + bleed_at(row == 0),
            bottom: cell.bottom - bleed_at(row + 1 == self.rows),
        };
        let spine = cell.left + self.page_size.0;
        let place = |slot: &Slot| {
            // Upside down, the left half is on the right.
            let is_right = (slot.side == PieceSide::Right) != (is_upside_down && slot.side != PieceSide::Both);
            let shift = if is_upside_down { -slot.shift } else { slot.shift };
            let at = cell.left + if is_right { self.page_size.0 } else { 0.0 } + shift;
            let trim = Rect { left: at, right: at + self.page_size.0, ..cell };
            let clip = match slot.side {
                PieceSide::Both => clip,
                _ if is_right => Rect { left: spine, ..clip },
                _ => Rect { right: spine, ..clip },
            };
            PlacedPage { page_index: slot.page_index, trim, clip, is_upside_down }
        };
        slots.iter().map(place).collect()
    }
}
