//! From the YAML tree to the facts. Every mistake of the file is found in one reading.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bulk::{self, Bulk};
use super::reading::places::Files;
use super::reading::read::{Placed, Reader};
use super::reading::yaml::parse;
use super::{Facts, Results, references, sense};
use crate::diagnostic::{Diagnostic, SourceFile, code};
use crate::project::reason;

/// Finds what the results name beside their file.
pub type Beside<'a> = &'a dyn Fn(&str) -> std::io::Result<Option<PathBuf>>;

/// Reads a results file alone, or says everything that is wrong with it.
pub fn load(file: &Arc<SourceFile>) -> Result<Results, Vec<Diagnostic>> {
    match read(file, None, None, false) {
        (Some(results), problems) if problems.is_empty() => Ok(results),
        (_, problems) => Err(problems),
    }
}

/// The facts of a results file that can be read, and everything that is wrong with it: facts that contradict each
/// other are facts still. Cities that stand elsewhere are found `beside` it, or in `records`; those that are `trusted`
/// were read before.
pub fn read(
    file: &Arc<SourceFile>,
    beside: Option<Beside<'_>>,
    records: Option<&Path>,
    trusted: bool,
) -> (Option<Results>, Vec<Diagnostic>) {
    let root = match parse(file) {
        Ok(root) => root,
        Err(problem) => return (None, vec![problem]),
    };
    let mut files = Files::new(file);
    let reader = Reader::new(files.clone());
    let facts = Facts::read(&reader, &root, file);
    let mut problems = reader.into_problems();
    let Some(mut facts) = facts.filter(|_| problems.is_empty()) else { return (None, sorted(problems)) };
    if let Some(path) = records {
        match &mut facts.bulk {
            Some(bulk) => bulk.found(path),
            none => *none = Some(Bulk::named(path)),
        }
    } else if let (Some(bulk), Some(beside)) = (&mut facts.bulk, beside) {
        match beside(&bulk.from.value) {
            Ok(Some(path)) => bulk.found(&path),
            Ok(None) => problems.push(absent(&files, &bulk.from, "there is no such file or folder")),
            Err(error) => problems.push(absent(&files, &bulk.from, &reason(&error))),
        }
    }
    if let Some(bulk) = &facts.bulk
        && problems.is_empty()
        && (beside.is_some() || records.is_some())
    {
        problems.extend(bulk.unknown_kind(&files));
    }
    if !problems.is_empty() {
        return (None, problems);
    }
    let opened = facts.bulk.take_if(|_| beside.is_some() || records.is_some());
    let facts = match opened {
        Some(bulk) => bulk::gathered(bulk, facts, &mut files, &mut problems, trusted),
        None => facts.into(),
    };
    let results = Results { facts, files };
    problems.extend(references::check(&results));
    problems.extend(sense::check(&results));
    (Some(results), sorted(problems))
}

fn absent(files: &Files, from: &Placed<String>, why: &str) -> Diagnostic {
    Diagnostic::error(code::DANGLING, format!("the cities are not found in `{}`: {why}", from.value))
        .place(files.place(&from.span))
        .help("the path starts in the folder of the results file and stays in it; --records names any other")
}

fn sorted(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort_by_key(Diagnostic::sort_key);
    problems
}
