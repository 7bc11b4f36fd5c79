//! What `gen-report verify` answers about documents, scans and texts.

use std::io::Cursor;

use gen_report::trust::{Status, verify};
use image::{DynamicImage, ImageFormat, RgbImage, imageops};
use lopdf::{Document, ObjectId, Stream, dictionary};

use super::{
    OTHER_SEED, SEED, address, build_signed, issuer, key_set, locales, run, verify_json, verify_standard_input,
};
use crate::support::time_stamps::certificate_pem;
use crate::support::{CERTIFICATE, EN, ProjectDir, RESULTS_FILE, assert_contains, rasterize};

/// A certificate that prints the genuine code of Beijing, in a project that a forger has changed.
fn forge(edit: impl FnOnce(ProjectDir) -> ProjectDir) -> ProjectDir {
    let code = format!("code: (address: \"x\", ..{{{{code \"{}\"}}}}, alt", address("en"));
    let forged = issuer(edit).edit(
        CERTIFICATE,
        "code: (address: {{str city.address}}, ..{{code city.address packed=true}}, alt",
        &code,
    );
    assert_eq!(run(&forged, &["-q", "-l", "en", "-r", "certificate"]).2, 0);
    forged
}

/// The quarter of a page that has the code, as a picture of a scanner. A whole page takes the test ten times as long.
fn scan(pdf: &[u8], inch: f32) -> RgbImage {
    let (width, height, pixels) = rasterize(pdf, 0, inch);
    let page = RgbImage::from_raw(width as u32, height as u32, pixels.into_iter().flatten().collect()).unwrap();
    let (width, height) = page.dimensions();
    imageops::crop_imm(&page, 0, height * 3 / 5, width * 2 / 5, height * 2 / 5).to_image()
}

