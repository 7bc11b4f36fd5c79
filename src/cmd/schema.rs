//! `gen-report schema`: prints the JSON Schema of the results file.

use super::open_project;
use crate::cli::CommonArgs;
use crate::diagnostic::Problems;
use crate::exit;
use crate::results;
use crate::run::LoadedProject;
use crate::ui::Console;

pub fn run(common: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    let definitions = LoadedProject::read_definitions(&open_project(common)?)?;
    let schema = results::schema(&definitions);
    console.write_data(&schema, &format!("{schema:#}"));
    Ok(exit::OK)
}
