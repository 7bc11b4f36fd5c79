//! Marks around the pages, read from the drawn sheets.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, ObjectId};

use super::sheets::{card, open, page_box, pages, print, print_failing, ticket};
use crate::support::{CERTIFICATE, ProjectDir, assert_contains};

const MM_PER_POINT: f64 = 25.4 / 72.0;

/// A certificate of two pages.
fn card_with_back() -> ProjectDir {
    card("#pagebreak() #v(35mm) Back")
}

/// Returns the operators of a page, with those of its forms in place of the operator that draws them.
pub fn operators(document: &Document, page: ObjectId) -> Vec<Operation> {
    let resources = document.get_dictionary(page).unwrap().get_deref(b"Resources", document).unwrap();
    let mut found = Vec::new();
    expand(document, &document.get_page_content(page), resources.as_dict().unwrap(), &mut found);
    found
}

fn expand(document: &Document, content: &[u8], resources: &Dictionary, found: &mut Vec<Operation>) {
    for operation in Content::decode(content).unwrap().operations {
        let name = operation.operands.first().and_then(|name| name.as_name().ok());
        let form = name.filter(|_| operation.operator == "Do").and_then(|name| {
            let forms = resources.get_deref(b"XObject", document).unwrap().as_dict().unwrap();
            let form = forms.get_deref(name, document).unwrap().as_stream().unwrap();
            (form.dict.get(b"Subtype").unwrap().as_name().unwrap() == b"Form").then_some(form)
        });
        match form {
            Some(form) => {
                let resources = form.dict.get_deref(b"Resources", document).unwrap().as_dict().unwrap();
                expand(document, &form.get_plain_content().unwrap(), resources, found);
            }
            None => found.push(operation),
        }
    }
}

fn numbers(operation: &Operation) -> Vec<f64> {
    operation.operands.iter().filter_map(|n| n.as_float().ok()).map(f64::from).collect()
}

/// Returns the middle of each circle on a page, in millimetres. The cards have no circles, so these are the registration
/// marks.
fn circles(document: &Document, page: ObjectId) -> Vec<(f64, f64)> {
    let operations = operators(document, page);
    let curves = operations.windows(4).filter(|four| four.iter().all(|operation| operation.operator == "c"));
    curves
        .map(|four| {
            let ends: Vec<(f64, f64)> = four
                .iter()
                .map(|curve| match numbers(curve)[..] {
                    [.., x, y] => (x * MM_PER_POINT, y * MM_PER_POINT),
                    _ => panic!("{curve:?}"),
                })
                .collect();
            // The four curves end at the quarters of the circle.
            (ends.iter().map(|(x, _)| x).sum::<f64>() / 4.0, ends.iter().map(|(_, y)| y).sum::<f64>() / 4.0)
        })
        .collect()
}

/// Asserts that a run gave no warning.
#[track_caller]
fn assert_silent(stderr: &str) {
    assert!(!stderr.contains("warning"), "{stderr}");
}

/// Asserts that each mark of the front lies on one of the back when the sheet has been turned.
#[track_caller]
fn assert_meet(front: &[(f64, f64)], back: &[(f64, f64)], turn: impl Fn((f64, f64)) -> (f64, f64)) {
    assert!(front.len() >= 4, "{front:?}");
    for mark in front {
        let is_met = back.iter().any(|other| {
            let (x, y) = turn(*other);
            (x - mark.0).abs() < 0.01 && (y - mark.1).abs() < 0.01
        });
        assert!(is_met, "nothing meets the mark at {mark:?}: {back:?}");
    }
}

