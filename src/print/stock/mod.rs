//! Certificates on stock that was printed beforehand: only the fields that differ are printed, each at its place.

mod load;
mod make;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, SourceFile, code};
use crate::locale::Locale;
use crate::project;
use crate::results::Placed;
use crate::run::LoadedProject;
use crate::typeset::Fonts;
pub use make::{Kind, Sheets};

/// The template of the locale's settings.
const LOCALE: &str = "field:";

type Problems = Vec<Diagnostic>;

/// A sheet printed beforehand, as `stock.yaml` describes it. Lengths are millimetres, sizes points.
#[derive(Debug)]
pub struct Stock {
    pub file: Arc<SourceFile>,
    /// Names the files.
    pub name: String,
    /// Width and height.
    pub page: (f64, f64),
    /// A picture of the sheet, beside the file.
    pub scan: Option<Placed<String>>,
    /// How far each printer is to be moved, to the right and down.
    pub printers: BTreeMap<String, (f64, f64)>,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    id: String,
    span: Range<usize>,
    content: Content,
    base: Shape,
    /// What a language has otherwise.
    own: BTreeMap<String, Shape>,
}

#[derive(Debug)]
enum Content {
    Text(Placed<String>),
    Code(Placed<String>),
}

impl Content {
    fn source(&self) -> &Placed<String> {
        match self {
            Self::Text(source) | Self::Code(source) => source,
        }
    }
}

/// Place and form of a field, as far as it is given.
#[derive(Clone, Debug, Default)]
struct Shape {
    x: Option<Placed<f64>>,
    y: Option<Placed<f64>>,
    /// Room for a text, or the side of a code.
    width: Option<Placed<f64>>,
    align: Option<Align>,
    rotate: Option<Placed<f64>>,
    size: Option<Placed<f64>>,
    min_size: Option<Placed<f64>>,
    font: Option<Placed<String>>,
    weight: Option<Placed<f64>>,
    tracking: Option<Placed<f64>>,
    italic: Option<bool>,
    small_caps: Option<bool>,
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

/// A field as one language has it.
#[derive(Debug)]
struct Spot<'a> {
    field: &'a Field,
    x: f64,
    y: f64,
    /// Room for a text, or the side of a code.
    width: f64,
    /// Where that is written.
    width_span: Range<usize>,
    /// How much of it lies left of the point: 0, 0.5 or 1.
    shift: f64,
    rotate: f64,
    size: f64,
    min_size: f64,
    /// A role of the locale, or families.
    font: Vec<String>,
    role: bool,
    weight: f64,
    tracking: f64,
    italic: bool,
    small_caps: bool,
}

impl Stock {
    pub fn read(path: &Path, languages: &[String]) -> Result<Self, Problems> {
        let file = project::read_text(path).map_err(|problem| vec![problem])?;
        load::read(&file, languages)
    }

    fn place(&self, span: &Range<usize>) -> Place {
        Place::new(&self.file, span.clone())
    }

