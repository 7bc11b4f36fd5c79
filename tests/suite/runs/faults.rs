//! What goes wrong around a run: files that change while they are read, other runs, full disks, pipes, lost workers. A run
//! reports success only if every document that was asked for is there, and is what it says.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};

use super::{
    CERTIFICATES, assert_documents_match_manifest, build, project_with, project_with_table, results, table,
    without_english,
};
use crate::support::{CERTIFICATE, ProjectDir, RESULTS_FILE, assert_contains};

/// A certificate that never ends for one city: Typst itself only stops a single loop that seems infinite.
const ENDLESS: &str = "#set document(title: \"x\")\n{{city.name}}\n#let name = [{{city.name}}]\n\
                       #if repr(name).contains(\"2\") { for i in range(100000) { for j in range(100000) { let k = i + j } } }\n";

/// The results of the example edition with other cities.
fn results_with(cities: &[String]) -> String {
    let text = results("");
    let (head, _) = text.split_once("cities:").unwrap();
    format!("{head}cities:{}\n", cities.concat())
}

/// Starts a run, and waits until it has reported its first document.
fn start(project: &ProjectDir, arguments: &[&str]) -> (Child, impl BufRead + use<>) {
    let mut command = project.command();
    command.args(["--message-format", "json"]).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut run = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("\"type\":\"document\"") {
        assert!(lines.read_line(&mut line).unwrap() > 0, "the run ended without a document: {line}");
    }
    (run, lines)
}

/// Waits for the end of a run; returns what it wrote since, and its exit code.
fn finish((mut run, mut lines): (Child, impl BufRead)) -> (String, i32) {
    let mut rest = String::new();
    lines.read_to_string(&mut rest).unwrap();
    (rest, run.wait().unwrap().code().unwrap())
}

#[test]
fn records_that_are_cut_short_during_a_run_are_a_failure() {
    let project = project_with_table(3000);
    let run = start(&project, &["-l", "fr", "-r", "certificate", "-j", "1"]);
    let project = project.file("reports/cities.csv", table(3));
    let (output, code) = finish(run);
    assert_eq!(code, 1);
    // The file may end in the middle of a row, which is reported at its place.
    assert!(output.contains("E0407") || output.contains("cells, but the header has"));
    assert_documents_match_manifest(&project, "out");
}

/// A worker that takes the place of another one reads the project again. Two cities have changed places since.
#[test]
fn a_worker_that_reads_other_facts_builds_nothing() {
    let cities = |second: &str, third: &str| {
        let city = |id: &str, n: u32| {
            format!("\n  - {{id: {id}, name: Town {n}, rank: {n}, status: selected, country: Azuria}}")
        };
        results_with(&[city("first", 1), city(second, 2), city(third, 3)])
    };
    let project = ProjectDir::new().file(RESULTS_FILE, cities("second", "third")).file(CERTIFICATE, ENDLESS);
    let run = start(&project, &["-l", "fr", "-r", "certificate", "-j", "1", "--timeout", "4"]);
    let project = project.file(RESULTS_FILE, cities("third", "second"));
    let (output, code) = finish(run);
    assert_eq!(code, 1, "{output}");
    assert_contains(&output, &["E0405", "E0407", "the project changed during the run"]);
    assert_eq!(project.output_files(), ["out/fr/certificate-first.pdf"]);
    assert_documents_match_manifest(&project, "out");
}

