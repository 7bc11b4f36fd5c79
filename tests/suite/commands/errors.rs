//! Errors of a build: each names the place of the mistake and how to correct it. What `check` also reports is tested
//! in `check`, whole messages in `screens`.

use crate::support::{CERTIFICATE, EN, EN_NUMBERS, FR, ProjectDir, RESULTS, RESULTS_FILE, assert_contains};

/// The program fails with a message that contains all parts, and writes nothing.
#[track_caller]
fn assert_error(project: &ProjectDir, arguments: &[&str], parts: &[&str]) {
    assert_contains(&project.run_failing(arguments), parts);
    assert_eq!(project.output_files(), Vec::<String>::new());
}

#[test]
fn all_mistakes_in_the_results_are_reported_in_one_run() {
    let project = ProjectDir::with_results(&[
        ("status: selected", "status: selceted"),
        ("  founded: 2025-02\n", "  founded: 2025-13\n"),
        ("hedge: over, nature: observed", "hedg: over, nature: observed"),
        ("value: 2_400", "value: two thousand"),
        ("  acronym: WIOTC\n", ""),
    ]);
    assert_error(
        &project,
        &[],
        &[
            "`selceted` is not a valid status",
            "did you mean `selected`?",
            "`2025-13` is not a date",
            "unknown key `hedg`",
            "did you mean `hedge`?",
            "`two thousand` is not a number",
            "missing key `acronym` in the organiser",
            "reports/results.yaml:",
        ],
    );
}

#[test]
fn a_mistake_in_a_message_of_the_fallback_is_reported_there() {
    let english = include_str!("../../../locales/en/text.ftl");
    let line = english.lines().find(|line| line.starts_with("certificate =")).unwrap();
    let project = ProjectDir::new()
        .edit(EN, line, "")
        .edit(EN_NUMBERS, "\nlocale-icu", "\nlocale-fallback = fr\nlocale-icu")
        .edit(FR, "\ncertificate =", "\ncertificate = { NAME($nothing) }");
    let stderr = project.run_failing(&["--lang", "en", "--report", "certificate"]);
    assert_contains(&stderr, &["`$nothing`", "locales/fr/text.ftl:"]);
    assert!(!stderr.contains("has no message"), "{stderr}");
}

#[test]
fn a_number_that_is_written_as_in_prose_is_explained() {
    const VALUE: &str = "value: 2_400";
    let figure = |written: &str, parts: &[&str]| {
        let stderr = ProjectDir::with_results(&[(VALUE, written)]).run_failing(&[]);
        assert_contains(&stderr, parts);
        assert_eq!(stderr.matches("error[").count(), 1, "{stderr}");
    };
    figure(
        "value: 41,5",
        &["E0103", "`41,5` is not a number", "a comma ends the value", "write a decimal point: `41.5`"],
    );
    figure("value: 2,400", &["`2.400` for a decimal fraction, `2_400` for thousands"]);
    figure("value: 2,400,100", &["write `2_400_100`"]);
    figure("value: 12 400", &["`12 400` is not a number: it contains a space", "write `12400` or `12_400`"]);
    figure("value: \"41,5\"", &["`41,5` is not a number: it contains a comma", "`41.5`"]);
    figure("value:310", &["E0102", "`value:310` has no space after the colon", "write `value: 310`"]);
}

#[test]
fn a_similar_name_is_suggested_only_if_it_is_similar() {
    let country = ("country: {fr: Chine,", "country: {fre: Chine,");
    let stderr = ProjectDir::with_results(&[country]).run_failing(&["-l", "fr"]);
    assert_contains(&stderr, &["E0106", "no `fr` translation given", "write `fr` instead of `fre`"]);
    let stderr = ProjectDir::new().run_failing(&["-l", "fre"]);
    assert_contains(&stderr, &["did you mean `fr`?"]);
    let project = ProjectDir::with_results(&[("value: 2_400, unit: enterprise", "value: 2_400, unit: city")]);
    let (_, stderr, _) = project.run(&["check"]);
    assert!(stderr.contains("`measure-city`") && !stderr.contains("cny`?"), "{stderr}");
}

