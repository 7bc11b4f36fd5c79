//! Keys, signed codes, credentials, seals, time stamps, the status list, the website, and what `gen-report verify` answers.

mod codes;
mod credentials;
mod document_time_stamps;
mod inputs;
mod keys;
mod revocation;
mod seals;
mod site;
mod status;
mod time_stamps;
mod verify;

use std::io::Write;
use std::process::{Command, Stdio};

use gen_report::locale::Locale;
use gen_report::trust::{Claim, KeySet, Signer, code};
use serde_json::Value as Json;

use crate::support::{ProjectDir, load_edition, locale};

const PASSWORD: &str = "correct horse";
/// The secret key of the tests' issuer, so that its codes are always the same: test vector 1 of RFC 8032, section 7.1.
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const OTHER_SEED: &str = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

fn signer(seed: &str) -> Signer {
    serde_json::from_str(&format!("\"{seed}\"")).unwrap()
}

fn key_set(seed: &str) -> KeySet {
    let mut keys = KeySet::default();
    keys.add(signer(seed).public_key());
    keys
}

/// The claim of the certificate of Beijing in a language.
fn claim(language: &str) -> Claim {
    let edition = load_edition(".");
    let name = if language == "zh" { "北京市" } else { "Beijing" };
    let city = edition.results.city("beijing").unwrap();
    Claim::new(&edition.results, locale(language), city, name, "certificate").unwrap()
}

/// The code of the certificate of Beijing in a language, as the issuer prints it.
fn address(language: &str) -> String {
    code::sign(&signer(SEED), "https://example.org/C/", &claim(language)).unwrap().unwrap()
}

/// A project with the issuer's key in issuer.pem and its public key in keys.json. `edit` changes the project.
fn issuer(edit: impl FnOnce(ProjectDir) -> ProjectDir) -> ProjectDir {
    let project = ProjectDir::new();
    signer(SEED).write(&project.path().join("issuer.pem"), PASSWORD).unwrap();
    key_set(SEED).write(&project.path().join("keys.json")).unwrap();
    edit(project)
}

/// The program, about to run in the folder of a project, with the password of the key.
fn command(project: &ProjectDir) -> Command {
    let mut command = project.command();
    command.env("GEN_REPORT_KEY_PASSWORD", PASSWORD);
    command
}

/// Runs the program with the password of the key: standard output, standard error, exit code.
fn run(project: &ProjectDir, arguments: &[&str]) -> (String, String, i32) {
    let output = command(project).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// Builds certificates with signed codes.
#[track_caller]
fn build_signed(project: &ProjectDir, languages: &str) {
    let (_, stderr, code) = run(project, &["-q", "-l", languages, "-r", "certificate", "--sign", "./issuer.pem"]);
    assert_eq!(code, 0, "{stderr}");
}

/// Checks inputs with the issuer's keys.json: the answers as JSON, and the exit code.
fn verify_json(project: &ProjectDir, inputs: &[&str]) -> (Vec<Json>, i32) {
    let options = ["verify", "--keys", "keys.json", "--message-format", "json"];
    let (stdout, _, code) = run(project, &[&options[..], inputs].concat());
    let events = stdout.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    (events.filter(|event| event["type"] == "verified").collect(), code)
}

/// Checks what comes through standard input with the issuer's keys.json: standard output, exit code.
fn verify_standard_input(project: &ProjectDir, input: &[u8]) -> (String, i32) {
    let mut child = command(project)
        .args(["verify", "-", "--keys", "keys.json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// The languages of the example edition.
fn locales() -> Vec<Locale> {
    let edition = load_edition(".");
    ["en", "fr", "zh"].map(|language| edition.read_locale(language).unwrap_or_else(|e| panic!("{}", e[0]))).into()
}
