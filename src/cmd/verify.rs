//! `gen-report verify`: checks whether certificates are genuine.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::seal::read_certificates;
use super::{day, open_project};
use crate::cli::{CommonArgs, VerifyArgs};
use crate::diagnostic::{Problems, count};
use crate::exit;
use crate::project::{read_regular, reason};
use crate::results::Date;
use crate::run::LoadedProject;
use crate::run::verifier::{Answer, Verifier, VerifierProcess};
use crate::trust::credential::is_token;
use crate::trust::status_list::STATUS_LIST;
use crate::trust::verify::is_text;
use crate::trust::{KeySet, StatusList};
use crate::ui::Console;

/// The largest input that is read, in bytes.
const MAX_INPUT: u64 = 256 << 20;

/// Standard input, on the command line.
const STANDARD_INPUT: &str = "-";

/// The files of a folder that are checked, by the ends of their names.
const EXTENSIONS: [&str; 5] = ["pdf", "png", "jpg", "jpeg", "jwt"];

/// The limit of memory for the process that reads files, in mebibytes.
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
    let mut process = VerifierProcess::new(worker_arguments(args, common, verifier.today), args.timeout);
    let (mut genuine, mut others) = (0, 0);
    let mut check = |input: &str, bytes: Result<Vec<u8>, String>| {
        let answers = match bytes {
            // Only what must be drawn or decoded can take long.
            Ok(bytes) if is_text(&bytes) => verifier.check(input, &bytes, &mut |_| {}),
            Ok(bytes) => process.check(input, &bytes),
            Err(reason) => vec![Answer::unreadable(input, &reason)],
        };
        for answer in answers {
            if answer.is_genuine {
                genuine += 1
            } else {
                others += 1
            }
            console.write_data(&answer.event, &answer.line);
        }
    };
    for input in &args.inputs {
        check_input(input, &mut check);
    }
    console.write_event(&json!({ "type": "summary", "genuine": genuine, "not-genuine": others }));
    console.write_remark(&format!("{} checked, {genuine} genuine", count(genuine + others, "code or file")));
    if genuine > 0 && verifier.list.is_none() {
        console.write_remark("withdrawals were not checked: name the issuer’s status.jwt with --status");
    }
    Ok(if others == 0 && genuine > 0 { exit::OK } else { exit::FAILED })
}

/// Reads what certificates are checked with.
fn load(args: &VerifyArgs, common: &CommonArgs) -> Result<Verifier, Problems> {
    let mut keys = args.keys.as_deref().map(KeySet::read).transpose()?.unwrap_or_default();
    if let Some(path) = &args.trust {
        keys.seals.add_roots(read_certificates(path)?);
    }
    let list = args.status.as_ref().map(|path| StatusList::read(path, &keys)).transpose()?;
    let today = day::or_today(args.date)?;
    let project = open_project(common)?;
    let languages = LoadedProject::find_languages(&project);
    let read = |language: &String| LoadedProject::read_locale_of(&project, &languages, language);
    let locales = languages.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Verifier { keys, list, today, locales })
}

/// Returns the arguments of the process that reads files: those of this one, without the inputs.
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

/// Passes an input to `check`, with each file in it if it is a folder.
fn check_input(input: &str, check: &mut impl FnMut(&str, Result<Vec<u8>, String>)) {
    let path = Path::new(input);
    if input == STANDARD_INPUT {
        check(input, read_standard_input());
    } else if path.is_dir() {
        let mut files = Vec::new();
        let listed = list_files(path, &mut files).map_err(|error| reason(&error));
        files.sort();
        for file in &files {
            check(&file.display().to_string(), read_file(file));
        }
        match listed {
            Ok(()) if files.is_empty() => {
                check(input, Err("the folder has no PDF, PNG, JPEG or .jwt file".to_owned()));
            }
            Ok(()) => {}
            Err(why) => check(input, Err(format!("the folder cannot be read: {why}"))),
        }
    } else if (is_address(input) || is_token(input.trim())) && !path.exists() {
        // Shown without its end: a code is as long as a paragraph.
        let start: String = input.chars().take(32).collect();
        check(&format!("{start}…"), Ok(input.as_bytes().to_vec()));
    } else {
        check(input, read_file(path));
    }
}

fn is_address(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(8).collect::<String>().to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    read_regular(path, MAX_INPUT).map_err(|error| reason(&error))
}

fn read_standard_input() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_INPUT + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    match bytes.len() as u64 > MAX_INPUT {
        true => Err(format!("it is larger than {} MiB", MAX_INPUT >> 20)),
        false => Ok(bytes),
    }
}

/// Lists the documents, pictures and credentials below a folder. Links are not followed. The status list, which lies beside
/// certificates on some sites, is none of them.
fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        if kind.is_dir() {
            list_files(&path, files)?;
        } else if kind.is_file()
            && extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
            && entry.file_name() != STATUS_LIST
        {
            files.push(path);
        }
    }
    Ok(())
}
