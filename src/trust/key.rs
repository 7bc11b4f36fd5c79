//! The Ed25519 key of an issuer, and the file that contains it: PKCS#8 in PEM, encrypted with a password.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::pkcs8::KeypairBytes;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Secrets;
use super::hardware::{HardwareKey, HardwareMechanism, KeyUri};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::reason;

/// What precedes an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410, section 4).
const ED25519_KEY_INFO: &[u8] = &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The largest key file that is read, in bytes.
const MAX_FILE: u64 = 64 << 10;

/// The secret key of an issuer. It has no `Debug`, so that no message can contain it.
#[derive(Clone)]
pub struct Signer {
    secret: Secret,
    public: PublicKey,
    /// The header of its credentials, which is the same for all.
    credential_header: OnceLock<String>,
}

#[derive(Clone)]
enum Secret {
    File(Box<SigningKey>),
    Hardware(Arc<HardwareKey>),
}

/// The public key of an issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// Where a key is: a file, or a name in the folder of the user's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    Name(String),
    File(PathBuf),
}

impl FromStr for KeyLocation {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let path = Path::new(text);
        if path.extension().is_some_and(|extension| extension == "pem") || path.components().count() > 1 {
            return Ok(Self::File(path.to_owned()));
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        match text.is_empty() || !text.chars().all(is_name) {
            true => Err("expected the name of a key (letters, digits, `-` and `_`), or a .pem file".to_owned()),
            false => Ok(Self::Name(text.to_owned())),
        }
    }
}

impl KeyLocation {
    /// Returns the path of the key file. A name is a file in the folder of the user's keys.
    pub fn path(&self) -> Result<PathBuf> {
        match (self, keys_folder()) {
            (Self::File(path), _) => Ok(path.clone()),
            (Self::Name(name), Some(folder)) => Ok(folder.join(format!("{name}.pem"))),
            (Self::Name(name), None) => {
                let message =
                    format!("there is no folder for the key `{name}`: neither XDG_CONFIG_HOME nor HOME is set");
                Err(Diagnostic::error(code::KEY, message).help("name the file of the key, as in ./issuer.pem"))
            }
        }
    }
}

/// Returns the folder of the user's keys, if the system has one (XDG Base Directory Specification).
fn keys_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = if cfg!(windows) { variable("APPDATA") } else { variable("HOME").map(|home| home.join(".config")) };
    variable("XDG_CONFIG_HOME").or(home).map(|config| config.join("gen-report").join("keys"))
}

pub fn key_error(path: &Path, why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::error(code::KEY, format!("the key `{}` {why}", path.display()))
}

impl Signer {
    /// Makes a new key from the randomness of the operating system.
    pub fn generate() -> Result<Self> {
        Ok(SigningKey::from_bytes(&*random()?).into())
    }

    /// Reads the key in a file, which nobody but its owner may read, or opens the key in hardware whose address is in the file.
    pub fn read(path: &Path, secrets: &dyn Secrets) -> Result<Self> {
        match KeyFile::read(path)? {
            KeyFile::Hardware(uri) => Self::open(&uri, || secrets.pin(&uri)),
            KeyFile::Encrypted(pem) => {
                let key = decrypt::<SigningKey>(path, &pem, "an Ed25519 key", || secrets.password(path))?;
                Ok(key.into())
            }
        }
    }

    /// Opens a key in hardware.
    pub fn open(uri: &KeyUri, pin: impl FnOnce() -> Result<Zeroizing<String>>) -> Result<Self> {
        Self::from_hardware(HardwareKey::open(uri, pin)?)
    }

    fn from_hardware(key: HardwareKey) -> Result<Self> {
        let public = key.public_key().strip_prefix(ED25519_KEY_INFO).and_then(PublicKey::from_bytes);
        let public = public.ok_or_else(|| {
            let message = format!("the key `{}` is not an Ed25519 key", key.uri().name());
            Diagnostic::error(code::KEY, message)
                .help("make an Ed25519 key in the token, or keep the key for codes in a file")
        })?;
        Ok(Self { secret: Secret::Hardware(key.into()), public, credential_header: OnceLock::new() })
    }

