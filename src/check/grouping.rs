//! Joins diagnostics that have one cause: what several languages lack, and the many messages that one language lacks.

use std::collections::BTreeMap;

use super::list_some;
use crate::diagnostic::{Code, Diagnostic, LocaleClause, Location, Place, Problems, code};

/// The most messages of a language from its fallback that are reported one by one.
const MAX_FALLBACK_MESSAGES: usize = 5;
/// How many of them are named if they are reported together.
const MAX_NAMED: usize = 4;

/// Joins diagnostics that differ only in the locale, such as a unit that no language has words for.
pub fn join_languages(found: Problems) -> Problems {
    let mut joined: Vec<(Diagnostic, Vec<String>)> = Vec::new();
    let mut known: BTreeMap<(Code, Vec<Location>, String), usize> = BTreeMap::new();
    for problem in found {
        let Some(LocaleClause { name, predicate }) = problem.locale().cloned() else {
            joined.push((problem, Vec::new()));
            continue;
        };
        let places = problem.places.iter().map(Place::location).collect();
        let at = *known.entry((problem.code, places, predicate)).or_insert(joined.len());
        match joined.get_mut(at) {
            Some((_, locales)) if locales.contains(&name) => {}
            Some((_, locales)) => locales.push(name),
            None => joined.push((problem, vec![name])),
        }
    }
    let name_all = |(mut problem, mut locales): (Diagnostic, Vec<String>)| {
        locales.sort_unstable();
        if let [first, .., last] = locales.as_slice()
            && let Some(LocaleClause { name, predicate }) = problem.locale().cloned()
        {
            let list = locales[..locales.len() - 1].join("`, `");
            let predicate = predicate.strip_prefix("has ").map_or(predicate.clone(), |rest| format!("have {rest}"));
            let folder = format!("locales/{name}");
            problem.help = problem.help.map(|help| help.replace(&folder, &format!("locales/{first} and the others")));
            problem.message = format!("the locales `{list}` and `{last}` {predicate}");
        }
        problem
    };
    joined.into_iter().map(name_all).collect()
}

/// Joins the warnings about messages from the fallback of a language if there are many. `place_of_setting` returns where a
/// locale names its fallback.
pub fn join_fallback_uses(found: Problems, place_of_setting: impl Fn(&str) -> Option<Place>) -> Problems {
    let mut messages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let message_of = |problem: &Diagnostic| {
        let locale = problem.locale().filter(|_| problem.code == code::FALLBACK_USE)?;
        Some((locale.name.clone(), problem.missing_message_ids().first()?.clone()))
    };
    for (locale, id) in found.iter().filter_map(message_of) {
        messages.entry(locale).or_default().push(id);
    }
    messages.retain(|_, ids| ids.len() > MAX_FALLBACK_MESSAGES);
    let is_joined =
        |problem: &Diagnostic| message_of(problem).is_some_and(|(locale, _)| messages.contains_key(&locale));
    let mut rest: Problems = found.into_iter().filter(|problem| !is_joined(problem)).collect();
    for (locale, ids) in messages {
        let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        let message = format!("the locale `{locale}` lacks {} messages; those of its fallback are printed", ids.len());
        let mut problem = Diagnostic::warning(code::FALLBACK_USE, message)
            .note(format!("missing: {}", list_some(&quoted, MAX_NAMED)))
            .help(format!("add them to the files of locales/{locale}"));
        problem.places.extend(place_of_setting(&locale));
        rest.push(problem);
    }
    rest
}
