//! What the inks of press pages add up to, and what on them is no ink.

use std::collections::BTreeMap;

use lopdf::{Document, Object};

use super::graft::Resources;
use super::scan::{Matrix, Scanner};
use crate::diagnostic::{Diagnostic, code};

/// Text below this size, in points, is printed with one black.
const SMALL: f64 = 12.0;
/// Forms within forms.
const DEPTH: usize = 8;

/// Inks in tenths of a percent, so that they can be sorted.
type Mix = [u32; 4];

/// What was found, each with the first page that has it.
#[derive(Debug, Default)]
pub struct Inks {
    /// Each CMYK colour.
    mixes: BTreeMap<Mix, usize>,
    /// CMYK images that have more ink than any colour, by their heaviest pixel.
    images: BTreeMap<Mix, usize>,
    rich_text: BTreeMap<Mix, usize>,
    /// Colours and images that are no inks.
    other: BTreeMap<String, usize>,
    /// Separations beside the process inks, in the order of the alphabet.
    pub spots: BTreeMap<String, Object>,
    /// Which process inks print at all.
    pub process: [bool; 4],
}

/// A colour space, as far as the press is concerned.
#[derive(Clone, Debug)]
enum Space {
    Cmyk,
    /// Black alone.
    Gray,
    Spots,
    /// RGB, Lab and the like.
    Other(&'static str),
    Pattern,
}

/// What an operator paints with.
#[derive(Clone)]
struct Paint {
    space: Space,
    mix: Option<Mix>,
}

impl Paint {
    const BLACK: Self = Self { space: Space::Gray, mix: Some([0, 0, 0, 1000]) };
}

impl Inks {
    /// Looks at a part of a page. `resources` are those of `doc`.
    pub fn look(&mut self, doc: &Document, content: &[u8], resources: &Resources, matrix: Matrix, page: usize) {
        self.walk(doc, content, resources, matrix, page, 0);
    }

