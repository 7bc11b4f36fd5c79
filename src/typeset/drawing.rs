//! Line drawings that documents share, as the border of every certificate. Typst would measure and deflate them anew for
//! each document. A style module puts a row of pixels where the drawing goes, which says in words what is drawn in
//! which colour; in the finished PDF a form XObject (ISO 32000-1, 8.10) takes the place of that image.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use lopdf::{Dictionary, Stream, dictionary};
use sha2::{Digest, Sha256};
use typst::foundations::{Dict, IntoValue};

use crate::project::Project;

/// SVG files whose whole content is paths in straight lines and cubic curves, one element a line.
const FOLDER: &str = "reports/shared/drawings";

/// The words that a row of pixels begins with.
pub const MARK: &[u8] = b"gen-report draws ";

/// A form has the coordinates of its file in hundredths, so that no entry of its matrix is so small that a reader with
/// five decimals (ISO 32000-1, annex C) sees it as another.
const UNIT: f64 = 0.01;

struct Drawing {
    /// Left, top, width and height, downwards as SVG has it.
    view: [f64; 4],
    /// Path operators of PDF.
    content: String,
    /// Says which content this is.
    sum: String,
}

#[derive(Default)]
pub struct Drawings {
    by_name: BTreeMap<String, Drawing>,
    /// Objects by the words that ask for them.
    forms: Mutex<HashMap<Vec<u8>, Arc<Vec<u8>>>>,
}

impl Drawings {
    pub fn of(project: &Project) -> Self {
        let mut by_name = BTreeMap::new();
        for path in project.list(FOLDER) {
            let name = path.strip_prefix(FOLDER).and_then(|path| path.strip_prefix('/')?.strip_suffix(".svg"));
            let text = project.read(&path).ok();
            let drawing = text.and_then(|text| Drawing::read(std::str::from_utf8(&text).ok()?));
            if let (Some(name), Some(drawing)) = (name, drawing) {
                by_name.insert(name.to_owned(), drawing);
            }
        }
        Self { by_name, forms: Mutex::default() }
    }

    /// What style modules may ask for: names, and the sum that stands in their words for the content.
    pub fn names(&self) -> Dict {
        self.by_name.iter().map(|(name, drawing)| (name.as_str().into(), drawing.sum.as_str().into_value())).collect()
    }

    /// The PDF with a drawing for each row of pixels that asks for one.
    pub fn put(&self, pdf: Vec<u8>) -> Vec<u8> {
        replaced(&pdf, |object| self.form(&words(object)?)).unwrap_or(pdf)
    }

    /// The object for words as `border 1a2b cmyk 0 0 0 1`.
    fn form(&self, words: &[u8]) -> Option<Arc<Vec<u8>>> {
        let mut forms = self.forms.lock().ok()?;
        if let Some(form) = forms.get(words) {
            return Some(form.clone());
        }
        let (name, rest) = std::str::from_utf8(words).ok()?.split_once(' ')?;
        let (_, paint) = rest.split_once(' ')?;
        let form = Arc::new(self.by_name.get(name)?.object(&Paint::read(paint)?));
        forms.insert(words.to_vec(), form.clone());
        Some(form)
    }
}

