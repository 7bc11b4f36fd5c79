//! Which certificates a revocation list covers.

use der::Decode;
use webpki::{Cert, CertRevocationList};
use x509_cert::ext::pkix::crl::dp::{DistributionPoint, IssuingDistributionPoint};
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};

use super::certificate::distribution_points;

/// Returns whether a list would name a certificate if it was revoked (RFC 5280, 6.3.3, b): it has the same issuer, it is not limited
/// to other certificates, and if it is one of several, it is that of the certificate. `webpki` decides in the same way which list it
/// searches, but does not report it.
pub fn is_list_for(list: &CertRevocationList<'_>, certificate: &Cert<'_>, is_authority: bool) -> bool {
    if list.issuer() != certificate.issuer() {
        return false;
    }
    let Some(scope) = list.issuing_distribution_point() else { return true };
    let Ok(scope) = IssuingDistributionPoint::from_der(scope) else { return false };
    let is_limited = match is_authority {
        true => scope.only_contains_user_certs,
        false => scope.only_contains_ca_certs,
    };
    match distribution_points(&certificate.der()) {
        _ if is_limited => false,
        Some(None) => true,
        Some(Some(points)) => points.0.iter().any(|point| is_same_point(point, &scope)),
        None => false,
    }
}

/// Returns whether a list is published at a place that a certificate names, for all reasons and by its issuer.
fn is_same_point(point: &DistributionPoint, scope: &IssuingDistributionPoint) -> bool {
    let addresses = addresses(scope.distribution_point.as_ref());
    let has_all = point.reasons.is_none() && point.crl_issuer.is_none();
    has_all && self::addresses(point.distribution_point.as_ref()).iter().any(|address| addresses.contains(address))
}

fn addresses(name: Option<&DistributionPointName>) -> Vec<&str> {
    let Some(DistributionPointName::FullName(names)) = name else { return Vec::new() };
    let addresses = names.iter().filter_map(|name| match name {
        GeneralName::UniformResourceIdentifier(address) => Some(address.as_str()),
        _ => None,
    });
    addresses.collect()
}
