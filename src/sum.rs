//! Sums that tell whether something is still the same.

use sha2::{Digest, Sha256};

/// The first half of a SHA-256.
pub type Sum = [u8; 16];

pub fn sum(bytes: impl AsRef<[u8]>) -> Sum {
    finish(Sha256::new_with_prefix(bytes))
}

pub fn finish(whole: Sha256) -> Sum {
    let mut half = [0; 16];
    half.copy_from_slice(&whole.finalize()[..16]);
    half
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
