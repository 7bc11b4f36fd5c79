//! Journals: files of lines next to the documents of a store.

use std::io::BufRead;

use super::Store;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::reason;

/// A line of a journal.
pub struct JournalLine {
    /// Counted from 0.
    pub number: usize,
    pub text: String,
}

/// Returns the lines of a journal. A line that is not UTF-8 is skipped.
pub fn lines(store: &dyn Store, journal: &str) -> Result<impl Iterator<Item = Result<JournalLine>> + use<>> {
    let location = store.journal_location(journal);
    let input = store.read(journal)?;
    let lines = input.into_iter().flat_map(|input| input.split(b'\n')).enumerate();
    Ok(lines.filter_map(move |(number, line)| match line {
        Ok(line) => Some(Ok(JournalLine { number, text: String::from_utf8(line).ok()? })),
        Err(error) => {
            let message = format!("`{location}` cannot be read: {}", reason(&error));
            Some(Err(Diagnostic::error(code::OUTPUT, message).help("check the folder given with `--out`")))
        }
    }))
}

/// Calls `act`, which changes things that a journal describes, and replaces their lines. Returns the result of `act`.
///
/// The old lines (those for which `is_kept` is false) are removed first, and the new lines, which `act` returns with its
/// result, are written afterwards, so that no line is wrong after a crash.
pub fn replace_lines<T>(
    store: &dyn Store,
    journal: &str,
    is_kept: impl Fn(&str) -> bool,
    act: impl FnOnce() -> Result<(T, Vec<String>)>,
) -> Result<T> {
    let kept = lines(store, journal)?.map(|line| line.map(|line| line.text));
    let kept: Vec<String> =
        kept.filter(|line| line.as_ref().map_or(true, |line| is_kept(line))).collect::<Result<_>>()?;
    store.rewrite(journal, &mut kept.iter().cloned().map(Ok))?;
    let (result, new) = act()?;
    store.rewrite(journal, &mut kept.into_iter().chain(new).map(Ok))?;
    Ok(result)
}
