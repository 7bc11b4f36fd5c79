//! `gen-report keys`: makes, shows and publishes the keys that sign certificates.

use std::fs;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use serde_json::json;
use zeroize::Zeroizing;

use super::{publish, seal};
#[cfg(feature = "print")]
use crate::cli::SignArgs;
use crate::cli::{CommonArgs, KeysArgs, KeysCommand, NewKeyArgs, PasswordArgs};
use crate::diagnostic::{Diagnostic, Problems, Result, code};
use crate::exit;
use crate::project::reason;
use crate::trust::Signer;
use crate::trust::key::{KeyLocation, PublicKey, check_is_private};
use crate::ui::Console;

const PASSWORD_VARIABLE: &str = "GEN_REPORT_KEY_PASSWORD";
const PKCS12_VARIABLE: &str = "GEN_REPORT_PKCS12_PASSWORD";

/// The largest file that is read for a password, in bytes.
const MAX_PASSWORD: u64 = 4096;

pub fn run(args: &KeysArgs, common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    match &args.command {
        KeysCommand::New(NewKeyArgs { key: args, holder }) => {
            let path = path_of(&args.key)?;
            if path.exists() {
                let message = format!("the key `{}` exists", path.display());
                return Err(Diagnostic::error(code::KEY, message)
                    .help("choose another name: a lost key cannot be made again")
                    .into());
            }
            let password = new_password(&args.password)?;
            let signer = Signer::generate()?;
            seal::make(&path, holder.as_deref(), &password)?;
            signer.write(&path, &password).inspect_err(|_| seal::unmake(&path))?;
            show(&signer.public_key(), &path, console)?;
            console.write_remark("keep a copy of these files and their password: neither can be made again");
        }
        KeysCommand::Show(args) => {
            let path = path_of(&args.key)?;
            show(&read_key(&path, &args.password)?.0.public_key(), &path, console)?;
        }
        KeysCommand::Request(args) => seal::request(args, console)?,
        KeysCommand::Import(args) => seal::import(args, console)?,
        KeysCommand::Publish(args) => {
            let key_path = path_of(&args.key)?;
            let (signer, _) = read_key(&key_path, &args.password)?;
            publish::run(args, &signer, seal::read_chain(&key_path)?, common, console)?;
        }
    }
    Ok(exit::OK)
}

/// Reads the key of `--sign`, for codes only.
#[cfg(feature = "print")]
pub fn read_signer(args: &SignArgs) -> Result<Option<Signer>> {
    args.sign.as_ref().map(|key| Ok(read_key(&path_of(key)?, &args.password)?.0)).transpose()
}

/// Reads a key. Also returns its password, which opens the key of its seals too.
pub fn read_key(path: &Path, args: &PasswordArgs) -> Result<(Signer, Zeroizing<String>)> {
    let mut entered = Zeroizing::<String>::default();
    // Only a file that can be a key is worth asking for its password.
    let signer = Signer::read(path, || {
        let password = match given_password(args)? {
            Some(password) => password,
            None => ask_for_key(&format!("password of {}: ", path.display()))?,
        };
        entered.clone_from(&password);
        Ok(password)
    })?;
    Ok((signer, entered))
}

fn show(key: &PublicKey, path: &Path, console: &Console) -> Result<()> {
    let (id, public, file) = (key.id(), key.encode(), path.display().to_string());
    console.write_data(
        &json!({ "type": "key", "id": id, "public-key": public, "path": file }),
        &format!("key         {id}\npublic key  {public}\nfile        {file}"),
    );
    seal::read_chain(path)?.iter().for_each(|chain| seal::show(path, chain, console));
    Ok(())
}

/// Returns the path of a key. A name is a file in the folder of the user's keys (XDG Base Directory Specification).
pub fn path_of(key: &KeyLocation) -> Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = if cfg!(windows) { variable("APPDATA") } else { variable("HOME").map(|home| home.join(".config")) };
    let folder = variable("XDG_CONFIG_HOME").or(home).map(|config| config.join("gen-report").join("keys"));
    key.path(folder.as_deref())
}

/// Returns the password of a new key, which is asked for twice.
fn new_password(args: &PasswordArgs) -> Result<Zeroizing<String>> {
    let password = match given_password(args)? {
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

/// Returns the password of a PKCS#12 file.
pub fn pkcs12_password(path: &Path, file: Option<&Path>) -> Result<Zeroizing<String>> {
    match find_password(file, PKCS12_VARIABLE)? {
        Some(password) => Ok(password),
        None => ask(&format!("password of {}: ", path.display()), PKCS12_VARIABLE, "--pkcs12-password-file"),
    }
}

/// Returns the password from `--password-file` or the environment.
fn given_password(args: &PasswordArgs) -> Result<Option<Zeroizing<String>>> {
    find_password(args.password_file.as_deref(), PASSWORD_VARIABLE)
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
