//! Fields on stock printed beforehand: where they stand, what they hold, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod common;

use common::{LANGUAGES, Shop};
use lopdf::content::Content;
use lopdf::{Document, Object};

const EXAMPLE: &str = include_str!("stock/stock.yaml");

/// The city's name from its start, around its middle, to its end, and running down the page.
const FOUR: &str = "
name: four
page: {width: 297, height: 210}
fields:
  a: {text: '{{t \"certificate-city\" city=city}}', x: 20, y: 30.5, size: 24}
  b: {text: '{{t \"certificate-city\" city=city}}', x: 148.5, y: 60, size: 24, align: center}
  c: {text: '{{t \"certificate-city\" city=city}}', x: 277, y: 90, size: 24, align: end}
  d: {text: '{{t \"certificate-city\" city=city}}', x: 250, y: 100, size: 24, rotate: 90}
";

fn shop(stock: &str) -> Shop {
    Shop::new().file("stock.yaml", stock).file("stock.png", include_bytes!("stock/stock.png"))
}

/// Runs `print` on the stock, which must go well.
fn print(shop: &Shop, arguments: &[&str]) -> String {
    let (stdout, stderr, code) = shop.run(&[&["print", "--stock", "stock.yaml", "--out", "out"], arguments].concat());
    assert_eq!(code, 0, "{stderr}");
    stdout
}

fn bytes(shop: &Shop, path: &str) -> Vec<u8> {
    std::fs::read(shop.path().join(path)).unwrap()
}

/// Where each line of text starts on a page, in millimetres from its upper left corner, read from the PDF.
fn starts(pdf: &[u8], page: u32) -> Vec<(f64, f64)> {
    const MM: f64 = 25.4 / 72.0;
    let document = Document::load_mem(pdf).unwrap();
    let id = document.get_pages()[&page];
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    let height = {
        let page = document.get_dictionary(id).unwrap();
        number(&page.get(b"MediaBox").unwrap().as_array().unwrap()[3])
    };
    let times = |a: [f64; 6], b: [f64; 6]| {
        [
            a[0] * b[0] + a[1] * b[2],
            a[0] * b[1] + a[1] * b[3],
            a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4],
            a[4] * b[1] + a[5] * b[3] + b[5],
        ]
    };
    let mut now = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let (mut below, mut found) = (Vec::new(), Vec::new());
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    for operation in content.operations {
        let matrix = || -> [f64; 6] { std::array::from_fn(|i| number(&operation.operands[i])) };
        match operation.operator.as_str() {
            "q" => below.push(now),
            "Q" => now = below.pop().unwrap(),
            "cm" => now = times(matrix(), now),
            "Tm" => {
                let at = times(matrix(), now);
                found.push((at[4] * MM, (height - at[5]) * MM));
            }
            _ => {}
        }
    }
    found
}

#[track_caller]
fn near(found: (f64, f64), place: (f64, f64)) {
    let off = (found.0 - place.0).abs().max((found.1 - place.1).abs());
    assert!(off < 0.02, "{found:?} is {off:.3} mm from {place:?}");
}

#[test]
fn each_field_stands_at_its_place_in_every_language() {
    let shop = shop(FOUR);
    print(&shop, &[]);
    for language in ["fr", "zh", "en"] {
        let [a, b, c, d] = starts(&bytes(&shop, &format!("out/{language}/stock-four.pdf")), 1)[..4] else {
            panic!("four lines in {language}")
        };
        near(a, (20.0, 30.5));
        near(d, (250.0, 100.0));
        // The same text is as wide in its middle as at its end.
        let width = 277.0 - c.0;
        assert!((20.0..40.0).contains(&width), "{width}");
        near(b, (148.5 - width / 2.0, 60.0));
        near(c, (277.0 - width, 90.0));
    }
}

