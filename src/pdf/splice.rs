//! Changes objects of a PDF that Typst has just written, using its cross-reference table (ISO 32000-2, 7.5.4), and packs
//! the file.
//!
//! Written for this crate because it is fast: streams are copied as they are. Parsing and saving the whole document with
//! lopdf would take longer than replacing the drawings saves.

use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use memchr::memmem;

/// Bytes of an entry of a cross-reference table.
const ENTRY: usize = 20;

/// A PDF as Typst writes it: with a single cross-reference table, and each object directly after the one before.
pub struct TypstPdf<'p> {
    header: &'p [u8],
    /// In the order of the file.
    objects: Vec<Object<'p>>,
    /// The entries of the trailer dictionary except `Size`.
    trailer: &'p [u8],
    is_changed: bool,
}

struct Object<'p> {
    number: usize,
    body: Body<'p>,
    /// Whether it stays outside the object stream.
    stays_outside: bool,
}

/// What is between `obj` and `endobj`.
enum Body<'p> {
    Original(&'p [u8]),
    Replaced(Arc<Vec<u8>>),
}

impl Body<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Original(bytes) => bytes,
            Self::Replaced(bytes) => bytes,
        }
    }
}

impl<'p> TypstPdf<'p> {
    /// Finds the objects. Returns `None` if the PDF is not as Typst writes it.
    pub fn new(pdf: &'p [u8]) -> Option<Self> {
        let tail = pdf.len().checked_sub(64)?;
        let table = leading_number(after(pdf.get(tail..)?, b"startxref\n")?)?;
        let entries = after(pdf.get(table..)?, b"xref\n0 ")?;
        let count = leading_number(entries)?;
        let entries = after(entries, b"\n")?.get(..count.checked_mul(ENTRY)?)?.chunks_exact(ENTRY);
        let in_use = entries.enumerate().filter(|(_, entry)| entry.get(17) == Some(&b'n'));
        let starts = in_use.map(|(number, entry)| Some((leading_number(entry)?, number)));
        let mut starts = starts.collect::<Option<Vec<(usize, usize)>>>()?;
        starts.sort_unstable();
        let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([table]);
        let objects = starts.iter().zip(ends).map(|((start, number), end)| {
            let object = after(pdf.get(*start..end)?, b" obj\n")?;
            let body = object.get(..rfind(object, b"endobj")?)?.trim_ascii_end();
            Some(Object { number: *number, body: Body::Original(body), stays_outside: body.ends_with(b"endstream") })
        });
        let trailer = after(pdf.get(table..)?, b"trailer\n<<")?;
        let trailer = trailer.get(..rfind(trailer, b">>")?)?;
        // Typst writes `Size` first.
        let trailer = after(trailer, b"/Size ")?;
        let digits = trailer.iter().take_while(|byte| byte.is_ascii_digit()).count();
        Some(Self {
            header: pdf.get(..starts.first()?.0)?,
            objects: objects.collect::<Option<_>>()?,
            trailer: trailer.get(digits..)?,
            is_changed: false,
        })
    }

    /// Replaces every object for which `replacement` returns a new body.
    pub fn replace(&mut self, replacement: impl Fn(&[u8]) -> Option<Arc<Vec<u8>>>) {
        for object in &mut self.objects {
            if let Some(body) = replacement(object.body.bytes()) {
                object.body = Body::Replaced(body);
                self.is_changed = true;
            }
        }
    }

    /// Changes the document information dictionary (14.3.3).
    pub fn replace_info(&mut self, replacement: impl Fn(&[u8]) -> Option<Vec<u8>>) {
        let number = after(self.trailer, b"/Info ").and_then(leading_number);
        let info = self.objects.iter_mut().find(|object| Some(object.number) == number);
        if let Some((object, body)) =
            info.and_then(|object| replacement(object.body.bytes()).map(|body| (object, body)))
        {
            object.body = Body::Replaced(body.into());
            self.is_changed = true;
        }
    }

