//! The credentials of signed certificates: Open Badges 3.0 as signed tokens.

use data_encoding::BASE64URL_NOPAD;
use gen_report::results::Date;
use gen_report::trust::credential::{self, Credential, CredentialError};
use gen_report::trust::{Claim, KeySet, Status, verify};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use serde_json::{Value as Json, json};

use super::{
    OTHER_SEED, SEED, build_signed, claim, issuer, key_set, locales, run, signer, verify_json, verify_standard_input,
};
use crate::support::{CERTIFICATE, ProjectDir, RESULTS_FILE, assert_contains, attached_files};

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
    assert_eq!(
        payload["credentialStatus"],
        json!({
            "id": "https://example.org/status.jwt#5186365",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "5186365",
            "statusListCredential": "https://example.org/status.jwt",
        })
    );
    let subject = &payload["credentialSubject"];
    assert_eq!(subject["identifier"][0]["identityHash"], "Beijing");
    assert_eq!(subject["achievement"]["name"], "Certificat – Beijing – Villes pilotes mondiales");
    assert_eq!(subject["achievement"]["inLanguage"], "fr-FR");

    let credential = credential::read(&token, &key_set(SEED)).unwrap();
    assert_eq!(
        credential,
        Credential {
            base: "https://example.org/C/".into(),
            serial: "2025-01-0001".into(),
            language: "fr-FR".into(),
            city: "Beijing".into(),
            award: "certificate".into(),
            edition: 1,
            date: claim("fr").date,
            expires: None,
            status_list: Some("https://example.org/status.jwt".into()),
            key: signer(SEED).public_key().id(),
        }
    );
    assert_eq!(credential.find_difference(&claim("fr")), None);
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
    let forged = format!("{signed}.{}", BASE64URL_NOPAD.encode(&forger.sign(signed.as_bytes()).unwrap()));
    assert_eq!(credential::read(&forged, &key_set(SEED)), Err(CredentialError::Altered));
    // The algorithm that means “not signed”.
    let none = BASE64URL_NOPAD.encode(br#"{"alg":"none"}"#);
    assert_eq!(credential::read(&format!("{none}.{payload}.AA"), &key_set(SEED)), Err(CredentialError::Malformed));
}

/// Credentials of one key that contradict the code, each in one fact.
#[test]
fn a_credential_and_a_code_state_the_same() {
    let credential = credential::read(&token("fr"), &key_set(SEED)).unwrap();
    let other_day = Date::parse("2026-11-28").unwrap();
    for (fact, changed) in [
        ("serial number", Claim { serial: "2025-01-0002".into(), ..claim("fr") }),
        ("award", Claim { award: "badge".into(), ..claim("fr") }),
        ("edition", Claim { edition: 2, ..claim("fr") }),
        ("date", Claim { date: other_day, ..claim("fr") }),
        ("last day", Claim { expires: Some(other_day), ..claim("fr") }),
    ] {
        assert_eq!(credential.find_difference(&changed).map(|(fact, _)| fact), Some(fact));
    }
}

/// A project whose certificate of Beijing has another serial number, with the same key.
fn other_serial() -> ProjectDir {
    issuer(|p| p.edit(RESULTS_FILE, "    rank: 1\n", "    rank: 1\n    serial: 2025-01-0099\n"))
}

