//! The signature of a whole PDF (ISO 32000-2, 12.8): its field, the bytes that it covers, and reading both back.
//!
//! The field is part of the file as it is first written, so that the file has one revision only, and the structure tree, which
//! PDF/UA requires to contain every field, need not be changed later. So is the field of a document time stamp; the time stamp
//! itself makes a second revision ([`super::time_stamp`]).

use super::objects::write_object;
use super::splice::{TypstPdf, after, find, leading_number, rfind};
use super::time_stamp;

/// The beginning of the byte range. Its other three numbers have ten digits each.
const BYTE_RANGE: &[u8] = b"/ByteRange[0 ";
const NUMBER: usize = 10;
const CONTENTS: &[u8] = b"]/Contents";

/// What follows a signature in the file.
pub(super) const END: &[u8] = b">>\nendobj\n";

/// What only a signed PDF contains. A change of one byte leaves at least one of them.
const MARKS: [&[u8]; 3] = [b"/ByteRange", b"/Type/Sig", b"/Adobe.PPKLite"];

/// The place of a visible field on a page.
pub struct VisiblePlace {
    /// Counted from 0.
    pub page: usize,
    /// Left, bottom, right and top, in points from the lower left corner of the page.
    pub rectangle: [f64; 4],
    /// What is printed at this place, for screen readers.
    pub description: String,
}

/// A signature field without its signature.
pub struct SignatureField<'a> {
    /// The format of the signature.
    pub sub_filter: &'a str,
    /// The name of the signer, which screen readers read aloud.
    pub signer: &'a str,
    /// The time of signing as a date string (7.9.4).
    pub date: &'a str,
    /// The longest signature, in bytes.
    pub max_length: usize,
    /// What readers need to check the signature.
    pub stored: SecurityStore<'a>,
    /// The name of the authority that is to add a document time stamp, which screen readers read aloud. It gets a separate
    /// field.
    pub time_stamp: Option<&'a str>,
    /// Where the field is; `None` for an invisible one on the first page.
    pub place: Option<&'a VisiblePlace>,
}

/// The content of a document security store (ISO 32000-2, 12.8.4.3; ETSI EN 319 142-1, 5.4.2), each part in DER. Without
/// certificates there is no store.
#[derive(Clone, Copy, Default)]
pub struct SecurityStore<'a> {
    pub certificates: &'a [Vec<u8>],
    pub ocsp_responses: &'a [Vec<u8>],
    pub revocation_lists: &'a [Vec<u8>],
}

impl<'a> SecurityStore<'a> {
    /// Returns each array with its key in the dictionary of the store.
    fn arrays(self) -> [(&'static str, &'a [Vec<u8>]); 3] {
        [("Certs", self.certificates), ("OCSPs", self.ocsp_responses), ("CRLs", self.revocation_lists)]
    }

    /// Returns the contents of the streams.
    fn streams(self) -> impl Iterator<Item = &'a Vec<u8>> {
        self.arrays().into_iter().flat_map(|(_, contents)| contents)
    }

    /// Returns the entry of the catalogue. The streams have the numbers from `first`.
    fn to_entry(self, first: usize) -> String {
        let mut next = first;
        let mut entries = String::new();
        for (key, contents) in self.arrays().into_iter().filter(|(_, contents)| !contents.is_empty()) {
            let references: String = (next..next + contents.len()).map(|number| format!("{number} 0 R ")).collect();
            entries += &format!("/{key}[{references}]");
            next += contents.len();
        }
        format!("/DSS<<{entries}>>")
    }
}