#[test]
fn a_mistake_that_several_documents_print_is_shown_once() {
    let project = ProjectDir::with_results(&[("country: {fr: Chine,", "country: {fre: Chine,")]);
    let (_, stderr, code) = project.run(&["-l", "fr"]);
    assert_eq!((code, stderr.matches("E0106").count()), (1, 1), "{stderr}");
    assert_contains(&stderr, &["; 3 documents failed\n", "omitted 2 messages that repeat one above\n"]);
    // A program reads the mistake with each document.
    let (stdout, _, _) = project.run(&["-l", "fr", "--message-format", "json"]);
    assert_eq!(stdout.matches("E0106").count(), 3, "{stdout}");
}

#[test]
fn a_duplicate_key_is_reported_at_its_line() {
    let project = ProjectDir::with_results(&[("  number: 1\n", "  number: 1\n  number: 2\n")]);
    assert_error(&project, &[], &["E0105", "`number` appears twice", "number: 2"]);
}

#[test]
fn an_unknown_name_on_the_command_line_lists_the_known_ones() {
    assert_error(&ProjectDir::new(), &["--lang", "fr,de"], &["no language `de`", "available: en, fr, zh"]);
    assert_error(
        &ProjectDir::new(),
        &["--report", "certifcate"],
        &["no report `certifcate`", "did you mean `certificate`?"],
    );
    assert_error(&ProjectDir::new(), &["--city", "paris"], &["no city `paris`", "available: beijing"]);
}

#[test]
fn a_named_folder_without_a_project_is_an_error() {
    let project = ProjectDir::new().file("elsewhere/notes.txt", "notes");
    for arguments in
        [&["--project", "elsewhere"][..], &["check", "--project", "elsewhere"], &["list", "--project", "."]]
    {
        let stderr = project.run_failing(arguments);
        assert_contains(&stderr, &["E0001", "is not a project", "reports/, locales/ and fonts/", "help: "]);
    }
    let fonts = ProjectDir::new().file("elsewhere/fonts/LICENSE.txt", "fonts");
    fonts.run_ok(&["list", "--project", "elsewhere"]);
}

#[test]
fn a_build_of_the_embedded_edition_says_so_once_to_people() {
    const REMARK: &str = "building the edition embedded in the program";
    let (own, empty) = (ProjectDir::new().file(RESULTS_FILE, RESULTS), ProjectDir::new());
    let said = |project: &ProjectDir, more: &[&str]| {
        let (_, stderr) = project.run_ok(&[&["-l", "fr", "-r", "certificate", "--dry-run"], more].concat());
        stderr.matches(REMARK).count()
    };
    assert_eq!(said(&empty, &[]), 1);
    assert_eq!(said(&empty, &["--quiet"]), 0);
    assert_eq!(said(&empty, &["--message-format", "json"]), 0);
    assert_eq!(said(&own, &[]), 0);
}

#[test]
fn a_mistake_in_a_template_is_reported_at_its_line() {
    let page = |body: &str| ProjectDir::new().file(CERTIFICATE, format!("#set document(title: \"x\")\n{body}\n"));
    let only = &["-r", "certificate", "-l", "fr"];
    assert_error(
        &page("{{#if city}}\n{{#each cities}}{{/each}}"),
        only,
        &["E0301", "the block `{{#if}}` is not closed", "city.typ.hbs:2:1", "add `{{/if}}`"],
    );
    assert_error(
        &page("{{#if city}}{{#each cities}}{{/if}}"),
        only,
        &["the block `{{#each}}` is not closed", "city.typ.hbs:2:13"],
    );
    assert_error(&page("{{/if}}"), only, &["`{{/if}}` closes no block", "city.typ.hbs:2:1"]);
    assert_error(
        &page("{{#if city}}{{/unless}}"),
        only,
        &["`{{/unless}}` does not close the block `{{#if}}`", "city.typ.hbs:2:13"],
    );
    assert_error(&page("{{t \"headlin\"}}"), only, &["E0202", "no message `headlin`", "city.typ.hbs:2:1"]);
    assert_error(&page("{{t \"sources\"}}"), only, &["missing variable", "sources"]);
    assert_error(&page("{{city.nme}}"), only, &["no `city.nme` in the data", "city.typ.hbs:2:1"]);
    assert_error(&page("{{city.figures.ai-enterprises}}"), only, &["write {{figure city.figures.ai-enterprises}}"]);
    assert_error(&page("{{{city.name}}}"), only, &["data would become code", "city.typ.hbs:2:1"]);
    assert_error(&page("{{shout city}}"), only, &["unknown helper `shout`"]);
}

