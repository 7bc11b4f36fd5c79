//! Reads a results file and everything that it refers to. One run reports every mistake.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bulk::{self, RecordSource};
use super::reading::places::Files;
use super::reading::read::{Placed, Reader};
use super::reading::yaml::parse;
use super::{Definitions, Facts, Results, consistency, references};
use crate::diagnostic::{Diagnostic, Problems, SourceFile, code};
use crate::project::reason;

/// Finds a file or folder by its path relative to the folder of the results file.
pub type FindNextToResults<'a> = &'a dyn Fn(&str) -> std::io::Result<Option<PathBuf>>;

/// Reads a results file without project facts or files of records, or returns everything that is wrong with it.
pub fn load(file: &Arc<SourceFile>) -> Result<Results, Problems> {
    match read(file, &Arc::default(), None, None, false) {
        (Some(results), problems) if problems.is_empty() => Ok(results),
        (_, problems) => Err(problems),
    }
}

/// Reads a results file, and collects everything that is wrong with it. Results that contradict each other are returned
/// with the diagnostics about them. `find_file` finds files of records, unless `records` names them. If
/// `records_are_checked`, another process has checked them already.
pub fn read(
    file: &Arc<SourceFile>,
    definitions: &Arc<Definitions>,
    find_file: Option<FindNextToResults<'_>>,
    records: Option<&Path>,
    records_are_checked: bool,
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
        match &mut facts.record_source {
            Some(record_source) => record_source.resolve(path),
            record_source => *record_source = Some(RecordSource::from_path(path)),
        }
    } else if let (Some(record_source), Some(find_file)) = (&mut facts.record_source, find_file) {
        match find_file(&record_source.from.value) {
            Ok(Some(path)) => record_source.resolve(&path),
            Ok(None) => problems.push(not_found(&files, &record_source.from, "there is no such file or folder")),
            Err(error) => problems.push(not_found(&files, &record_source.from, &reason(&error))),
        }
    }
    if let Some(record_source) = &facts.record_source
        && problems.is_empty()
        && (find_file.is_some() || records.is_some())
    {
        problems.extend(record_source.check_format(&files));
    }
    if !problems.is_empty() {
        return (None, problems);
    }
    let opened = facts.record_source.take_if(|_| find_file.is_some() || records.is_some());
    let facts = match opened {
        Some(record_source) => bulk::load_records(record_source, facts, &mut files, &mut problems, records_are_checked),
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
