//! The errors and warnings about the messages of a locale.

use super::functions::Failure;
use super::messages::MessageSpan;
use super::{Locale, formats_values, split_id};
use crate::diagnostic::{Diagnostic, FileOrigin, Place, Result, closest, code};

impl Locale {
    /// Records a use of the fallback once per `key`. Returns it as an error if `strict` is set.
    pub(super) fn record_fallback_use(&self, key: String, problem: Diagnostic) -> Result<()> {
        if self.strict {
            return Err(problem);
        }
        if let Ok(mut list) = self.fallback_uses.lock() {
            list.entry(key).or_insert_with(|| problem.into_warning());
        }
        Ok(())
    }

    pub(super) fn record_fallback_message(&self, id: &str, from: &str) -> Result<()> {
        let mut place = None;
        let mut next = self.fallback.as_deref();
        while let Some(other) = next {
            place = place.or_else(|| other.spans.get(split_id(id).0).map(MessageSpan::id_place));
            next = other.fallback.as_deref();
        }
        let predicate = format!("has no message `{id}`; the message of `{from}` is used");
        let mut problem = Diagnostic::of_locale(code::FALLBACK_USE, &self.name, predicate)
            .missing_message(id)
            .help(format!("add `{id}` to the files of locales/{}", self.name));
        problem.places.extend(place);
        self.record_fallback_use(id.to_owned(), problem)
    }

    pub(super) fn unknown_message(&self, id: &str) -> Diagnostic {
        let known = self.spans.keys().map(String::as_str).filter(|name| !name.starts_with('-'));
        let problem = Diagnostic::of_locale(code::UNKNOWN_MESSAGE, &self.name, format!("has no message `{id}`"))
            .missing_message(id);
        match closest(split_id(id).0, known) {
            Some(near) if near != split_id(id).0 => problem.help(format!("did you mean `{near}`?")),
            _ => problem.help(format!("add `{id}` to the files of locales/{}", self.name)),
        }
    }

    /// Returns the place of `needle` in a message or in one that it references, or else the place of the message.
    pub(super) fn find_place(&self, id: &str, needle: &str) -> Option<Place> {
        let mut queue = vec![id];
        let mut next = 0;
        while let Some(span) = queue.get(next).and_then(|id| self.spans.get(*id)) {
            let text = &span.file.text[span.range.clone()];
            if text.contains(needle) {
                return Some(span.find(needle));
            }
            let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
            let references: Vec<&str> =
                words.filter_map(|w| self.spans.get_key_value(w)).map(|(id, _)| id.as_str()).collect();
            let new = references.into_iter().filter(|id| !queue.contains(id)).collect::<Vec<_>>();
            queue.extend(new);
            next += 1;
        }
        self.spans.get(id).map(MessageSpan::id_place)
    }

    /// Converts the failures of a resolution into one diagnostic, whose code depends on the first failure.
    pub(super) fn diagnose_failures(&self, id: &str, failures: Vec<Failure>) -> Option<Diagnostic> {
        let first = failures.first()?;
        let within = if first.within.is_empty() { id } else { &first.within };
        let kind = if first.needle.starts_with('$') {
            code::MISSING_VARIABLE
        } else if first.needle.ends_with('(') {
            code::FUNCTION
        } else {
            code::MESSAGE
        };
        let mut problem = Diagnostic::error(
            kind,
            match within {
                "" => first.message.clone(),
                _ => format!("{} (message `{within}`, locale `{}`)", first.message, self.name),
            },
        );
        problem.places.extend(self.find_place(within, &first.needle));
        problem = problem.missing_messages(failures.iter().filter_map(|failure| failure.missing_message.clone()));
        for more in failures.iter().skip(1).filter(|f| f.message != first.message) {
            problem = problem.note(more.message.clone());
        }
        Some(match kind {
            code::MISSING_VARIABLE => {
                let name = first.needle.trim_start_matches('$');
                problem.help(format!("pass `{name}=…` in the template, or correct the name in the message"))
            }
            code::FUNCTION => problem.help("see locales/README.md for the arguments of each function"),
            _ => problem.help("correct the reference in the message"),
        })
    }
}

pub fn defined_twice(id: &str, first: &MessageSpan, second: &MessageSpan) -> Diagnostic {
    let problem = Diagnostic::error(code::DUPLICATE, format!("the message `{id}` is defined in two files"));
    if (first.file.origin, second.file.origin) != (FileOrigin::Disk, FileOrigin::Embedded) {
        return problem
            .place(second.id_place())
            .place(first.id_place().labelled("first definition"))
            .help("remove one of the definitions");
    }
    let help = if formats_values(&first.file) {
        "define it in another file: numbers.ftl and units.ftl replace only messages that format values"
    } else {
        "define it in units.ftl: only there, a message replaces one of numbers.ftl"
    };
    problem.place(first.id_place()).place(second.id_place().labelled("the embedded definition")).help(help)
}

pub fn unusable_locale(name: &str, why: &str) -> Diagnostic {
    Diagnostic::error(code::SETTING, format!("the locale `{name}` cannot be used: {why}")).help("check `locale-icu`")
}
