//! Pieces: the parts that are cut out of a sheet, with the pages on their two sides.

use super::{DocumentToImpose, ImpositionRequest};

/// A part to be cut out of a sheet: a page with its back, or a spread of a booklet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    pub(super) front: Vec<Slot>,
    pub(super) back: Vec<Slot>,
}

/// A page on a side of a piece.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) page_index: usize,
    pub(super) side: PieceSide,
    /// How far the page is moved to the right to compensate for creep.
    pub(super) shift: f64,
}

/// The part of a piece that a page covers: the left or right half of a spread, or all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PieceSide {
    Left,
    Right,
    Both,
}

/// Returns the pages of a document as pieces, with their backs if both sides are printed.
pub(super) fn split_into_pieces(document: &DocumentToImpose, backs: bool) -> Vec<Piece> {
    let pages: Vec<usize> = document.pages.clone().collect();
    let slot = |page: &usize| Slot { page_index: *page, side: PieceSide::Both, shift: 0.0 };
    let piece = |pair: &[usize]| Piece {
        front: pair.first().map(slot).into_iter().collect(),
        back: pair.get(1).map(slot).into_iter().collect(),
    };
    pages.chunks(if backs { 2 } else { 1 }).map(piece).collect()
}

/// Returns the pages of a document as the spreads of a saddle-stitched booklet, the outermost sheet first. Blank pages are
/// added at the end to fill the last sheet.
pub(super) fn booklet_spreads(document: &DocumentToImpose, request: &ImpositionRequest) -> Vec<Piece> {
    let creep = request.creep;
    let sheets = document.pages.len().div_ceil(4);
    let last = (sheets * 4).saturating_sub(1);
    (0..sheets)
        .map(|sheet| {
            let shift = if sheets > 1 { creep * sheet as f64 / (sheets - 1) as f64 } else { 0.0 };
            let slot = |index: usize, side: PieceSide| {
                let page_index = document.pages.start + index;
                let side = match side {
                    PieceSide::Left if request.binds_on_right => PieceSide::Right,
                    PieceSide::Right if request.binds_on_right => PieceSide::Left,
                    side => side,
                };
                let shift = if side == PieceSide::Left { shift } else { -shift };
                (page_index < document.pages.end).then_some(Slot { page_index, side, shift })
            };
            let pair = |left, right| {
                [slot(left, PieceSide::Left), slot(right, PieceSide::Right)].into_iter().flatten().collect()
            };
            Piece { front: pair(last - 2 * sheet, 2 * sheet), back: pair(2 * sheet + 1, last - 1 - 2 * sheet) }
        })
        .collect()
}
