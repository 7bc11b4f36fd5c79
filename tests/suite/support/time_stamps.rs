//! A server on this machine that gives time stamps (RFC 3161), always of the same moment, or lies as it is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use gen_report::trust::seal::{Chain, SealKey};
use sha2::{Digest, Sha256};

/// What the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Honest,
    OtherMessage,
    OtherNonce,
    WrongSignature,
    /// The certificate is for e-mail.
    OtherPurpose,
    /// A status, its text, and the number of a failure.
    Rejection(u8, &'static str, u8),
    Garbage,
    /// An HTTP status, with a page.
    Status(u16),
    /// A page with status 200.
    Page,
    /// The connection ends without an answer.
    Silence,
}

/// The policy that it follows: 1.2.3.4.1.
const POLICY: &[u8] = &[0x2a, 0x03, 0x04, 0x01];

/// 2026-03-01, when it stamps everything.
const TIME: &str = "20260301000000Z";

#[derive(Clone)]
pub struct TimeStampServer {
    pub url: String,
    /// The answers to the next requests; the last of them is repeated.
    answers: Arc<Mutex<Vec<Answer>>>,
}

pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
const OID: u8 = 0x06;

pub(super) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len();
    let head = match length {
        0..0x80 => vec![tag, length as u8],
        0x80..0x100 => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    [head, content].concat()
}

/// The first element of some short ones, and the others.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(2 + usize::from(bytes[1]))
}

pub(super) fn oid(text: &str) -> Vec<u8> {
    let oid: der::asn1::ObjectIdentifier = text.parse().unwrap();
    element(OID, &[oid.as_bytes()])
}

fn key() -> SealKey {
    SealKey::from_bytes(&[7; 32]).unwrap()
}

fn sha256() -> Vec<u8> {
    element(SEQUENCE, &[&oid("2.16.840.1.101.3.4.2.1")])
}

pub(super) fn ecdsa() -> Vec<u8> {
    element(SEQUENCE, &[&oid("1.2.840.10045.4.3.2")])
}

fn name() -> Vec<u8> {
    let attribute = element(SEQUENCE, &[&oid("2.5.4.3"), &element(0x0c, &[b"Test Clock"])]);
    element(SEQUENCE, &[&element(SET, &[&attribute])])
}

/// The certificate of the server, which it has signed itself.
pub fn certificate(purpose: &str) -> Vec<u8> {
    let purposes = element(SEQUENCE, &[&oid(purpose)]);
    let extension = element(SEQUENCE, &[&oid("2.5.29.37"), &[0x01, 0x01, 0xff], &element(OCTETS, &[&purposes])]);
    let validity = [&b"200101000000Z"[..], b"400101000000Z"].map(|time| element(0x17, &[time]));
    let content = element(
        SEQUENCE,
        &[
            &element(0xa0, &[&element(INTEGER, &[&[2]])]),
            &element(INTEGER, &[&[9]]),
            &ecdsa(),
            &name(),
            &element(SEQUENCE, &[&validity.concat()]),
            &name(),
            &key().public_key().to_der(),
            &element(0xa3, &[&element(SEQUENCE, &[&extension])]),
        ],
    );
    let signature = element(0x03, &[&[0], &key().sign(&content).unwrap()]);
    element(SEQUENCE, &[&content, &ecdsa(), &signature])
}

const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
const EMAIL: &str = "1.3.6.1.5.5.7.3.4";

/// The certificate of the server in PEM.
pub fn certificate_pem() -> String {
    Chain::from_der(vec![certificate(TIME_STAMPING)]).unwrap().to_pem()
}

