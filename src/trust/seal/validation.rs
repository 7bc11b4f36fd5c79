//! What readers need to check a seal when its authorities no longer answer (PAdES baseline B-LT): certificates, and what shows that
//! they were not revoked: lists of revoked certificates, and OCSP responses.
//!
//! They are part of the file before it is sealed, so that the file has one revision, and nobody can exchange them.

use std::cell::RefCell;
use std::time::Duration;

use rustls_pki_types::{CertificateDer, UnixTime};
use serde::{Deserialize, Serialize};
use webpki::{
    Cert, CertRevocationList, EndEntityCert, ExpirationPolicy, OwnedCertRevocationList, RevocationCheckDepth,
    RevocationOptions, RevocationOptionsBuilder, UnknownStatusPolicy, VerifiedPath, anchor_from_trusted_cert,
};

use super::asn1::{ENUMERATED, context, elements, tag};
use super::certificate::{Chain, is_self_issued, parse};
use super::confirm::{ALGORITHMS, Purpose};
use super::ocsp::{Context, Issuer, OcspResponse, Problem, Unreadable};
use super::revocation_list::is_list_for;
use crate::hash::hex;
use crate::pdf::sign::SecurityStore;

/// Certificates, and what shows that they were not revoked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidationData {
    /// In DER.
    pub certificates: Vec<Vec<u8>>,
    /// In DER (CertificateList, RFC 5280, section 5).
    pub revocation_lists: Vec<Vec<u8>>,
    /// In DER (OCSPResponse, RFC 6960, 4.2.1).
    pub ocsp_responses: Vec<Vec<u8>>,
    /// Where each OCSP response was read, for messages: `data.pem:12`.
    places: Vec<String>,
}

/// What a part of the validation data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidationPart {
    Certificate,
    RevocationList,
    OcspResponse,
}

impl ValidationPart {
    pub const ALL: [Self; 3] = [Self::Certificate, Self::RevocationList, Self::OcspResponse];

    /// Returns the label in PEM (RFC 7468, sections 5 and 6). That of OCSP responses is the one of OpenSSL and GnuTLS.
    pub fn label(self) -> &'static str {
        match self {
            Self::Certificate => "CERTIFICATE",
            Self::RevocationList => "X509 CRL",
            Self::OcspResponse => "OCSP RESPONSE",
        }
    }

    /// Returns the name for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::RevocationList => "revocation list",
            Self::OcspResponse => "OCSP response",
        }
    }

    /// Returns what an element in DER is, damaged or not. Returns `None` if it is none of these.
    pub fn of_der(der: &[u8]) -> Option<Self> {
        let [outer] = elements(der)?.try_into().ok()?;
        let parts = elements(outer.value())?;
        match parts.as_slice() {
            // The status.
            [first, ..] if tag(first) == Some(ENUMERATED) => Some(Self::OcspResponse),
            // What is signed, the algorithm, and the signature. A certificate begins with its version as [0], a list does not.
            [signed, _, _] => match elements(signed.value())?.first().and_then(tag)? {
                first if first == context(0) => Some(Self::Certificate),
                _ => Some(Self::RevocationList),
            },
            _ => None,
        }
    }

    /// Returns why bytes are not of this kind, after its name; `None` if they are.
    fn find_problem(self, der: &[u8]) -> Option<String> {
        let damaged = "is damaged".to_owned();
        match self {
            Self::Certificate => parse(der).is_none().then_some(damaged),
            Self::RevocationList => OwnedCertRevocationList::from_der(der)
                .is_err()
                .then(|| "is damaged, or has no end (nextUpdate), or is not a complete list of version 2".to_owned()),
            Self::OcspResponse => match OcspResponse::from_der(der).err()? {
                Unreadable::Form => Some("is damaged, or has a form that is not known".to_owned()),
                Unreadable::Refusal(reason) => {
                    Some(format!("says nothing about a certificate: the responder refuses with `{reason}`"))
                }
            },
        }
    }
}

