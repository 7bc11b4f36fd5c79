//! Records revoked and superseded certificates in the register of a project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LoadedProject;
use crate::diagnostic::{Diagnostic, FileOrigin, Problems, Result, SourceFile, closest, code};
use crate::project::Project;
use crate::results::{
    self, City, REGISTER_PATH, ReadOptions, Register, RegisterEntry, Results, SERIAL_RULE, Status, is_serial,
};
use crate::trust::write_public_file;

/// What [`withdraw`] has done.
pub struct Withdrawn {
    /// The path of the register.
    pub path: PathBuf,
    /// Whether neither the results nor the register know the serial number of the certificate, so that it may be misspelt. That
    /// of a replaced certificate is often only in earlier results.
    pub is_unknown: bool,
    /// A similar number that a city had earlier, if it is unknown.
    pub near: Option<String>,
}

/// Appends an entry to the register of the project in `folder`.
///
/// # Errors
/// - The register has an entry for the certificate already.
/// - A revoked certificate is in neither the results nor the register.
/// - The results still use the serial number of a replaced certificate, or its successor is not in the results, or not valid.
pub fn withdraw(project: &Project, folder: &Path, entry: &RegisterEntry) -> Result<Withdrawn, Problems> {
    if entry.successor.as_ref() == Some(&entry.serial) {
        let message = format!("`{}` cannot replace itself: both serial numbers are the same", entry.serial);
        return Err(Diagnostic::error(code::REGISTER, message)
            .help("give the city a new `serial` in the results, and name it as the second number; or use `gen-report revoke`")
            .into());
    }
    let file = find_register(project)?;
    let register = file.as_ref().map(Register::read).transpose()?.unwrap_or_default();
    if let Some(first) = register.find(&entry.serial) {
        let message = format!("the certificate `{}` was {} on {}", entry.serial, first.status.word(), first.date);
        return Err(Diagnostic::error(code::REGISTER, message)
            .help("an entry is never changed; to publish the register, run `gen-report keys publish`")
            .into());
    }
    let numbers = SerialNumbers::read(&read_facts(project)?, &register)?;
    match &entry.successor {
        Some(successor) => {
            numbers.check_successor(successor, &register)?;
            numbers.check_replaced(&entry.serial)?;
        }
        None => numbers.check_revoked(&entry.serial)?,
    }
    let text = Register::append(file.as_ref(), entry)?;
    let path = folder.join(REGISTER_PATH);
    write_public_file(&path, text.as_bytes())?;
    let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
    let is_unknown = !numbers.knows(&entry.serial);
    let near = is_unknown.then(|| numbers.find_near_earlier(&entry.serial, &register)).flatten();
    Ok(Withdrawn { path, is_unknown, near })
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

/// The serial numbers that a project knows.
struct SerialNumbers {
    /// Those of the results, each with the identifier of its city.
    current: BTreeMap<String, String>,
    /// Those that the results give with `serial`.
    chosen: BTreeSet<String>,
    /// Those of the register, and those that cities would have without `serial`.
    earlier: BTreeSet<String>,
}

impl SerialNumbers {
    fn read(results: &Results, register: &Register) -> Result<Self, Problems> {
        let registered = register.entries.iter().flat_map(|entry| [Some(&entry.serial), entry.successor.as_ref()]);
        let earlier = registered.flatten().cloned().collect();
        let mut numbers = Self { current: BTreeMap::new(), chosen: BTreeSet::new(), earlier };
        for_each_certificate(results, |city| {
            numbers.current.insert(city.serial(&results.edition), city.id.clone());
            numbers.chosen.extend(city.serial.as_ref().map(|serial| serial.value.clone()));
            numbers.earlier.insert(city.original_serial(&results.edition));
        })?;
        Ok(numbers)
    }

    fn knows(&self, serial: &str) -> bool {
        self.current.contains_key(serial) || self.earlier.contains(serial)
    }

    /// Returns the number most similar to this one that a city had earlier, and that has not been withdrawn.
    fn find_near_earlier(&self, serial: &str, register: &Register) -> Option<String> {
        let is_free = |known: &&String| !self.current.contains_key(*known) && register.find(known).is_none();
        closest(serial, self.earlier.iter().filter(is_free).map(String::as_str)).map(str::to_owned)
    }

    fn check_revoked(&self, serial: &str) -> Result<()> {
        if self.knows(serial) {
            return Ok(());
        }
        let known = self.current.keys().chain(&self.earlier).map(String::as_str);
        Err(not_in_results(serial).help(match closest(serial, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name the results file of its edition with --results".to_owned(),
        }))
    }

    /// Checks the certificate that replaces another one.
    fn check_successor(&self, serial: &str, register: &Register) -> Result<()> {
        if register.find(serial).is_some() {
            let message = format!("the certificate `{serial}` is not valid itself: the register has an entry for it");
            return Err(Diagnostic::error(code::REGISTER, message).help("name the certificate that is valid now"));
        }
        if self.current.contains_key(serial) {
            return Ok(());
        }
        let first = "give the city this `serial` in the results first";
        Err(not_in_results(serial).help(match closest(serial, self.chosen.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`? If not, {first}"),
            None => format!("{first}, or name the results file of its edition with --results"),
        }))
    }

    /// Checks the certificate that is replaced.
    fn check_replaced(&self, serial: &str) -> Result<()> {
        if let Some(city) = self.current.get(serial) {
            let message = format!("the results still give the serial number `{serial}` to `{city}`");
            return Err(Diagnostic::error(code::REGISTER, message)
                .help("first give this city another `serial` in the results; or correct the first number"));
        }
        if !is_serial(serial) {
            let message = format!("`{serial}` cannot be a serial number");
            return Err(Diagnostic::error(code::WRONG_VALUE, message).help(SERIAL_RULE));
        }
        Ok(())
    }
}

fn not_in_results(serial: &str) -> Diagnostic {
    let message = format!("no certificate of this edition has the serial number `{serial}`");
    Diagnostic::error(code::NOT_IN_PROJECT, message)
}