    fn walk(
        &mut self,
        doc: &Document,
        content: &[u8],
        resources: &Resources,
        matrix: Matrix,
        page: usize,
        depth: usize,
    ) {
        let named = |category: &[u8], name: &[u8]| resources.get(&(category.to_vec(), name.to_vec()));
        let mut state = (Paint::BLACK, Paint::BLACK, matrix, 0.0_f64);
        let mut above = Vec::new();
        let mut text_scale = 1.0;
        let mut scanner = Scanner::new(content);
        while let Some((name, _)) = scanner.next() {
            let stroke = name.first().is_some_and(u8::is_ascii_uppercase);
            let paint = if stroke { &mut state.1 } else { &mut state.0 };
            match name {
                b"q" => above.push(state.clone()),
                b"Q" => state = above.pop().unwrap_or(state),
                b"cm" => {
                    if let Some(inner) = scanner.numbers() {
                        state.2 = state.2.then_inside(Matrix(inner));
                    }
                }
                b"k" | b"K" => {
                    if let Some(inks) = scanner.numbers() {
                        *paint = Paint { space: Space::Cmyk, mix: Some(self.mix(inks, page)) };
                    }
                }
                b"g" | b"G" => {
                    *paint = Paint::BLACK;
                    self.process[3] |= scanner.numbers() != Some([1.0]);
                }
                b"rg" | b"RG" => {
                    *paint = Paint { space: Space::Other("RGB"), mix: None };
                    self.note("an RGB colour", page);
                }
                b"cs" | b"CS" => {
                    let name = scanner.name(0).unwrap_or_default();
                    let space = match named(b"ColorSpace", name) {
                        Some(object) => self.space(doc, object),
                        None => self.space(doc, &Object::Name(name.to_vec())),
                    };
                    *paint = Paint { space, mix: None };
                }
                b"sc" | b"SC" | b"scn" | b"SCN" => match paint.space.clone() {
                    Space::Cmyk => {
                        if let Some(inks) = scanner.numbers() {
                            paint.mix = Some(self.mix(inks, page));
                        }
                    }
                    Space::Gray => self.process[3] |= scanner.numbers() != Some([1.0]),
                    Space::Other(what) => self.note(&format!("a colour in {what}"), page),
                    Space::Pattern => {
                        let pattern = scanner.operands.len().checked_sub(1).and_then(|last| scanner.name(last));
                        if let Some(pattern) = pattern.and_then(|name| named(b"Pattern", name)) {
                            self.pattern(doc, pattern, page, depth);
                        }
                    }
                    Space::Spots => {}
                },
                b"sh" => {
                    if let Some(shading) = scanner.name(0).and_then(|name| named(b"Shading", name)) {
                        self.shading(doc, shading, page);
                    }
                }
                b"Tf" => state.3 = scanner.numbers::<1>().map_or(0.0, |[size]| size),
                b"BT" => text_scale = 1.0,
                b"Tm" => text_scale = scanner.numbers().map_or(1.0, |m| Matrix(m).determinant().abs().sqrt()),
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    let size = state.3 * text_scale * state.2.determinant().abs().sqrt();
                    if let Some(mix) = state.0.mix.filter(|mix| size < SMALL && is_rich(mix)) {
                        self.rich_text.entry(mix).or_insert(page);
                    }
                }
                b"Do" => {
                    if let Some(object) = scanner.name(0).and_then(|name| named(b"XObject", name)) {
                        self.object(doc, object, state.2, page, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn mix(&mut self, inks: [f64; 4], page: usize) -> Mix {
        let mix = inks.map(|ink| (ink.clamp(0.0, 1.0) * 1000.0).round() as u32);
        for (used, ink) in self.process.iter_mut().zip(mix) {
            *used |= ink > 0;
        }
        self.mixes.entry(mix).or_insert(page);
        mix
    }

    fn note(&mut self, what: &str, page: usize) {
        self.other.entry(what.to_owned()).or_insert(page);
    }

    /// An image or a form.
    fn object(&mut self, doc: &Document, object: &Object, matrix: Matrix, page: usize, depth: usize) {
        let Ok(stream) = doc.dereference(object).and_then(|(_, object)| object.as_stream()) else { return };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") if stream.dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false) => {}
            Ok(b"Image") => {
                let Ok(space) = stream.dict.get(b"ColorSpace") else { return };
                match self.space(doc, space) {
                    Space::Other(what) => self.note(&format!("an image in {what}"), page),
                    Space::Cmyk => {
                        self.process = [true; 4];
                        let eight =
                            stream.dict.get(b"BitsPerComponent").and_then(Object::as_i64).is_ok_and(|bits| bits == 8);
                        if let Some(pixels) = stream.decompressed_content().ok().filter(|_| eight) {
                            let heaviest =
                                pixels.chunks_exact(4).max_by_key(|p| p.iter().map(|b| u32::from(*b)).sum::<u32>());
                            if let Some([c, m, y, k]) = heaviest {
                                let mix = [c, m, y, k].map(|byte| u32::from(*byte) * 1000 / 255);
                                self.images.entry(mix).or_insert(page);
                            }
                        }
                    }
                    _ => self.process[3] = true,
                }
            }
            Ok(b"Form") if depth < DEPTH => {
                let mut resources = Resources::new();
                let own = stream.dict.get(b"Resources").and_then(|o| doc.dereference(o)).and_then(|(_, o)| o.as_dict());
                for (category, named) in own.into_iter().flatten() {
                    let Ok(named) = doc.dereference(named).and_then(|(_, named)| named.as_dict()) else { continue };
                    for (name, object) in named {
                        resources.insert((category.clone(), name.clone()), object.clone());
                    }
                }
                if let Ok(content) = stream.get_plain_content() {
                    self.walk(doc, &content, &resources, matrix, page, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn pattern(&mut self, doc: &Document, object: &Object, page: usize, depth: usize) {
        let Ok((_, object)) = doc.dereference(object) else { return };
        match object {
            Object::Dictionary(dict) => {
                if let Ok(shading) = dict.get(b"Shading") {
                    self.shading(doc, shading, page);
                }
            }
            // A tiling is a form in all but its name.
            Object::Stream(stream) => {
                let mut form = stream.clone();
                form.dict.set("Subtype", "Form");
                self.object(doc, &Object::Stream(form), Matrix::IDENTITY, page, depth);
            }
            _ => {}
        }
    }

    /// The ends of a gradient; what lies between them has no more ink than they.
    fn shading(&mut self, doc: &Document, object: &Object, page: usize) {
        let Ok((_, object)) = doc.dereference(object) else { return };
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => return,
        };
        match dict.get(b"ColorSpace").map(|space| self.space(doc, space)) {
            Ok(Space::Cmyk) => {
                if let Ok(function) = dict.get(b"Function") {
                    self.ends(doc, function, page, 0);
                }
            }
            Ok(Space::Other(what)) => self.note(&format!("a gradient in {what}"), page),
            _ => {}
        }
    }

    fn ends(&mut self, doc: &Document, function: &Object, page: usize, depth: usize) {
        let Ok((_, function)) = doc.dereference(function) else { return };
        let dict = match function {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            Object::Array(parts) if depth < DEPTH => {
                return parts.iter().for_each(|part| self.ends(doc, part, page, depth + 1));
            }
            _ => return,
        };
        for end in [&b"C0"[..], b"C1"] {
            let Ok(values) = dict.get(end).and_then(Object::as_array) else { continue };
            let values: Vec<f64> = values.iter().filter_map(|v| v.as_float().ok()).map(f64::from).collect();
            if let Ok(inks) = <[f64; 4]>::try_from(values) {
                self.mix(inks, page);
            }
        }
        if let Ok(parts) = dict.get(b"Functions")
            && depth < DEPTH
        {
            self.ends(doc, parts, page, depth + 1);
        }
    }

    fn space(&mut self, doc: &Document, object: &Object) -> Space {
        let Ok((_, object)) = doc.dereference(object) else { return Space::Gray };
        let array = match object {
            Object::Name(name) => {
                return match name.as_slice() {
                    b"DeviceCMYK" => Space::Cmyk,
                    b"DeviceRGB" => Space::Other("RGB"),
                    b"Pattern" => Space::Pattern,
                    _ => Space::Gray,
                };
            }
            Object::Array(array) => array,
            _ => return Space::Gray,
        };
        let name = |object: Option<&Object>| {
            object.and_then(|o| o.as_name().ok()).map(|n| String::from_utf8_lossy(n).into_owned()).unwrap_or_default()
        };
        match name(array.first()).as_str() {
            "ICCBased" => {
                let stream = array.get(1).and_then(|o| doc.dereference(o).ok()).and_then(|(_, o)| o.as_stream().ok());
                match stream.and_then(|stream| stream.dict.get(b"N").and_then(Object::as_i64).ok()) {
                    Some(4) => Space::Cmyk,
                    Some(1) => Space::Other("a grey of a profile"),
                    _ => Space::Other("RGB"),
                }
            }
            "Separation" => {
                let plate = name(array.get(1));
                if !matches!(plate.as_str(), "All" | "None" | "Cyan" | "Magenta" | "Yellow" | "Black") {
                    self.spots.entry(plate.clone()).or_insert_with(|| object.clone());
                }
                Space::Spots
            }
            "DeviceN" => Space::Spots,
            "Indexed" => array.get(1).map_or(Space::Gray, |base| self.space(doc, base)),
            "Pattern" => Space::Pattern,
            "DeviceCMYK" => Space::Cmyk,
            "CalRGB" | "DeviceRGB" => Space::Other("RGB"),
            "Lab" => Space::Other("Lab"),
            "CalGray" => Space::Other("a grey of a profile"),
            _ => Space::Gray,
        }
    }

    /// Names of the plates, process inks first.
    pub fn plates(&self) -> Vec<String> {
        let process = ["Cyan", "Magenta", "Yellow", "Black"].into_iter().zip(self.process);
        let process = process.filter(|(_, used)| *used).map(|(name, _)| name.to_owned());
        process.chain(self.spots.keys().cloned()).collect()
    }

    /// What is to be said of it. `max_ink` in percent; `named` says which document a page belongs to.
    pub fn problems(&self, max_ink: u32, named: impl Fn(usize) -> String) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let help = "name less of each ink in the style module's palette, or allow more with --max-ink";
        for (what, mixes) in [("a colour", &self.mixes), ("an image", &self.images)] {
            for (mix, page) in mixes.iter().filter(|(mix, _)| mix.iter().sum::<u32>() > max_ink * 10) {
                let sum = percent(mix.iter().sum());
                let message = format!("{what} of {} has {sum} % of ink, {}", named(*page), written(mix));
                problems.push(Diagnostic::error(code::INK, format!("{message}: more than {max_ink} %")).help(help));
            }
        }
        for (mix, page) in &self.rich_text {
            let message = format!("small text of {} is printed in several inks, {}", named(*page), written(mix));
            problems.push(
                Diagnostic::warning(code::RICH_BLACK, message)
                    .help("use black alone, cmyk(0%, 0%, 0%, 100%): four plates never fall exactly on each other"),
            );
        }
        for (what, page) in &self.other {
            problems.push(
                Diagnostic::warning(code::RGB, format!("{what} is left in the press pages of {}", named(*page)))
                    .help("name its inks in the style module, or save the image as CMYK"),
            );
        }
        problems
    }
}

/// Black with other inks under it.
fn is_rich(mix: &Mix) -> bool {
    mix[3] >= 700 && mix[..3].iter().sum::<u32>() >= 100
}

fn percent(tenths: u32) -> String {
    let text = format!("{}.{}", tenths / 10, tenths % 10);
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn written(mix: &Mix) -> String {
    let inks = ["C", "M", "Y", "K"].iter().zip(mix).filter(|(_, ink)| **ink > 0);
    inks.map(|(name, ink)| format!("{name} {}", percent(*ink))).collect::<Vec<_>>().join(", ")
}
