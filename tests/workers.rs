//! A document that never ends, or grows without end, ends alone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::Shop;

fn with_certificate(typst: &str) -> Shop {
    Shop::new()
        .file("reports/certificate/city.typ.hbs", format!("#set document(title: \"x\")\n{{{{city.name}}}}\n{typst}\n"))
}

const OTHERS: [&str; 2] = ["out/fr/press-release-beijing.pdf", "out/fr/press-release.pdf"];

#[test]
fn a_loop_without_end_is_ended_and_the_others_are_made() {
    // Ten thousand million rounds: Typst itself only stops a single loop that seems infinite.
    let shop = with_certificate("#for i in range(100000) { for j in range(100000) { let k = i + j } }");
    let (_, stderr, code) = shop.run(&["-l", "fr", "--timeout", "10"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(
        stderr.contains("E0405") && stderr.contains("certificate-beijing in `fr` took longer than 10 s"),
        "{stderr}"
    );
    assert_eq!(shop.made(), OTHERS);
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_grows_without_end_is_ended_and_the_others_are_made() {
    let shop = with_certificate("#let a = (\"x\" * 1000000,)\n#for i in range(9000) { a.push(a.last() + \"y\") }");
    let (_, stderr, code) = shop.run(&["-l", "fr", "--timeout", "600", "--memory", "400"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("E0403") && stderr.contains("used up the memory"), "{stderr}");
    assert_eq!(shop.made(), OTHERS);
}

/// The limit is on what a document takes: an ordinary one stays far below.
#[cfg(target_os = "linux")]
#[test]
fn ordinary_documents_need_little_memory() {
    let shop = Shop::new();
    let (_, stderr, code) = shop.run(&["-l", "fr,zh", "--timeout", "600", "--memory", "250"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(shop.made().len(), 6);
}

#[test]
fn a_mistake_in_a_worker_is_told_at_its_line() {
    let shop = with_certificate("#unknown-function()");
    let (_, stderr, _) = shop.run(&["-l", "fr", "--timeout", "600"]);
    assert!(stderr.contains("city.typ.hbs:3:2") && stderr.contains("#unknown-function()"), "{stderr}");
}

#[test]
fn what_a_worker_borrows_from_another_language_is_told_once() {
    let english = include_str!("../locales/en/text.ftl");
    let line = english.lines().find(|line| line.starts_with("press-release =")).unwrap();
    let settings = include_str!("../locales/en/numbers.ftl");
    let shop = Shop::new()
        .file("locales/en/text.ftl", english.replacen(line, "", 1))
        .file("locales/en/numbers.ftl", settings.replacen("\nlocale-icu", "\nlocale-fallback = fr\nlocale-icu", 1));
    let threads = shop.run(&["-l", "en", "-o", "threads"]).1;
    let (_, stderr, code) = shop.run(&["-l", "en", "-j", "2", "--timeout", "600"]);
    assert_eq!((code, stderr.matches("W0207").count()), (0, 1), "{stderr}");
    assert_eq!(threads.matches("W0207").count(), 1, "{threads}");
}

#[test]
fn workers_make_the_same_bytes() {
    let shop = Shop::new();
    assert_eq!(shop.run(&["-q", "-o", "one"]).2, 0);
    assert_eq!(shop.run(&["-q", "-o", "two", "--timeout", "600"]).2, 0);
    for document in ["fr/press-release.pdf", "zh/certificate-beijing.pdf", "en/press-release-beijing.pdf"] {
        let read = |folder: &str| std::fs::read(shop.path().join(folder).join(document)).unwrap();
        assert!(read("one") == read("two"), "{document} differs");
    }
}
