//! Surveys the colours of press pages: ink coverage, separations, and colours that are not inks.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object};
use serde_json::{Value as Json, json};

mod image;

use super::processing_step::ProcessingStep;
use super::text_line::MM_PER_POINT;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::pdf::import::{ContentPart, ContentVisitor, NamedResources};
use crate::pdf::matrix::Matrix;
use crate::pdf::scan::Scanner;

/// The process inks, in the order of DeviceCMYK.
pub const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Text smaller than this, in points, should be printed in one ink.
const SMALL_TEXT: f64 = 12.0;
/// Lines thinner than this, in points, should be printed in one ink.
const THIN_LINE: f64 = 0.5;
/// The thinnest line that can be stamped with foil, in millimetres.
const FOIL_LINE: f64 = 0.2;
/// Forms nested deeper than this are not surveyed.
const MAX_DEPTH: usize = 8;

/// Cyan, magenta, yellow and black in whole percent: Typst stores each in a byte, so more digits would mean nothing.
type InkMix = [u32; 4];

/// The colours of a run of pages, each with the first page that has it, counted from 0.
#[derive(Debug, Default)]
pub struct Inks {
    /// CMYK colours.
    mixes: BTreeMap<InkMix, usize>,
    /// CMYK images, by the pixel with the most ink.
    images: BTreeMap<InkMix, usize>,
    /// The smallest text in each mix of several inks.
    mixed_text: BTreeMap<InkMix, Smallest>,
    /// The thinnest line in each mix of several inks, and on each plate of a finish.
    mixed_lines: BTreeMap<InkMix, Smallest>,
    spot_lines: BTreeMap<String, Smallest>,
    /// Descriptions of colours and images that are neither process nor spot colours.
    other: BTreeMap<String, usize>,
    /// Colour spaces of the separations, by name.
    pub spots: BTreeMap<String, Object>,
    /// The inks of each part of the content, in the order of the visits.
    parts: Vec<PartInks>,
    /// The parts of each page.
    pages: Vec<BTreeSet<usize>>,
}

/// The inks of a part of the content.
#[derive(Debug, Default)]
struct PartInks {
    /// Which process inks are used.
    process: [bool; 4],
    spots: BTreeSet<String>,
}

/// The smallest size or width, in points, and the first page that has it.
#[derive(Clone, Copy, Debug)]
struct Smallest {
    points: f64,
    page: usize,
}

impl Smallest {
    /// Records a size.
    fn record<K: Ord>(all: &mut BTreeMap<K, Self>, key: K, points: f64, page: usize) {
        let smallest = all.entry(key).or_insert(Self { points, page });
        // Sizes are the same only up to rounding.
        if points < smallest.points - 0.01 {
            *smallest = Self { points, page };
        }
    }
}

/// A colour space, as far as the press is concerned.
#[derive(Clone, Debug)]
enum InkSpace {
    Cmyk,
    /// The black ink.
    Gray,
    /// The name of the plate.
    Separation(String),
    /// Not inks: RGB, Lab and the like, with an article and a name for diagnostics.
    Other(&'static str),
    Pattern,
}

/// The current colour of fills or strokes.
#[derive(Clone)]
struct CurrentColour {
    space: InkSpace,
    /// For process inks.
    mix: Option<InkMix>,
}

impl CurrentColour {
    const BLACK: Self = Self { space: InkSpace::Gray, mix: Some([0, 0, 0, 100]) };
}

#[derive(Clone)]
struct GraphicsState {
    fill: CurrentColour,
    stroke: CurrentColour,
    matrix: Matrix,
    font_size: f64,
    line_width: f64,
}

impl ContentVisitor for Inks {
    fn show(&mut self, part: usize, page: usize) {
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, BTreeSet::new);
        }
        self.pages[page].insert(part);
    }

    fn visit(&mut self, part: &ContentPart<'_>) {
        self.parts.push(PartInks::default());
        self.survey_content(part.document, part.content, part.resources, part.matrix, part.page, 0);
    }
}

