//! Printer's marks around the trimmed pages, in millimetres. All of them are outside the bleed.

use super::plan::{Imposition, MARK_OFFSET, Rect};

/// Length of a mark if the sheet has room for it.
const MAX_MARK: f64 = 5.0;
/// Distance of marks from the edge of the sheet, if it has room.
const EDGE: f64 = 0.5;
/// Distance between two marks.
const SPACING: f64 = 1.5;

/// Height of the slug line.
const SLUG_HEIGHT: f64 = 3.0;

/// A straight mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkLine {
    pub from: (f64, f64),
    pub to: (f64, f64),
}

/// A registration mark: a cross in a circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegistrationMark {
    pub centre: (f64, f64),
    pub radius: f64,
}

/// The marks of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub crops: Vec<MarkLine>,
    pub folds: Vec<MarkLine>,
    pub crosses: Vec<RegistrationMark>,
    /// Area of the colour bar.
    pub bar: Option<Rect>,
    /// Area of the slug line.
    pub slug: Option<Rect>,
    /// Area of the names of the plates, if they are not beside the slug line.
    pub plate_names: Option<Rect>,
}

/// An edge of the trimmed area, with the marks that belong there.
struct Edge<'a> {
    /// Start and end of the edge.
    along: (f64, f64),
    /// Start and end of the marks, as distances from the edge.
    marks: (f64, f64),
    cuts: &'a [f64],
    folds: &'a [f64],
}

impl Marks {
    /// Returns the marks for the sheets of an imposition; empty if marks are turned off.
    pub fn new(imposition: &Imposition) -> Self {
        let mut marks = Self::default();
        if !imposition.has_marks {
            return marks;
        }
        let (t, sheet) = (imposition.trim, &imposition.sheet);
        let from = imposition.bleed + MARK_OFFSET;
        let mark_end = |margin: f64| {
            let room = margin - from;
            from + room.min(MAX_MARK).min((room - EDGE).max(super::plan::MIN_MARK)).min(room)
        };
        let (columns, rows) = (&imposition.cuts.0[..], &imposition.cuts.1[..]);
        let (across, up) = ((t.left, t.right), (t.bottom, t.top));
        let (bottom, left) = (mark_end(t.bottom), mark_end(t.left));
        let (top, right) = (mark_end(sheet.height - t.top), mark_end(sheet.width - t.right));
        let (folds, none): (&[f64], &[f64]) = (&imposition.folds, &[]);
        let edge = |along, to, cuts, folds| Edge { along, marks: (from, to), cuts, folds };
        let above = marks.add_edge(&edge(across, top, columns, folds), |x, out| (x, t.top + out));
        let below = marks.add_edge(&edge(across, bottom, columns, folds), |x, out| (x, t.bottom - out));
        marks.add_edge(&edge(up, left, rows, none), |y, out| (t.left - out, y));
        marks.add_edge(&edge(up, right, rows, none), |y, out| (t.right + out, y));
        let widest = |spans: &[(f64, f64)]| {
            let width = |span: &(f64, f64)| span.1 - span.0;
            spans.iter().copied().reduce(|a, b| if width(&b) > width(&a) + 0.01 { b } else { a })
        };
        let above_trim = |(left, right): (f64, f64)| Rect { left, right, bottom: t.top + from, top: t.top + top };
        let below_trim =
            |(left, right): (f64, f64)| Rect { left, right, bottom: t.bottom - bottom, top: t.bottom - from };
        marks.bar = widest(&above).map(above_trim);
        let slug = widest(&below);
        marks.slug = slug.map(below_trim);
        let rest: Vec<(f64, f64)> = below.into_iter().filter(|span| Some(*span) != slug).collect();
        marks.plate_names = widest(&rest).map(below_trim);
        // If the sheet has room below the marks, the slug line is there, as wide as the sheet.
        let slug_top = t.bottom - bottom - SPACING;
        if slug_top >= SLUG_HEIGHT + EDGE {
            let (left, right) = (sheet.width.min(MAX_MARK), sheet.width - MAX_MARK);
            (marks.slug, marks.plate_names) =
                (Some(Rect { left, right, bottom: slug_top - SLUG_HEIGHT, top: slug_top }), None);
        }
        marks
    }

