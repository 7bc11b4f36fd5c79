//! The page in the browser: an HTTP server on the loopback interface.
//!
//! A token in the address keeps other users of the machine away, and checks of `Host` and `Origin` keep other websites away
//! (the check of `Host` protects against DNS rebinding). The page may load nothing from elsewhere.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as UrlPath, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream;
use serde_json::{Value as Json, json};
use tokio::sync::{oneshot, watch};

use super::pages::{PageStore, without_known_glyphs};
use super::state::Highlight;
use super::{Command, EditRequest, Point, Reply, Target, View, spawn};
use crate::diagnostic::{Diagnostic, code};
use crate::document::Languages;
use crate::hash::hex;
use crate::project::{embedded, reason};

/// What the page may do: run its own scripts and nothing else. The photos of a document are `data:` addresses in its SVG.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a page of a document may do: show what it contains.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The files of the page, each with its type.
const FILES: &[(&str, &str, &str)] = &[
    ("", "text/html; charset=utf-8", include_str!("page/index.html")),
    ("page.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("drawing.js", "text/javascript; charset=utf-8", include_str!("page/drawing.js")),
    ("page.js", "text/javascript; charset=utf-8", include_str!("page/page.js")),
    ("icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
];

/// The typeface of Chinese names and messages, for machines without one.
const HAN_FONT: &str = "fonts/noto/NotoSansSC-Regular.ttf";

/// The largest request, in bytes.
const MAX_REQUEST: usize = 64 << 10;
/// How many cities a search returns at most.
const MAX_CITIES: usize = 50;

/// A server that listens but does not answer yet.
pub struct Server {
    listener: TcpListener,
    access: Access,
}

/// What a request must have: the port and the token of the address.
#[derive(Clone, Debug)]
pub struct Access {
    port: u16,
    token: String,
}

/// The state shared with the thread of the session, which updates it.
pub struct Published {
    pages: PageStore,
    state: watch::Sender<Arc<str>>,
    highlights: watch::Sender<Arc<str>>,
}

#[derive(Clone)]
struct Context {
    access: Arc<Access>,
    published: Arc<Published>,
    commands: Sender<Command>,
}

impl Server {
    /// Listens on a port of the loopback interface, or on any free one.
    pub fn bind(port: Option<u16>) -> Result<Self, Diagnostic> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or(0)));
        let failed = |error: &io::Error| {
            let problem = Diagnostic::error(
                code::OUTPUT,
                match port {
                    Some(port) => format!("port {port} cannot be used: {}", reason(error)),
                    None => format!("the page cannot be served: {}", reason(error)),
                },
            );
            match error.kind() {
                io::ErrorKind::AddrInUse => {
                    problem.help("name another port with `--port`, or leave it out to use any free one; another `gen-report watch` may be running")
                }
                io::ErrorKind::PermissionDenied => problem.help("use a port above 1023, or leave out `--port`"),
                _ => problem.help("leave out `--port` to use any free port"),
            }
        };
        let listener = TcpListener::bind(address).map_err(|error| failed(&error))?;
        let prepared = listener.set_nonblocking(true).and_then(|()| listener.local_addr());
        let port = prepared.map_err(|error| failed(&error))?.port();
        Ok(Self { listener, access: Access::new(port)? })
    }

    /// Returns the address of the page.
    pub fn address(&self) -> String {
        self.access.address()
    }

    /// Starts to answer, in a thread of its own.
    pub(super) fn start(self, published: Arc<Published>, commands: Sender<Command>) {
        let context = Context { access: self.access.into(), published, commands };
        let listener = self.listener;
        let _ = spawn("server", move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
            if let Ok(runtime) = runtime {
                let _ = runtime.block_on(async {
                    axum::serve(tokio::net::TcpListener::from_std(listener)?, router(context)).await
                });
            }
        });
    }
}

