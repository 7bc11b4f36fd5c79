//! The words: one folder of Fluent files per language. Facts come in exact, sentences go out.
//!
//! A locale has two layers. `numbers.ftl` holds the grammar of values and the settings; every other
//! file holds sentences, whose functions (MEASURE, DATE, …) go back to a message of `numbers.ftl`.

mod cases;
mod cldr;
mod functions;
pub mod marks;
mod settings;
mod value;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent::FluentArgs;
use unic_langid::LanguageIdentifier;

use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::results::Figure;
use cldr::Cldr;
use functions::Failure;
pub use settings::{ROLES, Settings};
pub use value::{Args, Value};
use words::{Bundle, Entry, Placed};

/// The file that holds the grammar of values and the settings.
pub const NUMBERS: &str = "numbers.ftl";

pub struct Locale {
    /// The folder's name, as `--lang` takes it.
    pub name: String,
    pub settings: Settings,
    cldr: Arc<Cldr>,
    numbers: Arc<Bundle>,
    text: Bundle,
    places: BTreeMap<String, Placed>,
}

impl Locale {
    /// Builds a locale from its files; `numbers.ftl` must be among them.
    pub fn new(name: &str, files: &[Arc<SourceFile>]) -> std::result::Result<Self, Vec<Diagnostic>> {
        let is_numbers = |file: &SourceFile| file.path.rsplit(['/', '\\']).next() == Some(NUMBERS);
        let Some(numbers_file) = files.iter().find(|f| is_numbers(f)) else {
            return Err(vec![
                Diagnostic::error(code::SETTING, format!("the locale `{name}` has no {NUMBERS}"))
                    .help("copy it from a locale of the embedded edition"),
            ]);
        };
        let mut problems = Vec::new();
        let mut places: BTreeMap<String, Placed> = BTreeMap::new();
        let mut resources = Vec::new();
        for file in files {
            match words::parse(file, is_numbers(file)) {
                Ok(words) => {
                    for (id, placed) in words.places {
                        if let Some(first) = places.get(&id) {
                            problems.push(
                                Diagnostic::error(code::DUPLICATE, format!("two files hold the message `{id}`"))
                                    .place(placed.id())
                                    .place(first.id().labelled("the first is here"))
                                    .help("keep one of them"),
                            );
                        } else {
                            places.insert(id, placed);
                        }
                    }
                    resources.push((is_numbers(file), words.resource));
                }
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }

        let bare = bundle(&resources, true).map_err(|e| vec![unusable(name, &e)])?;
        let settings = Settings::read(&bare, &places, &numbers_file.path)?;
        functions::take_failures();
        let cldr = Cldr::new(&settings.icu, settings.grouping).map_err(|e| vec![unusable(name, &e.to_string())])?;
        let cldr = Arc::new(cldr);
        let mut numbers = bare;
        functions::register(&mut numbers, &cldr, None).map_err(|e| vec![unusable(name, &e.to_string())])?;
        let numbers = Arc::new(numbers);
        let mut text = bundle(&resources, false).map_err(|e| vec![unusable(name, &e)])?;
        functions::register(&mut text, &cldr, Some(&numbers)).map_err(|e| vec![unusable(name, &e.to_string())])?;
        Ok(Self { name: name.to_owned(), settings, cldr, numbers, text, places })
    }

    /// Resolves `id` or `id.attribute`. Anything amiss is an error: no half sentence reaches a page.
    pub fn message(&self, id: &str, args: Args<'_>) -> Result<String> {
        self.resolve(&self.text, id, value::fluent_args(args, &self.cldr))
    }

    /// A figure whole, or its part `before`, `number` or `after`.
    pub fn measure(&self, figure: &Figure, part: Option<&str>) -> Result<String> {
        let id = match part {
            Some(part) => format!("measure-{}.{part}", figure.unit),
            None => format!("measure-{}", figure.unit),
        };
        let args = functions::measure_args(figure).into_iter().map(|(name, value)| (name.into(), value)).collect();
        self.resolve(&self.numbers, &id, value::fluent_args(args, &self.cldr))
    }

    /// Calls a locale function outside any message, such as DATE for `{{date …}}`.
    pub fn call(&self, function: &str, value: Value, options: &[(String, Value)]) -> Result<String> {
        functions::take_failures();
        let args = options.iter().map(|(name, value)| (name.as_str().into(), value.clone())).collect();
        let args = value::fluent_args(args, &self.cldr);
        let text = functions::apply(function, &value.into_fluent(&self.cldr), &args, &self.cldr, &self.numbers)
            .map_err(|message| Diagnostic::error(code::FUNCTION, message))?;
        match self.failed("", functions::take_failures()) {
            Some(problem) => Err(problem),
            None => Ok(text),
        }
    }

    pub fn list(&self, items: &[String]) -> String {
        self.cldr.list(items)
    }

    pub fn has(&self, id: &str) -> bool {
        let (id, attribute) = split(id);
        Entry::find(&self.text, id, attribute).is_some()
    }

    /// Where `needle` stands in a message.
    pub fn place_in(&self, id: &str, needle: &str) -> Option<Place> {
        self.places.get(id).map(|placed| placed.find(needle))
    }

    /// The first message whose text holds the character: for an error that only knows the glyph.
    pub fn place_of_char(&self, c: char) -> Option<Place> {
        let mut utf8 = [0; 4];
        let needle = &*c.encode_utf8(&mut utf8);
        self.places.values().find(|p| p.file.text[p.range.clone()].contains(needle)).map(|p| p.find(needle))
    }

    fn resolve(&self, bundle: &Bundle, id: &str, args: FluentArgs<'_>) -> Result<String> {
        let (name, attribute) = split(id);
        let Some(entry) = Entry::find(bundle, name, attribute) else {
            return Err(self.unknown(id));
        };
        functions::take_failures();
        let text = entry.resolve(bundle, &args);
        match self.failed(name, functions::take_failures()) {
            Some(problem) => Err(problem),
            None => Ok(text),
        }
    }

    fn unknown(&self, id: &str) -> Diagnostic {
        let known = self.places.keys().map(String::as_str).filter(|name| !name.starts_with('-'));
        let problem =
            Diagnostic::error(code::UNKNOWN_MESSAGE, format!("the locale `{}` has no message `{id}`", self.name));
        match crate::diagnostic::closest(split(id).0, known) {
            Some(near) if near != split(id).0 => problem.help(format!("did you mean `{near}`?")),
            _ => problem.help(format!("add `{id}` to the files of locales/{}", self.name)),
        }
    }

    fn failed(&self, id: &str, failures: Vec<Failure>) -> Option<Diagnostic> {
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
        if let Some(placed) = self.places.get(within) {
            problem = problem.place(placed.find(&first.needle));
        }
        for more in failures.iter().skip(1).filter(|f| f.message != first.message) {
            problem = problem.note(more.message.clone());
        }
        Some(if kind == code::MISSING_VARIABLE {
            let name = first.needle.trim_start_matches('$');
            problem.help(format!("give it in the template as `{name}=…`, or correct the name in the message"))
        } else {
            problem
        })
    }
}

/// `id.attribute` in its two parts.
fn split(id: &str) -> (&str, Option<&str>) {
    match id.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (id, None),
    }
}

fn bundle(
    resources: &[(bool, Arc<fluent::FluentResource>)],
    numbers_only: bool,
) -> std::result::Result<Bundle, String> {
    // Which language Fluent believes in does not matter: CASE selects, and ICU4X formats.
    let mut bundle = Bundle::new_concurrent(vec![LanguageIdentifier::default()]);
    // The isolates would end up in the text of the PDF; Typst does the bidi algorithm.
    bundle.set_use_isolating(false);
    for (is_numbers, resource) in resources {
        if *is_numbers || !numbers_only {
            bundle.add_resource(resource.clone()).map_err(|e| format!("{e:?}"))?;
        }
    }
    Ok(bundle)
}

fn unusable(name: &str, why: &str) -> Diagnostic {
    Diagnostic::error(code::SETTING, format!("the locale `{name}` cannot be used: {why}"))
        .help("check `locale-icu` and that no message stands in two files")
}
