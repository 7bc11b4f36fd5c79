//! What a drawing's SVG becomes in a PDF. `build.rs` reads the embedded drawings with this file, so that no run has to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

pub const FOLDER: &str = "reports/shared/drawings";

#[derive(Clone)]
pub struct Form {
    /// Left, top, width and height, downwards as SVG has it.
    pub view: [f64; 4],
    pub content: Packed,
}

/// Bytes deflated (RFC 1951), to stand after others in a stream.
#[derive(Clone)]
pub struct Packed {
    pub body: Cow<'static, [u8]>,
    /// Of the bytes before they were deflated, as their sum.
    pub length: usize,
    pub sum: Adler,
}

/// The two halves of an Adler-32 (RFC 1950, 8.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adler(pub u32, pub u32);

impl Adler {
    pub const BASE: u32 = 65521;

    pub fn of(bytes: &[u8]) -> Self {
        bytes.iter().fold(Self(1, 0), |Self(a, b), byte| {
            let a = (a + u32::from(*byte)) % Self::BASE;
            Self(a, (b + a) % Self::BASE)
        })
    }
}

impl Packed {
    fn new(bytes: &[u8]) -> Option<Self> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).ok()?;
        let body = Cow::Owned(encoder.finish().ok()?);
        Some(Self { body, length: bytes.len(), sum: Adler::of(bytes) })
    }
}

/// Reads what `geometry.typ` draws: paths in straight lines and cubic curves, one element a line. Any other SVG is left
/// to Typst.
pub fn read(text: &str) -> Option<Form> {
    let (view, content) = operators(text)?;
    Some(Form { view, content: Packed::new(content.as_bytes())? })
}

/// The view, and the drawing in the operators of PDF.
fn operators(text: &str) -> Option<([f64; 4], String)> {
    let mut lines = text.lines();
    let head = lines.next()?.strip_prefix("<svg ")?.strip_suffix(" fill=\"none\" stroke=\"currentColor\">")?;
    let mut head = attributes(head)?;
    let view: [f64; 4] = numbers(head.remove("viewBox")?)?;
    let [.., width, height] = view;
    (head.into_keys().eq(["xmlns"]) && width > 0.0 && height > 0.0).then_some(())?;
    let mut content = String::new();
    for line in lines {
        if line == "</svg>" {
            return Some((view, content));
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
        outline(path.remove("d")?, &mut content)?;
        writeln!(content, "{painted} Q").ok()?;
        path.is_empty().then_some(())?;
    }
    None
}

/// The path of SVG in the operators of PDF (ISO 32000-1, 8.5.2).
fn outline(path: &str, out: &mut String) -> Option<()> {
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

fn attributes(element: &str) -> Option<BTreeMap<&str, &str>> {
    let mut parts = element.split('"');
    let mut found = BTreeMap::new();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        found.insert(key.trim().strip_suffix('=')?, value);
    }
    Some(found)
}

pub fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
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
    fn paths_become_the_operators_of_pdf() {
        let (view, content) = operators(LINE).unwrap();
        assert_eq!(view, [-100.0, 0.0, 1000.0, 500.0]);
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
            assert!(read(&LINE.replacen(from, to, 1)).is_none(), "{to}");
        }
        assert!(read("").is_none());
    }
}
