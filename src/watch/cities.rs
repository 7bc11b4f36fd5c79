//! Searches the cities of a project, which may be many thousands.

use crate::results::{City, Status};

/// A selected city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityEntry {
    pub id: String,
    /// Its names in the languages of the project, without repetitions.
    pub names: Vec<String>,
    pub rank: Option<u32>,
}

/// The selected cities, by rank or else in the order of the files.
///
/// All texts are in one string, so that a search for a word goes through the memory once.
#[derive(Clone, Debug, Default)]
pub struct CityIndex {
    /// The id and the names of each city, one on a line.
    texts: Lines,
    /// The same in lower case.
    folded: Lines,
    ranks: Vec<Option<u32>>,
}

impl CityIndex {
    /// Adds a city, if it is selected. Its names are found in these languages.
    pub fn add(&mut self, city: &City, languages: &[String]) {
        if city.status != Status::Selected {
            return;
        }
        let mut names: Vec<String> = vec![city.id.clone()];
        for forms in languages.iter().filter_map(|language| city.name.find(language)) {
            if !names[1..].contains(&forms.name) {
                names.push(forms.name.replace('\n', " "));
            }
        }
        let text = names.join("\n");
        self.folded.push(&text.to_lowercase());
        self.texts.push(&text);
        self.ranks.push(city.rank);
    }

    /// Adds the cities of another index.
    pub fn append(&mut self, other: &Self) {
        for (index, rank) in other.ranks.iter().enumerate() {
            self.texts.push(other.texts.get(index));
            self.folded.push(other.folded.get(index));
            self.ranks.push(*rank);
        }
    }

    /// Returns the first cities whose id or name contains each word of the query, those whose id or name begins with it
    /// before the others, and the number of all that do.
    pub fn search(&self, query: &str, limit: usize) -> (Vec<CityEntry>, usize) {
        let query = query.to_lowercase();
        let mut words: Vec<&str> = query.split_whitespace().collect();
        // The longest word is in the fewest cities.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some((word, others)) = words.split_first() else {
            return ((0..self.ranks.len()).take(limit).map(|index| self.entry(index)).collect(), self.ranks.len());
        };
        let (mut first, mut rest, mut count) = (Vec::new(), Vec::new(), 0);
        for index in self.folded.find_all(word) {
            let text = self.folded.get(index);
            if !others.iter().all(|word| text.contains(word)) {
                continue;
            }
            count += 1;
            let list = match text.split('\n').any(|name| name.starts_with(query.trim())) {
                true => &mut first,
                false => &mut rest,
            };
            if list.len() < limit {
                list.push(index);
            }
        }
        (first.into_iter().chain(rest).take(limit).map(|index| self.entry(index)).collect(), count)
    }

    fn entry(&self, index: usize) -> CityEntry {
        let mut lines = self.texts.get(index).split('\n').map(str::to_owned);
        let id = lines.next().unwrap_or_default();
        CityEntry { id, names: lines.collect(), rank: self.ranks.get(index).copied().flatten() }
    }
}

/// Texts in one string, with a NUL after each.
#[derive(Clone, Debug, Default)]
struct Lines {
    text: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Lines {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.text.push('\0');
    }

    fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        &self.text[start..self.ends[index]]
    }

    /// Returns the indexes of the texts that contain a word.
    fn find_all<'l>(&'l self, word: &'l str) -> impl Iterator<Item = usize> + 'l {
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + self.text.get(from..).filter(|_| !word.contains('\0'))?.find(word)?;
            let index = self.ends.partition_point(|end| *end < at + word.len());
            from = self.ends.get(index)? + 1;
            Some(index)
        })
    }
}
