//! The printing press: pages on sheets.

pub mod plan;
pub mod sheet;
