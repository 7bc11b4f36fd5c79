//! Sizes of sheets.

use crate::diagnostic::{Diagnostic, closest, code};

/// Names, widths and heights in millimetres, portrait: ISO 216 and ISO 217, then North American sizes (ANSI Y14.1).
pub const NAMED: [(&str, f64, f64); 6] = [
    ("A4", 210.0, 297.0),
    ("SRA4", 225.0, 320.0),
    ("A3", 297.0, 420.0),
    ("SRA3", 320.0, 450.0),
    ("Letter", 215.9, 279.4),
    ("Tabloid", 279.4, 431.8),
];

/// The sheets that are used by default, the smallest first.
pub const DEFAULTS: [&str; 4] = ["A4", "SRA4", "A3", "SRA3"];

/// The largest side of a page: 14 400 points (ISO 32000-1, annex C).
const MAX_SIDE: f64 = 5080.0;
const MIN_SIDE: f64 = 20.0;

/// A sheet as it is fed, in millimetres: `width` is its horizontal side.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetSize {
    pub name: String,
    pub width: f64,
    pub height: f64,
}

impl SheetSize {
    /// Parses the name of a sheet, or `WIDTHxHEIGHT` in millimetres.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        if let Some((name, width, height)) = NAMED.iter().find(|(name, ..)| name.eq_ignore_ascii_case(text.trim())) {
            return Ok(Self { name: (*name).to_owned(), width: *width, height: *height });
        }
        let number = |side: &str| side.trim().parse::<f64>().ok().filter(|mm| mm.is_finite());
        let sides = text.split_once(['x', 'X', '×']).map(|(w, h)| (number(w), number(h)));
        let names: Vec<&str> = NAMED.iter().map(|(name, ..)| *name).collect();
        match sides {
            Some((Some(width), Some(height))) => {
                if [width, height].iter().any(|side| !(MIN_SIDE..=MAX_SIDE).contains(side)) {
                    let problem = Diagnostic::error(code::SHEET, format!("invalid sheet size `{text}`"));
                    return Err(problem.help(format!("make each side {MIN_SIDE} to {MAX_SIDE} mm long")));
                }
                Ok(Self { name: format!("{}×{} mm", format_decimal(width), format_decimal(height)), width, height })
            }
            _ => {
                let near = closest(&text.to_uppercase(), names.iter().copied().filter(|n| n.len() <= 4))
                    .or_else(|| closest(text, names.iter().copied()));
                let near = near.map(|name| format!("did you mean `{name}`? ")).unwrap_or_default();
                let known = names.join(", ");
                Err(Diagnostic::error(code::SHEET, format!("unknown sheet size `{text}`"))
                    .help(format!("{near}use one of {known}, or WIDTHxHEIGHT in millimetres (330x487)")))
            }
        }
    }

    /// Returns the sheets that are used by default, the smallest first.
    pub fn defaults() -> impl Iterator<Item = Self> {
        DEFAULTS.iter().filter_map(|name| Self::parse(name).ok())
    }

    /// Returns all named sheets.
    pub fn named() -> impl Iterator<Item = Self> {
        NAMED.iter().map(|(name, width, height)| Self { name: (*name).to_owned(), width: *width, height: *height })
    }

    /// Returns the orientations in which the sheet may be fed. A size in millimetres has only the one that was given.
    pub fn orientations(&self) -> Vec<Self> {
        if self.is_named() { vec![self.clone(), self.rotated()] } else { vec![self.clone()] }
    }

    fn is_named(&self) -> bool {
        NAMED.iter().any(|(name, ..)| *name == self.name)
    }

    /// Returns the size for use in file names, for example `sra3` or `330x487.5`.
    pub fn file_name(&self) -> String {
        match self.is_named() {
            true => self.name.to_lowercase(),
            false => format!("{}x{}", format_decimal(self.width), format_decimal(self.height)),
        }
    }

    /// Returns the sheet with width and height exchanged.
    #[must_use]
    pub fn rotated(&self) -> Self {
        Self { name: self.name.clone(), width: self.height, height: self.width }
    }

    /// Returns name and size, for example `SRA3 (320×450 mm)`.
    pub fn description(&self) -> String {
        let size = format!("{}×{} mm", format_decimal(self.width), format_decimal(self.height));
        if self.is_named() { format!("{} ({size})", self.name) } else { size }
    }
}

/// Formats a number with at most two decimals.
pub fn format_decimal(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub fn round_to_hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_given_by_name_or_by_size() {
        let sra3 = SheetSize::parse("sra3").unwrap();
        assert_eq!((sra3.name.as_str(), sra3.width, sra3.height), ("SRA3", 320.0, 450.0));
        let own = SheetSize::parse("330x487.5").unwrap();
        assert_eq!((own.width, own.height), (330.0, 487.5));
        assert_eq!(own.description(), "330×487.5 mm");
        assert_eq!((sra3.file_name().as_str(), own.file_name().as_str()), ("sra3", "330x487.5"));
        assert_eq!(sra3.rotated().description(), "SRA3 (450×320 mm)");
        assert_eq!(sra3.orientations(), [sra3.clone(), sra3.rotated()]);
        assert_eq!(own.orientations(), [own]);
    }

    #[test]
    fn an_unknown_sheet_is_an_error_with_a_suggestion() {
        for (text, help) in [
            ("SRA33", "did you mean `SRA3`?"),
            ("Leter", "did you mean `Letter`?"),
            ("banana", "use one of A4, SRA4"),
            ("10x10", "each side 20 to 5080 mm"),
            ("9999x100", "each side 20 to 5080 mm"),
            ("NaNxinf", "use one of A4"),
            ("", "use one of A4"),
            ("300x", "use one of A4"),
        ] {
            let problem = SheetSize::parse(text).unwrap_err();
            assert_eq!(problem.code, code::SHEET);
            assert!(problem.help.as_ref().unwrap().contains(help), "{text}: {problem}");
        }
    }
}
