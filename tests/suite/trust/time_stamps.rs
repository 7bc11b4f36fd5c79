//! Seals with time stamps: what `--timestamp` accepts of a server, and what `gen-report verify` says about them.

use gen_report::trust::{KeySet, Status, verify};

use super::seals::{BUILD, HOLDER, build, find, keys, sealing_issuer, sealing_issuer_until};
use super::{command, locales, run, verify_json};
use crate::support::time_stamps::{Answer, TimeStampServer, certificate, certificate_pem};
use crate::support::{ProjectDir, assert_contains, assert_screen};

const RELEASE: &str = "out/fr/press-release.pdf";

/// 2026-02-01, before the time stamps.
const BEFORE: u64 = 1_769_904_000;

fn stamped(server: &TimeStampServer) -> ProjectDir {
    let project = sealing_issuer().file("clock.pem", certificate_pem());
    build(&project, &["--timestamp", &server.url, "--timestamp-trust", "clock.pem"]);
    project
}

#[test]
fn every_seal_has_a_time_stamp() {
    let project = stamped(&TimeStampServer::start(&[Answer::Honest]));
    let (lines, _, code) = run(&project, &["verify", RELEASE, "--keys", "keys.json", "--trust", "clock.pem"]);
    let seal = format!("{RELEASE}: genuine: sealed by {HOLDER}, 2025-12-08");
    assert_eq!(lines, format!("{seal} (compared: seal, time stamp 2026-03-01T00:00:00Z of Test Clock)\n"));
    assert_eq!(code, 0);
    // Without the certificate of the authority, the seal is genuine, and the time is only said.
    let (lines, _, code) = run(&project, &["verify", "out", "--keys", "keys.json"]);
    assert_eq!((lines.matches("of Test Clock, an authority that no given certificate confirms").count(), code), (3, 0));
    let (answers, _) = verify_json(&project, &["out", "--trust", "clock.pem"]);
    let expected = serde_json::json!({ "time": "2026-03-01T00:00:00Z", "authority": "Test Clock", "confirmed": true });
    assert!(answers.len() == 3 && answers.iter().all(|answer| answer["seal"]["time-stamp"] == expected), "{answers:?}");
}

/// As in a container that has only the program.
#[cfg(target_os = "linux")]
#[test]
fn a_server_is_asked_only_with_root_certificates() {
    let project = sealing_issuer();
    let mut command = command(&project);
    command.args(BUILD).args(["--timestamp", "https://127.0.0.1:9/"]);
    let output = command.env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent").output().unwrap();
    assert_contains(
        &String::from_utf8(output.stderr).unwrap(),
        &[
            "error[E0912]: the network client cannot be started: the system has no root certificates for encrypted connections",
            "help: install the root certificates of the system (package ca-certificates), or name a file of them in SSL_CERT_FILE",
        ],
    );
}

/// Each time stamp differs, but a document needs only one.
#[test]
fn resumed_runs_and_worker_processes_know_time_stamps() {
    let server = TimeStampServer::start(&[Answer::Honest]);
    let project = stamped(&server);
    let first = project.read_bytes(RELEASE);
    let stamp = ["--timestamp", &server.url];
    let resume =
        |more: &[&str]| run(&project, &[&["-l", "fr", "--resume", "--sign", "./issuer.pem"][..], more].concat()).1;
    assert_contains(&resume(&stamp), &["3 documents up to date"]);
    assert!(project.read_bytes(RELEASE) == first);
    assert_contains(&resume(&[]), &["built 3 documents"]);
    assert!(project.read_bytes(RELEASE).len() < first.len(), "without a place for the time stamp");
    assert_contains(&resume(&[&stamp[..], &["--timeout", "60", "--jobs", "1"]].concat()), &["built 3 documents"]);
    assert_eq!(verify_json(&project, &[RELEASE]).0[0]["seal"]["time-stamp"]["authority"], "Test Clock");
    for shard in ["1/2", "2/2"] {
        build(&project, &[&stamp[..], &["--shard", shard, "-o", "shards"]].concat());
    }
    // Merging compares, and asks nobody.
    let merge = ["merge", "shards", "-l", "fr", "--sign", "./issuer.pem"];
    assert_contains(&run(&project, &merge).1, &["error[E0609]"]);
    assert_eq!(run(&project, &[&merge[..], &stamp].concat()).2, 0);
}

