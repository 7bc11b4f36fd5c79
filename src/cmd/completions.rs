//! `gen-report completions`: prints a script that completes commands and options in a shell.

use serde_json::json;

use crate::cli::{Cli, CompletionsArgs};
use crate::diagnostic::Problems;
use crate::exit;
use crate::ui::Console;

pub fn run(args: &CompletionsArgs, console: &Console) -> Result<u8, Problems> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::full_command(), "gen-report", &mut script);
    let script = String::from_utf8_lossy(&script);
    let shell = args.shell.to_string();
    console.write_data(&json!({ "type": "completions", "shell": shell, "script": script }), script.trim_end());
    Ok(exit::OK)
}
