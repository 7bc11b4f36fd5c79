//! YAML that exhausts memory, runs code or hides facts.

use super::assert_refused;
use crate::support::{ProjectDir, RESULTS_FILE};

#[test]
fn aliases_that_expand_exponentially_are_refused() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in "bcdefghijkl".chars().zip("abcdefghijk".chars()) {
        bomb += &format!("{name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n");
    }
    assert_refused(&ProjectDir::new().file(RESULTS_FILE, bomb), &[], &["E0101", RESULTS_FILE]);
    assert_refused(&ProjectDir::new().file(RESULTS_FILE, "a: &a [*a]\n"), &[], &["E0101", RESULTS_FILE]);
}

#[test]
fn very_deep_nesting_is_refused() {
    for (open, times) in [("[", 1_000_000), ("{a: ", 100_000), ("- ", 100_000), ("? ", 100_000)] {
        assert_refused(&ProjectDir::new().file(RESULTS_FILE, open.repeat(times)), &[], &["E0101", RESULTS_FILE]);
    }
}

#[test]
fn more_than_two_million_values_are_refused() {
    assert_refused(
        &ProjectDir::new().file(RESULTS_FILE, "- 1\n".repeat(2_100_000)),
        &[],
        &["E0101", "exceeds a limit"],
    );
}

#[test]
fn tags_directives_and_second_documents_are_refused() {
    for text in [
        "!!python/object/apply:os.system [id]\n",
        "specimen: !!binary AAAA\n",
        "%TAG ! x\n--- !a\n",
        "a: 1\n---\nb: 2\n",
    ] {
        assert_refused(&ProjectDir::new().file(RESULTS_FILE, text), &[], &[RESULTS_FILE]);
    }
}
