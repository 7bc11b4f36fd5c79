//! Exit codes.

use crate::diagnostic::{Diagnostic, code};

/// Everything was done.
pub const OK: u8 = 0;
/// Some documents failed, a check found errors, or a certificate is not genuine.
pub const FAILED: u8 = 1;
/// The command line is invalid.
pub const USAGE: u8 = 2;
/// The storage or the network failed temporarily: run again later (`EX_TEMPFAIL` of sysexits.h).
pub const TRY_AGAIN: u8 = 75;
/// Interrupted by the user: 128 + SIGINT.
pub const INTERRUPTED: u8 = 130;

/// Returns the exit code of a command that failed for these reasons.
pub fn of_problems(problems: &[Diagnostic]) -> u8 {
    if problems.iter().any(|problem| problem.code == code::TRY_AGAIN) { TRY_AGAIN } else { FAILED }
}
