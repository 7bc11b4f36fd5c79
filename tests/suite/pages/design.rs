//! The settings of reports/design.yaml: paper, colours, logo and seal.

use std::path::Path;

use gen_report::typeset::Variant;
use lopdf::Document;

use crate::support::{Documents, ProjectDir, assert_contains, copy_folder, rasterize};

const DESIGN: &str = "reports/design.yaml";
/// Upright, in millimetres.
const PAPERS: [(&str, f32, f32); 5] = [
    ("a5", 148.0, 210.0),
    ("a4", 210.0, 297.0),
    ("a3", 297.0, 420.0),
    ("letter", 215.9, 279.4),
    ("legal", 215.9, 355.6),
];

fn on_paper(paper: &str) -> ProjectDir {
    ProjectDir::new().file(DESIGN, format!("paper: {{press-release: {paper}, certificate: {paper}}}\n"))
}

/// Width and height of the first page, in millimetres.
fn size(pdf: &[u8]) -> (f32, f32) {
    let document = Document::load_mem(pdf).unwrap();
    let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let sides = page.get(b"MediaBox").unwrap().as_array().unwrap();
    let side = |at: usize| sides[at].as_float().unwrap() * 25.4 / 72.0;
    (side(2), side(3))
}

#[test]
fn each_report_has_the_paper_of_the_settings() {
    for (paper, width, height) in PAPERS {
        let project = on_paper(paper);
        let documents = Documents::open(project.path(), &["fr", "zh+en"], Variant::default());
        for (language, report, city, expected) in [
            ("fr", "press-release", None, (width, height)),
            ("fr", "press-release", Some("beijing"), (width, height)),
            ("fr", "certificate", Some("beijing"), (height, width)),
            ("zh+en", "certificate", Some("beijing"), (height, width)),
        ] {
            let (width, height) = size(&documents.pdf(language, report, city));
            let is_close = (width - expected.0).abs() < 0.01 && (height - expected.1).abs() < 0.01;
            assert!(is_close, "{paper} {report} {language}: {width} × {height}");
        }
    }
}

/// On A5 a photo may be as high as on A4 in relation to the page. With the height of A4, it would leave no room below it for
/// the quotation.
#[test]
fn a_photo_has_the_scale_of_the_page() {
    let project = ProjectDir::new();
    copy_folder(Path::new("examples/reading-cities"), project.path());
    let project = project.file(DESIGN, "paper: {press-release: a5}\n");
    let runs = project.documents("zh").text_runs("zh", "press-release", Some("lanternport"));
    let quotation = runs.iter().find(|run| run.text.contains("最好的投资")).unwrap();
    assert_eq!(quotation.page, 1);
}

/// The distances from the four sides of the page to the first coloured pixel, in pixels.
fn distances(width: usize, height: usize, pixels: &[[u8; 3]]) -> [usize; 4] {
    let is_ink = |x: usize, y: usize| pixels[y * width + x].iter().any(|part| *part < 200);
    let column = |x: &usize| (0..height).any(|y| is_ink(*x, y));
    let row = |y: &usize| (0..width).any(|x| is_ink(x, *y));
    [
        (0..width).find(column).unwrap(),
        (0..width).rev().find(column).map(|x| width - 1 - x).unwrap(),
        (0..height).find(row).unwrap(),
        (0..height).rev().find(row).map(|y| height - 1 - y).unwrap(),
    ]
}

/// A border that was stretched to the paper would be farther from two sides than from the others.
#[test]
fn the_border_is_as_far_from_each_side_on_all_paper() {
    for (paper, ..) in PAPERS {
        let pdf = on_paper(paper).documents("en").pdf("en", "certificate", Some("beijing"));
        let (width, height, pixels) = rasterize(&pdf, 0, 100.0);
        let found = distances(width, height, &pixels);
        let (least, most) = (found.iter().min().unwrap(), found.iter().max().unwrap());
        assert!(most - least <= 1, "{paper}: {found:?}");
    }
}

#[test]
fn a_certificate_on_any_paper_has_no_overlaps_and_no_tiny_text() {
    for (paper, ..) in PAPERS {
        let (_, stderr) = on_paper(paper).run_ok(&["-l", "fr,zh,zh+en,fr+en", "-r", "certificate"]);
        assert!(!stderr.contains("W0404"), "{paper}: {stderr}");
    }
}

