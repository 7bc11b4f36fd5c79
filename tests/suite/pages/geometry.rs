//! The geometry of finished pages: text over other text, and text that is too small, is reported with its cause.

use crate::support::{CERTIFICATE, ProjectDir, RESULTS_FILE, assert_contains};

/// The warnings about a certificate whose template ends with some Typst.
fn warnings(typst: &str) -> String {
    let template = format!("#set document(title: \"x\")\n#set text(lang: \"fr\")\n{{{{city.name}}}}\n{typst}\n");
    ProjectDir::new().file(CERTIFICATE, template).run_ok(&["-l", "fr", "-r", "certificate"]).1
}

#[test]
fn a_text_over_another_one_is_reported_at_its_template_line() {
    let stderr = warnings("#place(top + left, dx: 2mm, dy: 60mm)[below]\n#place(top + left, dx: 3mm, dy: 61mm)[above]");
    assert_contains(
        &stderr,
        &["W0404", "“above” overlaps “below” on page 1 of certificate-beijing in `fr`", "city.typ.hbs:5"],
    );
}

/// Lines set tight, raised letters, text that is turned, and an overlap of white space are as they should be.
#[test]
fn what_only_touches_is_not_reported() {
    for typst in [
        "#set par(leading: 0.2em)\nÉtat \\ gypse \\ Âge",
        "le 1#super[er] décembre H#sub[2]O",
        "#place(top + left, dy: 60mm)[below]\n#place(top + left, dy: 60mm, rotate(30deg)[turned])",
        "#place(top + left, dy: 60mm)[below]\n#place(top + left, dy: 60mm)[#h(20mm)beside]",
    ] {
        let stderr = warnings(typst);
        assert!(!stderr.contains("W0404"), "{typst}: {stderr}");
    }
}

#[test]
fn a_text_that_is_too_small_to_read_is_reported() {
    assert_contains(&warnings("#text(4pt)[tiny]"), &["W0404", "“tiny” is set in 4.0 pt on page 1"]);
    assert_contains(&warnings("#scale(40%)[shrunk]"), &["“shrunk” is set in 4."]);
}

/// What was found with another programme: three signatories with long offices, in two languages.
#[test]
fn signatories_that_run_into_each_other_are_reported() {
    let office = "{fr: Présidence du comité international d’experts pour l’évaluation des villes pilotes de l’économie numérique, en: Chair of the International Expert Committee for the Evaluation of Pilot Cities of the Digital Economy}";
    let results = include_str!("../../../reports/results.yaml");
    let (start, end) = (results.find("signatories:\n").unwrap(), results.find("\nsources:").unwrap());
    let signatories =
        "signatories:\n".to_owned() + &format!("  - office: {office}\n    name: Anastasia Kestrel\n").repeat(3);
    let project = ProjectDir::new().file(RESULTS_FILE, [&results[..start], &signatories, &results[end..]].concat());
    let (_, stderr) = project.run_ok(&["-l", "fr+en", "-r", "certificate"]);
    assert_contains(&stderr, &["W0404", "overlaps “", "certificate-beijing in `fr+en`"]);
}

/// The press releases of a changed first edition, in three languages, have no text over another and none off the page.
fn assert_releases_hold(changes: &[(&str, &str)]) {
    let project = ProjectDir::with_results(changes);
    let (_, stderr) = project.run_ok(&["-l", "fr,en,zh", "-r", "press-release"]);
    assert!(!stderr.contains("W0404"), "{stderr}");
}

#[test]
fn long_key_figures_stay_in_their_column() {
    assert_releases_hold(&[
        ("{value: 200_000, unit: enterprise, hedge: over,", "{value: 12_345_678_912, unit: eur,"),
        (
            "{value: 2_500_000_000_000, unit: cny, hedge: over,",
            "{min: 412_300_000_000, max: 450_700_000_000, unit: cny,",
        ),
        ("    - beijing/digital-economy-share\n", "    - beijing/digital-enterprises\n"),
    ]);
}

#[test]
fn seven_key_figures_leave_the_text_and_the_foot_of_the_page_free() {
    let others = "ai-core-revenue, digital-manufacturers, digital-patents-rank]";
    assert_releases_hold(&[
        ("digital-enterprises, ai-enterprises]", &format!("digital-enterprises, ai-enterprises, {others}")),
        (
            "    - beijing/digital-economy-share\n",
            "    - beijing/digital-economy-share\n    - beijing/digital-enterprises\n    - beijing/ai-enterprises\n    \
             - beijing/digital-patents-rank\n",
        ),
    ]);
}

/// A name of 58 letters without a space, and a Chinese one that is wider than a quarter of the page.
#[test]
fn long_names_wrap_in_their_cell_of_the_ranking() {
    let name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
    let city = format!(
        "cities:\n  - id: second\n    name: {{fr: {name}, en: {name}, zh: 克孜勒苏柯尔克孜自治州}}\n    country: {{fr: \
         Royaume-Uni, en: United Kingdom, zh: 中国}}\n    status: selected\n    rank: 2\n"
    );
    let project = ProjectDir::with_results(&[("cities:\n", &city)]);
    for (language, country) in [("fr", "Royaume-Uni"), ("en", "United Kingdom"), ("zh", "中国")] {
        let documents = project.documents(language);
        let runs = documents.text_runs(language, "press-release", None);
        let row = runs.iter().position(|run| run.text.contains(&name[..6]) || run.text.contains("克孜")).unwrap();
        let second = runs[row..].iter().find(|run| run.text.contains(country)).unwrap();
        let end = runs[row].x + runs[row].width;
        assert!(end + 8.0 < second.x, "{language}: the name ends at {end}, the country begins at {}", second.x);
    }
}
