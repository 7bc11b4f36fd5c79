//! Input that was made to do harm: it is refused for a clear reason, or does none. Nothing outside the project is read,
//! nothing is waited for, and nothing breaks.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use std::fs::{self, File};
use std::path::Path;

use base64::Engine;
use common::{RESULTS, Shop};

const FACTS: &str = "reports/results.yaml";
const CERTIFICATE: &str = "reports/certificate/city.typ.hbs";
/// The release of a city is the document with a photo.
const RELEASE: &[&str] = &["-l", "en", "-c", "beijing", "-r", "press-release"];

/// The program refuses, with these words, and leaves nothing.
#[track_caller]
fn refused(shop: &Shop, arguments: &[&str], words: &[&str]) {
    let screen = shop.refused(arguments);
    for word in words {
        assert!(screen.contains(word), "no {word:?} in:\n{screen}");
    }
    // A fault of the project is never told as one of the program.
    assert!(!screen.contains("E0403") && !screen.contains("panicked"), "{screen}");
    assert_eq!(shop.made(), Vec::<String>::new());
}

fn named(name: &str) -> Shop {
    let written = serde_json::to_string(name).unwrap();
    Shop::edited(&[("      en: Beijing\n", &format!("      en: {written}\n"))])
}

/// An edition whose release has a photo.
fn with_photo(file: &str, bytes: &[u8]) -> Shop {
    let shop = photographed(file);
    shop.file(&format!("reports/{file}"), bytes)
}

fn photographed(file: &str) -> Shop {
    let photo = format!("    photo: {{file: {file:?}, credit: A, alt: B, caption: C}}\n    milestones:");
    Shop::edited(&[("    milestones:", &photo)])
}

// ── YAML ────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn aliases_that_multiply_are_refused() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in "bcdefghijkl".chars().zip("abcdefghijk".chars()) {
        bomb += &format!("{name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n");
    }
    refused(&Shop::new().file(FACTS, bomb), &[], &["E0101", FACTS]);
    refused(&Shop::new().file(FACTS, "a: &a [*a]\n"), &[], &["E0101", FACTS]);
}

#[test]
fn nesting_without_end_is_refused() {
    for (open, times) in [("[", 1_000_000), ("{a: ", 100_000), ("- ", 100_000), ("? ", 100_000)] {
        refused(&Shop::new().file(FACTS, open.repeat(times)), &[], &["E0101", FACTS]);
    }
}

#[test]
fn two_million_values_are_refused() {
    refused(&Shop::new().file(FACTS, "- 1\n".repeat(2_100_000)), &[], &["E0101", "not read"]);
}

#[test]
fn other_ways_of_yaml_to_run_code_or_hide_facts_are_refused() {
    for text in [
        "!!python/object/apply:os.system [id]\n",
        "specimen: !!binary AAAA\n",
        "%TAG ! x\n--- !a\n",
        "a: 1\n---\nb: 2\n",
    ] {
        refused(&Shop::new().file(FACTS, text), &[], &[FACTS]);
    }
}

// ── Sizes and kinds of files ────────────────────────────────────────────────────────────────────

