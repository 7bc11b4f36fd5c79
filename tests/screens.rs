//! What each code looks like: its whole screen, as a person reads it. Those of mistakes that `check` finds in locales,
//! templates and facts are compared in tests/check.rs, the others here. A wanted change: `GOLDEN=write cargo test`,
//! then read the difference.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/bucket.rs"]
mod bucket;
mod common;

use std::fs;
use std::path::Path;

use bucket::Bucket;
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
fn runs_that_do_not_fit_together() {
    let certificates = |shard: &str| {
        let shop = Shop::new();
        let (_, stderr, code) = shop.run(&[ONE, &["-q", "--shard", shard]].concat());
        assert_eq!(code, 0, "{stderr}");
        shop
    };
    let merge: &[&str] = &[&["merge"], ONE].concat();
    let running = built(Shop::new(), "fr");
    let lock = fs::File::open(running.path().join("out/.manifest.lock")).unwrap();
    lock.lock().unwrap();
    shows("E0604", &running, ONE);
    shows("E0606", &Shop::new(), &["--shard", "auto"]);
    let shop = certificates("1/2");
    shows("E0607", &shop, merge);
    let whole = certificates("1/1");
    let lines = fs::read(whole.path().join("out/manifest-1-of-1.jsonl")).unwrap();
    shows("E0608", &shop.file("out/manifest-1-of-2.jsonl", &lines).file("out/manifest-2-of-2.jsonl", &lines), merge);
    shows("E0609", &whole.file("out/fr/certificate-beijing.pdf", "of somebody else"), merge);
}

#[test]
fn buckets_that_take_nothing() {
    let bucket = Bucket::open();
    let shows = |code: &str, bucket: &Bucket, more: &[&str]| {
        same_screen(code, &bucket.run(&Shop::new(), &[&["-l", "fr"], more].concat()).0);
    };
    // Port 9 discards, where it is open at all.
    shows("E0605", &Bucket { port: 9, ..bucket.clone() }, &["-o", "s3://press/x", "--patience", "0.1"]);
    shows("E0610", &bucket, &["-o", "s3://nowhere/x"]);
    bucket.inside().objects.insert("x/fr/certificate-beijing.pdf".to_owned(), b"of somebody else".to_vec());
    shows("E0611", &bucket, &["-o", "s3://press/x"]);
}

#[test]
fn sheets_that_no_press_can_print() {
    // A card of 85 × 55 mm in place of the certificate, with what is to be drawn on it.
    let card = |drawn: &str| {
        let page = "#set page(width: 85mm, height: 55mm, margin: 5mm, bleed: 3mm)";
        let text = "#set text(fill: cmyk(0%, 0%, 0%, 100%), font: \"Source Sans 3\")";
        Shop::new().file(CERTIFICATE, format!("{page}\n{text}\n{{{{city.name}}}} {drawn}"))
    };
    let print = |code: &str, shop: &Shop, more: &[&str]| shows(code, shop, &[&["print", "-l", "fr"], more].concat());
    print("E0801", &card(""), &["--sheet", "SRA33"]);
    print("E0802", &card(""), &["--sheet", "90x60"]);
    print("E0803", &card("").file("press.icc", "no profile"), &["--icc", "press.icc"]);
    print("E0804", &card("#rect(fill: cmyk(100%, 90%, 80%, 70%))"), &[]);
    print("W0805", &card("#text(size: 8pt, fill: cmyk(60%, 0%, 0%, 100%))[small]"), &[]);
    print("W0806", &card("#rect(fill: red)"), &[]);
    print("E0807", &card(""), &["--bleed", "5"]);
    print("W0808", &card(""), &["--sheet", "105x75"]);
    print("W0809", &card(""), &["--finish", "foli"]);
}

#[test]
fn stock_that_its_fields_do_not_fit() {
    const STOCK: &str = include_str!("stock/stock.yaml");
    let print = |code: &str, from: &str, to: &str, more: &[&str]| {
        assert!(STOCK.contains(from), "the stock holds no {from:?}");
        let shop = Shop::new()
            .file("stock.yaml", STOCK.replacen(from, to, 1))
            .file("stock.png", include_bytes!("stock/stock.png"));
        shows(code, &shop, &[&["print", "--stock", "stock.yaml", "-l", "fr"], more].concat());
    };
    print("E0811", "y: 108", "y: 240", &[]);
    print("E0812", "width: 210\n    by", "width: 21\n    by", &[]);
    print("W0813", "height: 210", "height: 200", &["--proof"]);
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
