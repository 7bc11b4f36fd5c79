//! One template makes two kinds of page: the archive file, in RGB, and art for the printing press, in process inks and
//! with bleed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::Shop;
use gen_report::typeset::Variant;
use lopdf::content::Content;
use lopdf::{Document, Object};

fn art(language: &str, report: &str, finishes: &[&str]) -> Document {
    let shop = Shop::new();
    let variant = Variant::Press { bleed: 3.0, finishes: finishes.iter().map(|f| (*f).to_owned()).collect() };
    let city = (report == "certificate").then_some("beijing");
    Document::load_mem(&common::pdf(shop.path().to_str().unwrap(), language, report, city, variant)).unwrap()
}

/// Of pages and of the forms on them.
fn operators(document: &Document) -> Vec<(String, Vec<Object>)> {
    let page = |id| Content::decode(&document.get_page_content(id)).unwrap().operations;
    let form = |object: &Object| {
        let form =
            object.as_stream().ok().filter(|form| form.dict.get(b"Subtype").is_ok_and(|it| *it == "Form".into()))?;
        Some(Content::decode(&form.decompressed_content().unwrap()).unwrap().operations)
    };
    let pages = document.get_pages().into_values().flat_map(page);
    let operations = pages.chain(document.objects.values().filter_map(form).flatten());
    operations.map(|operation| (operation.operator, operation.operands)).collect()
}

/// Names of the separations on the first page.
fn plates(document: &Document) -> Vec<String> {
    let separation = |object: &Object| match object.as_array().ok()?.as_slice() {
        [Object::Name(kind), Object::Name(plate), ..] if kind == b"Separation" => {
            Some(String::from_utf8_lossy(plate).into_owned())
        }
        _ => None,
    };
    let mut plates: Vec<String> = document.objects.values().filter_map(separation).collect();
    plates.sort();
    plates
}

#[test]
fn the_pages_for_the_press_have_no_rgb_and_three_millimetres_of_bleed() {
    for (report, width) in [("certificate", 297.0), ("press-release", 210.0)] {
        for language in ["en", "fr", "zh"] {
            let document = art(language, report, &[]);
            for (operator, operands) in operators(&document) {
                assert!(!matches!(operator.as_str(), "rg" | "RG"), "{report} {language}: {operator} {operands:?}");
            }
            for (_, page) in document.get_pages() {
                let page = document.get_dictionary(page).unwrap();
                let sides = |key: &[u8]| -> Vec<f32> {
                    page.get(key).unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect()
                };
                let (media, trim) = (sides(b"MediaBox"), sides(b"TrimBox"));
                let millimetres = |points: f32| f64::from(points) * 25.4 / 72.0;
                assert!((millimetres(trim[2] - trim[0]) - width).abs() < 0.01, "{trim:?}");
                for (trim, media) in trim.iter().zip(&media) {
                    assert!((millimetres((trim - media).abs()) - 3.0).abs() < 0.01, "{trim} {media}");
                }
            }
        }
    }
}

#[test]
fn a_finish_that_the_job_asks_for_has_a_plate_of_its_own() {
    assert!(plates(&art("fr", "certificate", &[])).is_empty());
    assert_eq!(plates(&art("fr", "certificate", &["foil"])), ["Foil"]);
    assert_eq!(plates(&art("fr", "certificate", &["foil", "varnish"])), ["Foil", "Varnish"]);
}

/// A varnish that knocked out what it lies on would leave bare paper under it.
#[test]
fn varnish_lies_over_the_seal() {
    let document = art("fr", "certificate", &["varnish"]);
    let operations = operators(&document);
    let state = |(operator, operands): &(String, Vec<Object>)| {
        (operator == "gs").then(|| String::from_utf8_lossy(operands[0].as_name().unwrap()).into_owned())
    };
    let states: Vec<String> = operations.iter().filter_map(state).collect();
    let over = states.iter().position(|name| name == "GrOver").expect("overprint is switched on");
    assert!(states[..over].iter().all(|name| name != "GrApart"));
}
