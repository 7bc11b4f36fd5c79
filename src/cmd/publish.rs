//! `gen-report keys publish`: writes the website with which everyone can check certificates.

use serde_json::json;

use super::open_project;
use crate::cli::{CommonArgs, PublishArgs};
use crate::clock;
use crate::diagnostic::{Problems, count};
use crate::site::publish::{Published, publish};
use crate::trust::KeyFiles;
use crate::ui::password::EnteredSecrets;
use crate::ui::{Console, password};

pub fn run(args: &PublishArgs, common: &CommonArgs, console: &Console) -> Result<(), Problems> {
    let files = KeyFiles::at(&args.key)?;
    let signer = password::read_signer(&files, &EnteredSecrets::new(args.password.file()))?;
    let (chain, date) = (files.read_chain()?, clock::given_day(args.date)?);
    let Published { address, keys, withdrawn, page, status_list, key_set } =
        publish(open_project(common)?, &args.folder, &signer, chain, date)?;
    for (kind, path) in [("page", page), ("status-list", status_list), ("key-set", key_set)] {
        let path = path.display().to_string();
        console.write_data(&json!({ "type": kind, "path": path }), &path);
    }
    let (keys, withdrawn) = (count(keys, "key"), count(withdrawn, "withdrawn certificate"));
    console.write_remark(&format!("published {keys}, {withdrawn} and a page for {address}"));
    Ok(())
}
