//! Replays the corpus of the fuzz targets without the fuzzing engine (fuzz/README.md), and compares what comes of each
//! input.

use std::fs;

use snapbox::{IntoData, assert_data_eq, str};

#[path = "../../../fuzz/bodies.rs"]
mod bodies;

/// Runs a target on each file of its corpus: the names with their results, one per line.
fn replay(target: &str, body: impl Fn(&[u8]) -> String) -> String {
    let files = fs::read_dir(format!("fuzz/corpus/{target}")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.collect();
    files.sort();
    let mut results = String::new();
    for path in files {
        // If the target panics, the last line says on which input.
        eprintln!("{}", path.display());
        let name = path.file_name().unwrap().to_str().unwrap();
        results += &format!("{name}: {}\n", body(&fs::read(&path).unwrap()));
    }
    results
}

const NOT_UTF_8: &str = "not UTF-8";

#[test]
fn results_of_the_corpus_are_read_or_rejected() {
    let results = replay("yaml", |bytes| match bodies::yaml(bytes) {
        Some((cities, codes)) if codes.is_empty() => format!("the cities {}", cities.join(", ")),
        Some((_, codes)) => codes.join(" "),
        None => NOT_UTF_8.to_owned(),
    });
    assert_data_eq!(
        results,
        str![[r#"
alias: E0104 E0104 E0104 E0104 E0104 E0104 E0102 E0102
block-scalars: E0104 E0104 E0104 E0104 E0104 E0104 E0103
carriage-returns-and-bom: the cities a, b
combining-marks: E0104 E0104 E0104 E0104 E0104 E0104 E0103
dates: E0103 E0103 E0103 E0103
duplicate-keys: E0105
example-edition: the cities beijing
languages: the cities port-azure, lumen, kestrel-bay
merge-keys: E0104 E0104 E0104 E0104 E0104 E0102 E0104 E0104
mistakes: E0101
nested: E0101
not-utf-8: not UTF-8
numbers: E0104 E0104 E0104 E0104 E0104 E0104 E0104 E0104 E0103
small-and-right: the cities a, b

"#]]
        .into_data()
        .raw()
    );
}

#[test]
fn templates_of_the_corpus_are_rendered_or_rejected() {
    let show = |rendered: Result<String, bodies::Codes>| match rendered {
        Ok(source) if source.len() < 100 => format!("{source:?}"),
        Ok(source) => format!("{} lines", source.lines().count()),
        Err(codes) => codes.join(" "),
    };
    let results = replay("template", |bytes| match bodies::template(bytes) {
        Some(rendered) => rendered.into_iter().map(show).collect::<Vec<_>>().join(" | "),
        None => NOT_UTF_8.to_owned(),
    });
    assert_data_eq!(
        results,
        str![[r##"
blocks: E0202 | E0303
calls-itself: E0301
certificate: E0202 | E0302
chinese-and-typst-code: "#let 名 = [#\"Beijing\";]\n#名 {{city.name}} \\#\"Beijing\"; // #\"beijing\";\n" | E0302
comments: E0301
frame: 11 lines | 11 lines
helpers: E0202 | E0301
literal-values: "#\"Specimen — not an official document\"; \"Specimen — not an official document\" #\"beijing\";" | E0301
partial-blocks: E0301
press-release: E0202 | E0202
raw-html: E0301
unclosed: E0301
whitespace-control: "#\"Beijing\";" | "none"

"##]]
        .into_data()
        .raw()
    );
}

#[test]
fn texts_of_the_corpus_are_escaped() {
    let results = replay("escape", |bytes| match bodies::escape(bytes) {
        Some(text) if text.len() < 100 => format!("{text:?}"),
        Some(text) => format!("{} characters", text.chars().count()),
        None => "not UTF-8, or with a forbidden character".to_owned(),
    });
    assert_data_eq!(
        results,
        str![[r##"
addresses: "https://example.org/a_b?c=*d*#e mailto:x@example.org // comment"
backslashes-and-quotes: "\\\\ \\\" \\u{0} \"a\\\" 'b' ``` $ \\n"
beyond-the-bmp: "𠮷 👩\u{200d}👩\u{200d}👧 e\u{301} 🇫🇷"
braces: "{{city}} {{{x}}} { $x } { NAME() }"
chinese: "数字经济“引号”——… GDP 二"
directional-isolates: "a \u{2067}b\u{2069} \u{200f}(c) \u{61c}d"
headings-and-lists: "= a - b + c / d: e 1. f"
line-ends: not UTF-8, or with a forbidden character
markup: "#read(\"x\") *b* _i_ \\ $1$ `raw` <label> @ref // /* */ = - + / ~ -- ... \"q\" \\u{41}"
naughty: 19754 characters

"##]]
        .into_data()
        .raw()
    );
}

#[test]
fn records_of_the_corpus_are_read_or_rejected() {
    let results = replay("records", |bytes| match bodies::records(bytes) {
        Some((cities, codes)) if codes.is_empty() => format!("the cities {}", cities.join(", ")),
        Some((_, codes)) => codes.join(" "),
        None => "empty".to_owned(),
    });
    assert_data_eq!(
        results,
        str![[r#"
carriage-returns: E0103
comma: the cities port
json-escapes: E0105
json-lines: E0101
semicolons-and-quotes: E0102
tabs: the cities port
yaml-stream: E0103

"#]]
        .into_data()
        .raw()
    );
}

#[test]
fn pictures_of_the_corpus_are_usable_or_refused() {
    let results = replay("picture", |bytes| bodies::picture(bytes).unwrap_or_else(|| "usable".to_owned()));
    assert_data_eq!(
        results,
        str![[r#"
png: usable
png-too-large: it has 60000 × 60000 pixels; the limit is 128 million
png-with-large-profile: its colour profile is larger than 16 MiB
png-with-profile: usable
svg: usable
svg-with-entity: it declares entities: save it as plain SVG
svg-with-escaped-data: usable
svg-with-prefix: it refers to another file, `results.yaml`: embed the picture instead

"#]]
        .into_data()
        .raw()
    );
}

#[test]
fn manifests_of_the_corpus_are_read_line_by_line() {
    let results = replay("manifest", |bytes| match bodies::manifest(bytes) {
        Some(entries) => format!("{entries} entries"),
        None => NOT_UTF_8.to_owned(),
    });
    assert_data_eq!(
        results,
        str![[r#"
built-and-failed: 2 entries
half-a-line: 0 entries
of-an-earlier-version: 1 entries

"#]]
        .into_data()
        .raw()
    );
}

#[test]
fn finished_documents_of_the_corpus_are_read_or_rejected() {
    let results = replay("audit", |bytes| match bodies::audit(bytes) {
        Some(pages) => format!("{pages} pages"),
        None => "not a PDF".to_owned(),
    });
    assert_data_eq!(
        results,
        str![[r#"
certificate: 1 pages
cut-short: not a PDF
no-pdf: not a PDF

"#]]
        .into_data()
        .raw()
    );
}

#[test]
fn what_is_checked_is_genuine_or_not() {
    let results = replay("verify", |bytes| {
        let words: Vec<String> = bodies::verify(bytes).into_iter().map(|status| status.word()).collect();
        words.join(" ")
    });
    assert_data_eq!(
        results,
        str![[r#"
address: genuine
address-cut-short: altered
address-unsigned: unsigned
certificate: genuine
certificate-credential-changed: altered
certificate-cut-short: unreadable
credential: genuine
credential-changed: altered
nothing: unreadable
scan-jpeg: genuine
scan-png: genuine
status-list: unreadable

"#]]
        .into_data()
        .raw()
    );
}
