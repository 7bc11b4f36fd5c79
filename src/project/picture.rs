//! Checks pictures before Typst decodes them: a small file may decode to any size, and an SVG may refer to other files.

use std::io::Cursor;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use image::{ImageFormat, ImageReader};

/// The largest picture that is printed, in pixels: an A2 page at 600 dpi has 139 million, a photo far fewer.
const MAX_PIXELS: u64 = 128_000_000;

/// Returns why a picture cannot be used, or `None`. A file that is not a picture is left to Typst, which refuses it.
pub fn find_problem(bytes: &[u8]) -> Option<String> {
    if let Some((width, height)) = read_size(bytes) {
        return (u64::from(width) * u64::from(height) > MAX_PIXELS).then(|| {
            format!(
                "it has {width} × {height} pixels, more than the {} million that are printed",
                MAX_PIXELS / 1_000_000
            )
        });
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Some("it is compressed: save it as plain SVG".to_owned());
    }
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg"))?;
    find_svg_problem(text)
}

/// Returns width and height of a PNG, JPEG, GIF or WebP, in pixels, as the decoder reads them that Typst uses too. The
/// pixels themselves are not decoded.
fn read_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let format = image::guess_format(bytes).ok().filter(|format| {
        matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)
    })?;
    ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().ok()
}

/// Returns why an SVG cannot be used: it refers to other files, or a picture inside it cannot be used.
fn find_svg_problem(text: &str) -> Option<String> {
    if text.contains("<!ENTITY") {
        return Some("it declares entities: save it as plain SVG".to_owned());
    }
    for (at, _) in text.match_indices("href") {
        let value = text[at + 4..].trim_start().strip_prefix('=').map(str::trim_start);
        let Some(quote) = value.and_then(|v| v.chars().next()).filter(|c| matches!(c, '"' | '\'')) else { continue };
        let target = value.unwrap_or_default()[1..].split(quote).next().unwrap_or_default().trim();
        // A hyperlink draws nothing.
        let element = text[..at].rsplit('<').next().unwrap_or_default();
        if target.starts_with('#') || element.split_whitespace().next() == Some("a") {
            continue;
        }
        let Some((kind, data)) = target.strip_prefix("data:image/").and_then(|data| data.split_once(";base64,")) else {
            let shown: String = target.chars().take(60).collect();
            return Some(format!("it asks for another file, `{shown}`: put the picture into it"));
        };
        if kind.starts_with("svg") {
            return Some("it holds another SVG as data: draw it in place".to_owned());
        }
        if let Some(why) = find_problem(&decode_base64(data)) {
            return Some(format!("of a picture inside: {why}"));
        }
    }
    None
}

/// Decodes base64 as browsers and SVG editors write it: with line breaks, with or without padding. Other characters are
/// skipped, since some editors escape their line breaks (`%0A`); the header of the picture comes before the first.
fn decode_base64(text: &str) -> Vec<u8> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let mut digits: Vec<u8> = text.bytes().filter(|b| b.is_ascii_alphanumeric() || b"+/".contains(b)).collect();
    if digits.len() % 4 == 1 {
        // Six bits alone are not a byte.
        digits.pop();
    }
    GeneralPurpose::new(&alphabet::STANDARD, config).decode(digits).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_read_from_the_header_and_a_file_cut_anywhere_does_no_harm() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let mut file = Cursor::new(Vec::new());
            image::RgbImage::new(64, 48).write_to(&mut file, format).unwrap();
            let bytes = file.into_inner();
            assert_eq!(read_size(&bytes), Some((64, 48)), "{format:?}");
            for end in 0..bytes.len() {
                assert!(read_size(&bytes[..end]).is_none_or(|size| size == (64, 48)), "{format:?} cut at {end}");
            }
            // Each byte of the header damaged.
            for at in 0..bytes.len().min(256) {
                for byte in [0, 1, 0x7f, 0x80, 0xff] {
                    let mut damaged = bytes.clone();
                    damaged[at] = byte;
                    let _ = find_problem(&damaged);
                }
            }
        }
        assert_eq!(read_size(b"a text"), None);
    }

    #[test]
    fn base64_is_decoded_with_and_without_padding() {
        assert_eq!(decode_base64("UE5H"), b"PNG");
        assert_eq!(decode_base64("UE5 \n HRw=="), b"PNGG");
        assert_eq!(decode_base64("UE4"), b"PN");
        assert_eq!(decode_base64("UE5HU"), b"PNG");
    }
}
