//! Certificates on pre-printed stock: only the variable fields are printed, each at its position.

mod build;
mod job;
mod load;
mod sheets;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Problems, SourceFile, code};
use crate::locale::Locale;
use crate::project;
use crate::results::Spanned;
use crate::run::LoadedProject;
use crate::typeset::Fonts;
pub use build::{CityFacts, StockBuilder, StockDocument, StockOutput};
pub use job::{StockFiles, StockJob};

/// The name of the template that prints the locale's settings: that of a field with an empty identifier, which no field has.
const LOCALE_TEMPLATE: &str = "field:";

/// Pre-printed stock, as `stock.yaml` describes it. Lengths are in millimetres, font sizes in points.
#[derive(Debug)]
pub struct Stock {
    pub file: Arc<SourceFile>,
    /// Part of the output file names.
    pub name: String,
    /// Width and height.
    pub page: (f64, f64),
    /// An image of the stock; a path relative to the file.
    pub scan: Option<Spanned<String>>,
    /// Offsets of printers by name, to the right and down.
    pub printers: BTreeMap<String, (f64, f64)>,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    id: String,
    span: Range<usize>,
    content: FieldContent,
    base: FieldStyle,
    /// Overrides by language.
    by_language: BTreeMap<String, FieldStyle>,
}

#[derive(Debug)]
enum FieldContent {
    Text(Spanned<String>),
    Code(Spanned<String>),
}

impl FieldContent {
    fn source(&self) -> &Spanned<String> {
        match self {
            Self::Text(source) | Self::Code(source) => source,
        }
    }
}

/// Position and style of a field; `None` for what is not given.
#[derive(Clone, Debug, Default)]
struct FieldStyle {
    x: Option<Spanned<f64>>,
    y: Option<Spanned<f64>>,
    /// Available width of a text, or side of a code.
    width: Option<Spanned<f64>>,
    align: Option<Align>,
    rotate: Option<Spanned<f64>>,
    size: Option<Spanned<f64>>,
    min_size: Option<Spanned<f64>>,
    font: Option<Spanned<String>>,
    weight: Option<Spanned<f64>>,
    tracking: Option<Spanned<f64>>,
    italic: Option<bool>,
    small_caps: Option<bool>,
}

impl FieldStyle {
    /// Returns this style, with the values of `base` for what it does not give.
    fn or(self, base: &Self) -> Self {
        Self {
            x: self.x.or_else(|| base.x.clone()),
            y: self.y.or_else(|| base.y.clone()),
            width: self.width.or_else(|| base.width.clone()),
            align: self.align.or(base.align),
            rotate: self.rotate.or_else(|| base.rotate.clone()),
            size: self.size.or_else(|| base.size.clone()),
            min_size: self.min_size.or_else(|| base.min_size.clone()),
            font: self.font.or_else(|| base.font.clone()),
            weight: self.weight.or_else(|| base.weight.clone()),
            tracking: self.tracking.or_else(|| base.tracking.clone()),
            italic: self.italic.or(base.italic),
            small_caps: self.small_caps.or(base.small_caps),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Align {
    #[default]
    Start,
    Center,
    End,
}

impl Align {
    const WORDS: &[&str] = &["start", "center", "end"];

    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "start" => Self::Start,
            "center" => Self::Center,
            "end" => Self::End,
            _ => return None,
        })
    }
}

/// A field with the position and style of one language.
#[derive(Debug)]
struct PlacedField<'a> {
    definition: &'a Field,
    x: f64,
    y: f64,
    /// Available width of a text, or side of a code.
    width: f64,
    /// Where the width is given in the file.
    width_span: Range<usize>,
    /// Fraction of the width to the left of the point: 0, 0.5 or 1.
    anchor: f64,
    rotate: f64,
    size: f64,
    min_size: f64,
    /// A font role of the locale, or font families.
    font: Vec<String>,
    is_role: bool,
    weight: f64,
    tracking: f64,
    italic: bool,
    small_caps: bool,
}

impl Stock {
    /// Reads a stock file. `languages` are those of the project.
    pub fn read(path: &Path, languages: &[String]) -> Result<Self, Problems> {
        let file = project::read_text(path)?;
        load::read(&file, languages)
    }

