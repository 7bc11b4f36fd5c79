//! Runs under resource limits and kills. Whatever happens, each manifest entry matches its file, each reported document
//! equals that of an undisturbed run, and exit code 0 means that every requested document exists.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use super::{CERTIFICATES, assert_documents_match_manifest, build, project_with_table, sha256};
use crate::support::{ProjectDir, files_below};

/// Shell commands that limit the program before it starts, in KiB of memory, in files and in blocks of 512 bytes.
fn shell_setups() -> Vec<String> {
    let memory =
        [60_000, 120_000, 180_000, 240_000, 300_000, 400_000, 600_000, 1_200_000].map(|n| format!("ulimit -v {n}"));
    let files = [3, 4, 5, 6, 8, 10, 13, 16, 20].map(|n| format!("ulimit -n {n}"));
    // A write beyond the limit is then an error, as on a full disk, instead of a signal.
    let blocks = [0, 1, 2, 4, 8, 16, 20, 21, 22, 24, 48].map(|n| format!("trap '' XFSZ; ulimit -f {n}"));
    let others =
        ["exec >&-", "exec 2>&-", "exec <&-", "export TMPDIR=/nowhere", "umask 777", "cd /"].map(str::to_owned);
    [&memory[..], &files, &blocks, &others].concat()
}

/// Runs the program after `shell_setup`. Returns its standard output, and its exit code if it was not killed.
fn run(project: &ProjectDir, shell_setup: &str, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new("sh");
    command.current_dir(project.path()).args(["-c", &format!("{shell_setup}; exec \"$0\" \"$@\"")]);
    let output = command.arg(env!("CARGO_BIN_EXE_gen-report")).args(arguments).output().unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
}

/// Returns the documents of an undisturbed run, by their paths below `out/`.
fn undisturbed(arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let project = project_with_table(3);
    project.run_ok(arguments);
    let files = files_below(&project.path().join("out"));
    files.into_iter().filter(|(path, _)| !path.ends_with(".jsonl")).collect()
}

fn assert_consistent(
    project: &ProjectDir,
    undisturbed: &BTreeMap<String, Vec<u8>>,
    stdout: &str,
    code: Option<i32>,
    case: &str,
) {
    if project.path().join("out/manifest.jsonl").exists() {
        assert_documents_match_manifest(project, "out");
    }
    let written = files_below(&project.path().join("out"));
    let reported = stdout.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    for path in reported.filter(|event| event["type"] == "document").map(|event| event["path"].to_string()) {
        let path = path.trim_matches('"').trim_start_matches("out/").to_owned();
        assert!(
            written.get(&path) == undisturbed.get(&path),
            "{case}: {path} was reported, and differs from that of an undisturbed run"
        );
    }
    if code == Some(0) {
        for (path, bytes) in undisturbed {
            assert!(written.get(path) == Some(bytes), "{case}: exit code 0, but {path} is missing or differs");
        }
    }
}

#[test]
fn a_run_under_resource_limits_is_consistent_and_can_be_resumed() {
    let arguments = [&CERTIFICATES[..], &["--message-format", "json"]].concat();
    let undisturbed = undisturbed(&CERTIFICATES);
    let mut failures = 0;
    for (index, shell_setup) in shell_setups().into_iter().enumerate() {
        let project = project_with_table(3);
        let folder = project.path().display().to_string();
        let mut arguments = arguments.clone();
        if shell_setup == "cd /" {
            arguments.extend(["--project", &folder, "-o", "/proc/nowhere"]);
        }
        // Some runs use worker processes.
        if index % 3 == 2 {
            arguments.extend(["--timeout", "600"]);
        }
        let (stdout, code) = run(&project, &shell_setup, &arguments);
        assert_consistent(
            &project,
            &undisturbed,
            &stdout,
            if shell_setup == "cd /" { None } else { code },
            &shell_setup,
        );
        assert!(shell_setup != "cd /" || code == Some(1), "{shell_setup}: {code:?}");
        failures += usize::from(code != Some(0));
        if !shell_setup.starts_with("umask") {
            build(&project, &["--resume"]);
            let files = files_below(&project.path().join("out"));
            assert!(
                undisturbed.iter().all(|(path, bytes)| files.get(path) == Some(bytes)),
                "{shell_setup}: not resumed"
            );
        }
    }
    assert!(failures > 8, "only {failures} runs failed");
}

