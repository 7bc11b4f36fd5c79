//! What a print shop checks before it makes plates, in the ticket.

use serde_json::{Value as Json, json};

use super::labels::{Labels, decimal, number, verbatim};
use crate::design::PrintLimits;
use crate::diagnostic::Diagnostic;
use crate::locale::Value;
use crate::pdf::fonts::FontUse;

/// The findings about a file. Each names a document that has it.
#[derive(Clone, Debug, Default)]
pub struct Preflight {
    /// The highest total ink: percent, inks, document.
    pub most_ink: Option<(u32, String, String)>,
    /// The smallest text printed in several inks: size in points, inks, document.
    pub smallest_text: Option<(f64, String, String)>,
    /// The thinnest line printed in several inks: width in points, inks, document.
    pub thinnest_line: Option<(f64, String, String)>,
    /// The thinnest line of each separation: plate, width in millimetres, document.
    pub spot_lines: Vec<(String, f64, String)>,
    /// Pixels per inch, document.
    pub lowest_resolution: Option<(u32, String)>,
    /// Colours and pictures that are neither CMYK nor spot colours, and a document with each.
    pub not_inks: Vec<(String, String)>,
    pub fonts: Vec<FontUse>,
    pub limits: PrintLimits,
    /// The limit of the total ink, in percent.
    pub max_ink: u32,
}

impl Preflight {
    pub fn json(&self) -> Json {
        let mixed = |found: &Option<(f64, String, String)>| {
            found
                .as_ref()
                .map(|(points, inks, document)| json!({ "points": points, "inks": inks, "document": document }))
        };
        let most_ink = self.most_ink.as_ref();
        let lowest_resolution = self.lowest_resolution.as_ref();
        let spot_line =
            |(plate, mm, document): &(String, f64, String)| json!({ "plate": plate, "mm": mm, "document": document });
        let not_ink = |(what, document): &(String, String)| json!({ "what": what, "document": document });
        let font =
            |font: &FontUse| json!({ "name": font.name, "embedded": font.is_embedded, "subset": font.is_subset });
        let PrintLimits { small_text, thin_line, foil_line, resolution, .. } = self.limits;
        json!({
            "most-ink": most_ink.map(|(percent, inks, document)| json!({ "percent": percent, "inks": inks, "document": document })),
            "smallest-text-in-several-inks": mixed(&self.smallest_text),
            "thinnest-line-in-several-inks": mixed(&self.thinnest_line),
            "thinnest-line-of-each-spot": self.spot_lines.iter().map(spot_line).collect::<Vec<_>>(),
            "lowest-resolution": lowest_resolution.map(|(ppi, document)| json!({ "ppi": ppi, "document": document })),
            "not-inks": self.not_inks.iter().map(not_ink).collect::<Vec<_>>(),
            "fonts": self.fonts.iter().map(font).collect::<Vec<_>>(),
            "limits": {
                "max-ink-percent": self.max_ink, "small-text-points": small_text, "thin-line-points": thin_line,
                "foil-line-mm": foil_line, "resolution-ppi": resolution,
            },
        })
    }

    /// Returns the rows of the printed ticket as pairs of label and value.
    pub fn rows(&self, labels: Labels<'_>) -> Result<Vec<(String, String)>, Diagnostic> {
        let mut rows = Vec::new();
        let none = labels.text("none", &[])?;
        let mut row = |label: String, value: Option<String>| {
            rows.push((format!("  {label}"), value.unwrap_or_else(|| none.clone())))
        };
        let arg = |name, value: f64| (name, decimal(value));
        let found_in = |value: String, document: &str| {
            labels.text("found-in", &[("value", verbatim(&value)), ("document", verbatim(document))])
        };
        let most_ink = self.most_ink.as_ref().map(|(percent, inks, document)| {
            let limit = ("limit", number(self.max_ink as usize));
            let args = [("percent", number(*percent as usize)), ("inks", verbatim(inks)), limit];
            found_in(labels.text("ink-found", &args)?, document)
        });
        row(labels.text("most-ink", &[])?, most_ink.transpose()?);
        for (label, found, limit) in [
            ("smallest-text", &self.smallest_text, self.limits.small_text),
            ("thinnest-line", &self.thinnest_line, self.limits.thin_line),
        ] {
            let value = found.as_ref().map(|(points, inks, document)| {
                let args = [arg("points", *points), ("inks", verbatim(inks)), arg("limit", limit)];
                found_in(labels.text("points-found", &args)?, document)
            });
            row(labels.text(label, &[])?, value.transpose()?);
        }
        for (plate, width, document) in &self.spot_lines {
            let value = labels.text("millimetres", &[arg("number", *width)])?;
            row(labels.text("thinnest-spot-line", &[("plate", verbatim(plate))])?, Some(found_in(value, document)?));
        }
        let resolution = self.lowest_resolution.as_ref().map(|(ppi, document)| {
            let args = [("ppi", number(*ppi as usize)), arg("limit", self.limits.resolution)];
            found_in(labels.text("ppi-found", &args)?, document)
        });
        row(labels.text("lowest-resolution", &[])?, resolution.transpose()?);
        let not_inks = self.not_inks.iter().map(|(what, document)| found_in(what.clone(), document));
        let not_inks = not_inks.collect::<Result<Vec<_>, _>>()?;
        row(labels.text("not-inks", &[])?, Some(not_inks.join("; ")).filter(|text| !text.is_empty()));
        for (index, font) in self.fonts.iter().enumerate() {
            let state = match (font.is_embedded, font.is_subset) {
                (false, _) => "missing",
                (true, true) => "subset",
                (true, false) => "whole",
            };
            let label = if index == 0 { labels.text("fonts", &[])? } else { String::new() };
            row(
                label,
                Some(labels.text("font", &[("font", verbatim(&font.name)), ("state", Value::Text(state.to_owned()))])?),
            );
        }
        Ok(rows)
    }
}
