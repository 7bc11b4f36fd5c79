//! Keys in hardware: smart cards, USB tokens and security modules, which sign without giving the key away (PKCS#11).
//!
//! - [`uri`]: the address of a key
//! - `module`: the key behind an address, with the feature `hardware-keys`

#[cfg(feature = "hardware-keys")]
mod module;
pub mod uri;

#[cfg(feature = "hardware-keys")]
pub use module::HardwareKey;
pub use uri::KeyUri;

/// How a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HardwareMechanism {
    /// ECDSA on P-256 with SHA-256. The signature consists of two numbers of 32 bytes.
    EcdsaSha256,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RsaSha256,
    /// Ed25519, without a hash before it.
    Ed25519,
}

#[cfg(not(feature = "hardware-keys"))]
pub use without::HardwareKey;

#[cfg(not(feature = "hardware-keys"))]
mod without {
    use zeroize::Zeroizing;

    use super::{HardwareMechanism, KeyUri};
    use crate::diagnostic::{Diagnostic, Result, code};

    /// A key that this program cannot use.
    pub enum HardwareKey {}

    impl HardwareKey {
        pub fn open(uri: &KeyUri, _pin: impl FnOnce() -> Result<Zeroizing<String>>) -> Result<Self> {
            let message = format!("this program cannot use keys in hardware, such as `{}`", uri.name());
            Err(Diagnostic::error(code::KEY, message).help("build it with the feature `hardware-keys`"))
        }

        /// No process without the feature has found a key, and so none sends one to its workers.
        pub fn open_later(_uri: KeyUri, _pin: Zeroizing<String>, _public: Vec<u8>) -> Option<Self> {
            None
        }

        pub fn uri(&self) -> &KeyUri {
            match *self {}
        }

        pub fn pin(&self) -> &str {
            match *self {}
        }

        pub fn public_key(&self) -> &[u8] {
            match *self {}
        }

        pub fn sign(&self, _mechanism: HardwareMechanism, _message: &[u8]) -> Result<Vec<u8>> {
            match *self {}
        }
    }
}
