//! `gen-report schema`: the JSON Schema of the results file.

use super::Voice;
use crate::cli::CommonArgs;
use crate::exit;
use crate::results;

pub fn run(args: &CommonArgs) -> u8 {
    let schema = results::schema();
    Voice::new(args).data(&schema, &format!("{schema:#}"));
    exit::OK
}
