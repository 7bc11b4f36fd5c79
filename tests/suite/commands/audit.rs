//! `gen-report check --out`: finished documents are read back, and wrong numbers are found.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{
    CITY_RELEASE, EN_NUMBERS, EN_PROGRAMME, FR_NUMBERS, FR_PROGRAMME, LANGUAGES, ProjectDir, RESULTS_FILE,
    ZH_PROGRAMME, assert_contains, copy_folder,
};

/// Builds all documents in these languages into `out/`.
fn build(project: &ProjectDir, languages: &str) {
    project.run_ok(&["-q", "-l", languages]);
}

/// The diagnostics of the audit: those whose code begins with E07.
fn audit(project: &ProjectDir, arguments: &[&str]) -> Vec<Json> {
    let base = ["check", "--out", "out", "--message-format", "json"];
    let (stdout, stderr, code) = project.run(&[&base[..], arguments].concat());
    let lines: Vec<Json> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found: Vec<Json> =
        lines.into_iter().filter(|d| d["code"].as_str().is_some_and(|code| code.starts_with("E07"))).collect();
    assert!(code == 1 || (code == 0 && found.is_empty()), "{stderr}");
    found
}

/// The code and the message of each diagnostic.
fn messages(found: &[Json]) -> Vec<String> {
    found.iter().map(|d| format!("{} {}", d["code"].as_str().unwrap(), d["message"].as_str().unwrap())).collect()
}

