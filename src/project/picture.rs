//! Checks pictures before Typst decodes them: a small file may decode to any size, and an SVG may refer to other files.

use std::io::{Cursor, Read};

use data_url::DataUrl;
use image::{ImageFormat, ImageReader};

/// The largest picture that is printed, in pixels: about an A2 page at 575 dpi. Decoded, it needs half a gigabyte of memory.
const MAX_PIXELS: u64 = 128_000_000;

/// The largest colour profile inside a PNG, in bytes. It is compressed, and a few kilobytes can unpack to gigabytes.
const MAX_PROFILE: u64 = 16 << 20;

/// Returns why a picture cannot be used, or `None`. A file that is not a picture is left to Typst, which refuses it.
pub fn find_problem(bytes: &[u8]) -> Option<String> {
    // The decoder unpacks the colour profile when it reads the header, so the profile is checked first.
    if has_large_profile(bytes) {
        return Some(format!("its colour profile is larger than {} MiB", MAX_PROFILE >> 20));
    }
    if let Some((width, height)) = read_size(bytes) {
        return (u64::from(width) * u64::from(height) > MAX_PIXELS)
            .then(|| format!("it has {width} × {height} pixels; the limit is {} million", MAX_PIXELS / 1_000_000));
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Some("it is compressed: save it as plain SVG".to_owned());
    }
    let text = std::str::from_utf8(bytes).ok()?;
    if text.contains("<!ENTITY") {
        return Some("it declares entities: save it as plain SVG".to_owned());
    }
    // Parsed with the options of the library that draws it for Typst.
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    match roxmltree::Document::parse_with_options(text.trim_start_matches('\u{feff}'), options) {
        Ok(svg) => find_svg_problem(&svg),
        Err(roxmltree::Error::NodesLimitReached) => Some(format!("it has more than {MAX_NODES} elements")),
        Err(_) => None,
    }
}

/// The types of pictures that are drawn inside an SVG.
const EMBEDDED_PICTURE_TYPES: [&str; 5] = ["png", "jpeg", "jpg", "gif", "webp"];
/// The maximum number of elements and texts in an SVG.
const MAX_NODES: u32 = 1_000_000;

/// Returns whether a PNG colour profile (iCCP, ISO/IEC 15948, 11.3.3.3) unpacks to more than [`MAX_PROFILE`] bytes.
fn has_large_profile(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    while let Some((head, body)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap_or_default());
        let Ok(length) = usize::try_from(length) else { return false };
        let chunk = &body[..length.min(body.len())];
        if &head[4..] == b"iCCP" {
            // Name, zero byte, method of compression, data.
            let data =
                chunk.iter().position(|byte| *byte == 0).and_then(|end| chunk.get(end + 2..)).unwrap_or_default();
            let mut unpacked = Vec::new();
            // A damaged profile is left to the decoder, which stops at the same byte.
            let _ = flate2::read::ZlibDecoder::new(data).take(MAX_PROFILE + 1).read_to_end(&mut unpacked);
            if unpacked.len() as u64 > MAX_PROFILE {
                return true;
            }
        }
        // The checksum follows.
        rest = body.get(length.saturating_add(4)..).unwrap_or_default();
    }
    false
}

/// Returns width and height of a PNG, JPEG, GIF or WebP, in pixels, as read by the decoder that Typst uses too. The
/// pixels themselves are not decoded.
fn read_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let format = image::guess_format(bytes).ok().filter(|format| {
        matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)
    })?;
    ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().ok()
}

/// Returns why an SVG cannot be used: it refers to other files, or a picture inside it cannot be used.
fn find_svg_problem(svg: &roxmltree::Document<'_>) -> Option<String> {
    let elements = svg.descendants().filter(roxmltree::Node::is_element);
    // A hyperlink draws nothing.
    for element in elements.filter(|element| element.tag_name().name() != "a") {
        let links = element.attributes().filter(|attribute| attribute.name() == "href");
        for target in links.map(|link| link.value().trim()).filter(|target| !target.starts_with('#')) {
            let Ok(data) = DataUrl::process(target) else {
                let shown: String = target.chars().take(60).collect();
                return Some(format!("it refers to another file, `{shown}`: embed the picture instead"));
            };
            let kind = data.mime_type();
            if kind.type_ != "image" || !EMBEDDED_PICTURE_TYPES.contains(&kind.subtype.as_str()) {
                return Some(format!("it holds data of the type {kind}: draw it in place, or use PNG or JPEG"));
            }
            // Data that cannot be decoded draws nothing.
            let picture = data.decode_to_vec().map(|(bytes, _)| bytes).unwrap_or_default();
            if let Some(why) = find_problem(&picture) {
                return Some(format!("a picture embedded in it cannot be used: {why}"));
            }
        }
    }
    None
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
}
