//! Layers for foil, varnish, cuts and creases (ISO 19593-1), as cutting and stamping machines find them.

use lopdf::{Document, Object};

use super::marks::operators;
use super::sheets::{card, open, print, ticket, with_five_cities};
use crate::support::ProjectDir;

/// The name of each layer, with its group and type of processing steps.
fn layers(document: &Document) -> Vec<(String, Option<String>)> {
    let properties = document.catalog().unwrap().get(b"OCProperties").unwrap().as_dict().unwrap();
    let layers = properties.get(b"OCGs").unwrap().as_array().unwrap();
    let name = |object: &Object| String::from_utf8(object.as_name().unwrap().to_vec()).unwrap();
    let describe = |layer: &Object| {
        let layer = document.dereference(layer).unwrap().1.as_dict().unwrap();
        let step = layer.get(b"GTS_Metadata").ok().map(|step| {
            let step = step.as_dict().unwrap();
            let names =
                [&b"GTS_ProcStepsGroup"[..], b"GTS_ProcStepsType"].into_iter().filter_map(|key| step.get(key).ok());
            names.map(name).collect::<Vec<_>>().join("/")
        });
        (String::from_utf8(layer.get(b"Name").unwrap().as_str().unwrap().to_vec()).unwrap(), step)
    };
    layers.iter().map(describe).collect()
}

/// The operators inside a layer of the first sheet, by the resource name of the layer.
fn inside(document: &Document, layer: &str) -> Vec<String> {
    let mut is_inside = false;
    let mut found = Vec::new();
    for operation in operators(document, document.page_iter().next().unwrap()) {
        match operation.operator.as_str() {
            "BDC" => is_inside = operation.operands[1].as_name().is_ok_and(|name| name == layer.as_bytes()),
            "EMC" => is_inside = false,
            _ if is_inside => {
                let numbers = operation.operands.iter().filter_map(|number| number.as_float().ok());
                let numbers: Vec<String> = numbers.map(|points| format!("{:.1}", points / 72.0 * 25.4)).collect();
                found.push(format!("{} {}", operation.operator, numbers.join(" ")));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn foil_and_varnish_have_a_layer_each() {
    let project = ProjectDir::new();
    print(&project, &["-l", "fr", "--finish", "foil,varnish"]);
    let document = open(&project, "certificate-fr.pdf");
    let step = |name: &str, step: &str| (name.to_owned(), Some(step.to_owned()));
    let found = layers(&document);
    assert_eq!(found[..2], [step("Foil", "Structural/FoilStamping"), step("Varnish", "Varnish")]);
    assert_eq!(found[2..], [("Marks".to_owned(), None)]);
    // The border is foil: it is on the layer, and the name of the city is not.
    let foil = inside(&document, "StepFoil");
    assert!(foil.iter().filter(|operator| operator.starts_with("S ")).count() > 5, "{foil:?}");
    assert!(!inside(&document, "StepVarnish").is_empty());
    let black = operators(&document, document.page_iter().next().unwrap());
    let texts = black.iter().filter(|operation| operation.operator == "TJ" || operation.operator == "Tj").count();
    let texts_of_foil = foil.iter().filter(|operator| operator.starts_with('T')).count();
    assert!(texts_of_foil < texts, "{texts_of_foil} of {texts}");
    print(&project, &["-l", "fr"]);
    assert_eq!(layers(&open(&project, "certificate-fr.pdf")), [("Marks".to_owned(), None)]);
}

#[test]
fn cutting_machines_find_the_contour_of_each_card() {
    let project = with_five_cities(card(""));
    let two_up = ["-l", "en", "--layout", "n-up", "--up", "2x1", "--sheet", "200x80"];
    print(&project, &two_up);
    assert_eq!(layers(&open(&project, "certificate-en.pdf")), [("Marks".to_owned(), None)]);
    print(&project, &[&two_up[..], &["--cut-contour"]].concat());
    let document = open(&project, "certificate-en.pdf");
    assert_eq!(layers(&document)[1], ("CutContour".to_owned(), Some("Structural/Cutting".to_owned())));
    let colour = ["gs ", "CS ", "SCN 0.4", "w 0.1"];
    let cards = ["re 12.0 12.5 85.0 55.0", "S ", "re 103.0 12.5 85.0 55.0", "S "];
    assert_eq!(inside(&document, "CutContour"), [&colour[..], &cards].concat());
    // Lines for machines are not printed: no plate, no patch in the colour bar.
    let file = &ticket(&project)["files"][0];
    assert_eq!(file["plates"], serde_json::json!(["Black"]));
    assert_eq!(file["finishing"], serde_json::json!([{ "step": "cut-contour", "plate": "CutContour" }]));
    // Cards that touch each other share a cut.
    print(&project, &[&two_up[..], &["--cut-contour", "--gutter", "0"]].concat());
    let touching = ["re 15.0 12.5 170.0 55.0", "S ", "m 100.0 12.5", "l 100.0 67.5", "S "];
    assert_eq!(inside(&open(&project, "certificate-en.pdf"), "CutContour"), [&colour[..], &touching].concat());
}

#[test]
fn the_spine_of_a_booklet_is_creased_on_its_front() {
    let project = card("#pagebreak() #v(20mm) Back");
    print(&project, &["-l", "en", "--layout", "booklet", "--sheet", "A4", "--cut-contour"]);
    let document = open(&project, "certificate-en.pdf");
    assert_eq!(layers(&document)[2], ("Crease".to_owned(), Some("Structural/Creasing".to_owned())));
    assert_eq!(inside(&document, "Crease")[4..], ["m 148.5 77.5", "l 148.5 132.5", "S "]);
    let back = document.page_iter().nth(1).unwrap();
    let names = |operation: &lopdf::content::Operation| {
        operation.operands.get(1).and_then(|name| name.as_name().ok()).map(<[u8]>::to_vec)
    };
    assert!(operators(&document, back).iter().all(|operation| names(operation).is_none_or(|name| name != b"Crease")));
    let steps = ticket(&project)["files"][0]["finishing"].to_string();
    assert!(steps.contains("\"crease\"") && steps.contains("fold-stitch"), "{steps}");
}
