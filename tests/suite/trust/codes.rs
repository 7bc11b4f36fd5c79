//! The codes of signed certificates.

use gen_report::trust::code::{self, SignedCode};
use gen_report::trust::{Status, verify};

use super::{OTHER_SEED, SEED, address, build_signed, claim, issuer, key_set, run, signer, verify_json};
use crate::support::{CERTIFICATE, RESULTS_FILE, assert_contains, rasterize};

#[test]
fn the_same_key_and_facts_give_the_same_bytes() {
    let (first, second) = (issuer(|p| p), issuer(|p| p));
    build_signed(&first, "fr,zh,en");
    build_signed(&second, "fr,zh,en");
    for language in ["fr", "zh", "en"] {
        let file = format!("out/{language}/certificate-beijing.pdf");
        assert!(first.read_bytes(&file) == second.read_bytes(&file), "{file}");
    }
    assert_eq!(address("fr"), address("fr"));
}

/// A worker process gets the key from its parent.
#[test]
fn worker_processes_sign_too() {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    let arguments =
        ["-q", "-l", "fr", "-r", "certificate", "--sign", "./issuer.pem", "--timeout", "60", "-o", "workers"];
    assert_eq!(run(&project, &arguments).2, 0);
    let file = "fr/certificate-beijing.pdf";
    assert!(project.read_bytes(&format!("out/{file}")) == project.read_bytes(&format!("workers/{file}")));
}

/// A certificate is up to date only if it has the same code.
#[test]
fn signing_builds_an_unsigned_certificate_again_and_merge_knows_the_key() {
    let project = issuer(|p| p);
    let build = |more: &[&str]| run(&project, &[&["-l", "fr", "-r", "certificate", "--resume"], more].concat()).1;
    assert_contains(&build(&[]), &["built 1 document"]);
    assert_contains(&build(&["--sign", "./issuer.pem"]), &["built 1 document"]);
    assert_contains(&build(&["--sign", "./issuer.pem"]), &["1 document up to date"]);
    let shard = ["-q", "-l", "fr", "-r", "certificate", "--shard", "1/1", "-o", "shards", "--sign", "./issuer.pem"];
    assert_eq!(run(&project, &shard).2, 0);
    let merge = ["merge", "shards", "-l", "fr", "-r", "certificate"];
    assert_contains(&run(&project, &merge).1, &["error[E0609]"]);
    assert_eq!(run(&project, &[&merge[..], &["--sign", "./issuer.pem"]].concat()).2, 0);
}

#[test]
fn a_code_states_the_facts_of_its_certificate() {
    let read = SignedCode::read(&address("fr")).map_err(|error| format!("{error:?}")).unwrap();
    assert_eq!(read.claim, claim("fr"));
    assert_eq!(
        read.claim.describe(),
        "2025-01-0001, Beijing, certificate of Villes pilotes mondiales, edition 1, rank 1, 2025-11-28"
    );
    assert!(read.is_signed_by(&signer(SEED).public_key()));
    assert!(!read.is_signed_by(&signer(OTHER_SEED).public_key()));
    // Capitals and digits only, for the compact mode of a QR code.
    assert!(address("zh").bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b':' | b'/' | b'.')));
}

/// The signature covers the beginning of the address: a genuine code does not lead to the site of a forger.
#[test]
fn a_code_belongs_to_its_site() {
    let forged = address("fr").replace("EXAMPLE.ORG", "EXAMPLE.COM");
    assert_eq!(verify(forged.as_bytes(), &key_set(SEED), &[])[0].status, Status::Altered);
    // Browsers write the host in small letters.
    let copied = address("fr").replace("HTTPS://EXAMPLE.ORG", "https://example.org");
    assert_eq!(verify(copied.as_bytes(), &key_set(SEED), &[])[0].status, Status::Genuine);
}

#[test]
fn no_change_of_one_byte_of_an_address_is_genuine() {
    let (keys, address) = (key_set(SEED), address("en").into_bytes());
    assert_eq!(verify(&address, &keys, &[])[0].status, Status::Genuine);
    let host_end = "HTTPS://EXAMPLE.ORG".len();
    for at in 0..address.len() {
        for byte in 0..=u8::MAX {
            let mut changed = address.clone();
            changed[at] = byte;
            let is_same = byte == address[at] || (at < host_end && byte.eq_ignore_ascii_case(&address[at]));
            let status = verify(&changed, &keys, &[])[0].status;
            assert_eq!(status == Status::Genuine, is_same, "byte {at} is {byte}");
        }
    }
}

