//! The type of every error and warning that a user sees, and the source files that it refers to.

pub mod code;
mod json;
mod problems;
mod render;
mod source;

pub use problems::Problems;
pub use source::{FileOrigin, Location, Place, SourceFile};

/// A stable name for one kind of mistake, such as E0103. Its meaning never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub &'static str);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// An error or a warning: what is wrong, where, and what to do about it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    /// The first place is the cause; the others give context.
    pub places: Vec<Place>,
    pub notes: Vec<String>,
    pub help: Option<String>,
    /// Lets `check` join diagnostics that have one cause. Boxed to keep `Result` small.
    pub details: Option<Box<Details>>,
}

/// What the message of a diagnostic names.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// The locale that the message begins with, for joining diagnostics about several locales.
    pub locale: Option<LocaleClause>,
    /// The Fluent messages that are missing.
    pub missing_messages: Vec<String>,
}

/// The parts of a message such as “the locale `fr` has no message `x`”.
#[derive(Clone, Debug)]
pub struct LocaleClause {
    pub name: String,
    /// What the message says about the locale, without its name.
    pub predicate: String,
}

/// The help of an error that only a mistake in this program can cause.
pub const BUG_HELP: &str = "this is a bug in gen-report: report it with the files of the project";

pub type Result<T, E = Diagnostic> = std::result::Result<T, E>;

impl Diagnostic {
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            places: Vec::new(),
            notes: Vec::new(),
            help: None,
            details: None,
        }
    }

    /// Returns an error about a locale. The predicate follows “the locale `fr` ”.
    pub fn of_locale(code: Code, name: &str, predicate: impl Into<String>) -> Self {
        let locale = LocaleClause { name: name.to_owned(), predicate: predicate.into() };
        let message = format!("the locale `{name}` {}", locale.predicate);
        let details = Details { locale: Some(locale), ..Details::default() };
        Self { details: Some(Box::new(details)), ..Self::error(code, message) }
    }

    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::error(code, message).into_warning()
    }

    #[must_use]
    pub fn into_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Names a Fluent message that is missing.
    #[must_use]
    pub fn missing_message(self, id: impl Into<String>) -> Self {
        self.missing_messages([id.into()])
    }

    #[must_use]
    pub fn missing_messages(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        for id in ids {
            self.details.get_or_insert_default().missing_messages.push(id);
        }
        self
    }

    /// Returns the locale that the message begins with, if it does.
    pub fn locale(&self) -> Option<&LocaleClause> {
        self.details.as_ref()?.locale.as_ref()
    }

    /// Returns the Fluent messages whose absence this diagnostic reports.
    pub fn missing_message_ids(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.missing_messages)
    }

    #[must_use]
    pub fn place(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the help “did you mean …” if a known name is similar, or the list of known names if it is short.
    #[must_use]
    pub fn suggest<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        match closest(given, known.iter().copied()) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self.list_known(known),
        }
    }

    /// Adds the list of known names as help, if it is short.
    #[must_use]
    pub fn list_known<'a>(self, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if known.is_empty() || known.len() > 24 { self } else { self.help(format!("available: {}", known.join(", "))) }
    }

    /// Returns the key by which a list of diagnostics is sorted: file, place, message.
    pub fn sort_key(&self) -> (Option<Location>, String) {
        (self.places.first().map(Place::location), self.message.clone())
    }
}

impl std::error::Error for Diagnostic {}

/// Formats a count: “1 document”, “2 documents”.
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Returns the known name most similar to the given one, if any is similar: one edit for names of up to four characters,
/// and one more for every five.
pub fn closest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .filter(|(distance, name)| *distance <= 1 + given.chars().count().max(name.chars().count()) / 5)
        .min()
        .map(|(_, name)| name)
}
