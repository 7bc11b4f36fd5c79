//! The files and settings that Typst sees: the project's reports and fonts, and the files next to the results file.
//! There are no packages, no network and no clock.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Repr};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::drawings::Drawings;
use super::fonts::Fonts;
use super::searchable::SearchableText;
use crate::design::Design;
use crate::hash::{Hash128, hash};
use crate::project::{IMAGES, MAX_ASSET, MAX_TEXT, Project, picture, reason};
use crate::results::Date;
use crate::template::Image;
use crate::trust::Seal;

/// Finishes that are printed over other inks and leave them visible.
pub const OVERPRINTING_FINISHES: &[&str] = &["varnish", "emboss"];

/// The kind of pages that a run produces. Style modules read it from `sys.inputs`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Variant {
    /// For readers and archives: RGB, PDF/A-3a and PDF/UA-1.
    #[default]
    Archive,
    /// For the printing press: process inks and separations, with bleed. Neither tagged nor PDF/A, because PDF/A
    /// does not allow CMYK without a profile.
    Print {
        /// Bleed around the trimmed page, in millimetres.
        bleed: f64,
        /// Finishes that get a separate plate, such as `foil` and `varnish`.
        finishes: Vec<String>,
    },
}

impl Variant {
    /// Returns whether a finish of the run overprints other inks.
    pub fn overprints(&self) -> bool {
        matches!(self, Self::Print { finishes, .. } if finishes.iter().any(|f| OVERPRINTING_FINISHES.contains(&f.as_str())))
    }

    /// Returns the entries of `sys.inputs`.
    fn inputs(&self) -> Dict {
        let mut inputs = Dict::new();
        let mut put = |key: &str, text: String| inputs.insert(key.into(), text.into_value());
        match self {
            Self::Archive => put("variant", "archive".to_owned()),
            Self::Print { bleed, finishes } => {
                put("variant", "press".to_owned());
                put("bleed", bleed.to_string());
                put("finishes", finishes.join(","));
            }
        }
        inputs
    }
}

/// The content of a file, or why Typst cannot use it, with the hash of its bytes. The hash is zero if it cannot be read.
type Loaded<T> = (FileResult<T>, Hash128);
type FileCache<T> = Mutex<HashMap<FileId, Loaded<T>>>;

/// The hashes of files, by path.
pub type FileHashes = BTreeMap<String, Hash128>;

/// An attempt at laying out a document.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attempt {
    /// Style modules assume that the document has one page. They set it this number of steps tighter than normal.
    OnePage { step: i64 },
    /// Style modules ask how many pages there are.
    AnyLength,
}

/// The state that all documents of a run share.
pub struct Typesetter {
    pub project: Arc<Project>,
    pub fonts: Fonts,
    pub variant: Variant,
    /// Seals archive files.
    pub seal: Option<Seal>,
    pub(super) drawings: Drawings,
    pub(super) searchable: SearchableText,
    /// The resolution in pixels per inch below which a photo is reported.
    pub(super) min_resolution: f64,
    inputs: Dict,
    /// The library for each attempt at laying out a document.
    libraries: Mutex<HashMap<Attempt, Arc<LazyHash<Library>>>>,
    // Cached, so that style modules are the same objects for each document and Typst can memoise them.
    sources: FileCache<Source>,
    files: FileCache<Bytes>,
    /// For each kind of document, the source length in bytes from which documents have had more than one page.
    long_from: Mutex<HashMap<String, usize>>,
}

impl Typesetter {
    /// Loads the drawings of the project, and prepares what style modules read from `sys.inputs`.
    pub fn new(project: Arc<Project>, design: &Design, fonts: Fonts, variant: Variant) -> Self {
        let drawings = Drawings::load(&project);
        Self::with_drawings(project, design, fonts, variant, drawings)
    }

