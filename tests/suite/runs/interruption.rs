//! Runs that are killed or interrupted, and resumed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;

use super::{CERTIFICATES, assert_documents_match_manifest, build, manifest, project_with_table};
use crate::support::{ProjectDir, files_below};

fn start(project: &ProjectDir, more: &[&str]) -> Child {
    let arguments = [&CERTIFICATES[..], &["--message-format", "json"], more].concat();
    project.command().args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

fn is_document(line: &str) -> bool {
    line.contains("\"type\":\"document\"")
}

/// Waits until the run has reported this many documents; false if it ends before.
fn wait_for_documents(run: &mut Child, documents: usize) -> bool {
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines();
    (0..documents).all(|_| lines.by_ref().any(|line| is_document(&line.unwrap())))
}

#[test]
fn a_run_that_is_killed_loses_no_document_that_it_has_reported() {
    let project = project_with_table(150);
    build(&project, &["-o", "whole"]);
    let (mut documents, mut kills) = (7, 0);
    loop {
        // Irregular numbers, the same each time.
        documents = (documents * 31 + 11) % 61;
        let mut run = start(&project, &["--resume"]);
        if !wait_for_documents(&mut run, documents) {
            assert!(run.wait().unwrap().success());
            break;
        }
        run.kill().unwrap();
        run.wait().unwrap();
        kills += 1;
        assert_documents_match_manifest(&project, "out");
        assert!(manifest_length(&project) >= documents);
    }
    assert!(kills > 3, "killed only {kills} times");
    assert!(files_below(&project.path().join("out")) == files_below(&project.path().join("whole")));
}

/// Complete lines of the manifest.
fn manifest_length(project: &ProjectDir) -> usize {
    project.read("out/manifest.jsonl").matches('\n').count()
}

/// A crash can leave an incomplete line: its document is built again.
#[test]
fn an_incomplete_last_line_of_the_manifest_is_ignored() {
    let project = project_with_table(3);
    build(&project, &["-o", "whole"]);
    build(&project, &[]);
    let text = project.read("out/manifest.jsonl");
    let project = project.file("out/manifest.jsonl", &text[..text.len() - 40]);
    assert!(build(&project, &["--resume"]).contains("built 1 document "));
    assert!(files_below(&project.path().join("out")) == files_below(&project.path().join("whole")));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_stops_cleanly_and_can_be_resumed() {
    let project = project_with_table(150);
    let mut run = start(&project, &[]);
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines();
    assert!(lines.by_ref().any(|line| is_document(&line.unwrap())));
    assert!(Command::new("kill").args(["-TERM", &run.id().to_string()]).status().unwrap().success());
    let rest: Vec<Json> = lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    assert_eq!(run.wait().unwrap().code(), Some(130));
    let summary = rest.last().unwrap();
    assert_eq!(summary["type"], "summary");
    let finished = manifest(&project, "out/manifest.jsonl").len();
    assert!(finished < 300);
    assert_eq!((&summary["built"], &summary["not-started"]), (&finished.into(), &(300 - finished).into()));
    assert!(build(&project, &["--resume"]).contains(&format!("{finished} documents up to date")));
    assert_eq!(manifest(&project, "out/manifest.jsonl").len(), 300);
}
