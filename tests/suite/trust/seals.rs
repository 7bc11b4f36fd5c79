//! The seals of PDFs: the key, its certificate, the same bytes twice, and what `gen-report verify` answers.

use std::fs;
use std::path::Path;

use gen_report::diagnostic::Diagnostic;
use gen_report::trust::hardware::KeyUri;
use gen_report::trust::seal::certificate::{read_pem, self_signed};
use gen_report::trust::seal::key::UnusableKey;
use gen_report::trust::seal::public_key::SealPublicKey;
use gen_report::trust::seal::{Chain, Profile, Seal, SealKey, pkcs12};
use gen_report::trust::{KeySet, Secrets, Status, verify};
use zeroize::Zeroizing;

use super::{PASSWORD, SEED, command, issuer, key_set, locales, run, verify_json};
use crate::support::{ProjectDir, assert_contains};

/// The secret key of RFC 6979, appendix A.2.5.
const SECRET: &str = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
const OTHER_SECRET: &str = "d9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

pub(super) const HOLDER: &str = "Example City Network";

/// 2020-01-01 to 2040-01-01.
const VALIDITY: (u64, u64) = (1_577_836_800, 2_208_988_800);

/// 2025-11-28.
const DAY: u64 = 1_764_288_000;

fn seal_key(secret: &str) -> SealKey {
    SealKey::from_bytes(&data_encoding::HEXLOWER.decode(secret.as_bytes()).unwrap()).unwrap()
}

fn chain(secret: &str, holder: &str, validity: (u64, u64)) -> Chain {
    self_signed(&seal_key(secret), holder, [1; 16], validity).unwrap().unwrap()
}

/// The published keys of the issuer.
pub(super) fn keys() -> KeySet {
    let mut keys = key_set(SEED);
    keys.seals.add_chain(chain(SECRET, HOLDER, VALIDITY));
    keys
}

/// A project with the keys of an issuer that seals.
pub(super) fn sealing_issuer() -> ProjectDir {
    sealing_issuer_until(VALIDITY.1)
}

/// The same with a certificate that ends at a moment, in seconds since 1970.
pub(super) fn sealing_issuer_until(end: u64) -> ProjectDir {
    sealing_issuer_with(&seal_key(SECRET), &chain(SECRET, HOLDER, (VALIDITY.0, end)).to_pem())
}

/// The same with a key and its certificates in PEM.
pub(super) fn sealing_issuer_with(key: &SealKey, certificates: &str) -> ProjectDir {
    issuer(|project| {
        key.write(&project.path().join("issuer.seal.pem"), PASSWORD).unwrap();
        keys().write(&project.path().join("keys.json")).unwrap();
        project.file("issuer.crt", certificates)
    })
}

pub(super) const BUILD: &[&str] = &["-q", "-l", "fr", "--sign", "./issuer.pem"];
const CERTIFICATE: &str = "out/fr/certificate-beijing.pdf";

#[track_caller]
pub(super) fn build(project: &ProjectDir, more: &[&str]) {
    let (_, stderr, code) = run(project, &[BUILD, more].concat());
    assert_eq!(code, 0, "{stderr}");
}

pub(super) fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The answers about a PDF, without running the program.
fn statuses(pdf: &[u8], keys: &KeySet) -> Vec<Status> {
    verify(pdf, keys, &locales()).iter().map(|finding| finding.status).collect()
}

#[test]
fn signatures_are_those_of_rfc_6979() {
    let signature = data_encoding::HEXLOWER.encode(&seal_key(SECRET).sign(b"sample").unwrap());
    assert_contains(
        &signature,
        &[
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ],
    );
}