#[test]
fn no_change_of_one_byte_of_the_signed_message_is_genuine() {
    let (keys, address) = (key_set(SEED), address("en"));
    let (base, encoded) = address.rsplit_once('/').unwrap();
    let message = data_encoding::BASE32_NOPAD.decode(encoded.as_bytes()).unwrap();
    for at in 0..message.len() {
        for bit in 0..8 {
            let mut changed = message.clone();
            changed[at] ^= 1 << bit;
            let code = format!("{base}/{}", data_encoding::BASE32_NOPAD.encode(&changed));
            assert_ne!(verify(code.as_bytes(), &keys, &[])[0].status, Status::Genuine, "bit {bit} of byte {at}");
        }
    }
    // Cut at each byte, and longer.
    for end in 0..message.len() {
        let code = format!("{base}/{}", data_encoding::BASE32_NOPAD.encode(&message[..end]));
        assert_ne!(verify(code.as_bytes(), &keys, &[])[0].status, Status::Genuine, "{end} bytes");
    }
    assert_ne!(verify(format!("{address}AA").as_bytes(), &keys, &[])[0].status, Status::Genuine);
}

#[test]
fn the_modules_of_a_printed_code_are_at_least_0_4_mm_wide() {
    for paper in ["a4", "a5"] {
        let project = issuer(|p| p.file("reports/design.yaml", format!("paper:\n  certificate: {paper}\n")));
        build_signed(&project, "zh");
        let inch = 600.0;
        let pdf = project.read_bytes("out/zh/certificate-beijing.pdf");
        let (width, height, pixels) = rasterize(&pdf, 0, inch);
        let luma = |x: usize, y: usize| pixels[y * width + x][0];
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, luma);
        let grids = prepared.detect_grids();
        assert_eq!(grids.len(), 1, "{paper}");
        let (about, content) = grids[0].decode().unwrap();
        assert_eq!((content, about.ecc_level), (address("zh"), 0), "{paper}: level M is 0 (ISO/IEC 18004, table 12)");
        let [left, right, ..] = grids[0].bounds;
        let side = f64::from(right.x - left.x) * 25.4 / f64::from(inch);
        let module = side / (about.version.to_size() as f64);
        assert!(module > 0.39, "{paper}: {module:.3} mm");
    }
}

/// The program draws the codes of its templates. Templates of earlier versions have Typst draw them.
#[test]
fn codes_of_earlier_templates_look_the_same() {
    let [own, earlier] = [" packed=true", ""].map(|packed| {
        let project = issuer(|p| p.edit(CERTIFICATE, " packed=true", packed));
        build_signed(&project, "fr");
        project.read_bytes("out/fr/certificate-beijing.pdf")
    });
    let ([width, height], [one, other]) = {
        let (width, height, one) = rasterize(&own, 0, 300.0);
        ([width, height], [one, rasterize(&earlier, 0, 300.0).2])
    };
    let is_far = |(one, other): (&[u8; 3], &[u8; 3])| one[0].abs_diff(other[0]) > 64;
    let far = one.iter().zip(&other).filter(|pair| is_far(*pair)).count();
    assert_eq!((one.len(), far), (width * height, 0));
    assert!(own.len() < earlier.len());
}

#[test]
fn a_code_that_is_too_large_for_its_field_is_an_error() {
    // Small letters need the mode of a QR code for bytes.
    let long = format!("https://example.org/{}/", "certificates-of-the-programme-".repeat(5));
    let project = issuer(|p| p.edit(RESULTS_FILE, "https://example.org/C/", &long));
    let (_, stderr, code) = run(&project, &["-q", "-l", "fr", "-r", "certificate", "--sign", "./issuer.pem"]);
    assert_eq!(code, 1, "{stderr}");
    assert_contains(&stderr, &["the code of the certificate is too large for its field: shorten the names"]);
}

#[test]
fn the_beginning_of_the_address_ends_where_the_code_begins() {
    let project = issuer(|p| p.edit(RESULTS_FILE, "https://example.org/C/", "https://example.org/C"));
    let (_, stderr, code) = run(&project, &["-q", "-l", "fr", "-r", "certificate", "--sign", "./issuer.pem"]);
    assert_eq!(code, 1, "{stderr}");
    assert_contains(
        &stderr,
        &["`https://example.org/C` cannot be the beginning of a signed code", "results.yaml:", "end it with `/`"],
    );
    assert_eq!(code::sign(&signer(SEED), "https://example.org", &claim("fr")).unwrap(), None);
}

#[test]
fn sheets_for_the_press_have_signed_codes() {
    let project = issuer(|p| p);
    let arguments = ["-q", "print", "-l", "fr", "--sign", "./issuer.pem"];
    assert_eq!(run(&project, &arguments).2, 0);
    let (answers, _) = verify_json(&project, &["print/certificate-fr.pdf"]);
    assert_eq!(answers[0]["status"], "genuine", "{answers:?}");
}
