//! Walks the content of print pages and records their inks.

use lopdf::{Document, Object};

use super::{InkMix, Inks, Overprint, PROCESS, Smallest, image, is_mixed};
use crate::pdf::import::NamedResources;
use crate::pdf::matrix::Matrix;
use crate::pdf::scan::Scanner;
use crate::print::processing_step::ProcessingStep;

/// Forms nested deeper than this are not surveyed.
const MAX_DEPTH: usize = 8;

/// A colour space, as far as the press is concerned.
#[derive(Clone, Debug)]
enum InkSpace {
    Cmyk,
    /// The black ink.
    Gray,
    /// The name of the plate.
    Separation(String),
    /// Several inks, which are not read.
    DeviceN,
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
    /// Of a separation, in percent.
    tint: u32,
}

impl CurrentColour {
    const BLACK: Self = Self { space: InkSpace::Gray, mix: Some([0, 0, 0, 100]), tint: 100 };
}

#[derive(Clone)]
struct GraphicsState {
    fill: CurrentColour,
    stroke: CurrentColour,
    matrix: Matrix,
    font_size: f64,
    /// The scale of the text matrix.
    text_scale: f64,
    line_width: f64,
    /// Whether fills and strokes leave the inks below them (ISO 32000-2, 8.6.7).
    overprints: (bool, bool),
    /// Whether a process ink of 0 leaves that of the colour below (overprint mode 1).
    keeps_zeros: bool,
}

impl GraphicsState {
    fn new(matrix: Matrix) -> Self {
        Self {
            fill: CurrentColour::BLACK,
            stroke: CurrentColour::BLACK,
            matrix,
            font_size: 0.0,
            text_scale: 1.0,
            line_width: 1.0,
            overprints: (false, false),
            keeps_zeros: false,
        }
    }

    /// Executes an operator that changes a parameter other than the colours.
    fn set_parameter(&mut self, operator: &[u8], scanner: &Scanner<'_>, context: &Context<'_>) {
        match operator {
            b"cm" => {
                if let Some(inner) = scanner.last_numbers() {
                    self.matrix = self.matrix.concat(Matrix(inner));
                }
            }
            b"gs" => {
                if let Some(object) = context.named(b"ExtGState", scanner.name_at(0)) {
                    self.set_overprint(context.document, object);
                }
            }
            b"w" => self.line_width = scanner.last_numbers::<1>().map_or(1.0, |[width]| width),
            b"Tf" => self.font_size = scanner.last_numbers::<1>().map_or(0.0, |[size]| size),
            b"BT" => self.text_scale = 1.0,
            b"Tm" => self.text_scale = scanner.last_numbers().map_or(1.0, |m| scale_of(Matrix(m))),
            _ => {}
        }
    }

    /// Sets the parameters of overprint that a graphics state dictionary has.
    fn set_overprint(&mut self, document: &Document, object: &Object) {
        let Ok(dict) = document.dereference(object).and_then(|(_, dict)| dict.as_dict()) else { return };
        let flag = |key: &[u8]| dict.get(key).and_then(Object::as_bool).ok();
        // `OP` alone applies to both.
        if let Some(stroke) = flag(b"OP") {
            self.overprints = (stroke, stroke);
        }
        self.overprints.0 = flag(b"op").unwrap_or(self.overprints.0);
        self.keeps_zeros = dict.get(b"OPM").and_then(Object::as_i64).map_or(self.keeps_zeros, |mode| mode == 1);
    }
}

fn scale_of(matrix: Matrix) -> f64 {
    matrix.determinant().abs().sqrt()
}

/// What the operators of a content stream refer to.
struct Context<'a> {
    document: &'a Document,
    resources: &'a NamedResources,
    page: usize,
    /// Number of forms around the content.
    depth: usize,
}

impl<'a> Context<'a> {
    fn named(&self, category: &[u8], name: Option<&[u8]>) -> Option<&'a Object> {
        self.resources.get(&(category.to_vec(), name?.to_vec()))
    }
}

