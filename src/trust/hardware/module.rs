//! A key behind a PKCS#11 module, the driver that the maker of a token supplies.

use std::fs::File;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{HardwareMechanism, KeyUri};
use crate::diagnostic::{Diagnostic, Result, code};
use crate::trust::claim::printable;
use crate::trust::seal::asn1::{NULL, RSA_ENCRYPTION, bit_string, elements, integer, oid, sequence};
use crate::trust::seal::certificate;
use crate::trust::seal::public_key::EC_PUBLIC_KEY;

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// A private key in hardware. It has no `Debug`, so that no message can contain the PIN.
pub struct HardwareKey {
    uri: KeyUri,
    /// For the pipe to a worker process, which opens the token itself.
    pin: Zeroizing<String>,
    /// A SubjectPublicKeyInfo in DER.
    public: Vec<u8>,
    /// `None` before a worker process has signed. A token signs one message at a time.
    connection: Mutex<Option<Connection>>,
}

/// An open token with its key.
struct Connection {
    session: Session,
    key: ObjectHandle,
}

impl Connection {
    /// Opens the token, and finds the key. The PIN is only asked for if the token is there.
    fn open(uri: &KeyUri, pin: impl FnOnce() -> Result<Zeroizing<String>>) -> Result<Self> {
        let _lock = lock(&uri.module);
        let module = load(&uri.module)?;
        let slot = find_token(&module, uri)?;
        let failed = |error: Error| unusable(uri, &error);
        let session = module.open_ro_session(slot).map_err(failed)?;
        if module.get_token_info(slot).map_err(failed)?.login_required() {
            log_in(&session, uri, &pin()?)?;
        }
        let key = find_key(&session, uri)?;
        Ok(Self { session, key })
    }

    fn sign(&self, mechanism: HardwareMechanism, message: &[u8]) -> cryptoki::error::Result<Vec<u8>> {
        let Self { session, key } = self;
        match mechanism {
            HardwareMechanism::EcdsaSha256 => session.sign(&Mechanism::Ecdsa, *key, &Sha256::digest(message)),
            HardwareMechanism::RsaSha256 => session.sign(&Mechanism::Sha256RsaPkcs, *key, message),
            HardwareMechanism::Ed25519 => {
                let ed25519 = EddsaParams::new(EddsaSignatureScheme::Ed25519);
                session.sign(&Mechanism::Eddsa(ed25519), *key, message)
            }
        }
    }
}

impl HardwareKey {
    /// Finds a key. The PIN is only asked for if the token is there.
    pub fn open(uri: &KeyUri, pin: impl FnOnce() -> Result<Zeroizing<String>>) -> Result<Self> {
        let mut entered = Zeroizing::default();
        let connection = Connection::open(uri, || {
            entered = pin()?;
            Ok(entered.clone())
        })?;
        let public = read_public_key(&connection.session, connection.key).ok_or_else(|| {
            key_error(uri, "has no public key on its token, and no certificate")
                .help("import its certificate into the token, with the same CKA_ID as the key")
        })?;
        Ok(Self { uri: uri.clone(), pin: entered, public, connection: Mutex::new(Some(connection)) })
    }

    /// Returns a key that another process has found; always `Some` with this feature. The token is opened when the key signs first.
    pub fn open_later(uri: KeyUri, pin: Zeroizing<String>, public: Vec<u8>) -> Option<Self> {
        Some(Self { uri, pin, public, connection: Mutex::default() })
    }

    pub fn uri(&self) -> &KeyUri {
        &self.uri
    }

    pub fn pin(&self) -> &str {
        &self.pin
    }

    /// Returns the public key, a SubjectPublicKeyInfo in DER.
    pub fn public_key(&self) -> &[u8] {
        &self.public
    }

    /// Signs a message.
    pub fn sign(&self, mechanism: HardwareMechanism, message: &[u8]) -> Result<Vec<u8>> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match &mut *connection {
            Some(open) => open,
            none => none.insert(Connection::open(&self.uri, || Ok(self.pin.clone()))?),
        };
        connection.sign(mechanism, message).map_err(|error| unusable(&self.uri, &error))
    }
}

fn key_error(uri: &KeyUri, why: &str) -> Diagnostic {
    Diagnostic::error(code::KEY, format!("the key `{}` {why}", uri.name()))
}

