//! What stands on the pages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::path::Path;

use common::Shop;
use gen_report::edition::Edition;
use gen_report::locale::marks;
use gen_report::project::Project;
use gen_report::typeset::Variant;

#[test]
fn the_first_edition_is_made_from_an_empty_folder() {
    let shop = Shop::new();
    let (stdout, stderr, code) = shop.run(&["--lang", "fr"]);
    assert_eq!(code, 0, "{stderr}");
    let expected = ["out/fr/certificate-beijing.pdf", "out/fr/press-release-beijing.pdf", "out/fr/press-release.pdf"];
    assert_eq!(stdout.lines().collect::<Vec<_>>(), expected);
    assert_eq!(shop.made(), expected);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let shop = Shop::new();
    for arguments in [&["-q", "-o", "one"][..], &["-q", "-o", "two", "-j", "1"]] {
        assert_eq!(shop.run(arguments).2, 0);
    }
    for document in ["fr/press-release.pdf", "zh/certificate-beijing.pdf", "en/press-release-beijing.pdf"] {
        let read = |folder: &str| std::fs::read(shop.path().join(folder).join(document)).unwrap();
        assert!(read("one") == read("two"), "{document} differs");
    }
}

/// The text without its spaces: one of them is a line end where a long name takes two lines.
fn squeezed(text: &str) -> String {
    text.replace(' ', "")
}

/// The name as French sets it: with its quotation marks and spaces, and never as code.
fn set_in_french(name: &str) -> String {
    let edition = Edition::load(Project::open(Path::new("."), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
    let finished = edition.locale("fr").unwrap_or_else(|e| panic!("{}", e[0])).finish(name);
    squeezed(&marks::without(&finished))
}

/// Whatever a name holds, it is printed and nothing else happens.
#[test]
fn data_is_never_code() {
    let name = r##"#read("secret.txt") *x* $1$ <a> @b \ // /* c"##;
    let shop = Shop::edited(&[("      fr: Beijing\n", &format!("      fr: '{name}'\n"))]).file("secret.txt", "leaked");
    for report in ["certificate", "press-release"] {
        let (text, _) = shop.pages("fr", report, Some("beijing"));
        assert!(squeezed(&text).contains(&set_in_french(name)), "{report}: {text}");
        assert!(!text.contains("leaked"));
    }
    for name in
        ["= a", "- a", "+ a", "/ a: b", "`a`", "~a -- b", "'a' \"b\"", "#", "]", "{{city.id}}", "{ $x }", "\\u{41}"]
    {
        let shop = Shop::edited(&[("      fr: Beijing\n", &format!("      fr: '{}'\n", name.replace('\'', "''")))]);
        let (text, _) = shop.pages("fr", "certificate", Some("beijing"));
        assert!(squeezed(&text).contains(&set_in_french(name)), "{name}: {text}");
    }
}

#[test]
fn a_certificate_is_one_page_however_long_the_name() {
    let long = "Saint-Rémy-sur-l’Ardennelle-les-Grandes-Eaux-et-Montvaillant";
    assert_eq!(long.chars().count(), 60);
    let shop = Shop::edited(&[
        ("      fr: Beijing\n", &format!("      fr: {long}\n")),
        ("name: 北京, full: 北京市", "name: 云汀"),
        (
            "\nsources:",
            "  - office: {fr: Direction du programme, en: Director of the Program, zh: 项目主任}\n\nsources:",
        ),
    ]);
    for language in ["fr", "zh", "en"] {
        assert_eq!(shop.pages(language, "certificate", Some("beijing")).1, 1, "{language}");
    }
}

#[test]
fn an_embargo_replaces_the_release_line() {
    let shop = Shop::edited(&[(
        "contact:\n",
        "embargo:\n  until: 2025-11-28T10:00\n  zone: {fr: heure de Beijing, en: Beijing time, zh: 北京时间}\n\ncontact:\n",
    )]);
    let (text, _) = shop.pages("fr", "press-release", Some("beijing"));
    assert!(text.contains("SOUS EMBARGO") && !text.contains("POUR DIFFUSION"), "{text}");
    let plain = text.replace('\u{a0}', " ");
    assert!(plain.contains("28 novembre 2025 à 10 h"), "{plain}");
}

#[test]
fn a_specimen_says_so_and_a_real_document_does_not() {
    assert!(Shop::new().pages("en", "certificate", Some("beijing")).0.contains("Example without official value"));
    let real = Shop::edited(&[("specimen: true", "specimen: false")]);
    assert!(!real.pages("en", "certificate", Some("beijing")).0.contains("Example without official value"));
}

#[test]
fn only_selected_cities_get_documents() {
    let shop = Shop::edited(&[("status: selected", "status: shortlisted")]);
    assert!(shop.refused(&["-c", "beijing", "-r", "certificate"]).contains("is shortlisted, not selected"));
}

#[test]
fn what_fits_on_one_page_is_the_same_whether_the_page_was_asked_for_its_number_or_not() {
    let asking = Shop::new().file("reports/shared/pages.typ", "#let one-page = false");
    for (report, language) in
        [("certificate", "en"), ("certificate", "zh+en"), ("press-release", "fr"), ("press-release", "zh")]
    {
        let pdf = |project: &str| common::pdf(project, language, report, Some("beijing"), Variant::Archive);
        assert!(
            pdf(Shop::new().path().to_str().unwrap()) == pdf(asking.path().to_str().unwrap()),
            "{report} {language}"
        );
    }
}

/// With which attempt a document begins is guessed from those before it.
#[test]
fn what_fits_on_one_page_is_the_same_whatever_was_made_before() {
    let nowhere =
        "cities:\n  - id: nowhere\n    name: Nowhere\n    country: Azuria\n    status: selected\n    rank: 2\n";
    let template = "#import \"../shared/pages.typ\": one-page\n#set document(title: [Pages])\n#set text(lang: \"en\", \
        font: \"Source Serif 4\", fallback: false)\n{{city.name}} #if one-page [alone]\n\
        {{#if city.figures.ai-enterprises}}and this makes it longer{{else}}#pagebreak() on{{/if}}";
    let shop = Shop::edited(&[("cities:\n", nowhere)]).file("reports/note/city.typ.hbs", template);
    let project = shop.path().to_str().unwrap();
    let (works, short) = common::works(project, "en", "note", Some("beijing"), Variant::Archive);
    let fresh = works.make(&short).unwrap_or_else(|e| panic!("{}", e[0]));
    let (works, long) = common::works(project, "en", "note", Some("nowhere"), Variant::Archive);
    let made = [&long, &short, &long].map(|job| works.make(job).unwrap_or_else(|e| panic!("{}", e[0])));
    assert_eq!(made.each_ref().map(|(_, pages, _)| *pages), [2, 1, 2]);
    assert!(made[1].0 == fresh.0 && made[0].0 == made[2].0);
}
