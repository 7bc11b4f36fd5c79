//! The check of documents, pictures and texts.

use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, String as PdfString};
use serde_json::{Value as Json, json};

use super::claim::Claim;
use super::code::{CodeError, SignedCode};
use super::key_set::KeySet;
use super::picture::{read_page, read_picture};
use super::printed::{Missing, find_missing};
use super::seal::check::{Answer, Sealed, TimeStamp};
use crate::locale::Locale;
use crate::panic;
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
    /// The code or the page was changed after it was signed.
    Altered,
    /// None of the given keys signed the code.
    UnknownIssuer,
    /// There is no signed code.
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

/// What was found out about one code, or about an input without a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub status: Status,
    /// Counted from 1; `None` for pictures and texts.
    pub page: Option<usize>,
    /// What the code states. Only that of a genuine code is true.
    pub claim: Option<Claim>,
    /// The identifier of the key that signed the code.
    pub key: Option<String>,
    /// Who has sealed the PDF; `None` if it has no genuine seal.
    pub seal: Option<Sealed>,
    /// What was compared with the code.
    pub compared: &'static [&'static str],
    /// The date of the status list in which the certificate was looked up.
    pub status_list: Option<Date>,
    /// The serial number of the certificate that replaces a superseded one.
    pub successor: Option<String>,
    /// Why the certificate is not accepted.
    pub reason: String,
}

/// What the signature proves.
const SIGNATURE: &[&str] = &["signature"];
/// What is compared with a page that can be read.
const PAGE: &[&str] = &["signature", "serial number", "city", "date"];

impl Finding {
    pub fn new(status: Status, reason: impl Into<String>) -> Self {
        Self {
            status,
            page: None,
            claim: None,
            key: None,
            seal: None,
            compared: &[],
            status_list: None,
            successor: None,
            reason: reason.into(),
        }
    }

    pub fn to_json(&self, input: &str) -> Json {
        json!({
            "type": "verified", "input": input, "page": self.page, "status": self.status.word(), "key": self.key,
            "claim": self.claim.as_ref().map(Claim::to_json), "seal": self.seal.as_ref().map(Sealed::to_json),
            "compared": self.seal.iter().map(|_| "seal").chain(self.compared.iter().copied()).collect::<Vec<_>>(),
            "status-list": self.status_list.map(|date| date.to_string()), "successor": self.successor,
            "reason": (!self.reason.is_empty()).then_some(&self.reason),
        })
    }

    /// Returns the finding on one line for people.
    pub fn describe(&self, input: &str) -> String {
        let page = self.page.map(|page| format!(", page {page}")).unwrap_or_default();
        let status = self.status.describe();
        let seal = self.seal.iter().map(|seal| format!("seal of {}", seal.holder));
        let time_stamp = self.seal.iter().filter_map(|seal| seal.time_stamp.as_ref()).map(TimeStamp::describe);
        let seal = seal.chain(time_stamp.clone());
        let compared = || seal.chain(self.compared.iter().map(ToString::to_string)).collect::<Vec<_>>().join(", ");
        match (&self.claim, &self.seal, self.status) {
            (Some(claim), _, Status::Genuine) => {
                let list =
                    self.status_list.map(|date| format!("; not withdrawn: status list of {date}")).unwrap_or_default();
                format!("{input}{page}: {status}: {} (compared: {}{list})", claim.describe(), compared())
            }
            (None, Some(Sealed { holder, date, .. }), Status::Genuine) => {
                let compared: Vec<String> = ["seal".to_owned()].into_iter().chain(time_stamp).collect();
                format!("{input}: {status}: sealed by {holder}, {date} (compared: {})", compared.join(", "))
            }
            _ => format!("{input}{page}: {status}: {}", self.reason),
        }
    }
}

