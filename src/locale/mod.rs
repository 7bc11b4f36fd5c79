//! Locales: one folder of Fluent files per language. Messages receive exact values and format them as text.
//!
//! A locale has two layers. `numbers.ftl` and `units.ftl` are the value files: they hold the messages that format values,
//! and `numbers.ftl` also the settings. Every other file contains sentences, whose functions (MEASURE, DATE, …) resolve a
//! message of the value files.

mod cases;
pub mod catalog;
mod cldr;
mod diagnose;
mod functions;
pub mod lint;
mod messages;
mod numeral;
mod pseudo;
mod settings;
pub mod text_marks;
pub mod trace;
pub mod typography;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use fixed_decimal::Decimal;
use unic_langid::LanguageIdentifier;

use crate::diagnostic::{Diagnostic, Place, Problems, Result, SourceFile, code};
use crate::results::{Date, Figure, NameForms, Results, Text};
use cldr::Cldr;
use diagnose::{defined_twice, unusable_locale};
use functions::ValueFormats;
use messages::{Bundle, MessagePattern, MessageSpan};
pub use pseudo::Pseudo;
pub use settings::{ROLES, Settings};
pub use value::{Args, Value};

/// The file that contains the settings and the messages that format values.
pub const NUMBERS: &str = "numbers.ftl";
/// The file with further units of a project, which format values like those of [`NUMBERS`]. A locale need not have it.
const UNITS: &str = "units.ftl";

/// The beginnings of the names of messages about a fact: its label and its sentence.
const FACT_PREFIXES: [&str; 2] = ["figure-", "sentence-"];

/// Returns whether the messages of a file format values.
fn formats_values(file: &SourceFile) -> bool {
    file.path.rsplit(['/', '\\']).next().is_some_and(|name| name == NUMBERS || name == UNITS)
}

/// A language: its messages, its settings and the CLDR data it needs.
pub struct Locale {
    /// Name of the folder, as given to `--lang`; for a pseudo-locale, that of its source with the region XA or XB.
    pub name: String,
    /// The kind of pseudo-locale that it is, if it is one.
    pub pseudo: Option<Pseudo>,
    /// The language of its files, and of the texts that it takes from the facts: its own, or for a pseudo-locale that of its
    /// source.
    pub source_language: String,
    pub settings: Settings,
    formats: Arc<ValueFormats>,
    /// The messages of all files; functions that resolve messages of the value files are available.
    text: Bundle,
    spans: BTreeMap<String, MessageSpan>,
    /// The variables that each message and each attribute uses, itself or through the messages it refers to.
    variables: BTreeMap<String, BTreeSet<String>>,
    /// The facts that the locale has words for: those with a label or a sentence, here or in a fallback.
    pub known_facts: BTreeSet<String>,
    fallback: Option<Arc<Locale>>,
    /// Makes any use of the fallback an error.
    pub strict: bool,
    /// One warning for each message or text taken from the fallback, by message identifier or position.
    fallback_uses: Mutex<BTreeMap<String, Diagnostic>>,
}

/// Loads a fallback locale by name. The place is that of the name in the setting `locale-fallback`.
pub type FindLocale<'a> = &'a dyn Fn(&str, Place) -> Result<Locale, Problems>;

impl Locale {
    /// Builds a locale from its files, which must include `numbers.ftl`. Files of the project come before embedded ones,
    /// whose messages they replace.
    ///
    /// Returns every error found if a file, a setting or the fallback is invalid.
    pub fn new(name: &str, files: &[Arc<SourceFile>], find: FindLocale<'_>) -> Result<Self, Problems> {
        Self::build(name, files, find, None)
    }

    /// Builds the pseudo-locale that is made from the locale `source`, whose files are given.
    pub fn new_pseudo(
        pseudo: Pseudo,
        source: &str,
        files: &[Arc<SourceFile>],
        find: FindLocale<'_>,
    ) -> Result<Self, Problems> {
        let locale = Self::build(&pseudo.name(source), files, find, Some(pseudo))?;
        Ok(Self { source_language: source.to_owned(), ..locale })
    }