impl Inks {
    pub(super) fn survey_content(
        &mut self,
        document: &Document,
        content: &[u8],
        resources: &NamedResources,
        matrix: Matrix,
        page: usize,
        depth: usize,
    ) {
        let context = Context { document, resources, page, depth };
        let mut state = GraphicsState::new(matrix);
        let mut saved = Vec::new();
        let mut scanner = Scanner::new(content);
        while let Some((operator, _)) = scanner.next_operator() {
            match operator {
                b"q" => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"k" | b"g" | b"rg" | b"cs" | b"sc" | b"scn" => {
                    self.set_colour(&mut state.fill, operator, &scanner, &context);
                }
                b"K" | b"G" | b"RG" | b"CS" | b"SC" | b"SCN" => {
                    self.set_colour(&mut state.stroke, operator, &scanner, &context);
                }
                b"f" | b"F" | b"f*" => self.record_fill(&state),
                b"S" | b"s" => self.record_stroke(&state, page),
                b"B" | b"b" | b"B*" | b"b*" => {
                    self.record_stroke(&state, page);
                    self.record_fill(&state);
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => self.record_text(&state, page),
                b"sh" => {
                    if let Some(shading) = context.named(b"Shading", scanner.name_at(0)) {
                        self.survey_shading(document, shading, page);
                    }
                }
                b"Do" => {
                    if let Some(object) = context.named(b"XObject", scanner.name_at(0)) {
                        self.survey_xobject(document, object, state.matrix, page, depth);
                    }
                }
                _ => state.set_parameter(operator, &scanner, &context),
            }
        }
    }

    /// Executes an operator that sets the colour of fills or strokes, and records the colour.
    fn set_colour(
        &mut self,
        colour: &mut CurrentColour,
        operator: &[u8],
        scanner: &Scanner<'_>,
        context: &Context<'_>,
    ) {
        let &Context { document, page, depth, .. } = context;
        match operator {
            b"k" | b"K" => {
                if let Some(inks) = scanner.last_numbers() {
                    let mix = Some(self.record_mix(inks, page));
                    *colour = CurrentColour { space: InkSpace::Cmyk, mix, tint: 0 };
                }
            }
            b"g" | b"G" => {
                *colour = CurrentColour::BLACK;
                self.record_grey(scanner.last_numbers());
            }
            b"rg" | b"RG" => {
                *colour = CurrentColour { space: InkSpace::Other("an RGB"), mix: None, tint: 0 };
                self.record_other("an RGB colour", page);
            }
            b"cs" | b"CS" => {
                let name = scanner.name_at(0);
                let space = match context.named(b"ColorSpace", name) {
                    Some(object) => self.read_space(document, object),
                    None => self.read_space(document, &Object::Name(name.unwrap_or_default().to_vec())),
                };
                *colour = CurrentColour { space, mix: None, tint: 100 };
            }
            _ => match colour.space.clone() {
                InkSpace::Cmyk => {
                    if let Some(inks) = scanner.last_numbers() {
                        colour.mix = Some(self.record_mix(inks, page));
                    }
                }
                InkSpace::Gray => self.record_grey(scanner.last_numbers()),
                InkSpace::Other(what) => self.record_other(&format!("{what} colour"), page),
                InkSpace::Pattern => {
                    let last = scanner.operands.len().checked_sub(1);
                    if let Some(pattern) = context.named(b"Pattern", last.and_then(|last| scanner.name_at(last))) {
                        self.survey_pattern(document, pattern, page, depth);
                    }
                }
                InkSpace::Separation(_) => {
                    let tint = scanner.last_numbers().map_or(1.0, |[tint]| tint);
                    colour.tint = (f64::clamp(tint, 0.0, 1.0) * 100.0).round() as u32;
                }
                InkSpace::DeviceN => {}
            },
        }
    }

    fn record_fill(&mut self, state: &GraphicsState) {
        self.record_overprint(&state.fill, state.overprints.0, state.keeps_zeros);
    }

    fn record_stroke(&mut self, state: &GraphicsState, page: usize) {
        self.record_overprint(&state.stroke, state.overprints.1, state.keeps_zeros);
        let width = state.line_width * scale_of(state.matrix);
        if let Some(mix) = state.stroke.mix.filter(is_mixed) {
            Smallest::record(&mut self.mixed_lines, mix, width, page);
        } else if let InkSpace::Separation(plate) = &state.stroke.space {
            Smallest::record(&mut self.spot_lines, plate.clone(), width, page);
        }
    }

    fn record_text(&mut self, state: &GraphicsState, page: usize) {
        self.record_fill(state);
        let size = state.font_size * state.text_scale * scale_of(state.matrix);
        if let Some(mix) = state.fill.mix.filter(is_mixed) {
            Smallest::record(&mut self.mixed_text, mix, size, page);
        }
    }

    /// Records a colour that is painted over others, if it leaves their inks. Finishes are not inks.
    fn record_overprint(&mut self, colour: &CurrentColour, overprints: bool, keeps_zeros: bool) {
        if !overprints {
            return;
        }
        let overprint = match (&colour.space, colour.mix) {
            (InkSpace::Cmyk, Some(mix)) if keeps_zeros => Overprint { mix, spot: None },
            (InkSpace::Separation(name), _) if ProcessingStep::of_separation(name).is_none() => {
                let mut mix = InkMix::default();
                match PROCESS.iter().position(|process| process == name) {
                    Some(process) => mix[process] = colour.tint,
                    None if matches!(name.as_str(), "All" | "None") => return,
                    None => return self.add_overprint(Overprint { mix, spot: Some((name.clone(), colour.tint)) }),
                }
                Overprint { mix, spot: None }
            }
            _ => return,
        };
        self.add_overprint(overprint);
    }

    fn add_overprint(&mut self, overprint: Overprint) {
        if let Some(block) = self.blocks.last_mut() {
            block.overprints.insert(overprint);
        }
    }

    /// Records the resolution of a picture in the unit square of a matrix.
    fn record_resolution(&mut self, picture: &lopdf::Dictionary, Matrix([a, b, c, d, ..]): Matrix, page: usize) {
        let pixels = |key: &[u8]| picture.get(key).and_then(Object::as_float).map_or(0.0, f64::from);
        let per_inch = |pixels: f64, points: f64| pixels * 72.0 / points.max(1e-6);
        let (across, up) = (per_inch(pixels(b"Width"), a.hypot(b)), per_inch(pixels(b"Height"), c.hypot(d)));
        let lowest = across.min(up);
        if self.lowest_resolution.is_none_or(|(other, _)| lowest < other - 0.01) {
            self.lowest_resolution = Some((lowest, page));
        }
    }

    /// Surveys an image or a form.
    fn survey_xobject(&mut self, document: &Document, object: &Object, matrix: Matrix, page: usize, depth: usize) {
        let Ok(stream) = document.dereference(object).and_then(|(_, object)| object.as_stream()) else { return };
        let subtype = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if subtype.as_ref().is_ok_and(|name| *name == b"Image") {
            self.record_resolution(&stream.dict, matrix, page);
        }
        match subtype {
            Ok(b"Image") if stream.dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false) => {}
            Ok(b"Image") => {
                let Ok(space) = stream.dict.get(b"ColorSpace") else { return };
                match self.read_space(document, space) {
                    InkSpace::Other(what) => self.record_other(&format!("{what} image"), page),
                    InkSpace::Cmyk => {
                        self.record_process_inks([true; 4]);
                        if let Some(mix) = image::find_heaviest(stream) {
                            self.images.entry(mix).or_insert(page);
                            self.record_in_block(mix);
                        }
                    }
                    _ => self.record_grey(None),
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
                    if let Some(block) = self.blocks.last_mut() {
                        block.spots.insert(plate.clone());
                    }
                }
                InkSpace::Separation(plate)
            }
            "DeviceN" => InkSpace::DeviceN,
            "Indexed" => array.get(1).map_or(InkSpace::Gray, |base| self.read_space(document, base)),
            "Pattern" => InkSpace::Pattern,
            "DeviceCMYK" => InkSpace::Cmyk,
            "CalRGB" | "DeviceRGB" => InkSpace::Other("an RGB"),
            "Lab" => InkSpace::Other("a Lab"),
            "CalGray" => InkSpace::Other("a calibrated grey"),
            _ => InkSpace::Gray,
        }
    }
}