/// From right to left a text starts at its right edge.
#[test]
fn a_page_from_right_to_left_starts_at_the_right() {
    let shop = shop(FOUR);
    let arguments = ["print", "--stock", "stock.yaml", "--out", "out", "-l", "ar", "-c", "port-azure"];
    let (_, stderr, code) = shop.run_in(LANGUAGES, &arguments);
    // At x = 20 there are 20 mm to the left of the text, too few for this name.
    assert!(code == 1 && stderr.contains("`a` of port-azure in `ar` needs"), "{stderr}");
    std::fs::write(shop.path().join("stock.yaml"), FOUR.replace("x: 20,", "x: 120,").replace("x: 277,", "x: 222,"))
        .unwrap();
    let (_, stderr, code) = shop.run_in(LANGUAGES, &arguments);
    assert_eq!(code, 0, "{stderr}");
    let found = starts(&bytes(&shop, "out/ar/stock-four.pdf"), 1);
    assert!(found[0].0 < 115.0, "{found:?}");
    let end = found.iter().find(|(_, y)| (y - 90.0).abs() < 0.02).unwrap();
    near(*end, (222.0, 90.0));
}

#[test]
fn the_printer_s_offset_moves_everything_by_just_that() {
    let stock = EXAMPLE.to_owned();
    let shop = shop(&stock);
    print(&shop, &["-l", "fr"]);
    let here = starts(&bytes(&shop, "out/fr/stock-certificate.pdf"), 1);
    let moved = |arguments: &[&str], dx: f64, dy: f64| {
        print(&shop, &[&["-l", "fr"], arguments].concat());
        let there = starts(&bytes(&shop, "out/fr/stock-certificate.pdf"), 1);
        assert_eq!(here.len(), there.len());
        // The line that says it is a specimen belongs to the page.
        for (a, b) in here.iter().zip(&there).filter(|((_, y), _)| *y < 200.0) {
            near(*b, (a.0 + dx, a.1 + dy));
        }
    };
    moved(&["--offset-x", "1.25", "--offset-y", "-0.75"], 1.25, -0.75);
    moved(&["--printer", "office"], 0.4, -0.8);
    moved(&["--printer", "office", "--offset-x", "-2"], -2.0, -0.8);
    let screen = shop.refused(&["print", "--stock", "stock.yaml", "--printer", "offise"]);
    assert!(screen.contains("E0811") && screen.contains("did you mean `office`?"), "{screen}");
}

#[test]
fn a_page_for_each_city_and_copy() {
    let results = include_str!("languages/reports/results.yaml");
    let cities = results.matches("status: selected").count();
    assert!(cities > 1);
    let shop = shop(EXAMPLE);
    let (_, stderr, code) = shop.run_in(
        LANGUAGES,
        &["print", "--stock", "stock.yaml", "--out", "out", "-l", "ja", "--copies", "2,port-azure=1"],
    );
    assert_eq!(code, 0, "{stderr}");
    let document = Document::load_mem(&bytes(&shop, "out/ja/stock-certificate.pdf")).unwrap();
    assert_eq!(document.get_pages().len(), cities * 2 - 1);
}

#[test]
fn a_stock_has_nothing_of_a_sheet() {
    let (_, stderr, code) = shop(EXAMPLE).run(&["print", "--stock", "stock.yaml", "--layout", "booklet"]);
    assert!(code == 2 && stderr.contains("'--stock <FILE>' cannot be used with '--layout"), "{stderr}");
    let screen = shop(EXAMPLE).refused(&["print", "--stock", "stock.yaml", "-l", "zh+en"]);
    assert!(screen.contains("in one language, not in `zh+en`"), "{screen}");
    // What is wrong in every language is told once.
    let screen =
        shop(&EXAMPLE.replacen("y: 108", "y: 240", 1)).refused(&["print", "--stock", "stock.yaml", "-l", "fr,en"]);
    assert_eq!(screen.matches("does not stand on the page").count(), 1, "{screen}");
    let screen = shop(EXAMPLE).refused(&["print", "--stock", "stok.yaml"]);
    assert!(screen.contains("E0001") && screen.contains("`stok.yaml` cannot be read"), "{screen}");
}

