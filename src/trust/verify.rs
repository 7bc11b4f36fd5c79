//! The check of documents, pictures and texts.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, String as PdfString};
use serde_json::{Value as Json, json};

use super::attached::AttachedCredentials;
use super::claim::{Claim, printable};
use super::code::{CodeError, SignedCode};
use super::credential::{self, Credential, CredentialError};
use super::key_set::KeySet;
use super::picture::{read_page, read_picture};
use super::printed::{Letters, Missing, find_missing};
use super::seal::check::{SealCheck, Sealed};
use super::site::Site;
use crate::locale::Locale;
use crate::panic;
use crate::pdf::splice;
use crate::pdf::text::ExtractedText;
use crate::results::Date;

/// The largest number of pages that are drawn of one PDF.
const MAX_PAGES: usize = 2000;

/// The answer to the question whether a certificate is genuine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A known key signed the code or sealed the file, and the page prints what the code states.
    Genuine,
    /// The certificate was genuine, and its issuer has revoked it.
    Revoked,
    /// The certificate was genuine, and its issuer has replaced it by another one.
    Superseded,
    /// The certificate was genuine, and its last day has passed.
    Expired,
    /// The certificate was genuine, and the given status list is not the one for it.
    ValidityUnknown,
    /// The code, a credential, the page or the sealed file was changed after it was signed.
    Altered,
    /// None of the given keys signed the code or the credential, or no given certificate confirms the seal.
    UnknownIssuer,
    /// There is no signed code, or no seal although the issuer seals its PDFs.
    Unsigned,
    /// The input cannot be read, or no code on it can.
    Unreadable,
}

impl Status {
    /// Returns the status for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
            Self::ValidityUnknown => "validity unknown",
            Self::Altered => "altered",
            Self::UnknownIssuer => "unknown issuer",
            Self::Unsigned => "unsigned",
            Self::Unreadable => "unreadable",
        }
    }

    /// Returns the status for programs.
    pub fn word(self) -> String {
        self.describe().replace(' ', "-")
    }
}

/// What was found out about one code or credential, or about an input without any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub status: Status,
    /// Counted from 1; `None` for pictures and texts.
    pub page: Option<usize>,
    /// What the code states. Only that of a genuine code is true.
    pub claim: Option<Claim>,
    /// The genuine credentials that were compared with the code, or the credential that was given without one.
    pub credentials: Vec<Credential>,
    /// The identifier of the key that signed the code or the credential.
    pub key: Option<String>,
    /// Who has sealed the PDF; `None` if it has no genuine seal.
    pub seal: Option<Sealed>,
    /// What was checked, and compared with the code.
    pub compared: Vec<&'static str>,
    /// The addresses of the status lists in which the certificate is to be looked up.
    pub status_lists: BTreeSet<String>,
    /// The date of the status list in which the certificate was looked up.
    pub status_list: Option<Date>,
    /// The serial number of the certificate that replaces a superseded one.
    pub successor: Option<String>,
    /// Why the certificate is not accepted.
    pub reason: String,
}

/// A word in [`Finding::compared`]: the signature of a code or of a credential was checked.
const SIGNATURE: &str = "signature";
/// The facts of a code that were found in the text of its page.
const PRINTED: [&str; 3] = ["serial number", "city", "date"];
/// The code was compared with the credentials of its PDF.
const CREDENTIAL: &str = "credential";

impl Finding {
    pub fn new(status: Status, reason: impl Into<String>) -> Self {
        Self {
            status,
            page: None,
            claim: None,
            credentials: Vec::new(),
            key: None,
            seal: None,
            compared: Vec::new(),
            status_lists: BTreeSet::new(),
            status_list: None,
            successor: None,
            reason: reason.into(),
        }
    }

    /// Returns the serial number that the code or the credential states.
    pub fn serial(&self) -> Option<&str> {
        let of_claim = self.claim.as_ref().map(|claim| claim.serial.as_str());
        of_claim.or_else(|| self.credentials.first().map(|credential| credential.serial.as_str()))
    }

    /// Returns the last day on which the certificate is valid.
    pub fn expires(&self) -> Option<Date> {
        match &self.claim {
            Some(claim) => claim.expires,
            None => self.credentials.iter().filter_map(|credential| credential.expires).min(),
        }
    }

