//! `gen-report print`: pages on sheets for the press.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::fs;

use common::Shop;
use gen_report::typeset::Variant;
use lopdf::{Dictionary, Document, Object};
use serde_json::Value as Json;

/// A card of 85 × 55 mm in place of the certificate, with what is to be drawn on it.
fn card(drawn: &str) -> Shop {
    let head = "#set page(width: 85mm, height: 55mm, margin: 5mm, bleed: 3mm)\n\
                #set text(fill: cmyk(0%, 0%, 0%, 100%), font: (\"Source Sans 3\", \"Noto Sans SC\"), fallback: false)\n";
    Shop::new().file("reports/certificate/city.typ.hbs", format!("{head}{{{{city.name}}}} {drawn}"))
}

/// The first edition with five fictional cities in place of its own.
fn cities(shop: Shop) -> Shop {
    let (head, _) = common::RESULTS.split_once("\ncities:\n").unwrap();
    let (before, after) = head.split_once("  key-figures:\n").unwrap();
    let after: String = after.lines().skip_while(|line| line.starts_with("    - ")).map(|l| format!("{l}\n")).collect();
    let mut results = format!("{before}  key-figures: [committee-countries]\n{after}\ncities:\n");
    for n in 1..=5 {
        results += &format!(
            "  - id: fictive-{n}\n    name: Fictive {n}\n    country: Fictland\n    status: selected\n    rank: {n}\n"
        );
    }
    shop.file("reports/results.yaml", results)
}

fn printed(shop: &Shop, arguments: &[&str]) -> String {
    let (_, stderr, code) = shop.run(&[&["print"], arguments].concat());
    assert_eq!(code, 0, "{stderr}");
    stderr
}

/// Runs `print`, which must refuse and leave nothing behind.
fn refused(shop: &Shop, arguments: &[&str]) -> String {
    let message = shop.refused(&[&["print"], arguments].concat());
    assert!(!shop.path().join("print").exists(), "files are left behind");
    message
}

fn open(shop: &Shop, file: &str) -> Document {
    Document::load(shop.path().join("print").join(file)).unwrap()
}

fn ticket(shop: &Shop) -> Json {
    serde_json::from_slice(&fs::read(shop.path().join("print/ticket.json")).unwrap()).unwrap()
}

fn pages(document: &Document) -> Vec<&Dictionary> {
    document.page_iter().map(|id| document.get_dictionary(id).unwrap()).collect()
}

/// A box of a page in hundredths of a millimetre.
fn hundredths(page: &Dictionary, key: &str) -> Vec<i64> {
    let sides = page.get(key.as_bytes()).unwrap().as_array().unwrap();
    sides.iter().map(|side| (f64::from(side.as_float().unwrap()) / 72.0 * 2540.0).round() as i64).collect()
}

fn streams<'a>(document: &'a Document, test: impl Fn(&Dictionary) -> bool + 'a) -> Vec<&'a lopdf::Stream> {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams.filter(|stream| test(&stream.dict)).collect()
}

#[test]
fn without_options_each_language_is_a_file_of_certificates_with_marks() {
    let shop = Shop::new();
    let (stdout, stderr, code) = shop.run(&["print"]);
    assert_eq!(code, 0, "{stderr}");
    let paths: Vec<&str> = stdout.lines().collect();
    let files = ["certificate-en.pdf", "certificate-fr.pdf", "certificate-zh.pdf", "ticket.pdf", "ticket.json"];
    assert_eq!(paths, files.map(|file| format!("print/{file}")));
    assert!(stderr.contains("laid 3 documents on 3 sheets"), "{stderr}");
    let sheet = open(&shop, "certificate-fr.pdf");
    let pages = pages(&sheet);
    assert_eq!(pages.len(), 1);
    assert_eq!(hundredths(pages[0], "MediaBox"), [0, 0, 32000, 22500], "SRA4, lying as the page does");
    assert_eq!(hundredths(pages[0], "TrimBox"), [1150, 750, 30850, 21750]);
    assert_eq!(hundredths(pages[0], "BleedBox"), [850, 450, 31150, 22050]);
}