#[test]
fn an_error_of_typst_is_reported_at_the_line_of_the_template() {
    let only = &["-r", "certificate", "-l", "fr"];
    let project = ProjectDir::new().file(CERTIFICATE, "{{city.name}}\n\n#unknown-function()\n");
    assert_error(&project, only, &["E0401", "unknown variable", "city.typ.hbs:3:2"]);
    let project = ProjectDir::new().file(CERTIFICATE, "#read(\"/secret.txt\")").file("secret.txt", "x");
    assert_error(&project, only, &["E0401", "file not found"]);
    let project =
        ProjectDir::new().file(CERTIFICATE, "#set document(title: \"x\")\n#set text(font: \"Comic\")\n{{city.name}}");
    assert_error(&project, only, &["E0502", "comic"]);
}

#[test]
fn a_mistake_in_a_locale_is_reported_at_its_line() {
    let edited = |from: &str, to: &str| ProjectDir::new().edit(FR, from, to);
    let only = &["-r", "certificate", "-l", "fr"];
    assert_error(&edited("{ $serial }", "{ $seriel }"), only, &["E0203", "`$seriel`", "locales/fr/text.ftl:"]);
    assert_error(
        &edited("DATE($published)", "DAT($published)"),
        only,
        &["E0204", "unknown function `DAT`", "did you mean `DATE`?"],
    );
    assert_error(&edited("certificate = ", "certificate "), only, &["E0201", "locales/fr/text.ftl:"]);
    assert_error(
        &edited("{ $serial }", "{ $serial"),
        only,
        &["E0201", "the brace is not closed in the message `certificate-serial`", "add the closing brace `}`"],
    );
    assert_error(&edited("specimen = ", "press-release = x\nspecimen = "), only, &["E0105", "is defined twice"]);
}

#[test]
fn a_missing_picture_is_reported_in_the_results() {
    let photo = "    photo: {file: nowhere.jpg, credit: X, alt: Y, caption: Z}\n    milestones:";
    let project = ProjectDir::with_results(&[("    milestones:", photo)]);
    assert_error(
        &project,
        &["-l", "fr", "-c", "beijing", "-r", "press-release"],
        &["E0304", "`nowhere.jpg`: there is no such file", "results.yaml"],
    );
}

#[test]
fn a_document_that_fails_does_not_stop_the_others() {
    let project = ProjectDir::new().file(CERTIFICATE, "#unknown()");
    let stderr = project.run_failing(&["-l", "fr"]);
    assert_eq!(project.output_files(), ["out/fr/press-release-beijing.pdf", "out/fr/press-release.pdf"]);
    assert!(stderr.contains("1 document failed"), "{stderr}");
}

#[test]
fn a_file_in_place_of_the_output_folder_is_not_replaced() {
    let project = ProjectDir::new().file("out", "a file");
    let stderr = project.run_failing(&["-l", "fr", "-r", "certificate"]);
    assert_contains(&stderr, &["E0601", "`out` is a file, not a folder"]);
    assert_eq!(project.read("out"), "a file");
}

#[test]
fn json_messages_are_one_object_per_line() {
    let (stdout, _) = ProjectDir::new().run_ok(&["-l", "fr", "-r", "certificate", "--message-format", "json"]);
    let objects: Vec<serde_json::Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects[0]["type"], "document");
    assert_eq!(objects[0]["pages"], 1);
    assert_eq!(objects[1]["built"], 1);
}
