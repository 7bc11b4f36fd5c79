//! The printing press: pages on sheets.

pub mod colour;
pub mod graft;
pub mod marks;
pub mod plan;
pub mod scan;
pub mod sheet;
