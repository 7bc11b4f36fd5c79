//! What reads the words of others, from the same files as gen-report itself.

#[path = "../src/diagnostic/mod.rs"]
pub mod diagnostic;
#[path = "../src/document.rs"]
pub mod document;
#[path = "../src/hash.rs"]
pub mod hash;
#[path = "../src/locale/mod.rs"]
pub mod locale;
/// Readers of finished documents.
pub mod pdf {
    #[path = "../../src/pdf/matrix.rs"]
    mod matrix;
    #[path = "../../src/pdf/text.rs"]
    pub mod text;
}
#[path = "../src/project/mod.rs"]
pub mod project;
#[path = "../src/results/mod.rs"]
pub mod results;
#[path = "../src/template/mod.rs"]
pub mod template;
/// The lines of the journals of a run.
pub mod run {
    pub mod manifest {
        #[path = "../../../src/run/manifest/entry.rs"]
        mod entry;
        pub use entry::*;
    }
}
/// Names of documents.
pub mod store {
    #[path = "../../src/store/key.rs"]
    mod key;
    pub use key::Key;
}