#[test]
fn a_run_that_is_killed_after_any_document_is_consistent() {
    let undisturbed = undisturbed(&CERTIFICATES);
    for (documents, more) in (0..6).flat_map(|n| [(n, &[][..]), (n, &["--timeout", "600"])]) {
        let project = project_with_table(3);
        let arguments = [&CERTIFICATES[..], &["--message-format", "json"], more].concat();
        let mut command = project.command();
        let mut run = command.args(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(run.stdout.take().unwrap()).lines().take(documents);
        let stdout: String = lines.map(|line| line.unwrap() + "\n").collect();
        run.kill().unwrap();
        let code = run.wait().unwrap().code();
        assert_consistent(&project, &undisturbed, &stdout, code, &format!("killed after {documents}"));
        build(&project, &["--resume"]);
        let files = files_below(&project.path().join("out"));
        assert!(
            undisturbed.iter().all(|(path, bytes)| files.get(path) == Some(bytes)),
            "killed after {documents}: not resumed"
        );
    }
}

/// Their entries in the journal match them.
#[test]
fn archives_under_resource_limits_are_complete_or_missing() {
    let arguments = [&CERTIFICATES[..], &["--archive", "zip"]].concat();
    let undisturbed = undisturbed(&arguments);
    for shell_setup in shell_setups().iter().filter(|shell_setup| !shell_setup.starts_with("cd")) {
        let project = project_with_table(3);
        let (_, code) = run(&project, shell_setup, &arguments);
        let written = files_below(&project.path().join("out"));
        for (path, bytes) in &undisturbed {
            let found = written.get(path);
            assert!(found.is_none_or(|found| found == bytes), "{shell_setup}: {path} is neither complete nor missing");
            assert!(code != Some(0) || found.is_some(), "{shell_setup}: exit code 0, but {path} is missing");
        }
        let journal = written.get("archives.jsonl").cloned().unwrap_or_default();
        for line in String::from_utf8(journal).unwrap().lines() {
            let line: Json = serde_json::from_str(line).unwrap();
            let bytes = &written[line["archive"].as_str().unwrap()];
            assert_eq!(line["sha256"], sha256(bytes), "{shell_setup}");
        }
    }
}

/// The folder never contains new sheets with the ticket of earlier ones.
#[test]
fn sheets_are_replaced_together_or_not_at_all() {
    let print = ["print", "-l", "fr", "-r", "certificate", "-o", "out", "--bleed", "0"];
    let project = project_with_table(1);
    project.run_ok(&print);
    let earlier = files_below(&project.path().join("out"));
    let project = project.file("reports/cities.csv", super::table(1).replace("Ville", "Bourg"));
    let (_, code) = run(&project, "true", &print);
    assert_eq!(code, Some(0));
    let later = files_below(&project.path().join("out"));
    assert!(earlier != later);
    for shell_setup in
        shell_setups().iter().filter(|shell_setup| !shell_setup.starts_with("cd") && !shell_setup.starts_with("umask"))
    {
        fs::remove_dir_all(project.path().join("out")).unwrap();
        for (path, bytes) in &earlier {
            fs::create_dir_all(project.path().join("out")).unwrap();
            fs::write(project.path().join("out").join(path), bytes).unwrap();
        }
        let (_, code) = run(&project, shell_setup, &print);
        let files = files_below(&project.path().join("out"));
        match code {
            Some(0) => assert!(files == later, "{shell_setup}"),
            _ => assert!(files == earlier, "{shell_setup}: {:?}", files.keys()),
        }
    }
}

/// The limit on processes and threads does not hold for root, so that root runs the program as another user.
#[test]
fn without_threads_nothing_is_built_and_the_exit_code_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let project = project_with_table(3);
    let program = project.path().join("gen-report");
    fs::copy(env!("CARGO_BIN_EXE_gen-report"), &program).unwrap();
    fs::set_permissions(project.path(), fs::Permissions::from_mode(0o777)).unwrap();
    for arguments in ["-l fr", "-l fr --timeout 600", "check", "print -l fr --bleed 0"] {
        let script = "ulimit -u 1; exec ./gen-report ".to_owned() + arguments;
        let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        let user: &[&str] =
            if is_root { &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] } else { &["env"] };
        let mut command = Command::new(user[0]);
        let output =
            command.args(&user[1..]).args(["bash", "-c", &script]).current_dir(project.path()).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments}: {stderr}");
        assert!(stderr.contains("E0408"), "{arguments}: {stderr}");
    }
}
