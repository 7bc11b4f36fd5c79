//! `gen-report keys`: the file of a key, its password, and the published key set.

use std::fs;
use std::path::Path;

use gen_report::diagnostic::Diagnostic;
use gen_report::trust::hardware::KeyUri;
use gen_report::trust::key_files::{NewKeys, NewSealKey};
use gen_report::trust::seal::key::SealAlgorithm;
use gen_report::trust::{KeyFiles, KeySet, Secrets};
use zeroize::Zeroizing;

use super::{PASSWORD, SEED, issuer, key_set, run, signer};
use crate::support::{ProjectDir, assert_contains};

#[test]
fn a_key_is_made_shown_and_published() {
    let project = ProjectDir::new();
    let (made, stderr, code) = run(&project, &["keys", "new", "./issuer.pem"]);
    assert_eq!(code, 0, "{stderr}");
    let pem = project.read("issuer.pem");
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{pem}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(project.path().join("issuer.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(run(&project, &["keys", "show", "./issuer.pem"]).0, made);
    assert_eq!(
        run(&project, &["keys", "publish", "site", "./issuer.pem"]).0,
        "site/index.html\nsite/status.jwt\nsite/keys.json\n"
    );
    let set: serde_json::Value = serde_json::from_str(&project.read("site/keys.json")).unwrap();
    let key = &set["keys"][0];
    assert_eq!((key["kty"].as_str(), key["crv"].as_str()), (Some("OKP"), Some("Ed25519")));
    assert!(key.get("d").is_none());
    assert_contains(&made, &[key["kid"].as_str().unwrap(), key["x"].as_str().unwrap()]);
}

/// RFC 8037, appendix A: the public key of this secret key, and its thumbprint.
#[test]
fn the_identifier_of_a_key_is_its_thumbprint() {
    let key = signer(SEED).public_key();
    assert_eq!(key.encode(), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assert_eq!(key.id(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn a_name_is_a_file_in_the_folder_of_the_users_keys() {
    let project = ProjectDir::new();
    let config = project.path().join("config");
    let output = super::command(&project).env("XDG_CONFIG_HOME", &config).args(["keys", "new", "issuer"]).output();
    assert!(output.unwrap().status.success());
    assert!(config.join("gen-report/keys/issuer.pem").is_file());
}

#[test]
fn publishing_keeps_the_keys_of_earlier_certificates() {
    let project = issuer(|project| project);
    assert_eq!(run(&project, &["-q", "keys", "new", "./second.pem"]).2, 0);
    for _ in 0..2 {
        assert_contains(&run(&project, &["keys", "publish", ".", "./second.pem"]).1, &["published 2 keys,"]);
    }
    let set: serde_json::Value = serde_json::from_str(&project.read("keys.json")).unwrap();
    let earlier = signer(SEED).public_key().id();
    assert!(set["keys"].as_array().unwrap().iter().any(|key| key["kid"] == earlier.as_str()), "{set}");
}

#[test]
fn a_wrong_password_is_an_error_and_no_password_is_asked_for_without_a_terminal() {
    let project = issuer(|project| project);
    let show = |password: Option<&str>| {
        let mut command = project.command();
        password.map(|password| command.env("GEN_REPORT_KEY_PASSWORD", password));
        let output = command.args(["keys", "show", "./issuer.pem"]).output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.code())
    };
    let (stderr, code) = show(Some("incorrect"));
    assert_eq!(code, Some(1));
    assert!(stderr.starts_with("error[E0902]: the password does not open the key `./issuer.pem`\n"), "{stderr}");
    let (stderr, code) = show(None);
    assert_eq!(code, Some(1));
    assert!(stderr.starts_with("error[E0902]: the key needs a password"), "{stderr}");
    assert_eq!(show(Some(PASSWORD)).1, Some(0));
}

#[test]
fn no_key_is_overwritten_and_no_password_is_empty() {
    let project = issuer(|project| project);
    let before = project.read("issuer.pem");
    let stderr = run(&project, &["keys", "new", "./issuer.pem"]).1;
    assert!(stderr.starts_with("error[E0901]: the key `./issuer.pem` exists\n"), "{stderr}");
    assert_eq!(project.read("issuer.pem"), before);
    let output =
        project.command().env("GEN_REPORT_KEY_PASSWORD", "").args(["keys", "new", "./new.pem"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error[E0902]: the password is empty\n"));
    assert!(!project.path().join("new.pem").exists());
}

#[cfg(unix)]
#[test]
fn a_key_or_a_password_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let project = issuer(|project| project.file("password", format!("{PASSWORD}\n")));
    let set_mode = |file: &str, mode: u32| {
        fs::set_permissions(project.path().join(file), fs::Permissions::from_mode(mode)).unwrap();
    };
    let show = || {
        let arguments = ["keys", "show", "./issuer.pem", "--password-file", "password"];
        let output = project.command().args(arguments).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    set_mode("password", 0o600);
    assert_eq!(show(), "");
    for (file, mode) in [("issuer.pem", 0o640), ("issuer.pem", 0o604), ("password", 0o644)] {
        set_mode(file, mode);
        let stderr = show();
        assert_contains(
            &stderr,
            &["error[E0901]: others can read `", &format!("{mode:o}"), "help: let only its owner read it: chmod 600"],
        );
        set_mode(file, 0o600);
    }
}

#[test]
fn a_file_that_is_not_an_encrypted_key_is_refused() {
    for text in ["", "garbage", "-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----\n"] {
        let project = ProjectDir::new().file("k.pem", text);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(project.path().join("k.pem"), fs::Permissions::from_mode(0o600)).unwrap();
        }
        let stderr = run(&project, &["keys", "show", "./k.pem"]).1;
        assert!(
            stderr.starts_with("error[E0901]: the key `./k.pem` is not an encrypted PKCS#8 key in PEM\n"),
            "{stderr}"
        );
    }
}

#[test]
fn a_key_set_is_read_strictly() {
    let good = key_set(SEED).to_json().to_string();
    assert_eq!(KeySet::parse("keys.json", &good).unwrap(), key_set(SEED));
    for (text, message) in [
        ("", "the key set is not JSON"),
        ("[]", "the key set has no list `keys`"),
        (r#"{"keys": []}"#, "the key set has no Ed25519 key"),
        (r#"{"keys": [{"kty": "RSA", "n": "AQAB"}]}"#, "the key set has no Ed25519 key"),
        (r#"{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AQAB"}]}"#, "`\"AQAB\"` is not a public key"),
        (&good.replace("\"x\"", "\"d\":\"x\",\"x\""), "the key set contains a secret key"),
        // The neutral element signs anything.
        (
            &good.replace("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", &format!("AQ{}", "A".repeat(41))),
            "is not a public key",
        ),
    ] {
        let problem = KeySet::parse("keys.json", text).unwrap_err();
        assert!(problem.message.contains(message), "{text}: {}", problem.message);
    }
}

/// Instead of a key, a file can contain the address of one in hardware. tests/conformance/pkcs11.py uses real ones.
#[test]
fn a_key_in_hardware_needs_its_module() {
    let address = "pkcs11:token=Seals;object=issuer?module-path=/missing.so";
    let project = issuer(|project| project.file("issuer.seal.pem", format!("{address}\n")));
    let project = project.file("wrong.pem", "pkcs11:object=issuer\n");
    #[cfg(unix)]
    for file in ["issuer.seal.pem", "wrong.pem"] {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(project.path().join(file), fs::Permissions::from_mode(0o600)).unwrap();
    }
    let (_, stderr, code) = run(&project, &["keys", "new", "./new.pem", "--seal-key", address]);
    assert_eq!(code, 1);
    #[cfg(feature = "hardware-keys")]
    assert_contains(
        &stderr,
        &[
            "error[E0901]: the PKCS#11 module `/missing.so` cannot be loaded: there is no such file\n",
            "install the driver of the token, and give the file of its PKCS#11 module with module-path",
        ],
    );
    assert!(!project.path().join("new.pem").exists() && !project.path().join("new.crt").exists());
    let stderr = run(&project, &["keys", "show", "./wrong.pem"]).1;
    assert_contains(
        &stderr,
        &["error[E0901]: the key `./wrong.pem` has an unusable address of a key in hardware: the driver is missing"],
    );
    let stderr = run(&project, &["keys", "new", "./new.pem", "--code-key", "pkcs11:?module-path=p&pin-value=4711"]).1;
    assert_contains(&stderr, &["a PIN in an address can be read by everyone: name a file with pin-source"]);
    assert!(!stderr.contains("4711"), "{stderr}");
}

/// A password that somebody enters while another run makes the same key.
struct Slow<'p>(&'p ProjectDir);

impl Secrets for Slow<'_> {
    fn password(&self, _: &Path) -> Result<Zeroizing<String>, Diagnostic> {
        assert_eq!(run(self.0, &["keys", "new", "./new.pem"]).2, 0);
        Ok("other".to_owned().into())
    }

    fn pin(&self, uri: &KeyUri) -> Result<Zeroizing<String>, Diagnostic> {
        panic!("a PIN for {uri}")
    }
}

#[test]
fn two_runs_that_make_the_same_key_leave_the_first() {
    let project = ProjectDir::new();
    let files = KeyFiles::at(&project.path().join("new.pem").display().to_string().parse().unwrap()).unwrap();
    let keys = NewKeys { codes: None, seal: NewSealKey::Generated(SealAlgorithm::EcdsaP256) };
    let problem = files.create(None, &keys, &Slow(&project)).err().unwrap();
    assert!(problem.message.contains("exists"), "{}", problem.message);
    assert_eq!(run(&project, &["keys", "show", "./new.pem"]).2, 0);
}