impl Inks {
    fn survey_content(
        &mut self,
        document: &Document,
        content: &[u8],
        resources: &NamedResources,
        matrix: Matrix,
        page: usize,
        depth: usize,
    ) {
        let named = |category: &[u8], name: &[u8]| resources.get(&(category.to_vec(), name.to_vec()));
        let initial = CurrentColour::BLACK;
        let mut state =
            GraphicsState { fill: initial.clone(), stroke: initial, matrix, font_size: 0.0, line_width: 1.0 };
        let mut saved = Vec::new();
        let mut text_scale = 1.0;
        let mut scanner = Scanner::new(content);
        while let Some((operator, _)) = scanner.next_operator() {
            let is_stroke = operator.first().is_some_and(u8::is_ascii_uppercase);
            let colour = if is_stroke { &mut state.stroke } else { &mut state.fill };
            match operator {
                b"q" => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => {
                    if let Some(inner) = scanner.last_numbers() {
                        state.matrix = state.matrix.concat(Matrix(inner));
                    }
                }
                b"k" | b"K" => {
                    if let Some(inks) = scanner.last_numbers() {
                        *colour = CurrentColour { space: InkSpace::Cmyk, mix: Some(self.record_mix(inks, page)) };
                    }
                }
                b"g" | b"G" => {
                    *colour = CurrentColour::BLACK;
                    self.use_black(scanner.last_numbers());
                }
                b"rg" | b"RG" => {
                    *colour = CurrentColour { space: InkSpace::Other("an RGB"), mix: None };
                    self.record_other("an RGB colour", page);
                }
                b"cs" | b"CS" => {
                    let name = scanner.name_at(0).unwrap_or_default();
                    let space = match named(b"ColorSpace", name) {
                        Some(object) => self.read_space(document, object),
                        None => self.read_space(document, &Object::Name(name.to_vec())),
                    };
                    *colour = CurrentColour { space, mix: None };
                }
                b"sc" | b"SC" | b"scn" | b"SCN" => match colour.space.clone() {
                    InkSpace::Cmyk => {
                        if let Some(inks) = scanner.last_numbers() {
                            colour.mix = Some(self.record_mix(inks, page));
                        }
                    }
                    InkSpace::Gray => self.use_black(scanner.last_numbers()),
                    InkSpace::Other(what) => self.record_other(&format!("{what} colour"), page),
                    InkSpace::Pattern => {
                        let pattern = scanner.operands.len().checked_sub(1).and_then(|last| scanner.name_at(last));
                        if let Some(pattern) = pattern.and_then(|name| named(b"Pattern", name)) {
                            self.survey_pattern(document, pattern, page, depth);
                        }
                    }
                    InkSpace::Separation(_) => {}
                },
                b"sh" => {
                    if let Some(shading) = scanner.name_at(0).and_then(|name| named(b"Shading", name)) {
                        self.survey_shading(document, shading, page);
                    }
                }
                b"w" => state.line_width = scanner.last_numbers::<1>().map_or(1.0, |[width]| width),
                b"S" | b"s" | b"B" | b"b" | b"B*" | b"b*" => {
                    let width = state.line_width * state.matrix.determinant().abs().sqrt();
                    if let Some(mix) = state.stroke.mix.filter(is_mixed) {
                        Smallest::record(&mut self.mixed_lines, mix, width, page);
                    } else if let InkSpace::Separation(plate) = &state.stroke.space {
                        Smallest::record(&mut self.spot_lines, plate.clone(), width, page);
                    }
                }
                b"Tf" => state.font_size = scanner.last_numbers::<1>().map_or(0.0, |[size]| size),
                b"BT" => text_scale = 1.0,
                b"Tm" => text_scale = scanner.last_numbers().map_or(1.0, |m| Matrix(m).determinant().abs().sqrt()),
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    let size = state.font_size * text_scale * state.matrix.determinant().abs().sqrt();
                    if let Some(mix) = state.fill.mix.filter(is_mixed) {
                        Smallest::record(&mut self.mixed_text, mix, size, page);
                    }
                }
                b"Do" => {
                    if let Some(object) = scanner.name_at(0).and_then(|name| named(b"XObject", name)) {
                        self.survey_xobject(document, object, state.matrix, page, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn record_mix(&mut self, inks: [f64; 4], page: usize) -> InkMix {
        let mix = inks.map(|ink| (ink.clamp(0.0, 1.0) * 100.0).round() as u32);
        self.use_process(mix.map(|ink| ink > 0));
        self.mixes.entry(mix).or_insert(page);
        mix
    }

    fn use_process(&mut self, inks: [bool; 4]) {
        if let Some(part) = self.parts.last_mut() {
            part.process.iter_mut().zip(inks).for_each(|(used, ink)| *used |= ink);
        }
    }

    /// Records a grey of the black ink; 1 is white.
    fn use_black(&mut self, grey: Option<[f64; 1]>) {
        self.use_process([false, false, false, grey != Some([1.0])]);
    }

    fn record_other(&mut self, what: &str, page: usize) {
        self.other.entry(what.to_owned()).or_insert(page);
    }

    /// Surveys an image or a form.
    fn survey_xobject(&mut self, document: &Document, object: &Object, matrix: Matrix, page: usize, depth: usize) {
        let Ok(stream) = document.dereference(object).and_then(|(_, object)| object.as_stream()) else { return };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") if stream.dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false) => {}
            Ok(b"Image") => {
                let Ok(space) = stream.dict.get(b"ColorSpace") else { return };
                match self.read_space(document, space) {
                    InkSpace::Other(what) => self.record_other(&format!("{what} image"), page),
                    InkSpace::Cmyk => {
                        self.use_process([true; 4]);
                        if let Some(mix) = image::find_heaviest(stream) {
                            self.images.entry(mix).or_insert(page);
                        }
                    }
                    _ => self.use_black(None),
                }
            }
            Ok(b"Form") if depth < MAX_DEPTH => {
                let mut resources = NamedResources::new();
                let own =
                    stream.dict.get(b"Resources").and_then(|o| document.dereference(o)).and_then(|(_, o)| o.as_dict());
                for (category, named) in own.into_iter().flatten() {
                    let Ok(named) = document.dereference(named).and_then(|(_, named)| named.as_dict()) else {
                        continue;
                    };
                    for (name, object) in named {
                        resources.insert((category.clone(), name.clone()), object.clone());
                    }
                }
                if let Ok(content) = stream.get_plain_content() {
                    self.survey_content(document, &content, &resources, matrix, page, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn survey_pattern(&mut self, document: &Document, object: &Object, page: usize, depth: usize) {
        let Ok((_, object)) = document.dereference(object) else { return };
        match object {
            Object::Dictionary(dict) => {
                if let Ok(shading) = dict.get(b"Shading") {
                    self.survey_shading(document, shading, page);
                }
            }
            // A tiling pattern has the structure of a form.
            Object::Stream(stream) => {
                let mut form = stream.clone();
                form.dict.set("Subtype", "Form");
                self.survey_xobject(document, &Object::Stream(form), Matrix::IDENTITY, page, depth);
            }
            _ => {}
        }
    }

    /// Records the end colours of a gradient; the colours between them never have more ink.
    fn survey_shading(&mut self, document: &Document, object: &Object, page: usize) {
        let Ok((_, object)) = document.dereference(object) else { return };
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => return,
        };
        match dict.get(b"ColorSpace").map(|space| self.read_space(document, space)) {
            Ok(InkSpace::Cmyk) => {
                if let Ok(function) = dict.get(b"Function") {
                    self.survey_end_colours(document, function, page, 0);
                }
            }
            Ok(InkSpace::Other(what)) => self.record_other(&format!("{what} gradient"), page),
            _ => {}
        }
    }

    fn survey_end_colours(&mut self, document: &Document, function: &Object, page: usize, depth: usize) {
        let Ok((_, function)) = document.dereference(function) else { return };
        let dict = match function {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            Object::Array(parts) if depth < MAX_DEPTH => {
                return parts.iter().for_each(|part| self.survey_end_colours(document, part, page, depth + 1));
            }
            _ => return,
        };
        for end in [&b"C0"[..], b"C1"] {
            let Ok(values) = dict.get(end).and_then(Object::as_array) else { continue };
            let values: Vec<f64> = values.iter().filter_map(|v| v.as_float().ok()).map(f64::from).collect();
            if let Ok(inks) = <[f64; 4]>::try_from(values) {
                self.record_mix(inks, page);
            }
        }
        if let Ok(parts) = dict.get(b"Functions")
            && depth < MAX_DEPTH
        {
            self.survey_end_colours(document, parts, page, depth + 1);
        }
    }

    /// Returns the kind of a colour space, and records it if it is a separation.
    fn read_space(&mut self, document: &Document, object: &Object) -> InkSpace {
        let Ok((_, object)) = document.dereference(object) else { return InkSpace::Gray };
        let array = match object {
            Object::Name(name) => {
                return match name.as_slice() {
                    b"DeviceCMYK" => InkSpace::Cmyk,
                    b"DeviceRGB" => InkSpace::Other("an RGB"),
                    b"Pattern" => InkSpace::Pattern,
                    _ => InkSpace::Gray,
                };
            }
            Object::Array(array) => array,
            _ => return InkSpace::Gray,
        };
        let name = |object: Option<&Object>| {
            object.and_then(|o| o.as_name().ok()).map(|n| String::from_utf8_lossy(n).into_owned()).unwrap_or_default()
        };
        match name(array.first()).as_str() {
            "ICCBased" => {
                let stream =
                    array.get(1).and_then(|o| document.dereference(o).ok()).and_then(|(_, o)| o.as_stream().ok());
                match stream.and_then(|stream| stream.dict.get(b"N").and_then(Object::as_i64).ok()) {
                    Some(4) => InkSpace::Cmyk,
                    Some(1) => InkSpace::Other("a calibrated grey"),
                    _ => InkSpace::Other("an RGB"),
                }
            }
            "Separation" => {
                let plate = name(array.get(1));
                if !matches!(plate.as_str(), "All" | "None" | "Cyan" | "Magenta" | "Yellow" | "Black") {
                    self.spots.entry(plate.clone()).or_insert_with(|| object.clone());
                    if let Some(part) = self.parts.last_mut() {
                        part.spots.insert(plate.clone());
                    }
                }
                InkSpace::Separation(plate)
            }
            "DeviceN" => InkSpace::Separation(String::new()),
            "Indexed" => array.get(1).map_or(InkSpace::Gray, |base| self.read_space(document, base)),
            "Pattern" => InkSpace::Pattern,
            "DeviceCMYK" => InkSpace::Cmyk,
            "CalRGB" | "DeviceRGB" => InkSpace::Other("an RGB"),
            "Lab" => InkSpace::Other("a Lab"),
            "CalGray" => InkSpace::Other("a calibrated grey"),
            _ => InkSpace::Gray,
        }
    }

    /// Returns the names of the plates, process inks first.
    pub fn plates(&self) -> Vec<String> {
        self.plates_of(0..self.pages.len())
    }

    /// Returns the names of the plates that some pages need, process inks first.
    pub fn plates_of(&self, pages: impl IntoIterator<Item = usize>) -> Vec<String> {
        let (mut process, mut spots) = ([false; 4], BTreeSet::new());
        let pages: BTreeSet<usize> = pages.into_iter().collect();
        let parts: BTreeSet<usize> = pages.iter().filter_map(|page| self.pages.get(*page)).flatten().copied().collect();
        for part in parts.into_iter().filter_map(|part| self.parts.get(part)) {
            process.iter_mut().zip(part.process).for_each(|(used, ink)| *used |= ink);
            spots.extend(part.spots.iter().cloned());
        }
        let process = PROCESS.into_iter().zip(process).filter(|(_, used)| *used);
        process.map(|(name, _)| name.to_owned()).chain(spots).collect()
    }

    /// Reports ink coverage over `max_ink` percent, small text in several inks, and colours that are not inks.
    /// `document_name` returns the name of the document that a page belongs to.
    pub fn problems(&self, max_ink: u32, document_name: impl Fn(usize) -> String) -> Problems {
        let mut problems = Problems::new();
        let help = "reduce the inks in the style module's palette, or raise the limit with --max-ink";
        for (what, mixes) in [("a colour", &self.mixes), ("an image", &self.images)] {
            for (mix, page) in mixes.iter().filter(|(mix, _)| mix.iter().sum::<u32>() > max_ink) {
                let sum: u32 = mix.iter().sum();
                let message =
                    format!("{what} of {} has {sum} % ink coverage ({})", document_name(*page), format_mix(mix));
                let message = format!("{message}; the limit is {max_ink} %");
                problems.push(Diagnostic::error(code::INK, message).help(help));
            }
        }
        let one_ink = "use one ink, such as black alone, cmyk(0%, 0%, 0%, 100%): plates are never in perfect register";
        for (mix, Smallest { points, page }) in self.mixed_text.iter().filter(|(_, text)| text.points < SMALL_TEXT) {
            let (size, mix) = (format_points(*points), format_mix(mix));
            let message = format!("text of {size} pt in {} is printed in several inks, {mix}", document_name(*page));
            problems.push(Diagnostic::warning(code::SMALL_TEXT, message).help(one_ink));
        }
        for (mix, Smallest { points, page }) in self.mixed_lines.iter().filter(|(_, line)| line.points < THIN_LINE) {
            let (width, mix) = (format_points(*points), format_mix(mix));
            let message = format!("lines of {width} pt in {} are printed in several inks, {mix}", document_name(*page));
            problems.push(Diagnostic::warning(code::THIN_LINE, message).help(one_ink));
        }
        let is_foil = |plate: &str| ProcessingStep::of_separation(plate) == Some(ProcessingStep::FoilStamping);
        for (plate, Smallest { points, page }) in self.spot_lines.iter().filter(|(plate, _)| is_foil(plate)) {
            let width = points * MM_PER_POINT;
            if width < FOIL_LINE - 0.005 {
                let message = format!("lines of {width:.2} mm in {} are on the plate {plate}", document_name(*page));
                let problem = Diagnostic::warning(code::THIN_LINE, format!("{message}, which needs {FOIL_LINE} mm"));
                problems.push(problem.help("draw thicker lines for this finish: foil does not hold on thinner ones"));
            }
        }
        for (what, page) in &self.other {
            problems.push(
                Diagnostic::warning(code::RGB, format!("the press pages of {} contain {what}", document_name(*page)))
                    .help("use CMYK colours in the style module, or save the image as CMYK"),
            );
        }
        problems
    }

    /// Returns what a print shop checks before it makes plates: the most ink, the smallest text and the thinnest line in
    /// several inks, the thinnest line of each finish, and colours that are not inks, each with a document that has it.
    pub fn preflight(&self, document_name: impl Fn(usize) -> String) -> Json {
        let most = self.mixes.iter().chain(&self.images).max_by_key(|(mix, _)| mix.iter().sum::<u32>());
        let most = most.map(|(mix, page)| {
            json!({ "percent": mix.iter().sum::<u32>(), "inks": format_mix(mix), "document": document_name(*page) })
        });
        let least = |all: &BTreeMap<InkMix, Smallest>| {
            let least = all.iter().min_by(|(_, a), (_, b)| a.points.total_cmp(&b.points));
            least.map(|(mix, Smallest { points, page })| {
                let points = (points * 100.0).round() / 100.0;
                json!({ "points": points, "inks": format_mix(mix), "document": document_name(*page) })
            })
        };
        let finish = |(plate, Smallest { points, page }): (&String, &Smallest)| {
            let width = (points * MM_PER_POINT * 100.0).round() / 100.0;
            json!({ "plate": plate, "mm": width, "document": document_name(*page) })
        };
        let other = |(what, page): (&String, &usize)| json!({ "what": what, "document": document_name(*page) });
        json!({
            "most-ink": most,
            "smallest-text-in-several-inks": least(&self.mixed_text),
            "thinnest-line-in-several-inks": least(&self.mixed_lines),
            "thinnest-line-of-each-spot": self.spot_lines.iter().map(finish).collect::<Vec<_>>(),
            "not-inks": self.other.iter().map(other).collect::<Vec<_>>(),
        })
    }
}

/// Returns whether several inks are needed.
fn is_mixed(mix: &InkMix) -> bool {
    mix.iter().filter(|ink| **ink > 0).count() > 1
}

/// Formats points with at most two decimals.
fn format_points(points: f64) -> String {
    super::sheet::format_mm(points)
}

/// Formats a mix, for example `C 60, K 100`.
fn format_mix(mix: &InkMix) -> String {
    let inks = ["C", "M", "Y", "K"].iter().zip(mix).filter(|(_, ink)| **ink > 0);
    inks.map(|(name, ink)| format!("{name} {ink}")).collect::<Vec<_>>().join(", ")
}
