//! What each code looks like: its whole screen, as a person reads it. Those of mistakes that `check` finds in locales,
//! templates and facts are compared in tests/check.rs, the others here. A wanted change: `GOLDEN=write cargo test`,
//! then read the difference.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{RESULTS, Shop, same_screen};
use gen_report::diagnostic::code;

/// No input of a user leads to these.
const UNSEEN: &[(&str, &str)] = &[(
    "E0403",
    "a fault of Typst or of this program; a worker that used up its memory tells it too, by the way in which the \
     system ends it (tests/workers.rs)",
)];

const FR: &str = "locales/fr/text.ftl";
const CERTIFICATE: &str = "reports/certificate/city.typ.hbs";
const ONE: &[&str] = &["-l", "fr", "-r", "certificate"];

fn page(body: &str) -> Shop {
    Shop::new().file(CERTIFICATE, format!("#set document(title: \"x\")\n{{{{city.name}}}}\n{body}\n"))
}

/// The embedded file with a part replaced.
fn edited(shop: Shop, file: &str, from: &str, to: &str) -> Shop {
    let text = if file.ends_with(".yaml") { RESULTS.to_owned() } else { fs::read_to_string(file).unwrap() };
    assert!(text.contains(from), "{file} holds no {from:?}");
    shop.file(file, text.replacen(from, to, 1))
}

fn built(shop: Shop, language: &str) -> Shop {
    let (_, stderr, code) = shop.run(&["-q", "-l", language]);
    assert_eq!(code, 0, "{stderr}");
    shop
}

/// The screen of the first message with this code.
#[track_caller]
fn shows(code: &str, shop: &Shop, arguments: &[&str]) {
    let (_, stderr, _) = shop.run(arguments);
    same_screen(code, &stderr);
}

#[test]
fn files_that_cannot_be_used() {
    shows("E0001", &Shop::new().file(FR, b"specimen = caf\xe9\n"), ONE);
    shows("E0101", &edited(Shop::new(), "reports/results.yaml", "  founded: 2025-02\n", "  founded: [2025-02\n"), ONE);
    shows("E0103", &edited(Shop::new(), "reports/results.yaml", "value: 2_400", "value: two thousand"), ONE);
    shows("E0503", &Shop::new().file("fonts/Headline.otf", "not a font"), ONE);
}

#[test]
fn wishes_that_the_project_cannot_fulfil() {
    shows("E0002", &Shop::new(), &["-l", "de"]);
    let nobody = edited(Shop::new(), "reports/results.yaml", "status: selected", "status: shortlisted");
    shows("E0003", &nobody, ONE);
}

#[test]
fn words_that_fail_on_their_way_to_the_page() {
    shows("E0206", &edited(Shop::new(), FR, "specimen = ", "specimen = { specimen } "), ONE);
    let fallback = edited(Shop::new(), "locales/fr/numbers.ftl", "locale-icu", "locale-fallback = en\nlocale-icu");
    shows("W0207", &edited(fallback, FR, "certificate = ", "former-certificate = "), ONE);
}

#[test]
fn pages_that_are_not_as_they_should_be() {
    let photo = "    photo: {file: a.svg, credit: A, alt: B, caption: C}\n    milestones:";
    let coarse = Shop::edited(&[("    milestones:", &photo.replace("svg", "png"))]).file("reports/a.png", PIXEL);
    shows("W0305", &coarse, &["-l", "fr", "-c", "beijing", "-r", "press-release"]);
    shows("E0402", &page("#image(\"/assets/a.png\")").file("reports/a.png", PIXEL), ONE);
    shows("W0404", &page("#place(dx: 30cm)[{{t \"certificate\"}}]"), ONE);
    shows(
        "E0405",
        &page("#for i in range(100000) { for j in range(100000) { let k = i + j } }"),
        &[ONE, &["--timeout", "0.5"]].concat(),
    );
}

/// One pixel.
const PIXEL: &[u8] = include_bytes!("hostile/pixel.png");

#[test]
fn documents_that_cannot_be_put_where_they_belong() {
    shows("E0601", &Shop::new().file("out", "a file"), ONE);
    shows("W0602", &page("#unknown()").file("out/fr/certificate-beijing.pdf", "of yesterday"), ONE);
    shows("E0603", &Shop::new().file("reports/so called/city.typ.hbs", "x"), ONE);
}

#[test]
fn finished_documents_that_say_something_else() {
    let audit = &["check", "-l", "fr", "--out", "out"];
    shows("E0704", &Shop::new(), audit);
    let shop = built(Shop::new(), "fr");
    shows("E0701", &edited(shop, "reports/results.yaml", "value: 200_000", "value: 210_000"), audit);
    let shop = built(edited(Shop::new(), FR, "city-event = ", "city-event = Dans 12 jours, "), "fr");
    shows("E0702", &shop, audit);
    let divided = ("SHIFT($value, steps: \"9 6\")", "SHIFT($value, by: 8)");
    shows("E0703", &built(edited(Shop::new(), "locales/fr/numbers.ftl", divided.0, divided.1), "fr"), audit);
}

#[test]
fn every_code_has_its_screen() {
    for (code, ..) in code::ALL {
        let kept = Path::new("tests/screens").join(format!("{}.txt", code.0)).is_file();
        let unseen = UNSEEN.iter().any(|(unseen, _)| *unseen == code.0);
        assert!(kept != unseen, "{}: kept {kept}, unseen {unseen}", code.0);
    }
    for entry in fs::read_dir("tests/screens").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(code::ALL.iter().any(|(code, ..)| name == format!("{}.txt", code.0)), "{name} is of no code");
    }
}
