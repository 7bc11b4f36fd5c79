//! Replays the corpus of the fuzz targets without the fuzzing engine (fuzz/README.md), and asserts what the inputs
//! yield.

use std::collections::BTreeMap;
use std::fs;

use gen_report::diagnostic::SourceFile;
use gen_report::results::read_results;

#[path = "../../../fuzz/bodies.rs"]
mod bodies;

/// Runs a target on each file of its corpus, which must include the named ones.
fn replay(target: &str, body: fn(&[u8]), names: &[&str]) {
    let inputs = corpus(target);
    for name in names {
        assert!(inputs.contains_key(*name), "fuzz/corpus/{target}/{name} is missing");
    }
    for (name, bytes) in inputs {
        // If the target panics, the last line says on which input.
        eprintln!("fuzz/corpus/{target}/{name}");
        body(&bytes);
    }
}

fn corpus(target: &str) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(format!("fuzz/corpus/{target}")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
}
