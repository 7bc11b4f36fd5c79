//! How each language writes numbers, dates, names and lists; proofs and pseudo-locales.

mod forms;
mod intl;
mod languages;
mod proof;
mod settings;
mod style;
