//! One template gives two variants of a page: the archive file, in RGB, and pages for the printing press, in process
//! inks and with bleed.

use gen_report::typeset::Variant;
use lopdf::content::Content;
use lopdf::{Document, Object};

use crate::support::{Documents, ProjectDir};

fn press_pages(language: &str, report: &str, finishes: &[&str]) -> Document {
    let project = ProjectDir::new();
    let variant = Variant::Print { bleed: 3.0, finishes: finishes.iter().map(|f| (*f).to_owned()).collect() };
    let city = (report == "certificate").then_some("beijing");
    Document::load_mem(&Documents::open(project.path(), &[language], variant).pdf(language, report, city)).unwrap()
}

/// The operators, with their operands, of all pages and of the forms on them.
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

/// The names of all separations, sorted.
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
fn pages_for_the_press_have_no_rgb_and_three_millimetres_of_bleed() {
    for (report, width) in [("certificate", 297.0), ("press-release", 210.0)] {
        for language in ["en", "fr", "zh"] {
            let document = press_pages(language, report, &[]);
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
fn each_requested_finish_has_its_own_plate() {
    assert_eq!(plates(&press_pages("fr", "certificate", &[])), ["Gold"], "the ink of border and seal");
    assert_eq!(plates(&press_pages("fr", "certificate", &["foil"])), ["Foil"]);
    assert_eq!(plates(&press_pages("fr", "certificate", &["foil", "varnish"])), ["Foil", "Varnish"]);
}

/// A varnish that knocked out what it is laid on would leave bare paper below it. So whatever is painted in it
/// overprints (ISO 32000-1, 8.6.7), and nothing else does.
#[test]
fn varnish_overprints_and_nothing_else_does() {
    let document = press_pages("fr", "certificate", &["varnish"]);
    let page = document.get_pages()[&1];
    let resources = document.get_dictionary(page).unwrap().get_deref(b"Resources", &document).unwrap();
    let resource = |kind: &[u8], name: &[u8]| {
        let named = resources.as_dict().unwrap().get_deref(kind, &document).unwrap().as_dict().unwrap();
        named.get_deref(name, &document).unwrap().clone()
    };
    let is_varnish = |space: &[u8]| match resource(b"ColorSpace", space) {
        Object::Array(space) => matches!(&space[..], [_, Object::Name(plate), ..] if plate == b"Varnish"),
        _ => false,
    };

    // Whether filling and stroking use varnish, and whether they overprint.
    let (mut fill, mut stroke, mut saved) = ((false, false), (false, false), Vec::new());
    let (mut varnished, mut others) = (0, 0);
    let mut painted = |(varnish, overprints): (bool, bool)| {
        assert_eq!(varnish, overprints, "varnish, overprints");
        *(if varnish { &mut varnished } else { &mut others }) += 1;
    };
    for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
        let name = || operation.operands[0].as_name().unwrap();
        match operation.operator.as_str() {
            "q" => saved.push((fill, stroke)),
            "Q" => (fill, stroke) = saved.pop().unwrap(),
            "cs" => fill.0 = is_varnish(name()),
            "CS" => stroke.0 = is_varnish(name()),
            "g" | "rg" | "k" => fill.0 = false,
            "G" | "RG" | "K" => stroke.0 = false,
            "gs" => {
                let state = resource(b"ExtGState", name());
                let flag = |key: &[u8]| state.as_dict().unwrap().get(key).and_then(Object::as_bool).ok();
                stroke.1 = flag(b"OP").unwrap_or(stroke.1);
                fill.1 = flag(b"op").unwrap_or(fill.1);
            }
            "f" | "f*" | "Tj" | "TJ" | "Do" | "sh" => painted(fill),
            "S" | "s" => painted(stroke),
            "B" | "B*" | "b" | "b*" => [fill, stroke].into_iter().for_each(&mut painted),
            _ => {}
        }
    }
    assert!(varnished == 1 && others > 50, "{varnished} operators paint in varnish, {others} in other inks");
}