/// Checks a PDF, a picture or the text of a code. Returns a finding for each code, or one that says why there is none.
///
/// `locales` are the languages in which a certificate may print its date.
pub fn verify(bytes: &[u8], keys: &KeySet, locales: &[Locale]) -> Vec<Finding> {
    // The header may follow some other bytes (ISO 32000-2, 7.5.2).
    let start = &bytes[..bytes.len().min(1024)];
    if start.windows(5).any(|window| window == b"%PDF-") {
        return verify_pdf(bytes, keys, locales);
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

/// Checks the address that a code contains. Line breaks and spaces that pasting added are ignored.
fn verify_text(text: &str, keys: &KeySet) -> Finding {
    let address: String = text.split_whitespace().collect();
    let signed = match SignedCode::read(&address) {
        Ok(signed) => signed,
        Err(CodeError::Unsigned) => {
            return Finding::new(Status::Unsigned, "the code is an address without a signature");
        }
        Err(CodeError::NoAddress) => {
            return Finding::new(Status::Unreadable, "it is not the address of a code, which begins with https://");
        }
        Err(CodeError::Malformed) => {
            return Finding::new(Status::Altered, "the code is incomplete, or was changed");
        }
    };
    let candidates = keys.find(&signed);
    let claim = Some(signed.claim.clone());
    if candidates.is_empty() {
        return Finding { claim, ..Finding::new(Status::UnknownIssuer, "no key in the key set has signed the code") };
    }
    match candidates.into_iter().find(|key| signed.is_signed_by(key)) {
        Some(key) => Finding { claim, key: Some(key.id()), compared: SIGNATURE, ..Finding::new(Status::Genuine, "") },
        None => Finding {
            claim,
            compared: SIGNATURE,
            ..Finding::new(Status::Altered, "the code was changed after it was signed")
        },
    }
}

fn verify_pdf(bytes: &[u8], keys: &KeySet, locales: &[Locale]) -> Vec<Finding> {
    let unreadable = |reason: &str| vec![Finding::new(Status::Unreadable, reason)];
    // A file that was changed is not read any further: nothing in it can be trusted.
    let seal = match panic::catch(|| keys.seals.check(bytes)) {
        Err(_) => return unreadable("its seal cannot be read"),
        Ok(Answer::Refused(status, reason)) => return vec![Finding::new(status, reason)],
        Ok(Answer::Genuine(seal)) => Some(seal),
        Ok(Answer::Unsealed) => None,
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
    let page_count = pdf.pages().len();
    if page_count > MAX_PAGES {
        return unreadable(&format!("it has {page_count} pages, and at most {MAX_PAGES} are read"));
    }
    let rtl = locales.iter().any(|locale| locale.settings.direction == "rtl");
    let Ok(Some(text)) = panic::catch(|| ExtractedText::read(bytes.to_vec(), rtl)) else {
        return unreadable("the text of the PDF cannot be read");
    };
    let language = read_language(&pdf);
    let is_known_language = language.is_some_and(|l| locales.iter().any(|locale| locale.settings.language() == l));
    let mut findings = Vec::new();
    for page in 0..page_count {
        let Some(codes) = read_page(&pdf, page) else {
            findings.push(Finding::new(Status::Unreadable, "the page cannot be drawn").on_page(page));
            continue;
        };
        for code in codes {
            let finding = verify_text(&code, keys).on_page(page);
            let finding = finding.compare(text.page(page), locales, is_known_language);
            findings.push(finding.compare_seal(seal.as_ref(), keys));
        }
    }
    if findings.is_empty() {
        findings.push(sealed.unwrap_or_else(|| Finding::new(Status::Unsigned, "it has no code")));
    }
    findings
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

    /// Adds the seal of the file of a genuine code. Without one, the rest of the page may have been changed.
    fn compare_seal(self, seal: Option<&Sealed>, keys: &KeySet) -> Self {
        if self.status == Status::Genuine && seal.is_none() && !keys.seals.chains().is_empty() {
            let reason = "its code is genuine, but the file has no seal, and this issuer seals its PDFs: anything \
                          beside the code may have been changed";
            return Self { status: Status::Unsigned, reason: reason.to_owned(), ..self };
        }
        Self { seal: seal.cloned(), ..self }
    }

    /// Compares a genuine code with the text of its page.
    fn compare(self, page: &[char], locales: &[Locale], is_known_language: bool) -> Self {
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
        Self { status, reason, compared: PAGE, ..self }
    }
}
