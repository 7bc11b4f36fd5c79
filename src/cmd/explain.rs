//! `gen-report explain`: explains a diagnostic code, or lists all codes.

use serde_json::json;

use crate::cli::ExplainArgs;
use crate::diagnostic::{Problems, code};
use crate::exit;
use crate::ui::Console;

pub fn run(args: &ExplainArgs, console: &mut Console) -> Result<u8, Problems> {
    let wanted = args.code.as_deref().map(str::to_ascii_uppercase);
    let mut is_known = false;
    for (code, title, text) in code::ALL {
        if wanted.as_deref().is_some_and(|wanted| wanted != code.0) {
            continue;
        }
        is_known = true;
        let line = match wanted {
            None => format!("{} {}", code.0, title.trim()),
            Some(_) => format!("{}: {}\n\n{text}", code.0, title.trim()),
        };
        console.write_data(&json!({ "type": "code", "code": code.0, "title": title.trim(), "text": text }), &line);
    }
    if !is_known {
        let code = args.code.as_deref().unwrap_or_default();
        console.report_usage_error(&format!("unknown diagnostic code `{code}`"), "`gen-report explain`");
        return Ok(exit::USAGE);
    }
    Ok(exit::OK)
}