#[test]
fn what_a_server_answers_is_checked() {
    for (answer, reason) in [
        (Answer::OtherMessage, "gave a time stamp that cannot be used: it is for other data"),
        (Answer::OtherNonce, "gave a time stamp that cannot be used: it answers another request"),
        (Answer::WrongSignature, "gave a time stamp that cannot be used: its signature is wrong"),
        (
            Answer::OtherPurpose,
            "gave a time stamp that cannot be used: its certificate is not for time stamps, or not valid",
        ),
        (Answer::Rejection(2, "no account", 2), "refuses: no account (badRequest)"),
        (Answer::Rejection(2, "", 15), "refuses: unacceptedPolicy"),
        (Answer::Garbage, "answers with bytes that are no time stamp"),
        (Answer::Page, "answers with text/html instead of a time stamp"),
        (Answer::Status(404), "refuses: the response has status 404"),
    ] {
        // At the beginning, and when a document has been built already.
        for (when, answers) in [("first", vec![answer]), ("later", vec![Answer::Honest, answer])] {
            let (project, server) = (sealing_issuer(), TimeStampServer::start(&answers));
            let (_, stderr, code) = run(&project, &[BUILD, &["--timestamp", &server.url]].concat());
            let message = format!("error[E0912]: the time-stamp server `{}` {reason}\n", server.url);
            assert_contains(&stderr, &[&message, "help: check the address in --timestamp"]);
            assert_eq!((code, project.path().join(RELEASE).exists()), (1, false), "{answer:?} {when}");
        }
    }
}

#[test]
fn a_server_that_fails_for_now_is_asked_again() {
    let temporary = [Answer::Status(503), Answer::Silence, Answer::Rejection(2, "", 14)];
    let server = TimeStampServer::start(&[&temporary[..], &[Answer::Honest]].concat());
    stamped(&server);
    for (server, reason) in [
        (TimeStampServer::unreachable(), "connection refused"),
        (TimeStampServer::start(&[Answer::Status(503)]), "the response has status 503"),
        (TimeStampServer::start(&[Answer::Honest, Answer::Rejection(2, "", 25)]), "systemFailure"),
    ] {
        let project = sealing_issuer();
        let (_, stderr, code) = run(&project, &[BUILD, &["--timestamp", &server.url, "--patience", "1"]].concat());
        let message = format!("error[E0605]: the time-stamp server `{}` cannot be reached now: {reason}\n", server.url);
        assert_contains(&stderr, &[&message, "then run again with `--resume`"]);
        assert_eq!((code, project.path().join(RELEASE).exists()), (75, false), "{stderr}");
    }
}

#[test]
fn an_authority_and_its_policy_can_be_demanded() {
    let server = TimeStampServer::start(&[Answer::Honest]);
    let project = sealing_issuer();
    let attempt = |more: &[&str]| run(&project, &[BUILD, &["--timestamp", &server.url], more].concat());
    assert_contains(
        &attempt(&["--timestamp-trust", "issuer.crt"]).1,
        &["signs as “Test Clock”, whose certificate does not lead to one in --timestamp-trust"],
    );
    assert_contains(&attempt(&["--timestamp-policy", "1.2.3.4.5"]).1, &["it follows another policy, 1.2.3.4.1"]);
    assert_eq!(attempt(&["--timestamp-policy", "1.2.3.4.1"]).2, 0);
    assert_screen("E0912", &attempt(&["--archive", "pdf"]).1);
    assert_contains(
        &attempt(&["--timestamp-policy", "one"]).1,
        &["invalid value 'one' for '--timestamp-policy <OID>'"],
    );
    let (_, stderr, _) = run(&project, &["-l", "fr", "--sign", "./issuer.pem", "--timestamp", "tsa.example.org"]);
    assert_contains(&stderr, &["invalid value 'tsa.example.org' for '--timestamp <URL>'"]);
}

