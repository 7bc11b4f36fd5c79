//! The manifest: its entry for each document, and how `--resume` and `--only` use it.

use std::fs;

use snapbox::{assert_data_eq, str};

use super::{
    CERTIFICATES, TEMPLATE, assert_documents_match_manifest, build, expected_line, project_with, project_with_table,
    results, table,
};
use crate::support::{CERTIFICATE, ProjectDir, RESULTS_FILE, assert_contains, files_below};

#[test]
fn the_manifest_has_a_line_for_each_document() {
    let project = project_with_table(2);
    build(&project, &[]);
    let manifest = project.read("out/manifest.jsonl");
    let documents = [("town-1", "fr"), ("town-2", "fr"), ("town-1", "zh"), ("town-2", "zh")];
    assert_eq!(manifest.lines().count(), documents.len());
    for ((city, language), line) in documents.iter().zip(manifest.lines()) {
        assert_eq!(line, expected_line(&project, city, language, line));
    }
    // Building everything again changes nothing.
    let before = files_below(&project.path().join("out"));
    build(&project, &[]);
    assert!(before == files_below(&project.path().join("out")));
}

#[test]
fn resume_reads_a_manifest_of_an_earlier_version() {
    let project = project_with_table(2);
    build(&project, &[]);
    let earlier =
        project.read("out/manifest.jsonl").replace("\"city\":", "\"record\":").replace("\"built\"", "\"made\"");
    let project = project.file("out/manifest.jsonl", earlier);
    let (built, stderr) = project.run_ok(&[&CERTIFICATES[..], &["--resume"]].concat());
    assert_eq!(built, "", "{stderr}");
}

