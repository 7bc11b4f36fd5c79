//! `gen-report man`: prints a page of the manual in roff, for `man`.

use serde_json::json;

use crate::cli::{Cli, ManArgs};
use crate::diagnostic::Problems;
use crate::exit;
use crate::ui::Console;

pub fn run(args: &ManArgs, console: &mut Console) -> Result<u8, Problems> {
    let mut program = Cli::full_command().disable_help_subcommand(true);
    program.build();
    let page = match &args.command {
        None => Some(&program),
        Some(name) => program.find_subcommand(name),
    };
    let Some(page) = page else {
        let name = args.command.as_deref().unwrap_or_default();
        console.report_usage_error(&format!("unknown command `{name}`"), "`gen-report --help`");
        return Ok(exit::USAGE);
    };
    // `clap::Command::build` has set the display name of a command to gen-report-COMMAND, which `man` expects.
    let name = page.get_display_name().unwrap_or("gen-report");
    let mut roff = Vec::new();
    // Writing to memory cannot fail.
    clap_mangen::Man::new(page.clone()).render(&mut roff).unwrap_or_default();
    let roff = String::from_utf8_lossy(&roff);
    console.write_data(&json!({ "type": "page", "name": name, "roff": roff }), roff.trim_end());
    Ok(exit::OK)
}