    /// Returns the number of the document catalog (7.7.2).
    pub fn catalog(&self) -> Option<usize> {
        after(self.trailer, b"/Root ").and_then(leading_number)
    }

    /// Returns an object without `obj` and `endobj`.
    pub fn get(&self, number: usize) -> Option<&[u8]> {
        self.objects.iter().find(|object| object.number == number).map(|object| object.body.bytes())
    }

    /// Sets an object. The object need not exist. If `stays_outside`, it is never put in an object stream.
    pub fn set(&mut self, number: usize, body: Vec<u8>, stays_outside: bool) {
        let body = Body::Replaced(body.into());
        match self.objects.iter_mut().find(|object| object.number == number) {
            Some(object) => *object = Object { number, body, stays_outside },
            None => self.objects.push(Object { number, body, stays_outside }),
        }
        self.is_changed = true;
    }

    /// Returns the first number that no object has.
    pub fn next_number(&self) -> usize {
        self.objects.iter().map(|object| object.number + 1).max().unwrap_or(1)
    }

    /// Returns the changed PDF with its cross-reference table, or `None` if nothing was replaced.
    pub fn into_changed(self) -> Option<Vec<u8>> {
        self.is_changed.then(|| self.write())
    }

    fn write(self) -> Vec<u8> {
        let size = self.next_number();
        let mut starts = vec![None; size];
        let mut out = self.header.to_vec();
        for object in &self.objects {
            if let Some(start) = starts.get_mut(object.number) {
                *start = Some(out.len());
            }
            push_object(&mut out, object.number, object.body.bytes());
        }
        let table = out.len();
        out.extend(format!("xref\n0 {size}\n0000000000 65535 f\r\n").bytes());
        for start in starts.iter().skip(1) {
            out.extend(match start {
                Some(start) => format!("{start:010} 00000 n\r\n").into_bytes(),
                None => b"0000000000 65535 f\r\n".to_vec(),
            });
        }
        out.extend(format!("trailer\n<</Size {size}").bytes());
        out.extend(self.trailer);
        out.extend(format!(">>\nstartxref\n{table}\n%%EOF").bytes());
        out
    }

    /// Returns the PDF with its objects in one object stream (7.5.7), except those that must stay outside. This makes it
    /// smaller.
    pub fn into_packed(self) -> Option<Vec<u8>> {
        let size = self.next_number();
        let (packed_number, table_number) = (size, size + 1);
        let mut entries = vec![[0; TABLE_ENTRY]; size + 2];
        let mut out = self.header.to_vec();
        let (mut index, mut packed, mut count) = (Vec::new(), Vec::new(), 0_u16);
        for object in &self.objects {
            let body = object.body.bytes();
            let entry = entries.get_mut(object.number)?;
            if object.stays_outside {
                *entry = table_entry(1, out.len(), 0)?;
                push_object(&mut out, object.number, body);
            } else {
                *entry = table_entry(2, packed_number, count)?;
                index.extend(format!("{} {} ", object.number, packed.len()).bytes());
                packed.extend(body);
                packed.push(b'\n');
                count = count.checked_add(1)?;
            }
        }
        let first = index.len();
        index.extend(packed);
        *entries.get_mut(packed_number)? = table_entry(1, out.len(), 0)?;
        push_stream(&mut out, packed_number, &format!("/Type/ObjStm/N {count}/First {first}"), &index)?;
        let table = out.len();
        *entries.get_mut(table_number)? = table_entry(1, table, 0)?;
        let widths = format!("/Type/XRef/W[1 4 2]/Size {}", table_number + 1);
        let dictionary = [widths.as_bytes(), self.trailer].concat();
        push_stream(&mut out, table_number, std::str::from_utf8(&dictionary).ok()?, &entries.concat())?;
        out.extend(format!("startxref\n{table}\n%%EOF").bytes());
        Some(out)
    }
}

/// Bytes of an entry of a cross-reference stream (7.5.8.3): kind, place, index.
const TABLE_ENTRY: usize = 1 + 4 + 2;

