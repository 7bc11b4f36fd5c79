//! Certificates that are no longer valid: the register, the signed status list, expiry, and what `verify` says of them.

use gen_report::trust::StatusList;
use gen_report::trust::status_list::index;

use super::{OTHER_SEED, SEED, address, build_signed, issuer, key_set, run, signer, verify_json};
use crate::support::{ProjectDir, RESULTS_FILE, assert_contains};

const REGISTER: &str = "reports/register.yaml";
const STATUS: [&str; 2] = ["--status", "site/status.jwt"];

const REVOKE: &[&str] =
    &["revoke", "2025-01-0001", "--reason", "The figures were “wrong”: 2 < 3", "--date", "2026-01-15"];

/// A project in which Beijing has got a new certificate, which replaces its first one.
fn reissued() -> ProjectDir {
    let project = issuer(|p| p.edit(RESULTS_FILE, "    rank: 1\n", "    rank: 1\n    serial: 2025-01-0001-B\n"));
    let supersede = ["supersede", "2025-01-0001", "2025-01-0001-B", "--date", "2026-02-01"];
    assert_eq!(run(&project, &supersede).2, 0);
    project
}

#[track_caller]
fn publish(project: &ProjectDir) {
    let (_, stderr, code) = run(project, &["keys", "publish", "site", "./issuer.pem"]);
    assert_eq!(code, 0, "{stderr}");
}

#[test]
fn a_revoked_certificate_is_revoked() {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    let (stdout, stderr, code) = run(&project, REVOKE);
    assert_eq!(
        (code, stdout.as_str()),
        (0, "reports/register.yaml: 2025-01-0001 was revoked on 2026-01-15\n"),
        "{stderr}"
    );
    publish(&project);
    let certificate = "out/fr/certificate-beijing.pdf";
    let (answers, code) = verify_json(&project, &[&[certificate][..], &STATUS].concat());
    assert_eq!((&answers[0]["status"], code), (&"revoked".into(), 1), "{answers:?}");
    assert_eq!(answers[0]["reason"], "2025-01-0001 was revoked on 2026-01-15: The figures were “wrong”: 2 < 3");
    assert_eq!(answers[0]["status-list"], "2026-01-15");
    // Without the list, nobody can know, and the program says so.
    let (_, stderr, code) = run(&project, &["verify", certificate, "--keys", "keys.json"]);
    assert_eq!(code, 0);
    assert_contains(&stderr, &["withdrawals were not checked"]);
}

#[test]
fn a_reissued_certificate_replaces_the_old_one() {
    let old = address("fr");
    let project = reissued();
    build_signed(&project, "fr");
    publish(&project);
    let (answers, code) = verify_json(&project, &[&[old.as_str(), "out"][..], &STATUS].concat());
    assert_eq!(code, 1);
    let found: Vec<_> = answers.iter().map(|answer| answer["status"].as_str().unwrap()).collect();
    assert_eq!(found, ["superseded", "genuine"], "{answers:?}");
    assert_eq!(answers[0]["successor"], "2025-01-0001-B");
    // The new one is replaced as well: the old one is then replaced by the newest.
    let project = project.edit(RESULTS_FILE, "serial: 2025-01-0001-B", "serial: 2025-01-0001-C");
    let supersede = ["supersede", "2025-01-0001-B", "2025-01-0001-C", "--date", "2026-03-01"];
    assert_eq!(
        run(&project, &supersede).1.lines().next(),
        Some("publish the register with `gen-report keys publish`, so that everyone knows")
    );
    publish(&project);
    let (answers, _) = verify_json(&project, &[&[old.as_str()][..], &STATUS].concat());
    assert_eq!(answers[0]["successor"], "2025-01-0001-C", "{answers:?}");
}

