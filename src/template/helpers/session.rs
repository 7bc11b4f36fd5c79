//! The state that the helpers share while a document is rendered.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

use handlebars::{Context, Helper};
use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Result};
use crate::document::Scope;
use crate::locale::{Args, Locale, Value, text_marks, trace};
use crate::project::Project;
use crate::results::{City, Results};
use crate::template::Templates;
use crate::template::context::{MessageFacts, Table};
use crate::template::source_map::Image;
use crate::trust::{Claim, Signer};

/// The data of a document in one of its languages.
pub struct LanguageData<'a> {
    pub locale: &'a Locale,
    pub table: Table,
    pub context: Context,
    /// The facts that every message can use.
    pub facts: MessageFacts,
    /// What the certificate states, and the messages that its credential repeats: signing takes a good part of the time of a
    /// certificate, and needs them more than once.
    claim: OnceLock<Option<Claim>>,
    signed_messages: [OnceLock<String>; SIGNED_MESSAGES.len()],
}

impl<'a> LanguageData<'a> {
    pub fn new(locale: &'a Locale, table: Table, context: Context, facts: MessageFacts) -> Self {
        Self { locale, table, context, facts, claim: OnceLock::new(), signed_messages: Default::default() }
    }
}

/// The state that the helpers share while a document is rendered.
pub struct Session<'a> {
    pub project: &'a Project,
    pub results: &'a Results,
    /// The city of the document, if it is not about the whole edition.
    pub city: Option<&'a City>,
    /// One for each language of the document. Not empty.
    languages: Vec<LanguageData<'a>>,
    /// The report of the document, which a signed code names.
    report: &'a str,
    pub signer: Option<&'a Signer>,
    /// See [`Templates::has_attachments`].
    pub has_attachments: bool,
    /// Index of the language that is being rendered.
    current: AtomicUsize,
    /// Whether the template has a `{{#languages}}` block.
    uses_languages: AtomicBool,
    /// The images that the document shows so far, see [`IMAGES`](crate::project::IMAGES).
    pub images: Mutex<Vec<Image>>,
    /// The credentials of the document so far, by language.
    pub credentials: Mutex<Vec<(String, String)>>,
    /// The first diagnostic of a helper. The engine's errors cannot carry it.
    problem: Mutex<Option<Diagnostic>>,
}

/// The report that signed codes name if the template belongs to none, as on pre-printed stock.
const CERTIFICATE: &str = "certificate";

/// The message that a certificate prints as the name of its city.
const CITY_MESSAGE: &str = "certificate-city";

/// The messages of a certificate that its code and its credential repeat.
const SIGNED_MESSAGES: [&str; 4] = [CITY_MESSAGE, TITLE, CITATION, ABOUT];
pub const TITLE: &str = "certificate-title";
pub const CITATION: &str = "certificate-citation";
pub const ABOUT: &str = "about";

impl<'a> Session<'a> {
    /// `template`: the name of the document's template.
    pub fn new(
        templates: &'a Templates,
        template: &'a str,
        project: &'a Project,
        results: &'a Results,
        city: Option<&'a City>,
        languages: Vec<LanguageData<'a>>,
    ) -> Self {
        let report = Scope::of_template(template).map_or(CERTIFICATE, |(report, _)| report);
        Self {
            project,
            results,
            city,
            languages,
            report,
            signer: templates.signer.as_ref(),
            has_attachments: templates.has_attachments,
            current: AtomicUsize::new(0),
            uses_languages: AtomicBool::new(false),
            images: Mutex::default(),
            credentials: Mutex::default(),
            problem: Mutex::default(),
        }
    }

