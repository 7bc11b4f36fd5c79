//! Sheets of paper, by the names of the trade.

use crate::diagnostic::{Diagnostic, closest, code};

/// Names and sizes in millimetres, upright: ISO 216 and ISO 217, then those of North America.
pub const NAMED: [(&str, f64, f64); 6] = [
    ("A4", 210.0, 297.0),
    ("SRA4", 225.0, 320.0),
    ("A3", 297.0, 420.0),
    ("SRA3", 320.0, 450.0),
    ("Letter", 215.9, 279.4),
    ("Tabloid", 279.4, 431.8),
];

/// Sheets taken without being asked for, the smallest first.
pub const USUAL: [&str; 4] = ["A4", "SRA4", "A3", "SRA3"];

/// The largest side of a page: 14 400 units of PDF 1.6 (ISO 32000-1, annex C).
const LARGEST: f64 = 5080.0;
const SMALLEST: f64 = 20.0;

/// A sheet as it is fed: `width` is the side that lies horizontally.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub width: f64,
    pub height: f64,
}

impl Sheet {
    /// A named sheet, or `WIDTHxHEIGHT` in millimetres.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        if let Some((name, width, height)) = NAMED.iter().find(|(name, ..)| name.eq_ignore_ascii_case(text.trim())) {
            return Ok(Self { name: (*name).to_owned(), width: *width, height: *height });
        }
        let number = |side: &str| side.trim().parse::<f64>().ok().filter(|mm| mm.is_finite());
        let sides = text.split_once(['x', 'X', '×']).map(|(w, h)| (number(w), number(h)));
        let names: Vec<&str> = NAMED.iter().map(|(name, ..)| *name).collect();
        match sides {
            Some((Some(width), Some(height))) => {
                if [width, height].iter().any(|side| !(SMALLEST..=LARGEST).contains(side)) {
                    let problem = Diagnostic::error(code::SHEET, format!("no press takes a sheet of `{text}` mm"));
                    return Err(problem.help(format!("each side has {SMALLEST} to {LARGEST} mm")));
                }
                Ok(Self { name: format!("{}×{} mm", shown(width), shown(height)), width, height })
            }
            _ => {
                let near = closest(&text.to_uppercase(), names.iter().copied().filter(|n| n.len() <= 4))
                    .or_else(|| closest(text, names.iter().copied()));
                let near = near.map(|name| format!("did you mean `{name}`? ")).unwrap_or_default();
                let known = names.join(", ");
                Err(Diagnostic::error(code::SHEET, format!("there is no sheet size `{text}`"))
                    .help(format!("{near}there is: {known}, and any WIDTHxHEIGHT in millimetres, as 330x487")))
            }
        }
    }

    /// The named sheets that are taken without being asked for.
    pub fn usual() -> impl Iterator<Item = Self> {
        USUAL.iter().filter_map(|name| Self::parse(name).ok())
    }

    /// All named sheets.
    pub fn named() -> impl Iterator<Item = Self> {
        NAMED.iter().map(|(name, width, height)| Self { name: (*name).to_owned(), width: *width, height: *height })
    }

    /// The same sheet, lying on its other side.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self { name: self.name.clone(), width: self.height, height: self.width }
    }

    /// Name and size, as a job ticket has them.
    pub fn described(&self) -> String {
        let size = format!("{}×{} mm", shown(self.width), shown(self.height));
        if self.name.contains('×') { size } else { format!("{} ({size})", self.name) }
    }
}

/// Millimetres with at most two decimals.
pub fn shown(mm: f64) -> String {
    let text = format!("{mm:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_named_or_measured() {
        let sra3 = Sheet::parse("sra3").unwrap();
        assert_eq!((sra3.name.as_str(), sra3.width, sra3.height), ("SRA3", 320.0, 450.0));
        let own = Sheet::parse("330x487.5").unwrap();
        assert_eq!((own.width, own.height), (330.0, 487.5));
        assert_eq!(own.described(), "330×487.5 mm");
        assert_eq!(sra3.turned().described(), "SRA3 (450×320 mm)");
    }

    #[test]
    fn an_unknown_sheet_is_refused_with_the_near_one() {
        for (text, help) in [
            ("SRA33", "did you mean `SRA3`?"),
            ("Leter", "did you mean `Letter`?"),
            ("banana", "there is: A4, SRA4"),
            ("10x10", "each side has 20 to 5080 mm"),
            ("9999x100", "each side has 20 to 5080 mm"),
            ("NaNxinf", "there is: A4"),
            ("", "there is: A4"),
            ("300x", "there is: A4"),
        ] {
            let problem = Sheet::parse(text).unwrap_err();
            assert_eq!(problem.code, code::SHEET);
            assert!(problem.help.as_ref().unwrap().contains(help), "{text}: {problem}");
        }
    }
}