#[test]
fn every_pdf_is_sealed_and_genuine() {
    let project = sealing_issuer();
    build(&project, &[]);
    let (answers, code) = verify_json(&project, &["out"]);
    assert_eq!((answers.len(), code), (3, 0), "{answers:?}");
    for answer in &answers {
        assert_eq!((&answer["seal"]["holder"], &answer["seal"]["date"]), (&HOLDER.into(), &"2025-12-08".into()));
    }
    let compared = serde_json::json!(["seal", "signature", "serial number", "city", "date", "credential"]);
    assert_eq!((&answers[0]["compared"], &answers[0]["claim"]["serial"]), (&compared, &"2025-01-0001".into()));
    // A press release has no code.
    assert_eq!(
        (&answers[1]["compared"], &answers[1]["claim"]),
        (&serde_json::json!(["seal"]), &serde_json::Value::Null)
    );
    let lines = run(&project, &["verify", "out", "--keys", "keys.json"]).0;
    assert_contains(
        &lines,
        &[
            "(compared: seal of Example City Network, signature, serial number, city, date, credential fr-FR)\n",
            "press-release.pdf: genuine: sealed by Example City Network, 2025-12-08 (compared: seal)\n",
        ],
    );
    // Certificates alone say whether a seal is genuine, and nothing about codes.
    let (lines, stderr, code) = run(&project, &["verify", CERTIFICATE, "--trust", "issuer.crt"]);
    assert_eq!(lines, format!("{CERTIFICATE}: genuine: sealed by {HOLDER}, 2025-12-08 (compared: seal)\n"));
    assert_eq!(code, 0);
    // The list of withdrawn certificates is checked with a key set.
    let advice =
        "withdrawals were not checked: give the issuer’s keys.json with --keys and its status.jwt with --status\n";
    assert_contains(&stderr, &[advice]);
    let (_, stderr, code) = run(&project, &["verify", CERTIFICATE, "--trust", "issuer.crt", "--status", "status.jwt"]);
    assert_eq!(code, 2);
    assert_contains(&stderr, &["required arguments were not provided", "--keys <FILE>"]);
}

#[test]
fn the_same_key_and_facts_give_the_same_seal() {
    let (first, second) = (sealing_issuer(), sealing_issuer());
    build(&first, &[]);
    build(&second, &["--timeout", "60", "--jobs", "1"]);
    for file in [CERTIFICATE, "out/fr/press-release.pdf", "out/fr/press-release-beijing.pdf"] {
        assert!(first.read_bytes(file) == second.read_bytes(file), "{file}");
    }
}

/// A document is up to date only if it has the same seal.
#[test]
fn resumed_runs_and_merged_shards_know_the_seal() {
    let project = sealing_issuer();
    let resume = |more: &[&str]| run(&project, &[&["-l", "fr", "--resume", "--sign", "./issuer.pem"], more].concat()).1;
    build(&project, &[]);
    assert_contains(&resume(&[]), &["3 documents up to date"]);
    assert_contains(&resume(&["--seal-profile", "pkcs7"]), &["built 3 documents"]);
    assert!(find(&project.read_bytes(CERTIFICATE), b"/SubFilter/adbe.pkcs7.detached").is_some());
    assert_eq!(verify_json(&project, &["out"]).1, 0);
    let output = command(&project)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .args(["-l", "fr", "--resume", "--sign", "./issuer.pem"])
        .output()
        .unwrap();
    assert_contains(&String::from_utf8(output.stderr).unwrap(), &["built 3 documents"]);
    assert_eq!(verify_json(&project, &["out"]).0[0]["seal"]["date"], "2026-01-01");
    for shard in ["1/2", "2/2"] {
        build(&project, &["--shard", shard, "-o", "shards"]);
    }
    assert_eq!(run(&project, &["merge", "shards", "-l", "fr", "--sign", "./issuer.pem"]).2, 0);
    let other = ["merge", "shards", "-l", "fr", "--sign", "./issuer.pem", "--seal-profile", "pkcs7"];
    assert_contains(&run(&project, &other).1, &["error[E0609]"]);
    assert_eq!(verify_json(&project, &["shards"]).1, 0);
}