impl SignatureField<'_> {
    /// Adds the field to a PDF that Typst has written, tagged as a form. Returns `None` if the PDF has another structure than Typst
    /// writes.
    pub fn add(&self, objects: &mut TypstPdf<'_>) -> Option<()> {
        let catalog = objects.catalog()?;
        let [field, element, signature] = [0, 1, 2].map(|index| objects.next_number() + index);
        let stored = signature + 1;
        let appearance = stored + self.stored.streams().count();
        let stamp_field = appearance + usize::from(self.place.is_some());

        let body = objects.get(catalog)?;
        let (pages, structure) = (number_after(body, b"/Pages ")?, number_after(body, b"/StructTreeRoot ")?);
        let fields = match self.time_stamp {
            Some(_) => format!("{field} 0 R {stamp_field} 0 R"),
            None => format!("{field} 0 R"),
        };
        let form = format!("/AcroForm<</Fields[{fields}]/SigFlags 3>>");
        // Below PDF 2.0, CAdES signatures and document security stores are extensions (ETSI EN 319 142-1, 5.6).
        let extension = "/Extensions<</ESIC<</Type/DeveloperExtensions/BaseVersion/1.7/ExtensionLevel 1>>>>";
        let has_store = !self.stored.certificates.is_empty();
        let extension = if has_store || self.sub_filter.starts_with("ETSI.") { extension } else { "" };
        let store = if has_store { self.stored.to_entry(stored) } else { String::new() };
        let body = append(body, &[form.as_bytes(), extension.as_bytes(), store.as_bytes()])?;
        objects.set(catalog, body, false);
        for (number, content) in (stored..).zip(self.stored.streams()) {
            let head = format!("<</Length {}>>\nstream\n", content.len());
            objects.set(number, [head.as_bytes(), content, b"\nendstream"].concat(), true);
        }

        let signer = text(self.signer);
        let mut entries = format!("/FT/Sig/T(Seal)/TU{signer}/V {signature} 0 R");
        let first = find_page(objects, pages, 0)?;
        let mut widget = Widget { number: field, element, page: first, structure, rectangle: [0.0; 4] };
        if let Some(place) = self.place {
            widget.page = find_page(objects, pages, place.page)?;
            widget.rectangle = place.rectangle;
            entries += &format!("/Contents{}/AP<</N {appearance} 0 R>>", text(&place.description));
            objects.set(appearance, empty_appearance(place.rectangle), true);
        }
        widget.add(objects, &entries)?;

        let (sub_filter, date, blank) = (self.sub_filter, self.date, blank(self.max_length));
        let dictionary =
            format!("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/{sub_filter}/Name{signer}/M({date}){blank}>>");
        objects.set(signature, dictionary.into_bytes(), true);
        if let Some(authority) = self.time_stamp {
            let [number, element] = [1, 2].map(|index| stamp_field + index);
            // It must follow the signature, where `time_stamp` looks for it. Its widget, to which the structure tree points, stays
            // as it is when the field is filled.
            let field = time_stamp::empty_field(&text(authority), number);
            objects.set(stamp_field, field.into_bytes(), true);
            let widget = Widget { number, element, page: first, structure, rectangle: [0.0; 4] };
            widget.add(objects, &format!("/Parent {stamp_field} 0 R"))?;
        }
        Some(())
    }
}

/// Returns the appearance of a field over something that is printed on the page already: a form XObject that draws nothing.
fn empty_appearance([left, bottom, right, top]: [f64; 4]) -> Vec<u8> {
    let (width, height) = (right - left, top - bottom);
    format!("<</Type/XObject/Subtype/Form/BBox[0 0 {width:.3} {height:.3}]/Length 0>>\nstream\n\nendstream")
        .into_bytes()
}

/// The place of a field on a page (ISO 32000-2, 12.5.6.19).
struct Widget {
    /// The number of the widget's object.
    number: usize,
    /// The number of its element in the structure tree.
    element: usize,
    /// The number of the page's object.
    page: usize,
    /// The number of the root of the structure tree.
    structure: usize,
    /// Without area if it is invisible.
    rectangle: [f64; 4],
}

