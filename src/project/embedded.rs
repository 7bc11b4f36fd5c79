//! The edition embedded in the binary by `build.rs`: reports, locales and fonts.

use crate::hash::Hash128;

/// Path, contents and hash of each file, sorted by path. The hashes come from the build, so that no run has to read all
/// fonts for them.
static FILES: &[(&str, &[u8], Hash128)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Returns the path and the contents of every embedded file, sorted by path.
pub fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().map(|(path, bytes, _)| (*path, *bytes))
}

/// Returns the contents of a file, and their hash.
pub fn read(path: &str) -> Option<(&'static [u8], Hash128)> {
    let at = FILES.binary_search_by_key(&path, |(name, ..)| name).ok()?;
    FILES.get(at).map(|(_, bytes, hash)| (*bytes, *hash))
}

/// Returns the first embedded language whose locale has this file: English. Its messages replace those that are missing.
pub fn language_with(file: &str) -> &'static str {
    let language = |path: &'static str| path.strip_prefix("locales/")?.strip_suffix(file)?.strip_suffix('/');
    files().find_map(|(path, _)| language(path)).unwrap_or_default()
}