/// The number of the old certificate is only in the results with which it was built: here `serial` has replaced it. Such are the
/// numbers of cities of equal rank, and those of cities whose rank or identifier was corrected.
#[test]
fn any_earlier_number_can_be_replaced() {
    let numbered = |serial: &str| format!("    rank: 1\n    serial: {serial}\n");
    let project = issuer(|p| p.edit(RESULTS_FILE, "    rank: 1\n", &numbered("X/1")));
    build_signed(&project, "fr");
    let supersede = |new: &str| run(&project, &["supersede", "X/1", new, "--date", "2031-08-01"]);
    // Before the facts are corrected.
    let (_, stderr, code) = supersede("X/1-B");
    assert_eq!(code, 1);
    assert_contains(&stderr, &["error[E0002]: no certificate of this edition has the serial number `X/1-B`"]);
    let project = project.edit(RESULTS_FILE, &numbered("X/1"), &numbered("X/1-B"));
    let (stdout, stderr, code) = run(&project, &["supersede", "X/1", "X/1-B", "--date", "2031-08-01"]);
    assert_eq!((code, stdout.as_str()), (0, "reports/register.yaml: X/1 was superseded on 2031-08-01\n"), "{stderr}");
    assert_contains(
        &stderr,
        &[
            "`X/1` was in neither the results nor the register: compare it with the certificate, and if it is wrong, remove the last entry of reports/register.yaml",
        ],
    );
    publish(&project);
    let (answers, _) = verify_json(&project, &[&["out"][..], &STATUS].concat());
    assert_eq!((&answers[0]["status"], &answers[0]["successor"]), (&"superseded".into(), &"X/1-B".into()));
    // Nothing distinguishes a misspelt number from one that only earlier results had. A similar one of this city is named.
    let stderr = run(&project, &["supersede", "2025-01-001", "X/1-B", "--date", "2031-08-01"]).1;
    assert_contains(
        &stderr,
        &["`2025-01-001` was in neither the results nor the register (did you mean `2025-01-0001`?)"],
    );
}

#[test]
fn the_numbers_of_a_replacement_are_checked() {
    let second = "  - id: mirage
    name: {en: Mirage, fr: Le Mirage, zh: 幻城}
    country: {en: France, fr: France, zh: 法国}
    status: selected
    rank: 1
    serial: MIRAGE-2\n";
    let project = issuer(|p| {
        p.edit(RESULTS_FILE, "    rank: 1\n", "    rank: 1\n    serial: BEIJING-2\n").append(RESULTS_FILE, second)
    });
    for (old, new, messages) in [
        // The city of the old number has not got another one.
        (
            "MIRAGE-2",
            "BEIJING-2",
            [
                "error[E0922]: the results still give the serial number `MIRAGE-2` to `mirage`",
                "help: first give this city another `serial` in the results; or correct the first number",
            ],
        ),
        (
            "MIRAGE-1",
            "MIRAGE-3",
            [
                "error[E0002]: no certificate of this edition has the serial number `MIRAGE-3`",
                "help: did you mean `MIRAGE-2`? If not, give the city this `serial` in the results first",
            ],
        ),
        // The number that a city would have without `serial` is not proposed.
        (
            "2025-01-0001",
            "2025-01-0001-B",
            [
                "error[E0002]: no certificate of this edition has the serial number `2025-01-0001-B`",
                "help: give the city this `serial` in the results first, or name the results file of its edition",
            ],
        ),
        (
            "MIRAGE 1",
            "MIRAGE-2",
            ["error[E0103]: `MIRAGE 1` cannot be a serial number", "help: use up to 32 letters A–Z, digits"],
        ),
    ] {
        let (stdout, stderr, code) = run(&project, &["supersede", old, new, "--date", "2031-08-01"]);
        assert_eq!((code, stdout.as_str()), (1, ""), "{old} {new}");
        assert_contains(&stderr, &messages);
        assert!(!project.path().join(REGISTER).exists());
    }
    let (_, stderr, code) = run(&project, &["supersede", "MIRAGE-1", "MIRAGE-2", "--date", "2031-08-01"]);
    assert_eq!(code, 0, "{stderr}");
}

