//! The modules of a QR code as a form XObject (ISO 32000-2, 8.10).
//!
//! Written for this crate because it is fast: a signed code has several hundred dark runs, and Typst parses, transforms and
//! compresses each of their corners as numbers with decimals.

use std::io::Write as _;

use data_encoding::BASE64_NOPAD;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::form_xobject::DrawingColour;
use super::objects::format_number;

/// The modules of the quiet zone on each side (ISO/IEC 18004, 5.3.8).
const QUIET_ZONE: usize = 4;

/// The side of the largest QR code, in modules (version 40).
const MAX_SIZE: usize = 177;

/// Units of the form for each module: below 1, so that the entries of the form's matrix are large enough for readers that
/// keep only five decimals (ISO 32000-2, annex C).
const UNIT: f64 = 0.01;

/// The modules of a QR code, row by row, without its quiet zone.
#[derive(Debug, PartialEq, Eq)]
pub struct QrModules {
    /// Modules on each side.
    size: usize,
    is_dark: Vec<bool>,
}

impl QrModules {
    /// `is_dark` returns whether the module in a column and a row is dark.
    pub fn new(size: usize, is_dark: impl Fn(usize, usize) -> bool) -> Self {
        let row = |y| (0..size).map(move |x| (x, y));
        Self { size, is_dark: (0..size).flat_map(row).map(|(x, y)| is_dark(x, y)).collect() }
    }

    /// Returns the modules as base64 of one bit each, the first one in the highest bit.
    pub fn pack(&self) -> String {
        let byte = |bits: &[bool]| (0..).zip(bits).fold(0, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at));
        BASE64_NOPAD.encode(&self.is_dark.chunks(8).map(byte).collect::<Vec<u8>>())
    }

    /// Reads what [`Self::pack`] returns.
    pub fn unpack(size: usize, packed: &str) -> Option<Self> {
        let bytes = (size <= MAX_SIZE).then(|| BASE64_NOPAD.decode(packed.as_bytes()).ok())??;
        let count = size * size;
        let bits = bytes.iter().flat_map(|byte| (0..8).map(move |at| byte << at & 0x80 != 0));
        (bytes.len() == count.div_ceil(8)).then(|| Self { size, is_dark: bits.take(count).collect() })
    }

    /// Calls `draw` with the column, the row and the length of each run of dark modules in a row.
    pub fn for_each_run(&self, mut draw: impl FnMut(usize, usize, usize)) {
        for (y, row) in self.is_dark.chunks(self.size.max(1)).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|one, next| one == next) {
                if run.first() == Some(&true) {
                    draw(x, y, run.len());
                }
                x += run.len();
            }
        }
    }

    /// Returns the object from its dictionary to its `endstream`. The form takes the place of an image: with its quiet zone, it
    /// fills the unit square. All runs are one path, so that no reader shows seams between them.
    pub fn to_form(&self, colour: &DrawingColour) -> Option<Vec<u8>> {
        let mut content = format!("{}{UNIT} 0 0 {UNIT} 0 0 cm\n", colour.fill_operator()).into_bytes();
        self.for_each_run(|x, y, length| {
            for number in [x + QUIET_ZONE, y + QUIET_ZONE, length] {
                push_number(&mut content, number);
            }
            content.extend_from_slice(b"1 re\n");
        });
        content.extend_from_slice(b"f");
        // The runs look random, so a higher compression level would gain almost nothing.
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&content).ok()?;
        let content = encoder.finish().ok()?;
        let side = (self.size + 2 * QUIET_ZONE) as f64 * UNIT;
        let (side, scale) = (format_number(side), format_number(1.0 / side));
        let head = format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 {side} {side}]/Matrix[{scale} 0 0 -{scale} 0 1]/Resources<<{}>>\
             /Filter/FlateDecode/Length {}>>\nstream\n",
            colour.resources(),
            content.len(),
        );
        Some([head.as_bytes(), &content, b"\nendstream"].concat())
    }
}

/// Appends a number below 1000 and a space.
fn push_number(out: &mut Vec<u8>, number: usize) {
    for (least, unit) in [(100, 100), (10, 10), (0, 1)] {
        if number >= least {
            out.push(b'0' + (number / unit % 10) as u8);
        }
    }
    out.push(b' ');
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn packed_modules_are_read_back() {
        for size in [0, 1, 3, 21, 57, 177] {
            let modules = QrModules::new(size, |x, y| (x * 7 + y * 3) % 5 < 2);
            assert_eq!(QrModules::unpack(size, &modules.pack()), Some(modules), "{size}");
        }
        for (size, packed) in [(3, ""), (3, "AA"), (3, "AAAA"), (3, "é"), (178, "AAA"), (usize::MAX, "AAA")] {
            assert_eq!(QrModules::unpack(size, packed), None, "{size} {packed}");
        }
    }

    #[test]
    fn dark_runs_are_rectangles_of_one_path() {
        // A module, a gap and two modules in each row but the first.
        let modules = QrModules::new(4, |x, y| y > 0 && x != 1);
        let object = modules.to_form(&DrawingColour::parse("rgb 0 0 0").unwrap()).unwrap();
        let head = String::from_utf8_lossy(&object);
        let start = head.find("stream\n").unwrap() + "stream\n".len();
        assert!(head.contains("/BBox[0 0 0.12 0.12]/Matrix[8.333333333 0 0 -8.333333333 0 1]"), "{head}");
        let mut content = String::new();
        ZlibDecoder::new(&object[start..]).read_to_string(&mut content).unwrap();
        assert_eq!(
            content,
            "0 0 0 rg\n0.01 0 0 0.01 0 0 cm\n4 5 1 1 re\n6 5 2 1 re\n4 6 1 1 re\n6 6 2 1 re\n4 7 1 1 re\n6 7 2 1 re\nf"
        );
    }
}
