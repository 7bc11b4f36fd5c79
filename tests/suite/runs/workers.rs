//! Worker processes: a document that never finishes, or needs too much memory, fails alone.

use super::without_english;
use crate::support::{CERTIFICATE, ProjectDir, assert_contains};

fn with_certificate(typst: &str) -> ProjectDir {
    ProjectDir::new().file(CERTIFICATE, format!("#set document(title: \"x\")\n{{{{city.name}}}}\n{typst}\n"))
}

const OTHER_DOCUMENTS: [&str; 2] = ["out/fr/press-release-beijing.pdf", "out/fr/press-release.pdf"];

#[test]
fn a_document_that_never_finishes_is_stopped_and_the_others_are_built() {
    // Ten thousand million rounds: Typst itself only stops a single loop that seems infinite.
    let project = with_certificate("#for i in range(100000) { for j in range(100000) { let k = i + j } }");
    let stderr = project.run_failing(&["-l", "fr", "--timeout", "10"]);
    assert_contains(&stderr, &["E0405", "certificate-beijing in `fr` took longer than 10 s"]);
    assert_eq!(project.output_files(), OTHER_DOCUMENTS);
}

/// A sheet without one of its certificates would be worse than none.
#[test]
fn nothing_is_printed_if_a_certificate_never_finishes() {
    let project = with_certificate("#for i in range(100000) { for j in range(100000) { let k = i + j } }");
    let stderr = project.run_failing(&["print", "-l", "fr", "--timeout", "3"]);
    assert_contains(&stderr, &["E0405", "certificate-beijing in `fr` took longer than 3 s"]);
    assert!(!project.path().join("print").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_needs_too_much_memory_is_stopped_and_the_others_are_built() {
    let project = with_certificate("#let a = (\"x\" * 1000000,)\n#for i in range(9000) { a.push(a.last() + \"y\") }");
    let stderr = project.run_failing(&["-l", "fr", "--timeout", "600", "--memory", "400"]);
    assert_contains(&stderr, &["E0406", "ran out of memory"]);
    assert_eq!(project.output_files(), OTHER_DOCUMENTS);
}

#[cfg(target_os = "linux")]
#[test]
fn ordinary_documents_need_little_memory() {
    let project = ProjectDir::new();
    project.run_ok(&["-l", "fr,zh", "--timeout", "600", "--memory", "250"]);
    assert_eq!(project.output_files().len(), 6);
}

#[test]
fn a_mistake_in_a_worker_process_is_reported_at_its_line() {
    let project = with_certificate("#unknown-function()");
    let stderr = project.run_failing(&["-l", "fr", "--timeout", "600"]);
    assert_contains(&stderr, &["E0401", "city.typ.hbs:3:2", "#unknown-function()"]);
}

#[test]
fn a_fallback_in_several_worker_processes_is_reported_once() {
    let project = without_english("press-release");
    let (_, threads) = project.run_ok(&["-l", "en", "-o", "threads"]);
    assert_eq!(threads.matches("W0207").count(), 1, "{threads}");
    let (_, processes) = project.run_ok(&["-l", "en", "-j", "2", "--timeout", "600"]);
    assert_eq!(processes.matches("W0207").count(), 1, "{processes}");
}

/// Only a run with `--lang` needs the reference language, and each worker process gets the languages of the run.
#[test]
fn worker_processes_read_the_reference_language_as_the_run_does() {
    let project = ProjectDir::new().file("locales/l10n.toml", "[[paths]]\nreference = \"en/**.ftl\"\n");
    project.run_ok(&["--report", "press-release", "--city", "beijing", "--timeout", "600"]);
    assert!(!project.output_files().is_empty());
}

/// `--prune` loads the templates of all reports, so each worker process must load them too.
#[test]
fn worker_processes_load_the_templates_that_a_run_with_prune_loads() {
    let project = ProjectDir::new().append(CERTIFICATE, "");
    project.run_ok(&["-l", "fr", "--report", "certificate", "--prune", "--timeout", "600"]);
    assert_eq!(project.output_files(), ["out/fr/certificate-beijing.pdf"]);
}
