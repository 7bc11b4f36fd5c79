//! What reads the words of others, from the same files as gen-report itself.

#[path = "../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../src/locale/mod.rs"]
pub mod locale;
#[path = "../src/picture.rs"]
mod picture;
#[path = "../src/project.rs"]
pub mod project;
#[path = "../src/results/mod.rs"]
pub mod results;
#[path = "../src/sum.rs"]
pub mod sum;
#[path = "../src/template/mod.rs"]
pub mod template;
