//! Draws the pages of a document as pictures for the web page.

use std::io::Cursor;
use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use image::{ImageFormat, RgbImage};

use crate::diagnostic::{Diagnostic, Problems, code};
use crate::panic;
use crate::pdf::draw;

/// Pixels per point: fine enough for print, and for a screen of high resolution at the usual size of a page.
const SCALE: f32 = 2.0;

/// Returns each page of a PDF as a PNG.
pub fn draw_pages(pdf: &[u8], name: &str) -> Result<Vec<Vec<u8>>, Problems> {
    let failed = || {
        let problem = Diagnostic::error(code::PDF, format!("the pages of {name} cannot be drawn"));
        problem.help("build the document with `gen-report build`, and look at it in a PDF reader")
    };
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).map_err(|_| failed())?;
    let pages = (0..pdf.pages().len()).map(|page| draw_page(&pdf, page).ok_or_else(|| failed().into()));
    pages.collect()
}

fn draw_page(pdf: &Pdf, page: usize) -> Option<Vec<u8>> {
    let draw = || {
        let drawn = draw::draw_page(pdf.pages().get(page)?, SCALE);
        let pixels = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        let picture = RgbImage::from_raw(drawn.width().into(), drawn.height().into(), pixels)?;
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).ok()?;
        Some(png.into_inner())
    };
    panic::catch(draw).ok().flatten()
}
