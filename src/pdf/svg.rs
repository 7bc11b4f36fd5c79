//! Converts a line drawing in SVG to the content of a form XObject.
//!
//! `build.rs` includes this file to convert the embedded drawings at compile time, so it depends on flate2 only.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// The folder of a project's drawings.
pub const DRAWINGS_FOLDER: &str = "reports/shared/drawings";

/// A drawing as PDF operators, without its colours.
#[derive(Clone)]
pub struct DrawingForm {
    /// Left, top, width and height; y points downwards, as in SVG.
    pub view_box: [f64; 4],
    pub content: DeflatedContent,
}

/// Deflated bytes (RFC 1951) that can be appended to others in a zlib stream.
#[derive(Clone)]
pub struct DeflatedContent {
    pub body: Cow<'static, [u8]>,
    /// Length before deflating.
    pub length: usize,
    /// Checksum before deflating.
    pub checksum: Adler32,
}

/// The two halves of an Adler-32 checksum (RFC 1950, 8.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adler32(pub u32, pub u32);

impl Adler32 {
    pub const BASE: u32 = 65521;

    pub fn of(bytes: &[u8]) -> Self {
        bytes.iter().fold(Self(1, 0), |Self(a, b), byte| {
            let a = (a + u32::from(*byte)) % Self::BASE;
            Self(a, (b + a) % Self::BASE)
        })
    }
}

impl DeflatedContent {
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).ok()?;
        let body = Cow::Owned(encoder.finish().ok()?);
        Some(Self { body, length: bytes.len(), checksum: Adler32::of(bytes) })
    }
}

/// Parses an SVG file of the subset that `geometry.typ` writes: one `<path>` per line, of straight lines and cubic curves.
/// Returns `None` for any other SVG, which is left to Typst.
pub fn parse_svg(svg: &str) -> Option<DrawingForm> {
    let (view_box, content) = convert_svg(svg)?;
    Some(DrawingForm { view_box, content: DeflatedContent::new(content.as_bytes())? })
}

/// Returns the view box, and the paths as PDF operators.
fn convert_svg(svg: &str) -> Option<([f64; 4], String)> {
    let mut lines = svg.lines();
    let head = lines.next()?.strip_prefix("<svg ")?.strip_suffix(" fill=\"none\" stroke=\"currentColor\">")?;
    let mut head = parse_attributes(head)?;
    let view_box: [f64; 4] = parse_numbers(head.remove("viewBox")?)?;
    let [.., width, height] = view_box;
    (head.into_keys().eq(["xmlns"]) && width > 0.0 && height > 0.0).then_some(())?;
    let mut content = String::new();
    for line in lines {
        if line == "</svg>" {
            return Some((view_box, content));
        }
        let mut path = parse_attributes(line.strip_prefix("<path ")?.strip_suffix("/>")?)?;
        let paint_operator = match (path.remove("stroke-width"), path.remove("fill"), path.remove("stroke")) {
            (Some(width), None, None) => {
                let [width] = parse_numbers(width)?;
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
            let [x, y] = parse_numbers(shift.strip_prefix("translate(")?.strip_suffix(')')?)?;
            write!(content, "1 0 0 1 {x} {y} cm ").ok()?;
        }
        convert_path(path.remove("d")?, &mut content)?;
        writeln!(content, "{paint_operator} Q").ok()?;
        path.is_empty().then_some(())?;
    }
    None
}

/// Writes SVG path data as PDF path operators (ISO 32000-2, 8.5.2).
fn convert_path(path: &str, out: &mut String) -> Option<()> {
    let is_command = |c: char| c.is_ascii_alphabetic();
    let mut rest = path;
    while let Some(command) = rest.chars().next() {
        let arguments = rest.get(1..)?;
        let end = arguments.find(is_command).unwrap_or(arguments.len());
        let (operator, count) = match command {
            'M' => ("m", 2),
            'L' => ("l", 2),
            'C' => ("c", 6),
            'Z' => ("h", 0),
            _ => return None,
        };
        let points = arguments.get(..end)?.trim();
        let is_allowed = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.');
        if points.split_ascii_whitespace().count() != count || !points.chars().all(is_allowed) {
            return None;
        }
        for part in [points, if count > 0 { " " } else { "" }, operator, "\n"] {
            out.push_str(part);
        }
        rest = arguments.get(end..)?;
    }
    Some(())
}

/// Parses `key="value"` pairs.
fn parse_attributes(element: &str) -> Option<BTreeMap<&str, &str>> {
    let mut parts = element.split('"');
    let mut attributes = BTreeMap::new();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        attributes.insert(key.trim().strip_suffix('=')?, value);
    }
    Some(attributes)
}

/// Parses exactly `N` finite numbers separated by white space.
pub fn parse_numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> = text.split_ascii_whitespace().map(|word| word.parse().ok()).collect();
    numbers?.try_into().ok().filter(|numbers: &[f64; N]| numbers.iter().all(|n| n.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-100 0 1000 500\" fill=\"none\" stroke=\"currentColor\">\n\
        <path stroke-width=\"24\" transform=\"translate(10 20)\" d=\"M0 0L1 -2C1 2 3 4 5 6Z\"/>\n\
        <path fill=\"#fff\" stroke=\"none\" d=\"M1 1Z\"/>\n</svg>\n";

    #[test]
    fn paths_become_pdf_operators() {
        let (view_box, content) = convert_svg(LINE).unwrap();
        assert_eq!(view_box, [-100.0, 0.0, 1000.0, 500.0]);
        assert_eq!(content, "q 24 w 1 0 0 1 10 20 cm 0 0 m\n1 -2 l\n1 2 3 4 5 6 c\nh\nS Q\nq 1 1 m\nh\nf Q\n");
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
            assert!(parse_svg(&LINE.replacen(from, to, 1)).is_none(), "{to}");
        }
        assert!(parse_svg("").is_none());
    }
}
