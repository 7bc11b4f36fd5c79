//! What shows that the certificates of a seal are not revoked: what `--validation-data` accepts of revocation lists and of OCSP
//! responses.
//!
//! “Test Root” has certified “Test Authority”, and that the key of the seal. The certificate of the time-stamp server is its own.

use gen_report::trust::seal::validation::ValidationPart;
use gen_report::trust::seal::{Chain, Purpose, ValidationData};
use gen_report::trust::{KeySet, Status, verify};

use super::seals::{BUILD, find, sealing_issuer_with};
use super::{locales, run, verify_json};
use crate::support::authority::{
    Party, Response, SHA256, certify, critical_extension, for_authorities_only, is_authority, list, needs_no_check,
    pem, refusal, revoked, signs_responses, unknown,
};
use crate::support::time_stamps::{Answer, TimeStampServer, certificate, certificate_pem};
use crate::support::{ProjectDir, assert_contains};

const RELEASE: &str = "out/fr/press-release.pdf";
const ROOT: Party = Party("Test Root", 11);
const AUTHORITY: Party = Party("Test Authority", 12);
const HOLDER: Party = Party("Example City Network", 13);
const RESPONDER: Party = Party("Test Responder", 14);
const STRANGER: Party = Party("Stranger", 15);

/// The serial numbers of the certificates.
const AUTHORITY_NUMBER: u8 = 21;
const HOLDER_NUMBER: u8 = 22;
const RESPONDER_NUMBER: u8 = 23;

/// 2026-03-01, the time of the time stamps.
const TIME: u64 = 1_772_323_200;

const UNTIL: &str = "20260315000000Z";

/// A project whose seal is certified by the authority, with the certificates in authorities.pem.
fn project() -> ProjectDir {
    let root = certify(ROOT, 20, ROOT, &[is_authority()]);
    let authority = certify(AUTHORITY, AUTHORITY_NUMBER, ROOT, &[is_authority()]);
    let own = certify(HOLDER, HOLDER_NUMBER, AUTHORITY, &[]);
    let chain = [&own, &authority].map(|der| pem("CERTIFICATE", der)).concat();
    let authorities = [&root, &authority].map(|der| pem("CERTIFICATE", der)).concat() + &certificate_pem();
    sealing_issuer_with(&HOLDER.key(), &chain)
        .file("authorities.pem", authorities)
        .file("root.pem", pem("CERTIFICATE", &root))
}

fn about_authority() -> Response {
    Response::new(ROOT, AUTHORITY_NUMBER)
}

fn about_holder() -> Response {
    Response::new(AUTHORITY, HOLDER_NUMBER)
}

/// Builds with authorities.pem and more files: the messages, and the exit code.
fn attempt(project: &ProjectDir, files: &[&str], more: &[&str]) -> (String, i32) {
    let server = TimeStampServer::start(&[Answer::Honest]);
    let files = [&["authorities.pem"], files].concat();
    let files: Vec<&str> = files.iter().flat_map(|file| ["--validation-data", *file]).collect();
    let (_, stderr, code) = run(project, &[BUILD, &["--timestamp", &server.url], &files, more].concat());
    (stderr, code)
}

/// Builds with a list or a response of the root about the authority, and something else in data.pem.
fn attempt_with(data: &str) -> (String, i32) {
    let project = project().file("data.pem", pem("OCSP RESPONSE", &about_authority().to_der()) + data);
    attempt(&project, &["data.pem"], &[])
}

fn response(response: &Response) -> String {
    pem("OCSP RESPONSE", &response.to_der())
}

/// The arrays of the document security store, and how many streams each has.
fn stored(pdf: &[u8]) -> Vec<(String, usize)> {
    let pdf = lopdf::Document::load_mem(pdf).unwrap();
    let store = pdf.catalog().unwrap().get(b"DSS").unwrap().as_dict().unwrap();
    let arrays =
        store.iter().map(|(key, streams)| (String::from_utf8_lossy(key).into(), streams.as_array().unwrap().len()));
    arrays.collect()
}

