//! The job ticket, and the line outside the pages, in the language of the job.

use std::collections::BTreeSet;

use super::sheets::{card, open, print, print_failing, ticket};
use crate::support::{ProjectDir, assert_contains};

/// Returns the texts of all pages of a file.
pub fn text(project: &ProjectDir, file: &str) -> String {
    let document = open(project, file);
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap()
}

#[test]
fn sheet_and_ticket_are_in_the_language_of_the_documents() {
    let project = ProjectDir::new();
    for (language, on_sheet, in_ticket) in [
        ("en", "Certificate · sheet 1 of 1", ["trimmed page", "one side", "cut along the crop marks"]),
        ("fr", "Certificat · feuille 1 sur 1", ["format fini", "recto seul", "coupe aux traits de coupe"]),
        ("zh", "证书 · 第1张，共1张", ["成品尺寸", "单面", "按裁切标记裁切"]),
    ] {
        print(&project, &["-l", language, "--cover"]);
        let squeeze = |text: String| text.replace('\u{a0}', " ").replace("  ·  ", " · ");
        let sheet = squeeze(text(&project, &format!("certificate-{language}.pdf")));
        assert_contains(&sheet, &[on_sheet, in_ticket[0]]);
        assert_contains(&squeeze(text(&project, "ticket.pdf")), &in_ticket);
    }
}

#[test]
fn the_print_shop_may_have_another_language_than_the_documents() {
    let project = card("");
    print(&project, &["-l", "fr", "--shop-lang", "zh"]);
    assert_contains(&text(&project, "certificate-fr.pdf"), &["第1张，共1张"]);
    assert_contains(&text(&project, "ticket.pdf"), &["印张数"]);
    let stderr = print_failing(&card(""), &["-l", "fr", "--shop-lang", "hz"]);
    assert_contains(&stderr, &["this project has no language `hz`", "did you mean `zh`?"]);
}

#[test]
fn a_language_without_words_for_print_shops_uses_the_english_ones() {
    let project = card("").file("locales/fr/print.ftl", "print-sheet = feuille\n");
    print(&project, &["-l", "fr"]);
    assert_contains(&text(&project, "ticket.pdf"), &["feuille", "trimmed page"]);
    assert_contains(&text(&project, "certificate-fr.pdf"), &["sheet 1 of 1"]);
}

#[test]
fn every_embedded_language_has_all_words_for_print_shops() {
    let ids = |language: &str| -> BTreeSet<String> {
        let file = std::fs::read_to_string(format!("locales/{language}/print.ftl")).unwrap();
        file.lines().filter_map(|line| Some(line.strip_prefix("print-")?.split_once(" = ")?.0.to_owned())).collect()
    };
    let english = ids("en");
    assert!(english.len() > 30);
    assert_eq!(ids("fr"), english);
    assert_eq!(ids("zh"), english);
}

#[test]
fn the_ticket_has_what_was_agreed_with_the_print_shop() {
    let project = card("");
    print(&project, &["-l", "en", "--job-number", "K-4711", "--paper", "coated silk", "--weight", "300"]);
    let order = ticket(&project);
    assert_eq!((&order["job-number"], &order["paper"]), (&"K-4711".into(), &"coated silk".into()));
    assert_eq!(order["weight-gsm"], 300);
    assert_contains(&text(&project, "ticket.pdf").replace('\u{a0}', " "), &["K-4711", "coated silk, 300 g/m²"]);
    assert_contains(&text(&project, "certificate-en.pdf"), &["job K-4711"]);
    print(&project, &["-l", "en"]);
    assert!(ticket(&project)["job-number"].is_null() && !text(&project, "certificate-en.pdf").contains("job"));
    for arguments in [["--weight", "0"], ["--job-number", " "], ["--paper", "two\nlines"]] {
        assert_eq!(project.run(&[&["print"][..], &arguments].concat()).2, 2, "{arguments:?}");
    }
}