impl Widget {
    /// Adds the widget with more entries of its dictionary, and its element in the structure tree.
    fn add(&self, objects: &mut TypstPdf<'_>, entries: &str) -> Option<()> {
        let Self { number, element, page, structure, rectangle } = self;
        let body = objects.get(*page)?;
        find(body, b"/Tabs/S")?;
        let annotation = format!("{number} 0 R");
        let body = match find(body, b"/Annots[") {
            Some(at) => insert(body, at + b"/Annots[".len(), format!("{annotation} ").as_bytes()),
            None => append(body, &[b"/Annots[", annotation.as_bytes(), b"]"])?,
        };
        objects.set(*page, body, false);

        // The key of the field in the parent tree, which leads from it to its element (14.7.5.4).
        let body = objects.get(*structure)?;
        let document = number_after(body, b"/K[")?;
        let key = number_after(body, b"/ParentTreeNextKey ")?;
        let numbers = find(body, b"/ParentTree<</Nums[")?;
        let end = numbers + find(body.get(numbers..)?, b"]")?;
        let body = insert(body, end, format!(" {key} {element} 0 R").as_bytes());
        let next_key = find(&body, b"/ParentTreeNextKey ")? + b"/ParentTreeNextKey ".len();
        let digits = key.to_string().len();
        let body = [body.get(..next_key)?, (key + 1).to_string().as_bytes(), body.get(next_key + digits..)?].concat();
        objects.set(*structure, body, false);

        let body = objects.get(document)?;
        let kids = find(body, b"/K[")?;
        let end = kids + find(body.get(kids..)?, b"]")?;
        let body = insert(body, end, format!(" {element} 0 R").as_bytes());
        objects.set(document, body, false);

        let rectangle = match rectangle {
            [0.0, 0.0, 0.0, 0.0] => "[0 0 0 0]".to_owned(),
            [left, bottom, right, top] => format!("[{left:.3} {bottom:.3} {right:.3} {top:.3}]"),
        };
        // Printed and locked; a field without area needs no appearance (ISO 19005-3, 6.3.3).
        let widget =
            format!("<</Type/Annot/Subtype/Widget{entries}/F 132/Rect{rectangle}/P {page} 0 R/StructParent {key}>>");
        objects.set(*number, widget.into_bytes(), false);
        let tag = format!(
            "<</Type/StructElem/S/Form/P {document} 0 R/Pg {page} 0 R\
             /K[<</Type/OBJR/Pg {page} 0 R/Obj {number} 0 R>>]>>"
        );
        objects.set(*element, tag.into_bytes(), false);
        Some(())
    }
}

/// Returns the number of a page below a node of the page tree. `index` is counted from 0.
fn find_page(objects: &TypstPdf<'_>, pages: usize, index: usize) -> Option<usize> {
    /// Deeper than the tree of a document with a million pages; a loop in it would have no end.
    const MAX_DEPTH: usize = 8;
    let mut left = index;
    find_page_below(objects, pages, &mut left, MAX_DEPTH)
}

/// Returns the page that follows `left` others below a node; otherwise counts those down.
fn find_page_below(objects: &TypstPdf<'_>, node: usize, left: &mut usize, depth: usize) -> Option<usize> {
    let body = objects.get(node)?;
    if find(body, b"/Type/Page/").is_some() {
        let is_found = *left == 0;
        *left = left.saturating_sub(1);
        return is_found.then_some(node);
    }
    let kids = after(body, b"/Kids[")?;
    let kids = std::str::from_utf8(kids.get(..find(kids, b"]")?)?).ok()?;
    let mut kids = kids.split(" 0 R").filter_map(|kid| kid.trim().parse().ok());
    kids.find_map(|kid| find_page_below(objects, kid, left, depth.checked_sub(1)?))
}

fn number_after(body: &[u8], key: &[u8]) -> Option<usize> {
    after(body, key).and_then(leading_number)
}

/// Returns the entries of a signature dictionary for a byte range and a signature that are not yet known.
pub(super) fn blank(max_length: usize) -> String {
    let [range, contents] = [BYTE_RANGE, CONTENTS].map(String::from_utf8_lossy);
    format!("{range}{0} {0} {0}{contents}<{1}>", "0".repeat(NUMBER), "00".repeat(max_length))
}

