//! The files of an issuer's keys: the key for codes and credentials, the key for seals, and the certificate of the latter.
//! They lie side by side, and one password opens both keys.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::claim::SECONDS_PER_DAY;
use super::hardware::KeyUri;
use super::key::{KeyLocation, check_is_private, key_error, random};
use super::seal::certificate::{self, Chain, MAX_HOLDER};
use super::seal::pem::{
    MAX_CERTIFICATE_FILE, certificate_file_error, parse_certificates, read_certificate_file, read_certificates,
};
use super::seal::{SealAlgorithm, SealKey, format_day, key_pem, pkcs12};
use super::{Secrets, Signer, write_public_file};
use crate::clock::now;
use crate::diagnostic::{Diagnostic, Result, code};

/// How long the certificate of a new key is valid, in seconds.
const VALIDITY: u64 = 10 * 36525 / 100 * DAY;
const DAY: u64 = SECONDS_PER_DAY.unsigned_abs();

/// The keys of a new issuer.
pub struct NewKeys {
    /// The address of the key for codes in hardware; `None` makes one.
    pub codes: Option<KeyUri>,
    pub seal: NewSealKey,
}

impl NewKeys {
    /// Returns whether the files contain a secret: not if both keys are in hardware.
    pub fn need_password(&self) -> bool {
        !matches!(self, Self { seal: NewSealKey::Hardware(_), codes: Some(_) })
    }
}

/// The key for seals of a new issuer.
pub enum NewSealKey {
    Generated(SealAlgorithm),
    /// It is in hardware already.
    Hardware(Box<KeyUri>),
}

/// The paths of an issuer's keys.
pub struct KeyFiles {
    code_key: PathBuf,
}

impl KeyFiles {
    pub fn at(location: &KeyLocation) -> Result<Self> {
        Ok(Self { code_key: location.path()? })
    }

    /// Returns the path of the key for codes and credentials.
    pub fn code_key_path(&self) -> &Path {
        &self.code_key
    }

    /// Returns the path of the key for seals.
    pub fn seal_key_path(&self) -> PathBuf {
        self.code_key.with_extension("seal.pem")
    }

    /// Returns the path of the certificate of the key for seals.
    pub fn certificate_path(&self) -> PathBuf {
        self.code_key.with_extension("crt")
    }

    /// Returns an error if one of the files exists.
    pub fn check_do_not_exist(&self) -> Result<()> {
        match [&self.code_key, &self.seal_key_path(), &self.certificate_path()].into_iter().find(|path| path.exists()) {
            Some(path) => Err(key_error(path, "exists").help("choose another name: a lost key cannot be made again")),
            None => Ok(()),
        }
    }

    /// Makes both keys, and a certificate that the key for seals has signed for itself. `holder` is the name of the organisation,
    /// by default that of the key.
    pub fn create(&self, holder: Option<&str>, keys: &NewKeys, secrets: &dyn Secrets) -> Result<Signer> {
        self.check_do_not_exist()?;
        let name = self.code_key.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let seal_key = match &keys.seal {
            NewSealKey::Generated(algorithm) => SealKey::generate(*algorithm)?,
            NewSealKey::Hardware(uri) => SealKey::open(uri, || secrets.pin(uri))?,
        };
        let chain = certify(&seal_key, holder.unwrap_or(&name).trim())?;
        let signer = match &keys.codes {
            None => Signer::generate()?,
            Some(uri) => Signer::open(uri, || secrets.pin(uri))?,
        };
        let password = match keys.need_password() {
            true => secrets.password(&self.code_key)?,
            false => Zeroizing::default(),
        };
        let password = password.as_str();
        // If there is a key by now, it is that of another run.
        seal_key.write(&self.seal_key_path(), password)?;
        let write_others = || {
            write_public_file(&self.certificate_path(), chain.to_pem().as_bytes())?;
            signer.write(&self.code_key, password)
        };
        write_others().inspect_err(|_| {
            // With one of the files, a second try would be refused.
            let _ = std::fs::remove_file(self.seal_key_path());
            let _ = std::fs::remove_file(self.certificate_path());
        })?;
        Ok(signer)
    }

    /// Reads the certificate of the key for seals, with those of the authorities above it; `None` if there is no such key.
    pub fn read_chain(&self) -> Result<Option<Chain>> {
        let (seal, certificate) = (self.seal_key_path(), self.certificate_path());
        match (seal.exists(), certificate.exists()) {
            (false, false) => Ok(None),
            (false, true) => Err(key_error(&seal, "is missing").help("restore it from its copy")),
            (true, _) => {
                let chain = Chain::from_der(read_certificates(&certificate)?);
                chain.map(Some).ok_or_else(|| {
                    certificate_file_error(&certificate, "has too many certificates")
                        .help("import the certificate again, with only those of the authorities above it")
                })
            }
        }
    }

