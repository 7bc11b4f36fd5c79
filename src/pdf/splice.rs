//! Replaces objects of a PDF that Typst has just written, using its cross-reference table (ISO 32000-2, 7.5.4).
//!
//! Our own because it is fast: it copies the bytes between the replaced objects. Parsing and saving the whole document
//! with lopdf would take longer than replacing the drawings saves.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use flate2::read::ZlibDecoder;

/// Bytes of an entry of a cross-reference table.
const ENTRY: usize = 20;

/// Returns the PDF with every object replaced for which `replacement` returns a new body. `replacement` takes an object
/// from its number to its `endobj`, and returns what goes between the two.
///
/// Returns `None` if nothing was replaced, or if the PDF is not as Typst writes it: with a single cross-reference table,
/// and each object directly after the one before.
pub fn replace_objects(pdf: &[u8], replacement: impl Fn(&[u8]) -> Option<Arc<Vec<u8>>>) -> Option<Vec<u8>> {
    let tail = pdf.len().checked_sub(64)?;
    let table = leading_number(after(pdf.get(tail..)?, b"startxref\n")?)?;
    let entries = after(pdf.get(table..)?, b"xref\n0 ")?;
    let count = leading_number(entries)?;
    let entries = after(entries, b"\n")?.get(..count.checked_mul(ENTRY)?)?.chunks_exact(ENTRY);
    let trailer = find(pdf.get(table..)?, b"trailer")? + table;
    let in_use = entries.clone().filter(|entry| entry.get(17) == Some(&b'n'));
    let mut starts = in_use.map(leading_number).collect::<Option<Vec<usize>>>()?;
    starts.sort_unstable();
    let mut out = Vec::with_capacity(pdf.len() * 2);
    out.extend_from_slice(pdf.get(..*starts.first()?)?);
    let mut new_starts = HashMap::new();
    let mut is_changed = false;
    for (index, start) in starts.iter().enumerate() {
        let object = pdf.get(*start..*starts.get(index + 1).unwrap_or(&table))?;
        new_starts.insert(*start, out.len());
        match replacement(object) {
            Some(body) => {
                is_changed = true;
                out.extend_from_slice(object.get(..find(object, b"<<")?)?);
                out.extend_from_slice(&body);
                out.extend_from_slice(b"\nendobj\n\n");
            }
            None => out.extend_from_slice(object),
        }
    }
    let new_table = out.len();
    out.extend_from_slice(format!("xref\n0 {count}\n").as_bytes());
    for entry in entries {
        match leading_number(entry).and_then(|start| new_starts.get(&start)) {
            Some(start) if entry.get(17) == Some(&b'n') => {
                out.extend_from_slice(format!("{start:010}").as_bytes());
                out.extend_from_slice(entry.get(10..)?);
            }
            _ => out.extend_from_slice(entry),
        }
    }
    out.extend_from_slice(pdf.get(trailer..tail + find(pdf.get(tail..)?, b"startxref")?)?);
    out.extend_from_slice(format!("startxref\n{new_table}\n%%EOF").as_bytes());
    is_changed.then_some(out)
}

/// Returns the samples of an image that is one pixel high, up to `limit` bytes. Returns `None` for any other object.
pub fn read_single_row_image(object: &[u8], limit: u64) -> Option<Vec<u8>> {
    /// No image dictionary that Typst writes is longer.
    const LONGEST_DICTIONARY: usize = 400;
    let head = object.get(..object.len().min(LONGEST_DICTIONARY))?;
    let head = head.get(..find(head, b"stream\n")?)?;
    (find(head, b"/Subtype/Image").is_some() && find(head, b"/Height 1/").is_some()).then_some(())?;
    let length = leading_number(after(head, b"/Length ")?)?;
    let data = after(object, b"stream\n")?.get(..length)?;
    let mut samples = Vec::new();
    ZlibDecoder::new(data).take(limit).read_to_end(&mut samples).ok()?;
    Some(samples)
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// Returns what follows the first occurrence of `needle`.
fn after<'b>(bytes: &'b [u8], needle: &[u8]) -> Option<&'b [u8]> {
    bytes.get(find(bytes, needle)? + needle.len()..)
}

fn leading_number(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(bytes.get(..digits)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_other_pdf_is_left_alone() {
        let replace_all = |pdf: &[u8]| replace_objects(pdf, |_| Some(Arc::new(b"<<>>".to_vec())));
        let whole = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n\
            trailer\n<</Size 2>>\nstartxref\n29\n%%EOF";
        assert!(replace_all(whole).is_some());
        for end in 0..whole.len() - "\n%%EOF".len() {
            assert!(replace_all(&whole[..end]).is_none(), "{end}");
        }
        assert!(replace_objects(whole, |_| None).is_none(), "nothing is replaced");
        for count in ["9", "99999999999999999999", "-1", ""] {
            let text = String::from_utf8_lossy(whole).replacen("0 2", &format!("0 {count}"), 1);
            assert!(replace_all(text.as_bytes()).is_none(), "{count}");
        }
    }
}
