//! Writes a drawing in one colour as a form XObject (ISO 32000-2, 8.10).
//!
//! Written for this crate because it is fast: the drawing was deflated once, at build time, and the operators that set the colour go in
//! front of it as a stored block.

use super::objects::{format_number, write_name};
use super::svg::{Adler32, DeflatedContent, DrawingForm, parse_numbers};

/// Coordinates of a form are those of its SVG file divided by 100, so that the entries of its matrix are large enough
/// for readers that keep only five decimals (ISO 32000-2, annex C).
const UNIT: f64 = 0.01;

/// The colour of a drawing's lines, or of a code. Filled shapes, which hide what is below them, have the colour of the paper.
pub enum DrawingColour {
    Rgb([f32; 3]),
    Cmyk([f32; 4]),
    /// A separation, and the process inks of its alternate colour space.
    Separation(String, [f32; 4]),
}

impl DrawingColour {
    /// Parses `rgb R G B`, `cmyk C M Y K` or `spot C M Y K, NAME`, each number from 0 to 1.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, parts) = text.split_once(' ')?;
        Some(match kind {
            "rgb" => Self::Rgb(parse_components(parts)?),
            "cmyk" => Self::Cmyk(parse_components(parts)?),
            "spot" => {
                let (parts, name) = parts.split_once(", ")?;
                Self::Separation(name.to_owned(), parse_components(parts)?)
            }
            _ => return None,
        })
    }

    fn operators(&self) -> String {
        match self {
            Self::Rgb([r, g, b]) => format!("{r} {g} {b} RG 1 1 1 rg\n"),
            Self::Cmyk([c, m, y, k]) => format!("{c} {m} {y} {k} K 0 0 0 0 k\n"),
            Self::Separation(..) => "/Plate CS 1 SCN 0 0 0 0 k\n".to_owned(),
        }
    }

    /// Returns the operator that fills shapes with the colour of the lines.
    pub fn fill_operator(&self) -> String {
        match self {
            Self::Rgb([r, g, b]) => format!("{r} {g} {b} rg\n"),
            Self::Cmyk([c, m, y, k]) => format!("{c} {m} {y} {k} k\n"),
            Self::Separation(..) => "/Plate cs 1 scn\n".to_owned(),
        }
    }

    /// Returns the entries of a resource dictionary. The colour space is written as Typst writes it, so that a separation
    /// has one definition in the file.
    pub(super) fn resources(&self) -> String {
        let Self::Separation(name, [c, m, y, k]) = self else { return String::new() };
        let mut escaped = Vec::new();
        write_name(name.as_bytes(), &mut escaped);
        let name = String::from_utf8_lossy(&escaped);
        format!(
            "/ColorSpace<</Plate[/Separation{name}/DeviceCMYK<</FunctionType 2/Domain[0 1]/Range[0 1 0 1 0 1 0 1]\
             /C0[0 0 0 0]/C1[{c} {m} {y} {k}]/N 1>>]>>"
        )
    }
}

fn parse_components<const N: usize>(text: &str) -> Option<[f32; N]> {
    Some(parse_numbers::<N>(text)?.map(|part| round_component(part as f32)))
}

/// Rounds the component of a colour to 1/255, as Typst does.
pub fn round_component(component: f32) -> f32 {
    (component.clamp(0.0, 1.0) * 255.0).round() / 255.0
}

