//! Documents that stay in the folder after their city, language or report has left the project, and `--prune`.

use std::fs;

use serde_json::{Value as Json, json};
use snapbox::{assert_data_eq, str};

use super::{TEMPLATE, manifest, project_with_table, sha256, table};
use crate::support::{CITY_RELEASE, EN_NUMBERS, ProjectDir, RESULTS_FILE, assert_contains, files_below};

const TABLE: &str = "reports/cities.csv";
const LETTER: &str = "reports/letter/city.typ.hbs";
const EDITION_RELEASE: &str = "reports/press-release/edition.typ.hbs";
const GERMAN_NUMBERS: &str = "locales/de/numbers.ftl";

/// A project with small reports: certificate, press release and letter, in English and German.
fn project(cities: usize) -> ProjectDir {
    let english = fs::read_to_string(EN_NUMBERS).unwrap();
    project_with_table(cities)
        .file(CITY_RELEASE, TEMPLATE)
        .file(EDITION_RELEASE, "#set document(title: \"x\")\nAll cities\n")
        .file(LETTER, "#set document(title: \"x\")\n{{#languages}}{{city.name}}\n{{/languages}}\n")
        .file(GERMAN_NUMBERS, english.replace("\nlocale-icu", "\nlocale-fallback = en\nlocale-icu"))
        // Only languages that the results use are built by default.
        .edit(RESULTS_FILE, "    fr: Villes pilotes", "    de: Villes pilotes")
        .edit(RESULTS_FILE, "    zh: 全球万物", "    ja: 全球万物")
}

/// The same with all its documents.
fn built_project(cities: usize) -> ProjectDir {
    let project = project(cities);
    let (stdout, stderr) = project.run_ok(&[]);
    assert_eq!(stdout.lines().count(), 2 * (3 * cities + 1), "{stdout}");
    assert!(!stderr.contains("W0612"), "{stderr}");
    project
}

/// The paths in the events of one type.
fn paths(project: &ProjectDir, kind: &str, arguments: &[&str]) -> Vec<String> {
    let (stdout, stderr, code) = project.run(&[arguments, &["--message-format", "json"]].concat());
    assert!(code < 2, "{stderr}");
    let events = stdout.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    events.filter(|event| event["type"] == kind).map(|event| event["path"].as_str().unwrap().to_owned()).collect()
}

fn stale(project: &ProjectDir) -> Vec<String> {
    paths(project, "stale-document", &["--resume"])
}

/// The paths of the certificates, letters and press releases of a city in both languages.
fn documents_of(city: &str) -> Vec<String> {
    let paths =
        |language| ["certificate", "letter", "press-release"].map(|it| format!("out/{language}/{it}-{city}.pdf"));
    ["de", "en"].map(paths).concat()
}

/// What a run says about its documents. It also says that German texts come from the English locale.
fn messages(project: &ProjectDir, arguments: &[&str]) -> String {
    let (_, stderr) = project.run_ok(arguments);
    stderr.split("warning[W0207]").next().unwrap().to_owned()
}

/// Removes a file or folder of the project.
fn delete(project: &ProjectDir, path: &str) {
    let path = project.path().join(path);
    if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
}

