//! Shows the documents of a project in a browser, and builds them again at every change of a file.
//!
//! A [`Session`] reads the project and draws the chosen documents; it knows neither a network nor a clock. [`files`] reports
//! changes on disk, [`server`] is the page in the browser, and [`run`] connects the three: one thread owns the session and
//! receives [`Command`]s.

mod check;
mod cities;
pub mod edit;
pub mod editor;
pub mod edits;
mod files;
mod origins;
mod pages;
mod screen;
mod server;
mod session;
mod state;
pub mod variants;

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

pub use cities::CityEntry;
pub use edits::EditRequest;
pub use files::FileWatcher;
pub use origins::{Origin, OriginKind};
pub use screen::Span;
pub use server::{Access, Server};
pub use session::{OpenProject, Point, Session, Target, View};
pub use state::{Highlight, ShownDocument, ShownPage};

use serde_json::Value as Json;

use crate::diagnostic::{BUG_HELP, Diagnostic, Problems, code};
use crate::typeset;
use server::Published;

/// What the thread of the session is asked to do.
pub enum Command {
    /// Files have changed: read the project again.
    Refresh,
    /// Show other documents.
    Show(View),
    /// The check of the files as of refresh `refresh_count` has ended.
    Checked { refresh_count: u64, problems: Problems },
    /// Find the origins of a point on a page of a document.
    Origins { point: Point, reply: Reply<Json> },
    /// Open a place in the editor.
    Open { target: Target, reply: Reply<Result<(), String>> },
    /// Replace a text in a file, or show what that would change.
    Edit { request: EditRequest, reply: Reply<Json> },
    /// Take back the last edit.
    Undo { reply: Reply<Json> },
    /// Find what a line of a file prints.
    Highlights { file: String, line: usize, reply: Reply<Vec<Highlight>> },
    /// Search the cities.
    Cities { query: String, limit: usize, reply: Reply<(Vec<CityEntry>, usize)> },
    /// End.
    Quit,
}

/// Where the answer to a command is sent.
pub type Reply<T> = tokio::sync::oneshot::Sender<T>;

/// What the user at the terminal may want to know.
#[derive(Clone, Debug)]
pub enum Event {
    /// The shown documents were built again.
    Built { documents: usize, failed: usize, milliseconds: u64 },
    /// The whole project was checked, and the result differs from the last one.
    Checked(Problems),
    /// The system does not report changes of files, or not of all, for this reason: they are found late or not at all.
    NotWatching(String),
    /// The user has asked the program to end.
    Interrupted,
}

/// Runs the session: builds, serves and builds again until [`Command::Quit`].
pub fn run(
    mut session: Session,
    server: Server,
    commands: (Sender<Command>, Receiver<Command>),
    events: &Sender<Event>,
) {
    let (sender, commands) = commands;
    let checker = check::Checker::start(session.check_task(), sender.clone());
    let published = Arc::new(Published::new(session.pages()));
    let mut last_check = Vec::new();
    refresh(&mut session, &published, &checker, events, Session::refresh);
    let watcher = FileWatcher::start(session.folder(), sender.clone(), events.clone());
    server.start(published.clone(), sender);
    watcher.set_other_paths(session.other_paths());
    while let Ok(command) = commands.recv() {
        match command {
            Command::Quit => break,
            Command::Refresh => {
                refresh(&mut session, &published, &checker, events, Session::refresh);
                watcher.set_other_paths(session.other_paths());
            }
            Command::Show(view) => {
                let show = |session: &mut Session| {
                    session.show(view);
                    true
                };
                refresh(&mut session, &published, &checker, events, show);
            }
            Command::Checked { refresh_count, problems } => {
                let messages: Vec<String> = problems.iter().map(ToString::to_string).collect();
                if session.set_checked(refresh_count, problems.clone()) {
                    if messages != last_check {
                        last_check = messages;
                        let _ = events.send(Event::Checked(problems));
                    }
                    published.publish(session.to_json());
                }
            }
            Command::Origins { point, reply } => drop(reply.send(session.origins_to_json(point))),
            Command::Open { target, reply } => drop(reply.send(session.open(&target))),
            Command::Edit { request, reply } => {
                let _ = reply.send(session.edit(&request));
                published.publish(session.to_json());
            }
            Command::Undo { reply } => {
                let _ = reply.send(session.undo());
                published.publish(session.to_json());
            }
            Command::Highlights { file, line, reply } => {
                let found = session.find_highlights(&file, line);
                published.highlight(&found);
                let _ = reply.send(found);
            }
            Command::Cities { query, limit, reply } => {
                let _ = reply.send(session.find_cities(&query, limit));
            }
        }
    }
}

/// Builds the documents again with `work`, which returns whether anything that the page shows has changed, and publishes them.
fn refresh(
    session: &mut Session,
    published: &Published,
    checker: &check::Checker,
    events: &Sender<Event>,
    work: impl FnOnce(&mut Session) -> bool,
) {
    let start = Instant::now();
    let is_changed = work(session);
    checker.request(session.refresh_count());
    if !is_changed {
        return;
    }
    let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    session.set_milliseconds(milliseconds);
    published.publish(session.to_json());
    let failed = session.documents().iter().filter(|document| !document.is_current).count();
    let documents = session.documents().len();
    let _ = events.send(Event::Built { documents, failed, milliseconds });
}

/// Returns the diagnostic for a panic: what gen-report did with the project, and the reason.
fn crashed(what: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(code::CRASH, format!("gen-report crashed while it {what} the project: {reason}")).help(BUG_HELP)
}

/// Starts a thread whose stack is large enough for layout.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<thread::JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).stack_size(typeset::STACK_SIZE).spawn(work)
}

/// Starts the thread of the session. Returns the sender of its commands, the receiver of its events, and a sender with which the
/// caller can add an event, such as [`Event::Interrupted`].
pub fn start(session: Session, server: Server) -> std::io::Result<(Sender<Command>, Receiver<Event>, Sender<Event>)> {
    let (commands, received) = mpsc::channel();
    let (events, reported) = mpsc::channel();
    let (own_commands, own_events) = (commands.clone(), events.clone());
    spawn("session", move || {
        typeset::run_in_own_pool(|| run(session, server, (own_commands, received), &own_events));
    })?;
    Ok((commands, reported, events))
}
