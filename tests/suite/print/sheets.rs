//! Pages on sheets for the press.

use std::fs;

use gen_report::typeset::Variant;
use lopdf::{Dictionary, Document, Object};
use serde_json::Value as Json;

use super::ticket::text;
use crate::runs::project_with_table;
use crate::support::{CERTIFICATE, Documents, ProjectDir, RESULTS, RESULTS_FILE, assert_contains, rasterize};

/// Photos in CMYK of one colour: 95 % of each ink, and 20 %.
const CMYK_HEAVY: &[u8] = include_bytes!("../../print/cmyk-heavy.jpg");
const CMYK_LIGHT: &[u8] = include_bytes!("../../print/cmyk-light.jpg");

/// A project whose certificate is a card of 85 × 55 mm with the given Typst code.
pub fn card(typst: &str) -> ProjectDir {
    let head = "#set page(width: 85mm, height: 55mm, margin: 5mm, bleed: 3mm)\n\
                #set text(fill: cmyk(0%, 0%, 0%, 100%), font: (\"Source Sans 3\", \"Noto Sans SC\"), fallback: false)\n";
    ProjectDir::new().file(CERTIFICATE, format!("{head}{{{{city.name}}}} {typst}"))
}

/// Replaces the city of the example edition by five fictional ones.
pub fn with_five_cities(project: ProjectDir) -> ProjectDir {
    let (head, _) = RESULTS.split_once("\ncities:\n").unwrap();
    let (before, after) = head.split_once("  key-figures:\n").unwrap();
    let after: String = after.lines().skip_while(|line| line.starts_with("    - ")).map(|l| format!("{l}\n")).collect();
    let mut results = format!("{before}  key-figures: [committee-countries]\n{after}\ncities:\n");
    for n in 1..=5 {
        results += &format!(
            "  - id: fictive-{n}\n    name: Fictive {n}\n    country: Fictland\n    status: selected\n    rank: {n}\n"
        );
    }
    project.file(RESULTS_FILE, results)
}

/// Runs `print`, which must succeed; returns standard error.
#[track_caller]
pub fn print(project: &ProjectDir, arguments: &[&str]) -> String {
    project.run_ok(&[&["print"], arguments].concat()).1
}

/// Runs `print`, which must fail and write no file; returns standard error.
#[track_caller]
pub fn print_failing(project: &ProjectDir, arguments: &[&str]) -> String {
    let stderr = project.run_failing(&[&["print"], arguments].concat());
    assert!(!project.path().join("print").exists(), "files were written");
    stderr
}

pub fn open(project: &ProjectDir, file: &str) -> Document {
    Document::load(project.path().join("print").join(file)).unwrap()
}

pub fn ticket(project: &ProjectDir) -> Json {
    serde_json::from_str(&project.read("print/ticket.json")).unwrap()
}

pub fn pages(document: &Document) -> Vec<&Dictionary> {
    document.page_iter().map(|id| document.get_dictionary(id).unwrap()).collect()
}

/// A box of a page, in hundredths of a millimetre.
pub fn page_box(page: &Dictionary, key: &str) -> Vec<i64> {
    let sides = page.get(key.as_bytes()).unwrap().as_array().unwrap();
    sides.iter().map(|side| (f64::from(side.as_float().unwrap()) / 72.0 * 2540.0).round() as i64).collect()
}

fn streams<'a>(document: &'a Document, test: impl Fn(&Dictionary) -> bool + 'a) -> Vec<&'a lopdf::Stream> {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams.filter(|stream| test(&stream.dict)).collect()
}

#[test]
fn by_default_each_language_is_a_file_of_certificates_with_marks() {
    let project = ProjectDir::new();
    let (stdout, stderr) = project.run_ok(&["print"]);
    let paths: Vec<&str> = stdout.lines().collect();
    let files =
        ["certificate-en.pdf", "certificate-fr.pdf", "certificate-zh.pdf", "ticket.pdf", "ticket.json", "ticket.xjdf"];
    assert_eq!(paths, files.map(|file| format!("print/{file}")));
    assert!(stderr.contains("placed 3 documents on 3 sheets"), "{stderr}");
    let sheet = open(&project, "certificate-fr.pdf");
    let pages = pages(&sheet);
    assert_eq!(pages.len(), 1);
    assert_eq!(page_box(pages[0], "MediaBox"), [0, 0, 42000, 29700], "A3, landscape like the page");
    assert_eq!(page_box(pages[0], "TrimBox"), [6150, 4350, 35850, 25350]);
    assert_eq!(page_box(pages[0], "BleedBox"), [5850, 4050, 36150, 25650]);
}

