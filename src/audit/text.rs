//! The text of a finished PDF, in reading order: the glyphs as their fonts translate them (ISO 32000-2, 9.10), or the
//! ActualText that stands for them (14.9.4).

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// The characters of a document. A line feed ends each line, and each piece of content that the tags keep apart.
pub struct Document {
    pub chars: Vec<char>,
    /// Where each page begins.
    starts: Vec<usize>,
}

impl Document {
    /// Reads a PDF as Typst writes them. `rtl`: lines with letters of a script from right to left begin there.
    /// `None` where it is no such PDF.
    pub fn read(bytes: Vec<u8>, rtl: bool) -> Option<Self> {
        let pdf = Pdf::new(bytes).ok()?;
        let mut document = Self { chars: Vec::new(), starts: Vec::new() };
        for page in pdf.pages().iter() {
            let mut reader = Reader::default();
            reader.content(page.typed_operations(), page.resources(), IDENTITY, 0);
            document.starts.push(document.chars.len());
            for line in reader.lines {
                document.chars.extend(logical(line, rtl).iter().flat_map(|glyph| glyph.chars()));
                document.chars.push('\n');
            }
        }
        (!document.starts.is_empty()).then_some(document)
    }

    pub fn pages(&self) -> usize {
        self.starts.len()
    }

    /// The page of a character, counted from 1.
    pub fn page(&self, at: usize) -> usize {
        self.starts.iter().filter(|start| **start <= at).count()
    }

    /// The words around a range of characters, on one line.
    pub fn around(&self, from: usize, to: usize) -> String {
        const REACH: usize = 36;
        let start = self.starts.iter().rfind(|start| **start <= from).copied().unwrap_or(0);
        let end = self.starts.iter().find(|start| **start > from).copied().unwrap_or(self.chars.len());
        let (first, last) = (from.saturating_sub(REACH).max(start), (to + REACH).min(end));
        let text: String = self.chars[first..last].iter().collect();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mark = |cut: bool| if cut { "…" } else { "" };
        format!("{}{words}{}", mark(first > start), mark(last < end))
    }
}

type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `a`, then `b` (ISO 32000-2, 8.3.4).
fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// How codes of a font become text.
#[derive(Clone)]
struct Face {
    map: Option<Rc<CMap>>,
    size: f64,
    /// Bytes of a code: two in the composite fonts that Typst writes.
    width: usize,
}

/// A sequence of marked content that is open.
enum Marked {
    Plain,
    /// What the glyphs inside stand for, until it was printed.
    Actual(Option<String>),
}

/// Glyphs that are shown together, from left to right.
struct Run {
    /// Where it begins, along the line.
    x: f64,
    /// The piece of marked content that it belongs to.
    piece: usize,
    glyphs: Vec<String>,
}

/// Direction of a line, and its distance from the origin.
type Baseline = (f64, f64, f64);

#[derive(Default)]
struct Reader {
    /// The runs of each, as they follow each other in the file.
    lines: Vec<Vec<Run>>,
    piece: usize,
    baseline: Option<Baseline>,
    faces: BTreeMap<Vec<u8>, Face>,
}

