//! Which document is on which sheet, and sheets that are printed again.

use lopdf::ObjectId;
use serde_json::json;

use super::marks::operators;
use super::sheets::{card, open, pages, print, print_failing, ticket, with_five_cities};
use crate::support::assert_contains;

const TWO_UP: &[&str] = &["-l", "en", "--layout", "n-up", "--up", "1x2", "--sheet", "A4"];

#[test]
fn the_ticket_says_what_is_where() {
    let project = with_five_cities(card("{{city.serial}} #pagebreak() #v(35mm) Back"));
    print(&project, &[TWO_UP, &["--duplex", "sheetwise"]].concat());
    let file = &ticket(&project)["files"][0];
    let sides = file["parts"][0]["sides"].as_array().unwrap();
    assert_eq!(sides.len(), 6, "front and back of three sheets");
    assert_eq!((&sides[2]["sheet"], &sides[2]["face"]), (&json!(2), &json!("front")));
    let fronts = sides[2]["pages"].as_array().unwrap();
    assert_eq!(
        fronts[0],
        json!({ "report": "certificate", "city": "fictive-3", "page": 1, "serial": "2025-01-0003", "at-mm": [62.5, 151.5] })
    );
    assert_eq!(fronts[1]["serial"], "2025-01-0004");
    assert_eq!((&sides[3]["face"], &sides[3]["pages"][0]["page"]), (&json!("back"), &json!(2)));
    assert_eq!(sides[4]["pages"].as_array().unwrap().len(), 1, "the last sheet has one certificate");
    // The same job has the same identity, another one has not.
    let identity = file["identity"].clone();
    assert_eq!(identity.as_str().unwrap().len(), 8);
    print(&project, &[TWO_UP, &["--duplex", "sheetwise"]].concat());
    assert_eq!(ticket(&project)["files"][0]["identity"], identity);
    print(&project, &[TWO_UP, &["--duplex", "sheetwise", "--copies", "2"]].concat());
    assert_ne!(ticket(&project)["files"][0]["identity"], identity);
}

#[test]
fn a_spoiled_sheet_is_printed_again_as_it_was() {
    let project = with_five_cities(card("{{city.serial}}"));
    print(&project, &[TWO_UP, &["--cover"]].concat());
    let whole = open(&project, "certificate-en.pdf");
    let untouched = ["certificate-en.pdf", "ticket.json"].map(|file| project.read_bytes(&format!("print/{file}")));
    let (stdout, stderr) = project.run_ok(&[&["print"], TWO_UP, &["--cover", "--only-sheets", "2-3"]].concat());
    assert_eq!(stdout, "print/certificate-en-reprint.pdf\n");
    assert_contains(&stderr, &["on 2 sheets"]);
    let reprint = open(&project, "certificate-en-reprint.pdf");
    assert_eq!((pages(&whole).len(), pages(&reprint).len()), (4, 2), "a cover and three sheets, and two sheets");
    let ids = |document: &lopdf::Document| document.page_iter().collect::<Vec<ObjectId>>();
    for (again, before) in ids(&reprint).into_iter().zip(ids(&whole).into_iter().skip(2)) {
        assert_eq!(reprint.get_page_content(again), whole.get_page_content(before));
        let drawn = |document, page| format!("{:?}", operators(document, page));
        assert_eq!(drawn(&reprint, again), drawn(&whole, before));
    }
    // The other sheets are not in the file, nor is any file of the whole job changed.
    assert!(reprint.objects.len() < whole.objects.len());
    let text = reprint.extract_text(&[1, 2]).unwrap();
    assert!(text.contains("sheet 2 of 3") && text.contains("Fictive 3") && !text.contains("Fictive 1"), "{text}");
    assert_eq!(
        untouched,
        ["certificate-en.pdf", "ticket.json"].map(|file| project.read_bytes(&format!("print/{file}")))
    );
}

#[test]
fn a_sheet_that_the_job_does_not_have_is_an_error() {
    let project = with_five_cities(card(""));
    let stderr = print_failing(&project, &[TWO_UP, &["--only-sheets", "2,4"]].concat());
    assert_contains(&stderr, &["E0802", "there is no sheet 4: the job ends with sheet 3"]);
    assert_eq!(project.run(&["print", "--only-sheets", "3-1"]).2, 2);
}
