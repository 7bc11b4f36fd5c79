//! Reads a results file and everything that it refers to. One run reports every mistake.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bulk::{self, RecordSource};
use super::reading::places::Files;
use super::reading::read::{Reader, Spanned};
use super::reading::yaml::parse;
use super::{City, Definitions, Facts, Results, consistency, references};
use crate::diagnostic::{Diagnostic, Problems, SourceFile, code};
use crate::project::reason;

/// Finds a file or folder by its path relative to the folder of the results file.
pub type FindNextToResults<'a> = &'a dyn Fn(&str) -> std::io::Result<Option<PathBuf>>;

/// A function that is called with a city.
pub type VisitRecord<'a> = &'a (dyn Fn(&City) + Sync);

/// How to read a results file. The default is without project facts or files of records.
#[derive(Clone, Default)]
pub struct ReadOptions<'a> {
    pub definitions: Arc<Definitions>,
    /// Finds the files of records that the results name.
    pub find_file: Option<FindNextToResults<'a>>,
    /// The records to read in place of those that the results name.
    pub records: Option<&'a Path>,
    /// Whether to skip checking records that are not held in memory.
    pub skip_record_checks: bool,
    /// Is called with each city that is not held in memory, when its record is checked.
    pub visit_record: Option<VisitRecord<'a>>,
}

/// Reads a results file without project facts or files of records, or returns everything that is wrong with it.
pub fn load(file: &Arc<SourceFile>) -> Result<Results, Problems> {
    match read(file, &ReadOptions::default()) {
        (Some(results), problems) if problems.is_empty() => Ok(results),
        (_, problems) => Err(problems),
    }
}

/// Reads a results file, and collects everything that is wrong with it. Results that contradict each other are returned
/// with the diagnostics about them.
pub fn read(file: &Arc<SourceFile>, options: &ReadOptions<'_>) -> (Option<Results>, Problems) {
    let root = match parse(file) {
        Ok(root) => root,
        Err(problem) => return (None, problem.into()),
    };
    let mut files = Files::new(file);
    let reader = Reader::with_definitions(files.clone(), options.definitions.clone());
    let facts = Facts::read(&reader, &root, file);
    let mut problems = reader.into_problems();
    let Some(mut facts) = facts else { return (None, sorted(problems)) };
    if let Some(path) = options.records {
        match &mut facts.record_source {
            Some(record_source) => record_source.resolve(path),
            record_source => *record_source = Some(RecordSource::from_path(path)),
        }
    } else if let (Some(record_source), Some(find_file)) = (&mut facts.record_source, options.find_file) {
        match find_file(&record_source.from.value) {
            Ok(Some(path)) => record_source.resolve(&path),
            Ok(None) => problems.push(not_found(&files, &record_source.from, "there is no such file or folder")),
            Err(error) => problems.push(not_found(&files, &record_source.from, &reason(&error))),
        }
    }
    let resolved = facts.record_source.take_if(|record_source| record_source.is_resolved());
    problems.extend(resolved.as_ref().and_then(|record_source| record_source.check_format(&files)));
    if !problems.is_empty() {
        return (None, sorted(problems));
    }
    let facts = match resolved {
        Some(record_source) => bulk::load_records(record_source, facts, &mut files, &mut problems, options),
        None => facts.into(),
    };
    let results = Results { facts, files };
    problems.extend(references::check(&results));
    problems.extend(consistency::check(&results));
    (Some(results), sorted(problems))
}

fn not_found(files: &Files, from: &Spanned<String>, why: &str) -> Diagnostic {
    Diagnostic::error(code::BROKEN_REFERENCE, format!("the cities cannot be read from `{}`: {why}", from.value))
        .place(files.place(&from.span))
        .help("write a path inside the folder of the results file, or name any other file with --records")
}

fn sorted(mut problems: Problems) -> Problems {
    problems.sort_by_key(Diagnostic::sort_key);
    problems
}
