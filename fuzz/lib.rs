//! What reads the words of others, from the same files as gen-report itself.

#[path = "../src/clock.rs"]
pub mod clock;
#[path = "../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../src/document.rs"]
pub mod document;
#[path = "../src/hash.rs"]
pub mod hash;
#[path = "../src/locale/mod.rs"]
pub mod locale;
/// Readers of finished documents.
#[path = "../src/pdf"]
pub mod pdf {
    pub mod attachments;
    pub mod draw;
    pub mod form_xobject;
    pub mod matrix;
    pub mod objects;
    pub mod qr_modules;
    pub mod sign;
    pub mod splice;
    pub mod svg;
    pub mod text;
    pub mod time_stamp;
}
#[path = "../src/panic.rs"]
pub mod panic;
#[path = "../src/project/mod.rs"]
pub mod project;
#[path = "../src/results/mod.rs"]
pub mod results;
#[path = "../src/template/mod.rs"]
pub mod template;
#[path = "../src/trust/mod.rs"]
pub mod trust;
#[path = "../src/store/key.rs"]
mod key;
#[path = "../src/run/manifest/entry.rs"]
pub mod manifest;

// By the paths that they have in the crate.
pub mod run {
    pub use crate::manifest;
}
pub mod store {
    pub use crate::key::Key;
}
