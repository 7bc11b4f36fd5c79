//! What a picture says of itself, before anything decodes it: a small file may unfold to any size, and an SVG may ask
//! for other files.

/// More pixels are not printed: 128 million are a page of A2 at 600 dots to an inch.
const MAX_PIXELS: u64 = 128_000_000;

/// Why a file cannot be used as a picture, if it is one and cannot.
pub fn refused(bytes: &[u8]) -> Option<String> {
    if let Some((width, height)) = size(bytes) {
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
    svg(text)
}

/// Width and height of a PNG (11.2.1 of its specification), GIF, WebP or JPEG (ITU-T T.81, B.2.2) by its header.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let little = |at: usize, count: usize| {
        let part = bytes.get(at..at + count)?;
        Some(part.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    };
    let big = |at: usize, count: usize| {
        let part = bytes.get(at..at.checked_add(count)?)?;
        Some(part.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    };
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((big(16, 4)?, big(20, 4)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((little(6, 2)?, little(8, 2)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return match bytes.get(12..16)? {
            b"VP8X" => Some((little(24, 3)? + 1, little(27, 3)? + 1)),
            b"VP8L" => little(21, 4).map(|bits| ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)),
            _ => Some((little(26, 2)? & 0x3fff, little(28, 2)? & 0x3fff)),
        };
    }
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut at = 2;
    loop {
        let marker = big(at, 2)?;
        match marker {
            // A frame's header; C4, C8 and CC are tables.
            0xffc0..=0xffcf if !matches!(marker, 0xffc4 | 0xffc8 | 0xffcc) => {
                return Some((big(at + 7, 2)?, big(at + 5, 2)?));
            }
            // Filling.
            0xffff => at += 1,
            0xff00.. => at += 2 + usize::try_from(big(at + 2, 2)?).ok()?,
            _ => return None,
        }
    }
}

/// Why an SVG cannot be used: it names other files, or pictures inside it cannot be used.
fn svg(text: &str) -> Option<String> {
    if text.contains("<!ENTITY") {
        return Some("it declares entities: save it as plain SVG".to_owned());
    }
    for (at, _) in text.match_indices("href") {
        let value = text[at + 4..].trim_start().strip_prefix('=').map(str::trim_start);
        let Some(quote) = value.and_then(|v| v.chars().next()).filter(|c| matches!(c, '"' | '\'')) else { continue };
        let target = value.unwrap_or_default()[1..].split(quote).next().unwrap_or_default().trim();
        // A link leads the reader somewhere; it draws nothing.
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
        if let Some(why) = refused(&base64(data)) {
            return Some(format!("of a picture inside: {why}"));
        }
    }
    None
}

/// The bytes that a text in base64 stands for (RFC 4648, 4).
fn base64(text: &str) -> Vec<u8> {
    let six = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for value in text.bytes().filter_map(six) {
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from(bits >> count & 0xff));
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_tells_its_size_before_it_is_decoded() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";
        let gif = b"GIF89a\x80\x02\xe0\x01\0\0\0";
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01";
        let lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\x00";
        let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04JF\xff\xff\xc4\0\x02\xff\xc2\0\x11\x08\x01\xe0\x02\x80\x03";
        for bytes in [&png[..], gif, lossy, lossless, extended, jpeg] {
            assert_eq!(size(bytes), Some((640, 480)), "{bytes:?}");
            // Cut anywhere, it is read no further.
            assert!((0..bytes.len()).all(|end| size(&bytes[..end]).is_none_or(|size| size == (640, 480))), "{bytes:?}");
        }
        assert_eq!(size(b"a text"), None);
    }

    #[test]
    fn base64_is_read_with_and_without_its_padding() {
        assert_eq!(base64("UE5H"), b"PNG");
        assert_eq!(base64("UE5 \n HRw=="), b"PNGG");
        assert_eq!(base64("UE4"), b"PN");
    }
}
