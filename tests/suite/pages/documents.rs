//! What the documents of the example edition say, and what their bytes and page counts depend on.

use gen_report::typeset::Variant;

use crate::support::{Documents, EXAMPLE_EDITION, ProjectDir, files_below};

#[test]
fn the_example_edition_is_built_from_an_empty_folder() {
    let project = ProjectDir::new();
    let (stdout, _) = project.run_ok(&["--lang", "fr"]);
    let expected = ["out/fr/certificate-beijing.pdf", "out/fr/press-release-beijing.pdf", "out/fr/press-release.pdf"];
    assert_eq!(stdout.lines().collect::<Vec<_>>(), expected);
    assert_eq!(project.output_files(), expected);
}

/// On several threads, on one, and in worker processes. The manifests are the same too.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let project = ProjectDir::with_built_edition();
    let first = files_below(&project.path().join("out"));
    assert_eq!(first.len(), 9 + 2, "nine documents, their manifest and modules: {:?}", first.keys());
    for arguments in [&["-q", "-o", "again", "-j", "1"][..], &["-q", "-o", "again", "--timeout", "600"]] {
        let project = ProjectDir::new();
        project.run_ok(arguments);
        let again = files_below(&project.path().join("again"));
        assert!(first.keys().eq(again.keys()), "{arguments:?}: {:?}", again.keys());
        for (path, bytes) in &first {
            assert!(*bytes == again[path], "{path} differs with {arguments:?}");
        }
    }
}

#[test]
fn a_certificate_is_one_page_however_long_the_name() {
    let long = "Saint-Rémy-sur-l’Ardennelle-les-Grandes-Eaux-et-Montvaillant";
    assert_eq!(long.chars().count(), 60);
    let project = ProjectDir::with_results(&[
        ("      fr: Beijing\n", &format!("      fr: {long}\n")),
        ("name: 北京, full: 北京市", "name: 云汀"),
        (
            "\nsources:",
            "  - office: {fr: Direction du programme, en: Director of the Program, zh: 项目主任}\n\nsources:",
        ),
    ]);
    let documents = Documents::open(project.path(), &["fr", "zh", "en"], Variant::default());
    for language in ["fr", "zh", "en"] {
        assert_eq!(documents.text(language, "certificate", Some("beijing")).1, 1, "{language}");
    }
}

/// The mark is set in Latin letters first, and in Chinese ones where the acronym has them.
#[test]
fn the_acronym_of_an_organiser_may_be_chinese() {
    let project = ProjectDir::with_results(&[("acronym: WIOTC", "acronym: {zh: 物联网大会, en: WIOTC, fr: WIOTC}")]);
    let documents = project.documents("zh");
    for report in ["certificate", "press-release"] {
        let (text, _) = documents.text("zh", report, Some("beijing"));
        assert!(text.contains("物联网大会"), "{text}");
    }
}

#[test]
fn an_embargo_replaces_the_release_line() {
    let project = ProjectDir::with_results(&[
        ("published: 2025-12-08\n  place", "published: 2025-11-28\n  place"),
        (
            "contact:\n",
            "embargo:\n  until: 2025-11-28T10:00\n  zone: {fr: heure de Beijing, en: Beijing time, zh: 北京时间}\n\ncontact:\n",
        ),
    ]);
    let (text, _) = project.documents("fr").text("fr", "press-release", Some("beijing"));
    assert!(text.contains("SOUS EMBARGO") && !text.contains("POUR DIFFUSION"), "{text}");
    let text = text.replace('\u{a0}', " ");
    assert!(text.contains("28 novembre 2025 à 10 h"), "{text}");
}

#[test]
fn a_specimen_is_marked_as_one_and_a_real_document_is_not() {
    let mark = "Specimen — not an official document";
    assert!(EXAMPLE_EDITION.text("en", "certificate", Some("beijing")).0.contains(mark));
    let project = ProjectDir::with_results(&[("specimen: true", "specimen: false")]);
    assert!(!project.documents("en").text("en", "certificate", Some("beijing")).0.contains(mark));
}

#[test]
fn only_selected_cities_get_documents() {
    let project = ProjectDir::with_results(&[("status: selected", "status: shortlisted")]);
    let stderr = project.run_failing(&["-c", "beijing", "-r", "certificate"]);
    assert!(stderr.contains("`beijing` has the status `shortlisted`"), "{stderr}");
    assert_eq!(project.output_files(), Vec::<String>::new());
}

