//! The SVG files in reports/shared/drawings are drawn by geometry.typ. After a change there:
//! `GOLDEN=write cargo test --test drawings`. In a PDF each is a form XObject.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "the only way to hand a wish to a test")]

mod common;

use std::fs;
use std::path::Path;

use common::Shop;
use gen_report::typeset::Variant;
use lopdf::Document;
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;

const TEMPLATE: &str = r#"
#import "../shared/geometry.typ": drawings, svg
#for name in drawings.keys() [#metadata((name, svg(name))) <drawing>]
"#;

#[test]
fn the_files_are_what_the_geometry_draws() {
    let shop = Shop::new().file("reports/drawing/edition.typ.hbs", TEMPLATE);
    let (works, job) = common::works(shop.path().to_str().unwrap(), "en", "drawing", None, Variant::default());
    let drawn = works.with_pages(&job, |_, _, pages| {
        let label = Selector::Label(Label::new(PicoStr::intern("drawing")).unwrap());
        let found = pages.document.introspector().query(&label);
        Ok(found.iter().map(|it| it.to_packed::<MetadataElem>().unwrap().value.clone()).collect::<Vec<_>>())
    });
    let drawn = drawn.unwrap_or_else(|e| panic!("{}", e[0]));
    assert!(!drawn.is_empty());
    for value in drawn {
        let Value::Array(pair) = value else { panic!("{value:?}") };
        let [Value::Str(name), Value::Str(svg)] = pair.as_slice() else { panic!("{pair:?}") };
        let path = Path::new("reports/shared/drawings").join(format!("{name}.svg"));
        if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
            fs::write(&path, svg.as_str()).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == svg.as_str(),
            "{name}.svg is not what geometry.typ draws"
        );
    }
}

/// The PDF of Beijing's certificate.
fn certificate(shop: &Shop, variant: Variant) -> Vec<u8> {
    let (works, job) = common::works(shop.path().to_str().unwrap(), "en", "certificate", Some("beijing"), variant);
    works.make(&job).unwrap_or_else(|e| panic!("{}", e[0])).0
}

/// Subtypes of the XObjects on the first page, in the order of their names.
fn xobjects(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let resources = page.get_deref(b"Resources", &document).unwrap().as_dict().unwrap();
    let Ok(named) = resources.get_deref(b"XObject", &document) else { return Vec::new() };
    let stream = |object| document.dereference(object).unwrap().1.as_stream().unwrap();
    let subtype =
        |object| String::from_utf8_lossy(stream(object).dict.get(b"Subtype").unwrap().as_name().unwrap()).into();
    named.as_dict().unwrap().iter().map(|(_, object)| subtype(object)).collect()
}

#[test]
fn a_certificate_has_its_drawings_as_forms() {
    let press = Variant::Press { bleed: 3.0, finishes: vec!["foil".to_owned()] };
    for variant in [Variant::Archive, press] {
        let pdf = certificate(&Shop::new(), variant);
        assert_eq!(xobjects(&pdf), ["Form"; 3]);
        // Every entry of the cross-reference table leads to its object.
        let table = pdf.windows(5).rposition(|w| w == b"xref\n").unwrap() - b"start".len();
        let table = pdf[..table].windows(5).rposition(|w| w == b"xref\n").unwrap();
        let text = String::from_utf8_lossy(&pdf[table..]);
        for (number, entry) in text.lines().skip(2).take_while(|line| *line != "trailer").enumerate().skip(1) {
            let start: usize = entry[..10].parse().unwrap();
            assert!(pdf[start..].starts_with(format!("{number} 0 obj\n").as_bytes()), "{entry}");
        }
        assert!(text.ends_with(&format!("startxref\n{table}\n%%EOF")));
    }
}

#[test]
fn a_project_may_bring_any_svg_as_a_drawing() {
    let circle = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 3\"><circle r=\"1\"/></svg>";
    let shop = Shop::new().file("reports/shared/drawings/spindle.svg", circle);
    assert_eq!(xobjects(&certificate(&shop, Variant::Archive)), ["Form"; 2]);
}

#[test]
fn the_same_file_in_a_project_makes_the_same_bytes() {
    let spindle = include_bytes!("../reports/shared/drawings/spindle.svg");
    let shop = Shop::new().file("reports/shared/drawings/spindle.svg", spindle);
    assert!(certificate(&shop, Variant::Archive) == certificate(&Shop::new(), Variant::Archive));
}
