//! The helper `{{code}}`: a QR code, signed on certificates.

use std::fmt::Write;

use handlebars::Helper;

use super::text::text;
use super::{Session, helper_error};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::locale::marks;
use crate::template::escape;
use crate::trust;
use crate::trust::code::with_capital_host;

/// Prints a QR code with error correction level M. Each run of dark modules in a row is a rectangle of the path. The code of
/// a certificate is signed if the run has a key.
pub fn qr_code(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let address = text(session, call)?;
    let address = with_capital_host(&marks::strip(&address));
    let signed = sign_code(session, &address)?;
    let code = fast_qr::QRBuilder::new(signed.as_deref().unwrap_or(&address))
        .ecl(fast_qr::ECL::M)
        .build()
        .map_err(|_| helper_error("the address is too long for a QR code", "shorten `verification` in the results"))?;
    let mut path = String::with_capacity(4 * code.size * code.size);
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|at| code[y][*at].value()).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run.max(1);
        }
    }
    let address = signed.map(|signed| format!(", address: {}", escape::string(&signed))).unwrap_or_default();
    Ok(format!("(size: {}, path: \"{path}\"{address})", code.size))
}

/// Returns the signed address for the code of a certificate; `None` without a key, and for other addresses.
fn sign_code(session: &Session<'_>, address: &str) -> Result<Option<String>> {
    let (Some(signer), Some(city)) = (session.signer, session.city) else { return Ok(None) };
    let edition = &session.results.edition;
    let base = &edition.verification;
    if with_capital_host(&format!("{}{}", base.value, city.serial(edition))) != address {
        return Ok(None);
    }
    let Some(claim) = session.claim()? else { return Ok(None) };
    let signed = trust::code::sign(signer, &base.value, claim).ok_or_else(|| {
        let message = format!("`{}` cannot be the beginning of a signed code", base.value);
        Diagnostic::error(code::WRONG_VALUE, message)
            .place(session.results.place(&base.span))
            .help("end it with `/`, as in https://example.org/C/")
    })?;
    Ok(Some(signed))
}
