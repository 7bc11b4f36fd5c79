//! Diagnostics as JSON: for other programs, and for other processes of this program.

use std::sync::Arc;

use serde_json::json;

use super::{Diagnostic, FileOrigin, Place, Severity, SourceFile, code};

impl Diagnostic {
    /// Returns the JSON object of `--message-format json`.
    pub fn to_json(&self) -> serde_json::Value {
        let places: Vec<_> = self
            .places
            .iter()
            .map(|p| {
                let (line, column) = p.file.line_column(p.range.start);
                json!({ "file": p.file.display_path(), "line": line, "column": column,
                        "excerpt": p.file.line(p.range.start), "label": p.label })
            })
            .collect();
        json!({
            "type": "diagnostic",
            "severity": match self.severity { Severity::Error => "error", Severity::Warning => "warning" },
            "code": self.code.0, "message": self.message, "places": places, "notes": self.notes, "help": self.help,
        })
    }

    /// Serialises the diagnostic for another process of this program.
    pub fn to_wire(&self) -> serde_json::Value {
        let places: Vec<_> = self
            .places
            .iter()
            .map(|p| {
                let embedded = p.file.origin == FileOrigin::Embedded;
                let mut place = json!({ "file": p.file.path, "embedded": embedded, "start": p.range.start,
                                        "end": p.range.end, "label": p.label });
                // A record is part of a long file, so its text is sent along.
                if p.file.is_part {
                    place["line"] = p.file.first_line.into();
                    place["text"] = p.file.text.clone().into();
                }
                place
            })
            .collect();
        json!({ "error": self.severity == Severity::Error, "code": self.code.0, "message": self.message,
                "places": places, "notes": self.notes, "help": self.help })
    }

    /// Parses the output of [`Self::to_wire`]; `file` returns the source file of an origin and a path.
    pub fn from_wire(json: &serde_json::Value, file: &dyn Fn(FileOrigin, &str) -> Arc<SourceFile>) -> Option<Self> {
        let (code, ..) = code::ALL.iter().find(|(code, ..)| json["code"] == code.0)?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let place = |p: &serde_json::Value| {
            let at = |key: &str| p[key].as_u64().and_then(|n| usize::try_from(n).ok());
            let path = p["file"].as_str()?;
            let origin = if p["embedded"].as_bool()? { FileOrigin::Embedded } else { FileOrigin::Disk };
            let file = match (text(&p["text"]), at("line")) {
                (Some(text), Some(line)) => SourceFile::part(path, text, line),
                _ => file(origin, path),
            };
            Some(Place::new(&file, at("start")?..at("end")?).labelled(text(&p["label"])?))
        };
        Some(Self {
            severity: if json["error"] == true { Severity::Error } else { Severity::Warning },
            code: *code,
            message: text(&json["message"])?,
            places: json["places"].as_array()?.iter().filter_map(place).collect(),
            notes: json["notes"].as_array()?.iter().filter_map(text).collect(),
            help: text(&json["help"]),
            // Only `check` needs it, and it has no other processes.
            details: None,
        })
    }
}