/// An entry is never changed, so a revoked certificate has no successor.
#[test]
fn a_revoked_certificate_stays_revoked() {
    let project = issuer(|p| p);
    assert_eq!(run(&project, REVOKE).2, 0);
    let project = project.edit(RESULTS_FILE, "    rank: 1\n", "    rank: 1\n    serial: 2025-01-0001-B\n");
    let (_, stderr, code) = run(&project, &["supersede", "2025-01-0001", "2025-01-0001-B", "--date", "2026-02-01"]);
    assert_eq!(code, 1);
    assert_contains(
        &stderr,
        &[
            "error[E0922]: the certificate `2025-01-0001` was revoked on 2026-01-15",
            "help: an entry is never changed; to publish the register, run `gen-report keys publish`",
        ],
    );
}

#[test]
fn a_certificate_expires_after_its_last_day() {
    let project = issuer(|p| {
        p.edit(RESULTS_FILE, "  published: 2025-12-08\n", "  published: 2025-12-08\n  expires: 2028-11-28\n")
    });
    build_signed(&project, "fr");
    for (date, status) in [("2028-11-28", "genuine"), ("2028-11-29", "expired")] {
        let (answers, _) = verify_json(&project, &["out/fr/certificate-beijing.pdf", "--date", date]);
        assert_eq!(answers[0]["status"], status, "{date}: {answers:?}");
        assert_eq!(answers[0]["claim"]["expires"], "2028-11-28");
    }
    // The certificate prints the day, in its language.
    for (language, text) in [
        ("fr", "valable jusqu’au 28 novembre 2028"),
        ("en", "valid until November 28, 2028"),
        ("zh", "有效期至2028年11月28日"),
    ] {
        let printed = project.documents(language).text(language, "certificate", Some("beijing")).0;
        assert_contains(&printed.replace('\u{a0}', " "), &[text]);
    }
    let early = issuer(|p| {
        p.edit(RESULTS_FILE, "  published: 2025-12-08\n", "  published: 2025-12-08\n  expires: 2025-11-27\n")
    });
    let (_, stderr, _) = run(&early, &["check", "-l", "fr"]);
    assert_contains(&stderr, &["error[E0108]: the certificates expire before they are announced", "results.yaml:"]);
}

#[test]
fn a_certificate_does_not_replace_itself() {
    let project = issuer(|p| p);
    let (_, stderr, code) = run(&project, &["supersede", "2025-01-0001", "2025-01-0001", "--date", "2026-02-01"]);
    assert_eq!(code, 1);
    assert_contains(&stderr, &["error[E0922]: `2025-01-0001` cannot replace itself", "give the city a new `serial`"]);
    assert!(!project.path().join(REGISTER).exists());
}

#[test]
fn the_register_keeps_what_people_write_in_it() {
    let own = "# Decided by the board.\n- {serial: 2024-01-0007, status: revoked, date: 2025-01-02, reason: Withdrawn} # letter of 2 January";
    let project = issuer(|p| p.file(REGISTER, own));
    assert_eq!(run(&project, REVOKE).2, 0);
    let text = project.read(REGISTER);
    assert!(
        text.starts_with(&format!(
            "{own}\n- serial: \"2025-01-0001\"\n  status: revoked\n  date: 2026-01-15\n  reason: "
        )),
        "{text}"
    );
    let (_, stderr, code) = run(&project, REVOKE);
    assert_eq!(code, 1);
    assert_contains(&stderr, &["error[E0922]: the certificate `2025-01-0001` was revoked on 2026-01-15"]);
    assert_eq!(project.read(REGISTER), text);
}

