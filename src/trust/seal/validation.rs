//! What readers need to check a seal when its authorities no longer answer (PAdES baseline B-LT): certificates and lists of
//! revoked certificates.
//!
//! They are part of the file before it is sealed, so that the file has one revision, and nobody can exchange them.

use std::time::Duration;

use rustls_pki_types::{CertificateDer, UnixTime};
use serde::{Deserialize, Serialize};
use webpki::{
    CertRevocationList, EndEntityCert, ExpirationPolicy, OwnedCertRevocationList, RevocationCheckDepth,
    RevocationOptionsBuilder, anchor_from_trusted_cert,
};

use super::certificate::{Chain, is_self_issued, read_blocks, read_pem};
use super::confirm::{ALGORITHMS, Purpose};

/// Certificates, and lists of revoked certificates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidationData {
    /// In DER.
    pub certificates: Vec<Vec<u8>>,
    /// In DER (CertificateList, RFC 5280, section 5).
    pub revocation_lists: Vec<Vec<u8>>,
}

impl ValidationData {
    /// Reads a text with certificates and revocation lists in PEM. Returns `None` if it has no certificate, or if anything in it
    /// is damaged.
    pub fn from_pem(text: &str) -> Option<Self> {
        let revocation_lists = read_blocks(text, "X509 CRL")?;
        revocation_lists.iter().all(|list| OwnedCertRevocationList::from_der(list).is_ok()).then_some(())?;
        Some(Self { certificates: read_pem(text)?, revocation_lists })
    }

    /// Adds certificates that are not among the others.
    pub fn add_certificates(&mut self, chain: &Chain) {
        for certificate in chain.certificates() {
            if !self.certificates.contains(certificate) {
                self.certificates.push(certificate.clone());
            }
        }
    }

    /// Checks that a chain leads to one of the self-issued certificates, and that a revocation list shows for each certificate on
    /// the way that it was not revoked. `time` is in seconds since 1970.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn check(&self, chain: &Chain, time: u64, purpose: Purpose) -> Result<(), &'static str> {
        self.find_path(chain, time, purpose).map_err(|error| match error {
            webpki::Error::CertRevoked => "it is revoked",
            webpki::Error::CrlExpired { .. } => "a revocation list has ended",
            webpki::Error::UnknownRevocationStatus => "a revocation list is missing",
            webpki::Error::UnknownIssuer => "the certificate of an authority is missing",
            _ => "it is not valid for this purpose and time, or its signature is wrong",
        })
    }

    fn find_path(&self, chain: &Chain, time: u64, purpose: Purpose) -> Result<(), webpki::Error> {
        // A self-issued certificate has no other issuer that could revoke it, so no revocation list is required.
        if is_self_issued(chain.signer()) && self.certificates.iter().any(|it| it == chain.signer()) {
            return Ok(());
        }
        let der = |certificates: &[Vec<u8>], is_root: bool| -> Vec<CertificateDer<'static>> {
            let wanted = certificates.iter().filter(|it| is_self_issued(it) == is_root);
            wanted.map(|it| CertificateDer::from(it.clone())).collect()
        };
        let roots = der(&self.certificates, true);
        let anchors: Vec<_> = roots.iter().filter_map(|root| anchor_from_trusted_cert(root).ok()).collect();
        let mut others = der(&self.certificates, false);
        others.extend(der(chain.certificates().get(1..).unwrap_or_default(), false));
        let lists = self.revocation_lists.iter();
        let lists: Vec<CertRevocationList<'_>> = lists
            .filter_map(|list| OwnedCertRevocationList::from_der(list).ok().map(CertRevocationList::Owned))
            .collect();
        let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
        let revocation = RevocationOptionsBuilder::new(&lists).map_err(|_| webpki::Error::UnknownRevocationStatus)?;
        let revocation = revocation.with_depth(RevocationCheckDepth::Chain);
        let revocation = revocation.with_expiration_policy(ExpirationPolicy::Enforce).build();
        let signer = CertificateDer::from(chain.signer());
        let time = UnixTime::since_unix_epoch(Duration::from_secs(time));
        let signer = EndEntityCert::try_from(&signer)?;
        signer.verify_for_usage(ALGORITHMS, &anchors, &others, time, purpose, Some(revocation), None).map(drop)
    }
}