/// A file of zeros that takes no room on the disk.
fn huge(shop: Shop, path: &str, mebibytes: u64) -> Shop {
    let shop = shop.file(path, "");
    File::options().write(true).open(shop.path().join(path)).unwrap().set_len(mebibytes << 20).unwrap();
    shop
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    refused(&huge(Shop::new(), FACTS, 100), &[], &["E0001", FACTS, "larger than 16 MiB"]);
    let shop = huge(Shop::new(), "elsewhere.yaml", 100);
    refused(&shop, &["--results", "elsewhere.yaml"], &["E0001", "`elsewhere.yaml`", "larger than 16 MiB"]);
    refused(&huge(Shop::new(), CERTIFICATE, 17), &[], &["E0001", CERTIFICATE, "larger than 16 MiB"]);
    refused(&huge(Shop::new(), "locales/en/text.ftl", 17), RELEASE, &["E0001", "text.ftl", "larger than 16 MiB"]);
    refused(&huge(Shop::new(), "reports/shared/press.typ", 17), RELEASE, &["E0401", "larger than 16 MiB"]);
    refused(&huge(Shop::new(), "fonts/large.otf", 300), &[], &["E0503", "large.otf", "larger than 256 MiB"]);
    refused(&huge(photographed("a.png"), "reports/a.png", 300), RELEASE, &["E0304", "larger than 256 MiB", FACTS]);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_not_waited_for() {
    let pipe = |shop: Shop, path: &str| {
        let shop = shop.file(path, "");
        fs::remove_file(shop.path().join(path)).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(shop.path().join(path)).status().unwrap().success());
        shop
    };
    refused(&pipe(Shop::new(), FACTS), &[], &["E0001", FACTS, "not a regular file"]);
    refused(&pipe(Shop::new(), "x.yaml"), &["--results", "x.yaml"], &["E0001", "not a regular file"]);
    refused(&Shop::new(), &["--results", "/dev/zero"], &["E0001", "not a regular file"]);
    refused(&pipe(Shop::new(), CERTIFICATE), &[], &["E0001", CERTIFICATE, "not a regular file"]);
    refused(&pipe(Shop::new(), "locales/en/text.ftl"), RELEASE, &["E0001", "text.ftl", "not a regular file"]);
    refused(&pipe(Shop::new(), "fonts/pipe.otf"), &[], &["E0503", "pipe.otf", "not a regular file"]);
    refused(&pipe(photographed("a.png"), "reports/a.png"), RELEASE, &["E0304", "not a regular file"]);
    refused(&pipe(Shop::new(), "reports/shared/press.typ"), RELEASE, &["E0401", "not a regular file"]);
}

// ── What is outside ─────────────────────────────────────────────────────────────────────────────

#[test]
fn a_path_of_the_facts_stays_beside_them() {
    for file in [
        "../secret.png",
        "/etc/secret.png",
        "a/../../secret.png",
        "./../secret.png",
        "..\\secret.png",
        "C:\\a.png",
        "a\0.png",
    ] {
        let shop = photographed(file).file("secret.png", "x");
        let screen = shop.refused(RELEASE);
        assert!(["E0304", "E0103", "E0101"].iter().any(|code| screen.contains(code)), "{file}: {screen}");
        assert!(screen.contains(FACTS), "{file}: {screen}");
        assert_eq!(shop.made(), Vec::<String>::new());
    }
}

