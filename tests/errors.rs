//! What a mistake looks like: the place where it was made, and what to do about it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::Shop;

/// The message holds all of these, and nothing was made.
fn shows(shop: &Shop, arguments: &[&str], parts: &[&str]) {
    let screen = shop.refused(arguments);
    for part in parts {
        assert!(screen.contains(part), "no {part:?} in:\n{screen}");
    }
    assert_eq!(shop.made(), Vec::<String>::new());
}

#[test]
fn all_mistakes_of_the_results_are_found_in_one_run() {
    let shop = Shop::edited(&[
        ("status: selected", "status: selceted"),
        ("  founded: 2025-02\n", "  founded: 2025-13\n"),
        ("hedge: over, nature: observed", "hedg: over, nature: observed"),
        ("value: 2_400", "value: two thousand"),
        ("  acronym: WIOTC\n", ""),
    ]);
    shows(
        &shop,
        &[],
        &[
            "`selceted` is no status",
            "did you mean `selected`?",
            "`2025-13` is no date",
            "no key `hedg`",
            "did you mean `hedge`?",
            "`two thousand` is no number",
            "the organiser has no `acronym`",
            "reports/results.yaml:",
        ],
    );
}

#[test]
fn a_yaml_error_shows_its_line() {
    let shop = Shop::edited(&[("  number: 1\n", "  number: 1\n  number: 2\n")]);
    shows(&shop, &[], &["E0105", "`number` stands twice", "number: 2"]);
    let bomb = Shop::new().file("reports/results.yaml", "[".repeat(5000));
    shows(&bomb, &[], &["E0101"]);
    let binary = Shop::new().file("reports/results.yaml", [b'a', b':', 0xff]);
    shows(&binary, &[], &["E0001", "not UTF-8"]);
}

#[test]
fn an_unknown_name_lists_what_there_is() {
    shows(&Shop::new(), &["--lang", "fr,de"], &["no language `de`", "there is: en, fr, zh"]);
    shows(&Shop::new(), &["--report", "certifcate"], &["no report `certifcate`", "did you mean `certificate`?"]);
    shows(&Shop::new(), &["--city", "paris"], &["no city `paris`", "there is: beijing"]);
}

const TEMPLATE: &str = "reports/certificate/city.typ.hbs";

#[test]
fn a_template_error_shows_the_line_of_the_template() {
    let page = |body: &str| Shop::new().file(TEMPLATE, format!("#set document(title: \"x\")\n{body}\n"));
    let only = &["-r", "certificate", "-l", "fr"];
    shows(&page("{{#if city}}"), only, &["E0301", "city.typ.hbs"]);
    shows(&page("{{t \"headlin\"}}"), only, &["E0202", "no message `headlin`", "city.typ.hbs:2:1"]);
    shows(&page("{{t \"city-size\"}}"), only, &["is not given", "city-size"]);
    shows(&page("{{city.nme}}"), only, &["no `city.nme` here", "city.typ.hbs:2:1"]);
    shows(&page("{{city.figures.ai-enterprises}}"), only, &["write {{figure city.figures.ai-enterprises}}"]);
    shows(&page("{{{city.name}}}"), only, &["would let data become code", "city.typ.hbs:2:1"]);
    shows(&page("{{shout city}}"), only, &["no helper `shout`"]);
}

#[test]
fn a_typst_error_shows_the_template_that_made_it() {
    let only = &["-r", "certificate", "-l", "fr"];
    let shop = Shop::new().file(TEMPLATE, "{{city.name}}\n\n#unknown-function()\n");
    shows(&shop, only, &["E0401", "unknown variable", "city.typ.hbs:3:2"]);
    let shop = Shop::new().file(TEMPLATE, "#read(\"/secret.txt\")").file("secret.txt", "x");
    shows(&shop, only, &["E0401", "file not found"]);
    let shop = Shop::new().file(TEMPLATE, "#set document(title: \"x\")\n#set text(font: \"Comic\")\n{{city.name}}");
    shows(&shop, only, &["E0502", "comic"]);
}

#[test]
fn a_character_without_a_glyph_is_an_error_with_its_place() {
    let shop = Shop::edited(&[("      fr: Beijing\n", "      fr: Beijing 𓀀\n")]);
    shows(&shop, &["-r", "certificate", "-l", "fr"], &["E0501", "U+13000", "results.yaml", "Source Serif 4"]);
}

#[test]
fn a_locale_error_shows_the_line_of_the_locale() {
    let fr = include_str!("../locales/fr/text.ftl");
    let edited = |from: &str, to: &str| {
        assert!(fr.contains(from));
        Shop::new().file("locales/fr/text.ftl", fr.replacen(from, to, 1))
    };
    let only = &["-r", "certificate", "-l", "fr"];
    shows(&edited("{ $serial }", "{ $seriel }"), only, &["E0203", "`$seriel`", "locales/fr/text.ftl:"]);
    shows(&edited("DATE($date)", "DAT($date)"), only, &["E0204", "no function DAT", "did you mean `DATE`?"]);
    shows(&edited("certificate = ", "certificate "), only, &["E0201", "locales/fr/text.ftl:"]);
    shows(&edited("specimen = ", "press-release = x\nspecimen = "), only, &["E0105", "stands twice"]);
}

#[test]
fn a_missing_picture_names_the_line_of_the_results() {
    let photo = "    photo: {file: nowhere.jpg, credit: X, alt: Y, caption: Z}\n    milestones:";
    let shop = Shop::edited(&[("    milestones:", photo)]);
    shows(&shop, &["-l", "fr", "-c", "beijing", "-r", "press-release"], &["E0304", "nowhere.jpg", "results.yaml"]);
    let outside = Shop::edited(&[("    milestones:", &photo.replace("nowhere", "../../etc/x"))]);
    shows(&outside, &["-l", "fr", "-c", "beijing", "-r", "press-release"], &["E0304", "leaves the project"]);
}

#[test]
fn one_bad_document_does_not_stop_the_others() {
    let shop = Shop::new().file(TEMPLATE, "#unknown()");
    let (_, stderr, code) = shop.run(&["-l", "fr"]);
    assert_eq!(code, 1, "{stderr}");
    assert_eq!(shop.made(), ["out/fr/press-release-beijing.pdf", "out/fr/press-release.pdf"]);
    assert!(stderr.contains("1 document failed"), "{stderr}");
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let shop = Shop::new().file("out", "a file");
    let screen = shop.refused(&["-l", "fr", "-r", "certificate"]);
    assert!(screen.contains("E0601") && screen.contains("`out` is a file, not a folder"), "{screen}");
    assert_eq!(std::fs::read_to_string(shop.path().join("out")).unwrap(), "a file");
}

#[test]
fn messages_for_programs_are_one_object_a_line() {
    let (stdout, _, code) = Shop::new().run(&["-l", "fr", "-r", "certificate", "--message-format", "json"]);
    assert_eq!(code, 0);
    let objects: Vec<serde_json::Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects[0]["type"], "document");
    assert_eq!(objects[0]["pages"], 1);
    assert_eq!(objects[1]["made"], 1);
}
