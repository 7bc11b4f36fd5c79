//! The settings of `reports/design.yaml`: paper, colours, logo and seal, which style modules get as `sys.inputs.design`, and
//! the limits of the press.

mod limits;

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::foundations::{Array, Dict, IntoValue, Value};

use crate::diagnostic::{Diagnostic, Problems, SourceFile, code};
use crate::document::Scope;
use crate::project::{MAX_ASSET, Project, embedded, leaves_folder, picture, reason};
use crate::results::reading::places::Files;
use crate::results::reading::read::{Fields, Reader};
use crate::results::reading::yaml::{Node, Value as Yaml, parse};
use crate::template::SUFFIX;
pub use limits::PrintLimits;

/// The file with the settings.
pub const DESIGN: &str = "reports/design.yaml";

/// The names of the paper sizes; their measures are in `reports/shared/design.typ`.
const PAPERS: [&str; 5] = ["a5", "a4", "a3", "letter", "legal"];
const COLOURS: [&str; 7] = ["ink", "text", "grey", "rule", "accent", "ornament", "award"];
const PICTURE_SUFFIXES: [&str; 4] = [".svg", ".png", ".jpg", ".jpeg"];

/// How the pages of a project look.
#[derive(Clone, Debug, Default)]
pub struct Design {
    /// By the name of the report.
    paper: BTreeMap<String, &'static str>,
    colours: BTreeMap<&'static str, Colour>,
    logo: Option<Picture>,
    seal: Option<Picture>,
    /// The limits of the press, which style modules do not get.
    pub print: PrintLimits,
}

#[derive(Clone, Debug)]
struct Colour {
    /// As `#rrggbb`.
    rgb: String,
    /// In percent.
    cmyk: [f64; 4],
    /// The name of the ink, if it is not mixed from the four process inks.
    spot: Option<String>,
}

/// The value of `logo` or `seal`.
#[derive(Clone, Debug)]
enum Picture {
    None,
    Drawn,
    /// A path relative to `reports/`.
    File(String),
}

impl Design {
    /// Reads the settings of a project. Keys that its file lacks have the values of the embedded file.
    pub fn load(project: &Project) -> Result<Self, Problems> {
        let mut design = Self::default();
        let default = embedded::files().find(|(path, _)| *path == DESIGN).map_or(&b""[..], |(_, bytes)| bytes);
        let default = SourceFile::new(DESIGN, String::from_utf8_lossy(default));
        design.read(project, &default)?;
        design.read(project, &project.read_source(DESIGN)?)?;
        Ok(design)
    }

    fn read(&mut self, project: &Project, file: &Arc<SourceFile>) -> Result<(), Problems> {
        let root = parse(file)?;
        if matches!(root.value, Yaml::Null) {
            return Ok(()); // a file of comments
        }
        let reader = Reader::new(Files::new(file));
        if let Some(fields) = reader.fields(&root, "design") {
            if let Some(node) = fields.optional("paper") {
                self.read_paper(&reader, node, &reports(project));
            }
            if let Some(node) = fields.optional("colours") {
                self.read_colours(&reader, node);
            }
            if let Some(node) = fields.optional("print") {
                self.print.read(&reader, node);
            }
            let picture = |key| fields.optional(key).and_then(|node| read_picture(&reader, node, key, project));
            let (logo, seal) = (picture("logo"), picture("seal"));
            self.logo = logo.or_else(|| self.logo.take());
            self.seal = seal.or_else(|| self.seal.take());
            fields.finish();
        }
        reader.into_problems().into_result(())
    }

    fn read_paper(&mut self, reader: &Reader, node: &Node, reports: &[String]) {
        let entries = reader.entries(node, |key, node| {
            if !reports.contains(&key.name) {
                let problem =
                    Diagnostic::error(code::UNKNOWN_KEY, format!("this project has no report `{}`", key.name));
                let problem = problem.place(reader.place(&key.span));
                reader.report(problem.suggest(&key.name, reports.iter().map(String::as_str)));
                return None;
            }
            let given = reader.text(node)?;
            let known = PAPERS.iter().find(|name| **name == given.value);
            if known.is_none() {
                reader.report_unknown_word(&given.span, "paper size", &given.value, &PAPERS);
            }
            Some((key.name.clone(), *known?))
        });
        self.paper.extend(entries.into_iter().flatten());
    }

