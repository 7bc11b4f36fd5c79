//! Reading finished PDFs, by libraries that share no code with the program's writer.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use lopdf::{Document, Object};

/// A page of a PDF as pixels: width, height, and the red, green and blue of each.
pub fn rasterize(pdf: &[u8], page: usize, pixels_per_inch: f32) -> (usize, usize, Vec<[u8; 3]>) {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).unwrap();
    let scale = pixels_per_inch / 72.0;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let image = render(&pdf.pages()[page], &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let pixels = image.data().iter().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    (image.width().into(), image.height().into(), pixels)
}

/// The tree of structure elements that a screen reader walks through (ISO 32000-2, 14.7): depth and kind of each.
pub fn structure(pdf: &[u8]) -> Vec<(usize, String)> {
    fn walk(document: &Document, object: &Object, depth: usize, found: &mut Vec<(usize, String)>) {
        match document.dereference(object).unwrap().1 {
            Object::Array(kids) => kids.iter().for_each(|kid| walk(document, kid, depth, found)),
            Object::Dictionary(element) => {
                let Ok(kind) = element.get(b"S").and_then(Object::as_name) else { return };
                found.push((depth, String::from_utf8_lossy(kind).into_owned()));
                if let Ok(kids) = element.get(b"K") {
                    walk(document, kids, depth + 1, found);
                }
            }
            _ => {}
        }
    }
    let document = Document::load_mem(pdf).unwrap();
    let root = document.catalog().unwrap().get_deref(b"StructTreeRoot", &document).unwrap().as_dict().unwrap();
    let mut found = Vec::new();
    walk(&document, root.get(b"K").unwrap(), 0, &mut found);
    found
}

/// The name and the text of each attached file.
pub fn attached_files(pdf: &Document) -> Vec<(String, String)> {
    let files = pdf.catalog().unwrap().get(b"AF").unwrap().as_array().unwrap();
    let file = |file: &Object| {
        let file = pdf.dereference(file).unwrap().1.as_dict().unwrap();
        assert_eq!(file.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Data");
        let embedded = file.get(b"EF").unwrap().as_dict().unwrap().get_deref(b"F", pdf).unwrap();
        let data = embedded.as_stream().unwrap().decompressed_content().unwrap();
        let name = lopdf::decode_text_string(file.get(b"UF").unwrap()).unwrap();
        (name, String::from_utf8(data).unwrap())
    };
    files.iter().map(file).collect()
}
