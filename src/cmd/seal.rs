//! The seals of `--sign`, and the commands of `gen-report keys` about them.

use std::path::{Path, PathBuf};
#[cfg(feature = "cloud")]
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;
use zeroize::Zeroizing;

use super::keys::{path_of, pkcs12_password, read_key};
#[cfg(feature = "cloud")]
use crate::cli::{BuildArgs, TimeStampArgs};
use crate::cli::{ImportArgs, KeyArgs, SealArgs};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::{read_regular, reason};
use crate::run::LoadedProject;
use crate::store::ArchiveFormat;
use crate::trust::claim::to_days;
use crate::trust::key::{key_error, random};
#[cfg(feature = "cloud")]
use crate::trust::seal::ValidationData;
use crate::trust::seal::certificate::{self, Chain, MAX_HOLDER, read_pem};
#[cfg(feature = "cloud")]
use crate::trust::seal::time_stamp::server::{ServerOptions, TimeStampServer};
use crate::trust::seal::{Seal, SealKey, day, pkcs12};
use crate::trust::write_public_file;
use crate::ui::Console;

/// The largest file with certificates that is read, in bytes.
const MAX_CERTIFICATES: u64 = 1 << 20;

/// The largest file with certificates and revocation lists that is read, in bytes.
#[cfg(feature = "cloud")]
const MAX_VALIDATION_DATA: u64 = 16 << 20;

/// How long the certificate of a new key is valid.
const YEARS: u64 = 10;
const DAY: u64 = 24 * 60 * 60;

/// The standard variable for the time that reproducible builds write, in seconds since 1970.
const TIME_VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// Returns the file of the key for seals that belongs to a key for codes.
fn seal_path(key: &Path) -> PathBuf {
    key.with_extension("seal.pem")
}

/// Returns the file of the certificate that belongs to a key.
fn certificate_path(key: &Path) -> PathBuf {
    key.with_extension("crt")
}

/// Makes the key for seals that belongs to a new key for codes, with a certificate that it has signed for itself.
pub fn make(key: &Path, holder: Option<&str>, password: &str) -> Result<()> {
    let name = key.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let holder = holder.unwrap_or(&name).trim();
    let (seal, certificate) = (seal_path(key), certificate_path(key));
    if let Some(path) = [&seal, &certificate].into_iter().find(|path| path.exists()) {
        return Err(key_error(path, "exists").help("choose another name: a lost key cannot be made again"));
    }
    let length = holder.chars().count();
    if length == 0 || length > MAX_HOLDER || holder.contains(char::is_control) {
        let message = format!("`{holder}` cannot be the name on a certificate");
        return Err(Diagnostic::error(code::CERTIFICATE, message)
            .help(format!("give a name of at most {MAX_HOLDER} characters with --holder")));
    }
    let secret = SealKey::generate()?;
    let today = now() / DAY * DAY;
    let mut serial = [0; 16];
    serial.iter_mut().zip(random()?.iter()).for_each(|(byte, random)| *byte = *random);
    let validity = (today, today + YEARS * 36525 / 100 * DAY);
    let chain = certificate::self_signed(&secret, holder, serial, validity).ok_or_else(|| {
        Diagnostic::error(code::CERTIFICATE, "the certificate cannot be written").help("choose another name")
    })?;
    secret.write(&seal, password)?;
    write_public_file(&certificate, chain.to_pem().as_bytes()).inspect_err(|_| {
        // A key without its certificate would be half of a key.
        let _ = std::fs::remove_file(&seal);
    })
}

/// Removes what [`make`] has written.
pub fn unmake(key: &Path) {
    let _ = std::fs::remove_file(seal_path(key));
    let _ = std::fs::remove_file(certificate_path(key));
}

#[expect(
    clippy::disallowed_methods,
    reason = "the validity of a new certificate begins today; no document depends on it"
)]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map(|time| time.as_secs()).unwrap_or_default()
}

