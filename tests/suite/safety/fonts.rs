//! Typefaces that are broken.

use std::fs;

use super::{CERTIFICATES, assert_refused};
use crate::support::ProjectDir;

#[test]
fn a_font_that_is_none_is_told_by_its_name() {
    let whole = a_font();
    for (file, bytes) in [
        ("fonts/empty.ttf", b"".as_slice()),
        ("fonts/text.otf", b"not a font"),
        ("fonts/cut.otf", &whole[..1000]),
        ("fonts/zeros.ttc", &[0; 4096]),
    ] {
        assert_refused(&ProjectDir::new().file(file, bytes), &[], &["E0503", file]);
    }
}

/// A typeface of the program.
fn a_font() -> Vec<u8> {
    let mut fonts: Vec<_> = fs::read_dir("fonts").unwrap().map(|entry| entry.unwrap().path()).collect();
    fonts.retain(|path| path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n == "SourceSerif4-Regular.ttf"));
    fs::read(&fonts[0]).unwrap()
}

#[test]
fn a_font_with_damaged_tables_is_assert_refused() {
    let whole = a_font();
    let name = Path::new("fonts").join("SourceSerif4-Regular.ttf");
    for step in 0..12 {
        let mut bytes = whole.clone();
        // The directory of tables stands first: each round spoils other parts of it and of what it leads to.
        let length = bytes.len();
        for at in (12 + step * 5..length).step_by(length / 40) {
            bytes[at] ^= 0xff;
        }
        let project = ProjectDir::new().file(name.to_str().unwrap(), bytes);
        assert_refused(&project, &["-l", "en", "-r", "certificate"], &["E0503", "SourceSerif4-Regular.ttf"]);
    }
}
