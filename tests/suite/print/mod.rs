//! `gen-report print`: sheets for the press, and fields on pre-printed stock.

mod identity;
mod marks;
mod preflight;
mod processing_steps;
mod sheets;
mod stock;
mod ticket;
mod xjdf;
