//! Line drawings that documents share, as the border of every certificate. Typst would measure and deflate them anew for
//! each document. A style module puts a row of pixels where the drawing goes, which says in words what is drawn in
//! which colour; in the finished PDF a form XObject (ISO 32000-1, 8.10) takes the place of that image.

mod form;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::sync::{Arc, Mutex};

use flate2::read::ZlibDecoder;
use typst::foundations::{Dict, IntoValue};

use crate::project::Project;
use form::{Adler, FOLDER, Form, Packed, numbers};

/// The embedded drawings by their paths, sorted.
static EMBEDDED: &[(&str, Form)] = include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// The words that a row of pixels begins with.
pub const MARK: &[u8] = b"gen-report draws ";

/// A form has the coordinates of its file in hundredths, so that no entry of its matrix is so small that a reader with
/// five decimals (ISO 32000-1, annex C) sees it as another.
const UNIT: f64 = 0.01;

struct Drawing {
    form: Cow<'static, Form>,
    /// Says which file this is.
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
            let form = match project.read(&path) {
                Ok(Cow::Borrowed(_)) => EMBEDDED.iter().find(|(p, _)| *p == path).map(|(_, form)| Cow::Borrowed(form)),
                Ok(Cow::Owned(bytes)) => std::str::from_utf8(&bytes).ok().and_then(form::read).map(Cow::Owned),
                Err(_) => None,
            };
            if let (Some(name), Some(form)) = (name, form) {
                // The same for the same drawing, embedded or on disk: it goes into the PDF's identifier.
                let Adler(a, b) = form.content.sum;
                by_name.insert(name.to_owned(), Drawing { form, sum: format!("{b:04x}{a:04x}") });
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
        let form = Arc::new(self.by_name.get(name)?.object(&Paint::read(paint)?)?);
        forms.insert(words.to_vec(), form.clone());
        Some(form)
    }
}

impl Drawing {
    fn object(&self, paint: &Paint) -> Option<Vec<u8>> {
        let Form { view, content } = &*self.form;
        let content = content.after(&format!("{}{UNIT} 0 0 {UNIT} 0 0 cm\n", paint.operators()))?;
        let [left, top, width, height] = view.map(|side| side * UNIT);
        // An image fills the unit square, and its first row is on top.
        let place = [left, top, left + width, top + height].map(short);
        let matrix = [1.0 / width, 0.0, 0.0, -1.0 / height, -left / width, 1.0 + top / height].map(short);
        let mut object = format!(
            "<</Type/XObject/Subtype/Form/BBox[{}]/Matrix[{}]/Resources<<{}>>/Filter/FlateDecode/Length {}>>\nstream\n",
            place.join(" "),
            matrix.join(" "),
            paint.resources(),
            content.len(),
        )
        .into_bytes();
        object.extend_from_slice(&content);
        object.extend_from_slice(b"\nendstream");
        Some(object)
    }
}

impl Packed {
    /// A zlib stream (RFC 1950) of these bytes after a few others, which stand in it as they are.
    fn after(&self, first: &str) -> Option<Vec<u8>> {
        let length = u16::try_from(first.len()).ok()?;
        let mut stream = vec![0x78, 0xda, 0];
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend_from_slice(first.as_bytes());
        stream.extend_from_slice(&self.body);
        stream.extend(Adler::of(first.as_bytes()).then(self.sum, self.length).to_be_bytes());
        Some(stream)
    }
}

impl Adler {
    /// Of two runs of bytes, the second of some length.
    fn then(self, next: Self, length: usize) -> u32 {
        let base = u64::from(Self::BASE);
        let (a, before) = (u64::from(self.0), base + u64::from(self.0) - 1);
        let b = (u64::from(self.1) + u64::from(next.1) + length as u64 % base * before) % base;
        let a = (a + u64::from(next.0) + base - 1) % base;
        (b << 16 | a) as u32
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

/// A number without what arithmetic left behind its ninth decimal.
fn short(number: f64) -> String {
    ((number * 1e9).round() / 1e9 + 0.0).to_string()
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
    const LONGEST: u64 = 1 << 10;
    let head = object.get(..object.len().min(HEAD))?;
    let head = head.get(..find(head, b"stream\n")?)?;
    (find(head, b"/Subtype/Image").is_some() && find(head, b"/Height 1/").is_some()).then_some(())?;
    let length = number(after(head, b"/Length ")?)?;
    let pixels = after(object, b"stream\n")?.get(..length)?;
    let mut words = Vec::new();
    ZlibDecoder::new(pixels).take(LONGEST).read_to_end(&mut words).ok()?;
    Some(words.strip_prefix(MARK)?.trim_ascii_end().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_deflated_once_and_stands_after_its_colour() {
        let form = form::read(LINE).unwrap();
        let drawing = Drawing { form: Cow::Owned(form), sum: String::new() };
        let object = drawing.object(&Paint::read("cmyk 0 0 0 1").unwrap()).unwrap();
        let head = String::from_utf8_lossy(&object);
        assert!(head.contains("/BBox[-1 0 9 5]/Matrix[0.1 0 0 -0.2 0.1 1]/Resources<<>>"), "{head}");
        let mut content = String::new();
        ZlibDecoder::new(after(&object, b"stream\n").unwrap()).read_to_string(&mut content).unwrap();
        assert_eq!(content, "0 0 0 1 K 0 0 0 0 k\n0.01 0 0 0.01 0 0 cm\nq 24 w 0 0 m\n1 -2 l\nS Q\n");
    }

    const LINE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-100 0 1000 500\" fill=\"none\" stroke=\"currentColor\">\n\
        <path stroke-width=\"24\" d=\"M0 0L1 -2\"/>\n</svg>\n";

    #[test]
    fn the_sum_of_two_runs_of_bytes_is_that_of_both() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let whole = Adler::of(&bytes);
        for cut in [0, 1, 65_521, 131_042, bytes.len()] {
            let (first, second) = bytes.split_at(cut);
            assert_eq!(Adler::of(first).then(Adler::of(second), second.len()), whole.1 << 16 | whole.0);
        }
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