    fn build(
        name: &str,
        files: &[Arc<SourceFile>],
        find: FindLocale<'_>,
        pseudo: Option<Pseudo>,
    ) -> Result<Self, Problems> {
        let is_numbers_file = |file: &SourceFile| file.path.rsplit(['/', '\\']).next() == Some(NUMBERS);
        let Some(numbers_file) = files.iter().find(|f| is_numbers_file(f)) else {
            return Err(Diagnostic::error(code::SETTING, format!("the locale `{name}` has no {NUMBERS}"))
                .help("copy it from a locale of the embedded edition")
                .into());
        };
        let mut problems = Problems::new();
        let mut spans: BTreeMap<String, MessageSpan> = BTreeMap::new();
        let mut resources = Vec::new();
        for file in files {
            match messages::parse(file, formats_values(file), pseudo) {
                Ok(parsed) => {
                    for (id, span) in parsed.spans {
                        match spans.get(&id) {
                            Some(first) if !first.replaces(&span) => problems.push(defined_twice(&id, first, &span)),
                            Some(_) => {}
                            None => drop(spans.insert(id, span)),
                        }
                    }
                    resources.push((formats_values(file), parsed.resource));
                }
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }

        let mut value_messages = build_bundle(&resources, true);
        let settings = Settings::read(&value_messages, &spans, &numbers_file.display_path())?;
        functions::take_failures();
        let place = |needle: &str| spans.get("locale-fallback").map(|p: &MessageSpan| p.find(needle));
        let fallback = match settings.fallback.as_deref().and_then(|f| Some((f, place(f)?))) {
            Some((other, place)) => Some(Arc::new(find(other, place)?)),
            None => None,
        };
        let cldr = Cldr::new(&settings).map_err(|e| unusable_locale(name, &e.to_string()))?;
        let cldr = Arc::new(cldr);
        functions::register(&mut value_messages, &cldr, None).map_err(|e| unusable_locale(name, &e.to_string()))?;
        let formats = Arc::new(ValueFormats {
            name: name.to_owned(),
            cldr: cldr.clone(),
            value_messages,
            fallback: fallback.as_ref().map(|f| f.formats.clone()),
        });
        let mut text = build_bundle(&resources, false);
        functions::register(&mut text, &cldr, Some(&formats)).map_err(|e| unusable_locale(name, &e.to_string()))?;
        let named = |id: &String| FACT_PREFIXES.iter().find_map(|prefix| id.strip_prefix(prefix)).map(str::to_owned);
        let known_facts = spans.keys().filter_map(named);
        let known_facts =
            known_facts.chain(fallback.iter().flat_map(|fallback| fallback.known_facts.clone())).collect();
        Ok(Self {
            name: name.to_owned(),
            pseudo,
            source_language: name.to_owned(),
            settings,
            formats,
            text,
            variables: lint::variables(files),
            known_facts,
            spans,
            fallback,
            strict: false,
            fallback_uses: Mutex::default(),
        })
    }

    /// Resolves `id` or `id.attribute`. Any failure is an error, so that no incomplete sentence is printed.
    pub fn message(&self, id: &str, args: Args<'_>) -> Result<String> {
        self.resolve(|l| &l.text, &[id], args)
    }

    /// Formats a figure, or only its part `before`, `number` or `after`.
    pub fn measure(&self, figure: &Figure, part: Option<&str>) -> Result<String> {
        let ids = functions::measure_ids(&figure.unit).into_iter();
        let ids: Vec<String> = ids.map(|id| part.map_or(id.clone(), |part| format!("{id}.{part}"))).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let own = functions::measure_args(figure);
        let options = functions::OPTIONS.map(|name| (name, Value::None));
        let args = own.into_iter().chain(options).map(|(name, value)| (name.into(), value)).collect();
        let text = self.resolve(|l| &l.formats.value_messages, &ids, args)?;
        trace::record_figure(figure, part);
        Ok(text)
    }

    /// Calls a locale function outside any message, such as DATE for `{{date …}}`.
    pub fn call(&self, function: &str, value: Value, options: &[(String, Value)]) -> Result<String> {
        functions::take_failures();
        functions::take_fallback_uses();
        let cldr = &self.formats.cldr;
        let args = options.iter().map(|(name, value)| (name.as_str().into(), value.clone())).collect();
        let args = value::fluent_args(args, cldr);
        let text = functions::apply(function, &value.into_fluent(cldr), &args, &self.formats).map_err(|error| {
            Diagnostic::error(code::FUNCTION, error.message).missing_messages(error.missing_message)
        })?;
        self.finish_resolved("", text)
    }

    /// Joins the items with commas and a final “and”, as CLDR does for the language. The “and” may be a bound word.
    pub fn list(&self, items: &[String]) -> String {
        self.settings.typography.apply(&self.formats.cldr.list(items))
    }

    /// Returns a text from the data between the outer quotation marks of the language. Quotation marks inside it, in the
    /// style of any language, become the inner ones. The full stop at its end is placed, or left out, as `quotation-stop` says.
    pub fn quote(&self, text: &str) -> String {
        let (text, stop) = match (self.settings.quotation_stop, split_stop(text)) {
            ("outside", Some(parts)) => parts,
            ("none", Some((text, _))) => (text, ""),
            _ => (text, ""),
        };
        let [open, close, inner_open, inner_close] = self.settings.typography.quotes;
        let mut opened = Vec::new();
        let inner = text.chars().map(|mark| {
            if opened.last().is_some_and(|open| closes(mark, *open)) {
                opened.pop();
                return inner_close;
            }
            match mark {
                '"' | '“' | '”' | '„' | '«' | '»' | '「' | '『' => {
                    opened.push(mark);
                    inner_open
                }
                '」' | '』' => inner_close,
                c => c,
            }
        });
        self.apply_typography(&format!("{open}{}{close}{stop}", inner.collect::<String>()))
    }

    /// Applies the typographic rules of the language to a text from the data.
    pub fn apply_typography(&self, text: &str) -> String {
        let finished = self.settings.typography.apply(text);
        trace::record_value(0, || Value::Text(finished.clone()), &finished);
        trace::record_text(&self.name, "", &finished);
        finished
    }

    /// Returns the CLDR month name of a date, regardless of the messages.
    pub fn month(&self, date: Date) -> String {
        self.formats.cldr.month(date)
    }

    /// Returns the digits 0 to 9 of the numbering system of the language.
    pub fn ten_digits(&self) -> String {
        self.formats.cldr.ten_digits()
    }

    /// Returns whether the message exists, here or in a fallback.
    pub fn has(&self, id: &str) -> bool {
        find_pattern(&self.text, id).is_some() || self.fallback.as_ref().is_some_and(|f| f.has(id))
    }

    /// Returns the variables that a message, here or in a fallback, uses, itself or through the messages it refers to.
    pub fn variables_of(&self, id: &str) -> Option<&BTreeSet<String>> {
        self.variables.get(id).or_else(|| self.fallback.as_ref()?.variables_of(id))
    }

    /// Returns the forms of a text in this language, or else in the first fallback that has the text.
    ///
    /// A form from a fallback is marked with its language. It causes a warning, or an error if `strict` is set.
    pub fn forms(&self, text: &Text, results: &Results) -> Result<Arc<NameForms>> {
        if let Some(forms) = text.find(&self.source_language) {
            return Ok(forms);
        }
        let mut next = self.fallback.as_deref();
        while let Some(other) = next {
            if let Some(forms) = text.find(&other.name) {
                let place = results.place(&forms.span);
                let message = format!("no `{}` text is given; the `{}` text is used", self.name, other.name);
                let problem = Diagnostic::error(code::FALLBACK_USE, message)
                    .place(place)
                    .help(format!("add `{}: …` next to the other languages", self.name));
                self.record_fallback_use(format!("{:08}", forms.span.start), problem)?;
                let tagged = |text: &String| text_marks::foreign(other.settings.language(), text);
                return Ok(Arc::new(NameForms {
                    name: tagged(&forms.name),
                    others: forms.others.iter().map(|(form, text)| (form.clone(), tagged(text))).collect(),
                    span: forms.span.clone(),
                }));
            }
            next = other.fallback.as_deref();
        }
        text.get(results, &self.source_language)
    }

    /// Returns the name of this locale, followed by those of its fallbacks.
    pub fn chain(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self), |locale| locale.fallback.as_deref()).map(|locale| locale.name.as_str())
    }

    /// Returns one warning for each message or text that was taken from the fallback so far.
    pub fn fallback_uses(&self) -> Problems {
        self.fallback_uses.lock().map(|list| list.values().cloned().collect()).unwrap_or_default()
    }

    /// Returns whether a message formats figures of this unit, here or in a fallback.
    pub fn has_unit(&self, unit: &str) -> bool {
        let own = functions::measure_ids(unit)
            .iter()
            .any(|id| MessagePattern::find(&self.formats.value_messages, id, None).is_some());
        own || self.fallback.as_ref().is_some_and(|f| f.has_unit(unit))
    }

    /// Returns the CLDR plural category of a number.
    pub fn category(&self, value: &Decimal, ordinal: bool) -> &'static str {
        self.formats.cldr.category(value, ordinal)
    }

    /// Returns the plural categories of the language.
    pub fn categories(&self, ordinal: bool) -> Vec<&'static str> {
        self.formats.cldr.categories(ordinal)
    }

    /// Returns the place of `needle` in a message, or else the place of the message.
    pub fn place_in(&self, id: &str, needle: &str) -> Option<Place> {
        self.spans.get(id).map(|span| span.find(needle))
    }

    /// Returns the place of a whole message with its attributes, here or in a fallback.
    pub fn message_place(&self, id: &str) -> Option<Place> {
        match self.spans.get(split_id(id).0) {
            Some(span) => {
                let text = &span.file.text[span.range.clone()];
                Some(Place::new(&span.file, span.range.start..span.range.start + text.trim_end().len()))
            }
            None => self.fallback.as_ref()?.message_place(id),
        }
    }

    /// Returns the place of the character in the first message that contains it. A missing-glyph error gives only
    /// the character.
    pub fn place_of_char(&self, c: char) -> Option<Place> {
        let mut utf8 = [0; 4];
        let needle = &*c.encode_utf8(&mut utf8);
        self.spans.values().find(|p| p.file.text[p.range.clone()].contains(needle)).map(|p| p.find(needle))
    }

    /// Resolves the first of these messages that exists, here or in the fallback.
    fn resolve(&self, bundle: fn(&Self) -> &Bundle, ids: &[&str], args: Args<'_>) -> Result<String> {
        let found = ids.iter().find_map(|id| Some((*id, find_pattern(bundle(self), id)?)));
        let Some((id, entry)) = found else {
            return match &self.fallback {
                Some(other) => {
                    let text = other.resolve(bundle, ids, args).map_err(|problem| match problem.code {
                        code::UNKNOWN_MESSAGE => self.unknown_message(ids[0]),
                        _ => problem,
                    })?;
                    self.record_fallback_message(ids[0], &other.provider(bundle, ids).name)?;
                    Ok(text_marks::foreign(other.settings.language(), &text))
                }
                None => Err(self.unknown_message(ids[0])),
            };
        };
        functions::take_failures();
        functions::take_fallback_uses();
        trace::record_message(id, &args);
        let text = entry.resolve(bundle(self), &value::fluent_args(args, &self.formats.cldr));
        self.finish_resolved(split_id(id).0, text)
    }

    /// Returns the locale of this one and its fallbacks that provides the first of these messages that exists.
    fn provider(&self, bundle: fn(&Self) -> &Bundle, ids: &[&str]) -> &Self {
        let has = |id: &&str| find_pattern(bundle(self), id).is_some();
        match &self.fallback {
            Some(other) if !ids.iter().any(has) => other.provider(bundle, ids),
            _ => self,
        }
    }

    /// Applies the typographic rules to a resolved text. Returns the failures of its resolution as an error.
    fn finish_resolved(&self, id: &str, text: String) -> Result<String> {
        if let Some(problem) = self.diagnose_failures(id, functions::take_failures()) {
            return Err(problem);
        }
        for fallback_use in functions::take_fallback_uses() {
            self.record_fallback_message(&fallback_use.id, &fallback_use.from)?;
        }
        let text = self.settings.typography.apply(&text);
        trace::record_text(&self.name, id, &text);
        Ok(text)
    }
}