impl DrawingForm {
    /// Returns the object from its dictionary to its `endstream`. The form takes the place of an image: it fills the unit
    /// square, with its first row on top.
    pub fn to_object(&self, colour: &DrawingColour) -> Option<Vec<u8>> {
        let scale = format!("{}{UNIT} 0 0 {UNIT} 0 0 cm\n", colour.operators());
        let content = self.content.to_zlib_after(&scale)?;
        let [left, top, width, height] = self.view_box.map(|side| side * UNIT);
        let bounds = [left, top, left + width, top + height].map(format_number);
        let matrix = [1.0 / width, 0.0, 0.0, -1.0 / height, -left / width, 1.0 + top / height].map(format_number);
        let mut object = format!(
            "<</Type/XObject/Subtype/Form/BBox[{}]/Matrix[{}]/Resources<<{}>>/Filter/FlateDecode/Length {}>>\nstream\n",
            bounds.join(" "),
            matrix.join(" "),
            colour.resources(),
            content.len(),
        )
        .into_bytes();
        object.extend_from_slice(&content);
        object.extend_from_slice(b"\nendstream");
        Some(object)
    }
}

impl DeflatedContent {
    /// Returns a zlib stream (RFC 1950) of `prefix` followed by these bytes. The prefix is a stored block.
    fn to_zlib_after(&self, prefix: &str) -> Option<Vec<u8>> {
        let length = u16::try_from(prefix.len()).ok()?;
        let mut stream = vec![0x78, 0xda, 0];
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend_from_slice(prefix.as_bytes());
        stream.extend_from_slice(&self.body);
        let checksum = Adler32::of(prefix.as_bytes()).concat(self.checksum, self.length);
        stream.extend(checksum.to_be_bytes());
        Some(stream)
    }
}

impl Adler32 {
    /// Returns the checksum of these bytes followed by `length` others with the checksum `next`.
    fn concat(self, next: Self, length: usize) -> u32 {
        let base = u64::from(Self::BASE);
        let (a, before) = (u64::from(self.0), base + u64::from(self.0) - 1);
        let b = (u64::from(self.1) + u64::from(next.1) + length as u64 % base * before) % base;
        let a = (a + u64::from(next.0) + base - 1) % base;
        (b << 16 | a) as u32
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::super::svg::parse_svg;
    use super::*;

    const LINE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-100 0 1000 500\" fill=\"none\" stroke=\"currentColor\">\n\
        <path stroke-width=\"24\" d=\"M0 0L1 -2\"/>\n</svg>\n";

    #[test]
    fn the_colour_precedes_the_deflated_drawing() {
        let object = parse_svg(LINE).unwrap().to_object(&DrawingColour::parse("cmyk 0 0 0 1").unwrap()).unwrap();
        let head = String::from_utf8_lossy(&object);
        assert!(head.contains("/BBox[-1 0 9 5]/Matrix[0.1 0 0 -0.2 0.1 1]/Resources<<>>"), "{head}");
        let start = object.windows(7).position(|window| window == b"stream\n").unwrap() + 7;
        let mut content = String::new();
        ZlibDecoder::new(&object[start..]).read_to_string(&mut content).unwrap();
        assert_eq!(content, "0 0 0 1 K 0 0 0 0 k\n0.01 0 0 0.01 0 0 cm\nq 24 w 0 0 m\n1 -2 l\nS Q\n");
    }

    #[test]
    fn the_checksum_of_two_parts_is_that_of_the_whole() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let whole = Adler32::of(&bytes);
        for cut in [0, 1, 65_521, 131_042, bytes.len()] {
            let (first, second) = bytes.split_at(cut);
            assert_eq!(Adler32::of(first).concat(Adler32::of(second), second.len()), whole.1 << 16 | whole.0);
        }
    }

    #[test]
    fn a_separation_has_a_name_and_an_alternate_colour() {
        let colour = DrawingColour::parse("spot 0.9 0 0 1, PANTONE 871 C").unwrap();
        // 0.9 is rounded to 230/255.
        assert!(colour.resources().contains("/Separation/PANTONE#20871#20C/DeviceCMYK"));
        assert!(colour.resources().contains("/C1[0.9019608 0 0 1]"), "{}", colour.resources());
        for text in ["", "rgb", "rgb 1 2", "lab 0 0 0", "spot 0 0 0 1", "cmyk 0 0 0 inf"] {
            assert!(DrawingColour::parse(text).is_none(), "{text}");
        }
    }
}