fn table_entry(kind: u8, place: usize, index: u16) -> Option<[u8; TABLE_ENTRY]> {
    let [a, b, c, d] = u32::try_from(place).ok()?.to_be_bytes();
    let [e, f] = index.to_be_bytes();
    Some([kind, a, b, c, d, e, f])
}

fn push_object(out: &mut Vec<u8>, number: usize, body: &[u8]) {
    out.extend(format!("{number} 0 obj\n").bytes());
    out.extend(body);
    out.extend(b"\nendobj\n");
}

/// Appends a compressed stream. `dictionary` has its entries except length and filter.
fn push_stream(out: &mut Vec<u8>, number: usize, dictionary: &str, content: &[u8]) -> Option<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).ok()?;
    let content = encoder.finish().ok()?;
    let mut body = format!("<<{dictionary}/Filter/FlateDecode/Length {}>>\nstream\n", content.len()).into_bytes();
    body.extend(content);
    body.extend(b"\nendstream");
    push_object(out, number, &body);
    Some(())
}

/// Returns a page with a trim box as large as the page. Typst writes one only for a page with bleed. Returns `None` for any
/// other object.
pub fn add_trim_box(object: &[u8]) -> Option<Arc<Vec<u8>>> {
    if object.ends_with(b"endstream") || find(object, b"/TrimBox").is_some() {
        return None;
    }
    find(object, b"/Type/Page/")?;
    let media_box = after(object, b"/MediaBox")?;
    let media_box = media_box.get(..=find(media_box, b"]")?)?;
    Some([object.strip_suffix(b">>")?, b"/TrimBox", media_box, b">>"].concat().into())
}

/// Returns the samples of an image that is one pixel high, up to `limit` bytes. Returns `None` for any other object.
pub fn read_single_row_image(object: &[u8], limit: u64) -> Option<Vec<u8>> {
    /// No image dictionary that Typst writes is longer.
    const LONGEST_DICTIONARY: usize = 400;
    object.ends_with(b"endstream").then_some(())?;
    let head = object.get(..object.len().min(LONGEST_DICTIONARY))?;
    let head = head.get(..find(head, b"stream\n")?)?;
    (find(head, b"/Subtype/Image").is_some() && find(head, b"/Height 1/").is_some()).then_some(())?;
    let length = leading_number(after(head, b"/Length ")?)?;
    let data = after(object, b"stream\n")?.get(..length)?;
    let mut samples = Vec::new();
    ZlibDecoder::new(data).take(limit).read_to_end(&mut samples).ok()?;
    Some(samples)
}

pub fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memmem::find(bytes, needle)
}

pub(super) fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memmem::rfind(bytes, needle)
}

/// Returns what follows the first occurrence of `needle`.
pub(super) fn after<'b>(bytes: &'b [u8], needle: &[u8]) -> Option<&'b [u8]> {
    bytes.get(find(bytes, needle)? + needle.len()..)
}

pub(super) fn leading_number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(bytes.get(..digits)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_other_pdf_is_left_alone() {
        let replace_all = |pdf: &[u8]| {
            let mut objects = TypstPdf::new(pdf)?;
            objects.replace(|_| Some(Arc::new(b"<<>>".to_vec())));
            objects.into_changed()
        };
        let whole = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n\
            trailer\n<</Size 2>>\nstartxref\n29\n%%EOF";
        assert!(replace_all(whole).is_some());
        for end in 0..whole.len() - "\n%%EOF".len() {
            assert!(replace_all(&whole[..end]).is_none(), "{end}");
        }
        assert!(TypstPdf::new(whole).is_some_and(|objects| objects.into_changed().is_none()), "nothing is replaced");
        for count in ["9", "99999999999999999999", "-1", ""] {
            let text = String::from_utf8_lossy(whole).replacen("0 2", &format!("0 {count}"), 1);
            assert!(replace_all(text.as_bytes()).is_none(), "{count}");
        }
    }
}
