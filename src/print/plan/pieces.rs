//! Pieces: the parts that are cut out of a sheet, with the pages on their two sides.

use super::{ImposedDocument, ImpositionRequest};

/// A part to be cut out of a sheet: a page with its back, or a spread of a booklet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    pub(super) front: Vec<Slot>,
    pub(super) back: Vec<Slot>,
}

/// A page on a side of a piece.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) page: usize,
    pub(super) half: Half,
    /// How far the page is moved to the right to compensate for creep.
    pub(super) shift: f64,
}

/// The part of a piece that a page covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Half {
    Left,
    Right,
    Whole,
}

/// Returns the pages of a document as pieces, with their backs if both sides are printed.
pub(super) fn split_into_pieces(document: &ImposedDocument, backs: bool) -> Vec<Piece> {
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
pub(super) fn booklet_spreads(document: &ImposedDocument, request: &ImpositionRequest) -> Vec<Piece> {
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
