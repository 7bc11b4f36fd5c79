//! Hashes that show whether something has changed. `build.rs` compiles this file too, so that an embedded file and its
//! copy on disk have the same hash.

use sha2::{Digest, Sha256};

/// The first 128 bits of a SHA-256.
pub type Hash128 = [u8; 16];

pub fn hash(bytes: impl AsRef<[u8]>) -> Hash128 {
    truncate_hash(Sha256::new_with_prefix(bytes))
}

/// Returns the first 128 bits of the hasher's result.
pub fn truncate_hash(hasher: Sha256) -> Hash128 {
    let mut half = [0; 16];
    half.copy_from_slice(&hasher.finalize()[..16]);
    half
}

/// Formats bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
