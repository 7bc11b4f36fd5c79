//! `gen-report print`: sheets for the press, and fields on pre-printed stock.

mod marks;
mod sheets;
mod stock;
mod ticket;
