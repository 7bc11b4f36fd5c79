//! The manifest: one JSON line for each document of a place. What it calls made is there, even after a power cut.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::BufRead;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostic, Result, Severity, code};
use crate::edition::{Job, Made, Outcome, Status};
use crate::hash::{Hash128, hash, hex};
use crate::project::reason;
use crate::shard::Shard;
use crate::store::{Lock, Store};

/// Beginnings of the journals' names.
pub const MANIFEST: &str = "manifest";
pub const FAILED: &str = "failed";

/// What a line says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub key: String,
    pub language: String,
    /// `None` where it failed.
    pub made: Option<Made>,
    /// Codes of what there was to say of it.
    pub warnings: Vec<String>,
}

impl Line {
    /// Reads a line; half of one, which a crash leaves, says nothing.
    pub fn read(text: &str) -> Option<Self> {
        let json: Json = serde_json::from_str(text).ok()?;
        let number = |key: &str| json[key].as_u64().and_then(|n| usize::try_from(n).ok());
        let made = match json["status"].as_str()? {
            "made" => Some(Made {
                pages: number("pages")?,
                bytes: number("bytes")?,
                sha256: unhex(json["sha256"].as_str()?)?,
                input: unhex(json["input"].as_str()?)?,
            }),
            _ => None,
        };
        let text = |key: &str| json[key].as_str().map(str::to_owned);
        let warnings = json["warnings"].as_array().into_iter().flatten();
        Some(Self {
            key: text("file")?,
            language: text("language")?,
            made,
            warnings: warnings.filter_map(|code| code.as_str().map(str::to_owned)).collect(),
        })
    }

