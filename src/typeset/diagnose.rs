//! Converts what Typst and the inspection of pages report into diagnostics, at the places of templates, facts and messages.

use typst::World;
use typst::WorldExt;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};
use typst::syntax::{DiagSpan, FileId};

use super::LayoutJob;
use super::glyphs;
use super::inspect::{Finding, FindingKind, MIN_FILL, MIN_SIZE};
use super::world::{self, DocumentWorld};
use crate::diagnostic::{Diagnostic, Place, SourceFile, code};
use crate::project::IMAGES;
use crate::template::Rendered;

impl LayoutJob<'_> {
    /// Returns the place of a span: in a style module, in the template that generated the source, or, for a photo, in the
    /// results file.
    pub(super) fn find_place(&self, span: DiagSpan, world: &DocumentWorld<'_>, rendered: &Rendered) -> Option<Place> {
        let id = span.id()?;
        let range = world.range(span)?;
        if id == world.main() {
            return rendered.place(range.start, &self.templates.element_starts);
        }
        if let Some(image) = world::find_image(id, &rendered.images) {
            let cities = self.results.cities.iter().chain(self.city);
            let photo = cities.filter_map(|city| city.photo.as_ref()).find(|photo| photo.file.value == image.path);
            return photo.map(|photo| self.results.place(&photo.file.span));
        }
        let path = id.get().vpath().get_without_slash();
        let file = match self.typesetter.project.read_source(path) {
            Ok(file) => file,
            Err(_) => SourceFile::new(path, ""),
        };
        Some(Place::new(&file, range))
    }

    /// Converts a diagnostic of Typst. A place in generated source is replaced by the place in the template and the places of
    /// the facts and messages printed there.
    pub(super) fn convert_diagnostic(
        &self,
        diagnostic: &SourceDiagnostic,
        world: &DocumentWorld<'_>,
        rendered: &Rendered,
    ) -> Diagnostic {
        let message = format!("{} (in {})", diagnostic.message, self.name);
        let mut problem = match diagnostic.severity {
            TypstSeverity::Error => Diagnostic::error(code::TYPST, message),
            TypstSeverity::Warning => Diagnostic::warning(code::TYPST, message),
        };
        if let Some(place) = self.find_place(diagnostic.span, world, rendered) {
            let origins = self.templates.find_printed_places(&place, self.results, self.locales, self.city);
            problem.places.push(place);
            problem.places.extend(origins);
        }
        // An error inside a style module is usually caused by the template's call of it.
        for call in &diagnostic.trace {
            if problem.places.len() < 3
                && let Some(place) = self.find_place(call.span.into(), world, rendered)
            {
                let label = if problem.places.is_empty() { String::new() } else { call.v.to_string() };
                problem.places.push(place.labelled(label));
            }
        }
        // A style module usually fails because a fact or text of this city is too long.
        let is_module = |id: FileId| id != world.main() && !id.get().vpath().get_with_slash().starts_with(IMAGES);
        if diagnostic.span.id().is_some_and(is_module) {
            let city = self.city.map(|city| self.results.place(&city.span).labelled("in the document of this city"));
            problem.places.extend(city);
        }
        for hint in &diagnostic.hints {
            problem = problem.note(hint.v.to_string());
        }
        if problem.notes.is_empty() {
            problem = problem.help("see the Typst reference: https://typst.app/docs/reference/");
        } else {
            let hint = problem.notes.remove(0);
            problem = problem.help(hint);
        }
        problem
    }

    pub(super) fn convert_finding(
        &self,
        finding: Finding,
        world: &DocumentWorld<'_>,
        rendered: &Rendered,
    ) -> Diagnostic {
        let name = &self.name;
        let layout = |message: String| Diagnostic::warning(code::LAYOUT, message);
        let problem = match finding.kind {
            FindingKind::OffPage(text, number) => {
                layout(format!("“{}” extends beyond page {number} of {name}", shorten(&text)))
                    .help("shorten the text, or make room for it in the style module")
            }
            FindingKind::OutsideArea(text, number) => {
                layout(format!("“{}” extends beyond the text area of page {number} of {name}", shorten(&text)))
                    .help("shorten the text, or make room for it in the style module")
            }
            FindingKind::Overlap(first, second, number) => {
                layout(format!("“{}” overlaps “{}” on page {number} of {name}", shorten(&second), shorten(&first)))
                    .help("shorten one of the texts, or make room for them in the style module")
            }
            FindingKind::CellOverlap(first, second, number) => {
                let (first, second) = (shorten(&first), shorten(&second));
                layout(format!("the table cells of “{first}” and “{second}” overlap on page {number} of {name}"))
                    .help("shorten one of the texts, or make its column wider in the style module")
            }
            FindingKind::CrossedByLine(text, number) => {
                layout(format!("a line or a drawing crosses “{}” on page {number} of {name}", shorten(&text)))
                    .help("shorten the text, or make room for it in the style module")
            }
            FindingKind::TooSmall(text, size, number) => {
                layout(format!("“{}” is set in {size:.1} pt on page {number} of {name}", shorten(&text)))
                    .help(format!("shorten the text: type below {MIN_SIZE} pt is illegible in print"))
            }
            FindingKind::NoGap(above, below, number) => {
                let (above, below) = (shorten(&above), shorten(&below));
                layout(format!("there is no space between “{above}” and “{below}” on page {number} of {name}"))
                    .help("shorten a text on this page, or make room in the style module")
            }
            FindingKind::Runt(word, number) => {
                layout(format!("the last line of a paragraph is only “{word}” on page {number} of {name}"))
                    .help("add a word to the paragraph, or remove one")
            }
            FindingKind::Widow(text, number) => layout(format!(
                "“{}”, the last line of a paragraph, is alone at the top of page {number} of {name}",
                shorten(&text)
            ))
            .help("shorten the paragraph, or keep two lines together in the style module"),
            FindingKind::Orphan(text, number) => layout(format!(
                "“{}”, the first line of a paragraph, is alone at the bottom of page {number} of {name}",
                shorten(&text)
            ))
            .help("shorten a text above it, or keep two lines together in the style module"),
            FindingKind::NearlyEmpty(filled, number) => {
                let percent = (filled * 100.0).floor().max(1.0);
                layout(format!("the last page of a text is only {percent:.0} % full: page {number} of {name}")).help(
                    format!(
                        "shorten the text to save the page, or add to it until {:.0} % of the page is full",
                        MIN_FILL * 100.0
                    ),
                )
            }
            FindingKind::LowResolution(resolution) => {
                let message =
                    format!("a photo of {} has a resolution of {resolution:.0} pixels per inch in print", self.name);
                let mut problem = Diagnostic::warning(code::RESOLUTION, message);
                let photo = self.city.and_then(|city| city.photo.as_ref());
                problem.places.extend(photo.map(|photo| self.results.place(&photo.file.span)));
                problem.help(format!(
                    "use a larger photo, with at least {:.0} pixels per inch at its printed size",
                    self.typesetter.min_resolution
                ))
            }
            FindingKind::FromModule { message, help } => layout(format!("{message} (in {name})")).help(help),
        };
        match self.find_place(finding.span.into(), world, rendered) {
            Some(place) => {
                let origins = self.templates.find_printed_places(&place, self.results, self.locales, self.city);
                let mut problem = problem.place(place);
                let is_new = |place: &Place| problem.places.iter().all(|p| p.range != place.range);
                let origins: Vec<Place> = origins.into_iter().filter(is_new).collect();
                problem.places.extend(origins);
                problem
            }
            None => problem,
        }
    }

    pub(super) fn convert_missing_glyph(
        &self,
        missing: &glyphs::MissingGlyph,
        world: &DocumentWorld<'_>,
        rendered: &Rendered,
    ) -> Diagnostic {
        let c = missing.character;
        let mut problem = Diagnostic::error(
            code::MISSING_GLYPH,
            format!("no font covers the character {} of {}", describe_char(c), self.name),
        );
        // The fact or text with the character is more useful than the line of the template that prints it.
        let words = self.locales.iter().find_map(|locale| locale.place_of_char(c));
        problem.places.extend(self.results.place_of_char(c));
        problem.places.extend(words);
        if let Some(place) = self.find_place(missing.span.into(), world, rendered) {
            let label = if problem.places.is_empty() { "" } else { "printed here" };
            problem = problem.place(place.labelled(label));
        }
        for locale in self.locales {
            let lists = locale.settings.fonts.iter().map(|(role, list)| format!("{role}: {}", list.join(", ")));
            let lists: Vec<String> = lists.collect();
            problem = problem.note(format!("fonts of the locale `{}`: {}", locale.name, lists.join("; ")));
        }
        problem.help("add a font that covers it to fonts/ and name it last in the locale's lists, or change the text")
    }
}

/// Returns the first words of a text.
fn shorten(text: &str) -> String {
    /// In characters.
    const MAX_LENGTH: usize = 40;
    if text.chars().count() <= MAX_LENGTH {
        return text.to_owned();
    }
    let start: String = text.chars().take(MAX_LENGTH).collect();
    // Chinese has no spaces.
    let words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{words}…")
}

/// Returns the code point of a character, with the character itself if it is visible.
fn describe_char(c: char) -> String {
    let code_point = format!("U+{:04X}", c as u32);
    if c.is_control() || c.is_whitespace() { code_point } else { format!("“{c}” ({code_point})") }
}
