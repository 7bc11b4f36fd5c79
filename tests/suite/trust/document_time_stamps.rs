//! Document time stamps (PAdES B-LTA): what `--document-timestamp` adds to a sealed file, and that nothing else may follow a seal.

use gen_report::trust::{KeySet, Status, verify};
use sha2::{Digest, Sha256};

use super::seals::{BUILD, HOLDER, build, find, keys, sealing_issuer};
use super::{locales, run, verify_json};
use crate::support::time_stamps::{Answer, TimeStampServer, certificate, certificate_pem, token_for};
use crate::support::{ProjectDir, assert_contains};

const RELEASE: &str = "out/fr/press-release.pdf";
const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";

/// A project with the certificates of its issuer and of the time-stamp server.
fn project() -> ProjectDir {
    let project = sealing_issuer();
    let data = project.read("issuer.crt") + &certificate_pem();
    project.file("clock.pem", certificate_pem()).file("data.pem", data)
}

fn options(server: &TimeStampServer) -> [&str; 5] {
    ["--timestamp", &server.url, "--validation-data", "data.pem", "--document-timestamp"]
}

fn archived() -> ProjectDir {
    let project = project();
    build(&project, &options(&TimeStampServer::start(&[Answer::Honest])));
    project
}

/// The keys of somebody who knows the authority of the time stamps.
fn all_keys() -> KeySet {
    let mut keys = keys();
    keys.seals.add_roots(vec![certificate(TIME_STAMPING)]);
    keys
}

/// The status of a PDF, and whether it has a document time stamp.
fn check(pdf: &[u8], keys: &KeySet) -> (Status, bool) {
    let findings = verify(pdf, keys, &locales());
    let finding = findings.first().unwrap();
    (finding.status, finding.seal.as_ref().is_some_and(|seal| seal.document_time_stamp.is_some()))
}

/// Where the second revision begins.
fn end_of_first(pdf: &[u8]) -> usize {
    find(pdf, b"%%EOF").unwrap() + b"%%EOF".len()
}

#[test]
fn every_sealed_file_has_a_document_time_stamp() {
    let project = archived();
    let (lines, _, code) = run(&project, &["verify", RELEASE, "--keys", "keys.json", "--trust", "clock.pem"]);
    let time = "time stamp 2026-03-01T00:00:00Z of Test Clock";
    let seal = format!("{RELEASE}: genuine: sealed by {HOLDER}, 2025-12-08");
    assert_eq!((lines, code), (format!("{seal} (compared: seal, {time}, document {time})\n"), 0));
    let (answers, _) = verify_json(&project, &["out", "--trust", "clock.pem"]);
    let expected = serde_json::json!({ "time": "2026-03-01T00:00:00Z", "authority": "Test Clock", "confirmed": true });
    assert_eq!(answers.len(), 3);
    for answer in answers {
        assert_eq!((&answer["status"], &answer["seal"]["document-time-stamp"]), (&"genuine".into(), &expected));
    }
}

/// Only a known authority may have added something to the file after sealing.
#[test]
fn a_document_time_stamp_of_an_unknown_authority_is_not_accepted() {
    let project = archived();
    let (lines, _, code) = run(&project, &["verify", RELEASE, "--keys", "keys.json"]);
    let reason = "none of the given certificates confirms the authority of the document time stamp after it";
    assert_contains(&lines, &[&format!("{RELEASE}: unknown issuer: the seal is intact, but {reason}")]);
    assert_eq!(code, 1);
    // The seal of a stranger is not better for it.
    let mut keys = KeySet::default();
    keys.seals.add_roots(vec![certificate(TIME_STAMPING)]);
    assert_eq!(check(&project.read_bytes(RELEASE), &keys).0, Status::UnknownIssuer);
}

#[test]
fn nothing_but_the_document_time_stamp_may_follow_a_seal() {
    let project = archived();
    let (keys, pdf) = (all_keys(), project.read_bytes(RELEASE));
    assert_eq!(check(&pdf, &keys), (Status::Genuine, true));
    let end = end_of_first(&pdf);
    let (first, update) = pdf.split_at(end);
    // The file as it was sealed.
    assert_eq!(check(first, &keys), (Status::Genuine, false));
    let other = project.read_bytes("out/fr/press-release-beijing.pdf");
    let other_update = &other[end_of_first(&other)..];
    let replaced = |from: &str, to: &str| {
        let at = find(update, from.as_bytes()).unwrap();
        [first, &update[..at], to.as_bytes(), &update[at + from.len()..]].concat()
    };
    let contents = |bytes: &[u8]| {
        let start = find(bytes, b"/Contents<30").unwrap() + "/Contents<".len();
        start..start + find(&bytes[start..], b">").unwrap()
    };
    let mut exchanged = update.to_vec();
    let (range, other_range) = (contents(update), contents(other_update));
    exchanged[range.clone()].copy_from_slice(&other_update[other_range]);
    let mut blank = update.to_vec();
    blank[range.clone()].fill(b'0');
    let mut filled = update.to_vec();
    filled[range.end - 1] = b'1';
    for (what, changed) in [
        ("a third revision", [&pdf[..], update].concat()),
        ("a line at the end", [&pdf[..], b"\n"].concat()),
        ("another object", replaced("\n", "\n1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n")),
        ("another entry", replaced("/V ", "/AP<<>>/V ")),
        ("another root", replaced("/Root ", "/Root 1 0 R/Root ")),
        ("no signature", [first, b"\n%%EOF"].concat()),
        ("cut off", pdf[..pdf.len() - 1].to_vec()),
        ("the update of another file", [first, other_update].concat()),
        ("the time stamp of another file", [first, &exchanged].concat()),
        ("no time stamp", [first, &blank].concat()),
        ("something after the time stamp", [first, &filled].concat()),
    ] {
        assert_eq!(check(&changed, &keys), (Status::Altered, false), "{what}");
    }
    // Each byte of the update, and some of the time stamp and of the sealed file.
    let (start, stop) = (end + range.start, end + range.end);
    for at in (0..end).step_by(4999).chain(end..start).chain((start..stop).step_by(61)).chain(stop..pdf.len()) {
        let mut changed = pdf.clone();
        // Digits that are still hexadecimal.
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        assert_ne!(check(&changed, &keys).0, Status::Genuine, "byte {at}");
    }
}

