//! Printer's marks around the trimmed pages: where each stands, in millimetres. All of them lie outside the bleed.

use super::plan::{GAP, Plan, Rect};

/// The longest marks; shorter where the sheet has less room.
const LONGEST: f64 = 5.0;
/// What a printer's grippers and margins leave free at the sheet's edge, where there is room for it.
const EDGE: f64 = 0.5;
/// Between two marks.
const APART: f64 = 1.5;

/// Height of the slug line.
const LINE: f64 = 3.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub from: (f64, f64),
    pub to: (f64, f64),
}

/// A registration mark: a cross in a circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cross {
    pub centre: (f64, f64),
    pub radius: f64,
}

#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub crops: Vec<Line>,
    pub folds: Vec<Line>,
    pub crosses: Vec<Cross>,
    /// Room for the patches of the colour bar.
    pub bar: Option<Rect>,
    /// Room for the slug line, and for the names of the plates.
    pub slug: Option<Rect>,
    pub names: Option<Rect>,
}

/// A side of the trimmed area: where it runs, and where marks begin and end, measured outwards.
struct Edge<'a> {
    along: (f64, f64),
    out: (f64, f64),
    cuts: &'a [f64],
    folds: &'a [f64],
}

impl Marks {
    pub fn of(plan: &Plan) -> Self {
        let mut marks = Self::default();
        if !plan.marks {
            return marks;
        }
        let (t, sheet) = (plan.trim, &plan.sheet);
        let from = plan.bleed + GAP;
        let reach = |margin: f64| {
            let room = margin - from;
            from + room.min(LONGEST).min((room - EDGE).max(super::plan::MARK)).min(room)
        };
        let (columns, rows) = (&plan.cuts.0[..], &plan.cuts.1[..]);
        let (across, up) = ((t.left, t.right), (t.bottom, t.top));
        let (bottom, left) = (reach(t.bottom), reach(t.left));
        let (top, right) = (reach(sheet.height - t.top), reach(sheet.width - t.right));
        let (folds, none): (&[f64], &[f64]) = (&plan.folds, &[]);
        let edge = |along, to, cuts, folds| Edge { along, out: (from, to), cuts, folds };
        let above = marks.edge(&edge(across, top, columns, folds), |x, out| (x, t.top + out));
        let below = marks.edge(&edge(across, bottom, columns, folds), |x, out| (x, t.bottom - out));
        marks.edge(&edge(up, left, rows, none), |y, out| (t.left - out, y));
        marks.edge(&edge(up, right, rows, none), |y, out| (t.right + out, y));
        let widest = |spans: &[(f64, f64)]| {
            let width = |span: &(f64, f64)| span.1 - span.0;
            spans.iter().copied().reduce(|a, b| if width(&b) > width(&a) + 0.01 { b } else { a })
        };
        let higher = |(left, right): (f64, f64)| Rect { left, right, bottom: t.top + from, top: t.top + top };
        let lower = |(left, right): (f64, f64)| Rect { left, right, bottom: t.bottom - bottom, top: t.bottom - from };
        marks.bar = widest(&above).map(higher);
        let slug = widest(&below);
        marks.slug = slug.map(lower);
        let rest: Vec<(f64, f64)> = below.into_iter().filter(|span| Some(*span) != slug).collect();
        marks.names = widest(&rest).map(lower);
        // Where the sheet has room below the marks, the line is as long as the sheet.
        let edge = t.bottom - bottom - APART;
        if edge >= LINE + EDGE {
            let (left, right) = (sheet.width.min(LONGEST), sheet.width - LONGEST);
            (marks.slug, marks.names) = (Some(Rect { left, right, bottom: edge - LINE, top: edge }), None);
        }
        marks
    }

