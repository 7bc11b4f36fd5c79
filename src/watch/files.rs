//! Reports changes of the files of a project.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, MetadataKind, ModifyKind, RenameMode};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Command, Event, spawn};
use crate::project::FOLDERS;

/// How long files must stay unchanged before they are read: editors write a file in several steps.
const DEBOUNCE: Duration = Duration::from_millis(12);
/// The same after a file was closed, or got its name: it is complete, but another one may follow.
const DEBOUNCE_COMPLETE: Duration = Duration::from_millis(2);
/// How often an event restarts the quiet period before the files are read anyway.
const MAX_EXTENSIONS: u32 = 20;
/// How often the files are looked at if the system does not report changes.
const POLL_INTERVAL: Duration = Duration::from_millis(700);

/// Watches the folders of a project, and sends [`Command::Refresh`] when something in them has changed.
pub struct FileWatcher {
    wakes: Sender<Wake>,
}

/// What the thread of the watcher is woken by.
enum Wake {
    /// Something has changed.
    Changed {
        /// Whether it may be one of the watched folders itself.
        is_folder: bool,
        /// Whether a file is complete, as far as the system says.
        is_complete: bool,
    },
    /// These are the paths to watch besides the folders of the project.
    Paths(Vec<PathBuf>),
}

impl FileWatcher {
    /// Starts to watch the folder of a project.
    pub fn start(folder: PathBuf, commands: Sender<Command>, events: Sender<Event>) -> Self {
        let (wakes, received) = mpsc::channel();
        let sender = wakes.clone();
        let _ = spawn("files", move || watch(&folder, sender, &received, &commands, &events));
        Self { wakes }
    }

    /// Sets the paths to watch besides the folders of the project.
    pub fn set_other_paths(&self, paths: Vec<PathBuf>) {
        let _ = self.wakes.send(Wake::Paths(paths));
    }
}

/// Returns whether an event can change the content of a file. Reading a file causes events too.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => false,
        _ => true,
    }
}

/// Returns whether an event says that a file is complete: it was closed, or moved to its place.
fn is_completion(kind: &EventKind) -> bool {
    use RenameMode::{Both, To};
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write)) | EventKind::Modify(ModifyKind::Name(To | Both))
    )
}

/// Returns whether the path may be that of a folder of a project.
fn is_project_folder(path: &Path) -> bool {
    path.file_name().is_some_and(|name| FOLDERS.iter().any(|folder| name == *folder))
}

fn watch(
    folder: &Path,
    wakes: Sender<Wake>,
    received: &Receiver<Wake>,
    commands: &Sender<Command>,
    events: &Sender<Event>,
) {
    let handler = move |event: notify::Result<notify::Event>| {
        // After an error, such as a full queue, something may have changed.
        let is_folder = event.as_ref().is_ok_and(|event| event.paths.iter().any(|path| is_project_folder(path)));
        let is_complete = event.as_ref().is_ok_and(|event| is_completion(&event.kind));
        if event.map_or(true, |event| is_change(&event.kind)) {
            let _ = wakes.send(Wake::Changed { is_folder, is_complete });
        }
    };
    let mut watcher: Box<dyn Watcher> = match RecommendedWatcher::new(handler.clone(), Config::default()) {
        Ok(watcher) => Box::new(watcher),
        Err(error) => {
            let _ = events.send(Event::NotWatching(error.to_string()));
            let config = Config::default().with_poll_interval(POLL_INTERVAL);
            match PollWatcher::new(handler, config) {
                Ok(watcher) => Box::new(watcher),
                Err(_) => return,
            }
        }
    };
    let mut watched = Watched { watcher: &mut *watcher, paths: BTreeSet::new(), others: Vec::new() };
    watched.update(folder, events);
    // Something may have changed before the first path was watched.
    let _ = commands.send(Command::Refresh);
    while let Ok(wake) = received.recv() {
        let mut debounce = debounce_after(&wake);
        let mut is_changed = watched.apply(wake);
        for _ in 0..MAX_EXTENSIONS {
            match received.recv_timeout(debounce) {
                Ok(wake) => {
                    debounce = debounce_after(&wake);
                    is_changed |= watched.apply(wake);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        watched.update(folder, events);
        if is_changed && commands.send(Command::Refresh).is_err() {
            return;
        }
    }
}

/// Returns how long files must stay unchanged after this.
fn debounce_after(wake: &Wake) -> Duration {
    match wake {
        Wake::Changed { is_complete: false, .. } => DEBOUNCE,
        _ => DEBOUNCE_COMPLETE,
    }
}

/// The paths that are watched.
struct Watched<'a> {
    watcher: &'a mut dyn Watcher,
    paths: BTreeSet<PathBuf>,
    others: Vec<PathBuf>,
}

impl Watched<'_> {
    /// Returns whether a file has changed.
    fn apply(&mut self, wake: Wake) -> bool {
        match wake {
            Wake::Changed { is_folder, .. } => {
                // A recreated folder has a new inode, which the old watch does not follow.
                if is_folder {
                    for path in std::mem::take(&mut self.paths) {
                        let _ = self.watcher.unwatch(&path);
                    }
                }
                true
            }
            Wake::Paths(paths) => {
                self.others = paths;
                false
            }
        }
    }

    /// Watches what exists: folders may appear and disappear.
    fn update(&mut self, folder: &Path, events: &Sender<Event>) {
        let root = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let own = FOLDERS.iter().map(|name| (root.join(name), RecursiveMode::Recursive));
        let others = self.others.iter().map(|path| {
            let path = if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.clone() };
            (path, RecursiveMode::NonRecursive)
        });
        let wanted: Vec<(PathBuf, RecursiveMode)> =
            std::iter::once((root.to_owned(), RecursiveMode::NonRecursive)).chain(own).chain(others).collect();
        let gone: Vec<PathBuf> = self.paths.iter().filter(|path| !path.exists()).cloned().collect();
        for path in gone {
            let _ = self.watcher.unwatch(&path);
            self.paths.remove(&path);
        }
        for (path, mode) in wanted {
            if self.paths.contains(&path) || !path.exists() {
                continue;
            }
            match self.watcher.watch(&path, mode) {
                Ok(()) => drop(self.paths.insert(path)),
                Err(error) => drop(events.send(Event::NotWatching(format!("{}: {error}", path.display())))),
            }
        }
    }
}
