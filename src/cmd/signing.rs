//! What `--sign` does in `build`, `merge` and `print`.

#[cfg(feature = "cloud")]
use std::sync::Arc;

use crate::cli::SealArgs;
#[cfg(feature = "print")]
use crate::cli::SignArgs;
#[cfg(feature = "cloud")]
use crate::cli::{BuildArgs, TimeStampArgs};
use crate::clock;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::run::LoadedProject;
use crate::store::ArchiveFormat;
use crate::trust::KeyFiles;
#[cfg(feature = "print")]
use crate::trust::Signer;
#[cfg(feature = "cloud")]
use crate::trust::seal::pem::{read_certificates, read_validation_data};
#[cfg(feature = "cloud")]
use crate::trust::seal::time_stamp::server::{ServerOptions, TimeStampServer};
use crate::ui::password::{self, EnteredSecrets};

/// Reads the key of `--sign`, for codes only.
#[cfg(feature = "print")]
pub fn read_code_signer(args: &SignArgs) -> Result<Option<Signer>> {
    let read = |key| password::read_signer(&KeyFiles::at(key)?, &EnteredSecrets::new(args.password.file()));
    args.sign.as_ref().map(read).transpose()
}

/// Gives a project the keys of `--sign`, without asking a time-stamp server. Documents that are joined in one PDF get no seal:
/// joining would break it.
pub fn set_signer(project: &mut LoadedProject, args: &SealArgs, archive: Option<ArchiveFormat>) -> Result<()> {
    let Some(key) = &args.signing.sign else { return Ok(()) };
    let files = KeyFiles::at(key)?;
    let secrets = EnteredSecrets::new(args.signing.password.file());
    project.templates.signer = Some(password::read_signer(&files, &secrets)?);
    if archive == Some(ArchiveFormat::Pdf) {
        return check_no_time_stamps(args, "a joined PDF has no seal", "write `--archive zip`, or no archive");
    }
    let Some((key, chain)) = files.read_seal(&secrets)? else {
        let why = format!("the key `{}` is for codes only", files.code_key_path().display());
        return check_no_time_stamps(args, &why, "create a new key with `gen-report keys new`");
    };
    let seal = project.set_seal(key, chain, args.seal_profile, clock::given_time()?)?;
    if args.visible_seal {
        seal.make_visible();
    }
    #[cfg(feature = "cloud")]
    {
        args.timestamp.iter().for_each(|url| seal.set_time_stamp_address(url.to_string()));
        if !args.validation_data.is_empty() {
            seal.set_validation_data(read_validation_data(&args.validation_data)?);
        }
        if args.document_timestamp {
            seal.add_document_time_stamps()?;
        }
    }
    Ok(())
}

/// Returns an error if time stamps are requested for a run without seals.
fn check_no_time_stamps(args: &SealArgs, why: &str, help: &str) -> Result<()> {
    match args.has_time_stamps() {
        true => {
            let message = format!("`--timestamp` needs a seal: {why}");
            Err(Diagnostic::error(code::TIME_STAMP, message).help(help.to_owned()))
        }
        false => Ok(()),
    }
}

/// Gives the seals of a project the time stamps of `--timestamp`, and requests a first one.
#[cfg(feature = "cloud")]
pub fn connect_time_stamps(project: &mut LoadedProject, args: &BuildArgs) -> Result<()> {
    let TimeStampArgs { timestamp_trust, timestamp_policy } = &args.time_stamp;
    let (Some(url), Some(seal)) = (&args.seal.timestamp, &mut project.seal) else { return Ok(()) };
    let roots = timestamp_trust.as_deref().map(read_certificates).transpose()?.unwrap_or_default();
    let options = ServerOptions { policy: *timestamp_policy, roots, patience: args.store.patience };
    seal.connect(Arc::new(TimeStampServer::new(url.clone(), options)?))
}
