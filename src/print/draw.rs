//! Draws a side of a sheet with printpdf's operators: pages, marks, colour bar, slug line.

use printpdf::{
    Cmyk, Color, CurTransMat, DictItem, LayerInternalId, Line as Path, LineDashPattern, LinePoint, Op, PaintMode,
    Point, Pt, Rect as Area,
};

use super::code128;
use super::imposition::{Imposition, PlacedPage, Rect, SheetSide};
use super::inks::PROCESS;
use super::marks::{MarkLine, Marks, RegistrationMark};
use super::processing_step::{CREASE, CUT, DieLines};
use super::text_line::{LINE_HEIGHT, LabelFonts, MM_PER_POINT, TextLine, fit_line, to_points_f32};
use crate::diagnostic::Diagnostic;

/// Width of marks, in points.
const HAIRLINE: f32 = 0.25;
/// Largest and smallest font size of the slug line, in points.
const SLUG_SIZE: (f64, f64) = (6.0, 4.0);
/// Largest and smallest width of a patch of the colour bar, in millimetres.
const PATCH_WIDTH: (f64, f64) = (5.0, 2.0);

/// Width of a module of the bar code in millimetres, and of the blank space beside the bar code in modules.
const MODULE: f64 = 0.25;
const QUIET_MODULES: f64 = 10.0;

/// Resource name and displayed name of the layer with the marks.
pub const MARKS_LAYER: &str = "Marks";
/// Resource name and colorant name of the separation that prints on every plate (ISO 32000-2, 8.6.6.4).
pub const ALL_PLATES: &str = "All";
/// Resource name of the graphics state in which lines for machines overprint.
pub const OVERPRINT: &str = "Overprint";

/// A page to draw: a reference to its form.
pub struct PageFormRef {
    /// Resource name of its form.
    pub name: String,
    /// TrimBox of the form, in points.
    pub trim: [f64; 4],
}

/// The slug line of a side.
pub struct Slug<'a> {
    /// The parts of the line, the most important first.
    pub parts: &'a [String],
    /// Names of the plates of the file, process inks first.
    pub plates: &'a [String],
    /// The text of the bar code.
    pub code: Option<&'a str>,
}

