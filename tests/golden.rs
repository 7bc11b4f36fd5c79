//! The nine documents of the first edition: word for word, tag for tag, and as small pictures. A wanted change:
//! `GOLDEN=write cargo test --test golden`, then read the difference and look at the pictures.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "the only way to hand a wish to a test")]

mod common;

use std::fs;
use std::path::Path;

use common::Shop;
use gen_report::typeset::Variant;
use image::GrayImage;
use lopdf::{Document, Object};

#[test]
fn the_first_edition_reads_and_looks_as_it_did() {
    let shop = Shop::new();
    let project = shop.path().to_str().unwrap();
    for language in ["en", "fr", "zh"] {
        for (report, city) in
            [("certificate", Some("beijing")), ("press-release", Some("beijing")), ("press-release", None)]
        {
            let name = format!("{language}-{report}{}", city.map(|c| format!("-{c}")).unwrap_or_default());
            let (text, pages) = shop.pages(language, report, city);
            let pdf = common::pdf(project, language, report, city, Variant::default());
            // A sentence a line reads better in a difference.
            let text = text.replace(". ", ".\n").replace('。', "。\n").replace('\u{a0}', "⍽").replace('\u{202f}', "⍽⍽");
            same_text(&format!("{name}.txt"), &format!("{text}\n({pages} pages)\n\n{}", tags(&pdf)));
            same_picture(&format!("{name}.png"), &picture(&pdf));
        }
    }
}

fn wanted() -> bool {
    std::env::var("GOLDEN").is_ok_and(|wish| wish == "write")
}

fn same_text(name: &str, found: &str) {
    let path = Path::new("tests/golden").join(name);
    if wanted() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} has changed; it now reads:\n{found}");
}

/// The structure that a screen reader walks through, one element a line.
fn tags(pdf: &[u8]) -> String {
    fn walk(document: &Document, kid: &Object, depth: usize, out: &mut String) {
        let (_, kid) = document.dereference(kid).unwrap();
        if let Ok(kids) = kid.as_array() {
            kids.iter().for_each(|kid| walk(document, kid, depth, out));
        }
        let Ok(element) = kid.as_dict() else { return };
        let Ok(kind) = element.get(b"S").and_then(Object::as_name) else { return };
        out.push_str(&format!("{}{}\n", "  ".repeat(depth), String::from_utf8_lossy(kind)));
        if let Ok(kids) = element.get(b"K") {
            walk(document, kids, depth + 1, out);
        }
    }
    let document = Document::load_mem(pdf).unwrap();
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let (_, root) = document.dereference(root).unwrap();
    let mut out = String::new();
    walk(&document, root.as_dict().unwrap().get(b"K").unwrap(), 0, &mut out);
    out
}

/// The first page, 240 dots wide, in grey.
fn picture(pdf: &[u8]) -> GrayImage {
    let page = Document::load_mem(pdf).unwrap();
    let page = page.get_dictionary(page.page_iter().next().unwrap()).unwrap();
    let width = page.get(b"MediaBox").unwrap().as_array().unwrap()[2].as_float().unwrap();
    let (width, height, dots) = common::drawn(pdf, 0, 240.0 * 72.0 / width);
    let grey = dots.iter().map(|[r, g, b]| ((u32::from(*r) * 3 + u32::from(*g) * 6 + u32::from(*b)) / 10) as u8);
    GrayImage::from_raw(width as u32, height as u32, grey.collect()).unwrap()
}

/// Alike to the eye: processors round differently, but a line that has moved changes many dots by much.
fn same_picture(name: &str, found: &GrayImage) {
    let path = Path::new("tests/golden").join(name);
    if wanted() {
        found.save(&path).unwrap();
    }
    let expected = image::open(&path).unwrap_or_else(|e| panic!("{name}: {e}")).into_luma8();
    assert_eq!(found.dimensions(), expected.dimensions(), "{name}");
    let differences = found.iter().zip(expected.iter()).map(|(a, b)| a.abs_diff(*b));
    let much = differences.filter(|d| *d > 12).count();
    assert!(much < 20, "{name} looks different at {much} dots: write it anew with GOLDEN=write and look");
}
