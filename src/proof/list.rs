//! The list of messages beside the pages of a proof.

use std::collections::{BTreeMap, BTreeSet};

use super::Located;
use super::locate::message_of;
use super::margin;
use super::page_text::letters_of;
use crate::diagnostic::{Place, Problems};
use crate::locale::catalog::{self, CatalogMessage};
use crate::locale::trace::ResolvedText;
use crate::locale::{Locale, Value, text_marks};
use crate::run::LoadedProject;
use crate::template::MessageName;

/// All messages of a locale.
#[derive(Default)]
pub struct List {
    /// Those that are printed on the pages, and then those that are printed as parts of them; in the order of their numbers.
    pub entries: Vec<Entry>,
    /// The others, in the order of the files.
    pub unprinted: Vec<Unprinted>,
    /// The text of each message of the reference language.
    sources: BTreeMap<String, CatalogMessage>,
    numbers: BTreeMap<String, usize>,
}

/// A message that is printed.
pub struct Entry {
    /// Counted from 1.
    pub number: usize,
    /// As `id` or `id.attribute`.
    pub id: String,
    /// The text of the reference language, in Fluent syntax; `None` if it has no such message, or is the language of the proof.
    pub source: Option<String>,
    /// `None` if the language takes the message from a fallback.
    pub translation: Option<String>,
    /// How the pages show it, with each set of values once; at most [`Self::MAX_PRINTS`]. Empty if it is a part of other
    /// messages.
    pub prints: Vec<Print>,
    pub note: String,
    /// Path and line in the file.
    pub place: String,
    /// Index of the first document and page that print it; `None` if it is a part of other messages.
    pub page: Option<(usize, usize)>,
    /// The numbers of the messages that it is a part of.
    pub inside: Vec<usize>,
}

impl Entry {
    /// How many prints of a message are listed.
    pub const MAX_PRINTS: usize = 5;
}

/// How a message was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// The text on the page; `None` if it is the text of the message.
    pub text: Option<String>,
    /// The values of its variables, each with its printed forms.
    pub values: Vec<(String, Vec<String>)>,
}

/// A message that no page prints.
pub struct Unprinted {
    pub id: String,
    pub translation: String,
    pub place: String,
    pub reason: UnprintedReason,
}

/// Why no page prints a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnprintedReason {
    /// It is in the data of the PDF: its title, a bookmark, an alternative text.
    Hidden,
    /// It is empty, or a space.
    Blank,
    /// A template or the facts can refer to it, but no document of this plan does.
    NotReached,
    /// Neither a template nor the facts refer to it.
    Unused,
    /// It is a setting of the language, such as `hyphenation`.
    Setting,
    /// It is for sheets to print: `print-…`.
    Sheets,
    /// It is for the web page that verifies certificates: `verify-…`.
    WebPage,
    /// It is for proofs: `proof-…`.
    Proof,
}

impl UnprintedReason {
    /// All reasons, in the order in which a proof lists them.
    pub const ALL: [Self; 8] = [
        Self::Hidden,
        Self::Blank,
        Self::NotReached,
        Self::Unused,
        Self::Sheets,
        Self::WebPage,
        Self::Proof,
        Self::Setting,
    ];

    /// Returns the suffix of the message id `proof-reason-…` that names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Blank => "blank",
            Self::NotReached => "not-reached",
            Self::Unused => "unused",
            Self::Setting => "setting",
            Self::Sheets => "sheets",
            Self::WebPage => "web-page",
            Self::Proof => "proof",
        }
    }
}

/// The first place where a message is printed, and all its resolved texts.
struct PrintedMessage<'a> {
    document: usize,
    page: usize,
    texts: Vec<&'a ResolvedText>,
}

impl List {
    /// Lists the messages of a locale. `located` are the documents that show them.
    pub(super) fn new(
        project: &LoadedProject,
        locale: &Locale,
        reference: &str,
        located: &[Located],
    ) -> Result<Self, Problems> {
        let own = read_catalog(project, &locale.source_language)?;
        let sources = if reference == locale.name { Vec::new() } else { read_catalog(project, reference)? };
        let sources: BTreeMap<String, CatalogMessage> = sources.into_iter().map(|m| (m.id.clone(), m)).collect();
        let mut list = Self { sources, ..Self::default() };

        let printed = printed_messages(located);
        let by_id: BTreeMap<&str, &CatalogMessage> = own.iter().map(|message| (message.id.as_str(), message)).collect();
        for (id, printed) in &printed {
            list.add_printed(id, printed, by_id.get(id).copied(), locale);
        }
        let parts = find_parts(&list.numbers, &by_id, located);
        for message in &own {
            if let Some(inside) = parts.get(message.id.as_str()).filter(|_| !list.numbers.contains_key(&message.id)) {
                list.add_part(message, inside);
            }
        }
        // Whether each message that some document resolves is more than a space.
        let mut resolved: BTreeMap<&str, bool> = BTreeMap::new();
        for text in located.iter().flat_map(|document| &document.texts) {
            let is_visible = !text_marks::strip(&text.text).trim().is_empty();
            if let Some(id) = message_of(text) {
                *resolved.entry(id).or_default() |= is_visible;
            }
        }
        for message in own.iter().filter(|message| !list.numbers.contains_key(&message.id)) {
            let reason = match resolved.get(message.id.as_str()) {
                Some(true) => UnprintedReason::Hidden,
                Some(false) => UnprintedReason::Blank,
                None => find_reason(message, &own, project),
            };
            list.unprinted.push(Unprinted {
                id: message.id.clone(),
                translation: message.text.clone(),
                place: to_path(&message.place),
                reason,
            });
        }
        Ok(list)
    }