impl ValidationData {
    /// Adds a part in DER that was read at `place`.
    ///
    /// # Errors
    /// Why the bytes are not of this kind, as the end of a sentence about them.
    pub fn add(&mut self, kind: ValidationPart, der: Vec<u8>, place: String) -> Result<(), String> {
        if let Some(problem) = kind.find_problem(&der) {
            return Err(problem);
        }
        match kind {
            ValidationPart::Certificate => self.certificates.push(der),
            ValidationPart::RevocationList => self.revocation_lists.push(der),
            ValidationPart::OcspResponse => {
                self.ocsp_responses.push(der);
                self.places.push(place);
            }
        }
        Ok(())
    }

    /// Returns the data as they are put into a PDF.
    pub fn to_store(&self) -> SecurityStore<'_> {
        SecurityStore {
            certificates: &self.certificates,
            ocsp_responses: &self.ocsp_responses,
            revocation_lists: &self.revocation_lists,
        }
    }

    /// Adds certificates that are not among the others.
    pub fn add_certificates(&mut self, chain: &Chain) {
        for certificate in chain.certificates() {
            if !self.certificates.contains(certificate) {
                self.certificates.push(certificate.clone());
            }
        }
    }

    /// Checks that a chain leads to one of the self-issued certificates, and that a revocation list or an OCSP response shows for
    /// each certificate on the way that it was not revoked. `time` is in seconds since 1970.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn check(&self, chain: &Chain, time: u64, purpose: Purpose) -> Result<(), String> {
        // A self-issued certificate has no other issuer that could revoke it, so nothing about it is required.
        if is_self_issued(chain.signer_certificate())
            && self.certificates.iter().any(|it| it == chain.signer_certificate())
        {
            return Ok(());
        }
        let lists = self.revocation_lists.iter().filter_map(|list| OwnedCertRevocationList::from_der(list).ok());
        let lists: Vec<CertRevocationList<'_>> = lists.map(CertRevocationList::Owned).collect();
        let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
        let responses = self.places.iter().zip(&self.ocsp_responses);
        let responses = responses.filter_map(|(place, der)| Some((place.as_str(), OcspResponse::from_der(der).ok()?)));
        let evidence =
            Evidence { lists: &lists, responses: responses.collect(), certificates: &self.certificates, time };
        evidence.check(chain, purpose)
    }
}

/// What shows that certificates are not revoked.
struct Evidence<'a> {
    lists: &'a [&'a CertRevocationList<'a>],
    /// With the place of each.
    responses: Vec<(&'a str, OcspResponse)>,
    /// In DER: those of the authorities, and perhaps of responders.
    certificates: &'a [Vec<u8>],
    /// In seconds since 1970.
    time: u64,
}

