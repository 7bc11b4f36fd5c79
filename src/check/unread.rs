//! Finds files of the project that look like fonts, templates or locale files and are never read.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, FileOrigin, Place, Problems, code};
use crate::document::Scope;
use crate::locale::NUMBERS;
use crate::project::Project;
use crate::template::SUFFIX;

/// Formats of fonts that Typst does not read.
const UNREAD_FONTS: [&str; 5] = ["woff", "woff2", "eot", "pfb", "dfont"];

/// The help about a file with messages that is not in the folder of a language.
const MOVE_TO_LANGUAGE: &str = "move it to the folder of its language (for example locales/fr/)";

/// Returns a warning for each file that is never read.
pub(super) fn find(project: &Project) -> Problems {
    let mut search = Search { project, found: Problems::new() };
    search.find_fonts();
    search.find_templates();
    search.find_messages();
    search.found
}

struct Search<'a> {
    project: &'a Project,
    found: Problems,
}

impl<'a> Search<'a> {
    fn report(&mut self, path: &str, help: impl Into<String>) {
        let is_text = [".hbs", ".typ", ".ftl"].iter().any(|end| path.ends_with(end));
        let with_text = self.project.read_source(path).ok().filter(|_| is_text);
        let file = with_text.unwrap_or_else(|| self.project.source_without_text(path));
        if file.origin == FileOrigin::Disk {
            let message = format!("`{}` is never read", file.display_path());
            self.found.push(Diagnostic::warning(code::UNUSED, message).place(Place::new(&file, 0..0)).help(help));
        }
    }

    fn find_fonts(&mut self) {
        for path in self.project.list("fonts") {
            let extension = path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
            if UNREAD_FONTS.contains(&extension.as_str()) {
                self.report(path, "convert the font to .ttf or .otf");
            }
        }
    }

    /// Finds templates with a wrong name or suffix, and those outside `reports/`.
    fn find_templates(&mut self) {
        let paths: BTreeSet<&str> = self.project.list("reports").collect();
        for path in &paths {
            let stem = path.strip_suffix(".hbs").unwrap_or(path);
            let stem = stem.strip_suffix(".typ").unwrap_or(stem);
            let template = format!("{stem}{SUFFIX}");
            let name = stem.strip_prefix("reports/").unwrap_or(stem);
            let is_named_for_scope = Scope::of_template(name).is_some();
            let looks_like_template = path.ends_with(".hbs") || (path.ends_with(".typ") && is_named_for_scope);
            if *path == template {
                if !is_named_for_scope && !name.starts_with("shared/") {
                    let report = name.rsplit_once('/').map_or(name, |(folder, _)| folder);
                    self.report(
                        path,
                        format!(
                            "move it to reports/{report}/city{SUFFIX} for each city, to \
                             reports/{report}/edition{SUFFIX} for the edition, or to reports/shared/ if it is a partial"
                        ),
                    );
                }
            } else if looks_like_template && !paths.contains(template.as_str()) {
                self.report(path, format!("rename it to {template}"));
            }
        }
        for path in self.list_in(["locales", "fonts"], SUFFIX) {
            self.report(path, format!("move it to reports/NAME/city{SUFFIX} or reports/NAME/edition{SUFFIX}"));
        }
    }

    /// Finds files with messages that are outside the folders of languages, or in a folder without `numbers.ftl`.
    fn find_messages(&mut self) {
        for path in self.list_in(["reports", "fonts"], ".ftl") {
            self.report(path, MOVE_TO_LANGUAGE);
        }
        let mut without_numbers = BTreeSet::new();
        for path in self.project.list("locales").filter(|path| path.ends_with(".ftl")) {
            match path.split('/').nth(1).filter(|name| !name.ends_with(".ftl")) {
                None => self.report(path, MOVE_TO_LANGUAGE),
                Some(language) => {
                    let numbers = format!("locales/{language}/{NUMBERS}");
                    let is_locale = self.project.list("locales").any(|path| path == numbers);
                    if !is_locale && without_numbers.insert(language) {
                        self.report(path, format!("add {numbers}, which makes the folder a locale"));
                    }
                }
            }
        }
    }

    /// Returns the files in two folders whose names end with `end`.
    fn list_in(&self, folders: [&str; 2], end: &str) -> Vec<&'a str> {
        folders.iter().flat_map(|folder| self.project.list(folder)).filter(|path| path.ends_with(end)).collect()
    }
}
