//! The corpus of the fuzz targets once more, without their engine (see fuzz/README.md).

#[path = "../../../fuzz/bodies.rs"]
mod bodies;
use typst::syntax;

fn replay(target: &str, body: fn(&[u8])) {
    let folder = std::path::Path::new("fuzz/corpus").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // A panic is told with the file's name before it.
        eprintln!("{}", path.display());
        body(&std::fs::read(path).unwrap());
        count += 1;
    }
    assert!(count > 2, "{target} has {count} inputs");
}

#[test]
fn the_reader_of_facts_takes_its_corpus() {
    replay("yaml", bodies::yaml);
}

#[test]
fn the_template_engine_takes_its_corpus() {
    replay("template", bodies::template);
}

#[test]
fn the_escaping_takes_its_corpus() {
    replay("escape", bodies::escape);
}
