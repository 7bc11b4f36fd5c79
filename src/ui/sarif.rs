//! Diagnostics as a SARIF 2.1.0 log (OASIS), which code hosts show next to a change.

use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostic, Place, Severity, code};

pub fn log(diagnostics: &[Diagnostic]) -> Json {
    let mut rules: Vec<Json> = Vec::new();
    let mut used: Vec<&str> = diagnostics.iter().map(|d| d.code.0).collect();
    used.sort_unstable();
    used.dedup();
    for (code, title, text) in code::ALL.iter().filter(|(code, ..)| used.contains(&code.0)) {
        rules.push(
            json!({ "id": code.0, "shortDescription": { "text": title.trim() }, "fullDescription": { "text": text } }),
        );
    }
    let results: Vec<Json> = diagnostics.iter().map(|d| result(d, &used)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "gen-report", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(diagnostic: &Diagnostic, rules: &[&str]) -> Json {
    let mut text = diagnostic.message.clone();
    for more in diagnostic.notes.iter().chain(&diagnostic.help) {
        text.push_str(&format!("\n{more}"));
    }
    let mut result = json!({
        "ruleId": diagnostic.code.0,
        "level": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "message": { "text": text },
        "locations": diagnostic.places.iter().take(1).map(location).collect::<Vec<_>>(),
        "relatedLocations": diagnostic.places.iter().skip(1).map(location).collect::<Vec<_>>(),
    });
    if let Some(index) = rules.iter().position(|rule| *rule == diagnostic.code.0) {
        result["ruleIndex"] = index.into();
    }
    result
}

fn location(place: &Place) -> Json {
    let (line, column) = place.file.line_column(place.range.start);
    let (end_line, end_column) = place.file.line_column(place.range.end);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place.file.path) },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        },
    });
    if !place.label.is_empty() {
        location["message"] = json!({ "text": place.label });
    }
    location
}

/// Returns a path as a relative reference (RFC 3986, 4.2).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
