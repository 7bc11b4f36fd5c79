//! How each language writes numbers, dates, names and lists.

mod forms;
mod intl;
mod languages;
mod proof;
mod settings;
mod style;
