//! `gen-report watch`: shows documents in a browser, and builds them again at every change.

use std::sync::Arc;

use serde_json::json;

use super::open_project;
use crate::cli::{CommonArgs, WatchArgs};
use crate::diagnostic::{Diagnostic, Problems, code, count};
use crate::exit;
use crate::run::{LoadedProject, Selection, engine};
use crate::ui::{Console, on_signal};
use crate::watch::{self, Command, Event, Server, Session, editor};

pub fn run(args: &WatchArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    if open_project(common)?.is_embedded_edition() {
        console.write_remark(
            "this folder has no reports/, locales/ or fonts/: showing the edition embedded in the program; \
             `gen-report init DIR` creates a project",
        );
    }
    check_selection(args, common)?;
    let server = Server::bind(args.port)?;
    let address = server.address();
    let mut session = Session::new(opener(common), args.selection.selection(&args.cities.city));
    session.set_editor(args.editor.clone());
    let (command_sender, event_receiver, event_sender) =
        watch::start(session, server).map_err(|_| engine::no_thread())?;
    on_signal(move || drop(event_sender.send(Event::Interrupted)));
    console.write_data(&json!({ "type": "watching", "address": address }), &address);
    if args.open {
        console.report_diagnostics(editor::open_browser(&address).err().into_iter().collect());
    }
    while let Ok(event) = event_receiver.recv() {
        match event {
            Event::Built { documents, failed, milliseconds } => {
                console.write_event(
                    &json!({ "type": "built", "documents": documents, "failed": failed, "milliseconds": milliseconds }),
                );
                console.write_remark(&match failed {
                    _ if documents == 0 => "the project cannot be read; the page shows why".to_owned(),
                    0 => format!("built {} in {milliseconds} ms", count(documents, "document")),
                    _ => format!("{} of {} cannot be built; the page shows why", failed, count(documents, "document")),
                });
            }
            Event::Checked(problems) => console.report_check(problems),
            Event::NotWatching(why) => {
                let problem =
                    Diagnostic::warning(code::PROJECT_FILE, format!("changes are found late or not at all: {why}"));
                console.report_diagnostics(problem.help("raise the system's limit on watched files").into());
            }
            Event::Interrupted => break,
        }
    }
    let _ = command_sender.send(Command::Quit);
    Ok(exit::INTERRUPTED)
}

/// Returns an error if the command line selects what the project does not have. What is wrong with the project itself is shown
/// on the page.
fn check_selection(args: &WatchArgs, common: &CommonArgs) -> Result<(), Problems> {
    let selection = args.selection.selection(&args.cities.city);
    if selection == Selection::default() {
        return Ok(());
    }
    // Mistakes in records do not end the command, and checking all records may take a minute.
    let mut project = open_project(common)?;
    project.skip_record_checks = true;
    match LoadedProject::load(project) {
        Ok(project) => project.plan(&selection).map(|_| ()),
        Err(_) => Ok(()),
    }
}

/// Returns a function that opens the project as it is at the time of the call.
fn opener(common: &CommonArgs) -> watch::OpenProject {
    let common = common.clone();
    Arc::new(move || open_project(&common))
}