/// Returns the certificate of a key, if it has a key for seals.
pub fn read_chain(key: &Path) -> Result<Option<Chain>> {
    let (seal, path) = (seal_path(key), certificate_path(key));
    match (seal.exists(), path.exists()) {
        (false, false) => Ok(None),
        (false, true) => Err(key_error(&seal, "is missing").help("restore it from its copy")),
        (true, _) => {
            let chain = Chain::from_der(read_certificates(&path)?);
            chain.map(Some).ok_or_else(|| unusable_certificates(&path, "has too many certificates"))
        }
    }
}

/// Reads the certificates in a PEM file.
pub fn read_certificates(path: &Path) -> Result<Vec<Vec<u8>>> {
    parse_certificates(path, &read_certificate_file(path, MAX_CERTIFICATES)?)
}

fn read_certificate_file(path: &Path, limit: u64) -> Result<Vec<u8>> {
    read_regular(path, limit)
        .map_err(|error| unusable_certificates(path, &format!("cannot be read: {}", reason(&error))))
}

fn parse_certificates(path: &Path, bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let found = std::str::from_utf8(bytes).ok().and_then(read_pem);
    found.ok_or_else(|| unusable_certificates(path, "has no certificate in PEM, or a damaged one"))
}

fn unusable_certificates(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error(code::CERTIFICATE, format!("the file of certificates `{}` {why}", path.display()))
        .help("name a text file with `-----BEGIN CERTIFICATE-----`")
}

/// Prints a request for a certificate.
pub fn request(args: &KeyArgs, console: &Console) -> Result<()> {
    let path = path_of(&args.key)?;
    let (key, chain) = read_seal(&path, args)?;
    let pem = certificate::request(&key, &chain)
        .ok_or_else(|| unusable_certificates(&certificate_path(&path), "has no name of a holder"))?;
    console.write_data(&json!({ "type": "certificate-request", "pem": pem }), pem.trim_end());
    Ok(())
}

/// Replaces the certificate of a key, or takes a key for seals with its certificate from a PKCS#12 file.
pub fn import(args: &ImportArgs, console: &Console) -> Result<()> {
    let path = path_of(&args.key.key)?;
    let file = &args.certificate;
    let bytes = read_certificate_file(file, MAX_CERTIFICATES)?;
    let chain = if pkcs12::is_pkcs12(&bytes) {
        let (_, entered) = read_key(&path, &args.key.password)?;
        let password = pkcs12_password(file, args.pkcs12_password_file.as_deref())?;
        let contents = pkcs12::read(&bytes, &password).map_err(|problem| pkcs12_error(file, problem))?;
        let chain = chain_for(&contents.key, &contents.certificates, file, || {
            "ask the authority for a file with the certificate of its key".to_owned()
        })?;
        // The password that has opened the key for codes.
        keep_key(&path, &contents.key, &entered)?;
        chain
    } else {
        let given = parse_certificates(file, &bytes)?;
        let (key, _) = read_seal(&path, &args.key)?;
        chain_for(&key, &given, file, || format!("import the answer to `gen-report keys request {}`", path.display()))?
    };
    write_public_file(&certificate_path(&path), chain.to_pem().as_bytes())?;
    show(&path, &chain, console);
    Ok(())
}

/// Returns the chain of a key from the certificates in a file.
fn chain_for(key: &SealKey, given: &[Vec<u8>], file: &Path, help: impl FnOnce() -> String) -> Result<Chain> {
    let shown = file.display();
    let chain = Chain::for_key(key, given).ok_or_else(|| {
        Diagnostic::error(code::CERTIFICATE, format!("no certificate in `{shown}` belongs to the key for seals"))
            .help(help())
    })?;
    if !chain.permits_signatures() {
        let message = format!("the certificate in `{shown}` is not for signatures of documents");
        return Err(Diagnostic::error(code::CERTIFICATE, message)
            .help("ask the authority for a certificate with the key usage digitalSignature or nonRepudiation"));
    }
    if let Some((_, until)) = chain.validity().filter(|(_, until)| *until < now()) {
        let message = format!("the certificate in `{shown}` was valid until {}", day(until));
        return Err(Diagnostic::error(code::CERTIFICATE, message)
            .note("nobody would accept a seal that is made after that day")
            .help("ask the authority for a new one: `gen-report keys request` makes the request"));
    }
    Ok(chain)
}