/// The token for a request.
fn token(request: &[u8], answer: Answer) -> Vec<u8> {
    let (_version, rest) = split(&request[2..]);
    let (imprint, mut rest) = split(rest);
    if rest[0] == OID {
        rest = split(rest).1;
    }
    let (mut imprint, mut nonce) = (imprint.to_vec(), split(rest).0.to_vec());
    if answer == Answer::OtherMessage {
        *imprint.last_mut().unwrap() ^= 1;
    }
    if answer == Answer::OtherNonce {
        *nonce.last_mut().unwrap() ^= 1;
    }
    let [version, serial] = [1, 5].map(|number| element(INTEGER, &[&[number]]));
    let (policy, time) = (element(OID, &[POLICY]), element(0x18, &[TIME.as_bytes()]));
    let info = element(SEQUENCE, &[&version, &policy, &imprint, &serial, &time, &nonce]);
    let certificate = certificate(if answer == Answer::OtherPurpose { EMAIL } else { TIME_STAMPING });
    let attribute = |kind: &str, value: Vec<u8>| element(SEQUENCE, &[&oid(kind), &element(SET, &[&value])]);
    let hash = element(OCTETS, &[&Sha256::digest(&certificate)]);
    let names = element(SEQUENCE, &[&element(SEQUENCE, &[&element(SEQUENCE, &[&hash])])]);
    let attributes = [
        attribute("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.9.16.1.4")),
        attribute("1.2.840.113549.1.9.4", element(OCTETS, &[&Sha256::digest(&info)])),
        attribute("1.2.840.113549.1.9.16.2.47", names),
    ]
    .concat();
    let mut signature = key().sign(&element(SET, &[&attributes])).unwrap();
    if answer == Answer::WrongSignature {
        *signature.last_mut().unwrap() ^= 1;
    }
    let signer = element(
        SEQUENCE,
        &[
            &version,
            &element(SEQUENCE, &[&name(), &element(INTEGER, &[&[9]])]),
            &sha256(),
            &element(0xa0, &[&attributes]),
            &ecdsa(),
            &element(OCTETS, &[&signature]),
        ],
    );
    let content = element(
        SEQUENCE,
        &[
            &element(INTEGER, &[&[3]]),
            &element(SET, &[&sha256()]),
            &element(SEQUENCE, &[&oid("1.2.840.113549.1.9.16.1.4"), &element(0xa0, &[&element(OCTETS, &[&info])])]),
            &element(0xa0, &[&certificate]),
            &element(SET, &[&signer]),
        ],
    );
    element(SEQUENCE, &[&oid("1.2.840.113549.1.7.2"), &element(0xa0, &[&content])])
}

/// A time stamp of a message with this SHA-256, as anybody can get it of an authority.
pub fn token_for(digest: &[u8; 32]) -> Vec<u8> {
    let imprint = element(SEQUENCE, &[&sha256(), &element(OCTETS, &[digest])]);
    let [version, nonce] = [1, 2].map(|number| element(INTEGER, &[&[number]]));
    token(&element(SEQUENCE, &[&version, &imprint, &nonce]), Answer::Honest)
}

/// The HTTP status, the type and the body of an answer.
fn answer(request: &[u8], answer: Answer) -> (u16, &'static str, Vec<u8>) {
    const REPLY: &str = "application/timestamp-reply";
    let status = |number: u8| element(INTEGER, &[&[number]]);
    match answer {
        Answer::Status(status) => (status, "text/html", b"<html>".to_vec()),
        Answer::Page => (200, "text/html; charset=utf-8", b"<html>".to_vec()),
        Answer::Garbage => (200, REPLY, b"0\x82\xff\xff".to_vec()),
        Answer::Rejection(number, text, failure) => {
            let texts = element(SEQUENCE, &[&element(0x0c, &[text.as_bytes()])]);
            let mut bits = [0; 5];
            bits[1 + usize::from(failure / 8)] |= 0x80 >> (failure % 8);
            let status = element(SEQUENCE, &[&status(number), &texts, &element(0x03, &[&bits])]);
            (200, REPLY, element(SEQUENCE, &[&status]))
        }
        answer => {
            let status = element(SEQUENCE, &[&status(0)]);
            (200, REPLY, element(SEQUENCE, &[&status, &token(request, answer)]))
        }
    }
}

impl TimeStampServer {
    /// Starts a server on a free port. The last answer is repeated.
    pub fn start(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
        let server = Self { url, answers: Arc::new(Mutex::new(answers.to_vec())) };
        let answers = server.answers.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = answers.clone();
                thread::spawn(move || serve(&stream, &answers));
            }
        });
        server
    }

    /// A server that is not running: nothing listens on port 9 (“discard”).
    pub fn unreachable() -> Self {
        Self { url: "http://127.0.0.1:9/".to_owned(), answers: Arc::default() }
    }
}

/// Answers the requests of one connection until it is closed.
fn serve(stream: &TcpStream, answers: &Mutex<Vec<Answer>>) -> Option<()> {
    let mut input = BufReader::new(stream);
    let mut output = stream;
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            input.read_line(&mut line).ok().filter(|length| *length > 0)?;
            let line = line.trim_end().to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        input.read_exact(&mut body).ok()?;
        let next = {
            let mut answers = answers.lock().unwrap();
            if answers.len() > 1 { answers.remove(0) } else { answers[0] }
        };
        if next == Answer::Silence {
            return None;
        }
        let (status, kind, body) = answer(&body, next);
        let head = format!("HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
        output.write_all(head.as_bytes()).ok()?;
        output.write_all(&body).ok()?;
    }
}