/// Fills the signature field of a PDF in which it has been written empty. `sign` gets the bytes that the signature covers. Returns
/// `None` if there is no such field, if `sign` returns `None`, or if the signature is longer than the field.
///
/// # Errors
/// The one of `sign`.
pub fn fill<E>(pdf: &mut [u8], sign: impl FnOnce([&[u8]; 2]) -> Option<Result<Vec<u8>, E>>) -> Option<Result<(), E>> {
    let (start, end) = write_byte_range(pdf)?;
    match sign([pdf.get(..start)?, pdf.get(end..)?])? {
        Ok(signature) => write_signature(pdf, start, &signature).map(Ok),
        Err(error) => Some(Err(error)),
    }
}

/// Writes the byte range of the last signature of a PDF, which covers everything but the signature. Returns where that begins
/// and ends.
pub(super) fn write_byte_range(pdf: &mut [u8]) -> Option<(usize, usize)> {
    let at = rfind(pdf, BYTE_RANGE)? + BYTE_RANGE.len();
    let start = at + 3 * NUMBER + 2 + CONTENTS.len();
    let end = start + find(pdf.get(start..)?, b">")? + 1;
    let rest = pdf.len().checked_sub(end)?;
    let range = format!("{start:010} {end:010} {rest:010}");
    pdf.get_mut(at..at + range.len())?.copy_from_slice(range.as_bytes());
    Some((start, end))
}

/// Overwrites the contents of the signature field that begins at `start`: zeros, or a signature that is not longer. Returns `None`
/// if `signature` does not fit.
pub fn write_signature(pdf: &mut [u8], start: usize, signature: &[u8]) -> Option<()> {
    let hexadecimal = data_encoding::HEXLOWER.encode(signature);
    let contents = pdf.get_mut(start + 1..)?;
    let length = find(contents, b">")?;
    contents.get_mut(..length)?.get_mut(..hexadecimal.len())?.copy_from_slice(hexadecimal.as_bytes());
    Some(())
}

/// A signature as it is in the file.
pub struct SignedRevision<'p> {
    /// All bytes of its revision except the signature with its brackets.
    pub bytes: [&'p [u8]; 2],
    /// The signature, and zeros after it.
    pub contents: Vec<u8>,
}

/// The signature of a PDF.
pub struct Signature<'p> {
    pub signed: SignedRevision<'p>,
    /// The time of signing, as the file has it.
    pub date: String,
    /// The document time stamp, which covers the signature too.
    pub time_stamp: Option<SignedRevision<'p>>,
}

/// The result of looking for a signature in a PDF.
pub enum SignatureSearch<'p> {
    Nothing,
    /// A signature that does not cover all other bytes of the file, or that this program has not written.
    Other,
    Signature(Signature<'p>),
}

/// Finds the signature of a PDF. Only the form that [`SignatureField`] and [`fill`] write is accepted, and perhaps a document
/// time stamp as [`time_stamp::append`] writes it.
pub fn find_signature(pdf: &[u8]) -> SignatureSearch<'_> {
    match read_signature(pdf) {
        Some(signature) => SignatureSearch::Signature(signature),
        None if MARKS.iter().any(|mark| find(pdf, mark).is_some()) => SignatureSearch::Other,
        None => SignatureSearch::Nothing,
    }
}