/// The field of a visible seal is on the printed seal. A press release has none, so its field stays invisible.
#[test]
fn a_seal_is_visible_on_request() {
    // Landscape A4, in points: the seal is at the right of the foot.
    const SEAL: [f32; 4] = [660.472, 77.953, 756.85, 174.331];
    const INVISIBLE: [f32; 4] = [0.0; 4];
    let project = sealing_issuer();
    build(&project, &[]);
    assert_eq!(widget(&project, CERTIFICATE), (INVISIBLE, None));
    let visible = ["-l", "fr", "--resume", "--sign", "./issuer.pem", "--visible-seal"];
    assert_contains(&run(&project, &visible).1, &["built 3 documents"]);
    let description = "Sceau du programme des Villes pilotes mondiales".to_owned();
    assert_eq!(widget(&project, CERTIFICATE), (SEAL, Some(description.clone())));
    assert_eq!(widget(&project, "out/fr/press-release.pdf"), (INVISIBLE, None));
    assert_eq!(verify_json(&project, &["out"]).1, 0);
    // A picture in place of the drawn seal, and no seal.
    let picture = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>"#;
    let project = project.file("reports/seal.svg", picture).file("reports/design.yaml", "seal: seal.svg\n");
    build(&project, &["-r", "certificate", "--visible-seal"]);
    assert_eq!(widget(&project, CERTIFICATE), (SEAL, Some(description)));
    let project = project.file("reports/design.yaml", "seal: none\n");
    build(&project, &["-r", "certificate", "--visible-seal"]);
    assert_eq!(widget(&project, CERTIFICATE), (INVISIBLE, None));
}

/// The rectangle and the description of the only field of a PDF.
fn widget(project: &ProjectDir, file: &str) -> ([f32; 4], Option<String>) {
    let document = lopdf::Document::load(project.path().join(file)).unwrap();
    let is_widget = |dict: &&lopdf::Dictionary| {
        dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Widget"))
    };
    let dicts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let [widget] = dicts.filter(is_widget).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(widget.get(b"F").unwrap().as_i64().unwrap(), 4 | 128, "printed and locked");
    assert_eq!(lopdf::decode_text_string(widget.get(b"TU").unwrap()).unwrap(), HOLDER);
    let numbers = widget.get(b"Rect").unwrap().as_array().unwrap().iter();
    let rectangle: Vec<f32> = numbers.map(|number| number.as_float().unwrap()).collect();
    let has_appearance = widget.get(b"AP").is_ok();
    assert_eq!(has_appearance, rectangle != [0.0; 4]);
    let description = widget.get(b"Contents").ok().map(|text| lopdf::decode_text_string(text).unwrap());
    (rectangle.try_into().unwrap(), description)
}

/// Joining PDFs changes them.
#[test]
fn a_joined_pdf_has_no_seal() {
    let project = sealing_issuer();
    build(&project, &["--archive", "pdf"]);
    let joined: Vec<_> =
        fs::read_dir(project.path().join("out/fr")).unwrap().map(|file| file.unwrap().path()).collect();
    let bytes = fs::read(joined.iter().find(|path| path.extension().is_some_and(|it| it == "pdf")).unwrap()).unwrap();
    assert_eq!((find(&bytes, b"/ByteRange"), find(&bytes, b"/Widget")), (None, None));
}

#[test]
fn no_change_of_one_byte_of_a_sealed_file_is_genuine() {
    let project = sealing_issuer();
    build(&project, &["-r", "certificate"]);
    let pdf = project.read_bytes(CERTIFICATE);
    let (keys, locales) = (keys(), locales());
    assert_eq!(statuses(&pdf, &keys), [Status::Genuine]);
    // Every byte of the signature with its dictionary, and others everywhere.
    let signature = find(&pdf, b"<</Type/Sig").unwrap();
    let places = (0..pdf.len()).filter(|at| at % 31 == 0 || (signature..signature + 1800).contains(at));
    let mut count = 0;
    for at in places {
        // Another bit each time; also the case of a letter.
        let mut changed = pdf.clone();
        changed[at] ^= 1 << (at % 8);
        let found = verify(&changed, &keys, &locales);
        assert!(found.iter().all(|finding| finding.status != Status::Genuine), "byte {at}: {found:?}");
        count += 1;
    }
    assert!(count > 4000, "{count}");
}

