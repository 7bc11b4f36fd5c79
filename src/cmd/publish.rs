//! `gen-report keys publish`: writes the website with which everyone can check certificates.

use std::path::Path;

use serde_json::json;

use super::withdraw::{find_register, for_each_certificate};
use super::{day, open_project};
use crate::cli::{CommonArgs, PublishArgs};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::document::Scope;
use crate::results::Register;
use crate::run::LoadedProject;
use crate::site::{self, Site};
use crate::trust::seal::Chain;
use crate::trust::status_list::{STATUS_LIST, index};
use crate::trust::{KeySet, Signer, StatusList, write_public_file};
use crate::ui::Console;

/// The name of the published key set.
const KEY_SET: &str = "keys.json";

/// The helper that attaches a credential.
const CREDENTIAL_HELPER: &str = "credential";

/// `seals` is the certificate of the key, with those of the authorities above it, if it has one.
pub fn run(
    args: &PublishArgs,
    signer: &Signer,
    seals: Option<Chain>,
    common: &CommonArgs,
    console: &Console,
) -> Result<(), Problems> {
    let project = open_project(common)?;
    let file = find_register(&project)?;
    let register = file.as_ref().map(Register::read).transpose()?.unwrap_or_default();
    let project = LoadedProject::load(project)?;
    let edition = &project.results.edition;
    let last = register.entries.iter().map(|entry| entry.date).max();
    let date =
        day::given(args.date)?.unwrap_or_else(|| last.map_or(*edition.published, |last| last.max(*edition.published)));
    let site = Site::new(&edition.verification);
    let list = StatusList { address: site.status_list(), date, register };
    check_indexes(&project, &list)?;

    let keys_path = args.folder.join(KEY_SET);
    let mut keys = if keys_path.exists() { KeySet::read(&keys_path)? } else { KeySet::default() };
    keys.add(signer.public_key());
    seals.into_iter().for_each(|chain| keys.seals.add_chain(chain));
    let reports = project.reports().into_iter().filter(|report| report.has_city_documents).map(|report| report.name);
    keys.credentials.extend(
        reports.filter(|report| project.templates.calls_helper(&Scope::City.template(report), CREDENTIAL_HELPER)),
    );
    let pages = site::files(&project, &site)?;
    for page in &pages {
        check_owner(&args.folder.join(&page.path))?;
    }
    for page in &pages {
        write_public_file(&args.folder.join(&page.path), &page.bytes)?;
    }
    let list_path = args.folder.join(STATUS_LIST);
    write_public_file(&list_path, list.sign(signer).as_bytes())?;
    keys.write(&keys_path)?;
    for (kind, path) in
        [("page", args.folder.join(site::PAGE_PATH)), ("status-list", list_path), ("key-set", keys_path)]
    {
        let path = path.display().to_string();
        console.write_data(&json!({ "type": kind, "path": path }), &path);
    }
    let withdrawn = count(list.register.entries.len(), "withdrawn certificate");
    console.write_remark(&format!(
        "published {}, {withdrawn} and a page for {}",
        count(keys.len(), "key"),
        site.address()
    ));
    Ok(())
}

/// Returns an error if a valid certificate has the same place in the list as a withdrawn one.
fn check_indexes(project: &LoadedProject, list: &StatusList) -> Result<(), Problems> {
    let (indexes, mut problems) = (list.indexes(), Problems::new());
    for_each_certificate(&project.results, |city| {
        let serial = city.serial(&project.results.edition);
        if list.register.find(&serial).is_none() && indexes.contains(&index(&serial)) {
            let message = format!("the certificate `{serial}` has the place of a withdrawn one in the status list");
            problems.push(
                Diagnostic::error(code::STATUS_INDEX, message)
                    .place(project.results.place(&city.span))
                    .help("give it another `serial`, and build it again"),
            );
        }
    })?;
    problems.or(())
}

/// Returns an error if a page of somebody else would be replaced.
fn check_owner(path: &Path) -> Result<(), Diagnostic> {
    let is_page = path.extension().is_some_and(|extension| extension == "html");
    match std::fs::read(path) {
        Ok(bytes) if is_page && !site::is_own_page(&bytes) => {
            let message = format!("`{}` is not a page of gen-report", path.display());
            Err(Diagnostic::error(code::OUTPUT, message)
                .help("publish in an empty folder, and copy its files to the website without this one"))
        }
        _ => Ok(()),
    }
}
