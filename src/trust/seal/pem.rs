//! Files of certificates and revocation lists, in PEM.

use std::path::Path;

use super::ValidationData;
use super::certificate::read_pem;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::{read_regular, reason};

/// The largest file with certificates that is read, in bytes.
pub(in crate::trust) const MAX_CERTIFICATES: u64 = 1 << 20;

/// The largest file with certificates and revocation lists that is read, in bytes.
const MAX_VALIDATION_DATA: u64 = 16 << 20;

/// Reads the certificates in a PEM file, each in DER.
pub fn read_certificates(path: &Path) -> Result<Vec<Vec<u8>>> {
    parse_certificates(path, &read_certificate_file(path, MAX_CERTIFICATES)?)
}

/// Reads the certificates and revocation lists in a PEM file.
pub fn read_validation_data(path: &Path) -> Result<ValidationData> {
    let bytes = read_certificate_file(path, MAX_VALIDATION_DATA)?;
    std::str::from_utf8(&bytes)
        .ok()
        .and_then(ValidationData::from_pem)
        .ok_or_else(|| unusable(path, "has no certificate in PEM, or something in it is damaged"))
}

pub(in crate::trust) fn read_certificate_file(path: &Path, limit: u64) -> Result<Vec<u8>> {
    read_regular(path, limit).map_err(|error| unusable(path, &format!("cannot be read: {}", reason(&error))))
}

/// Returns the certificates in the bytes of a PEM file, each in DER.
pub(in crate::trust) fn parse_certificates(path: &Path, bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let found = std::str::from_utf8(bytes).ok().and_then(read_pem);
    found.ok_or_else(|| unusable(path, "has no certificate in PEM, or a damaged one"))
}

pub(in crate::trust) fn unusable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error(code::CERTIFICATE, format!("the file of certificates `{}` {why}", path.display()))
        .help("name a text file with `-----BEGIN CERTIFICATE-----`")
}
