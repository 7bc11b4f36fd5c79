//! The `gen-report` command.

use std::process::ExitCode;

use gen_report::cli::{Cli, Command};
use gen_report::cmd;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A document that breaks the typesetter is told as a diagnostic, not as a trace.
    std::panic::set_hook(Box::new(|_| {}));
    let cli = Cli::read();
    ExitCode::from(match &cli.command {
        None => cmd::build::run(&cli.build, &cli.common),
        Some(Command::Build(args)) => cmd::build::run(args, &cli.common),
        Some(Command::Check(args)) => cmd::check::run(args, &cli.common),
        Some(Command::Explain(args)) => cmd::explain::run(args, &cli.common),
        Some(Command::Init(args)) => cmd::init::run(args, &cli.common),
        Some(Command::Merge(args)) => cmd::merge::run(args, &cli.common),
        Some(Command::List) => cmd::list::run(&cli.common),
        Some(Command::Schema) => cmd::schema::run(&cli.common),
    })
}