fn encode(image: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn verify_needs_something_to_check_and_something_to_check_it_with() {
    let project = ProjectDir::new();
    let usage = "Usage: gen-report verify [OPTIONS] <--keys <FILE>|--trust <FILE>> <INPUT>...\n";
    for (arguments, missing) in [
        (&["verify", "a.pdf"][..], "  <--keys <FILE>|--trust <FILE>>\n"),
        (&["verify", "--keys", "keys.json"], "  <INPUT>...\n"),
    ] {
        let (_, stderr, code) = project.run(arguments);
        assert_eq!(code, 2);
        assert_contains(&stderr, &["required arguments were not provided", missing, usage]);
    }
    assert_contains(&project.run(&["verify", "--help"]).0, &[usage]);
}

#[test]
fn genuine_certificates_are_genuine_in_every_language() {
    let project = issuer(|p| p);
    build_signed(&project, "fr,zh,en,zh+en");
    let (answers, code) = verify_json(&project, &["out"]);
    assert_eq!((answers.len(), code), (4, 0), "{answers:?}");
    for answer in &answers {
        assert_eq!(answer["status"], "genuine", "{answer}");
        assert_eq!(answer["compared"], serde_json::json!(["signature", "serial number", "city", "date", "credential"]));
        assert_eq!((&answer["page"], &answer["claim"]["serial"]), (&1.into(), &"2025-01-0001".into()));
        assert_eq!(answer["key"], "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }
    let (stdout, stderr, _) = run(&project, &["verify", "out/fr/certificate-beijing.pdf", "--keys", "keys.json"]);
    assert_eq!(
        stdout,
        "out/fr/certificate-beijing.pdf, page 1: genuine: 2025-01-0001, Beijing, certificate of Villes pilotes mondiales, \
         edition 1, rank 1, 2025-11-28 (compared: signature, serial number, city, date, credential fr-FR)\n"
    );
    assert_eq!(
        stderr,
        "checked 1 item, 1 genuine\nwithdrawals were not checked: give the issuer’s status.jwt with --status\n"
    );
}

#[test]
fn a_code_on_another_certificate_is_altered() {
    for (edit, missing) in [
        ((RESULTS_FILE, "      en: Beijing\n", "      en: Port Azure\n"), "city"),
        ((RESULTS_FILE, "    rank: 1\n", "    rank: 1\n    serial: 2025-01-0002\n"), "serial number"),
        ((RESULTS_FILE, "    rank: 1\n", "    rank: 1\n    serial: 2025-01-00011\n"), "serial number"),
        ((RESULTS_FILE, "announced: 2025-11-28", "announced: 2025-11-08"), "date"),
        ((EN, "DATE($announced, style: \"full\")", "DATE($published, style: \"full\")"), "date"),
    ] {
        let (file, from, to) = edit;
        let forged = forge(|p| p.edit(file, from, to));
        let (answers, code) = verify_json(&forged, &["out/en/certificate-beijing.pdf"]);
        assert_eq!((&answers[0]["status"], code), (&"altered".into(), 1), "{to}: {answers:?}");
        let reason = answers[0]["reason"].as_str().unwrap();
        assert!(reason.starts_with(&format!("the page does not print the {missing} that its code states")), "{reason}");
    }
    // The forger's way of printing a code is not the reason.
    assert_eq!(verify_json(&forge(|p| p), &["out/en/certificate-beijing.pdf"]).1, 0);
}

#[test]
fn the_key_of_another_issuer_is_unknown() {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    key_set(OTHER_SEED).write(&project.path().join("keys.json")).unwrap();
    let (answers, code) = verify_json(&project, &["out/fr/certificate-beijing.pdf"]);
    assert_eq!((&answers[0]["status"], code), (&"unknown-issuer".into(), 1), "{answers:?}");
}

#[test]
fn an_unsigned_document_is_unsigned() {
    let project = issuer(|p| p);
    assert_eq!(run(&project, &["-q", "-l", "fr", "-c", "beijing"]).2, 0);
    let (answers, code) = verify_json(&project, &["out"]);
    let found: Vec<_> =
        answers.iter().map(|a| (a["status"].as_str().unwrap(), a["reason"].as_str().unwrap())).collect();
    assert_eq!(code, 1);
    assert_eq!(found, [("unsigned", "the code is an address without a signature"), ("unsigned", "it has no code"),]);
    // With certificates and no key set, the question is about the seal.
    let project = project.file("root.pem", certificate_pem());
    let answers = run(&project, &["verify", "out", "--trust", "root.pem"]).0;
    assert_eq!(answers.matches("it has no seal").count(), 2, "{answers}");
    // Of a damaged file, nothing is known.
    let damaged = project.read_bytes("out/fr/certificate-beijing.pdf")[..20_000].to_vec();
    let project = project.file("damaged.pdf", damaged);
    assert_contains(
        &run(&project, &["verify", "damaged.pdf", "--trust", "root.pem"]).0,
        &["unreadable: the PDF is damaged"],
    );
}

/// A pipe can be read once, and several processes check documents.
#[cfg(unix)]
#[test]
fn a_key_set_that_is_no_regular_file_is_refused() {
    let project = issuer(|p| p).file("x.pdf", "");
    for (option, file) in [("--keys", "key set"), ("--status", "status list")] {
        let others: &[&str] = if option == "--status" { &["--keys", "keys.json"] } else { &[] };
        let stderr = run(&project, &[&["verify", "x.pdf", option, "/dev/null"], others].concat()).1;
        assert_contains(&stderr, &[&format!("the {file} `/dev/null` cannot be read: it is not a regular file")]);
    }
}

#[test]
fn the_date_must_be_in_a_known_language() {
    let project = issuer(|p| p);
    let languages = std::fs::canonicalize(crate::support::LANGUAGES).unwrap();
    let languages = languages.to_str().unwrap();
    let certificate = ["-q", "-l", "es", "-c", "port-azure", "-r", "certificate", "--sign", "./issuer.pem"];
    assert_eq!(run(&project, &[&certificate[..], &["--project", languages]].concat()).2, 0);
    let (answers, _) = verify_json(&project, &["out"]);
    assert_eq!(answers[0]["status"], "unreadable", "{answers:?}");
    let (answers, code) = verify_json(&project, &["out", "--project", languages]);
    assert_eq!((&answers[0]["status"], code), (&"genuine".into(), 0), "{answers:?}");
}

#[test]
fn scans_are_read() {
    let project = issuer(|p| p);
    build_signed(&project, "zh");
    let pdf = project.read_bytes("out/zh/certificate-beijing.pdf");
    let page = scan(&pdf, 150.0);
    let keys = key_set(SEED);
    let blurred = imageops::blur(&scan(&pdf, 300.0), 1.0);
    for (what, bytes) in [
        ("150 dpi", encode(page.clone(), ImageFormat::Png)),
        ("JPEG", encode(page.clone(), ImageFormat::Jpeg)),
        ("turned", encode(imageops::rotate90(&page), ImageFormat::Png)),
        ("upside down", encode(imageops::rotate180(&page), ImageFormat::Jpeg)),
        ("blurred", encode(blurred, ImageFormat::Jpeg)),
    ] {
        let found = verify(&bytes, &keys, &[]);
        assert_eq!(
            (found.len(), found[0].status, &found[0].compared),
            (1, Status::Genuine, &vec!["signature"]),
            "{what}: {found:?}"
        );
    }
    let blank = verify(&encode(RgbImage::from_pixel(400, 300, [255; 3].into()), ImageFormat::Png), &keys, &[]);
    assert_eq!(blank[0].status, Status::Unreadable);
}

#[test]
fn texts_come_from_the_command_line_and_standard_input() {
    let project = issuer(|p| p);
    let address = address("fr");
    let (answers, code) = verify_json(&project, &[&address]);
    assert_eq!((&answers[0]["status"], code), (&"genuine".into(), 0), "{answers:?}");
    // A mail program breaks the line.
    let broken = format!("{}\r\n{}\n", &address[..100], &address[100..]);
    let (stdout, code) = verify_standard_input(&project, broken.as_bytes());
    assert!(code == 0 && stdout.starts_with("-: genuine: 2025-01-0001, Beijing"), "{stdout}");
}

#[test]
fn garbage_is_unreadable() {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    let pdf = project.read_bytes("out/fr/certificate-beijing.pdf");
    let png = encode(RgbImage::new(64, 64), ImageFormat::Png);
    // A header that announces 60 000 × 60 000 pixels.
    let mut huge = png.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let keys = key_set(SEED);
    for (what, bytes) in [
        ("nothing", &b""[..]),
        ("spaces", b" \n"),
        ("a text", b"genuine"),
        ("bytes", b"\xff\xfe\x00\x01"),
        ("the beginning of a PDF", b"%PDF-1.7\n"),
        ("half a PDF", &pdf[..pdf.len() / 4]),
        ("half a picture", &png[..png.len() / 2]),
        ("a huge picture", &huge),
    ] {
        let found = verify(bytes, &keys, &[]);
        assert_eq!((found.len(), found[0].status), (1, Status::Unreadable), "{what}: {found:?}");
    }
    let project = project.file("empty/readme.txt", "");
    let (answers, code) = verify_json(&project, &["missing.pdf", "empty"]);
    assert!(answers.iter().all(|answer| answer["status"] == "unreadable") && code == 1, "{answers:?}");
    assert_eq!(answers.len(), 2);
    assert_eq!(run(&project, &["verify", "--keys", "keys.json"]).2, 2);
    assert_eq!(run(&project, &["verify", "out"]).2, 2);
}

#[test]
fn a_text_that_is_neither_an_address_nor_a_credential_is_unreadable_with_that_reason() {
    let keys = key_set(SEED);
    let neither = "it is neither a credential nor the address of a code, which begins with https://";
    for (text, reason) in [
        ("genuine", neither),
        ("{\"type\": \"VerifiableCredential\"}", neither),
        (
            "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOjF9",
            "it is not a credential, or only a part of one: a credential is three texts with dots between them",
        ),
    ] {
        let found = &verify(text.as_bytes(), &keys, &[])[0];
        assert_eq!((found.status, found.reason.as_str()), (Status::Unreadable, reason), "{text}");
    }
}

/// Damage at many places: an answer for each, and none of them a crash.
#[test]
fn a_damaged_pdf_is_never_genuine_unless_it_prints_the_same() {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    let pdf = project.read_bytes("out/fr/certificate-beijing.pdf");
    let (keys, locales) = (key_set(SEED), locales());
    for at in (0..pdf.len()).step_by(pdf.len() / 20) {
        let mut damaged = pdf.clone();
        damaged[at] ^= 0x20;
        let found = verify(&damaged, &keys, &locales);
        assert!(!found.is_empty(), "byte {at}");
        for finding in found.iter().filter(|finding| finding.status == Status::Genuine) {
            assert_eq!(finding.compared.len(), 5, "byte {at}");
        }
    }
}

#[test]
fn the_answer_cannot_be_rewritten_by_a_claim() {
    let mut claim = super::claim("fr");
    claim.city = "Lyon\u{1b}[2K\rgenuine".to_owned();
    assert!(!claim.describe().contains(char::is_control), "{:?}", claim.describe());
    assert_contains(&claim.describe(), &["Lyon"]);
}

/// A PDF with one page, in which forms draw each other: `content`, twenty times for each level.
fn nested_forms(content: &str, levels: usize) -> Vec<u8> {
    let mut pdf = Document::with_version("1.7");
    let form = |pdf: &mut Document, content: &[u8], inner: Option<ObjectId>| {
        let mut form = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        };
        if let Some(inner) = inner {
            form.set("Resources", dictionary! { "XObject" => dictionary! { "F" => inner } });
        }
        pdf.add_object(Stream::new(form, content.to_vec()))
    };
    let mut outer = form(&mut pdf, content.as_bytes(), None);
    for _ in 0..levels {
        outer = form(&mut pdf, "/F Do ".repeat(20).as_bytes(), Some(outer));
    }
    let content = pdf.add_object(Stream::new(dictionary! {}, b"/F Do".to_vec()));
    let pages = pdf.new_object_id();
    let page = pdf.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Contents" => content, "Resources" => dictionary! { "XObject" => dictionary! { "F" => outer } },
    });
    pdf.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

/// Two kilobytes that would be drawn for years. The files after them are checked all the same.
#[test]
fn a_file_that_takes_too_long_is_unreadable() {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    std::fs::write(project.path().join("out/a.pdf"), nested_forms("0 0 595 842 re f", 7)).unwrap();
    std::fs::write(project.path().join("out/b.pdf"), nested_forms(&"0 0 595 842 re f ".repeat(40), 3)).unwrap();
    let (answers, code) = verify_json(&project, &["out", "--timeout", "5"]);
    assert_eq!(code, 1);
    let found: Vec<_> = answers.iter().map(|answer| answer["status"].as_str().unwrap()).collect();
    assert_eq!(found, ["unreadable", "unreadable", "genuine"], "{answers:?}");
    for (answer, part) in answers.iter().zip(["it", "page 1"]) {
        let reason = answer["reason"].as_str().unwrap();
        let ends = ["takes longer than 5 s to read", "cannot be read: the process for it ended"];
        assert!(ends.iter().any(|end| reason.starts_with(&format!("{part} {end}"))), "{reason}");
    }
}