impl Drawing {
    /// Reads what `drawings.typ` writes. Any other SVG is left to Typst.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let head = lines.next()?.strip_prefix("<svg ")?.strip_suffix(" fill=\"none\" stroke=\"currentColor\">")?;
        let mut head = attributes(head)?;
        let view: [f64; 4] = numbers(head.remove("viewBox")?)?;
        let [.., width, height] = view;
        (head.into_keys().eq(["xmlns"]) && width > 0.0 && height > 0.0).then_some(())?;
        let mut content = String::new();
        for line in lines {
            if line == "</svg>" {
                let sum =
                    Sha256::digest(text).iter().take(4).fold(String::new(), |sum, byte| sum + &format!("{byte:02x}"));
                return Some(Self { view, content, sum });
            }
            let mut path = attributes(line.strip_prefix("<path ")?.strip_suffix("/>")?)?;
            let painted = match (path.remove("stroke-width"), path.remove("fill"), path.remove("stroke")) {
                (Some(width), None, None) => {
                    let [width] = numbers(width)?;
                    write!(content, "q {width} w ").ok()?;
                    "S"
                }
                (None, Some("#fff"), Some("none")) => {
                    content.push_str("q ");
                    "f"
                }
                _ => return None,
            };
            if let Some(shift) = path.remove("transform") {
                let [x, y] = numbers(shift.strip_prefix("translate(")?.strip_suffix(')')?)?;
                write!(content, "1 0 0 1 {x} {y} cm ").ok()?;
            }
            operators(path.remove("d")?, &mut content)?;
            writeln!(content, "{painted} Q").ok()?;
            path.is_empty().then_some(())?;
        }
        None
    }

    fn object(&self, paint: &Paint) -> Vec<u8> {
        let content = format!("{}{UNIT} 0 0 {UNIT} 0 0 cm\n{}", paint.operators(), self.content);
        let [left, top, width, height] = self.view.map(|side| side * UNIT);
        let mut stream = Stream::new(Dictionary::new(), content.into_bytes());
        // What cannot be made smaller stays as it is.
        let packed = stream.compress().is_ok() && stream.dict.has(b"Filter");
        let filter = if packed { "/Filter/FlateDecode" } else { "" };
        // An image fills the unit square, and its first row is on top.
        let place = [left, top, left + width, top + height].map(short);
        let matrix = [1.0 / width, 0.0, 0.0, -1.0 / height, -left / width, 1.0 + top / height].map(short);
        let mut object = format!(
            "<</Type/XObject/Subtype/Form/BBox[{}]/Matrix[{}]/Resources<<{}>>{filter}/Length {}>>\nstream\n",
            place.join(" "),
            matrix.join(" "),
            paint.resources(),
            stream.content.len(),
        )
        .into_bytes();
        object.extend_from_slice(&stream.content);
        object.extend_from_slice(b"\nendstream");
        object
    }
}

/// The colour of the lines. Shapes that hide what is below them have the paper's.
enum Paint {
    Rgb([f32; 3]),
    Cmyk([f32; 4]),
    /// A separation, and the process inks that show it where there is no such plate.
    Spot(String, [f32; 4]),
}

impl Paint {
    fn read(words: &str) -> Option<Self> {
        let (kind, inks) = words.split_once(' ')?;
        Some(match kind {
            "rgb" => Self::Rgb(inks_of(inks)?),
            "cmyk" => Self::Cmyk(inks_of(inks)?),
            "spot" => {
                let (inks, name) = inks.split_once(", ")?;
                Self::Spot(name.to_owned(), inks_of(inks)?)
            }
            _ => return None,
        })
    }

    fn operators(&self) -> String {
        match self {
            Self::Rgb([r, g, b]) => format!("{r} {g} {b} RG 1 1 1 rg\n"),
            Self::Cmyk([c, m, y, k]) => format!("{c} {m} {y} {k} K 0 0 0 0 k\n"),
            Self::Spot(..) => "/Plate CS 1 SCN 0 0 0 0 k\n".to_owned(),
        }
    }

    /// The colour space as Typst writes it, so that a plate is described in one way.
    fn resources(&self) -> String {
        let Self::Spot(name, [c, m, y, k]) = self else { return String::new() };
        let plain = |byte: &u8| byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte);
        let name = name.bytes().fold(String::new(), |name, byte| match plain(&byte) {
            true => name + char::from(byte).encode_utf8(&mut [0; 4]),
            false => name + &format!("#{byte:02x}"),
        });
        format!(
            "/ColorSpace<</Plate[/Separation/{name}/DeviceCMYK<</FunctionType 2/Domain[0 1]/Range[0 1 0 1 0 1 0 1]\
             /C0[0 0 0 0]/C1[{c} {m} {y} {k}]/N 1>>]>>"
        )
    }
}

/// Parts of a colour, as Typst writes them everywhere else: it keeps each in a byte.
fn inks_of<const N: usize>(text: &str) -> Option<[f32; N]> {
    Some(numbers::<N>(text)?.map(|part| (part.clamp(0.0, 1.0) as f32 * 255.0).round() / 255.0))
}

