//! What users give to be checked: files, folders of files, the address in a code, a credential, or standard input.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::credential::is_token;
use super::status_list::STATUS_LIST;
use crate::project::{read_regular, reason};

/// The largest input that is read, in bytes.
const MAX_INPUT: u64 = 256 << 20;

/// Standard input, on the command line.
const STANDARD_INPUT: &str = "-";

/// The files of a folder that are checked, by the ends of their names.
const EXTENSIONS: [&str; 5] = ["pdf", "png", "jpg", "jpeg", "jwt"];

/// Calls `check` for the input, or for each file in it if it is a folder, with its name, and with its bytes or the reason why it
/// cannot be read.
pub fn for_each_input(input: &str, check: &mut impl FnMut(&str, Result<Vec<u8>, String>)) {
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

/// Lists the documents, pictures and credentials below a folder. Links are not followed. The status list is left out,
/// which some sites keep beside the certificates.
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
