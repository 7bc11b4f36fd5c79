//! `gen-report print`: documents for the printer.

use super::{Voice, stock};
use crate::cli::{CommonArgs, PrintArgs};
use crate::exit;

pub fn run(args: &PrintArgs, common: &CommonArgs) -> u8 {
    let mut voice = Voice::new(common);
    let Some(file) = &args.stock.stock else {
        voice.complain("name a stock with --stock");
        return exit::USAGE;
    };
    stock::run(file, args, common, &mut voice)
}
