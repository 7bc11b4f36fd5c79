//! Typefaces that are broken.

use std::fs;

use super::{CERTIFICATES, assert_refused};
use crate::support::ProjectDir;

/// A typeface of the example edition.
const FONT: &str = "fonts/source/SourceSerif4-Regular.ttf";

#[test]
fn a_file_that_is_not_a_font_is_refused_with_its_name() {
    let whole = fs::read(FONT).unwrap();
    for (file, bytes) in [
        ("fonts/empty.ttf", b"".as_slice()),
        ("fonts/text.otf", b"not a font"),
        ("fonts/cut.otf", &whole[..1000]),
        ("fonts/zeros.ttc", &[0; 4096]),
    ] {
        assert_refused(&ProjectDir::new().file(file, bytes), &[], &["E0503", file]);
    }
}

#[test]
fn a_font_with_damaged_tables_is_refused() {
    let whole = fs::read(FONT).unwrap();
    for step in 0..12 {
        let mut bytes = whole.clone();
        // Each round damages other bytes of the table directory, which comes first, and of the tables.
        let length = bytes.len();
        for at in (12 + step * 5..length).step_by(length / 40) {
            bytes[at] ^= 0xff;
        }
        let project = ProjectDir::new().file(FONT, bytes);
        assert_refused(&project, CERTIFICATES, &["E0503", "SourceSerif4-Regular.ttf"]);
    }
}
