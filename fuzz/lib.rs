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
#[path = "../src/pdf"]
pub mod pdf {
    mod matrix;
    pub mod text;
}
#[path = "../src/project/mod.rs"]
pub mod project;
#[path = "../src/results/mod.rs"]
pub mod results;
#[path = "../src/template/mod.rs"]
pub mod template;
/// What templates sign codes with.
#[path = "../src/trust"]
pub mod trust {
    pub mod claim;
    pub mod code;
    pub mod credential;
    pub mod key;
    /// An empty key set: the targets read no credentials.
    pub mod key_set {
        #[derive(Default)]
        pub struct KeySet;

        impl KeySet {
            pub fn with_id(&self, _: &str) -> Option<&super::key::PublicKey> {
                None
            }
        }
    }
    mod token;
    pub use claim::Claim;
    pub use key::Signer;
}
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
