//! Processing steps: work on printed sheets besides printing. Each has a layer that names it for the machines of a print shop
//! (ISO 19593-1), and its lines or shapes are in a separate spot colour.

use lopdf::{Dictionary, dictionary, text_string};

use super::imposition::{Imposition, Rect, SheetFace, SheetSide};
use super::marks::MarkLine;

/// Spot colours of lines for machines, and layers with these names.
pub const CUT: &str = "CutContour";
pub const CREASE: &str = "Crease";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessingStep {
    Cutting,
    Creasing,
    FoilStamping,
    Embossing,
    Varnish,
}

impl ProcessingStep {
    /// Returns the step that a separation is for, by its name; `None` if it is an ink.
    pub fn of_separation(name: &str) -> Option<Self> {
        let lower = name.to_lowercase();
        match lower.as_str() {
            _ if name == CUT => Some(Self::Cutting),
            _ if name == CREASE => Some(Self::Creasing),
            _ if lower.contains("foil") => Some(Self::FoilStamping),
            _ if lower.contains("emboss") => Some(Self::Embossing),
            _ if lower.contains("varnish") => Some(Self::Varnish),
            _ => None,
        }
    }

    /// Returns the layer (optional content group) of the step for a separation. The names of group and type are those of
    /// ISO 19593-1, tables 2 and 3.
    pub fn layer(self, separation: &str) -> Dictionary {
        let (group, kind) = match self {
            Self::Cutting => ("Structural", Some("Cutting")),
            Self::Creasing => ("Structural", Some("Creasing")),
            Self::FoilStamping => ("Structural", Some("FoilStamping")),
            Self::Embossing => ("Structural", Some("Embossing")),
            Self::Varnish => ("Varnish", None),
        };
        let mut metadata = dictionary! { "GTS_ProcStepsGroup" => group };
        if let Some(kind) = kind {
            metadata.set("GTS_ProcStepsType", kind);
        }
        dictionary! { "Type" => "OCG", "Name" => text_string(separation), "GTS_Metadata" => metadata }
    }
}

/// The lines along which a machine cuts and creases a sheet.
#[derive(Debug, Default)]
pub struct DieLines {
    /// Closed contours.
    pub cut_contours: Vec<Rect>,
    /// Cuts between pages that touch each other.
    pub cuts: Vec<MarkLine>,
    pub creases: Vec<MarkLine>,
}

impl DieLines {
    /// Returns the lines for a side. They are on the front only: a sheet is cut once.
    pub fn new(imposition: &Imposition, side: &SheetSide) -> Self {
        if side.face == SheetFace::Back {
            return Self::default();
        }
        let ((xs, ys), trim) = (&imposition.cuts, &imposition.block);
        let upright = |x: f64, bottom: f64, top: f64| MarkLine { from: (x, bottom), to: (x, top) };
        let level = |y: f64| MarkLine { from: (trim.left, y), to: (trim.right, y) };
        // Pages that touch each other share their cuts.
        if imposition.pieces_touch() {
            let inner = |all: &[f64]| all.get(1..all.len() - 1).unwrap_or_default().to_vec();
            let cuts = inner(xs).into_iter().map(|x| upright(x, trim.bottom, trim.top));
            return Self {
                cut_contours: vec![*trim],
                cuts: cuts.chain(inner(ys).into_iter().map(level)).collect(),
                creases: imposition.folds.iter().map(|x| upright(*x, trim.bottom, trim.top)).collect(),
            };
        }
        let creases = imposition.folds.iter().flat_map(|x| {
            ys.chunks_exact(2).filter_map(|row| match row {
                [bottom, top] => Some(upright(*x, *bottom, *top)),
                _ => None,
            })
        });
        Self { cut_contours: imposition.pieces(side), cuts: Vec::new(), creases: creases.collect() }
    }
}
