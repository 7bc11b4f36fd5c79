//! Line drawings that many documents share, such as the border of every certificate. Typst would measure and compress them
//! again for each document.
//!
//! A style module places a marker instead: an image one pixel high whose samples are the name, the checksum and the colour of a drawing. In
//! the finished PDF, a form XObject replaces the marker.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use typst::foundations::{Dict, IntoValue};

use super::outlines::Outlines;
use crate::pdf::form_xobject::DrawingColour;
use crate::pdf::qr_modules::QrModules;
use crate::pdf::splice::read_single_row_image;
use crate::pdf::svg::{Adler32, DRAWINGS_FOLDER, DeflatedContent, DrawingForm, parse_svg};
use crate::project::Project;

/// The embedded drawings by their paths, sorted.
static EMBEDDED: &[(&str, DrawingForm)] = include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// The bytes with which the samples of a drawing's marker start.
pub const DRAWING_PREFIX: &[u8] = b"gen-report draws ";
/// The bytes with which the samples of a QR code's marker start; its side in modules, its packed modules and its colour follow.
pub const CODE_PREFIX: &[u8] = b"gen-report code ";
/// Maximum length of a marker, in bytes: enough for the largest code.
const MAX_MARKER_LENGTH: u64 = 6 << 10;

struct Drawing {
    form: Cow<'static, DrawingForm>,
    /// Adler-32 of the operators, in hexadecimal.
    checksum: String,
}

/// The drawings of a project.
#[derive(Default)]
pub struct Drawings {
    by_name: BTreeMap<String, Drawing>,
    /// Form XObjects by the markers that they replace.
    objects: Mutex<HashMap<Vec<u8>, Arc<Vec<u8>>>>,
}

impl Drawings {
    /// Reads the drawings of a project. SVG files outside the supported subset are left to Typst.
    pub fn load(project: &Project) -> Self {
        let mut by_name = BTreeMap::new();
        for path in project.list(DRAWINGS_FOLDER) {
            let name = path.strip_prefix(DRAWINGS_FOLDER).and_then(|path| path.strip_prefix('/')?.strip_suffix(".svg"));
            let form = match project.read(path) {
                Ok(Cow::Borrowed(_)) => EMBEDDED.iter().find(|(p, _)| *p == path).map(|(_, form)| Cow::Borrowed(form)),
                Ok(Cow::Owned(bytes)) => std::str::from_utf8(&bytes).ok().and_then(parse_svg).map(Cow::Owned),
                Err(_) => None,
            };
            if let (Some(name), Some(form)) = (name, form) {
                // The checksum of the operators, not of the file, is the same for an embedded drawing and its copy on disk.
                // It affects the PDF's identifier.
                let Adler32(a, b) = form.content.checksum;
                by_name.insert(name.to_owned(), Drawing { form, checksum: format!("{b:04x}{a:04x}") });
            }
        }
        Self { by_name, objects: Mutex::default() }
    }

    /// Returns the checksum of each drawing, by name, for style modules. They put it into the marker, so that a changed
    /// drawing changes the PDF's identifier.
    pub fn checksums(&self) -> Dict {
        let entries = self.by_name.iter();
        entries.map(|(name, drawing)| (name.as_str().into(), drawing.checksum.as_str().into_value())).collect()
    }

    /// Returns the drawing that replaces an object of a PDF, if the object is a marker. `outlines` are those of the document.
    pub fn find_replacement(&self, object: &[u8], outlines: &[Arc<Outlines>]) -> Option<Arc<Vec<u8>>> {
        let samples = read_single_row_image(object, MAX_MARKER_LENGTH)?;
        if let Some(outlines) = outlines.iter().find(|outlines| outlines.marker == samples) {
            return Some(outlines.form_xobject.clone());
        }
        let samples = samples.trim_ascii_end();
        match samples.strip_prefix(CODE_PREFIX) {
            Some(code) => code_form(code).map(Arc::new),
            None => self.form_xobject(samples.strip_prefix(DRAWING_PREFIX)?),
        }
    }

    /// Returns the form XObject for a marker such as `border 1a2b3c4d cmyk 0 0 0 1`: name, checksum, colour.
    fn form_xobject(&self, marker: &[u8]) -> Option<Arc<Vec<u8>>> {
        let mut objects = self.objects.lock().ok()?;
        if let Some(object) = objects.get(marker) {
            return Some(object.clone());
        }
        let (name, rest) = std::str::from_utf8(marker).ok()?.split_once(' ')?;
        let (_, colour) = rest.split_once(' ')?;
        let object = Arc::new(self.by_name.get(name)?.form.to_object(&DrawingColour::parse(colour)?)?);
        objects.insert(marker.to_vec(), object.clone());
        Some(object)
    }
}

/// Returns the form XObject of a QR code such as `57 /4A… rgb 0 0 0`: side, modules, colour.
fn code_form(code: &[u8]) -> Option<Vec<u8>> {
    let (size, rest) = std::str::from_utf8(code).ok()?.split_once(' ')?;
    let (modules, colour) = rest.split_once(' ')?;
    QrModules::unpack(size.parse().ok()?, modules)?.to_form(&DrawingColour::parse(colour)?)
}
