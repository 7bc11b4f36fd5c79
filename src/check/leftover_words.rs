//! Finds words of the embedded edition that a project kept although it is about a different programme.

use std::sync::Arc;

use super::list_some;
use crate::diagnostic::{Diagnostic, Problems, SourceFile, code};
use crate::init::NEUTRAL_WORDS;
use crate::locale::lint::{LocaleSource, find_equal_messages};
use crate::project::{RESULTS, embedded};
use crate::results::{self, Results};

/// How many unchanged messages are named.
const MAX_NAMED: usize = 4;

/// The file of a locale with the words of the programme.
pub const PROGRAMME: &str = "programme.ftl";

/// Returns a warning for each language whose words about the programme are those of the embedded edition, unless the programme
/// has the same name as there.
pub fn find(sources: &[LocaleSource<'_>], results: &Results) -> Problems {
    let Some(edition) = embedded_file(RESULTS).and_then(|file| results::load(&file).ok()) else {
        return Problems::new();
    };
    let mut found = Problems::new();
    for source in sources.iter().filter(|source| source.is_selected) {
        let name = results.programme.name.find(source.name).map(|forms| forms.name.clone());
        let theirs = edition.programme.name.find(source.name).map(|forms| forms.name.clone());
        let path = format!("locales/{}/{PROGRAMME}", source.name);
        let (Some(name), Some(words)) = (name, embedded_file(&path)) else { continue };
        if theirs.as_ref() == Some(&name) {
            continue;
        }
        // Words that fit any programme are not those of another one.
        let neutral = NEUTRAL_WORDS.iter().find(|(neutral, _)| *neutral == path);
        let neutral = neutral.map(|(path, text)| SourceFile::new(*path, *text));
        let equal = find_equal_messages(source, &words, neutral.as_ref());
        let Some((_, place)) = equal.first() else { continue };
        let ids: Vec<String> = equal.iter().map(|(id, _)| format!("`{id}`")).collect();
        let list = list_some(&ids, MAX_NAMED);
        found.push(
            Diagnostic::warning(
                code::LEFTOVER_WORDS,
                format!(
                    "the locale `{}` still describes the programme of the embedded edition, not “{name}”",
                    source.name
                ),
            )
            .place(place.clone())
            .note(format!("unchanged from the embedded edition: {list}"))
            .help(format!("rewrite {path}, or start from the neutral one that `gen-report init` writes")),
        );
    }
    found
}

fn embedded_file(path: &str) -> Option<Arc<SourceFile>> {
    let (path, bytes) = embedded::files().find(|(known, _)| *known == path)?;
    Some(SourceFile::new(path, String::from_utf8_lossy(bytes).into_owned()))
}
