//! Where an issuer publishes what everyone needs to check its certificates.

use super::status_list::STATUS_LIST;

/// The addresses of an issuer's site, from the beginning of the addresses of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The address of codes, up to the code.
    pub codes: String,
    /// Scheme and host: `https://example.org`.
    pub origin: String,
    /// The path of the site, with slashes at both ends.
    pub root: String,
    /// The folder to which codes lead, if it is not that of the site.
    pub folder: Option<String>,
}

impl Site {
    /// Takes the last folder of the address for that of codes, and the one above it for the site.
    pub fn new(verification: &str) -> Self {
        let host_end = verification.find("://").map_or(0, |at| {
            let host = at + "://".len();
            verification[host..].find(['/', '?', '#']).map_or(verification.len(), |end| host + end)
        });
        let (origin, path) = verification.split_at(host_end);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let (above, last) = path.trim_matches('/').rsplit_once('/').unwrap_or(("", path.trim_matches('/')));
        let root = if above.is_empty() { "/".to_owned() } else { format!("/{above}/") };
        let folder = (!last.is_empty()).then(|| last.to_owned());
        Self { codes: verification.to_owned(), origin: origin.to_ascii_lowercase(), root, folder }
    }

    /// Returns the address of the site, with a slash at its end.
    pub fn address(&self) -> String {
        format!("{}{}", self.origin, self.root)
    }

    /// Returns the address of the status list.
    pub fn status_list(&self) -> String {
        format!("{}{STATUS_LIST}", self.address())
    }
}
