//! Exit codes.

/// All was done.
pub const OK: u8 = 0;
/// Some documents failed, or a check found errors.
pub const FAILED: u8 = 1;
/// The command line was not understood.
pub const USAGE: u8 = 2;
/// Storage or network failed: try again (`EX_TEMPFAIL` of sysexits).
pub const TRY_AGAIN: u8 = 75;
/// Interrupted: 128 + SIGINT.
pub const INTERRUPTED: u8 = 130;
