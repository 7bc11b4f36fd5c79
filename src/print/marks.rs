//! Printer's marks around the trimmed pages, in millimetres. All of them are outside the bleed.

use super::imposition::{Imposition, MARK_OFFSET, MIN_MARK, Rect};

/// Length of a mark if the sheet has room for it.
const MAX_MARK: f64 = 5.0;
/// Distance between two marks.
const SPACING: f64 = 1.5;
/// Distance between two places that are tried for a registration mark.
const CROSS_STEP: f64 = 0.5;

/// Smallest distance of the slug line from the sides of the sheet.
const MIN_SLUG_INDENT: f64 = 0.5;
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

impl RegistrationMark {
    fn bounds(&self) -> Rect {
        let (x, y) = self.centre;
        Rect { left: x, bottom: y, right: x, top: y }.outset(self.radius)
    }
}

/// The marks of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub crops: Vec<MarkLine>,
    pub folds: Vec<MarkLine>,
    pub registration_marks: Vec<RegistrationMark>,
    /// Area of the colour bar.
    pub colour_bar: Option<Rect>,
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
        let (t, sheet) = (imposition.block, &imposition.sheet);
        let from = imposition.bleed + MARK_OFFSET;
        // Marks stay in the printable part of the sheet, unless it has no room for the shortest ones.
        let printable = imposition.printable;
        let mark_end =
            |printable: f64, sheet: f64| from + (printable - from).clamp(MIN_MARK, MAX_MARK).min(sheet - from);
        let (columns, rows) = (&imposition.cuts.0[..], &imposition.cuts.1[..]);
        let (across, up) = ((t.left, t.right), (t.bottom, t.top));
        let (bottom, left) =
            (mark_end(t.bottom - printable.bottom, t.bottom), mark_end(t.left - printable.left, t.left));
        let top = mark_end(printable.top - t.top, sheet.height - t.top);
        let right = mark_end(printable.right - t.right, sheet.width - t.right);
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
        marks.colour_bar = widest(&above).map(above_trim);
        let slug = widest(&below);
        marks.slug = slug.map(below_trim);
        let rest: Vec<(f64, f64)> = below.into_iter().filter(|span| Some(*span) != slug).collect();
        marks.plate_names = widest(&rest).map(below_trim);
        // If the sheet has room below the marks, the slug line is there, as wide as what can be printed.
        let slug_top = t.bottom - bottom - SPACING;
        if slug_top >= SLUG_HEIGHT + printable.bottom {
            let (left, right) =
                (printable.left.max(MIN_SLUG_INDENT), printable.right.min(sheet.width - MIN_SLUG_INDENT));
            (marks.slug, marks.plate_names) =
                (Some(Rect { left, right, bottom: slug_top - SLUG_HEIGHT, top: slug_top }), None);
        }
        marks
    }

    /// Returns the area that all marks cover, or `None` without marks.
    pub fn extent(&self) -> Option<Rect> {
        let points = self.crops.iter().chain(&self.folds).flat_map(|line| [line.from, line.to]);
        let points = points.map(|(x, y)| Rect { left: x, bottom: y, right: x, top: y });
        let squares = self.registration_marks.iter().map(RegistrationMark::bounds);
        let areas = [self.colour_bar, self.slug, self.plate_names].into_iter().flatten();
        points.chain(squares).chain(areas).reduce(|a, b| Rect {
            left: a.left.min(b.left),
            bottom: a.bottom.min(b.bottom),
            right: a.right.max(b.right),
            top: a.top.max(b.top),
        })
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
        // One mark in the middle; if that is taken, two at equal distances from it, as near as possible. They must be
        // symmetrical, so that the marks of front and back coincide when the sheet is turned.
        let half = (edge.along.1 - edge.along.0) / 2.0;
        let distances = (0..).map(|n| f64::from(n) * CROSS_STEP).take_while(|distance| *distance <= half);
        let mut pairs = distances.map(|distance| [middle - distance, middle + distance]);
        let is_apart = |[first, second]: &[f64; 2]| first == second || second - first >= 2.0 * radius + SPACING;
        if let Some(pair) = pairs.find(|pair| pair.iter().all(is_clear) && is_apart(pair)) {
            for x in pair.into_iter().take(if pair[0] == pair[1] { 1 } else { 2 }) {
                self.registration_marks.push(RegistrationMark { centre: at(x, from + radius), radius });
                taken.push((x - radius, x + radius));
            }
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
    use super::super::imposition::{DocumentToImpose, Duplex, ImpositionRequest, Layout};
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
                        margin: 4.0,
                        gripper: 10.0,
                        binds_on_right: false,
                    };
                    impositions.extend(Imposition::new(&request, page, &[DocumentToImpose { pages: 0..8, copies: 2 }]));
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
            let squares = marks.registration_marks.iter().map(RegistrationMark::bounds);
            for rect in squares.chain(marks.colour_bar).chain(marks.slug).chain(marks.plate_names) {
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
    fn marks_stay_in_the_printable_part_of_a_default_sheet() {
        for imposition in impositions().iter().filter(|imposition| imposition.block.width() < 250.0) {
            let (printable, extent) = (imposition.printable.outset(1e-9), Marks::new(imposition).extent().unwrap());
            assert!(printable.contains(&extent), "{:?}: {extent:?} is not inside {printable:?}", imposition.sheet);
        }
    }

    #[test]
    fn every_cut_has_a_mark_at_both_ends_and_each_edge_a_registration_mark() {
        for imposition in impositions() {
            let marks = Marks::new(&imposition);
            assert_eq!(marks.crops.len(), 2 * (imposition.cuts.0.len() + imposition.cuts.1.len()));
            assert_eq!(marks.folds.len(), 2 * imposition.folds.len());
            assert!(
                (4..=8).contains(&marks.registration_marks.len()),
                "{:?}: {:?}",
                imposition.sheet,
                marks.registration_marks
            );
            assert!(marks.crops.iter().all(|l| (l.from.0 - l.to.0).abs() + (l.from.1 - l.to.1).abs() >= 2.99));
            assert!(marks.slug.is_some() && marks.colour_bar.is_some());
        }
    }
}
