//! A side of a sheet as printpdf's operators: pages, marks, colour bar, slug line.

use std::collections::BTreeSet;

use printpdf::{
    Cmyk, Color, CurTransMat, DictItem, LayerInternalId, Line as Path, LineDashPattern, LinePoint, Op, PaintMode,
    Point, Pt, Rect as Area,
};

use super::marks::{Cross, Line, Marks};
use super::plan::{Placed, Plan, Rect, Side};
use super::text::{self, Faces, points};
use crate::diagnostic::Diagnostic;

/// Lines of marks, in points.
const HAIRLINE: f32 = 0.25;
/// Size of the slug line, in points: as it is meant, and as small as it may become.
const SLUG: (f64, f64) = (6.0, 4.0);
/// A patch of the colour bar, in millimetres.
const PATCH: (f64, f64) = (5.0, 2.0);

/// Names of the resources that sides refer to.
pub const LAYER: &str = "Marks";
pub const ALL: &str = "All";

/// Where the pages come from: the name of each form, and the corner of its trimmed page in points.
pub struct Source {
    pub name: String,
    pub trim: [f64; 4],
}

/// What one side says in its slug line.
pub struct Slug<'a> {
    /// The parts of the line, the most important first.
    pub parts: &'a [String],
    /// Plates of the file, process inks first.
    pub plates: &'a [String],
}

#[derive(Clone, Debug)]
enum Ink {
    Process([f32; 4]),
    /// A plate of its own, by its number among the spot colours, and how much of it.
    Spot(usize, f32),
    All,
}

/// The resource name of a spot colour.
pub fn spot_name(index: usize) -> String {
    format!("Sep{index}")
}

/// The pages of a side, then its marks. Gives the parts of the slug line that had no room.
pub fn side(
    plan: &Plan,
    side: &Side,
    sources: &[Source],
    slug: &Slug<'_>,
    faces: &Faces,
) -> Result<(Vec<Op>, usize), Diagnostic> {
    let mut ops = Vec::new();
    for placed in &side.placed {
        if let Some(source) = sources.get(placed.page) {
            page(&mut ops, placed, source);
        }
    }
    let marks = Marks::of(plan);
    let mut left = 0;
    if plan.marks {
        let layer = LayerInternalId(LAYER.to_owned());
        ops.extend([Op::SaveGraphicsState, Op::BeginLayer { layer_id: layer }]);
        lines(&mut ops, &marks);
        if let Some(room) = marks.bar {
            bar(&mut ops, &room, slug.plates);
        }
        left = words(&mut ops, &marks, slug, faces)?;
        ops.extend([Op::EndLayer, Op::RestoreGraphicsState]);
    }
    Ok((ops, left))
}

fn unknown(key: &str, value: Vec<DictItem>) -> Op {
    Op::Unknown { key: key.to_owned(), value }
}

fn rectangle(rect: &Rect, mode: PaintMode) -> Op {
    let (x, y) = (Pt(points(rect.left)), Pt(points(rect.bottom)));
    let (width, height) = (Pt(points(rect.width())), Pt(points(rect.height())));
    Op::DrawRectangle { rectangle: Area { x, y, width, height, mode: Some(mode), winding_order: None } }
}

fn page(ops: &mut Vec<Op>, placed: &Placed, source: &Source) {
    ops.push(Op::SaveGraphicsState);
    ops.push(rectangle(&placed.clip, PaintMode::Clip));
    let [left, bottom, ..] = source.trim;
    let trim = &placed.trim;
    let matrix = if placed.upside_down {
        let (x, y) = (trim.right / text::POINT + left, trim.top / text::POINT + bottom);
        [-1.0, 0.0, 0.0, -1.0, x as f32, y as f32]
    } else {
        let (x, y) = (trim.left / text::POINT - left, trim.bottom / text::POINT - bottom);
        [1.0, 0.0, 0.0, 1.0, x as f32, y as f32]
    };
    ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
    ops.push(unknown("Do", vec![DictItem::Name(source.name.clone().into_bytes())]));
    ops.push(Op::RestoreGraphicsState);
}

fn ink(ops: &mut Vec<Op>, ink: &Ink, stroke: bool) {
    match ink {
        Ink::Process([c, m, y, k]) => {
            let col = Color::Cmyk(Cmyk { c: *c, m: *m, y: *y, k: *k, icc_profile: None });
            ops.push(if stroke { Op::SetOutlineColor { col } } else { Op::SetFillColor { col } });
        }
        Ink::Spot(..) | Ink::All => {
            let (id, tint) = match ink {
                Ink::Spot(index, tint) => (spot_name(*index), *tint),
                _ => (ALL.to_owned(), 1.0),
            };
            ops.push(if stroke { Op::SetColorSpaceStroke { id } } else { Op::SetColorSpaceFill { id } });
            ops.push(unknown(if stroke { "SCN" } else { "scn" }, vec![DictItem::Real(tint)]));
        }
    }
}

fn point((x, y): (f64, f64), bezier: bool) -> LinePoint {
    LinePoint { p: Point { x: Pt(points(x)), y: Pt(points(y)) }, bezier }
}

fn stroke(ops: &mut Vec<Op>, line: &Line) {
    let points = vec![point(line.from, false), point(line.to, false)];
    ops.push(Op::DrawLine { line: Path { points, is_closed: false } });
}