    fn read_colours(&mut self, reader: &Reader, node: &Node) {
        let Some(fields) = reader.fields(node, "colours") else { return };
        for name in COLOURS {
            // `optional` skips a null, which must be reported here: without quotes, `#172543` is a comment.
            let given = fields.optional(name).or_else(|| node.get(name));
            if let Some(colour) = given.and_then(|node| Colour::read(reader, node)) {
                self.colours.insert(name, colour);
            }
        }
        fields.finish();
    }

    /// Returns the colours for screens as CSS variables.
    pub fn css_variables(&self) -> String {
        let variables = self.colours.iter().map(|(name, colour)| format!("  --{name}: {};\n", colour.rgb));
        format!(":root {{\n{}}}\n", variables.collect::<String>())
    }

    /// Returns the settings as style modules see them.
    pub fn to_dict(&self) -> Dict {
        let entry = |key: &str, value: Value| (key.into(), value);
        let paper: Dict = self.paper.iter().map(|(report, paper)| entry(report, paper.into_value())).collect();
        let colours: Dict = self.colours.iter().map(|(name, colour)| entry(name, colour.to_value())).collect();
        let picture = |picture: &Option<Picture>| match picture {
            None | Some(Picture::None) => Value::None,
            Some(Picture::Drawn) => Value::Auto,
            Some(Picture::File(path)) => format!("/reports/{path}").into_value(),
        };
        [
            entry("paper", paper.into_value()),
            entry("colours", colours.into_value()),
            entry("logo", picture(&self.logo)),
            entry("seal", picture(&self.seal)),
        ]
        .into_iter()
        .collect()
    }
}

impl Colour {
    fn read(reader: &Reader, node: &Node) -> Option<Self> {
        if !matches!(node.value, Yaml::Map(_)) {
            let rgb = read_rgb(reader, node)?;
            return Some(Self { cmyk: derive_cmyk(&rgb), rgb, spot: None });
        }
        let fields = reader.fields(node, "colour")?;
        let rgb = fields.required("rgb").and_then(|node| read_rgb(reader, node));
        let cmyk = read_cmyk(reader, &fields);
        let spot = fields.optional("spot").and_then(|node| reader.text(node)).map(|name| name.value);
        fields.finish();
        let rgb = rgb?;
        Some(Self { cmyk: cmyk.unwrap_or_else(|| derive_cmyk(&rgb)), rgb, spot })
    }

    fn to_value(&self) -> Value {
        let cmyk: Array = self.cmyk.iter().map(|percent| percent.into_value()).collect();
        let entries = [
            ("rgb".into(), self.rgb.as_str().into_value()),
            ("cmyk".into(), cmyk.into_value()),
            ("spot".into(), self.spot.as_deref().into_value()),
        ];
        entries.into_iter().collect::<Dict>().into_value()
    }
}

/// Returns the reports of a project, which are the folders with templates.
fn reports(project: &Project) -> Vec<String> {
    let report = |path: &str| {
        let name = path.strip_prefix("reports/")?.strip_suffix(SUFFIX)?;
        Scope::of_template(name).map(|(report, _)| report.to_owned())
    };
    let mut names: Vec<String> = project.list("reports").filter_map(report).collect();
    names.dedup();
    names
}

fn read_rgb(reader: &Reader, node: &Node) -> Option<String> {
    let given = match &node.value {
        Yaml::Null => None,
        _ => Some(reader.text(node)?.value),
    };
    let digits = given.as_deref().and_then(|text| text.strip_prefix('#'));
    if !digits.is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())) {
        let message = given.map_or("the colour has no value".to_owned(), |text| format!("`{text}` is not a colour"));
        reader.report_invalid(
            code::WRONG_VALUE,
            &node.span,
            message,
            "write six hexadecimal digits in quotes, as in \"#172543\"",
        );
        return None;
    }
    given
}

