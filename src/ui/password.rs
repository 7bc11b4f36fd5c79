//! Passwords of keys: from a file, from the environment, or asked for at the terminal.

use std::fs;
use std::io::{IsTerminal, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::reason;
use crate::trust::key::check_is_private;
use crate::trust::{KeyFiles, Signer};

const PASSWORD_VARIABLE: &str = "GEN_REPORT_KEY_PASSWORD";
const PKCS12_VARIABLE: &str = "GEN_REPORT_PKCS12_PASSWORD";

/// The largest file that is read for a password, in bytes.
const MAX_PASSWORD: u64 = 4096;

/// Reads the key for codes. Also returns its password, which opens the key for seals too. `file` has the password in its first
/// line.
pub fn read_signer(files: &KeyFiles, file: Option<&Path>) -> Result<(Signer, Zeroizing<String>)> {
    let mut entered = Zeroizing::<String>::default();
    // Asks for the password once the file is known to be a key.
    let signer = Signer::read(files.codes(), || {
        let password = match find_password(file, PASSWORD_VARIABLE)? {
            Some(password) => password,
            None => ask_for_key(&format!("password of {}: ", files.codes().display()))?,
        };
        entered.clone_from(&password);
        Ok(password)
    })?;
    Ok((signer, entered))
}

/// Returns the password of a new key, which is asked for twice.
pub fn new_password(file: Option<&Path>) -> Result<Zeroizing<String>> {
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
pub fn import_password(path: &Path, file: Option<&Path>) -> Result<Zeroizing<String>> {
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
