//! Finds locales that were copied from another language and not translated.

use icu_locale_core::LanguageIdentifier;
use icu_locale_core::subtags::Language;

use super::list_some;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::init;
use crate::locale::lint::{LocaleSource, compare_texts};

/// How many messages are named that are the same in two languages.
const MAX_NAMED: usize = 3;

/// Returns a warning for each selected locale most of whose words are those of another language, and for each whose
/// `locale-icu` is another language than its folder.
pub fn find(sources: &[LocaleSource<'_>]) -> Problems {
    let mut found = Problems::new();
    for source in sources.iter().filter(|source| source.is_selected) {
        found.extend(sources.iter().find_map(|other| find_copy(source, other)));
        found.extend(find_wrong_setting(source));
    }
    found
}

/// Returns a warning if most words of `source` are those of `other`.
fn find_copy(source: &LocaleSource<'_>, other: &LocaleSource<'_>) -> Option<Diagnostic> {
    let uses = |a: &LocaleSource<'_>, b: &LocaleSource<'_>| {
        a.locale.is_some_and(|locale| locale.settings.fallback.as_deref() == Some(b.name))
    };
    let share_language = language_of(source.name) == language_of(other.name);
    // Of two equal locales, the embedded one is the original.
    let rank = |source: &LocaleSource<'_>| (!init::languages().contains(&source.name), source.name.to_owned());
    if share_language || uses(source, other) || uses(other, source) || rank(source) <= rank(other) {
        return None;
    }
    let (equal, compared) = compare_texts(source, other);
    let (_, place) = equal.first().filter(|_| equal.len() * 2 > compared)?;
    let ids: Vec<String> = equal.iter().map(|(id, _)| format!("`{id}`")).collect();
    let list = list_some(&ids, MAX_NAMED);
    let message = format!("the locale `{}` is not translated: its words are those of `{}`", source.name, other.name);
    Some(
        Diagnostic::warning(code::UNTRANSLATED, message)
            .place(place.clone())
            .note(format!("the same in both: {list}"))
            .help(format!("translate the files of locales/{}", source.name)),
    )
}

/// Returns a warning if `locale-icu` is another language than the folder.
fn find_wrong_setting(source: &LocaleSource<'_>) -> Option<Diagnostic> {
    let locale = source.locale?;
    let folder = language_of(source.name)?;
    let given = locale.settings.icu.id.language;
    // Both written standards of Norwegian are called `no` too.
    let is_norwegian = folder.as_str() == "no" && matches!(given.as_str(), "nb" | "nn");
    if given == folder || is_norwegian {
        return None;
    }
    let tag = locale.settings.tag();
    let message = format!("the locale `{}` formats numbers and dates as `{tag}`", source.name);
    let mut problem = Diagnostic::warning(code::UNTRANSLATED, message)
        .help(format!("set `locale-icu` to a locale of the language `{folder}`, or rename the folder"));
    problem.places.extend(locale.place_in("locale-icu", &tag));
    Some(problem)
}

/// Returns the language of the name of a locale's folder, such as `en` of `en-GB`.
fn language_of(name: &str) -> Option<Language> {
    name.parse::<LanguageIdentifier>().ok().map(|id| id.language)
}
