//! The credentials that are attached to a PDF, and whether they agree with its code and with its pages.

use std::collections::BTreeSet;

use hayro::hayro_syntax::Pdf;

use super::claim::{Claim, printable};
use super::code::with_capital_host;
use super::credential::{self, Credential, CredentialError};
use super::key_set::KeySet;
use super::printed::Letters;
use super::verify::Status;
use crate::pdf::attachments::{self, AttachedFile};

/// The largest attached file that is read, in bytes in the PDF. Unpacked, it is at most a thousand times as large.
const MAX_STORED: usize = 64 << 10;

/// The media types of signed credentials.
const MEDIA_TYPES: [&str; 4] = ["application/vc+jwt", "application/vc", "application/jwt", "application/vc+ld+jwt"];

/// The end of the names of files with a credential.
const SUFFIX: &str = ".jwt";

/// The credentials of a PDF.
pub struct AttachedCredentials {
    credentials: Vec<(String, Result<Credential, CredentialError>)>,
    /// The languages in which the PDF has its facts for programs. A signed certificate has a credential in each.
    languages: BTreeSet<String>,
}

/// Why the credentials of a PDF are not accepted.
pub type Disagreement = (Status, String);

fn altered<T>(reason: String) -> Result<T, Disagreement> {
    Err((Status::Altered, reason))
}

impl AttachedCredentials {
    /// Reads the attached credentials of a PDF and checks their signatures. Files that are not credentials are left out.
    pub fn read(pdf: &Pdf, keys: &KeySet) -> Self {
        let files = attachments::list(pdf);
        let language =
            |file: &AttachedFile<'_>| file.name.strip_prefix("facts-")?.strip_suffix(".jsonld").map(str::to_owned);
        let languages = files.iter().filter_map(language).collect();
        let credentials = files.iter().filter(|file| is_credential(file)).map(|file| {
            let token = file.read(MAX_STORED).and_then(|bytes| String::from_utf8(bytes).ok());
            let read =
                token.ok_or(CredentialError::Malformed).and_then(|token| credential::read(token.trim_end(), keys));
            (printable(&file.name), read)
        });
        Self { credentials: credentials.collect(), languages }
    }

    /// Returns the credentials if each is genuine and for a certificate with one of these serial numbers; `None` permits any.
    /// Otherwise returns the first problem.
    pub fn check(&self, serials: Option<&BTreeSet<&str>>) -> Result<Vec<Credential>, Disagreement> {
        let check = |(name, read): &(String, Result<Credential, CredentialError>)| match read {
            Ok(credential) if serials.is_some_and(|serials| !serials.contains(credential.serial.as_str())) => {
                altered(format!(
                    "its attached credential `{name}` is for another certificate, {}",
                    printable(&credential.serial)
                ))
            }
            Ok(credential) => Ok(credential.clone()),
            Err(CredentialError::Malformed) => {
                altered(format!("its attached file `{name}` is damaged, or is not a credential"))
            }
            Err(CredentialError::Altered) => {
                altered(format!("its attached credential `{name}` was changed after it was signed"))
            }
            Err(CredentialError::UnknownIssuer) => Err((
                Status::UnknownIssuer,
                format!("no key in the key set has signed its attached credential `{name}`"),
            )),
        };
        self.credentials.iter().map(check).collect()
    }

    /// Returns the credentials of a genuine code on a page, or how they disagree with it. `base` is the beginning of the address
    /// of the code. If `is_expected`, there must be some.
    pub fn compare(
        &self,
        claim: &Claim,
        base: &str,
        page: &Letters,
        is_expected: bool,
    ) -> Result<Vec<Credential>, Disagreement> {
        let named = self.credentials.iter().filter_map(|(name, read)| Some((name, read.as_ref().ok()?)));
        let named: Vec<_> = named.filter(|(_, credential)| credential.serial == claim.serial).collect();
        if named.is_empty() {
            return match is_expected {
                true => altered(
                    "its code is genuine, but it has no credential, and this issuer attaches one to each certificate: the \
                     file was changed"
                        .to_owned(),
                ),
                false => Ok(Vec::new()),
            };
        }
        for (name, credential) in &named {
            if let Some((fact, stated)) = credential.find_difference(claim) {
                let stated = printable(&stated);
                return altered(format!(
                    "its code and its credential `{name}` state another {fact} (credential: “{stated}”)"
                ));
            }
            if with_capital_host(&credential.base) != base {
                return altered(format!("its code and its credential `{name}` lead to different addresses"));
            }
            if !page.has_line(&credential.city) {
                let city = printable(&credential.city);
                return altered(format!(
                    "the page does not print the city that its credential `{name}` states, “{city}”"
                ));
            }
        }
        if named.iter().all(|(_, credential)| credential.city != claim.city) {
            let city = printable(&claim.city);
            return altered(format!("no credential states the city that its code states, “{city}”"));
        }
        let has = |language: &String| named.iter().any(|(_, credential)| credential.language == *language);
        if let Some(missing) = self.languages.iter().find(|language| !has(language)) {
            let missing = printable(missing);
            return altered(format!(
                "it has no credential in the language {missing}, in which it has its facts: the file was changed"
            ));
        }
        Ok(named.into_iter().map(|(_, credential)| credential.clone()).collect())
    }
}

fn is_credential(file: &AttachedFile<'_>) -> bool {
    let name = file.name.to_ascii_lowercase();
    name.ends_with(SUFFIX) || MEDIA_TYPES.contains(&file.media_type.to_ascii_lowercase().as_str())
}
