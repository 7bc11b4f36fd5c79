//! Time stamps: an authority confirms that a seal existed at a moment (RFC 3161, RFC 5816).
//!
//! - [`request`]: the question to the server of an authority, and its answer
//! - [`token`]: what an authority has signed
//! - [`server`]: a server that is asked over HTTP

pub mod request;
#[cfg(feature = "cloud")]
pub mod server;
pub mod token;

pub use token::Token;

use crate::diagnostic::Result;

/// Gives time stamps. It is called from many threads.
pub trait TimeStampAuthority: Send + Sync {
    /// Returns a token in DER that confirms that a message with the SHA-256 `imprint` exists now, with what it says; it has been
    /// checked.
    fn stamp(&self, imprint: &[u8; 32]) -> Result<(Vec<u8>, Token)>;
}
