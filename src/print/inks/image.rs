//! The ink of CMYK images.

use lopdf::{Object, Stream};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::InkMix;

/// Returns the pixel with the most ink. `None` if the image cannot be decoded.
pub fn find_heaviest(stream: &Stream) -> Option<InkMix> {
    let is_jpeg = match stream.filters().ok().as_deref() {
        Some([.., last]) => *last == b"DCTDecode",
        _ => false,
    };
    let pixels = if is_jpeg { decode_jpeg(stream)? } else { decode(stream)? };
    // `[1 0 1 0 1 0 1 0]`: 0 is full ink, as Photoshop writes it.
    let decode = stream.dict.get(b"Decode").and_then(Object::as_array).ok();
    let is_inverted = decode.and_then(|ends| ends.first()?.as_float().ok()).is_some_and(|first| first > 0.5);
    let ink = |byte: u8| u32::from(if is_inverted { 255 - byte } else { byte });
    let heaviest = pixels.chunks_exact(4).max_by_key(|pixel| pixel.iter().map(|byte| ink(*byte)).sum::<u32>())?;
    let mut mix = InkMix::default();
    mix.iter_mut().zip(heaviest).for_each(|(percent, byte)| *percent = (ink(*byte) * 100 + 127) / 255);
    Some(mix)
}

fn decode(stream: &Stream) -> Option<Vec<u8>> {
    let bits = stream.dict.get(b"BitsPerComponent").and_then(Object::as_i64).ok()?;
    stream.decompressed_content().ok().filter(|_| bits == 8)
}

fn decode_jpeg(stream: &Stream) -> Option<Vec<u8>> {
    // An image with further filters around the JPEG is not decoded.
    let [_] = stream.filters().ok()?[..] else { return None };
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::CMYK);
    JpegDecoder::new_with_options(ZCursor::new(&stream.content), options).decode().ok()
}