/// At 150 pixels per inch, 12.7 mm around the page are 75 pixels, and 2.54 mm of bleed are 15: both pictures have the
/// page at whole pixels.
#[test]
fn a_page_on_a_sheet_looks_like_the_page_alone() {
    for language in ["fr", "zh", "en"] {
        let project = ProjectDir::new();
        print(&project, &["-l", language, "--sheet", "322.4x235.4", "--bleed", "2.54"]);
        let sheet = project.read_bytes(&format!("print/certificate-{language}.pdf"));
        let variant = Variant::Print { bleed: 2.54, finishes: Vec::new() };
        let page = Documents::open(project.path(), &[language], variant).pdf(language, "certificate", Some("beijing"));
        let trimmed = |pdf: &[u8], margin: usize| {
            let (width, _, pixels) = rasterize(pdf, 0, 150.0);
            // 297 × 210 mm, without the last pixel, which the edge cuts.
            (0..1239).map(|row| pixels[(margin + row) * width + margin..][..1752].to_vec()).collect::<Vec<_>>()
        };
        let (sheet, page) = (trimmed(&sheet, 75).concat(), trimmed(&page, 15).concat());
        let differences = sheet.iter().zip(&page).map(|(a, b)| (0..3).map(|i| a[i].abs_diff(b[i])).max());
        // Curves are flattened with other roundings at another place: a thin line may move a little.
        let changed = differences.filter(|d| *d > Some(16)).count();
        assert!(changed < 200, "{changed} of {} pixels of the certificate in `{language}` differ", page.len());
    }
}

