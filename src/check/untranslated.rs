//! Finds locales that were copied from another language and not translated.

use std::sync::Arc;

use icu_locale_core::LanguageIdentifier;
use icu_locale_core::subtags::Language;

use super::list_some;
use crate::diagnostic::{Diagnostic, FileOrigin, Problems, SourceFile, code};
use crate::init;
use crate::locale::lint::{LocaleSource, compare_texts};

/// The files that a language may do without.
const OPTIONAL_FILES: &[&str] = &["print.ftl", "proof.ftl", "verify.ftl"];

/// A single file is compared only if it has this number of messages in common with that of the other language: a few may be the
/// same, such as names.
const MIN_COMPARED: usize = 5;

/// How many messages are named that are the same in two languages.
const MAX_NAMED: usize = 3;

/// Returns a warning for each selected locale, or else each of its files, most of whose words are those of another language, and
/// for each whose `locale-icu` is another language than its folder.
pub fn find(sources: &[LocaleSource<'_>]) -> Problems {
    let mut found = Problems::new();
    for source in sources.iter().filter(|source| source.is_selected) {
        let mut others: Vec<_> = sources.iter().filter(|other| is_original(other, source)).collect();
        others.sort_by_key(|other| rank(other));
        match others.iter().filter(|other| !share_words(source, other)).find_map(|other| find_copy(source, other)) {
            Some(problem) => found.push(problem),
            None => found.extend(source.files.iter().filter_map(|file| find_copied_file(source, file, &others))),
        }
        found.extend(find_wrong_setting(source));
    }
    found
}

/// Returns whether `source` may be a copy of `other`, which is another language.
fn is_original(other: &LocaleSource<'_>, source: &LocaleSource<'_>) -> bool {
    language_of(source.name) != language_of(other.name) && rank(source) > rank(other)
}

/// Orders locales: of two equal ones, the embedded one is the original.
fn rank(source: &LocaleSource<'_>) -> (bool, String) {
    (!init::languages().contains(&source.name), source.name.to_owned())
}

/// Returns whether one of two locales is the fallback of the other.
fn share_words(a: &LocaleSource<'_>, b: &LocaleSource<'_>) -> bool {
    let uses = |a: &LocaleSource<'_>, b: &LocaleSource<'_>| {
        a.locale.is_some_and(|locale| locale.settings.fallback.as_deref() == Some(b.name))
    };
    uses(a, b) || uses(b, a)
}

/// Returns a warning if most words of `source` are those of `other`.
fn find_copy(source: &LocaleSource<'_>, other: &LocaleSource<'_>) -> Option<Diagnostic> {
    let message = format!("the locale `{}` is not translated: its words are those of `{}`", source.name, other.name);
    let help = format!("translate the files of locales/{}", source.name);
    // The optional files are compared one by one.
    let files: Vec<_> = source.files.iter().filter(|file| !is_optional(file)).cloned().collect();
    warn_of_equal_texts(&LocaleSource { files: &files, ..*source }, other, 1, message, help)
}

fn is_optional(file: &SourceFile) -> bool {
    OPTIONAL_FILES.contains(&file.path.rsplit('/').next().unwrap_or_default())
}

/// Returns a warning if most words of one file of `source` are those of one of the other languages. No language needs a copy of an
/// optional file, not even one with a fallback locale.
fn find_copied_file(
    source: &LocaleSource<'_>,
    file: &Arc<SourceFile>,
    others: &[&LocaleSource<'_>],
) -> Option<Diagnostic> {
    let is_optional = is_optional(file);
    let help = if is_optional { "translate the file, or delete it" } else { "translate the file" };
    let files = [file.clone()];
    let part = LocaleSource { files: &files, ..*source };
    let is_compared = |other: &&&LocaleSource<'_>| is_optional || !share_words(source, other);
    others.iter().filter(is_compared).filter(|_| file.origin == FileOrigin::Disk).find_map(|other| {
        let message = format!("`{}` is not translated: its words are those of `{}`", file.path, other.name);
        warn_of_equal_texts(&part, other, MIN_COMPARED, message, help.to_owned())
    })
}

/// Returns a warning if the two have `min` messages in common, and most of them are the same.
fn warn_of_equal_texts(
    source: &LocaleSource<'_>,
    other: &LocaleSource<'_>,
    min: usize,
    message: String,
    help: String,
) -> Option<Diagnostic> {
    let (equal, compared) = compare_texts(source, other);
    let (_, place) = equal.first().filter(|_| compared >= min && equal.len() * 2 > compared)?;
    let ids: Vec<String> = equal.iter().map(|(id, _)| format!("`{id}`")).collect();
    let list = list_some(&ids, MAX_NAMED);
    Some(
        Diagnostic::warning(code::UNTRANSLATED, message)
            .place(place.clone())
            .note(format!("the same in both: {list}"))
            .help(help),
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