#[test]
fn resume_builds_what_is_missing_or_out_of_date_and_removes_nothing() {
    let project = project_with_table(3).file("out/fr/letter.txt", "mine");
    build(&project, &[]);
    let resume = |project: &ProjectDir| {
        let (stdout, _) = project.run_ok(&[&CERTIFICATES[..], &["--resume"]].concat());
        stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = |language: &str| [1, 2, 3].map(|n| format!("out/{language}/certificate-town-{n}.pdf"));
    let everything = [all("fr"), all("zh")].concat();
    assert_eq!(resume(&project), Vec::<String>::new());
    // One record has changed, in its French name only.
    let project = project.file("reports/cities.csv", table(3).replace("Ville 2", "Bourg 2"));
    assert_eq!(resume(&project), ["out/fr/certificate-town-2.pdf"]);
    // A file is missing, another is incomplete.
    fs::remove_file(project.path().join("out/zh/certificate-town-1.pdf")).unwrap();
    let project = project.file("out/fr/certificate-town-3.pdf", "half");
    assert_eq!(resume(&project), ["out/fr/certificate-town-3.pdf", "out/zh/certificate-town-1.pdf"]);
    // A blank line and another order of the records change no document.
    let (head, rows) = table(3).split_once('\n').map(|(h, r)| (h.to_owned(), r.replace("Ville 2", "Bourg 2"))).unwrap();
    let reversed: Vec<&str> = rows.lines().rev().collect();
    let project = project.file(
        "reports/cities.csv",
        format!(
            "{head}\n\n{}\n",
            reversed.join(
                "
"
            )
        ),
    );
    assert_eq!(resume(&project), Vec::<String>::new());
    // The template has changed. Then a comment, and a fact that the template does not print: no document shows them.
    let sorted = |mut paths: Vec<String>| {
        paths.sort();
        paths
    };
    let project = project.file(CERTIFICATE, TEMPLATE.replace(", ", "; "));
    assert_eq!(sorted(resume(&project)), everything);
    let project = project.append("locales/fr/text.ftl", "\n# changed\n");
    let project = project.file(RESULTS_FILE, results("from: cities.csv").replace("specimen: true", "specimen: false"));
    assert_eq!(resume(&project), Vec::<String>::new());
    assert_documents_match_manifest(&project, "out");
    assert_eq!(project.read("out/fr/letter.txt"), "mine");
}

#[test]
fn failed_documents_are_listed_and_can_be_built_alone() {
    let bad = format!("{TEMPLATE}{{{{#if city.quotation}}}}#nothing{{{{/if}}}}");
    let rows = "{\"id\": \"a\", \"name\": \"A\", \"rank\": 1}\n{\"id\": \"b\", \"name\": \"B\", \"rank\": 2, \"quotation\": {\"text\": \"x\", \"speaker\": \"y\", \"role\": \"z\"}}\n";
    let project = project_with("from: c.jsonl", &[("c.jsonl", rows)]).file(CERTIFICATE, bad);
    project.run_failing(&CERTIFICATES);
    let failed = project.read("out/failed.jsonl");
    assert_data_eq!(
        &failed,
        str![[r#"
{"city":"b","report":"certificate","language":"fr","file":"fr/certificate-b.pdf","status":"failed","diagnostics":[{"code":"E0401","help":"see the Typst reference: https://typst.app/docs/reference/","message":"unknown variable: nothing (in certificate-b in `fr`)","notes":[],"places":[{"column":24,"excerpt":"{{#if city.quotation}}#nothing{{/if}}","file":"reports/certificate/city.typ.hbs","label":"","line":4}],"severity":"error","type":"diagnostic"}]}
{"city":"b","report":"certificate","language":"zh","file":"zh/certificate-b.pdf","status":"failed","diagnostics":[{"code":"E0401","help":"see the Typst reference: https://typst.app/docs/reference/","message":"unknown variable: nothing (in certificate-b in `zh`)","notes":[],"places":[{"column":24,"excerpt":"{{#if city.quotation}}#nothing{{/if}}","file":"reports/certificate/city.typ.hbs","label":"","line":4}],"severity":"error","type":"diagnostic"}]}

"#]]
    );
    let manifest = project.read("out/manifest.jsonl");
    let failures: Vec<&str> = manifest.lines().filter(|line| line.contains("failed")).collect();
    assert_data_eq!(
        failures.join("\n"),
        str![[r#"
{"city":"b","report":"certificate","language":"fr","file":"fr/certificate-b.pdf","status":"failed","warnings":[]}
{"city":"b","report":"certificate","language":"zh","file":"zh/certificate-b.pdf","status":"failed","warnings":[]}
"#]]
    );
    for (city, language) in [("a", "fr"), ("a", "zh")] {
        let line = manifest.lines().find(|line| line.contains(&format!("{language}/certificate-{city}.pdf"))).unwrap();
        assert_eq!(line, expected_line(&project, city, language, line));
    }
    // `--only` builds only those: they fail again, and stay listed.
    let only = ["-r", "certificate", "--only", "out/failed.jsonl"];
    project.run_failing(&only);
    assert_eq!(project.read("out/failed.jsonl"), failed);
    // Once the template is right, they are finished and no longer listed.
    let project = project.file(CERTIFICATE, TEMPLATE);
    let (stdout, _) = project.run_ok(&only);
    assert_eq!(stdout, "out/fr/certificate-b.pdf\nout/zh/certificate-b.pdf\n");
    assert!(!project.path().join("out/failed.jsonl").exists());
    assert_eq!(project.read("out/manifest.jsonl").lines().count(), 4);
    assert!(project.run_failing(&["--only", RESULTS_FILE]).contains("it lists no document"));
}

#[test]
fn two_runs_cannot_write_into_one_folder() {
    let project = project_with_table(1);
    build(&project, &[]);
    let lock = fs::File::open(project.path().join("out/.manifest.lock")).unwrap();
    lock.lock().unwrap();
    let stderr = project.run_failing(&CERTIFICATES);
    assert_data_eq!(
        stderr,
        str![[r#"
error[E0604]: another run is writing to `out`
 = help: wait until it ends, stop it, or name another folder with `--out`


"#]]
    );
    // A shard of the same documents is refused too. Another folder is free.
    assert_contains(&project.run_failing(&[&CERTIFICATES[..], &["--shard", "1/2"]].concat()), &["E0604"]);
    build(&project, &["-o", "other"]);
    // Two shards run side by side.
    lock.unlock().unwrap();
    lock.lock_shared().unwrap();
    build(&project, &["--shard", "1/2"]);
    // The lock ends with the process that holds it, however it ends.
    drop(lock);
    build(&project, &[]);
}

/// Everything that a page depends on (modules, photos, fonts) is compared by the bytes that were used.
#[test]
fn resume_compares_everything_that_a_document_was_built_from() {
    let template = "#import \"/reports/house/style.typ\": mark\n#set document(title: \"t\")\n#set text(lang: \"en\")\n#mark\n{{#if city.photo}}#{{image city.photo}}{{/if}}\n{{text city.name}}\n";
    let picture = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path fill=\"{colour}\" d=\"M0 0h9v9z\"/></svg>"
        )
    };
    let rows = "{\"id\": \"a\", \"name\": \"A\", \"rank\": 1, \"photo\": {\"file\": \"a.svg\", \"alt\": \"x\", \"caption\": \"x\", \"credit\": \"x\"}}\n{\"id\": \"b\", \"name\": \"B\", \"rank\": 2}\n";
    let project = project_with("from: c.jsonl", &[("c.jsonl", rows), ("a.svg", &picture("red"))])
        .file(CERTIFICATE, template)
        .file("reports/house/style.typ", "#let mark = [one]");
    let run = |project: &ProjectDir, more: &[&str]| {
        let (stdout, _) = project.run_ok(&[&["-r", "certificate", "-l", "en"], more].concat());
        stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let [a, b] = ["out/en/certificate-a.pdf", "out/en/certificate-b.pdf"];
    let resume = ["--resume"];
    assert_eq!(run(&project, &[]), [a, b]);
    assert_eq!(run(&project, &resume), Vec::<String>::new());
    let project = project.file("reports/house/style.typ", "#let mark = [two]");
    assert_eq!(run(&project, &resume), [a, b]);
    let project = project.file("reports/a.svg", picture("blue"));
    assert_eq!(run(&project, &resume), [a]);
    let project = project.file("reports/house/unused.typ", "#let mark = [three]");
    assert_eq!(run(&project, &resume), Vec::<String>::new());
    // One message of a language.
    let project = project.append("locales/en/text.ftl", "\nunused-message = nobody shows it\n");
    assert_eq!(run(&project, &resume), Vec::<String>::new());
    // A file of the same length with other bytes.
    let mut bytes = project.read_bytes(b);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let project = project.file(b, bytes);
    assert_eq!(run(&project, &resume), Vec::<String>::new());
    assert_eq!(run(&project, &["--resume=verify"]), [b]);
    assert_documents_match_manifest(&project, "out");
}