fn notes(diagnostic: &Json) -> String {
    diagnostic["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_is_found_in_an_unchanged_build() {
    let project = ProjectDir::with_built_edition();
    build(&project, "zh+en");
    let (_, stderr, code) = project.run(&["check", "--out", "out"]);
    assert_eq!((code, stderr.as_str()), (0, "read 12 finished documents\nno problems found\n"));
    let project = ProjectDir::new();
    assert_eq!(project.run_on(LANGUAGES, &["-q", "-l", "es,ru,ar,ja,ar+en"]).2, 0);
    let (_, stderr, code) = project.run_on(LANGUAGES, &["check", "--out", "out"]);
    assert!(stderr.starts_with("read 35 finished documents\n") && !stderr.contains("E07"), "{stderr}");
    assert_eq!(code, 0);
}

#[test]
fn a_number_that_a_translator_has_typed_is_found() {
    for (file, language, change, number, page) in [
        // A figure, a year, and a year that is correct elsewhere.
        (
            FR_PROGRAMME,
            "fr",
            ("{ MEASURE($figure, style: \"of\") }.\nsentence-routes", "de plus de 21 pays.\nsentence-routes"),
            "21",
            1,
        ),
        (FR_PROGRAMME, "fr", ("city-short = ", "city-short = Édition 2026 : "), "", 1),
        (
            FR_PROGRAMME,
            "fr",
            ("compétences numériques avancées{ at", "compétences numériques avancées en 2025{ at"),
            "2025",
            1,
        ),
        (EN_PROGRAMME, "en", ("sentence-conference = ", "sentence-conference = In 12 days, "), "12", 1),
        (ZH_PROGRAMME, "zh", ("sentence-benchmark-ambition = ", "sentence-benchmark-ambition = 3个月前，"), "3", 1),
    ] {
        let project = ProjectDir::new().edit(file, change.0, change.1);
        build(&project, language);
        let found = audit(&project, &["-l", language]);
        // The short title is at the top of a second page, which this release does not have.
        if number.is_empty() {
            assert_eq!(messages(&found), Vec::<String>::new());
            continue;
        }
        let path = format!("out/{language}/press-release-beijing.pdf");
        let message = format!("E0702 the number `{number}` in `{path}`, page {page}, does not come from the facts");
        assert!(messages(&found).contains(&message), "{change:?}: {:#?}", messages(&found));
        assert!(messages(&found).iter().all(|line| line.starts_with("E0702 ")), "{:#?}", messages(&found));
        assert!(notes(&found[0]).contains(&format!("part of a message of the locale `{language}`")), "{found:?}");
    }
}

#[test]
fn a_digit_in_a_template_is_found() {
    let project = ProjectDir::new().edit(CITY_RELEASE, "lede: [{{t", "lede: [Phase 7. {{t");
    build(&project, "fr,zh,en");
    let found = audit(&project, &[]);
    let message = |language| {
        format!(
            "E0702 the number `7` in `out/{language}/press-release-beijing.pdf`, page 1, does not come from the facts"
        )
    };
    assert_eq!(messages(&found), ["en", "fr", "zh"].map(message));
    assert!(notes(&found[0]).contains("context: …") && notes(&found[0]).contains("Phase 7. Beijing"), "{found:?}");
}

#[test]
fn a_fact_that_has_changed_since_the_build_is_found() {
    let project = ProjectDir::with_built_edition().edit(RESULTS_FILE, "value: 200_000", "value: 210_000");
    let found = audit(&project, &[]);
    for language in ["en", "fr", "zh"] {
        for report in ["press-release", "press-release-beijing"] {
            let path = format!("out/{language}/{report}.pdf");
            let lost = format!(
                "E0701 `{path}` does not print the figure `digital-enterprises` of `beijing` as given in the results"
            );
            assert!(messages(&found).contains(&lost), "{:#?}", messages(&found));
            assert!(
                messages(&found).iter().any(|l| l.starts_with("E0702") && l.contains(&path)),
                "{:#?}",
                messages(&found)
            );
        }
    }
    let fr = found.iter().find(|d| d["code"] == "E0701" && d["message"].as_str().unwrap().contains("fr/")).unwrap();
    assert_eq!(fr["places"][0]["file"], RESULTS_FILE);
    assert!(fr["places"][0]["excerpt"].as_str().unwrap().contains("210_000"));
    assert!(notes(fr).contains("expected in `fr`: “de plus de 210 000 entreprises”"), "{}", notes(fr));

    // A date, and the hedge of a figure.
    for (change, lost) in [
        (("announced: 2025-11-28", "announced: 2025-11-27"), "the date 2025-11-27"),
        (
            ("value: 600, unit: enterprise, hedge: almost", "value: 600, unit: enterprise, hedge: over"),
            "the figure `digital-manufacturers` of `beijing`",
        ),
    ] {
        let project = ProjectDir::with_built_edition().edit(RESULTS_FILE, change.0, change.1);
        let found = audit(&project, &["-l", "fr"]);
        let line = format!("E0701 `out/fr/press-release-beijing.pdf` does not print {lost} as given in the results");
        assert!(messages(&found).contains(&line), "{:#?}", messages(&found));
    }
}

/// The facts are right, but a language divides a number by another power of ten than its words say.
#[test]
fn a_language_that_scales_wrongly_is_found() {
    let project = ProjectDir::new().edit(
        FR_NUMBERS,
        "digits = { SHIFT($value, steps: \"9 6\", decimals: 2) }",
        "digits = { SHIFT($value, by: 8) }",
    );
    build(&project, "fr,en");
    let found = audit(&project, &[]);
    let size = found.iter().find(|d| d["message"].as_str().unwrap().contains("`digital-economy-size`")).unwrap();
    assert_eq!(size["code"], "E0703");
    let message = "`fr` gives a different value for the figure `digital-economy-size` of `beijing`: “de plus de 25 000 milliards de yuans” is read as 25000000000000";
    assert_eq!(size["message"], message);
    assert!(notes(size).contains("`en` prints “more than 2.5 trillion yuan”"), "{}", notes(size));
    assert_eq!(size["places"][0]["label"], "2500000000000 here");

    // A number without a word for its scale: 0.2 enterprises.
    let project = ProjectDir::new().edit_all(EN_NUMBERS, "steps: \"12 9 6\"", "steps: \"12 9 5\"");
    build(&project, "en");
    let found = messages(&audit(&project, &[]));
    assert!(found.iter().any(|l| l.contains("`digital-enterprises` of `beijing`")), "{found:#?}");

    let es = "locales/es/numbers.ftl";
    let project = ProjectDir::with_languages().edit_all(es, "SHIFT($value, by: 6) }", "SHIFT($value, by: 5) }");
    build(&project, "es");
    let found = messages(&audit(&project, &["-l", "es"]));
    assert!(
        found.iter().any(|l| l.starts_with("E0703 `es` gives a different value") && l.contains("millones")),
        "{found:#?}"
    );

    let ja = "locales/ja/numbers.ftl";
    let project = ProjectDir::with_languages().edit_all(ja, "of: 8", "of: 9");
    build(&project, "ja");
    let found = messages(&audit(&project, &["-l", "ja"]));
    assert!(found.iter().any(|l| l.starts_with("E0703 `ja` gives a different value")), "{found:#?}");

    let ar = "locales/ar/numbers.ftl";
    let project = ProjectDir::with_languages().edit_all(
        ar,
        "SHIFT($value, steps: \"12 9 6 3\", decimals: 2)",
        "SHIFT($value, steps: \"12 8 6 3\", decimals: 2)",
    );
    build(&project, "ar");
    let found = messages(&audit(&project, &["-l", "ar"]));
    assert!(found.iter().any(|l| l.starts_with("E0703 `ar` gives a different value")), "{found:#?}");
}

#[test]
fn a_wrong_month_is_found() {
    let change =
        ("{ \"\\u00A0\" }{ $month-name } { $year }\ndate-month", "{ \"\\u00A0\" }juillet { $year }\ndate-month");
    let project = ProjectDir::new().edit(FR_NUMBERS, change.0, change.1);
    build(&project, "fr");
    let found = messages(&audit(&project, &[]));
    let message = "E0703 `fr` gives a different value for the date 2025-11-28: “28 juillet 2025” contradicts the date";
    assert!(found.iter().any(|line| line == message), "{found:#?}");
}

#[test]
fn a_figure_that_is_missing_in_one_language_is_found() {
    let project = ProjectDir::new().edit_all(
        FR_PROGRAMME,
        "{ MEASURE($figure, style: \"words\") } de grande taille",
        "plusieurs entreprises de grande taille",
    );
    build(&project, "fr,en");
    let found = audit(&project, &[]);
    let message =
        "E0701 `press-release-beijing` does not print the figure `digital-manufacturers` of `beijing` in `fr`";
    assert!(messages(&found).contains(&message.to_owned()), "{:#?}", messages(&found));
    assert_eq!(notes(&found[0]), "it is printed in `en`");
}

#[test]
fn right_to_left_documents_are_audited_too() {
    let text = "locales/ar/programme.ftl";
    let project = ProjectDir::with_languages().edit(text, "sentence-conference = ", "sentence-conference = ٤٧ ");
    build(&project, "ar");
    let found = messages(&audit(&project, &["-l", "ar"]));
    let message = "E0702 the number `٤٧` in `out/ar/press-release-lumen.pdf`, page 1, does not come from the facts";
    assert!(found.contains(&message.to_owned()), "{found:#?}");
    let project = ProjectDir::with_languages();
    build(&project, "ar");
    let project = project.edit(RESULTS_FILE, "value: 601", "value: 607");
    let found = messages(&audit(&project, &["-l", "ar"]));
    let lost = "E0701 `out/ar/press-release-port-azure.pdf` does not print the figure `digital-manufacturers` of `port-azure` as given in the results";
    assert!(found.contains(&lost.to_owned()), "{found:#?}");
    assert!(found.iter().any(|line| line.starts_with("E0702 the number `٦٠١`")), "{found:#?}");
}

#[test]
fn documents_that_cannot_be_read_back_are_reported() {
    let stderr = ProjectDir::new().run_failing(&["check", "--out", "out"]);
    assert_contains(&stderr, &["error[E0704]: `out/` contains no documents"]);
    let project = ProjectDir::new();
    build(&project, "fr");
    fs::remove_file(project.path().join("out/fr/press-release.pdf")).unwrap();
    fs::write(project.path().join("out/fr/certificate-beijing.pdf"), "%PDF-1.7\nnothing").unwrap();
    let stderr = project.run_failing(&["check", "--out", "out"]);
    assert_contains(
        &stderr,
        &[
            "error[E0704]: `out/fr/press-release.pdf` cannot be read: it does not exist",
            "error[E0704]: `out/fr/certificate-beijing.pdf` cannot be read: it is not a PDF",
            "read 1 finished document\n",
            "found 2 errors",
        ],
    );
    let stderr = project.run_failing(&["check", "--out", "out", "-l", "fr+ge"]);
    assert!(stderr.contains("this project has no language `ge`"), "{stderr}");
}

/// A table of more than a thousand rows is not held in memory: the documents of one city are read at a time.
#[test]
fn the_documents_of_records_are_read_too() {
    let project = ProjectDir::new();
    copy_folder(Path::new("examples/volunteers"), project.path());
    let table = project.read("reports/recipients.csv");
    let rows = table.lines().take(1 + 1002).collect::<Vec<_>>().join("\n");
    let project = project.file("reports/recipients.csv", &rows);
    project.run_ok(&["-q", "-c", "v-00001,v-00002"]);
    let found = messages(&audit(&project, &[]));
    // Nothing is wrong with these eight. Those that were not built are counted.
    assert_eq!(
        found,
        [
            "E0704 `out/en/certificate-v-00003.pdf` and 999 more of this report cannot be read: they do not exist",
            "E0704 `out/en/press-release-v-00003.pdf` and 999 more of this report cannot be read: they do not exist",
            "E0704 `out/fr/certificate-v-00003.pdf` and 999 more of this report cannot be read: they do not exist",
            "E0704 `out/fr/press-release-v-00003.pdf` and 999 more of this report cannot be read: they do not exist",
        ]
    );
    let (_, stderr, _) = project.run(&["check", "--out", "out"]);
    assert_contains(
        &stderr,
        &["read 8 finished documents\n", "build them with `gen-report build --lang en --report press-release`"],
    );

    // The hours of the second recipient are corrected after the documents were built.
    let rows = rows.replace("first-aid,de secours,33", "first-aid,de secours,35");
    let project = project.file("reports/recipients.csv", rows);
    let found = audit(&project, &[]);
    let missing = "does not print the figure `hours` of `v-00002` as given in the results";
    assert_contains(
        &messages(&found).join("\n"),
        &[
            &format!("E0701 `out/en/certificate-v-00002.pdf` {missing}"),
            &format!("E0701 `out/fr/press-release-v-00002.pdf` {missing}"),
            "E0702 the number `33` in `out/en/certificate-v-00002.pdf`",
        ],
    );
    assert!(!messages(&found).iter().any(|message| message.contains("v-00001")), "{found:#?}");
    let place = &found.iter().find(|d| d["code"] == "E0701").unwrap()["places"][0];
    assert_eq!((&place["file"], &place["line"]), (&"reports/recipients.csv".into(), &3.into()));
}

/// Names, quotations, addresses and telephone numbers may contain digits; a figure may be a range, a date a period.
#[test]
fn digits_of_names_and_addresses_are_not_reported() {
    let project = [
        ("contact:\n", "embargo: {until: 2032-11-21T15:05, zone: Azure time}\n\ncontact:\n"),
        ("website: https://example.org/press\n", "website: https://example.org/2025/a1b2\n  phone: +99 10 1234-5678\n"),
        ("  number: 2\n", "  number: 23\n"),
        ("Our figures are public.", "In 2040 we shall be 12 million."),
        ("en: Example Yearbook", "en: Yearbook 2031"),
        ("value: 121000, unit: enterprise, hedge: over", "value: 2_345_678, unit: enterprise, hedge: about"),
        ("value: 1500000000000, unit: cny, hedge: over", "min: 900_000_000, max: 1_200_000_000, unit: cny"),
        ("value: 12300000000, unit: eur, hedge: about", "value: 1_234_567_890, unit: chf"),
        ("benchmark-ambition: 2028", "benchmark-ambition: 2028-03-01/2028-04-15"),
    ]
    .into_iter()
    .fold(ProjectDir::with_languages(), |project, change| project.edit(RESULTS_FILE, change.0, change.1));
    build(&project, "en,es,ru,ar,ja");
    assert_eq!(messages(&audit(&project, &[])), Vec::<String>::new());
}
