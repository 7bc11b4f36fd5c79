//! Searches the cities of a project, which may be many thousands.

use crate::results::{City, Results, Status};

/// A selected city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityEntry {
    pub id: String,
    /// Its names in the languages of the project, without repetitions.
    pub names: Vec<String>,
    pub rank: Option<u32>,
}

/// The selected cities, by rank or else in the order of the files.
pub struct CityIndex {
    /// Each with the text that is searched.
    entries: Vec<(CityEntry, String)>,
}

impl CityIndex {
    /// Reads all cities, or those that are `chosen` if there are any.
    pub fn new(results: &Results, languages: &[&str], chosen: &[String]) -> Self {
        let is_offered =
            |city: &City| city.status == Status::Selected && (chosen.is_empty() || chosen.contains(&city.id));
        let own = results.selected().into_iter().filter(|city| is_offered(city));
        let mut entries: Vec<_> = own.map(|city| entry(city, languages)).collect();
        let records = results.records().into_iter().flatten().flatten().filter(|record| is_offered(&record.city));
        entries.extend(records.map(|record| entry(&record.city, languages)));
        Self { entries }
    }

    /// Returns the first cities whose id or name contains each word of the query, those whose id or name begins with it
    /// before the others, and the number of all that do.
    pub fn search(&self, query: &str, limit: usize) -> (Vec<CityEntry>, usize) {
        let query = query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let found = self.entries.iter().filter(|(_, text)| words.iter().all(|word| text.contains(word)));
        let begins = |text: &str| text.split('\n').any(|name| name.starts_with(query.trim()));
        let (first, rest): (Vec<_>, Vec<_>) = found.partition(|(_, text)| begins(text));
        let count = first.len() + rest.len();
        (first.into_iter().chain(rest).take(limit).map(|(entry, _)| entry.clone()).collect(), count)
    }
}

fn entry(city: &City, languages: &[&str]) -> (CityEntry, String) {
    let mut names: Vec<String> = Vec::new();
    for forms in languages.iter().filter_map(|language| city.name.find(language)) {
        if !names.contains(&forms.name) {
            names.push(forms.name.clone());
        }
    }
    let text = std::iter::once(&city.id).chain(&names).map(|name| name.to_lowercase()).collect::<Vec<_>>().join("\n");
    (CityEntry { id: city.id.clone(), names, rank: city.rank }, text)
}
