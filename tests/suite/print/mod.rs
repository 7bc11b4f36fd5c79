//! `gen-report print`: sheets for the press, and fields on pre-printed stock.

mod sheets;
mod stock;
