//! What reads the words of others, from the same files as gen-report itself.

#[path = "../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../src/hash.rs"]
pub mod hash;
#[path = "../src/locale/mod.rs"]
pub mod locale;
#[path = "../src/project/mod.rs"]
pub mod project;
#[path = "../src/results/mod.rs"]
pub mod results;
#[path = "../src/template/mod.rs"]
pub mod template;
