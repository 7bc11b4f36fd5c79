//! The commands, one module each: they turn arguments into calls of the library, and write the results to the console.

mod build;
mod check;
mod completions;
mod credentials;
mod dry_run;
mod explain;
mod init;
mod keys;
mod list;
mod man;
mod merge;
#[cfg(feature = "print")]
mod print;
#[cfg(feature = "print")]
mod print_options;
mod proof;
mod publish;
mod schema;
mod signing;
#[cfg(feature = "print")]
mod stock;
mod verify;
#[cfg(feature = "watch")]
mod watch;
mod withdraw;

use crate::cli::{Cli, Command, CommonArgs};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::project::Project;
use crate::ui::Console;

/// Runs the command of a command line. Returns the exit code.
///
/// # Errors
/// Returns diagnostics that explain why the command failed. `main` reports them and chooses the exit code.
pub fn run(cli: &Cli, console: &mut Console) -> Result<u8, Problems> {
    let common = &cli.common;
    match &cli.command {
        None => build::run(&cli.build, common, console),
        Some(Command::Build(args)) => build::run(args, common, console),
        Some(Command::Check(args)) => check::run(args, common, console),
        Some(Command::Completions(args)) => completions::run(args, console),
        Some(Command::Explain(args)) => explain::run(args, console),
        Some(Command::Init(args)) => init::run(args, console),
        Some(Command::Keys(args)) => keys::run(args, common, console),
        Some(Command::List) => list::run(common, console),
        Some(Command::Man(args)) => man::run(args, console),
        Some(Command::Merge(args)) => merge::run(args, common, console),
        #[cfg(feature = "print")]
        Some(Command::Print(args)) => match &args.stock.stock {
            Some(file) => stock::run(file, args, common, console),
            None => print::run(args, common, console),
        },
        Some(Command::Proof(args)) => proof::run(args, common, console),
        Some(Command::Revoke(args)) => withdraw::revoke(args, common, console),
        Some(Command::Schema) => schema::run(common, console),
        Some(Command::Supersede(args)) => withdraw::supersede(args, common, console),
        Some(Command::Verify(args)) => verify::run(args, common, console),
        #[cfg(feature = "watch")]
        Some(Command::Watch(args)) => watch::run(args, common, console),
    }
}

/// Opens the project of the command line, or the embedded edition if there is none.
fn open_project(args: &CommonArgs) -> Result<Project, Problems> {
    let mut project = Project::open(args.folder(), args.results.as_deref())?;
    if args.project.is_some() && !project.has_folders() {
        let message =
            format!("`{}` is not a project: it has none of reports/, locales/ and fonts/", args.folder().display());
        return Err(Diagnostic::error(code::PROJECT_FILE, message)
            .note("without `--project`, the program builds the edition embedded in it")
            .help("check the name of the folder, or create a project in it with `gen-report init`")
            .into());
    }
    project.records.clone_from(&args.records);
    Ok(project)
}
