//! Checks the whole project in a thread of its own, after the pages are shown.

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use super::{Command, crashed, spawn};
use crate::check::check_project;
use crate::diagnostic::Problems;
use crate::document::Languages;
use crate::project::Project;

/// How long files must stay unchanged before they are checked, so that a check does not slow down the next build.
const DEBOUNCE: Duration = Duration::from_millis(400);

/// Opens and checks the project, and returns its problems. Runs in the thread of the [`Checker`].
pub type CheckTask = Box<dyn Fn() -> Problems + Send>;

/// Returns the task that checks a project in these languages.
pub fn task(open: impl Fn() -> Result<Project, Problems> + Send + 'static, languages: Vec<Languages>) -> CheckTask {
    Box::new(move || match open() {
        Ok(project) => check_project(&Arc::new(project), &languages),
        Err(problems) => problems,
    })
}

/// The thread that checks.
pub struct Checker {
    requests: Sender<u64>,
}

impl Checker {
    /// Starts the thread. If the system cannot create it, nothing is checked.
    pub fn start(task: CheckTask, commands: Sender<Command>) -> Self {
        let (requests, received) = mpsc::channel();
        let _ = spawn("check", move || run(&task, &received, &commands));
        Self { requests }
    }

    /// Asks for a check of the files as they are after this number of refreshes.
    pub fn request(&self, refresh_count: u64) {
        let _ = self.requests.send(refresh_count);
    }
}

fn run(task: &CheckTask, requests: &Receiver<u64>, commands: &Sender<Command>) {
    while let Ok(mut refresh_count) = requests.recv() {
        while let Ok(newer) = requests.recv_timeout(DEBOUNCE) {
            refresh_count = newer;
        }
        let problems = run_task(task);
        if commands.send(Command::Checked { refresh_count, problems }).is_err() {
            return;
        }
    }
}

/// Runs the check. A crash is a problem like others, and does not end the thread: later changes are checked too.
fn run_task(task: &CheckTask) -> Problems {
    crate::panic::catch(task).unwrap_or_else(|reason| crashed("checked", &reason).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_that_crashes_is_a_problem() {
        let task: CheckTask = Box::new(|| panic!("no paper"));
        let messages: Vec<String> = run_task(&task).iter().map(|problem| problem.message.clone()).collect();
        assert_eq!(messages, ["gen-report crashed while it checked the project: no paper"]);
    }
}