fn read_signature(pdf: &[u8]) -> Option<Signature<'_>> {
    let at = find(pdf, BYTE_RANGE)?;
    let digits = pdf.get(at + BYTE_RANGE.len()..)?.get(..3 * NUMBER + 2)?;
    let numbers = digits.split(|byte| *byte == b' ').map(|number| {
        (number.len() == NUMBER && number.iter().all(u8::is_ascii_digit)).then(|| leading_number(number))?
    });
    let [start, end, rest] = numbers.collect::<Option<Vec<usize>>>()?.try_into().ok()?;
    let length = end.checked_add(rest)?;
    let revision = pdf.get(..length)?;
    let signed = SignedRevision::new(revision, start, end)?;
    let head = signed.bytes[0].get(at..)?;
    let is_adjacent = head.len() == BYTE_RANGE.len() + digits.len() + CONTENTS.len() && head.ends_with(CONTENTS);
    let head = signed.bytes[0].get(..at)?.strip_suffix(b")")?;
    let date = head.get(rfind(head, b"/M(")? + b"/M(".len()..)?;
    let date = String::from_utf8_lossy(date).into_owned();
    let time_stamp = match length == pdf.len() {
        true => None,
        false => Some(time_stamp::read(pdf, length, end)?),
    };
    is_adjacent.then_some(Signature { signed, date, time_stamp })
}

impl<'p> SignedRevision<'p> {
    /// Takes a revision apart. The signature is from `start` to `end`, with its brackets.
    pub(super) fn new(revision: &'p [u8], start: usize, end: usize) -> Option<Self> {
        let contents = revision.get(start..end)?.strip_prefix(b"<")?.strip_suffix(b">")?;
        let contents = data_encoding::HEXLOWER.decode(contents).ok()?;
        Some(Self { bytes: [revision.get(..start)?, revision.get(end..)?], contents })
    }
}

/// Returns a text string in PDF syntax.
fn text(text: &str) -> String {
    let mut out = Vec::new();
    write_object(&lopdf::text_string(text), &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Returns a dictionary with more entries.
fn append(dictionary: &[u8], entries: &[&[u8]]) -> Option<Vec<u8>> {
    Some([dictionary.strip_suffix(b">>")?, &entries.concat(), b">>"].concat())
}

fn insert(bytes: &[u8], at: usize, inserted: &[u8]) -> Vec<u8> {
    let (before, rest) = bytes.split_at(at);
    [before, inserted, rest].concat()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]
mod tests {
    use super::*;

    fn unsigned() -> Vec<u8> {
        let range = "0000000000 0000000000 0000000000";
        format!("%PDF-1.7\n<</Type/Sig/M(D:20251128000000Z)/ByteRange[0 {range}]/Contents<00000000>>>\n%%EOF")
            .into_bytes()
    }

    #[test]
    fn a_signature_covers_everything_but_itself() {
        let mut pdf = unsigned();
        fill(&mut pdf, |signed| {
            assert_eq!(signed.map(<[u8]>::len).iter().sum::<usize>(), unsigned().len() - "<00000000>".len());
            Some(Ok::<_, ()>(vec![0x30, 0xab]))
        })
        .unwrap()
        .unwrap();
        let SignatureSearch::Signature(found) = find_signature(&pdf) else { panic!("no signature") };
        assert_eq!((found.signed.contents, found.date.as_str()), (vec![0x30, 0xab, 0, 0], "D:20251128000000Z"));
        let [before, after] = found.signed.bytes;
        assert!(before.ends_with(b"/Contents") && after.starts_with(b">>\n"));
        assert!(fill(&mut pdf, |_| Some(Ok::<_, ()>(vec![1; 5]))).is_none(), "longer than its field");
    }

    #[test]
    fn a_change_of_the_form_is_noticed() {
        let mut pdf = unsigned();
        fill(&mut pdf, |_| Some(Ok::<_, ()>(vec![0x30]))).unwrap().unwrap();
        for (what, changed) in [
            ("appended", [&pdf[..], b"\n"].concat()),
            ("cut", pdf[..pdf.len() - 1].to_vec()),
            ("inserted before", [b" ", &pdf[..]].concat()),
            ("capitals", String::from_utf8_lossy(&pdf).replace("<30", "<3A").into_bytes()),
            ("spaces", String::from_utf8_lossy(&pdf).replace("<30000000>", "<30 00 00>").into_bytes()),
        ] {
            assert!(matches!(find_signature(&changed), SignatureSearch::Other), "{what}");
        }
        assert!(matches!(find_signature(b"%PDF-1.7\n%%EOF"), SignatureSearch::Nothing));
    }
}
