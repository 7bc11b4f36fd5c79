//! The edits of a session: which texts the page may replace, how a file is replaced, and how that is undone.
//!
//! The page names no file: it refers to a text that it was offered, so that no request can write to any other file.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::edit::{Editable, EditableText, EditedFile, Reason};
use super::variants::PrintedText;
use crate::diagnostic::{Place, SourceFile};
use crate::hash::{Hash128, hash};
use crate::project::{MAX_TEXT, check_inside, leaves_folder, read_regular, reason};

const BYTE_ORDER_MARK: &str = "\u{feff}";
/// How many texts are remembered that can be edited. Each keeps a file in memory.
const MAX_OFFERS: usize = 64;
/// How many edits can be undone.
const MAX_UNDO: usize = 1000;

/// What the page asks for.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct EditRequest {
    /// Of the text, as it was offered.
    pub id: u64,
    /// The new text.
    pub text: String,
    /// Whether the file is written. Otherwise, only the lines before and after are returned.
    #[serde(default)]
    pub confirm: bool,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Edits {
    offers: VecDeque<(u64, EditableText)>,
    last_id: u64,
    undo: Vec<Undo>,
}

/// How an edit is undone.
#[derive(Debug)]
struct Undo {
    path: PathBuf,
    /// File and line, as the page shows them.
    shown: String,
    /// Of the bytes after the edit.
    hash: Hash128,
    /// Of the new text in these bytes.
    range: Range<usize>,
    /// The text that it replaced.
    old: String,
}

impl Edits {
    /// Offers to edit what printed a text at a place, if that is possible. Returns what the page shows: the text, or why it
    /// cannot be edited.
    pub fn offer(&mut self, folder: &Path, place: &Place, name: &str, printed: Option<&PrintedText>) -> Json {
        let found = Editable::find(place, name, printed).and_then(|found| {
            find_file(folder, &found.text.file)?;
            Ok(found)
        });
        let Editable { text, part, whole, note } = match found {
            Ok(found) => found,
            Err(reason) => return json!({ "problem": reason }),
        };
        let mut json = self.add(text);
        json["part"] = part.into();
        json["note"] = note.into();
        json["whole"] = whole.map(|whole| self.add(whole)).into();
        json
    }

    fn add(&mut self, text: EditableText) -> Json {
        self.last_id += 1;
        let json = json!({ "id": self.last_id, "text": text.text(), "syntax": text.syntax.as_str() });
        self.offers.push_back((self.last_id, text));
        if self.offers.len() > MAX_OFFERS {
            self.offers.pop_front();
        }
        json
    }

    /// Replaces a text in its file if the request confirms it. Returns JSON: the lines `before` and `after`, and `edit`, a new
    /// offer, once the edit is confirmed; or else `problem`.
    pub fn edit(&mut self, folder: &Path, request: &EditRequest) -> Json {
        self.try_edit(folder, request).unwrap_or_else(|reason| json!({ "problem": reason }))
    }

    fn try_edit(&mut self, folder: &Path, request: &EditRequest) -> Result<Json, Reason> {
        let offer = self.offers.iter().find(|(id, _)| *id == request.id).map(|(_, text)| text.clone());
        let text = offer.ok_or("This text was shown too long ago. Click it on the page again.")?;
        let path = find_file(folder, &text.file)?;
        let before = read_unchanged(&path, &text.file)?;
        let edited = text.replace(&request.text)?;
        let (line, _) = text.file.line_column(text.range.start);
        let mut json = json!({
            "line": line,
            "before": lines(&text.file.text, &text.range),
            "after": lines(&edited.text, &edited.range),
        });
        if edited.text == text.file.text {
            return Err("The text is the same as before.".to_owned());
        }
        if request.confirm {
            let after = with_bom_of(&before, &edited);
            replace_file(&path, &before, after.as_bytes())?;
            let bom_length = after.len() - edited.text.len();
            self.undo.push(Undo {
                path,
                shown: format!("{}:{line}", text.file.display_path()),
                hash: hash(&after),
                range: edited.range.start + bom_length..edited.range.end + bom_length,
                old: text.file.text[text.range.clone()].to_owned(),
            });
            if self.undo.len() > MAX_UNDO {
                self.undo.remove(0);
            }
            self.offers.retain(|(id, _)| *id != request.id);
            json["edit"] = match text.find_again(edited) {
                Ok(text) => self.add(text),
                Err(reason) => json!({ "problem": reason }),
            };
        }
        Ok(json)
    }

    /// Returns the file and the line of the edit that [`Self::undo`] takes back.
    pub fn last(&self) -> Option<&str> {
        self.undo.last().map(|undo| undo.shown.as_str())
    }