fn unusable(uri: &KeyUri, error: &Error) -> Diagnostic {
    let help = match error {
        Error::Pkcs11(RvError::DeviceRemoved | RvError::TokenNotPresent, _) => "insert the token, and run again",
        Error::Pkcs11(RvError::MechanismInvalid | RvError::KeyTypeInconsistent, _) => {
            "the token cannot sign in this way: use another key"
        }
        _ => "test the token with the program of its maker",
    };
    key_error(uri, &format!("cannot be used: {}", reason(error))).help(help)
}

/// Returns what went wrong, in one line.
fn reason(error: &Error) -> String {
    let text = match error {
        Error::Pkcs11(value, _) => format!("the token answers {value:?}"),
        Error::LibraryLoading(error) => error.to_string(),
        error => error.to_string(),
    };
    text.lines().next().unwrap_or_default().to_owned()
}

/// Lets one process of this program at a time open a token: SoftHSM fails if two processes log in at the same moment. The lock ends
/// with the returned file. Returns `None` where files cannot be locked.
fn lock(module: &Path) -> Option<File> {
    let file = File::open(module).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// Loads a module, or returns the one that this process uses already.
fn load(path: &Path) -> Result<Pkcs11> {
    let failed = |why: String| {
        Diagnostic::error(code::KEY, format!("the PKCS#11 module `{}` cannot be loaded: {why}", path.display()))
            .help("install the driver of the token, and give the file of its PKCS#11 module with module-path")
    };
    if !path.is_file() {
        return Err(failed("there is no such file".to_owned()));
    }
    let module = Pkcs11::new(path).map_err(|error| failed(reason(&error)))?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(module),
        Err(error) => Err(failed(reason(&error))),
    }
}

fn find_token(module: &Pkcs11, uri: &KeyUri) -> Result<Slot> {
    let slots = module.get_slots_with_initialized_token().map_err(|error| unusable(uri, &error))?;
    let tokens: Vec<_> = slots
        .into_iter()
        .filter_map(|slot| {
            let info = module.get_token_info(slot).ok()?;
            let [label, serial] = [info.label(), info.serial_number()].map(|text| text.trim_end().to_owned());
            let is_wanted =
                uri.token.matches(&label, &serial, info.manufacturer_id().trim_end(), info.model().trim_end());
            Some((slot, label, serial, is_wanted))
        })
        .collect();
    let wanted: Vec<_> = tokens.iter().filter(|(.., is_wanted)| *is_wanted).collect();
    let error = |message: &str| Diagnostic::error(code::KEY, format!("{message} for the key `{}`", uri.name()));
    let list = |tokens: &mut dyn Iterator<Item = (&String, &String)>| {
        let names: Vec<String> =
            tokens.map(|(label, serial)| format!("{} (serial {})", printable(label), printable(serial))).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    match wanted.as_slice() {
        [(slot, ..)] => Ok(*slot),
        [] => Err(error("there is no token")
            .note(format!("tokens: {}", list(&mut tokens.iter().map(|(_, label, serial, _)| (label, serial)))))
            .help("insert the token, or correct `token=` in the address of the key")),
        _ => Err(error("there is more than one token")
            .note(format!("tokens: {}", list(&mut wanted.iter().map(|(_, label, serial, _)| (label, serial)))))
            .help("add `;serial=` to the address of the key")),
    }
}

/// Logs in. A wrong PIN is never tried again: a token locks itself after a few.
fn log_in(session: &Session, uri: &KeyUri, pin: &str) -> Result<()> {
    let problem = |why: &str, help: &str| {
        Diagnostic::error(code::PASSWORD, format!("the PIN does not open the token of the key `{}`{why}", uri.name()))
            .help(help.to_owned())
    };
    match session.login(UserType::User, Some(&AuthPin::from(pin.to_owned()))) {
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
        Err(Error::Pkcs11(RvError::PinLocked, _)) => Err(problem(
            ": it is locked",
            "unlock it with the program of its maker, and the PUK or the PIN of the security officer",
        )),
        Err(Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _)) => {
            Err(problem("", "check the PIN before the next try: a token locks itself after a few wrong ones"))
        }
        Err(error) => Err(unusable(uri, &error)),
    }
}

