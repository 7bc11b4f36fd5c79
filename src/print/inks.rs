//! Surveys the colours of press pages: ink coverage, separations, and colours that are not inks.

use std::collections::BTreeMap;

use lopdf::{Document, Object};

use crate::diagnostic::{Diagnostic, Problems, code};
use crate::pdf::import::{ContentPart, ContentVisitor, NamedResources};
use crate::pdf::matrix::Matrix;
use crate::pdf::scan::Scanner;

/// The process inks, in the order of DeviceCMYK.
pub const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Text smaller than this, in points, should be printed in black only.
const SMALL_TEXT: f64 = 12.0;
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
    /// Colours of small text in several inks.
    rich_text: BTreeMap<InkMix, usize>,
    /// Descriptions of colours and images that are neither process nor spot colours.
    other: BTreeMap<String, usize>,
    /// Colour spaces of the separations, by name.
    pub spots: BTreeMap<String, Object>,
    /// Which process inks are used.
    pub process: [bool; 4],
}

/// A colour space, as far as the press is concerned.
#[derive(Clone, Debug)]
enum InkSpace {
    Cmyk,
    /// The black ink.
    Gray,
    Separation,
    /// Not inks: RGB, Lab and the like, with an article and a name for diagnostics.
    Other(&'static str),
    Pattern,
}

/// The current colour of fills or strokes.
#[derive(Clone)]
struct CurrentColour {
    space: InkSpace,
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
}

impl ContentVisitor for Inks {
    fn visit(&mut self, part: &ContentPart<'_>) {
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
        let mut state = GraphicsState { fill: initial.clone(), stroke: initial, matrix, font_size: 0.0 };
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
                    self.process[3] |= scanner.last_numbers() != Some([1.0]);
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
                    InkSpace::Gray => self.process[3] |= scanner.last_numbers() != Some([1.0]),
                    InkSpace::Other(what) => self.record_other(&format!("{what} colour"), page),
                    InkSpace::Pattern => {
                        let pattern = scanner.operands.len().checked_sub(1).and_then(|last| scanner.name_at(last));
                        if let Some(pattern) = pattern.and_then(|name| named(b"Pattern", name)) {
                            self.survey_pattern(document, pattern, page, depth);
                        }
                    }
                    InkSpace::Separation => {}
                },
                b"sh" => {
                    if let Some(shading) = scanner.name_at(0).and_then(|name| named(b"Shading", name)) {
                        self.survey_shading(document, shading, page);
                    }
                }
                b"Tf" => state.font_size = scanner.last_numbers::<1>().map_or(0.0, |[size]| size),
                b"BT" => text_scale = 1.0,
                b"Tm" => text_scale = scanner.last_numbers().map_or(1.0, |m| Matrix(m).determinant().abs().sqrt()),
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    let size = state.font_size * text_scale * state.matrix.determinant().abs().sqrt();
                    if let Some(mix) = state.fill.mix.filter(|mix| size < SMALL_TEXT && is_rich(mix)) {
                        self.rich_text.entry(mix).or_insert(page);
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
        for (used, ink) in self.process.iter_mut().zip(mix) {
            *used |= ink > 0;
        }
        self.mixes.entry(mix).or_insert(page);
        mix
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
                        self.process = [true; 4];
                        let eight =
                            stream.dict.get(b"BitsPerComponent").and_then(Object::as_i64).is_ok_and(|bits| bits == 8);
                        if let Some(pixels) = stream.decompressed_content().ok().filter(|_| eight) {
                            let heaviest =
                                pixels.chunks_exact(4).max_by_key(|p| p.iter().map(|b| u32::from(*b)).sum::<u32>());
                            if let Some([c, m, y, k]) = heaviest {
                                let mix = [c, m, y, k].map(|byte| (u32::from(*byte) * 100 + 127) / 255);
                                self.images.entry(mix).or_insert(page);
                            }
                        }
                    }
                    _ => self.process[3] = true,
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
                }
                InkSpace::Separation
            }
            "DeviceN" => InkSpace::Separation,
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
        let process = PROCESS.into_iter().zip(self.process);
        let process = process.filter(|(_, used)| *used).map(|(name, _)| name.to_owned());
        process.chain(self.spots.keys().cloned()).collect()
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
        for (mix, page) in &self.rich_text {
            let message =
                format!("small text of {} is printed in several inks, {}", document_name(*page), format_mix(mix));
            problems.push(
                Diagnostic::warning(code::RICH_BLACK, message)
                    .help("use black alone, cmyk(0%, 0%, 0%, 100%): plates are never in perfect register"),
            );
        }
        for (what, page) in &self.other {
            problems.push(
                Diagnostic::warning(code::RGB, format!("the press pages of {} contain {what}", document_name(*page)))
                    .help("use CMYK colours in the style module, or save the image as CMYK"),
            );
        }
        problems
    }
}

/// Returns whether a mix is black with other inks under it.
fn is_rich(mix: &InkMix) -> bool {
    mix[3] >= 70 && mix[..3].iter().sum::<u32>() >= 10
}

/// Formats a mix, for example `C 60, K 100`.
fn format_mix(mix: &InkMix) -> String {
    let inks = ["C", "M", "Y", "K"].iter().zip(mix).filter(|(_, ink)| **ink > 0);
    inks.map(|(name, ink)| format!("{name} {ink}")).collect::<Vec<_>>().join(", ")
}