    /// Writes the key to a new file that only its owner can read, and creates its folder. An existing file is an error.
    pub fn write(&self, path: &Path, password: &str) -> Result<()> {
        let key = match &self.secret {
            Secret::File(key) => key,
            Secret::Hardware(key) => return write_private(path, &format!("{}\n", key.uri())),
        };
        // Without the public key, which the older form of PKCS#8 does not have: every program reads that form.
        let pair = KeypairBytes { secret_key: key.to_bytes(), public_key: None };
        let pem = pair
            .to_pkcs8_encrypted_pem(password.as_bytes(), LineEnding::LF)
            .map_err(|error| key_error(path, format_args!("cannot be encrypted: {error}")))?;
        write_private(path, &pem)
    }

    /// Returns the header of the credentials that this key signs. `encode` writes it, the first time.
    pub(super) fn credential_header(&self, encode: impl FnOnce(&PublicKey) -> String) -> &str {
        self.credential_header.get_or_init(|| encode(&self.public_key()))
    }

    pub fn public_key(&self) -> PublicKey {
        self.public.clone()
    }

    /// Signs a message. The same message gets the same signature (RFC 8032).
    ///
    /// # Errors
    /// If a key in hardware cannot sign.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64]> {
        match &self.secret {
            Secret::File(key) => Ok(key.sign(message).to_bytes()),
            Secret::Hardware(key) => {
                let signature = key.sign(HardwareMechanism::Ed25519, message)?;
                signature.try_into().map_err(|_| {
                    let message = format!("the key `{}` makes signatures that are not Ed25519", key.uri().name());
                    Diagnostic::error(code::KEY, message).help("use another token")
                })
            }
        }
    }
}

impl From<SigningKey> for Signer {
    fn from(key: SigningKey) -> Self {
        let public = PublicKey(key.verifying_key());
        Self { secret: Secret::File(key.into()), public, credential_header: OnceLock::new() }
    }
}

/// For the pipe to a worker process, and for nothing else.
impl Serialize for Signer {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match &self.secret {
            Secret::File(key) => {
                let seed = Zeroizing::new(key.to_bytes());
                serializer.serialize_str(&Zeroizing::new(HEXLOWER.encode(seed.as_slice())))
            }
            Secret::Hardware(key) => serializer.serialize_str(&write_hardware_key(key)),
        }
    }
}

impl<'de> Deserialize<'de> for Signer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        if let Some(key) = read_hardware_key(&text) {
            return Self::from_hardware(key).map_err(|problem| serde::de::Error::custom(problem.message));
        }
        let seed = HEXLOWER.decode(text.as_bytes()).ok().and_then(|seed| seed.try_into().ok()).map(Zeroizing::new);
        let seed: Zeroizing<[u8; 32]> = seed.ok_or_else(|| serde::de::Error::custom("not a key"))?;
        Ok(SigningKey::from_bytes(&seed).into())
    }
}

impl PublicKey {
    /// Returns `None` if the bytes are not a public key.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes.try_into().ok()?).ok().filter(|key| !key.is_weak()).map(Self)
    }

    /// Returns the key in base64url, as in a JSON Web Key.
    pub fn encode(&self) -> String {
        BASE64URL_NOPAD.encode(self.0.as_bytes())
    }

    /// Returns the thumbprint of the key (RFC 7638): the SHA-256 of its required members.
    pub fn thumbprint(&self) -> [u8; 32] {
        Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.encode())).into()
    }

    /// Returns the identifier of the key: its thumbprint in base64url.
    pub fn id(&self) -> String {
        BASE64URL_NOPAD.encode(&self.thumbprint())
    }

    /// Returns the key as a JSON Web Key (RFC 7517, RFC 8037).
    pub fn to_jwk(&self) -> Json {
        json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": self.id(), "x": self.encode() })
    }

    /// Returns whether this key made the signature of a message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}

/// Returns 32 random bytes of the operating system.
pub fn random() -> Result<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| {
        Diagnostic::error(code::KEY, format!("the system gives no random numbers: {error}"))
            .help("run again, or on another machine")
    })?;
    Ok(bytes)
}

/// Writes a key in hardware for the pipe to a worker process: its address, its public key, and the PIN of its token.
pub(super) fn write_hardware_key(key: &HardwareKey) -> Zeroizing<String> {
    Zeroizing::new(format!("{}\n{}\n{}", key.uri(), HEXLOWER.encode(key.public_key()), key.pin()))
}

