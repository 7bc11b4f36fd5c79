//! The limits of a press: the settings `print` of `reports/design.yaml`.

use std::ops::RangeInclusive;

use crate::diagnostic::code;
use crate::results::reading::read::Reader;
use crate::results::reading::yaml::{Node, Value};

/// What `print` reports. The values of a project without settings are those of the embedded `reports/design.yaml`.
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
        let number = |name, what: &str, range| read_number(reader, fields.optional(name)?, what, range);
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

fn read_number(reader: &Reader, node: &Node, what: &str, range: RangeInclusive<f64>) -> Option<f64> {
    let number = match &node.value {
        Value::Number(written) => written.parse().ok().filter(|number| range.contains(number)),
        _ => None,
    };
    if number.is_none() {
        let message = format!("expected {what} from {} to {}", range.start(), range.end());
        reader.report_invalid(code::WRONG_VALUE, &node.span, message, "write a number in this range, without its unit");
    }
    number
}