/// At 150 dots to an inch, 12.7 mm around the page are 75 dots, and 2.54 mm of bleed are 15: both drawings have the page
/// on the same dots.
#[test]
fn a_page_on_its_sheet_is_the_page_of_the_press_variant() {
    for language in ["fr", "zh", "en"] {
        let shop = Shop::new();
        printed(&shop, &["-l", language, "--sheet", "322.4x235.4", "--bleed", "2.54"]);
        let sheet = fs::read(shop.path().join(format!("print/certificate-{language}.pdf"))).unwrap();
        let variant = Variant::Press { bleed: 2.54, finishes: Vec::new() };
        let page = common::pdf(shop.path().to_str().unwrap(), language, "certificate", Some("beijing"), variant);
        let trimmed = |pdf: &[u8], margin: usize| {
            let (width, _, dots) = common::drawn(pdf, 0, 150.0);
            // 297 × 210 mm, without the last dot, which the edge cuts.
            (0..1239).map(|row| dots[(margin + row) * width + margin..][..1752].to_vec()).collect::<Vec<_>>()
        };
        let (sheet, page) = (trimmed(&sheet, 75).concat(), trimmed(&page, 15).concat());
        let differences = sheet.iter().zip(&page).map(|(a, b)| (0..3).map(|i| a[i].abs_diff(b[i])).max());
        // Curves are flattened anew at their other place: a strand of the braid may come out a hair beside.
        let many = differences.filter(|d| *d > Some(16)).count();
        assert!(many < 200, "the certificate in `{language}` differs at {many} of {} dots on its sheet", page.len());
    }
}

#[test]
fn a_file_of_sheets_has_the_structure_of_pdf_x_4() {
    let shop = card("");
    printed(&shop, &["-l", "fr"]);
    let bytes = fs::read(shop.path().join("print/certificate-fr.pdf")).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.6\n"));
    let document = Document::load_mem(&bytes).unwrap();
    let info = document.trailer.get(b"Info").and_then(|o| document.dereference(o)).unwrap().1.as_dict().unwrap();
    assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
    assert_eq!(info.get(b"GTS_PDFXVersion").unwrap().as_str().unwrap(), b"PDF/X-4");
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20251208000000Z", "the edition's date");
    let catalogue = document.catalog().unwrap();
    let intent = catalogue.get(b"OutputIntents").unwrap().as_array().unwrap()[0].as_dict().unwrap();
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
    assert_eq!(intent.get(b"OutputConditionIdentifier").unwrap().as_str().unwrap(), b"FOGRA39");
    let profile = intent.get_deref(b"DestOutputProfile", &document).unwrap().as_stream().unwrap();
    assert_eq!(&profile.decompressed_content().unwrap()[12..20], b"prtrCMYK");
    let layers = catalogue.get(b"OCProperties").unwrap().as_dict().unwrap().get(b"D").unwrap().as_dict().unwrap();
    assert!(layers.get(b"Name").is_ok(), "PDF/X-4 wants a name for the configuration of layers");
    let metadata = catalogue.get_deref(b"Metadata", &document).unwrap().as_stream().unwrap();
    assert!(String::from_utf8_lossy(&metadata.content).contains("<pdfxid:GTS_PDFXVersion>PDF/X-4<"));
    assert_eq!(document.trailer.get(b"ID").unwrap().as_array().unwrap().len(), 2);
}

#[test]
fn the_same_sheets_are_the_same_bytes() {
    let sums = |arguments: &[&str]| {
        let shop = cities(card(""));
        printed(&shop, arguments);
        ["certificate-en.pdf", "ticket.pdf", "ticket.json"]
            .map(|f| fs::read(shop.path().join("print").join(f)).unwrap())
    };
    let once = sums(&["-l", "en", "--cover"]);
    assert_eq!(once, sums(&["-l", "en", "--cover"]));
    assert_eq!(once, sums(&["-l", "en", "--cover", "--jobs", "1"]));
}