    /// Returns the data of the language that is being rendered.
    pub fn language(&self) -> &LanguageData<'a> {
        &self.languages[self.current.load(Ordering::Relaxed).min(self.languages.len() - 1)]
    }

    /// Calls `render` for each language of the document, which is then the one that is being rendered.
    pub fn for_each_language<E>(&self, mut render: impl FnMut(&LanguageData<'a>) -> Result<(), E>) -> Result<(), E> {
        self.uses_languages.store(true, Ordering::Relaxed);
        for (index, language) in self.languages.iter().enumerate() {
            self.current.store(index, Ordering::Relaxed);
            render(language)?;
        }
        self.current.store(0, Ordering::Relaxed);
        Ok(())
    }

    /// Returns whether the template renders each language of the document.
    pub fn is_complete(&self) -> bool {
        self.languages.len() == 1 || self.uses_languages.load(Ordering::Relaxed)
    }

    pub fn locale(&self) -> &'a Locale {
        self.language().locale
    }

    /// Returns what a certificate states in the language that is being rendered, if the document is about a city.
    pub fn claim(&self) -> Result<Option<&Claim>> {
        let claim = &self.language().claim;
        match claim.get() {
            Some(claim) => Ok(claim.as_ref()),
            None => self.new_claim().map(|new| claim.get_or_init(|| new).as_ref()),
        }
    }

    fn new_claim(&self) -> Result<Option<Claim>> {
        let (Some(city), locale) = (self.city, self.locale()) else { return Ok(None) };
        let name = match locale.has(CITY_MESSAGE) {
            true => self.message(CITY_MESSAGE, Vec::new())?,
            false => locale.forms(&city.name, self.results)?.name.clone(),
        };
        Claim::new(self.results, locale, city, &name, self.report).map(Some)
    }

    /// Returns the typed value of a parameter.
    pub fn value(&self, json: &Json) -> Value {
        match json {
            Json::Null => Value::None,
            Json::String(text) => Value::Code(text.clone()),
            Json::Bool(flag) => Value::Text(flag.to_string()),
            Json::Number(number) => crate::results::decimal(&number.to_string()).map_or(Value::None, Value::Number),
            Json::Array(items) => Value::List(items.iter().filter_map(|item| self.to_text(item)).collect()),
            Json::Object(_) => self.language().table.get(json).map_or(Value::None, |(value, _)| value.clone()),
        }
    }

    /// Records that a value of the data is printed, for the search for facts that no document shows.
    pub fn record_shown(&self, json: &Json) {
        if let Some((_, span)) = self.language().table.get(json) {
            trace::record_shown(span.start);
        }
    }

    /// Returns the text of a value that needs no helper: a text or a name.
    pub fn to_text(&self, json: &Json) -> Option<String> {
        match self.value(json) {
            Value::Text(text) => Some(text),
            Value::Code(text) => Some(self.locale().apply_typography(&text_marks::verbatim(&text))),
            Value::Name(forms) => Some(self.locale().apply_typography(&forms.name)),
            _ => None,
        }
    }

    /// Resolves a message with its own variables, and with the facts that it uses and that have no variable of the same name.
    pub fn message<'h>(&'h self, id: &str, args: Args<'h>) -> Result<String> {
        let known = SIGNED_MESSAGES.iter().position(|known| *known == id);
        let Some(at) = known.filter(|_| self.signer.is_some() && args.is_empty()) else {
            return self.resolve(id, args);
        };
        let text = &self.language().signed_messages[at];
        match text.get() {
            Some(text) => Ok(text.clone()),
            None => self.resolve(id, args).map(|new| text.get_or_init(|| new).clone()),
        }
    }

    fn resolve<'h>(&'h self, id: &str, mut args: Args<'h>) -> Result<String> {
        let own = args.len();
        if let Some(used) = self.locale().variables_of(id) {
            for (name, value) in self.language().facts.iter().filter(|(name, _)| used.contains(name.as_ref())) {
                if !args[..own].iter().any(|(known, _)| known == name) {
                    args.push((name.as_ref().into(), value.clone()));
                }
            }
        }
        self.locale().message(id, args)
    }

    /// Returns the named parameters of a call as the options of a locale function.
    pub fn options(&self, call: &Helper<'_>) -> Vec<(String, Value)> {
        call.hash().iter().map(|(name, json)| ((*name).to_owned(), self.value(json.value()))).collect()
    }

    /// Keeps the diagnostic of a helper, if it is the first one.
    pub fn keep_problem(&self, problem: Diagnostic) {
        if let Ok(mut slot) = self.problem.lock() {
            slot.get_or_insert(problem);
        }
    }

    /// Returns the diagnostic that was kept.
    pub fn take_problem(&self) -> Option<Diagnostic> {
        self.problem.lock().ok()?.take()
    }
}
