//! Who knows the passwords and PINs of keys.

use std::path::Path;

use zeroize::Zeroizing;

use super::hardware::KeyUri;
use crate::diagnostic::Result;

/// Gives the secrets that open keys: it may ask somebody.
pub trait Secrets {
    /// Returns the password of the keys beside a key file.
    fn password(&self, path: &Path) -> Result<Zeroizing<String>>;

    /// Returns the PIN of the token with a key.
    fn pin(&self, uri: &KeyUri) -> Result<Zeroizing<String>>;
}