/// A document is first laid out as one page; a second layout follows only if it is longer. Style modules that ask for
/// the number of pages (as pages.typ does without this shortcut) give the same bytes.
#[test]
fn the_shortcut_for_one_page_does_not_change_a_document() {
    let languages = ["en", "zh+en", "fr", "zh"];
    let without_shortcut = ProjectDir::new().file("reports/shared/pages.typ", "#let (one-page, step) = (false, 0)");
    let without_shortcut = Documents::open(without_shortcut.path(), &languages, Variant::default());
    for (report, language) in
        [("certificate", "en"), ("certificate", "zh+en"), ("press-release", "fr"), ("press-release", "zh")]
    {
        let pdf = |documents: &Documents| documents.pdf(language, report, Some("beijing"));
        assert!(pdf(&EXAMPLE_EDITION) == pdf(&without_shortcut), "{report} {language}");
    }
}

/// A press release of one paragraph with this number of words, on one page.
fn release(words: usize) -> String {
    format!(
        "#import \"../shared/press.typ\": releases\n#releases(({{{{#languages}}}}(locale: {{{{locale}}}}, title: \"T\", description: \"D\", author: \"A\", \
         keywords: (\"K\",), data: \"{{}}\", mark: [M], headline-text: [Headline], standfirst-text: [Standfirst], lede: [#lorem({words})], end: [End], \
         status: (embargo: false, line: [Line], detail: [Detail])),{{{{/languages}}}}))"
    )
}

/// A press release that is a little longer than a page is set tighter at once, without being measured. Measured, it is set in
/// the same way.
#[test]
fn a_release_that_is_a_little_longer_than_a_page_is_set_tighter() {
    let pages = [300, 320, 340, 360, 380, 400, 420, 440, 460, 480, 500].map(|words| {
        let project = || ProjectDir::new().file("reports/note/city.typ.hbs", release(words));
        let build = |project: ProjectDir| {
            let documents = project.documents("en");
            documents.builder.build(documents.job("en", "note", Some("beijing"))).unwrap_or_else(|e| panic!("{}", e[0]))
        };
        let measured = build(project().file("reports/shared/pages.typ", "#let (one-page, step) = (false, 0)"));
        let document = build(project());
        assert!(document.pdf == measured.pdf, "{words} words");
        document.pages
    });
    assert_eq!(pages, [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]);
}

#[test]
fn a_style_module_says_in_how_many_steps_it_can_be_tighter() {
    let pages = |tighter: &str| {
        let template = format!(
            "#import \"../shared/pages.typ\": one-page, step\n#set document(title: [Steps])\n#set text(lang: \"en\", \
             font: \"Source Serif 4\", fallback: false)\n#if one-page and step == 2 [tight] else [#pagebreak() long {tighter}]"
        );
        let documents = ProjectDir::new().file("reports/note/city.typ.hbs", template).documents("en");
        let job = documents.job("en", "note", Some("beijing"));
        documents.builder.build(job).unwrap_or_else(|e| panic!("{}", e[0])).pages
    };
    assert_eq!(pages("#metadata((steps: 2, above: 80mm)) <tighter>"), 1);
    // Too few steps; a text that ends too far below; a page too many; values that are none.
    assert_eq!(pages("#metadata((steps: 1, above: 80mm)) <tighter>"), 2);
    assert_eq!(pages("#metadata((steps: 2, above: 5mm)) <tighter>"), 2);
    assert_eq!(pages("#pagebreak() #metadata((steps: 2, above: 80mm)) <tighter>"), 3);
    for wrong in ["(steps: \"2\", above: 80mm)", "(above: 80mm)", "none", "(steps: -1, above: 80mm)"] {
        assert_eq!(pages(&format!("#metadata({wrong}) <tighter>")), 2, "{wrong}");
    }
}

/// Which of the two layouts is tried first depends on the documents before; the result does not.
#[test]
fn a_document_does_not_depend_on_those_built_before() {
    let second_city =
        "cities:\n  - id: nowhere\n    name: Nowhere\n    country: Azuria\n    status: selected\n    rank: 2\n";
    let template = "#import \"../shared/pages.typ\": one-page\n#set document(title: [Pages])\n#set text(lang: \"en\", \
        font: \"Source Serif 4\", fallback: false)\n{{city.name}} #if one-page [alone]\n\
        {{#if city.figures.ai-enterprises}}and this makes it longer{{else}}#pagebreak() on{{/if}}";
    let project = ProjectDir::with_results(&[("cities:\n", second_city)]).file("reports/note/city.typ.hbs", template);
    let fresh = project.documents("en").pdf("en", "note", Some("beijing"));
    let documents = project.documents("en");
    let (short, long) = (documents.job("en", "note", Some("beijing")), documents.job("en", "note", Some("nowhere")));
    let built = [long, short, long].map(|job| documents.builder.build(job).unwrap_or_else(|e| panic!("{}", e[0])));
    assert_eq!(built.each_ref().map(|document| document.pages), [2, 1, 2]);
    assert!(built[1].pdf == fresh && built[0].pdf == built[2].pdf);
}
