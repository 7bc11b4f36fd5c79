//! `gen-report verify`: checks whether certificates are genuine.

use std::ffi::OsString;

use serde_json::json;

use super::open_project;
use crate::cli::{CommonArgs, VerifyArgs};
use crate::clock;
use crate::diagnostic::{Problems, count};
use crate::exit;
use crate::results::Date;
use crate::run::verify::input::for_each_input;
use crate::run::verify::{Verifier, VerifierProcess, check_all};
use crate::run::{Concurrency, LoadedProject};
use crate::trust::seal::pem::read_certificates;
use crate::trust::{KeySet, StatusList};
use crate::ui::Console;

/// The memory limit of each process that reads files, in mebibytes.
#[cfg(unix)]
const MEMORY: u64 = 3072;

pub fn run(args: &VerifyArgs, common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    let verifier = load(args, common)?;
    if args.worker {
        #[cfg(unix)]
        crate::run::worker::limit_memory(MEMORY);
        verifier.serve();
        return Ok(exit::OK);
    }
    let arguments = worker_arguments(args, common, verifier.today);
    let (mut genuine, mut others) = (0, 0);
    let mut lack_credentials = false;
    check_all(
        &verifier,
        Concurrency::new(args.jobs),
        || VerifierProcess::new(arguments.clone(), args.timeout),
        |check| args.inputs.iter().for_each(|input| for_each_input(input, args.patience, check)),
        |answers| {
            for answer in answers {
                if answer.is_genuine {
                    genuine += 1;
                    lack_credentials |= answer.lacks_credential();
                } else {
                    others += 1
                }
                console.write_data(&answer.event, &answer.line);
            }
        },
    )?;
    console.write_event(&json!({ "type": "summary", "genuine": genuine, "not-genuine": others }));
    console.write_remark(&format!("checked {}, {genuine} genuine", count(genuine + others, "item")));
    if genuine > 0 && verifier.status_list.is_none() {
        console.write_remark(match args.keys {
            Some(_) => "withdrawals were not checked: give the issuer’s status.jwt with --status",
            None => {
                "withdrawals were not checked: give the issuer’s keys.json with --keys and its status.jwt with --status"
            }
        });
    }
    if lack_credentials && verifier.keys.credentials.is_none() {
        console.write_remark(
            "the key set does not say which certificates have credentials, so one that was removed would not be noticed: get \
             the newest keys.json of the issuer",
        );
    }
    Ok(if others == 0 && genuine > 0 { exit::OK } else { exit::FAILED })
}

/// Reads what certificates are checked with.
fn load(args: &VerifyArgs, common: &CommonArgs) -> Result<Verifier, Problems> {
    let mut keys = args.keys.as_deref().map(KeySet::read).transpose()?.unwrap_or_default();
    if let Some(path) = &args.trust {
        keys.seals.add_roots(read_certificates(path)?);
    }
    let status_list = args.status.as_ref().map(|path| StatusList::read(path, &keys)).transpose()?;
    let today = clock::given_day_or_today(args.date)?;
    let project = open_project(common)?;
    let languages = LoadedProject::find_languages(&project);
    let read = |language: &String| LoadedProject::read_locale_of(&project, &languages, language);
    let locales = languages.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Verifier { keys, status_list, today, locales })
}

/// Returns the arguments for the process that reads files: those of this process, without the inputs.
fn worker_arguments(args: &VerifyArgs, common: &CommonArgs, today: Date) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["verify".into(), "--worker".into()];
    let paths = [
        ("--keys", &args.keys),
        ("--trust", &args.trust),
        ("--status", &args.status),
        ("--project", &common.project),
        ("--results", &common.results),
        ("--records", &common.records),
    ];
    for (option, path) in paths {
        // With `=`, because a path may begin with a hyphen.
        let value = path.as_ref().map(|path| {
            let mut value = OsString::from(format!("{option}="));
            value.push(path);
            value
        });
        arguments.extend(value);
    }
    arguments.push(format!("--date={today}").into());
    arguments
}
