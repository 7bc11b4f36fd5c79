//! `check`, `check --out` and `init`, and what diagnostics look like.

mod audit;
mod check;
mod errors;
mod init;
mod manual;
mod screens;
mod usage;
