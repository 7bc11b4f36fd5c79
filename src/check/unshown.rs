//! Finds facts that no document shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place, Problems, code};
use crate::locale::Locale;
use crate::results::{City, Figure, Results, STORY_PATH};
use crate::run::LoadedProject;

/// Returns a warning for each fact of the edition and of the selected cities in memory that no document shows. `shown` holds
/// the start offsets of the printed figures, texts and photos; `printed` holds the variables of the called messages.
pub fn find(
    project: &LoadedProject,
    locales: &[Locale],
    shown: &BTreeSet<usize>,
    printed: &BTreeSet<String>,
) -> Problems {
    let results = &project.results;
    let search = Search { project, results, locales, shown, printed };
    // Keyed by the description of the fact, so that a fact that is shown for no city is reported once.
    let mut unshown: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (what, place) in search.edition() {
        unshown.entry(what).or_default().push(place);
    }
    for city in results.selected() {
        for (what, place) in search.city(city) {
            unshown.entry(what).or_default().push(place);
        }
    }
    let report = |(what, places): (String, Vec<Place>)| {
        let others = places.len().saturating_sub(1);
        let mut problem = Diagnostic::warning(code::NOT_SHOWN, format!("no document shows {what}"))
            .help(format!("name it in {STORY_PATH} or in a message, or remove it"));
        problem.places.extend(places.into_iter().next());
        match others {
            0 => problem,
            1 => problem.note("the same is true of one other city"),
            _ => problem.note(format!("the same is true of {others} other cities")),
        }
    };
    unshown.into_iter().map(report).collect()
}

struct Search<'a> {
    project: &'a LoadedProject,
    results: &'a Results,
    locales: &'a [Locale],
    shown: &'a BTreeSet<usize>,
    printed: &'a BTreeSet<String>,
}

impl Search<'_> {
    fn edition(&self) -> Vec<(String, Place)> {
        let edition = &self.results.edition;
        let mut unshown: Vec<(String, Place)> =
            edition.figures.iter().filter_map(|(id, figure)| self.figure(id, figure)).collect();
        for (what, _) in &mut unshown {
            what.push_str(" of the edition");
        }
        for (key, fact) in edition.project_facts.iter().filter(|(key, _)| !self.is_named(key)) {
            unshown.push((format!("the fact `{key}` of the edition"), self.results.place(fact.span())));
        }
        for (name, text) in [("convention", &edition.convention), ("conference", &edition.conference)] {
            if let Some(text) = text.as_ref().filter(|_| !self.is_named(name)) {
                unshown.push((format!("the {name}"), self.results.place(&text.span)));
            }
        }
        unshown
    }

    fn city(&self, city: &City) -> Vec<(String, Place)> {
        let mut unshown: Vec<(String, Place)> =
            city.figures.iter().filter_map(|(id, figure)| self.figure(id, figure)).collect();
        for (key, fact) in city.project_facts.iter().filter(|(key, _)| !self.is_named(key)) {
            unshown.push((format!("the fact `{key}`"), self.results.place(fact.span())));
        }
        for (key, date) in city.milestones.iter().filter(|(key, _)| !self.is_named(key)) {
            unshown.push((format!("the milestone `{key}`"), self.results.place(&date.span)));
        }
        if let Some(quotation) = &city.quotation {
            let texts = || self.locales.iter().filter_map(|locale| quotation.text.find(&locale.name));
            if texts().all(|text| !self.shown.contains(&text.span.start)) {
                unshown.push(("the quotation".to_owned(), self.results.place(&quotation.text.span)));
            }
        }
        if let Some(photo) = city.photo.as_ref().filter(|photo| !self.shown.contains(&photo.file.span.start)) {
            unshown.push(("the photo".to_owned(), self.results.place(&photo.file.span)));
        }
        unshown
    }

    fn figure(&self, id: &str, figure: &Figure) -> Option<(String, Place)> {
        let is_shown = self.shown.contains(&figure.span.start);
        (!is_shown).then(|| (format!("the figure `{id}`"), self.results.place(&figure.span)))
    }

    /// Returns whether a message that is called or a template names a fact.
    fn is_named(&self, key: &str) -> bool {
        self.printed.contains(key) || self.project.templates.mentions_field(key)
    }
}