/// The certificate of Beijing in some languages, with the files attached to it changed or, for `None`, removed.
fn with_attached(languages: &str, change: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
    let project = issuer(|p| p);
    build_signed(&project, languages);
    let mut pdf = Document::load_mem(&project.read_bytes(&format!("out/{languages}/certificate-beijing.pdf"))).unwrap();
    let is_file = |object: &Object| object.as_dict().is_ok_and(|dict| dict.has(b"EF"));
    let specifications: Vec<ObjectId> = pdf.objects.iter().filter(|(_, it)| is_file(it)).map(|(id, _)| *id).collect();
    for id in specifications {
        let specification = pdf.get_dictionary(id).unwrap();
        let name = lopdf::decode_text_string(specification.get(b"UF").unwrap()).unwrap();
        let file = specification.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap().as_reference().unwrap();
        let stream = pdf.get_object_mut(file).unwrap().as_stream_mut().unwrap();
        let text = String::from_utf8(stream.decompressed_content().unwrap()).unwrap();
        match change(&name, &text) {
            Some(changed) if changed == text => {}
            Some(changed) => stream.set_plain_content(changed.into_bytes()),
            None => [id, file].into_iter().for_each(|id| drop(pdf.delete_object(id))),
        }
    }
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

fn is_credential(name: &str) -> bool {
    name.ends_with(".jwt")
}

#[test]
fn the_credentials_of_a_certificate_are_compared_with_its_code() {
    let other = {
        let project = other_serial();
        assert_eq!(
            run(
                &project,
                &["-q", "-l", "fr,zh,en", "-r", "certificate", "--sign", "./issuer.pem", "--credential-only"]
            )
            .2,
            0
        );
        project.read("out/fr/certificate-beijing.jwt")
    };
    // Another key, the same facts.
    let payload = token("fr").split('.').nth(1).unwrap().to_owned();
    let forger = signer(OTHER_SEED);
    let header = json!({ "alg": "EdDSA", "typ": "JWT", "kid": forger.public_key().id() });
    let signed = format!("{}.{payload}", BASE64URL_NOPAD.encode(header.to_string().as_bytes()));
    let foreign = format!("{signed}.{}", BASE64URL_NOPAD.encode(&forger.sign(signed.as_bytes()).unwrap()));
    let chinese = token("zh");
    let keys = key_set(SEED);
    let mut expecting = keys.clone();
    expecting.credentials.get_or_insert_default().insert("certificate".to_owned());

    let check = |languages: &str, keys: &KeySet, change: &dyn Fn(&str, &str) -> Option<String>| {
        let found = verify(&with_attached(languages, change), keys, &locales());
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].status, found[0].reason.clone(), found[0].credentials.len())
    };
    let replace = |by: &str| {
        let by = by.to_owned();
        move |name: &str, text: &str| Some(if is_credential(name) { by.clone() } else { text.to_owned() })
    };
    let keep = |_: &str, text: &str| Some(text.to_owned());
    assert_eq!(check("fr", &expecting, &keep), (Status::Genuine, String::new(), 1));
    assert_eq!(check("zh+en", &expecting, &keep), (Status::Genuine, String::new(), 2));

    let swapped = "its attached credential `credential-fr-FR.jwt` is for another certificate, 2025-01-0099";
    assert_eq!(check("fr", &keys, &replace(&other)), (Status::Altered, swapped.into(), 0));
    let (status, reason, _) = check("fr", &keys, &replace(&foreign));
    assert_eq!(
        (status, reason.as_str()),
        (Status::UnknownIssuer, "no key in the key set has signed its attached credential `credential-fr-FR.jwt`")
    );
    let (status, reason, _) = check("fr", &keys, &replace(&chinese));
    assert_eq!(
        (status, reason.as_str()),
        (
            Status::Altered,
            "the page does not print the city that its credential `credential-fr-FR.jwt` states, “北京市”"
        )
    );
    let (status, reason, _) = check("fr", &keys, &replace("no token"));
    assert_eq!(
        (status, reason.as_str()),
        (Status::Altered, "its attached file `credential-fr-FR.jwt` is damaged, or is not a credential")
    );
    let change = |name: &str, text: &str| {
        Some(if is_credential(name) { format!("{}AAAA", &text[..text.len() - 4]) } else { text.to_owned() })
    };
    let (status, reason, _) = check("fr", &keys, &change);
    assert_eq!(
        (status, reason.as_str()),
        (Status::Altered, "its attached credential `credential-fr-FR.jwt` was changed after it was signed")
    );
    // Who removes it is found out if the issuer has said that there is one, or if another language has one.
    let remove = |name: &str, text: &str| (!is_credential(name)).then(|| text.to_owned());
    assert_eq!(check("fr", &keys, &remove).0, Status::Genuine);
    let (status, reason, _) = check("fr", &expecting, &remove);
    assert_eq!(status, Status::Altered);
    assert_contains(&reason, &["it has no credential, and this issuer attaches one"]);
    let remove_one = |name: &str, text: &str| (name != "credential-en-US.jwt").then(|| text.to_owned());
    let (status, reason, _) = check("zh+en", &keys, &remove_one);
    assert_eq!(status, Status::Altered);
    assert_contains(&reason, &["it has no credential in the language en-US"]);
    // A code that nobody signed stays what it is.
    assert_eq!(check("fr", &key_set(OTHER_SEED), &keep).0, Status::UnknownIssuer);
}

