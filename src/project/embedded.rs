//! The edition embedded in the binary by `build.rs`: reports, locales and fonts.

use crate::hash::Hash128;

/// Path, contents and hash of each file, sorted by path. The hashes come from the build, so that no run has to read all
/// fonts for them.
static FILES: &[(&str, &[u8], Hash128)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Returns the path and the contents of every embedded file, sorted by path.
pub fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().map(|(path, bytes, _)| (*path, *bytes))
}

pub(super) fn read(path: &str) -> Option<&'static [u8]> {
    find(path).map(|(_, bytes, _)| *bytes)
}

pub(super) fn hash(path: &str) -> Option<Hash128> {
    find(path).map(|(.., hash)| *hash)
}

fn find(path: &str) -> Option<&'static (&'static str, &'static [u8], Hash128)> {
    FILES.binary_search_by_key(&path, |(name, ..)| name).ok().and_then(|at| FILES.get(at))
}