/// As `openssl ocsp -respout` writes them, in DER, and in PEM.
#[test]
fn ocsp_responses_take_the_place_of_revocation_lists() {
    let [authority, holder] = [about_authority(), about_holder()].map(|it| it.to_der());
    let project = project().file("authority.ocsp", &authority).file("holder.pem", pem("OCSP RESPONSE", &holder));
    // In this process, and in a worker process.
    for more in [&["--document-timestamp"][..], &["--timeout", "60", "--jobs", "1"]] {
        let (stderr, code) = attempt(&project, &["authority.ocsp", "holder.pem"], more);
        assert_eq!(code, 0, "{stderr}");
        let pdf = project.read_bytes(RELEASE);
        assert_eq!(stored(&pdf), [("Certs".to_owned(), 4), ("OCSPs".to_owned(), 2)]);
        assert!(find(&pdf, &authority).is_some() && find(&pdf, &holder).is_some());
        assert_eq!(verify_json(&project, &["out", "--trust", "authorities.pem"]).1, 0);
    }
    // They are part of what is sealed.
    let mut keys = KeySet::default();
    keys.seals.add_roots(vec![certify(ROOT, 20, ROOT, &[is_authority()]), certificate("1.3.6.1.5.5.7.3.8")]);
    let mut pdf = project.read_bytes(RELEASE);
    assert_eq!(verify(&pdf, &keys, &locales()).first().unwrap().status, Status::Genuine);
    let at = find(&pdf, &holder).unwrap();
    pdf[at + 40] ^= 1;
    assert_eq!(verify(&pdf, &keys, &locales()).first().unwrap().status, Status::Altered);
}

#[test]
fn lists_and_responses_can_be_mixed() {
    let list_of = |issuer, revoked: &[u8]| pem("X509 CRL", &list(issuer, revoked, UNTIL, None));
    let scope = for_authorities_only("http://root.example.org/authorities.crl");
    let project = project()
        .file("both.pem", list_of(ROOT, &[]) + &list_of(AUTHORITY, &[]))
        .file("root.crl", list(ROOT, &[], UNTIL, None))
        .file("authorities.crl", list(ROOT, &[], UNTIL, Some(&scope)))
        .file("holders.crl", list(AUTHORITY, &[], UNTIL, Some(&scope)))
        .file("holder.ocsp", about_holder().to_der());
    for files in [&["both.pem"][..], &["root.crl", "holder.ocsp"], &["authorities.crl", "holder.ocsp"]] {
        let (stderr, code) = attempt(&project, files, &["--report", "certificate"]);
        assert_eq!(code, 0, "{files:?}: {stderr}");
    }
    // A list that is only about authorities says nothing about the holder of the seal.
    let (stderr, _) = attempt(&project, &["root.crl", "holders.crl"], &[]);
    let missing = "the validation data do not show that the certificate of the seal is valid: a revocation list or an OCSP \
                   response for `Example City Network` is missing (serial number 16)\n";
    assert_contains(&stderr, &["error[E0911]: ", missing, "help: put the certificates of all authorities"]);
    let (stderr, _) = attempt(&project, &["holder.ocsp"], &[]);
    assert_contains(
        &stderr,
        &["a revocation list or an OCSP response for `Test Authority` is missing (serial number 15)\n"],
    );
    // One that says that it is revoked is not outweighed by the other.
    let good = response(&about_holder());
    assert_contains(&attempt_with(&(list_of(AUTHORITY, &[HOLDER_NUMBER]) + &good)).0, &["is valid: it is revoked\n"]);
    let bad = response(&Response { status: revoked(), ..about_holder() });
    let since = "says that it is revoked since 2026-02-01T00:00:00Z\n";
    assert_contains(&attempt_with(&(list_of(AUTHORITY, &[]) + &bad)).0, &[since]);
    assert_contains(&attempt_with(&(good + &bad)).0, &[since]);
    // As `openssl ocsp` writes it without -ndays: what was revoked stays so.
    let endless = response(&Response { status: revoked(), until: None, ..about_holder() });
    assert_contains(&attempt_with(&(list_of(AUTHORITY, &[]) + &endless)).0, &[since]);
}