#[test]
fn a_file_of_sheets_has_the_structure_of_pdf_x_4() {
    let project = card("");
    print(&project, &["-l", "fr"]);
    let bytes = fs::read(project.path().join("print/certificate-fr.pdf")).unwrap();
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
fn the_same_input_gives_the_same_sheets() {
    let files = |arguments: &[&str]| {
        let project = with_five_cities(card(""));
        print(&project, arguments);
        ["certificate-en.pdf", "ticket.pdf", "ticket.json"].map(|file| project.read_bytes(&format!("print/{file}")))
    };
    let once = files(&["-l", "en", "--cover"]);
    assert_eq!(once, files(&["-l", "en", "--cover"]));
    assert_eq!(once, files(&["-l", "en", "--cover", "--jobs", "1"]));
}

#[test]
fn fonts_and_drawings_are_shared_by_the_pages_of_a_file() {
    let project = with_five_cities(ProjectDir::new());
    // `--up` alone implies `--layout n-up`.
    print(&project, &["-l", "fr", "--up", "1x2"]);
    assert_eq!(ticket(&project)["files"][0]["parts"][0]["layout"], "n-up");
    let document = open(&project, "certificate-fr.pdf");
    assert_eq!(pages(&document).len(), 3, "five certificates, two on a sheet");
    // One font for the marks, and those of the certificate, each once.
    let fonts = streams(&document, |dict| dict.has(b"Length1")).len();
    assert!((1..=10).contains(&fonts), "{fonts} font programs");
    // The border of a certificate has more operators than all its text.
    let forms = streams(&document, |dict| dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form"));
    let long = forms.iter().filter(|form| form.get_plain_content().unwrap().len() > 20_000).count();
    assert!((1..=4).contains(&long), "{long} long forms: the border is stored more than once");
    let one = ProjectDir::new();
    print(&one, &["-l", "fr"]);
    let size = |project: &ProjectDir| fs::metadata(project.path().join("print/certificate-fr.pdf")).unwrap().len();
    assert!(size(&project) < size(&one) + 40_000, "{} bytes for five, {} for one", size(&project), size(&one));
}

#[test]
fn the_ticket_counts_copies_and_sheets() {
    let project = with_five_cities(card(""));
    print(
        &project,
        &["-l", "en", "--copies", "2,fictive-3=4", "--layout", "cut-stack", "--up", "2x3", "--sheet", "A4"],
    );
    let ticket_of_copies = ticket(&project);
    assert_eq!(ticket_of_copies["sheets"], 2, "twelve cards, six on a sheet");
    let part = &ticket_of_copies["files"][0]["parts"][0];
    assert_eq!((part["layout"].as_str(), part["up"][0].as_u64()), (Some("cut-stack"), Some(2)));
    assert_eq!(part["documents"][2], serde_json::json!({ "name": "fictive-3", "copies": 4 }));
    assert_eq!(pages(&open(&project, "certificate-en.pdf")).len(), 2);
    // Step and repeat: six copies on a sheet, so that a hundred need seventeen.
    print(&project, &["-l", "en", "--copies", "100", "--layout", "step-repeat", "--up", "2x3", "--sheet", "A4"]);
    assert_eq!(ticket(&project)["files"][0]["parts"][0]["sheets-of-each"], serde_json::json!([17, 17, 17, 17, 17]));
    assert_eq!(pages(&open(&project, "certificate-en.pdf")).len(), 5);
}

#[test]
fn documents_are_grouped_by_language_or_by_sheet_size_with_an_optional_cover() {
    let project = card("");
    print(&project, &["--group", "sheet", "--sheet", "A4", "--cover"]);
    assert_eq!(pages(&open(&project, "certificate-a4.pdf")).len(), 1 + 3, "a cover and three languages");
    print(&project, &["-r", "certificate,press-release", "-l", "fr"]);
    // Cards, and the releases of the city and of the edition: each on the sheet that fits it.
    let document = open(&project, "fr.pdf");
    let mut sizes: Vec<Vec<i64>> =
        pages(&document).iter().map(|page| page_box(page, "MediaBox")[2..].to_vec()).collect();
    sizes.dedup();
    assert_eq!(sizes, [[29700, 21000], [29700, 42000]], "A4 for the card, A3 for the release");
}

#[test]
fn each_finish_has_its_own_plate_and_is_on_the_ticket() {
    let project = ProjectDir::new();
    print(&project, &["-l", "fr", "--finish", "foil"]);
    let file = &ticket(&project)["files"][0];
    assert!(file["plates"].as_array().unwrap().contains(&"Foil".into()), "{file}");
    assert_eq!(file["finishing"][0], serde_json::json!({ "step": "foil", "plate": "Foil" }));
    let stderr = print(&project, &["-l", "fr", "--finish", "foil,foli"]);
    assert_contains(&stderr, &["no page of the run has a plate for `foli`", "did you mean `foil`?"]);
}

#[test]
fn a_press_release_can_be_a_stitched_booklet() {
    let project = ProjectDir::new();
    print(&project, &["-l", "fr", "-r", "press-release", "-c", "beijing", "--layout", "booklet", "--sheet", "SRA3"]);
    let document = open(&project, "press-release-fr.pdf");
    let pages = pages(&document);
    assert_eq!(pages.len() % 2, 0, "fronts and backs");
    assert_eq!(page_box(pages[0], "TrimBox"), [1500, 1150, 43500, 30850], "an A3 spread on SRA3");
    let finishing = ticket(&project)["files"][0]["finishing"].to_string();
    assert!(finishing.contains("fold-stitch"), "{finishing}");
}

#[test]
fn too_much_ink_is_an_error_and_rgb_is_a_warning() {
    let heavy = card("#rect(fill: cmyk(100%, 90%, 80%, 70%), width: 10mm)");
    let stderr = print_failing(&heavy, &["-l", "fr"]);
    let message = "a colour of certificate-beijing in `fr` has 340 % ink coverage (C 100, M 90, Y 80, K 70)";
    assert_contains(&stderr, &["E0804", message]);
    print(&heavy, &["-l", "fr", "--max-ink", "340"]);

    let rich = card(
        "#text(size: 8pt, fill: cmyk(60%, 0%, 0%, 100%))[small] #text(size: 30pt, fill: cmyk(60%, 0%, 0%, 100%))[large]",
    );
    let stderr = print(&rich, &["-l", "fr"]);
    assert_eq!(stderr.matches("W0805").count(), 1, "{stderr}");
    let message = "text of 8 pt in certificate-beijing in `fr` is printed in several inks, C 60, K 100";
    assert!(stderr.contains(message), "{stderr}");

    let rgb = card("#rect(fill: rgb(\"#ff0000\"), width: 10mm)");
    let stderr = print(&rgb, &["-l", "fr"]);
    assert_contains(&stderr, &["W0806", "contain an RGB colour"]);
    assert!(!print(&card(""), &["-l", "fr"]).contains("warning"));
}

#[test]
fn small_letters_and_hairlines_are_printed_in_one_ink() {
    // Not only black with other inks under it, and however large the letters are before they are scaled down.
    for text in [
        "#text(size: 11.5pt, fill: cmyk(0%, 90%, 90%, 0%))[a]",
        "#scale(20%, text(size: 40pt, fill: cmyk(0%, 9%, 9%, 0%))[a])",
    ] {
        assert_contains(&print(&card(text), &["-l", "fr"]), &["W0805"]);
    }
    let line = "#line(length: 9mm, stroke: .3pt + cmyk(10%, 20%, 0%, 0%))";
    let message = "lines of 0.3 pt in certificate-beijing in `fr` are printed in several inks, C 10, M 20";
    assert_contains(&print(&card(line), &["-l", "fr"]), &["W0817", message]);
    let foil = "#line(length: 9mm, stroke: .3pt + color.spot(\"Foil\", cmyk(0%, 20%, 60%, 20%)).tint(100%))";
    assert_contains(
        &print(&card(foil), &["-l", "fr"]),
        &["W0817", "lines of 0.11 mm", "on the plate Foil, which needs 0.2 mm"],
    );
    // The reports of the project comply, with and without finishes.
    let project = ProjectDir::new();
    let reports = ["-r", "certificate,press-release", "-l", "fr,zh,en"];
    for finish in [&[][..], &["--finish", "foil"], &["--finish", "foil,varnish"]] {
        let stderr = print(&project, &[&reports[..], finish].concat());
        assert!(!stderr.contains("warning"), "{stderr}");
    }
}

#[test]
fn the_ink_of_photos_is_measured() {
    let heavy = card("#image(\"/reports/photo.jpg\", width: 10mm)").file("reports/photo.jpg", CMYK_HEAVY);
    assert_contains(
        &print_failing(&heavy, &["-l", "fr"]),
        &["E0804", "an image of certificate-beijing", "380 % ink coverage"],
    );
    let light = card("#image(\"/reports/photo.jpg\", width: 10mm)").file("reports/photo.jpg", CMYK_LIGHT);
    print(&light, &["-l", "fr"]);
}

#[test]
fn the_printing_condition_sets_its_name_and_the_ink_limit() {
    let coated = fs::read("src/print/icc/FOGRA39L_coated.icc").unwrap();
    // The embedded profile, and one that claims to be for another condition, in its two descriptions.
    let mut other = coated.clone();
    let (ascii, utf16) = (other.windows(15).position(|w| w == b"FOGRA39L Coated"), b"GRACoL2013 long");
    other[ascii.unwrap()..][..15].copy_from_slice(utf16);
    let project = card("#rect(fill: cmyk(100%, 90%, 80%, 45%))").file("coated.icc", &coated).file("other.icc", &other);
    let intent = |arguments: &[&str]| {
        print(&project, &[&["-l", "fr"], arguments].concat());
        let document = open(&project, "certificate-fr.pdf");
        let intent = document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap()[0].clone();
        let intent = intent.as_dict().unwrap().clone();
        let name = intent.get(b"OutputConditionIdentifier").unwrap().as_str().unwrap();
        (String::from_utf8(name.to_vec()).unwrap(), intent.has(b"RegistryName"))
    };
    assert_eq!(intent(&["--icc", "other.icc"]), ("CGATS21-2-CRPC6".to_owned(), true));
    assert_eq!(ticket(&project)["files"][0]["max-ink-percent"], 320);
    assert_eq!(intent(&["--icc", "coated.icc", "--max-ink", "315"]), ("FOGRA39".to_owned(), true));
    assert_eq!(intent(&["--condition", "fogra39", "--max-ink", "315"]), ("FOGRA39".to_owned(), true));
    for (arguments, expected) in [
        (&["--icc", "coated.icc"][..], "has 315 % ink coverage (C 100, M 90, Y 80, K 45); the limit is 300 %"),
        (&["--condition", "FOGRA51"], "the program has no profile for FOGRA51"),
        (&["--condition", "FOGRA51"], "give a profile with --icc (PSOcoated_v3.icc, from eci.org)"),
        (&["--condition", "FOGRA51", "--icc", "coated.icc"], "is for FOGRA39, not for FOGRA51"),
        (&["--condition", "FOGRA40"], "did you mean `FOGRA39`?"),
    ] {
        let stderr = project.run_failing(&[&["print", "-l", "fr"], arguments].concat());
        assert_contains(&stderr, &[expected]);
    }
}

#[test]
fn a_page_needs_at_least_the_bleed_of_the_sheet() {
    let project = card("");
    let stderr = print_failing(&project, &["-l", "fr", "--bleed", "5"]);
    assert_contains(&stderr, &["E0807", "has 3 mm of bleed; 5 mm are required"]);
    print(&project, &["-l", "fr", "--bleed", "0", "--no-marks", "--sheet", "85x55"]);
    let document = open(&project, "certificate-fr.pdf");
    for key in ["MediaBox", "BleedBox", "TrimBox"] {
        assert_eq!(page_box(pages(&document)[0], key), [0, 0, 8500, 5500], "the bleed is cut off");
    }
}

#[test]
fn impossible_options_are_errors_with_help_and_write_nothing() {
    let project = card("").file("picture.icc", "no profile");
    for (arguments, expected) in [
        (&["--sheet", "SRA33"][..], "did you mean `SRA3`?"),
        (&["--sheet", "90x60"], "it fits with --no-marks --bleed 0; --sheet A4 is large enough"),
        (&["--sheet", "A4", "--layout", "n-up", "--up", "4x4"], "--up 3x3 fits this sheet"),
        (&["--sheet", "A4", "--layout", "n-up", "--up", "2x4", "--gutter", "30"], "a smaller --gutter fits"),
        (&["--layout", "one-up", "--up", "1x2"], "use --layout n-up for several pages per side"),
        (&["--layout", "n-up", "--up", "3x1", "--duplex", "work-and-turn"], "an even number of columns"),
        (&["--icc", "picture.icc"], "cannot use the profile `picture.icc`: not an ICC profile"),
        (&["--icc", "missing.icc"], "E0803"),
        (&["--copies", "bejing=2"], "did you mean `beijing`?"),
        (&["--copies", "beijing=2,beijing=3"], "`beijing` twice"),
        (&["--creep", "0.5"], "add `--layout booklet`"),
        (&["--city", "nowhere"], "this project has no city `nowhere`"),
        (&["--copies", "100000"], "use --layout step-repeat, which writes each sheet once"),
    ] {
        let stderr = print_failing(&project, &[&["-l", "fr"], arguments].concat());
        assert_contains(&stderr, &[expected, "help: "]);
    }
    for (arguments, expected) in [
        (["--up", "2by2"], "expected columns and rows"),
        (["--copies", "0"], "expected a number from 1 to 100000"),
        (["--gutter", "-1"], "expected millimetres from 0 to 100"),
        (["--margin", "-1"], "expected millimetres from 0 to 100"),
        (["--max-ink", "50"], "expected percent from 100 to 400"),
        (["--weight", "heavy"], "expected grams per square metre from 20 to 2000"),
    ] {
        let (_, stderr, code) = project.run(&[&["print"][..], &arguments].concat());
        assert!(code == 2 && stderr.contains(expected), "{arguments:?}: {stderr}");
    }
}

/// More than a thousand cities in a table.
#[test]
fn cities_that_are_read_one_by_one_are_printed_like_others() {
    let project = project_with_table(1_100).file(CERTIFICATE, card("").read(CERTIFICATE));
    print(&project, &["-l", "en", "--city", "town-1050", "--copies", "town-1050=3"]);
    assert_contains(&text(&project, "certificate-en.pdf"), &["  ·  Town 1050"]);
    assert_eq!(ticket(&project)["sheets"], 3);
    let stderr = project.run_failing(&["print", "-l", "en", "--copies", "town-1100x=3"]);
    let message = "`--copies` names `town-1100x`, which is not a selected city of this project";
    assert_contains(&stderr, &[message, "did you mean `town-1100`?"]);
}