#[test]
fn a_name_that_becomes_a_path_is_only_a_name() {
    for id in ["../up", "a/b", "..", "/etc", "con:1", "a b", "é"] {
        let shop = Shop::edited(&[("  - id: beijing", &format!("  - id: {id:?}"))]);
        refused(&shop, &[], &["E0103", "cannot be an identifier", FACTS]);
    }
    let shop = Shop::new().file("reports/so called/city.typ.hbs", "x");
    refused(&shop, &[], &["E0603", "so called"]);
    // A folder of a language is named on the command line: the output stays below its folder.
    refused(&Shop::new(), &["-l", "../en"], &["E0002", "no language `../en`"]);
    refused(&Shop::new(), &["-r", "../certificate"], &["E0002"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_project_is_refused() {
    use std::os::unix::fs::symlink;
    let outside = Shop::new()
        .file("results.yaml", RESULTS)
        .file("city.typ.hbs", "x")
        .file("text.ftl", "a = b\n")
        .file("a.png", PNG)
        .file("a.otf", "x")
        .file("press.typ", "#let release = 1");
    let linked = |shop: Shop, path: &str, to: &str| {
        let path = shop.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(outside.path().join(to), path).unwrap();
        shop
    };
    let leaves = "the link leaves the project";
    refused(&linked(Shop::new(), FACTS, "results.yaml"), &[], &["E0001", FACTS, leaves]);
    refused(&linked(Shop::new(), CERTIFICATE, "city.typ.hbs"), &[], &["E0001", CERTIFICATE, leaves]);
    refused(&linked(Shop::new(), "locales/en/text.ftl", "text.ftl"), RELEASE, &["E0001", "text.ftl", leaves]);
    refused(&linked(Shop::new(), "locales/en", ""), RELEASE, &["E0001", "locales/en", leaves]);
    refused(&linked(photographed("a.png"), "reports/a.png", "a.png"), RELEASE, &["E0304", leaves]);
    refused(&linked(photographed("b/a.png"), "reports/b", ""), RELEASE, &["E0304", leaves]);
    refused(&linked(Shop::new(), "fonts/a.otf", "a.otf"), &[], &["E0503", "a.otf", leaves]);
    refused(&linked(Shop::new(), "reports/shared/press.typ", "press.typ"), RELEASE, &["E0401", leaves]);
    // One that stays inside is a file like any other.
    let shop = Shop::new().file("old.yaml", RESULTS);
    fs::create_dir(shop.path().join("reports")).unwrap();
    symlink("../old.yaml", shop.path().join(FACTS)).unwrap();
    assert_eq!(shop.run(&["-l", "en", "-r", "certificate"]).2, 0);
}

#[test]
fn a_template_reads_the_project_and_nothing_else() {
    let absolute = fs::canonicalize("Cargo.toml").unwrap().display().to_string();
    for typst in [
        "#read(\"/etc/passwd\")",
        "#read(\"../../../../../../etc/passwd\")",
        "#read(\"/../Cargo.toml\")",
        &format!("#read({absolute:?})"),
        "#import \"@preview/cetz:0.3.0\"",
        "#import \"@local/x:1.0.0\"",
        "#image(\"https://example.org/a.png\")",
        "#read(\"/locales/en/text.ftl\")",
        "#sys.inputs.at(\"HOME\")",
    ] {
        let shop = Shop::new().file(CERTIFICATE, format!("#set document(title: \"x\")\n{{{{city.name}}}}\n{typst}\n"));
        refused(&shop, &["-l", "en", "-r", "certificate"], &["E0401", "city.typ.hbs:3"]);
    }
}

#[test]
fn a_partial_that_calls_itself_is_refused() {
    let shop = Shop::new().file(CERTIFICATE, "{{> shared/a}}").file("reports/shared/a.typ.hbs", "{{> shared/a}}");
    refused(&shop, &["-l", "en", "-r", "certificate"], &["E0301", "a.typ.hbs:1:1", "calls itself"]);
    let shop = Shop::new()
        .file("reports/shared/a.typ.hbs", "{{#if city}}{{> shared/b}}{{/if}}")
        .file("reports/shared/b.typ.hbs", "{{> shared/a}}");
    refused(&shop, &["-l", "en", "-r", "certificate"], &["E0301", "`shared/a` calls itself"]);
    for dynamic in
        ["{{> (lookup city \"name\")}}", "{{> @partial-block}}", "{{#> shared/a}}{{{city.name}}}{{/shared/a}}"]
    {
        refused(&Shop::new().file(CERTIFICATE, dynamic), &["-l", "en", "-r", "certificate"], &["E0301", CERTIFICATE]);
    }
    let deep = "{{#if city}}".repeat(5000) + &"{{/if}}".repeat(5000);
    refused(&Shop::new().file(CERTIFICATE, deep), &["-l", "en", "-r", "certificate"], &["E0301", CERTIFICATE]);
    let deep = format!("{{{{t {}}}}}", "(t ".repeat(5000));
    refused(&Shop::new().file(CERTIFICATE, deep), &["-l", "en", "-r", "certificate"], &["E0301", CERTIFICATE]);
    let deep = format!("#set document(title: \"x\")\n{{{{city.name}}}}\n#{}", "(".repeat(20_000));
    refused(&Shop::new().file(CERTIFICATE, deep), &["-l", "en", "-r", "certificate"], &["E0401", CERTIFICATE]);
}

// ── Characters ──────────────────────────────────────────────────────────────────────────────────

#[test]
fn other_bytes_than_utf_8_are_told_with_their_line() {
    let latin = [RESULTS.as_bytes(), b"# caf\xe9\n"].concat();
    let line = RESULTS.lines().count() + 1;
    refused(&Shop::new().file(FACTS, latin), &[], &["E0001", FACTS, &format!("invalid bytes in line {line}")]);
    refused(&Shop::new().file(CERTIFICATE, b"a\n\xff"), &[], &["E0001", CERTIFICATE, "line 2"]);
    refused(&Shop::new().file("locales/en/text.ftl", b"a = \xc3\n"), RELEASE, &["E0001", "text.ftl", "line 1"]);
    let utf_16: Vec<u8> = RESULTS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&Shop::new().file(FACTS, [&[0xff, 0xfe][..], &utf_16].concat()), &[], &["E0001", "save the file as UTF-8"]);
}

#[test]
fn characters_that_mean_nothing_or_turn_the_page_round_are_refused() {
    for name in ["Bei\0jing", "Bei\u{7}jing", "Bei\u{1b}[31mjing", "Bei\u{85}jing", "Bei\u{fdd0}jing"] {
        refused(&named(name), RELEASE, &["E0103", "no meaning on a page", FACTS]);
    }
    // Behind an open override the whole sentence would run from right to left.
    for turned in ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}'] {
        refused(&named(&format!("Bei{turned}jing")), RELEASE, &["E0103", FACTS]);
    }
    for open in ["Bei\u{2067}jing", "Bei\u{2069}jing", "\u{2066}Bei\u{2068}jing\u{2069}"] {
        refused(&named(open), RELEASE, &["E0103", "direction", FACTS]);
    }
    assert_eq!(named("Bei\u{2068}jing\u{2069}").run(RELEASE).2, 0);
    refused(&Shop::new().file("locales/en/text.ftl", "a = b\u{202e}c\n"), RELEASE, &["E0201", "text.ftl"]);
    refused(&Shop::new().file(FACTS, format!("a: b\0\n{RESULTS}")), &[], &[FACTS]);
}