    /// The line of a document, with its keys in the order in which people read them.
    pub fn write(job: &Job, made: Option<&Made>, warnings: &[String]) -> String {
        let head = head(job, if made.is_some() { "made" } else { "failed" });
        let made = made.map_or_else(String::new, |made| {
            let (sha256, input) = (hex(&made.sha256), hex(&made.input));
            format!(r#","pages":{},"bytes":{},"sha256":"{sha256}","input":"{input}""#, made.pages, made.bytes)
        });
        format!(r#"{{{head}{made},"warnings":{}}}"#, json!(warnings))
    }
}

fn head(job: &Job, status: &str) -> String {
    let (record, report, language, file) = (json!(job.city_id), json!(job.report), json!(job.language), json!(job.key));
    format!(r#""record":{record},"report":{report},"language":{language},"file":{file},"status":"{status}""#)
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// The lines of a journal, each with its number; what is no line is passed over.
pub fn lines(store: &dyn Store, journal: &str) -> Result<impl Iterator<Item = Result<(usize, String)>>> {
    let shown = store.shown(journal);
    let input = store.read(journal)?;
    let lines = input.into_iter().flat_map(|input| input.split(b'\n')).enumerate();
    Ok(lines.filter_map(move |(number, line)| match line {
        Ok(line) => Some(Ok((number, String::from_utf8(line).ok()?))),
        Err(error) => {
            let message = format!("`{shown}` cannot be read: {}", reason(&error));
            Some(Err(Diagnostic::error(code::OUTPUT, message).help("check the folder given with --out")))
        }
    }))
}

/// The manifest of a run, and what failed in it.
pub struct Ledger<'s> {
    store: &'s dyn Store,
    manifest: String,
    failed: String,
    /// There are lines of an earlier run.
    grown: bool,
    /// By the sum of its key: what an earlier run made.
    known: HashMap<Hash128, (Hash128, u64)>,
    _lock: Lock,
}

impl<'s> Ledger<'s> {
    /// Opens the manifest for this run alone. With `resume`, what is made already is known.
    pub fn open(store: &'s dyn Store, shard: Option<Shard>, resume: bool) -> Result<Self> {
        let name = |name: &str| shard.map_or_else(|| format!("{name}.jsonl"), |shard| shard.journal(name));
        let (manifest, failed) = (name(MANIFEST), name(FAILED));
        let lock = store.lock(&manifest)?;
        let journals = store.journals()?;
        let grown = journals.contains(&manifest) || journals.contains(&failed);
        if shard.is_some() && !journals.contains(&manifest) {
            // No city may fall to a shard: a merge must know that it was run.
            store.append(&manifest, "")?;
        }
        let mut known = HashMap::new();
        if resume {
            for line in lines(store, &manifest)? {
                let Some(line) = Line::read(&line?.1) else { continue };
                match line.made {
                    Some(made) => known.insert(hash(&line.key), (made.input, made.bytes as u64)),
                    None => known.remove(&hash(&line.key)),
                };
            }
        }
        Ok(Self { store, manifest, failed, grown, known, _lock: lock })
    }

    /// Whether the document was made of the same input, and is there.
    pub fn has(&self, job: &Job, input: &Hash128) -> bool {
        let Some((made_of, bytes)) = self.known.get(&hash(&job.key)) else { return false };
        made_of == input && self.store.size(&job.key).is_ok_and(|size| size == Some(*bytes))
    }

    /// Writes down what became of some documents. When it returns, they are kept.
    pub fn write(&self, done: &[(&Job, &Outcome)]) -> Result<()> {
        let (mut lines, mut failures) = (String::new(), String::new());
        for (job, outcome) in done {
            let made = match &outcome.status {
                Status::Kept => continue,
                Status::Made(made) => Some(made),
                Status::Failed => {
                    let told: Vec<Json> = outcome.diagnostics.iter().map(Diagnostic::to_json).collect();
                    failures.push_str(&format!("{{{},\"diagnostics\":{}}}\n", head(job, "failed"), json!(told)));
                    None
                }
            };
            let warnings = outcome.diagnostics.iter().filter(|d| d.severity == Severity::Warning);
            let warnings: Vec<String> = warnings.map(|d| d.code.0.to_owned()).collect();
            lines.push_str(&Line::write(job, made, &warnings));
            lines.push('\n');
        }
        if !failures.is_empty() {
            self.store.append(&self.failed, &failures)?;
        }
        if lines.is_empty() { Ok(()) } else { self.store.append(&self.manifest, &lines) }
    }

    /// The end of a run: each document keeps its last line, and what was made since is no failure any more.
    pub fn close(self, all_made: bool) -> Result<()> {
        if !self.grown && all_made {
            return Ok(());
        }
        let mut last: HashMap<Hash128, (usize, bool)> = HashMap::new();
        let mut count = 0;
        for line in lines(self.store, &self.manifest)? {
            let (number, text) = line?;
            count += usize::from(!text.is_empty());
            if let Some(line) = Line::read(&text) {
                last.insert(hash(&line.key), (number, line.made.is_some()));
            }
        }
        if last.len() < count {
            let kept = |(number, text): (usize, String)| {
                let line = Line::read(&text)?;
                last.get(&hash(&line.key)).is_some_and(|(last, _)| *last == number).then_some(text)
            };
            let mut lines = lines(self.store, &self.manifest)?.filter_map(|line| line.map(kept).transpose());
            self.store.rewrite(&self.manifest, &mut lines)?;
        }
        if !self.store.journals()?.contains(&self.failed) {
            return Ok(());
        }
        let mut last_failure: HashMap<Hash128, usize> = HashMap::new();
        for line in lines(self.store, &self.failed)? {
            let (number, text) = line?;
            if let Some(line) = Line::read(&text) {
                last_failure.insert(hash(&line.key), number);
            }
        }
        let kept = |(number, text): (usize, String)| {
            let key = hash(Line::read(&text)?.key);
            let made_since = last.get(&key).is_some_and(|(_, made)| *made);
            (last_failure.get(&key) == Some(&number) && !made_since).then_some(text)
        };
        let mut lines = lines(self.store, &self.failed)?.filter_map(|line| line.map(kept).transpose());
        self.store.rewrite(&self.failed, &mut lines)
    }
}

/// What `--only` names: sums of the documents, and their languages.
pub fn only(path: &Path) -> Result<(HashSet<Hash128>, Vec<String>)> {
    let unread = |why: &str| {
        Diagnostic::error(code::PROJECT_FILE, format!("`{}` cannot be read: {why}", path.display()))
            .help("name a failed.jsonl or a manifest.jsonl that a run wrote")
    };
    let file = std::fs::File::open(path).map_err(|error| unread(&reason(&error)))?;
    let (mut keys, mut languages) = (HashSet::new(), BTreeSet::new());
    for line in std::io::BufReader::new(file).lines() {
        let line = line.map_err(|error| unread(&reason(&error)))?;
        if let Some(line) = Line::read(&line) {
            keys.insert(hash(&line.key));
            languages.insert(line.language);
        }
    }
    if keys.is_empty() { Err(unread("it names no document")) } else { Ok((keys, languages.into_iter().collect())) }
}