#[test]
fn a_broken_register_is_an_error_with_its_place() {
    let entry = "- {serial: A-1, status: revoked, date: 2026-01-01, reason: x}\n";
    for (text, message, place) in [
        (
            "- serial: A-1\n  status: recalled\n  date: 2026-01-01\n",
            "`recalled` is not a valid status",
            "register.yaml:2:11",
        ),
        ("- {serial: A-1, status: revoked, date: 2026-01-01}\n", "missing key `reason`", "register.yaml:1:3"),
        ("- {serial: A-1, status: superseded, date: 2026-01-01}\n", "missing key `successor`", "register.yaml:1:3"),
        ("- {serial: A-1, status: revoked, date: 2026-01, reason: x}\n", "`2026-01` has no day", "register.yaml:1:40"),
        (
            "- {serial: A-1, status: revoked, date: 2026-01-01, reason: x, successor: B}\n",
            "unknown key `successor`",
            "register.yaml:1:63",
        ),
        (&format!("{entry}{entry}"), "the register has two entries for `A-1`", "register.yaml:2:12"),
        (
            "- {serial: A-1, status: superseded, date: 2026-01-01, successor: A-1}\n",
            "`A-1` replaces itself",
            "register.yaml:1:12",
        ),
        ("[]\n", "no entry can be appended after the end of this register", "register.yaml:1:3"),
        ("serial: A-1\n", "expected a list", "register.yaml:1:1"),
        ("- {\n", "error[E0101]", "register.yaml:"),
    ] {
        let project = issuer(|p| p.file(REGISTER, text));
        let (stdout, stderr, code) = run(&project, REVOKE);
        assert_eq!((code, stdout.as_str()), (1, ""), "{text}");
        assert_contains(&stderr, &[message, place]);
        assert_eq!(project.read(REGISTER), text, "nothing was written");
    }
}

#[test]
fn only_certificates_that_exist_can_be_withdrawn() {
    let project = issuer(|p| p);
    let (_, stderr, code) = run(&project, &["revoke", "2025-01-0002", "--reason", "x", "--date", "2026-01-15"]);
    assert_eq!(code, 1);
    assert_contains(
        &stderr,
        &[
            "error[E0002]: no certificate of this edition has the serial number `2025-01-0002`",
            "did you mean `2025-01-0001`?",
        ],
    );
    let (_, stderr, code) = run(&project, &["supersede", "2025-01-0001", "2025-01-0009", "--date", "2026-01-15"]);
    assert_eq!(code, 1);
    assert_contains(&stderr, &["`2025-01-0009`"]);
    assert!(!project.path().join(REGISTER).exists());
}

/// A day of withdrawal is never taken from the clock.
#[test]
fn a_withdrawal_needs_a_date() {
    let project = issuer(|p| p);
    let arguments = &REVOKE[..REVOKE.len() - 2];
    let (_, stderr, code) = run(&project, arguments);
    assert_eq!(code, 1);
    assert_contains(&stderr, &["error[E0923]: no date given for the withdrawal", "--date 2026-01-15"]);
    let output = super::command(&project).env("SOURCE_DATE_EPOCH", "1768435200").args(arguments).output().unwrap();
    assert!(output.status.success());
    assert_contains(&project.read(REGISTER), &["date: 2026-01-15"]);
    let output = super::command(&project).env("SOURCE_DATE_EPOCH", "yesterday").args(arguments).output().unwrap();
    assert_contains(&String::from_utf8(output.stderr).unwrap(), &["`yesterday` in SOURCE_DATE_EPOCH is not a date"]);
}

/// RFC 7515, VC-JOSE-COSE and Bitstring Status List 1.0, read without this program.
#[test]
fn the_status_list_is_a_bitstring_status_list() {
    let project = issuer(|p| p);
    assert_eq!(run(&project, REVOKE).2, 0);
    publish(&project);
    let token = project.read("site/status.jwt");
    let parts: Vec<&str> = token.split('.').collect();
    let decode = |part: &str| data_encoding::BASE64URL_NOPAD.decode(part.as_bytes()).unwrap();
    let header: serde_json::Value = serde_json::from_slice(&decode(parts[0])).unwrap();
    assert_eq!((&header["alg"], &header["typ"]), (&"EdDSA".into(), &"vc+jwt".into()));
    assert_eq!(header["kid"], signer(SEED).public_key().id());
    let credential: serde_json::Value = serde_json::from_slice(&decode(parts[1])).unwrap();
    assert_eq!(credential["id"], "https://example.org/status.jwt");
    assert_eq!(credential["validFrom"], "2026-01-15T00:00:00Z");
    let subject = &credential["credentialSubject"];
    assert_eq!((&subject["type"], &subject["statusPurpose"]), (&"BitstringStatusList".into(), &"revocation".into()));
    let list = decode(subject["encodedList"].as_str().unwrap().strip_prefix('u').unwrap());
    let mut bits = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(list.as_slice()), &mut bits).unwrap();
    let at = index("2025-01-0001") as usize;
    let ones: Vec<usize> = (0..bits.len() * 8).filter(|at| bits[at / 8] & (0x80 >> (at % 8)) != 0).collect();
    assert_eq!(ones, [at]);
    // The first 24 bits of the SHA-256 of the serial number.
    assert_eq!((bits.len() * 8, at), (1 << 24, 0x4f_23_3d));
    // The same register and key give the same bytes.
    publish(&project);
    assert_eq!(project.read("site/status.jwt"), token);
}