impl Access {
    /// Makes a random token.
    fn new(port: u16) -> Result<Self, Diagnostic> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| {
            Diagnostic::error(code::OUTPUT, format!("the system gives no random numbers: {error}"))
                .help("check the system: the address of the page needs a random part")
        })?;
        Ok(Self { port, token: hex(&random) })
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// Returns why a request is refused, if it is.
    fn refuse(&self, path: &str, headers: &HeaderMap) -> Option<(StatusCode, &'static str)> {
        let hosts = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        if !text(HOST).is_some_and(|host| hosts.iter().any(|known| known == host)) {
            return Some((StatusCode::MISDIRECTED_REQUEST, "this server answers only at 127.0.0.1 and localhost\n"));
        }
        if let Some(origin) = text(ORIGIN)
            && !hosts.iter().any(|host| origin.strip_prefix("http://") == Some(host))
        {
            return Some((StatusCode::FORBIDDEN, "another website must not use this server\n"));
        }
        let is_foreign = |site: &str| !matches!(site, "same-origin" | "none");
        let is_navigation = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate");
        if text(HeaderName::from_static("sec-fetch-site")).is_some_and(is_foreign) && !is_navigation {
            return Some((StatusCode::FORBIDDEN, "another website must not use this server\n"));
        }
        let token = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        (!is_equal(token, &self.token))
            .then_some((StatusCode::NOT_FOUND, "open the address that `gen-report watch` has printed\n"))
    }
}

/// Compares two texts in a time that does not depend on where they differ.
fn is_equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

impl Published {
    pub fn new(pages: PageStore) -> Self {
        Self { pages, state: watch::Sender::new("{}".into()), highlights: watch::Sender::new("".into()) }
    }

    /// Sends a new state to all browsers.
    pub fn publish(&self, state: Json) {
        self.state.send_replace(state.to_string().into());
    }

    /// Has all browsers show these parts of the pages.
    pub fn highlight(&self, found: &[Highlight]) {
        let list: Vec<Json> = found.iter().map(Highlight::to_json).collect();
        self.highlights.send_replace(Json::from(list).to_string().into());
    }
}

fn router(context: Context) -> Router {
    Router::new()
        .route("/{token}/", get(|| file("")))
        .route("/{token}/{file}", get(|UrlPath((_, name)): UrlPath<(String, String)>| async move { file(&name).await }))
        .route("/{token}/events", get(events))
        .route("/{token}/pages/{page}", get(page))
        .route("/{token}/cities", get(cities))
        .route("/{token}/origins", get(origins))
        .route("/{token}/jump", get(jump))
        .route("/{token}/view", post(view))
        .route("/{token}/open", post(open))
        .route("/{token}/edit", post(edit))
        .route("/{token}/undo", post(undo))
        .layer(middleware::from_fn_with_state(context.access.clone(), guard))
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
        .with_state(context)
}