    /// Reads the key for seals and its certificates; `None` if there is no such key.
    pub fn read_seal(&self, secrets: &dyn Secrets) -> Result<Option<(SealKey, Chain)>> {
        let Some(chain) = self.read_chain()? else { return Ok(None) };
        let key = SealKey::read(&self.seal_key_path(), secrets)?;
        Ok(Some((key, chain)))
    }

    fn read_existing_seal(&self, secrets: &dyn Secrets) -> Result<(SealKey, Chain)> {
        let missing =
            || key_error(&self.seal_key_path(), "does not exist").help("make a new key: this one is for codes only");
        self.read_seal(secrets)?.ok_or_else(missing)
    }

    /// Returns a request to an authority for a certificate of the key for seals, in PEM (PKCS#10, RFC 2986).
    pub fn request_certificate(&self, secrets: &dyn Secrets) -> Result<String> {
        let (key, chain) = self.read_existing_seal(secrets)?;
        certificate::request(&key, &chain)?
            .ok_or_else(|| certificate_file_error(&self.certificate_path(), "is damaged"))
    }

    /// Replaces the certificate of the key for seals by the one that an authority has issued for it.
    pub fn import_certificate(&self, import: &Import, secrets: &dyn Secrets) -> Result<Chain> {
        let given = parse_certificates(&import.path, &import.bytes)?;
        let (key, _) = self.read_existing_seal(secrets)?;
        let help = || format!("import the answer to `gen-report keys request {}`", self.code_key.display());
        self.write_chain(import.chain_for(&key, &given, help)?)
    }

    /// Takes a key for seals with its certificate from a file, which `import_password` opens.
    pub fn import_key(&self, import: &Import, import_password: &str, secrets: &dyn Secrets) -> Result<Chain> {
        let contents = import.read_key(import_password)?;
        let help = || "ask the authority for a file with the certificate of its key".to_owned();
        let chain = import.chain_for(&contents.key, &contents.certificates, help)?;
        self.keep_seal_key(&contents.key, &secrets.password(&self.code_key)?, secrets)?;
        self.write_chain(chain)
    }

    /// Takes a key for seals in hardware, with its certificate from a file.
    pub fn import_hardware_key(&self, import: &Import, uri: &KeyUri, secrets: &dyn Secrets) -> Result<Chain> {
        let given = parse_certificates(&import.path, &import.bytes)?;
        let key = SealKey::open(uri, || secrets.pin(uri))?;
        let help = || "name the certificate that the authority has issued for the key in the token".to_owned();
        let chain = import.chain_for(&key, &given, help)?;
        self.keep_seal_key(&key, "", secrets)?;
        self.write_chain(chain)
    }

    /// Writes an imported key for seals. An existing one stays if it is the same; another one is an error.
    fn keep_seal_key(&self, key: &SealKey, password: &str, secrets: &dyn Secrets) -> Result<()> {
        let seal = self.seal_key_path();
        if !seal.exists() {
            return key.write(&seal, password);
        }
        let known = SealKey::read(&seal, secrets)?;
        if known.public_key() == key.public_key() {
            return Ok(());
        }
        Err(key_error(&seal, "is another key for seals, and is not replaced").help(format!(
            "move `{}` and `{}` to another folder, then import again",
            seal.display(),
            self.certificate_path().display()
        )))
    }

    fn write_chain(&self, chain: Chain) -> Result<Chain> {
        write_public_file(&self.certificate_path(), chain.to_pem().as_bytes())?;
        Ok(chain)
    }
}

/// Returns a certificate that a new key has signed for itself, from today on.
fn certify(key: &SealKey, holder: &str) -> Result<Chain> {
    let length = holder.chars().count();
    if length == 0 || length > MAX_HOLDER || holder.contains(char::is_control) {
        let message = format!("`{holder}` cannot be the name on a certificate");
        return Err(Diagnostic::error(code::CERTIFICATE, message)
            .help(format!("give a name of at most {MAX_HOLDER} characters with --holder")));
    }
    let today = now() / DAY * DAY;
    let mut serial = [0; 16];
    serial.iter_mut().zip(random()?.iter()).for_each(|(byte, random)| *byte = *random);
    certificate::self_signed(key, holder, serial, (today, today + VALIDITY))?.ok_or_else(|| {
        Diagnostic::error(code::CERTIFICATE, "the certificate cannot be written").help("choose another name")
    })
}