/// Returns whether a quotation mark closes what `open` has opened, in any language. The same mark opens in one and closes in
/// another: “English”, „Deutsch“, »Tysk«, « français », ”svenska”.
fn closes(mark: char, open: char) -> bool {
    match open {
        '"' => mark == '"',
        '“' | '”' => mark == '”',
        '„' => matches!(mark, '“' | '”'),
        '«' => mark == '»',
        '»' => mark == '«',
        '「' => mark == '」',
        '『' => mark == '』',
        _ => false,
    }
}

/// Splits the full stop off the end of a text. The last dot of an ellipsis is not a full stop.
fn split_stop(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_suffix(['.', '。'])?;
    (!rest.ends_with('.')).then(|| text.split_at(rest.len()))
}

/// Returns the pattern of `id` or `id.attribute`.
fn find_pattern<'b>(bundle: &'b Bundle, id: &str) -> Option<MessagePattern<'b>> {
    let (name, attribute) = split_id(id);
    MessagePattern::find(bundle, name, attribute)
}

/// Splits `id.attribute` into its two parts.
fn split_id(id: &str) -> (&str, Option<&str>) {
    match id.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (id, None),
    }
}

/// Builds a bundle of the value files alone or of all files. Functions are registered separately.
fn build_bundle(resources: &[(bool, Arc<fluent::FluentResource>)], value_files_only: bool) -> Bundle {
    // The language of the bundle has no effect: CASE selects variants, and ICU4X formats values.
    let mut bundle = Bundle::new_concurrent(vec![LanguageIdentifier::default()]);
    // Isolates would remain in the text of the PDF. Typst implements the bidirectional algorithm itself.
    bundle.set_use_isolating(false);
    // The first definition of a message replaces the others.
    for (formats_values, resource) in resources.iter().rev() {
        if *formats_values || !value_files_only {
            bundle.add_resource_overriding(resource.clone());
        }
    }
    bundle
}
