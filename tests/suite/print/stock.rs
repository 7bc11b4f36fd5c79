//! Fields on pre-printed stock: their places, their content, and mistakes in the description of a stock.

use lopdf::{Document, Object};

use super::marks::operators;
use super::sheets::{page_box, pages, with_five_cities};
use crate::runs::project_with_table;
use crate::support::{LANGUAGES, ProjectDir, RESULTS_FILE, assert_contains};

const EXAMPLE: &str = include_str!("../../stock/stock.yaml");

/// The city's name aligned at its start, its middle and its end, and rotated to run down the page.
const FOUR: &str = "
name: four
page: {width: 297, height: 210}
fields:
  a: {text: '{{t \"certificate-city\" city=city}}', x: 20, y: 30.5, size: 24}
  b: {text: '{{t \"certificate-city\" city=city}}', x: 148.5, y: 60, size: 24, align: center}
  c: {text: '{{t \"certificate-city\" city=city}}', x: 277, y: 90, size: 24, align: end}
  d: {text: '{{t \"certificate-city\" city=city}}', x: 250, y: 100, size: 24, rotate: 90}
";

fn project_with(stock: &str) -> ProjectDir {
    ProjectDir::new().file("stock.yaml", stock).file("stock.png", include_bytes!("../../stock/stock.png"))
}

/// Runs `print` on the stock, which must succeed; returns standard output.
#[track_caller]
fn print(project: &ProjectDir, arguments: &[&str]) -> String {
    project.run_ok(&[&["print", "--stock", "stock.yaml", "--out", "out"], arguments].concat()).0
}

/// Where each line of text starts on a page of a PDF, in millimetres from the upper left corner.
fn line_starts(pdf: &[u8], page: u32) -> Vec<(f64, f64)> {
    const MM: f64 = 25.4 / 72.0;
    let document = Document::load_mem(pdf).unwrap();
    let id = document.get_pages()[&page];
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    let height = {
        let page = document.get_dictionary(id).unwrap();
        number(&page.get(b"MediaBox").unwrap().as_array().unwrap()[3])
    };
    let multiply = |a: [f64; 6], b: [f64; 6]| {
        [
            a[0] * b[0] + a[1] * b[2],
            a[0] * b[1] + a[1] * b[3],
            a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4],
            a[4] * b[1] + a[5] * b[3] + b[5],
        ]
    };
    let mut current = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let (mut saved, mut found) = (Vec::new(), Vec::new());
    for operation in operators(&document, id) {
        let matrix = || -> [f64; 6] { std::array::from_fn(|i| number(&operation.operands[i])) };
        match operation.operator.as_str() {
            "q" => saved.push(current),
            "Q" => current = saved.pop().unwrap(),
            "cm" => current = multiply(matrix(), current),
            "Tm" => {
                let at = multiply(matrix(), current);
                found.push((at[4] * MM, (height - at[5]) * MM));
            }
            _ => {}
        }
    }
    found
}

#[track_caller]
fn assert_near(found: (f64, f64), place: (f64, f64)) {
    let distance = (found.0 - place.0).abs().max((found.1 - place.1).abs());
    assert!(distance < 0.02, "{found:?} is {distance:.3} mm from {place:?}");
}

#[test]
fn each_field_is_at_its_place_in_every_language() {
    let project = project_with(FOUR);
    print(&project, &[]);
    for language in ["fr", "zh", "en"] {
        let [a, b, c, d] = line_starts(&project.read_bytes(&format!("out/{language}/stock-four.pdf")), 1)[..4] else {
            panic!("four lines in {language}")
        };
        assert_near(a, (20.0, 30.5));
        assert_near(d, (250.0, 100.0));
        // The same text has the same width however it is aligned.
        let width = 277.0 - c.0;
        assert!((20.0..40.0).contains(&width), "{width}");
        assert_near(b, (148.5 - width / 2.0, 60.0));
        assert_near(c, (277.0 - width, 90.0));
    }
}

