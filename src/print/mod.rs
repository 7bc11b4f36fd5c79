//! The printing press: pages on sheets.

pub mod colour;
pub mod draw;
pub mod file;
pub mod graft;
pub mod marks;
pub mod plan;
pub mod profile;
pub mod scan;
pub mod sheet;
pub mod text;
