//! `gen-report keys`: makes, shows and publishes the keys that sign certificates.

use serde_json::json;

use super::publish;
use crate::cli::{CommonArgs, ImportArgs, KeyArgs, KeysArgs, KeysCommand, NewKeyArgs};
use crate::diagnostic::{Problems, Result};
use crate::exit;
use crate::hash::hex;
use crate::trust::key::PublicKey;
use crate::trust::key_files::Import;
use crate::trust::seal::{Chain, day};
use crate::trust::{KeyFiles, Signer};
use crate::ui::{Console, password};

pub fn run(args: &KeysArgs, common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    match &args.command {
        KeysCommand::New(args) => new(args, console)?,
        KeysCommand::Show(args) => {
            let files = KeyFiles::at(&args.key)?;
            let (signer, _) = password::read_signer(&files, args.password.file())?;
            show(&files, &signer, console)?;
        }
        KeysCommand::Request(args) => request(args, console)?,
        KeysCommand::Import(args) => import(args, console)?,
        KeysCommand::Publish(args) => publish::run(args, common, console)?,
    }
    Ok(exit::OK)
}

fn new(NewKeyArgs { key: args, holder, seal_algorithm }: &NewKeyArgs, console: &Console) -> Result<()> {
    let files = KeyFiles::at(&args.key)?;
    files.check_are_new()?;
    let password = password::new_password(args.password.file())?;
    let signer = files.create(holder.as_deref(), *seal_algorithm, &password)?;
    show(&files, &signer, console)?;
    console.write_remark("keep a copy of these files and their password: neither can be made again");
    Ok(())
}

/// Prints a request for a certificate.
fn request(args: &KeyArgs, console: &Console) -> Result<()> {
    let files = KeyFiles::at(&args.key)?;
    let (_, password) = password::read_signer(&files, args.password.file())?;
    let pem = files.request_certificate(password)?;
    console.write_data(&json!({ "type": "certificate-request", "pem": pem }), pem.trim_end());
    Ok(())
}

/// Takes what an authority has issued.
fn import(args: &ImportArgs, console: &Console) -> Result<()> {
    let files = KeyFiles::at(&args.key.key)?;
    let import = Import::read(&args.certificate)?;
    let (_, key_password) = password::read_signer(&files, args.key.password.file())?;
    let chain = if import.has_key() {
        let password = match import.is_encrypted() {
            true => password::import_password(&args.certificate, args.pkcs12_password_file.as_deref())?,
            false => Default::default(),
        };
        files.import_key(&import, &password, &key_password)?
    } else {
        files.import_certificate(&import, key_password)?
    };
    show_certificate(&files, &chain, console);
    Ok(())
}

fn show(files: &KeyFiles, signer: &Signer, console: &Console) -> Result<()> {
    let key: PublicKey = signer.public_key();
    let (id, public, path) = (key.id(), key.encode(), files.codes().display().to_string());
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
    let (from, until) = chain.validity().map(|(from, until)| (day(from), day(until))).unwrap_or_default();
    let (fingerprint, path) = (hex(&chain.fingerprint()), files.certificate().display().to_string());
    console.write_data(
        &json!({
            "type": "certificate", "holder": holder, "valid-from": from, "valid-until": until, "sha256": fingerprint,
            "certificates": chain.certificates().len(), "path": path,
        }),
        &format!("seal of     {holder}, {from} to {until}\ncertificate {fingerprint}\nfile        {path}"),
    );
}