    /// Returns the number of a message, if it is printed.
    pub fn number_of(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// Returns the entries that a page is the first to print.
    pub fn of_page(&self, document: usize, page: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.page == Some((document, page)))
    }

    /// Returns the entries that are parts of others.
    pub fn parts(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.page.is_none())
    }

    fn source_of(&self, id: &str) -> Option<String> {
        self.sources.get(id).map(|message| message.text.clone())
    }

    /// Returns the note of the translator, or else that of the reference language.
    fn note_of(&self, message: Option<&CatalogMessage>, id: &str) -> String {
        let own = message.map(|message| &message.comment).filter(|comment| !comment.is_empty());
        own.or_else(|| Some(&self.sources.get(id)?.comment)).cloned().unwrap_or_default()
    }

    fn add_printed(
        &mut self,
        id: &str,
        printed: &PrintedMessage<'_>,
        message: Option<&CatalogMessage>,
        locale: &Locale,
    ) {
        let mut prints: Vec<Print> = Vec::new();
        for resolved in &printed.texts {
            let text = text_marks::strip(&resolved.text).replace('\u{2028}', " ");
            let is_as_written = message.is_some_and(|message| message.text == text);
            let print = Print { text: (!is_as_written).then_some(text), values: values(id, resolved, locale) };
            if prints.len() < Entry::MAX_PRINTS && !prints.contains(&print) {
                prints.push(print);
            }
        }
        self.add(Entry {
            number: 0,
            id: id.to_owned(),
            source: self.source_of(id),
            translation: message.map(|message| message.text.clone()),
            prints,
            note: self.note_of(message, id),
            place: message.map(|message| to_path(&message.place)).unwrap_or_default(),
            page: Some((printed.document, printed.page)),
            inside: Vec::new(),
        });
    }

    fn add_part(&mut self, message: &CatalogMessage, inside: &BTreeSet<usize>) {
        self.add(Entry {
            number: 0,
            id: message.id.clone(),
            source: self.source_of(&message.id),
            translation: Some(message.text.clone()),
            prints: Vec::new(),
            note: self.note_of(Some(message), &message.id),
            place: to_path(&message.place),
            page: None,
            inside: inside.iter().copied().collect(),
        });
    }

    fn add(&mut self, entry: Entry) {
        let number = self.entries.len() + 1;
        self.numbers.insert(entry.id.clone(), number);
        self.entries.push(Entry { number, ..entry });
    }
}

/// Returns the messages in the files of a language.
fn read_catalog(project: &LoadedProject, language: &str) -> Result<Vec<CatalogMessage>, Problems> {
    Ok(catalog::read(language, &LoadedProject::read_locale_files(&project.files, language)?))
}

/// Returns the messages on the pages, each once, in the order of its first place.
fn printed_messages(located: &[Located]) -> Vec<(&str, PrintedMessage<'_>)> {
    let mut printed: Vec<(&str, PrintedMessage<'_>)> = Vec::new();
    // The index of each message.
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (document, located) in located.iter().enumerate() {
        for page in 0..located.sizes.len() {
            let of_page: Vec<_> = located.occurrences.iter().filter(|occurrence| occurrence.page == page).collect();
            let carets: Vec<_> = of_page.iter().map(|occurrence| occurrence.caret).collect();
            for (_, index) in margin::in_order(&carets) {
                let text = &located.texts[of_page[index].text];
                let Some(id) = message_of(text) else { continue };
                match known.get(id) {
                    Some(at) => printed[*at].1.texts.push(text),
                    None => {
                        known.insert(id, printed.len());
                        printed.push((id, PrintedMessage { document, page, texts: vec![text] }));
                    }
                }
            }
        }
    }
    printed
}

/// Returns the messages that are parts of printed ones, with the numbers of these: those that they reference, and those that
/// format their values.
fn find_parts<'a>(
    numbers: &BTreeMap<String, usize>,
    own: &BTreeMap<&str, &'a CatalogMessage>,
    located: &'a [Located],
) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let mut parts: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut add = |id: &'a str, number: usize| {
        parts.entry(id).or_default().insert(number);
        for reference in own.get(id).iter().flat_map(|message| &message.references) {
            parts.entry(reference).or_default().insert(number);
        }
    };
    for text in located.iter().flat_map(|document| &document.texts) {
        let Some(number) = message_of(text).and_then(|id| numbers.get(id)) else { continue };
        text.formats.iter().for_each(|format| add(format, *number));
    }
    for (id, number) in numbers {
        if let Some(message) = own.get(id.as_str()) {
            add(&message.id, *number);
        }
    }
    for document in located {
        add_list_items(document, numbers, &mut add);
    }
    parts
}

