//! Records revoked and superseded certificates in the register of a project.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LoadedProject;
use crate::diagnostic::{Diagnostic, FileOrigin, Problems, Result, SourceFile, closest, code};
use crate::project::Project;
use crate::results::{self, City, REGISTER_PATH, ReadOptions, Register, RegisterEntry, Results, Status, Withdrawal};
use crate::trust::write_public_file;

/// Appends an entry to the register of the project in `folder`. Returns the path of the register.
///
/// # Errors
/// The entry names a certificate that the edition does not have, or that the register has already.
pub fn withdraw(project: &Project, folder: &Path, entry: &RegisterEntry) -> Result<PathBuf, Problems> {
    if entry.successor.as_ref() == Some(&entry.serial) {
        let message = format!("`{}` cannot replace itself: both serial numbers are the same", entry.serial);
        return Err(Diagnostic::error(code::REGISTER, message)
            .help("give the city a new `serial` in the results, and name it as the second number; or use `gen-report revoke`")
            .into());
    }
    let file = find_register(project)?;
    let register = file.as_ref().map(Register::read).transpose()?.unwrap_or_default();
    let results = read_facts(project)?;
    check_serial(&results, &register, &entry.serial, entry.status == Withdrawal::Superseded)?;
    if let Some(successor) = &entry.successor {
        check_serial(&results, &register, successor, false)?;
        if register.find(successor).is_some() {
            let message =
                format!("the certificate `{successor}` is not valid itself: the register has an entry for it");
            return Err(Diagnostic::error(code::REGISTER, message)
                .help("name the certificate that is valid now")
                .into());
        }
    }
    if let Some(first) = register.find(&entry.serial) {
        let message = format!("the certificate `{}` was {} on {}", entry.serial, first.status.word(), first.date);
        return Err(Diagnostic::error(code::REGISTER, message)
            .help("nothing is left to do; `gen-report keys publish` publishes the register")
            .into());
    }
    let text = Register::append(file.as_ref(), entry)?;
    let path = folder.join(REGISTER_PATH);
    write_public_file(&path, text.as_bytes())?;
    Ok(path.strip_prefix(".").map(Path::to_owned).unwrap_or(path))
}

/// Returns the file of the register, if the project has one.
pub fn find_register(project: &Project) -> Result<Option<Arc<SourceFile>>, Problems> {
    let exists = project.list("reports").any(|path| path == REGISTER_PATH);
    // The register of the embedded edition is not the user's.
    Ok(exists.then(|| project.read_source(REGISTER_PATH)).transpose()?.filter(|file| file.origin == FileOrigin::Disk))
}

/// Calls `visit` for each city with a certificate, in memory or in a file of records.
pub fn for_each_certificate(results: &Results, mut visit: impl FnMut(&City)) -> Result<(), Problems> {
    results.selected().into_iter().for_each(&mut visit);
    for record in results.records().into_iter().flatten() {
        let record = record?;
        if record.city.status == Status::Selected {
            visit(&record.city);
        }
    }
    Ok(())
}

/// Reads the facts of a project.
fn read_facts(project: &Project) -> Result<Results, Problems> {
    let definitions = LoadedProject::read_definitions(project)?;
    let options = ReadOptions {
        definitions,
        find_file: Some(&|path| project.find_next_to_results(path)),
        records: project.records.as_deref(),
        ..ReadOptions::default()
    };
    match results::read(&project.read_results()?, &options) {
        (Some(results), problems) if problems.is_empty() => Ok(results),
        (_, problems) => Err(problems),
    }
}

/// Returns an error if no certificate has this serial number. With `allow_original`, also accepts the number that a city had
/// before the results gave it another one.
fn check_serial(results: &Results, register: &Register, serial: &str, allow_original: bool) -> Result<(), Problems> {
    let edition = &results.edition;
    let mut known: Vec<String> =
        register.entries.iter().flat_map(|e| [Some(e.serial.clone()), e.successor.clone()]).flatten().collect();
    for_each_certificate(results, |city| {
        known.push(city.serial(edition));
        if allow_original {
            known.push(city.original_serial(edition));
        }
    })?;
    if known.iter().any(|known| known == serial) {
        return Ok(());
    }
    known.sort();
    known.dedup();
    let help = match closest(serial, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name the results file of its edition with --results".to_owned(),
    };
    let message = format!("no certificate of this edition has the serial number `{serial}`");
    Err(Diagnostic::error(code::NOT_IN_PROJECT, message).help(help).into())
}