    fn place(&self, span: &Range<usize>) -> Place {
        Place::new(&self.file, span.clone())
    }

    fn error(&self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code::STOCK, message).place(self.place(span)).help(help)
    }

    /// Returns an error if a pair of languages is selected.
    pub fn check_languages(selected: &[String]) -> Result<(), Diagnostic> {
        let Some(pair) = selected.iter().find(|languages| languages.contains('+')) else { return Ok(()) };
        let message = format!("stock is printed in one language at a time, but `{pair}` is a pair of languages");
        Err(Diagnostic::error(code::NOT_IN_PROJECT, message)
            .help("separate the languages with a comma, to write one file for each"))
    }

    /// Returns how far everything is moved, in millimetres to the right and down: as requested on the command line, or else
    /// as the printer needs it.
    ///
    /// # Errors
    /// The stock file does not list the printer.
    pub fn offset(
        &self,
        output: StockOutput,
        printer: Option<&str>,
        requested: (Option<f64>, Option<f64>),
    ) -> Result<(f64, f64), Diagnostic> {
        let printer = printer.map(|name| self.printer_offset(name)).transpose()?.unwrap_or_default();
        Ok(match output {
            // A proof shows where the fields belong, without the correction for a printer.
            StockOutput::Proof => (0.0, 0.0),
            _ => (requested.0.unwrap_or(printer.0), requested.1.unwrap_or(printer.1)),
        })
    }

    /// Returns the offset of a printer.
    fn printer_offset(&self, name: &str) -> Result<(f64, f64), Diagnostic> {
        self.printers.get(name).copied().ok_or_else(|| {
            Diagnostic::error(code::STOCK, format!("unknown printer `{name}` in `{}`", self.file.path))
                .suggest(name, self.printers.keys().map(String::as_str))
        })
    }

    /// Compiles the texts of the fields as templates of the edition.
    pub fn compile(&self, project: &mut LoadedProject) -> Result<(), Problems> {
        let mut problems = Problems::new();
        for field in &self.fields {
            let source = field.content.source();
            let is_text = matches!(field.content, FieldContent::Text(_));
            if !is_text && !is_code(source) {
                let help = "write its content as a call of `code` ('{{code city.address}}')";
                problems.push(self.error(
                    &source.span,
                    "the content of a `code` field must be a single call of `code`",
                    help,
                ));
                continue;
            }
            if let Err(problem) = project.templates.add(&field.template_name(), &self.source_of(field), is_text) {
                problems.push(self.relocate(problem));
            }
        }
        let settings = SourceFile::new("stock", "{{locale}}");
        problems.extend(project.templates.add(LOCALE_TEMPLATE, &settings, false).err());
        problems.into_result(())
    }

    /// Returns the text of a field as a separate source file, under a path that [`Self::relocate`] recognises.
    fn source_of(&self, field: &Field) -> Arc<SourceFile> {
        SourceFile::new(format!("{}\0{}", self.file.path, field.id), field.content.source().value.as_str())
    }

    /// Maps the places of a problem from a field's text to the stock file.
    pub(super) fn relocate(&self, mut problem: Diagnostic) -> Diagnostic {
        for place in &mut problem.places {
            let Some((path, id)) = place.file.path.split_once('\0') else { continue };
            let Some(field) = self.fields.iter().find(|f| f.id == id).filter(|_| path == self.file.path) else {
                continue;
            };
            let source = field.content.source();
            let written = self.file.text.get(source.span.clone()).unwrap_or_default();
            // With escaped quotes or folded lines, the text differs from its YAML source: point to all of it.
            let range = match written.find(source.value.as_str()) {
                Some(at) => {
                    let start = source.span.start + at;
                    start + place.range.start..start + place.range.end
                }
                None => source.span.clone(),
            };
            *place = self.place(&range).labelled(std::mem::take(&mut place.label));
        }
        problem
    }

    /// Returns the fields in a language, moved by the printer's offset.
    fn place_fields(
        &self,
        locale: &Locale,
        fonts: &Fonts,
        offset: (f64, f64),
    ) -> Result<Vec<PlacedField<'_>>, Problems> {
        let mut problems = Problems::new();
        let placed =
            self.fields.iter().filter_map(|f| self.place_field(f, locale, fonts, offset, &mut problems)).collect();
        problems.into_result(placed)
    }

    fn place_field<'a>(
        &self,
        field: &'a Field,
        locale: &Locale,
        fonts: &Fonts,
        offset: (f64, f64),
        problems: &mut Problems,
    ) -> Option<PlacedField<'a>> {
        let style = field.style_in(&locale.name);
        let is_code = matches!(field.content, FieldContent::Code(_));
        let (x, y) = self.check_keys(field, &style, &locale.name, problems)?;
        let mut report = |problem: Diagnostic| problems.push(problem);
        let (size, min_size) = self.check_size(&style, is_code).map_err(&mut report).ok()?;
        let (is_role, font) = match &style.font {
            Some(font) => self.resolve_font(font, locale, fonts).map_err(&mut report).ok()?,
            None => (true, vec!["text".to_owned()]),
        };
        let rtl = locale.settings.direction == "rtl" && !is_code;
        let anchor = match style.align.unwrap_or_default() {
            Align::Center => 0.5,
            align => f64::from(u8::from((align == Align::End) != rtl)),
        };
        let rotate = style.rotate.map_or(0.0, |r| r.value);
        let point = self.point_on_page(field, &x, &y, offset).map_err(&mut report).ok()?;
        let room = self.room(point, anchor, rotate);
        self.check_width(field, style.width.as_ref(), room, offset).map_err(&mut report).ok()?;
        Some(PlacedField {
            definition: field,
            x: point.0,
            y: point.1,
            width_span: style.width.as_ref().map_or_else(|| field.content.source().span.clone(), |w| w.span.clone()),
            width: style.width.map_or(room, |w| w.value),
            anchor,
            rotate,
            size,
            min_size,
            font,
            is_role,
            weight: style.weight.map_or(400.0, |w| w.value),
            tracking: style.tracking.map_or(0.0, |t| t.value),
            italic: style.italic.unwrap_or_default(),
            small_caps: style.small_caps.unwrap_or_default(),
        })
    }

    /// Returns x and y of a field, if its style has all keys that its kind of content requires.
    fn check_keys(
        &self,
        field: &Field,
        style: &FieldStyle,
        language: &str,
        problems: &mut Problems,
    ) -> Option<(Spanned<f64>, Spanned<f64>)> {
        let extent = match field.content {
            FieldContent::Code(_) => ("side", &style.width),
            FieldContent::Text(_) => ("size", &style.size),
        };
        for (name, value) in [("x", &style.x), ("y", &style.y), extent] {
            if value.is_none() {
                let message = format!("the field `{}` has no `{name}` in `{language}`", field.id);
                let problem = Diagnostic::error(code::MISSING_KEY, message);
                let at = field.span.start..field.span.start;
                problems.push(problem.place(self.place(&at)).help(format!("add the key `{name}`")));
            }
        }
        extent.1.as_ref()?;
        Some((style.x.clone()?, style.y.clone()?))
    }

    /// Returns the font size of a field and the smallest one that is allowed; a code has the size 0.
    fn check_size(&self, style: &FieldStyle, is_code: bool) -> Result<(f64, f64), Diagnostic> {
        let size = style.size.as_ref().filter(|_| !is_code).map(|size| size.value);
        if let (Some(size), Some(min)) = (size, &style.min_size)
            && min.value > size
        {
            let message = format!("`min-size` is {}, but `size` is {size}", min.value);
            return Err(self.error(&min.span, message, "make `min-size` at most `size`"));
        }
        let size = size.unwrap_or_default();
        Ok((size, style.min_size.as_ref().map_or(size, |min| min.value)))
    }

    /// Returns an error if a field is wider than the room on the page at its position.
    fn check_width(
        &self,
        field: &Field,
        width: Option<&Spanned<f64>>,
        room: f64,
        offset: (f64, f64),
    ) -> Result<(), Diagnostic> {
        let Some(width) = width.filter(|width| width.value > room + 0.005) else { return Ok(()) };
        let name = if matches!(field.content, FieldContent::Code(_)) { "side" } else { "width" };
        let with_offset = if offset == (0.0, 0.0) { "" } else { " with the printer's offset" };
        let message = format!(
            "the field `{}` extends beyond the page: only {room:.1} mm are available at its position{with_offset}",
            field.id
        );
        Err(self.error(&width.span, message, format!("reduce `{name}`, or move the field")))
    }

    /// Returns the position of a field with the printer's offset, if it is on the page.
    fn point_on_page(
        &self,
        field: &Field,
        x: &Spanned<f64>,
        y: &Spanned<f64>,
        offset: (f64, f64),
    ) -> Result<(f64, f64), Diagnostic> {
        let (width, height) = self.page;
        for (name, value, offset, max) in [("x", x, offset.0, width), ("y", y, offset.1, height)] {
            let is_outside = |n: f64| !(0.0..=max).contains(&n);
            if is_outside(value.value) || is_outside(value.value + offset) {
                let with_offset =
                    if is_outside(value.value) { String::new() } else { format!(" with an offset of {offset} mm") };
                let message = format!(
                    "the field `{}` is not on the page: {name} is {} mm{with_offset}, and the page ends at {max} mm",
                    field.id, value.value
                );
                return Err(self.error(
                    &value.span,
                    message,
                    "measure positions from the upper left corner of the page",
                ));
            }
        }
        Ok((x.value + offset.0, y.value + offset.1))
    }

    /// Returns the width of the longest line of text that fits on the page at a point.
    fn room(&self, (x, y): (f64, f64), anchor: f64, rotate: f64) -> f64 {
        let (sine, cosine) = rotate.to_radians().sin_cos();
        let distance_to_edge = |dx: f64, dy: f64| {
            let along = |at: f64, step: f64, max: f64| match step {
                step if step > 1e-9 => (max - at) / step,
                step if step < -1e-9 => -at / step,
                _ => f64::INFINITY,
            };
            along(x, dx, self.page.0).min(along(y, dy, self.page.1))
        };
        let before = if anchor > 0.0 { distance_to_edge(-cosine, -sine) / anchor } else { f64::INFINITY };
        let after = if anchor < 1.0 { distance_to_edge(cosine, sine) / (1.0 - anchor) } else { f64::INFINITY };
        before.min(after)
    }

    /// Returns whether `font` is a font role of the locale, and the role or the font families.
    fn resolve_font(
        &self,
        font: &Spanned<String>,
        locale: &Locale,
        fonts: &Fonts,
    ) -> Result<(bool, Vec<String>), Diagnostic> {
        if locale.settings.fonts.contains_key(font.value.as_str()) {
            return Ok((true, vec![font.value.clone()]));
        }
        let families: Vec<String> = font.split(',').map(|f| f.trim().to_owned()).filter(|f| !f.is_empty()).collect();
        for family in &families {
            if !fonts.book.contains_family(&family.to_lowercase()) {
                let known: Vec<&str> = locale.settings.fonts.keys().copied().chain(fonts.families()).collect();
                return Err(Diagnostic::error(
                    code::MISSING_FAMILY,
                    format!("the project has no font family “{family}”"),
                )
                .place(self.place(&font.span))
                .help(format!("use a font role or a family: {}", known.join(", "))));
            }
        }
        Ok((false, families))
    }
}

impl Field {
    /// Returns the position and style of the field in a language.
    fn style_in(&self, language: &str) -> FieldStyle {
        self.by_language.get(language).cloned().unwrap_or_default().or(&self.base)
    }

    /// Returns the name of its template, which cannot be that of a report.
    fn template_name(&self) -> String {
        format!("field:{}", self.id)
    }
}

/// Returns whether a text is a single call of the `code` helper.
fn is_code(source: &str) -> bool {
    let inside = source.trim().strip_prefix("{{").and_then(|s| s.strip_suffix("}}"));
    inside.is_some_and(|s| s.trim_start().starts_with("code ") && !s.contains("}}"))
}
