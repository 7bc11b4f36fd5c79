//! How many copies of each document are printed.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Problems, code};

/// One value of `--copies`: a number for all documents, or for those of one city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiesArg {
    pub city: Option<String>,
    pub number: usize,
}

impl CopiesArg {
    /// Parses `2` or `beijing=5`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (city, number) = match text.rsplit_once('=') {
            Some((city, number)) => (Some(city.trim().to_owned()), number),
            None => (None, text),
        };
        match number.trim().parse() {
            Ok(number @ 1..=100_000) => Ok(Self { city, number }),
            _ => Err("expected a number from 1 to 100000, or CITY=NUMBER".to_owned()),
        }
    }
}

/// The number of copies of each document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    default: usize,
    /// Other numbers for the documents of some cities, by the id of the city.
    by_city: BTreeMap<String, usize>,
}

impl Copies {
    /// Reads the values of `--copies`. `cities` are the ids of the selected cities. If there are several numbers for
    /// all documents, the last one counts, as for other options.
    pub fn new(args: &[CopiesArg], cities: &[&str], problems: &mut Problems) -> Self {
        let mut copies = Self { default: 1, by_city: BTreeMap::new() };
        for arg in args {
            match &arg.city {
                None => copies.default = arg.number,
                Some(city) if cities.contains(&city.as_str()) => {
                    if copies.by_city.insert(city.clone(), arg.number).is_some() {
                        problems.push(
                            Diagnostic::error(code::DUPLICATE, format!("`--copies` names `{city}` twice"))
                                .help("give its number of copies only once"),
                        );
                    }
                }
                Some(city) => problems.push(
                    Diagnostic::error(
                        code::NOT_IN_PROJECT,
                        format!("`--copies` names `{city}`, which is not a selected city of this project"),
                    )
                    .suggest(city, cities.iter().copied()),
                ),
            }
        }
        copies
    }

    /// Returns the number for a document about a city, or about the edition.
    pub fn of(&self, city: Option<&str>) -> usize {
        city.and_then(|city| self.by_city.get(city)).copied().unwrap_or(self.default)
    }
}
