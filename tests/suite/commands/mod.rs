//! `check`, `check --out` and `init`, and what diagnostics look like.

mod audit;
mod manual;
mod usage;
mod check;
mod errors;
mod init;
mod screens;