/// The path of SVG in the operators of PDF (ISO 32000-1, 8.5.2).
fn operators(path: &str, out: &mut String) -> Option<()> {
    let letter = |c: char| c.is_ascii_alphabetic();
    let mut rest = path;
    while let Some(command) = rest.chars().next() {
        let arguments = rest.get(1..)?;
        let end = arguments.find(letter).unwrap_or(arguments.len());
        let (operator, count) = match command {
            'M' => ("m", 2),
            'L' => ("l", 2),
            'C' => ("c", 6),
            'Z' => ("h", 0),
            _ => return None,
        };
        let points = arguments.get(..end)?.trim();
        let plain = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.');
        if points.split_ascii_whitespace().count() != count || !points.chars().all(plain) {
            return None;
        }
        for part in [points, if count > 0 { " " } else { "" }, operator, "\n"] {
            out.push_str(part);
        }
        rest = arguments.get(end..)?;
    }
    Some(())
}

/// A number without what arithmetic left behind its ninth decimal.
fn short(number: f64) -> String {
    ((number * 1e9).round() / 1e9 + 0.0).to_string()
}

fn attributes(element: &str) -> Option<BTreeMap<&str, &str>> {
    let mut parts = element.split('"');
    let mut found = BTreeMap::new();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        found.insert(key.trim().strip_suffix('=')?, value);
    }
    Some(found)
}

fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> = text.split_ascii_whitespace().map(|word| word.parse().ok()).collect();
    numbers?.try_into().ok().filter(|numbers: &[f64; N]| numbers.iter().all(|n| n.is_finite()))
}

/// The PDF with other objects in place of some. It is one that Typst wrote: a single cross-reference table (7.5.4), in
/// which each object begins where the one before it ends. `None`: none was replaced.
fn replaced(pdf: &[u8], with: impl Fn(&[u8]) -> Option<Arc<Vec<u8>>>) -> Option<Vec<u8>> {
    let tail = pdf.len().checked_sub(64)?;
    let table = number(after(pdf.get(tail..)?, b"startxref\n")?)?;
    let entries = after(pdf.get(table..)?, b"xref\n0 ")?;
    let count = number(entries)?;
    let entries = after(entries, b"\n")?.get(..count.checked_mul(ENTRY)?)?.chunks_exact(ENTRY);
    let trailer = find(pdf.get(table..)?, b"trailer")? + table;
    let in_use = entries.clone().filter(|entry| entry.get(17) == Some(&b'n'));
    let mut starts = in_use.map(number).collect::<Option<Vec<usize>>>()?;
    starts.sort_unstable();
    let mut out = Vec::with_capacity(pdf.len() * 2);
    out.extend_from_slice(pdf.get(..*starts.first()?)?);
    let mut moved = HashMap::new();
    let mut any = false;
    for (at, start) in starts.iter().enumerate() {
        let object = pdf.get(*start..*starts.get(at + 1).unwrap_or(&table))?;
        moved.insert(*start, out.len());
        match with(object) {
            Some(other) => {
                any = true;
                out.extend_from_slice(object.get(..find(object, b"<<")?)?);
                out.extend_from_slice(&other);
                out.extend_from_slice(b"\nendobj\n\n");
            }
            None => out.extend_from_slice(object),
        }
    }
    let new_table = out.len();
    out.extend_from_slice(format!("xref\n0 {count}\n").as_bytes());
    for entry in entries {
        match number(entry).and_then(|start| moved.get(&start)) {
            Some(start) if entry.get(17) == Some(&b'n') => {
                out.extend_from_slice(format!("{start:010}").as_bytes());
                out.extend_from_slice(entry.get(10..)?);
            }
            _ => out.extend_from_slice(entry),
        }
    }
    out.extend_from_slice(pdf.get(trailer..tail + find(pdf.get(tail..)?, b"startxref")?)?);
    out.extend_from_slice(format!("startxref\n{new_table}\n%%EOF").as_bytes());
    any.then_some(out)
}

/// Bytes of an entry of the table.
const ENTRY: usize = 20;

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn after<'b>(bytes: &'b [u8], what: &[u8]) -> Option<&'b [u8]> {
    bytes.get(find(bytes, what)? + what.len()..)
}