    /// Takes back the last edit. If that fails, for example because its file has changed since, the edit can no longer be taken
    /// back, and the next call takes back the one before it.
    pub fn undo(&mut self, folder: &Path) -> Json {
        let Some(undo) = self.undo.pop() else { return json!({ "problem": "There is no edit to undo." }) };
        match undo.apply(folder) {
            Ok(()) => json!({ "undone": undo.shown }),
            Err(reason) => json!({ "problem": reason }),
        }
    }
}

impl Undo {
    fn apply(&self, folder: &Path) -> Result<(), Reason> {
        let shown = &self.shown;
        check_inside(folder, &self.path).map_err(|error| cannot_read(shown, &error))?;
        let now = read_regular(&self.path, MAX_TEXT).map_err(|error| cannot_read(shown, &error))?;
        if hash(&now) != self.hash {
            return Err(format!("The edit of {shown} cannot be undone, because the file has changed since."));
        }
        let Range { start, end } = self.range;
        let before = [&now[..start], self.old.as_bytes(), &now[end..]].concat();
        replace_file(&self.path, &now, &before)
    }
}

/// Returns the path of a file without symbolic links, if it is inside the project and can be written.
fn find_file(folder: &Path, file: &SourceFile) -> Result<PathBuf, Reason> {
    let path = Path::new(&file.path);
    let shown = file.display_path();
    check_inside(folder, path).map_err(|error| match leaves_folder(&error) {
        true => {
            format!("{shown} is outside the folder of the project, where nothing is changed. Edit it in an editor.")
        }
        false => cannot_read(&shown, &error),
    })?;
    let path = path.canonicalize().map_err(|error| cannot_read(&shown, &error))?;
    let metadata = fs::metadata(&path).map_err(|error| cannot_read(&shown, &error))?;
    match metadata.permissions().readonly() {
        true => Err(format!("{shown} is read-only.")),
        false => Ok(path),
    }
}

/// Reads a file. Its text must be the one that was shown.
fn read_unchanged(path: &Path, shown: &SourceFile) -> Result<Vec<u8>, Reason> {
    let bytes = read_regular(path, MAX_TEXT).map_err(|error| cannot_read(&shown.display_path(), &error))?;
    match bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(&bytes) == shown.text.as_bytes() {
        true => Ok(bytes),
        false => Err(has_changed(&shown.display_path())),
    }
}

/// Returns the text of a file, after a byte order mark if the file had one before.
fn with_bom_of(before: &[u8], edited: &EditedFile) -> String {
    match before.starts_with(BYTE_ORDER_MARK.as_bytes()) {
        true => format!("{BYTE_ORDER_MARK}{}", edited.text),
        false => edited.text.clone(),
    }
}

/// Replaces a file by another with the same permissions: nobody ever reads half of it. Fails if the file has changed.
fn replace_file(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Reason> {
    let shown = path.display().to_string();
    let write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(".").suffix(".edit").tempfile_in(folder)?;
        file.write_all(after)?;
        file.as_file().set_permissions(fs::metadata(path)?.permissions())?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    let file = write().map_err(|error| cannot_write(&shown, &error))?;
    match read_regular(path, MAX_TEXT) {
        Ok(now) if now == before => {}
        Ok(_) => return Err(has_changed(&shown)),
        Err(error) => return Err(cannot_read(&shown, &error)),
    }
    file.persist(path).map(drop).map_err(|error| cannot_write(&shown, &error.error))
}

fn has_changed(shown: &str) -> Reason {
    format!("{shown} has changed since it was shown, so nothing was written. Click the text on the page again.")
}

fn cannot_read(shown: &str, error: &io::Error) -> Reason {
    format!("{shown} cannot be read: {}.", reason(error))
}

fn cannot_write(shown: &str, error: &io::Error) -> Reason {
    format!("{shown} cannot be written: {}.", reason(error))
}

/// Returns the lines that contain a part of a text, each in three parts: before it, in it, and after it.
fn lines(text: &str, range: &Range<usize>) -> Vec<[String; 3]> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let mut at = start;
    let parts = text[start..end].split('\n').map(|line| {
        let (from, to) = (at, at + line.len());
        at = to + 1;
        let part = |a: usize, b: usize| text.get(a.clamp(from, to)..b.clamp(from, to)).unwrap_or_default();
        let parts = [part(from, range.start), part(range.start, range.end), part(range.end, to)];
        parts.map(|part| part.trim_end_matches('\r').to_owned())
    });
    parts.collect()
}
