//! `gen-report init`: a new project builds at once; existing files are never replaced.

use std::fs;

use gen_report::init::{RESULTS_TEXT, languages};

use crate::support::{ProjectDir, assert_contains};

/// The files of a new project in these languages.
fn paths(languages: &[&str]) -> String {
    let mut paths = vec![".gitignore".to_owned(), "README.md".to_owned(), "locales/README.md".to_owned()];
    for language in languages {
        paths.extend(["programme", "units"].map(|name| format!("locales/{language}/{name}.ftl")));
    }
    paths.extend(["facts.yaml", "results.schema.json", "results.yaml"].map(|name| format!("reports/{name}")));
    paths.iter().map(|path| format!("new/{path}\n")).collect()
}

/// Runs the program, which must succeed; returns standard output.
#[track_caller]
fn run(project: &ProjectDir, arguments: &[&str]) -> String {
    project.run_ok(arguments).0
}

#[test]
fn a_new_project_builds_without_warnings_in_each_language_and_in_all() {
    let known = languages();
    let all = known.join(",");
    let each = known.iter().map(|language| vec!["--lang", language]);
    for chosen in each.chain([vec![], vec!["--lang", &all]]) {
        let project = ProjectDir::new();
        let languages = if let [_, language] = chosen[..] { language.split(',').collect() } else { known.clone() };
        assert_eq!(run(&project, &[&["init", "new"], &chosen[..]].concat()), paths(&languages));
        run(&project, &["check", "--project", "new", "--deny", "warnings"]);
        let (stdout, stderr) = project.run_ok(&["--project", "new"]);
        assert!(!stderr.contains("warning"), "{stderr}");
        // Three certificates, three press releases, and the edition's own.
        let count = if chosen.is_empty() || chosen[1] == all { known.len() } else { 1 };
        assert_eq!(stdout.lines().count(), 7 * count, "{chosen:?}");
    }
}

#[test]
fn a_new_project_builds_bilingual_documents() {
    let project = ProjectDir::new();
    run(&project, &["init", "new"]);
    let [first, second, ..] = languages()[..] else { panic!("fewer than two languages") };
    let pair = format!("{first}+{second}");
    let stdout = run(&project, &["--project", "new", "--lang", &pair, "--report", "certificate"]);
    assert_eq!(stdout.lines().count(), 3);
}

#[test]
fn a_new_project_has_only_the_requested_languages() {
    for language in languages() {
        let keys = |text: &str| text.lines().filter(|l| l.trim_start().starts_with(&format!("{language}:"))).count();
        let project = ProjectDir::new();
        run(&project, &["init", "new", "--lang", language]);
        let facts = project.read("new/reports/results.yaml");
        assert!(keys(RESULTS_TEXT) == 19 && keys(&facts) == keys(RESULTS_TEXT), "{language}");
        for other in languages().into_iter().filter(|other| *other != language) {
            assert!(!facts.contains(&format!(" {other}:")), "{other} in a project in {language}");
        }
        assert!(project.read("new/README.md").contains(&format!("--lang {language} ")));
    }
}

#[test]
fn a_new_project_has_a_schema_for_editors_and_a_gitignore() {
    let project = ProjectDir::new();
    run(&project, &["init", "new"]);
    assert!(
        project.read("new/reports/results.yaml").starts_with("# yaml-language-server: $schema=results.schema.json\n")
    );
    assert_eq!(project.read("new/reports/results.schema.json"), include_str!("../../../reports/results.schema.json"));
    assert_eq!(project.read("new/.gitignore"), "/out\n");
}

#[test]
fn an_existing_file_is_an_error_and_nothing_is_written() {
    let project = ProjectDir::new().file("new/README.md", "mine").file("new/notes.txt", "mine too");
    let stderr = project.run_failing(&["init", "new"]);
    assert_contains(&stderr, &["E0601", "`new/README.md` already exists"]);
    assert_eq!(project.read("new/README.md"), "mine");
    assert_eq!(fs::read_dir(project.path().join("new")).unwrap().count(), 2);
    fs::remove_file(project.path().join("new/README.md")).unwrap();
    assert_eq!(run(&project, &["init", "new"]), paths(&languages()));

    let project = ProjectDir::new().file("new/reports", "a file where a folder must be");
    let stderr = project.run_failing(&["init", "new"]);
    assert!(stderr.contains("`new/reports` already exists"), "{stderr}");
    assert_eq!(fs::read_dir(project.path().join("new")).unwrap().count(), 1);
}

#[test]
fn a_failure_midway_leaves_neither_files_nor_folders() {
    let project = ProjectDir::new().file("new/mine.txt", "mine");
    let file = |path: &str| (path.to_owned(), "text".as_bytes().into());
    // `reports/b` cannot be both a file and a folder.
    let files = [file("reports/deep/a"), file("reports/b"), file("reports/b/c")];
    let problems = gen_report::init::write(&project.path().join("new"), &files).unwrap_err();
    assert!(problems[0].message.contains("cannot be written"), "{}", problems[0]);
    let left: Vec<_> = fs::read_dir(project.path().join("new")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["mine.txt"]);
}

