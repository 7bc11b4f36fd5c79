//! Passwords of keys and PINs of tokens: from a file, from the environment, or asked for at the terminal.

use std::cell::RefCell;
use std::fs;
use std::io::{IsTerminal, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::reason;
use crate::trust::hardware::KeyUri;
use crate::trust::key::check_is_private;
use crate::trust::{KeyFiles, Secrets, Signer};

const PASSWORD_VARIABLE: &str = "GEN_REPORT_KEY_PASSWORD";
const PIN_VARIABLE: &str = "GEN_REPORT_KEY_PIN";
const PKCS12_VARIABLE: &str = "GEN_REPORT_PKCS12_PASSWORD";

/// The largest file that is read for a password, in bytes.
const MAX_PASSWORD: u64 = 4096;

/// The password of the keys of an issuer, and the PINs of its tokens, each asked for once.
pub struct EnteredSecrets<'a> {
    /// Has the password in its first line.
    file: Option<&'a Path>,
    password: RefCell<Option<Zeroizing<String>>>,
    /// With the address for which each was asked.
    pins: RefCell<Vec<(KeyUri, Zeroizing<String>)>>,
}

impl<'a> EnteredSecrets<'a> {
    pub fn new(file: Option<&'a Path>) -> Self {
        Self { file, password: RefCell::default(), pins: RefCell::default() }
    }

    /// Returns the secrets of keys that do not exist yet. Their password is asked for twice, if it is needed.
    pub fn for_new_keys(file: Option<&'a Path>, needs_password: bool) -> Result<Self> {
        let password = if needs_password { Some(ask_new_password(file)?) } else { None };
        Ok(Self { password: RefCell::new(password), ..Self::new(file) })
    }
}

impl Secrets for EnteredSecrets<'_> {
    fn password(&self, path: &Path) -> Result<Zeroizing<String>> {
        if let Some(known) = &*self.password.borrow() {
            return Ok(known.clone());
        }
        let password = match find_password(self.file, PASSWORD_VARIABLE)? {
            Some(password) => password,
            None => ask_for_key(&format!("password of {}: ", path.display()))?,
        };
        Ok(self.password.borrow_mut().insert(password).clone())
    }

    fn pin(&self, uri: &KeyUri) -> Result<Zeroizing<String>> {
        let is_same = |(known, _): &&(KeyUri, _)| known.token == uri.token && known.module == uri.module;
        if let Some((_, pin)) = self.pins.borrow().iter().find(is_same) {
            return Ok(pin.clone());
        }
        let pin = match find_password(uri.pin_source.as_deref(), PIN_VARIABLE)? {
            Some(pin) => pin,
            None => ask(&format!("PIN of the token with the key {}: ", uri.name()), PIN_VARIABLE, "pin-source")?,
        };
        self.pins.borrow_mut().push((uri.clone(), pin.clone()));
        Ok(pin)
    }
}

/// Reads the key for codes.
pub fn read_signer(files: &KeyFiles, secrets: &EnteredSecrets<'_>) -> Result<Signer> {
    Signer::read(files.code_key_path(), secrets)
}

/// Returns the password of a new key, which is asked for twice.
fn ask_new_password(file: Option<&Path>) -> Result<Zeroizing<String>> {
    let password = match find_password(file, PASSWORD_VARIABLE)? {
        Some(password) => password,
        None => {
            let password = ask_for_key("password for the new key: ")?;
            if password != ask_for_key("the same password again: ")? {
                return Err(Diagnostic::error(code::PASSWORD, "the two passwords differ").help("run again"));
            }
            password
        }
    };
    match password.is_empty() {
        true => Err(Diagnostic::error(code::PASSWORD, "the password is empty")
            .help("choose one that nobody can guess, for example several random words")),
        false => Ok(password),
    }
}

/// Returns the password of a file with a key to import.
pub fn ask_import_password(path: &Path, file: Option<&Path>) -> Result<Zeroizing<String>> {
    match find_password(file, PKCS12_VARIABLE)? {
        Some(password) => Ok(password),
        None => ask(&format!("password of {}: ", path.display()), PKCS12_VARIABLE, "--pkcs12-password-file"),
    }
}

/// Returns the password from a file, or from an environment variable.
#[expect(
    clippy::disallowed_methods,
    reason = "a password is not an input of a document, and a file may be less private"
)]
fn find_password(file: Option<&Path>, variable: &str) -> Result<Option<Zeroizing<String>>> {
    let Some(path) = file else {
        return Ok(std::env::var(variable).ok().map(Zeroizing::new));
    };
    let unreadable = |error: std::io::Error| {
        let message = format!("the password file `{}` cannot be read: {}", path.display(), reason(&error));
        Diagnostic::error(code::PASSWORD, message).help("name a text file whose first line is the password")
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    check_is_private(path, &file)?;
    let mut text = Zeroizing::new(String::new());
    file.take(MAX_PASSWORD).read_to_string(&mut text).map_err(unreadable)?;
    Ok(Some(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())))
}

fn ask_for_key(question: &str) -> Result<Zeroizing<String>> {
    ask(question, PASSWORD_VARIABLE, "--password-file")
}

/// Asks for a password at the terminal. It could also be given by an environment variable, or by an option that names a file.
fn ask(question: &str, variable: &str, option: &str) -> Result<Zeroizing<String>> {
    let problem = |message: String| {
        Diagnostic::error(code::PASSWORD, message).help(format!("set {variable}, or name a file with {option}"))
    };
    if !std::io::stdin().is_terminal() {
        return Err(problem("the key needs a password, and there is no terminal to ask for it".to_owned()));
    }
    rpassword::prompt_password(question)
        .map(Zeroizing::new)
        .map_err(|error| problem(format!("the password cannot be read: {}", reason(&error))))
}