impl Reader {
    fn content(&mut self, mut ops: TypedIter<'_>, resources: &Resources<'_>, base: Matrix, depth: usize) {
        let mut at = base;
        let mut saved = Vec::new();
        let mut text = IDENTITY;
        let mut face: Option<Face> = None;
        let mut marked: Vec<Marked> = Vec::new();
        while let Some(op) = ops.next() {
            match op {
                Op::SaveState(_) => saved.push((at, face.clone())),
                Op::RestoreState(_) => (at, face) = saved.pop().unwrap_or((base, None)),
                Op::Transform(t) => at = times([t.0, t.1, t.2, t.3, t.4, t.5].map(|n| n.as_f64()), at),
                Op::BeginText(_) => text = IDENTITY,
                Op::SetTextMatrix(t) => text = [t.0, t.1, t.2, t.3, t.4, t.5].map(|n| n.as_f64()),
                Op::NextLine(by) => text = times([1.0, 0.0, 0.0, 1.0, by.0.as_f64(), by.1.as_f64()], text),
                Op::TextFont(font) => {
                    face = self.face(font.0, resources).map(|face| Face { size: font.1.as_f64(), ..face });
                }
                Op::ShowText(shown) => self.show(shown.0.as_bytes(), face.as_ref(), times(text, at), &mut marked),
                Op::ShowTexts(shown) => {
                    for item in shown.0.iter::<Object<'_>>() {
                        if let Object::String(string) = item {
                            self.show(string.as_bytes(), face.as_ref(), times(text, at), &mut marked);
                        }
                    }
                }
                Op::BeginMarkedContent(_) => marked.push(Marked::Plain),
                Op::BeginMarkedContentWithProperties(begin) => {
                    let actual = match begin.1 {
                        Object::Dict(dict) => {
                            if dict.contains_key(b"MCID") {
                                self.piece += 1;
                            }
                            dict.get::<hayro_syntax::object::String<'_>>(b"ActualText")
                        }
                        _ => None,
                    };
                    marked.push(match actual {
                        Some(actual) => Marked::Actual(Some(unicode(actual.as_bytes()))),
                        None => Marked::Plain,
                    });
                }
                Op::EndMarkedContent(_) => drop(marked.pop()),
                Op::XObject(object) if depth < 8 => {
                    if let Some(form) = resources.get_x_object(object.0) {
                        self.form(&form, resources, at, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, at: Matrix, depth: usize) {
        let dict = form.dict();
        if dict.get::<Name<'_>>(b"Subtype").is_none_or(|kind| kind.as_str() != "Form") {
            return;
        }
        let Ok(data) = form.decoded() else { return };
        let mut matrix = IDENTITY;
        if let Some(array) = dict.get::<hayro_syntax::object::Array<'_>>(b"Matrix") {
            array.iter::<f64>().zip(&mut matrix).for_each(|(given, entry)| *entry = given);
        }
        let own = Resources::from_parent(dict.get::<Dict<'_>>(b"Resources").unwrap_or_default(), resources.clone());
        // Names of fonts are the form's own.
        let faces = std::mem::take(&mut self.faces);
        self.content(TypedIter::new(&data), &own, times(matrix, at), depth + 1);
        self.faces = faces;
    }

    fn face(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Face> {
        if let Some(face) = self.faces.get(name.as_str().as_bytes()) {
            return Some(face.clone());
        }
        let font = resources.get_font(name)?;
        let map = font.get::<Stream<'_>>(b"ToUnicode").and_then(|stream| {
            let data = stream.decoded().ok()?;
            CMap::parse(&data, |_| None).map(Rc::new)
        });
        let composite = font.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_str() == "Type0");
        let face = Face { map, size: 0.0, width: if composite { 2 } else { 1 } };
        self.faces.insert(name.as_str().as_bytes().to_vec(), face.clone());
        Some(face)
    }

    fn show(&mut self, bytes: &[u8], face: Option<&Face>, at: Matrix, marked: &mut [Marked]) {
        self.stand(at, face.map_or(0.0, |face| face.size));
        let mut covered = false;
        for marked in marked.iter_mut() {
            if let Marked::Actual(text) = marked {
                covered = true;
                if let Some(text) = text.take() {
                    self.put(text);
                }
            }
        }
        let Some(face) = face.filter(|_| !covered) else { return };
        for code in bytes.chunks(face.width) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            self.put(match face.map.as_ref().and_then(|map| map.lookup_bf_string(code)) {
                Some(BfString::Char(c)) => c.into(),
                Some(BfString::String(text)) => text,
                None => char::REPLACEMENT_CHARACTER.into(),
            });
        }
    }

    /// Begins a run, on a new line where it stands on another baseline than the last.
    fn stand(&mut self, at: Matrix, size: f64) {
        let length = at[0].hypot(at[1]).max(f64::MIN_POSITIVE);
        let (x, y) = (at[0] / length, at[1] / length);
        let here = (x, y, x * at[5] - y * at[4]);
        let near = |a: f64, b: f64, by: f64| (a - b).abs() < by;
        let same =
            |(bx, by, distance)| near(bx, x, 0.01) && near(by, y, 0.01) && near(distance, here.2, size * length / 2.0);
        // A raised ordinal or a vowel sign stays on the line that it belongs to.
        if !self.baseline.is_some_and(same) {
            self.lines.push(Vec::new());
            self.baseline = Some(here);
        }
        let run = Run { x: x * at[4] + y * at[5], piece: self.piece, glyphs: Vec::new() };
        if let Some(line) = self.lines.last_mut() {
            line.push(run);
        }
    }

    fn put(&mut self, text: String) {
        if let Some(run) = self.lines.last_mut().and_then(|line| line.last_mut()) {
            run.glyphs.push(text);
        }
    }
}

/// A text string (ISO 32000-2, 7.9.2.2): UTF-16 behind its mark; of PDFDocEncoding only ASCII is read.
fn unicode(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(utf16) => {
            let units = utf16.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// The glyphs of a line in the order in which they are read. The bidirectional algorithm (Unicode Annex 9), run on what
/// it once put in order, puts it back.
fn logical(mut runs: Vec<Run>, rtl: bool) -> Vec<String> {
    let leftward = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN);
    let turns = runs.iter().flat_map(|run| &run.glyphs).any(|glyph| glyph.contains(leftward));
    if turns {
        runs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    let mut line: Vec<String> = Vec::new();
    let mut piece = None;
    for run in runs {
        if piece.replace(run.piece).is_some_and(|last| last != run.piece) {
            line.push("\n".to_owned());
        }
        for glyph in run.glyphs {
            // A letter and its vowel sign, shown apart, both stand for the pair.
            let pair = glyph.chars().any(|c| bidi_class(c) == BidiClass::NSM) && glyph.chars().count() > 1;
            if !(pair && line.iter().rfind(|last| *last != "\n") == Some(&glyph)) {
                line.push(glyph);
            }
        }
    }
    if !turns {
        return line;
    }
    // Each glyph goes where its first letter goes: what stands for several letters is not turned round.
    let lead = |glyph: &String| glyph.chars().find(|c| !control(*c) && *c != '\n').unwrap_or(' ');
    let leads: String = line.iter().map(lead).collect();
    let info = BidiInfo::new(&leads, Some(if rtl { Level::rtl() } else { Level::ltr() }));
    let levels: Vec<Level> = leads.char_indices().map(|(at, _)| info.levels[at]).collect();
    BidiInfo::reorder_visual(&levels).into_iter().map(|index| std::mem::take(&mut line[index])).collect()
}

/// Characters that only steer the setting of others.
pub fn control(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
