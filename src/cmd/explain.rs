//! `gen-report explain`: what a code means.

use serde_json::json;

use super::Voice;
use crate::cli::{CommonArgs, ExplainArgs};
use crate::diagnostic::code;
use crate::exit;

pub fn run(args: &ExplainArgs, common: &CommonArgs) -> u8 {
    let voice = Voice::new(common);
    let wanted = args.code.as_deref().map(str::to_ascii_uppercase);
    let mut known = false;
    for (code, title, text) in code::ALL {
        if wanted.as_deref().is_some_and(|wanted| wanted != code.0) {
            continue;
        }
        known = true;
        let line = match wanted {
            None => format!("{} {}", code.0, title.trim()),
            Some(_) => format!("{}: {}\n\n{text}", code.0, title.trim()),
        };
        voice.data(&json!({ "type": "code", "code": code.0, "title": title.trim(), "text": text }), &line);
    }
    if known {
        return exit::OK;
    }
    voice.complain(&format!("there is no code `{}`", args.code.as_deref().unwrap_or_default()));
    exit::USAGE
}