/// Writes an imported key for seals, encrypted with the password of the key for codes. An existing one stays if it is the same;
/// another one is an error.
fn keep_key(path: &Path, key: &SealKey, password: &str) -> Result<()> {
    let seal = seal_path(path);
    if !seal.exists() {
        return key.write(&seal, password);
    }
    let known = SealKey::read(&seal, || Ok(Zeroizing::new(password.to_owned())))?;
    if known.public_key() == key.public_key() {
        return Ok(());
    }
    let certificate = certificate_path(path);
    Err(key_error(&seal, "is another key for seals, and is not replaced").help(format!(
        "move `{}` and `{}` to another folder, then import again",
        seal.display(),
        certificate.display()
    )))
}

fn pkcs12_error(path: &Path, problem: pkcs12::Problem) -> Diagnostic {
    use pkcs12::Problem;
    let error = |why: &str, help: &str| {
        Diagnostic::error(code::CERTIFICATE, format!("the PKCS#12 file `{}` {why}", path.display()))
            .help(help.to_owned())
    };
    match problem {
        Problem::WrongPassword => Diagnostic::error(
            code::PASSWORD,
            format!("the password does not open the PKCS#12 file `{}`", path.display()),
        )
        .help("check the password; if it is right, the file is damaged"),
        Problem::Damaged => error("is damaged, or of another kind", "name a .p12 or .pfx file, or one in PEM"),
        Problem::OldEncryption => error(
            "is encrypted in an old way, which is not read",
            "encrypt it again: openssl pkcs12 -legacy -in OLD.p12 -nodes | openssl pkcs12 -export -out NEW.p12",
        ),
        Problem::NoKey => error("has no key", "export it with its private key"),
        Problem::SeveralKeys => error("has more than one key", "export the key for seals alone"),
        Problem::OtherKey => error(
            "has a key of another kind than ECDSA on P-256",
            "ask the authority for a certificate of a P-256 key (secp256r1, prime256v1)",
        ),
        Problem::NoCertificate => error("has a key and no certificate", "export it with its certificates"),
    }
}

/// Prints what PDF readers will show about a seal.
pub fn show(key: &Path, chain: &Chain, console: &Console) {
    let holder: String = chain.holder().chars().filter(|c| !c.is_control()).collect();
    let (from, until) = chain.validity().map(|(from, until)| (day(from), day(until))).unwrap_or_default();
    let (fingerprint, path) = (crate::hash::hex(&chain.fingerprint()), certificate_path(key).display().to_string());
    console.write_data(
        &json!({
            "type": "certificate", "holder": holder, "valid-from": from, "valid-until": until, "sha256": fingerprint,
            "certificates": chain.certificates().len(), "path": path,
        }),
        &format!("seal of     {holder}, {from} to {until}\ncertificate {fingerprint}\nfile        {path}"),
    );
}

fn read_seal(path: &Path, args: &KeyArgs) -> Result<(SealKey, Chain)> {
    let (_, password) = read_key(path, &args.password)?;
    read_seal_with(path, password)?
        .ok_or_else(|| key_error(&seal_path(path), "does not exist").help("make a new key: this one is for codes only"))
}

fn read_seal_with(path: &Path, password: Zeroizing<String>) -> Result<Option<(SealKey, Chain)>> {
    let Some(chain) = read_chain(path)? else { return Ok(None) };
    let key = SealKey::read(&seal_path(path), || Ok(password))?;
    Ok(Some((key, chain)))
}

