//! A multilingual document press.
//!
//! An organisation writes what it has decided once, as facts in YAML ([`results`]). Translators write
//! the words once per language, in Fluent ([`locale`]). A designer shapes the page once, in Handlebars
//! that emits Typst ([`template`]). [`typeset`] makes pages and archive PDFs of it, and [`store`] puts
//! each where it belongs, whole or not at all; [`print`] lays pages on sheets for the printing press. [`edition`] runs one
//! document after another; [`check`] looks for
//! mistakes and makes nothing, [`audit`] reads finished documents back, and [`init`] writes a new project.
//!
//! Data flows down this list and never back up; everything that can go wrong is a [`diagnostic`].

pub mod audit;
pub mod check;
pub mod cli;
pub mod cmd;
pub mod diagnostic;
pub mod edition;
pub mod exit;
pub mod init;
pub mod locale;
pub mod manifest;
pub mod pdf;
mod picture;
pub mod print;
pub mod project;
pub mod results;
pub mod shard;
pub mod store;
pub mod sum;
pub mod template;
pub mod typeset;
pub mod workers;