/// Reads what [`write_hardware_key`] has written. Returns `None` for another key.
pub(super) fn read_hardware_key(text: &str) -> Option<HardwareKey> {
    let (uri, rest) = text.split_once('\n')?;
    let (public, pin) = rest.split_once('\n')?;
    let public = HEXLOWER.decode(public.as_bytes()).ok()?;
    HardwareKey::open_later(uri.parse().ok()?, Zeroizing::new(pin.to_owned()), public)
}

/// What a file of a key contains.
pub(super) enum KeyFile {
    /// PKCS#8 in PEM, with a password.
    Encrypted(Zeroizing<String>),
    /// The address of a key in hardware.
    Hardware(KeyUri),
}

impl KeyFile {
    /// Reads a file, which nobody but its owner may read.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = read_private(path)?;
        if text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") {
            return Ok(Self::Encrypted(text));
        }
        if !KeyUri::is_uri(&text) {
            return Err(not_a_key(path));
        }
        let uri = text.trim_end().parse().map_err(|why| {
            key_error(path, format_args!("has an unusable address of a key in hardware: {why}"))
                .help("correct the line in this file")
        })?;
        Ok(Self::Hardware(uri))
    }
}

/// Reads the text in the file of a key, which nobody but its owner may read.
fn read_private(path: &Path) -> Result<Zeroizing<String>> {
    let file = fs::File::open(path).map_err(|error| {
        let help = match error.kind() {
            io::ErrorKind::NotFound => {
                format!("check the name, or make a key with `gen-report keys new {}`", path.display())
            }
            io::ErrorKind::PermissionDenied => "check the permissions of the file".to_owned(),
            _ => "check the path".to_owned(),
        };
        key_error(path, format_args!("cannot be read: {}", reason(&error))).help(help)
    })?;
    check_is_private(path, &file)?;
    let mut text = Zeroizing::new(String::new());
    file.take(MAX_FILE).read_to_string(&mut text).map_err(|_| not_a_key(path))?;
    Ok(text)
}

fn not_a_key(path: &Path) -> Diagnostic {
    key_error(path, "is not an encrypted PKCS#8 key in PEM").help("use a file that `gen-report keys new` has made")
}

/// Decrypts the key in a file. `kind` names the kind of key, with its article.
pub(super) fn decrypt<K: DecodePrivateKey>(
    path: &Path,
    pem: &str,
    kind: &str,
    password: impl FnOnce() -> Result<Zeroizing<String>>,
) -> Result<K> {
    K::from_pkcs8_encrypted_pem(pem, password()?.as_bytes()).map_err(|error| match error {
        pkcs8::Error::EncryptedPrivateKey(_) | pkcs8::Error::Asn1(_) => {
            Diagnostic::error(code::PASSWORD, format!("the password does not open the key `{}`", path.display()))
                .help("check the password; if it is right, the file is damaged: restore it from its copy")
        }
        _ => key_error(path, format_args!("is not {kind}")).help("use a file that `gen-report keys new` has made"),
    })
}

/// Writes a key to a new file that only its owner can read, and creates its folder. An existing file is an error.
pub(super) fn write_private(path: &Path, pem: &str) -> Result<()> {
    let failed = |error: std::io::Error| {
        Diagnostic::error(code::OUTPUT, format!("`{}` cannot be written: {}", path.display(), reason(&error)))
            .help("choose a folder that you may write to")
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_private_folder(folder).map_err(failed)?;
    // A temporary file can be read by its owner only.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(pem.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist_noclobber(path).map(drop).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            key_error(path, "exists").help("choose another name: a lost key cannot be made again")
        }
        _ => failed(error.error),
    })
}

/// Returns an error if others than the owner may read a file. Pipes, as in `--password-file <(…)`, are private already.
pub fn check_is_private(path: &Path, file: &fs::File) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = file.metadata().ok().filter(fs::Metadata::is_file).map_or(0, |data| data.permissions().mode());
        if mode & 0o077 != 0 {
            let message = format!("others can read `{}`: its permissions are {:o}", path.display(), mode & 0o777);
            return Err(Diagnostic::error(code::KEY, message)
                .note("who has the key and its password can sign in your name")
                .help(format!("let only its owner read it: chmod 600 {}", path.display())));
        }
    }
    #[cfg(not(unix))]
    let _ = (path, file);
    Ok(())
}

fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