#[test]
fn what_is_done_to_a_sealed_file_is_noticed() {
    let project = sealing_issuer();
    build(&project, &[]);
    let (pdf, other) = (project.read_bytes(CERTIFICATE), project.read_bytes("out/fr/press-release.pdf"));
    let keys = keys();
    let contents = |pdf: &[u8]| {
        let start = find(pdf, b"/Contents<30").unwrap() + "/Contents".len();
        start..start + find(&pdf[start..], b">").unwrap() + 1
    };
    let (range, other_range) = (contents(&pdf), contents(&other));
    let revision = b"\n1 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\ntrailer\n<</Root 1 0 R/Prev 0>>\n%%EOF";
    let mut blank = pdf.clone();
    blank[range.start + 1..range.end - 1].fill(b'0');
    for (what, changed) in [
        ("a second revision", [&pdf[..], revision].concat()),
        ("a line at the end", [&pdf[..], b"\n"].concat()),
        ("something before it", [b"GIF89a\n", &pdf[..]].concat()),
        ("cut off", pdf[..pdf.len() - 7].to_vec()),
        ("without its signature", blank),
        ("the signature of another file", [&pdf[..range.start], &other[other_range], &pdf[range.end..]].concat()),
        ("a second signature", [&pdf[..], &pdf[..]].concat()),
    ] {
        assert_eq!(statuses(&changed, &keys), [Status::Altered], "{what}");
    }
}

/// A forger can make a certificate with any name.
#[test]
fn the_seal_of_a_stranger_is_unknown() {
    let project = sealing_issuer();
    build(&project, &[]);
    let pdf = project.read_bytes(CERTIFICATE);
    let mut strange = key_set(SEED);
    strange.seals.add_chain(chain(OTHER_SECRET, HOLDER, VALIDITY));
    assert_eq!(statuses(&pdf, &strange), [Status::UnknownIssuer]);
    assert_eq!(
        statuses(&pdf, &key_set(SEED)),
        [Status::UnknownIssuer],
        "its code is genuine, and a stranger sealed it"
    );
    // The same key with another certificate.
    let mut renewed = key_set(SEED);
    renewed.seals.add_chain(chain(SECRET, HOLDER, (VALIDITY.0, VALIDITY.1 + 1)));
    assert_eq!(statuses(&pdf, &renewed), [Status::UnknownIssuer]);
}

/// Without the seal, the sentences beside a genuine code can be changed.
#[test]
fn a_file_without_its_seal_is_not_genuine() {
    let project = sealing_issuer();
    fs::remove_file(project.path().join("issuer.seal.pem")).unwrap();
    fs::remove_file(project.path().join("issuer.crt")).unwrap();
    build(&project, &["-r", "certificate"]);
    let (answers, code) = verify_json(&project, &[CERTIFICATE]);
    assert_eq!((&answers[0]["status"], code), (&"unsigned".into(), 1), "{answers:?}");
    assert_contains(answers[0]["reason"].as_str().unwrap(), &["its code is genuine, but the file has no seal"]);
    // An issuer that publishes no certificate does not seal.
    assert_eq!(statuses(&project.read_bytes(CERTIFICATE), &key_set(SEED)), [Status::Genuine]);
}

