//! The limits of a press: the settings `print` of `reports/design.yaml`.

use crate::results::reading::read::Reader;
use crate::results::reading::yaml::Node;

/// The limits beyond which `print` refuses or warns. The values of a project without settings are those of the embedded `reports/design.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrintLimits {
    /// Total ink coverage, in percent; `None`: that of the printing condition.
    pub max_ink: Option<f64>,
    /// Text below this size, in points, must be in one ink.
    pub small_text: f64,
    /// Lines below this width, in points, must be in one ink.
    pub thin_line: f64,
    /// The thinnest line that can be stamped with foil, in millimetres.
    pub foil_line: f64,
    /// The lowest resolution of a photo at its printed size, in pixels per inch.
    pub resolution: f64,
}

impl PrintLimits {
    /// Reads the settings that a file has; the others stay.
    pub fn read(&mut self, reader: &Reader, node: &Node) {
        let Some(fields) = reader.fields(node, "print") else { return };
        let number =
            |name, what, range| reader.number_in(fields.optional(name)?, range, what).map(|number| number.value);
        self.max_ink = number("max-ink", "percent", 100.0..=400.0).or(self.max_ink);
        for (limit, read) in [
            (&mut self.small_text, number("small-text", "points", 0.0..=72.0)),
            (&mut self.thin_line, number("thin-line", "points", 0.0..=10.0)),
            (&mut self.foil_line, number("foil-line", "millimetres", 0.0..=5.0)),
            (&mut self.resolution, number("resolution", "pixels per inch", 0.0..=2400.0)),
        ] {
            *limit = read.unwrap_or(*limit);
        }
        fields.finish();
    }
}