    pub fn to_json(&self, input: &str) -> Json {
        let claim = self.claim.as_ref().map(Claim::to_json);
        json!({
            "type": "verified", "input": input, "page": self.page, "status": self.status.word(), "key": self.key,
            "claim": claim.or_else(|| self.credentials.first().map(Credential::to_claim_json)),
            "credentials": self.credentials.iter().map(Credential::to_json).collect::<Vec<_>>(),
            "seal": self.seal.as_ref().map(Sealed::to_json),
            "compared": self.seal.iter().map(|_| "seal").chain(self.compared.iter().copied()).collect::<Vec<_>>(),
            "status-list": self.status_list.map(|date| date.to_string()), "successor": self.successor,
            "reason": (!self.reason.is_empty()).then_some(&self.reason),
        })
    }

    /// Returns the finding on one line for people.
    pub fn describe(&self, input: &str) -> String {
        let page = self.page.map(|page| format!(", page {page}")).unwrap_or_default();
        let status = self.status.describe();
        if self.status != Status::Genuine {
            return format!("{input}{page}: {status}: {}", self.reason);
        }
        let time_stamps = self.seal.iter().flat_map(Sealed::describe_time_stamps);
        if let (Some(Sealed { holder, date, .. }), None) = (&self.seal, self.serial()) {
            let compared: Vec<String> = ["seal".to_owned()].into_iter().chain(time_stamps).collect();
            return format!("{input}{page}: {status}: sealed by {holder}, {date} (compared: {})", compared.join(", "));
        }
        let seal = self.seal.iter().map(|seal| format!("seal of {}", seal.holder)).chain(time_stamps);
        let compared = seal.chain(self.compared.iter().map(|what| self.describe_compared(what)));
        let compared = compared.collect::<Vec<_>>().join(", ");
        let of_credential = || self.credentials.first().map(Credential::describe);
        let stated = self.claim.as_ref().map(Claim::describe).or_else(of_credential).unwrap_or_default();
        let list = self.status_list.map(|date| format!("; not withdrawn: status list of {date}")).unwrap_or_default();
        format!("{input}{page}: {status}: {stated} (compared: {compared}{list})")
    }

    /// Adds the languages to the credentials that were compared.
    fn describe_compared(&self, what: &str) -> String {
        if what != CREDENTIAL {
            return what.to_owned();
        }
        let mut languages: Vec<&str> = self.credentials.iter().map(|credential| credential.language.as_str()).collect();
        languages.dedup();
        printable(&format!("{what} {}", languages.join(" and ")))
    }
}

/// Checks a PDF, a picture, the text of a code or a credential. Returns a finding for each code, or one that says why there is
/// none.
///
/// `locales` are the languages in which a certificate may print its date.
pub fn verify(bytes: &[u8], keys: &KeySet, locales: &[Locale]) -> Vec<Finding> {
    verify_with_progress(bytes, keys, locales, &mut |_| {})
}

/// Does what [`verify`] does. `on_page` is called with the number of a page, counted from 1, before the page is drawn.
pub fn verify_with_progress(
    bytes: &[u8],
    keys: &KeySet,
    locales: &[Locale],
    on_page: &mut dyn FnMut(usize),
) -> Vec<Finding> {
    if is_pdf(bytes) {
        return verify_pdf(bytes, keys, locales, on_page);
    }
    match std::str::from_utf8(bytes) {
        Ok("") => vec![Finding::new(Status::Unreadable, "it is empty")],
        Ok(text) => vec![verify_text(text, keys)],
        Err(_) => match read_picture(bytes) {
            Ok(codes) if codes.is_empty() => {
                let reason = "no code can be read; scan it again, straight, with at least 200 dots per inch";
                vec![Finding::new(Status::Unreadable, reason)]
            }
            Ok(codes) => codes.iter().map(|code| verify_text(code, keys)).collect(),
            Err(reason) => vec![Finding::new(Status::Unreadable, reason)],
        },
    }
}

fn is_pdf(bytes: &[u8]) -> bool {
    // The header may follow some other bytes (ISO 32000-2, 7.5.2).
    splice::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some()
}

/// Returns whether an input is a text, as an address and a credential are.
pub fn is_text(bytes: &[u8]) -> bool {
    !is_pdf(bytes) && std::str::from_utf8(bytes).is_ok()
}

/// Checks the address that a code contains, or a credential. Line breaks and spaces that pasting added are ignored.
fn verify_text(text: &str, keys: &KeySet) -> Finding {
    let text: String = text.split_whitespace().collect();
    if credential::is_token(&text) {
        return verify_credential(&text, keys);
    }
    if text.starts_with(credential::START) {
        let reason =
            "it is not a credential, or only a part of one: a credential is three texts with dots between them";
        return Finding::new(Status::Unreadable, reason);
    }
    let (finding, _) = verify_code(&text, keys);
    match finding.status {
        Status::Unreadable => Finding {
            reason: "it is neither a credential nor the address of a code, which begins with https://".to_owned(),
            ..finding
        },
        _ => finding,
    }
}