#[test]
fn documents_of_a_city_that_is_removed_or_no_longer_selected_are_stale() {
    let project = built_project(3);
    assert_eq!(stale(&project), Vec::<String>::new());
    let project = project.file(TABLE, table(2));
    assert_eq!(stale(&project), documents_of("town-3"));
    // Each build says so in one warning, and removes nothing.
    assert_data_eq!(
        messages(&project, &["--resume"]),
        str![[r#"
warning[W0612]: `out/` contains 6 documents that the project no longer has
 = note: `out/de/certificate-town-3.pdf`: the project has no selected city `town-3`
 = note: `out/de/letter-town-3.pdf`: the project has no selected city `town-3`
 = note: `out/de/press-release-town-3.pdf`: the project has no selected city `town-3`
 = note: and 3 more
 = help: remove them with `--prune`

built 0 documents in [..] s; 14 documents up to date

"#]]
    );
    assert!(project.path().join("out/en/letter-town-3.pdf").exists());
    // Town 2 was not selected in the end.
    let rows =
        table(2).replace("id,", "status,id,").replace("town-1", "selected,town-1").replace("town-2", "declined,town-2");
    let project = project.file(TABLE, rows.replace(",2,102", ",,102"));
    let mut both = [documents_of("town-2"), documents_of("town-3")].concat();
    both.sort();
    assert_eq!(stale(&project), both);
    // A city that comes back is not stale.
    let project = project.file(TABLE, table(3));
    assert_eq!(stale(&project), Vec::<String>::new());
}

#[test]
fn documents_of_a_removed_language_are_stale() {
    let project = built_project(1);
    // A pair of languages is stale if one of them is.
    project.run_ok(&["-q", "-l", "en+de", "-r", "letter"]);
    // A language that is only left out is not.
    let project = project.edit(RESULTS_FILE, "    de: Villes", "    es: Villes");
    assert_eq!(stale(&project), Vec::<String>::new());
    delete(&project, "locales/de");
    let german = ["certificate-town-1", "letter-town-1", "press-release-town-1", "press-release"];
    let mut expected: Vec<String> = german.iter().map(|name| format!("out/de/{name}.pdf")).collect();
    expected.push("out/en+de/letter-town-1.pdf".to_owned());
    expected.sort();
    assert_eq!(stale(&project), expected);
    let english = files_below(&project.path().join("out/en"));
    assert_eq!(paths(&project, "removed-document", &["--resume", "--prune"]), expected);
    // The folders of the language are empty, and removed too. The other language is as it was.
    assert!(!project.path().join("out/de").exists() && !project.path().join("out/en+de").exists());
    assert!(files_below(&project.path().join("out/en")) == english);
    assert!(manifest(&project, "out/manifest.jsonl").iter().all(|line| line["language"] == "en"));
}

#[test]
fn documents_of_a_removed_report_are_stale() {
    let project = built_project(1);
    delete(&project, "reports/letter");
    assert_eq!(stale(&project), ["out/de/letter-town-1.pdf", "out/en/letter-town-1.pdf"]);
    // A report that is only about cities now.
    let project = built_project(1);
    fs::create_dir(project.path().join("reports/note")).unwrap();
    fs::copy(project.path().join(LETTER), project.path().join("reports/note/city.typ.hbs")).unwrap();
    fs::copy(project.path().join(EDITION_RELEASE), project.path().join("reports/note/edition.typ.hbs")).unwrap();
    project.run_ok(&["-q", "--resume"]);
    delete(&project, "reports/note/edition.typ.hbs");
    assert_eq!(stale(&project), ["out/de/note.pdf", "out/en/note.pdf"]);
}

#[test]
fn prune_removes_stale_documents_and_their_entries() {
    let project = built_project(2).file(TABLE, table(1));
    let before = files_below(&project.path().join("out"));
    // A dry run.
    let (stdout, _) = project.run_ok(&["--prune", "--dry-run"]);
    let would_remove: Vec<&str> = stdout.lines().filter_map(|line| line.strip_prefix("would remove ")).collect();
    assert_eq!(would_remove, documents_of("town-2"));
    assert_eq!(paths(&project, "would-remove", &["--prune", "--dry-run"]), would_remove);
    assert!(files_below(&project.path().join("out")) == before);

    assert_data_eq!(
        messages(&project, &["--resume", "--prune"]),
        str![[r#"
removed out/de/certificate-town-2.pdf
removed out/de/letter-town-2.pdf
removed out/de/press-release-town-2.pdf
removed out/en/certificate-town-2.pdf
removed out/en/letter-town-2.pdf
removed out/en/press-release-town-2.pdf
built 0 documents in [..] s; 8 documents up to date; 6 documents removed

"#]]
    );
    // What is left is what a new project would have.
    project.run_ok(&["-q", "-o", "new"]);
    assert!(files_below(&project.path().join("out")) == files_below(&project.path().join("new")));
    assert_eq!(stale(&project), Vec::<String>::new());
    // There is nothing left to do.
    assert_eq!(paths(&project, "removed-document", &["--resume", "--prune"]), Vec::<String>::new());
}

#[test]
fn prune_leaves_files_that_it_does_not_know_or_that_were_changed() {
    let project = built_project(2)
        .file(TABLE, table(1))
        .file("out/en/certificate-town-9.pdf", "nobody knows where it comes from")
        .file("out/en/letter-town-2.pdf", "with a signature")
        .file("precious.pdf", "outside the folder");
    // Edited lines of a manifest that lead out of the folder, or to a file that is no document.
    let entry = |city: &str, report: &str, language: &str, file: &str, bytes: &[u8]| {
        json!({
            "city": city, "report": report, "language": language, "file": file, "status": "built", "pages": 1,
            "bytes": bytes.len(), "sha256": sha256(bytes), "input": "0".repeat(32), "modules": "0".repeat(32),
        })
        .to_string()
    };
    let outside = b"outside the folder";
    let project = project.append(
        "out/manifest.jsonl",
        &[
            entry("x", "letter", "en", "../precious.pdf", outside),
            entry("x/../../../precious", "letter", "en", "en/letter-x/../../../precious.pdf", outside),
            entry("precious", "letter", "..", "../letter-precious.pdf", outside),
            entry("x", "letter", "en", "precious.pdf", outside),
        ]
        .join("\n"),
    );
    let project = project.file("letter-precious.pdf", outside);
    // A link is not followed.
    #[cfg(unix)]
    {
        let link = project.path().join("out/en/certificate-town-2.pdf");
        fs::rename(&link, project.path().join("linked.pdf")).unwrap();
        std::os::unix::fs::symlink("../../linked.pdf", link).unwrap();
    }
    #[cfg(not(unix))]
    fs::write(project.path().join("out/en/certificate-town-2.pdf"), "changed").unwrap();
    let (_, stderr) = project.run_ok(&["--resume", "--prune"]);
    assert_contains(
        &stderr,
        &[
            "warning[W0612]: keeping 2 stale documents\n",
            "`out/en/certificate-town-2.pdf`: the file is not the one that the manifest describes",
            "`out/en/letter-town-2.pdf`: the file is not the one that the manifest describes",
            "; 4 documents removed\n",
        ],
    );
    assert_eq!(project.read("out/en/letter-town-2.pdf"), "with a signature");
    assert_eq!(project.read("out/en/certificate-town-9.pdf"), "nobody knows where it comes from");
    assert_eq!(project.read("precious.pdf") + &project.read("letter-precious.pdf"), "outside the folder".repeat(2));
    assert!(project.path().join("out/en/certificate-town-2.pdf").exists());
    // The documents that were kept are reported again.
    assert_eq!(stale(&project), ["out/en/certificate-town-2.pdf", "out/en/letter-town-2.pdf"]);
}

/// A linked folder may belong to another project.
#[cfg(unix)]
#[test]
fn prune_does_not_follow_a_link_to_a_folder() {
    let project = built_project(1);
    delete(&project, "locales/de");
    fs::rename(project.path().join("out/de"), project.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", project.path().join("out/de")).unwrap();
    assert_contains(&project.run_ok(&["--resume", "--prune"]).1, &["keeping 4 stale documents"]);
    assert_eq!(files_below(&project.path().join("elsewhere")).len(), 4);
    assert!(project.path().join("out/de").exists());
}

/// Whoever forgets `--project` must not lose the documents of the project.
#[test]
fn prune_requires_a_project() {
    let project = ProjectDir::with_built_edition();
    let before = files_below(project.path());
    let stderr = project.run_failing(&["--prune"]);
    assert_contains(&stderr, &["error[E0001]: `--prune` requires a project", "with `--project`\n"]);
    assert!(files_below(project.path()) == before);
}

#[test]
fn a_killed_prune_can_be_repeated() {
    let project = built_project(2);
    delete(&project, "locales/de");
    let project = project.file(TABLE, table(1));
    // A prune that was killed has removed files, but not their entries: here all of a language, and one of another.
    for file in fs::read_dir(project.path().join("out/de")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    delete(&project, "out/en/letter-town-2.pdf");
    let left = ["out/en/certificate-town-2.pdf", "out/en/press-release-town-2.pdf"];
    assert_eq!(stale(&project), left);
    assert_eq!(paths(&project, "removed-document", &["--resume", "--prune"]), left);
    project.run_ok(&["-q", "-o", "new"]);
    assert!(files_below(&project.path().join("out")) == files_below(&project.path().join("new")));
    assert!(!project.path().join("out/de").exists());
}

/// A run of a part of the documents says nothing about the others.
#[test]
fn a_run_of_a_part_reports_no_stale_documents() {
    let project = built_project(2).file(TABLE, table(1));
    fs::copy(project.path().join("out/manifest.jsonl"), project.path().join("list.jsonl")).unwrap();
    for part in [
        &["--shard", "1/2"][..],
        &["--only", "list.jsonl"],
        &["-c", "town-1"],
        &["-l", "en"],
        &["-r", "letter"],
        &["--archive", "zip"],
        &["--dry-run"],
    ] {
        let (_, stderr) = project.run_ok(part);
        assert!(!stderr.contains("W0612"), "{part:?}: {stderr}");
    }
    for part in [&["--shard", "1/2"][..], &["--only", "list.jsonl"], &["-c", "town-1"], &["--archive", "zip"]] {
        let (_, stderr, code) = project.run(&[part, &["--prune"]].concat());
        assert_eq!(code, 2, "{stderr}");
        assert_contains(&stderr, &["cannot be used with", "--prune"]);
    }
    // Languages and reports can be pruned one by one.
    let removed =
        |arguments: &[&str]| paths(&project, "removed-document", &[&["--resume", "--prune"], arguments].concat());
    assert_eq!(removed(&["-l", "en", "-r", "letter"]), ["out/en/letter-town-2.pdf"]);
    assert_eq!(removed(&["-l", "en"]), ["out/en/certificate-town-2.pdf", "out/en/press-release-town-2.pdf"]);
    assert_eq!(removed(&[]).len(), 3);
}

/// The entries of shards count too, whether or not they were merged.
#[test]
fn prune_knows_the_documents_of_shards() {
    let project = project(4);
    let build_shards = || {
        for shard in ["1/2", "2/2"] {
            project.run_ok(&["-q", "--resume", "--shard", shard]);
        }
    };
    build_shards();
    fs::write(project.path().join(TABLE), table(1)).unwrap();
    build_shards();
    project.run_ok(&["merge"]);
    assert_eq!(paths(&project, "removed-document", &["--resume", "--prune"]).len(), 3 * 6);
    // The shards are complete as before.
    project.run_ok(&["merge"]);
    assert_eq!(stale(&project), Vec::<String>::new());
}

#[test]
fn an_entry_of_a_failed_document_is_removed_with_its_city() {
    let project = project(2).file(LETTER, format!("{TEMPLATE}{{{{#if (eq city.id \"town-2\")}}}}#nothing{{{{/if}}}}"));
    let stderr = project.run_failing(&["-q"]);
    assert_contains(&stderr, &["town-2"]);
    let project = project.file(TABLE, table(1)).file("out/en/letter-town-2.pdf", "of an earlier run");
    let (_, stderr) = project.run_ok(&["--resume", "--prune"]);
    // The manifest has no hash of a document that failed.
    assert_contains(&stderr, &["keeping 1 stale document", "4 documents removed"]);
    delete(&project, "out/en/letter-town-2.pdf");
    project.run_ok(&["--resume", "--prune"]);
    assert!(!project.path().join("out/failed.jsonl").exists());
    assert!(!project.read("out/manifest.jsonl").contains("town-2"));
}

/// On Windows and macOS, these are one file.
#[test]
fn a_document_whose_path_differs_only_in_case_is_not_stale() {
    let project = built_project(1);
    let line = project.read("out/manifest.jsonl").lines().find(|line| line.contains("en/letter")).unwrap().to_owned();
    let other = line.replace("\"letter\"", "\"Letter\"").replace("en/letter", "en/Letter");
    fs::copy(project.path().join("out/en/letter-town-1.pdf"), project.path().join("out/en/Letter-town-1.pdf")).unwrap();
    let project = project.append("out/manifest.jsonl", &format!("{other}\n"));
    assert_eq!(stale(&project), Vec::<String>::new());
}

#[test]
fn check_reports_stale_documents() {
    let project = ProjectDir::with_built_edition();
    let line =
        project.read("out/manifest.jsonl").lines().find(|line| line.contains("fr/certificate")).unwrap().to_owned();
    let project = project.append("out/manifest.jsonl", &format!("{}\n", line.replace("beijing", "lyon")));
    // An entry without a file is not reported.
    let check = |more: &[&str]| project.run(&[&["check", "--out", "out"], more].concat()).1;
    assert!(!check(&[]).contains("W0612"));
    fs::write(project.path().join("out/fr/certificate-lyon.pdf"), "of an earlier year").unwrap();
    assert_contains(
        &check(&[]),
        &[
            "warning[W0612]: `out/` contains 1 document that the project no longer has\n",
            " = note: `out/fr/certificate-lyon.pdf`: the project has no selected city `lyon`\n",
            " = help: remove them with `gen-report build --resume --prune`\n",
        ],
    );
    let expected = ["out/fr/certificate-lyon.pdf"];
    assert_eq!(paths(&project, "stale-document", &["check", "--out", "out"]), expected);
    // A check of some languages says nothing about the others.
    assert!(!check(&["-l", "fr"]).contains("W0612"));
}

/// More than a thousand cities are not held in memory.
#[test]
fn a_stream_of_records_is_read_once_for_stale_documents() {
    let pdf = "of the last but one city";
    let entry = |city: &str| {
        json!({
            "city": city, "report": "letter", "language": "en", "file": format!("en/letter-{city}.pdf"),
            "status": "built", "pages": 1, "bytes": pdf.len(), "sha256": sha256(pdf.as_bytes()),
            "input": "0".repeat(32), "modules": "0".repeat(32),
        })
        .to_string()
    };
    let project = project(1002)
        .file("out/en/letter-town-1002.pdf", pdf)
        .file("out/en/letter-town-1003.pdf", pdf)
        .file("out/manifest.jsonl", format!("{}\n{}\n", entry("town-1002"), entry("town-1003")));
    let pruned = paths(&project, "would-remove", &["-l", "en", "-r", "letter", "--dry-run", "--prune"]);
    assert_eq!(pruned, ["out/en/letter-town-1003.pdf"]);
}
