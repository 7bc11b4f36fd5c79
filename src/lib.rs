//! Builds press releases and certificates in several languages from facts that are written once.
//!
//! An organisation writes its facts in YAML ([`results`]), translators write messages in Fluent ([`locale`]), a designer
//! writes pages in Handlebars templates that emit Typst ([`template`]). [`typeset`] turns them into PDFs, [`run`]
//! builds many documents and puts each into a [`store`], [`print`] imposes pages on sheets. [`check`] finds mistakes
//! without writing anything, [`audit`] reads finished documents back, [`trust`] signs the codes of certificates and checks
//! them, [`site`] is the web page that does so without this program, [`proof`] shows translators their messages on the pages,
//! and [`init`] writes a new project.
//!
//! Data flows in this order and never back: [`results`], [`locale`], [`template`], [`typeset`], [`store`], [`run`]. Everything
//! that can go wrong is a [`diagnostic`].

pub mod audit;
pub mod check;
pub mod cli;
mod clock;
pub mod cmd;
pub mod design;
pub mod diagnostic;
pub mod document;
pub mod exit;
pub mod hash;
pub mod html;
pub mod init;
pub mod locale;
pub mod panic;
pub mod pdf;
#[cfg(feature = "print")]
pub mod print;
pub mod project;
pub mod proof;
pub mod results;
pub mod run;
pub mod site;
pub mod store;
pub mod template;
pub mod trust;
pub mod typeset;
pub mod ui;
#[cfg(feature = "watch")]
pub mod watch;
