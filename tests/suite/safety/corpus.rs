//! Replays the corpus of the fuzz targets without the fuzzing engine (fuzz/README.md), and compares what comes of each
//! input.

use std::fs;

use snapbox::{assert_data_eq, str};

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
    assert_data_eq!(results, str![]);
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
    assert_data_eq!(results, str![]);
}

#[test]
fn texts_of_the_corpus_are_escaped() {
    let results = replay("escape", |bytes| match bodies::escape(bytes) {
        Some(text) if text.len() < 100 => format!("{text:?}"),
        Some(text) => format!("{} characters", text.chars().count()),
        None => "not UTF-8, or with a forbidden character".to_owned(),
    });
    assert_data_eq!(results, str![]);
}
