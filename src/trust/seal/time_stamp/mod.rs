//! Time stamps: an authority confirms that a seal existed at a moment (RFC 3161, RFC 5816).
//!
//! - [`request`]: the request to the server of an authority, and its response
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
    /// Requests a time stamp for a message with the SHA-256 `imprint`. Returns the verified token, in DER and decoded.
    fn stamp(&self, imprint: &[u8; 32]) -> Result<(Vec<u8>, Token)>;
}