#[test]
fn a_mistake_in_the_settings_is_reported_at_its_place() {
    let text = "paper:\n  certificate: a44\n  certifcate: a4\ncolours:\n  ink: 172543\n  gold: \"#ffffff\"\n  award: {rgb: \"#74561C\", cmyk: [36, 50, 92]}\n  grey: #123456\nlogo: logo.txt\nseal: missing.png\nseel: none\n";
    let project = ProjectDir::new().file(DESIGN, text);
    for arguments in [&["check"][..], &["-r", "certificate"]] {
        let stderr = project.run_failing(arguments);
        assert_contains(
            &stderr,
            &[
                "`a44` is not a valid paper size",
                "design.yaml:2:16",
                "this project has no report `certifcate`",
                "design.yaml:3:3",
                "did you mean `certificate`?",
                "`172543` is not a colour",
                "design.yaml:5:8",
                "unknown key `gold` in the colours",
                "design.yaml:6:3",
                "`cmyk` is not a list of four percentages",
                "design.yaml:7:33",
                "the colour has no value",
                "design.yaml:8:",
                "`logo.txt` is not a picture",
                "the seal `missing.png` cannot be used: there is no such file",
                "unknown key `seel` in the design",
                "did you mean `seal`?",
            ],
        );
    }
}

/// The texts of a PDF's objects, for a search of names.
fn contains(pdf: &[u8], name: &str) -> bool {
    pdf.windows(name.len()).any(|window| window == name.as_bytes())
}

#[test]
fn a_spot_ink_is_a_plate_in_print_and_a_colour_on_screen() {
    let project = ProjectDir::new().file(DESIGN, "colours:\n  ornament: {rgb: \"#8a8d8f\", spot: Silver}\n");
    let press = Variant::Print { bleed: 3.0, finishes: Vec::new() };
    let press = Documents::open(project.path(), &["en"], press).pdf("en", "certificate", Some("beijing"));
    assert!(contains(&press, "/Separation/Silver") || contains(&press, "/Separation /Silver"));
    assert!(!contains(&project.documents("en").pdf("en", "certificate", Some("beijing")), "Silver"));
}

#[test]
fn a_logo_and_a_seal_of_the_project_replace_the_drawn_ones() {
    let picture =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 30\"><circle cx=\"15\" cy=\"15\" r=\"9\"/></svg>";
    let project = ProjectDir::new().file("reports/logo.svg", picture).file(DESIGN, "logo: logo.svg\nseal: logo.svg\n");
    let documents = project.documents("en");
    for (report, text) in [("certificate", "VPM"), ("press-release", "WIOTC\n")] {
        let (shown, pages) = documents.text("en", report, Some("beijing"));
        assert!(!shown.contains(text) && pages == 1, "{report}: {shown}");
    }
    let without = ProjectDir::new().file(DESIGN, "seal: none\n");
    assert!(!without.documents("en").text("en", "certificate", Some("beijing")).0.contains("GPC"));
}

/// Changing the settings makes documents out of date, and a copy of the embedded file does not.
#[test]
fn the_settings_are_part_of_what_a_document_is_built_from() {
    let project = ProjectDir::new().file(DESIGN, std::fs::read(Path::new(DESIGN)).unwrap());
    let arguments = ["-l", "en", "-r", "certificate", "--resume"];
    project.run_ok(&arguments);
    std::fs::remove_file(project.path().join(DESIGN)).unwrap();
    assert_contains(&project.run_ok(&arguments).1, &["up to date"]);
    let project = project.file(DESIGN, "colours: {award: \"#333333\"}\n");
    assert_contains(&project.run_ok(&arguments).1, &["built 1 document"]);
}

/// What other programmes need: long names of an organiser, a city and three signatories, in one language and in two.
#[test]
fn long_names_fit_on_a_certificate() {
    let office = "{fr: Présidence du comité international d’experts chargé de l’évaluation, en: Chair of the International Expert Committee for the Evaluation, zh: 全球万物智联数字经济试点城市国际专家评审委员会主席}";
    let results = crate::support::RESULTS;
    let (start, end) = (results.find("signatories:\n").unwrap(), results.find("\nsources:").unwrap());
    let signatories = "signatories:\n".to_owned()
        + &format!("  - office: {office}\n    name: Anastasia Kestrel-Montvaillant\n").repeat(3);
    let long = [&results[..start], &signatories, &results[end..]].concat();
    let long = long
        .replacen("fr: Beijing\n      en: Beijing", "fr: Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch\n      en: Saint-Rémy-sur-l’Ardennelle-les-Grandes-Eaux-et-Montvaillant", 1)
        .replacen("by: par la Convention mondiale de l’Internet des objets", "by: x", 1)
        .replacen("name: Convention mondiale de l’Internet des objets,", "name: Organisation intergouvernementale pour la coopération des villes de l’économie numérique durable,", 1);
    let project = ProjectDir::new().file("reports/results.yaml", long);
    let (_, stderr) = project.run_ok(&["-l", "fr,en,zh,fr+en,zh+en,fr+zh", "-r", "certificate"]);
    assert!(!stderr.contains("W0404"), "{stderr}");
}
