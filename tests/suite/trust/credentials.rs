//! The credentials of signed certificates: Open Badges 3.0 as signed tokens.

use data_encoding::BASE64URL_NOPAD;
use gen_report::trust::KeySet;
use gen_report::trust::credential::{self, Credential, CredentialError};
use lopdf::Document;
use serde_json::{Value as Json, json};

use super::{OTHER_SEED, SEED, build_signed, claim, issuer, key_set, run, signer};
use crate::support::{assert_contains, attached_files};

/// The credential that the certificate of Beijing in a language contains.
fn token(language: &str) -> String {
    let project = issuer(|p| p);
    build_signed(&project, language);
    let pdf = Document::load_mem(&project.read_bytes(&format!("out/{language}/certificate-beijing.pdf"))).unwrap();
    let files = attached_files(&pdf);
    let (_, token) = files.iter().find(|(name, _)| name.starts_with("credential-")).unwrap();
    token.clone()
}

/// A part of a token as JSON.
fn decode(part: &str) -> Json {
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

#[test]
fn a_signed_certificate_contains_its_credential() {
    let token = token("fr");
    let payload = decode(token.split('.').nth(1).unwrap());
    assert_eq!(payload["type"], json!(["VerifiableCredential", "OpenBadgeCredential"]));
    assert_eq!(payload["id"], "https://example.org/C/2025-01-0001");
    assert_eq!(payload["validFrom"], "2025-11-28T00:00:00Z");
    let subject = &payload["credentialSubject"];
    assert_eq!(subject["identifier"][0]["identityHash"], "Beijing");
    assert_eq!(subject["achievement"]["name"], "Certificat – Beijing – Villes pilotes mondiales");
    assert_eq!(subject["achievement"]["inLanguage"], "fr-FR");

    let credential = credential::read(&token, &key_set(SEED)).unwrap();
    assert_eq!(
        credential,
        Credential {
            id: "https://example.org/C/2025-01-0001".into(),
            city: "Beijing".into(),
            date: "2025-11-28".into(),
            key: signer(SEED).public_key().id(),
        }
    );
    assert!(credential.agrees_with(&claim("fr")) && !credential.agrees_with(&claim("zh")));
}

/// Without a key there is no credential, and the bytes are those of an unsigned build.
#[test]
fn an_unsigned_certificate_has_no_credential() {
    let project = issuer(|p| p);
    project.run_ok(&["-q", "-l", "fr", "-r", "certificate"]);
    let pdf = Document::load_mem(&project.read_bytes("out/fr/certificate-beijing.pdf")).unwrap();
    assert_eq!(attached_files(&pdf).len(), 1);
}

#[test]
fn no_changed_credential_is_accepted() {
    let token = token("fr");
    let keys = key_set(SEED);
    for at in 0..token.len() {
        for replacement in ["A", "Q", "z", "_", "."] {
            let mut changed = token.clone();
            changed.replace_range(at..=at, replacement);
            if changed != token {
                assert!(credential::read(&changed, &keys).is_err(), "byte {at} replaced by {replacement}");
            }
        }
    }
    for end in 0..token.len() {
        assert!(credential::read(&token[..end], &keys).is_err(), "cut off after {end} bytes");
    }
}

/// A token brings a key along. Whoever forges a credential also forges that key.
#[test]
fn only_keys_of_the_key_set_count() {
    let token = token("fr");
    assert_eq!(credential::read(&token, &key_set(OTHER_SEED)), Err(CredentialError::UnknownIssuer));
    assert_eq!(credential::read(&token, &KeySet::default()), Err(CredentialError::UnknownIssuer));
    // The forger's key under the name of the issuer's.
    let forger = signer(OTHER_SEED);
    let (header, payload) = (token.split('.').next().unwrap(), token.split('.').nth(1).unwrap());
    let mut header = decode(header);
    header["jwk"] = forger.public_key().to_jwk();
    let signed = format!("{}.{payload}", BASE64URL_NOPAD.encode(header.to_string().as_bytes()));
    let forged = format!("{signed}.{}", BASE64URL_NOPAD.encode(&forger.sign(signed.as_bytes())));
    assert_eq!(credential::read(&forged, &key_set(SEED)), Err(CredentialError::Altered));
    // The algorithm that means “not signed”.
    let none = BASE64URL_NOPAD.encode(br#"{"alg":"none"}"#);
    assert_eq!(credential::read(&format!("{none}.{payload}.AA"), &key_set(SEED)), Err(CredentialError::Malformed));
}

#[test]
fn credentials_are_written_for_wallets_without_pdfs() {
    let project = issuer(|p| p);
    let arguments = ["-l", "fr,zh+en", "-r", "certificate", "--sign", "./issuer.pem", "--credential-only"];
    let (stdout, stderr, code) = run(&project, &arguments);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(
        stdout,
        "out/fr/certificate-beijing.jwt\nout/zh+en/certificate-beijing-zh.jwt\nout/zh+en/certificate-beijing-en.jwt\n"
    );
    assert_contains(&stderr, &["wrote 3 credentials"]);
    assert_eq!(project.output_files().len(), 3, "and no PDF");
    assert_eq!(String::from_utf8(project.read_bytes("out/fr/certificate-beijing.jwt")).unwrap(), token("fr"));

    let (_, stderr, code) = run(&project, &["-r", "press-release", "--sign", "./issuer.pem", "--credential-only"]);
    assert_eq!(code, 1);
    assert_contains(&stderr, &["no document of the selection has a credential", "select certificates"]);
}
