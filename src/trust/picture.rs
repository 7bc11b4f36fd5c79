//! The QR codes on pictures and on drawn pages.

use std::io::Cursor;
use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, ImageFormat, ImageReader};

use crate::panic;
use crate::pdf::draw::draw_page;
use crate::project::picture;

/// The resolution at which pages are drawn, in pixels per inch: a module of 0.4 mm has 4 pixels.
const RESOLUTION: f32 = 254.0;

/// The longest side of a drawn page or of a picture in which codes are looked for, in pixels. A larger page is drawn
/// smaller, and a larger picture is reduced.
const MAX_SIDE: u32 = 6000;

/// The radius of the blur that sharpening removes, in pixels of the picture.
const SHARPENING: f32 = 1.5;

/// Returns the contents of the codes on a PNG or JPEG, each once, or why the file cannot be read.
pub fn read_picture(bytes: &[u8]) -> Result<Vec<String>, String> {
    let format = image::guess_format(bytes).ok().filter(|f| matches!(f, ImageFormat::Png | ImageFormat::Jpeg));
    let format = format.ok_or("it is not a PDF, PNG or JPEG")?;
    if let Some(problem) = picture::find_problem(bytes) {
        return Err(problem);
    }
    let decode = || ImageReader::with_format(Cursor::new(bytes), format).decode();
    let image = panic::catch(decode).ok().and_then(Result::ok).ok_or("the picture is damaged")?;
    let image = DynamicImage::from(image.into_luma8());
    let (width, height) = (image.width(), image.height());
    let longest = f64::from(width.max(height)).max(1.0);
    // Enlarged and sharpened, the modules of a coarse or blurred scan have enough pixels; reduced, a grainy scan loses its
    // grain.
    for (scale, is_sharpened) in [(1.0, false), (2.0, false), (2.0, true), (1.0, true), (0.5, false)] {
        let scale = f64::min(scale, f64::from(MAX_SIDE) / longest);
        let side = |side: u32| ((f64::from(side) * scale) as u32).max(1);
        let mut scaled = image.resize_exact(side(width), side(height), FilterType::CatmullRom);
        if is_sharpened {
            scaled = scaled.unsharpen(SHARPENING * scale as f32, 0);
        }
        let codes = find_codes(&scaled.into_luma8());
        if !codes.is_empty() {
            return Ok(codes);
        }
    }
    Ok(Vec::new())
}

/// Returns the contents of the codes on a page of a PDF, or `None` if the page cannot be drawn.
pub fn read_page(pdf: &Arc<Pdf>, page: usize) -> Option<Vec<String>> {
    let draw = || {
        let page = pdf.pages().get(page)?;
        let (width, height) = page.render_dimensions();
        let longest = width.max(height).max(1.0);
        let scale = (RESOLUTION / 72.0).min(MAX_SIDE as f32 / longest);
        let drawn = draw_page(page, scale);
        let luma = |r: u8, g: u8, b: u8| ((u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b)) / 10) as u8;
        let pixels = drawn.data().iter().map(|pixel| luma(pixel.r, pixel.g, pixel.b)).collect();
        GrayImage::from_raw(drawn.width().into(), drawn.height().into(), pixels)
    };
    panic::catch(draw).ok().flatten().map(|image| find_codes(&image))
}

/// Returns the contents of the codes in an image, each once, in alphabetical order.
fn find_codes(image: &GrayImage) -> Vec<String> {
    let find = || {
        let (width, height) = image.dimensions();
        let pixel = |x: usize, y: usize| image.as_raw()[y * width as usize + x];
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, pixel);
        let grids = prepared.detect_grids();
        let mut codes: Vec<String> = grids.iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect();
        codes.sort();
        codes.dedup();
        codes
    };
    panic::catch(find).unwrap_or_default()
}