/// A second file of the same name, to which only an annotation leads.
#[test]
fn no_attached_credential_stays_unseen() {
    let other = other_serial();
    build_signed(&other, "fr");
    let other = Document::load_mem(&other.read_bytes("out/fr/certificate-beijing.pdf")).unwrap();
    let (_, token) = attached_files(&other).into_iter().find(|(name, _)| is_credential(name)).unwrap();
    let mut pdf = Document::load_mem(&with_attached("fr", |_, text| Some(text.to_owned()))).unwrap();
    let file = pdf.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, token.into_bytes()));
    let specification = dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("credential-fr-FR.jwt"), "EF" => dictionary! { "F" => file },
    };
    pdf.add_object(dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => specification });
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let found = verify(&bytes, &key_set(SEED), &locales());
    assert_eq!(found[0].status, Status::Altered, "{found:?}");
    assert_contains(&found[0].reason, &["is for another certificate, 2025-01-0099"]);
}

#[test]
fn a_credential_is_checked_as_a_file_in_a_folder_and_on_standard_input() {
    let project = issuer(|p| p);
    let arguments = ["-q", "-l", "fr,zh+en", "-r", "certificate", "--sign", "./issuer.pem", "--credential-only"];
    assert_eq!(run(&project, &arguments).2, 0);
    assert_eq!(run(&project, &["keys", "publish", "out", "./issuer.pem"]).2, 0);
    // The status list in the same folder is no credential.
    let (answers, code) = verify_json(&project, &["out"]);
    assert_eq!((answers.len(), code), (3, 0), "{answers:?}");
    assert_eq!(answers[0]["claim"]["serial"], "2025-01-0001");
    assert_eq!(answers[0]["claim"]["programme"], Json::Null, "only a code states it");
    assert_eq!(answers[0]["credentials"][0]["language"], "fr-FR");
    assert_eq!(answers[0]["compared"], json!(["signature"]));
    let (stdout, _, code) = run(&project, &["verify", "out/fr/certificate-beijing.jwt", "--keys", "keys.json"]);
    assert_eq!(
        (code, stdout.as_str()),
        (
            0,
            "out/fr/certificate-beijing.jwt: genuine: 2025-01-0001, Beijing, certificate, edition 1, 2025-11-28 (compared: signature)\n"
        )
    );
    let token = token("fr");
    let (stdout, code) = verify_standard_input(&project, token.as_bytes());
    assert_eq!((code, stdout.starts_with("-: genuine: 2025-01-0001, Beijing")), (0, true), "{stdout}");
    let (answers, code) = verify_json(&project, &[&token]);
    assert_eq!((&answers[0]["status"], code), (&"genuine".into(), 0), "{answers:?}");
    // Signed with the same key, and something else.
    let (answers, code) = verify_json(&project, &["out/status.jwt"]);
    assert_eq!((&answers[0]["status"], code), (&"unreadable".into(), 1), "{answers:?}");
    let (stdout, code) = verify_standard_input(&project, &token.as_bytes()[..token.len() - 1]);
    assert_eq!(code, 1, "{stdout}");
}

/// Signs a changed payload with the key of the issuer.
fn sign_changed(token: &str, change: impl FnOnce(&mut Json)) -> String {
    let mut parts = token.split('.');
    let header = parts.next().unwrap();
    let mut payload = decode(parts.next().unwrap());
    change(&mut payload);
    let signed = format!("{header}.{}", BASE64URL_NOPAD.encode(payload.to_string().as_bytes()));
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&signer(SEED).sign(signed.as_bytes()).unwrap()))
}

/// Nobody but the issuer can sign it, but a token that contradicts itself is read in different ways by different programs.
#[test]
fn a_credential_that_contradicts_itself_is_refused() {
    let (token, keys) = (token("fr"), key_set(SEED));
    assert!(credential::read(&sign_changed(&token, |_| {}), &keys).is_ok());
    for (key, value) in [
        ("jti", json!("https://example.org/C/2025-01-0002")),
        ("nbf", json!(1)),
        ("iss", json!("https://example.com/")),
        ("awardedDate", json!("2025-11-29T00:00:00Z")),
        ("validUntil", json!("tomorrow")),
        ("type", json!(["VerifiableCredential"])),
        ("credentialSubject", json!({})),
        ("credentialStatus", json!({})),
    ] {
        let changed = sign_changed(&token, |payload| payload[key] = value);
        assert_eq!(credential::read(&changed, &keys), Err(CredentialError::Malformed), "{key}");
    }
    for (key, value) in [("statusListIndex", "7"), ("statusPurpose", "suspension")] {
        let changed = sign_changed(&token, |payload| payload["credentialStatus"][key] = value.into());
        assert_eq!(credential::read(&changed, &keys), Err(CredentialError::Malformed), "{key}");
    }
    // Credentials of earlier versions name no status list.
    let earlier = sign_changed(&token, |payload| drop(payload.as_object_mut().unwrap().remove("credentialStatus")));
    assert_eq!(credential::read(&earlier, &keys).map(|credential| credential.status_list), Ok(None));
}

