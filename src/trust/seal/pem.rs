//! Files of certificates, and of what shows that they are not revoked.

use std::path::{Path, PathBuf};

use super::ValidationData;
use super::certificate::{self, find_blocks, read_pem};
use super::validation::ValidationPart;
use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::project::{read_regular, reason};

/// The largest file with certificates that is read, in bytes.
pub(in crate::trust) const MAX_CERTIFICATE_FILE: u64 = 1 << 20;

/// The largest file with validation data that is read, in bytes.
const MAX_VALIDATION_DATA: u64 = 16 << 20;

/// Reads the certificates in a PEM file, each in DER.
pub fn read_certificates(path: &Path) -> Result<Vec<Vec<u8>>> {
    parse_certificates(path, &read_certificate_file(path, MAX_CERTIFICATE_FILE)?)
}

/// Reads files with certificates, revocation lists and OCSP responses: each in PEM, or one of these in DER.
pub fn read_validation_data(paths: &[PathBuf]) -> Result<ValidationData> {
    let mut data = ValidationData::default();
    for path in paths {
        let bytes = read_certificate_file(path, MAX_VALIDATION_DATA)?;
        match std::str::from_utf8(&bytes) {
            Ok(text) if text.contains("-----BEGIN ") => add_pem(&mut data, path, text)?,
            _ => add_der(&mut data, path, bytes)?,
        }
    }
    if data.certificates.is_empty() {
        let help = "name a file with those of all authorities, up to the roots (`-----BEGIN CERTIFICATE-----`)";
        let message = "the files of `--validation-data` have no certificate";
        return Err(Diagnostic::error(code::CERTIFICATE, message).help(help));
    }
    Ok(data)
}

/// Adds what a text in PEM has.
fn add_pem(data: &mut ValidationData, path: &Path, text: &str) -> Result<()> {
    let file = SourceFile::new(path.display().to_string(), text);
    for kind in ValidationPart::ALL {
        for (start, der) in find_blocks(text, kind.label()) {
            let (line, column) = file.line_column(start);
            let added = match der {
                Some(der) => data.add(kind, der, format!("{}:{line}", path.display())),
                None => Err("is damaged".to_owned()),
            };
            added.map_err(|why| unusable_part(kind, &why).place(Place::at(&file, line, column)))?;
        }
    }
    Ok(())
}

/// Adds the only part in a file in DER.
fn add_der(data: &mut ValidationData, path: &Path, der: Vec<u8>) -> Result<()> {
    let place = || path.display().to_string();
    let Some(kind) = ValidationPart::of_der(&der) else {
        let why = "is neither in PEM, nor a certificate, revocation list or OCSP response in DER";
        let help =
            "name a certificate or revocation list of the authority, or what `openssl ocsp -respout` has written";
        return Err(certificate_file_error(path, why).help(help));
    };
    data.add(kind, der, place()).map_err(|why| unusable_part(kind, &format!("in `{}` {why}", place())))
}

fn unusable_part(kind: ValidationPart, why: &str) -> Diagnostic {
    let name = kind.name();
    let help = match kind {
        ValidationPart::OcspResponse => "ask the responder again (`openssl ocsp`)".to_owned(),
        _ => format!("get the {name} again from its authority"),
    };
    Diagnostic::error(code::CERTIFICATE, format!("the {name} {why}")).help(help)
}

pub(in crate::trust) fn read_certificate_file(path: &Path, limit: u64) -> Result<Vec<u8>> {
    read_regular(path, limit).map_err(|error| {
        certificate_file_error(path, &format!("cannot be read: {}", reason(&error)))
            .help("name a file of certificates that you may read")
    })
}

/// Returns the certificates in the bytes of a PEM file, or the only one of a file in DER; each in DER.
pub(in crate::trust) fn parse_certificates(path: &Path, bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let pem = || std::str::from_utf8(bytes).ok().and_then(read_pem);
    let found = if certificate::parse(bytes).is_some() { Some(vec![bytes.to_vec()]) } else { pem() };
    found.ok_or_else(|| certificate_file_error(path, "has no certificate, or a damaged one"))
}

pub(in crate::trust) fn certificate_file_error(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error(code::CERTIFICATE, format!("the file of certificates `{}` {why}", path.display()))
        .help("name a certificate in PEM (`-----BEGIN CERTIFICATE-----`) or in DER")
}
