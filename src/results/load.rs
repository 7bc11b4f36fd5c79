//! Reads a results file and everything that it refers to. One run reports every mistake.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bulk::{self, Bulk};
use super::reading::places::Files;
use super::reading::read::{Placed, Reader};
use super::reading::yaml::parse;
use super::{Definitions, Facts, Results, consistency, references};
use crate::diagnostic::{Diagnostic, Problems, SourceFile, code};
use crate::project::reason;

/// Finds a file or folder by its path relative to the folder of the results file.
pub type FindBeside<'a> = &'a dyn Fn(&str) -> std::io::Result<Option<PathBuf>>;

/// Reads a results file without own facts or files of records, or returns everything that is wrong with it.
pub fn load(file: &Arc<SourceFile>) -> Result<Results, Problems> {
    match read(file, &Arc::default(), None, None, false) {
        (Some(results), problems) if problems.is_empty() => Ok(results),
        (_, problems) => Err(problems),
    }
}

/// Reads a results file, and collects everything that is wrong with it. Results that contradict each other are returned
/// with the diagnostics about them. Files of records are found `beside` the results file, unless `records` names them;
/// if they are `trusted`, another process has already checked them.
pub fn read(
    file: &Arc<SourceFile>,
    definitions: &Arc<Definitions>,
    beside: Option<FindBeside<'_>>,
    records: Option<&Path>,
    trusted: bool,
) -> (Option<Results>, Problems) {
    let root = match parse(file) {
        Ok(root) => root,
        Err(problem) => return (None, problem.into()),
    };
    let mut files = Files::new(file);
    let reader = Reader::with_definitions(files.clone(), definitions.clone());
    let facts = Facts::read(&reader, &root, file);
    let mut problems = reader.into_problems();
    let Some(mut facts) = facts.filter(|_| problems.is_empty()) else { return (None, sorted(problems)) };
    if let Some(path) = records {
        match &mut facts.bulk {
            Some(bulk) => bulk.resolve(path),
            none => *none = Some(Bulk::from_path(path)),
        }
    } else if let (Some(bulk), Some(beside)) = (&mut facts.bulk, beside) {
        match beside(&bulk.from.value) {
            Ok(Some(path)) => bulk.resolve(&path),
            Ok(None) => problems.push(not_found(&files, &bulk.from, "there is no such file or folder")),
            Err(error) => problems.push(not_found(&files, &bulk.from, &reason(&error))),
        }
    }
    if let Some(bulk) = &facts.bulk
        && problems.is_empty()
        && (beside.is_some() || records.is_some())
    {
        problems.extend(bulk.check_format(&files));
    }
    if !problems.is_empty() {
        return (None, problems);
    }
    let opened = facts.bulk.take_if(|_| beside.is_some() || records.is_some());
    let facts = match opened {
        Some(bulk) => bulk::load_records(bulk, facts, &mut files, &mut problems, trusted),
        None => facts.into(),
    };
    let results = Results { facts, files };
    problems.extend(references::check(&results));
    problems.extend(consistency::check(&results));
    (Some(results), sorted(problems))
}

fn not_found(files: &Files, from: &Placed<String>, why: &str) -> Diagnostic {
    Diagnostic::error(code::BROKEN_REFERENCE, format!("the cities cannot be read from `{}`: {why}", from.value))
        .place(files.place(&from.span))
        .help("write a path inside the folder of the results file, or name any other file with --records")
}

fn sorted(mut problems: Problems) -> Problems {
    problems.sort_by_key(Diagnostic::sort_key);
    problems
}