/// Refuses requests that do not come from the page, and sets the headers of all answers.
async fn guard(State(access): State<Arc<Access>>, request: Request, next: Next) -> Response {
    let refused = access.refuse(request.uri().path(), request.headers());
    let mut response = match refused {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

async fn file(name: &str) -> Response {
    if name == "han.ttf" {
        return match embedded::read(HAN_FONT) {
            Some((bytes, _)) => ([(CONTENT_TYPE, "font/ttf")], bytes).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, text)) => ([(CONTENT_TYPE, *kind)], *text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Sends the state now and at each change, and the highlights requested through `/jump`.
async fn events(State(context): State<Context>) -> impl IntoResponse {
    let mut state = context.published.state.subscribe();
    state.mark_changed();
    let highlights = context.published.highlights.subscribe();
    let stream = stream::unfold((state, highlights), |(mut state, mut highlights)| async move {
        let event = tokio::select! {
            changed = state.changed() => {
                changed.ok()?;
                let json = state.borrow_and_update().clone();
                sse::Event::default().event("state").data(json)
            }
            changed = highlights.changed() => {
                changed.ok()?;
                let json = highlights.borrow_and_update().clone();
                sse::Event::default().event("highlights").data(json)
            }
        };
        Some((Ok::<_, Infallible>(event), (state, highlights)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

#[derive(serde::Deserialize)]
struct PageQuery {
    /// The hash of a page whose glyphs the browser has.
    known: Option<String>,
}

async fn page(
    State(context): State<Context>,
    UrlPath((_, name)): UrlPath<(String, String)>,
    Query(query): Query<PageQuery>,
) -> Response {
    let pages = &context.published.pages;
    match name.strip_suffix(".svg").and_then(|hash| pages.get(hash)) {
        Some(svg) => {
            let headers = [
                (CONTENT_TYPE, "image/svg+xml"),
                (CONTENT_SECURITY_POLICY, PAGE_POLICY),
                // The names are the hashes of the contents.
                (CACHE_CONTROL, "private, max-age=3600, immutable"),
            ];
            let known = query.known.and_then(|hash| pages.get(&hash));
            let svg = known.map_or_else(|| svg.to_string(), |known| without_known_glyphs(&svg, &known));
            (headers, svg).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(serde::Deserialize)]
struct CityQuery {
    #[serde(default)]
    q: String,
}

async fn cities(State(context): State<Context>, Query(query): Query<CityQuery>) -> Response {
    let ask = |reply| Command::Cities { query: query.q, limit: MAX_CITIES, reply };
    answer(&context, ask, |(found, count)| {
        let entries = found.iter().map(|city| json!({ "id": city.id, "names": city.names, "rank": city.rank }));
        json!({ "cities": entries.collect::<Vec<_>>(), "count": count })
    })
    .await
}

#[derive(serde::Deserialize)]
struct PointQuery {
    document: usize,
    page: usize,
    x: f64,
    y: f64,
}

async fn origins(State(context): State<Context>, Query(query): Query<PointQuery>) -> Response {
    let PointQuery { document, page, x, y } = query;
    answer(&context, |reply| Command::Origins { point: Point { document, page, x, y }, reply }, |found| found).await
}

#[derive(serde::Deserialize)]
struct LineQuery {
    file: String,
    line: usize,
}

async fn jump(State(context): State<Context>, Query(query): Query<LineQuery>) -> Response {
    let LineQuery { file, line } = query;
    answer(
        &context,
        |reply| Command::Highlights { file, line, reply },
        |found: Vec<Highlight>| json!({ "highlights": found.iter().map(Highlight::to_json).collect::<Vec<_>>() }),
    )
    .await
}

/// Asks the thread of the session.
async fn answer<T>(
    context: &Context,
    command: impl FnOnce(Reply<T>) -> Command,
    to_json: impl FnOnce(T) -> Json,
) -> Response {
    let (reply, received) = oneshot::channel();
    if context.commands.send(command(reply)).is_err() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    match received.await {
        Ok(value) => ([(CONTENT_TYPE, "application/json")], to_json(value).to_string()).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn view(State(context): State<Context>, body: Bytes) -> StatusCode {
    let Some(view) = serde_json::from_slice(&body).ok().and_then(|json| parse_view(&json)) else {
        return StatusCode::BAD_REQUEST;
    };
    match context.commands.send(Command::Show(view)) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn parse_view(json: &Json) -> Option<View> {
    let languages = json["languages"].as_array()?.iter().map(|text| Languages::parse(text.as_str()?).ok());
    Some(View {
        city: json["city"].as_str().map(str::to_owned),
        report: json["report"].as_str()?.to_owned(),
        languages: languages.collect::<Option<Vec<_>>>()?,
    })
}

/// Opens a place in the editor.
async fn open(State(context): State<Context>, body: Bytes) -> Response {
    let Some(target) = serde_json::from_slice(&body).ok().and_then(|json| parse_target(&json)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let to_json = |result: Result<(), String>| json!({ "problem": result.err() });
    answer(&context, |reply| Command::Open { target, reply }, to_json).await
}

fn parse_target(json: &Json) -> Option<Target> {
    if let Some(key) = json["problem"].as_str() {
        return Some(Target::Problem(key.to_owned()));
    }
    let number = |key: &str| usize::try_from(json[key].as_u64()?).ok();
    let point =
        Point { document: number("document")?, page: number("page")?, x: json["x"].as_f64()?, y: json["y"].as_f64()? };
    Some(Target::Origin(point, number("origin")?))
}

/// Replaces a text in a file, or answers what that would change.
async fn edit(State(context): State<Context>, body: Bytes) -> Response {
    match serde_json::from_slice::<EditRequest>(&body) {
        Ok(request) => answer(&context, |reply| Command::Edit { request, reply }, |json| json).await,
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Takes back the last edit.
async fn undo(State(context): State<Context>) -> Response {
    answer(&context, |reply| Command::Undo { reply }, |json| json).await
}