impl Evidence<'_> {
    fn check(&self, chain: &Chain, purpose: Purpose) -> Result<(), String> {
        let reason = RefCell::new(None);
        let is_shown = |path: &VerifiedPath<'_>| {
            self.check_path(path).map_err(|why| {
                reason.replace(Some(why));
                webpki::Error::UnknownRevocationStatus
            })
        };
        let Err(error) = self.verify_chain(chain, purpose, &is_shown) else { return Ok(()) };
        let text = match error {
            webpki::Error::UnknownRevocationStatus => return Err(reason.take().unwrap_or_default()),
            webpki::Error::CertRevoked => "it is revoked",
            webpki::Error::CrlExpired { .. } => "a revocation list has ended",
            webpki::Error::UnknownIssuer => "the certificate of an authority is missing",
            _ => "it is not valid for this purpose and time, or its signature is wrong",
        };
        Err(text.to_owned())
    }

    fn verify_chain(
        &self,
        chain: &Chain,
        purpose: Purpose,
        is_shown: &dyn Fn(&VerifiedPath<'_>) -> Result<(), webpki::Error>,
    ) -> Result<(), webpki::Error> {
        let der = |certificates: &[Vec<u8>], is_root: bool| -> Vec<CertificateDer<'static>> {
            let wanted = certificates.iter().filter(|it| is_self_issued(it) == is_root);
            wanted.map(|it| CertificateDer::from(it.clone())).collect()
        };
        let roots = der(self.certificates, true);
        let anchors: Vec<_> = roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect();
        let mut others = der(self.certificates, false);
        others.extend(der(chain.certificates().get(1..).unwrap_or_default(), false));
        let signer = CertificateDer::from(chain.signer_certificate());
        let time = UnixTime::since_unix_epoch(Duration::from_secs(self.time));
        let signer = EndEntityCert::try_from(&signer)?;
        // Whether there is a list for each certificate is checked by `is_shown`, because an OCSP response can take its place.
        let revocation = self.revocation(UnknownStatusPolicy::Allow);
        signer.verify_for_usage(ALGORITHMS, &anchors, &others, time, purpose, revocation, Some(is_shown)).map(drop)
    }

    /// Returns the check of revocation lists, which must not have ended. Returns `None` if there are none.
    fn revocation(&self, policy: UnknownStatusPolicy) -> Option<RevocationOptions<'_>> {
        let options = RevocationOptionsBuilder::new(self.lists).ok()?;
        let options = options.with_depth(RevocationCheckDepth::Chain).with_status_policy(policy);
        Some(options.with_expiration_policy(ExpirationPolicy::Enforce).build())
    }

    /// Checks that a list or a response shows for each certificate below the root that it was not revoked. The lists themselves have
    /// been checked.
    fn check_path(&self, path: &VerifiedPath<'_>) -> Result<(), String> {
        let authorities: Vec<&Cert<'_>> = path.intermediate_certificates().collect();
        let issuers = authorities.iter().map(|authority| Issuer::from_certificate(authority));
        let issuers = issuers.chain([Some(Issuer::from_anchor(path.anchor()))]);
        let signer: &Cert<'_> = path.end_entity();
        let certificates = [(signer, false)].into_iter().chain(authorities.iter().map(|it| (*it, true)));
        for ((certificate, is_authority), issuer) in certificates.zip(issuers) {
            let issuer = issuer.ok_or("the certificate of an authority is damaged")?;
            let has_list = self.lists.iter().any(|list| is_list_for(list, certificate, is_authority));
            self.check_responses(certificate, &issuer, has_list)?;
        }
        Ok(())
    }

    /// Checks that a response shows that a certificate was not revoked, or that there is a list and no response says that it was, also
    /// none that has ended.
    fn check_responses(&self, certificate: &Cert<'_>, issuer: &Issuer, has_list: bool) -> Result<(), String> {
        let context = Context {
            time: self.time,
            certificates: self.certificates,
            revocation: self.revocation(UnknownStatusPolicy::Deny),
        };
        let mut is_shown = has_list;
        let mut found: Option<(&str, Problem)> = None;
        for (place, response) in &self.responses {
            match response.check(certificate, issuer, &context) {
                None => {}
                Some(Ok(())) => is_shown = true,
                Some(Err(problem @ Problem::Revoked(_))) => return Err(describe(certificate, place, problem)),
                Some(Err(problem)) => {
                    // A response about another issuer is only worth mentioning if there is no other.
                    found = found.filter(|(_, first)| *first != Problem::OtherIssuer).or(Some((place, problem)));
                }
            }
        }
        match found {
            _ if is_shown => Ok(()),
            Some((place, problem)) => Err(describe(certificate, place, problem)),
            None => Err(format!(
                "a revocation list or an OCSP response for `{}` is missing (serial number {})",
                holder(certificate),
                hex(certificate.serial())
            )),
        }
    }
}

fn describe(certificate: &Cert<'_>, place: &str, problem: Problem) -> String {
    format!("the OCSP response for `{}` in `{place}` {problem}", holder(certificate))
}

fn holder(certificate: &Cert<'_>) -> String {
    Chain::from_der(vec![certificate.der().to_vec()]).map(|chain| chain.holder()).unwrap_or_default()
}
