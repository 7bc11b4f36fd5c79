//! What Typst may see: the project's reports, the files beside the results, the project's fonts. No
//! package, no network, no clock.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::drawings::Drawings;
use super::fonts::Fonts;
use crate::project::{ASSETS, MAX_TEXT, Project, picture, reason};
use crate::results::Date;

/// Finishes that leave what is printed below them visible.
pub const OVERPRINTED_FINISHES: &[&str] = &["varnish", "emboss"];

/// What the pages of a run are made for. A style module asks `sys.inputs` for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Variant {
    /// Reading and keeping: RGB, PDF/A-3a and PDF/UA-1.
    #[default]
    Archive,
    /// The printing press: process inks and separations, with bleed; neither tagged nor PDF/A, which has no CMYK
    /// without a profile.
    Press {
        /// Room around the trimmed page, in millimetres.
        bleed: f64,
        /// Finishes with a plate of their own, as `foil` and `varnish`.
        finishes: Vec<String>,
    },
}

impl Variant {
    /// Whether a finish of the run overprints.
    pub fn overprints(&self) -> bool {
        matches!(self, Self::Press { finishes, .. } if finishes.iter().any(|f| OVERPRINTED_FINISHES.contains(&f.as_str())))
    }

    fn inputs(&self) -> Dict {
        let mut inputs = Dict::new();
        let mut put = |key: &str, text: String| inputs.insert(key.into(), text.into_value());
        match self {
            Self::Archive => put("variant", "archive".to_owned()),
            Self::Press { bleed, finishes } => {
                put("variant", "press".to_owned());
                put("bleed", bleed.to_string());
                put("finishes", finishes.join(","));
            }
        }
        inputs
    }
}

/// What all documents of a run share.
pub struct Press {
    pub project: Arc<Project>,
    pub fonts: Fonts,
    pub variant: Variant,
    pub(super) drawings: Drawings,
    inputs: Dict,
    library: OnceLock<LazyHash<Library>>,
    /// Of the attempt at one page.
    one_page: OnceLock<LazyHash<Library>>,
    // Style modules keep their identity from one document to the next, so that Typst remembers them.
    sources: Mutex<HashMap<FileId, FileResult<Source>>>,
    files: Mutex<HashMap<FileId, FileResult<Bytes>>>,
    /// By kind of document, the length of source from which it had more than one page.
    long: Mutex<HashMap<String, usize>>,
}

impl Press {
    pub fn new(project: Arc<Project>, fonts: Fonts, variant: Variant) -> Self {
        let drawings = Drawings::load(&project);
        let mut inputs = variant.inputs();
        inputs.insert("drawings".into(), drawings.checksums().into_value());
        Self {
            project,
            fonts,
            drawings,
            inputs,
            library: OnceLock::new(),
            one_page: OnceLock::new(),
            variant,
            sources: Mutex::default(),
            files: Mutex::default(),
            long: Mutex::default(),
        }
    }

    /// Whether documents of a kind whose source is no longer than this one had more than one page.
    pub(super) fn seems_long(&self, kind: &str, length: usize) -> bool {
        self.long.lock().is_ok_and(|long| long.get(kind).is_some_and(|least| *least <= length))
    }

    pub(super) fn learn(&self, kind: String, length: usize, pages: usize) {
        let Ok(mut long) = self.long.lock() else { return };
        match pages {
            0 => {}
            1 => drop(long.entry(kind).and_modify(|least| *least = (*least).max(length + 1))),
            _ => drop(long.entry(kind).and_modify(|least| *least = (*least).min(length)).or_insert(length)),
        }
    }

    /// Hands over a file from elsewhere, which Typst then finds at `path`.
    pub fn lend(&self, path: &str, bytes: Vec<u8>) {
        let Ok(path) = VirtualPath::new(path) else { return };
        if let Ok(mut files) = self.files.lock() {
            files.insert(FileId::new(RootedPath::new(VirtualRoot::Project, path)), Ok(Bytes::new(bytes)));
        }
    }

    fn library(&self, one_page: bool) -> &LazyHash<Library> {
        let build = |inputs: Dict| LazyHash::new(Library::builder().with_inputs(inputs).build());
        if !one_page {
            return self.library.get_or_init(|| build(self.inputs.clone()));
        }
        self.one_page.get_or_init(|| {
            let mut inputs = self.inputs.clone();
            inputs.insert("pages".into(), "1".into_value());
            build(inputs)
        })
    }

    fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        if *path.root() != VirtualRoot::Project {
            return Err(FileError::Other(Some("packages are not available: copy the module into reports/".into())));
        }
        let path = path.vpath().get_with_slash();
        let not_found = || FileError::NotFound(path.trim_start_matches('/').into());
        let read = if let Some(asset) = path.strip_prefix(ASSETS).and_then(|p| p.strip_prefix('/')) {
            self.project.asset(asset)
        } else if path.starts_with("/reports/") {
            self.project.read(path.trim_start_matches('/'))
        } else {
            return Err(not_found());
        };
        match read {
            Ok(Cow::Borrowed(bytes)) => Ok(Bytes::new(bytes)),
            Ok(Cow::Owned(bytes)) => Ok(Bytes::new(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(not_found()),
            Err(error) => Err(FileError::Other(Some(reason(&error).into()))),
        }
    }
}

/// The world of one document.
pub struct Page<'p> {
    pub press: &'p Press,
    pub main: Source,
    pub today: Date,
    /// Style modules may take it that there is one page.
    pub one_page: bool,
}

/// The identifier of a template's output. One for each template, not for each document: Typst has room
/// for 65 535.
pub fn main_id(template: &str) -> Option<FileId> {
    let path = VirtualPath::new(format!("/reports/{template}.typ")).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

fn remembered<T: Clone>(
    cache: &Mutex<HashMap<FileId, FileResult<T>>>,
    id: FileId,
    make: impl FnOnce() -> FileResult<T>,
) -> FileResult<T> {
    let Ok(mut cache) = cache.lock() else { return make() };
    cache.entry(id).or_insert_with(make).clone()
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.press.library(self.one_page)
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        remembered(&self.press.sources, id, || {
            let bytes = self.press.bytes(id)?;
            if bytes.len() as u64 > MAX_TEXT {
                return Err(FileError::Other(Some(format!("it is larger than {} MiB", MAX_TEXT >> 20).into())));
            }
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| FileError::InvalidUtf8)?;
            Ok(Source::new(id, text))
        })
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        remembered(&self.press.files, id, || {
            let bytes = self.press.bytes(id)?;
            match picture::find_problem(&bytes) {
                Some(why) => Err(FileError::Other(Some(why.into()))),
                None => Ok(bytes),
            }
        })
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        datetime(self.today)
    }
}

/// Midnight of a date; the first of its month or year where the day is not given.
pub fn datetime(date: Date) -> Option<Datetime> {
    Datetime::from_ymd(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}