#[test]
fn a_credential_is_revoked_superseded_or_expired_as_its_certificate_is() {
    let edition = ["  published: 2025-12-08\n", "  published: 2025-12-08\n  expires: 2028-11-28\n"];
    let project = issuer(|p| p.edit(RESULTS_FILE, edition[0], edition[1]));
    build_signed(&project, "fr");
    assert_eq!(
        run(&project, &["-q", "-l", "fr", "-r", "certificate", "--sign", "./issuer.pem", "--credential-only"]).2,
        0
    );
    let check = |arguments: &[&str]| {
        let inputs = ["out/fr/certificate-beijing.jwt", "out/fr/certificate-beijing.pdf"];
        let answers = verify_json(&project, &[&inputs[..], arguments].concat()).0;
        let statuses: Vec<_> = answers.iter().map(|answer| answer["status"].as_str().unwrap().to_owned()).collect();
        (statuses, answers[0]["reason"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(check(&["--date", "2028-11-28"]).0, ["genuine", "genuine"]);
    assert_eq!(check(&["--date", "2028-11-29"]).0, ["expired", "expired"]);
    let revoke = ["revoke", "2025-01-0001", "--reason", "wrong", "--date", "2026-01-15"];
    assert_eq!(run(&project, &revoke).2, 0);
    assert_eq!(run(&project, &["keys", "publish", "site", "./issuer.pem"]).2, 0);
    let (statuses, reason) = check(&["--status", "site/status.jwt", "--date", "2026-01-16"]);
    assert_eq!(
        (statuses, reason.as_str()),
        (vec!["revoked".to_owned(), "revoked".to_owned()], "2025-01-0001 was revoked on 2026-01-15: wrong")
    );
    // The list of another site that is signed with a key of the key set: nothing in it is about this certificate.
    let project_of_other_site = issuer(|p| p.edit(RESULTS_FILE, "https://example.org/C/", "https://example.net/C/"));
    let site = project.path().join("other");
    let publish = ["keys", "publish", site.to_str().unwrap(), "./issuer.pem"];
    assert_eq!(run(&project_of_other_site, &publish).2, 0);
    let (statuses, reason) = check(&["--status", "other/status.jwt", "--date", "2026-01-16"]);
    assert_eq!(
        (statuses, reason.as_str()),
        (
            vec!["validity-unknown".to_owned(), "validity-unknown".to_owned()],
            "2025-01-0001 is to be looked up in another status list, https://example.org/status.jwt: the given one is \
         https://example.net/status.jwt"
        )
    );
}

#[test]
fn keys_publish_says_which_reports_have_credentials() {
    let project = issuer(|p| p);
    assert_eq!(run(&project, &["keys", "publish", "site", "./issuer.pem"]).2, 0);
    let keys: Json = serde_json::from_str(&project.read("site/keys.json")).unwrap();
    assert_eq!(keys["credentials"], json!(["certificate"]));
    let project = issuer(|p| p.edit(CERTIFICATE, "    credential: {{credential}},\n", ""));
    assert_eq!(run(&project, &["keys", "publish", "site", "./issuer.pem"]).2, 0);
    let keys: Json = serde_json::from_str(&project.read("site/keys.json")).unwrap();
    assert_eq!(keys["credentials"], json!([]));
}

/// The code and the page prove the facts without a credential, so the answer stays; but nobody knows whether there was one.
#[test]
fn a_key_set_without_a_list_of_credentials_is_remarked_on() {
    let project = issuer(|p| p.edit(CERTIFICATE, "    credential: {{credential}},\n", ""));
    build_signed(&project, "fr");
    let verify = ["verify", "out/fr/certificate-beijing.pdf", "--keys"];
    let (stdout, stderr, code) = run(&project, &[&verify[..], &["keys.json"]].concat());
    assert_eq!(code, 0, "{stdout}");
    assert_contains(&stdout, &["(compared: signature, serial number, city, date)"]);
    assert_contains(&stderr, &["the key set does not say which certificates have credentials"]);
    // The newest key set says that there are none.
    assert_eq!(run(&project, &["keys", "publish", "site", "./issuer.pem"]).2, 0);
    let (_, stderr, code) = run(&project, &[&verify[..], &["site/keys.json"]].concat());
    assert!(code == 0 && !stderr.contains("credential"), "{stderr}");
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
