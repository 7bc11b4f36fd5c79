//! The `gen-report` program: parses the command line, runs the command, returns the exit code.

use std::process::ExitCode;

use gen_report::cli::Cli;
use gen_report::ui::Console;
use gen_report::{cmd, exit, panic};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    panic::install_hook();
    let cli = Cli::from_command_line();
    let mut console = Console::new(&cli.common);
    let code = cmd::run(&cli, &mut console).unwrap_or_else(|problems| {
        let code = exit::of_problems(&problems);
        console.report_diagnostics(problems);
        code
    });
    ExitCode::from(console.finish(code))
}