#[test]
fn a_status_list_that_the_issuer_has_not_signed_is_refused() {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    publish(&project);
    let token = project.read("site/status.jwt");
    let (head, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = head.split_once('.').unwrap();
    let list = StatusList::parse(&token, &key_set(SEED)).unwrap();
    let unsigned = data_encoding::BASE64URL_NOPAD.encode(br#"{"alg":"none"}"#);
    for (text, why) in [
        (String::new(), "is not a JSON Web Token"),
        ("a.b".to_owned(), "is not a JSON Web Token"),
        (head.to_owned(), "is not a JSON Web Token"),
        (list.sign(&signer(OTHER_SEED)).unwrap(), "is not signed with a key of the key set"),
        (format!("{unsigned}.{payload}."), "is signed in a way that is not known here"),
        (format!("{header}.{}.{signature}", payload.replacen('e', "f", 1)), "was changed after it was signed"),
        (
            format!("{header}.{payload}.{}", signature.replacen('A', "B", 1).replacen('a', "b", 1)),
            "was changed after it was signed",
        ),
    ] {
        let project_file = project.path().join("list.jwt");
        std::fs::write(&project_file, &text).unwrap();
        let arguments = ["verify", "out", "--keys", "keys.json", "--status", "list.jwt"];
        let (stdout, stderr, code) = run(&project, &arguments);
        assert_eq!((code, stdout.as_str()), (1, ""), "{text}");
        assert_contains(&stderr, &["error[E0921]: the status list `list.jwt`", why]);
    }
    let (stdout, stderr, _) = run(&project, &["verify", "out", "--keys", "keys.json", "--status", "missing.jwt"]);
    assert_eq!(stdout, "");
    assert_contains(&stderr, &["error[E0921]: the status list `missing.jwt` cannot be read"]);
}

/// Programs that read only the bits must find what the entries say.
#[test]
fn a_status_list_that_contradicts_itself_is_refused() {
    let project = issuer(|p| p);
    assert_eq!(run(&project, REVOKE).2, 0);
    publish(&project);
    let token = project.read("site/status.jwt");
    let decode = |part: &str| data_encoding::BASE64URL_NOPAD.decode(part.as_bytes()).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let payload = String::from_utf8(decode(parts[1])).unwrap();
    for (from, to) in [
        ("2025-01-0001", "2025-01-0002"),
        ("\"statusPurpose\"", "\"purpose\""),
        ("BitstringStatusListCredential", "Other"),
        ("\"encodedList\":\"u", "\"encodedList\":\"uA"),
    ] {
        let changed = payload.replacen(from, to, 1);
        assert_ne!(changed, payload);
        let head = format!("{}.{}", parts[0], data_encoding::BASE64URL_NOPAD.encode(changed.as_bytes()));
        let signature = data_encoding::BASE64URL_NOPAD.encode(&signer(SEED).sign(head.as_bytes()).unwrap());
        let found = StatusList::parse(&format!("{head}.{signature}"), &key_set(SEED));
        assert!(found.is_err(), "{from}: {found:?}");
    }
}