fn find_key(session: &Session, uri: &KeyUri) -> Result<ObjectHandle> {
    let mut wanted = vec![Attribute::Class(ObjectClass::PRIVATE_KEY)];
    wanted.extend(uri.object.iter().map(|label| Attribute::Label(label.clone().into_bytes())));
    wanted.extend(uri.id.iter().map(|id| Attribute::Id(id.clone())));
    let find = |template: &[Attribute]| session.find_objects(template).map_err(|error| unusable(uri, &error));
    match find(&wanted)?.as_slice() {
        [key] => Ok(*key),
        [] => {
            let keys = find(&[Attribute::Class(ObjectClass::PRIVATE_KEY)])?;
            let labels: Vec<String> = keys.iter().filter_map(|key| read_label(session, *key)).collect();
            let labels = if labels.is_empty() { "none".to_owned() } else { labels.join(", ") };
            Err(key_error(uri, "is not on its token")
                .note(format!("private keys on it: {labels}"))
                .help("correct `object=` or `id=` in the address of the key"))
        }
        _ => Err(key_error(uri, "is not the only one with this address").help("add `;id=` to the address of the key")),
    }
}

fn read_label(session: &Session, key: ObjectHandle) -> Option<String> {
    match session.get_attributes(key, &[AttributeType::Label]).ok()?.pop()? {
        Attribute::Label(label) => {
            Some(printable(&String::from_utf8_lossy(&label).chars().take(100).collect::<String>()))
        }
        _ => None,
    }
}

/// Returns the public key of a private key: from itself, from the public key or else the certificate with the same identifier.
fn read_public_key(session: &Session, key: ObjectHandle) -> Option<Vec<u8>> {
    if let Some(public) = read_key_info(session, key) {
        return Some(public);
    }
    let id = session.get_attributes(key, &[AttributeType::Id]).ok()?.pop()?;
    let find = |class| session.find_objects(&[Attribute::Class(class), id.clone()]).ok();
    let public = find(ObjectClass::PUBLIC_KEY)?.into_iter().find_map(|key| read_key_info(session, key));
    public.or_else(|| {
        find(ObjectClass::CERTIFICATE)?.into_iter().find_map(|certificate| {
            match session.get_attributes(certificate, &[AttributeType::Value]).ok()?.pop()? {
                Attribute::Value(der) => certificate::public_key(&der),
                _ => None,
            }
        })
    })
}

/// Returns the attributes of an object that are a public key, as a SubjectPublicKeyInfo in DER.
fn read_key_info(session: &Session, object: ObjectHandle) -> Option<Vec<u8>> {
    let read = |kind| session.get_attributes(object, &[kind]).ok()?.pop();
    let Attribute::KeyType(kind) = read(AttributeType::KeyType)? else { return None };
    if kind == KeyType::RSA {
        let (Attribute::Modulus(modulus), Attribute::PublicExponent(exponent)) =
            (read(AttributeType::Modulus)?, read(AttributeType::PublicExponent)?)
        else {
            return None;
        };
        let numbers = sequence(&[unsigned_integer(&modulus), unsigned_integer(&exponent)]);
        return Some(sequence(&[sequence(&[&oid(RSA_ENCRYPTION)[..], NULL]), bit_string(&numbers)]));
    }
    let Attribute::EcPoint(point) = read(AttributeType::EcPoint)? else { return None };
    // An OCTET STRING in DER; some modules leave its frame away.
    let framed = elements(&point).and_then(|found| <[_; 1]>::try_from(found).ok()).map(|[it]| it.value().to_vec());
    let point = framed.unwrap_or(point);
    if kind == KeyType::EC_EDWARDS {
        return Some(sequence(&[sequence(&[oid(ED25519)]), bit_string(&point)]));
    }
    let Attribute::EcParams(curve) = read(AttributeType::EcParams)? else { return None };
    Some(sequence(&[sequence(&[oid(EC_PUBLIC_KEY), curve]), bit_string(&point)]))
}

/// Returns an INTEGER with a positive number.
fn unsigned_integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = bytes.get(zeros..).unwrap_or_default();
    let sign: &[u8] = if digits.first().is_none_or(|first| *first >= 0x80) { &[0] } else { &[] };
    integer(&[sign, digits].concat())
}