fn verify_credential(token: &str, keys: &KeySet) -> Finding {
    match credential::read(token, keys) {
        Ok(credential) => Finding {
            key: Some(credential.key.clone()),
            compared: vec![SIGNATURE],
            status_lists: credential.status_list.iter().cloned().collect(),
            credentials: vec![credential],
            ..Finding::new(Status::Genuine, "")
        },
        Err(CredentialError::Malformed) => {
            Finding::new(Status::Unreadable, "it is a signed token, but not the credential of a certificate")
        }
        Err(CredentialError::UnknownIssuer) => {
            Finding::new(Status::UnknownIssuer, "no key in the key set has signed the credential")
        }
        Err(CredentialError::Altered) => {
            Finding::new(Status::Altered, "the credential was changed after it was signed")
        }
    }
}

/// Checks the address that a code contains. Returns the beginning of the address too.
fn verify_code(address: &str, keys: &KeySet) -> (Finding, String) {
    let signed = match SignedCode::read(address) {
        Ok(signed) => signed,
        Err(error) => {
            let (status, reason) = match error {
                CodeError::Unsigned => (Status::Unsigned, "the code is an address without a signature"),
                CodeError::NoAddress => {
                    (Status::Unreadable, "it is not the address of a code, which begins with https://")
                }
                CodeError::Malformed => (Status::Altered, "the code is incomplete, or was changed"),
            };
            return (Finding::new(status, reason), String::new());
        }
    };
    let candidates = keys.find(&signed);
    let mut finding = match candidates.iter().find(|key| signed.is_signed_by(key)) {
        Some(key) => Finding { key: Some(key.id()), compared: vec![SIGNATURE], ..Finding::new(Status::Genuine, "") },
        None if candidates.is_empty() => {
            Finding::new(Status::UnknownIssuer, "no key in the key set has signed the code")
        }
        None => Finding {
            compared: vec![SIGNATURE],
            ..Finding::new(Status::Altered, "the code was changed after it was signed")
        },
    };
    finding.claim = Some(signed.claim);
    finding.status_lists.insert(Site::new(&signed.base).status_list());
    (finding, signed.base)
}

fn verify_pdf(bytes: &[u8], keys: &KeySet, locales: &[Locale], on_page: &mut dyn FnMut(usize)) -> Vec<Finding> {
    let unreadable = |reason: &str| vec![Finding::new(Status::Unreadable, reason)];
    // A file that was changed is not read any further: nothing in it can be trusted.
    let seal = match panic::catch(|| keys.seals.check(bytes)) {
        Err(_) => return unreadable("its seal cannot be read"),
        Ok(SealCheck::Refused(status, reason)) => return vec![Finding::new(status, reason)],
        Ok(SealCheck::Genuine(seal)) => Some(seal),
        Ok(SealCheck::Unsealed) => None,
    };
    let sealed = seal.clone().map(|seal| Finding { seal: Some(seal), ..Finding::new(Status::Genuine, "") });
    if let (Some(sealed), true) = (&sealed, keys.is_empty()) {
        // Whoever gives certificates only wants to know about the seal.
        return vec![sealed.clone()];
    }
    let opened = panic::catch(|| Pdf::new(Arc::new(bytes.to_vec())).ok());
    let Some(pdf) = opened.ok().flatten().map(Arc::new).filter(|pdf| !pdf.pages().is_empty()) else {
        return unreadable("the PDF is damaged, or needs a password");
    };
    if keys.is_empty() {
        return vec![Finding::new(Status::Unsigned, "it has no seal")];
    }
    let page_count = pdf.pages().len();
    if page_count > MAX_PAGES {
        return unreadable(&format!("it has {page_count} pages, and at most {MAX_PAGES} are read"));
    }
    let rtl = locales.iter().any(|locale| locale.settings.direction == "rtl");
    let Ok(Some(text)) = panic::catch(|| ExtractedText::from_pdf(&pdf, rtl)) else {
        return unreadable("the text of the PDF cannot be read");
    };
    let Ok(attached) = panic::catch(|| AttachedCredentials::read(&pdf, keys)) else {
        return unreadable("the files attached to the PDF cannot be read");
    };
    let language = read_language(&pdf);
    let is_known_language = language.is_some_and(|l| locales.iter().any(|locale| locale.settings.language() == l));
    let mut findings = Vec::new();
    for page in 0..page_count {
        on_page(page + 1);
        let Some(codes) = read_page(&pdf, page) else {
            findings.push(Finding::new(Status::Unreadable, "the page cannot be drawn").on_page(page));
            continue;
        };
        let letters = LazyCell::new(|| Letters::new(text.page(page)));
        for code in codes {
            let (finding, base) = verify_code(&code.split_whitespace().collect::<String>(), keys);
            let finding = finding.on_page(page).compare_page(&letters, locales, is_known_language);
            let finding = finding.compare_seal(seal.as_ref(), keys);
            findings.push(finding.compare_credentials(&attached, &base, &letters, keys));
        }
    }
    let serials: BTreeSet<&str> = findings.iter().filter_map(Finding::serial).collect();
    match (attached.check((!findings.is_empty()).then_some(&serials)), sealed) {
        (Err((status, reason)), _) => {
            let refuse = |finding: Finding| match finding.status {
                Status::Genuine => Finding { status, reason: reason.clone(), credentials: Vec::new(), ..finding },
                _ => finding,
            };
            match findings.is_empty() {
                true => vec![Finding { seal, ..Finding::new(status, reason) }],
                false => findings.into_iter().map(refuse).collect(),
            }
        }
        (Ok(_), _) if !findings.is_empty() => findings,
        (Ok(credentials), Some(sealed)) if credentials.is_empty() => vec![sealed],
        (Ok(credentials), Some(sealed)) => {
            credentials.into_iter().map(|it| sealed.clone().with_credentials(vec![it])).collect()
        }
        (Ok(credentials), None) if credentials.is_empty() => vec![Finding::new(Status::Unsigned, "it has no code")],
        (Ok(_), None) => {
            vec![Finding::new(Status::Unsigned, "it has a credential, but no code: the page may have been changed")]
        }
    }
}

