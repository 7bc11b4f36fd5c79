//! The register of a project: the certificates that are no longer valid.
//!
//! The program only appends to the file. What people write in it, comments too, stays as it is.

use std::sync::Arc;

use super::reading::places::Files;
use super::reading::read::{Reader, Spanned};
use super::reading::yaml::{Node, Value, parse};
use super::{Date, words};
use crate::diagnostic::{Diagnostic, Place, Problems, Result, SourceFile, code};

/// The file with the register.
pub const REGISTER_PATH: &str = "reports/register.yaml";

/// The beginning of a new register.
const HEAD: &str =
    "# The certificates that are no longer valid. `gen-report revoke` and `gen-report supersede` append to this list;
# `gen-report keys publish` signs and publishes it, reasons included.
";

words! {
    /// Why a certificate is no longer valid.
    Withdrawal { Revoked = "revoked", Superseded = "superseded" }
}

/// A certificate that is no longer valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterEntry {
    pub serial: String,
    pub status: Withdrawal,
    /// The day from which it is not valid.
    pub date: Date,
    /// A revoked certificate has one.
    pub reason: Option<String>,
    /// The serial number of the certificate that replaces it; only a superseded certificate has one.
    pub successor: Option<String>,
}

/// The certificates that are no longer valid, each once, in the order of their entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    pub entries: Vec<RegisterEntry>,
}

impl Register {
    /// Reads a register. Returns everything that is wrong with it.
    pub fn read(file: &Arc<SourceFile>) -> Result<Self, Problems> {
        let root = parse(file)?;
        if matches!(root.value, Value::Null) {
            return Ok(Self::default()); // a file of comments
        }
        let reader = Reader::new(Files::new(file));
        let entries = reader.list(&root, |node| read_entry(&reader, node)).unwrap_or_default();
        check(&reader, &entries);
        reader.into_problems().into_result(Self { entries: entries.into_iter().map(|entry| entry.value).collect() })
    }

    pub fn find(&self, serial: &str) -> Option<&RegisterEntry> {
        self.entries.iter().find(|entry| entry.serial == serial)
    }

    /// Returns the serial number of the certificate that has replaced another one, after all replacements.
    pub fn latest_successor<'a>(&'a self, entry: &'a RegisterEntry) -> Option<&'a str> {
        let mut latest = entry.successor.as_deref()?;
        // A register has no circles, but one of somebody else may have.
        for _ in &self.entries {
            match self.find(latest).and_then(|entry| entry.successor.as_deref()) {
                Some(next) => latest = next,
                None => break,
            }
        }
        Some(latest)
    }

    /// Returns the text of a register with one more entry. `text` is the file as it is, or `None` if there is none.
    pub fn append(text: Option<&Arc<SourceFile>>, entry: &RegisterEntry) -> Result<String, Problems> {
        let (before, mut entries) = match text {
            Some(file) => (file.text.as_str(), Self::read(file)?.entries),
            None => (HEAD, Vec::new()),
        };
        // The list of a file may be indented.
        let item = before.lines().rev().find(|line| line.trim_start().starts_with("- "));
        let indent = item.map_or("", |line| &line[..line.len() - line.trim_start().len()]);
        let line_break = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        let after = format!("{before}{line_break}{}", entry.to_yaml(indent));
        entries.push(entry.clone());
        let path = text.map_or(REGISTER_PATH, |file| file.path.as_str());
        match Self::read(&SourceFile::new(path, after.as_str())) {
            Ok(register) if register.entries == entries => Ok(after),
            Err(problems) if text.is_none() => Err(problems),
            // For example the list `[]`, or the last text of the file swallows what follows.
            _ => {
                let file = text.cloned().unwrap_or_else(|| SourceFile::new(path, before));
                let end = file.text.trim_end().len();
                Err(Diagnostic::error(code::REGISTER, "no entry can be appended after the end of this register")
                    .place(Place::new(&file, end..end))
                    .help(format!(
                        "write one entry after another, each beginning with `- `; or add this one yourself:\n{}",
                        entry.to_yaml("").trim_end()
                    ))
                    .into())
            }
        }
    }
}

impl RegisterEntry {
    fn to_yaml(&self, indent: &str) -> String {
        // A text of JSON is one of YAML.
        let quote = |text: &str| serde_json::Value::from(text).to_string();
        let mut yaml = format!(
            "{indent}- serial: {}\n{indent}  status: {}\n{indent}  date: {}\n",
            quote(&self.serial),
            self.status.word(),
            self.date
        );
        for (key, text) in [("reason", &self.reason), ("successor", &self.successor)] {
            if let Some(text) = text {
                yaml.push_str(&format!("{indent}  {key}: {}\n", quote(text)));
            }
        }
        yaml
    }
}

fn read_entry(r: &Reader, node: &Node) -> Option<Spanned<RegisterEntry>> {
    let f = r.fields(node, "entry of the register")?;
    let serial = f.required("serial").and_then(|n| r.serial(n));
    let status = f.required("status").and_then(|n| r.word(n, "status", Withdrawal::parse, Withdrawal::WORDS));
    let date = f.required("date").and_then(|n| r.day(n));
    let text = |node| r.text(node).map(|text| text.value);
    let (reason, successor) = match status {
        // Any other key is reported as unknown.
        Some(Withdrawal::Revoked) => (f.required("reason").map(text), None),
        Some(Withdrawal::Superseded) => {
            let successor = f.required("successor").map(|n| r.serial(n).map(|serial| serial.value));
            (f.optional("reason").map(text), Some(successor.flatten()))
        }
        None => (f.optional("reason").map(text), f.optional("successor").map(|_| None)),
    };
    f.finish();
    let (serial, status) = (serial?, status?);
    let value = RegisterEntry {
        serial: serial.value,
        status,
        date: date?,
        reason: reason.map_or(Some(None), |reason| reason.map(Some))?,
        successor: successor.map_or(Some(None), |successor| successor.map(Some))?,
    };
    let is_complete = status == Withdrawal::Superseded || value.reason.is_some();
    is_complete.then_some(Spanned { value, span: serial.span })
}

/// Reports certificates with two entries, and those that replace each other in a circle.
fn check(r: &Reader, entries: &[Spanned<RegisterEntry>]) {
    let find = |serial: &str| entries.iter().find(|entry| entry.serial == serial);
    for (at, entry) in entries.iter().enumerate() {
        if let Some(first) = entries[..at].iter().find(|first| first.serial == entry.serial) {
            let message = format!("the register has two entries for `{}`", entry.serial);
            r.report(
                Diagnostic::error(code::DUPLICATE, message)
                    .place(r.place(&entry.span))
                    .place(r.place(&first.span).labelled("first entry"))
                    .help("keep one of the two"),
            );
            continue;
        }
        let mut next = entry.successor.as_deref();
        for _ in entries {
            match next {
                Some(serial) if serial == entry.serial => {
                    let message = format!("`{}` replaces itself, directly or through others", entry.serial);
                    r.report_invalid(code::REGISTER, &entry.span, message, "correct the successor");
                    break;
                }
                Some(serial) => next = find(serial).and_then(|entry| entry.successor.as_deref()),
                None => break,
            }
        }
    }
}