#[test]
fn floods_of_characters_are_refused_or_printed_soon() {
    refused(&named(&format!("Be{}ijing", "\u{301}".repeat(10_000))), RELEASE, &["E0103", FACTS]);
    refused(&named(&format!("Be{}ijing", "\u{301}".repeat(9_000))), RELEASE, &["E0103", "30 marks", FACTS]);
    refused(&named(&"Beijing ".repeat(2_000)), RELEASE, &["E0103", "10000 characters", FACTS]);
    // Thirty marks are more than any writing has, and are set.
    assert_eq!(named(&format!("Be{}ijing", "\u{301}".repeat(30))).run(RELEASE).2, 0);
    for unseen in ["\u{200b}", "\u{200d}", "\u{2060}", "\u{ad}", "\u{feff}", "\u{34f}"] {
        let (_, screen, code) = named(&format!("Bei{}jing", unseen.repeat(5_000))).run(RELEASE);
        assert!(
            code == 0 || screen.contains("E0501") || screen.contains("E0402"),
            "U+{:04X}: {screen}",
            u32::from(unseen.chars().next().unwrap())
        );
    }
    let (_, screen, code) = named(&"Beijing ".repeat(1_000)).run(RELEASE);
    assert!(code == 0 || screen.contains("error["), "{screen}");
}

// ── Pictures ────────────────────────────────────────────────────────────────────────────────────

/// One pixel.
const PNG: &[u8] = include_bytes!("hostile/pixel.png");

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\"><rect width=\"9\" height=\"9\"/>{inside}</svg>"
    )
}