/// Crop, fold and registration marks, which stand on every plate.
fn lines(ops: &mut Vec<Op>, marks: &Marks) {
    ink(ops, &Ink::All, true);
    ops.push(Op::SetOutlineThickness { pt: Pt(HAIRLINE) });
    marks.crops.iter().for_each(|line| stroke(ops, line));
    for Cross { centre: (x, y), radius } in &marks.crosses {
        let line = |dx: f64, dy: f64| Line { from: (x - dx, y - dy), to: (x + dx, y + dy) };
        stroke(ops, &line(*radius, 0.0));
        stroke(ops, &line(0.0, *radius));
        // Four arcs of a circle.
        let (r, h) = (radius * 0.6, radius * 0.6 * 0.552_284_75);
        let around = [
            (r, 0.0, false),
            (r, h, true),
            (h, r, true),
            (0.0, r, false),
            (-h, r, true),
            (-r, h, true),
            (-r, 0.0, false),
            (-r, -h, true),
            (-h, -r, true),
            (0.0, -r, false),
            (h, -r, true),
            (r, -h, true),
            (r, 0.0, false),
        ];
        let points = around.iter().map(|(dx, dy, bezier)| point((x + dx, y + dy), *bezier)).collect();
        ops.push(Op::DrawLine { line: Path { points, is_closed: true } });
    }
    if !marks.folds.is_empty() {
        let dash = LineDashPattern { pattern: [2.0, 1.5].into_iter().collect(), offset: 0.0 };
        ops.push(Op::SetLineDashPattern { dash });
        marks.folds.iter().for_each(|line| stroke(ops, line));
        ops.push(Op::SetLineDashPattern {
            dash: LineDashPattern { pattern: std::iter::empty().collect(), offset: 0.0 },
        });
    }
}

/// Each ink full and at half, process inks on each other, as far as there is room.
fn bar(ops: &mut Vec<Op>, room: &Rect, plates: &[String]) {
    let spots = spots(plates);
    let full = |n: usize| -> [f32; 4] { std::array::from_fn(|i| if i == n { 1.0 } else { 0.0 }) };
    let mut patches: Vec<Ink> = (0..4).map(|n| Ink::Process(full(n))).collect();
    patches.extend((0..spots.len()).map(|n| Ink::Spot(n, 1.0)));
    patches.extend((0..4).map(|n| Ink::Process(full(n).map(|ink| ink * 0.5))));
    patches.extend((0..spots.len()).map(|n| Ink::Spot(n, 0.5)));
    let over = [[0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0]];
    patches.extend(over.map(Ink::Process));
    let width = (room.width() / patches.len() as f64).min(PATCH.0).max(PATCH.1);
    let shown = ((room.width() + 0.001) / width).floor() as usize;
    for (index, patch) in patches.iter().take(shown).enumerate() {
        let left = room.left + index as f64 * width;
        ink(ops, patch, false);
        ops.push(rectangle(&Rect { left, right: left + width, ..*room }, PaintMode::Fill));
    }
}

/// The plates that are no process inks.
pub fn spots(plates: &[String]) -> Vec<&String> {
    plates.iter().filter(|plate| !PROCESS.contains(&plate.as_str())).collect()
}

const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// The slug line in black, and the name of each plate in its own ink. Gives the number of parts left out.
fn words(ops: &mut Vec<Op>, marks: &Marks, slug: &Slug<'_>, faces: &Faces) -> Result<usize, Diagnostic> {
    let Some(mut room) = marks.slug else { return Ok(slug.parts.len()) };
    let names: Vec<text::Line> =
        slug.plates.iter().map(|plate| faces.set(&format!("{plate}  "))).collect::<Result<_, _>>()?;
    let total: f64 = names.iter().map(|name| name.width).sum();
    // The names have room of their own, or share that of the line.
    let own = marks.names.or_else(|| {
        let width = (total * SLUG.1 * text::POINT).min(room.width() / 2.0);
        let left = room.right - width;
        let share = Rect { left, ..room };
        room.right = left;
        Some(share)
    });
    let mut left_out = 0;
    for count in (0..=slug.parts.len()).rev() {
        let shown: BTreeSet<usize> = (0..count).collect();
        let text: Vec<&str> = shown.iter().filter_map(|n| slug.parts.get(*n)).map(String::as_str).collect();
        let line = faces.set(&text.join("  ·  "))?;
        if let Some((size, at)) = text::fitted(&line, &room, SLUG.0, SLUG.1) {
            ink(ops, &Ink::Process([0.0, 0.0, 0.0, 1.0]), false);
            line.write(ops, size, at);
            break;
        }
        left_out += 1;
    }
    let spots = spots(slug.plates);
    let mut room = own.unwrap_or(room);
    let size = SLUG.0.min(room.height() / (1.15 * text::POINT)).min(room.width() / (total * text::POINT));
    if size < SLUG.1 - 0.01 {
        return Ok(left_out + 1);
    }
    for (plate, name) in slug.plates.iter().zip(&names) {
        let Some((_, at)) = text::fitted(name, &Rect { right: f64::MAX, ..room }, size, 0.0) else { continue };
        let own = match (PROCESS.iter().position(|p| p == plate), spots.iter().position(|s| *s == plate)) {
            (Some(n), _) => Ink::Process(std::array::from_fn(|i| if i == n { 1.0 } else { 0.0 })),
            (_, Some(n)) => Ink::Spot(n, 1.0),
            _ => Ink::All,
        };
        ink(ops, &own, false);
        name.write(ops, size, at);
        room.left += name.width_at(size);
    }
    Ok(left_out)
}