/// The number that the bytes begin with.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(bytes.get(..digits)?).ok()?.parse().ok()
}

/// What a row of pixels says, if the object is one that asks for a drawing.
fn words(object: &[u8]) -> Option<Vec<u8>> {
    /// No dictionary of an image that Typst writes is longer.
    const HEAD: usize = 400;
    let head = object.get(..object.len().min(HEAD))?;
    let head = head.get(..find(head, b"stream\n")?)?;
    (find(head, b"/Subtype/Image").is_some() && find(head, b"/Height 1/").is_some()).then_some(())?;
    let length = number(after(head, b"/Length ")?)?;
    let pixels = after(object, b"stream\n")?.get(..length)?;
    let pixels = Stream::new(dictionary! { "Filter" => "FlateDecode" }, pixels.to_vec()).decompressed_content().ok()?;
    Some(pixels.strip_prefix(MARK)?.trim_ascii_end().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-100 0 1000 500\" fill=\"none\" stroke=\"currentColor\">\n\
        <path stroke-width=\"24\" transform=\"translate(10 20)\" d=\"M0 0L1 -2C1 2 3 4 5 6Z\"/>\n\
        <path fill=\"#fff\" stroke=\"none\" d=\"M1 1Z\"/>\n</svg>\n";

    #[test]
    fn paths_become_the_operators_of_pdf() {
        let drawing = Drawing::read(LINE).unwrap();
        assert_eq!(drawing.content, "q 24 w 1 0 0 1 10 20 cm 0 0 m\n1 -2 l\n1 2 3 4 5 6 c\nh\nS Q\nq 1 1 m\nh\nf Q\n");
        let object = drawing.object(&Paint::read("cmyk 0 0 0 1").unwrap());
        let object = String::from_utf8_lossy(&object);
        assert!(object.contains("/BBox[-1 0 9 5]/Matrix[0.1 0 0 -0.2 0.1 1]/Resources<<>>"), "{object}");
    }

    #[test]
    fn any_other_svg_is_left_to_typst() {
        for (from, to) in [
            ("Z\"", "z\""),
            ("L1 -2", "L1 -2 3 4"),
            ("L1 -2", "L1e9 -2"),
            ("L1 -2", "L1 é"),
            ("translate(", "rotate("),
            ("<path ", "<g><path "),
            ("#fff", "url(#a)"),
            ("</svg>", ""),
            ("-100 0 1000 500", "0 0 NaN 1"),
            ("currentColor", "red"),
            ("1000 500", "0 500"),
            (" transform=", " stroke-dasharray=\"2\" transform="),
            (" viewBox=", " opacity=\".5\" viewBox="),
        ] {
            assert!(Drawing::read(&LINE.replacen(from, to, 1)).is_none(), "{to}");
        }
        assert!(Drawing::read("").is_none());
    }

    #[test]
    fn a_plate_is_named_and_shown_by_process_inks() {
        let paint = Paint::read("spot 0.9 0 0 1, PANTONE 871 C").unwrap();
        // 0.9 in a byte is 230.
        assert!(paint.resources().contains("/Separation/PANTONE#20871#20C/DeviceCMYK"));
        assert!(paint.resources().contains("/C1[0.9019608 0 0 1]"), "{}", paint.resources());
        for words in ["", "rgb", "rgb 1 2", "lab 0 0 0", "spot 0 0 0 1", "cmyk 0 0 0 inf"] {
            assert!(Paint::read(words).is_none(), "{words}");
        }
    }

    #[test]
    fn what_is_not_a_pdf_of_typst_is_handed_back() {
        let drawings = Drawings::default();
        let whole = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n\
            trailer\n<</Size 2>>\nstartxref\n30\n%%EOF";
        for end in 0..=whole.len() {
            assert_eq!(drawings.put(whole[..end].to_vec()), &whole[..end]);
        }
        for count in ["9", "99999999999999999999", "-1", ""] {
            let text = String::from_utf8_lossy(whole).replacen("0 2", &format!("0 {count}"), 1);
            assert_eq!(drawings.put(text.clone().into_bytes()), text.as_bytes());
        }
    }
}