/// A file in DER has one certificate, so a seal would lack that of an authority below the root.
#[test]
fn a_certificate_without_that_of_its_authority_is_remarked_on() {
    let own = certify(HOLDER, HOLDER_NUMBER, AUTHORITY, &[]);
    let both = [&own, &certify(AUTHORITY, AUTHORITY_NUMBER, ROOT, &[is_authority()])]
        .map(|der| pem("CERTIFICATE", der))
        .concat();
    let project = project()
        .file("own.der", &own)
        .file("both.pem", both + &pem("CERTIFICATE", &certify(ROOT, 20, ROOT, &[is_authority()])));
    let remark = "the file has no certificate of the authority: unless that is a root, put its certificate and yours in one PEM file";
    for (file, is_remarked_on) in [("own.der", true), ("both.pem", false)] {
        let (_, stderr, code) = run(&project, &["keys", "import", "./issuer.pem", "--certificate", file]);
        assert_eq!((code, stderr.contains(remark)), (0, is_remarked_on), "{stderr}");
    }
}

/// An authority that has renewed its key has two certificates with the same name.
#[test]
fn the_chain_of_a_seal_has_the_certificate_whose_key_has_signed() {
    let earlier = Party(AUTHORITY.0, 16);
    let [root, before, now] = [(ROOT, 20), (earlier, 19), (AUTHORITY, AUTHORITY_NUMBER)]
        .map(|(party, serial)| certify(party, serial, ROOT, &[is_authority()]));
    let own = certify(HOLDER, HOLDER_NUMBER, AUTHORITY, &[]);
    for given in [[&own, &before, &now, &root], [&now, &before, &root, &own]] {
        let chain = Chain::for_key(&HOLDER.key(), &given.map(Clone::clone)).unwrap();
        assert_eq!(chain.certificates(), [own.clone(), now.clone()]);
    }
}

#[test]
fn a_response_must_be_about_the_certificate_good_signed_and_of_the_time() {
    for (what, changed) in [
        ("the hash of the CertID", Response { hash: SHA256, ..about_holder() }),
        ("the name of the responder", Response { is_named_by_key: true, ..about_holder() }),
    ] {
        let (stderr, code) = attempt_with(&response(&changed));
        assert_eq!(code, 0, "{what}: {stderr}");
    }
    for (changed, problem) in [
        (Response { status: revoked(), ..about_holder() }, "says that it is revoked since 2026-02-01T00:00:00Z"),
        (Response { status: unknown(), ..about_holder() }, "says that the responder does not know it"),
        (
            Response { from: "20260301000001Z", ..about_holder() },
            "is valid only from 2026-03-01T00:00:01Z on (thisUpdate)",
        ),
        (
            Response { until: Some("20260301000000Z"), ..about_holder() },
            "was valid until 2026-03-01T00:00:00Z (nextUpdate)",
        ),
        (Response { until: None, ..about_holder() }, "does not say until when it is valid (nextUpdate)"),
        (Response { signer: STRANGER, ..about_holder() }, "has a wrong signature, or one of an unknown algorithm"),
        (
            Response { issuer: ROOT, ..about_holder() },
            "is about a certificate of another issuer with the same serial number",
        ),
        (
            Response { responder: STRANGER, signer: STRANGER, ..about_holder() },
            "is signed neither by the issuer nor by a responder that the issuer has certified for it",
        ),
    ] {
        let (stderr, code) = attempt_with(&response(&changed));
        let message = format!("is valid: the OCSP response for `Example City Network` in `data.pem:4` {problem}\n");
        assert_contains(&stderr, &["error[E0911]: the validation data do not show ", &message]);
        assert_eq!(code, 1);
        // A response that says nothing does no harm if there is another one.
        if changed.status != revoked() {
            let (stderr, code) = attempt_with(&(response(&changed) + &response(&about_holder())));
            assert_eq!(code, 0, "{problem}: {stderr}");
        }
    }
    let (stderr, _) = attempt_with(&response(&Response { serial: 99, ..about_holder() }));
    assert_contains(&stderr, &["an OCSP response for `Example City Network` is missing (serial number 16)\n"]);
}

