//! `check`, `check --out`, `init`, the examples of the manual, and what each diagnostic looks like.

mod audit;
mod check;
mod errors;
mod init;
mod manual;
mod screens;
mod usage;
