//! Finds the forms of names that a language needs, that the data does not give, and that no rule of the language can know.

use std::collections::{BTreeMap, BTreeSet};

use super::list_some;
use crate::diagnostic::{Diagnostic, Location, Place, Problems, code};
use crate::locale::trace::GuessedForm;

/// How many messages are named that need a form.
const MAX_USERS: usize = 3;

/// A name in a language, with the forms that it lacks.
struct IncompleteName {
    place: Place,
    name: String,
    /// What was printed for each form, and the messages that need it.
    forms: BTreeMap<String, (String, BTreeSet<String>)>,
}

/// Returns a warning for each name that lacks forms, at the name. `guesses` are the forms that were printed, with the place of
/// their name.
pub fn find(guesses: Vec<(Place, GuessedForm)>) -> Problems {
    let mut names: BTreeMap<(Location, String), IncompleteName> = BTreeMap::new();
    for (place, guess) in guesses {
        let new = || IncompleteName { place: place.clone(), name: guess.name.name.clone(), forms: BTreeMap::new() };
        let name = names.entry((place.location(), guess.locale)).or_insert_with(new);
        let (_, messages) = name.forms.entry(guess.form).or_insert_with(|| (guess.text, BTreeSet::new()));
        messages.insert(guess.message);
    }
    names.into_iter().map(|((_, language), name)| name.to_diagnostic(&language)).collect()
}

impl IncompleteName {
    fn to_diagnostic(&self, language: &str) -> Diagnostic {
        let list: Vec<String> = self.forms.keys().map(|form| format!("`{form}`")).collect();
        let what = if list.len() == 1 { "form" } else { "forms" };
        let empty: String = self.forms.keys().map(|form| format!(", {form}: …")).collect();
        let message = format!("`{language}` needs the {what} {} of “{}”", list.join(", "), self.name);
        let mut problem = Diagnostic::warning(code::GUESSED_FORM, message).place(self.place.clone());
        for (form, (text, messages)) in &self.forms {
            let mut users: Vec<String> =
                messages.iter().filter(|id| !id.is_empty()).map(|id| format!("`{id}`")).collect();
            if messages.contains("") {
                users.push("a template".to_owned());
            }
            let users = list_some(&users, MAX_USERS);
            problem = problem.note(format!("`{form}` is printed as “{text}” by {users}"));
        }
        problem.help(format!("write what must be printed next to the name: {{name: {}{empty}}}", self.name))
    }
}
