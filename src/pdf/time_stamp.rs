//! The document time stamp of a signed PDF (ISO 32000-2, 12.8.5): an incremental update (7.5.6) with a signature of an authority,
//! which covers the whole file with its first signature.
//!
//! The first revision has an empty field for it, so that the update only fills this field. The update has one form, which the
//! first revision determines except for the time stamp and the zeros after it; any other is refused.

use sha2::{Digest, Sha256};

use super::sign::{END, SignedRevision, blank, write_byte_range, write_signature};
use super::splice::{after, find, leading_number, rfind};

/// The beginning of the field.
const FIELD: &str = "<</FT/Sig/T(TimeStamp)/TU";

/// Returns the field before it is filled. `authority` is a text string in PDF syntax, and `widget` a number of an object.
pub(super) fn empty_field(authority: &str, widget: usize) -> String {
    format!("{FIELD}{authority}/Kids[{widget} 0 R]>>")
}

/// Adds a document time stamp to a signed PDF, whose signature ends at `end`. `stamp` gets the bytes that the time stamp covers.
/// Returns `None` if the PDF has no field for it, or if the time stamp is longer than `max_length` bytes.
///
/// # Errors
/// Those of `stamp`.
pub fn append<E>(
    pdf: &mut Vec<u8>,
    end: usize,
    max_length: usize,
    stamp: impl FnOnce([&[u8]; 2]) -> Result<Vec<u8>, E>,
) -> Option<Result<(), E>> {
    let (start, end) = append_blank(pdf, end, max_length)?;
    match stamp([pdf.get(..start)?, pdf.get(end..)?]) {
        Ok(token) => write_signature(pdf, start, &token).map(Ok),
        Err(error) => Some(Err(error)),
    }
}

/// Reads the document time stamp of a PDF. The first revision is `length` bytes long, and the signature in it ends at `end`. Returns
/// `None` unless the rest of the file is exactly what [`append`] writes.
pub(super) fn read(pdf: &[u8], length: usize, end: usize) -> Option<SignedRevision<'_>> {
    let (revision, update) = pdf.split_at_checked(length)?;
    let contents = after(update, b"/Contents<")?;
    let digits = find(contents, b">")?;
    let mut written = revision.to_vec();
    let (start, end) = append_blank(&mut written, end, digits / 2)?;
    let is_same =
        written.len() == pdf.len() && written.get(..start) == pdf.get(..start) && written.get(end..) == pdf.get(end..);
    is_same.then(|| SignedRevision::new(pdf, start, end))?
}

/// Adds the update with zeros in place of the time stamp. Returns where these begin and end.
fn append_blank(pdf: &mut Vec<u8>, end: usize, max_length: usize) -> Option<(usize, usize)> {
    let (field, body) = find_field(pdf.get(end..)?)?;
    let body = body.strip_suffix(b">>")?.to_vec();
    let previous = Table::read(pdf)?;
    let (stamp, table) = (previous.size, previous.size + 1);
    let dictionary =
        format!("<</Type/XRef/W[1 4 2]/Index[{field} 1 {stamp} 2]/Size {}/Prev {}", table + 1, previous.start);
    let dictionary = [dictionary.as_bytes(), &previous.trailer(pdf)?].concat();

    // After the end of a revision comes a line break (ISO 19005-3, 6.1.3).
    pdf.push(b'\n');
    let mut entries = Vec::new();
    let mut begin = |pdf: &mut Vec<u8>, number: usize| {
        let [a, b, c, d] = u32::try_from(pdf.len()).ok()?.to_be_bytes();
        entries.extend([1, a, b, c, d, 0, 0]);
        pdf.extend(format!("{number} 0 obj\n").bytes());
        Some(())
    };
    begin(pdf, field)?;
    pdf.extend(&body);
    pdf.extend(format!("/V {stamp} 0 R>>\nendobj\n").bytes());
    begin(pdf, stamp)?;
    let blank = blank(max_length);
    pdf.extend(format!("<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161{blank}>>\nendobj\n").bytes());
    let start = pdf.len();
    begin(pdf, table)?;
    pdf.extend(dictionary);
    pdf.extend(format!("/Length {}>>\nstream\n", entries.len()).bytes());
    pdf.extend(entries);
    pdf.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF").bytes());
    write_byte_range(pdf)
}

/// Returns the number and the body of the empty field. `rest` is the file after the signature, where the field comes next.
fn find_field(rest: &[u8]) -> Option<(usize, &[u8])> {
    let rest = rest.strip_prefix(END)?;
    let number = leading_number(rest)?;
    let object = rest.strip_prefix(format!("{number} 0 obj\n").as_bytes())?;
    let body = object.get(..find(object, b"\nendobj\n")?)?;
    body.starts_with(FIELD.as_bytes()).then_some((number, body))
}

/// The cross-reference stream of the first revision.
struct Table {
    start: usize,
    size: usize,
}

impl Table {
    fn read(pdf: &[u8]) -> Option<Self> {
        let tail = pdf.get(pdf.len().saturating_sub(64)..)?;
        let start = leading_number(tail.get(rfind(tail, b"startxref\n")? + b"startxref\n".len()..)?)?;
        let size = leading_number(after(pdf.get(start..)?, b"/Size ")?)?;
        Some(Self { start, size })
    }

    /// Returns the entries that each revision repeats, with a new second identifier (14.4).
    fn trailer(&self, pdf: &[u8]) -> Option<Vec<u8>> {
        let trailer = after(pdf.get(self.start..)?, b"/Size ")?;
        let trailer = trailer.get(find(trailer, b"/")?..find(trailer, b"/Filter")?)?;
        let identifier = b"/ID[(";
        let second = find(trailer, identifier)? + identifier.len();
        let second = second + find(trailer.get(second..)?, b")")? + 1;
        let hash = Sha256::digest(pdf);
        let hash = data_encoding::HEXLOWER.encode(hash.get(..16)?);
        Some([trailer.get(..second)?, b"<", hash.as_bytes(), b">]"].concat())
    }
}