fn read_cmyk(reader: &Reader, fields: &Fields<'_>) -> Option<[f64; 4]> {
    let node = fields.optional("cmyk")?;
    let percent = |node: &Node| node.number().filter(|percent| (0.0..=100.0).contains(percent));
    let inks = match &node.value {
        Yaml::List(inks) => inks.iter().map(percent).collect::<Option<Vec<f64>>>(),
        _ => None,
    };
    let inks = inks.and_then(|inks| <[f64; 4]>::try_from(inks).ok());
    if inks.is_none() {
        let help = "write cyan, magenta, yellow and black in percent, as in [100, 85, 40, 50]";
        reader.report_invalid(code::WRONG_VALUE, &node.span, "`cmyk` is not a list of four percentages", help);
    }
    inks
}

/// The most black in a derived colour other than a grey, in percent: black over other inks blurs small text.
const MAX_BLACK: f64 = 65.0;
/// The most ink of all four colours together, in percent.
const MAX_INK: f64 = 280.0;

/// Derives process inks from `#rrggbb`.
fn derive_cmyk(rgb: &str) -> [f64; 4] {
    let part = |at: usize| rgb.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or_default();
    let parts = [1, 3, 5].map(|at| f64::from(part(at)) / 255.0);
    let (light, dark) = (parts.into_iter().fold(0.0, f64::max), parts.into_iter().fold(1.0, f64::min));
    if light - dark < 0.03 {
        return [0.0, 0.0, 0.0, ((1.0 - light) * 100.0).round()];
    }
    let black = (1.0 - light).min(MAX_BLACK / 100.0);
    let colours = parts.map(|part| (1.0 - black - part) / (1.0 - black) * 100.0);
    let scale = ((MAX_INK - black * 100.0) / colours.iter().sum::<f64>()).min(1.0);
    let [c, m, y] = colours.map(|ink| (ink * scale).round());
    [c, m, y, (black * 100.0).round()]
}

fn read_picture(reader: &Reader, node: &Node, key: &str, project: &Project) -> Option<Picture> {
    let given = reader.text(node)?;
    match given.value.as_str() {
        "none" => return Some(Picture::None),
        "drawn" if key == "seal" => return Some(Picture::Drawn),
        _ => {}
    }
    let path = given.value;
    let report = |message: String, help: &str| {
        reader.report_invalid(code::BROKEN_REFERENCE, &given.span, message, help);
        None
    };
    if !PICTURE_SUFFIXES.iter().any(|end| path.to_ascii_lowercase().ends_with(end)) {
        let words = if key == "seal" { "`drawn`, `none`" } else { "`none`" };
        return report(
            format!("`{path}` is not a picture"),
            &format!("write {words}, or the path of an SVG, PNG or JPEG file"),
        );
    }
    let (why, help) = match project.read_hashed(&format!("reports/{path}"), MAX_ASSET) {
        Ok((bytes, _)) => match picture::find_problem(&bytes) {
            None => return Some(Picture::File(path)),
            Some(why) => (why, "use another picture, or correct this one"),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound || leaves_folder(&error) => {
            (reason(&error), "write a path relative to reports/, inside this folder")
        }
        Err(error) => (reason(&error), "use another picture, or correct this one"),
    };
    report(format!("the {key} `{path}` cannot be used: {why}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn process_inks_are_derived_within_the_limits_of_the_press() {
        assert_eq!(derive_cmyk("#000000"), [0.0, 0.0, 0.0, 100.0]);
        assert_eq!(derive_cmyk("#ffffff"), [0.0, 0.0, 0.0, 0.0]);
        assert_eq!(derive_cmyk("#800000"), [0.0, 100.0, 100.0, 50.0]);
        for rgb in ["#00000a", "#172543", "#1d3b2a", "#0000ff"] {
            let inks = derive_cmyk(rgb);
            assert!(inks.iter().sum::<f64>() <= MAX_INK + 2.0 && inks[3] <= MAX_BLACK, "{rgb}: {inks:?}");
        }
    }
}