    fn wrong(&self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code::STOCK, message).place(self.place(span)).help(help)
    }

    /// The offset of a printer that the file names.
    pub fn printer(&self, name: &str) -> Result<(f64, f64), Diagnostic> {
        self.printers.get(name).copied().ok_or_else(|| {
            Diagnostic::error(code::STOCK, format!("`{}` names no printer `{name}`", self.file.path))
                .suggest(name, self.printers.keys().map(String::as_str))
        })
    }

    /// Makes templates of the fields' texts, so that they can say what any template says.
    pub fn compile(&self, edition: &mut LoadedProject) -> Result<(), Problems> {
        let mut problems = Vec::new();
        for field in &self.fields {
            let source = field.content.source();
            let phrase = matches!(field.content, Content::Text(_));
            if !phrase && !is_code(source) {
                let help = "write what it holds as in '{{code city.address}}'";
                problems.push(self.wrong(&source.span, "a code is one call of `code`", help));
                continue;
            }
            if let Err(problem) = edition.templates.add(&field.template(), &self.text_of(field), phrase) {
                problems.push(self.home(problem));
            }
        }
        let settings = SourceFile::new("stock", "{{locale}}");
        problems.extend(edition.templates.add(LOCALE, &settings, false).err());
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// The text of a field as a file of its own, which templates know it by.
    fn text_of(&self, field: &Field) -> Arc<SourceFile> {
        SourceFile::new(format!("{}\0{}", self.file.path, field.id), field.content.source().value.as_str())
    }

    /// Leads the places of a field's text back to where it stands in the stock's file.
    fn home(&self, mut problem: Diagnostic) -> Diagnostic {
        for place in &mut problem.places {
            let Some((path, id)) = place.file.path.split_once('\0') else { continue };
            let Some(field) = self.fields.iter().find(|f| f.id == id).filter(|_| path == self.file.path) else {
                continue;
            };
            let source = field.content.source();
            let written = self.file.text.get(source.span.clone()).unwrap_or_default();
            // With quotes doubled or lines folded, the text is not written as it reads.
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

    /// The fields in a language, whose printer moves them by `offset`.
    fn spots(&self, locale: &Locale, fonts: &Fonts, offset: (f64, f64)) -> Result<Vec<Spot<'_>>, Problems> {
        let mut problems = Vec::new();
        let spots = self.fields.iter().filter_map(|f| self.spot(f, locale, fonts, offset, &mut problems)).collect();
        if problems.is_empty() { Ok(spots) } else { Err(problems) }
    }

    fn spot<'a>(
        &self,
        field: &'a Field,
        locale: &Locale,
        fonts: &Fonts,
        offset: (f64, f64),
        problems: &mut Problems,
    ) -> Option<Spot<'a>> {
        let own = field.own.get(&locale.name).cloned().unwrap_or_default();
        let base = field.base.clone();
        let is_code = matches!(field.content, Content::Code(_));
        let mut needed = |name: &str, value: Option<Placed<f64>>| {
            if value.is_none() {
                let message = format!("the field `{}` has no `{name}` in `{}`", field.id, locale.name);
                let problem = Diagnostic::error(code::MISSING_KEY, message);
                let at = field.span.start..field.span.start;
                problems.push(problem.place(self.place(&at)).help(format!("add the key `{name}`")));
            }
            value
        };
        let x = needed("x", own.x.or(base.x));
        let y = needed("y", own.y.or(base.y));
        let mut width = own.width.or(base.width);
        let mut size = own.size.or(base.size);
        if is_code {
            width = Some(needed("side", width)?);
            size = None;
        } else {
            size = Some(needed("size", size)?);
        }
        let (x, y) = (x?, y?);
        let min_size = own.min_size.or(base.min_size);
        if let (Some(size), Some(min)) = (&size, &min_size)
            && min.value > size.value
        {
            let message = format!("`min-size` is {}, but `size` is {}", min.value, size.value);
            problems.push(self.wrong(&min.span, message, "a text is shrunk from `size` down to `min-size`"));
            return None;
        }
        let (mut role, mut families) = (true, vec!["text".to_owned()]);
        if let Some(font) = own.font.or(base.font) {
            (role, families) = self.font(&font, locale, fonts).map_err(|problem| problems.push(problem)).ok()?;
        }
        let rtl = locale.settings.direction == "rtl" && !is_code;
        let shift = match own.align.or(base.align).unwrap_or_default() {
            Align::Center => 0.5,
            align => f64::from(u8::from((align == Align::End) != rtl)),
        };
        let rotate = own.rotate.or(base.rotate).map_or(0.0, |r| r.value);
        let point = self.on_page(field, &x, &y, offset).map_err(|problem| problems.push(problem)).ok()?;
        let room = self.room(point, shift, rotate);
        if let Some(width) = &width
            && width.value > room + 0.005
        {
            let name = if is_code { "side" } else { "width" };
            let message =
                format!("the field `{}` leaves the page: it has room for {room:.1} mm from its place", field.id);
            let message = if offset == (0.0, 0.0) { message } else { format!("{message} with the printer's offset") };
            problems.push(self.wrong(&width.span, message, format!("make `{name}` smaller, or move the field")));
            return None;
        }
        let size = size.map_or(0.0, |s| s.value);
        Some(Spot {
            field,
            x: point.0,
            y: point.1,
            width_span: width.as_ref().map_or_else(|| field.content.source().span.clone(), |w| w.span.clone()),
            width: width.map_or(room, |w| w.value),
            shift,
            rotate,
            size,
            min_size: min_size.map_or(size, |m| m.value),
            font: families,
            role,
            weight: own.weight.or(base.weight).map_or(400.0, |w| w.value),
            tracking: own.tracking.or(base.tracking).map_or(0.0, |t| t.value),
            italic: own.italic.or(base.italic).unwrap_or_default(),
            small_caps: own.small_caps.or(base.small_caps).unwrap_or_default(),
        })
    }

    /// The point of a field with the printer's offset.
    fn on_page(
        &self,
        field: &Field,
        x: &Placed<f64>,
        y: &Placed<f64>,
        offset: (f64, f64),
    ) -> Result<(f64, f64), Diagnostic> {
        let (width, height) = self.page;
        for (name, value, offset, most) in [("x", x, offset.0, width), ("y", y, offset.1, height)] {
            let outside = |n: f64| !(0.0..=most).contains(&n);
            if outside(value.value) || outside(value.value + offset) {
                let how = if outside(value.value) { String::new() } else { format!(" with an offset of {offset} mm") };
                let message = format!(
                    "the field `{}` does not stand on the page: {name} is {} mm{how}, and the page ends at {most} mm",
                    field.id, value.value
                );
                return Err(self.wrong(&value.span, message, "measure from the upper left corner of the page"));
            }
        }
        Ok((x.value + offset.0, y.value + offset.1))
    }

    /// The longest line of text on the page at a point.
    fn room(&self, (x, y): (f64, f64), shift: f64, rotate: f64) -> f64 {
        let (sine, cosine) = rotate.to_radians().sin_cos();
        let reach = |dx: f64, dy: f64| {
            let along = |at: f64, step: f64, most: f64| match step {
                step if step > 1e-9 => (most - at) / step,
                step if step < -1e-9 => -at / step,
                _ => f64::INFINITY,
            };
            along(x, dx, self.page.0).min(along(y, dy, self.page.1))
        };
        let before = if shift > 0.0 { reach(-cosine, -sine) / shift } else { f64::INFINITY };
        let behind = if shift < 1.0 { reach(cosine, sine) / (1.0 - shift) } else { f64::INFINITY };
        before.min(behind)
    }

    /// A role of the locale, or families of the project.
    fn font(&self, font: &Placed<String>, locale: &Locale, fonts: &Fonts) -> Result<(bool, Vec<String>), Diagnostic> {
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
                .help(format!("name a role or a family: {}", known.join(", "))));
            }
        }
        Ok((false, families))
    }
}

impl Field {
    /// The name of its template, which no report can have.
    fn template(&self) -> String {
        format!("field:{}", self.id)
    }
}

fn is_code(source: &str) -> bool {
    let inside = source.trim().strip_prefix("{{").and_then(|s| s.strip_suffix("}}"));
    inside.is_some_and(|s| s.trim_start().starts_with("code ") && !s.contains("}}"))
}
