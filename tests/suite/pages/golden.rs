//! The nine documents of the example edition, compared with tests/golden: text and structure exactly, and the first page
//! as a small picture.

use std::path::Path;

use image::GrayImage;
use lopdf::Document;

use crate::support::{EXAMPLE_EDITION, assert_snapshot, overwrites_snapshots, rasterize, structure};

#[test]
fn the_example_edition_reads_and_looks_as_before() {
    for language in ["en", "fr", "zh"] {
        for (report, city) in
            [("certificate", Some("beijing")), ("press-release", Some("beijing")), ("press-release", None)]
        {
            let name = format!("{language}-{report}{}", city.map(|c| format!("-{c}")).unwrap_or_default());
            let (text, pages) = EXAMPLE_EDITION.text(language, report, city);
            let pdf = EXAMPLE_EDITION.pdf(language, report, city);
            // One sentence per line makes a difference readable.
            let text = text.replace(". ", ".\n").replace('。', "。\n").replace('\u{a0}', "⍽").replace('\u{202f}', "⍽⍽");
            let tree: String =
                structure(&pdf).iter().map(|(depth, kind)| format!("{}{kind}\n", "  ".repeat(*depth))).collect();
            assert_snapshot(format!("tests/golden/{name}.txt"), &format!("{text}\n({pages} pages)\n\n{tree}"));
            assert_picture(&format!("{name}.png"), &first_page(&pdf));
        }
    }
}

/// The first page in grey, 240 pixels wide.
fn first_page(pdf: &[u8]) -> GrayImage {
    let page = Document::load_mem(pdf).unwrap();
    let page = page.get_dictionary(page.page_iter().next().unwrap()).unwrap();
    let width = page.get(b"MediaBox").unwrap().as_array().unwrap()[2].as_float().unwrap();
    let (width, height, pixels) = rasterize(pdf, 0, 240.0 * 72.0 / width);
    let grey = pixels.iter().map(|[r, g, b]| ((u32::from(*r) * 3 + u32::from(*g) * 6 + u32::from(*b)) / 10) as u8);
    GrayImage::from_raw(width as u32, height as u32, grey.collect()).unwrap()
}

/// Processors round differently, so that few pixels may differ; a line that has moved changes many of them.
fn assert_picture(name: &str, actual: &GrayImage) {
    let path = Path::new("tests/golden").join(name);
    if overwrites_snapshots() {
        actual.save(&path).unwrap();
    }
    let expected = image::open(&path).unwrap_or_else(|e| panic!("{name}: {e}")).into_luma8();
    assert_eq!(actual.dimensions(), expected.dimensions(), "{name}");
    let differences = actual.iter().zip(expected.iter()).map(|(a, b)| a.abs_diff(*b));
    let changed = differences.filter(|difference| *difference > 12).count();
    assert!(changed < 20, "{changed} pixels of {name} differ; to accept the page as it is now: SNAPSHOTS=overwrite");
}
