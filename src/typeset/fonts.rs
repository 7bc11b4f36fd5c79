//! The typefaces of a project. Nothing of the machine is ever looked at.

use std::borrow::Cow;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::diagnostic::{Diagnostic, SourceFile, code};
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
                Ok(Cow::Owned(bytes)) => Bytes::new(bytes),
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

    /// Families that a locale asks for and the project does not have.
    pub fn missing(&self, locale: &Locale) -> Vec<Diagnostic> {
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

fn broken(project: &Project, path: &str, why: &str) -> Diagnostic {
    let shown = project.shown(path);
    Diagnostic::error(code::FONT_FILE, format!("the font `{shown}` cannot be used: {why}"))
        .place(crate::diagnostic::Place::at(&SourceFile::new(shown, ""), 1, 1))
        .help("replace it by a TrueType or OpenType font, or take it out of fonts/")
}
