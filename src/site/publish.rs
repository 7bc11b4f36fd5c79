//! Writes the website: the page, the public keys and the list of withdrawn certificates.

use std::path::{Path, PathBuf};

use super::{PAGE_PATH, Site, build_files, is_own_page};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::Scope;
use crate::project::Project;
use crate::results::{Date, Register};
use crate::run::LoadedProject;
use crate::run::register::{find_register, for_each_certificate};
use crate::trust::seal::Chain;
use crate::trust::status_list::{STATUS_LIST, index};
use crate::trust::{KeySet, Signer, StatusList, write_public_file};

/// The name of the published key set.
const KEY_SET: &str = "keys.json";

/// The helper that attaches a credential.
const CREDENTIAL_HELPER: &str = "credential";

/// What was published.
pub struct Published {
    /// The address of the page.
    pub address: String,
    /// The number of public keys.
    pub keys: usize,
    /// The number of withdrawn certificates.
    pub withdrawn: usize,
    pub page: PathBuf,
    pub status_list: PathBuf,
    pub key_set: PathBuf,
}

/// Writes the website of a project to `folder`. Keys that its key set has already are kept.
///
/// `chain` is the certificate of the key for seals, if there is one. The status list is made for the day `date`, or else for that
/// of publication or of the last withdrawal, whichever is later.
pub fn publish(
    project: Project,
    folder: &Path,
    signer: &Signer,
    chain: Option<Chain>,
    date: Option<Date>,
) -> Result<Published, Problems> {
    let file = find_register(&project)?;
    let register = file.as_ref().map(Register::read).transpose()?.unwrap_or_default();
    let project = LoadedProject::load(project)?;
    let edition = &project.results.edition;
    let last = register.entries.iter().map(|entry| entry.date).max();
    let date = date.unwrap_or_else(|| last.map_or(*edition.published, |last| last.max(*edition.published)));
    let site = Site::new(&edition.verification);
    let list = StatusList { address: site.status_list(), date, register };
    check_indexes(&project, &list)?;

    let published = Published {
        address: site.address(),
        keys: 0,
        withdrawn: list.register.entries.len(),
        page: folder.join(PAGE_PATH),
        status_list: folder.join(STATUS_LIST),
        key_set: folder.join(KEY_SET),
    };
    let keys = key_set(&project, &published.key_set, signer, chain)?;
    let pages = build_files(&project, &site)?;
    for page in &pages {
        check_owner(&folder.join(&page.path))?;
    }
    for page in &pages {
        write_public_file(&folder.join(&page.path), &page.bytes)?;
    }
    write_public_file(&published.status_list, list.sign(signer)?.as_bytes())?;
    keys.write(&published.key_set)?;
    Ok(Published { keys: keys.len(), ..published })
}

/// Returns the key set at `path`, with the keys of the issuer and the names of the reports whose certificates have credentials.
fn key_set(project: &LoadedProject, path: &Path, signer: &Signer, chain: Option<Chain>) -> Result<KeySet, Diagnostic> {
    let mut keys = if path.exists() { KeySet::read(path)? } else { KeySet::default() };
    keys.add(signer.public_key());
    chain.into_iter().for_each(|chain| keys.seals.add_chain(chain));
    let reports = project.reports().into_iter().filter(|report| report.has_city_documents).map(|report| report.name);
    keys.credentials.get_or_insert_default().extend(
        reports.filter(|report| project.templates.calls_helper(&Scope::City.template(report), CREDENTIAL_HELPER)),
    );
    Ok(keys)
}

/// Returns an error if a valid certificate has the same index in the list as a withdrawn one.
fn check_indexes(project: &LoadedProject, list: &StatusList) -> Result<(), Problems> {
    let (indexes, mut problems) = (list.indexes(), Problems::new());
    for_each_certificate(&project.results, |city| {
        let serial = city.serial(&project.results.edition);
        if list.register.find(&serial).is_none() && indexes.contains(&index(&serial)) {
            let message =
                format!("the certificate `{serial}` has the same index in the status list as a withdrawn one");
            problems.push(
                Diagnostic::error(code::STATUS_INDEX, message)
                    .place(project.results.place(&city.span))
                    .help("give it another `serial`, and build it again"),
            );
        }
    })?;
    problems.into_result(())
}

/// Returns an error if a page of somebody else would be replaced.
fn check_owner(path: &Path) -> Result<(), Diagnostic> {
    let is_page = path.extension().is_some_and(|extension| extension == "html");
    match std::fs::read(path) {
        Ok(bytes) if is_page && !is_own_page(&bytes) => {
            let message = format!("`{}` is not a page of gen-report", path.display());
            Err(Diagnostic::error(code::OUTPUT, message)
                .help("publish in an empty folder, and copy all its files but this one to the website"))
        }
        _ => Ok(()),
    }
}
