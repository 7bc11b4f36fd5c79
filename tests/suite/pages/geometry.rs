//! The geometry of finished pages: text over other text, and text that is too small, is reported with its cause.

use crate::support::{CERTIFICATE, ProjectDir, assert_contains};

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
