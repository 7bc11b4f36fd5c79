//! What is checked before plates are made: in the ticket, against the limits of `reports/design.yaml`.

use sha2::Digest;

use super::sheets::{card, print, print_failing, ticket};
use super::ticket::text;
use crate::support::{ProjectDir, assert_contains};

const DESIGN: &str = "reports/design.yaml";

#[test]
fn the_ticket_says_what_is_checked_before_plates_are_made() {
    let typst = "#let rich = cmyk(60%, 0%, 0%, 90%)\n\
                 #text(fill: rich, size: 7pt)[small] #line(length: 3cm, stroke: .3pt + rich) #rect(fill: rgb(\"#ff0000\"))";
    let project = card(typst);
    project.run_ok(&["print", "-l", "en"]);
    let file = &ticket(&project)["files"][0];
    let preflight = &file["preflight"];
    let document = preflight["most-ink"]["document"].as_str().unwrap();
    assert!(document.starts_with("certificate-beijing"), "{document}");
    assert_eq!(preflight["most-ink"]["percent"], 150);
    assert_eq!(preflight["smallest-text-in-several-inks"]["points"], 7.0);
    assert_eq!(preflight["smallest-text-in-several-inks"]["inks"], "C 60, K 90");
    assert_eq!(preflight["thinnest-line-in-several-inks"]["points"], 0.3);
    assert_eq!(preflight["not-inks"][0]["what"], "an RGB colour");
    let resolution = &preflight["lowest-resolution"];
    assert!(resolution.is_null(), "{resolution}");
    let fonts = preflight["fonts"].as_array().unwrap();
    assert_eq!(fonts[0], serde_json::json!({ "name": "SourceSans3-Regular", "embedded": true, "subset": true }));
    assert_eq!(preflight["limits"]["max-ink-percent"], 300);
    let pdf = project.read_bytes(&format!("print/{}", file["file"].as_str().unwrap()));
    assert_eq!(file["sha256"], gen_report::hash::hex(&sha2::Sha256::digest(&pdf)));
}

#[test]
fn the_ticket_has_a_page_of_it_in_the_language_of_the_shop() {
    let project = card("#text(fill: cmyk(60%, 0%, 0%, 90%), size: 7pt)[small]");
    for (language, parts) in [
        ("en", ["Preflight: ", "smallest text in several inks", "7 pt (C 60, K 90); limit 12 pt", "not embedded"]),
        ("fr", ["Contrôle en amont", "plus petit texte en plusieurs encres", "limite 12 pt", "non incorporée"]),
        ("zh", ["印前检查", "多色套印的最小文字", "下限12 pt", "未嵌入"]),
    ] {
        print(&project, &["-l", "fr", "--shop-lang", language]);
        let ticket = text(&project, "ticket.pdf").replace(['\u{a0}', '\u{202f}'], " ");
        assert_contains(&ticket, &parts[..3]);
        assert!(ticket.contains("certificate-beijing (fr)") && !ticket.contains(parts[3]), "{ticket}");
    }
}

#[test]
fn colours_are_counted_for_each_side() {
    let gold = "#rect(fill: color.spot(\"Gold\", cmyk(0%, 20%, 60%, 20%)).tint(100%))";
    let foil = gold.replace("Gold", "Foil");
    let colours = |typst: &str, arguments: &[&str]| {
        let project = card(typst);
        print(&project, &[&["-l", "fr"], arguments].concat());
        ticket(&project)["files"][0]["parts"][0]["colours"].as_str().unwrap().to_owned()
    };
    let back = "#pagebreak() #v(20mm) #rect(fill: cmyk(10%, 10%, 10%, 10%))";
    assert_eq!(colours("", &[]), "1/0");
    assert_eq!(colours(gold, &[]), "2/0");
    assert_eq!(colours(&foil, &[]), "1/0", "a finish is no ink");
    assert_eq!(colours(back, &["--duplex", "sheetwise"]), "1/4");
    assert_eq!(colours(back, &["--duplex", "work-and-turn", "--copies", "2"]), "4/4", "one plate for both sides");
}

#[test]
fn the_lowest_resolution_of_pictures_is_measured_and_limited() {
    // 8 pixels across 10 mm.
    let photo = "#image(\"/reports/photo.png\", width: 10mm)";
    let picture = include_bytes!("../../stock/stock.png");
    let width = u32::from_be_bytes(picture[16..20].try_into().unwrap());
    let project = card(photo).file("reports/photo.png", picture);
    let ppi = (f64::from(width) / (10.0 / 25.4)).floor();
    print(&project, &["-l", "fr"]);
    let found = &ticket(&project)["files"][0]["preflight"]["lowest-resolution"];
    assert!((found["ppi"].as_f64().unwrap() - ppi).abs() <= 1.0, "{found}, not {ppi}");
    let limit = format!("print: {{resolution: {}}}\n", ppi + 5.0);
    let project = card(photo).file("reports/photo.png", picture).file(DESIGN, limit);
    assert_contains(&print(&project, &["-l", "fr"]), &["W0305", "use a larger photo, with at least"]);
}

#[test]
fn limits_are_settings_of_the_design() {
    let rich = "#let rich = cmyk(60%, 0%, 0%, 90%)\n#text(fill: rich, size: 7pt)[small] #line(length: 3cm, stroke: .3pt + rich)";
    let limited = |limits: &str| card(rich).file(DESIGN, format!("print: {{{limits}}}\n"));
    assert_contains(&print(&card(rich), &["-l", "fr"]), &["W0805", "W0817"]);
    let stderr = print(&limited("small-text: 6, thin-line: 0.25"), &["-l", "fr"]);
    assert!(!stderr.contains("warning"), "{stderr}");
    let stderr = print_failing(&limited("max-ink: 140"), &["-l", "fr"]);
    assert_contains(&stderr, &["E0804", "has 150 % ink coverage (C 60, K 90); the limit is 140 %"]);
    print(&limited("max-ink: 140"), &["-l", "fr", "--max-ink", "150"]);
    for (limits, expected) in [
        ("max-ink: 500", "expected percent from 100 to 400"),
        ("small-text: tiny", "expected points from 0 to 72"),
        ("smal-text: 9", "did you mean `small-text`?"),
    ] {
        let stderr = print_failing(&limited(limits), &["-l", "fr"]);
        assert_contains(&stderr, &[expected, "reports/design.yaml:1:", "help: "]);
    }
    // The embedded project has the limits that the manual names.
    print(&ProjectDir::new(), &["-l", "fr"]);
}
