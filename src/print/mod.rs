//! Documents for the printing press and for printers.

pub mod stock;