/// In a right-to-left language a text starts at its right edge.
#[test]
fn a_right_to_left_field_starts_at_its_right_edge() {
    let project = project_with(FOUR);
    let arguments = ["print", "--stock", "stock.yaml", "--out", "out", "-l", "ar", "-c", "port-azure"];
    let (_, stderr, code) = project.run_on(LANGUAGES, &arguments);
    // At x = 20 there are 20 mm to the left of the text, too few for this name.
    assert!(code == 1 && stderr.contains("`a` of port-azure in `ar` is 30.3 mm wide"), "{stderr}");
    let project = project.file("stock.yaml", FOUR.replace("x: 20,", "x: 120,").replace("x: 277,", "x: 222,"));
    let (_, stderr, code) = project.run_on(LANGUAGES, &arguments);
    assert_eq!(code, 0, "{stderr}");
    let found = line_starts(&project.read_bytes("out/ar/stock-four.pdf"), 1);
    assert!(found[0].0 < 115.0, "{found:?}");
    let end = found.iter().find(|(_, y)| (y - 90.0).abs() < 0.02).unwrap();
    assert_near(*end, (222.0, 90.0));
}

#[test]
fn the_offset_of_a_printer_moves_everything() {
    let project = project_with(EXAMPLE);
    print(&project, &["-l", "fr"]);
    let original = line_starts(&project.read_bytes("out/fr/stock-certificate.pdf"), 1);
    let assert_moved = |arguments: &[&str], dx: f64, dy: f64| {
        print(&project, &[&["-l", "fr"], arguments].concat());
        let moved = line_starts(&project.read_bytes("out/fr/stock-certificate.pdf"), 1);
        assert_eq!(original.len(), moved.len());
        // Also the line at the foot that marks a specimen.
        for (a, b) in original.iter().zip(&moved) {
            assert_near(*b, (a.0 + dx, a.1 + dy));
        }
    };
    assert_moved(&["--offset-x", "1.25", "--offset-y", "-0.75"], 1.25, -0.75);
    assert_moved(&["--printer", "office"], 0.4, -0.8);
    assert_moved(&["--printer", "office", "--offset-x", "-2"], -2.0, -0.8);
    let stderr = project.run_failing(&["print", "--stock", "stock.yaml", "--printer", "offise"]);
    assert!(stderr.contains("E0811") && stderr.contains("did you mean `office`?"), "{stderr}");
}

