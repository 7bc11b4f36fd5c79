//! The files attached to a finished PDF (ISO 32000-2, 7.11.4).
//!
//! They are looked for in all objects of the file, because a reader may find them in the list of associated files, in the
//! tree of names or in an annotation: a second file of the same name must not stay unseen in another place.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString};

/// A specification usually gives one file with one name twice, under the keys F and UF: only the last few files can be the
/// same.
const MAX_REPETITIONS: usize = 4;

/// Arrays and dictionaries inside one object that are nested deeper than this are not searched.
const MAX_DEPTH: usize = 16;

/// A file attached to a PDF.
pub struct AttachedFile<'a> {
    /// Empty if no file specification names it.
    pub name: String,
    /// Its media type, such as `application/json`; may be empty.
    pub media_type: String,
    stream: Stream<'a>,
}

impl AttachedFile<'_> {
    /// Returns the contents, or `None` if they are damaged, use more than one filter, or take more than `max_stored` bytes
    /// in the file.
    pub fn read(&self, max_stored: usize) -> Option<Vec<u8>> {
        let is_small = self.stream.raw_data().len() <= max_stored && self.stream.filters().len() <= 1;
        is_small.then(|| self.stream.decoded().ok().map(std::borrow::Cow::into_owned)).flatten()
    }
}

/// Lists the files attached to a PDF. A file with two names is listed twice.
pub fn list(pdf: &Pdf) -> Vec<AttachedFile<'_>> {
    let mut found = FileSearch::default();
    for object in pdf.objects() {
        found.search(&object, 0);
    }
    found.add_unnamed();
    found.files
}

#[derive(Default)]
struct FileSearch<'a> {
    files: Vec<AttachedFile<'a>>,
    /// Embedded files, whether a file specification leads to them or not.
    embedded: Vec<Stream<'a>>,
}

impl<'a> FileSearch<'a> {
    /// Searches an object, but not those to which it refers.
    fn search(&mut self, object: &Object<'a>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match object {
            Object::Array(array) => array.raw_iter().for_each(|item| self.search_direct(&item, depth)),
            Object::Dict(dict) => {
                self.add_specification(dict);
                dict.entries().for_each(|(_, value)| self.search_direct(&value, depth));
            }
            Object::Stream(stream) => {
                let dict = stream.dict();
                let is_embedded = dict.get::<Name<'_>>(b"Type").is_some_and(|kind| &*kind == b"EmbeddedFile");
                if is_embedded || !media_type(stream).is_empty() {
                    self.embedded.push(stream.clone());
                }
                dict.entries().for_each(|(_, value)| self.search_direct(&value, depth));
            }
            _ => {}
        }
    }

    fn search_direct(&mut self, object: &MaybeRef<Object<'a>>, depth: usize) {
        if let MaybeRef::NotRef(object) = object {
            self.search(object, depth + 1);
        }
    }

    /// Adds the files of a dictionary if it is a file specification.
    fn add_specification(&mut self, dict: &Dict<'a>) {
        let Some(files) = dict.get::<Dict<'_>>(b"EF") else { return };
        for key in [&b"UF"[..], b"F"] {
            let Some(name) = dict.get::<PdfString<'_>>(key).map(|name| text(name.as_bytes())) else { continue };
            for file in files.keys().filter_map(|key| files.get::<Stream<'_>>(&*key)) {
                let is_listed = |other: &AttachedFile<'_>| other.name == name && id(&other.stream) == id(&file);
                if !self.files.iter().rev().take(MAX_REPETITIONS).any(is_listed) {
                    self.files.push(AttachedFile { name: name.clone(), media_type: media_type(&file), stream: file });
                }
            }
        }
    }

    /// Adds the embedded files to which no file specification leads.
    fn add_unnamed(&mut self) {
        let named: std::collections::BTreeSet<ObjectIdentifier> =
            self.files.iter().map(|file| id(&file.stream)).collect();
        let unnamed = std::mem::take(&mut self.embedded).into_iter().filter(|stream| !named.contains(&id(stream)));
        self.files.extend(unnamed.map(|stream| AttachedFile {
            name: String::new(),
            media_type: media_type(&stream),
            stream,
        }));
    }
}

fn id(stream: &Stream<'_>) -> ObjectIdentifier {
    stream.obj_id()
}

/// Returns the media type of an embedded file. Streams of other kinds have subtypes without a slash.
fn media_type(stream: &Stream<'_>) -> String {
    let subtype = stream.dict().get::<Name<'_>>(b"Subtype");
    subtype
        .map(|name| String::from_utf8_lossy(&name).into_owned())
        .filter(|name| name.contains('/'))
        .unwrap_or_default()
}

/// Returns a text string (7.9.2.2): UTF-16 with a byte order mark, or else PDFDocEncoding, read as UTF-8, because file
/// names are nearly always ASCII.
fn text(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(utf16) => {
            let units: Vec<u16> = utf16.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}