/// Returns the main language of a PDF, without its region: `fr`.
fn read_language(pdf: &Pdf) -> Option<String> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let tag = root.get::<PdfString<'_>>(b"Lang")?;
    let tag = String::from_utf8(tag.as_bytes().to_vec()).ok()?;
    tag.split('-').next().map(str::to_ascii_lowercase)
}

impl Finding {
    fn on_page(self, page: usize) -> Self {
        Self { page: Some(page + 1), ..self }
    }

    /// Adds the credentials that were compared.
    fn with_credentials(mut self, credentials: Vec<Credential>) -> Self {
        if !credentials.is_empty() {
            self.compared.push(CREDENTIAL);
        }
        self.status_lists.extend(credentials.iter().filter_map(|credential| credential.status_list.clone()));
        Self { credentials, ..self }
    }

    /// Adds the seal of the file. A genuine code without one is not accepted if the issuer seals its PDFs: the rest of the page may
    /// have been changed.
    fn compare_seal(self, seal: Option<&Sealed>, keys: &KeySet) -> Self {
        if self.status == Status::Genuine && seal.is_none() && !keys.seals.chains().is_empty() {
            let reason = "its code is genuine, but the file has no seal, and this issuer seals its PDFs: anything \
                          beside the code may have been changed";
            return Self { status: Status::Unsigned, reason: reason.to_owned(), ..self };
        }
        Self { seal: seal.cloned(), ..self }
    }

    /// Compares a genuine code with the credentials of the file.
    fn compare_credentials(self, attached: &AttachedCredentials, base: &str, page: &Letters, keys: &KeySet) -> Self {
        let (Status::Genuine, Some(claim)) = (self.status, &self.claim) else { return self };
        // A seal proves that nothing was removed.
        let is_expected = self.seal.is_none() && keys.has_credential(&claim.award);
        match attached.compare(claim, base, page, is_expected) {
            Ok(credentials) => self.with_credentials(credentials),
            Err((status, reason)) => Self { status, reason, ..self },
        }
    }

    /// Compares a genuine code with the text of its page.
    fn compare_page(self, page: &Letters, locales: &[Locale], is_known_language: bool) -> Self {
        let (Status::Genuine, Some(claim)) = (self.status, &self.claim) else { return self };
        let altered = |what: &str, value: &str| {
            format!(
                "the page does not print the {what} that its code states, “{value}”: it was changed, or the code is from another certificate"
            )
        };
        let (status, reason) = match find_missing(page, claim, locales) {
            None => (Status::Genuine, String::new()),
            Some(Missing::Serial) => (Status::Altered, altered("serial number", &claim.serial)),
            Some(Missing::City) => (Status::Altered, altered("city", &claim.city)),
            Some(Missing::Date) if is_known_language => (Status::Altered, altered("date", &claim.date.to_string())),
            Some(Missing::Date) => {
                let reason =
                    "its date is in a language that is not known here: name the issuer’s project with --project";
                (Status::Unreadable, reason.to_owned())
            }
        };
        let compared = [SIGNATURE].into_iter().chain(PRINTED).collect();
        Self { status, reason, compared, ..self }
    }
}