#[test]
fn registration_marks_of_front_and_back_meet_when_the_sheet_is_turned() {
    let project = card_with_back();
    for arguments in [
        &["--duplex", "sheetwise"][..],
        &["--duplex", "sheetwise", "--layout", "n-up", "--up", "2x2", "--copies", "4"],
        &["--duplex", "sheetwise", "--gripper", "12"],
        &["--duplex", "work-and-turn", "--copies", "2"],
        &["--duplex", "work-and-turn", "--layout", "n-up", "--up", "2x3", "--copies", "6"],
        &["--duplex", "work-and-tumble", "--copies", "2"],
        &["--duplex", "work-and-tumble", "--layout", "n-up", "--up", "3x2", "--copies", "6", "--gripper", "10"],
        &["--layout", "booklet"],
        &["--layout", "booklet", "--creep", "1"],
    ] {
        print(&project, &[&["-l", "fr"], arguments].concat());
        let document = open(&project, "certificate-fr.pdf");
        let ids: Vec<ObjectId> = document.page_iter().collect();
        let media = page_box(pages(&document)[0], "MediaBox");
        let (width, height) = (media[2] as f64 / 100.0, media[3] as f64 / 100.0);
        let front = circles(&document, ids[0]);
        // One plate for both sides meets itself.
        let back = circles(&document, *ids.get(1).unwrap_or(&ids[0]));
        if arguments.contains(&"work-and-tumble") {
            assert_meet(&front, &back, |(x, y)| (x, height - y));
        } else {
            assert_meet(&front, &back, |(x, y)| (width - x, y));
        }
    }
}

#[test]
fn marks_stay_out_of_the_edges_that_the_press_cannot_print() {
    let project = ProjectDir::new();
    // On SRA4, a certificate of A4 with its bleed leaves 4.5 mm, of which a press prints next to nothing.
    let stderr = print(&project, &["-l", "fr", "--sheet", "SRA4"]);
    let message = "marks on SRA4 (320×225 mm) extend 3.5 mm into the edge that the press cannot print";
    assert_contains(&stderr, &["W0814", message, "use a sheet of at least 320×232 mm"]);
    assert_silent(&print(&project, &["-l", "fr", "--sheet", "SRA4", "--margin", "0"]));
    assert_silent(&print(&project, &["-l", "fr"]));
    let stderr = print(&project, &["-l", "fr", "--sheet", "320x238", "--gripper", "12"]);
    assert_contains(&stderr, &["W0814", "mm into the edge"]);
    assert_silent(&print(&project, &["-l", "fr", "--sheet", "320x240", "--gripper", "12", "--no-marks"]));
}

#[test]
fn a_sheet_in_millimetres_is_not_turned() {
    let project = card("");
    print(&project, &["-l", "fr", "--sheet", "400x200", "--layout", "n-up", "--up", "2x2", "--copies", "4"]);
    let part = &ticket(&project)["files"][0]["parts"][0];
    assert_eq!(part["sheet"], "400×200 mm");
    assert_eq!(part["sheet-mm"], serde_json::json!([400.0, 200.0]));
    assert_eq!(page_box(pages(&open(&project, "certificate-fr.pdf"))[0], "MediaBox"), [0, 0, 40000, 20000]);
    let project = card("");
    let stderr = print_failing(&project, &["-l", "fr", "--sheet", "100x400", "--layout", "n-up", "--up", "2x1"]);
    assert_contains(&stderr, &["E0802", "the turned sheet fits (--sheet 400x100)"]);
}

#[test]
fn blank_backs_and_surplus_certificates_are_reported() {
    let blank = "the backs are blank: each `certificate` in `fr` has one page";
    let one = card("");
    for duplex in ["sheetwise", "work-and-turn", "work-and-tumble"] {
        assert_contains(&print(&one, &["-l", "fr", "--duplex", duplex, "--copies", "2"]), &["W0815", blank]);
        assert_silent(&print(&card_with_back(), &["-l", "fr", "--duplex", duplex, "--copies", "2"]));
    }
    let numbered = card_with_back().edit(CERTIFICATE, "Back", "Back {{city.serial}}");
    let stderr = print(&numbered, &["-l", "fr", "--duplex", "work-and-turn", "--copies", "3"]);
    let message =
        "prints each page twice, so 1 numbered document would exist once more than ordered: certificate-beijing";
    assert_contains(&stderr, &["W0816", message]);
    for arguments in [["work-and-turn", "4"], ["sheetwise", "3"]] {
        let [duplex, copies] = arguments;
        assert_silent(&print(&numbered, &["-l", "fr", "--duplex", duplex, "--copies", copies]));
    }
}

#[test]
fn the_cover_names_the_plates() {
    let project = ProjectDir::new();
    print(&project, &["-l", "en", "--finish", "foil", "--cover"]);
    let document = open(&project, "certificate-en.pdf");
    let text = document.extract_text(&[1]).unwrap();
    assert!(text.contains("Foil"), "{text}");
}
