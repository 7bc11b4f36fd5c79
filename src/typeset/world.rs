//! The files and settings that Typst sees: the project's reports and fonts, and the files next to the results file.
//! There are no packages, no network and no clock.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Repr};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::drawings::Drawings;
use super::fonts::Fonts;
use crate::design::Design;
use crate::hash::{Hash128, hash};
use crate::project::{IMAGES, MAX_ASSET, MAX_TEXT, Project, picture, reason};
use crate::results::Date;
use crate::template::Image;

/// Finishes that are printed over other inks and leave them visible.
pub const OVERPRINTED_FINISHES: &[&str] = &["varnish", "emboss"];

/// The purpose of a run's pages. Style modules read it from `sys.inputs`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Variant {
    /// For readers and archives: RGB, PDF/A-3a and PDF/UA-1.
    #[default]
    Archive,
    /// For the printing press: process inks and separations, with bleed. Neither tagged nor PDF/A, which does not allow
    /// CMYK without a profile.
    Press {
        /// Bleed around the trimmed page, in millimetres.
        bleed: f64,
        /// Finishes that get a separate plate, such as `foil` and `varnish`.
        finishes: Vec<String>,
    },
}

impl Variant {
    /// Returns whether a finish of the run overprints other inks.
    pub fn overprints(&self) -> bool {
        matches!(self, Self::Press { finishes, .. } if finishes.iter().any(|f| OVERPRINTED_FINISHES.contains(&f.as_str())))
    }

    /// Returns the entries of `sys.inputs`.
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

/// What Typst was given for a file, with the hash of its bytes; the hash is zero if there is no such file.
type Given<T> = (FileResult<T>, Hash128);
type FileCache<T> = Mutex<HashMap<FileId, Given<T>>>;

/// Files by path, with the hashes of the bytes that were used.
pub type FileHashes = BTreeMap<String, Hash128>;

/// The state that all documents of a run share.
pub struct Typesetter {
    pub project: Arc<Project>,
    pub fonts: Fonts,
    pub variant: Variant,
    pub(super) drawings: Drawings,
    inputs: Dict,
    library: OnceLock<LazyHash<Library>>,
    /// The library for documents that are assumed to have one page.
    one_page: OnceLock<LazyHash<Library>>,
    // Cached, so that style modules are the same objects for each document and Typst can memoise them.
    sources: FileCache<Source>,
    files: FileCache<Bytes>,
    /// By kind of document, the length in bytes from which sources have had more than one page.
    long: Mutex<HashMap<String, usize>>,
}

impl Typesetter {
    pub fn new(project: Arc<Project>, design: &Design, fonts: Fonts, variant: Variant) -> Self {
        let drawings = Drawings::load(&project);
        let mut inputs = variant.inputs();
        inputs.insert("drawings".into(), drawings.checksums().into_value());
        inputs.insert("design".into(), design.to_dict().into_value());
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

    /// Returns the settings of the run as style modules see them, in the syntax of Typst.
    pub fn settings(&self) -> String {
        self.inputs.repr().to_string()
    }

    /// Returns whether a document with a source of this length, in bytes, probably has more than one page.
    pub(super) fn seems_long(&self, kind: &str, length: usize) -> bool {
        self.long.lock().is_ok_and(|long| long.get(kind).is_some_and(|least| *least <= length))
    }

    /// Records the number of pages of a document for [`Self::seems_long`]. 0 pages are ignored: the layout failed.
    pub(super) fn record_pages(&self, kind: String, length: usize, pages: usize) {
        let Ok(mut long) = self.long.lock() else { return };
        match pages {
            0 => {}
            1 => drop(long.entry(kind).and_modify(|least| *least = (*least).max(length + 1))),
            _ => drop(long.entry(kind).and_modify(|least| *least = (*least).min(length)).or_insert(length)),
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

    /// Reads a file below reports/.
    fn read(&self, id: FileId) -> Given<Bytes> {
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

    /// Returns the hash of a file below reports/, of the bytes that the documents of this run are built from.
    pub fn hash_of(&self, path: &str) -> Hash128 {
        let Ok(path) = VirtualPath::new(path) else { return Hash128::default() };
        let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
        let known = self.sources.lock().ok().and_then(|sources| sources.get(&id).map(|(_, hash)| *hash));
        known.unwrap_or_else(|| self.file(id).1)
    }

    /// Reads a picture or another file below reports/, once for all documents.
    fn file(&self, id: FileId) -> Given<Bytes> {
        get_or_insert(&self.files, id, || {
            let (bytes, hash) = self.read(id);
            let problem = bytes.as_ref().ok().and_then(|bytes| picture::find_problem(bytes));
            (problem.map_or(bytes, |why| Err(FileError::Other(Some(why.into())))), hash)
        })
    }
}

/// The [`World`] of one document.
pub struct Page<'p> {
    pub typesetter: &'p Typesetter,
    pub main: Source,
    /// The pictures of the document, see [`IMAGES`].
    pub images: &'p [Image],
    pub today: Date,
    /// Style modules may assume that the document has one page.
    pub one_page: bool,
    /// The files below reports/ that Typst has read for the document, see [`Self::modules`].
    pub read: Mutex<HashMap<FileId, Hash128>>,
}

impl Page<'_> {
    /// Remembers that Typst was given a file. It asks for the same ones very often.
    fn record(&self, id: FileId, hash: Hash128) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(id, hash);
    }

    /// Returns the files below reports/ that Typst has read for the document.
    pub fn modules(&self) -> FileHashes {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter().map(|(id, hash)| (id.get().vpath().get_without_slash().to_owned(), *hash)).collect()
    }
}

/// Returns a picture of the document, by the path under which Typst knows it.
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
fn get_or_insert<T: Clone>(cache: &FileCache<T>, id: FileId, compute: impl FnOnce() -> Given<T>) -> Given<T> {
    let Ok(mut cache) = cache.lock() else { return compute() };
    cache.entry(id).or_insert_with(compute).clone()
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.typesetter.library(self.one_page)
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
        datetime(self.today)
    }
}

/// Returns midnight of a date. A missing day or month is taken as the first.
pub fn datetime(date: Date) -> Option<Datetime> {
    Datetime::from_ymd(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}
