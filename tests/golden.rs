//! The nine documents of the first edition, word for word. A wanted change: `GOLDEN=write cargo test`, then read
//! the difference.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "the only way to hand a wish to a test")]

mod common;

use std::path::Path;

use common::Shop;

#[test]
fn the_first_edition_reads_as_it_did() {
    let shop = Shop::new();
    for language in ["en", "fr", "zh"] {
        for (report, city) in
            [("certificate", Some("beijing")), ("press-release", Some("beijing")), ("press-release", None)]
        {
            let (text, pages) = shop.pages(language, report, city);
            // A sentence a line reads better in a difference.
            let text = text.replace(". ", ".\n").replace('。', "。\n").replace('\u{a0}', "⍽").replace('\u{202f}', "⍽⍽");
            let found = format!("{text}\n({pages} pages)\n");
            let name = format!("{language}-{report}{}.txt", city.map(|c| format!("-{c}")).unwrap_or_default());
            let path = Path::new("tests/golden").join(&name);
            if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
                std::fs::create_dir_all("tests/golden").unwrap();
                std::fs::write(&path, &found).unwrap();
            }
            let expected = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(found == expected, "{name} has changed; it now reads:\n{found}");
        }
    }
}
