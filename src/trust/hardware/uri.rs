//! The address of a key in hardware (a PKCS#11 URI, RFC 7512): `pkcs11:token=Seals;object=issuer?module-path=/usr/lib/opensc-pkcs11.so`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// How an address begins.
const SCHEME: &str = "pkcs11:";

/// The address of a private key. It contains no PIN, so messages and files may show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUri {
    text: String,
    /// What the token must have.
    pub token: TokenDescription,
    /// The label of the key (CKA_LABEL).
    pub object: Option<String>,
    /// The identifier of the key (CKA_ID).
    pub id: Option<Vec<u8>>,
    /// The file of the driver.
    pub module: PathBuf,
    /// A file whose first line is the PIN.
    pub pin_source: Option<PathBuf>,
}

/// The attributes of a token. `None` permits any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenDescription {
    pub label: Option<String>,
    pub serial: Option<String>,
    pub manufacturer: Option<String>,
    pub model: Option<String>,
}

impl TokenDescription {
    /// Returns whether a token with these attributes is the one that is described.
    pub fn matches(&self, label: &str, serial: &str, manufacturer: &str, model: &str) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
        is(&self.label, label)
            && is(&self.serial, serial)
            && is(&self.manufacturer, manufacturer)
            && is(&self.model, model)
    }
}

impl KeyUri {
    /// Returns whether a text may be an address.
    pub fn is_uri(text: &str) -> bool {
        text.starts_with(SCHEME)
    }

    /// Returns the name of the key in messages: its label, or its address.
    pub fn name(&self) -> &str {
        self.object.as_deref().unwrap_or(&self.text)
    }
}

impl fmt::Display for KeyUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for KeyUri {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix(SCHEME).ok_or("expected an address that begins with `pkcs11:`")?;
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err("an address has no spaces: write %20".to_owned());
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (mut token, mut object, mut id) = (TokenDescription::default(), None, None);
        for attribute in attributes(path, ';') {
            let (name, value) = attribute?;
            match name {
                "token" => token.label = Some(decode_text(value)?),
                "serial" => token.serial = Some(decode_text(value)?),
                "manufacturer" => token.manufacturer = Some(decode_text(value)?),
                "model" => token.model = Some(decode_text(value)?),
                "object" => object = Some(decode_text(value)?),
                "id" => id = Some(decode(value)?),
                "type" if value == "private" => {}
                "type" => return Err("the address must be that of a private key: write `type=private`".to_owned()),
                _ => {
                    return Err(format!(
                        "unknown attribute `{name}`: known are token, serial, manufacturer, model, object, id, type"
                    ));
                }
            }
        }
        let (mut module, mut pin_source) = (None, None);
        for attribute in attributes(query, '&') {
            let (name, value) = attribute?;
            match name {
                "module-path" => module = Some(PathBuf::from(decode_text(value)?)),
                "pin-source" => pin_source = Some(read_pin_source(&decode_text(value)?)?),
                "pin-value" => {
                    return Err("a PIN in an address can be read by everyone: name a file with pin-source".to_owned());
                }
                _ => return Err(format!("unknown attribute `{name}`: known are module-path, pin-source")),
            }
        }
        let module = module.ok_or("the driver is missing: add `?module-path=` and the file of the PKCS#11 module")?;
        Ok(Self { text: text.to_owned(), token, object, id, module, pin_source })
    }
}

/// Returns the names and the values of attributes.
fn attributes(text: &str, separator: char) -> impl Iterator<Item = Result<(&str, &str), String>> {
    let parts = text.split(separator).filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').ok_or_else(|| format!("`{part}` has no value: write name=value")))
}

fn read_pin_source(text: &str) -> Result<PathBuf, String> {
    match text.strip_prefix("file:").unwrap_or(text) {
        command if command.starts_with('|') => Err("pin-source must be a file: no command is run".to_owned()),
        path => Ok(Path::new(path.strip_prefix("//").unwrap_or(path)).to_owned()),
    }
}

fn decode_text(value: &str) -> Result<String, String> {
    String::from_utf8(decode(value)?).map_err(|_| format!("`{value}` is not UTF-8"))
}

/// Decodes the percent-encoding of RFC 3986.
fn decode(value: &str) -> Result<Vec<u8>, String> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let digits = match byte {
            b'%' => after.get(..2),
            _ => {
                decoded.push(*byte);
                continue;
            }
        };
        let byte = digits.and_then(|digits| data_encoding::HEXLOWER_PERMISSIVE.decode(digits).ok());
        decoded.extend(byte.ok_or_else(|| format!("`{value}` has a `%` without two hexadecimal digits"))?);
        rest = after.get(2..).unwrap_or_default();
    }
    Ok(decoded)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_token_key_and_driver() {
        let text = "pkcs11:token=City%20Seals;object=issuer;id=%01%ff;type=private?module-path=/lib/p.so&pin-source=file:/run/pin";
        let uri: KeyUri = text.parse().unwrap();
        assert_eq!((uri.token.label.as_deref(), uri.object.as_deref()), (Some("City Seals"), Some("issuer")));
        assert_eq!((uri.id.as_deref(), uri.module.to_str()), (Some(&[1, 255][..]), Some("/lib/p.so")));
        assert_eq!((uri.pin_source.as_deref(), uri.to_string()), (Some(Path::new("/run/pin")), text.to_owned()));
        assert!(uri.token.matches("City Seals", "7", "any", "any") && !uri.token.matches("Other", "7", "any", "any"));
    }

    #[test]
    fn an_address_is_read_strictly() {
        for (text, problem) in [
            ("issuer", "expected an address that begins with `pkcs11:`"),
            ("pkcs11:token=a b?module-path=p", "an address has no spaces: write %20"),
            ("pkcs11:object=a", "the driver is missing"),
            ("pkcs11:object?module-path=p", "`object` has no value"),
            ("pkcs11:label=a?module-path=p", "unknown attribute `label`"),
            ("pkcs11:object=%f?module-path=p", "has a `%` without two hexadecimal digits"),
            ("pkcs11:object=%ff?module-path=p", "is not UTF-8"),
            ("pkcs11:type=public?module-path=p", "must be that of a private key"),
            ("pkcs11:?module-path=p&pin-value=1234", "a PIN in an address can be read by everyone"),
            ("pkcs11:?module-path=p&pin-source=%7Cecho%201", "no command is run"),
        ] {
            let found = text.parse::<KeyUri>().unwrap_err();
            assert!(found.contains(problem), "{text}: {found}");
        }
    }
}
