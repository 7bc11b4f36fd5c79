//! The credential of a signed certificate, for the helper `{{credential}}`.

use super::helpers::{ABOUT, CITATION, Session, TITLE};
use crate::diagnostic::Result;
use crate::trust::claim::to_plain;
use crate::trust::credential::{Texts, issue};

/// Returns the credential of the certificate in the language that is being rendered; `None` without a key, and for documents
/// that are not about a city.
pub fn credential(session: &Session<'_>) -> Result<Option<String>> {
    let Some(signer) = session.signer else { return Ok(None) };
    let Some(claim) = session.claim()? else { return Ok(None) };
    let (results, locale) = (session.results, session.locale());
    let message = |id: &str| match locale.has(id) {
        true => session.message(id, Vec::new()).map(|text| to_plain(&text)),
        false => Ok(claim.award.clone()),
    };
    let contact = &results.contact;
    let texts = Texts {
        language: locale.settings.tag(),
        title: message(TITLE)?,
        description: message(CITATION)?,
        criteria: message(ABOUT)?,
        issuer: to_plain(&locale.forms(&results.organiser.name, results)?.name),
        website: contact.website.as_ref().map(|website| website.value.clone()),
        email: contact.email.as_ref().map(|email| email.value.clone()),
    };
    issue(signer, &results.edition.verification.value, claim, &texts).map(Some)
}
