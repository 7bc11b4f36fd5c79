//! The fonts of a project. Fonts installed on the machine are never used.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash};
use std::thread;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::diagnostic::{Diagnostic, Problems, code};
use crate::locale::Locale;
use crate::project::{Project, reason};

/// The fonts of a project.
#[derive(Clone)]
pub struct Fonts {
    /// Typst's index of the fonts.
    pub book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// Loads every font in `fonts/`, in the order of the paths. Returns a diagnostic for each unusable file.
    pub fn load(project: &Project) -> Result<Self, Problems> {
        let mut fonts = Vec::new();
        let mut problems = Problems::new();
        let is_font = |path: &&str| [".ttf", ".otf", ".ttc"].iter().any(|e| path.to_ascii_lowercase().ends_with(e));
        for path in project.list("fonts").filter(is_font) {
            let bytes = match project.read(path) {
                Ok(Cow::Borrowed(bytes)) => Bytes::new(bytes),
                // Corrupt numbers in a table can send the shaper into an endless loop.
                // Embedded fonts are not checked: they are known to be intact.
                Ok(Cow::Owned(bytes)) => match find_damage(&bytes) {
                    None => Bytes::new(bytes),
                    Some(why) => {
                        problems.push(unusable_font(project, path, &why));
                        continue;
                    }
                },
                Err(error) => {
                    problems.push(unusable_font(project, path, &reason(&error)));
                    continue;
                }
            };
            let count_before = fonts.len();
            fonts.extend(Font::iter(bytes));
            if fonts.len() == count_before {
                problems.push(unusable_font(project, path, "it contains no font"));
            }
        }
        if problems.is_empty() {
            Ok(Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
        } else {
            Err(problems)
        }
    }

    /// Returns the font at an index of [`Self::book`].
    pub fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Returns the upright regular font of each family, without duplicates. Unknown families are skipped.
    pub fn regular_fonts<'a>(&self, families: impl IntoIterator<Item = &'a str>) -> Vec<Font> {
        let mut found: Vec<usize> = Vec::new();
        for family in families {
            let index = self.book.select(&family.to_lowercase(), typst::text::FontVariant::default());
            found.extend(index.filter(|index| !found.contains(index)));
        }
        found.into_iter().filter_map(|index| self.get(index)).collect()
    }

    /// Returns the names of all font families, sorted.
    pub fn families(&self) -> Vec<&str> {
        self.book.families().map(|(name, _)| name).collect()
    }

    /// Starts a thread that hashes the font files of Chinese locales.
    ///
    /// Typst identifies a font by the hash of its file, which is cached. Without this thread, layout would wait for the
    /// hash at the first text in each font, and Chinese fonts are large.
    pub fn start_hashing(&self, locales: &[Locale]) {
        let han = locales.iter().filter(|locale| locale.settings.tradition == "han");
        let mut files: Vec<Bytes> = Vec::new();
        for family in han.flat_map(|locale| locale.settings.fonts.values().flatten()) {
            let faces = self.book.select_family(&family.to_lowercase()).filter_map(|index| self.get(index));
            files.extend(faces.map(|face| face.data().clone()));
        }
        if !files.is_empty() {
            let hash_files = move || files.iter().for_each(|file| file.hash(&mut DefaultHasher::new()));
            // If the thread cannot be created, layout computes the hashes itself.
            let _ = thread::Builder::new().spawn(hash_files);
        }
    }

    /// Returns an error for each font family that a locale's settings name and the project lacks.
    pub fn missing_families(&self, locale: &Locale) -> Problems {
        let mut problems = Problems::new();
        for (role, families) in &locale.settings.fonts {
            for family in families.iter().filter(|f| !self.book.contains_family(&f.to_lowercase())) {
                let setting = format!("fonts-{role}");
                let mut problem =
                    Diagnostic::error(code::MISSING_FAMILY, format!("the project has no font family `{family}`"));
                if let Some(place) = locale.place_in(&setting, family) {
                    problem = problem.place(place);
                }
                problems.push(match crate::diagnostic::closest(family, self.families()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(format!(
                        "add its file to fonts/, or use an available family: {}",
                        self.families().join(", ")
                    )),
                });
            }
        }
        problems
    }
}

/// Verifies the table checksums of a font, or of each font in a collection (OpenType 1.9, “Organization of an OpenType
/// font”). Returns a description of the first problem, or `None` if the file is intact or not a font.
fn find_damage(bytes: &[u8]) -> Option<String> {
    let read_u32 = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?));
    let read_offset = |at: usize| read_u32(at).and_then(|n| usize::try_from(n).ok());
    let starts: Vec<usize> = match bytes.starts_with(b"ttcf") {
        true => (0..read_offset(8).unwrap_or(0).min(256)).filter_map(|index| read_offset(12 + 4 * index)).collect(),
        false => vec![0],
    };
    for start in starts {
        // Anything else is not a font: `Font::iter` finds nothing in it, and `load` reports that.
        if !matches!(read_u32(start), Some(0x0001_0000 | 0x4f54_544f | 0x7472_7565)) {
            continue;
        }
        // The number of tables is a 16-bit field, the upper half of this word.
        let tables = read_u32(start.saturating_add(4)).map_or(0, |n| n >> 16);
        for record in (0..tables as usize).map(|index| start + 12 + 16 * index) {
            let name = bytes.get(record..record + 4).map(|tag| String::from_utf8_lossy(tag).into_owned());
            let table = || {
                let start = read_offset(record + 8)?;
                bytes.get(start..start.checked_add(read_offset(record + 12)?)?)
            };
            let (Some(name), Some(table)) = (name, table()) else { return Some("the file is truncated".to_owned()) };
            // Big-endian; the last word of a table is padded with zeros.
            let word = |chunk: &[u8]| (0..4).fold(0, |word, at| word << 8 | u32::from(*chunk.get(at).unwrap_or(&0)));
            let checksum = table.chunks(4).map(word).fold(0, u32::wrapping_add);
            // This table contains `checksumAdjustment`, which is excluded from the checksum.
            let adjustment = if name == "head" { table.get(8..12).map_or(0, word) } else { 0 };
            if Some(checksum.wrapping_sub(adjustment)) != read_u32(record + 4) {
                return Some(format!("its table `{}` has a wrong checksum", name.trim()));
            }
        }
    }
    None
}

fn unusable_font(project: &Project, path: &str, why: &str) -> Diagnostic {
    let file = project.source_without_text(path);
    Diagnostic::error(code::FONT_FILE, format!("cannot use the font `{}`: {why}", file.display_path()))
        .place(crate::diagnostic::Place::at(&file, 1, 1))
        .help("replace it with a TrueType or OpenType font, or remove it from fonts/")
}