/// The ink in which a mark is drawn.
#[derive(Clone, Debug)]
enum MarkInk {
    Process([f32; 4]),
    /// Index among the spot colours, and tint.
    Spot(usize, f32),
    AllPlates,
    /// A separation that no ink prints, by its name.
    Die(&'static str),
}

/// Returns the resource name of a spot colour.
pub fn spot_resource_name(index: usize) -> String {
    format!("Sep{index}")
}

/// Draws the pages of a side, then its marks. Also returns the number of parts of the slug line that did not fit.
pub fn draw_side(
    imposition: &Imposition,
    side: &SheetSide,
    sources: &[PageFormRef],
    slug: &Slug<'_>,
    fonts: &LabelFonts,
) -> Result<(Vec<Op>, usize), Diagnostic> {
    let mut ops = Vec::new();
    for placed in &side.placed {
        if let Some(source) = sources.get(placed.page_index) {
            draw_page(&mut ops, placed, source);
        }
    }
    let marks = Marks::new(imposition);
    let mut omitted = 0;
    if imposition.has_marks {
        let layer = LayerInternalId(MARKS_LAYER.to_owned());
        ops.extend([Op::SaveGraphicsState, Op::BeginLayer { layer_id: layer }]);
        draw_marks(&mut ops, &marks);
        if let Some(room) = marks.colour_bar {
            draw_colour_bar(&mut ops, &room, slug.plates);
        }
        omitted = draw_slug(&mut ops, &marks, slug, fonts)?;
        ops.extend([Op::EndLayer, Op::RestoreGraphicsState]);
    }
    Ok((ops, omitted))
}

/// Returns an operator that printpdf has no type for; it is written unchanged.
fn raw_operator(key: &str, value: Vec<DictItem>) -> Op {
    Op::Unknown { key: key.to_owned(), value }
}

fn rectangle(rect: &Rect, mode: PaintMode) -> Op {
    let (x, y) = (Pt(to_points_f32(rect.left)), Pt(to_points_f32(rect.bottom)));
    let (width, height) = (Pt(to_points_f32(rect.width())), Pt(to_points_f32(rect.height())));
    Op::DrawRectangle { rectangle: Area { x, y, width, height, mode: Some(mode), winding_order: None } }
}

fn draw_page(ops: &mut Vec<Op>, placed: &PlacedPage, source: &PageFormRef) {
    ops.push(Op::SaveGraphicsState);
    ops.push(rectangle(&placed.clip, PaintMode::Clip));
    let [left, bottom, ..] = source.trim;
    let trim = &placed.trim;
    let offset = |mm: f64, points: f64| to_points_f32(mm + points * MM_PER_POINT);
    let matrix = if placed.is_upside_down {
        [-1.0, 0.0, 0.0, -1.0, offset(trim.right, left), offset(trim.top, bottom)]
    } else {
        [1.0, 0.0, 0.0, 1.0, offset(trim.left, -left), offset(trim.bottom, -bottom)]
    };
    ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
    ops.push(raw_operator("Do", vec![DictItem::Name(source.name.clone().into_bytes())]));
    ops.push(Op::RestoreGraphicsState);
}

fn set_ink(ops: &mut Vec<Op>, ink: &MarkInk, is_stroke: bool) {
    match ink {
        MarkInk::Process([c, m, y, k]) => {
            let col = Color::Cmyk(Cmyk { c: *c, m: *m, y: *y, k: *k, icc_profile: None });
            ops.push(if is_stroke { Op::SetOutlineColor { col } } else { Op::SetFillColor { col } });
        }
        MarkInk::Spot(..) | MarkInk::AllPlates | MarkInk::Die(_) => {
            let (id, tint) = match ink {
                MarkInk::Spot(index, tint) => (spot_resource_name(*index), *tint),
                MarkInk::Die(name) => ((*name).to_owned(), 1.0),
                _ => (ALL_PLATES.to_owned(), 1.0),
            };
            ops.push(if is_stroke { Op::SetColorSpaceStroke { id } } else { Op::SetColorSpaceFill { id } });
            ops.push(raw_operator(if is_stroke { "SCN" } else { "scn" }, vec![DictItem::Real(tint)]));
        }
    }
}

fn point((x, y): (f64, f64), bezier: bool) -> LinePoint {
    LinePoint { p: Point { x: Pt(to_points_f32(x)), y: Pt(to_points_f32(y)) }, bezier }
}

fn draw_line(ops: &mut Vec<Op>, line: &MarkLine) {
    let points = vec![point(line.from, false), point(line.to, false)];
    ops.push(Op::DrawLine { line: Path { points, is_closed: false } });
}

/// Draws crop, fold and registration marks, on every plate.
fn draw_marks(ops: &mut Vec<Op>, marks: &Marks) {
    set_ink(ops, &MarkInk::AllPlates, true);
    ops.push(Op::SetOutlineThickness { pt: Pt(HAIRLINE) });
    marks.crops.iter().for_each(|line| draw_line(ops, line));
    for RegistrationMark { centre: (x, y), radius } in &marks.registration_marks {
        let line = |dx: f64, dy: f64| MarkLine { from: (x - dx, y - dy), to: (x + dx, y + dy) };
        draw_line(ops, &line(*radius, 0.0));
        draw_line(ops, &line(0.0, *radius));
        // A circle of four Bézier curves.
        let (r, h) = (radius * 0.6, radius * 0.6 * 0.552_284_75);
        let circle = [
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
        let points = circle.iter().map(|(dx, dy, bezier)| point((x + dx, y + dy), *bezier)).collect();
        ops.push(Op::DrawLine { line: Path { points, is_closed: true } });
    }
    if !marks.folds.is_empty() {
        let dash = LineDashPattern { pattern: [2.0, 1.5].into_iter().collect(), offset: 0.0 };
        ops.push(Op::SetLineDashPattern { dash });
        marks.folds.iter().for_each(|line| draw_line(ops, line));
        ops.push(Op::SetLineDashPattern {
            dash: LineDashPattern { pattern: std::iter::empty().collect(), offset: 0.0 },
        });
    }
}

/// Draws the lines for a machine that cuts and creases, each kind on its layer.
pub fn draw_die_lines(ops: &mut Vec<Op>, lines: &DieLines) {
    for (name, contours, lines) in [(CUT, &lines.cut_contours[..], &lines.cuts), (CREASE, &[], &lines.creases)] {
        if contours.is_empty() && lines.is_empty() {
            continue;
        }
        ops.extend([Op::SaveGraphicsState, Op::BeginLayer { layer_id: LayerInternalId(name.to_owned()) }]);
        ops.push(raw_operator("gs", vec![DictItem::Name(OVERPRINT.into())]));
        set_ink(ops, &MarkInk::Die(name), true);
        ops.push(Op::SetOutlineThickness { pt: Pt(HAIRLINE) });
        ops.extend(contours.iter().map(|contour| rectangle(contour, PaintMode::Stroke)));
        lines.iter().for_each(|line| draw_line(ops, line));
        ops.extend([Op::EndLayer, Op::RestoreGraphicsState]);
    }
}

/// Draws patches of each ink of the file at 100 % and 50 %, then overprints of process inks, as many as fit.
fn draw_colour_bar(ops: &mut Vec<Op>, room: &Rect, plates: &[String]) {
    let spots = spot_plates(plates);
    let solid = |n: usize| -> [f32; 4] { std::array::from_fn(|i| if i == n { 1.0 } else { 0.0 }) };
    // A patch of an ink that the pages do not have would need a separate plate.
    let process: Vec<usize> = (0..4).filter(|n| plates.iter().any(|plate| plate == PROCESS[*n])).collect();
    let mut patches: Vec<MarkInk> = process.iter().map(|n| MarkInk::Process(solid(*n))).collect();
    patches.extend((0..spots.len()).map(|n| MarkInk::Spot(n, 1.0)));
    patches.extend(process.iter().map(|n| MarkInk::Process(solid(*n).map(|ink| ink * 0.5))));
    patches.extend((0..spots.len()).map(|n| MarkInk::Spot(n, 0.5)));
    let overprints = [[0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0]];
    if process.len() == 4 {
        patches.extend(overprints.map(MarkInk::Process));
    }
    let width = (room.width() / patches.len() as f64).min(PATCH_WIDTH.0).max(PATCH_WIDTH.1);
    let count = ((room.width() + 0.001) / width).floor() as usize;
    for (index, patch) in patches.iter().take(count).enumerate() {
        let left = room.left + index as f64 * width;
        set_ink(ops, patch, false);
        ops.push(rectangle(&Rect { left, right: left + width, ..*room }, PaintMode::Fill));
    }
}

/// Draws a bar code from the left of an area, in black, as high as the area.
fn draw_bar_code(ops: &mut Vec<Op>, bars: &[u8], room: &Rect) {
    set_ink(ops, &MarkInk::Process([0.0, 0.0, 0.0, 1.0]), false);
    let mut left = room.left;
    for (index, modules) in bars.iter().enumerate() {
        let right = left + f64::from(*modules) * MODULE;
        if index % 2 == 0 {
            ops.push(rectangle(&Rect { left, right, ..*room }, PaintMode::Fill));
        }
        left = right;
    }
}

/// Returns the plates that are not process inks.
fn spot_plates(plates: &[String]) -> Vec<&String> {
    plates.iter().filter(|plate| !PROCESS.contains(&plate.as_str())).collect()
}

/// Draws the slug line in black, and the name of each plate in its own ink. Returns the number of parts that did not fit; the names of the plates count as one.
fn draw_slug(ops: &mut Vec<Op>, marks: &Marks, slug: &Slug<'_>, fonts: &LabelFonts) -> Result<usize, Diagnostic> {
    let Some(mut room) = marks.slug else { return Ok(slug.parts.len()) };
    // The bar code is at the end of the line if at least half of the line remains for the text.
    if let Some(bars) = slug.code.and_then(code128::encode) {
        let modules: f64 = bars.iter().map(|width| f64::from(*width)).sum();
        let width = (modules + 2.0 * QUIET_MODULES) * MODULE;
        if width <= room.width() / 2.0 {
            room.right -= width;
            draw_bar_code(ops, &bars, &Rect { left: room.right + QUIET_MODULES * MODULE, ..room });
        }
    }
    let names: Vec<TextLine> =
        slug.plates.iter().map(|plate| fonts.set_line(&format!("{plate}  "))).collect::<Result<_, _>>()?;
    let total: f64 = names.iter().map(|name| name.width).sum();
    // The names of the plates share the area of the slug line if no area is reserved for them.
    let names_area = marks.plate_names.or_else(|| {
        let width = (total * SLUG_SIZE.1 * MM_PER_POINT).min(room.width() / 2.0);
        let left = room.right - width;
        let share = Rect { left, ..room };
        room.right = left;
        Some(share)
    });
    let mut omitted = 0;
    for count in (0..=slug.parts.len()).rev() {
        let shown = slug.parts.get(..count).unwrap_or_default();
        let line = fonts.set_line(&shown.join("  ·  "))?;
        if let Some((size, at)) = fit_line(&line, &room, SLUG_SIZE.0, SLUG_SIZE.1) {
            set_ink(ops, &MarkInk::Process([0.0, 0.0, 0.0, 1.0]), false);
            line.draw(ops, size, at);
            break;
        }
        omitted += 1;
    }
    let spots = spot_plates(slug.plates);
    let mut names_room = names_area.unwrap_or(room);
    let size = SLUG_SIZE.0.min(names_room.height() / (LINE_HEIGHT * MM_PER_POINT));
    let size = size.min(names_room.width() / (total * MM_PER_POINT));
    if size < SLUG_SIZE.1 - 0.01 {
        return Ok(omitted + 1);
    }
    for (plate, name) in slug.plates.iter().zip(&names) {
        let Some((_, at)) = fit_line(name, &Rect { right: f64::MAX, ..names_room }, size, 0.0) else { continue };
        let plate_ink = match (PROCESS.iter().position(|p| p == plate), spots.iter().position(|s| *s == plate)) {
            (Some(n), _) => MarkInk::Process(std::array::from_fn(|i| if i == n { 1.0 } else { 0.0 })),
            (_, Some(n)) => MarkInk::Spot(n, 1.0),
            _ => MarkInk::AllPlates,
        };
        set_ink(ops, &plate_ink, false);
        name.draw(ops, size, at);
        names_room.left += name.width_at(size);
    }
    Ok(omitted)
}
