#![no_main]

#[path = "../bodies.rs"]
mod bodies;
use typst_syntax as syntax;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drop(bodies::verify(bytes)));