#[test]
fn only_black_ink_is_printed_and_the_same_bytes_each_time() {
    let shop = shop(EXAMPLE);
    print(&shop, &["-l", "zh,en"]);
    let first = bytes(&shop, "out/zh/stock-certificate.pdf");
    print(&shop, &["-l", "zh"]);
    assert!(first == bytes(&shop, "out/zh/stock-certificate.pdf"));
    let document = Document::load_mem(&first).unwrap();
    let id = document.get_pages()[&1];
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let mut inks = 0;
    for operation in &content.operations {
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
fn a_long_text_is_set_smaller_and_then_refused() {
    let name = "Villeneuve-Saint-Georges-sur-Mer";
    let long = |name: &str| {
        let mut results = common::RESULTS.to_owned();
        results = results.replacen("      fr: Beijing\n", &format!("      fr: {name}\n"), 1);
        shop(EXAMPLE).file("reports/results.yaml", results)
    };
    let (_, stderr, code) = long(name).run(&["print", "--stock", "stock.yaml", "--out", "out", "-l", "fr"]);
    assert!(code == 0 && stderr.contains("one text was set smaller"), "{stderr}");
    let twice = long(&format!("{name}-{name}"));
    let screen = twice.refused(&["print", "--stock", "stock.yaml", "--out", "out", "-l", "fr"]);
    for part in
        ["E0812", "`city` of beijing in `fr` needs", "at its smallest size of 30 pt, and has 210.0 mm", "stock.yaml:"]
    {
        assert!(screen.contains(part), "no {part:?} in:\n{screen}");
    }
    assert!(twice.made().is_empty());
}

/// Runs the stock with one line changed, which must be refused with all of these, and nothing made.
#[track_caller]
fn refused(from: &str, to: &str, parts: &[&str]) {
    assert!(EXAMPLE.contains(from), "the stock holds no {from:?}");
    let shop = shop(&EXAMPLE.replacen(from, to, 1));
    let screen = shop.refused(&["print", "--stock", "stock.yaml", "--out", "out", "-l", "fr"]);
    for part in parts {
        assert!(screen.contains(part), "no {part:?} in:\n{screen}");
    }
    assert!(shop.made().is_empty());
}

#[test]
fn mistakes_are_told_where_they_stand() {
    let line = |needle: &str| EXAMPLE.lines().position(|l| l.contains(needle)).unwrap() + 1;
    let at = |needle: &str, column: usize| format!("stock.yaml:{}:{column}", line(needle));
    refused(
        "min-size: 30",
        "minsize: 30",
        &["E0102", "no key `minsize`", "did you mean `min-size`?", &at("min-size: 30", 5)],
    );
    refused("y: 108", "y: 240", &["E0811", "`city` is not on the page", "ends at 210 mm", &at("y: 108", 8)]);
    refused("min-size: 30", "min-size: 60", &["E0811", "`min-size` is 60, but `size` is 54", &at("min-size: 30", 15)]);
    refused("width: 210\n    by", "width: 299\n    by", &["E0811", "`city` leaves the page: it has room for 297.0 mm"]);
    refused("side: 30", "side: 120", &["E0811", "`code` leaves the page", &at("side: 30", 11)]);
    refused("font: name", "font: nmae", &["E0502", "no font family “nmae”", &at("font: name", 11)]);
    refused("align: center", "align: middle", &["E0103", "`middle` is no alignment", "there is: start, center, end"]);
    refused("zh: {y: 110", "zz: {y: 106", &["E0103", "`zz` is no language of the project"]);
    refused("x: 148.5", "x: wide", &["E0103", "this is not a distance in millimetres", &at("x: 148.5", 8)]);
    refused("    x: 148.5\n", "", &["E0104", "the field `city` has no `x` in `fr`"]);
    refused("width: 297,", "", &["E0104", "the page has no `width`"]);
    refused("{{code city.address}}", "{{city.address}}", &["E0811", "a code is one call of `code`"]);
    refused("name: certificate", "name: ../x", &["E0103", "cannot be an identifier"]);
    refused("y: 108", "y: 3", &["E0812", "`city` of beijing in `fr` leaves the page", "mm above its line"]);
}

#[test]
fn a_mistake_in_a_text_points_into_the_stock() {
    let serial = "text: '{{t \"certificate-serial\" serial=city.serial}}'";
    let at = |needle: &str| {
        let line = EXAMPLE.lines().position(|l| l.contains(needle)).unwrap();
        let column = EXAMPLE.lines().nth(line).unwrap().find("{{").unwrap();
        format!("stock.yaml:{}:{}", line + 1, column + 1)
    };
    refused(
        serial,
        "text: '{{t \"certificate-seriel\" serial=city.serial}}'",
        &["E0202", "certificate-seriel", &at(serial)],
    );
    refused("WIOTC {{city.serial}}", "WIOTC {{city.serail}}", &["E0302", &at("WIOTC {{")]);
    refused(
        "WIOTC {{city.serial}}",
        "WIOTC {{image city.photo}}",
        &["E0301", "`image` prints Typst code", &at("WIOTC {{")],
    );
    refused("WIOTC {{city.serial}}", "WIOTC {{#if city}}", &["E0301", "not valid Handlebars"]);
}

#[test]
fn literal_text_is_text_and_str_prints_like_t() {
    let shop = shop(&FOUR.replacen(
        "{{t \"certificate-city\" city=city}}",
        "#panic() *{{str \"certificate-city\" city=city}}*",
        1,
    ));
    print(&shop, &["-l", "en"]);
}

#[test]
fn a_character_without_a_glyph_is_refused() {
    refused("WIOTC {{city.serial}}", "WIOTC ꙮ", &["E0501", "U+A66E", "stock.yaml:"]);
}

/// A letter and its accent become one character, which every reader finds.
#[test]
fn text_is_composed() {
    let pdf = |text: &str| {
        let shop = shop(&FOUR.replacen("{{t \"certificate-city\" city=city}}", text, 1));
        print(&shop, &["-l", "fr"]);
        bytes(&shop, "out/fr/stock-four.pdf")
    };
    assert!(pdf("Re\u{301}gion") == pdf("R\u{e9}gion"));
}

#[test]
fn calibration_and_proof_are_files_of_their_own() {
    let shop = shop(EXAMPLE);
    assert_eq!(print(&shop, &["-l", "en", "--calibration"]), "out/en/stock-certificate-calibration.pdf\n");
    assert_eq!(print(&shop, &["-l", "en", "--proof", "--printer", "office"]), "out/en/stock-certificate-proof.pdf\n");
    print(&shop, &["-l", "en"]);
    // The proof holds what is printed, over the scan.
    let proof = bytes(&shop, "out/en/stock-certificate-proof.pdf");
    assert_eq!(starts(&proof, 1), starts(&bytes(&shop, "out/en/stock-certificate.pdf"), 1));
    let images = |pdf: &[u8]| {
        let document = Document::load_mem(pdf).unwrap();
        let subtype = |o: &Object| o.as_stream().ok()?.dict.get(b"Subtype").ok()?.as_name().ok().map(<[u8]>::to_vec);
        document.objects.values().filter(|o| subtype(o).as_deref() == Some(b"Image")).count()
    };
    assert_eq!((images(&proof), images(&bytes(&shop, "out/en/stock-certificate.pdf"))), (1, 0));
}

#[test]
fn a_scan_that_cannot_serve_is_told() {
    let proof = ["print", "--stock", "stock.yaml", "--out", "out", "-l", "en", "--proof"];
    let changed = |to: &str| shop(&EXAMPLE.replacen("scan: stock.png\n", to, 1));
    for (to, parts) in [
        ("", &["E0811", "a proof needs an image of the stock"][..]),
        (
            "scan: other.png\n",
            &["E0304", "cannot read the image `other.png`: there is no such file", "stock.yaml:10:7"],
        ),
        ("scan: ../stock.png\n", &["E0304", "the path leaves the project"]),
        ("scan: stock.yaml\n", &["E0304", "stock.yaml:10:7", "use PNG"]),
    ] {
        let screen = changed(to).refused(&proof);
        parts.iter().for_each(|part| assert!(screen.contains(part), "no {part:?} in:\n{screen}"));
    }
    let narrow = shop(&EXAMPLE.replacen("height: 210", "height: 200", 1));
    let (_, stderr, code) = narrow.run(&proof);
    assert!(code == 0 && stderr.contains("W0813") && stderr.contains("1.41 times as wide"), "{stderr}");
}