#[test]
fn a_picture_that_unfolds_without_measure_is_not_decoded() {
    // 60 000 by 60 000 pixels are 14 gibibytes.
    let mut bomb = PNG.to_vec();
    bomb[16..24].copy_from_slice(b"\0\0\xea\x60\0\0\xea\x60");
    // The checksum of the header covers its type and its thirteen bytes (PNG, 5.3).
    let mut checksum = flate2::Crc::new();
    checksum.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    let words = ["E0304", FACTS, "60000 × 60000 pixels"];
    refused(&with_photo("a.png", &bomb), RELEASE, &words);
    // Whatever it is called.
    refused(&with_photo("a.jpg", &bomb), RELEASE, &words);
    let base64 = base64::engine::general_purpose::STANDARD.encode(&bomb);
    let inside = svg(&format!("<image width=\"9\" height=\"9\" href=\"data:image/png;base64,{base64}\"/>"));
    refused(&with_photo("a.svg", inside.as_bytes()), RELEASE, &words);
    refused(&with_photo("a.svg", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"), RELEASE, &["E0304", "compressed"]);
    // A style module or a template that draws it without the helper gets it no more.
    let template = "#set document(title: \"x\")\n{{city.name}}\n#image(\"/assets/a.png\", alt: \"a\")";
    let shop = with_photo("a.png", &bomb).file(CERTIFICATE, template);
    refused(&shop, &["-l", "en", "-r", "certificate"], &["E0401", "60000 pixels", "city.typ.hbs:3"]);
}

#[test]
fn a_picture_that_is_broken_is_told_with_its_place() {
    for (file, bytes) in [
        ("a.png", &PNG[..40]),
        ("a.png", b"".as_slice()),
        ("a.png", b"GIF89a"),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.gif", b"a text"),
        ("a.svg", b"<svg"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"1e99\"/>"),
    ] {
        refused(&with_photo(file, bytes), RELEASE, &["error[E0", FACTS, &format!("file: \"{file}\"")]);
    }
}

#[test]
fn an_svg_that_asks_for_other_files_is_refused() {
    for inside in [
        "<image href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>",
        "<image xlink:href='/etc/passwd' width='9' height='9'/>",
        "<image href = \"../results.yaml\" width=\"9\" height=\"9\"/>",
        "<image href=\"http://example.org/a.png\" width=\"9\" height=\"9\"/>",
        "<image href=\"&#102;ile:///etc/passwd\" width=\"9\" height=\"9\"/>",
        "<use href=\"other.svg#a\"/>",
        "<filter id=\"f\"><feImage href=\"//example.org/a.png\"/></filter>",
        "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\" width=\"9\" height=\"9\"/>",
    ] {
        refused(&with_photo("a.svg", svg(inside).as_bytes()), RELEASE, &["E0304", FACTS, "a.svg"]);
    }
    let entity = format!("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}", svg("<text>&x;</text>"));
    refused(&with_photo("a.svg", entity.as_bytes()), RELEASE, &["E0304", "entities"]);
    // What it holds itself is drawn, and a link for readers draws nothing.
    let fine = svg(
        "<defs><rect id=\"r\" width=\"9\" height=\"9\"/></defs><use href=\"#r\"/><a href=\"https://example.org/\"><rect width=\"9\" height=\"9\"/></a>",
    );
    let (_, screen, code) = with_photo("a.svg", fine.as_bytes()).run(RELEASE);
    assert_eq!(code, 0, "{screen}");
}

// ── Typefaces ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_font_that_is_none_is_told_by_its_name() {
    let whole = a_font();
    for (file, bytes) in [
        ("fonts/empty.ttf", b"".as_slice()),
        ("fonts/text.otf", b"not a font"),
        ("fonts/cut.otf", &whole[..1000]),
        ("fonts/zeros.ttc", &[0; 4096]),
    ] {
        refused(&Shop::new().file(file, bytes), &[], &["E0503", file]);
    }
}

/// A typeface of the program.
fn a_font() -> Vec<u8> {
    let mut fonts: Vec<_> = fs::read_dir("fonts").unwrap().map(|entry| entry.unwrap().path()).collect();
    fonts.retain(|path| path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n == "SourceSerif4-Regular.ttf"));
    fs::read(&fonts[0]).unwrap()
}

#[test]
fn a_font_with_damaged_tables_is_refused() {
    let whole = a_font();
    let name = Path::new("fonts").join("SourceSerif4-Regular.ttf");
    for step in 0..12 {
        let mut bytes = whole.clone();
        // The directory of tables stands first: each round spoils other parts of it and of what it leads to.
        let length = bytes.len();
        for at in (12 + step * 5..length).step_by(length / 40) {
            bytes[at] ^= 0xff;
        }
        let shop = Shop::new().file(name.to_str().unwrap(), bytes);
        refused(&shop, &["-l", "en", "-r", "certificate"], &["E0503", "SourceSerif4-Regular.ttf"]);
    }
}