    /// Adds crop marks, fold marks and a registration mark along one edge. Returns the free spans between them.
    fn add_edge(&mut self, edge: &Edge<'_>, at: impl Fn(f64, f64) -> (f64, f64)) -> Vec<(f64, f64)> {
        let (from, to) = edge.marks;
        let line = |x: f64| MarkLine { from: at(x, from), to: at(x, to) };
        self.crops.extend(edge.cuts.iter().map(|x| line(*x)));
        self.folds.extend(edge.folds.iter().map(|x| line(*x)));
        let mut taken: Vec<(f64, f64)> = edge.cuts.iter().chain(edge.folds).map(|x| (*x, *x)).collect();
        let radius = (to - from) / 2.0;
        let middle = (edge.along.0 + edge.along.1) / 2.0;
        let is_clear =
            |x: &f64| taken.iter().all(|(from, to)| *x + radius + SPACING <= *from || *to <= *x - radius - SPACING);
        // As near to the middle as the other marks allow.
        let step = radius + SPACING;
        let places = (0..20).flat_map(|n| [middle - f64::from(n) * step, middle + f64::from(n) * step]);
        let is_inside = |x: &f64| edge.along.0 <= *x && *x <= edge.along.1;
        if let Some(x) = places.filter(is_inside).find(is_clear) {
            self.crosses.push(RegistrationMark { centre: at(x, from + radius), radius });
            taken.push((x - radius, x + radius));
        }
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let spans = taken.windows(2).filter_map(|pair| match pair {
            [(_, from), (to, _)] => Some((from + SPACING, to - SPACING)),
            _ => None,
        });
        spans.filter(|(from, to)| to - from > 4.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Duplex, ImposedDocument, ImpositionRequest, Layout};
    use super::super::sheet::SheetSize;
    use super::*;

    fn impositions() -> Vec<Imposition> {
        let mut impositions = Vec::new();
        for (layout, duplex) in [
            (Layout::OneUp, None),
            (Layout::NUp, None),
            (Layout::CutStack, Some(Duplex::WorkAndTumble)),
            (Layout::NUp, Some(Duplex::WorkAndTurn)),
            (Layout::Booklet, None),
        ] {
            for (sheet, page) in [(None, (297.0, 210.0)), (None, (85.0, 55.0)), (Some("SRA3"), (148.0, 105.0))] {
                for bleed in [0.0, 3.0, 5.0] {
                    let sheet = sheet.and_then(|name| SheetSize::parse(name).ok());
                    let request = ImpositionRequest {
                        sheet,
                        layout,
                        up: None,
                        duplex,
                        gutter: None,
                        bleed,
                        creep: 0.0,
                        has_marks: true,
                        binds_on_right: false,
                    };
                    impositions.extend(Imposition::lay_out(
                        &request,
                        page,
                        &[ImposedDocument { pages: 0..8, copies: 2 }],
                    ));
                }
            }
        }
        assert!(impositions.len() > 25, "{}", impositions.len());
        impositions
    }

    fn touches(line: &MarkLine, rect: &Rect) -> bool {
        let (x0, x1) = (line.from.0.min(line.to.0), line.from.0.max(line.to.0));
        let (y0, y1) = (line.from.1.min(line.to.1), line.from.1.max(line.to.1));
        x1 > rect.left && x0 < rect.right && y1 > rect.bottom && y0 < rect.top
    }

    #[test]
    fn no_mark_touches_the_bleed_or_leaves_the_sheet() {
        for imposition in impositions() {
            let marks = Marks::new(&imposition);
            let bleed = imposition.bleed_box().outset(MARK_OFFSET - 0.01);
            let sheet = Rect { left: 0.0, bottom: 0.0, right: imposition.sheet.width, top: imposition.sheet.height };
            for line in marks.crops.iter().chain(&marks.folds) {
                assert!(!touches(line, &bleed), "{line:?} {bleed:?}");
                for (x, y) in [line.from, line.to] {
                    assert!(x >= 0.0 && y >= 0.0 && x <= sheet.right && y <= sheet.top, "{line:?}");
                }
            }
            let squares = marks.crosses.iter().map(|c| Rect {
                left: c.centre.0 - c.radius,
                right: c.centre.0 + c.radius,
                bottom: c.centre.1 - c.radius,
                top: c.centre.1 + c.radius,
            });
            for rect in squares.chain(marks.bar).chain(marks.slug).chain(marks.plate_names) {
                let apart = rect.right <= bleed.left
                    || rect.left >= bleed.right
                    || rect.top <= bleed.bottom
                    || rect.bottom >= bleed.top;
                assert!(apart && rect.left >= 0.0 && rect.bottom >= 0.0, "{rect:?}");
                assert!(rect.right <= sheet.right && rect.top <= sheet.top + 1e-9, "{rect:?}");
            }
        }
    }

    #[test]
    fn every_cut_has_a_mark_at_both_ends_and_each_edge_a_registration_mark() {
        for imposition in impositions() {
            let marks = Marks::new(&imposition);
            assert_eq!(marks.crops.len(), 2 * (imposition.cuts.0.len() + imposition.cuts.1.len()));
            assert_eq!(marks.folds.len(), 2 * imposition.folds.len());
            assert_eq!(marks.crosses.len(), 4, "{:?}", imposition.sheet);
            assert!(marks.crops.iter().all(|l| (l.from.0 - l.to.0).abs() + (l.from.1 - l.to.1).abs() >= 2.99));
            assert!(marks.slug.is_some() && marks.bar.is_some());
        }
    }
}