#[test]
fn an_unknown_language_is_an_error_that_lists_the_known_ones() {
    let project = ProjectDir::new();
    let stderr = project.run_failing(&["init", "new", "--lang", "de,xx"]);
    let list = format!("available: {}", languages().join(", "));
    assert_contains(&stderr, &["the language `de` is not embedded", "the language `xx` is not embedded", &list]);
    assert!(!project.path().join("new").exists());
}

#[test]
fn embedded_files_can_be_ejected_to_be_changed() {
    let project = ProjectDir::new();
    run(&project, &["init", "."]);
    let language = languages()[0];
    let text = format!("locales/{language}/text.ftl");
    let ejected =
        run(&project, &["init", ".", "--eject", &format!("./locales/{language}/"), "--eject", "reports/certificate"]);
    assert_eq!(
        ejected,
        format!(
            "locales/{language}/numbers.ftl\nlocales/{language}/print.ftl\nlocales/{language}/proof.ftl\n{text}\nlocales/{language}/verify.ftl\nreports/certificate/city.typ.hbs\n"
        )
    );
    assert_eq!(project.read(&text), fs::read_to_string(&text).unwrap());
    run(&project, &["check", "--deny", "warnings"]);
    let stderr = project.run_failing(&["init", ".", "--eject", "local"]);
    assert_contains(&stderr, &["no file `local` is embedded", "reports/certificate"]);
}

#[test]
fn ejecting_leaves_existing_files_and_names_them() {
    let project = ProjectDir::new();
    run(&project, &["init", "."]);
    let project = project.file("reports/certificate/city.typ.hbs", "mine");
    let facts = project.read("reports/results.yaml");
    let (stdout, stderr) = project.run_ok(&["init", ".", "--eject", "reports"]);
    assert_contains(&stdout, &["reports/press-release/city.typ.hbs\n", "reports/shared/press.typ\n"]);
    assert_eq!(
        stderr,
        "kept the existing file `reports/certificate/city.typ.hbs`\nkept the existing file `reports/results.yaml`\n"
    );
    assert_eq!(project.read("reports/certificate/city.typ.hbs"), "mine");
    assert_eq!(project.read("reports/results.yaml"), facts);
    let left = project.run_ok(&["init", ".", "--eject", "reports/certificate", "--message-format", "json"]).0;
    assert_eq!(left, "{\"path\":\"reports/certificate/city.typ.hbs\",\"type\":\"existing-file\"}\n");
}

#[test]
fn a_new_project_has_the_reference_of_the_locales_without_dead_links() {
    let project = ProjectDir::new();
    run(&project, &["init", "."]);
    let text = project.read("locales/README.md");
    assert_contains(&text, &["`locale-fallback`", "The folder tests/languages of the source", "`MEASURE("]);
    assert!(!text.contains("](../"), "{text}");
}

#[test]
fn json_messages_are_one_object_per_file() {
    let project = ProjectDir::new();
    let stdout = run(&project, &["init", "new", "--message-format", "json"]);
    let objects: Vec<serde_json::Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 12);
    assert_eq!(objects[11], serde_json::json!({ "type": "file", "path": "new/reports/results.yaml" }));
}

#[test]
fn a_message_of_the_project_replaces_the_message_of_the_program() {
    let project = ProjectDir::new();
    run(&project, &["init", ".", "--lang", "en"]);
    let project = project
        .append("locales/en/programme.ftl", "selection = { ORDINAL($edition, style: \"words\") } round\n")
        .append("locales/en/units.ftl", "name-in = at { $name }\n");
    assert_eq!(project.run_ok(&["check"]).1, "no problems found\n");
    let (text, _) = project.documents("en").text("en", "press-release", Some("mirage"));
    let text = text.replace('\u{a0}', " ");
    assert_contains(&text, &["in the first round of Fictional Cities in Motion.", "were announced at Aldora"]);

    // Only units.ftl formats values, as numbers.ftl does.
    let project = project.append("locales/en/programme.ftl", "name-to = toward { $name }\n");
    let stderr = project.run_failing(&["check"]);
    assert_contains(&stderr, &["E0105", "the message `name-to` is defined in two files", "define it in units.ftl"]);

    // And it cannot replace a sentence.
    let project = ProjectDir::new();
    run(&project, &["init", ".", "--lang", "en"]);
    let project = project.append("locales/en/units.ftl", "more-mark = continued\n");
    let stderr = project.run_failing(&["check"]);
    assert_contains(
        &stderr,
        &[
            "error[E0105]: the message `more-mark` is defined in two files",
            "locales/en/units.ftl:",
            "(embedded) locales/en/text.ftl:",
            "the embedded definition",
            "help: define it in another file: numbers.ftl and units.ftl replace only messages that format values",
        ],
    );
}