/// Even if the parent is killed. The worker holds a copy of the test's pipe, so the pipe closes only when the worker ends.
#[cfg(unix)]
#[test]
fn a_worker_ends_with_its_parent() {
    let project = project_with_table(2).file(CERTIFICATE, ENDLESS);
    let mut command = std::process::Command::new("sh");
    let program = env!("CARGO_BIN_EXE_gen-report");
    let script = format!("exec {program} --message-format json -l fr -r certificate -j 1 --timeout 600 3>&1");
    let mut run = command.args(["-c", &script]).current_dir(project.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert!(line.contains("certificate-town-1"), "{line}");
    run.kill().unwrap();
    run.wait().unwrap();
    lines.read_to_string(&mut line).unwrap();
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_a_run_at_once() {
    let project = project_with_table(2).file(CERTIFICATE, ENDLESS);
    // Tests inherit what their caller ignores: SIGINT from a shell that starts them in the background, SIGHUP from nohup.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or_default();
    let ignored = u64::from_str_radix(mask.trim(), 16).unwrap_or_default();
    for (signal, number) in [("-HUP", 1), ("-INT", 2), ("-TERM", 15)] {
        if ignored >> (number - 1) & 1 == 1 {
            continue;
        }
        let (mut run, _lines) = start(&project, &["-l", "fr", "-r", "certificate", "-j", "1"]);
        // Two signals at the same moment count as one.
        let code = loop {
            assert!(
                std::process::Command::new("kill").args([signal, &run.id().to_string()]).status().unwrap().success()
            );
            if let Some(status) = run.try_wait().unwrap() {
                break status.code();
            }
        };
        assert_eq!(code, Some(130), "{signal}");
        assert_documents_match_manifest(&project, "out");
    }
}

#[test]
fn a_worker_needs_no_arguments_that_can_be_read_only_once() {
    let project = project_with_table(2);
    build(&project, &[]);
    let manifest = project.read("out/manifest.jsonl");
    fs::remove_dir_all(project.path().join("out")).unwrap();
    let mut command = project.command();
    command.args(["--timeout", "600", "--only", "/dev/stdin", "-r", "certificate"]);
    let mut run = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    run.stdin.take().unwrap().write_all(manifest.as_bytes()).unwrap();
    assert!(run.wait().unwrap().success());
    assert_eq!(project.output_files().len(), 4);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_not_replaced_by_the_embedded_edition() {
    let project = ProjectDir::new();
    std::os::unix::fs::symlink("reports", project.path().join("reports")).unwrap();
    assert_contains(&project.run_failing(&["-l", "fr"]), &["E0001", "`reports` cannot be read"]);
    let project = ProjectDir::new().file("locales", "a file");
    assert_contains(&project.run_failing(&["-l", "fr"]), &["E0001", "`locales` cannot be read"]);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_is_lost_is_a_failure() {
    for arguments in [
        &["list"][..],
        &["schema"],
        &["--dry-run"],
        &["check", "--message-format", "json"],
        &["check", "--message-format", "sarif"],
        &["explain", "E0101"],
    ] {
        let full = fs::File::create("/dev/full").unwrap();
        let output = ProjectDir::new().command().args(arguments).stdout(full).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {stderr}");
        assert_contains(&stderr, &["standard output cannot be written: no space left on device"]);
    }
}

#[test]
fn a_number_of_jobs_that_no_machine_has_is_a_usage_error() {
    for jobs in ["18446744073709551615", "9999999999", "999999", "0", "-1"] {
        let (_, stderr, code) = ProjectDir::new().run(&["--jobs", jobs, "-l", "fr"]);
        assert_eq!(code, 2, "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_out_of_the_project_are_not_read_as_records() {
    let fifo = |path: std::path::PathBuf| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let project = project_with("from: cities.csv", &[]);
    fifo(project.path().join("reports/cities.csv"));
    assert_contains(&project.run_failing(&CERTIFICATES), &["E0001", "cities.csv", "not a regular file"]);
    let project = project_with("from: cities", &[("cities/a.csv", &table(1))]);
    fifo(project.path().join("reports/cities/b.csv"));
    assert_contains(&project.run_failing(&CERTIFICATES), &["E0001", "b.csv", "not a regular file"]);
    let outside = ProjectDir::new().file("b.csv", table(2));
    let project = project_with("from: cities", &[("cities/a.csv", &table(1))]);
    std::os::unix::fs::symlink(outside.path().join("b.csv"), project.path().join("reports/cities/b.csv")).unwrap();
    assert_contains(&project.run_failing(&CERTIFICATES), &["E0001", "b.csv", "the link leaves the project"]);
    // A journal that is a pipe.
    let project = project_with_table(1);
    fs::create_dir(project.path().join("out")).unwrap();
    fifo(project.path().join("out/manifest.jsonl"));
    assert_contains(&project.run_failing(&[&CERTIFICATES[..], &["--resume"]].concat()), &["E0601", "manifest.jsonl"]);
}

/// What a spreadsheet of another system writes.
#[test]
fn tables_with_unusual_lines_are_read_or_refused() {
    let header = "id;\"name\n(French)\";rank\nport;Port;1\n";
    let columns = "from: ./cities.csv\n  columns: {id: id, name: \"name\\n(French)\", rank: rank}";
    let project = project_with(columns, &[("cities.csv", header)]);
    build(&project, &[]);
    assert_eq!(project.output_files(), ["out/fr/certificate-port.pdf", "out/zh/certificate-port.pdf"]);
    let project = project_with("from: cities.csv", &[("cities.csv", &table(2).replace('\n', "\r"))]);
    assert_contains(
        &project.run_failing(&CERTIFICATES),
        &["cities.csv:1:", "the table uses bare carriage returns as line endings"],
    );
}

#[test]
fn many_unknown_keys_are_reported_in_a_moment() {
    let keys: String = (0..60_000).map(|n| format!("key-{n}: 1\n")).collect();
    let stderr = ProjectDir::new().append(RESULTS_FILE, &keys).run_failing(&["-l", "fr"]);
    assert_eq!(stderr.matches("error[E0102]").count(), 20);
    assert_contains(&stderr, &["and 59980 more unknown keys"]);
}

#[test]
fn names_that_other_systems_cannot_keep_apart_are_refused() {
    let report = |names: &[&str]| {
        names.iter().fold(ProjectDir::new(), |project, name| {
            project.file(&format!("reports/{name}/edition.typ.hbs"), "#set document(title: \"x\")\nx")
        })
    };
    assert_contains(&report(&["CON"]).run_failing(&["-l", "fr"]), &["E0603", "`CON`"]);
    assert_contains(&report(&["lpt1"]).run_failing(&["-l", "fr"]), &["E0603", "`lpt1`"]);
    let stderr = report(&["Certificate"]).run_failing(&["-l", "fr"]);
    assert_contains(&stderr, &["E0603", "`Certificate` and `certificate` have the same name on Windows and macOS"]);
    let project = project_with("from: c.csv", &[("c.csv", "id,name,rank\nall,All,1\n")]);
    assert_contains(&project.run_failing(&CERTIFICATES), &["E0103", "c.csv:2:1", "the id `all` is reserved"]);
}

/// Where the working folder itself is the output: the manifest is kept tidy there too.
#[test]
fn the_working_folder_can_be_the_output() {
    let project = project_with_table(1);
    build(&project, &["-o", ""]);
    build(&project, &["-o", ""]);
    assert_eq!(project.read("manifest.jsonl").lines().count(), 2);
}

/// Typst supports 65 535 paths, so documents share the paths of their photos.
#[test]
fn photos_of_different_cities_need_one_path() {
    let photo = |name: &str| format!("{{file: {name}.svg, alt: x, caption: x, credit: x}}");
    let city = |id: &str, n: u32| {
        format!("\n  - {{id: {id}, name: Town, rank: {n}, status: selected, country: Azuria, photo: {}}}", photo(id))
    };
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    let project = ProjectDir::new()
        .file(RESULTS_FILE, results_with(&[city("a", 1), city("b", 2)]))
        .file(CERTIFICATE, "#set document(title: \"x\")\n#{{image city.photo}}\n")
        .file("reports/a.svg", svg)
        .file("reports/b.svg", svg);
    let documents = project.documents("fr");
    for id in ["a", "b"] {
        let job = documents.job("fr", "certificate", Some(id));
        let source = documents.builder.with_pages(job, |_, rendered, _| Ok(rendered.source.clone())).unwrap();
        assert_contains(&source, &["image(\"/images/0.svg\""]);
    }
}

/// `--strict` is part of what a document was built from: a text of the fallback locale is then an error.
#[test]
fn resume_does_not_take_documents_with_foreign_texts_for_strict_ones() {
    let project = without_english("certificate");
    let english = ["-l", "en", "-r", "certificate"];
    project.run_ok(&english);
    project.run_ok(&[&english[..], &["--resume"]].concat());
    let stderr = project.run_failing(&[&english[..], &["--resume", "--strict"]].concat());
    assert_contains(&stderr, &["0207", "1 document failed"]);
}

/// Temporary files have no name, so that nothing is left of them.
#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_of_archives_leaves_nothing_in_the_folder_of_temporary_files() {
    let project = project_with_table(40);
    let temporary = project.path().join("temporary");
    fs::create_dir(&temporary).unwrap();
    let mut command = project.command();
    command.args(["-l", "fr", "-r", "certificate", "--archive", "zip", "--message-format", "json"]);
    let mut run = command.env("TMPDIR", &temporary).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(run.stdout.take().unwrap()).read_line(&mut line).unwrap();
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    assert!(!project.path().join("out/fr/certificate-all.zip").exists());
}

/// `nohup` has a program ignore SIGHUP: its run goes on when the terminal is closed.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_from_the_start_stays_ignored() {
    let project = project_with_table(60);
    let program = env!("CARGO_BIN_EXE_gen-report");
    let script = format!("trap '' HUP; exec {program} --message-format json -l fr -r certificate -j 1");
    let mut command = std::process::Command::new("sh");
    let mut run = command.args(["-c", &script]).current_dir(project.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert!(std::process::Command::new("kill").args(["-HUP", &run.id().to_string()]).status().unwrap().success());
    lines.read_to_string(&mut line).unwrap();
    assert!(run.wait().unwrap().success());
    assert_eq!(project.output_files().len(), 60);
}

/// `out/fr` may be a link to another disk: a file cannot be moved there from beside the manifest.
#[cfg(target_os = "linux")]
#[test]
fn a_language_can_be_on_another_file_system() {
    let shared = tempfile::tempdir_in("/dev/shm").unwrap();
    let project = project_with_table(2);
    fs::create_dir(project.path().join("out")).unwrap();
    std::os::unix::fs::symlink(shared.path(), project.path().join("out/fr")).unwrap();
    build(&project, &[]);
    assert_documents_match_manifest(&project, "out");
    assert_eq!(fs::read_dir(shared.path()).unwrap().count(), 2);
}