    /// Crop and fold marks and a registration mark along one edge; gives what is left free there.
    fn edge(&mut self, edge: &Edge<'_>, at: impl Fn(f64, f64) -> (f64, f64)) -> Vec<(f64, f64)> {
        let (from, to) = edge.out;
        let line = |x: f64| Line { from: at(x, from), to: at(x, to) };
        self.crops.extend(edge.cuts.iter().map(|x| line(*x)));
        self.folds.extend(edge.folds.iter().map(|x| line(*x)));
        let mut taken: Vec<(f64, f64)> = edge.cuts.iter().chain(edge.folds).map(|x| (*x, *x)).collect();
        let radius = (to - from) / 2.0;
        let middle = (edge.along.0 + edge.along.1) / 2.0;
        let clear = |x: &f64| taken.iter().all(|(from, to)| *x + radius + APART <= *from || *to <= *x - radius - APART);
        // In the middle, or as near to it as the other marks let it be.
        let step = radius + APART;
        let places = (0..20).flat_map(|n| [middle - f64::from(n) * step, middle + f64::from(n) * step]);
        let inside = |x: &f64| edge.along.0 <= *x && *x <= edge.along.1;
        if let Some(x) = places.filter(inside).find(clear) {
            self.crosses.push(Cross { centre: at(x, from + radius), radius });
            taken.push((x - radius, x + radius));
        }
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let spans = taken.windows(2).filter_map(|pair| match pair {
            [(_, from), (to, _)] => Some((from + APART, to - APART)),
            _ => None,
        });
        spans.filter(|(from, to)| to - from > 4.0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Duplex, Item, Layout, Request};
    use super::super::sheet::Sheet;
    use super::*;

    fn plans() -> Vec<Plan> {
        let mut plans = Vec::new();
        for (layout, duplex) in [
            (Layout::OneUp, None),
            (Layout::NUp, None),
            (Layout::CutStack, Some(Duplex::WorkAndTumble)),
            (Layout::NUp, Some(Duplex::WorkAndTurn)),
            (Layout::Booklet, None),
        ] {
            for (sheet, page) in [(None, (297.0, 210.0)), (None, (85.0, 55.0)), (Some("SRA3"), (148.0, 105.0))] {
                for bleed in [0.0, 3.0, 5.0] {
                    let sheet = sheet.and_then(|name| Sheet::parse(name).ok());
                    let request = Request {
                        sheet,
                        layout,
                        up: None,
                        duplex,
                        gutter: None,
                        bleed,
                        creep: 0.0,
                        marks: true,
                        from_right: false,
                    };
                    plans.extend(Plan::lay(&request, page, &[Item { pages: 0..8, copies: 2 }]));
                }
            }
        }
        assert!(plans.len() > 25, "{}", plans.len());
        plans
    }

    fn touches(line: &Line, rect: &Rect) -> bool {
        let (x0, x1) = (line.from.0.min(line.to.0), line.from.0.max(line.to.0));
        let (y0, y1) = (line.from.1.min(line.to.1), line.from.1.max(line.to.1));
        x1 > rect.left && x0 < rect.right && y1 > rect.bottom && y0 < rect.top
    }

    #[test]
    fn no_mark_touches_the_bleed_or_leaves_the_sheet() {
        for plan in plans() {
            let marks = Marks::of(&plan);
            let bleed = plan.bleed_box().grown(GAP - 0.01);
            let sheet = Rect { left: 0.0, bottom: 0.0, right: plan.sheet.width, top: plan.sheet.height };
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
            for rect in squares.chain(marks.bar).chain(marks.slug).chain(marks.names) {
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
        for plan in plans() {
            let marks = Marks::of(&plan);
            assert_eq!(marks.crops.len(), 2 * (plan.cuts.0.len() + plan.cuts.1.len()));
            assert_eq!(marks.folds.len(), 2 * plan.folds.len());
            assert_eq!(marks.crosses.len(), 4, "{:?}", plan.sheet);
            assert!(marks.crops.iter().all(|l| (l.from.0 - l.to.0).abs() + (l.from.1 - l.to.1).abs() >= 2.99));
            assert!(marks.slug.is_some() && marks.bar.is_some());
        }
    }
}
