//! What `gen-report init` writes: a new project, or files of the embedded edition to change.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Result, code};
use crate::locale::NUMBERS;
use crate::project::{self, reason};
use crate::results;

/// A path below the project's folder, with `/` between its parts, and what the file holds.
pub type File = (String, Cow<'static, [u8]>);

/// The facts of a fictional programme in all embedded languages. Each language has lines of its own, which are left
/// out where it was not asked for.
pub const FACTS: &str = include_str!("init/results.yaml");
const README: &str = include_str!("init/README.md");
const IGNORED: &str = include_str!("init/gitignore");

/// Languages embedded in the program, sorted.
pub fn languages() -> Vec<&'static str> {
    let name = |path: &'static str| path.strip_prefix("locales/")?.strip_suffix(NUMBERS)?.strip_suffix('/');
    project::embedded::files().filter_map(|(path, _)| name(path)).collect()
}

/// A project that builds at once, in `languages`, which are some of the embedded ones.
pub fn skeleton(languages: &[&str]) -> Vec<File> {
    let known = self::languages();
    let kept = |line: &&str| {
        let key = line.trim_start().split(':').next().unwrap_or_default();
        !known.contains(&key) || languages.contains(&key)
    };
    let facts: String = FACTS.lines().filter(kept).map(|line| format!("{line}\n")).collect();
    let readme = README.replace("LANG", languages.first().unwrap_or(&"LANG"));
    let schema = format!("{:#}\n", results::schema());
    [
        (project::RESULTS, facts),
        ("reports/results.schema.json", schema),
        ("README.md", readme),
        (".gitignore", IGNORED.to_owned()),
    ]
    .map(|(path, text)| (path.to_owned(), Cow::Owned(text.into_bytes())))
    .into()
}

/// The embedded file at `path`, or those below it.
pub fn ejected(path: &str) -> Result<Vec<File>> {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let below = |name: &str| name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let found: Vec<File> = project::embedded::files()
        .filter(|(name, _)| below(name))
        .map(|(name, bytes)| (name.to_owned(), Cow::Borrowed(bytes)))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let folders: BTreeSet<&str> =
        project::embedded::files().filter_map(|(name, _)| Some(name.rsplit_once('/')?.0)).collect();
    Err(Diagnostic::error(code::NOT_IN_PROJECT, format!("no file `{path}` is embedded in the program"))
        .suggest(path, folders))
}

/// Writes new files, or nothing: one that is there already is never touched. Gives their paths.
pub fn write(folder: &Path, files: &[File]) -> std::result::Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    let paths: Vec<PathBuf> = files.iter().map(|(path, _)| folder.join(path)).collect();
    let standing: BTreeSet<&Path> = paths.iter().filter_map(|path| in_the_way(path)).collect();
    if !standing.is_empty() {
        let told = |path: &Path| {
            Diagnostic::error(code::OUTPUT, format!("`{}` is there already", path.display()))
                .help("nothing was written: move it away, or name another folder")
        };
        return Err(standing.into_iter().map(told).collect());
    }
    let mut folders: Vec<&Path> = Vec::new();
    for (at, (path, (_, bytes))) in paths.iter().zip(files).enumerate() {
        let above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
        folders.extend(above.take_while(|above| !above.exists()));
        if let Err(error) = put(path, bytes) {
            // The file that failed is not among those to take back: somebody else may have made it.
            paths[..at].iter().for_each(|made| drop(fs::remove_file(made)));
            // The longest first; one that holds something by now is not removed.
            folders.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
            folders.iter().for_each(|made| drop(fs::remove_dir(made)));
            let message = format!("`{}` cannot be written: {}", path.display(), reason(&error));
            return Err(vec![Diagnostic::error(code::OUTPUT, message).help("name a folder that you may write to")]);
        }
    }
    Ok(paths)
}

/// The file itself, or what stands where a folder above it must be.
fn in_the_way(path: &Path) -> Option<&Path> {
    if path.symlink_metadata().is_ok() {
        return Some(path);
    }
    path.ancestors().skip(1).find(|above| above.symlink_metadata().is_ok()).filter(|above| !above.is_dir())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes).inspect_err(|_| drop(fs::remove_file(path)))
}
