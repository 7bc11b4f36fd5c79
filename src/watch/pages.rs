//! Pages as SVG, by their hashes.

use std::collections::HashMap;
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