#[test]
fn fonts_and_what_pages_have_in_common_stand_once_in_a_file() {
    let shop = cities(Shop::new());
    printed(&shop, &["-l", "fr", "--layout", "n-up", "--up", "1x2"]);
    let document = open(&shop, "certificate-fr.pdf");
    assert_eq!(pages(&document).len(), 3, "five certificates, two on a sheet");
    // A font of the sheets' own, and those of the certificate, each once.
    let fonts = streams(&document, |dict| dict.has(b"Length1")).len();
    assert!((1..=10).contains(&fonts), "{fonts} font programs");
    // The border of a certificate is longer than all its words together.
    let forms = streams(&document, |dict| dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form"));
    let long = forms.iter().filter(|form| form.get_plain_content().unwrap().len() > 20_000).count();
    assert!((1..=4).contains(&long), "{long} long forms: the border is there more than once");
    let one = Shop::new();
    printed(&one, &["-l", "fr"]);
    let size = |shop: &Shop| fs::metadata(shop.path().join("print/certificate-fr.pdf")).unwrap().len();
    assert!(size(&shop) < size(&one) + 40_000, "{} bytes for five, {} for one", size(&shop), size(&one));
}

#[test]
fn copies_are_counted_and_the_ticket_says_how_many_sheets() {
    let shop = cities(card(""));
    printed(&shop, &["-l", "en", "--copies", "2,fictive-3=4", "--layout", "cut-stack", "--up", "2x3", "--sheet", "A4"]);
    let told = ticket(&shop);
    assert_eq!(told["sheets"], 2, "twelve cards, six on a sheet");
    let part = &told["files"][0]["parts"][0];
    assert_eq!((part["layout"].as_str(), part["up"][0].as_u64()), (Some("cut and stack"), Some(2)));
    assert_eq!(part["documents"][2], serde_json::json!({ "name": "fictive-3", "copies": 4 }));
    assert_eq!(pages(&open(&shop, "certificate-en.pdf")).len(), 2);
    // Each page of the file is printed as often as its copies ask for.
    printed(&shop, &["-l", "en", "--copies", "100", "--layout", "step-repeat", "--up", "2x3", "--sheet", "A4"]);
    assert_eq!(ticket(&shop)["files"][0]["parts"][0]["sheets-of-each"], serde_json::json!([17, 17, 17, 17, 17]));
    assert_eq!(pages(&open(&shop, "certificate-en.pdf")).len(), 5);
}

#[test]
fn files_are_made_by_language_or_by_sheet_and_begin_with_a_cover_if_asked() {
    let shop = card("");
    printed(&shop, &["--group", "sheet", "--sheet", "A4", "--cover"]);
    assert_eq!(pages(&open(&shop, "certificate-a4.pdf")).len(), 1 + 3, "a cover and three languages");
    printed(&shop, &["-r", "certificate,press-release", "-l", "fr"]);
    // Cards, and the releases of the city and of the edition, on sheets of their own sizes.
    let document = open(&shop, "fr.pdf");
    let mut sizes: Vec<i64> = pages(&document).iter().map(|page| hundredths(page, "MediaBox")[2]).collect();
    sizes.dedup();
    assert_eq!(sizes, [29700, 22500], "A4 lying for the card, SRA4 for the release");
}

#[test]
fn finishes_have_plates_of_their_own_and_stand_on_the_ticket() {
    let shop = Shop::new();
    printed(&shop, &["-l", "fr", "--finish", "foil"]);
    let file = &ticket(&shop)["files"][0];
    assert!(file["plates"].as_array().unwrap().contains(&"Foil".into()), "{file}");
    assert_eq!(file["finishing"][0], "foil, from the plate Foil");
    let told = printed(&shop, &["-l", "fr", "--finish", "foil,foli"]);
    assert!(
        told.contains("no page of the run has a plate for `foli`") && told.contains("did you mean `foil`?"),
        "{told}"
    );
}

#[test]
fn a_booklet_of_the_press_release_is_folded_and_stitched() {
    let shop = Shop::new();
    printed(&shop, &["-l", "fr", "-r", "press-release", "-c", "beijing", "--layout", "booklet", "--sheet", "SRA3"]);
    let document = open(&shop, "press-release-fr.pdf");
    let pages = pages(&document);
    assert_eq!(pages.len() % 2, 0, "fronts and backs");
    assert_eq!(hundredths(pages[0], "TrimBox"), [1500, 1150, 43500, 30850], "an A3 spread on SRA3");
    let finishing = ticket(&shop)["files"][0]["finishing"].to_string();
    assert!(finishing.contains("stitch in the saddle"), "{finishing}");
}

#[test]
fn too_much_ink_is_refused_and_what_is_no_ink_is_told() {
    let heavy = card("#rect(fill: cmyk(100%, 90%, 80%, 70%), width: 10mm)");
    let told = refused(&heavy, &["-l", "fr"]);
    assert!(
        told.contains("a colour of certificate-beijing in `fr` has 340 % of ink, C 100, M 90, Y 80, K 70"),
        "{told}"
    );
    assert!(told.contains("E0804"), "{told}");
    printed(&heavy, &["-l", "fr", "--max-ink", "340"]);

    let rich = card(
        "#text(size: 8pt, fill: cmyk(60%, 0%, 0%, 100%))[small] #text(size: 30pt, fill: cmyk(60%, 0%, 0%, 100%))[large]",
    );
    let told = printed(&rich, &["-l", "fr"]);
    assert_eq!(told.matches("W0805").count(), 1, "{told}");
    assert!(told.contains("in several inks, C 60, K 100"), "{told}");

    let screen = card("#rect(fill: rgb(\"#ff0000\"), width: 10mm)");
    let told = printed(&screen, &["-l", "fr"]);
    assert!(told.contains("W0806") && told.contains("a colour in RGB is left in the press pages"), "{told}");
    assert!(!printed(&card(""), &["-l", "fr"]).contains("warning"));
}

#[test]
fn a_page_without_the_bleed_that_is_asked_for_is_refused() {
    let shop = card("");
    let told = refused(&shop, &["-l", "fr", "--bleed", "5"]);
    assert!(told.contains("E0807") && told.contains("has 3 mm of bleed, not 5 mm"), "{told}");
    printed(&shop, &["-l", "fr", "--bleed", "0", "--no-marks", "--sheet", "85x55"]);
    let document = open(&shop, "certificate-fr.pdf");
    for key in ["MediaBox", "BleedBox", "TrimBox"] {
        assert_eq!(hundredths(pages(&document)[0], key), [0, 0, 8500, 5500], "the bleed is cut away");
    }
}

#[test]
fn bad_orders_are_refused_with_help_and_leave_nothing() {
    let shop = card("").file("picture.icc", "no profile");
    for (arguments, wanted) in [
        (&["--sheet", "SRA33"][..], "did you mean `SRA3`?"),
        (&["--sheet", "90x60"], "it fits with --no-marks --bleed 0; --sheet A4 is large enough"),
        (&["--sheet", "A4", "--layout", "n-up", "--up", "4x4"], "--up 3x3 fits this sheet"),
        (&["--sheet", "A4", "--layout", "n-up", "--up", "2x4", "--gutter", "30"], "a smaller --gutter fits"),
        (&["--layout", "n-up", "--up", "3x1", "--duplex", "work-and-turn"], "an even number of columns"),
        (&["--icc", "picture.icc"], "cannot use the profile `picture.icc`: not an ICC profile"),
        (&["--icc", "missing.icc"], "E0803"),
        (&["--copies", "bejing=2"], "did you mean `beijing`?"),
        (&["--copies", "beijing=2,beijing=3"], "`beijing` twice"),
        (&["--creep", "0.5"], "add --layout booklet"),
        (&["--city", "nowhere"], "this project has no city `nowhere`"),
        (&["--copies", "100000"], "--layout step-repeat writes each sheet once"),
    ] {
        let told = refused(&shop, &[&["-l", "fr"], arguments].concat());
        assert!(told.contains(wanted), "{arguments:?}: {told}");
        assert!(told.contains("help: "), "{told}");
    }
    for arguments in [&["--up", "2by2"][..], &["--copies", "0"], &["--gutter", "-1"], &["--max-ink", "50"]] {
        assert_eq!(shop.run(&[&["print"], arguments].concat()).2, 2, "{arguments:?}");
    }
}