    /// Like [`Self::new`], for pages that are shown and not exported to PDF: Typst draws the drawings of `shared/drawings/`.
    #[cfg(feature = "watch")]
    pub fn for_screen(project: Arc<Project>, design: &Design, fonts: Fonts) -> Self {
        Self::with_drawings(project, design, fonts, Variant::default(), Drawings::default())
    }

    fn with_drawings(
        project: Arc<Project>,
        design: &Design,
        fonts: Fonts,
        variant: Variant,
        drawings: Drawings,
    ) -> Self {
        let mut inputs = variant.inputs();
        inputs.insert("drawings".into(), drawings.checksums().into_value());
        inputs.insert("design".into(), design.to_dict().into_value());
        Self {
            project,
            fonts,
            seal: None,
            drawings,
            searchable: SearchableText::default(),
            min_resolution: design.print.resolution,
            inputs,
            libraries: Mutex::default(),
            variant,
            sources: Mutex::default(),
            files: Mutex::default(),
            long_from: Mutex::default(),
        }
    }

    /// Returns the settings of the run as style modules see them, in Typst syntax.
    pub fn settings(&self) -> String {
        self.inputs.repr().to_string()
    }

    /// Returns whether a document with a source of this length, in bytes, probably has more than one page, however tightly it is set.
    pub(super) fn is_probably_long(&self, kind: &str, length: usize) -> bool {
        self.long_from.lock().is_ok_and(|long_from| long_from.get(kind).is_some_and(|threshold| *threshold <= length))
    }

    /// Records for [`Self::is_probably_long`] whether a document has one page, or would have one if it were set more tightly.
    pub(super) fn record_length(&self, kind: String, length: usize, is_long: bool) {
        let Ok(mut long_from) = self.long_from.lock() else { return };
        let entry = long_from.entry(kind);
        if is_long {
            entry.and_modify(|threshold| *threshold = (*threshold).min(length)).or_insert(length);
        } else {
            entry.and_modify(|threshold| *threshold = (*threshold).max(length + 1));
        }
    }

    /// Makes a file from outside the project available to Typst at `path`.
    pub fn add_file(&self, path: &str, bytes: Vec<u8>) {
        let Ok(path) = VirtualPath::new(path) else { return };
        if let Ok(mut files) = self.files.lock() {
            let hash = hash(&bytes);
            files.insert(FileId::new(RootedPath::new(VirtualRoot::Project, path)), (Ok(Bytes::new(bytes)), hash));
        }
    }

    /// Returns the library with what style modules read from `sys.inputs` in this attempt.
    pub fn library(&self, attempt: Attempt) -> Arc<LazyHash<Library>> {
        let build = || {
            let mut inputs = self.inputs.clone();
            if let Attempt::OnePage { step } = attempt {
                inputs.insert("pages".into(), "1".into_value());
                inputs.insert("step".into(), step.into_value());
            }
            Arc::new(LazyHash::new(Library::builder().with_inputs(inputs).build()))
        };
        let Ok(mut libraries) = self.libraries.lock() else { return build() };
        Arc::clone(libraries.entry(attempt).or_insert_with(build))
    }

    /// Reads a file in reports/.
    fn read(&self, id: FileId) -> Loaded<Bytes> {
        let path = id.get();
        if *path.root() != VirtualRoot::Project {
            let message = "packages are not supported; copy the module into reports/";
            return (Err(FileError::Other(Some(message.into()))), Hash128::default());
        }
        let path = path.vpath().get_without_slash();
        if !path.starts_with("reports/") {
            return (Err(FileError::NotFound(path.into())), Hash128::default());
        }
        match self.project.read_hashed(path, MAX_ASSET) {
            Ok((Cow::Borrowed(bytes), hash)) => (Ok(Bytes::new(bytes)), hash),
            Ok((Cow::Owned(bytes), hash)) => (Ok(Bytes::new(bytes)), hash),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                (Err(FileError::NotFound(path.into())), Hash128::default())
            }
            Err(error) => (Err(FileError::Other(Some(reason(&error).into()))), Hash128::default()),
        }
    }

    /// Returns the hash of a file in reports/, computed from the bytes that the documents of this run are built from.
    pub fn hash_of(&self, path: &str) -> Hash128 {
        let Ok(path) = VirtualPath::new(path) else { return Hash128::default() };
        let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        let known = self.sources.lock().ok().and_then(|sources| sources.get(&id).map(|(_, hash)| *hash));
        known.unwrap_or_else(|| self.file(id).1)
    }

    /// Returns the content of a picture or another file in reports/, which is read once for all documents.
    fn file(&self, id: FileId) -> Loaded<Bytes> {
        get_or_insert(&self.files, id, || {
            let (bytes, hash) = self.read(id);
            let problem = bytes.as_ref().ok().and_then(|bytes| picture::find_problem(bytes));
            (problem.map_or(bytes, |why| Err(FileError::Other(Some(why.into())))), hash)
        })
    }
}

