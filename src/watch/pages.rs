//! Pages as SVG, by their hashes.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::hash::{hash, hex};

/// The pages of the last refreshes: a browser may still ask for a page that has just been replaced.
#[derive(Clone, Default)]
pub struct PageStore {
    pages: Arc<Mutex<HashMap<String, Entry>>>,
}

struct Entry {
    svg: Arc<str>,
    /// The number of the last refresh that showed it.
    used: u64,
}

/// For how many refreshes a page is kept.
const MAX_AGE: u64 = 2;

impl PageStore {
    /// Stores a page. Returns its hash.
    pub fn insert(&self, svg: String, refresh: u64) -> String {
        // The policy of the page in the browser forbids the attribute `style`.
        let svg = svg.replace(" style=\"image-rendering: ", " image-rendering=\"");
        let hash = hex(&hash(&svg));
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.entry(hash.clone()).or_insert_with(|| Entry { svg: svg.into(), used: refresh }).used = refresh;
        hash
    }

    /// Records that a refresh shows this page.
    pub fn keep(&self, hash: &str, refresh: u64) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = pages.get_mut(hash) {
            page.used = refresh;
        }
    }

    /// Removes the pages that no recent refresh has shown.
    pub fn sweep(&self, refresh: u64) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|_, page| page.used + MAX_AGE >= refresh);
    }

    /// Returns the SVG of a page.
    pub fn get(&self, hash: &str) -> Option<Arc<str>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(hash).map(|page| page.svg.clone())
    }
}

/// Returns a page without the outlines of the glyphs that another page has too: more than half of its bytes.
pub fn without_known_glyphs(svg: &str, known: &str) -> String {
    let known: HashSet<&str> = glyphs(known).map(|(id, _)| id).collect();
    let mut out = String::with_capacity(svg.len());
    let mut written = 0;
    for (_, range) in glyphs(svg).filter(|(id, _)| known.contains(id)) {
        out.push_str(&svg[written..range.start]);
        written = range.end;
    }
    out.push_str(&svg[written..]);
    out
}

/// Returns the id and the element of each glyph on a page. An attribute or a text of XML cannot contain `<`.
fn glyphs(svg: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    const START: &str = "<symbol id=\"";
    const END: &str = "</symbol>";
    svg.match_indices(START).filter_map(|(start, _)| {
        let id = svg[start + START.len()..].split('"').next()?;
        let length = svg[start..].find(END)? + END.len();
        Some((id, start..start + length))
    })
}