#[test]
fn each_copy_for_each_city_is_a_page() {
    let results = include_str!("../../languages/reports/results.yaml");
    let cities = results.matches("status: selected").count();
    assert!(cities > 1);
    let project = project_with(EXAMPLE);
    let (_, stderr, code) = project.run_on(
        LANGUAGES,
        &["print", "--stock", "stock.yaml", "--out", "out", "-l", "ja", "--copies", "2,port-azure=1"],
    );
    assert_eq!(code, 0, "{stderr}");
    let document = Document::load_mem(&project.read_bytes("out/ja/stock-certificate.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), cities * 2 - 1);
}

#[test]
fn copies_share_their_content_and_are_limited() {
    let project = project_with(EXAMPLE);
    let print = ["print", "--stock", "stock.yaml", "-l", "fr", "--copies"];
    project.run_ok(&[&print[..], &["1", "--out", "one"]].concat());
    project.run_ok(&[&print[..], &["2000", "--out", "many"]].concat());
    let length = |folder: &str| project.read_bytes(&format!("{folder}/fr/stock-certificate.pdf")).len();
    assert!(length("many") < length("one") + 2000 * 200, "{} and {} bytes", length("one"), length("many"));
    let stderr = project.run_failing(&[&print[..], &["20001"]].concat());
    assert!(stderr.contains("E0811") && stderr.contains("the run has more than 20000 pages"), "{stderr}");
}

#[test]
fn stock_cannot_be_folded_or_combined_with_language_pairs() {
    let refused = |arguments: &[&str]| {
        let (_, stderr, code) = project_with(EXAMPLE).run(&[&["print", "--stock", "stock.yaml"], arguments].concat());
        assert_eq!(code, 2, "{stderr}");
        stderr
    };
    assert_contains(&refused(&["--duplex", "sheetwise"]), &["'--stock <FILE>' cannot be used with '--duplex"]);
    assert_contains(
        &refused(&["--margin", "5"]),
        &["with `--stock`, `--margin` requires `--sheet`, `--up` or `--layout`"],
    );
    assert_contains(&refused(&["--proof", "--up", "1x2"]), &["'--proof' cannot be used with '--up"]);
    let stderr = project_with(EXAMPLE).run_failing(&["print", "--stock", "stock.yaml", "--layout", "booklet"]);
    assert_contains(&stderr, &["E0802", "pre-printed stock cannot be folded as a booklet"]);
    let stderr = project_with(EXAMPLE).run_failing(&["print", "--stock", "stock.yaml", "-l", "zh+en"]);
    assert!(stderr.contains("`zh+en` is a pair of languages"), "{stderr}");
    // A mistake in all languages is reported once.
    let stderr = project_with(&EXAMPLE.replacen("y: 108", "y: 240", 1)).run_failing(&[
        "print",
        "--stock",
        "stock.yaml",
        "-l",
        "fr,en",
    ]);
    assert_eq!(stderr.matches("is not on the page").count(), 1, "{stderr}");
    let stderr = project_with(EXAMPLE).run_failing(&["print", "--stock", "stok.yaml"]);
    assert!(stderr.contains("E0001") && stderr.contains("`stok.yaml` cannot be read"), "{stderr}");
}

#[test]
fn only_black_ink_is_used_and_the_bytes_are_reproducible() {
    let project = project_with(EXAMPLE);
    print(&project, &["-l", "zh,en"]);
    let first = project.read_bytes("out/zh/stock-certificate.pdf");
    print(&project, &["-l", "zh"]);
    assert!(first == project.read_bytes("out/zh/stock-certificate.pdf"));
    let document = Document::load_mem(&first).unwrap();
    let id = document.get_pages()[&1];
    let mut inks = 0;
    for operation in &operators(&document, id) {
        match operation.operator.as_str() {
            "k" | "K" | "scn" | "sc" | "SCN" | "SC" => {
                let ink: Vec<f32> = operation.operands.iter().map(|o| o.as_float().unwrap()).collect();
                assert_eq!(ink, [0.0, 0.0, 0.0, 1.0]);
                inks += 1;
            }
            "rg" | "RG" | "g" | "G" => panic!("another colour: {operation:?}"),
            _ => {}
        }
    }
    assert!(inks > 0);
}

#[test]
fn a_long_text_is_set_smaller_down_to_a_limit() {
    let name = "Villeneuve-Saint-Georges-sur-Mer";
    let long =
        |name: &str| project_with(EXAMPLE).edit(RESULTS_FILE, "      fr: Beijing\n", &format!("      fr: {name}\n"));
    let (_, stderr, code) = long(name).run(&["print", "--stock", "stock.yaml", "--out", "out", "-l", "fr"]);
    assert!(code == 0 && stderr.contains("reduced the font size in 1 field to make the text fit"), "{stderr}");
    let twice = long(&format!("{name}-{name}"));
    let stderr = twice.run_failing(&["print", "--stock", "stock.yaml", "--out", "out", "-l", "fr"]);
    assert_contains(
        &stderr,
        &[
            "E0812",
            "`city` of beijing in `fr` is",
            "at its smallest size of 30 pt, but the field is 210.0 mm",
            "stock.yaml:",
        ],
    );
    assert!(twice.output_files().is_empty());
}

/// Prints on the stock with one line changed: it must fail with a message that contains all parts, and write nothing.
#[track_caller]
fn assert_error(from: &str, to: &str, parts: &[&str]) {
    assert!(EXAMPLE.contains(from), "the stock does not contain {from:?}");
    let project = project_with(&EXAMPLE.replacen(from, to, 1));
    let stderr = project.run_failing(&["print", "--stock", "stock.yaml", "--out", "out", "-l", "fr"]);
    assert_contains(&stderr, parts);
    assert!(project.output_files().is_empty());
}

#[test]
fn mistakes_in_the_stock_are_reported_at_their_places() {
    let line = |needle: &str| EXAMPLE.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let at = |needle: &str, column: usize| format!("stock.yaml:{}:{column}", line(needle));
    assert_error(
        "min-size: 30",
        "minsize: 30",
        &["E0102", "unknown key `minsize`", "did you mean `min-size`?", &at("min-size: 30", 5)],
    );
    assert_error("y: 108", "y: 240", &["E0811", "`city` is not on the page", "ends at 210 mm", &at("y: 108", 8)]);
    assert_error(
        "min-size: 30",
        "min-size: 60",
        &["E0811", "`min-size` is 60, but `size` is 54", &at("min-size: 30", 15)],
    );
    assert_error(
        "width: 210\n    by",
        "width: 299\n    by",
        &["E0811", "`city` extends beyond the page: only 297.0 mm are available"],
    );
    assert_error("side: 30", "side: 120", &["E0811", "`code` extends beyond the page", &at("side: 30", 11)]);
    assert_error("font: name", "font: nmae", &["E0502", "no font family “nmae”", &at("font: name", 11)]);
    assert_error(
        "align: center",
        "align: middle",
        &["E0103", "`middle` is not a valid alignment", "available: start, center, end"],
    );
    assert_error("zh: {y: 110", "zz: {y: 106", &["E0103", "`zz` is not a valid language of the project"]);
    assert_error(
        "x: 148.5",
        "x: wide",
        &["E0103", "expected a distance in millimetres from -2000 to 2000", &at("x: 148.5", 8)],
    );
    assert_error("    x: 148.5\n", "", &["E0104", "the field `city` has no `x` in `fr`"]);
    assert_error("width: 297,", "", &["E0104", "missing key `width` in the page"]);
    assert_error("{{code city.address}}", "{{city.address}}", &["E0811", "must be a single call of `code`"]);
    assert_error("name: certificate", "name: ../x", &["E0103", "cannot be an identifier"]);
    assert_error(
        "y: 108",
        "y: 3",
        &["E0812", "`city` of beijing in `fr` extends beyond the page", "mm above its line"],
    );
}

#[test]
fn mistakes_in_the_text_of_a_field_are_reported_at_their_places() {
    let serial = "text: '{{t \"certificate-serial\" serial=city.serial}}'";
    let at = |needle: &str| {
        let line = EXAMPLE.lines().position(|l| l.contains(needle)).unwrap();
        let column = EXAMPLE.lines().nth(line).unwrap().find("{{").unwrap();
        format!("stock.yaml:{}:{}", line + 1, column + 1)
    };
    assert_error(
        serial,
        "text: '{{t \"certificate-seriel\" serial=city.serial}}'",
        &["E0202", "certificate-seriel", &at(serial)],
    );
    assert_error("WIOTC {{city.serial}}", "WIOTC {{city.serail}}", &["E0302", &at("WIOTC {{")]);
    assert_error(
        "WIOTC {{city.serial}}",
        "WIOTC {{image city.photo}}",
        &["E0301", "`image` produces Typst code", &at("WIOTC {{")],
    );
    assert_error("WIOTC {{city.serial}}", "WIOTC {{#if city}}", &["E0301", "the block `{{#if}}` is not closed"]);
}

#[test]
fn literal_text_is_not_typst_code_and_str_prints_like_t() {
    let project = project_with(&FOUR.replacen(
        "{{t \"certificate-city\" city=city}}",
        "#panic() *{{str \"certificate-city\" city=city}}*",
        1,
    ));
    print(&project, &["-l", "en"]);
}

#[test]
fn a_character_without_a_glyph_is_an_error() {
    assert_error("WIOTC {{city.serial}}", "WIOTC ꙮ", &["E0501", "U+A66E", "stock.yaml:"]);
}

/// A letter and its accent become one character, so that searching a PDF finds it.
#[test]
fn text_is_normalized_to_composed_characters() {
    let pdf = |text: &str| {
        let project = project_with(&FOUR.replacen("{{t \"certificate-city\" city=city}}", text, 1));
        print(&project, &["-l", "fr"]);
        project.read_bytes("out/fr/stock-four.pdf")
    };
    assert!(pdf("Re\u{301}gion") == pdf("R\u{e9}gion"));
}

#[test]
fn calibration_and_proof_are_separate_files() {
    let project = project_with(EXAMPLE);
    assert_eq!(print(&project, &["-l", "en", "--calibration"]), "out/en/stock-certificate-calibration.pdf\n");
    assert_eq!(
        print(&project, &["-l", "en", "--proof", "--printer", "office"]),
        "out/en/stock-certificate-proof.pdf\n"
    );
    print(&project, &["-l", "en"]);
    // The proof shows the fields over a picture of the stock.
    let proof = project.read_bytes("out/en/stock-certificate-proof.pdf");
    assert_eq!(line_starts(&proof, 1), line_starts(&project.read_bytes("out/en/stock-certificate.pdf"), 1));
    let images = |pdf: &[u8]| {
        let document = Document::load_mem(pdf).unwrap();
        let subtype = |o: &Object| o.as_stream().ok()?.dict.get(b"Subtype").ok()?.as_name().ok().map(<[u8]>::to_vec);
        document.objects.values().filter(|o| subtype(o).as_deref() == Some(b"Image")).count()
    };
    assert_eq!((images(&proof), images(&project.read_bytes("out/en/stock-certificate.pdf"))), (1, 0));
}

/// Cutting and imposition programs place pages by this box (ISO 15930-7, 6.11).
#[test]
fn every_page_has_a_trim_box() {
    let project = project_with(EXAMPLE);
    print(&project, &["-l", "fr", "--copies", "2"]);
    let document = Document::load_mem(&project.read_bytes("out/fr/stock-certificate.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), 2);
    for page in document.page_iter() {
        let page = document.get_dictionary(page).unwrap();
        assert_eq!(page.get(b"TrimBox").unwrap(), page.get(b"MediaBox").unwrap());
    }
}

/// A label over the box of a field would hide what is measured there.
#[test]
fn no_label_of_a_calibration_covers_a_field() {
    let project = project_with(EXAMPLE);
    print(&project, &["-l", "fr", "--calibration"]);
    let labels = line_starts(&project.read_bytes("out/fr/stock-certificate-calibration.pdf"), 1);
    // Left, top, right and bottom of the boxes, from the stock file: sizes of type are 0.3528 mm a point.
    for (left, top, right, bottom) in
        [(43.5, 93.7, 253.5, 112.8), (53.5, 120.8, 243.5, 126.4), (35.0, 179.1, 69.0, 181.6)]
    {
        let inside = |(x, y): &&(f64, f64)| *x > left && *x < right && *y > top && *y < bottom;
        assert_eq!(labels.iter().find(inside), None, "{left} {top}");
    }
}

#[test]
fn a_scan_that_is_missing_or_unusable_is_reported() {
    let proof = ["print", "--stock", "stock.yaml", "--out", "out", "-l", "en", "--proof"];
    let changed = |to: &str| project_with(&EXAMPLE.replacen("scan: stock.png\n", to, 1));
    for (to, parts) in [
        ("", &["E0811", "a proof needs an image of the stock"][..]),
        (
            "scan: other.png\n",
            &["E0304", "cannot read the image `other.png`: there is no such file", "stock.yaml:10:7"],
        ),
        ("scan: ../stock.png\n", &["E0304", "the path leaves the project"]),
        ("scan: stock.yaml\n", &["E0304", "stock.yaml:10:7", "use PNG"]),
    ] {
        let stderr = changed(to).run_failing(&proof);
        assert_contains(&stderr, parts);
    }
    let narrow = project_with(&EXAMPLE.replacen("height: 210", "height: 200", 1));
    let (_, stderr, code) = narrow.run(&proof);
    assert!(code == 0 && stderr.contains("W0813") && stderr.contains("1.41 times as wide"), "{stderr}");
}

/// Two on a sheet: each field is as far from the corner of its piece as from the corner of a single page.
#[test]
fn several_pages_are_placed_on_a_sheet_with_marks() {
    let project = project_with(FOUR);
    print(&project, &["-l", "fr"]);
    let alone = line_starts(&project.read_bytes("out/fr/stock-four.pdf"), 1);
    let on_sheets = ["-l", "fr", "--sheet", "330x460", "--up", "1x2", "--gutter", "6", "--copies", "3"];
    let (edge, top, next) = ((330.0 - 297.0) / 2.0, (460.0 - 426.0) / 2.0, 216.0);
    // The printer's offset moves pages and marks alike.
    for (offset, (right, down)) in [(&[][..], (0.0, 0.0)), (&["--offset-x", "1.5", "--offset-y", "-2"], (1.5, -2.0))] {
        print(&project, &[&on_sheets, offset].concat());
        let pdf = project.read_bytes("out/fr/stock-four.pdf");
        let document = Document::load_mem(&pdf).unwrap();
        assert_eq!(pages(&document).len(), 2, "three pages, two on a sheet");
        let (left, upper) = (edge + right, 460.0 - top - down);
        let trim = [left, upper - 426.0, left + 297.0, upper].map(|mm: f64| (mm * 100.0).round() as i64);
        assert_eq!(page_box(pages(&document)[0], "MediaBox"), [0, 0, 33000, 46000]);
        assert_eq!(page_box(pages(&document)[0], "TrimBox"), trim);
        let placed = line_starts(&pdf, 1);
        for (piece, start) in [(0, top), (1, top + next)] {
            for (index, (x, y)) in alone.iter().enumerate() {
                assert_near(placed[piece * alone.len() + index], (x + left, y + start + down));
            }
        }
        // The crop mark above the upper left corner.
        let [x, y] = [left, upper + 1.0].map(|mm| mm * 72.0 / 25.4);
        let sheet = document.page_iter().next().unwrap();
        let is_there =
            operators(&document, sheet).iter().filter(|operation| operation.operator == "m").any(|operation| {
                let [mark_x, mark_y] = [0, 1].map(|n| f64::from(operation.operands[n].as_float().unwrap()));
                (mark_x - x).abs() < 0.01 && (mark_y - y).abs() < 0.01
            });
        assert!(is_there, "no crop mark at the upper left corner");
    }
    let text = Document::load_mem(&project.read_bytes("out/fr/stock-four.pdf")).unwrap().extract_text(&[2]).unwrap();
    assert!(text.contains("feuille 2 sur 2") && text.contains("Black") && !text.contains("Cyan"), "{text}");
    let too_far = [&["print", "--stock", "stock.yaml"], &on_sheets[..], &["--offset-y", "50"]].concat();
    assert_contains(&project.run_failing(&too_far), &["E0811", "moves the pages off the sheet"]);
}

/// A sheet for calibration has the rulers at every place.
#[test]
fn a_calibration_fills_the_sheet() {
    let project = project_with(FOUR);
    print(&project, &["-l", "fr", "--calibration"]);
    let alone = line_starts(&project.read_bytes("out/fr/stock-four-calibration.pdf"), 1).len();
    print(&project, &["-l", "fr", "--calibration", "--up", "1x2", "--no-marks"]);
    assert_eq!(line_starts(&project.read_bytes("out/fr/stock-four-calibration.pdf"), 1).len(), 2 * alone);
}

#[test]
fn the_output_intent_is_that_of_the_printing_condition() {
    let project = project_with(EXAMPLE);
    for arguments in [&["-l", "fr"][..], &["-l", "fr", "--up", "1x2"]] {
        print(&project, arguments);
        let document = Document::load_mem(&project.read_bytes("out/fr/stock-certificate.pdf")).unwrap();
        let intents = document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap();
        let name = intents[0].as_dict().unwrap().get(b"OutputConditionIdentifier").unwrap();
        assert_eq!(name.as_str().unwrap(), b"FOGRA39");
    }
}

#[test]
fn cities_that_are_read_one_by_one_are_printed_on_stock() {
    let project = project_with_table(1100).file("stock.yaml", FOUR);
    print(&project, &["-l", "en", "--city", "town-1050,town-3", "--copies", "town-3=2", "--sheet", "A3"]);
    let document = Document::load_mem(&project.read_bytes("out/en/stock-four.pdf")).unwrap();
    for (page, town) in [(1, "Town 3"), (2, "Town 3"), (3, "Town 1050")] {
        let text = document.extract_text(&[page]).unwrap();
        assert_contains(&text, &[&format!("sheet {page} of 3"), &format!("  ·  {town}\n")]);
    }
}

#[test]
fn stock_without_a_page_is_not_printed() {
    let cities = with_five_cities(ProjectDir::new());
    let project = cities.edit_all(RESULTS_FILE, "selected", "shortlisted").file("stock.yaml", FOUR);
    let stderr = project.run_failing(&["print", "--stock", "stock.yaml"]);
    assert_contains(&stderr, &["there is no selected city to print on the stock"]);
}