/// Adds an update to a sealed file, with a time stamp that is right for these bytes.
fn stamp(first: &[u8], update: &[u8]) -> Vec<u8> {
    let mut pdf = [first, update].concat();
    let range = first.len() + find(update, b"/ByteRange[0 ").unwrap() + "/ByteRange[0 ".len();
    let start = first.len() + find(update, b"/Contents<").unwrap() + "/Contents".len();
    let end = start + find(&pdf[start..], b">").unwrap() + 1;
    let numbers = format!("{start:010} {end:010} {:010}", pdf.len() - end);
    pdf[range..range + numbers.len()].copy_from_slice(numbers.as_bytes());
    let digest = Sha256::digest([&pdf[..start], &pdf[end..]].concat());
    let token = data_encoding::HEXLOWER.encode(&token_for(&digest.into()));
    pdf[start + 1..end - 1].fill(b'0');
    pdf[start + 1..start + 1 + token.len()].copy_from_slice(token.as_bytes());
    pdf
}

/// Authorities stamp whatever they are sent, so a valid time stamp does not make an update harmless.
#[test]
fn an_update_with_other_content_is_not_accepted_with_a_valid_time_stamp_either() {
    let pdf = archived().read_bytes(RELEASE);
    let (first, update) = pdf.split_at(end_of_first(&pdf));
    assert_eq!(check(&stamp(first, update), &all_keys()), (Status::Genuine, true));
    for (from, to) in [
        ("\n", "\n1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n"),
        ("\n", "\n\n"),
        ("/Kids[", "/AP<</N 1 0 R>>/Kids["),
        ("/Type/DocTimeStamp", "/Type/DocTimeStamp/Reason<00>"),
        ("/Root ", "/Root 1 0 R/Root "),
        ("/Prev ", "/Prev 0/Prev "),
        ("]/Length", "]/Length  "),
        ("%%EOF", "%%EOF\n"),
    ] {
        let at = find(update, from.as_bytes()).unwrap();
        let changed = [&update[..at], to.as_bytes(), &update[at + from.len()..]].concat();
        assert_eq!(check(&stamp(first, &changed), &all_keys()), (Status::Altered, false), "{to}");
    }
}

/// A file that was sealed without a field for it cannot get a document time stamp later.
#[test]
fn a_document_time_stamp_needs_its_field() {
    let project = archived();
    let pdf = project.read_bytes(RELEASE);
    let server = TimeStampServer::start(&[Answer::Honest]);
    build(&project, &options(&server)[..4]);
    let without = project.read_bytes(RELEASE);
    assert_eq!((check(&without, &all_keys()), find(&without, b"/T(TimeStamp)")), ((Status::Genuine, false), None));
    let appended = [&without[..], &pdf[end_of_first(&pdf)..]].concat();
    assert_eq!(check(&appended, &all_keys()), (Status::Altered, false));
}

#[test]
fn resumed_runs_and_worker_processes_know_document_time_stamps() {
    let server = TimeStampServer::start(&[Answer::Honest]);
    let project = project();
    let options = options(&server);
    build(&project, &[&options[..], &["--timeout", "60", "--jobs", "1"]].concat());
    assert_eq!(check(&project.read_bytes(RELEASE), &all_keys()), (Status::Genuine, true));
    let resume = |more: &[&str]| run(&project, &[&["-l", "fr", "--resume", "--sign", "./issuer.pem"], more].concat()).1;
    assert_contains(&resume(&options), &["3 documents up to date"]);
    assert_contains(&resume(&options[..4]), &["built 3 documents"]);
}

#[test]
fn a_file_is_written_only_with_its_document_time_stamp() {
    let attempt = |answers: &[Answer], more: &[&str]| {
        let (project, server) = (project(), TimeStampServer::start(answers));
        let (_, stderr, code) = run(&project, &[BUILD, &["--report", "certificate"], &options(&server), more].concat());
        assert!(code != 0 && !project.path().join("out/fr/certificate-beijing.pdf").exists(), "{stderr}");
        stderr
    };
    // One request for the trial, one for the seal.
    let honest = [Answer::Honest, Answer::Honest];
    assert_contains(
        &attempt(&[&honest[..], &[Answer::OtherMessage]].concat(), &[]),
        &["error[E0912]: the time-stamp server `", "` gave a time stamp that cannot be used: it is for other data\n"],
    );
    assert_contains(
        &attempt(&[&honest[..], &[Answer::Status(503)]].concat(), &["--patience", "1"]),
        &["error[E0605]: the time-stamp server `"],
    );
    assert_contains(
        &attempt(&honest, &["--seal-profile", "pkcs7"]),
        &["error[E0912]: `--document-timestamp` needs seals in the format PAdES\n", "help: leave out `--seal-profile`"],
    );
    let project = project();
    let stderr = run(&project, &[BUILD, &["--document-timestamp"]].concat()).1;
    assert_contains(&stderr, &["required arguments were not provided", "--validation-data <FILE>"]);
}