/// Gives a project the keys of `--sign`, without asking a time-stamp server. Documents that are joined in one PDF get no seal: joining would break it.
pub fn set_signer(project: &mut LoadedProject, args: &SealArgs, archive: Option<ArchiveFormat>) -> Result<()> {
    let Some(key) = &args.sign.sign else { return Ok(()) };
    let path = path_of(key)?;
    let (signer, password) = read_key(&path, &args.sign.password)?;
    project.templates.signer = Some(signer);
    if archive == Some(ArchiveFormat::Pdf) {
        return refuse_time_stamps(args, "a joined PDF has no seal", "write `--archive zip`, or no archive");
    }
    if let Some((key, chain)) = read_seal_with(&path, password)? {
        let published = u64::try_from(to_days(*project.results.edition.published)).unwrap_or_default() * DAY;
        #[cfg_attr(not(feature = "cloud"), expect(unused_mut, reason = "there are no time stamps"))]
        let mut seal = Seal::new(key, chain, args.seal_profile, given_time()?.unwrap_or(published))?;
        #[cfg(feature = "cloud")]
        args.timestamp.iter().for_each(|url| seal.set_time_stamp_address(url.to_string()));
        #[cfg(feature = "cloud")]
        if let Some(path) = &args.validation_data {
            seal.set_validation_data(read_validation_data(path)?);
        }
        #[cfg(feature = "cloud")]
        if args.document_timestamp {
            seal.add_document_time_stamps()?;
        }
        project.seal = Some(seal);
        return Ok(());
    }
    refuse_time_stamps(args, &format!("the key `{}` is for codes only", path.display()), "make a new key")
}

#[cfg(feature = "cloud")]
fn read_validation_data(path: &Path) -> Result<ValidationData> {
    let bytes = read_certificate_file(path, MAX_VALIDATION_DATA)?;
    std::str::from_utf8(&bytes)
        .ok()
        .and_then(ValidationData::from_pem)
        .ok_or_else(|| unusable_certificates(path, "has no certificate in PEM, or a damaged one or revocation list"))
}

/// Returns an error if a run without seals is to have time stamps.
#[cfg_attr(not(feature = "cloud"), expect(unused_variables, reason = "there are no time stamps"))]
fn refuse_time_stamps(args: &SealArgs, why: &str, help: &str) -> Result<()> {
    #[cfg(feature = "cloud")]
    if args.timestamp.is_some() {
        let message = format!("`--timestamp` needs a seal: {why}");
        return Err(Diagnostic::error(code::TIME_STAMP, message).help(help.to_owned()));
    }
    Ok(())
}

/// Gives the seals of a project the time stamps of `--timestamp`, and requests a first one.
#[cfg(feature = "cloud")]
pub fn connect_time_stamps(project: &mut LoadedProject, args: &BuildArgs) -> Result<()> {
    let TimeStampArgs { timestamp_trust, timestamp_policy } = &args.time_stamp;
    let (Some(url), Some(seal)) = (&args.sign.timestamp, &mut project.seal) else { return Ok(()) };
    let roots = timestamp_trust.as_deref().map(read_certificates).transpose()?.unwrap_or_default();
    let options = ServerOptions { policy: *timestamp_policy, roots, patience: args.store.patience };
    seal.connect(Arc::new(TimeStampServer::new(url.clone(), options)?))
}

/// Returns the time of signing that the environment gives.
#[expect(clippy::disallowed_methods, reason = "SOURCE_DATE_EPOCH is how reproducible builds are given a time")]
fn given_time() -> Result<Option<u64>> {
    let Ok(text) = std::env::var(TIME_VARIABLE) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        Diagnostic::error(code::CERTIFICATE, format!("{TIME_VARIABLE} is `{text}`, which is not a number of seconds"))
            .help("set it to seconds since 1970-01-01, or unset it")
    })
}
