//! The results file read a second time, by a reader that shares no code with ours.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use gen_report::diagnostic::SourceFile;
use gen_report::results::{decimal, load};

#[test]
fn two_readers_see_the_same_figures() {
    let text = include_str!("../reports/results.yaml");
    let ours = load(&SourceFile::new("results.yaml", text)).unwrap();
    let theirs: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    let figures = &ours.cities[0].figures;
    let listed = theirs["cities"][0]["figures"].as_mapping().unwrap();
    assert_eq!(figures.len(), listed.len());
    for (id, figure) in figures {
        let written = match &listed[id.as_str()]["value"] {
            serde_yaml::Value::String(text) => text.clone(),
            number => serde_yaml::to_string(number).unwrap().trim().to_owned(),
        };
        assert_eq!(Some(&figure.value), decimal(&written).as_ref(), "{id}");
        assert_eq!(Some(figure.unit.as_str()), listed[id.as_str()]["unit"].as_str());
    }
}
