//! The files that `gen-report init` writes: a new project, or copies of embedded files for editing.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Problems, Result, code};
use crate::locale::NUMBERS;
use crate::project::{self, reason};
use crate::results;

/// A path relative to the project folder, with `/` as separator, and the contents of the file.
pub type File = (String, Cow<'static, [u8]>);

/// The results of a fictional programme in all embedded languages. No line has texts in two languages, so that
/// [`skeleton`] can drop the lines of some languages.
pub const RESULTS_TEXT: &str = include_str!("init/results.yaml");
const FACTS_TEXT: &str = include_str!("init/facts.yaml");
const README: &str = include_str!("init/README.md");
const LOCALES_README: &str = include_str!("../locales/README.md");
const GITIGNORE: &str = include_str!("init/gitignore");

/// Locale files whose words fit any programme, for new projects, in each embedded language.
pub const NEUTRAL_WORDS: &[(&str, &str)] = &[
    ("locales/en/programme.ftl", include_str!("init/locales/en/programme.ftl")),
    ("locales/en/units.ftl", include_str!("init/locales/en/units.ftl")),
    ("locales/fr/programme.ftl", include_str!("init/locales/fr/programme.ftl")),
    ("locales/fr/units.ftl", include_str!("init/locales/fr/units.ftl")),
    ("locales/zh/programme.ftl", include_str!("init/locales/zh/programme.ftl")),
    ("locales/zh/units.ftl", include_str!("init/locales/zh/units.ftl")),
];

/// Returns the embedded languages in alphabetical order.
pub fn languages() -> Vec<&'static str> {
    let name = |path: &'static str| path.strip_prefix("locales/")?.strip_suffix(NUMBERS)?.strip_suffix('/');
    project::embedded::files().filter_map(|(path, _)| name(path)).collect()
}

/// Returns the files of a new project in the given embedded languages. The project builds without changes.
pub fn skeleton(languages: &[&str]) -> Vec<File> {
    let known = self::languages();
    let is_kept = |line: &&str| {
        let key = line.trim_start().split(':').next().unwrap_or_default();
        !known.contains(&key) || languages.contains(&key)
    };
    let facts: String = RESULTS_TEXT.lines().filter(is_kept).map(|line| format!("{line}\n")).collect();
    let readme = README.replace("LANG", languages.first().unwrap_or(&"LANG"));
    let schema = format!("{:#}\n", results::schema(&results::Definitions::default()));
    let whole = [
        (project::RESULTS, facts),
        ("reports/results.schema.json", schema),
        (results::FACTS_PATH, FACTS_TEXT.to_owned()),
        ("README.md", readme),
        ("locales/README.md", remove_links(LOCALES_README)),
        (".gitignore", GITIGNORE.to_owned()),
    ];
    let is_kept = |path: &str| path.split('/').nth(1).is_some_and(|language| languages.contains(&language));
    let words = NEUTRAL_WORDS.iter().filter(|(path, _)| is_kept(path)).map(|(path, text)| (*path, (*text).to_owned()));
    whole.into_iter().chain(words).map(|(path, text)| (path.to_owned(), Cow::Owned(text.into_bytes()))).collect()
}

/// Replaces links to other folders of the repository, which a project does not have, by their texts.
fn remove_links(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("](../") {
        let (before, link) = rest.split_at(at);
        let (head, label) = before.rsplit_once('[').unwrap_or((before, ""));
        text.push_str(head);
        text.push_str(label);
        rest = link.split_once(')').map_or("", |(_, rest)| rest);
    }
    text + rest
}

/// Returns the embedded file at `path`, or all embedded files below it.
pub fn eject(path: &str) -> Result<Vec<File>> {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let is_match = |name: &str| name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let found: Vec<File> = project::embedded::files()
        .filter(|(name, _)| is_match(name))
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

/// Removes the files that exist already from the list, and returns their paths.
pub fn skip_existing(folder: &Path, files: &mut Vec<File>) -> Vec<PathBuf> {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    let mut existing = Vec::new();
    files.retain(|(path, _)| {
        let path = folder.join(path);
        let is_new = !path.is_file();
        if !is_new {
            existing.push(path);
        }
        is_new
    });
    existing
}

/// Writes new files and returns their paths. If any of them exists already, nothing is written.
pub fn write(folder: &Path, files: &[File]) -> Result<Vec<PathBuf>, Problems> {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    let paths: Vec<PathBuf> = files.iter().map(|(path, _)| folder.join(path)).collect();
    let existing: BTreeSet<&Path> = paths.iter().filter_map(|path| find_obstacle(path)).collect();
    if !existing.is_empty() {
        let describe = |path: &Path| {
            Diagnostic::error(code::OUTPUT, format!("`{}` already exists", path.display()))
                .note("nothing was written")
                .help("move it away, or choose another folder")
        };
        return Err(existing.into_iter().map(describe).collect());
    }
    let mut folders: Vec<&Path> = Vec::new();
    for (at, (path, (_, bytes))) in paths.iter().zip(files).enumerate() {
        let above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
        folders.extend(above.take_while(|above| !above.exists()));
        if let Err(error) = create_file(path, bytes) {
            // The file that failed is not removed: another process may have created it.
            paths[..at].iter().for_each(|created| drop(fs::remove_file(created)));
            // The deepest first. `remove_dir` fails on a folder that is not empty, which then remains.
            folders.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
            folders.iter().for_each(|created| drop(fs::remove_dir(created)));
            let message = format!("`{}` cannot be written: {}", path.display(), reason(&error));
            return Err(Diagnostic::error(code::OUTPUT, message).help("choose a folder that you may write to").into());
        }
    }
    Ok(paths)
}

/// Returns the path itself if it exists, or a file that is where one of its parent folders should be.
fn find_obstacle(path: &Path) -> Option<&Path> {
    if path.symlink_metadata().is_ok() {
        return Some(path);
    }
    path.ancestors().skip(1).find(|above| above.symlink_metadata().is_ok()).filter(|above| !above.is_dir())
}

fn create_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes).inspect_err(|_| drop(fs::remove_file(path)))
}