#[test]
fn a_key_and_its_certificate_are_made_requested_and_imported() {
    let project = ProjectDir::new();
    let (made, stderr, code) = run(&project, &["keys", "new", "./k.pem", "--holder", HOLDER]);
    assert_eq!(code, 0, "{stderr}");
    assert_contains(&made, &["seal of     Example City Network, ", "file        ./k.crt"]);
    assert!(project.read("k.seal.pem").starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(project.path().join("k.seal.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(run(&project, &["keys", "show", "./k.pem"]).0, made);
    let request = run(&project, &["keys", "request", "./k.pem"]).0;
    assert!(request.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"), "{request}");
    let own = project.read("k.crt");
    let project = project.file("own.pem", format!("the answer of the authority\n{own}"));
    assert_eq!(run(&project, &["keys", "import", "./k.pem", "--certificate", "own.pem"]).2, 0);
    assert_eq!(project.read("k.crt"), own);
    // Most authorities send a file in DER.
    let der = read_pem(&own).unwrap().remove(0);
    let project = project.file("own.der", der);
    let (_, stderr, code) = run(&project, &["keys", "import", "./k.pem", "--certificate", "own.der"]);
    assert_eq!((code, project.read("k.crt")), (0, own.clone()), "{stderr}");
    let project = project.file("other.pem", chain(SECRET, HOLDER, VALIDITY).to_pem());
    let project = project.file("damaged.pem", own.replace("MII", "MIJ"));
    for (file, message) in [
        ("other.pem", "no certificate in `other.pem` belongs to the key for seals"),
        ("damaged.pem", "the file of certificates `damaged.pem` has no certificate, or a damaged one"),
        ("missing.pem", "the file of certificates `missing.pem` cannot be read: no such file or directory"),
    ] {
        let stderr = run(&project, &["keys", "import", "./k.pem", "--certificate", file]).1;
        assert!(stderr.starts_with(&format!("error[E0911]: {message}\n")), "{stderr}");
    }
    assert_eq!(project.read("k.crt"), own);
    // Before the clock of any machine.
    let project = sealing_issuer().file("old.pem", chain(SECRET, HOLDER, (VALIDITY.0, DAY)).to_pem());
    let stderr = run(&project, &["keys", "import", "./issuer.pem", "--certificate", "old.pem"]).1;
    assert_contains(
        &stderr,
        &[
            "error[E0911]: the certificate in `old.pem` was valid until 2025-11-28\n",
            "ask the authority for a new one: `gen-report keys request` makes the request",
        ],
    );
    let stderr = run(&project, &["keys", "new", "./l.pem", "--holder", &"x".repeat(65)]).1;
    assert_contains(&stderr, &["error[E0911]: `xxx", "give a name of at most 64 characters with --holder"]);
    assert!(!project.path().join("l.pem").exists() && !project.path().join("l.seal.pem").exists());
}

/// Authorities and keyrings hand out PKCS#12 files.
#[test]
fn a_key_with_its_certificate_is_imported_from_pkcs12() {
    let project = issuer(|project| project.file("password.txt", "battery\nmore\n"));
    private(&project.path().join("password.txt"));
    let import = |file: &str, more: &[&str]| {
        let file = format!("{}/tests/keys/{file}", env!("CARGO_MANIFEST_DIR"));
        let arguments = ["keys", "import", "./issuer.pem", "--certificate", &file];
        let output = command(&project).env("GEN_REPORT_PKCS12_PASSWORD", "battery").args(arguments).args(more).output();
        let output = output.unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&file, "FILE");
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    };
    for (file, code, message) in [
        ("rsa-2048.p12", "E0911", "the PKCS#12 file `FILE` has an RSA key of 2048 bits, which is too weak"),
        ("rsa-old-form.pem", "E0911", "the PEM file `FILE` has a key in an older form than PKCS#8"),
        ("legacy.p12", "E0911", "the PKCS#12 file `FILE` is encrypted in an old way, which is not read"),
        ("without-key.p12", "E0911", "the PKCS#12 file `FILE` has no key"),
        ("without-certificate.p12", "E0911", "the PKCS#12 file `FILE` has a key and no certificate"),
    ] {
        let stderr = import(file, &[]).1;
        assert!(stderr.starts_with(&format!("error[{code}]: {message}\n")), "{stderr}");
    }
    let wrong = import("p256.p12", &["--pkcs12-password-file", "issuer.pem"]).1;
    assert!(wrong.starts_with("error[E0902]: the password does not open the PKCS#12 file `FILE`\n"), "{wrong}");
    assert!(!project.path().join("issuer.seal.pem").exists() && !project.path().join("issuer.crt").exists());
    let (shown, stderr, code) = import("p256.p12", &["--pkcs12-password-file", "password.txt"]);
    assert_eq!(code, 0, "{stderr}");
    assert_contains(&shown, &["seal of     Imported Issuer, "]);
    assert!(project.read("issuer.seal.pem").starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    assert_eq!(import("p256.p12", &[]).2, 0, "the same again");
    let output = command(&project).env("SOURCE_DATE_EPOCH", "1796083200").args(BUILD).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(run(&project, &["verify", "out", "--trust", "issuer.crt"]).2, 0);
    // A key that was there is not replaced.
    seal_key(SECRET).write(&project.path().join("other.seal.pem"), PASSWORD).unwrap();
    fs::rename(project.path().join("other.seal.pem"), project.path().join("issuer.seal.pem")).unwrap();
    let stderr = import("p256.p12", &[]).1;
    assert_contains(
        &stderr,
        &["error[E0901]: the key `./issuer.seal.pem` is another key for seals, and is not replaced"],
    );
}

/// The password of the issuer's keys, which have no PIN.
struct KnownPassword;

impl Secrets for KnownPassword {
    fn password(&self, _: &Path) -> Result<Zeroizing<String>, Diagnostic> {
        Ok(PASSWORD.to_owned().into())
    }

    fn pin(&self, uri: &KeyUri) -> Result<Zeroizing<String>, Diagnostic> {
        panic!("a PIN for {uri}")
    }
}

/// The key and the certificate in tests/keys/rsa-3072.p12.
fn rsa() -> (SealKey, Chain) {
    let contents = pkcs12::read(&fs::read("tests/keys/rsa-3072.p12").unwrap(), "battery").unwrap();
    let chain = Chain::for_key(&contents.key, &contents.certificates).unwrap();
    (contents.key, chain)
}

/// Some authorities certify RSA keys only.
#[test]
fn rsa_keys_make_seals() {
    let project = ProjectDir::new();
    let (made, stderr, code) = run(&project, &["keys", "new", "./k.pem", "--seal-algorithm", "rsa-3072"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(run(&project, &["keys", "show", "./k.pem"]).0, made);
    let request = run(&project, &["keys", "request", "./k.pem"]).0;
    assert!(request.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n") && request.len() > 1200, "{request}");
    assert_eq!(run(&project, &["keys", "publish", ".", "./k.pem"]).2, 0);
    let keys = KeySet::parse("keys.json", &project.read("keys.json")).unwrap();
    let seal = keys.to_json()["keys"].as_array().unwrap().iter().find(|key| key["kty"] == "RSA").cloned().unwrap();
    assert_eq!((seal["e"].as_str(), seal["n"].as_str().unwrap().len()), (Some("AQAB"), 512));
    // The certificate is valid from today on.
    let build = |more: &[&str]| {
        let arguments = [&["-q", "-l", "fr", "-r", "certificate", "--sign", "./k.pem"], more].concat();
        assert!(
            command(&project).env("SOURCE_DATE_EPOCH", "1").args(arguments).status().unwrap().success(),
            "{more:?}"
        );
        project.read_bytes(CERTIFICATE)
    };
    let pdf = build(&[]);
    assert_eq!(verify_json(&project, &[CERTIFICATE]).1, 0);
    assert!(pdf == build(&["--timeout", "60"]), "PKCS#1 v1.5 signatures are deterministic, in a worker process too");
    let at = find(&pdf, b"/Contents<30").unwrap() + 1000;
    let mut changed = pdf.clone();
    changed[at] ^= 1;
    assert_eq!(statuses(&changed, &keys), [Status::Altered]);
}

#[test]
fn an_rsa_key_is_imported_with_its_certificate() {
    for (file, password) in [("rsa-3072.p12", "battery"), ("rsa-3072.pem", "battery")] {
        let project = issuer(|project| project);
        let path = format!("{}/tests/keys/{file}", env!("CARGO_MANIFEST_DIR"));
        let import = |password: &str| {
            let arguments = ["keys", "import", "./issuer.pem", "--certificate", &path];
            let output = command(&project).env("GEN_REPORT_PKCS12_PASSWORD", password).args(arguments).output();
            String::from_utf8(output.unwrap().stderr).unwrap()
        };
        assert_contains(&import("wrong"), &["error[E0902]: the password does not open the P"]);
        assert_eq!(import(password), "");
        assert_eq!(project.read("issuer.crt"), rsa().1.to_pem());
        let stored = SealKey::read(&project.path().join("issuer.seal.pem"), &KnownPassword);
        assert!(stored.unwrap().public_key() == rsa().0.public_key());
    }
    // Keys without a password must be private already.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let project = issuer(|project| {
            let key = rsa().1.to_pem() + "-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----\n";
            project.file("plain.pem", key)
        });
        fs::set_permissions(project.path().join("plain.pem"), fs::Permissions::from_mode(0o644)).unwrap();
        let import = || run(&project, &["keys", "import", "./issuer.pem", "--certificate", "plain.pem"]).1;
        assert_contains(&import(), &["error[E0901]: others can read `plain.pem`"]);
        private(&project.path().join("plain.pem"));
        assert_contains(&import(), &["error[E0911]: the PEM file `plain.pem` has a damaged key"]);
    }
}

/// A weak key, or one that is not canonical, has no place in a key set.
#[test]
fn the_public_key_of_a_seal_has_one_form() {
    let key = rsa().0.public_key().to_der();
    assert_eq!(SealPublicKey::from_der(&key).as_ref(), Some(rsa().0.public_key()));
    // The parameter of the algorithm is NULL, not absent (RFC 3279, 2.3.1).
    let null = find(&key, &[5, 0]).unwrap();
    let mut without_null = [&key[..null], &key[null + 2..]].concat();
    without_null[3] -= 2;
    without_null[5] -= 2;
    assert_eq!(SealPublicKey::from_der(&without_null), None);
    assert_eq!(SealPublicKey::from_der(&key[..key.len() - 1]), None);
    let weak = pkcs12::read(&fs::read("tests/keys/rsa-2048.p12").unwrap(), "battery");
    assert_eq!(weak.err(), Some(pkcs12::Problem::UnusableKey(UnusableKey::RsaLength(2048))));
}

#[test]
fn damaged_pkcs12_files_are_refused() {
    let whole = fs::read("tests/keys/p256.p12").unwrap();
    assert!(pkcs12::read(&whole, "battery").is_ok());
    for length in (0..whole.len()).step_by(7) {
        assert!(pkcs12::read(&whole[..length], "battery").is_err(), "{length}");
    }
    // Nothing but an error or the whole key; the iterations of a changed file could take minutes.
    for at in (0..whole.len()).filter(|at| !(60..160).contains(at)).step_by(41) {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        let _ = pkcs12::read(&changed, "battery");
    }
}

/// Lets only its owner read a file.
fn private(path: &std::path::Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[test]
fn what_does_not_belong_together_seals_nothing() {
    let project = sealing_issuer().file("issuer.crt", chain(OTHER_SECRET, HOLDER, VALIDITY).to_pem());
    let stderr = run(&project, BUILD).1;
    assert!(stderr.starts_with("error[E0911]: the certificate of `Example City Network` belongs to another key\n"));
    let project = project.file("issuer.crt", chain(SECRET, HOLDER, (VALIDITY.0, DAY)).to_pem());
    let stderr = run(&project, BUILD).1;
    assert_contains(&stderr, &["was valid until 2025-11-28, and the documents are from 2025-12-08"]);
    fs::remove_file(project.path().join("issuer.seal.pem")).unwrap();
    let stderr = run(&project, BUILD).1;
    assert!(stderr.starts_with("error[E0901]: the key `./issuer.seal.pem` is missing\n"), "{stderr}");
    assert!(!project.path().join("out").exists());
    // A certificate that begins later is the beginning.
    let late = chain(SECRET, HOLDER, (VALIDITY.1, VALIDITY.1 + 10));
    assert!(
        Seal::new(seal_key(SECRET), late, Profile::Pades, DAY).is_ok_and(|seal| seal.identity().contains("D:20400101"))
    );
}

#[test]
fn certificates_in_a_key_set_are_read_strictly() {
    let good = keys().to_json().to_string();
    assert_eq!(KeySet::parse("keys.json", &good).unwrap(), keys());
    let other = {
        let mut other = key_set(SEED);
        other.seals.add_chain(chain(OTHER_SECRET, HOLDER, VALIDITY));
        other.to_json()
    };
    let mut mixed = keys().to_json();
    let at = mixed["keys"].as_array().unwrap().iter().position(|key| key["kty"] == "EC").unwrap();
    mixed["keys"][at]["x5c"] = other["keys"][at]["x5c"].clone();
    for text in [mixed.to_string(), good.replace("\"x5c\":[\"MII", "\"x5c\":[\"MIJ")] {
        let problem = KeySet::parse("keys.json", &text).unwrap_err();
        assert_eq!(problem.message, "a certificate is damaged");
    }
}
