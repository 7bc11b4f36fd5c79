//! What the inspection of a page finds.

use typst::syntax::Span;

/// A flaw in the laid-out pages that does not prevent their export.
pub struct Finding {
    pub kind: FindingKind,
    pub span: Span,
}

/// What is wrong. Page numbers count from 1.
pub enum FindingKind {
    /// A text that extends beyond the page, and the number of the page.
    OffPage(String, usize),
    /// A text that extends beyond the text area, and the number of the page.
    OutsideArea(String, usize),
    /// Two texts that overlap, and the number of the page.
    Overlap(String, String, usize),
    /// The texts of two table cells of which one extends over the other, and the number of the page.
    CellOverlap(String, String, usize),
    /// A text that a line, a border or a drawing crosses, and the number of the page.
    CrossedByLine(String, usize),
    /// A text that is too small to read, its size in points, and the number of the page.
    TooSmall(String, f64, usize),
    /// The end of a paragraph and the start of the next one, without space between them, and the number of the page.
    NoGap(String, String, usize),
    /// The short word that is alone on the last line of a paragraph, and the number of the page.
    Runt(String, usize),
    /// The last line of a paragraph, alone at the top of a page, and the number of the page.
    Widow(String, usize),
    /// The first line of a paragraph, alone at the bottom of a page, and the number of the page.
    Orphan(String, usize),
    /// How much of the last page of a language version is filled, from 0 to 1, and the number of the page.
    NearlyEmpty(f64, usize),
    /// The resolution of a photo at its printed size, in pixels per inch.
    LowResolution(f64),
    /// A finding of a style module: `#metadata((message: "…", help: "…")) <finding>`.
    FromModule { message: String, help: String },
}

impl FindingKind {
    pub(super) fn page(&self) -> Option<usize> {
        match self {
            Self::OffPage(_, page)
            | Self::OutsideArea(_, page)
            | Self::Overlap(_, _, page)
            | Self::CellOverlap(_, _, page)
            | Self::CrossedByLine(_, page)
            | Self::TooSmall(_, _, page)
            | Self::NoGap(_, _, page)
            | Self::Runt(_, page)
            | Self::Widow(_, page)
            | Self::Orphan(_, page)
            | Self::NearlyEmpty(_, page) => Some(*page),
            Self::LowResolution(_) | Self::FromModule { .. } => None,
        }
    }
}
