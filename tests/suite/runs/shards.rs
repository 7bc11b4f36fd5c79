//! A run split over several machines, and the merge of its parts.

use std::fs;

use snapbox::{assert_data_eq, str};

use super::{BUILT, CERTIFICATES, build, project_with_table, table};
use crate::support::{ProjectDir, files_below};

const MERGE: [&str; 5] = ["merge", "-l", "fr,zh", "-r", "certificate"];

fn build_shards(project: &ProjectDir, count: usize) {
    for index in 1..=count {
        build(project, &["--shard", &format!("{index}/{count}")]);
    }
}

#[test]
fn merged_shards_are_the_whole_run() {
    let project = project_with_table(20);
    build(&project, &["-o", "whole"]);
    build_shards(&project, 3);
    let (_, stderr) = project.run_ok(&MERGE);
    assert!(stderr.contains("merged 40 documents of 3 shards"), "{stderr}");
    let mut merged = files_below(&project.path().join("out"));
    for index in 1..=3 {
        for journal in ["manifest", "modules"] {
            merged.remove(&format!("{journal}-{index}-of-3.jsonl")).expect("each shard has its journals");
        }
    }
    assert!(merged == files_below(&project.path().join("whole")));
    // The merged manifest is one that a run can resume.
    assert!(build(&project, &["--resume"]).contains("built 0 documents"));
    // A document about the whole edition is in exactly one shard.
    let has_edition = |index: &usize| {
        let shard = format!("{index}/3");
        let (stdout, _) = project.run_ok(&["-l", "fr", "-r", "press-release", "--dry-run", "--shard", &shard]);
        stdout.contains("/press-release.pdf")
    };
    assert_eq!((1..=3).filter(has_edition).count(), 1);
}

#[test]
fn a_scheduler_can_choose_the_shard() {
    let project = project_with_table(20);
    let dry_run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&CERTIFICATES[..], &["--dry-run"], arguments].concat();
        let output = project.command().args(arguments).envs(variables.iter().copied()).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let third = dry_run(&["--shard", "3/4"], &[]).0;
    assert!(third.contains("certificate-town-"), "{third}");
    let slurm = [("SLURM_ARRAY_TASK_ID", "2"), ("SLURM_ARRAY_TASK_COUNT", "4"), ("SLURM_ARRAY_TASK_MIN", "0")];
    assert_eq!(dry_run(&["--shard", "auto"], &slurm).0, third);
    assert_eq!(dry_run(&["--shard", "auto", "--shards", "4"], &[("JOB_COMPLETION_INDEX", "2")]).0, third);
    assert!(dry_run(&["--shard", "auto"], &[]).1.contains("E0606"));
}

/// The message of a merge that must be refused, and leave no manifest.
fn refusal(project: &ProjectDir) -> String {
    let stderr = project.run_failing(&MERGE);
    assert!(!project.path().join("out/manifest.jsonl").exists());
    stderr.split(" = help").next().unwrap().trim_end().to_owned()
}

#[test]
fn a_merge_refuses_missing_documents() {
    let project = project_with_table(20);
    assert_data_eq!(refusal(&project), str!["error[E0607]: `out/` contains no shard manifest"]);
    build(&project, &["--shard", "1/3"]);
    build(&project, &["--shard", "3/3"]);
    assert_data_eq!(refusal(&project), str!["error[E0607]: shard 2/3 has no manifest"]);
    build(&project, &["--shard", "2/3"]);
    let manifest = project.read("out/manifest-2-of-3.jsonl");
    let (first, rest) = manifest.split_once('\n').unwrap();
    // The manifest lacks a line.
    let project = project.file("out/manifest-2-of-3.jsonl", rest);
    assert_data_eq!(refusal(&project), str!["error[E0607]: no shard built `out/fr/certificate-town-9.pdf`"]);
    // A document has failed.
    let project = project.file("out/manifest-2-of-3.jsonl", manifest.replacen(BUILT, "failed", 1));
    assert_data_eq!(refusal(&project), str!["error[E0607]: no shard built `out/fr/certificate-town-9.pdf`"]);
    // A document has disappeared.
    let project = project.file("out/manifest-2-of-3.jsonl", &manifest);
    fs::remove_file(project.path().join("out").join(file(first))).unwrap();
    assert_data_eq!(
        refusal(&project),
        str!["error[E0607]: `out/fr/certificate-town-9.pdf` is in the manifest, but does not exist"]
    );
}

/// The path of the document that a line of a manifest describes.
fn file(line: &str) -> String {
    serde_json::from_str::<serde_json::Value>(line).unwrap()["file"].as_str().unwrap().to_owned()
}

#[test]
fn a_merge_refuses_what_does_not_fit_together() {
    let project = project_with_table(20);
    build_shards(&project, 3);
    let manifests = [1, 2].map(|index| project.read(&format!("out/manifest-{index}-of-3.jsonl")));
    let (first, _) = manifests[1].split_once('\n').unwrap();
    let document = format!("out/{}", file(first));
    let bytes = project.read_bytes(&document);
    // A file is not the one that the shard has written.
    let project = project.file(&document, [&bytes[..bytes.len() - 1], b"x"].concat());
    assert_data_eq!(
        refusal(&project),
        str!["error[E0609]: `out/fr/certificate-town-9.pdf` does not match its manifest entry"]
    );
    let project = project.file(&document, &bytes);
    // Two shards have built the same document; the bytes are the same, then not.
    let project = project.file("out/manifest-1-of-3.jsonl", format!("{}{first}\n", manifests[0]));
    assert_data_eq!(
        refusal(&project),
        str!["error[E0608]: two shards built `out/fr/certificate-town-9.pdf`: 1/3 and 2/3"]
    );
    let digits = &first.split("\"sha256\":\"").nth(1).unwrap()[..64];
    let other = first.replace(digits, &"0".repeat(64));
    let project = project.file("out/manifest-1-of-3.jsonl", format!("{}{other}\n", manifests[0]));
    assert_data_eq!(
        refusal(&project),
        str!["error[E0608]: two shards built `out/fr/certificate-town-9.pdf`, with different content: 1/3 and 2/3"]
    );
    let project = project.file("out/manifest-1-of-3.jsonl", &manifests[0]);
    // A shard of another split.
    let project = project.file("out/manifest-1-of-2.jsonl", "");
    assert_data_eq!(
        refusal(&project),
        str!["error[E0608]: some manifests are from a run with 2 shards, others from one with 3"]
    );
    fs::remove_file(project.path().join("out/manifest-1-of-2.jsonl")).unwrap();
    // The facts have changed since.
    let project = project.file("reports/cities.csv", table(20).replace("Ville 2,", "Bourg 2,"));
    assert_data_eq!(
        refusal(&project),
        str![
            "error[E0609]: `out/fr/certificate-town-2.pdf` is out of date: its facts, words or templates have changed"
        ]
    );
    // A shard is still running.
    let lock = fs::File::open(project.path().join("out/.manifest.lock")).unwrap();
    lock.lock_shared().unwrap();
    assert_data_eq!(refusal(&project), str!["error[E0604]: another run is writing to `out`"]);
}
