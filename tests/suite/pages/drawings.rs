//! The SVG files in reports/shared/drawings are drawn by geometry.typ. In a PDF each is a form XObject.

use gen_report::typeset::Variant;
use lopdf::Document;
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;

use crate::support::{Documents, ProjectDir, assert_snapshot};

const TEMPLATE: &str = r#"
#import "../shared/drawings.typ": sizes
#import "../shared/geometry.typ": svg
#for name in sizes.keys() [#metadata((name, svg(name))) <drawing>]
"#;

#[test]
fn the_files_are_as_geometry_typ_draws_them() {
    let project = ProjectDir::new().file("reports/drawing/edition.typ.hbs", TEMPLATE);
    let documents = project.documents("en");
    let drawn = documents.builder.with_pages(documents.job("en", "drawing", None), |_, _, pages| {
        let label = Selector::Label(Label::new(PicoStr::intern("drawing")).unwrap());
        let found = pages.document.introspector().query(&label);
        Ok(found.iter().map(|it| it.to_packed::<MetadataElem>().unwrap().value.clone()).collect::<Vec<_>>())
    });
    let drawn = drawn.unwrap_or_else(|e| panic!("{}", e[0]));
    let mut names = Vec::new();
    for value in drawn {
        let Value::Array(pair) = value else { panic!("{value:?}") };
        let [Value::Str(name), Value::Str(svg)] = pair.as_slice() else { panic!("{pair:?}") };
        assert_snapshot(format!("reports/shared/drawings/{name}.svg"), svg);
        names.push(name.to_string());
    }
    names.sort();
    assert_eq!(
        names,
        [
            "axis",
            "axis-a3",
            "axis-a5",
            "border",
            "border-a3",
            "border-a5",
            "border-legal",
            "border-letter",
            "seal",
            "seal-a3",
            "seal-a5",
            "spindle",
            "spindle-a3",
            "spindle-a5"
        ]
    );
}

/// The certificate of Beijing.
fn certificate(project: &ProjectDir, variant: Variant) -> Vec<u8> {
    Documents::open(project.path(), &["en"], variant).pdf("en", "certificate", Some("beijing"))
}

/// Subtypes of the XObjects on the first page, in the order of their names.
fn xobjects(pdf: &[u8]) -> Vec<String> {
    xobjects_of(&Document::load_mem(pdf).unwrap())
}

fn xobjects_of(document: &Document) -> Vec<String> {
    let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let resources = page.get_deref(b"Resources", document).unwrap().as_dict().unwrap();
    let Ok(named) = resources.get_deref(b"XObject", document) else { return Vec::new() };
    let stream = |object| document.dereference(object).unwrap().1.as_stream().unwrap();
    let subtype =
        |object| String::from_utf8_lossy(stream(object).dict.get(b"Subtype").unwrap().as_name().unwrap()).into();
    named.as_dict().unwrap().iter().map(|(_, object)| subtype(object)).collect()
}

#[test]
fn a_certificate_has_its_drawings_as_form_xobjects() {
    let press_sheet = Variant::Print { bleed: 3.0, finishes: vec!["varnish".to_owned()] };
    // Border, separator and seal; in archive files also the letters of the seal.
    assert_eq!(xobjects(&certificate(&ProjectDir::new(), Variant::Archive)), ["Form"; 4]);
    let pdf = certificate(&ProjectDir::new(), press_sheet);
    assert_eq!(xobjects(&pdf), ["Form"; 3]);
    // Every entry of the cross-reference table has the offset of its object.
    let table = pdf.windows(5).rposition(|w| w == b"xref\n").unwrap() - b"start".len();
    let table = pdf[..table].windows(5).rposition(|w| w == b"xref\n").unwrap();
    let text = String::from_utf8_lossy(&pdf[table..]);
    for (number, entry) in text.lines().skip(2).take_while(|line| *line != "trailer").enumerate().skip(1) {
        let start: usize = entry[..10].parse().unwrap();
        assert!(pdf[start..].starts_with(format!("{number} 0 obj\n").as_bytes()), "{entry}");
    }
    assert!(text.ends_with(&format!("startxref\n{table}\n%%EOF")));
}

#[test]
fn an_archive_file_has_all_objects_but_its_streams_in_one_object_stream() {
    let pdf = certificate(&ProjectDir::new(), Variant::Archive);
    let count = |needle: &[u8]| pdf.windows(needle.len()).filter(|window| *window == needle).count();
    let streams = count(b"\nendstream");
    assert_eq!(count(b" 0 obj\n"), streams, "nothing but streams is outside");
    assert_eq!(count(b"/Type/ObjStm"), 1);
    // lopdf finds each of them through the cross-reference stream, and the two streams that hold it together besides.
    let objects = Document::load_mem(&pdf).unwrap().objects;
    assert!(objects.len() > 2 * streams, "{} objects, {streams} streams", objects.len());
}

#[test]
fn a_project_can_replace_a_drawing_by_any_svg() {
    let circle = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 3\"><circle r=\"1\"/></svg>";
    let project = ProjectDir::new().file("reports/shared/drawings/spindle.svg", circle);
    assert_eq!(xobjects(&certificate(&project, Variant::Archive)), ["Form"; 3]);
}

/// A report whose text is drawn as outlines.
fn outlined(fill: &str) -> Document {
    let template = format!(
        "#set document(title: \"Ring\")\n#set page(width: 9cm, height: 2cm)\n\
         #set text(font: \"Source Serif 4\", fill: {fill}, lang: \"en\")\n\
         #figure(alt: \"ring\", [#box[Ring] <outlines>])"
    );
    let project = ProjectDir::new().file("reports/ring/city.typ.hbs", &template);
    let pdf = Documents::open(project.path(), &["en"], Variant::Archive).pdf("en", "ring", Some("beijing"));
    Document::load_mem(&pdf).unwrap()
}

#[test]
fn text_that_becomes_outlines_is_one_form_in_its_colour() {
    let document = outlined("rgb(\"#336699\")");
    let forms: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").and_then(|name| name.as_name()).is_ok_and(|name| name == b"Form"))
        .map(|stream| String::from_utf8(stream.decompressed_content().unwrap()).unwrap())
        .collect();
    let [form] = &forms[..] else { panic!("{} forms", forms.len()) };
    assert!(form.contains("\n0.2 0.4 0.6 rg\n"), "{form}");
    // Each of the four letters is drawn in the units of its font, and filled.
    assert_eq!(form.matches("f\nQ\n").count(), 4, "{form}");
}

#[test]
fn text_in_several_colours_at_once_becomes_shapes_of_the_page() {
    assert!(xobjects_of(&outlined("gradient.linear(red, blue)")).is_empty());
}

#[test]
fn a_copy_of_an_embedded_drawing_gives_the_same_bytes() {
    let spindle = include_bytes!("../../../reports/shared/drawings/spindle.svg");
    let project = ProjectDir::new().file("reports/shared/drawings/spindle.svg", spindle);
    assert!(certificate(&project, Variant::Archive) == certificate(&ProjectDir::new(), Variant::Archive));
}