/// The [`World`] of one document.
pub struct DocumentWorld<'p> {
    pub typesetter: &'p Typesetter,
    pub main: Source,
    /// The pictures of the document, see [`IMAGES`].
    pub images: &'p [Image],
    /// The date that style modules see as the current one.
    pub date: Date,
    /// What style modules may assume.
    pub library: Arc<LazyHash<Library>>,
    /// The files in reports/ that Typst has read for the document.
    pub files_read: Mutex<HashMap<FileId, Hash128>>,
}

impl DocumentWorld<'_> {
    /// Records that Typst has read a file.
    fn record(&self, id: FileId, hash: Hash128) {
        self.files_read.lock().unwrap_or_else(PoisonError::into_inner).insert(id, hash);
    }

    /// Returns the files in reports/ that Typst has read for the document.
    pub fn report_files(&self) -> FileHashes {
        let files = self.files_read.lock().unwrap_or_else(PoisonError::into_inner);
        files.iter().map(|(id, hash)| (id.get().vpath().get_without_slash().to_owned(), *hash)).collect()
    }
}

/// Returns the picture of the document with this file identifier.
pub fn find_image(id: FileId, images: &[Image]) -> Option<&Image> {
    let path = id.get().vpath().get_with_slash();
    let number = path.strip_prefix(IMAGES)?.strip_prefix('/')?.split('.').next()?;
    images.get(number.parse::<usize>().ok()?)
}

/// Returns the file identifier of a template's output. All documents of a template share one, because Typst supports only
/// 65 535.
pub fn main_id(template: &str) -> Option<FileId> {
    let path = VirtualPath::new(format!("/reports/{template}.typ")).ok()?;
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// Returns the cached value for `id`, or computes and caches it.
fn get_or_insert<T: Clone>(cache: &FileCache<T>, id: FileId, compute: impl FnOnce() -> Loaded<T>) -> Loaded<T> {
    let Ok(mut cache) = cache.lock() else { return compute() };
    cache.entry(id).or_insert_with(compute).clone()
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.typesetter.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let (source, hash) = get_or_insert(&self.typesetter.sources, id, || {
            let (bytes, hash) = self.typesetter.read(id);
            let source = bytes.and_then(|bytes| {
                if bytes.len() as u64 > MAX_TEXT {
                    return Err(FileError::Other(Some(format!("it is larger than {} MiB", MAX_TEXT >> 20).into())));
                }
                let text = String::from_utf8(bytes.to_vec()).map_err(|_| FileError::InvalidUtf8)?;
                Ok(Source::new(id, text))
            });
            (source, hash)
        });
        self.record(id, hash);
        source
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(image) = find_image(id, self.images) {
            return Ok(Bytes::new(image.bytes.clone()));
        }
        let (bytes, hash) = self.typesetter.file(id);
        self.record(id, hash);
        bytes
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.typesetter.fonts.get(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        to_datetime(self.date)
    }
}

/// Converts a date. A missing month or day becomes the first.
pub fn to_datetime(date: Date) -> Option<Datetime> {
    Datetime::from_ymd(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}
