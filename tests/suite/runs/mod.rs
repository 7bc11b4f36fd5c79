//! Runs of many documents: records in bulk, the manifest, interruption, shards, worker processes.

mod faults;
mod interruption;
mod manifest;
mod records;
mod resource_limits;
mod shards;
mod stale;
mod workers;

use std::fs;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::support::{CERTIFICATE, EN, EN_NUMBERS, ProjectDir, RESULTS, RESULTS_FILE};

/// A certificate that takes almost no time.
const TEMPLATE: &str = "#set document(title: \"x\")\n{{city.name}}, {{ordinal city.rank}}\n\
                        {{#if city.figures.size}}{{figure city.figures.size}}{{/if}}\n";

/// What the cities of a table have in common.
const EVERY: &str =
    "\n  every:\n    status: selected\n    country: Azuria\n    figures: {size: {unit: enterprise, hedge: over}}\n";

/// The status of a finished document in a manifest.
const BUILT: &str = "built";

const CERTIFICATES: [&str; 6] = ["-l", "fr,zh", "-r", "certificate", "-j", "2"];

/// The results of the example edition with cities that are read from elsewhere: `from: …`.
fn results(cities: &str) -> String {
    let (head, _) = RESULTS.split_once("\ncities:\n").unwrap();
    let head: Vec<&str> = head.lines().filter(|line| !line.contains("- beijing/")).collect();
    format!("{}\ncities:\n  {cities}{EVERY}", head.join("\n"))
}

/// A project with cities that are read from files beside the results.
fn project_with(cities: &str, files: &[(&str, &str)]) -> ProjectDir {
    let project = ProjectDir::new().file(RESULTS_FILE, results(cities)).file(CERTIFICATE, TEMPLATE);
    files.iter().fold(project, |project, (path, text)| project.file(&format!("reports/{path}"), text))
}

/// A CSV table of cities: `town-1`, `town-2`, …
fn table(rows: usize) -> String {
    let row = |n| format!("town-{n},Ville {n},Town {n},云城{n},{n},{}\n", 100 + n);
    "id,name.fr,name.en,name.zh,rank,figures.size.value\n".to_owned() + &(1..=rows).map(row).collect::<String>()
}

pub fn project_with_table(rows: usize) -> ProjectDir {
    project_with("from: cities.csv", &[("cities.csv", &table(rows))])
}

/// The example edition without one message in English, which is then taken from the French.
fn without_english(message: &str) -> ProjectDir {
    let english = include_str!("../../../locales/en/text.ftl");
    let line = english.lines().find(|line| line.starts_with(&format!("{message} ="))).unwrap();
    ProjectDir::new().edit(EN, line, "").edit(EN_NUMBERS, "\nlocale-icu", "\nlocale-fallback = fr\nlocale-icu")
}

/// Builds the certificates in French and Chinese, which must succeed; returns standard error.
#[track_caller]
fn build(project: &ProjectDir, more: &[&str]) -> String {
    project.run_ok(&[&CERTIFICATES[..], more].concat()).1
}

/// The lines of a manifest.
fn manifest(project: &ProjectDir, path: &str) -> Vec<Json> {
    let text = project.read(path);
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

/// The line of the manifest for a certificate in `out/`. The hashes of its inputs are checked in form only.
fn expected_line(project: &ProjectDir, city: &str, language: &str, actual: &str) -> String {
    let file = format!("{language}/certificate-{city}.pdf");
    let bytes = project.read_bytes(&format!("out/{file}"));
    let [input, modules] = ["input", "modules"].map(|key| {
        let hash = actual.split(&format!("\"{key}\":\"")).nth(1).unwrap().split('"').next().unwrap();
        assert!(hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{actual}");
        hash
    });
    format!(r#"{{"city":"{city}","report":"certificate","language":"{language}","file":"{file}","status":"{BUILT}","#)
        + &format!(
            r#""pages":1,"bytes":{},"sha256":"{}","input":"{input}","modules":"{modules}","warnings":[]}}"#,
            bytes.len(),
            sha256(&bytes)
        )
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Asserts that each document which a manifest calls finished is there, whole. An incomplete last line is ignored.
fn assert_documents_match_manifest(project: &ProjectDir, out: &str) {
    let text = project.read(&format!("{out}/manifest.jsonl"));
    for line in text.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok()) {
        if line["status"] == BUILT {
            let bytes = fs::read(project.path().join(out).join(line["file"].as_str().unwrap())).unwrap();
            assert_eq!((&line["bytes"], &line["sha256"]), (&bytes.len().into(), &sha256(&bytes).into()), "{line}");
        }
    }
}
