//! The helper `{{code}}`: a QR code, signed on certificates.

use std::fmt::Write;

use handlebars::Helper;
use serde_json::Value as Json;

use super::text::text;
use super::{Session, helper_error};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::locale::text_marks;
use crate::pdf::qr_modules::QrModules;
use crate::template::escape;
use crate::trust;
use crate::trust::code::with_capital_host;

/// Prints a QR code with error correction level M. Each run of dark modules in a row is a rectangle of the path. The code of
/// a certificate is signed if the run has a key.
///
/// With `packed=true`, the modules of a signed code are packed instead: they become a form XObject (`typeset::drawings`), which
/// takes a tenth of the time of the path.
pub fn qr_code(session: &Session<'_>, call: &Helper<'_>) -> Result<String> {
    let address = text(session, call)?;
    let address = with_capital_host(&text_marks::strip(&address));
    let signed = sign_code(session, &address)?;
    let code = fast_qr::QRBuilder::new(signed.as_deref().unwrap_or(&address))
        .ecl(fast_qr::ECL::M)
        .build()
        .map_err(|_| helper_error("the address is too long for a QR code", "shorten `verification` in the results"))?;
    let modules = QrModules::new(code.size, |x, y| code[y][x].value());
    let is_packed = call.hash_get("packed").is_some_and(|given| given.value() == &Json::Bool(true));
    let drawn = match is_packed && signed.is_some() {
        true => format!("packed: \"{}\"", modules.pack()),
        false => format!("path: \"{}\"", svg_path(&modules)),
    };
    let address = signed.map(|signed| format!(", address: {}", escape::string(&signed))).unwrap_or_default();
    Ok(format!("(size: {}, {drawn}{address})", code.size))
}

fn svg_path(modules: &QrModules) -> String {
    let mut path = String::new();
    // Writing to a string cannot fail.
    modules.for_each_run(|x, y, run| _ = write!(path, "M{x} {y}h{run}v1h-{run}z"));
    path
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
    let signed = trust::code::sign(signer, &base.value, claim)?.ok_or_else(|| {
        let message = format!("`{}` cannot be the beginning of a signed code", base.value);
        Diagnostic::error(code::WRONG_VALUE, message)
            .place(session.results.place(&base.span))
            .help("end it with `/`, as in https://example.org/C/")
    })?;
    Ok(Some(signed))
}
