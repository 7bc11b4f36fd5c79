//! `gen-report schema`: prints the JSON Schema of the results file.

use crate::diagnostic::Problems;
use crate::exit;
use crate::results;
use crate::ui::Console;

pub fn run(console: &Console) -> Result<u8, Problems> {
    let schema = results::schema();
    console.write_data(&schema, &format!("{schema:#}"));
    Ok(exit::OK)
}
