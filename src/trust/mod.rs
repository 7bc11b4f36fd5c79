//! Signed codes: the QR code of a certificate contains what the certificate states, signed with the key of its issuer, so
//! that anyone who has the issuer's public keys can check it without a network.
//!
//! - [`hardware`]: keys on smart cards and in security modules
//! - [`secrets`]: who knows the passwords and PINs of keys
//! - [`key`]: the issuer's secret key, and the file that contains it
//! - [`key_files`]: the files of all keys of an issuer
//! - [`key_set`]: the public keys, as the issuer publishes them
//! - [`claim`]: what a code states
//! - [`code`]: a claim with its signature, as a web address
//! - [`credential`]: a claim for wallets and programs, as a signed token
//! - [`attached`]: the credentials in a PDF, and whether they agree with its code
//! - [`site`]: where an issuer publishes its keys and its status list
//! - [`status_list`]: which certificates were withdrawn, as the issuer publishes it
//! - [`jwt`]: JSON Web Tokens, in which credentials and status lists are signed
//! - [`picture`]: the QR codes on pictures and on drawn pages
//! - [`printed`]: whether a page prints what its code states
//! - [`seal`]: the digital signature of a whole PDF
//! - [`verify`]: the check of documents, pictures and texts
//! - [`validity`]: whether a genuine certificate is still valid

mod attached;
pub mod claim;
pub mod code;
pub mod credential;
pub mod hardware;
mod jwt;
pub mod key;
pub mod key_files;
pub mod key_set;
mod picture;
mod printed;
mod public_file;
pub mod seal;
pub mod secrets;
pub mod site;
pub mod status_list;
mod validity;
pub mod verify;

pub use claim::Claim;
pub use key::Signer;
pub use key_files::KeyFiles;
pub use key_set::KeySet;
pub use public_file::write_public_file;
pub use seal::Seal;
pub use secrets::Secrets;
pub use site::Site;
pub use status_list::StatusList;
pub use verify::{Finding, Status, verify};
