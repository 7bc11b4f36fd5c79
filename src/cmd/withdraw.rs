//! `gen-report revoke` and `gen-report supersede`: enter certificates in the register of the project.

use serde_json::json;

use super::open_project;
use crate::cli::{CommonArgs, RevokeArgs, SupersedeArgs};
use crate::clock;
use crate::diagnostic::Problems;
use crate::exit;
use crate::results::{RegisterEntry, Withdrawal};
use crate::run::register::withdraw;
use crate::ui::Console;

pub fn revoke(args: &RevokeArgs, common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    let entry = RegisterEntry {
        serial: args.serial.clone(),
        status: Withdrawal::Revoked,
        date: clock::required_withdrawal_day(args.date)?,
        reason: Some(args.reason.clone()),
        successor: None,
    };
    enter(&entry, common, console)
}

pub fn supersede(args: &SupersedeArgs, common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    let entry = RegisterEntry {
        serial: args.old.clone(),
        status: Withdrawal::Superseded,
        date: clock::required_withdrawal_day(args.date)?,
        reason: args.reason.clone(),
        successor: Some(args.new.clone()),
    };
    enter(&entry, common, console)
}

fn enter(entry: &RegisterEntry, common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    let withdrawn = withdraw(&open_project(common)?, common.folder(), entry)?;
    let path = withdrawn.path.display().to_string();
    console.write_data(
        &json!({ "type": "withdrawn", "serial": entry.serial, "status": entry.status.word(),
                 "date": entry.date.to_string(), "successor": entry.successor, "path": path }),
        &format!("{path}: {} was {} on {}", entry.serial, entry.status.word(), entry.date),
    );
    if withdrawn.is_unknown {
        let near = withdrawn.near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
        console.write_remark(&format!(
            "`{}` was in neither the results nor the register{near}: compare it with the certificate, and if it is wrong, remove the \
             last entry of {path} before you publish it",
            entry.serial
        ));
    }
    console.write_remark("publish the register with `gen-report keys publish`, so that everyone knows");
    Ok(exit::OK)
}