/// Adds the messages whose text is inside a value of a printed one, such as the items of a list.
fn add_list_items<'a>(document: &'a Located, numbers: &BTreeMap<String, usize>, add: &mut impl FnMut(&'a str, usize)) {
    let words = |text: &str| letters_of(&text_marks::strip(text)).into_iter().collect::<String>();
    let is_list = |value: &Value| matches!(value, Value::Text(_) | Value::Code(_) | Value::List(_));
    let mut lists: Vec<(usize, String)> = Vec::new();
    for text in &document.texts {
        if let Some(number) = message_of(text).and_then(|id| numbers.get(id)) {
            let values = text.values.iter().filter(|value| is_list(&value.value));
            lists.extend(values.map(|value| (*number, words(&value.text))));
        }
    }
    for text in document.texts.iter().filter(|text| !numbers.contains_key(&text.id)) {
        let (Some(id), words) = (message_of(text), words(&text.text)) else { continue };
        if !words.is_empty() {
            lists.iter().filter(|(_, list)| list.contains(&words)).for_each(|(number, _)| add(id, *number));
        }
    }
}

/// Returns the values of the variables of a message, each with its printed forms.
fn values(id: &str, text: &ResolvedText, locale: &Locale) -> Vec<(String, Vec<String>)> {
    let mut values: Vec<(String, Vec<String>)> = Vec::new();
    let used = locale.variables_of(id);
    for (name, value) in text.args.iter().filter(|(name, _)| used.is_some_and(|used| used.contains(name))) {
        let mut forms: Vec<String> = Vec::new();
        for printed in text.values.iter().filter(|printed| printed.value == *value) {
            let form = text_marks::strip(&printed.text).into_owned();
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        if forms.is_empty() {
            forms.push(describe(value));
        }
        values.push((name.clone(), forms));
    }
    values.sort();
    values.dedup();
    values
}

/// Formats a value used only in selectors, which has no printed form.
fn describe(value: &Value) -> String {
    match value {
        Value::None => "none".to_owned(),
        Value::Text(text) | Value::Code(text) => text_marks::strip(text).into_owned(),
        Value::Number(number) => number.to_string(),
        Value::Figure(figure) => figure.value.to_string(),
        Value::Date(period) => period.to_string(),
        Value::Name(forms) => text_marks::strip(&forms.name).into_owned(),
        Value::List(items) => text_marks::strip(&items.join(", ")).into_owned(),
    }
}

fn to_path(place: &Place) -> String {
    let (line, _) = place.file.line_column(place.range.start);
    let path = &place.file.path;
    // Keep only the part inside the project folder.
    format!("{}:{line}", path.rfind("locales/").map_or(path.as_str(), |at| &path[at..]))
}

/// Returns why no document resolves a message.
fn find_reason(message: &CatalogMessage, own: &[CatalogMessage], project: &LoadedProject) -> UnprintedReason {
    /// Messages whose names come from the facts.
    const OF_FACTS: [&str; 7] = ["figure-", "sentence-", "heading-", "route-", "measure-", "name-", "date-"];
    let id = message.id.as_str();
    let base = id.split('.').next().unwrap_or_default();
    let is_called = |id: &str| {
        project.templates.calls.iter().any(|call| match &call.message {
            MessageName::Named(name) | MessageName::Each(name) => name == id,
            MessageName::Path(_) => false,
        })
    };
    let is_of_facts = |id: &str| OF_FACTS.iter().any(|prefix| id.starts_with(prefix)) || id == "ordinal";
    let is_needed_by =
        |other: &CatalogMessage| other.references.contains(base) && (is_called(&other.id) || is_of_facts(&other.id));
    match base {
        _ if message.is_setting => UnprintedReason::Setting,
        base if base.starts_with("print-") => UnprintedReason::Sheets,
        base if base.starts_with("verify-") => UnprintedReason::WebPage,
        base if base.starts_with("proof-") => UnprintedReason::Proof,
        base if is_called(base) || is_of_facts(base) || own.iter().any(is_needed_by) => UnprintedReason::NotReached,
        _ => UnprintedReason::Unused,
    }
}
