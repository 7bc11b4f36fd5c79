//! The typefaces of a project. Nothing of the machine is ever looked at.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash};
use std::thread;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::diagnostic::{Diagnostic, code};
use crate::locale::Locale;
use crate::project::{Project, reason};

pub struct Fonts {
    pub book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// Loads every face below `fonts/`, in the order of the paths.
    pub fn load(project: &Project) -> Result<Self, Vec<Diagnostic>> {
        let mut fonts = Vec::new();
        let mut problems = Vec::new();
        let is_font = |path: &String| [".ttf", ".otf", ".ttc"].iter().any(|e| path.to_ascii_lowercase().ends_with(e));
        for path in project.list("fonts").into_iter().filter(is_font) {
            let bytes = match project.read(&path) {
                Ok(Cow::Borrowed(bytes)) => Bytes::new(bytes),
                // Numbers that went wrong in a table can make a shaper work for ever.
                Ok(Cow::Owned(bytes)) => match damaged(&bytes) {
                    None => Bytes::new(bytes),
                    Some(why) => {
                        problems.push(broken(project, &path, &why));
                        continue;
                    }
                },
                Err(error) => {
                    problems.push(broken(project, &path, &reason(&error)));
                    continue;
                }
            };
            let before = fonts.len();
            fonts.extend(Font::iter(bytes));
            if fonts.len() == before {
                problems.push(broken(project, &path, "it holds no font"));
            }
        }
        if problems.is_empty() {
            Ok(Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
        } else {
            Err(problems)
        }
    }

    pub fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// The upright, regular faces of families, each once.
    pub fn faces<'a>(&self, families: impl IntoIterator<Item = &'a str>) -> Vec<Font> {
        let mut found: Vec<usize> = Vec::new();
        for family in families {
            let index = self.book.select(&family.to_lowercase(), typst::text::FontVariant::default());
            found.extend(index.filter(|index| !found.contains(index)));
        }
        found.into_iter().filter_map(|index| self.get(index)).collect()
    }

    pub fn families(&self) -> Vec<&str> {
        self.book.families().map(|(name, _)| name).collect()
    }

    /// Lets a thread add up the files that Chinese locales name. Typst knows a typeface by that sum, and would stop for it
    /// when the first text of each is set: Chinese ones are large.
    pub fn start_hashing(&self, locales: &[Locale]) {
        let han = locales.iter().filter(|locale| locale.settings.tradition == "han");
        let mut files: Vec<Bytes> = Vec::new();
        for family in han.flat_map(|locale| locale.settings.fonts.values().flatten()) {
            let faces = self.book.select_family(&family.to_lowercase()).filter_map(|index| self.get(index));
            files.extend(faces.map(|face| face.data().clone()));
        }
        if !files.is_empty() {
            let add_up = move || files.iter().for_each(|file| file.hash(&mut DefaultHasher::new()));
            // Without it, pages only take longer.
            let _ = thread::Builder::new().spawn(add_up);
        }
    }

    /// Families that a locale asks for and the project does not have.
    pub fn missing_families(&self, locale: &Locale) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (role, families) in &locale.settings.fonts {
            for family in families.iter().filter(|f| !self.book.contains_family(&f.to_lowercase())) {
                let setting = format!("fonts-{role}");
                let mut problem =
                    Diagnostic::error(code::MISSING_FAMILY, format!("the project has no font family “{family}”"));
                if let Some(place) = locale.place_in(&setting, family) {
                    problem = problem.place(place);
                }
                problems.push(match crate::diagnostic::closest(family, self.families()) {
                    Some(near) => problem.help(format!("did you mean “{near}”?")),
                    None => problem
                        .help(format!("put its file into fonts/, or name one of: {}", self.families().join(", "))),
                });
            }
        }
        problems
    }
}

/// Whether the tables of a font, or of the fonts of a collection, stand in the file as their sums say (OpenType 1.9,
/// “Organization of an OpenType font”).
fn damaged(bytes: &[u8]) -> Option<String> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?));
    let offset = |at: usize| number(at).and_then(|n| usize::try_from(n).ok());
    let starts: Vec<usize> = match bytes.starts_with(b"ttcf") {
        true => (0..offset(8).unwrap_or(0).min(256)).filter_map(|index| offset(12 + 4 * index)).collect(),
        false => vec![0],
    };
    for start in starts {
        // Anything else is no font, and is told so.
        if !matches!(number(start), Some(0x0001_0000 | 0x4f54_544f | 0x7472_7565)) {
            continue;
        }
        // The number of tables is the first half of what stands there.
        let tables = number(start.saturating_add(4)).map_or(0, |n| n >> 16);
        for record in (0..tables as usize).map(|index| start + 12 + 16 * index) {
            let name = bytes.get(record..record + 4).map(|tag| String::from_utf8_lossy(tag).into_owned());
            let table = || bytes.get(offset(record + 8)?..offset(record + 8)?.checked_add(offset(record + 12)?)?);
            let (Some(name), Some(table)) = (name, table()) else { return Some("it is cut off".to_owned()) };
            let word = |chunk: &[u8]| (0..4).fold(0, |sum, at| sum << 8 | u32::from(*chunk.get(at).unwrap_or(&0)));
            let sum = table.chunks(4).map(word).fold(0, u32::wrapping_add);
            // The sum of the whole file stands in this table, and is no part of its own.
            let own = if name == "head" { table.get(8..12).map_or(0, word) } else { 0 };
            if Some(sum.wrapping_sub(own)) != number(record + 4) {
                return Some(format!("its table `{}` is damaged", name.trim()));
            }
        }
    }
    None
}

fn broken(project: &Project, path: &str, why: &str) -> Diagnostic {
    let file = project.unread_source(path);
    Diagnostic::error(code::FONT_FILE, format!("the font `{}` cannot be used: {why}", file.display_path()))
        .place(crate::diagnostic::Place::at(&file, 1, 1))
        .help("replace it by a TrueType or OpenType font, or take it out of fonts/")
}