/// A file that an authority has issued: certificates in PEM, one in DER, or a key with its certificates (PKCS#12, or PKCS#8 in PEM).
pub struct Import {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Import {
    pub fn read(path: &Path) -> Result<Self> {
        let import = Self { path: path.to_owned(), bytes: read_certificate_file(path, MAX_CERTIFICATE_FILE)? };
        if key_pem::has_plain_key(&import.text()) {
            std::fs::File::open(path).map_or(Ok(()), |file| check_is_private(path, &file))?;
        }
        Ok(import)
    }

    pub fn has_key(&self) -> bool {
        pkcs12::is_pkcs12(&self.bytes) || key_pem::has_key(&self.text())
    }

    /// Returns whether the key needs a password.
    pub fn is_encrypted(&self) -> bool {
        pkcs12::is_pkcs12(&self.bytes) || key_pem::is_encrypted(&self.text())
    }

    /// Returns whether this is a file of certificates without that of the authority that issued the last one of a chain. It may be
    /// a root, which nobody needs.
    pub fn lacks_authority(&self, chain: &Chain) -> bool {
        let given = || parse_certificates(&self.path, &self.bytes);
        !self.has_key() && given().is_ok_and(|given| chain.lacks_issuer(&given))
    }

    fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(String::from_utf8_lossy(&self.bytes).into_owned())
    }

    fn read_key(&self, password: &str) -> Result<pkcs12::Contents> {
        match pkcs12::is_pkcs12(&self.bytes) {
            true => pkcs12::read(&self.bytes, password).map_err(|problem| self.key_problem("PKCS#12 file", problem)),
            false => key_pem::read(&self.text(), password).map_err(|problem| self.key_problem("PEM file", problem)),
        }
    }

    /// Returns the chain of a key from certificates of this file. `help` says what to do if none belongs to the key.
    fn chain_for(&self, key: &SealKey, given: &[Vec<u8>], help: impl FnOnce() -> String) -> Result<Chain> {
        let shown = self.path.display();
        let error = |message: String| Diagnostic::error(code::CERTIFICATE, message);
        let chain = Chain::for_key(key, given)
            .ok_or_else(|| error(format!("no certificate in `{shown}` belongs to the key for seals")).help(help()))?;
        if !chain.permits_signatures() {
            return Err(error(format!("the certificate in `{shown}` is not for signatures of documents"))
                .help("ask the authority for a certificate with the key usage digitalSignature or nonRepudiation"));
        }
        match chain.validity().filter(|(_, until)| *until < now()) {
            Some((_, until)) => {
                Err(error(format!("the certificate in `{shown}` was valid until {}", format_day(until)))
                    .note("nobody would accept a seal that is made after that day")
                    .help("ask the authority for a new one: `gen-report keys request` makes the request"))
            }
            None => Ok(chain),
        }
    }

    /// Returns the error of a file of some kind.
    fn key_problem(&self, kind: &str, problem: pkcs12::Problem) -> Diagnostic {
        use pkcs12::Problem;
        let shown = self.path.display();
        let error = |why: &str, help: &str| {
            Diagnostic::error(code::CERTIFICATE, format!("the {kind} `{shown}` {why}")).help(help.to_owned())
        };
        match problem {
            Problem::WrongPassword => {
                Diagnostic::error(code::PASSWORD, format!("the password does not open the {kind} `{shown}`"))
                    .help("check the password; if it is right, the file is damaged")
            }
            Problem::UnusableKey(problem) => {
                let (why, help) = problem.describe();
                error(&why, &help)
            }
            Problem::OldForm => error(
                "has a key in an older form than PKCS#8",
                "convert the key: openssl pkcs8 -topk8 -in OLD.pem -out NEW.pem",
            ),
            Problem::Damaged => error("is damaged, or of another kind", "name a .p12 or .pfx file, or one in PEM"),
            Problem::OldEncryption => error(
                "is encrypted in an old way, which is not read",
                "encrypt it again: openssl pkcs12 -legacy -in OLD.p12 -nodes | openssl pkcs12 -export -out NEW.p12",
            ),
            Problem::NoKey => error("has no key", "export it with its private key"),
            Problem::SeveralKeys => error("has more than one key", "export the key for seals alone"),
            Problem::NoCertificate => error("has a key and no certificate", "export it with its certificates"),
        }
    }
}