/// An authority may leave the answers to somebody whom it has certified for that.
#[test]
fn a_responder_must_be_certified_by_the_same_issuer_for_this_purpose() {
    let certified = |issuer, extensions: &[Vec<u8>]| certify(RESPONDER, RESPONDER_NUMBER, issuer, extensions);
    let good = certified(AUTHORITY, &[signs_responses(), needs_no_check()]);
    let to_check = certified(AUTHORITY, &[signs_responses()]);
    let by = |certificate: &[u8]| about_holder().by(RESPONDER, certificate.to_vec());
    let list_of = |revoked: &[u8]| pem("X509 CRL", &list(AUTHORITY, revoked, UNTIL, None));
    let without = Response { certificates: Vec::new(), ..by(&good) };
    for (what, data) in [
        ("the certificate is in the response", response(&by(&good))),
        ("it is beside it", response(&without) + &pem("CERTIFICATE", &good)),
        ("named by its key", response(&Response { is_named_by_key: true, ..by(&good) })),
        ("a list shows that it is not revoked", response(&by(&to_check)) + &list_of(&[])),
    ] {
        let (stderr, code) = attempt_with(&data);
        assert_eq!(code, 0, "{what}: {stderr}");
    }
    let uncertified = "is signed neither by the issuer nor by a responder that the issuer has certified for it\n";
    let unchecked = "is signed by a responder that may be revoked: its certificate has no `noCheck`, and no revocation list shows \
                     that it is valid\n";
    for (changed, problem) in [
        (without, uncertified),
        (by(&certified(AUTHORITY, &[needs_no_check()])), uncertified),
        (by(&certified(ROOT, &[signs_responses(), needs_no_check()])), uncertified),
        (by(&certified(RESPONDER, &[signs_responses(), needs_no_check()])), uncertified),
        (by(&to_check), unchecked),
        (Response { signer: STRANGER, ..by(&good) }, "has a wrong signature, or one of an unknown algorithm\n"),
    ] {
        assert_contains(&attempt_with(&response(&changed)).0, &[problem]);
    }
}

#[test]
fn files_of_validation_data_are_read_strictly() {
    let good = about_holder().to_der();
    let longer = [&good[..], b"\0"].concat();
    let critical = Response { extensions: critical_extension(), ..about_holder() };
    let project = project()
        .file("broken.pem", "A response:\n-----BEGIN OCSP RESPONSE-----\nMII?\n-----END OCSP RESPONSE-----\n")
        .file("open.pem", "-----BEGIN X509 CRL-----\nMIIB\n")
        .file("critical.pem", response(&critical))
        .file("longer.ocsp", longer)
        .file("refusal.ocsp", refusal(6))
        .file("text.txt", "no data")
        .file("empty", "");
    for (file, messages) in [
        (
            "broken.pem",
            &[
                "error[E0911]: the OCSP response is damaged\n",
                "broken.pem:2:1\n",
                "-----BEGIN OCSP RESPONSE-----",
                "help: ask the responder again (`openssl ocsp`)",
            ][..],
        ),
        ("open.pem", &["error[E0911]: the revocation list is damaged\n", "open.pem:1:1\n"]),
        ("critical.pem", &["the OCSP response is damaged, or has a form that is not known\n", "critical.pem:1:1\n"]),
        (
            "refusal.ocsp",
            &[
                "the OCSP response in `refusal.ocsp` says nothing about a certificate: the responder refuses with `unauthorized`\n",
            ],
        ),
        ("longer.ocsp", &["the file of certificates `longer.ocsp` is neither in PEM, nor a certificate"]),
        ("text.txt", &["the file of certificates `text.txt` is neither in PEM, nor a certificate"]),
        ("empty", &["the file of certificates `empty` is neither in PEM, nor a certificate"]),
        ("missing.pem", &["the file of certificates `missing.pem` cannot be read: "]),
    ] {
        let (stderr, code) = attempt(&project, &[file], &[]);
        assert_contains(&stderr, messages);
        assert_eq!(code, 1);
    }
}

#[test]
fn no_change_of_a_response_is_accepted() {
    let root = certify(ROOT, 20, ROOT, &[is_authority()]);
    let chain = Chain::from_der(vec![certify(HOLDER, HOLDER_NUMBER, ROOT, &[])]).unwrap();
    let good = Response::new(ROOT, HOLDER_NUMBER).to_der();
    let check = |response: &[u8]| {
        let mut data = ValidationData::default();
        data.add(ValidationPart::Certificate, root.clone(), String::new())?;
        data.add(ValidationPart::OcspResponse, response.to_vec(), String::new())?;
        data.check(&chain, TIME, Purpose::Documents)
    };
    assert_eq!(check(&good), Ok(()));
    for at in 0..good.len() {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(check(&changed).is_err(), "byte {at}");
        assert!(check(&good[..at]).is_err(), "{at} bytes");
    }
}
