//! `gen-report keys`: makes, shows and publishes the keys that sign certificates.

use serde_json::json;

use super::publish;
use crate::cli::{CommonArgs, ImportArgs, KeyArgs, KeysArgs, KeysCommand, NewKeyArgs};
use crate::diagnostic::{Problems, Result};
use crate::exit;
use crate::hash::hex;
use crate::trust::key::PublicKey;
use crate::trust::key_files::{Import, NewKeys, NewSealKey};
use crate::trust::seal::{Chain, format_day};
use crate::trust::{KeyFiles, Signer};
use crate::ui::Console;
use crate::ui::password::{self, EnteredSecrets};

pub fn run(args: &KeysArgs, common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    match &args.command {
        KeysCommand::New(args) => new(args, console)?,
        KeysCommand::Show(args) => {
            let files = KeyFiles::at(&args.key)?;
            let signer = password::read_signer(&files, &EnteredSecrets::new(args.password.file()))?;
            show(&files, &signer, console)?;
        }
        KeysCommand::Request(args) => request(args, console)?,
        KeysCommand::Import(args) => import(args, console)?,
        KeysCommand::Publish(args) => publish::run(args, common, console)?,
    }
    Ok(exit::OK)
}

fn new(args: &NewKeyArgs, console: &Console) -> Result<()> {
    let files = KeyFiles::at(&args.key.key)?;
    files.check_do_not_exist()?;
    let seal = match &args.seal_key {
        Some(uri) => NewSealKey::Hardware(uri.clone().into()),
        None => NewSealKey::Generated(args.seal_algorithm),
    };
    let keys = NewKeys { codes: args.code_key.clone(), seal };
    let secrets = EnteredSecrets::for_new_keys(args.key.password.file(), keys.need_password())?;
    let signer = files.create(args.holder.as_deref(), &keys, &secrets)?;
    show(&files, &signer, console)?;
    if keys.need_password() {
        console.write_remark("keep a copy of these files and their password: neither can be recovered");
    }
    Ok(())
}

/// Prints a certificate signing request.
fn request(args: &KeyArgs, console: &Console) -> Result<()> {
    let files = KeyFiles::at(&args.key)?;
    let pem = files.request_certificate(&EnteredSecrets::new(args.password.file()))?;
    console.write_data(&json!({ "type": "certificate-request", "pem": pem }), pem.trim_end());
    Ok(())
}

/// Imports what an authority has issued: a certificate, or a key with its certificate.
fn import(args: &ImportArgs, console: &Console) -> Result<()> {
    let files = KeyFiles::at(&args.key.key)?;
    let import = Import::read(&args.certificate)?;
    let secrets = EnteredSecrets::new(args.key.password.file());
    // An imported key gets the password that opens this key.
    password::read_signer(&files, &secrets)?;
    let chain = if let Some(uri) = &args.seal_key {
        files.import_hardware_key(&import, uri, &secrets)?
    } else if import.has_key() {
        let password = match import.is_encrypted() {
            true => password::ask_import_password(&args.certificate, args.pkcs12_password_file.as_deref())?,
            false => Default::default(),
        };
        files.import_key(&import, &password, &secrets)?
    } else {
        files.import_certificate(&import, &secrets)?
    };
    show_certificate(&files, &chain, console);
    if import.lacks_authority(&chain) {
        console.write_remark(
            "the file has no certificate of the authority: unless that is a root, put its certificate and yours in one PEM file, and \
             import that",
        );
    }
    Ok(())
}

fn show(files: &KeyFiles, signer: &Signer, console: &Console) -> Result<()> {
    let key: PublicKey = signer.public_key();
    let (id, public, path) = (key.id(), key.encode(), files.code_key_path().display().to_string());
    console.write_data(
        &json!({ "type": "key", "id": id, "public-key": public, "path": path }),
        &format!("key         {id}\npublic key  {public}\nfile        {path}"),
    );
    files.read_chain()?.iter().for_each(|chain| show_certificate(files, chain, console));
    Ok(())
}

/// Prints what PDF readers will show about a seal.
fn show_certificate(files: &KeyFiles, chain: &Chain, console: &Console) {
    let holder: String = chain.holder().chars().filter(|c| !c.is_control()).collect();
    let (from, until) = chain.validity().map(|(from, until)| (format_day(from), format_day(until))).unwrap_or_default();
    let fingerprint = hex(&chain.fingerprint());
    let (key_path, path) =
        (files.seal_key_path().display().to_string(), files.certificate_path().display().to_string());
    console.write_data(
        &json!({
            "type": "certificate", "holder": holder, "valid-from": from, "valid-until": until, "sha256": fingerprint,
            "certificates": chain.certificates().len(), "path": path, "key-path": key_path,
        }),
        &format!("seal of     {holder}, {from} to {until}\ncertificate {fingerprint}\nfile        {path}\nkey         {key_path}"),
    );
}
