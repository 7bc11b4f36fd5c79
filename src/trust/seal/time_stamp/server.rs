//! The server of a time-stamping authority, asked over HTTP (RFC 3161, section 3.4).

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use der::asn1::ObjectIdentifier;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use tokio::runtime::{Builder, Runtime};

use super::TimeStampAuthority;
use super::request::{Request, RequestError};
use super::token::Token;
use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::{reason, reason_in};
use crate::store::{NO_ROOT_CERTIFICATES, ROOT_CERTIFICATES_HELP, innermost_cause, lacks_root_certificates};
use crate::trust::key::random;
use crate::trust::seal::confirm::{Purpose, confirms};

const QUERY: &str = "application/timestamp-query";
const REPLY: &str = "application/timestamp-reply";

/// How long to wait for a single response.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The longest response that is read, in bytes.
const MAX_RESPONSE: usize = 64 << 10;

/// The pause before the first retry. Each further pause is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// How to use a server.
pub struct ServerOptions {
    /// The policy that time stamps must follow; `None` leaves it to the server.
    pub policy: Option<ObjectIdentifier>,
    /// Trusted root certificates in DER; empty to accept any authority.
    pub roots: Vec<Vec<u8>>,
    /// How long to retry when the server does not respond.
    pub patience: Duration,
}

/// The server of an authority.
pub struct TimeStampServer {
    url: Url,
    options: ServerOptions,
    client: Client,
    runtime: Runtime,
    /// Why no further request is sent.
    failure: Mutex<Option<Diagnostic>>,
}

/// Why a request has failed.
enum Failure {
    /// It may succeed later, and why it has not.
    Temporary(String),
    Final(Diagnostic),
}

impl TimeStampServer {
    /// Prepares requests to a server. Nothing is sent yet.
    pub fn new(url: Url, options: ServerOptions) -> Result<Self> {
        // An error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let failed =
            |why: &str| Diagnostic::error(code::TIME_STAMP, format!("the network client cannot be started: {why}"));
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| failed(&reason(&error)).help("close other programs, then run again"))?;
        // A redirection would repeat the request without its body.
        let client = Client::builder().redirect(Policy::none()).timeout(TIMEOUT.min(options.patience));
        let client = client.user_agent(concat!("gen-report/", env!("CARGO_PKG_VERSION"))).build();
        let client = client.map_err(|error| {
            let why = why(&error);
            match lacks_root_certificates(&why) {
                true => failed(NO_ROOT_CERTIFICATES).help(ROOT_CERTIFICATES_HELP),
                false => failed(&why),
            }
        })?;
        Ok(Self { url, options, client, runtime, failure: Mutex::default() })
    }

    async fn ask(&self, request: &Request) -> std::result::Result<(Vec<u8>, Token), Failure> {
        let sent = self.client.post(self.url.clone()).header(CONTENT_TYPE, QUERY).body(request.to_der()).send().await;
        let response = sent.map_err(|error| match error.is_builder() {
            true => Failure::Final(self.unusable(&format!("cannot be asked: {}", why(&error)))),
            false => Failure::Temporary(why(&error)),
        })?;
        let status = response.status().as_u16();
        match status {
            200 => {}
            408 | 429 | 500..=599 => return Err(Failure::Temporary(format!("the response has status {status}"))),
            _ => return Err(Failure::Final(self.unusable(&format!("refuses: the response has status {status}")))),
        }
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("nothing");
        let kind: String = kind.split(';').next().unwrap_or_default().trim().chars().take(100).collect();
        if !kind.eq_ignore_ascii_case(REPLY) {
            return Err(Failure::Final(self.unusable(&format!("answers with {kind} instead of a time stamp"))));
        }
        let body = read_body(response).await.map_err(|error| Failure::Temporary(why(&error)))?;
        self.check(request, &body)
    }

    /// Returns the token in a response, in DER and decoded.
    fn check(&self, request: &Request, response: &[u8]) -> std::result::Result<(Vec<u8>, Token), Failure> {
        let (der, token) = request.read_response(response).map_err(|error| match error {
            RequestError::Temporary(why) => Failure::Temporary(why),
            RequestError::Rejected(why) => Failure::Final(self.unusable(&format!("refuses: {why}"))),
            RequestError::Malformed => Failure::Final(self.unusable("answers with bytes that are no time stamp")),
            RequestError::Mismatch(problem) => Failure::Final(
                self.unusable(&format!("gave a time stamp that cannot be used: {problem}"))
                    .note("another server may be answering in its place"),
            ),
        })?;
        let roots = &self.options.roots;
        if !roots.is_empty() && !confirms(roots, &token.chain, token.time, Purpose::TimeStamps) {
            let name: String = token.chain.holder().chars().filter(|c| !c.is_control()).take(200).collect();
            return Err(Failure::Final(
                self.unusable(&format!(
                    "signs as “{name}”, whose certificate does not lead to one in --timestamp-trust"
                ))
                .note("another server may be answering in its place")
                .help(
                    "if the name is right, add the root certificate of this authority to the file of --timestamp-trust",
                ),
            ));
        }
        Ok((der.to_vec(), token))
    }

    fn unusable(&self, why: &str) -> Diagnostic {
        Diagnostic::error(code::TIME_STAMP, format!("the time-stamp server `{}` {why}", self.url))
            .help("check the address in --timestamp with the authority, or name another server")
    }

    fn unreachable(&self, why: &str) -> Diagnostic {
        Diagnostic::error(code::TRY_AGAIN, format!("the time-stamp server `{}` cannot be reached now: {why}", self.url))
            .help("check the network and the address in --timestamp, then run again with `--resume`")
    }
}

impl TimeStampAuthority for TimeStampServer {
    fn stamp(&self, imprint: &[u8; 32]) -> Result<(Vec<u8>, Token)> {
        let failure = || self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        let request = Request::new(*imprint, &*random()?, self.options.policy);
        let (start, mut pause) = (Instant::now(), FIRST_PAUSE);
        loop {
            if let Some(problem) = &*failure() {
                return Err(problem.clone());
            }
            let problem = match self.runtime.block_on(self.ask(&request)) {
                Ok(token) => return Ok(token),
                Err(Failure::Final(problem)) => problem,
                Err(Failure::Temporary(why)) if start.elapsed() + pause >= self.options.patience => {
                    self.unreachable(&why)
                }
                Err(Failure::Temporary(_)) => {
                    // The timer needs the runtime.
                    self.runtime.block_on(async { tokio::time::sleep(pause).await });
                    pause *= 2;
                    continue;
                }
            };
            return Err(failure().insert(problem).clone());
        }
    }
}

/// Returns the body of a response, cut off after [`MAX_RESPONSE`].
async fn read_body(mut response: Response) -> reqwest::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_RESPONSE {
            break;
        }
    }
    Ok(body)
}

/// Returns why a request failed.
fn why(error: &reqwest::Error) -> String {
    match error.is_timeout() {
        true => "it does not respond in time".to_owned(),
        false => reason_in(&innermost_cause(error).to_string()).trim_end_matches('.').to_owned(),
    }
}