/// A confirmed time stamp says when the certificate must have been valid.
#[test]
fn the_certificate_of_a_seal_was_valid_when_it_was_stamped() {
    let server = TimeStampServer::start(&[Answer::Honest]);
    let project = sealing_issuer_until(BEFORE);
    let (_, stderr, code) = run(&project, &[BUILD, &["--timestamp", &server.url]].concat());
    let message = "was valid until 2026-02-01, and the time stamps would be from 2026-03-01\n";
    assert_contains(&stderr, &["error[E0911]: the certificate of `Example City Network` ", message]);
    assert_eq!(code, 1);
    // The certificate has ended since: nobody asks the clock.
    let project = sealing_issuer_until(BEFORE + 60 * 86_400).file("clock.pem", certificate_pem());
    build(&project, &["--timestamp", &server.url]);
    let output = command(&project).args(["verify", RELEASE, "--date", "2030-01-01", "--trust", "issuer.crt"]).output();
    assert!(output.unwrap().status.success());
}

/// What readers need when the authorities no longer answer is part of what is sealed.
#[test]
fn a_seal_contains_what_checks_it_later() {
    let server = TimeStampServer::start(&[Answer::Honest]);
    let project = sealing_issuer();
    let own = project.read("issuer.crt");
    let project = project.file("data.pem", own.clone() + &certificate_pem()).file("incomplete.pem", own);
    let project = project.file("damaged.pem", "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n");
    let project = project.file("other.pem", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n");
    let attempt = |file: &str, more: &[&str]| {
        run(&project, &[BUILD, &["--timestamp", &server.url, "--validation-data", file], more].concat())
    };
    for (file, message) in [
        (
            "incomplete.pem",
            "the validation data do not show that the certificate of the time stamps is valid: the certificate of an authority is missing\n",
        ),
        (
            "damaged.pem",
            "the revocation list is damaged, or has no end (nextUpdate), or is not a complete list of version 2\n",
        ),
        ("other.pem", "the files of `--validation-data` have no certificate\n"),
    ] {
        let stderr = attempt(file, &[]).1;
        assert!(stderr.starts_with(&format!("error[E0911]: {message}")), "{stderr}");
    }
    assert!(!project.path().join("out").exists());
    // In this process, and in a worker process.
    for more in [&[][..], &["--timeout", "60", "--jobs", "1"]] {
        let (_, stderr, code) = attempt("data.pem", more);
        assert_eq!(code, 0, "{stderr}");
        let pdf = project.read_bytes(RELEASE);
        assert!(find(&pdf, &certificate("1.3.6.1.5.5.7.3.8")).is_some());
        assert_eq!(verify_json(&project, &["out", "--trust", "data.pem"]).1, 0);
    }
    let mut changed = project.read_bytes(RELEASE);
    let at = find(&changed, &certificate("1.3.6.1.5.5.7.3.8")).unwrap();
    changed[at + 20] ^= 1;
    assert_eq!(verify(&changed, &keys(), &locales()).first().unwrap().status, Status::Altered);
}

#[test]
fn no_change_of_a_time_stamp_is_genuine() {
    let project = stamped(&TimeStampServer::start(&[Answer::Honest]));
    let pdf = project.read_bytes(RELEASE);
    let (mut keys, locales): (KeySet, _) = (keys(), locales());
    keys.seals.add_roots(vec![certificate("1.3.6.1.5.5.7.3.8")]);
    let statuses = |pdf: &[u8]| verify(pdf, &keys, &locales).iter().map(|it| it.status).collect::<Vec<_>>();
    assert_eq!(statuses(&pdf), [Status::Genuine]);
    let start = find(&pdf, b"/Contents<30").unwrap();
    let end = start + find(&pdf[start..], b">").unwrap();
    for at in (start..=end).step_by(5).chain([end]) {
        let mut changed = pdf.clone();
        // Also digits that are still hexadecimal.
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        assert_ne!(statuses(&changed), [Status::Genuine], "byte {at}");
    }
    // The time stamp of another seal.
    let token = |pdf: &[u8]| {
        let at = start + find(&pdf[start..], b"2a864886f70d010910020e").unwrap();
        at..at + 1200
    };
    let other = project.read_bytes("out/fr/press-release-beijing.pdf");
    let other = &other[find(&other, b"/Contents<30").unwrap()..];
    let at = find(other, b"2a864886f70d010910020e").unwrap();
    let range = token(&pdf);
    let mut changed = pdf.clone();
    changed[range.clone()].copy_from_slice(&other[at..at + range.len()]);
    assert_ne!(statuses(&changed), [Status::Genuine]);
}
